"""Measures what docs/measurements.md tells, and prints it as the tables that stand there.

    scores    incidents and attributions found in reports that people coded by hand (needs --eval)
    quotes    whether every quote of every set is the words of its report (needs --eval)
    orders    whether order, batches and processes change a byte (with --eval on more reports)
    speed     reports per second, with one process and with two; words per second of the rooms for times,
              places and actors
    mutations   whether broken inputs of all formats (as many as --turns) are each read or named, and how fast
    languages   which reports are told to be in English, in another language, in none (needs --eval)
    regions   lines of pages and reports labelled rightly, dates and publishers found (with --eval also the
              real reports that people labelled)
    times       time expressions found as people marked them, and words per second (needs --eval)
    actors    names of actors to identities, in the open half of the gold; with --eval names found in sets of
              reports too
    muc4      terrorist incidents, who, whom, what with, by MUC-4's definition and scorer, with the codebook
              of that name (needs --eval)
    metamorphic   whether the coding follows reports with other names, towns, dates, numbers or print: the
              examples and the cases of the tests, or with --gold the reports of a file

--eval names the folder with the sets of reports, each a folder with JSON Lines, and with the scorers
score_incidents.py and score_timex.py. Most of these texts may be measured with and not be passed on: they are
no part of this project.
"""

import argparse
import csv
import hashlib
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from sayso import pipeline, reports
from sayso.codebook import load
from sayso.exports import jsonl
from sayso.ledger import open_ledger
from sayso.model import Report
from sayso.settings import Settings

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "reports"
SAYSO = (sys.executable, "-m", "sayso.cli")
CODED_BY_HAND = ("reports", "modern")


