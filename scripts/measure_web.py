"""Times of the pages of ``sayso serve`` over many incidents, and of twenty readers while reports are read.

    python scripts/measure_web.py [NUMBER]

Reads the example reports into a ledger, multiplies their incidents to NUMBER (100,000 if none is given) over
thirty years and all places of the gazetteer that comes with sayso, serves them, and prints rows for
docs/measurements.md: server times of pages asked for one after the other, with filters drawn at random from a
fixed seed, and what of it is the server's processor time; when Chromium first paints the first page; then
times of twenty readers at once while another process reads reports into the same ledger.
"""

import http.client
import os
import random
import shutil
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

from playwright.sync_api import sync_playwright

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
        raise RuntimeError(f"{path}: {answer.status}")
    return taken


def busy(process_id: int) -> float:
    """Seconds that a process has had of the processors so far; Linux only."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def row(name: str, seconds: list[float], server: float | None = None) -> None:
    """One row of the table; ``server`` is how long the server worked for all of these pages."""
    ordered = sorted(seconds)
    figures = (statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])
    each = "" if server is None else f"{server / len(ordered) * 1000:.0f}"
    cells = " | ".join(f"{one * 1000:.0f}" for one in figures)
    sys.stdout.write(f"| {name} | {len(ordered)} | {cells} | {each} |\n")
    sys.stdout.flush()


def one_by_one(name: str, server_id: int, paths: list[str]) -> None:
    """A row of pages that are asked for one after the other."""
    before = busy(server_id)
    seconds = [timed(path) for path in paths]
    row(name, seconds, busy(server_id) - before)


def first_paints(times: int) -> list[float]:
    """Seconds until a new browser first paints anything of the first page."""
    seconds = []
    with sync_playwright() as library:
        browser = library.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(times):
            page = browser.new_context().new_page()
            page.goto(f"http://127.0.0.1:{PORT}/")
            painted = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
            seconds.append(page.wait_for_function(painted).json_value() / 1000)
            page.context.close()
        browser.close()
    return seconds


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
        measure(ledger)


def measure(ledger: Path) -> None:
    """Serves the ledger and prints the table; reports are read into it at the end."""
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
        sys.stdout.write("| pages | asked | median ms | 95 % ms | longest ms | processor ms each |\n")
        sys.stdout.write("|---|---|---|---|---|---|\n")
        for name, paths in (
            ("filtered overview", list(questions())),
            ("overview of all", ["/"] * 10),
            ("places of the map, filtered", [f"/map.json{path[1:]}" for path in questions()]),
            ("places of the map, all", ["/map.json"] * 5),
            ("one incident", [f"/incident/{at * 97:020x}" for at in range(50)]),
            ("actors", ["/actors"] * 5),
            ("an actor", ["/actor?key=taliban"] * 5),
            ("review", ["/review"] * 5),
            ("sources", ["/sources"] * 5),
        ):
            one_by_one(name, serving.pid, paths)
        row("first paint of the overview", first_paints(5))
        crowd(ledger)
    finally:
        serving.terminate()
        serving.wait(20)


def crowd(ledger: Path) -> None:
    """Twenty readers for twenty seconds, while reports go into the same ledger."""
    more = ledger.with_name("more")
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
