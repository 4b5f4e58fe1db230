"""Fits what linking weighs by.

    python scripts/fit_linking.py lineages PAIRS SCORED

The confidence in a pair of reports. PAIRS are hand-labelled pairs, one a line ({"a", "b", "label"}), SCORED
is what ``sayso lineages --format jsonl`` printed for their reports. Prints the slope and the middle that
stand in sayso/lineage/describe.py.

    python scripts/fit_linking.py words SOURCE...

How many documents have a word: prints words.tsv. A SOURCE is a file, or a folder of such files: a treebank
(.conllu, .conllu.gz) with marked documents, or texts, one a line (.jsonl, .jsonl.xz), with their "text".

    python scripts/fit_linking.py incidents LEDGER GOLD PLACES

The weights marked as fitted in weights.yaml: prints them. LEDGER was made of the reports of GOLD, one a line
("docid", "incident_ids"); PLACES has "incident_id", "lat" and "lon" of each incident. Then it scores the
grouping with weights that saw no incident of the two places of a pair: the places are put into four parts by
cells of three degrees.

    python scripts/fit_linking.py stories LEDGER GOLD [LEDGER GOLD]...

The bounds of stories (sayso/stories.py), all but ``above``, which is held: prints those that are best for
each set, and for several together, and how good these are for each, as precision, recall and F1 over pairs of
reports. LEDGER was made of the reports of GOLD, one a line ("docid", "incident_ids").
"""

import gzip
import hashlib
import json
import lzma
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations, combinations_with_replacement, product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sayso.codebook import load
from sayso.incidents.candidates import candidates
from sayso.incidents.facts import Facts
from sayso.incidents.group import LEAST, Across, facts_on, in_two_steps, silent_reports
from sayso.incidents.pairs import Weight, evidence_of, measure, shipped_weights, weigh
from sayso.incidents.wording import COMMON, words_of
from sayso.ledger import open_ledger
from sayso.model import Incident, Report
from sayso.pipeline import reconciled_alone
from sayso.stories import BOUNDS, Bounds
from sayso.stories import facts_on as facts_on_words
from sayso.stories import grouped as grouped_by_words

LEAST_SHARE = 0.02
"""The share that a pair counts with which is not listed, for it has less than is listed."""


def regression(
    rows: Sequence[Sequence[float]],
    labels: Sequence[bool],
    offset: Sequence[float] | None = None,
    ridge: float = 1.0,
) -> list[float]:
    """The weights of a logistic regression without a constant, held down a little, by Newton's method.

    ``offset`` is added to the log-odds of each row as it is.
    """
    table = np.asarray(rows, float)
    truth = np.asarray(labels, float)
    known = np.zeros(len(rows)) if offset is None else np.asarray(offset, float)
    weights = np.zeros(table.shape[1])
    for _ in range(300):
        said = 1 / (1 + np.exp(-np.clip(table @ weights + known, -30, 30)))
        slope = table.T @ (said - truth) + ridge * weights
        bend = (table * (said * (1 - said))[:, None]).T @ table + ridge * np.eye(table.shape[1])
        step = np.linalg.solve(bend, slope)
        step /= max(1.0, float(np.abs(step).max()))  # what is held makes whole steps fly off
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights.tolist()


def lineages(pairs: Path, scored: Path) -> None:
    """Slope and middle of the confidence."""
    shares = {
        frozenset((pair["a"], pair["b"])): pair["score"]
        for line in scored.read_text("utf-8").splitlines()
        for pair in json.loads(line)["pairs"]
    }
    known = [json.loads(line) for line in pairs.read_text("utf-8").splitlines()]
    rows = [
        [float(np.log(max(shares.get(frozenset((one["a"], one["b"])), 0), LEAST_SHARE))), 1.0]
        for one in known
    ]
    slope, constant = regression(rows, [one["label"] for one in known], ridge=1e-3)
    sys.stdout.write(f"slope {slope:.2f}, middle {np.exp(-constant / slope):.3f}\n")


LENGTH = 200
"""How many words a document has at least: shorter texts are put together, in their order."""


def words(*sources: Path) -> None:
    """Prints the table: of each word the share of all documents that have it, from ``COMMON`` on."""
    documents = [one for source in sources for one in documents_of(texts_of(source))]
    counts = Counter(word for document in documents for word in set(document))
    for word, count in sorted(counts.items()):
        if count / len(documents) >= COMMON:
            sys.stdout.write(f"{word}\t{count / len(documents):.4f}\n")


