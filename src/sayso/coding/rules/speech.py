"""Whose word the words at a span are, through which hands they came, and whether they withhold commitment.

A report is read once from its beginning: each clause under a verb of saying, each quotation and each
"according to" is somebody's words, and what lies inside another such clause came through its speaker's hands.
A quotation that nothing introduces goes on for who spoke last.
"""

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from sayso.codebook import Codebook
from sayso.codebook.schema import StanceWording
from sayso.coding.listener import BEFORE, REPORT, Saying
from sayso.coding.reading import Reading, within
from sayso.coding.rules.cues import clause_before, wording
from sayso.coding.rules.outlets import broadcast_heads, passing_in
from sayso.coding.rules.speakers import Speakers
from sayso.coding.rules.voice import PASSING, Voice, of_actor
from sayso.language import Parse, Sentence, Speech, Syntax, speeches
from sayso.language.english import english
from sayso.language.inflection import verb_forms
from sayso.model import Span, Stance


@dataclass(frozen=True, slots=True)
class Said:
    """Words told as somebody's: what was said, whose it is, and whether the speaker is not sure of it."""

    start: int
    end: int
    direct: bool
    voice: Voice
    cue: Span | None
    unsure: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """All that a report tells as somebody's words.

    said      in order of where it begins.
    speaking  by sentence and place of a verb, who its subject is as a speaker.
    sayings   by sentence, what the listener hears, with whose word each is; None where nobody is told.
    house     the body that publishes the report itself, a party to what it tells; None for the press.
    """

    said: tuple[Said, ...]
    speaking: dict[tuple[int, int], Voice]
    heads: tuple[tuple[int, str], ...]
    sayings: dict[int, tuple[tuple[Saying, Voice | None], ...]]
    house: Voice | None

    def over(self, span: Span) -> list[Said]:
        """What holds a span, the innermost first."""
        holding = [one for one in self.said if one.start <= span[0] and span[1] <= one.end]
        return sorted(holding, key=lambda one: (one.end - one.start, one.start))

    def heading(self, at: int) -> tuple[str, ...]:
        """The outlet that a heading before this place credits for what follows it."""
        place = bisect.bisect_right(self.heads, at, key=lambda head: head[0])
        return (self.heads[place - 1][1],) if place and self.heads[place - 1][1] else ()


def voice_of(reading: Reading, number: int, codebook: Codebook, span: Span | None = None) -> Voice:
    """Whose word the words at a span of a sentence are; the report's where nobody is named.

    Without a span: who says most of the sentence.
    """
    told = spoken(reading, codebook)
    sentence = reading.sentences[number]
    over = told.over(span) if span else _most(told, sentence)
    return _chain(reading, told, sentence, over, codebook)


def _most(told: Spoken, sentence: Sentence) -> list[Said]:
    """What somebody says of a sentence: what covers most of it, with what holds that."""
    here = [one for one in told.said if one.start < sentence.end and sentence.start < one.end]
    if not here:
        return []
    longest = max(here, key=lambda one: min(one.end, sentence.end) - max(one.start, sentence.start))
    return told.over((max(longest.start, sentence.start), min(longest.end, sentence.end)))


def _chain(
    reading: Reading, told: Spoken, sentence: Sentence, over: Sequence[Said], codebook: Codebook
) -> Voice:
    """The innermost speaker; outlets and monitors that pass it on, outward."""
    named = [one.voice for one in over if not one.voice.is_report]
    speaking = next((one for one in named if one.speaker.kind not in PASSING), None)
    voice = speaking or (named[0] if named else told.house or Voice())
    passing: list[str] = [*voice.via]
    for one in named:
        if one is not voice:
            passing += [str(one.speaker.words)] if one.speaker.kind in PASSING else []
            passing += one.via
    passing += lead_in(reading, sentence, codebook)
    passing += told.heading(sentence.start)
    outlets = (name for name in passing if not name.islower())  # "the station" names none
    via = tuple(dict.fromkeys(name for name in outlets if name != voice.speaker.words))
    if voice.words and not sentence.start <= voice.words[0] < sentence.end:
        voice = voice.later()
    return replace(voice, via=via)


