import hashlib
import os
import random
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Pool, create_engine, event

import sayso.ledger
from sayso.errors import LedgerError, SaysoError
from sayso.ledger import Compared, Found, Ledger, engines, history, open_ledger, opening, row_of, tables
from sayso.model import CodedReport, Judgement, Report
from tests.ledger.conftest import Dump, MakeCoded, MakeIncident


def _write(path: Path, *orders: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for order in orders:
            connection.execute(order)
        connection.commit()


def _nothing(_: Path) -> None:
    """Leaves the path free."""


def _a_folder(path: Path) -> None:
    path.mkdir()


def _a_text(path: Path) -> None:
    path.write_text("Shells hit the bridge at Esgaroth.")


def _an_empty_file(path: Path) -> None:
    path.touch()


def _an_empty_database(path: Path) -> None:
    _write(path, "PRAGMA journal_mode = WAL", "PRAGMA user_version = 1")


def _somebody_elses(path: Path) -> None:
    _write(path, "CREATE TABLE reports (report_id TEXT)")


def _somebody_elses_by_its_mark(path: Path) -> None:
    _write(path, "PRAGMA application_id = 7")


def _a_newer_one(path: Path) -> None:
    open_ledger(path, create=True).close()
    _write(path, "UPDATE alembic_version SET version_num = '9999'")


def _one_without_its_version(path: Path) -> None:
    open_ledger(path, create=True).close()
    _write(path, "DROP TABLE alembic_version")


def _half_a_header(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"\x07" * 30)


def _a_cut_off_one(path: Path) -> None:
    open_ledger(path, create=True).close()
    os.truncate(path, 5000)


def _a_pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("lay", "create", "what"),
    [
        (_nothing, False, "There is no ledger at"),
        (_a_folder, False, "is a folder"),
        (_a_folder, True, "is a folder"),
        (_a_text, False, "is no SQLite database"),
        (_a_text, True, "is no SQLite database"),
        (_a_pipe, True, "is no ordinary file"),
        (_an_empty_file, False, "is empty"),
        (_an_empty_database, False, "is empty"),
        (_somebody_elses, False, "belongs to another program"),
        (_somebody_elses, True, "belongs to another program"),
        (_somebody_elses_by_its_mark, True, "belongs to another program"),
        (_a_newer_one, False, "written by a newer sayso: its revision is 9999"),
        (_a_newer_one, True, "written by a newer sayso: its revision is 9999"),
        (_one_without_its_version, True, "does not say its version"),
        (_half_a_header, True, "is no SQLite database|is damaged"),
        (_a_cut_off_one, True, "is damaged"),
    ],
)
def test_what_cannot_be_opened_is_told_and_left_as_it_is(
    path: Path, lay: type, create: bool, what: str
) -> None:
    lay(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LedgerError, match=what) as told:
        open_ledger(path, create=create)
    assert str(path) in told.value.what
    assert told.value.mend.endswith(".")
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("no/such/folder/x.db", "there is no folder"),
        ("file/x.db", "there is no folder"),
        ("x" * 300, "cannot be read"),
        ("a\0b", "cannot be read"),
    ],
)
def test_where_no_ledger_can_be_made(tmp_path: Path, place: str, what: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match=what):
        open_ledger(tmp_path / place, create=True)
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("lay", [_nothing, _an_empty_file, _an_empty_database])
def test_a_ledger_is_made_also_where_the_making_was_cut_short(path: Path, lay: type) -> None:
    lay(path)
    open_ledger(path, create=True).close()
    with open_ledger(str(path)) as ledger:
        assert ledger.incidents() == []
    assert [found.name for found in path.parent.iterdir()] == [path.name]  # one file, nothing beside it


def test_the_schema_made_is_the_schema_declared(path: Path) -> None:
    open_ledger(path, create=True).close()
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path))

    def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        return not (kind == "table" and (name in SEARCH or str(name).startswith(tables.WORDS)))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": ours})
        assert compare_metadata(context, tables.METADATA) == []
    engine.dispose()


def test_the_revision_named_is_the_newest_one() -> None:
    config = Config()
    config.set_main_option("script_location", opening.SCRIPTS)
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [opening.REVISION]


# ---- migrations ---------------------------------------------------------------------------------------

SEARCH = {"search", "search_data", "search_idx", "search_docsize", "search_config"}
"""The full-text index and what SQLite keeps it in: made in SQL, of no table that could be declared."""

SHA256_OF_RAW = hashlib.sha256(b"raw").hexdigest()
NEWEST = opening.REVISION

