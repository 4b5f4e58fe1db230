"""How far coders agree: percent, Cohen's kappa, Krippendorff's alpha, all for categories without order.

A unit that somebody did not judge is missing for them, never counted as disagreement.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

Ratings = Mapping[Any, Hashable]
"""Of one coder: unit -> category; units that the coder did not judge are not there."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two coders on the units that both judged: how many, the share judged alike, and kappa.

    ``kappa`` is None where both gave every unit one and the same category: then it is not defined.
    """

    one: str
    other: str
    units: int
    percent: float
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """All coders: each pair with units in common, and alpha over all units that two or more judged."""

    pairs: tuple[Pair, ...]
    units: int
    alpha: float | None


def agreement(coders: Mapping[str, Ratings]) -> Agreement:
    """How far the coders agree, in order of their names."""
    pairs = []
    for one, other in combinations(sorted(coders), 2):
        both = sorted(coders[one].keys() & coders[other].keys(), key=repr)
        if both:
            told = [(coders[one][unit], coders[other][unit]) for unit in both]
            pairs.append(Pair(one, other, len(both), 100 * percent(told), kappa(told)))
    units: dict[Hashable, list[Hashable]] = {}
    for name in sorted(coders):
        for unit, category in coders[name].items():
            units.setdefault(unit, []).append(category)
    pairable = [said for said in units.values() if len(said) > 1]
    return Agreement(tuple(pairs), len(pairable), alpha(pairable))


def percent(told: Sequence[tuple[Hashable, Hashable]]) -> float:
    """The share of units that two coders judged alike, 0 to 1; there is at least one unit."""
    return sum(one == other for one, other in told) / len(told)


def kappa(told: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two coders; None where chance alone would make them agree on all."""
    observed = percent(told)
    first, second = Counter(one for one, _ in told), Counter(other for _, other in told)
    expected = sum(first[category] * second[category] for category in first) / len(told) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha of the judgements on each unit, by however many coders; nominal.

    Units with fewer than two judgements say nothing. None where there are none, or but one category.
    """
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for said in units:
        weight = len(said) - 1
        for at, one in enumerate(said):
            for place, other in enumerate(said):
                if at != place:
                    coincidences[one, other] += 1 / weight  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (one, _), amount in coincidences.items():
        totals[one] += amount
    number = sum(totals.values())
    chance = sum(totals[one] * totals[other] for one in totals for other in totals if one != other)
    if not chance:
        return None
    observed = sum(amount for (one, other), amount in coincidences.items() if one != other)
    return 1 - (number - 1) * observed / chance
