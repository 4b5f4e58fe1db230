"""Reading may be killed at any moment: what was stored is sound, and the same reading finishes it."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from sayso.ledger import open_ledger
from tests.test_pipeline import exported, take_in

KILLS = 8


def reading(examples: Path, ledger: Path) -> "subprocess.Popen[bytes]":
    line = [sys.executable, "-m", "sayso.cli", "read", str(examples), "--ledger", str(ledger)]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def undisturbed(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, float, float]:
    """What a reading that nobody kills exports, when its ledger appears, and when it ends, in seconds."""
    ledger = tmp_path_factory.mktemp("undisturbed") / "ledger.db"
    began = time.monotonic()
    with reading(examples, ledger) as process:
        while not ledger.exists():
            time.sleep(0.01)
        appears = time.monotonic() - began
    assert process.returncode == 0
    return exported(ledger), appears, time.monotonic() - began


def test_a_killed_reading_is_finished_by_the_same_reading(
    examples: Path, undisturbed: tuple[str, float, float], tmp_path: Path
) -> None:
    whole, appears, ends = undisturbed
    chance = random.Random(5)  # noqa: S311
    killed, stored = 0, []
    for turn in range(KILLS):
        ledger = tmp_path / f"{turn}.db"
        with reading(examples, ledger) as process:
            # From just before there is a ledger to the end, in equal parts: each turn kills in its own.
            time.sleep(appears * 0.9 + (ends - appears * 0.9) * (turn + chance.random()) / KILLS)
            os.kill(process.pid, signal.SIGKILL)
        killed += process.returncode == -signal.SIGKILL
        if ledger.exists():
            stored.append(sound(ledger))
        take_in(ledger, [examples])
        assert exported(ledger) == whole
    assert killed >= KILLS // 2, "the readings were too quick to be killed"
    assert any(stored), "nothing was stored before any kill"


def sound(ledger: Path) -> int:
    """How many reports the ledger holds; whatever it holds must be sound."""
    if not ledger.stat().st_size:  # killed before anything was written
        return 0
    with closing(sqlite3.connect(ledger)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with open_ledger(ledger, create=True) as book:
        book.incidents()
        return sum(1 for _ in book.coded_reports())