def main() -> None:
    """Measure one thing and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=sorted(MEASURES))
    parser.add_argument("--eval", type=Path, metavar="FOLDER", help="where the sets of reports are")
    parser.add_argument("--turns", type=int, default=30, help="how often, for orders (default 30)")
    parser.add_argument("--gold", type=Path, metavar="FILE.jsonl", help="reports for metamorphic")
    parser.add_argument(
        "--failures", type=int, default=0, metavar="N", help="show the first N, for metamorphic and actors"
    )
    arguments = parser.parse_args()
    if arguments.what in ("scores", "quotes", "languages", "times", "muc4") and arguments.eval is None:
        parser.error(f"{arguments.what} needs --eval FOLDER")
    with tempfile.TemporaryDirectory() as folder:
        for line in MEASURES[arguments.what](arguments, Path(folder)):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def run(*line: str | Path) -> str:
    """What a command prints; the end of the measurement where it fails for another reason than bad inputs."""
    done = subprocess.run([str(part) for part in line], capture_output=True, check=False)  # noqa: S603
    if done.returncode > 1:
        sys.exit(f"{' '.join(map(str, line))} ended with {done.returncode}:\n{done.stderr.decode()}")
    return done.stdout.decode()


def table(*cells: object) -> str:
    """One row of a table in Markdown."""
    return f"| {' | '.join(map(str, cells))} |"


# ---- scores -----------------------------------------------------------------------------------------


def scores(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    """What is found of what people found, and what is found that they did not."""
    yield table("set", "reports", "what", "found", "of", "spurious")
    yield table(*["---"] * 6)
    for name in CODED_BY_HAND:
        found = _scored(arguments.eval, name, folder)
        figures = {
            "incidents": found["detection"]["all"],
            "incidents, background left out": found["detection"]["foreground"],
            "attributions": found["attributions"]["end_to_end"],
            "claims and denials": found["attributions"]["claims_and_denials_end_to_end"],
            "perpetrators by name": found["perpetrators_by_name"]["end_to_end"],
        }
        number = sum(1 for _ in (arguments.eval / name / "gold.jsonl").open())
        for what, figure in figures.items():
            yield table(name, number, what, figure["tp"], figure["tp"] + figure["fn"], figure["fp"])
        for what in ("sub_event_type", "date_overlap_tight", "place", "killed_exact", "attribution_status"):
            field = found["fields"][what]
            right = round((field["value"] or 0) * field["n"])
            yield table(name, number, f"{what}, of the incidents found", right, field["n"], "")


def _scored(sets: Path, name: str, folder: Path) -> dict[str, Any]:
    coded, result = folder / f"{name}.jsonl", folder / f"{name}.json"
    coded.write_text(run(*SAYSO, "code", sets / name / "reports.jsonl"))
    run(sys.executable, sets / "score_incidents.py", sets / name / "gold.jsonl", coded, "--json", result)
    found: dict[str, Any] = json.loads(result.read_text())
    return found


# ---- MUC-4 ------------------------------------------------------------------------------------------


def muc4(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    """The development reports of MUC-4, as its papers score them; in percent."""
    sets: Path = arguments.eval
    gold, coded, predicted = sets / "muc4" / "dev.jsonl", folder / "coded.jsonl", folder / "predicted.jsonl"
    jobs = str(os.cpu_count() or 1)
    coded.write_text(run(*SAYSO, "code", gold, "--codebook", "muc4", "--jobs", jobs))
    predicted.write_text(run(sys.executable, sets / "muc4_from_coded.py", coded))
    yield table("what", "P", "R", "F1", "right", "told", "in the key")
    yield table(*["---"] * 7)
    for victims in ("names", "all"):
        result = folder / f"{victims}.json"
        scorer = (sys.executable, sets / "score_muc4.py", "--gold", gold, "--pred", predicted)
        run(*scorer, "--victims", victims, "--json", result)
        found = json.loads(result.read_text())
        shown = {
            "article holds an incident": found["detection"],
            **{f"fillers per article, {role}": figure for role, figure in found["ceaf_ree"].items()},
            "fillers per incident, micro_avg": found["template"]["micro_avg"],
            "organisation with confidence": found["slots"]["org_and_confidence"],
        }
        if victims == "all":
            kept = ("fillers per article, Victim", "fillers per article, micro_avg")
            shown = {
                f"{what}, all victims": shown[what] for what in (*kept, "fillers per incident, micro_avg")
            }
        for what, figure in shown.items():
            shares = (f"{figure[key]:.1f}" for key in ("P", "R", "F1"))
            yield table(what, *shares, figure["right"], figure["predicted"], figure["gold"])
    macro = json.loads((folder / "names.json").read_text())["slots"]["org_confidence"]["macro"]
    yield table("organisation confidence, mean over its values", "", f"{macro:.1f}", "", "", "", "")


# ---- quotes -----------------------------------------------------------------------------------------


def quotes(arguments: argparse.Namespace, _: Path) -> Iterator[str]:
    """Every quote against the text of its report."""
    yield table("set", "reports", "incidents", "quotes", "that differ", "ids that lead nowhere")
    yield table(*["---"] * 6)
    total = [0] * 5
    for path in sorted(arguments.eval.glob("*/*.jsonl")):
        texts = _texts(path)
        if not texts:
            continue
        found = _checked(path, texts)
        total = [one + other for one, other in zip(total, found, strict=True)]
        yield table(f"{path.parent.name}/{path.name}", *found)
    yield table("all", *total)


def _texts(path: Path) -> list[str]:
    """The texts of a set in order; empty where the file is no set of reports."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return [record["text"] for record in records if isinstance(record.get("text"), str)]


def _checked(path: Path, texts: list[str]) -> tuple[int, int, int, int, int]:
    from sayso.model import text_id_of  # noqa: PLC0415 - the help must work without sayso

    by_id = {text_id_of(text): text for text in texts}
    reports = incidents = checked = wrong = nowhere = 0
    for line in run(*SAYSO, "code", path, "--jobs", str(os.cpu_count() or 1)).splitlines():
        record = json.loads(line)
        text = by_id[record["text_id"]]
        reports += 1
        incidents += len(record["incidents"])
        for quote in _quotes(record):
            checked += 1
            wrong += text[quote["start"] : quote["end"]] != quote["text"]
        for incident in record["incidents"]:
            known = {statement["statement_id"] for statement in incident["statements"]}
            nowhere += sum(one not in known for ids in incident["basis"].values() for one in ids)
    return reports, incidents, checked, wrong, nowhere


