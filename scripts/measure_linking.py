"""Seconds and memory of linking many mentions, and of adding some more.

    python scripts/measure_linking.py FOLDER [NUMBER...]

Makes a ledger in FOLDER for each NUMBER of mentions (10,000 and 100,000 if none is given), links it with
one process and with two, adds 100 mentions more and links again. Prints a row each for docs/measurements.md:
wall-clock seconds, those of the processor, and the most memory that the first process held.

The mentions are made by varying codings of real texts: the example reports and the open half of the gold.
Each text is told again as an incident of another day (of five years) in other towns (of the 3,000 with the
most people), by two or three reports, with other tolls; a tenth of these are copies. The words that are not
common are others for each incident, the common ones partly others for each report; all keep their lengths, so
that every quote stands where it stood.
"""

import bisect
import gzip
import hashlib
import itertools
import json
import math
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from sayso import pipeline
from sayso.codebook import load
from sayso.coding import code
from sayso.incidents.wording import shipped
from sayso.ledger import open_ledger
from sayso.model import CodedReport, Count, Date, Place, Quote, Statement, Value, report_id_of, text_id_of
from sayso.pipeline import Inputs
from sayso.reports import make_report
from sayso.settings import Settings

ROOT = Path(__file__).parents[1]
TOWNS, DAYS, MORE = 3000, 5 * 365, 100
OUTLETS = [f"Paper {number}" for number in range(400)]
WORD = re.compile(r"[^\W\d_]{4,}|\d+")


# ---- what the texts are made of -------------------------------------------------------------------


@cache
def common_words() -> dict[int, tuple[list[str], list[float]]]:
    """Length -> words of that length with how often they come, added up."""
    by_length: dict[int, list[tuple[str, float]]] = {}
    for word, weight in sorted(shipped().items()):
        if word.isalpha():
            by_length.setdefault(len(word), []).append((word, math.exp(-weight)))
    return {
        length: ([word for word, _ in its], list(itertools.accumulate(often for _, often in its)))
        for length, its in by_length.items()
    }


@cache
def rare_words() -> dict[int, list[str]]:
    """Length -> names of places, in lower case: words that few texts have."""
    by_length: dict[int, set[str]] = {}
    for row in places():
        for word in WORD.findall(row[0].casefold()):
            if word.isalpha() and word not in shipped():
                by_length.setdefault(len(word), set()).add(word)
    return {length: sorted(words) for length, words in by_length.items()}


@cache
def places() -> list[list[str]]:
    """The rows of the gazetteer that comes with sayso."""
    file = ROOT / "src" / "sayso" / "places" / "data" / "places.tsv.gz"
    return [line.split("\t") for line in gzip.decompress(file.read_bytes()).decode().splitlines()[1:]]


@cache
def towns() -> list[list[str]]:
    """The towns with the most people."""
    rows = [row for row in places() if row[2] == "town" and row[7]]
    return sorted(rows, key=lambda row: -int(row[7]))[:TOWNS]


def originals() -> list[CodedReport]:
    """The texts that are varied, coded."""
    codebook = load()
    inputs = Inputs([str(ROOT / "examples" / "reports")], "default", Settings(), date(2026, 1, 1))
    found = [one for one in pipeline.code_all(inputs) if isinstance(one, CodedReport)]
    for line in (ROOT / "tests" / "gold" / "open.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found.append(
            code(make_report(row["text"], codebook, id=row["id"], published=row["published"]), codebook)
        )
    return [one for one in found if one.mentions and one.report.published]


# ---- varying them ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Story:
    """One incident after another, told by a varied original: days later, where, and with which tolls."""

    seed: str
    shift: timedelta

    def value(self, value: Value | None) -> Value | None:
        """Another value of the same kind; that of an event or a participant stays."""
        if isinstance(value, Place):
            return self.place(value)
        if isinstance(value, Count):
            return self.count(value)
        return self.date(value) if isinstance(value, Date) else value

    def place(self, place: Place) -> Place:
        """Another place of the same precision."""
        if place.name is None or place.lat is None:
            return place
        chance = random.Random(f"{self.seed} {place.name} {place.country}")  # noqa: S311
        name, _, _, admin1, country, lat, lon, _ = chance.choice(towns())
        return replace(
            place, name=name, admin1=admin1 or None, country=country, lat=float(lat), lon=float(lon)
        )

    def count(self, count: Count) -> Count:
        """Another number."""
        if count.best is None or count.imprecise:
            return count
        number = count.best + random.Random(f"{self.seed} {count.best}").randrange(12)  # noqa: S311
        return replace(count, best=number, low=number, high=number if count.high is not None else None)

    def date(self, day: Date) -> Date:
        """So many days later."""
        edtf = day.edtf if day.earliest is None and day.latest is None else None
        return replace(day, earliest=self.day(day.earliest), latest=self.day(day.latest), edtf=edtf)

    def day(self, printed: str | None) -> str | None:
        """So many days later, as printed."""
        if not printed:
            return printed
        return (date.fromisoformat(printed[:10]) + self.shift).isoformat() + printed[10:]

    def text(self, text: str, telling: str) -> str:
        """Other words of the same lengths: rare ones by the incident, common ones by the telling."""
        return WORD.sub(lambda found: self._word(found.group(), telling), text)

    def _word(self, word: str, telling: str) -> str:
        plain = word.casefold()
        if plain.isdigit():
            return "".join(random.Random(f"{self.seed} {plain}").choices("123456789", k=len(plain)))  # noqa: S311
        if plain in shipped():
            chance = random.Random(f"{telling} {plain}")  # noqa: S311
            words, often = common_words()[len(plain)]
            chosen = words[bisect.bisect(often, chance.random() * often[-1], hi=len(words) - 1)]
            chosen = plain if chance.random() < 0.4 else chosen
        else:
            pool = rare_words().get(len(plain)) or [plain]
            chosen = random.Random(f"{self.seed} {plain}").choice(pool)  # noqa: S311
        return chosen.title() if word[0].isupper() else chosen


