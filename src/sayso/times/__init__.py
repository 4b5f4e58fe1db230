"""Time expressions in a report and the days that they mean."""

from sayso.times.expressions import TimeExpression, Timex, find, find_all
from sayso.times.intervals import interval

__all__ = ["TimeExpression", "Timex", "find", "find_all", "interval"]
