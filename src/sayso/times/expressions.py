"""Finds the time expressions of a report.

The rules of english.yaml propose shapes within each sentence, the holidays of the codebook too; the longest
wins. What was chosen is read in the order of the text, because "the next day" needs what was told before.
Days that are told without a year are dated last, because the rest of the report may tell it.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from sayso.codebook import Codebook
from sayso.language import view
from sayso.model import Date, Span
from sayso.times.found import Found, Kind, Reading, Told
from sayso.times.intervals import interval
from sayso.times.readers import READERS
from sayso.times.words import Rule, TimeWords, alternatives, english, words_of
from sayso.times.years import Yearless, dated

_QUOTATION_MARKS = re.compile('[“”"]|\n[ \t]*\n')
_NEVER = re.compile(r"(?!)")
_TOLD_FOR = 1
"""For how many sentences a day stays the one that "the next day" is counted from; also tried: 3."""
_MONTH = re.compile(r"\d{4}-\d\d")
_REPORTED = ("P9M", "P6M", "P1Y")
"""Once figures are of so long, "a year earlier" is no quarter any more."""
_YEARS = range(1500, 3000)
"""No report was published in another year; the calendar does not end near these."""
_JOINT = re.compile(r",?\s{0,4}(?:\bon\s{1,4})?")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a report that tell a time: ``text[start:end]`` means ``date``."""

    start: int
    end: int
    date: Date


@dataclass(frozen=True, slots=True)
class Timex:
    """Any time expression, as corpora of them have it.

    kind    DATE, TIME (of a day), DURATION or SET (what comes again and again).
    value   as in TIMEX3: "2020-11-21", "2020-W47", "P3D", "XXXX-WXX-5", "PAST_REF".
    date    the days by the codebook; None where they cannot be told or are still to come.
    """

    start: int
    end: int
    kind: Kind
    value: str
    date: Date | None