_NEXT = '''
"""A revision of tomorrow: a batch over a table that others point to."""
import sqlalchemy as sa
from alembic import op
from sayso.ledger import tables

revision = "9000"
down_revision = "NEWEST"


def upgrade() -> None:
    with op.batch_alter_table("incidents", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.Text, nullable=False, server_default="new"))
'''.replace("NEWEST", NEWEST)
_LOSING = "    op.execute(tables.incidents.delete())\n"


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """As if a later version were installed, with one revision more; gives the file of that revision."""
    with monkeypatch.context() as later:
        scripts = tmp_path / "migrations"
        shutil.copytree(Path(sayso.ledger.__file__).parent / "migrations", scripts)
        following = scripts / "versions" / "revision_9000.py"
        following.write_text(_NEXT)
        later.setattr(opening, "SCRIPTS", str(scripts))
        later.setattr(opening, "REVISION", "9000")
        yield following


@contextmanager
def _today() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as now:
        now.setattr(opening, "SCRIPTS", "sayso.ledger:migrations")
        now.setattr(opening, "REVISION", NEWEST)
        yield


def _fill(path: Path, make_coded: MakeCoded, make_incident: MakeIncident) -> None:
    with open_ledger(path, create=True) as ledger:
        for number in range(30):
            ledger.add(make_coded(number))
        ledger.replace_views([], [make_incident(make_coded(number)) for number in range(30)])
        ledger.replace_views([], [make_incident(make_coded(number)) for number in range(1, 30)])
        ledger.judge(Judgement("j", "mention", "m", "confirm", "w", "Ioreth", "2021-08-01"))


def test_an_older_ledger_is_migrated_when_it_is_opened(
    path: Path, tomorrow: Path, make_coded: MakeCoded, make_incident: MakeIncident, dump: Dump
) -> None:
    assert tomorrow.exists()
    with _today():
        _fill(path, make_coded, make_incident)
    before = dump(path)
    with open_ledger(path) as ledger:
        assert len(ledger.incidents()) == 29
    after = dump(path)
    assert after.pop("alembic_version") == [("9000",)]
    assert {row[-1] for row in after.pop("incidents")} == {"new"}
    assert after == {table: rows for table, rows in before.items() if table in after}
    with _today(), pytest.raises(LedgerError, match="written by a newer sayso: its revision is 9000"):
        open_ledger(path)


def of_version(path: Path, revision: str, reports: Iterable[Report] = ()) -> None:
    """Makes a ledger of texts as the version with that revision made it."""
    config = Config()
    config.set_main_option("script_location", opening.SCRIPTS)
    config.set_main_option("path_separator", "os")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        rows = [(one.report_id, one.text_id, one.text) for one in reports]
        connection.executemany("INSERT INTO reports VALUES (?, ?, ?)", rows)
        connection.commit()


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_ledger_of_the_first_versions_comes_up_to_date(
    revision: str, path: Path, make_coded: MakeCoded
) -> None:
    """Raw bytes get room, what was judged stands in the history, and its texts can be searched."""
    one = make_coded(1)
    of_version(path, revision, [one.report])
    with closing(sqlite3.connect(path)) as connection:
        for number in "ab":
            row = (number, "mention", "m", "confirm", "w", "Ioreth", "2021-08-01", None, None)
            connection.execute("INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("UPDATE judgements SET withdrawn_on = '2021-08-02' WHERE judgement_id = 'b'")
        connection.commit()
    with open_ledger(path) as ledger:
        made = Judgement("a", "mention", "m", "confirm", "w", "Ioreth", "2021-08-01")
        again = replace(made, judgement_id="b", withdrawn_on="2021-08-02")
        assert ledger.judgements() == [made, again]
        assert ledger.add(replace(one, report=replace(one.report, raw_sha256=SHA256_OF_RAW)), b"raw")
        assert ledger.raw(one.report.report_id) == b"raw"
        engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path))
        with engine.connect() as connection:
            assert list(history.faults(connection)) == []
        engine.dispose()


