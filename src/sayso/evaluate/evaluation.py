"""Figures of one run over one gold set, with all that stands beside them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.errors import UsageError
from sayso.evaluate.bootstrap import intervals
from sayso.evaluate.compare import Case, cases_of
from sayso.evaluate.extremes import says_everything, says_nothing
from sayso.evaluate.gold import Gold
from sayso.evaluate.lineages import lineages
from sayso.evaluate.rows import Figure, as_record, headline
from sayso.evaluate.score import Predictions, score

Figures = dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a run by row, and beside them those of two programs that read nothing.

    ``digest`` is that of the gold set; ``intervals`` are empty unless asked for; ``cases`` is what a later
    run can be compared with, and empty for sealed gold.
    """

    digest: str
    reports: int
    figures: Figures
    nothing: Figures
    everything: Figures
    intervals: dict[str, tuple[float, float]]
    cases: tuple[Case, ...]


def evaluate(gold: Gold, predictions: Predictions, *, samples: int = 0, sealed: bool = False) -> Evaluation:
    """Predictions, by the id of the report, against a gold set; ``samples`` 0 gives no intervals."""
    scored = score(gold.records, predictions)
    return Evaluation(
        digest=gold.digest,
        reports=len(gold.records),
        figures={**scored.figures(), **lineages(gold.records, predictions)},
        nothing=_extreme(gold, says_nothing(gold.records)),
        everything=_extreme(gold, says_everything(gold.records)),
        intervals=intervals(scored.marks, samples) if samples else {},
        cases=() if sealed else tuple(cases_of(scored.marks)),
    )


def _extreme(gold: Gold, predictions: Predictions) -> Figures:
    return {**score(gold.records, predictions).figures(), **lineages(gold.records, predictions)}


def to_record(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as plain data: the figures in full, of the two others their one number."""
    return {
        "digest": evaluation.digest,
        "reports": evaluation.reports,
        "rows": {row: as_record(figure) for row, figure in evaluation.figures.items()},
        "says_nothing": {row: headline(figure) for row, figure in evaluation.nothing.items()},
        "says_everything": {row: headline(figure) for row, figure in evaluation.everything.items()},
        "intervals_95": {row: list(ends) for row, ends in evaluation.intervals.items()},
        "cases": [list(case) for case in evaluation.cases],
    }


def earlier_cases(path: Path, digest: str) -> list[Case]:
    """The cases of an earlier run from what ``--json`` wrote.

    Raises UsageError for a file that holds none, or those of other gold: cases of two gold sets, or of one
    before and after a change, cannot be compared.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        known, cases = record["digest"], [_case(case) for case in record["cases"]]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        what = f"{path} is no earlier evaluation ({type(fault).__name__}: {fault})."
        raise UsageError(what, "Give a file that sayso evaluate --json wrote.") from fault
    if known != digest:
        what = f"{path} was measured on another gold set, or on this one before it was changed."
        raise UsageError(what, "Measure the earlier run again with the gold of today.")
    return cases


def _case(case: Any) -> Case:
    report, key, row, what, outcome = case
    return report, key, row, what, outcome


def numbers(figures: Mapping[str, Figure]) -> dict[str, float]:
    """Every number that can be held above a floor: the one of each row, its precision and its recall."""
    found: dict[str, float] = {}
    for row, figure in figures.items():
        record = as_record(figure)
        its = {row: headline(figure)} | {
            f"{row}.{part}": record.get(part) for part in ("precision", "recall")
        }
        found |= {name: value for name, value in its.items() if value is not None}
    return found
