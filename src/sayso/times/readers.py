"""From the words of one expression to an interval of days.

Each reader takes what a rule of english.yaml found and returns a ``Reading``, or None where the words are no
time after all, or one that cannot be told here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.times.intervals import month_of, week_of, year_of
from sayso.times.words import TimeWords

# How far back the last such day is looked for: 29 February comes every eighth year at worst.
_YEARS_BACK = 9
# Two figures above this are years of the last century: "3 JAN 90".
_LAST_OF_THIS_CENTURY = 40


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: the named parts, and where the expression stands.

    ``published`` is the day of publication, None where unknown; ``spoken`` says that the words stand inside
    quotation marks, so that the day they are counted from is not that of publication.
    """

    parts: Mapping[str, str]
    words: TimeWords
    published: date | None
    spoken: bool

    def of(self, *names: str) -> int | None:
        """What the first of these classes that was found means."""
        for name in names:
            if (part := self.parts.get(name)) is not None:
                return self.words.words[name][re.sub(r"\s+", " ", part.lower())]
        return None

    def figure(self, name: str) -> int | None:
        """The figure of that name, None where there is none."""
        part = self.parts.get(name)
        return None if part is None else int(part)


@dataclass(frozen=True, slots=True)
class Reading:
    """An interval of days, or a month and perhaps a day of it whose year is not told."""

    days: tuple[date, date] | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_such_day(month: int, day: int, weekday: int | None, published: date) -> date | None:
    """The last such day that is no later than one day after publication; None where there is none."""
    for year in range(published.year + 1, published.year - _YEARS_BACK, -1):
        found = _day(year, month, day)
        if found and found <= published + timedelta(days=1) and weekday in (None, found.weekday()):
            return found
    return None


def _month_in_print(found: Found) -> int | None:
    """The month; None where small letters show that "may" or "march" is another word."""
    printed = found.parts.get("month") or found.parts.get("month_named") or ""
    if printed.islower() and printed not in found.words.words["month_plain"]:
        return None
    return found.of("month", "month_short", "month_plain", "month_named", "month_dotted")


def _year_in_print(found: Found) -> int | None:
    short = found.figure("year_short")
    if short is None:
        return found.figure("year")
    return short + (2000 if short <= _LAST_OF_THIS_CENTURY else 1900)


def _numeric(found: Found) -> Reading | None:
    day = _day(int(found.parts["y"]), int(found.parts["m"]), int(found.parts["d"]))
    return Reading((day, day)) if day else None


def _slashes(found: Found) -> Reading | None:
    """Month first or day first: read only where the figures or the weekday allow one order alone."""
    year, a, b = (int(found.parts[name]) for name in "yab")
    weekday = found.of("weekday", "weekday_short")
    orders = [_day(year, a, b)] if a == b else [_day(year, a, b), _day(year, b, a)]
    fitting = [day for day in orders if day and weekday in (None, day.weekday())]
    return Reading((fitting[0], fitting[0])) if len(fitting) == 1 else None


def _calendar_day(found: Found) -> Reading | None:
    month, first = _month_in_print(found), found.figure("day")
    if month is None or not first:
        return None
    last = found.figure("day_to")
    weekday = found.of("weekday", "weekday_short")
    year = _year_in_print(found)
    if year is None and found.published:
        newest = latest_such_day(month, last or first, weekday, found.published)
        newest = newest or latest_such_day(month, last or first, None, found.published)
        year = newest.year if newest else None
    if year is None:
        # 2000 was a leap year: 29 February is a day.
        return (
            Reading(month=month, day=first, weekday=weekday)
            if not last and _day(2000, month, first)
            else None
        )
    begin, end = _day(year, month, first), _day(year, month, last or first)
    return Reading((begin, end)) if begin and end and begin <= end else None


def _third(part: int, days: tuple[date, date]) -> tuple[date, date]:
    """The first, second or last third: days 1-10, 11-20, 21-end, or four months of a year."""
    first, last = days
    if last - first < timedelta(days=31):
        begin = first + timedelta(days=10 * (part - 1))
        return begin, last if part == 3 else begin + timedelta(days=9)
    return date(first.year, 4 * part - 3, 1), month_of(first.year, 4 * part)[1]


def _month(found: Found) -> Reading | None:
    month = _month_in_print(found)
    if month is None:
        return None
    year, part = found.figure("year"), found.of("part", "part_of")
    if (back := found.of("told_year")) is not None:
        year = found.published.year + back if found.published else None
    if year is None and found.published is None:
        return Reading(month=month) if part is None else None
    if year is None and found.published:
        year = found.published.year - (month > found.published.month)
    days = month_of(year or 0, month)
    return Reading(_third(part, days) if part else days)


def _year(found: Found) -> Reading:
    days = year_of(int(found.parts["year"]))
    part = found.of("part")
    return Reading(_third(part, days) if part else days)


def _period(found: Found) -> Reading | None:
    published = found.published
    if published is None:
        return None
    unit, part, back = found.of("unit") or 0, found.of("part"), found.of("last") or 0
    if unit == 0:
        if found.spoken:
            return None
        days = week_of(published + timedelta(weeks=back))
    elif unit == 1:
        days = _months_before(published, -back)
    else:
        days = year_of(published.year + back)
    if part and unit:  # "late last week" is no more exact than the week
        days = _third(part, days)
    if days[0] > published:
        return None
    # What is told as having happened has happened by the day of publication.
    return Reading((days[0], min(days[1], published)))


def _months_before(day: date, months: int) -> tuple[date, date]:
    count = day.year * 12 + day.month - 1 - months
    return month_of(count // 12, count % 12 + 1)


def _weekday(found: Found) -> Reading | None:
    weekday = found.of("weekday")
    if found.published is None or found.spoken or weekday is None:
        return None
    back = (found.published.weekday() - weekday) % 7
    if back == 0 and found.parts.get("weekday_last"):
        back = 7
    day = found.published - timedelta(days=back)
    return Reading((day, day))


def _deictic(found: Found) -> Reading | None:
    if found.published is None or found.spoken:
        return None
    day = found.published + timedelta(days=found.of("deictic") or 0)
    return Reading((day, day))


def _overnight(found: Found) -> Reading | None:
    if found.published is None or found.spoken:
        return None
    return Reading((found.published - timedelta(days=1), found.published))


def _weekend(found: Found) -> Reading | None:
    if found.published is None or found.spoken:
        return None
    sunday = found.published - timedelta(days=(found.published.weekday() - 6) % 7)
    return Reading((sunday - timedelta(days=1), sunday))


def _ago(found: Found) -> Reading | None:
    published, unit = found.published, found.of("unit_ago")
    count = found.of("number") or found.figure("figure")
    if published is None or found.spoken or not count:
        return None
    if unit == 0:
        day = published - timedelta(days=count)
        return Reading((day, day))
    if unit == 1:  # nobody counts weeks to the day
        day = published - timedelta(weeks=count)
        return Reading((day - timedelta(days=3), day + timedelta(days=3)))
    return Reading(_months_before(published, count) if unit == 2 else year_of(published.year - count))


def _nothing(found: Found) -> None:
    """Words that only keep a shorter reading from standing."""


READERS: Mapping[str, Callable[[Found], Reading | None]] = {
    "numeric": _numeric,
    "slashes": _slashes,
    "day": _calendar_day,
    "month": _month,
    "year": _year,
    "period": _period,
    "weekday": _weekday,
    "deictic": _deictic,
    "overnight": _overnight,
    "weekend": _weekend,
    "ago": _ago,
    "nothing": _nothing,
}
"""Reader by the name that the rules use."""