def _house(reading: Reading) -> Voice | None:
    """The body whose own text a report is: that which is named as its publisher and in the text itself.

    A ministry's press release is the ministry's word, an armed group's communique the group's.
    """
    publisher = (reading.report.publisher or "").casefold()
    for actor in reading.actors if publisher else ():
        words = " ".join(actor.words.casefold().split())
        if actor.kind in ("organisation", "state") and publisher.startswith(words) and len(words) > _SHORTEST:
            return of_actor(actor).later()
    return None


_SHORTEST = 4
"""How many letters a publisher's name has that is found in its text by no chance."""


# ---- reading a report for speech --------------------------------------------------------------------


@lru_cache(maxsize=2)
def spoken(reading: Reading, codebook: Codebook) -> Spoken:
    """What a report tells as somebody's words; kept, because every rule asks for it."""
    return _Listener(reading, codebook).listen()


@cache
def _saying(codebook: Codebook) -> frozenset[str]:
    """The verbs of saying in the forms that they are printed in."""
    lexicon = codebook.lexicon
    further = (form for verb in lexicon.voiced for form in verb_forms(verb.split()[0]))
    return frozenset((*lexicon.said, *further)) | believing(codebook)


@cache
def _with_particle(codebook: Codebook) -> dict[str, str]:
    """Those that say something only with a preposition behind them, and which: "spoke of five dead"."""
    verbs = (verb.split() for verb in codebook.lexicon.voiced if " " in verb)
    return {form: particle for verb, particle in verbs for form in verb_forms(verb)}


@cache
def believing(codebook: Codebook) -> frozenset[str]:
    """Those of them by which the speaker is not sure."""
    return frozenset(form for verb in codebook.lexicon.believed for form in verb_forms(verb))


@cache
def _taking_sides(codebook: Codebook) -> frozenset[str]:
    """Verbs that make their subject a speaker without a clause of its own: "denied", "accused"."""
    return _forms(codebook.stances)


@cache
def _accusing(codebook: Codebook) -> frozenset[str]:
    """Those by which it says of somebody else that he did something."""
    return _forms(tuple(row for row in codebook.stances if row.stance is Stance.ACCUSED))


@cache
def _denying(codebook: Codebook) -> frozenset[str]:
    """Those by which it says that something was not so."""
    against = (Stance.DENIED, Stance.REJECTED)
    rows = (row for row in codebook.stances if row.stance in against and row.actor == "clause")
    return _forms(tuple(rows))


@cache
def _heard(codebook: Codebook) -> frozenset[str]:
    """Those of them that do so whatever their object: not "took", of "took responsibility"."""
    rows = tuple(row for row in codebook.stances if not row.object_is and not set(row.object) - {"act", "it"})
    return _saying(codebook) | _forms(rows)


def _forms(rows: Sequence[StanceWording]) -> frozenset[str]:
    taking = (row for row in rows if row.stance is not None and not row.passive)
    return frozenset(form for row in taking for verb in row.verbs for form in verb_forms(verb.split()[0]))


