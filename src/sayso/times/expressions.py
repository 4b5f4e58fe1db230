"""Finds the time expressions of a report.

The rules of english.yaml propose readings within each sentence, the holidays of the codebook too; the longest
reading wins. Days that are told without a year are dated last, because the rest of the report may tell it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sayso.codebook import Codebook
from sayso.model import Date, Span
from sayso.times.intervals import interval
from sayso.times.readers import READERS, Found, Reading
from sayso.times.words import TimeWords, alternatives, english
from sayso.times.years import Yearless, dated

# How many characters before a weekday a word of the future is looked for: about a clause.
_CLAUSE = 60
_QUOTATION_MARKS = re.compile('[“”"]|\n[ \t]*\n')
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of a report that tell a time: ``text[start:end]`` means ``date``."""

    start: int
    end: int
    date: Date


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A reading of some words; ``reading`` None keeps shorter readings of them from standing."""

    start: int
    end: int
    sentence: int
    reading: Reading | None
    holiday: str | None = None
    tells_year: bool = False


@dataclass(frozen=True, slots=True)
class _Page:
    """What the readings of one report need beside its sentences."""

    text: str
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
    """The time expressions within the spans, in order and apart.

    text       the text of a report.
    spans      the sentences to look in, in order; no expression crosses their ends.
    published  ISO 8601. None, or no date: only what needs no day of publication is returned.

    A month, or a day of it, whose year cannot be told has a Date without ends, its ``edtf`` "XXXX-07-20".
    What would begin more than one day after publication is left out. Empty where nothing is found; raises
    nothing.
    """
    page = _Page(text, english(), _day_of(published), _quoted(text), codebook)
    proposals = [
        proposal
        for number, span in enumerate(spans)
        for proposal in _longest([*_holidays(page, span, number), *_read(page, span, number)])
    ]
    kept = [proposal for proposal in proposals if _has_happened(proposal.reading, page.published)]
    dates = iter(_yearless_dates(kept, codebook))
    expressions: list[TimeExpression] = []
    for proposal in kept:
        if proposal.reading and (days := proposal.reading.days):
            expressions.append(TimeExpression(proposal.start, proposal.end, interval(*days)))
        elif proposal.reading:
            expressions.append(TimeExpression(proposal.start, proposal.end, next(dates)))
    return tuple(expressions)


def _day_of(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


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


def _read(page: _Page, span: Span, number: int) -> Iterator[_Proposal]:
    for rule in page.words.rules:
        for match in rule.pattern.finditer(page.text, *span):
            start, end = match.span("span") if "span" in rule.pattern.groupindex else match.span()
            parts = {name: part for name, part in match.groupdict().items() if part is not None}
            reading = READERS[rule.read](Found(parts, page.words, page.published, page.is_spoken(start)))
            if rule.read == "weekday" and _is_to_come(page, span, start):
                reading = None
            tells_year = not parts.keys().isdisjoint(("y", "year", "year_short"))
            yield _Proposal(start, end, number, reading, tells_year=tells_year)


def _is_to_come(page: _Page, span: Span, start: int) -> bool:
    return page.words.future.search(page.text, max(span[0], start - _CLAUSE), start) is not None


@lru_cache(maxsize=8)
def _holiday_pattern(codebook: Codebook) -> re.Pattern[str]:
    names = sorted({row.holiday for row in codebook.holidays})
    if not names:
        return _NEVER
    return re.compile(
        rf"\b(?P<name>{alternatives(names)})\b(?:,?\s{{1,4}}(?:in\s{{1,4}})?(?P<year>(?:19|20)\d\d)\b)?",
        re.IGNORECASE,
    )


def _holidays(page: _Page, span: Span, number: int) -> Iterator[_Proposal]:
    for match in _holiday_pattern(page.codebook).finditer(page.text, *span):
        name = re.sub(r"\s+", " ", match["name"].lower())
        year = int(match["year"]) if match["year"] else None
        rows = [row for row in page.codebook.holidays if row.holiday == name and year in (None, row.year)]
        days = sorted((date.fromisoformat(row.first), date.fromisoformat(row.last)) for row in rows)
        if year is None:
            days = [pair for pair in days if page.published and _is_past(pair[0], page.published)][-1:]
        reading = Reading(days[0]) if len(days) == 1 else None
        yield _Proposal(*match.span(), number, reading, holiday=name, tells_year=year is not None)


def _is_past(first: date, published: date) -> bool:
    """Whether a holiday began by the day after publication, and not so long ago that its row is missing."""
    return timedelta(days=-1) <= published - first < timedelta(days=366)


def _longest(proposals: list[_Proposal]) -> list[_Proposal]:
    """Those that no longer proposal overlaps, in the order of the text."""
    chosen: list[_Proposal] = []
    taken: set[int] = set()
    for proposal in sorted(proposals, key=lambda one: one.start - one.end):  # stable: then the earlier rule
        if taken.isdisjoint(range(proposal.start, proposal.end)):
            taken.update(range(proposal.start, proposal.end))
            chosen.append(proposal)
    return sorted(chosen, key=lambda one: one.start)


def _has_happened(reading: Reading | None, published: date | None) -> bool:
    if reading is None or reading.days is None or published is None:
        return True
    return reading.days[0] <= published + timedelta(days=1)


def _yearless_dates(proposals: Sequence[_Proposal], codebook: Codebook) -> list[Date]:
    """The dates of those proposals that have a month and no year, in their order."""
    told: list[Yearless] = []
    holidays: dict[int, list[str]] = {}
    years: set[int] = set()
    for proposal in proposals:
        reading = proposal.reading
        if proposal.holiday:
            holidays.setdefault(proposal.sentence, []).append(proposal.holiday)
        if reading and reading.days and proposal.tells_year:
            years.add(reading.days[1].year)
        elif reading and reading.month:
            told.append(Yearless(reading.month, reading.day, reading.weekday, proposal.sentence))
    return dated(told, holidays, years, codebook)
