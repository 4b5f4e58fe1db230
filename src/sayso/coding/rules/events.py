"""Cues to mentions: which cues speak of one act, when it was and where.

A report is read from its beginning; each stretch of a sentence that holds cues either goes on about an
incident already told or tells a new one. It goes on where it says so ("the attack") or where type, place and
date agree; what cannot be told apart by any of them is one.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sayso import places
from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.coding.rules.cues import Hit, wording
from sayso.model import Count, Draft, DraftAggregate, DraftMention, EventValue, Place, Span, Spans, Stance
from sayso.places import PlaceName
from sayso.times import TimeExpression


@dataclass(slots=True)
class Stretch:
    """Part of a sentence that speaks of one act: its cues, and the times and places that stand by them."""

    sentence: int
    span: Span
    hits: list[Hit]
    place: PlaceName | None
    time: TimeExpression | None
    recalls: bool
    killed: Count | None = None
    apart: Span | None = None

    @property
    def strong(self) -> bool:
        """Whether any of its cues makes a mention by itself."""
        return any(hit.strong for hit in self.hits)

    @property
    def types(self) -> set[str]:
        """The sub-event types of its strong cues, else of all."""
        return {hit.sub_event_type for hit in self.hits if hit.strong or not self.strong}

    @property
    def cue(self) -> Span:
        """Where it first tells of the act."""
        return self.hits[0].cue


@dataclass(slots=True)
class Telling:
    """One incident as the report tells it: the stretches about it, in the order of the text."""

    stretches: list[Stretch] = field(default_factory=list)
    is_background: bool = False

    def draft(self) -> DraftMention:
        """The mention to propose."""
        first = self.stretches[0]
        cues = tuple(sorted({hit.cue for stretch in self.stretches for hit in stretch.hits}))
        return DraftMention(first.cue, cues, first.apart, self.is_background)

    @property
    def key(self) -> tuple[Span, Span | None]:
        """What tells it from the others."""
        return (self.stretches[0].cue, self.stretches[0].apart)

    @property
    def strong(self) -> bool:
        """Whether its type is told, not only that something violent happened."""
        return any(stretch.strong for stretch in self.stretches)

    @property
    def types(self) -> set[str]:
        """The sub-event types told of it."""
        return {
            kind for stretch in self.stretches if stretch.strong or not self.strong for kind in stretch.types
        }

    @property
    def places(self) -> list[PlaceName]:
        """All places told of it."""
        return [stretch.place for stretch in self.stretches if stretch.place]

    @property
    def times(self) -> list[TimeExpression]:
        """All times told of it."""
        return [stretch.time for stretch in self.stretches if stretch.time]


@dataclass(frozen=True, slots=True)
class Told:
    """All incidents that a report tells, in the order in which it first does, and the totals it gives."""

    tellings: Sequence[Telling]
    totals: Sequence[DraftAggregate]
    by_sentence: Mapping[int, Sequence[tuple[Stretch, Telling]]]
    cues: frozenset[Span]

    def at(self, reading: Reading, number: int, cue: Span) -> Telling | None:
        """The incident that the words at ``cue`` in a sentence are about.

        That of the stretch they stand in, else of the nearest one in the sentence; else the incident told
        last in the sentences just before, but one that is only recalled holds no longer than its paragraph.
        None where there is none.
        """
        if here := self.by_sentence.get(number):
            inside = [pair for pair in here if pair[0].span[0] <= cue[0] < pair[0].span[1]]
            return min(inside or here, key=lambda pair: abs(pair[0].cue[0] - cue[0]))[1]
        for back in range(number - 1, max(-1, number - 1 - _SENTENCES_BACK), -1):
            if told := self.by_sentence.get(back):
                last = max(told, key=lambda pair: pair[0].cue)[1]
                together = reading.sentences[back].paragraph == reading.sentences[number].paragraph
                return last if together or not last.is_background else None
        return None

    @property
    def main(self) -> Telling | None:
        """The first that is not only recalled: what the report is about."""
        return next((telling for telling in self.tellings if not telling.is_background), None)


_SENTENCES_BACK = 2
"""From how far back a figure or a claim may find its incident; what hangs in the air longer has none."""


def find(reading: Reading, hits: Mapping[int, Sequence[Hit]], codebook: Codebook) -> Told:
    """What a report tells, from the cues of its sentences."""
    tellings: list[Telling] = []  # the one told last is last
    totals: dict[Span, DraftAggregate] = {}
    for stretch in _stretches(reading, hits, codebook):
        if wording(codebook.lexicon.totals).search(reading.plain, *stretch.span):
            quote = reading.sentences[stretch.sentence].span
            words = " ".join(reading.report.text[slice(*quote)].split())
            totals.setdefault(quote, DraftAggregate(quote, words))
            continue
        known = _known(stretch, tellings[-_OPEN:], reading, codebook)
        if known:
            known.stretches.append(stretch)
            tellings.remove(known)
            tellings.append(known)
        elif _tells_enough(stretch, reading):
            tellings.append(Telling([stretch]))
    tellings.sort(key=lambda telling: telling.key[0])
    news = _news(reading, tellings)
    for telling in tellings[1:]:
        telling.is_background = _is_background(telling, news)
    by_sentence: dict[int, list[tuple[Stretch, Telling]]] = {}
    for telling in tellings:
        for stretch in telling.stretches:
            by_sentence.setdefault(stretch.sentence, []).append((stretch, telling))
    cues = frozenset(hit.cue for one in tellings for stretch in one.stretches for hit in stretch.hits)
    return Told(tellings, list(totals.values()), by_sentence, cues)


_OPEN = 40
"""How many incidents, told last, a sentence may go on about; no report tells more of them at a time."""


# ---- stretches ------------------------------------------------------------------------------------


def _stretches(reading: Reading, hits: Mapping[int, Sequence[Hit]], codebook: Codebook) -> Iterator[Stretch]:
    for number, mine in hits.items():
        sentence = reading.sentences[number]
        bounds = [sentence.start]
        bounds += [
            found.start()
            for found in wording(codebook.lexicon.partings).finditer(reading.plain, *sentence.span)
        ]
        bounds += [found.start() for found in re.compile(";").finditer(reading.plain, *sentence.span)]
        bounds = [*sorted(bounds), sentence.end]
        for start, end in itertools.pairwise(bounds):
            here = [hit for hit in mine if start <= hit.cue[0] < end]
            taking = [hit for hit in here if "territory" in hit.slots]
            for hit in taking:
                yield from _takings(reading, hit, (start, end), codebook)
            rest = [hit for hit in here if hit not in taking]
            if rest:
                yield _stretch(reading, number, (start, end), rest, codebook)


def _stretch(reading: Reading, number: int, span: Span, hits: list[Hit], codebook: Codebook) -> Stretch:
    return Stretch(
        sentence=number,
        span=span,
        hits=hits,
        place=_place_near(reading, span, hits[0].cue, codebook),
        time=_time_near(reading, span, hits[0].cue, codebook),
        recalls=bool(wording(codebook.lexicon.recall).search(reading.plain, *span)),
    )


_AND = re.compile(r"[\w' ]{0,12}(?:,| and| as well as| along with)+(?: the)? (?=\ue001)")


def _takings(reading: Reading, hit: Hit, span: Span, codebook: Codebook) -> Iterator[Stretch]:
    """One stretch for each place that was taken: "captured A, B as well as C"."""
    at: int | None = hit.slots["territory"][0]
    while at is not None:
        taken = within(reading.places, at, at + 1)
        if not taken:
            return
        stretch = _stretch(reading, hit.sentence, span, [hit], codebook)
        stretch.place = taken[0]
        stretch.apart = (taken[0].start, taken[0].end)
        yield stretch
        following = _AND.match(reading.seen, _past_container(reading, taken[0]), span[1])
        at = following.end() if following else None


def _past_container(reading: Reading, name: PlaceName) -> int:
    """Where the words end that say in which larger place a place is: "A district in B province"."""
    inside = re.compile(r"[\w ]{0,12}(?: in|,)(?: the)? (?=\ue001)").match(reading.seen, name.end)
    for larger in within(reading.places, inside.end(), inside.end() + 1) if inside else ():
        if places.contains(larger.place, name.place) and larger.place != name.place:
            return larger.end
    return name.end


_FINENESS = ("exact", "near", "town", "district", "route", "sea", None, "admin1", "country")


def _of_speech(reading: Reading, name: PlaceName, cue: Span, codebook: Codebook) -> bool:
    """Whether a place is where something was said: "officials said in X", "the police in X said"."""
    said = wording(codebook.lexicon.said)
    if name.start >= cue[1]:
        return said.search(reading.plain, max(cue[1], name.start - _WORDS_OF_SPEECH), name.start) is not None
    return said.match(reading.plain, name.end + 1) is not None


_WORDS_OF_SPEECH = 30
"""How far, in characters, a verb of saying reaches to the place of saying: "told reporters on Sunday in"."""


_WORDS_OF_TIME = 14
"""How far, in characters, a verb of saying reaches to the time of saying: "said late on"."""


def _place_near(reading: Reading, span: Span, cue: Span, codebook: Codebook) -> PlaceName | None:
    """The place of a cue: of those in its stretch the nearest after it that is finest where several agree."""
    told = [name for name in within(reading.places, *span) if not _of_speech(reading, name, cue, codebook)]
    after = [name for name in told if name.start >= cue[0]] or told
    if not after:
        return None
    fine = [name for name in after if name.place.precision != "country"] or after
    first = min(fine, key=lambda name: max(name.start - cue[1], cue[0] - name.end))
    inside = [name for name in told if places.contains(first.place, name.place)]
    return min(inside or [first], key=lambda name: (_FINENESS.index(name.place.precision), name.start))


def _time_near(reading: Reading, span: Span, cue: Span, codebook: Codebook) -> TimeExpression | None:
    """The time nearest to a cue, but not one of saying: "told him on Sunday", "dated Monday"."""
    saying = wording((*codebook.lexicon.said, *codebook.lexicon.dated))
    told = [
        time
        for time in within(reading.times, *span)
        if not saying.search(reading.plain, max(span[0], time.start - _WORDS_OF_TIME), time.start)
    ]
    return min(told, key=lambda time: (max(time.start - cue[1], cue[0] - time.end), time.start), default=None)


def _tells_enough(stretch: Stretch, reading: Reading) -> bool:
    """Whether a stretch tells a new incident: one real occurrence, not a way of speaking.

    What stands by the cue counts: a place, a date, a number, an actor in a role. A strong cue needs one, if
    plural not the actor alone ("their attacks"). A weak cue needs two, a faint one a number or an actor among
    them. Tried on wire reports and on general news: numbers of people only, which lets a sixth less of
    general news through and misses a seventh of the reports of violence.
    """
    place, time = stretch.place is not None, stretch.time is not None
    number = bool(within(reading.numbers, *stretch.span))
    actor = any("perpetrator" in hit.slots for hit in stretch.hits)
    if all(hit.definite for hit in stretch.hits):  # it speaks of something told elsewhere, if anywhere
        return stretch.strong and place + time + number >= 2
    if stretch.strong:
        singular = not all(hit.plural for hit in stretch.hits)
        return place or time or number or (actor and singular)
    faint = all(hit.strength == "faint" for hit in stretch.hits)
    return place + time + number + actor >= 2 and (not faint or actor or number)


# ---- one act, one mention -------------------------------------------------------------------------


def _known(
    stretch: Stretch, tellings: Sequence[Telling], reading: Reading, codebook: Codebook
) -> Telling | None:
    """The incident already told that a stretch goes on about: the one told last, news first."""
    ordered = sorted(
        tellings,
        key=lambda telling: (telling.stretches[0].recalls <= stretch.recalls, telling.stretches[-1].span),
        reverse=True,
    )
    fitting = [telling for telling in ordered if _fits(stretch, telling, codebook)]
    if all(hit.definite for hit in stretch.hits):
        return fitting[0] if fitting else None
    for telling in fitting:
        if _says_more(stretch, telling, reading):
            return telling
    return None


def _fits(stretch: Stretch, telling: Telling, codebook: Codebook) -> bool:
    """Whether nothing speaks against a stretch being about this incident."""
    if stretch.apart or telling.stretches[0].apart:
        return False
    kinds = {codebook.event_type_of(kind) for kind in stretch.types}
    told = {codebook.event_type_of(kind) for kind in telling.types}
    violent = {"Battles", "Explosions/Remote violence", "Violence against civilians"}
    generic = not (stretch.strong and telling.strong)
    same_kind = bool(kinds & told) or (generic and kinds <= violent and told <= violent)
    here = stretch.place.place if stretch.place else None
    same_place = here is None or not any(places.apart(here, name.place) for name in telling.places)
    return same_kind and same_place and not _other_day(stretch, telling)


def _other_day(stretch: Stretch, telling: Telling) -> bool:
    if stretch.time is None:
        return False
    now = stretch.time.date
    for time in telling.times:
        then = time.date
        if None in (now.earliest, now.latest, then.earliest, then.latest):
            if now.edtf != then.edtf:
                return True
        elif str(now.latest) < str(then.earliest) or str(then.latest) < str(now.earliest):
            return True
    return False


def _says_more(stretch: Stretch, telling: Telling, reading: Reading) -> bool:
    """Whether a stretch that does not point back ("the") is about an incident that fits, all the same."""
    last = telling.stretches[-1]
    if stretch.recalls and not last.recalls:
        return False
    if stretch.time and telling.times and stretch.time.date not in [time.date for time in telling.times]:
        return False
    if stretch.place and telling.places:
        here = stretch.place.place
        return any(_agree(name.place, here) for name in telling.places)
    if stretch.place is None and stretch.time is None:  # nothing tells it apart
        return True
    near = reading.sentences[stretch.sentence].paragraph - reading.sentences[last.sentence].paragraph
    return near <= _PARAGRAPHS


_PARAGRAPHS = 3
"""How far, in paragraphs, what is placed or dated goes on about what is not: from a headline to the lead."""


def _agree(one: Place, other: Place) -> bool:
    """Whether two places may be one: the same, one within the other, or the same unresolved name."""
    same_words = one.text.casefold() == other.text.casefold()
    return same_words or places.contains(one, other) or places.contains(other, one)


_RECENT_DAYS = 14


def _news(reading: Reading, tellings: Sequence[Telling]) -> str:
    """The ISO day of a report's news: of its publication, else the latest day it tells; "" if none."""
    latest = [str(time.date.latest) for one in tellings for time in one.times if time.date.latest]
    return (reading.report.published or max(latest, default=""))[:10]