class _Listener:
    def __init__(self, reading: Reading, codebook: Codebook) -> None:
        self.reading = reading
        self.codebook = codebook
        self.house = _house(reading)
        self.speakers = Speakers(reading, codebook, self.house)
        self.starts = [one.start for one in reading.sentences]
        self.speaking: dict[tuple[int, int], Voice] = {}
        self.sayings: dict[int, tuple[tuple[Saying, Voice | None], ...]] = {}

    def listen(self) -> Spoken:
        parses = [Parse(one.sentence, one.tokens) for one in self.reading.syntax if one is not None]
        known, according = _saying(self.codebook), frozenset(self.codebook.lexicon.according)
        told = speeches(self.reading.report.text, parses, known, according)
        by_sentence: dict[int, list[Speech]] = {}
        for one in told:
            by_sentence.setdefault(self._number((one.cue or (one.start, 0))[0]), []).append(one)
        said: list[Said] = []
        for number in range(len(self.reading.sentences)):
            said += self._sentence(number, by_sentence.get(number, []), said)
        said = [replace(one, voice=self._named_later(one.voice)) for one in said]
        said.sort(key=lambda one: (one.start, -one.end))
        heads = broadcast_heads(self.reading, self.codebook)
        return Spoken(tuple(said), self.speaking, heads, self.sayings, self.house)

    def _named_later(self, voice: Voice) -> Voice:
        """Who is told without a name ("a doctor") with that told later: "the doctor, Salem Khriss, said"."""
        if voice.actor or voice.speaker.kind != "people" or voice.speaker.spoken_by:
            return voice
        for one in self.speakers.heard:
            if one.speaker.words == voice.speaker.words and one.speaker.spoken_by:
                return replace(voice, speaker=one.speaker)
        return voice

    def _number(self, at: int) -> int:
        return max(0, bisect.bisect_right(self.starts, at) - 1)

    def _sentence(self, number: int, told: list[Speech], before: list[Said]) -> list[Said]:
        syntax = self.reading.syntax[number]
        if syntax is None:
            return []
        said: list[Said] = []
        verbs = _saying(self.codebook) | _taking_sides(self.codebook)
        for place, word in enumerate(syntax.words):
            if word in verbs and syntax.is_verbal(place) and self._says(syntax, place):
                self._subject(number, syntax, place)
        for speech in [*told, *self._rest(number, syntax, told)]:
            voice = self._voice(number, syntax, speech, [*before, *said])
            if voice is None:
                continue
            one = _whole(syntax, speech)
            unsure = one.cue is not None and self.reading.plain[slice(*one.cue)] in believing(self.codebook)
            said.append(Said(one.start, one.end, one.direct, voice, one.cue, unsure))
        self._hear(number, syntax)
        return [*said, *self._charged(number, syntax)]

    def _hear(self, number: int, syntax: Syntax) -> None:
        """Whose word each saying is that the listener hears in a sentence."""
        heard = self.reading.heard[number]
        sayings = heard.sayings if heard else ()
        self.sayings[number] = tuple((one, self._voice_of(number, syntax, one)) for one in sayings)

    def _voice_of(self, number: int, syntax: Syntax, saying: Saying) -> Voice | None:
        """Whose word a saying is; None where the word for the speaker names nobody who can speak."""
        if saying.speaker == REPORT:
            return self.house or Voice()
        if saying.speaker == BEFORE:
            over = [at for at in syntax.over(saying.actor) if syntax.words[at] in _saying(self.codebook)]
            if any(syntax.is_passive(at) for at in over):
                return self.house or Voice()  # "it was also reported that"
            told = self._introducing(syntax, saying.actor) or self._told_before(number)
            return told.later() if told else None
        voice = self.speakers.read(syntax, saying.speaker)
        verb = syntax.tokens[saying.speaker].head
        if voice is None or verb < 0 or not syntax.is_verbal(verb):
            return voice
        content = syntax.extent(syntax.under(verb))
        return replace(voice, via=passing_in(self.reading, syntax, verb, content, self.codebook))

    def _introducing(self, syntax: Syntax, actor: int) -> Voice | None:
        """Who stands before the colon that opens somebody's words: "The division was brief: 'Rebels'"."""
        colons = [at for at in range(actor) if syntax.words[at] == ":"]
        for place in range(colons[0] if colons else 0):
            if syntax.tokens[place].deprel in (
                "nsubj",
                "nsubj:pass",
                "root",
                "nmod",
                "nmod:poss",
                "dislocated",
            ):
                voice = self.speakers.read(syntax, place)
                if voice is not None and voice.is_named:
                    return voice
        return None

    def _told_before(self, number: int) -> Voice | None:
        """Who goes on speaking in a sentence: who spoke in the one before or is its subject, else near it."""
        last, start = self.speakers.last(), self.starts[number]
        at = (last.words or (0, 0))[0] if last else 0
        if last and self.starts[max(0, number - 1)] <= at < start:
            return last
        if (subject := self.speakers.subject_before(start)) is not None:
            return subject
        near = last and at >= self.starts[max(0, number - _GOES_ON)]
        return last if near else self.speakers.last_body(start)

    def _charged(self, number: int, syntax: Syntax) -> Iterator[Said]:
        """What somebody is accused of or denies: the words of who accuses or denies, told as no fact."""
        contents = {"", *english().contents}
        for place in range(len(syntax.tokens)):
            voice = self.speaking.get((number, place))
            word = syntax.words[place]
            if voice is None or word not in _taking_sides(self.codebook) & _heard(self.codebook):
                continue
            denies = word in _denying(self.codebook)
            beside = syntax.having(place, "ccomp", "xcomp", "advcl")
            beside = [at for at in beside if denies or syntax.preposition(at) in contents]
            for clause in (*beside, *syntax.charges(place)):
                if syntax.is_verbal(clause):
                    start, end = syntax.extent(syntax.under(clause))
                    cue = syntax.tokens[place].span
                    accuses = word in _accusing(self.codebook)
                    told = replace(voice, denies=denies, accuses=accuses)
                    yield Said(start, end, False, told, cue, unsure=False)

    def _says(self, syntax: Syntax, place: int) -> bool:
        """Whether a verb that needs a preposition to say something has it."""
        particle = _with_particle(self.codebook).get(syntax.words[place])
        behind = (syntax.preposition(at) for at in syntax.having(place, "obl"))
        return particle is None or particle in behind

    def _rest(self, number: int, syntax: Syntax, told: Sequence[Speech]) -> Iterator[Speech]:
        """What a verb says that no clause tells: "reported the deaths of three men", "spoke of five dead".

        Also where the parse finds no clause though there is one: "says soldiers burned huts".
        """
        cues = {one.cue for one in told}
        for place, word in enumerate(syntax.words):
            span = syntax.tokens[place].span
            if word not in _saying(self.codebook) or span in cues or (number, place) not in self.speaking:
                continue
            if syntax.is_passive(place):
                continue
            plain = word in self.codebook.lexicon.said and not word.endswith("ing")
            verbs = [at for at in range(place + 1, len(syntax.tokens)) if syntax.is_verbal(at)]
            if plain and verbs:
                marks = [at for at in range(place + 1, verbs[0]) if syntax.words[at] == "that"]
                start = syntax.tokens[marks[0]].start if marks else span[1] + 1
                yield Speech(start, syntax.tokens[-1].end, False, span, None)
            else:
                aside = syntax.having(place, "conj", "parataxis", "advcl", "punct")
                words = [
                    at
                    for at in syntax.under(place, leave=[at for at in aside if syntax.is_verbal(at)])
                    if at > place
                ]
                if words:
                    yield Speech(*syntax.extent(words), False, span, None)

    def _subject(self, number: int, syntax: Syntax, place: int) -> None:
        """Who says it: the subject of a verb, or whom "quoted the ministry as saying" quotes."""
        head = _subject_of(syntax, place)
        voice = self.speakers.read(syntax, head) if head is not None else None
        if voice is None:  # "denied that its men had fired and accused X": who denied accused
            joined = syntax.tokens[place].deprel == "conj"
            over = (self.speaking.get((number, at)) for at in syntax.over(place)) if joined else ()
            voice = next((one for one in over if one), None)
        if voice is not None:
            self.speaking[number, place] = voice
            if syntax.words[place] in _heard(self.codebook):
                self.speakers.hear(voice)

    def _voice(self, number: int, syntax: Syntax, told: Speech, before: Sequence[Said]) -> Voice | None:
        """Whose words these are; None where nobody is told."""
        if told.cue is None:
            return self._going_on(told, before)
        verb = syntax.top(told.cue)
        voice = self.speaking.get((number, verb)) if verb is not None else None
        if voice is None and told.speaker is not None and (head := syntax.top(told.speaker)) is not None:
            voice = self.speakers.read(syntax, head)
            if voice:
                self.speakers.hear(voice)
        if voice is None or verb is None:
            return self._going_on(told, before) if told.direct else None
        content = (told.start, told.end)
        via = passing_in(self.reading, syntax, _clause_of(syntax, verb), content, self.codebook)
        return replace(voice, via=via)

    def _going_on(self, told: Speech, before: Sequence[Said]) -> Voice | None:
        """A quotation without its own speaker: that of the speech in the sentences just before.

        Words in quotation marks inside a clause are only marked so, and are whose the clause is.
        """
        number = self._number(told.start)
        sentence = self.reading.sentences[number]
        if told.start > sentence.start + 1 or told.end < sentence.end - 2:
            return None
        for one in reversed(before):
            back = number - self._number(one.end - 1)
            if 0 <= back <= _GOES_ON and one.end <= told.start:
                return one.voice.later()
        last = self.speakers.last()
        if last and (last.words or (0, 0))[0] >= self.starts[max(0, number - 1)]:
            return last.later()
        return None


