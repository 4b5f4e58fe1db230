"""Which texts hold which runs."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from sayso.lineage.runs import Runs

_AT_ONCE = 4_000_000
"""So many pairs are counted at once: some hundred megabytes."""


class Holders:
    """Runs with the texts that hold them, entry by entry, those of a run together and by text.

    ``starts`` and ``counts`` say where the entries of each run stand.
    """

    def __init__(self, runs: npt.NDArray[np.int64], texts: npt.NDArray[np.int64]) -> None:
        self.runs = runs
        self.texts = texts
        firsts = np.flatnonzero(np.r_[True, runs[1:] != runs[:-1]]) if len(runs) else np.empty(0, np.int64)
        self.starts = firsts
        self.counts = np.diff(np.r_[firsts, len(runs)])

    def only(self, wanted: npt.NDArray[np.bool_]) -> "Holders":
        """These without the entries that are not wanted."""
        return Holders(self.runs[wanted], self.texts[wanted])

    def common(self, most: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Pairs of texts, the smaller first, in order of the larger, and how many runs both hold.

        A run leads a text to its first ``most`` holders only.
        """
        size = int(self.texts.max(initial=0)) + 1
        ranks = np.arange(len(self.texts)) - np.repeat(self.starts, self.counts)
        partners = np.minimum(ranks, most)
        codes, counts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for some in _slices(partners):
            times = partners[some]
            later = np.repeat(self.texts[some], times)
            first = np.repeat(np.arange(some.start, some.stop) - ranks[some], times)
            step = np.arange(len(later)) - np.repeat(np.cumsum(times) - times, times)
            found, often = np.unique(later * size + self.texts[first + step], return_counts=True)
            codes.append(found)
            counts.append(often)
        all_codes, inverse = np.unique(np.concatenate(codes), return_inverse=True)
        total = np.zeros(len(all_codes), np.int64)
        np.add.at(total, inverse, np.concatenate(counts))
        return all_codes % size, all_codes // size, total


def holders_of(texts: Sequence[Runs]) -> Holders:
    """The runs that two or more of the texts hold, numbered in order, with these."""
    owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    runs = np.concatenate([*texts, np.empty(0, np.uint64)])
    some = _not_alone(runs)
    runs, owners = runs[some], owners[some]
    order = np.argsort(runs, kind="stable")
    runs, owners = runs[order], owners[order]
    again = runs[1:] == runs[:-1]
    shared = np.r_[again, False] | np.r_[False, again] if len(runs) else np.empty(0, np.bool_)
    runs, owners = runs[shared], owners[shared]
    numbers = np.cumsum(np.r_[False, runs[1:] != runs[:-1]]) if len(runs) else np.empty(0, np.int64)
    return Holders(numbers, owners)


def _not_alone(runs: Runs) -> npt.NDArray[np.bool_]:
    """Which entries may be of runs that stand there again: all that are, and few others.

    Most runs stand in one text only. Numbers alone are sorted much faster than entries.
    """
    ordered = np.sort(runs)
    marked = np.zeros(1 << 22, np.bool_)
    last = np.uint64(len(marked) - 1)
    marked[ordered[1:][ordered[1:] == ordered[:-1]] & last] = True
    found: npt.NDArray[np.bool_] = marked[runs & last]
    return found


def _slices(partners: npt.NDArray[np.int64]) -> Iterator[slice]:
    """The entries in stretches with so many pairs that memory stays bounded."""
    ends = np.cumsum(partners)
    start = 0
    while start < len(partners):
        done = ends[start - 1] if start else 0
        stop = max(int(np.searchsorted(ends, done + _AT_ONCE, "right")), start + 1)
        yield slice(start, stop)
        start = stop
