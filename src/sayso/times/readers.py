"""The readers by the names that the rules of english.yaml use."""

from collections.abc import Callable, Mapping

from sayso.times import calendar, lengths, relative
from sayso.times.found import Found, Reading


def nothing(_: Found) -> None:
    """Words that only keep a shorter reading from standing."""


READERS: Mapping[str, Callable[[Found], Reading | None]] = {
    "numeric": calendar.numeric,
    "slashes": calendar.slashes,
    "day": calendar.calendar_day,
    "week_of": calendar.week_of_day,
    "week_in": calendar.week_in_month,
    "month": calendar.month,
    "year": calendar.year,
    "decade": calendar.decade,
    "century": calendar.century,
    "season": calendar.season,
    "period": relative.period,
    "year_end": relative.year_end,
    "weekday": relative.weekday,
    "deictic": relative.deictic,
    "this_part": relative.this_part,
    "tonight": relative.tonight,
    "overnight": relative.overnight,
    "weekend": relative.weekend,
    "ago": relative.ago,
    "later": relative.later,
    "next_to": relative.next_to,
    "same": relative.same,
    "same_part": relative.same_part,
    "quarter": relative.quarter,
    "half": relative.half,
    "fiscal": relative.fiscal,
    "clock": lengths.clock,
    "length": lengths.length,
    "often": lengths.often,
    "vaguely": lengths.vaguely,
    "nothing": nothing,
}
"""Reader by name."""
