"""The file as a whole: copied while others write, and packed after a purge."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from sayso.errors import LedgerError
from sayso.ledger.engines import BUSY_MS, told


def copy(path: Path, to: Path) -> None:
    """Copies the ledger as it is at this moment. Raises LedgerError where that cannot be."""
    if to.exists():
        raise LedgerError(f"There is a file {to} already.", "Give the name of one that does not exist yet.")
    part = to.with_name(f"{to.name}.part")
    try:
        with (
            told(to),
            closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=BUSY_MS / 1000)) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            source.backup(target)  # in one step: as of one moment, whoever writes meanwhile
            target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(to)
    except OSError as fault:
        raise LedgerError(
            f"The copy {to} cannot be written ({fault.strerror}).",
            "Check the folder, its rights and its room.",
        ) from fault
    finally:
        part.unlink(missing_ok=True)


def pack(engine: Engine, path: Path) -> None:
    """Writes the file anew and empties its log. Raises LedgerError where somebody reads an older state."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(busy, _, _)] = cursor.fetchall()
        cursor.close()
    finally:
        connection.close()
    if busy:
        raise LedgerError(
            f"The ledger {path} is being read by another program, so what was purged is still in its files.",
            "End that program and run: sayso ledger purge",
        )
