"""Whether reports that copy or rewrite one another were found to."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from sayso.evaluate.rows import LINEAGE, Figure, precision_recall

_COPIES = ("copy", "excerpt", "rewrite")


def lineages(
    gold: Mapping[str, Mapping[str, Any]], predictions: Mapping[str, Mapping[str, Any]]
) -> dict[str, Figure]:
    """The row of lineages, over all pairs of reports; none where gold or predictions tell no lineage."""
    known = sorted(name for name, record in gold.items() if _how(record))
    if not known or not any("lineage_id" in one for one in predictions.values()):
        return {LINEAGE: precision_recall(0, 0, 0)}
    first_of = {name: _first_of(name, gold) for name in known}
    traced = {name: predictions.get(name, {}).get("lineage_id") or name for name in known}
    tp = fp = fn = 0
    for one, other in combinations(known, 2):
        same, said = first_of[one] == first_of[other], traced[one] == traced[other]
        tp, fp, fn = tp + (same and said), fp + (said and not same), fn + (same and not said)
    return {LINEAGE: precision_recall(tp, fp, fn)}


def _how(record: Mapping[str, Any]) -> str | None:
    told = record.get("lineage")
    return told.get("how") if isinstance(told, dict) else None


def _first_of(name: str, gold: Mapping[str, Mapping[str, Any]]) -> str:
    """The report whose text a report goes back to; its own, where it copies none."""
    seen = [name]
    while name in gold and _how(gold[name]) in _COPIES:
        name = gold[name]["lineage"].get("of") or name
        if name in seen:  # a ring: its first by name, so that all its members agree
            return min(seen)
        seen.append(name)
    return name
