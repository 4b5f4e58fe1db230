"""Values of TIMEX3: how the corpora of time expressions write days, weeks, periods and lengths."""

from datetime import date

# The letters of units, by their numbers in english.yaml; those of hours, minutes and seconds follow a T.
_UNITS = ("S", "M", "H", "D", "W", "M", "Q", "Y", "DE", "CE", "W")
_FORTNIGHT = 10
DAY, WEEK, MONTH, QUARTER, YEAR, DECADE, CENTURY = range(3, 10)
"""The units that are no shorter than a day."""
DAY_PARTS = ("TMO", "TAF", "TEV", "TNI", "T12:00")
"""Morning, afternoon, evening, night, midday."""
SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
"""By the month in which they begin, north of the equator."""
REFS = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


def week(day: date) -> str:
    """The ISO week of a day."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def month(year: int, month_: int) -> str:
    """A month of a year."""
    return f"{year:04}-{month_:02}"


def quarter(day: date) -> str:
    """The quarter of the year that a day is in."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def length(count: int | None, unit: int, *, half: bool = False) -> str:
    """So many of a unit; ``count`` None where the number is not told, ``half`` for half a unit more."""
    time = "T" if unit < DAY else ""
    if unit == _FORTNIGHT and count is not None:
        count *= 2
    number = "X" if count is None else str(count)
    if half:
        smaller = {YEAR: "6M", 2: "30M", 1: "30S"}.get(unit)
        if smaller is None:
            number += ".5"
        else:
            return f"P{time}{number}{_UNITS[unit]}{smaller}" if count else f"P{time}{smaller}"
    return f"P{time}{number}{_UNITS[unit]}"


def counted(day: date, unit: int) -> str:
    """The day, week, month, quarter, year, decade or century that a day is in."""
    if unit <= DAY:
        return day.isoformat()
    if unit in (WEEK, _FORTNIGHT):
        return week(day)
    if unit == MONTH:
        return month(day.year, day.month)
    if unit == QUARTER:
        return quarter(day)
    return f"{day.year:04}"[: {YEAR: 4, DECADE: 3, CENTURY: 2}[unit]]
