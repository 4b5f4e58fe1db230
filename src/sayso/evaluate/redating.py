"""Moves all dates that a text tells by a number of days, each printed as it was."""

import calendar
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sayso import times
from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.evaluate.calendars import Unsafe, check_publication, moved, published_later, shifted
from sayso.evaluate.changes import Back, Changed, Original, Unmade, changed_by, edit_of
from sayso.evaluate.yearly import YEARS, moved_by_calendar
from sayso.model import Date, Span

_FULL = tuple(name.lower() for name in calendar.month_name)
_SHORT = tuple(name.lower() for name in calendar.month_abbr)
_NAMES = "|".join(sorted({*_FULL[1:], *_SHORT[1:], "sept"}, key=lambda name: (-len(name), name)))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?P<ordinal>st|nd|rd|th)?"
_NAME = rf"\b(?P<name>{_NAMES})\b"
_SHAPES = tuple(
    re.compile(rf"(?<![\w./-]){shape}(?![\w/-]|\.\d)", re.IGNORECASE)
    for shape in (
        rf"{_DAY}\s{{1,4}}{_NAME}\s{{1,4}}(?P<short>\d\d)\b(?![:%]?\d)(?!\s(?-i:[a-z]))",
        rf"{_NAME}\.?\s{{1,4}}{_DAY}(?:,?\s{{1,4}}{_YEAR})?(?!\d|:\d)",
        rf"{_DAY}(?:\s{{1,4}}(?:of\s)?|[-/]){_NAME}\.?(?:(?:,?\s{{1,4}}|[-/]){_YEAR})?",
        rf"{_YEAR}(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)",
        rf"(?P<a>\d\d?)(?P<mark>[-/.])(?P<b>\d\d?)(?P=mark){_YEAR}",
    )
)

# By so many weeks everything is moved; the first that all agrees with is taken. Few, since a codebook must be
# moved along for each, and looked up anew.
_WEEKS = (-29, 83)


def dates(original: Original, chance: random.Random) -> Changed | Unmade:
    """Everything happens whole weeks earlier or later, and is published so.

    Where a time is told that weeks cannot move ("in March", "in 2017", "12-14 May"), everything happens 28
    years earlier or later.
    """
    for number in chance.sample(_WEEKS, len(_WEEKS)):
        try:
            return _moved_by(original, 7 * number)
        except Unsafe:
            continue
    reason = Unmade.YEARS
    for years in chance.sample((YEARS, -YEARS), 2):
        try:
            return moved_by_calendar(original, years)
        except Unsafe as unsafe:
            reason = unsafe.reason
    return reason


def _moved_by(original: Original, days: int) -> Changed | Unmade:
    codebook = shifted(original.codebook, days)
    edits = redated(original.reading, days, codebook)
    published = published_later(original.source.published, days)
    if not edits and published is None:
        return Unmade.NOTHING
    made = [edit_of(original.text, span, now) for span, now in edits]
    changed = changed_by(original, made, Back(days=days), codebook=codebook, published=published)
    if not isinstance(changed, Unmade):
        check_publication(original, changed.source, codebook, days)
    return changed


@dataclass(frozen=True, slots=True)
class _Told:
    """A day in print, and which groups of the match hold its day and month."""

    match: re.Match[str]
    day: date
    day_group: str
    month_group: str


def redated(reading: Reading, days: int, codebook: Codebook) -> list[tuple[Span, str]]:
    """The new words for every day that is told, by their spans, in order.

    codebook  with its days moved along.

    Raises Unsafe where a time is told in words that cannot be moved by days ("in 2017", "last month"), or a
    day in numbers whose order nobody knows.
    """
    told = list(_told(reading))
    edits = [(span, now) for one in told for span, now in _reprinted(one, one.day + timedelta(days=days))]
    _check_the_others(reading, told, days, codebook)
    return sorted(edits)


def _check_the_others(reading: Reading, told: list[_Told], days: int, codebook: Codebook) -> None:
    """Times without a day in print must be counted from publication, so that they move along with it."""
    report = reading.report
    later = moved(report.published, days) if report.published else None
    spans = [sentence.span for sentence in reading.sentences]
    then = {(one.start, one.end): one.date for one in times.find(report.text, spans, later, codebook)}
    for time in (time for time in reading.times if not _is_named(reading, (time.start, time.end))):
        inside = [one for one in told if one.match.start() < time.end and time.start < one.match.end()]
        if inside and not _is_all_of(report.text[time.start : time.end], inside, time.date):
            raise Unsafe(Unmade.WEEKS)
        if not inside and then.get((time.start, time.end)) != _later(time.date, days):
            raise Unsafe(Unmade.WEEKS)


