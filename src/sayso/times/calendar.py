"""Readers of what a calendar names: days, months, years, seasons, decades.

Each reader takes what a rule of english.yaml found and returns a ``Reading``, or None where the words are no
time after all. What is told without a year is the last such day or month, or the next where the clause tells
of what is to come.
"""

import re
from datetime import date, timedelta

from sayso.times import values
from sayso.times.found import Found, Reading
from sayso.times.intervals import month_of, week_of, year_of

Days = tuple[date, date]

# Nouns in the plural, which are counted: "2000 women", "1990 young men's caps", but not "the 1996 press".
_COUNTED = re.compile(r" (?:[a-z]+ )?[a-z]*[a-rt-z]s\b| \d")

# How far back the last such day is looked for: 29 February comes every eighth year at worst.
_YEARS_BACK = 9
# Two figures above this are years of the last century: "3 JAN 90".
_LAST_OF_THIS_CENTURY = 40

# A day without a year is the next such day, not the last, where the next is at most so many days off and the
# last is further back. Nobody writes of a day of eleven months ago without its year, whatever the tense.
_SOON = {"future": 180, None: 60, "past": 14}


def day_of(year: int, month: int, day: int) -> date | None:
    """That day; None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def the_day(day: date, *, to_come: bool = False, part: int | None = None) -> Reading:
    """The reading of one day, or of a part of it; ``to_come`` keeps it from being a day of what happened."""
    days = None if to_come else (day, day)
    if part is None:
        return Reading(days, day.isoformat(), anchor=day)
    return Reading(days, day.isoformat() + values.DAY_PARTS[part], "TIME", anchor=day)


def latest_such_day(month: int, day: int, weekday: int | None, published: date) -> date | None:
    """The last such day that is no later than one day after publication; None where there is none."""
    for year in range(published.year + 1, published.year - _YEARS_BACK, -1):
        found = day_of(year, month, day)
        if found and found <= published + timedelta(days=1) and weekday in (None, found.weekday()):
            return found
    return None


def next_such_day(month: int, day: int, weekday: int | None, published: date) -> date | None:
    """The first such day on or after publication; None where there is none within two years."""
    for year in range(published.year, published.year + 2):
        found = day_of(year, month, day)
        if found and found >= published and weekday in (None, found.weekday()):
            return found
    return None


def month_in_print(found: Found) -> int | None:
    """The month; None where small letters show that "may" or "march" is another word."""
    month = found.of("month", "month_short", "month_plain", "month_named", "month_dotted")
    part = found.parts.get("month") or found.parts.get("month_named") or ""
    if part and part not in found.words.words["month_plain"] and part in found.printed:
        return None
    return month


def year_in_print(found: Found) -> int | None:
    """The year that is told, in figures or counted from that of publication; None where none is."""
    if (back := found.of("told_year")) is not None:
        return found.published.year + back if found.published else None
    short = found.figure("year_short")
    if short is None:
        return found.figure("year")
    return short + (2000 if short <= _LAST_OF_THIS_CENTURY else 1900)


def numeric(found: Found) -> Reading | None:
    """2021-07-20."""
    day = day_of(int(found.parts["y"]), int(found.parts["m"]), int(found.parts["d"]))
    return the_day(day) if day else None


def slashes(found: Found) -> Reading | None:
    """Month first or day first: read only where the figures or the weekday allow one order alone."""
    year, a, b = (int(found.parts[name]) for name in "yab")
    weekday = found.of("weekday", "weekday_short")
    orders = [day_of(year, a, b)] if a == b else [day_of(year, a, b), day_of(year, b, a)]
    fitting = [day for day in orders if day and weekday in (None, day.weekday())]
    return the_day(fitting[0]) if len(fitting) == 1 else None


def calendar_day(found: Found) -> Reading | None:
    """A day of a month, or a few days on end, with or without a year."""
    month, first = month_in_print(found), found.figure("day")
    if month is None or not first:
        return None
    last = found.figure("day_to")
    weekday = found.of("weekday", "weekday_short")
    year, to_come = year_in_print(found), False
    if year is None and found.published:
        year, to_come = _year_of_day(month, last or first, weekday, found)
    if year is None:
        # 2000 was a leap year: 29 February is a day.
        if last or not day_of(2000, month, first):
            return None
        return Reading(value=f"XXXX-{month:02}-{first:02}", month=month, day=first, weekday=weekday)
    begin, end = day_of(year, month, first), day_of(year, month, last or first)
    if not begin or not end or begin > end:
        return None
    if begin == end:
        return the_day(begin, to_come=to_come)
    return Reading(None if to_come else (begin, end), begin.isoformat(), anchor=begin)


def _year_of_day(month: int, day: int, weekday: int | None, found: Found) -> tuple[int | None, bool]:
    """The year of a day that is told without one, and whether the day is to come."""
    assert found.published is not None  # noqa: S101 - the caller looked
    last = latest_such_day(month, day, weekday, found.published)
    coming = next_such_day(month, day, weekday, found.published)
    if last is None and coming is None:  # the weekday is wrong
        last = latest_such_day(month, day, None, found.published)
    if coming and coming > found.published + timedelta(days=1):
        soon = _SOON[found.direction]
        if last is None or (coming - found.published).days <= soon < (found.published - last).days:
            return coming.year, True
    return (last.year if last else None), False


def week_of_day(found: Found) -> Reading | None:
    """The week of March 6."""
    reading = calendar_day(found)
    if reading is None or reading.anchor is None:
        return None
    days = week_of(reading.anchor)
    return Reading(days if reading.days else None, values.week(reading.anchor))


def week_in_month(found: Found) -> Reading | None:
    """The last week of March: the week of its last day; the first is that of its first day."""
    reading = month(found)
    if reading is None or reading.value is None or not reading.value[0].isdigit():
        return None
    first, last = month_of(int(reading.value[:4]), int(reading.value[5:]))
    weeks = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(found.parts["place"])
    days = week_of(last if weeks is None else first + timedelta(weeks=weeks))
    return Reading(days if reading.days else None, values.week(days[0]))


def third(part: int, days: Days) -> Days:
    """The first, second or last third: days 1-10, 11-20, 21-end, or four months of a year."""
    first, last = days
    if last - first < timedelta(days=31):
        begin = first + timedelta(days=10 * (part - 1))
        return begin, last if part == 3 else begin + timedelta(days=9)
    return date(first.year, 4 * part - 3, 1), month_of(first.year, 4 * part)[1]


def month(found: Found) -> Reading | None:
    """A month, or a third of one."""
    number = month_in_print(found)
    if number is None:
        return None
    part = found.of("third", "third_of")
    year, to_come = year_in_print(found), False
    if year is None and found.published:
        year, to_come = _year_of_month(number, found)
    if year is None:
        return Reading(value=f"XXXX-{number:02}", month=number) if part is None else None
    days = month_of(year, number)
    told = None if to_come else third(part, days) if part else days
    return Reading(told, values.month(year, number))


def _year_of_month(number: int, found: Found) -> tuple[int, bool]:
    assert found.published is not None  # noqa: S101 - the caller looked
    year, now = found.published.year, found.published.month
    which = found.of("which")
    if which == -1:
        return year - (number >= now), False
    if which == 0:
        return year, number > now
    if which == 1 or (found.direction == "future" and number != now):
        return year + (number <= now), True
    return year - (number > now), False


def year(found: Found) -> Reading | None:
    """A year, a third of one, or a month of one in words; None where the words before it make it a number."""
    words = found.words.words
    before = found.before.split()[-1:] or [""]
    if before[0] in words["about"] or (before[0] not in words["before_time"] and _COUNTED.match(found.after)):
        return None
    told = found.figure("year") or _spelled_year(found)
    if (number := found.of("month")) is not None:
        return Reading(month_of(told, number), values.month(told, number))
    days = year_of(told)
    part = found.of("third", "third_of")
    return Reading(third(part, days) if part else days, str(told))


def _spelled_year(found: Found) -> int:
    """Nineteen ninety-six, as a broadcast is written down."""
    ones = found.parts.get("ones")
    return 1900 + (found.of("tens") or 0) + (found.words.words["number"][ones] if ones else 0)


def decade(found: Found) -> Reading:
    """The 1980s, the '80s, the eighties: too long for a date of anything."""
    if (name := found.of("decade_name")) is not None:
        return Reading(value=f"19{name}")
    if (short := found.figure("first_short")) is not None:
        return Reading(value=f"19{short}")
    return Reading(value=found.parts["first_year"])


def century(found: Found) -> Reading | None:
    """The 20th century."""
    if (number := found.figure("nth")) is not None:
        return Reading(value=f"{number - 1:02}") if number else None
    return Reading(value=str(found.of("century_name")))


def season(found: Found) -> Reading | None:
    """A season, as north of the equator; without a year the last that began, or the next."""
    first = found.of("season") or 0
    told, published = found.figure("year"), found.published
    to_come = False
    if told is None:
        if published is None:
            return None
        told = published.year - (first > published.month)
        which = found.of("which")
        running = (published.year * 12 + published.month) - (told * 12 + first) < 3
        if which == -1 and running:
            told -= 1
        elif (which == 1 or (which != -1 and found.direction == "future")) and not (which == 0 and running):
            told, to_come = told + 1, True
    begin = date(told, first, 1)
    end = month_of(told + (first > 10), (first + 1) % 12 + 1)[1]
    return Reading(None if to_come else (begin, end), f"{told}-{values.SEASONS[first]}")
