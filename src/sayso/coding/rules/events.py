"""Stretches to mentions: which of them speak of one act, when it was and where.

A report is read from its beginning; each stretch of a sentence either goes on about an incident already told
or tells a new one. Its kind, its place and its day can rule an incident out; of those that are left it goes
on about the one for which most speaks, if enough does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.coding.rules.cues import Cues, wording
from sayso.coding.rules.joining import Joining
from sayso.coding.rules.stretches import (
    RECENT_DAYS,
    Stretch,
    days_apart,
    days_between,
    fit_together,
    stretches,
)
from sayso.coding.rules.tellings import Telling
from sayso.coding.rules.wholes import blows, is_part
from sayso.coding.rules.words import Words
from sayso.model import Draft, DraftAggregate, EventValue, Span, Spans, Stance
from sayso.places import PlaceName
from sayso.times import TimeExpression


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


def find(reading: Reading, cues: Cues, codebook: Codebook) -> Told:
    """What a report tells, from the cues of its sentences."""
    tellings: list[Telling] = []  # the one told last is last
    totals: dict[Span, DraftAggregate] = {}
    joining = Joining(reading, cues, codebook)
    for stretch in stretches(reading, cues, codebook):
        if _is_total(stretch, reading, codebook):
            quote = reading.sentences[stretch.sentence].span
            words = " ".join(reading.report.text[slice(*quote)].split())
            totals.setdefault(quote, DraftAggregate(quote, words))
            continue
        known = _known(stretch, tellings[-_OPEN:], joining)
        if known:
            known.stretches.append(stretch)
            tellings.remove(known)
            tellings.append(known)
        elif _tells_enough(stretch, cues.words[stretch.sentence], reading):
            several = blows(stretch, cues.words[stretch.sentence], reading)
            whole = _whole_of(stretch, tellings, codebook)
            tellings.append(Telling([stretch], n_events=several, part_of=whole.key if whole else None))
    if len(tellings) > 1:  # what is nowhere and never is a way of speaking, or of what is told already
        tellings = [telling for telling in tellings if telling.places or telling.times]
    tellings.sort(key=lambda telling: telling.key[0])
    news = _news(reading, tellings)
    for telling in tellings[1:]:
        telling.is_background = _is_background(telling, news)
    by_sentence: dict[int, list[tuple[Stretch, Telling]]] = {}
    for telling in tellings:
        for stretch in telling.stretches:
            by_sentence.setdefault(stretch.sentence, []).append((stretch, telling))
    taken = frozenset(hit.cue for one in tellings for stretch in one.stretches for hit in stretch.hits)
    return Told(tellings, list(totals.values()), by_sentence, taken)


def _is_total(stretch: Stretch, reading: Reading, codebook: Codebook) -> bool:
    """Whether a stretch gives a total over a period: it says so, or counts the harm of years."""
    if wording(codebook.lexicon.totals).search(reading.plain, *stretch.span):
        return True
    long = stretch.time is not None and stretch.time.date.precision in ("year", "season")
    told_apart = any(hit.strong and not hit.plural for hit in stretch.hits)
    return long and not told_apart and bool(within(reading.numbers, *stretch.span))


_OPEN = 40
"""How many incidents, told last, a sentence may go on about; no report tells more of them at a time."""


# ---- mentions --------------------------------------------------------------------------------------


def _tells_enough(stretch: Stretch, words: Words, reading: Reading) -> bool:
    """Whether a stretch tells a new incident: one real occurrence, not a way of speaking.

    What stands by the cue counts: a place, a date, a number, an actor in a role. A strong cue needs one, if
    plural not the actor alone ("their attacks"). A weak cue needs two, a faint one a number or an actor among
    them. Tried on wire reports and on general news: numbers of people only, which lets a sixth less of
    general news through and misses a seventh of the reports of violence. That a person with a name was killed
    or taken tells of one act, whatever else is told.
    """
    place, time = bool(stretch.places), bool(stretch.times)
    rows = [words.codebook.event_types[words.codebook.rank_of(kind)] for kind in stretch.types]
    starts = [*(name.start for name in stretch.places), *(name.start for name in stretch.times)]
    told_here = any(start >= stretch.span[0] for start in starts)
    if all(row.own_news for row in rows) and not told_here:
        return False
    number = bool(within(reading.numbers, *stretch.span))
    acting = [at for hit in stretch.hits for at in hit.roles.get("perpetrator", ())]
    actor = any(words.actor_of(at) for at in acting)
    named = any(words.persons(at) for hit in stretch.hits for at in hit.suffering)
    harmed = named or any(hit.verbal and hit.roles.get("target") for hit in stretch.hits)
    if all(hit.definite for hit in stretch.hits):  # it speaks of something told elsewhere, if anywhere
        aimed = any(hit.roles.get("target") for hit in stretch.hits)
        return place + time + number + aimed + named >= (2 if stretch.strong else 3)
    if stretch.strong:
        singular = not all(hit.plural for hit in stretch.hits)
        return place or time or number or harmed or (actor and singular)
    if all(hit.strength == "support" for hit in stretch.hits):
        return False
    faint = all(hit.strength in ("faint", "support") for hit in stretch.hits)
    return place + time + number + actor + harmed + named >= 2 and (not faint or actor or number or harmed)


# ---- one act, one mention -------------------------------------------------------------------------


def _known(stretch: Stretch, tellings: Sequence[Telling], joining: Joining) -> Telling | None:
    """The incident already told that a stretch goes on about: the likeliest, if it is likely enough."""
    best: Telling | None = None
    most = _ENOUGH if stretch.places else _ENOUGH_UNPLACED
    for place in range(len(tellings) - 1, -1, -1):
        likely = joining.likely(stretch, tellings, place)
        if likely > most:
            best, most = tellings[place], likely
    return best


_ENOUGH, _ENOUGH_UNPLACED = 0.5, 0.2
"""How likely it must be that a stretch goes on about an incident, and one that tells no place of its own."""


def _whole_of(stretch: Stretch, tellings: Sequence[Telling], codebook: Codebook) -> Telling | None:
    """The several blows told together, the last so told, that a stretch tells one of; else None."""
    for telling in reversed(tellings):
        first = telling.stretches[0]
        one_kind = fit_together(stretch.hits, first.hits, codebook)
        if telling.n_events != 1 and one_kind and is_part(stretch, first):
            away = any(days_apart(one, other) for one in stretch.times for other in telling.times)
            return None if away else telling
    return None


def _news(reading: Reading, tellings: Sequence[Telling]) -> str:
    """The ISO day of a report's news: of its publication, else the latest day it tells; "" if none."""
    latest = [str(time.date.latest) for one in tellings for time in one.times if time.date.latest]
    return (reading.report.published or max(latest, default=""))[:10]


def _is_background(telling: Telling, news: str) -> bool:
    """Whether a report only recalls an incident: it says so, or it was well before the news."""
    days = [time.date.latest for time in telling.times if time.date.latest]
    return telling.stretches[0].recalls or (bool(days) and days_between(max(days), news) > RECENT_DAYS)


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
            wider = (min(quote[0], reading.sentences[max(0, stretch.sentence - 1)].start), quote[1])
            where = stretch.places if telling.n_events != 1 else [stretch.place]
            told: tuple[tuple[Literal["date", "place"], TimeExpression | PlaceName | None], ...] = (
                ("date", stretch.time),
                *(("place", name) for name in where),
            )
            for what, name in told:
                if name:
                    value = (name.start, name.end)
                    around = quote if quote[0] <= value[0] else wider
                    spans = Spans(cue=stretch.cue, value=value)
                    yield Draft(telling.key, what, Stance.STATED, spans, around, f"events/{what}")