_GOES_ON = 2
"""How many sentences after somebody's words a quotation without a speaker is still that speaker's."""


def _clause_of(syntax: Syntax, verb: int) -> int:
    """The verb whose clause holds what was said about the saying: of "quoted X as saying", "quoted"."""
    token = syntax.tokens[verb]
    marked = any(syntax.words[child] == "as" for child in syntax.having(verb, "mark"))
    return token.head if marked and token.head >= 0 else verb


def _subject_of(syntax: Syntax, place: int) -> int | None:
    clause = _clause_of(syntax, place)
    if clause != place and not syntax.is_passive(clause):
        objects = syntax.arguments(clause).objects
        return objects[0] if objects else None
    if not syntax.is_verbal(place):
        return None
    behind = [at for at in syntax.having(place, "nsubj") if at > place]
    if behind and syntax.words[place - 1] in {",", '"', "'"}:  # "..., said the doctor"
        return behind[0]
    own = [at for at in syntax.having(place, "nsubj") if at < place]
    if len(own) > 1:  # of two that a parse gives, the one beside the verb
        return own[-1]
    if _is_fronted(syntax, place):
        return None
    subjects = syntax.arguments(place).subjects
    if subjects and syntax.words[subjects[0]] in english().relatives:  # "said X, who accused"
        return _ending_at(syntax, subjects[0] - 1)
    if subjects:
        return subjects[0]
    token, head = syntax.tokens[place], syntax.tokens[place].head
    if token.deprel in ("parataxis", "conj") and 0 <= head < place and not syntax.is_verbal(head):
        return head  # "X, a little-known outfit, claimed": a parse makes X the sentence
    if syntax.having(place, "nsubj:pass") and not syntax.having(place, "aux:pass"):
        return syntax.having(place, "nsubj:pass")[0]
    return _before_comma(syntax, place) or _behind(syntax, place)


