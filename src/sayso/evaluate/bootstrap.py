"""How far a figure may lie from what more reports of the kind would give."""

import random
from collections.abc import Mapping, Sequence

from sayso.evaluate.rows import Mark, Outcome, figures, headline, tally

SEED = 20


def intervals(
    marks: Mapping[str, Sequence[Mark]], samples: int, seed: int = SEED
) -> dict[str, tuple[float, float]]:
    """Row -> its 95 % interval (the share that is right, or F1), by drawing the reports anew.

    The same seed gives the same intervals. A row that has no figure in any sample has no interval, nor have
    linking and lineage, since pairs of reports cannot be drawn one by one. Few reports give wide intervals,
    and reports that are alike give ones too narrow.
    """
    by_report = [tally(its) for _, its in sorted(marks.items())]
    drawn: dict[str, list[float]] = {}
    randomly = random.Random(seed)  # noqa: S311 - nothing here is secret
    for _ in range(samples):
        total: dict[tuple[str, Outcome], int] = {}
        for its in randomly.choices(by_report, k=len(by_report)):
            for key, count in its.items():
                total[key] = total.get(key, 0) + count
        for row, figure in figures(total).items():
            if (value := headline(figure)) is not None:
                drawn.setdefault(row, []).append(value)
    return {row: _middle(sorted(values)) for row, values in drawn.items()}


def _middle(values: Sequence[float]) -> tuple[float, float]:
    last = len(values) - 1
    return values[int(0.025 * last)], values[int(0.975 * last)]
