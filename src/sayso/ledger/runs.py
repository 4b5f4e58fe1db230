"""How the ledger was made: one row for each run that wrote to it."""

from dataclasses import asdict, dataclass, field

from sqlalchemy import Connection, insert, select

from sayso.ledger import tables
from sayso.ledger.lines import pack, record, unpack


@dataclass(frozen=True, slots=True)
class Run:
    """One run over the ledger: when (ISO 8601), by which sayso, with what, and what came of it.

    ``settings`` and ``counts`` hold plain JSON data: the settings' names and values, and how many reports,
    statements, problems there were.
    """

    made_on: str
    version: str
    codebook: str
    codebook_sha256: str
    settings: dict[str, object] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def add(connection: Connection, run: Run) -> None:
    """Adds the run as the latest."""
    row = {**asdict(run), "settings": pack(run.settings), "counts": pack(run.counts)}
    connection.execute(insert(tables.runs), row)


def all_runs(connection: Connection) -> list[Run]:
    """All runs, the first one first; raises UnreadableError."""
    rows = connection.execute(select(tables.runs).order_by(tables.runs.c.run_id)).mappings()
    return [
        record(
            Run,
            {
                **{key: value for key, value in row.items() if key != "run_id"},
                "settings": unpack(row["settings"]),
                "counts": unpack(row["counts"]),
            },
        )
        for row in rows
    ]
