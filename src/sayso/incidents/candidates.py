"""Which mentions are worth comparing at all.

Each mention stands in blocks: one for each thing that it could have in common with another of the same
incident. Two are compared where they share a block and at least one of them seeks there.
"""

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from sayso.incidents.facts import POINT, Facts

Keys = npt.NDArray[np.uint64]
"""The blocks of a mention, sorted: a hash of what they are for, its lowest bit set where it seeks there."""

Possible = Callable[[npt.NDArray[np.int64], npt.NDArray[np.int64]], npt.NDArray[np.bool_]]
"""Which of some pairs of positions, the smaller first, may come to anything."""

Number = TypeVar("Number", bound=np.integer[Any])

_SHORT = 7
"""Days; a longer interval, up to ``_LONGEST``, is looked for by weeks."""

_MONTH = 31
"""Days; a longer interval is no evidence for a day in it."""

_LONGEST = 400
"""Days; a longer interval says as little on when as none."""

_BEFORE = 30
"""News without a date is looked for among what happened up to this many days before it was published."""

_WORDS = 8
"""So many of a mention's words lead to others that have them among theirs. Of 1,768 pairs of one incident
1,592 were compared without, 1,628 with 4 and 1,653 with 8."""

_CELLS = 1.5
"""Cells to a degree: half of one is 37 kilometres from north to south."""

FIRST = 100
"""A block leads to its first so many mentions only, in order of their ids. It bounds the work where a block
is crowded; ids are hashes, so that these are as good as drawn by lot, and the same whatever came when."""

_SEEKS = np.uint64(1)


def lineage_key(lineage_id: str) -> Keys:
    """The block of a mention's lineage."""
    return np.array([_hash(("lineage", lineage_id)) | 1], np.uint64)


def keys_of(mention: Facts) -> Keys:
    """The blocks that a mention stands in, but for that of its lineage."""
    found: dict[Hashable, bool] = {}
    for key, seeks in _keys(mention):
        found[key] = found.get(key, False) or seeks
    return np.array(sorted(_hash(key) | seeks for key, seeks in found.items()), np.uint64)


def candidates(mentions: Sequence[Facts]) -> list[tuple[int, int]]:
    """Pairs of positions (smaller, larger) that could be of one incident, sorted; mentions in order of id.

    These lie near one another within a day, or share a day and a country where one has no point for a place,
    or a day where one has no country; with weeks for days where one has no date but is news, or a long
    interval; or one has no date and they share the name of a place; or one has a day without a year and the
    other falls on such a day; or they are of one lineage; or their words share a name or one of those that
    weigh most.
    """
    keys = [np.append(keys_of(mention), lineage_key(mention.lineage_id)) for mention in mentions]
    owners = np.repeat(np.arange(len(keys)), [len(its) for its in keys])
    blocks = Blocks(np.concatenate([*keys, np.empty(0, np.uint64)]), owners)
    return list(zip(*(its.tolist() for its in blocks.pairs()), strict=True))


