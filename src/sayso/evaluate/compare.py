"""Two runs over one gold set, case by case: what was won and what was lost."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.evaluate.rows import Mark, Outcome

Case = tuple[str, str, str, str, Outcome]
"""Report, key of the incident, row, what in it, outcome: a mark with its report, as plain data."""

_GOOD = ("right", "tp")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was won or lost, and the rows in which it shows."""

    won: bool
    report: str
    key: str
    what: str
    how: Literal["found", "lost", "said falsely", "no longer said falsely"]
    rows: tuple[str, ...]


def cases_of(marks: Mapping[str, Sequence[Mark]]) -> list[Case]:
    """All that counts, as it is kept for a later comparison; what was missed follows from what was found."""
    return sorted(
        (report, mark.key, mark.row, mark.what, mark.outcome)
        for report, its in marks.items()
        for mark in its
        if mark.outcome in (*_GOOD, "fp")
    )


def gains_and_losses(before: Iterable[Case], now: Iterable[Case]) -> list[Change]:
    """What is won and lost between two runs, by report, incident and thing.

    A field of an incident that was not found before is not lost by being wrong now: there was nothing to
    lose.
    """
    earlier, later = Counter(before), Counter(now)
    rows: dict[tuple[str, str, str, bool, bool], list[str]] = {}
    for new, cases in ((True, later - earlier), (False, earlier - later)):
        for report, key, row, what, outcome in sorted(cases):
            rows.setdefault((report, key, what, outcome in _GOOD, new), []).append(row)
    return [
        Change(good == new, report, key, what, _how(good=good, new=new), tuple(its))
        for (report, key, what, good, new), its in sorted(rows.items())
    ]


def _how(*, good: bool, new: bool) -> Literal["found", "lost", "said falsely", "no longer said falsely"]:
    if good:
        return "found" if new else "lost"
    return "said falsely" if new else "no longer said falsely"