def _is_fronted(syntax: Syntax, place: int) -> bool:
    """Whether a verb stands in what another one says without a subject of its own: that one's is not its."""
    while syntax.tokens[place].deprel == "conj" and not syntax.having(place, "nsubj", "nsubj:pass"):
        place = syntax.tokens[place].head
    return syntax.tokens[place].deprel == "ccomp" and not syntax.having(place, "nsubj", "nsubj:pass")


def _behind(syntax: Syntax, place: int) -> int | None:
    """The name right behind a verb that the parse left without a subject: "Rubbish, says Major X"."""
    if place < 2 or syntax.words[place - 1] not in {",", '"'} or place + 1 >= len(syntax.tokens):
        return None
    at = place + 1
    while syntax.tokens[at].head > at:
        at = syntax.tokens[at].head
    return at if syntax.tokens[at].upos in ("PROPN", "NOUN") else None


def _before_comma(syntax: Syntax, place: int) -> int | None:
    """The name between commas before a verb that the parse left without a subject: "X, the mayor, said"."""
    if place < 2 or syntax.words[place - 1] != "," or syntax.having(place, "csubj", "expl"):
        return None
    return _ending_at(syntax, place - 2)


def _ending_at(syntax: Syntax, at: int) -> int | None:
    """The noun or name that ends at a word, marks left out."""
    while at > 0 and syntax.words[at] in {",", ")", '"'}:
        at -= 1
    inner = ("flat", "compound", "nmod:desc", "nmod")
    while syntax.tokens[at].deprel in inner and 0 <= syntax.tokens[at].head < at:
        at = syntax.tokens[at].head
    return at if at >= 0 and syntax.tokens[at].upos in ("PROPN", "NOUN") else None