def _is_all_of(words: str, inside: list[_Told], day: Date) -> bool:
    """Whether the one day in print is all that the expression tells."""
    told = inside[0]
    digits = re.findall(r"\d+", words)
    return len(inside) == 1 and digits == re.findall(r"\d+", told.match.group()) and _is(day, told.day)


def _is(told: Date, day: date) -> bool:
    return told.earliest == told.latest == str(day)


def _later(told: Date, days: int) -> Date | None:
    if told.earliest is None or told.latest is None:
        return None
    first, last = (date.fromisoformat(end) + timedelta(days=days) for end in (told.earliest, told.latest))
    return times.interval(first, last)


# ---- finding --------------------------------------------------------------------------------------


def _told(reading: Reading) -> Iterator[_Told]:
    """All days in print, in the parts of the page that are not read too."""
    taken: list[Span] = []
    for shape in _SHAPES:
        for match in shape.finditer(reading.report.text):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
                if _is_named(reading, match.span()):
                    continue
                yield _read(match, reading)


def _is_named(reading: Reading, span: Span) -> bool:
    """Whether it stands in the name of an organisation: "March 23 Movement"."""
    return any(name.kind == "organisation" for name in within(reading.actors, *span))


def _read(match: re.Match[str], reading: Reading) -> _Told:
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else _year_of(match, reading)
    if parts.get("short") and int(parts["short"]) != year % 100:
        raise Unsafe(Unmade.WEEKS)
    day_group, month_group = "day", "name" if "name" in parts else "month"
    if "a" in parts:
        day_group, month_group = _order(int(parts["a"]), int(parts["b"]), parts["mark"])
    month = parts[month_group].lower()
    number = int(month) if month.isdigit() else _month(month)
    try:
        return _Told(match, date(year, number, int(parts[day_group])), day_group, month_group)
    except ValueError as fault:
        raise Unsafe(Unmade.WEEKS) from fault


def _order(a: int, b: int, mark: str) -> tuple[str, str]:
    """Which of two numbers is the day. Where dates are written with dots the day goes first."""
    if mark == "." or a > 12:
        return "a", "b"
    if b <= 12:
        raise Unsafe(Unmade.WEEKS)
    return "b", "a"


def _month(name: str) -> int:
    return _FULL.index(name) if name in _FULL else _SHORT.index(name[:3])


def _year_of(match: re.Match[str], reading: Reading) -> int:
    """The year that the report means; where it was not read, that of publication."""
    for time in within(reading.times, *match.span()):
        if time.date.earliest is None:
            raise Unsafe(Unmade.WEEKS)
        return int(time.date.earliest[:4])
    if reading.report.published is None:
        raise Unsafe(Unmade.WEEKS)
    return int(reading.report.published[:4])


# ---- printing -------------------------------------------------------------------------------------


def _reprinted(told: _Told, day: date) -> Iterator[tuple[Span, str]]:
    match = told.match
    parts = match.groupdict()
    if told.month_group == "name":
        following = match.string[match.end("name") : match.end("name") + 1]
        yield match.span("name"), _name_like(match["name"], following, day.month)
    else:
        if parts.get("a") and parts["mark"] != "." and day.day <= 12:
            raise Unsafe(Unmade.WEEKS)  # nobody would know any more which number is the day
        yield match.span(told.month_group), _padded(match[told.month_group], day.month, in_numbers=True)
    in_numbers = told.month_group != "name"
    yield match.span(told.day_group), _padded(match[told.day_group], day.day, in_numbers=in_numbers)
    if parts.get("ordinal"):
        yield match.span("ordinal"), _capitals_like(parts["ordinal"], _ordinal(day.day))
    if parts.get("short"):
        yield match.span("short"), f"{day.year % 100:02}"
    elif parts["year"]:
        yield match.span("year"), str(day.year)


def _padded(was: str, number: int, *, in_numbers: bool) -> str:
    """The number with two figures where a date in numbers has them, or the old one began with a 0."""
    return f"{number:02}" if len(was) == 2 and (in_numbers or was[0] == "0") else str(number)


def _name_like(was: str, following: str, month: int) -> str:
    """The name of the month, as long or short as the one before it and in its capitals."""
    is_full = was.lower() in _FULL
    if not is_full and following == "." and _FULL[month] == _SHORT[month]:
        raise Unsafe(Unmade.WEEKS)  # "May." is no short form
    return _capitals_like(was, (_FULL if is_full else _SHORT)[month])


def _capitals_like(was: str, now: str) -> str:
    return now.upper() if was.isupper() else now.capitalize() if was[0].isupper() else now


def _ordinal(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
