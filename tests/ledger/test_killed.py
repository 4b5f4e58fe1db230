"""Purging, migrating and the making of views are killed at random moments: all of it is there, or nothing."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.ledger import Request, open_ledger
from sayso.model import CodedReport, Judgement
from tests.ledger.conftest import Dump, MakeCoded, MakeIncident
from tests.ledger.test_crash import _in_child, _wait
from tests.ledger.test_opening import of_version

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

REPORTS, TURNS = 60, 8
REQUEST = Request("Ioreth", "2026-02-03", "a test")


def without_salts(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """All that is the same however often it is done; salts and what follows from them are not."""
    return {table: its for table, its in rows.items() if table not in ("history", "tombstones")}


@pytest.fixture
def full(path: Path, make_coded: MakeCoded, make_incident: MakeIncident) -> tuple[Path, list[CodedReport]]:
    """A ledger with reports, views and judgements."""
    coded = [make_coded(number) for number in range(REPORTS)]
    with open_ledger(path, create=True) as ledger:
        for one in coded:
            ledger.add(one)
            statement_id = one.statements[0].statement_id
            made = f"j{len(ledger.judgements())}"
            ledger.judge(Judgement(made, "statement", statement_id, "confirm", "Twelve", "Ann", "2026-01-01"))
        ledger.replace_views([], [make_incident(one) for one in coded])
    return path, coded


def killed_often(path: Path, start: Path, work: Callable[[Path], None], after: Callable[[], None]) -> int:
    """Kills the work again and again, each time from the start and in its own part of the time it takes.

    ``after`` looks at what is there. Gives how often it was in time.
    """
    chance = random.Random(7)  # noqa: S311
    shutil.copy(start, path)
    began = time.monotonic()
    assert _wait(_in_child(lambda: work(path))) == 0
    lasts = time.monotonic() - began
    hits = 0
    for turn in range(TURNS):
        for one in path.parent.glob(f"{path.name}*"):
            one.unlink()
        shutil.copy(start, path)
        pid = _in_child(lambda: work(path))
        time.sleep(lasts * (turn + chance.random()) / TURNS)
        os.kill(pid, signal.SIGKILL)
        hits += _wait(pid) == -signal.SIGKILL
        after()
    return hits


def test_a_purge(full: tuple[Path, list[CodedReport]], tmp_path: Path, dump: Dump) -> None:
    start, coded = full
    path, victim = tmp_path / "killed" / "x.db", coded[7].report
    path.parent.mkdir()

    def purge(path: Path) -> None:
        with open_ledger(path) as ledger:
            ledger.purge(victim.report_id, REQUEST)

    whole = tmp_path / "whole.db"
    shutil.copy(start, whole)
    purge(whole)
    expected = without_salts(dump(whole))

    def look() -> None:
        with open_ledger(path) as ledger:
            faults = ledger.check().faults
            if ledger.report(victim.report_id) is not None:
                assert len(ledger.judgements()) == REPORTS
                assert [one for one in faults if "purge" in one] == []
                ledger.purge(victim.report_id, REQUEST)
            else:
                assert len(ledger.judgements()) == REPORTS - 1
                ledger.pack()
            assert not any("purge" in one or "entry" in one for one in ledger.check().faults)
        assert without_salts(dump(path)) == expected
        left = b"".join(one.read_bytes() for one in path.parent.iterdir())
        assert victim.text.encode() not in left
        assert victim.report_id.encode() not in left

    assert killed_often(path, start, purge, look) >= 1  # else the test shows nothing


def test_a_migration(tmp_path: Path, make_coded: MakeCoded, dump: Dump) -> None:
    start, path = tmp_path / "start.db", tmp_path / "killed" / "x.db"
    path.parent.mkdir()
    of_version(start, "0001", [make_coded(number).report for number in range(300)])

    def migrate(path: Path) -> None:
        open_ledger(path).close()

    whole = tmp_path / "whole.db"
    shutil.copy(start, whole)
    migrate(whole)
    expected = without_salts(dump(whole))
    assert expected["search_rows"]

    def look() -> None:
        migrate(path)
        assert without_salts(dump(path)) == expected
        with open_ledger(path) as ledger:
            assert len(list(ledger.search("esgaroth", most=1000))) == 300

    assert killed_often(path, start, migrate, look) >= 1  # else the test shows nothing


def test_the_making_of_views(
    full: tuple[Path, list[CodedReport]], tmp_path: Path, make_incident: MakeIncident
) -> None:
    start, coded = full
    path = tmp_path / "killed" / "x.db"
    path.parent.mkdir()

    def link(path: Path) -> None:
        with open_ledger(path) as ledger:
            for number in range(10, REPORTS, 10):
                ledger.replace_views([], [make_incident(one) for one in coded[:number]])

    def look() -> None:
        with open_ledger(path) as ledger:
            found = ledger.incidents()
            assert len(found) in range(10, REPORTS + 1, 10)
            assert all(ledger.incident(one.incident_id) == one for one in found)
        link(path)
        with open_ledger(path) as ledger:
            assert len(ledger.incidents()) == REPORTS - 10

    assert killed_often(path, start, link, look) >= 1  # else the test shows nothing
