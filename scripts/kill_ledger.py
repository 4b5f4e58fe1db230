"""Kills what works on a ledger at random moments, and sees whether it opens, is clean, and goes on.

    python scripts/kill_ledger.py FOLDER [REPORTS...] [--moments 50] [--seed 1]

Four works take turns: reading reports, linking, bringing a ledger of the first version up to date, purging
a report. Each is first run undisturbed, to know what must come out and how long it takes. Then it is killed
(SIGKILL) at a random moment of that time, the ledger is opened and checked, the same work is run again, and
the exports are compared. Prints a line for each moment and a summary; ends with 1 where anything failed.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from sayso.exports import jsonl
from sayso.ledger import open_ledger, opening

ROOT = Path(__file__).parents[1]
SAYSO = [sys.executable, "-m", "sayso.cli"]


@dataclass
class Work:
    """Something that is killed: the state it starts from, and the command."""

    name: str
    start: Path | None
    line: Callable[[Path], list[str]]
    lasts: float = 0.0
    quiet: float = 0.0
    expected: str = ""


def exported(ledger: Path) -> str:
    """All that the ledger shows."""
    with open_ledger(ledger, create=True) as book:
        return "\n".join(jsonl.lines(book.incidents()))


def lay(work: Work, ledger: Path) -> None:
    """Puts the state there that the work starts from."""
    for one in ledger.parent.glob(f"{ledger.name}*"):
        one.unlink()
    if work.start is not None:
        shutil.copy(work.start, ledger)


def run(line: list[str]) -> "subprocess.Popen[bytes]":
    """Starts a command, silently."""
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def undisturbed(work: Work, ledger: Path) -> None:
    """Runs the work to its end, to know its time and what comes out."""
    lay(work, ledger)
    began = time.monotonic()
    before = _state(ledger)
    with run(work.line(ledger)) as process:
        while process.poll() is None and _state(ledger) == before:
            time.sleep(0.005)
        work.quiet = time.monotonic() - began  # until it first touches the file
    if process.returncode:
        raise SystemExit(f"{work.name} ended with {process.returncode}")
    work.lasts = time.monotonic() - began
    work.expected = exported(ledger)


def _state(ledger: Path) -> list[tuple[str, int, int]]:
    return sorted(
        (one.name, one.stat().st_size, one.stat().st_mtime_ns)
        for one in ledger.parent.glob(f"{ledger.name}*")
    )


def killed(work: Work, ledger: Path, chance: random.Random) -> tuple[str, bool]:
    """Kills the work once; gives what was seen, in words, and whether all is well."""
    lay(work, ledger)
    # Half of the moments from when it starts to write: before, there is little to break.
    after = (
        chance.uniform(0.95 * work.quiet, work.lasts)
        if chance.random() < 0.8
        else chance.uniform(0, work.lasts)
    )
    with run(work.line(ledger)) as process:
        time.sleep(after)
        os.kill(process.pid, signal.SIGKILL)
    hit = process.returncode == -signal.SIGKILL
    faults: tuple[str, ...] = ()
    if ledger.exists() and ledger.stat().st_size:
        with open_ledger(ledger, create=True) as book:
            faults = tuple(one for one in book.check().faults if "a purge was not finished" not in one)
    again = subprocess.run(work.line(ledger), capture_output=True, check=False)
    if work.name == "purging" and again.returncode == 2:  # it was gone already: finish what was begun
        again = subprocess.run(
            [*SAYSO, "ledger", "purge", "--ledger", str(ledger)], capture_output=True, check=False
        )
    same = again.returncode == 0 and exported(ledger) == work.expected
    with open_ledger(ledger) as book:
        faults += book.check().faults
    told = f"{work.name:10} after {after:6.3f} of {work.lasts:.3f} s: {'killed' if hit else 'had ended'}, "
    told += "clean, " if not faults else f"FAULTS {faults}, "
    return told + (
        "same result" if same else f"OTHER RESULT {again.stderr.decode()[-300:]}"
    ), same and not faults


def works(folder: Path, reports: list[str]) -> list[Work]:
    """The four works, with the states that they start from."""
    whole, old, unlinked = folder / "whole.db", folder / "old.db", folder / "unlinked.db"
    read = lambda ledger: [*SAYSO, "read", *reports, "--ledger", str(ledger)]  # noqa: E731
    if run(read(whole)).wait():
        raise SystemExit("the reports cannot be read")
    with open_ledger(whole) as book:
        victim = max(book.incidents(), key=lambda one: (len(one.mentions), one.incident_id)).mentions[0]
        book.backup(unlinked)
    with open_ledger(unlinked) as book:
        book.replace_views([], [])
    _make_old(whole, old)
    return [
        Work("reading", None, read),
        Work("linking", unlinked, read),  # all is known: what is left is to link
        Work("migrating", old, lambda ledger: [*SAYSO, "incidents", "--ledger", str(ledger)]),
        Work(
            "purging",
            whole,
            lambda ledger: [
                *SAYSO,
                "ledger",
                "purge",
                victim.report_id,
                "--why",
                "a test",
                "--ledger",
                str(ledger),
            ],
        ),
    ]


def _make_old(whole: Path, old: Path) -> None:
    """A ledger of revision 0001 with the same reports, codings and views."""
    config = Config()
    config.set_main_option("script_location", opening.SCRIPTS)
    config.set_main_option("path_separator", "os")
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(old))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {opening.APPLICATION_ID}")
        connection.execute("ATTACH ? AS whole", (str(whole),))
        for (table,) in connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        ).fetchall():
            if table != "alembic_version":
                names = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
                of = f"whole.{table}"
                if table == "incident_terms":  # which are of a line of the listing now
                    of += " JOIN whole.listing USING (listing_id)"
                connection.execute(f"INSERT INTO main.{table}({names}) SELECT {names} FROM {of}")  # noqa: S608
        connection.commit()


def main() -> None:
    """Kills as often as asked."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("reports", nargs="*", default=[str(ROOT / "examples" / "reports")])
    asked.add_argument("--moments", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    given.folder.mkdir(parents=True)
    chance = random.Random(given.seed)  # noqa: S311
    ledger = given.folder / "killed.db"
    made = works(given.folder, given.reports)
    for work in made:
        undisturbed(work, ledger)
    well = hits = 0
    for number in range(given.moments):
        told, fine = killed(made[number % len(made)], ledger, chance)
        print(f"{number + 1:3} {told}", flush=True)
        well += fine
        hits += ": killed" in told
    told = f"{hits} killed in time, {well} opened, checked clean and went on to the same result"
    print(f"{given.moments} moments, {told}")
    sys.exit(0 if well == given.moments else 1)


if __name__ == "__main__":
    main()