class Blocks:
    """The blocks of some mentions; positions stand for these, in order of their ids."""

    def __init__(self, marked: Keys, owners: npt.NDArray[np.int64]) -> None:
        """The keys of all of them, and whose each is."""
        blocks = marked & ~_SEEKS
        order = np.lexsort((owners, blocks))
        self._owners = owners[order]
        self._seeks = (marked[order] & _SEEKS).astype(np.bool_)
        self._blocks = blocks[order]
        firsts = np.flatnonzero(np.r_[True, self._blocks[1:] != self._blocks[:-1]][: len(order)])
        counts = np.diff(np.r_[firsts, len(order)])
        self._starts = np.repeat(firsts, counts)
        self._counts = np.repeat(counts, counts)
        self._ranks = np.arange(len(order)) - self._starts

    def pairs(
        self, chosen: npt.NDArray[np.bool_] | None = None, possible: Possible | None = None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The pairs that are compared, each once, sorted.

        chosen    by position: only pairs with one of these.
        possible  which of some pairs are wanted, so many at a time that memory stays bounded.
        """
        lower = np.minimum(self._ranks, FIRST)
        if chosen is None:
            return self._met([(lower, self._starts)], possible)
        mine = chosen[self._owners]
        later = np.where(mine & (self._ranks < FIRST), self._counts - self._ranks - 1, 0)
        stretches = [(np.where(mine, lower, 0), self._starts), (later, self._starts + self._ranks + 1)]
        return self._met(stretches, possible)

    def crowded(self) -> set[tuple[int, int]]:
        """The blocks with more mentions than they lead to, with the positions of those they lead to."""
        chosen = (self._counts > FIRST) & (self._ranks < FIRST)
        return set(zip(self._blocks[chosen].tolist(), self._owners[chosen].tolist(), strict=True))

    def _met(
        self,
        stretches: Sequence[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]],
        possible: Possible | None,
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Each entry with so many others from a place on, where one of the two seeks."""
        size = int(self._owners.max(initial=0)) + 1
        # Two often meet in many blocks: by owner, they do so within one slice.
        in_order = np.argsort(self._owners, kind="stable")
        kept = [np.empty(0, np.int64)]
        for times, starts in stretches:
            for some in _slices(times[in_order]):
                entries = in_order[some]
                often = times[entries]
                here = np.repeat(entries, often)
                step = np.arange(len(here)) - np.repeat(np.cumsum(often) - often, often)
                there = np.repeat(starts[entries], often) + step
                wanted = self._seeks[here] | self._seeks[there]
                one, other = self._owners[here[wanted]], self._owners[there[wanted]]
                codes = distinct(np.minimum(one, other) * size + np.maximum(one, other))
                kept.append(codes if possible is None else codes[possible(codes // size, codes % size)])
        found = distinct(np.concatenate(kept))
        return found // size, found % size


def distinct(numbers: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """The numbers, sorted, each once: as ``numpy.unique``, which takes thirty times as long for millions."""
    ordered: npt.NDArray[Number] = np.sort(numbers)
    is_first: npt.NDArray[np.bool_] = np.r_[True, ordered[1:] != ordered[:-1]][: len(ordered)]
    return ordered[is_first]


_AT_ONCE = 1_000_000


def _slices(times: npt.NDArray[np.int64]) -> Iterator[slice]:
    """Stretches of entries with so many pairs that memory stays bounded."""
    ends = np.cumsum(times)
    start = 0
    while start < len(times):
        done = ends[start - 1] if start else 0
        stop = max(int(np.searchsorted(ends, done + _AT_ONCE, "right")), start + 1)
        yield slice(start, stop)
        start = stop


def _hash(key: Hashable) -> int:
    return int.from_bytes(blake2b(repr(key).encode(errors="surrogatepass"), digest_size=8).digest()) & ~1


def _keys(mention: Facts) -> Iterator[tuple[Hashable, bool]]:
    """The blocks a mention stands in, and whether it is to be compared with all others there."""
    if mention.wording is not None:
        for name in mention.wording.names:
            yield ("name", name), True
        for word in mention.wording.heaviest(_WORDS):
            yield ("word", word), True
    if not mention.mention_ids:
        return
    yield from _days(mention)
    short = _length(mention) is not None
    for name in sorted({(place.name or place.text).casefold() for place in mention.places}):
        yield ("place", name), not short
    for month_and_day in _month_days(mention):
        yield ("day of year", month_and_day), mention.first is None


def _days(mention: Facts) -> Iterator[tuple[Hashable, bool]]:
    """By day and by week, where; what is dated to a few days seeks by day, what is not by week."""
    wide, cells = _countries(mention), _cells(mention)
    length = _length(mention)
    is_short = length is not None and length <= _SHORT
    dated = length is not None and length <= _MONTH
    for unit, when in (
        *(("day", day) for day in (_span(mention, 0) if is_short else ())),
        *(("week", week) for week in _weeks(mention)),
    ):
        seeks = (unit == "day") == is_short
        # What names no country and tells no time can be joined by words or lineage alone: these have blocks.
        yield (unit, when), seeks and not wide and dated
        for country, is_wide in wide.items():
            yield (unit, when, country), seeks and is_wide
        for cell in cells:
            yield (unit, when, cell), seeks
        if unit == "week":  # where what is dated to a few days and has no point looks for the others
            if (not wide) if is_short else dated:
                yield ("long", when), is_short
            for country, is_wide in wide.items():
                if not is_short or is_wide:
                    yield ("long", when, country), is_short


def _countries(mention: Facts) -> dict[str, bool]:
    """The countries of its places, and whether one there is no point: that could hold any other."""
    found: dict[str, bool] = {}
    for place in mention.places:
        if place.country:
            found[place.country] = found.get(place.country, False) or place.precision not in POINT
    return dict(sorted(found.items()))


def _cells(mention: Facts) -> list[tuple[int, int, int]]:
    """The cells that its points lie in, of four grids shifted by half a cell: near points share one."""
    found = set()
    for place in mention.places:
        if place.precision in POINT and place.lat is not None and place.lon is not None:
            for number in range(4):
                x = place.lon * _CELLS + number % 2 / 2
                y = place.lat * _CELLS + number // 2 / 2
                found.add((number, math.floor(x), math.floor(y)))
    return sorted(found)


def _length(mention: Facts) -> int | None:
    """The days between first and last; None where it is not dated, or to more than tells when it was."""
    if mention.first is None or mention.last is None or mention.last - mention.first >= _LONGEST:
        return None
    return mention.last - mention.first


def _span(mention: Facts, before: int) -> range:
    return range((mention.first or 0) - before, (mention.last or 0) + 2)


def _weeks(mention: Facts) -> range:
    if mention.first is not None and mention.last is not None:
        if _length(mention) is None:
            return range(0)
        days = _span(mention, 1)
        return range(days[0] // 7, days[-1] // 7 + 1)
    if mention.published is None or mention.is_background:
        return range(0)
    return range((mention.published - _BEFORE) // 7, (mention.published + 1) // 7 + 1)


def _month_days(mention: Facts) -> list[tuple[int, int]]:
    if mention.yearless and mention.yearless[1]:
        return [(mention.yearless[0], mention.yearless[1])]
    length = _length(mention)
    if mention.first is None or mention.last is None or length is None or length > _SHORT:
        return []
    last = min(mention.last + 1, date.max.toordinal())
    days = [date.fromordinal(day) for day in range(max(mention.first - 1, 1), last + 1)]
    return [(day.month, day.day) for day in days]