@dataclass(frozen=True, slots=True)
class _Shape:
    """Words that look like a time, before they are read; ``rule`` None for a holiday."""

    start: int
    end: int
    sentence: int
    rule: Rule | None
    match: re.Match[str]


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A shape that was read."""

    start: int
    end: int
    sentence: int
    reading: Reading
    holiday: str | None = None
    tells_year: bool = False
    is_compared: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """What the readings of one report need beside its sentences."""

    text: str
    seen: str
    words: TimeWords
    published: date | None
    quoted: Sequence[Span]
    codebook: Codebook

    def is_spoken(self, offset: int) -> bool:
        place = bisect_right(self.quoted, (offset, len(self.text))) - 1
        return place >= 0 and offset < self.quoted[place][1]


def find(
    text: str, spans: Sequence[Span], published: str | None, codebook: Codebook
) -> tuple[TimeExpression, ...]:
    """The expressions within the spans that tell days on which something may have happened.

    text       the text of a report.
    spans      the sentences to look in, in order; no expression crosses their ends.
    published  ISO 8601. None, or no date: only what needs no day of publication is returned.

    A month, or a day of it, whose year cannot be told has a Date without ends, its ``edtf`` "XXXX-07-20".
    What would begin more than one day after publication is left out, and so are lengths, hours and what comes
    again and again. In order and apart; empty where nothing is found; raises nothing.
    """
    return tuple(
        TimeExpression(one.start, one.end, days)
        for one, days in _found(text, spans, published, codebook)
        if days
    )


def find_all(
    text: str, spans: Sequence[Span], published: str | None, codebook: Codebook
) -> tuple[Timex, ...]:
    """All time expressions within the spans; the same that ``find`` gives, and lengths, hours and the rest.

    Takes what ``find`` takes. An hour beside its day is one expression with it. In order and apart; empty
    where nothing is found; raises nothing.
    """
    found: list[Timex] = []
    for one, days in _found(text, spans, published, codebook):
        value = one.reading.value or (days.edtf if days else None)
        if value is None:
            continue
        timex = Timex(one.start, one.end, one.reading.kind, value, days)
        if found and (joined := _joined(found[-1], timex, text)):
            found[-1] = joined
        else:
            found.append(timex)
    return tuple(found)


def _joined(one: Timex, other: Timex, text: str) -> Timex | None:
    """An hour and the day that follows it as one expression; None where they are no such pair."""
    if (
        one.kind != "TIME"
        or "T" not in one.value
        or one.date
        or len(other.value) != 10
        or other.kind != "DATE"
    ):
        return None
    if not _JOINT.fullmatch(text, one.end, other.start):
        return None
    hour = one.value[one.value.index("T") :]
    return Timex(one.start, other.end, "TIME", other.value + hour, other.date)


def _found(
    text: str, spans: Sequence[Span], published: str | None, codebook: Codebook
) -> list[tuple[_Proposal, Date | None]]:
    page = _Page(text, view(text), english(), _day_of(published), _quoted(text), codebook)
    proposals = [_dropping_what_is_to_come(one, page.published) for one in _proposals(page, spans)]
    dates = iter(_yearless_dates(proposals, codebook))
    found: list[tuple[_Proposal, Date | None]] = []
    for one in proposals:
        if one.reading.days:
            found.append((one, interval(*one.reading.days)))
        else:
            found.append((one, next(dates) if one.reading.month else None))
    return found


def _proposals(page: _Page, spans: Sequence[Span]) -> Iterator[_Proposal]:
    """What was read, in the order of the text."""
    told, since = Told(), 0
    for number, span in enumerate(spans):
        words = words_of(page.seen[span[0] : span[1]])
        shapes = _longest([*_holidays(page, span, number, words), *_shapes(page, span, number, words)])
        if not shapes:
            continue
        told = replace(told, day=told.day if number - since <= _TOLD_FOR else None, here=False)
        read: list[_Proposal] = []
        hours: list[_Shape] = []
        for shape in shapes:
            if shape.rule and shape.rule.read == "clock":
                hours.append(shape)
            elif proposal := _read(page, span, shape, told):
                read.append(proposal)
                told = _after(told, proposal)
                since = number if proposal.reading.anchor else since
        told_here = next((one.reading.anchor for one in read if one.reading.anchor), told.day)
        read += filter(None, (_read(page, span, hour, Told(told_here)) for hour in hours))
        yield from sorted(read, key=lambda one: one.start)


def _after(told: Told, proposal: _Proposal) -> Told:
    """What is told last once this is read; a year before is no news."""
    reading = proposal.reading
    if reading.anchor:
        return replace(told, day=reading.anchor, value=reading.anchor.isoformat(), here=True)
    value = reading.value or ""
    if proposal.is_compared or reading.kind == "SET" or value.endswith("REF"):
        return told
    if reading.kind == "DURATION":
        return replace(told, quarter=None) if value in _REPORTED else told
    told = replace(told, value=value, here=True)
    if "-Q" in value:
        return replace(told, quarter=value, month=None)
    return replace(told, month=value, quarter=None) if _MONTH.fullmatch(value) else told


def _day_of(published: str | None) -> date | None:
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def _quoted(text: str) -> list[Span]:
    """What stands inside double quotation marks; one without an end lasts to that of its paragraph."""
    found: list[Span] = []
    begin: int | None = None
    for mark in _QUOTATION_MARKS.finditer(text):
        if begin is None and mark.group() in '“"':
            begin = mark.start()
        elif begin is not None and mark.group() != "“":
            found.append((begin, mark.start()))
            begin = None
    if begin is not None:
        found.append((begin, len(text)))
    return found


def _shapes(page: _Page, span: Span, number: int, words: Collection[str]) -> Iterator[_Shape]:
    for rule in page.words.called(words):
        for match in rule.pattern.finditer(page.seen, *span):
            start, end = match.span("span") if "span" in rule.pattern.groupindex else match.span()
            if start < end:
                yield _Shape(start, end, number, rule, match)


def _read(page: _Page, span: Span, shape: _Shape, told: Told) -> _Proposal | None:
    """What the shape means; None where it is no time."""
    found = Found(
        parts={name: part for name, part in shape.match.groupdict().items() if part is not None},
        words=page.words,
        text=page.text,
        seen=page.seen,
        span=(shape.start, shape.end),
        sentence=span,
        published=page.published,
        spoken=page.is_spoken(shape.start),
        told=told,
        ref=shape.rule.ref if shape.rule else None,
    )
    if shape.rule is None:
        return _holiday(page, found, shape.sentence)
    reading = READERS[shape.rule.read](found)
    if reading is None:
        return None
    tells_year = not found.parts.keys().isdisjoint(("y", "year", "year_short"))
    return _Proposal(
        shape.start,
        shape.end,
        shape.sentence,
        reading,
        tells_year=tells_year,
        is_compared=shape.rule.read in ("later", "ago"),
    )


@lru_cache(maxsize=8)
def _feasts(codebook: Codebook) -> tuple[re.Pattern[str], frozenset[str]]:
    """What finds the feasts of a codebook, and the words of which a sentence with one must hold one."""
    names = sorted({row.holiday for row in codebook.holidays})
    if not names:
        return _NEVER, frozenset()
    pattern = rf"\b(?P<name>{alternatives(names)})\b(?:,?\s{{1,4}}(?:in\s{{1,4}})?(?P<year>(?:19|20)\d\d)\b)?"
    return re.compile(pattern), frozenset(words_of(name)[-1] for name in names if words_of(name))


def _holidays(page: _Page, span: Span, number: int, words: Collection[str]) -> Iterator[_Shape]:
    pattern, last_words = _feasts(page.codebook)
    if not last_words.isdisjoint(words):
        for match in pattern.finditer(page.seen, *span):
            yield _Shape(*match.span(), number, None, match)


def _holiday(page: _Page, found: Found, number: int) -> _Proposal:
    """A feast: that of its year, else the last that began; the days are not told where several are meant."""
    name, year = re.sub(r"\s+", " ", found.parts["name"]), found.figure("year")
    rows = [row for row in page.codebook.holidays if row.holiday == name and year in (None, row.year)]
    days = sorted((date.fromisoformat(row.first), date.fromisoformat(row.last)) for row in rows)
    if year is None:
        days = [pair for pair in days if page.published and _is_past(pair[0], page.published)][-1:]
    if len(days) != 1:
        reading = Reading()
    else:
        first, last = days[0]
        reading = Reading(days[0], first.isoformat(), anchor=first if first == last else None)
    return _Proposal(*found.span, number, reading, holiday=name, tells_year=year is not None)


def _is_past(first: date, published: date) -> bool:
    """Whether a holiday began by the day after publication, and not so long ago that its row is missing."""
    return timedelta(days=-1) <= published - first < timedelta(days=366)


def _longest(shapes: list[_Shape]) -> list[_Shape]:
    """Those that no longer shape overlaps, in the order of the text."""
    if len(shapes) < 2:
        return shapes
    chosen: list[_Shape] = []
    taken: set[int] = set()
    for shape in sorted(shapes, key=lambda one: one.start - one.end):  # stable: then the earlier rule
        if taken.isdisjoint(range(shape.start, shape.end)):
            taken.update(range(shape.start, shape.end))
            chosen.append(shape)
    return sorted(chosen, key=lambda one: one.start)


def _dropping_what_is_to_come(one: _Proposal, published: date | None) -> _Proposal:
    """The days of what begins more than one day after publication are no days of what happened."""
    days = one.reading.days
    if days is None or published is None or days[0] <= published + timedelta(days=1):
        return one
    return replace(one, reading=replace(one.reading, days=None))


def _yearless_dates(proposals: Sequence[_Proposal], codebook: Codebook) -> list[Date]:
    """The dates of those proposals that have a month and no year, in their order."""
    told: list[Yearless] = []
    holidays: dict[int, list[str]] = {}
    years: set[int] = set()
    for proposal in proposals:
        reading = proposal.reading
        if proposal.holiday:
            holidays.setdefault(proposal.sentence, []).append(proposal.holiday)
        if reading.days and proposal.tells_year:
            years.add(reading.days[1].year)
        elif reading.month:
            told.append(Yearless(reading.month, reading.day, reading.weekday, proposal.sentence))
    return dated(told, holidays, years, codebook)
