"""Seconds and memory of every format of export over many incidents.

    python scripts/measure_exports.py [NUMBER [FORMAT...]]

Reads the example reports into a ledger, multiplies its incidents to NUMBER (100,000 if none is given) in the
file, and runs ``sayso export`` once for each format, each in a process of its own. Prints a row each for
docs/measurements.md: wall-clock seconds, and the most memory that the process held.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sayso.exports.exporting import Format

ROOT = Path(__file__).parents[1]
COPY = """
    INSERT INTO {table} SELECT {columns} FROM {table} WHERE instr(incident_id, '-') = 0
    ORDER BY incident_id LIMIT ?
"""


def multiplied(path: Path, number: int) -> None:
    """Puts copies of the incidents of a ledger beside them, until there are so many, each with its own id."""
    connection = sqlite3.connect(path)
    (there,) = connection.execute("SELECT count(*) FROM incidents").fetchone()
    made, copy = there, 0
    while made < number:
        copy += 1
        new_id = f"incident_id || '-{copy}'"
        changed = {
            "incident_id": new_id,
            "record": f"replace(record, incident_id, {new_id})",
            "listing_id": f"listing_id + {copy * (there + 1)}",
        }
        for table in ("incidents", "listing"):
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            columns = ", ".join(changed.get(name, name) for name in names)
            order = COPY.format(table=table, columns=columns)
            connection.execute(order, [min(there, number - made)])
        made += min(there, number - made)
    connection.commit()
    connection.close()


def measured(command: list[str]) -> tuple[float, float, int]:
    """Wall-clock seconds, those of the processor, and megabytes at most."""
    began = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def main() -> None:
    """Prints the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sayso = [sys.executable, "-m", "sayso.cli"]
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "sayso.db"
        read = [*sayso, "read", str(ROOT / "examples" / "reports"), "--ledger", str(ledger)]
        subprocess.run(read, check=True, capture_output=True)  # noqa: S603 - our own
        multiplied(ledger, number)
        sys.stdout.write(
            "| format | seconds | of the processor | MB of memory | MB of file |\n|---|---|---|---|---|\n"
        )
        for form in sys.argv[2:] or [*Format, "csv --without-private-names"]:
            output = Path(folder) / "out.csv"
            options = ["--ledger", str(ledger), "-o", str(output), "--format", *form.split()]
            seconds, busy, memory = measured([*sayso, "export", *options])
            size = output.stat().st_size // 1_000_000
            sys.stdout.write(f"| {form} | {seconds:.0f} | {busy:.0f} | {memory} | {size} |\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
