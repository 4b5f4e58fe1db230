"""Times of the pages of ``sayso serve`` over many incidents, and of twenty readers while reports are read.

    python scripts/measure_web.py [NUMBER]

Reads the example reports into a ledger, multiplies their incidents to NUMBER (100,000 if none is given) over
thirty years and all places of the gazetteer that comes with sayso, serves them, and prints rows for
docs/measurements.md: server times of pages asked for one after the other, with filters drawn at random from a
fixed seed; then of twenty readers at once while another process reads reports into the same ledger.
"""

import http.client
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from sayso.ledger import open_ledger
from sayso.model import Date, Incident, Place
from sayso.places import gazetteer

ROOT = Path(__file__).parents[1]
SAYSO = [sys.executable, "-m", "sayso.cli"]
PORT = 8971
ASKED = 120
READERS = 20


def many(examples: list[Incident], number: int) -> Iterator[Incident]:
    """Copies of incidents, each with ids, a day and a town of its own; their statements stay."""
    chance = random.Random(11)  # noqa: S311 - no secret
    towns = [
        one
        for entries in list(gazetteer().named.values())[:60_000:7]
        for one in entries
        if one.kind == "town" and one.lat is not None
    ]
    first = date(1994, 1, 1)
    for copy in range(number):
        one = examples[copy % len(examples)]
        incident_id = f"{copy:020x}"
        town = chance.choice(towns)
        day = (first + timedelta(days=chance.randrange(11_000))).isoformat()
        place = Place(town.name, town.name, town.admin1, town.country, None, town.lat, town.lon, "town")
        yield replace(
            one,
            incident_id=incident_id,
            title=f"{one.sub_event_type} in {town.name}, {day}",
            part_of=None,
            date=Date(day, day, "day", day),
            place=place,
            places=(place,),
            mentions=tuple(
                replace(mention, mention_id=f"{copy:014x}{at:06x}") for at, mention in enumerate(one.mentions)
            ),
        )


def questions() -> Iterator[str]:
    """Filtered overviews, the same on every run."""
    chance = random.Random(7)  # noqa: S311
    countries = ("AFG", "SYR", "IRQ", "NGA", "UKR", "COL", "MMR", "SOM", "YEM", "FRA")
    kinds = ("Armed clash", "Suicide bomb", "Battles", "Explosions/Remote violence", "Attack")
    for _ in range(ASKED):
        year = chance.randrange(1994, 2024)
        asked = {
            "country": chance.choice(countries),
            "type": chance.choice(kinds),
            "since": str(year),
            "until": str(year + chance.randrange(0, 10)),
            "status": chance.choice(("claimed", "accused_denied", "unknown")),
            "actor": chance.choice(("Taliban", "al-shabaab", "Islamic State")),
            "disputed": chance.choice(("yes", "killed")),
            "q": chance.choice(("rockets", "police denied", "market")),
        }
        kept = chance.sample(sorted(asked), chance.randrange(1, 4))
        yield "/?" + urlencode({key: asked[key] for key in kept})


def timed(path: str) -> float:
    """Seconds until the last byte of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    taken = time.perf_counter() - began
    connection.close()
    if answer.status != 200:
        sys.exit(f"{path}: {answer.status}")
    return taken


def row(name: str, seconds: list[float]) -> None:
    """One row of the table."""
    ordered = sorted(seconds)
    at95 = ordered[int(len(ordered) * 0.95)]
    sys.stdout.write(
        f"| {name} | {len(ordered)} | {statistics.median(ordered) * 1000:.0f} | {at95 * 1000:.0f} | "
        f"{ordered[-1] * 1000:.0f} |\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Makes the ledger, serves it, prints the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    reports = str(ROOT / "examples" / "reports")
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "sayso.db"
        subprocess.run([*SAYSO, "read", reports, "--ledger", str(ledger)], check=True, capture_output=True)  # noqa: S603
        with open_ledger(ledger) as book:
            began = time.perf_counter()
            book.replace_views(book.lineages(), list(many(book.incidents(), number)))
            sys.stderr.write(f"views written in {time.perf_counter() - began:.0f} s\n")
        serving = subprocess.Popen([*SAYSO, "serve", "--ledger", str(ledger), "--port", str(PORT)])  # noqa: S603
        try:
            for _ in range(200):
                time.sleep(0.2)
                try:
                    timed("/static/icon.svg")
                    break
                except OSError:
                    continue
            sys.stderr.write(f"first page {timed('/'):.2f} s\n")
            sys.stdout.write("| pages | asked | median ms | 95 % ms | longest ms |\n|---|---|---|---|---|\n")
            row("filtered overview", [timed(path) for path in questions()])
            row("overview of all", [timed("/") for _ in range(10)])
            row("places of the map, filtered", [timed(f"/map.json{path[1:]}") for path in questions()])
            row("places of the map, all", [timed("/map.json") for _ in range(5)])
            row("one incident", [timed(f"/incident/{at * 97:020x}") for at in range(50)])
            row("actors", [timed("/actors") for _ in range(5)])
            row("an actor", [timed("/actor?key=taliban") for _ in range(5)])
            row("review", [timed("/review") for _ in range(5)])
            row("sources", [timed("/sources") for _ in range(5)])
            crowd(folder, ledger)
        finally:
            serving.terminate()
            serving.wait(20)


def crowd(folder: str, ledger: Path) -> None:
    """Twenty readers for twenty seconds, while reports go into the same ledger."""
    more = Path(folder) / "more"
    more.mkdir()
    for at in range(200):
        text = (ROOT / "examples" / "reports" / "01_charikar_rockets.txt").read_text("utf-8")
        (more / f"{at}.txt").write_text(f"{text}\nPrinted in edition {at}.\n", "utf-8")
    writing = subprocess.Popen(  # noqa: S603
        [*SAYSO, "read", str(more), "--ledger", str(ledger)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    seconds: list[float] = []
    until = time.monotonic() + 20
    paths = [*questions(), *(f"/incident/{at * 89:020x}" for at in range(60))]

    def reader(seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311
        while time.monotonic() < until:
            seconds.append(timed(chance.choice(paths)))
            time.sleep(chance.uniform(0.5, 3))  # a page is looked at

    threads = [threading.Thread(target=reader, args=(seed,)) for seed in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row("twenty readers while reports are read", seconds)
    writing.terminate()
    writing.wait(30)


if __name__ == "__main__":
    main()
