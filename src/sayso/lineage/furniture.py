"""What texts hold that have nothing else in common: page furniture, stock phrases, an outlet's background."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from sayso.lineage.holders import Holders
from sayso.lineage.runs import Runs

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

_BINS = 32  # a power of 2


def furniture_of(
    texts: Sequence[Runs], outlets: Sequence[str | None], held: Holders
) -> npt.NDArray[np.bool_]:
    """Which entries of ``held`` are runs that many texts hold which otherwise have little in common.

    A run in ``MANY_TEXTS`` texts may be page furniture or a stock phrase, and one in ``MANY_OF_ONE`` texts of
    one outlet that outlet's own background. A dispatch that fifty papers print is held by many texts too, but
    these are alike. So it counts as furniture where, of a few of its holders spread evenly over ``texts``,
    fewer than half of the pairs are alike. ``texts`` are of different content and in a fixed order;
    ``outlets`` has the publisher of each, None where it is not known.
    """
    sketches = _sketches(texts)
    everywhere = _of_groups(held, held.counts, MANY_TEXTS, sketches)
    numbers = {outlet: number for number, outlet in enumerate(sorted({one for one in outlets if one}))}
    outlet_of = np.array([-1 if one is None else numbers[one] for one in outlets], np.int64)
    # The same by run and outlet: entries of no outlet are left out, those of a run put together by outlet.
    named = np.flatnonzero(outlet_of[held.texts] >= 0)
    order = named[np.lexsort((held.texts[named], outlet_of[held.texts[named]], held.runs[named]))]
    keys = held.runs[order] * (len(numbers) + 1) + outlet_of[held.texts[order]]
    by_outlet = Holders(keys, held.texts[order])
    found = everywhere.copy()
    found[order] |= _of_groups(by_outlet, by_outlet.counts, MANY_OF_ONE, sketches)
    return found


@np.errstate(invalid="ignore", divide="ignore")
def _of_groups(
    held: Holders, counts: npt.NDArray[np.int64], fewest: int, sketches: "_Sketches"
) -> npt.NDArray[np.bool_]:
    """Which entries are of a run with that many holders, of a sample of whom fewer than half are alike."""
    unlike = np.zeros(len(counts), np.bool_)
    for size in range(min(fewest, _SAMPLE), _SAMPLE + 1):
        chosen = np.flatnonzero((counts >= fewest) & (np.minimum(counts, _SAMPLE) == size))
        steps = np.arange(size) * counts[chosen, None] // size
        sample = held.texts[held.starts[chosen, None] + steps]
        alike = sum(
            sketches.alike(sample[:, one], sample[:, other]).astype(np.int64)
            for one, other in combinations(range(size), 2)
        )
        unlike[chosen] = 2 * alike < size * (size - 1) // 2
    return np.repeat(unlike, counts)


class _Sketches:
    """Of each text the least run in each of some ranges of numbers: enough to tell how much two share."""

    def __init__(self, least: npt.NDArray[np.uint64], lengths: npt.NDArray[np.int64]) -> None:
        self._least = least
        self._lengths = lengths

    def alike(self, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Whether about ``_ALIKE`` of the shorter stands in the other, for each two of some texts."""
        mine, theirs = self._least[one], self._least[other]
        common = ((mine == theirs) & (mine != 0)).sum(1)
        jaccard = common / np.maximum(((mine != 0) | (theirs != 0)).sum(1), 1)
        first, second = self._lengths[one], self._lengths[other]
        shared: npt.NDArray[np.float64] = jaccard / (1 + jaccard) * (first + second)
        return shared >= _ALIKE * np.minimum(first, second)


def _sketches(texts: Sequence[Runs]) -> _Sketches:
    lengths = np.array([len(text) for text in texts], np.int64)
    owners = np.repeat(np.arange(len(texts)), lengths)
    runs = np.concatenate([*texts, np.empty(0, np.uint64)])
    bins = (runs >> np.uint64(64 - _BINS.bit_length() + 1)).astype(np.int64)
    ranges = owners * _BINS + bins  # in order, for the runs of a text are sorted
    firsts = np.flatnonzero(np.r_[True, ranges[1:] != ranges[:-1]][: len(ranges)])
    least = np.zeros((len(texts), _BINS), np.uint64)
    least[owners[firsts], bins[firsts]] = runs[firsts]
    return _Sketches(least, lengths)
