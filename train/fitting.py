"""What the fits of evidence share: reports coded by hand, and weights that a file of the rules holds."""

import json
import lzma
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sayso.codebook import Codebook
from sayso.coding.rules.evidence import Evidence
from sayso.model import Report
from sayso.reports import make_report

Judged = tuple[Evidence, bool]
"""The evidence for something, and whether people coded it so."""

RULES = Path("src/sayso/coding/rules")
RAREST = 8


def gold_in(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The coded reports of some files, a report a line, packed or not."""
    for path in paths:
        data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        yield from (json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip())


def report_of(gold: dict[str, Any], codebook: Codebook) -> Report:
    """The report that a line codes."""
    given = {key: gold.get(key) for key in ("title", "published", "publisher")}
    return make_report(gold["text"], codebook, id=gold["id"], **given)


def names_of(one: dict[str, Any]) -> tuple[str, ...]:
    """The names of the actor of a coded attribution."""
    return (one["actor"], *one.get("actor_names", ()))


def stored(judged: Sequence[Judged], path: Path, head: str, ridge: float) -> None:
    """Fit weights and write them, with what they are for."""
    weights = fitted([evidence for evidence, _ in judged], [right for _, right in judged], ridge)
    lines = (f"{json.dumps(name)}: {weight}\n" for name, weight in sorted(weights.items()))
    path.write_text(head + "".join(lines), encoding="utf-8", newline="\n")
    print(len(judged), "pairs,", sum(right for _, right in judged), "right;", len(weights), "weights")


def fitted(rows: Sequence[Evidence], right: Sequence[bool], ridge: float) -> dict[str, float]:
    """The weights of a logistic regression, held down by ``ridge``, as multiples of 1/64.

    Evidence that is rarer than ``RAREST`` pairs is left out.
    """
    frequent = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in frequent.items() if count >= RAREST)
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    truth = np.array(right, float)
    held = np.diag([0.0 if name == "always" else ridge for name in names])
    weights = np.zeros(len(names))
    for _ in range(100):
        likely = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (likely - truth) + held @ weights
        bend = (table * (likely * (1 - likely))[:, None]).T @ table + held + 1e-6 * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-9:
            break
    return {name: round(float(weight) * 64) / 64 for name, weight in zip(names, weights, strict=True)}
