"""What texts hold that have nothing else in common: page furniture, stock phrases, an outlet's background."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import combinations

from sayso.lineage.runs import Runs, share

MANY_TEXTS = 8
"""From this many different texts on, a run may be furniture. Tried 6, 8, 12, 20 and no furniture at all on
the development pairs: F1 .865, .870, .847, .852, .862, which is a matter of a few pairs."""

MANY_OF_ONE = 3
"""From this many different texts of one outlet on, a run may be its background: the paragraph on what
happened that it puts under each new story."""

_SAMPLE = 6

_ALIKE = 0.5
"""Two texts that hold a run are alike where half of the shorter stands in the other: copies of a dispatch do,
unlike stories on pages with a long playlist do not. .2 to .7 made no difference on the development pairs."""


def furniture_of(texts: Sequence[Runs], outlets: Sequence[str | None]) -> list[Runs]:
    """For each text its runs that many texts hold which otherwise have little in common.

    A run in ``MANY_TEXTS`` texts may be page furniture or a stock phrase, and one in ``MANY_OF_ONE`` texts of
    one outlet that outlet's own background. A dispatch that fifty papers print is held by many texts too, but
    these are alike. So it counts as furniture where, of a few of its holders spread evenly over ``texts``,
    fewer than half of the pairs are alike. ``texts`` are of different content and in a fixed order;
    ``outlets`` has the publisher of each, None where it is not known.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        for run in text:
            holders[run].append(index)
    are_unlike = _Unlikeness(texts)

    @cache  # most runs of a text have the same holders as the runs beside them
    def those_with_furniture(holding: tuple[int, ...]) -> tuple[int, ...]:
        if len(holding) >= MANY_TEXTS and are_unlike(holding):
            return holding
        of_outlet: dict[str, list[int]] = defaultdict(list)
        for index in holding:
            if (outlet := outlets[index]) is not None:
                of_outlet[outlet].append(index)
        several = [tuple(its) for its in of_outlet.values() if len(its) >= MANY_OF_ONE]
        return tuple(index for its in several if are_unlike(its) for index in its)

    furniture: list[set[int]] = [set() for _ in texts]
    for run, holding in holders.items():
        if len(holding) >= MANY_OF_ONE:
            for index in those_with_furniture(tuple(holding)):
                furniture[index].add(run)
    return [frozenset(its) for its in furniture]


class _Unlikeness:
    """Tells whether of the texts at some positions fewer than half of a sample's pairs are alike."""

    def __init__(self, texts: Sequence[Runs]) -> None:
        self._texts = texts
        self._alike: dict[tuple[int, int], bool] = {}

    def __call__(self, holding: Sequence[int]) -> bool:
        sample = sorted({holding[step * len(holding) // _SAMPLE] for step in range(_SAMPLE)})
        pairs = list(combinations(sample, 2))
        return 2 * sum(map(self._are_alike, pairs)) < len(pairs)

    def _are_alike(self, pair: tuple[int, int]) -> bool:
        if pair not in self._alike:
            self._alike[pair] = share(self._texts[pair[0]], self._texts[pair[1]]) >= _ALIKE
        return self._alike[pair]
