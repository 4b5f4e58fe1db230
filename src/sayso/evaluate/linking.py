"""Whether mentions of one incident in several reports were put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from sayso.evaluate.rows import Figure, Groups, precision_recall


@dataclass(frozen=True, slots=True)
class Linked:
    """One incident of gold in one report.

    ``joined_to`` is None where it was missed, else holds the id that the prediction has in common with its
    mentions in other reports, which may be None too.
    """

    report: str
    key: str | None
    joined_to: tuple[str | None] | None


@dataclass(frozen=True, slots=True)
class _Mention:
    report: str
    key: str | None
    group: str | int  # an id, or the mention's own number where it stands alone


def linking(linked: Sequence[Linked]) -> dict[str, Figure]:
    """The rows of linking: over the mentions found, and over all, where each missed one stands alone."""
    mentions = [
        _Mention(one.report, one.key, number if one.joined_to is None else (one.joined_to[0] or number))
        for number, one in enumerate(linked)
    ]
    found = [mention for mention, one in zip(mentions, linked, strict=True) if one.joined_to is not None]
    rows: dict[str, Figure] = {}
    for mode, its in (("joined", found), ("end_to_end", mentions)):
        rows[f"linking.{mode}.pairwise"] = _pairwise(its)
        rows[f"linking.{mode}.b_cubed"] = _b_cubed(its)
    return rows


def _pairwise(mentions: Sequence[_Mention]) -> Figure:
    """Over all pairs of mentions in different reports."""
    tp = fp = fn = 0
    for one, other in combinations(mentions, 2):
        if one.report != other.report:
            gold, said = one.key == other.key, one.group == other.group
            tp, fp, fn = tp + (gold and said), fp + (said and not gold), fn + (gold and not said)
    return precision_recall(tp, fp, fn, none_is_right=True)


def _b_cubed(mentions: Sequence[_Mention]) -> Groups:
    """The mean over mentions of how pure its group is, and how whole."""
    precision = recall = 0.0
    for one in mentions:
        ours = {number for number, other in enumerate(mentions) if other.key == one.key}
        theirs = {number for number, other in enumerate(mentions) if other.group == one.group}
        precision += len(ours & theirs) / len(theirs)
        recall += len(ours & theirs) / len(ours)
    if not mentions:
        return Groups(0.0, 0.0, 0.0, 0)
    precision, recall = precision / len(mentions), recall / len(mentions)
    return Groups(precision, recall, 2 * precision * recall / (precision + recall), len(mentions))
