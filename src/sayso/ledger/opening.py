"""From a path to a ledger of this version: found, made or migrated; else a LedgerError that says why not."""

import os
import sqlite3
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from sayso.errors import LedgerError
from sayso.ledger import engines, indexing
from sayso.ledger.engines import damaged, reader_engine, told, writer_engine

if TYPE_CHECKING:  # alembic takes longer to load than most commands take to run: only who migrates loads it
    from alembic.config import Config

APPLICATION_ID = 0x53415953
"""What the header of every ledger holds ("SAYS"): tells ours from other people's databases."""

REVISION = "0006"
"""The newest revision of the schema: a test holds that it is that of the migrations."""

SCRIPTS = "sayso.ledger:migrations"

_MAGIC = b"SQLite format 3\x00"


def prepare(path: Path, *, create: bool) -> bool:
    """Sees to it that a ledger of this version is at the path.

    One that is missing or empty is made only with ``create``. An older one is migrated, also by a command
    that only reads: otherwise every such command would fail until something is added.

    Returns whether the ledger is frozen: it lies where nothing can be written, not even the files that
    SQLite keeps beside it, so it must be read as a file that nobody changes.

    Raises LedgerError where there is no ledger, or none that this version can use.
    """
    _look_at_path(path, create=create)
    frozen = path.exists() and _is_frozen(path)
    with told(path):
        revision = _revision(path, frozen=frozen) if path.exists() else None
        if revision == REVISION:
            return frozen
        if revision is None and not create:
            raise LedgerError(
                f"The file {path} is empty: it holds no ledger.",
                "Check the path, or add reports to it, which makes the ledger.",
            )
        _refuse_newer(path, revision)
        if frozen or (revision is not None and not os.access(path, os.W_OK)):
            raise LedgerError(
                f"The ledger {path} was written by an older sayso and must be brought up to date before it "
                "can be read, but it cannot be written.",
                "Allow writing to the file and to its folder, or work on a copy of it.",
            )
        _write_ahead(path)
        _migrate(path)
    return False


def _look_at_path(path: Path, *, create: bool) -> None:
    """What can be seen without a database; raises LedgerError."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as file:
                start = file.read(len(_MAGIC))
    except (FileNotFoundError, NotADirectoryError):
        _look_at_folder(path, create=create)
        return
    except (OSError, ValueError) as fault:  # no right to it, a name that is too long, a NUL in the name
        raise LedgerError(
            f"The ledger {path} cannot be read: {getattr(fault, 'strerror', None) or fault}.",
            "Check the path and your rights to it.",
        ) from fault
    if stat.S_ISDIR(mode):
        raise LedgerError(f"{path} is a folder, not a ledger.", "Give the path of a file in it.")
    if not stat.S_ISREG(mode):
        raise LedgerError(f"{path} is no ordinary file, so no ledger.", "Give the path of a file.")
    if start and start != _MAGIC:
        raise LedgerError(
            f"The file {path} is not a ledger: it is no SQLite database.",
            "Check the path, or give the path of a file that does not exist yet.",
        )


def _look_at_folder(path: Path, *, create: bool) -> None:
    """Whether a ledger may be made there; raises LedgerError where it may not."""
    if not create:
        raise LedgerError(
            f"There is no ledger at {path}.", "Check the path. A ledger is made when reports are added to it."
        )
    folder = path.parent
    if not folder.is_dir():
        raise LedgerError(
            f"The ledger {path} cannot be made: there is no folder {folder}.",
            "Make that folder first, or give another path.",
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise LedgerError(
            f"The ledger {path} cannot be made: the folder {folder} cannot be written.",
            "Allow writing to that folder, or give another path.",
        )


def _is_frozen(path: Path) -> bool:
    # With a write-ahead log beside it, the newest writes are there and not in the file, so it must be read.
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


def _revision(path: Path, *, frozen: bool) -> str | None:
    """The revision of the ledger there; None for a database with nothing in it.

    Raises LedgerError where the database is not ours.
    """
    engine = reader_engine(path, frozen=frozen)
    try:
        with engine.begin() as connection:
            return _revision_of(path, connection)
    finally:
        engine.dispose()


def _revision_of(path: Path, connection: Connection) -> str | None:
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
    tables = inspect(connection).get_table_names()
    if mark == 0 and not tables:
        return None
    if mark != APPLICATION_ID:
        raise LedgerError(
            f"The database {path} is not a ledger of sayso: it belongs to another program.",
            "Check the path, or give the path of a file that does not exist yet.",
        )
    if "alembic_version" not in tables:
        raise damaged(path, "it does not say its version")
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(revision)


def _refuse_newer(path: Path, revision: str | None) -> None:
    if revision is None:
        return
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision not in known:
        raise LedgerError(
            f"The ledger {path} was written by a newer sayso: its revision is {revision}, and this version "
            f"knows revisions up to {REVISION}.",
            "Upgrade sayso (pip install --upgrade sayso), then run the command again.",
        )


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    config.set_main_option("path_separator", "os")
    return config


def _write_ahead(path: Path) -> None:
    """Puts the database into write-ahead mode.

    Done once here and again, without effect, by every connection. SQLite does not wait for others when it
    changes this mode, so where two make the same ledger at once, one must ask again.
    """
    until = time.monotonic() + engines.BUSY_MS / 1000
    while True:
        engine = writer_engine(path, create=True)
        try:
            engine.connect().close()
        except (DBAPIError, sqlite3.OperationalError) as fault:
            cause = fault.orig if isinstance(fault, DBAPIError) else fault
            busy = (getattr(cause, "sqlite_errorcode", 0) & 0xFF) == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
        finally:
            engine.dispose()


def _migrate(path: Path) -> None:
    """Brings the schema to the newest revision, in one transaction: all of it or nothing."""
    from alembic import command  # noqa: PLC0415

    engine = writer_engine(path, foreign_keys=False)
    try:
        with engine.begin() as connection:
            # Whoever held the lock before us may have done it.
            if _revision_of(path, connection) == REVISION:
                return
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            indexing.make_anew(
                connection
            )  # a revision may have changed them, and they hold nothing of their own
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone():
                raise damaged(path, f"a row of {broken[0]} points to nothing")
    finally:
        engine.dispose()
