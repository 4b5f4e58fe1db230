"""Time expressions in a report and the days that they mean."""

from sayso.times.expressions import TimeExpression, find
from sayso.times.intervals import interval

__all__ = ["TimeExpression", "find", "interval"]