def told(original: CodedReport, story: Story, telling: str, number: int) -> CodedReport:
    """The original as another report of another incident."""
    chance = random.Random(f"{story.seed} {number}")  # noqa: S311
    before = original.report
    text = story.text(before.text, telling)
    published = (
        (date.fromisoformat(before.published[:10]) + story.shift).isoformat() if before.published else None
    )
    publisher = chance.choice(OUTLETS)
    text_id = text_id_of(text)
    report_id = report_id_of(text_id, f"{story.seed} {number}", None, publisher, published)

    def named(former: str) -> str:
        return hashlib.sha256(f"{report_id} {former}".encode()).hexdigest()[:20]

    def quoted(quote: Quote) -> Quote:
        return replace(quote, report_id=report_id, text=text[quote.start : quote.end])

    def said(statement: Statement) -> Statement:
        return replace(
            statement,
            statement_id=named(statement.statement_id),
            report_id=report_id,
            mention_id=named(statement.mention_id),
            quote=quoted(statement.quote),
            value=story.value(statement.value),
        )

    return replace(
        original,
        report=replace(
            before, report_id=report_id, text_id=text_id, text=text, id=f"{story.seed} {number}", title=None,
            publisher=publisher, published=published, credits=(), version_of=None,
        ),
        mentions=tuple(
            replace(
                one, mention_id=named(one.mention_id), report_id=report_id, cues=tuple(map(quoted, one.cues)),
                part_of=named(one.part_of) if one.part_of else None,
            )
            for one in original.mentions
        ),
        statements=tuple(map(said, original.statements)),
        aggregates=(),
    )  # fmt: skip


def varied(texts: Sequence[CodedReport], lot: str) -> Iterator[CodedReport]:
    """Reports without end, those of one incident after one another."""
    for number in itertools.count():
        chance = random.Random(f"{lot} {number}")  # noqa: S311
        original = chance.choice(texts)
        first = date.fromisoformat((original.report.published or "")[:10])
        day = date(2019, 1, 1) + timedelta(chance.randrange(DAYS))
        story = Story(f"{lot} {number}", day - first)
        for at in range(chance.choice((2, 2, 3))):
            copied = at > 0 and chance.random() < 0.1
            yield told(original, story, f"{lot} {number} {0 if copied else at}", at)


# ---- measuring ------------------------------------------------------------------------------------


def add(ledger: Path, texts: Sequence[CodedReport], number: int, lot: str) -> None:
    """Adds reports with so many mentions."""
    with open_ledger(ledger, create=True) as book:
        for one in varied(texts, lot):
            if number <= 0:
                return
            number -= len(one.mentions)
            book.add(one)


def measured(ledger: Path, jobs: int) -> str:
    """Links in a process of its own: seconds by the clock and of the processor, megabytes at most."""
    began = time.monotonic()
    command = [sys.executable, __file__, "link", str(ledger), str(jobs)]
    process = subprocess.Popen(command)  # noqa: S603 - our own
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    wall, cpu = time.monotonic() - began, used.ru_utime + used.ru_stime
    return f"{jobs} | {wall:.1f} | {cpu:.1f} | {used.ru_maxrss // 1024}"


def main() -> None:
    """Prints the table."""
    if sys.argv[1] == "link":
        with open_ledger(sys.argv[2]) as book:
            pipeline.link(book, load(), int(sys.argv[3]))
        return
    folder = Path(sys.argv[1])
    texts = originals()
    for number in map(int, sys.argv[2:] or ("10000", "100000")):
        made = folder / f"{number}.db"
        add(made, texts, number, "first")
        for jobs in (1, 2):
            ledger = folder / f"{number}-{jobs}.db"
            ledger.write_bytes(made.read_bytes())
            say(f"| {number} | all | {measured(ledger, jobs)} |")
            add(ledger, texts, MORE, "more")
            say(f"| {number} | {MORE} more | {measured(ledger, jobs)} |")


def say(line: str) -> None:
    """Prints a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