def test_a_ledger_with_judgements_gets_room_for_what_linking_compares(
    path: Path, make_coded: MakeCoded, make_incident: MakeIncident
) -> None:
    one = make_coded(1)
    of_version(path, "0003", [one.report])
    with closing(sqlite3.connect(path)) as connection:
        row = (
            "a",
            "report",
            one.report.report_id,
            "hide",
            "",
            "Ioreth",
            "2021-08-01",
            None,
            None,
            None,
            None,
        )
        connection.execute("INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.commit()
    with open_ledger(path) as ledger:
        assert [made.judgement_id for made in ledger.judgements()] == ["a"]
        assert ledger.add(one)
        assert ledger.compared() == Compared()
        assert ledger.relink(0, Found("digest"), [], [row_of(make_incident(one))], None)
        assert ledger.compared() == Compared(1, "digest", [], [], [])
        assert ledger.incidents() == [make_incident(one)]


def test_a_migration_that_fails_half_way_changes_nothing(
    path: Path, tomorrow: Path, make_coded: MakeCoded, make_incident: MakeIncident, dump: Dump
) -> None:
    with _today():
        _fill(path, make_coded, make_incident)
    before = dump(path)
    tomorrow.write_text(_NEXT + _LOSING + "    op.execute('no SQL')\n")
    with pytest.raises(LedgerError, match="syntax error"):
        open_ledger(path)
    assert dump(path) == before
    with _today(), open_ledger(path) as ledger:
        assert len(ledger.incidents()) == 29


def test_a_migration_that_leaves_a_row_without_what_it_points_to_is_undone(
    path: Path, tomorrow: Path, make_coded: MakeCoded, make_incident: MakeIncident, dump: Dump
) -> None:
    with _today():
        _fill(path, make_coded, make_incident)
    before = dump(path)
    tomorrow.write_text(_NEXT + _LOSING)
    with pytest.raises(LedgerError, match="points to nothing"):
        open_ledger(path)
    assert dump(path) == before


# ---- rights, locks, full disks, damage ----------------------------------------------------------------


def _read_all(ledger: Ledger) -> None:
    list(ledger.coded_reports())
    for incident in ledger.incidents():
        ledger.incident(incident.incident_id[:6])
    ledger.lineages()
    ledger.judgements()
    ledger.attached()
    ledger.runs()


def test_a_ledger_that_cannot_be_written_can_be_read(
    path: Path, make_coded: MakeCoded, make_incident: MakeIncident
) -> None:
    _fill(path, make_coded, make_incident)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        if os.access(path, os.W_OK):
            pytest.skip("this user may write everywhere")
        with open_ledger(path) as ledger:
            _read_all(ledger)
            with pytest.raises(LedgerError, match=r"can be read but not written|cannot be opened"):
                ledger.add(make_coded(100))
        with pytest.raises(LedgerError, match=r"cannot be made: the folder .* cannot be written"):
            open_ledger(path.parent / "other.db", create=True)
    finally:
        path.parent.chmod(0o755)


def test_another_who_writes_for_too_long_is_told(
    path: Path, make_coded: MakeCoded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_MS", 100)
    with open_ledger(path, create=True) as ledger, closing(sqlite3.connect(path)) as other:
        ledger.add(make_coded(1))
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="is locked") as told:
            ledger.add(make_coded(2))
        assert "run the command again" in told.value.mend
        assert len(list(ledger.coded_reports())) == 1  # who reads does not wait
        other.execute("ROLLBACK")
        assert ledger.add(make_coded(2))


@pytest.mark.parametrize("pages", [1, 8, 60, 100])
def test_a_full_disk_is_told_and_loses_nothing(
    path: Path, make_coded: MakeCoded, make_incident: MakeIncident, pages: int
) -> None:
    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}").close()

    def add_all() -> None:
        with open_ledger(path, create=True) as ledger:
            for one in coded:
                ledger.add(one)
                done.append(one)

    coded = [make_coded(number) for number in range(100)]
    done: list[CodedReport] = []
    event.listen(Pool, "connect", limit)
    try:
        with pytest.raises(LedgerError, match="The disk is full"):
            add_all()
    finally:
        event.remove(Pool, "connect", limit)
    added = len(done)
    with open_ledger(path, create=True) as ledger:
        assert len(list(ledger.coded_reports())) == added
        assert [ledger.add(one) for one in coded] == [False] * added + [True] * (100 - added)
        ledger.replace_views([], [make_incident(one) for one in coded])
        assert len(ledger.incidents()) == 100


def test_whatever_is_damaged_is_told(path: Path, make_coded: MakeCoded, make_incident: MakeIncident) -> None:
    """Bytes are overwritten, or the end is cut off: what is then read is right or a LedgerError."""
    _fill(path, make_coded, make_incident)
    sound = path.read_bytes()
    chance = random.Random(7)  # noqa: S311
    told: list[str] = []
    for _ in range(150):
        broken = bytearray(sound)
        if chance.random() < 0.15:
            del broken[chance.randrange(len(broken)) :]
        else:
            at, many = chance.randrange(len(broken)), chance.choice([1, 4, 30, 400])
            broken[at : at + many] = chance.randbytes(many)
        path.write_bytes(broken)
        try:
            with open_ledger(path) as ledger:
                _read_all(ledger)
                ledger.add(make_coded(1000))
        except SaysoError as fault:
            told.append(str(fault))
        for beside in path.parent.glob("*-*"):
            beside.unlink()
    assert len(told) > 20
    assert all(str(path) in fault for fault in told)
