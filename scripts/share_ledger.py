"""Two who write and three who read one ledger at once, for a minute or as long as asked.

    python scripts/share_ledger.py FOLDER [--seconds 60]

The writers add made-up reports, judge them and withdraw judgements, each their own; one of them links now
and then. The readers read incidents, judgements and codings, and search. Prints how much each did; ends with
1 where anything that a writer was told is kept is not there, a reader met a fault, or the check finds one.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from sayso import judging, pipeline
from sayso.codebook import load
from sayso.coding import code
from sayso.ledger import Ledger, open_ledger
from sayso.reports import make_report

TEXT = "A suicide bomber struck a market in Herat on Monday, {number} March 2021. {dead} people were killed."


def write(ledger: Ledger, name: str, until: float, folder: Path) -> int:
    """Adds and judges until the time is over; notes down what it was told is kept."""
    codebook = load()
    done = 0
    with (folder / f"{name}.kept").open("w") as kept:
        while time.monotonic() < until:
            text = TEXT.format(number=done % 28 + 1, dead=done + 2)
            report = make_report(text, codebook, id=f"{name}-{done}", published="2021-03-31")
            coded = code(report, codebook)
            ledger.add(coded)
            kept.write(f"report {report.report_id}\n")
            by = judging.By(name, judging.now())
            made = judging.confirm(ledger, coded.statements[0].statement_id, by)
            kept.write(f"judgement {made.judgement_id}\n")
            if done % 5 == 4:
                judging.undo(ledger, made.judgement_id, judging.now())
                kept.write(f"withdrawn {made.judgement_id}\n")
            if name == "w0" and done % 20 == 19:
                pipeline.link(ledger, codebook)
            kept.flush()
            done += 1
    return done


def read(ledger: Ledger, until: float) -> int:
    """Reads until the time is over; what was seen once is never gone."""
    done, reports, judgements = 0, 0, 0
    while time.monotonic() < until:
        found = sum(1 for _ in ledger.coded_reports())
        made = len(ledger.judgements())
        if found < reports or made < judgements:
            raise SystemExit(
                f"there were {reports} reports and {judgements} judgements, now {found} and {made}"
            )
        reports, judgements = found, made
        for incident in ledger.incidents():
            ledger.incident(incident.incident_id)
        list(ledger.search("market herat", most=3))
        ledger.attached()
        done += 1
    return done


def lost(ledger: Ledger, folder: Path) -> list[str]:
    """What was kept by a writer's account and is not there."""
    reports = {one.report.report_id for one in ledger.coded_reports()}
    judgements = {one.judgement_id: one for one in ledger.judgements()}
    gone = []
    for path in sorted(folder.glob("*.kept")):
        for line in path.read_text().splitlines():
            kind, one = line.split()
            there = one in (reports if kind == "report" else judgements)
            if not there or (kind == "withdrawn" and judgements[one].withdrawn_on is None):
                gone.append(line)
    return gone


def main() -> None:
    """Starts the five, waits, and looks at what is there."""
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", type=Path)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--role", help=argparse.SUPPRESS)
    given = asked.parse_args()
    path = given.folder / "shared.db"
    if given.role:
        until = time.monotonic() + given.seconds
        with open_ledger(path) as ledger:
            writes = given.role.startswith("w")
            done = write(ledger, given.role, until, given.folder) if writes else read(ledger, until)
        print(f"{given.role}: {done} rounds")
        return
    given.folder.mkdir(parents=True)
    open_ledger(path, create=True).close()
    line = [sys.executable, __file__, str(given.folder), "--seconds", str(given.seconds), "--role"]
    started = [subprocess.Popen([*line, role]) for role in ("w0", "w1", "r0", "r1", "r2")]
    failed = [one.args[-1] for one in started if one.wait()]  # type: ignore[index]
    with open_ledger(path) as ledger:
        gone, faults = lost(ledger, given.folder), ledger.check().faults
        number = sum(1 for _ in ledger.coded_reports())
    print(
        f"{number} reports; failed: {failed or 'none'}; lost: {gone or 'nothing'}; faults: {faults or 'none'}"
    )
    sys.exit(1 if failed or gone or faults else 0)


if __name__ == "__main__":
    main()