def _quotes(record: Any) -> Iterator[dict[str, Any]]:
    if isinstance(record, dict):
        if record.keys() == {"report_id", "start", "end", "text"}:
            yield record
        record = list(record.values())
    if isinstance(record, list):
        for part in record:
            yield from _quotes(part)


# ---- orders -----------------------------------------------------------------------------------------


def orders(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    """The same reports in other orders, batches and numbers of processes."""
    paths = sorted(EXAMPLES.iterdir())
    if arguments.eval is not None:
        paths += [arguments.eval / name / "reports.jsonl" for name in CODED_BY_HAND]
    whole = _read(folder / "whole.db", paths)
    same = 0
    for turn in range(arguments.turns):
        chance = random.Random(turn)  # noqa: S311
        shuffled, number = chance.sample(paths, len(paths)), chance.randint(1, 6)
        ledger = folder / f"{turn}.db"
        for start in range(number):
            exported = _read(ledger, shuffled[start::number], jobs=chance.choice((1, 2, 3)))
        same += exported == whole
    yield f"{same} of {arguments.turns} readings in other orders, batches and processes gave the same bytes"
    if arguments.eval is not None:
        yield _every_order(arguments.eval / CODED_BY_HAND[0] / "reports.jsonl", folder)


def _every_order(file: Path, folder: Path) -> str:
    """The reports of a file in every order, in one batch to as many as there are reports."""
    paths = []
    for number, line in enumerate(file.read_text("utf-8").splitlines()):
        paths.append(folder / f"{number}.jsonl")
        paths[-1].write_text(line + "\n", "utf-8")
    exports: Counter[str] = Counter()
    for turn, order in enumerate(itertools.permutations(paths)):
        batches, jobs = turn % len(paths) + 1, 1 if turn % 12 else 2
        with open_ledger(folder / f"order{turn}.db", create=True) as ledger:
            for start in range(batches):
                chosen = [str(path) for path in order[start::batches]]
                inputs = pipeline.Inputs(chosen, "default", Settings(), date(2026, 1, 1), jobs)
                pipeline.read(inputs, ledger, lambda _: None)
            exports["\n".join(jsonl.lines(ledger.incidents()))] += 1
    told = f"{exports.total()} orders of {len(paths)} reports, in 1 to {len(paths)} batches"
    return f"{told}, with one process and with two: {len(exports)} different exports"


def _read(ledger: Path, paths: list[Path], *, jobs: int = 1) -> str:
    run(*SAYSO, "read", *paths, "--ledger", ledger, "--jobs", str(jobs))
    return run(*SAYSO, "export", "--ledger", ledger)


# ---- speed ------------------------------------------------------------------------------------------


def speed(_: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Reports coded per second: the examples over and over, each time with another first line."""
    texts = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    number = 40 * len(texts)
    with (folder / "many.jsonl").open("w") as file:
        for turn in range(number):
            text = f"Edition {turn}\n\n{texts[turn % len(texts)]}"
            file.write(json.dumps({"id": str(turn), "text": text}) + "\n")
    rates = []
    for jobs in (1, 2):
        began = time.monotonic()
        run(*SAYSO, "code", folder / "many.jsonl", "--jobs", str(jobs))
        rates.append(number / (time.monotonic() - began))
    characters = sum(map(len, texts)) // len(texts)
    yield f"{number} reports of {characters} characters on average, {os.cpu_count()} processors"
    yield f"{rates[0]:.0f} reports per second with one process"
    yield f"{rates[1]:.0f} reports per second with two: {rates[1] / rates[0]:.2f} times as many"
    gold = (ROOT / "tests" / "gold" / "open.jsonl").read_text("utf-8").splitlines()
    yield from _rooms_speed([_reading(json.loads(line)) for line in gold])


def _rooms_speed(readings: list[Any]) -> Iterator[str]:
    """Words per second of the processor's own time in which each room finds what it looks for."""
    from sayso import actors as names  # noqa: PLC0415 - the help must work without sayso
    from sayso import places  # noqa: PLC0415
    from sayso import times as days  # noqa: PLC0415

    codebook, known = load(), places.gazetteer()
    seconds: Counter[str] = Counter()
    for one in readings:
        report, spans = one.report, [sentence.span for sentence in one.sentences]
        countries = [
            ((name.start, name.end), name.place.country) for name in one.places if name.place.country
        ]
        clock = [time.process_time()]
        days.find(report.text, spans, report.published, codebook)
        clock.append(time.process_time())
        places.find(report.text, spans, known, codebook)
        clock.append(time.process_time())
        names.find(report.text, one.sentences, countries, codebook, names.About(report.published))
        clock.append(time.process_time())
        for room, (begun, ended) in zip(
            ("times", "places", "actors"), itertools.pairwise(clock), strict=True
        ):
            seconds[room] += ended - begun
    words = sum(len(one.report.text.split()) for one in readings)
    for room, took in (*seconds.items(), ("the three together", seconds.total())):
        yield f"{room}: {words / took:.0f} words per second with one process, sentences given"


# ---- times ------------------------------------------------------------------------------------------

TIMED = ("timex_meantime", "timex_tbaq", "timex_tbaq, reports of conflict")


def times(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Expressions that overlap one marked by people, with its type, its value, or the days of its value."""
    yield table("set", "reports", "expressions", "relaxed F1", "type F1", "value F1", "day F1")
    yield table(*["---"] * 7)
    for name in TIMED:
        gold = _timed(arguments.eval, name, folder)
        found = folder / "found.jsonl"
        found.write_text(run(*SAYSO, "find", "times", gold))
        scorer = arguments.eval / "score_timex.py"
        result = json.loads(run(sys.executable, scorer, gold, found, "--drop-dct"))
        figures = (result[what]["f1"] for what in ("relaxed", "type", "value", "day"))
        yield table(name, len(_texts(gold)), result["gold"], *figures)
    words, seconds = _timed_words(
        [text for name in TIMED[:2] for text in _texts(arguments.eval / name / "dev.jsonl")]
    )
    yield f"{words} words, {words / seconds:.0f} words per second on one processor, sentences given"


def _timed(sets: Path, name: str, folder: Path) -> Path:
    """The gold of a set, or of the part of it that stands after its name."""
    of_set, _, part = name.partition(", ")
    whole = sets / of_set / "dev.jsonl"
    if not part:
        return whole
    chosen = set((sets / of_set / "conflict_docids.txt").read_text("utf-8").split())
    lines = [line for line in whole.read_text("utf-8").splitlines() if json.loads(line)["docid"] in chosen]
    (folder / "part.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return folder / "part.jsonl"


def _timed_words(texts: list[str]) -> tuple[int, float]:
    """The number of words, and the seconds of processor time in which their times are found."""
    from sayso import times as room  # noqa: PLC0415 - the help must work without sayso
    from sayso.codebook import load  # noqa: PLC0415
    from sayso.language import split  # noqa: PLC0415

    codebook = load()
    abbreviations = frozenset(codebook.lexicon.abbreviations)
    sentences = [[one.span for one in split(text, [(0, len(text))], abbreviations)] for text in texts]
    room.find_all(texts[0], sentences[0], "2020-11-21", codebook)  # what is made once
    began = time.process_time()
    for text, spans in zip(texts, sentences, strict=True):
        room.find_all(text, spans, "2020-11-21", codebook)
    return sum(len(text.split()) for text in texts), time.process_time() - began


# ---- metamorphic ------------------------------------------------------------------------------------


def metamorphic(arguments: argparse.Namespace, _: Path) -> Iterator[str]:
    """How often the coding of a changed report is the changed coding, by kind of change."""
    from sayso.evaluate.metamorphic import outcomes, tallies  # noqa: PLC0415 - the help must work without sayso

    found = list(outcomes(_sources(arguments.gold), seed=1))
    yield table(
        "change", "hold", "of", "share", "reach what is compared: hold", "of", "nothing to change", "left out"
    )
    yield table(*["---"] * 8)
    for one in tallies(found):
        share = "" if one.share is None else f"{one.share:.2f}"
        reached = (one.reached_hold, one.reached)
        yield table(one.kind, one.hold, one.cases, share, *reached, one.nothing, sum(one.left_out.values()))
    for one in tallies(found)[:-1]:
        for reason, number in one.left_out.items():
            yield f"\nLeft out of {one.kind}, {number}: {reason}."
    for failed in [one for one in found if one.differs][: arguments.failures]:
        yield f"\n{failed.name}, {failed.kind}"
        yield from (f"  {what}" for what in failed.differs)


def _sources(gold: Path | None) -> Iterator[Any]:
    """The reports of a file; without one the examples and the cases in English."""
    from sayso.evaluate.changes import Source  # noqa: PLC0415

    if gold is not None:
        for number, line in enumerate(gold.read_text("utf-8").splitlines(), start=1):
            record = json.loads(line)
            yield Source(str(record.get("id", number)), record["text"], record.get("published"))
        return
    for path in sorted(EXAMPLES.glob("*.txt")):
        yield Source(path.stem, path.read_text("utf-8"), None)
    for path in sorted((ROOT / "tests" / "cases" / "en").glob("*.txt")):
        head, _, rest = path.read_text("utf-8").partition("\n")
        text = rest.partition("# expect\n")[0].partition("# forbid\n")[0]
        yield Source(path.stem, text, head.removeprefix("published: "))


# ---- languages --------------------------------------------------------------------------------------

_IN_ENGLISH = ("reports/reports.jsonl", "modern/reports.jsonl", "muc4/dev.jsonl")


def languages(arguments: argparse.Namespace, _: Path) -> Iterator[str]:
    """What is told of reports that are all in English, and of the same news in other languages."""
    codebook = load()
    sets = {name: _texts(arguments.eval / name) for name in _IN_ENGLISH}
    gold = (ROOT / "tests" / "gold" / "open.jsonl").read_text("utf-8").splitlines()
    sets["gold, open half"] = [json.loads(line)["text"] for line in gold]
    found = reports.read([str(EXAMPLES)], codebook, Settings())
    sets["examples"] = [one.text for one in found if isinstance(one, Report)]
    tongues = (ROOT / "tests" / "reports" / "tongues.yaml").read_text("utf-8")
    sets["other languages"] = list(yaml.safe_load(tongues).values())
    yield table("set", "reports", "told to be in English", "in another language", "too short to tell")
    yield table(*["---"] * 5)
    for name, texts in sets.items():
        told = Counter(reports.make_report(text, codebook).language for text in texts)
        others = len(texts) - told["en"] - told[None]
        yield table(name, len(texts), told["en"], others, told[None])


# ---- mutations --------------------------------------------------------------------------------------

_BATCH = 250


def mutations(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Broken inputs, some hundreds at a time: what came of each, and the longest that one took."""
    sys.path.insert(0, str(ROOT))
    from tests.reports.making import mutated  # noqa: PLC0415

    codebook = load()
    yield table("inputs", "read", "named as not read", "neither", "longest, in seconds")
    yield table(*["---"] * 5)
    for seed, first in enumerate(range(0, arguments.turns, _BATCH)):
        here = folder / str(seed)
        here.mkdir()
        names = set()
        for name, data in mutated(min(_BATCH, arguments.turns - first), seed):
            (here / name).write_bytes(data)
            names.add(str(here / name))
        outcome: dict[str, bool] = {}
        longest, last = 0.0, time.monotonic()
        for one in reports.read([str(here)], codebook, Settings()):
            path = one.path or ""
            if path not in outcome:
                longest, last = max(longest, time.monotonic() - last), time.monotonic()
            outcome[path] = outcome.get(path, False) or isinstance(one, Report)
        read = sum(outcome.values())
        yield table(len(names), read, len(outcome) - read, len(names - outcome.keys()), f"{longest:.1f}")


# ---- regions ----------------------------------------------------------------------------------------

PAGES = ROOT / "tests" / "pages"
REPORTING = {"title", "body", "caption", "quotation", "correction"}


def regions(arguments: argparse.Namespace, _: Path) -> Iterator[str]:
    """Labels of lines against those of people, and what the pages tell of themselves.

    The pages are halved by the digest of their names: the rules were worked on with the first half in view.
    Those written later were counted once before the rules were worked on with them, too. Pages with markup
    are taken twice: by the reader, and as the text alone that they show.
    """
    yield table("pages", "number", "lines", "right", "reporting lines", "lost", "other lines", "taken for it")
    yield table(*["---"] * 8)
    told: list[str] = []
    for name, cases in _labelled(arguments.eval):
        lines: Counter[str] = Counter()
        facts: Counter[str] = Counter()
        for report, starts, labels, gold in cases:
            lines += _lines_right(report, starts, labels)
            facts += _facts_found(report, gold)
        right = f"{lines['right']} ({lines['right'] / lines['all']:.3f})"
        lost = f"{lines['lost']} ({lines['lost'] / lines['reporting']:.3f})"
        other = lines["all"] - lines["reporting"]
        yield table(name, len(cases), lines["all"], right, lines["reporting"], lost, other, lines["taken"])
        told += [
            table(name, what, facts[what], facts[f"{what}, of"])
            for what in ("published, day", "publisher")
            if facts[f"{what}, of"]
        ]
    yield ""
    yield table("pages", "what", "found", "of those that tell it")
    yield table(*["---"] * 4)
    yield from told


Labelled = tuple[Any, list[int | None], list[str], dict[str, Any]]
"""A report, where each labelled line of it begins (None: nowhere), its label, and the row of the gold."""


def _labelled(sets: Path | None) -> Iterator[tuple[str, list[Labelled]]]:
    halves: dict[str, list[Labelled]] = {}
    for line in (PAGES / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        data = (PAGES / gold["file"]).read_bytes()
        seen = int(hashlib.sha256(gold["file"].encode()).hexdigest()[0], 16) % 2 == 0
        half = "written later" if gold["file"].startswith("later/") else "in view" if seen else "unseen"
        if "blocks" in gold:
            halves.setdefault(f"pages with markup, {half}", []).append(_read_page(data, gold))
            halves.setdefault(f"their text alone, {half}", []).append(_shown(data, gold))
        else:
            halves.setdefault(f"flat texts, {half}", []).append(_flat(data.decode("utf-8", "replace"), gold))
    yield from sorted(halves.items())
    if sets is not None:
        yield "real reports, in view", list(_real(sets))


def _read_page(data: bytes, gold: dict[str, Any]) -> Labelled:
    """A page as its reader takes it: each block of the gold is sought after the one before it."""
    from sayso.codebook import load  # noqa: PLC0415
    from sayso.reports import make_report  # noqa: PLC0415
    from sayso.reports.readers.html import read  # noqa: PLC0415

    document = read(data, Settings().max_report_characters)
    starts: list[int | None] = []
    at = 0
    for block in gold["blocks"]:
        words = r"\s*".join(re.escape(char) for char in "".join(block["text"].split()))
        found = re.compile(words).search(document.text, at)
        starts.append(found.start() if found else None)
        at = found.end() if found else at
    labels = [block["kind"] for block in gold["blocks"]]
    return make_report(document.text, load(), document=document), starts, labels, gold


def _shown(data: bytes, gold: dict[str, Any]) -> Labelled:
    """The text alone that a page shows."""
    sys.path.insert(0, str(PAGES))
    from visible import visible_blocks  # type: ignore[import-not-found]  # noqa: PLC0415

    text = "\n\n".join(visible_blocks(data.decode("utf-8", "replace")))
    return _flat(text, {**gold, "lines": [block["kind"] for block in gold["blocks"]]})


def _flat(text: str, gold: dict[str, Any]) -> Labelled:
    starts: list[int | None] = [
        line.start() + len(line[0]) - len(line[0].lstrip()) for line in re.finditer(r"[^\n]*\S[^\n]*", text)
    ]
    return _report_of(text), starts, gold["lines"], gold


def _real(sets: Path) -> Iterator[Labelled]:
    texts = {}
    for name in CODED_BY_HAND:
        for text in _texts(sets / name / "reports.jsonl"):
            texts[hashlib.sha256(text.encode()).hexdigest()] = text
    for line in (PAGES / "real_lines.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        if gold["text_sha256"] in texts:
            yield _flat(texts[gold["text_sha256"]], gold)


def _report_of(text: str) -> Any:
    from sayso.codebook import load  # noqa: PLC0415
    from sayso.reports import make_report  # noqa: PLC0415

    return make_report(text, load())


def _lines_right(report: Any, starts: list[int | None], labels: list[str]) -> Counter[str]:
    count: Counter[str] = Counter()
    for start, label in zip(starts, labels, strict=True):
        its = (one.kind for one in report.regions if start is not None and one.start <= start < one.end)
        kind = next(its, None)
        count["all"] += 1
        count["right"] += kind == label
        count["reporting"] += label in REPORTING
        count["lost"] += label in REPORTING and kind not in REPORTING
        count["taken"] += label not in REPORTING and kind in REPORTING
    return count


def _facts_found(report: Any, gold: dict[str, Any]) -> Counter[str]:
    from sayso.codebook import load  # noqa: PLC0415
    from sayso.language import view  # noqa: PLC0415
    from sayso.reports.page import page_of  # noqa: PLC0415

    count = Counter[str]()
    if gold.get("published"):
        count["published, day, of"] += 1
        count["published, day"] += (report.published or "")[:10] == gold["published"][:10]
    if gold.get("publisher"):
        page = page_of(load())
        wanted = page.outlets.get(view(gold["publisher"]), gold["publisher"])
        forms = {view(wanted), *(form for form, outlet in page.outlets.items() if outlet == wanted)}
        forms |= {form for form, outlet in page.bylines.items() if outlet == wanted}
        forms.add("".join(filter(str.isalnum, view(wanted))))
        shown = "\n".join([view(report.text), view(report.url or ""), view(report.publisher or "")])
        if any(form in shown for form in forms):
            count["publisher, of"] += 1
            plain = [view(name or "").removeprefix("the ") for name in (report.publisher, wanted)]
            count["publisher"] += plain[0] == plain[1]
    return count


# ---- actors -----------------------------------------------------------------------------------------


def actors(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Whether names get the identity that people gave them, and how names in general are found."""
    gold = ROOT / "tests" / "gold"
    texts = {row["id"]: row for row in map(json.loads, (gold / "open.jsonl").read_text("utf-8").splitlines())}
    with (gold / "identities.csv").open(encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    outcomes = [(row, *_identity(texts[row["report"]], row)) for row in wanted]
    counts = Counter(outcome for _, outcome, _ in outcomes)
    yield table("names in reports", "right", "wrong identity", "without identity")
    yield table(*["---"] * 4)
    yield table(len(wanted), *(counts[what] for what in ("right", "wrong", "none")))
    failed = [(row, outcome, got) for row, outcome, got in outcomes if outcome != "right"]
    for row, outcome, got in failed[: arguments.failures]:
        found = ", ".join(got) or "no one"
        yield f"{outcome}: {row['report']} {row['name']!r} is {row['actor_id']}, found {found}"
    if arguments.eval is not None:
        yield from _entities(arguments.eval, folder)


def _identity(record: dict[str, Any], row: dict[str, str]) -> tuple[str, list[str]]:
    """right: the name has the identity somewhere and no other anywhere; wrong: it has another somewhere.

    The identity of a name alone, where nothing told its country, is none.
    """
    allowed = set(row["actor_id"].split("|"))
    reading = _reading(record)
    words = r"\s+".join(map(re.escape, row["name"].split()))
    flags = re.IGNORECASE if record["text"].isupper() else 0
    got: set[str] = set()
    for found in re.finditer(rf"(?<![\w\-]){words}(?![\w\-])", record["text"], flags):
        for name in reading.actors:
            inside = name.name[0] <= found.start() and found.end() <= name.name[1]
            meets = name.start < found.end() and found.start() < name.end
            longer = inside and name.name != found.span() and name.antecedent is None
            if meets and name.actor_id and not (longer and name.actor_id not in allowed):
                got.add(name.actor_id)
    if any(one not in allowed and not _is_open(one, allowed) for one in got):
        return "wrong", sorted(got)
    return ("right" if got & allowed else "none"), sorted(got)


def _is_open(actor_id: str, allowed: set[str]) -> bool:
    """Whether an identity is that of a name alone, its country left open."""
    return any(one.rpartition("-")[0] == actor_id for one in allowed)


MAPS = {
    "re3d": "Organisation=ORG,Location=LOC,Person=PER,Weapon=WEA,MilitaryPlatform=VEH,Vehicle=VEH",
    "wikievents": "GPE=LOC,FAC=LOC",
}


def _entities(sets: Path, folder: Path) -> Iterator[str]:
    """What sayso find names finds in sets with names of organisations, places, persons and weapons."""
    yield table("set", "spans", "found", "precision", "recall", "F1, overlapping spans of one type")
    yield table(*["---"] * 6)
    for name, mapping in MAPS.items():
        gold, given, found = sets / name / "dev.jsonl", folder / f"{name}.jsonl", folder / f"{name}.found"
        with gold.open(encoding="utf-8") as lines, given.open("w", encoding="utf-8") as out:
            for record in map(json.loads, lines):
                out.write(json.dumps({"id": record["docid"], "text": record["text"]}) + "\n")
        found.write_text(run(*SAYSO, "find", "names", given))
        scored = json.loads(
            run(
                *(sys.executable, sets / "score_entities.py", gold, found),
                *("--map", mapping, "--types", "ORG,LOC,PER,WEA"),
            )
        )
        relaxed = scored["relaxed"]
        yield table(name, scored["gold"], scored["pred"], relaxed["p"], relaxed["r"], relaxed["f1"])


def _reading(record: dict[str, Any]) -> Any:
    from sayso.codebook import load  # noqa: PLC0415 - the help must work without sayso
    from sayso.coding.reading import read  # noqa: PLC0415
    from sayso.reports import make_report  # noqa: PLC0415

    codebook = load()
    given = {key: record.get(key) for key in ("title", "published", "publisher")}
    return read(make_report(record["text"], codebook, id=record["id"], **given), codebook)


MEASURES = {
    "actors": actors,
    "scores": scores,
    "quotes": quotes,
    "orders": orders,
    "speed": speed,
    "times": times,
    "metamorphic": metamorphic,
    "muc4": muc4,
    "mutations": mutations,
    "regions": regions,
    "languages": languages,
}

if __name__ == "__main__":
    main()
