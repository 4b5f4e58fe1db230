"""The year of a day that is told without one, where the report and the table of holidays fit one year alone.

A year that is concluded is marked so, with the rule: "times/holiday" (a holiday of the same sentence fell on
that day in one year of the table), "times/weekday" (the weekday fits one of the ten years up to the one after
the latest year that the report tells), "times/anchor" (within a week of a day dated by one of the other two).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.codebook import Codebook
from sayso.model import Date, Inferred
from sayso.times.intervals import interval, yearless

_YEARS = 10
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Yearless:
    """A month and perhaps a day of it, the weekday printed with it, and the sentence that it stands in."""

    month: int
    day: int | None
    weekday: int | None
    sentence: int

    def in_year(self, year: int) -> date | None:
        """The day in that year; None where it has none."""
        try:
            return date(year, self.month, self.day or 0)
        except ValueError:
            return None


def dated(
    told: Sequence[Yearless],
    holidays: Mapping[int, Collection[str]],
    years: Collection[int],
    codebook: Codebook,
) -> list[Date]:
    """The date of each, with its year where one alone fits, else without.

    holidays  sentence -> the names of the holidays in it.
    years     the years that the report tells outright.
    """
    concluded = [_by_holiday(one, holidays.get(one.sentence, ()), codebook) for one in told]
    concluded = [date_ or _by_weekday(one, years) for one, date_ in zip(told, concluded, strict=True)]
    anchors = sorted({day for day, _ in filter(None, concluded)})
    dates: list[Date] = []
    for one, found in zip(told, concluded, strict=True):
        day_and_rule = found or _by_anchor(one, anchors)
        if day_and_rule is None:
            dates.append(yearless(one.month, one.day))
        else:
            day, rule = day_and_rule
            dates.append(interval(day, day, Inferred((), rule)))
    return dates


def _by_holiday(one: Yearless, names: Collection[str], codebook: Codebook) -> tuple[date, str] | None:
    fitting = {
        day
        for row in codebook.holidays
        if row.holiday in names
        for year in (int(row.first[:4]), int(row.last[:4]))
        if (day := one.in_year(year)) and row.first <= day.isoformat() <= row.last
    }
    return _only(fitting, "times/holiday")


def _by_weekday(one: Yearless, years: Collection[int]) -> tuple[date, str] | None:
    if one.weekday is None or not years:
        return None
    newest = max(years) + 1
    days = (one.in_year(year) for year in range(newest - _YEARS + 1, newest + 1))
    return _only({day for day in days if day and day.weekday() == one.weekday}, "times/weekday")


def _by_anchor(one: Yearless, anchors: Sequence[date]) -> tuple[date, str] | None:
    near = {
        day
        for anchor in anchors
        for year in (anchor.year - 1, anchor.year, anchor.year + 1)
        if (day := one.in_year(year)) and abs(day - anchor) <= _WEEK
    }
    return _only(near, "times/anchor")


def _only(days: Collection[date], rule: str) -> tuple[date, str] | None:
    return (min(days), rule) if len(days) == 1 else None
