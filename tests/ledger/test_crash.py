"""A writer may be killed at any moment, and several may write at once."""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sayso.ledger import open_ledger
from sayso.model import CodedReport, Lineage
from tests.ledger.conftest import Dump, MakeCoded, MakeIncident

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def _in_child(work: Callable[[], None]) -> int:
    """Starts the work in a process of its own; gives its pid."""
    if pid := os.fork():
        return pid
    try:
        work()
    except BaseException as fault:  # a child must never come back into the test run
        os.write(2, f"{fault!r}\n".encode())
        os._exit(1)
    os._exit(0)


def _wait(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _worker(
    path: Path, coded: list[CodedReport], make_incident: MakeIncident, breath: float = 0.0
) -> Callable[[], None]:
    def work() -> None:
        with open_ledger(path, create=True) as ledger:
            for number, one in enumerate(coded):
                ledger.add(one)
                if number % 10 == 9:
                    seen = coded[: number + 1]
                    lineages = [Lineage(one.report.report_id, (one.report.report_id,)) for one in seen]
                    ledger.replace_views(lineages, [make_incident(one) for one in seen])
                time.sleep(breath)

    return work


def test_a_writer_killed_at_any_moment_loses_nothing_and_can_go_on(
    tmp_path: Path, make_coded: MakeCoded, make_incident: MakeIncident, dump: Dump
) -> None:
    coded = [make_coded(number) for number in range(60)]
    whole = tmp_path / "whole.db"
    began = time.monotonic()
    assert _wait(_in_child(_worker(whole, coded, make_incident))) == 0
    lasts = time.monotonic() - began
    expected = dump(whole)
    known = {one.report.report_id: one for one in coded}
    chance = random.Random(11)  # noqa: S311
    killed = 0
    for turn in range(12):
        path = tmp_path / f"{turn}.db"
        work = _worker(path, coded, make_incident)
        pid = _in_child(work)
        time.sleep(chance.uniform(0, lasts))
        os.kill(pid, signal.SIGKILL)
        killed += _wait(pid) == -signal.SIGKILL
        with open_ledger(path, create=True) as ledger:
            found = list(ledger.coded_reports())
            assert found == [known[one.report.report_id] for one in found]
            assert len(ledger.incidents()) == len(ledger.lineages()) == len(found) // 10 * 10 or (
                # killed between the tenth report and the views over it
                len(found) % 10 == 0 and len(ledger.incidents()) == len(found) - 10
            )
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        work()
        assert dump(path) == expected
    assert killed >= 3  # else the test shows nothing


def test_two_who_make_and_write_the_same_ledger_at_once_both_succeed(
    tmp_path: Path, make_coded: MakeCoded, make_incident: MakeIncident
) -> None:
    coded = [make_coded(number) for number in range(45)]
    for turn in range(4):
        path = tmp_path / f"{turn}.db"
        # The two have reports in common, and wait a little so that they take turns.
        shares = [coded[:30], coded[15:]]
        pids = [_in_child(_worker(path, share, make_incident, breath=0.001)) for share in shares]
        assert [_wait(pid) for pid in pids] == [0, 0]
        with open_ledger(path) as ledger:
            known = sorted(coded, key=lambda one: one.report.report_id)
            assert list(ledger.coded_reports()) == known
            assert len(ledger.incidents()) == 30


def test_who_reads_sees_one_state_while_another_writes(
    tmp_path: Path, make_coded: MakeCoded, make_incident: MakeIncident
) -> None:
    path = tmp_path / "x.db"
    coded = [make_coded(number) for number in range(60)]
    open_ledger(path, create=True).close()
    pid = _in_child(_worker(path, coded, make_incident))
    seen: list[int] = []
    with open_ledger(path) as ledger:
        while not seen or (seen[-1] < 60 and len(seen) < 3000):
            seen.append(len(ledger.incidents()))
    assert _wait(pid) == 0
    assert set(seen) <= {0, 10, 20, 30, 40, 50, 60}
    assert seen == sorted(seen)
