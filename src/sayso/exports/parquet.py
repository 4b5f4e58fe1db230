"""Incidents as a Parquet file, with types: the columns of ``wide``, lists as lists and days as dates.

It is written by duckdb (the extra ``parquet``), which reads the rows from lines of JSON in a file beside it:
that is its fast way in.
"""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sayso.errors import UsageError
from sayso.exports import wide
from sayso.exports.cells import check
from sayso.exports.files import write_lines
from sayso.model import Incident
from sayso.records import data_to_json

_TYPES: dict[wide.Kind, str] = {
    "text": "VARCHAR",
    "list": "VARCHAR[]",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "truth": "BOOLEAN",
    "day": "DATE",
}
_ROOM = "400MB"
"""How much memory duckdb may use; the rest of it goes to disk."""


def write(path: Path, incidents: Iterable[Incident]) -> None:
    """Writes the file. Raises UsageError where duckdb is not installed."""
    columns = ", ".join(f"{column.name}: '{_TYPES[column.kind]}'" for column in wide.COLUMNS)
    with TemporaryDirectory(prefix=".sayso-", dir=path.parent) as folder:
        rows = Path(folder) / "rows"
        write_lines(
            rows, (data_to_json(dict(zip(wide.NAMES, wide.row(one), strict=True))) for one in incidents)
        )
        with _connected() as connection:
            connection.execute(
                f"COPY (SELECT * FROM read_json(?, format='newline_delimited', columns={{{columns}}}, "  # noqa: S608 - names of ours
                f"maximum_object_size=100000000)) TO '{_quoted(path)}' (FORMAT parquet, COMPRESSION zstd)",
                [str(rows)],
            )


def check_file(path: Path, count: int) -> None:
    """Reads names and number of rows again. Raises OutputError where something else was written."""
    with _connected() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = tuple(column[0] for column in found.description)
        (rows,) = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
    check(names == wide.NAMES and rows == count, f"{rows} of {count} rows can be read")


def _connected() -> Any:
    try:
        duckdb = import_module("duckdb")
    except ImportError as fault:
        raise UsageError(
            "Parquet files are written by duckdb, which is not installed.",
            "Install it with: pip install 'sayso[parquet]'",
        ) from fault
    # With one thread the same rows give the same bytes.
    return duckdb.connect(config={"threads": 1, "memory_limit": _ROOM})


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
