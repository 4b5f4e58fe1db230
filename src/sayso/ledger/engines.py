"""The two engines of a ledger, and what their failures mean in words.

Reads and writes go through different engines. SQLite lets many read while one writes, but a transaction
that begins with a read and then writes is refused at once if somebody else wrote in between, whatever the
time allowed for waiting. So the writer takes the write lock when its transaction begins, and waits its turn
for it; the reader never asks for that lock.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from sayso.errors import LedgerError

# The pool reports on its own, traceback and all, what goes wrong while a connection is put back; whoever uses
# the ledger gets the fault itself.
logging.getLogger("sqlalchemy.pool").addHandler(logging.NullHandler())

BUSY_MS = 10_000
"""How long one waits for another's write, in milliseconds. One report is written in some milliseconds, the
views of some thousand incidents in a second or two."""


_MEANINGS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (
        "The ledger {path} is locked: another program has been writing to it for over {seconds} seconds.",
        "Wait until that program has finished, or end it, and run the command again.",
    ),
    sqlite3.SQLITE_FULL: (
        "The disk is full: the ledger {path} cannot grow.",
        "Nothing that is in it is lost. Free some space and run the command again: it goes on from there.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The ledger {path} could not be read or written: {fault}.",
        "Check the disk and its free space, then run the command again: it goes on from there.",
    ),
    sqlite3.SQLITE_READONLY: (
        "The ledger {path} can be read but not written.",
        "Allow writing to the file and to its folder, or work on a copy of it.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The ledger {path} cannot be opened.",
        "Check that the file is there and that you may read and write it and its folder.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "The file {path} is not a ledger: it is no SQLite database.",
        "Check the path, or give the path of a file that does not exist yet.",
    ),
    sqlite3.SQLITE_CONSTRAINT: (
        "The ledger {path} refuses what was to be written: {fault}.",
        "Nothing of it was written. This is a fault of the program or of a coder: please report it.",
    ),
}


def _engine(path: Path, *, uri: str, begin: str, pragmas: tuple[str, ...]) -> Engine:
    def connect() -> sqlite3.Connection:
        # The library begins and ends the transactions, not the driver: isolation_level None.
        return sqlite3.connect(
            f"{path.as_uri()}?{uri}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_MS / 1000,
            check_same_thread=False,
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        for pragma in (f"busy_timeout={BUSY_MS}", *pragmas):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def take(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def writer_engine(path: Path, *, create: bool = False, foreign_keys: bool = True) -> Engine:
    """An engine whose transactions hold the write lock from their beginning.

    ``foreign_keys`` is False only while migrating: a batch drops tables that others point to.
    """
    return _engine(
        path,
        uri="mode=rwc" if create else "mode=rw",
        begin="BEGIN IMMEDIATE",
        pragmas=(
            "journal_mode=WAL",
            "synchronous=NORMAL",
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
        ),
    )


def reader_engine(path: Path, *, frozen: bool = False) -> Engine:
    """An engine that cannot write; ``frozen`` where nobody can write, as on a read-only medium."""
    return _engine(
        path,
        uri="mode=ro&immutable=1" if frozen else "mode=rw",
        begin="BEGIN",
        pragmas=("query_only=ON",),
    )


def _meaning(path: Path, fault: BaseException) -> LedgerError:
    """What a failure of SQLite means for the user, by SQLite's own result code."""
    # The low byte is the kind of failure, the rest its details.
    code = (getattr(fault, "sqlite_errorcode", None) or 0) & 0xFF
    if code not in _MEANINGS:
        return damaged(path, str(fault))
    what, mend = _MEANINGS[code]
    return LedgerError(what.format(path=path, fault=fault, seconds=BUSY_MS // 1000), mend)


def damaged(path: Path, reason: str) -> LedgerError:
    """The error for a ledger whose content is not what we wrote."""
    return LedgerError(
        f"The ledger {path} is damaged: {reason}.",
        "Put back a copy of it, or make a new ledger by reading the reports again.",
    )


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what the database raises inside into LedgerError."""
    try:
        yield
    except DBAPIError as fault:
        raise _meaning(path, fault.orig or fault) from fault
    except sqlite3.Error as fault:  # raised while connecting, where the library does not wrap it
        raise _meaning(path, fault) from fault
    except UnicodeEncodeError as fault:
        raise LedgerError(
            f"The ledger {path} cannot keep {fault.object!r}: it holds half a character.",
            "Give text that is valid Unicode.",
        ) from fault
    except UnicodeDecodeError as fault:  # what stands there is no text any more
        raise damaged(path, str(fault)) from fault