def _whole(syntax: Syntax, told: Speech) -> Speech:
    """Words that a sentence ends by giving to somebody (", a doctor said."): all of it, however parsed."""
    verb = syntax.top(told.cue) if told.cue and not told.direct else None
    if verb is None or any(syntax.is_verbal(at) for at in range(verb + 1, len(syntax.tokens))):
        return told
    named = [at for child in syntax.having(verb, "nsubj") for at in syntax.under(child)]
    first = min([verb, *(at for at in named if at < verb and syntax.tokens[at].start >= told.end)])
    while first and syntax.words[first - 1] in english().definites | {"a", "an"}:
        first -= 1
    if first < _FEWEST or syntax.words[first - 1] != ",":
        return told
    return replace(told, start=syntax.tokens[0].start, end=syntax.tokens[first - 2].end)


_FEWEST = 3
"""Words before the comma that are worth giving to somebody."""


# ---- outlets that are credited ----------------------------------------------------------------------


@cache
def _noting(codebook: Codebook) -> re.Pattern[str]:
    notes = "|".join(map(re.escape, codebook.lexicon.notes))
    begins = "|".join(map(re.escape, codebook.lexicon.lead_ins))
    return re.compile(rf"(?<!\w)(?:{begins}) (?:the )?(?P<who>\ue000+) (?:{notes})(?!\w)")


def lead_in(reading: Reading, sentence: Sentence, codebook: Codebook) -> list[str]:
    """The outlet credited for a sentence by "As X notes, ...": its own, or that set apart before it.

    A lead-in without a full stop sets apart the next paragraph.
    """
    credited = _noting(codebook).search(reading.seen, *sentence.span)
    if credited is None:
        last = _before_paragraph(reading, sentence)
        if last is None or reading.plain[last.end - 1] in '.!?"':
            return []
        credited = _noting(codebook).search(reading.seen, *last.span)
    if credited is None:
        return []
    return [actor.words for actor in within(reading.actors, *credited.span("who")) if actor.kind in PASSING]


def _before_paragraph(reading: Reading, sentence: Sentence) -> Sentence | None:
    """The last sentence of the paragraph before a sentence's own."""
    place = bisect.bisect_left(reading.sentences, sentence.paragraph, key=lambda one: one.paragraph)
    return reading.sentences[place - 1] if place else None


# ---- hedges -----------------------------------------------------------------------------------------


def hedge_near(reading: Reading, sentence: Sentence, span: Span, codebook: Codebook) -> Span | None:
    """The words that withhold commitment from what stands at a span.

    Those before or inside it in its clause ("Allegedly, ..."), or a proviso anywhere in its sentence
    ("..., which could not be independently verified").
    """
    clause = clause_before(reading, sentence.start, span[0], codebook)
    hedge = wording(codebook.lexicon.hedges).search(reading.plain, span[0] - len(clause), span[1])
    hedge = hedge or wording(codebook.lexicon.provisos).search(reading.plain, *sentence.span)
    return hedge.span() if hedge else None