def _is_background(telling: Telling, news: str) -> bool:
    """Whether a report only recalls an incident: it says so, or it was well before the news."""
    days = [time.date.latest for time in telling.times if time.date.latest]
    return telling.stretches[0].recalls or (bool(days) and _days_between(max(days), news) > _RECENT_DAYS)


def _days_between(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


# ---- drafts ---------------------------------------------------------------------------------------


def propose(reading: Reading, tellings: Sequence[Telling], codebook: Codebook) -> Iterator[Draft]:
    """What happened, when and where, for each mention."""
    for telling in tellings:
        # Words as wide as "attack" say what happened only where nothing narrower does.
        typed = telling.types if telling.strong else {min(telling.types, key=codebook.rank_of)}
        for stretch in telling.stretches:
            quote = reading.sentences[stretch.sentence].span
            for hit in stretch.hits:
                if hit.sub_event_type in typed and (hit.strong or not telling.strong):
                    yield Draft(
                        mention=telling.key,
                        field="event",
                        stance=Stance.STATED,
                        spans=Spans(cue=hit.cue, value=hit.cue),
                        quote=quote,
                        rule="events/stated",
                        value=EventValue(hit.sub_event_type, happened=True),
                    )
            if stretch.time:
                value = (stretch.time.start, stretch.time.end)
                spans = Spans(cue=stretch.cue, value=value)
                yield Draft(telling.key, "date", Stance.STATED, spans, quote, "events/date")
            if stretch.place:
                value = (stretch.place.start, stretch.place.end)
                spans = Spans(cue=stretch.cue, value=value)
                yield Draft(telling.key, "place", Stance.STATED, spans, quote, "events/place")
