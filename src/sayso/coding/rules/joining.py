"""Whether what a sentence tells goes on about an incident told before, and how likely.

Each pair of a stretch and an incident told before has evidence: whether kind, place, day, those who did it,
those harmed and the figures agree, how far back it was told, and how the words point back. What each piece
adds to the log-odds that both are one act stands in ``joining.yaml``, which ``train/joining.py`` makes of
reports that people coded.
"""

import math
from collections.abc import Iterator, Sequence

from sayso import places
from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.coding.rules.cues import Cues, wording
from sayso.coding.rules.evidence import Evidence, likely
from sayso.coding.rules.speech import spoken
from sayso.coding.rules.stretches import Stretch, days_apart, fit_together
from sayso.coding.rules.tellings import Telling
from sayso.coding.rules.wholes import is_part
from sayso.model import Place


class Joining:
    """Holds what the sentences of one report tell against what was told before."""

    def __init__(self, reading: Reading, cues: Cues, codebook: Codebook) -> None:
        self.reading = reading
        self.cues = cues
        self.codebook = codebook
        self._named: dict[int, frozenset[str]] = {}

    def likely(self, stretch: Stretch, tellings: Sequence[Telling], place: int) -> float:
        """How likely a stretch is about one of the incidents told before, the last told last."""
        if self.rules_out(stretch, tellings[place]):
            return 0.0
        return likely(self.evidence(stretch, tellings, place), "joining.yaml")

    def rules_out(self, stretch: Stretch, telling: Telling) -> bool:
        """Whether its kind, its place or its day rules out that a stretch is about an incident."""
        if stretch.apart or telling.stretches[0].apart:
            return True
        if telling.n_events != 1 and is_part(stretch, telling.stretches[0]):
            return True
        if not fit_together(
            stretch.hits, [hit for one in telling.stretches for hit in one.hits], self.codebook
        ):
            return True
        away = [
            places.apart(one.place, other.place) for one in stretch.places[:1] for other in telling.places
        ]
        apart = [days_apart(one, other) for one in stretch.times for other in telling.times]
        return bool((away and all(away)) or (stretch.places and apart and all(apart)))

    def evidence(self, stretch: Stretch, tellings: Sequence[Telling], place: int) -> Evidence:
        """What speaks for and against it."""
        telling = tellings[place]
        found = {"always": 1.0}
        for name in (
            *self._pointing(stretch),
            *self._together(stretch, tellings, place),
            *self._kind(stretch, telling),
            *self._place(stretch, telling),
            *self._day(stretch, telling),
            *self._distance(stretch, tellings, place),
            *self._who(stretch, telling),
            *self._harmed(stretch, telling),
            *self._told_by(stretch),
        ):
            found[name] = 1.0
        shared = self._words(stretch.sentence) & frozenset().union(
            *(self._words(one.sentence) for one in telling.stretches)
        )
        found["shared words"] = math.log1p(len(shared))
        return found

    def _pointing(self, stretch: Stretch) -> Iterator[str]:
        """How the words of a stretch point back, or to another act."""
        definite = [hit.definite for hit in stretch.hits]
        verbal = all(hit.verbal for hit in stretch.hits)
        yield (
            "points back"
            if all(definite)
            else "points back in part"
            if any(definite)
            else "a clause"
            if verbal
            else "a noun"
        )
        syntax = self.reading.syntax[stretch.sentence]
        first = stretch.hits[0]
        articles = syntax.having(first.token, "det") if syntax is not None and not first.verbal else ()
        if syntax is not None and any(syntax.words[at] in ("a", "an") for at in articles):
            yield "an indefinite noun"
        if not stretch.strong:
            yield "of no kind"
        if stretch.recalls:
            yield "recalled"
        other = wording(self.codebook.lexicon.other_acts)
        start = max(self.reading.sentences[stretch.sentence].start, stretch.cue[0] - _BEFORE)
        if other.search(self.reading.plain, start, stretch.cue[1]):
            yield "another act"

    def _together(self, stretch: Stretch, tellings: Sequence[Telling], place: int) -> Iterator[str]:
        """What tells more together than each by itself."""
        telling = tellings[place]
        back = all(hit.definite for hit in stretch.hits)
        same = bool(stretch.types & telling.types)
        if back:
            yield "points back to the same kind" if same else "points back to another kind"
        bare = not stretch.places and not stretch.times
        if bare:
            yield "neither place nor day"
        if bare and place == len(tellings) - 1:
            yield "nothing tells it apart from what was told last"
        alone = len(telling.stretches) == 1 and telling.stretches[0].sentence == 0
        if alone and stretch.sentence <= _LEAD:
            yield "the lead behind a headline"
            if same:
                yield "the lead behind a headline, same kind"
        opens = self._opens(stretch)
        if opens and stretch.places and stretch.times:
            yield "a paragraph opens with place and day"
        elif opens and (stretch.places or stretch.times):
            yield "a paragraph opens with place or day"
        if sum(bool(stretch.types & one.types) for one in tellings) == 1 and stretch.strong:
            yield "the only one of its kind" if same else "another one is the only one of its kind"
        if len(tellings) == 1:
            yield "the only one told"

    def _opens(self, stretch: Stretch) -> bool:
        sentences = self.reading.sentences
        number = stretch.sentence
        return number == 0 or sentences[number - 1].paragraph != sentences[number].paragraph

    def _kind(self, stretch: Stretch, telling: Telling) -> Iterator[str]:
        hits = [hit for one in telling.stretches for hit in one.hits]
        if not fit_together(stretch.hits, hits, self.codebook):
            yield "kinds apart"
        elif stretch.strong and telling.strong:
            yield "same kind" if stretch.types & telling.types else "other kind"
        else:
            yield "one of no kind"
        words = {self.reading.plain[slice(*hit.cue)] for hit in hits}
        if any(self.reading.plain[slice(*hit.cue)] in words for hit in stretch.hits):
            yield "same words"
        heard, before = self._heard(stretch), {kind for one in telling.stretches for kind in self._heard(one)}
        if heard and before:
            yield "heard as the same kind" if heard & before else "heard as another kind"

    def _heard(self, stretch: Stretch) -> set[str]:
        heard = self.reading.heard[stretch.sentence]
        if heard is None:
            return set()
        return {
            heard.types[hit.token][0]
            for hit in stretch.hits
            if heard.acts[hit.token] > _HEARD and heard.types[hit.token][1] > _HEARD
        }

    def _place(self, stretch: Stretch, telling: Telling) -> Iterator[str]:
        told = [name.place for one in telling.stretches for name in one.places]
        here = [name.place for name in stretch.places]
        if not here:
            yield "no place" if told else "no place in either"
        elif not told:
            yield "first place"
        elif any(_is_same(one, other) for one in here for other in told):
            yield "same place"
        elif any(
            places.contains(one, other) or places.contains(other, one) for one in here for other in told
        ):
            yield "a place within the other"
        elif all(places.apart(one, other) for one in here for other in told):
            yield "places apart"
        elif any(places.apart(one, other) for one in here[:1] for other in told):
            yield "places apart in part"
        else:
            yield "other place"

    def _day(self, stretch: Stretch, telling: Telling) -> Iterator[str]:
        told, here = [time for one in telling.stretches for time in one.times], stretch.times
        if not here:
            yield "no day" if told else "no day in either"
        elif not told:
            yield "first day"
        elif all(days_apart(one, other) for one in here for other in told):
            yield "days apart"
        elif any(one.date.edtf == other.date.edtf for one in here for other in told):
            yield "same day"
        else:
            yield "other day"

    def _distance(self, stretch: Stretch, tellings: Sequence[Telling], place: int) -> Iterator[str]:
        telling, sentences = tellings[place], self.reading.sentences
        last = max(one.sentence for one in telling.stretches)
        back = stretch.sentence - last
        paragraphs = sentences[stretch.sentence].paragraph - sentences[last].paragraph
        if back == 0:
            yield "same sentence"
        elif paragraphs == 0:
            yield "next sentence, same paragraph" if back == 1 else "same paragraph"
        else:
            yield "next paragraph" if paragraphs == 1 else "2-3 paragraphs" if paragraphs <= 3 else "far"
        if place == len(tellings) - 1:
            yield "told last" if not telling.stretches[0].recalls else "told last, recalled"
        if telling.stretches[0].sentence == 0:
            yield "told in the headline, alone" if last == 0 else "told in the headline"
        if telling.stretches[0].recalls:
            yield "both recalled" if stretch.recalls else "that was recalled"

    def _who(self, stretch: Stretch, telling: Telling) -> Iterator[str]:
        here, told = self._doing(stretch), {who for one in telling.stretches for who in self._doing(one)}
        if here and told:
            yield "same who" if here & told else "other who"
        figures = {one for other in telling.stretches for one in self._figures(other)}
        now = self._figures(stretch)
        if figures and now:
            yield "a figure agrees" if figures & now else "figures differ"

    def _harmed(self, stretch: Stretch, telling: Telling) -> Iterator[str]:
        """Whether those harmed are spoken of as known ("killed him", "the three"), or are the same."""
        syntax = self.cues.words[stretch.sentence].syntax
        heads = self._heads(stretch)
        own = self.codebook.lexicon.own_words
        if any(syntax.tokens[at].upos == "PRON" and syntax.words[at] not in own for at in heads):
            yield "harms whom a pronoun names"
        elif any(syntax.is_definite(at) for at in heads):
            yield "harms whom it takes for known"
        elif heads:
            yield "harms somebody new"
        here = {syntax.words[at] for at in heads if syntax.tokens[at].upos in ("NOUN", "PROPN")}
        told = {word for one in telling.stretches for word in self._nouns_harmed(one)}
        if here and told:
            yield "harms the same" if here & told else "harms others"
        names = self._names(stretch.sentence)
        before = {name for one in telling.stretches for name in self._names(one.sentence)}
        if names & before:
            yield "a name again"

    def _heads(self, stretch: Stretch) -> list[int]:
        return [at for hit in stretch.hits for at in hit.suffering]

    def _nouns_harmed(self, stretch: Stretch) -> set[str]:
        syntax = self.cues.words[stretch.sentence].syntax
        return {
            syntax.words[at] for at in self._heads(stretch) if syntax.tokens[at].upos in ("NOUN", "PROPN")
        }

    def _names(self, number: int) -> set[str]:
        """The names of a sentence that are no actor's and no place's."""
        syntax = self.reading.syntax[number]
        if syntax is None:
            return set()
        return {
            syntax.words[at]
            for at, token in enumerate(syntax.tokens)
            if token.upos == "PROPN"
            and not within(self.reading.places, *token.span)
            and not within(self.reading.actors, *token.span)
            and not within(self.reading.times, *token.span)
        }

    def _told_by(self, stretch: Stretch) -> Iterator[str]:
        over = spoken(self.reading, self.codebook).over(stretch.cue)
        if any(one.voice.denies for one in over):
            yield "told as denied"
        elif over:
            yield "told in somebody's words"

    def _doing(self, stretch: Stretch) -> set[str]:
        words = self.cues.words[stretch.sentence]
        found = set()
        for hit in stretch.hits:
            for at in hit.roles.get("perpetrator", ()):
                actor = words.actor_of(at)
                if actor is not None and actor.actor_id is not None and actor.kind != "people":
                    found.add(actor.actor_id)
        return found

    def _figures(self, stretch: Stretch) -> set[int]:
        numbers = within(self.reading.numbers, *stretch.span)
        return {one.count.best for one in numbers if one.count.best is not None and one.count.best > 1}

    def _words(self, number: int) -> frozenset[str]:
        """The nouns and names of a sentence, but short ones."""
        if (known := self._named.get(number)) is None:
            syntax = self.reading.syntax[number]
            known = frozenset()
            if syntax is not None:
                known = frozenset(
                    syntax.words[at]
                    for at, token in enumerate(syntax.tokens)
                    if token.upos in ("NOUN", "PROPN") and len(syntax.words[at]) > _SHORT
                )
            self._named[number] = known
        return known


_BEFORE = 40
"""How many characters before its words "another" may stand."""
_HEARD = 0.5
_LEAD = 3
"""How many sentences behind a headline its lead may reach."""
_SHORT = 3


def _is_same(one: Place, other: Place) -> bool:
    return one == other or one.text.casefold() == other.text.casefold()
