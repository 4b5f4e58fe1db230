"""When it happened: one interval from what the statements say.

- The shown interval is the best-supported: the one that most voices give or leave open, then the narrowest,
  then the earliest said. (settle_date)
- Intervals without a common day conflict. (_apart)
- Precision follows from the length in days. (precision_of)
- A month and day without a year stay as they are, unless another statement fits one year: then inferred.
  (_with_years)
- No date: None, None, "unknown". (UNKNOWN)
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.incidents.telling import Said, Settled, Telling, conflicting, gather, ids
from sayso.incidents.voices import Voices
from sayso.model import Date, DatePrecision, Inferred, Statement

UNKNOWN = Date(None, None, "unknown", None)

LENGTHS: tuple[tuple[int, DatePrecision], ...] = (
    (1, "day"),
    (6, "days"),
    (10, "week"),
    (31, "month"),
    (92, "season"),
    (366, "year"),
)
"""The greatest length in days of each precision; what is longer is unknown."""

YEAR_RULE = "reconcile/date/year"

_YEARLESS = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class _Interval:
    """A date as days: ``first`` and ``last``, or a month and day of any year, or neither (unreadable)."""

    first: date | None = None
    last: date | None = None
    yearless: tuple[int, int | None] | None = None

    @property
    def days(self) -> int:
        """Its length in days; what has no year is longer than all else, what cannot be read the longest."""
        if self.first is None or self.last is None:
            unsure = 3 if self.yearless is None else 2 if self.yearless[1] is None else 1
            return (date.max - date.min).days + 1 + unsure
        return (self.last - self.first).days + 1


def settle_date(telling: Telling, voices: Voices) -> Settled[Date]:
    """The date that is shown, what it rests on, and the dates that conflict."""
    statements = [one for one in telling.about("date") if isinstance(one.value, Date)]
    said = _gathered(statements)
    candidates = (*said, *_with_years(said))
    if not candidates:
        return Settled(UNKNOWN)
    readings = {id(one): _read(one.value) for one in candidates}

    def supporters(one: Said[Date]) -> list[Statement]:
        mine = readings[id(one)]
        return [
            statement
            for other in candidates
            if not _apart(mine, readings[id(other)]) and readings[id(other)].days >= mine.days
            for statement in other.statements
        ]

    shown = min(
        enumerate(candidates),
        key=lambda at: (-voices.count(supporters(at[1])), readings[id(at[1])].days, at[0]),
    )[1]
    agree = [
        statement
        for other in candidates
        if _covers(readings[id(other)], readings[id(shown)]) or other is shown
        for statement in other.statements
    ]
    rivals = conflicting(said, lambda one, other: _apart(readings[id(one)], readings[id(other)]))
    return Settled(_finished(shown.value), shown.statements, voices.count(agree), _first(shown, rivals))


def precision_of(days: int) -> DatePrecision:
    """The precision of an interval of that many days."""
    return next((name for longest, name in LENGTHS if days <= longest), "unknown")


def _first(shown: Said[Date], rivals: Sequence[Said[Date]]) -> tuple[Said[Date], ...]:
    return tuple(sorted(rivals, key=lambda one: one is not shown))


def _gathered(statements: Sequence[Statement]) -> tuple[Said[Date], ...]:
    """The distinct dates; of equal ones the one that was said goes before the one that was inferred."""
    told = [(one.value, one) for one in statements if isinstance(one.value, Date)]
    groups = gather(((value.earliest, value.latest, _edtf_alone(value)), value, one) for value, one in told)
    return tuple(Said(_said_rather(group), group.statements) for group in groups)


def _said_rather(group: Said[Date]) -> Date:
    values = [one.value for one in group.statements if isinstance(one.value, Date)]
    return next((value for value in values if value.inferred is None), group.value)


def _edtf_alone(value: Date) -> str | None:
    """The edtf where it is all that is known; else the bounds tell dates apart."""
    return value.edtf if value.earliest is None and value.latest is None else None


def _with_years(said: Sequence[Said[Date]]) -> Iterator[Said[Date]]:
    """Dates without a year to which another date, longer than a day and at most a year, gives one."""
    for one in said:
        if (yearless := _read(one.value).yearless) is None:
            continue
        for other in said:
            within = _read(other.value)
            if within.first is None or within.last is None or not 1 < within.days <= 366:
                continue
            fits = [
                (first, last)
                for year in range(within.first.year, within.last.year + 1)
                for first, last in _in_year(yearless, year)
                if within.first <= first and last <= within.last
            ]
            if len(fits) == 1 and fits[0] != (within.first, within.last):
                statements = (*one.statements, *other.statements)
                first, last = (day.isoformat() for day in fits[0])
                inferred = Inferred(ids(statements), YEAR_RULE)
                yield Said(Date(first, last, "unknown", None, inferred), statements)


def _in_year(yearless: tuple[int, int | None], year: int) -> list[tuple[date, date]]:
    """The days that a month, or a month and day, has in a year; empty where it has none."""
    month, day = yearless
    try:
        if day is not None:
            return [(date(year, month, day), date(year, month, day))]
        first = date(year, month, 1)
        last = date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
    except ValueError:
        return []
    return [(first, last)]


def _read(value: Date) -> _Interval:
    """A date as days. An open end is as early or late as can be; what cannot be read is no interval."""
    try:
        first = date.fromisoformat(value.earliest) if value.earliest else None
        last = date.fromisoformat(value.latest) if value.latest else None
    except ValueError:
        return _Interval()
    if first is None and last is None:
        found = _YEARLESS.fullmatch(value.edtf or "")
        return (
            _Interval(yearless=(int(found[1]), int(found[2]) if found[2] else None)) if found else _Interval()
        )
    first, last = first or date.min, last or date.max
    return _Interval(first, last) if first <= last else _Interval()


def _apart(one: _Interval, other: _Interval) -> bool:
    """Whether both cannot be true: no day lies in both."""
    if one.yearless and other.yearless:
        (month, day), (other_month, other_day) = one.yearless, other.yearless
        return month != other_month or (None not in (day, other_day) and day != other_day)
    if one.yearless:
        one, other = other, one
    if one.first is None or one.last is None:
        return False
    if other.yearless:
        # Four hundred years hold every month and day there is, the 29th of February too.
        years = range(one.first.year, min(one.last.year, one.first.year + 400) + 1)
        spans = (span for year in years for span in _in_year(other.yearless, year))
        return not any(first <= one.last and one.first <= last for first, last in spans)
    if other.first is None or other.last is None:
        return False
    return one.last < other.first or other.last < one.first


def _covers(wide: _Interval, narrow: _Interval) -> bool:
    """Whether all days of the second lie in the first: who says the first agrees with the second."""
    if narrow.first is None or narrow.last is None:
        same_month = wide.yearless and narrow.yearless and wide.yearless[0] == narrow.yearless[0]
        return wide == narrow or bool(same_month and wide.yearless and wide.yearless[1] is None)
    if wide.yearless:
        return any(
            first <= narrow.first and narrow.last <= last
            for first, last in _in_year(wide.yearless, narrow.first.year)
        )
    return (
        wide.first is not None
        and wide.last is not None
        and wide.first <= narrow.first
        and narrow.last <= wide.last
    )


def _finished(value: Date) -> Date:
    """The date with the precision that its length has, and an edtf."""
    interval = _read(value)
    if interval.first is None:
        return Date(None, None, "unknown", value.edtf, value.inferred)
    if value.earliest is None or value.latest is None:
        return Date(value.earliest, value.latest, "unknown", value.edtf, value.inferred)
    bounds = (value.earliest, value.latest)
    edtf = value.edtf or (bounds[0] if bounds[0] == bounds[1] else "/".join(bounds))
    return Date(*bounds, precision_of(interval.days), edtf, value.inferred)
