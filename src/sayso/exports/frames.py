"""Incidents as data frames of pandas, with types (the extra ``pandas``)."""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sayso.errors import UsageError
from sayso.exports import said, wide
from sayso.model import Incident

if TYPE_CHECKING:
    from pandas import DataFrame

_TYPES: dict[wide.Kind, str] = {
    "text": "str",
    "list": "object",
    "integer": "Int64",
    "number": "float64",
    "truth": "boolean",
}
_OF_STATEMENTS = {
    **dict.fromkeys(("hedged", "unknown", "speaker_public"), "boolean"),
    **dict.fromkeys(("best", "low", "high", "quote_start", "quote_end"), "Int64"),
    "via": "object",
}


def incidents_frame(incidents: Iterable[Incident]) -> "DataFrame":
    """One row an incident, the columns of ``wide``; days are datetimes, lists are lists.

    What is not known is missing. Raises UsageError where pandas is not installed.
    """
    pandas = _pandas()
    columns: list[list[object]] = [[] for _ in wide.COLUMNS]
    for incident in incidents:
        for values, value in zip(columns, wide.row(incident), strict=True):
            values.append(value)
    return pandas.DataFrame(
        {
            column.name: (
                pandas.Series(pandas.to_datetime(values, format="%Y-%m-%d"))
                if column.kind == "day"
                else pandas.Series(values, dtype=_TYPES[column.kind])
            )
            for column, values in zip(wide.COLUMNS, columns, strict=True)
        }
    )


def statements_frame(incidents: Iterable[Incident]) -> "DataFrame":
    """One row a statement, with stance, speaker and quote.

    Raises UsageError where pandas is not installed.
    """
    pandas = _pandas()
    columns: list[list[object]] = [[] for _ in said.NAMES]
    for row in (row for incident in incidents for row in said.rows(incident)):
        for values, value in zip(columns, row, strict=True):
            values.append(value)
    return pandas.DataFrame(
        {
            name: pandas.Series(values, dtype=_OF_STATEMENTS.get(name, "str"))
            for name, values in zip(said.NAMES, columns, strict=True)
        }
    )


def _pandas() -> Any:
    try:
        return import_module("pandas")
    except ImportError as fault:
        raise UsageError(
            "Data frames are made by pandas, which is not installed.",
            "Install it with: pip install 'sayso[pandas]'",
        ) from fault
