"""Readers of times that are counted from another: from publication, or from what was told last."""

from datetime import date, timedelta

from sayso.times import values
from sayso.times.calendar import Days, the_day, third
from sayso.times.found import Found, Reading
from sayso.times.intervals import month_of, week_of, year_of
from sayso.times.values import CENTURY, DAY, DECADE, MONTH, QUARTER, WEEK, YEAR

_FIRST_YEAR = 1000  # no time of a report is counted back further
_YEARS_IN = {YEAR: 1, DECADE: 10, CENTURY: 100}


def months_before(day: date, months: int) -> Days:
    """First and last day of the month that lies so many months before that of the day."""
    count = day.year * 12 + day.month - 1 - months
    return month_of(count // 12, count % 12 + 1)


def _shifted(day: date, count: int, unit: int) -> Days | None:
    """The day, week, month and so on that lies so many units after the one of the day; None out of range."""
    if unit == DAY:
        moved = day + timedelta(days=count)
        return moved, moved
    if unit == WEEK:
        return week_of(day + timedelta(weeks=count))
    if unit == MONTH:
        return months_before(day, -count)
    if unit == QUARTER:
        first = months_before(day, (day.month - 1) % 3 - 3 * count)[0]
        return first, months_before(first, -2)[1]
    year = day.year + count * _YEARS_IN[unit]
    return year_of(year) if _FIRST_YEAR <= year <= date.max.year - 1 else None


def period(found: Found) -> Reading | None:
    """This week, late last month, earlier this year, next year; a broadcast "This Week" is none."""
    published, unit = found.published, found.of("unit") or WEEK
    if published is None or (found.before.endswith('"') and found.printed.istitle()):
        return None
    which, part = max(found.of("which") or 0, -1), found.of("third", "third_of")
    days = _shifted(published, which, unit)
    if days is None:
        return None
    value = values.counted(days[0], unit)
    if unit == WEEK:  # the year of an ISO week is that of its Thursday
        value = values.week(days[0])
    if unit > YEAR:
        return Reading(value=value)
    to_come = which == 1 or (which == 0 and found.of("earlier") == 1)
    if part and unit in (MONTH, YEAR):  # "late last week" is no more exact than the week
        days = third(part, days)
    if to_come or days[0] > published or (found.spoken and unit == WEEK):
        return Reading(value=value)
    # What is told as having happened has happened by the day of publication.
    return Reading((days[0], min(days[1], published)), value)


def year_end(found: Found) -> Reading | None:
    """The end of the year of publication."""
    return Reading(value=str(found.published.year)) if found.published else None


def weekday(found: Found) -> Reading | None:
    """A weekday: the last one, or the next where the clause tells of what is to come."""
    number, published = found.of("weekday"), found.published
    if published is None or number is None:
        return None
    part, which = found.of("day_part"), found.of("which")
    if which == -2:  # the previous Friday
        base = found.told.day or published
        return the_day(base - timedelta(days=(base.weekday() - number - 1) % 7 + 1), part=part)
    ahead = (number - published.weekday()) % 7
    if (week := found.parts.get("week")) is not None:
        monday = week_of(published)[0] + timedelta(weeks={"last": -1, "this": 0, "next": 1}[week])
        day = monday + timedelta(days=number)
        return _spoken_or(found, the_day(day, to_come=day > published, part=part))
    to_come = which == 1 or (which != -1 and found.direction == "future")
    if to_come:
        day = published + timedelta(days=7 if which == 1 and ahead == 0 else ahead)
    else:
        day = published - timedelta(days=7 if which == -1 and ahead == 0 else -ahead % 7)
    return _spoken_or(found, the_day(day, to_come=to_come, part=part))


def _spoken_or(found: Found, reading: Reading) -> Reading:
    """Inside a quotation the day is counted from that of speaking, which is not told."""
    return Reading(None, reading.value, reading.kind) if found.spoken else reading


def deictic(found: Found) -> Reading | None:
    """Today, yesterday morning, tomorrow."""
    if found.published is None:
        return None
    back = found.of("deictic", "yesterday") or 0
    day = found.published + timedelta(days=back)
    return _spoken_or(found, the_day(day, to_come=back > 0, part=found.of("day_part")))


def this_part(found: Found) -> Reading | None:
    """This morning."""
    if found.published is None:
        return None
    return _spoken_or(found, the_day(found.published, part=found.of("day_part")))


def tonight(found: Found) -> Reading | None:
    """Tonight."""
    return _spoken_or(found, the_day(found.published, part=3)) if found.published else None


def overnight(found: Found) -> Reading | None:
    """The night before publication, which belongs to two days."""
    if found.published is None:
        return None
    before = found.published - timedelta(days=1)
    night = the_day(before, part=3)
    return _spoken_or(found, Reading((before, found.published), night.value, "TIME", before))


def weekend(found: Found) -> Reading | None:
    """The weekend that ended last, by the day of publication; or the next."""
    if found.published is None:
        return None
    sunday = found.published - timedelta(days=(found.published.weekday() - 6) % 7)
    printed = found.seen[slice(*found.span)]
    to_come = "coming" in printed or "next" in printed or found.direction == "future"
    if to_come:
        sunday += timedelta(days=7)
    saturday = sunday - timedelta(days=1)
    value = values.week(saturday) + "-WE"
    return Reading(value=value) if to_come or found.spoken else Reading((saturday, sunday), value)


def count_of(found: Found) -> int | None:
    """The number of units; None where it cannot be told."""
    if (figure := found.figure("figure")) is not None:
        return figure
    if (tens := found.of("tens")) is not None:
        ones = found.parts.get("ones")
        return tens + (found.words.words["number"][ones] if ones else 0)
    return found.of("number", "article")


def ago(found: Found) -> Reading | None:
    """So long before publication."""
    published, unit, count = found.published, found.of("any_units", "any_unit"), count_of(found)
    if published is None or unit is None or not count:
        return None
    if unit > CENTURY:
        unit, count = WEEK, 2 * count
    if unit < DAY:
        return Reading(value=values.length(count, unit), kind="DURATION")
    if unit == YEAR and count == 1 and found.told.quarter:  # beside figures of a quarter
        return _year_before(found)
    days = _shifted(published, -count, unit)
    if days is None:
        return None
    middle = published - timedelta(weeks=count) if unit == WEEK else days[0]
    value = values.counted(days[0], min(unit, YEAR))
    if unit == WEEK:  # nobody counts weeks to the day
        value = values.week(middle)
        days = middle - timedelta(days=3), middle + timedelta(days=3)
    if found.spoken or unit > YEAR:
        return Reading(value=value)
    return Reading(days, value, anchor=days[0] if unit == DAY else None)


def later(found: Found) -> Reading | None:
    """So long after or before what was told last; a year-earlier figure."""
    if found.parts.get("later") is None:
        return _year_before(found)
    unit, count, way = found.of("any_units", "any_unit"), count_of(found), found.of("later") or 1
    if unit is None or not count:
        return None
    if unit > CENTURY:
        unit, count = WEEK, 2 * count
    if unit == YEAR and count == 1 and way < 0:
        return _year_before(found)
    is_open = found.parts.get("article") == "the" and "any_units" in found.parts  # "the weeks before"
    length = values.length(None if is_open else count, unit)
    word = found.parts["later"]
    if word in ("before", "after", "prior") and not _ends_clause(found):  # counted from what follows
        return Reading(value=length, kind="DURATION")
    base = found.told.day
    days = _shifted(base, way * count, unit) if base and unit >= DAY else None
    if days is None:
        return Reading(value=length, kind="DURATION")
    told = days if unit == DAY and (found.published is None or days[0] <= found.published) else None
    if way > 0:
        return Reading(told, length, "DURATION", anchor=days[0] if unit == DAY else None)
    return Reading(told, values.counted(days[0], min(unit, YEAR)), anchor=days[0] if unit == DAY else None)


def _ends_clause(found: Found) -> bool:
    rest = found.after.lstrip()
    return not rest or not rest[0].isalnum()


def _year_before(found: Found) -> Reading | None:
    """A year before what was told: the quarter that figures are of, a year of this sentence, or publication.

    For "the same period last year" the month that figures are of, too.
    """
    told, compared = found.told, found.parts.get("compared")
    figures_of = told.quarter or (told.month if compared in ("period", "month") else None)
    if figures_of:
        return Reading(value=f"{int(figures_of[:4]) - 1:04}{figures_of[4:]}")
    if found.published is None:
        return None
    if compared in ("quarter", "period"):
        return Reading(value=values.quarter(months_before(found.published, 15)[0]))
    if told.here and told.value and told.value.isdigit() and len(told.value) == 4:
        return Reading(value=str(int(told.value) - 1))
    return Reading(value=str(found.published.year - 1))


def next_to(found: Found) -> Reading | None:
    """The next day, the following month, the day before: beside what was told last."""
    unit, way = found.of("any_unit"), found.of("beside", "later") or 1
    if unit is None or unit < DAY or unit > CENTURY:
        return None
    if found.parts.get("later") is not None and not _ends_clause(found):  # counted from what follows
        return _beside_told(found, unit)
    base = found.told.day if unit <= WEEK else _first_of(found)
    days = _shifted(base, way, unit) if base else None
    if days is None:
        return None
    value = values.week(days[0]) if unit == WEEK else values.counted(days[0], min(unit, YEAR))
    is_past = found.published is None or days[0] <= found.published
    return Reading(days if is_past and unit <= YEAR else None, value, anchor=days[0] if unit == DAY else None)


def _beside_told(found: Found, unit: int) -> Reading | None:
    """What stands beside a day as its other name: "Friday, the day before the vote" is that Friday."""
    is_name = found.told.here and found.told.day and found.before.rstrip().endswith((",", "-", "("))
    return the_day(found.told.day) if is_name and found.told.day and unit == DAY else None


def _first_of(found: Found) -> date | None:
    """The first day of the month or year that was told last; None where there is none."""
    told = found.told.value
    if not told or not told[:4].isdigit():
        return None
    month = told[5:7]
    return date(int(told[:4]), int(month) if month.isdigit() else 1, 1)


def same(found: Found) -> Reading | None:
    """The same day, that year: what was told last, once more."""
    unit = found.of("any_unit")
    base = found.told.day if unit in (DAY, WEEK) else _first_of(found)
    if unit is None or base is None or not DAY <= unit <= YEAR:
        return None
    if unit == DAY:
        return the_day(base)
    days = _shifted(base, 0, unit)
    value = values.week(base) if unit == WEEK else values.counted(base, unit)
    return Reading(days, value) if days and (not found.published or days[1] <= found.published) else None


def same_part(found: Found) -> Reading | None:
    """That night, the next morning."""
    if found.told.day is None:
        return None
    day = found.told.day + timedelta(days=1 if found.parts.get("next") else 0)
    to_come = found.published is not None and day > found.published
    return the_day(day, to_come=to_come, part=found.of("day_part"))


def quarter(found: Found) -> Reading | None:
    """A quarter of a year, the last that began where no year is told; too long for a date of anything."""
    told, published, its_year = found.told.quarter, found.published, found.figure("year")
    if found.parts.get("told") is not None:
        told = told or (values.quarter(months_before(published, 3)[0]) if published else None)
        if told and its_year:
            told = f"{its_year:04}{told[4:]}"
        return Reading(value=told) if told else None
    number = found.of("ordinal") or found.figure("number") or 1
    if its_year is None:
        its_year = _year_of_quarter(number, found)
    return Reading(value=f"{its_year:04}-Q{number}") if its_year else None


def _year_of_quarter(number: int, found: Found) -> int | None:
    """The year of a quarter told without one: the nearest, unless the clause tells which."""
    if (published := found.published) is None:
        return None
    printed = found.seen[slice(*found.span)]
    if "next year" in printed:
        return published.year + 1
    if "last year" in printed:
        return published.year - 1
    months_ahead = 3 * number - 2 - published.month
    if months_ahead <= 0 and "this year" not in printed and found.direction == "future":
        return published.year + (months_ahead < -3)
    if months_ahead <= 0 or "this year" in printed:
        return published.year
    is_nearer = months_ahead < 12 - 3 - months_ahead
    return published.year - (found.direction == "past" or (found.direction is None and not is_nearer))


def half(found: Found) -> Reading | None:
    """A half of a year."""
    number, its_year = found.of("ordinal") or 1, found.figure("year")
    number = 2 if number == 4 else number
    if number > 2:
        return None
    if its_year is None:
        if found.published is None:
            return None
        its_year = found.published.year + {"last": -1, "next": 1}.get(found.parts.get("its_year", ""), 0)
    return Reading(value=f"{its_year:04}-H{number}")


def fiscal(found: Found) -> Reading | None:
    """A fiscal year, which begins when its owner likes."""
    its_year = found.figure("year") or (found.published.year if found.published else None)
    return Reading(value=str(its_year)) if its_year else None