def documents_of(texts: Iterable[str]) -> Iterator[list[str]]:
    """The words of documents as long as a report; what is left over in the end is none."""
    document: list[str] = []
    for text in texts:
        document += words_of(text)
        if len(document) >= LENGTH:
            yield document
            document = []


def texts_of(source: Path) -> Iterator[str]:
    """The texts of a source in order, those of a folder by the names of its files; other files have none."""
    if source.is_dir():
        for file in sorted(source.iterdir()):
            yield from texts_of(file)
        return
    packed = {".gz": gzip.decompress, ".xz": lzma.decompress}.get(source.suffix)
    kind = Path(source.stem).suffix if packed else source.suffix
    if kind not in (".conllu", ".jsonl"):
        return
    data = source.read_bytes()
    lines = (packed(data) if packed else data).decode("utf-8").splitlines()
    if kind == ".jsonl":
        yield from (json.loads(line)["text"] for line in lines)
        return
    document: list[str] = []
    for line in lines:
        if line.startswith("# newdoc"):
            yield "\n".join(document)
            document = []
        elif line.startswith("# text = "):
            document.append(line.removeprefix("# text = "))
    yield "\n".join(document)


# ---- incidents ------------------------------------------------------------------------------------

PARTS = 4


def incidents(ledger: Path, gold: Path, places: Path) -> None:
    """Prints the fitted weights and the cross-fitted scores."""
    known = {row["docid"]: row for row in map(json.loads, gold.read_text("utf-8").splitlines())}
    where = {row["incident_id"]: row for row in map(json.loads, places.read_text("utf-8").splitlines())}
    reports, lineage_of, alone = loaded(ledger)
    truth = {report_id: set(known[report.id]["incident_ids"]) for report_id, report in reports.items()}
    part = {report_id: part_of(min(truth[report_id]), where) for report_id in reports}
    codebook = load()

    facts = facts_on(alone, Across(reports, lineage_of, codebook))
    pairs = candidates(facts)
    rows = {
        (first, second): measure(facts[first], facts[second], codebook, shipped_weights())
        for first, second in pairs
        if weigh(facts[first], facts[second], codebook, shipped_weights()).veto is None
    }

    def of(position: int) -> str:
        return min(facts[position].report_ids)

    labels = {
        pair: bool(truth[of(pair[0])] & truth[of(pair[1])])
        for pair in rows
        if all(facts[at].is_main for at in pair)
    }

    def fitted(left_out: Collection[int]) -> dict[str, Weight]:
        used = [pair for pair in labels if not any(part[of(at)] in left_out for at in pair)]
        return fit([rows[pair] for pair in used], [labels[pair] for pair in used])

    for name, weight in fitted(()).items():
        if weight.fitted:
            sys.stdout.write(f"{name}: {weight.weight}\n")
    sys.stdout.write(f"{len(labels)} pairs, {sum(labels.values())} of one incident\n")
    scores: dict[tuple[int, int], float | None] = dict.fromkeys(pairs)
    for left_out in combinations_with_replacement(range(PARTS), 2):
        weights = fitted(left_out)
        for pair, its in rows.items():
            if tuple(sorted(part[of(at)] for at in pair)) == left_out:
                scores[pair] = evidence_of(its, weights).probability - LEAST
    for report_id, group_id in grouped(facts, scores).items():
        sys.stdout.write(json.dumps({"docid": reports[report_id].id, "cluster": group_id}) + "\n")


def fit(rows: Sequence[dict[str, float]], labels: Sequence[bool]) -> dict[str, Weight]:
    """The weights, those marked as fitted set by a logistic regression, the others held."""
    weights = dict(shipped_weights())
    names = [name for name, weight in weights.items() if weight.fitted]
    table = [[row.get(name, 0.0) for name in names] for row in rows]
    held = [
        sum(amount * weights[name].weight for name, amount in row.items() if not weights[name].fitted)
        for row in rows
    ]
    found = regression(table, labels, offset=held)
    return weights | {
        name: replace(weights[name], weight=round(value, 2)) for name, value in zip(names, found, strict=True)
    }


