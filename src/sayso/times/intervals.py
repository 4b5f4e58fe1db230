"""Days and intervals of days as records: precision, and the words of EDTF."""

from calendar import monthrange
from datetime import date, timedelta

from sayso.model import Date, DatePrecision, Inferred

# The longest interval, in days, of each precision (the codebook, Values); what is longer is a year.
_LONGEST: tuple[tuple[int, DatePrecision], ...] = (
    (1, "day"),
    (6, "days"),
    (10, "week"),
    (31, "month"),
    (300, "season"),
)


def interval(earliest: date, latest: date, inferred: Inferred | None = None) -> Date:
    """The closed interval as a record.

    Raises ValueError where it ends before it begins.
    """
    length = (latest - earliest).days + 1
    if length < 1:
        raise ValueError(f"an interval cannot end on {latest} and begin on {earliest}")
    year: DatePrecision = "year"
    precision = next((name for longest, name in _LONGEST if length <= longest), year)
    return Date(earliest.isoformat(), latest.isoformat(), precision, _edtf(earliest, latest), inferred)


def yearless(month: int, day: int | None = None) -> Date:
    """A month, or a day of it, of a year that is not told."""
    told = f"XXXX-{month:02}" if day is None else f"XXXX-{month:02}-{day:02}"
    return Date(None, None, "unknown", told)


def month_of(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_of(year: int) -> tuple[date, date]:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that the day is in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _edtf(earliest: date, latest: date) -> str:
    if earliest == latest:
        return earliest.isoformat()
    if (earliest, latest) == year_of(earliest.year):
        return f"{earliest.year:04}"
    if (earliest, latest) == month_of(earliest.year, earliest.month):
        return f"{earliest.year:04}-{earliest.month:02}"
    return f"{earliest.isoformat()}/{latest.isoformat()}"
