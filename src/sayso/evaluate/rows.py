"""The rows: which figures there are, and what each mark adds to."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sayso.model import Stance

Outcome = Literal["right", "wrong", "tp", "fp", "fn"]
"""A rate counts right and wrong; precision and recall what was found (tp), said falsely (fp), missed (fn)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing right or wrong in one row: the unit of which all figures are sums.

    ``key`` is gold's key of the incident, "" where the mark is about the report, and what was predicted where
    gold has no such incident. ``what`` says which of several things in one incident it is.
    """

    row: str
    outcome: Outcome
    key: str = ""
    what: str = ""


def right_or_wrong(right: bool) -> Outcome:
    """The outcome of a mark that adds to a rate."""
    return "right" if right else "wrong"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of ``n`` are right; ``value`` is None where there are none."""

    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Found:
    """Precision, recall and F1; None where there was nothing to find and nothing was said."""

    precision: float | None
    recall: float | None
    f1: float | None
    tp: int
    fp: int
    fn: int


@dataclass(frozen=True, slots=True)
class Groups:
    """B-cubed precision, recall and F1 of groups of mentions, and how many mentions there are."""

    precision: float
    recall: float
    f1: float
    mentions: int


Figure = Rate | Found | Groups

STANCES = tuple(stance.value for stance in Stance if stance is not Stance.DISPUTED)
STATUSES = (
    "claimed", "claimed_disputed", "accused", "accused_denied", "suspected", "suspected_denied",
    "stated", "stated_denied", "denied_only", "unknown",
)  # fmt: skip
PASSAGES = ("claimed", "denied", "accused", "rejected")
LISTS = ("perpetrators", "targets", "weapons")

CLAIMS_AND_DENIALS = "attributions.claims_and_denials_end_to_end"
MACRO = "fields.attribution_status_macro"
STATUS = "attribution_status_by_class."
BY_STANCE = "attributions.by_stance."
BY_STANCE_END_TO_END = "attributions.by_stance_end_to_end."

RATES = (
    "reports.coded",
    "relevance.accuracy", "relevance.on_topic_accuracy",
    *(f"fields.{name}" for name in (
        "event_type", "sub_event_type", "date_overlap", "date_overlap_tight", "date_exact", "place",
        "place_km", "place_name", "country", "killed_exact", "killed_in_range", "killed_none_kept",
        "injured_exact", "injured_in_range", "injured_none_kept", "perpetrators", "perpetrators_named",
        "is_background", "toll_speaker", "toll_speaker_named", "attribution_status",
    )),
    *(STATUS + status for status in STATUSES),
    "attributions.speaker", "attributions.hedged",
    "counts.speaker",
    *(f"must_not.{stance}" for stance in PASSAGES),
)  # fmt: skip

_ALWAYS = (  # nothing to find and nothing said is no fault here
    "relevance.relevant", "relevance.on_topic", "detection.all", "detection.foreground",
    "attributions.joined", "attributions.end_to_end", "attributions.contested_joined",
    "attributions.contested_end_to_end", *(BY_STANCE + stance for stance in STANCES),
)  # fmt: skip
_WHERE_SAID = (
    *(BY_STANCE_END_TO_END + stance for stance in STANCES),
    "attributions.hedged_true", "attributions.via",
    *(f"{name}_by_name{end}" for name in LISTS for end in ("", ".end_to_end")),
    "counts.joined", "counts.end_to_end", "counts.with_whom",
)  # fmt: skip
LINEAGE = "lineage.pairwise"

Tally = Mapping[tuple[str, Outcome], int]
"""How many marks there are of each row and outcome."""


def tally(marks: Iterable[Mark]) -> dict[tuple[str, Outcome], int]:
    """The marks counted by row and outcome."""
    counts: dict[tuple[str, Outcome], int] = {}
    for mark in marks:
        counts[mark.row, mark.outcome] = counts.get((mark.row, mark.outcome), 0) + 1
    return counts


def figures(counts: Tally) -> dict[str, Figure]:
    """Row -> figure, for all rows that are sums over reports."""
    found: dict[str, Figure] = {}
    for row in RATES:
        right, wrong = counts.get((row, "right"), 0), counts.get((row, "wrong"), 0)
        found[row] = Rate(right / (right + wrong) if right + wrong else None, right + wrong)
    by_class = [found[STATUS + status] for status in STATUSES]
    values = [one.value for one in by_class if isinstance(one, Rate) and one.value is not None]
    found[MACRO] = Rate(sum(values) / len(values) if values else None, len(values))
    for row in (*_ALWAYS, *_WHERE_SAID):
        tp, fp, fn = _found(counts, row)
        found[row] = precision_recall(tp, fp, fn, none_is_right=row in _ALWAYS)
    both = [_found(counts, BY_STANCE_END_TO_END + stance) for stance in ("claimed", "denied")]
    tp, fp, fn = (a + b for a, b in zip(*both, strict=True))
    found[CLAIMS_AND_DENIALS] = precision_recall(tp, fp, fn)
    return found


def _found(counts: Tally, row: str) -> tuple[int, int, int]:
    return counts.get((row, "tp"), 0), counts.get((row, "fp"), 0), counts.get((row, "fn"), 0)


def precision_recall(tp: int, fp: int, fn: int, *, none_is_right: bool = False) -> Found:
    """Precision, recall and F1 of what was found, said falsely and missed.

    Where nothing was said precision is 1 if nothing was to be found, else 0; so with recall. Where there is
    nothing on either side, all three are None, or 1 if ``none_is_right``.
    """
    if not tp + fp + fn and not none_is_right:
        return Found(None, None, None, 0, 0, 0)
    precision = tp / (tp + fp) if tp + fp else float(not fn)
    recall = tp / (tp + fn) if tp + fn else float(not fp)
    both = precision + recall
    return Found(precision, recall, 2 * precision * recall / both if both else 0.0, tp, fp, fn)


def headline(figure: Figure) -> float | None:
    """The one number of a row: the share that is right, or F1."""
    return figure.value if isinstance(figure, Rate) else figure.f1


def as_record(figure: Figure) -> dict[str, Any]:
    """A figure as plain data."""
    return asdict(figure)
