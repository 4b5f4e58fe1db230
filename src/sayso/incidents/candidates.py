"""Which mentions are worth comparing at all."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date

from sayso.incidents.facts import POINT, Facts

_LONGEST = 400
"""Days; a longer interval says as little on when as none."""

_BEFORE = 30
"""News without a date is looked for among what happened up to this many days before it was published."""

_WORDS = 8
"""So many of a mention's words lead to others that have them among theirs. Of 1,768 pairs of one incident
1,592 were compared without, 1,628 with 4 and 1,653 with 8."""

_CELLS = 1.5
"""Cells to a degree: half of one is 37 kilometres from north to south."""

_MOST_PAIRS = 250_000
_NEIGHBOURS = 100
"""A block with more pairs than ``_MOST_PAIRS`` is not compared in full: each mention meets only so many
neighbours on either side, by name of place and day."""


def candidates(mentions: Sequence[Facts]) -> list[tuple[int, int]]:
    """Pairs of positions (smaller, larger) that could be of one incident, sorted.

    These lie near one another in the same week, or share a week and a country where one has no point for a
    place, or a week where one has no country; or one has no date and they share the name of a place; or one
    has a day without a year and the other falls on such a day; or they are of one lineage;
    or their words share a name or one of those that weigh most.
    """
    seekers: dict[Hashable, list[int]] = defaultdict(list)
    found: dict[Hashable, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        for key, seeks in _keys(mention):
            found[key].append(index)
            if seeks:
                seekers[key].append(index)
    pairs: set[tuple[int, int]] = set()
    for key, seeking in seekers.items():
        pairs.update(_pairs(seeking, found[key], mentions))
    return sorted(pairs)


def _keys(mention: Facts) -> Iterator[tuple[Hashable, bool]]:
    """The blocks a mention stands in, and whether it is to be compared with all others there."""
    yield ("lineage", mention.lineage_id), True
    if mention.wording is not None:
        for name in mention.wording.names:
            yield ("name", name), True
        for word in mention.wording.heaviest(_WORDS):
            yield ("word", word), True
    if not mention.mention_ids:
        return
    wide, cells = _countries(mention), _cells(mention)
    dated = mention.first is not None and mention.last is not None
    for week in _weeks(mention):
        yield ("week", week), not wide
        for country, seeks in wide.items():
            yield ("week and country", week, country), seeks
        for cell in cells:
            yield ("week and cell", week, cell), True
    for name in sorted({(place.name or place.text).casefold() for place in mention.places}):
        yield ("place", name), not dated or not _is_short(mention)
    for month_and_day in _month_days(mention):
        yield ("day of year", month_and_day), not dated


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


def _is_short(mention: Facts) -> bool:
    return (mention.last or 0) - (mention.first or 0) < _LONGEST


def _weeks(mention: Facts) -> range:
    if mention.first is not None and mention.last is not None:
        if not _is_short(mention):
            return range(0)
        return range((mention.first - 1) // 7, (mention.last + 1) // 7 + 1)
    if mention.published is None or mention.is_background:
        return range(0)
    return range((mention.published - _BEFORE) // 7, (mention.published + 1) // 7 + 1)


def _month_days(mention: Facts) -> list[tuple[int, int]]:
    if mention.yearless and mention.yearless[1]:
        return [(mention.yearless[0], mention.yearless[1])]
    if mention.first is None or mention.last is None or mention.last - mention.first > 7:
        return []
    last = min(mention.last + 1, date.max.toordinal())
    days = [date.fromordinal(day) for day in range(max(mention.first - 1, 1), last + 1)]
    return [(day.month, day.day) for day in days]


def _pairs(
    seeking: Sequence[int], found: Sequence[int], mentions: Sequence[Facts]
) -> Iterator[tuple[int, int]]:
    if len(seeking) * len(found) <= _MOST_PAIRS:
        for one in seeking:
            yield from ((min(one, other), max(one, other)) for other in found if other != one)
        return
    ordered = sorted((_where_and_when(mentions[index]), index) for index in found)
    for one in seeking:
        at = bisect_left(ordered, (_where_and_when(mentions[one]), one))
        for _, other in ordered[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS + 1]:
            if other != one:
                yield min(one, other), max(one, other)


def _where_and_when(mention: Facts) -> tuple[str, int]:
    first = mention.places[0] if mention.places else None
    name = (first.name or first.text).casefold() if first else ""
    return name, mention.first or mention.published or 0
