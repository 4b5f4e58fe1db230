"""Who in a whole report is meant by words that name nobody: "the rebels", "we", "its men", "the movement".

Each actor that the report names may be meant, and so may whom the rules make out of the words themselves. For
each there is evidence: where and how often it is named, whether it speaks or was accused before, whether the
words fit what it is. What each piece adds to the log-odds stands in ``pointing.yaml``, which
``train/pointing.py`` makes of reports that people coded.
"""

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.actors import ActorName, class_of
from sayso.codebook import Codebook
from sayso.coding.listener import BEFORE, REPORT, Saying
from sayso.coding.reading import Reading, within
from sayso.coding.rules.deeds import Who
from sayso.coding.rules.evidence import Evidence, likely
from sayso.coding.rules.stances import OWN
from sayso.coding.rules.voice import PASSING, Voice, are_one, nouns_of
from sayso.language import Syntax
from sayso.language.english import english
from sayso.model import Span, Stance


@dataclass(frozen=True, slots=True)
class Pointed:
    """Somebody who may be meant, and the evidence for it.

    actor  None for somebody whom the rooms do not know.
    ruled  whether it is whom the words name by themselves, as the rules read them.
    """

    actor: ActorName | None
    evidence: Evidence
    ruled: bool

    @property
    def sure(self) -> float:
        """How likely it is meant, 0 to 1, to three places."""
        return likely(self.evidence, "pointing.yaml")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a saying that stand for who did it and who says so.

    kind     what kind of word stands for who did it.
    phrase   the words around it; ``speaks`` those around the word for the speaker, None where that is none.
    voice    whom the rules read as the speaker.
    """

    number: int
    syntax: Syntax
    saying: Saying
    kind: str
    phrase: Span
    speaks: Span | None
    voice: Voice | None

    @property
    def at(self) -> int:
        """Where the word for who did it begins."""
        return self.syntax.tokens[self.saying.actor].start


class Pointing:
    """The actors of one report, and what speaks for each of them where words point."""

    def __init__(self, reading: Reading, codebook: Codebook, house: Voice | None) -> None:
        self.reading = reading
        self.codebook = codebook
        self.house = house
        self.names = _named(reading)
        self.starts = [one.start for one in reading.sentences]
        self.kinds = {key: self._kind(its[0]) for key, its in self.names.items()}
        self.accused, self.speaking = self._heard()
        often = Counter({key: len(its) for key, its in self.names.items()})
        self.rank = {key: place for place, (key, _) in enumerate(often.most_common(_OFTEN))}

    def may_be(
        self, number: int, syntax: Syntax, saying: Saying, voice: Voice | None, ruled: Who | None
    ) -> list[Pointed]:
        """Who may have done what a saying is of: each actor of the report, and whom the rules make out."""
        group = "own" if saying.stance in OWN else "other"
        speaks = syntax.phrase(saying.speaker) if saying.speaker >= 0 else None
        kind, phrase = self._word(syntax, saying.actor), syntax.phrase(saying.actor)
        words = _Words(number, syntax, saying, kind, phrase, speaks, voice)
        read = _key(ruled.actor) if ruled and ruled.actor else None
        found = []
        for key in self.names:
            pieces = [*self._of_actor(words, key)]
            if key == read:
                pieces += ["the rules' reading", f"the rules' reading of {words.kind}"]
            elif ruled is not None:
                pieces.append("the rules read another")
            evidence = {f"{group}: {piece}": 1.0 for piece in pieces}
            found.append(Pointed(self.names[key][0], {"always": 1.0, **evidence}, key == read))
        if ruled is not None and read not in self.names:
            pieces = ["the words themselves", f"the words themselves: {words.kind}"]
            evidence = {f"{group}: {piece}": 1.0 for piece in pieces}
            found.append(Pointed(ruled.actor, evidence, ruled=True))
        return found

    def nearest(self, actor: ActorName, number: int) -> Span:
        """Where an actor is named, last before the end of a sentence, else first behind it."""
        names = self.names[_key(actor)]
        end = self.reading.sentences[number].end
        full = [name for name in names if name.antecedent is None] or names
        return max((one for one in full if one.start < end), key=lambda one: one.start, default=full[0]).name

    # ---- what is known of the report ----------------------------------------------------------------

    def _kind(self, actor: ActorName) -> str:
        if actor.kind != "organisation":
            return str(actor.kind)
        row = self.codebook.actor(actor.actor_id) if actor.actor_id else None
        its = row.actor_class if row else class_of(actor.words, self.codebook)
        return its if its in _ARMED else "organisation"

    def _heard(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """In which sentences each actor is heard to be accused, and to speak."""
        accused: dict[str, list[int]] = {}
        speaking: dict[str, list[int]] = {}
        for key, name in ((key, name) for key, its in self.names.items() for name in its):
            number = self._number(name.start)
            heard, syntax = self.reading.heard[number], self.reading.syntax[number]
            if heard is None or syntax is None:
                continue
            for saying in heard.sayings:
                if saying.sure <= _HEARD:
                    continue
                told = syntax.tokens[saying.actor].start
                said = syntax.tokens[saying.speaker].start if saying.speaker >= 0 else -1
                if saying.stance in _AGAINST and name.start <= told < name.end:
                    accused.setdefault(key, []).append(number)
                if name.start <= said < name.end:
                    speaking.setdefault(key, []).append(number)
        return accused, speaking

    def _number(self, at: int) -> int:
        """The number of the sentence that holds a place."""
        return bisect.bisect_right(self.starts, at) - 1

    # ---- evidence -----------------------------------------------------------------------------------

    def _word(self, syntax: Syntax, place: int) -> str:
        """What kind of word stands at a place."""
        word, lexicon = syntax.words[place], self.codebook.lexicon
        owned = {syntax.words[at] for at in syntax.having(place, "nmod:poss")}
        if word in lexicon.own_words or owned & {*lexicon.own_words}:
            return "first person"
        if syntax.tokens[place].upos == "PRON":
            return "pronoun"
        if owned & english().possessives:
            return "somebody's people"
        if syntax.tokens[place].upos == "PROPN":
            return "name"
        if word in nouns_of(lexicon.group_nouns):
            return "group noun"
        if word in nouns_of(lexicon.state_nouns):
            return "noun of a state"
        return "definite noun" if syntax.is_definite(place) else "noun"

    def _of_actor(self, words: _Words, key: str) -> Iterator[str]:
        saying = words.saying
        yield words.kind
        yield saying.stance.value
        yield {BEFORE: "speaker before", REPORT: "speaker report"}.get(saying.speaker, "speaker here")
        if words.voice is None:
            yield "nobody speaks"
        yield from self._here(words, self.names[key])
        yield from self._before(words, key)
        yield from self._fits(words, key)
        yield from self._said(words, key)

    def _here(self, words: _Words, names: Sequence[ActorName]) -> Iterator[str]:
        """Where the sentence itself names an actor."""
        here = within(names, *self.reading.sentences[words.number].span)
        if any(name.start <= words.at < name.end for name in here):
            yield "named there"
        elif any(words.phrase[0] <= name.start < words.phrase[1] for name in here):
            yield "named in the phrase"
        elif any(name.start < words.at for name in here):
            yield f"named before in the sentence, {words.kind}"
        elif here:
            yield f"named later in the sentence, {words.kind}"
        speaker = words.saying.speaker
        if words.speaks is None:
            return
        start = words.syntax.tokens[speaker].start
        if any(name.start <= start < name.end for name in here):
            yield "speaks there"
            yield f"speaks there, {words.kind}"
        elif any(words.speaks[0] <= name.start < words.speaks[1] for name in here):
            yield "named in the speaker's phrase"

    def _before(self, words: _Words, key: str) -> Iterator[str]:
        """How far back an actor is named, and how often."""
        names, start = self.names[key], self.reading.sentences[words.number].start
        last = max((name.start for name in names if name.start < start), default=None)
        if last is None:
            if names[0].start >= self.reading.sentences[words.number].end:
                yield "named only later"
        else:
            back = words.number - self._number(last)
            yield "named before: " + ("1" if back == 1 else "2-3" if back <= _NEAR else "far")
            others = (name.start for its in self.names.values() for name in its if name.start < start)
            if last == max(others):
                yield "named last"
            if back == 1 and self._is_subject(words.number - 1, names):
                yield "subject of the sentence before"
                yield f"subject of the sentence before, {words.kind}"
        if key in self.rank:
            yield f"named most, {self.rank[key] + 1}"
        if names[0].start < self.reading.sentences[0].end:
            yield "in the headline"
        if len(self.names) == 1:
            yield "the only one named"

    def _is_subject(self, number: int, names: Sequence[ActorName]) -> bool:
        syntax = self.reading.syntax[number]
        return syntax is not None and any(
            syntax.tokens[at].deprel in ("nsubj", "nsubj:pass")
            for name in within(names, *syntax.sentence.span)
            for at in syntax.within((name.start, name.end))
        )

    def _fits(self, words: _Words, key: str) -> Iterator[str]:
        """Whether the words fit what an actor is, and who is read as the speaker."""
        actor, kind = self.names[key][0], self.kinds[key]
        yield f"{words.kind}: {kind}"
        if sum(one == kind for one in self.kinds.values()) == 1:
            yield f"{words.kind}: the only {kind}"
        word = words.syntax.words[words.saying.actor]
        its = set(actor.words.lower().replace("-", " ").replace("'s", "").split())
        if len(word) > _SHORT and not its.isdisjoint((word, word.removesuffix("s"))):
            yield "shares the word"
        voice = words.voice
        if voice is not None and voice.actor is not None:
            if _key(voice.actor) == key:
                yield "is the speaker as read"
                yield f"is the speaker as read, {words.kind}"
            elif are_one(voice.actor, actor, self.codebook):
                yield "is of the speaker as read"
        elif voice is not None and not voice.is_report:
            yield "the speaker is somebody else"
        if self.house and self.house.actor and are_one(self.house.actor, actor, self.codebook):
            yield "is the publisher"

    def _said(self, words: _Words, key: str) -> Iterator[str]:
        """What is heard of an actor before: that it was accused, that it spoke."""
        number, stance = words.number, words.saying.stance.value
        accused = [at for at in self.accused.get(key, ()) if at < number]
        if accused:
            yield f"accused before, {stance}"
            if number - accused[-1] <= _NEAR:
                yield f"accused shortly before, {stance}"
        if number in self.accused.get(key, ()):
            yield f"accused in the sentence, {stance}"
        spoke = [at for at in self.speaking.get(key, ()) if at < number]
        if spoke:
            last = max(at for its in self.speaking.values() for at in its if at < number)
            yield "spoke last" if spoke[-1] == last else "spoke before"


_ARMED = ("rebels", "political militia", "identity militia")
_AGAINST = (Stance.ACCUSED, Stance.SUSPECTED, Stance.STATED)
_HEARD = 0.5
"""How sure the listener must be of a saying for it to be remembered."""
_NEAR = 3
"""Sentences."""
_OFTEN = 3
"""How many of the actors that are named most are told apart."""
_SHORT = 3
"""Letters of a word that may be shared by chance."""


def _key(actor: ActorName) -> str:
    return actor.actor_id or actor.words.lower()


def _named(reading: Reading) -> dict[str, list[ActorName]]:
    """The actors that can have done something, with the places that name them, in the order of the text."""
    found: dict[str, list[ActorName]] = {}
    for one in reading.actors:
        if one.kind not in (*PASSING, "people", "report") and not one.unnamed:
            found.setdefault(_key(one), []).append(one)
    return found