def loaded(ledger: Path) -> tuple[dict[str, Report], dict[str, str], list[Incident]]:
    """The reports of a ledger, their lineages, and each mention reconciled alone."""
    codebook = load()
    with open_ledger(ledger) as book:
        coded = list(book.coded_reports())
        lineage_of = {report_id: one.lineage_id for one in book.lineages() for report_id in one.reports}
    alone = [incident for one in coded for incident in reconciled_alone(one, codebook)]
    return {one.report.report_id: one.report for one in coded}, lineage_of, alone


def part_of(incident_id: str, where: dict[str, dict[str, float]]) -> int:
    """Which of the parts the cell of an incident is in."""
    row = where.get(incident_id, {})
    known = row.get("lat") is not None
    cell = f"{row['lat'] // 3:.0f},{row['lon'] // 3:.0f}" if known else incident_id
    return hashlib.sha256(cell.encode()).digest()[0] % PARTS


def grouped(facts: Sequence[Facts], scores: dict[tuple[int, int], float | None]) -> dict[str, str]:
    """Report -> the group of its main mention, or of its own where nothing was read in it."""

    def score(first: int, second: int) -> float | None:
        return scores.get((first, second), -LEAST)

    likely = [pair for pair, value in scores.items() if value is not None and value > 0]
    inside = in_two_steps(range(len(facts)), likely, facts, score, {})
    homes = {position: facts[its[0]].id for its in inside for position in its}
    for number, positions in silent_reports(inside, likely, facts, score).items():
        homes.update(dict.fromkeys(positions, facts[inside[number][0]].id))
    return {
        report_id: homes.get(position, one.id)
        for position, one in enumerate(facts)
        if one.is_main
        for report_id in one.report_ids
    }


# ---- stories --------------------------------------------------------------------------------------

TRIED = [
    replace(BOUNDS, least=least, loose=loose, fading=fading)
    for least, loose, fading in product(
        (0.16, 0.18, 0.2, 0.22, 0.24), (0.1, 0.08, 0.06), (0.0, 0.05, 0.1, 0.2)
    )
]


def stories(*given: Path) -> None:
    """Prints the best bounds for all choices of some sets, with what they give on each set."""
    ledgers, golds = given[::2], given[1::2]
    scores = [told_rightly(*one) for one in zip(ledgers, golds, strict=True)]
    sets = range(len(scores))
    for chosen in chain.from_iterable(combinations(sets, number + 1) for number in sets):
        best = max(TRIED, key=lambda bounds: sum(scores[at][bounds].f1 for at in chosen))
        sys.stdout.write(f"fitted to {', '.join(golds[at].parent.name for at in chosen)}: {best}\n")
        for at in sets:
            its = scores[at][best]
            line = f"  {golds[at].parent.name}: P {its.precision:.3f} R {its.recall:.3f} F1 {its.f1:.3f}\n"
            sys.stdout.write(line)


class Pairs(NamedTuple):
    """Pairs of reports of one story: how many of those found are so, and how many of those that are so."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)


def told_rightly(ledger: Path, gold: Path) -> dict[Bounds, Pairs]:
    """What each of the bounds tried gives on one set."""
    known = {
        row["docid"]: row["incident_ids"][0] for row in map(json.loads, gold.read_text("utf-8").splitlines())
    }
    with open_ledger(ledger) as book:
        reports = {one.report.report_id: one.report for one in book.coded_reports()}
        lineage_of = {report_id: one.lineage_id for one in book.lineages() for report_id in one.reports}
    facts = facts_on_words(reports, lineage_of)
    pairs = candidates(facts)
    truth = [known[reports[one.id].id or ""] for one in facts]
    so = number_of_pairs(Counter(truth))
    found = {}
    for bounds in TRIED:
        groups = grouped_by_words(facts, pairs, bounds)
        said = number_of_pairs(Counter({at: len(its) for at, its in enumerate(groups)}))
        right = number_of_pairs(Counter((at, truth[one]) for at, its in enumerate(groups) for one in its))
        found[bounds] = Pairs(right / (said or 1), right / (so or 1))
    return found


def number_of_pairs(sizes: Counter[Any]) -> int:
    """How many pairs there are in groups of these sizes."""
    return sum(size * (size - 1) // 2 for size in sizes.values())


COMMANDS: dict[str, Callable[..., None]] = {
    "lineages": lineages,
    "words": words,
    "incidents": incidents,
    "stories": stories,
}

if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    COMMANDS[sys.argv[1]](*map(Path, sys.argv[2:]))
