"""Whether two dates or two places agree, by the tolerances of the rows."""

import math
from datetime import date

from sayso.evaluate.names import plain, same_province
from sayso.evaluate.told import Told

NEAR_KM = 50
"""How far apart two places may lie and still be one, where names may settle it too."""

CLOSE_KM = 25
"""The same where coordinates alone settle it."""

_EARTH_KM = 6371.0

Days = tuple[date, date]


def overlap(some: Days | None, others: Days | None) -> bool:
    """Whether two intervals share a day; an unknown one shares none."""
    return some is not None and others is not None and some[0] <= others[1] and others[0] <= some[1]


def days_between(some: Days, others: Days) -> int:
    """Days from the end of one interval to the start of the other, 0 where they overlap."""
    return max(0, (some[0] - others[1]).days, (others[0] - some[1]).days)


def tight(gold: Days, told: Days | None) -> bool:
    """Whether the intervals overlap and the one told is not much wider: a week, or three times gold's."""
    if told is None or not overlap(gold, told):
        return False
    return _length(told) <= max(7, 3 * _length(gold))


def _length(days: Days) -> int:
    return (days[1] - days[0]).days + 1


def places_agree(gold: Told, said: Told) -> bool:
    """By name, or within 50 km."""
    if gold.point and said.point and distance_km(gold.point, said.point) <= NEAR_KM:
        return True
    return place_names_agree(gold, said)


def place_names_agree(gold: Told, said: Told) -> bool:
    """Whether a name of one is that of the other or stands whole within it."""
    for ours in filter(None, map(plain, gold.places)):
        for theirs in filter(None, map(plain, said.places)):
            if f" {ours} " in f" {theirs} " or f" {theirs} " in f" {ours} ":
                return True
    return False


def points_agree(gold: Told, said: Told) -> bool | None:
    """By coordinates alone: within 25 km of gold's.

    Where gold knows no point, the province or else the country must be the same; None where it knows none
    of them. The point 0, 0 is what programs write for "unknown", and never agrees.
    """
    nowhere = said.point == (0.0, 0.0)
    if gold.point:
        return said.point is not None and not nowhere and distance_km(gold.point, said.point) <= CLOSE_KM
    if not gold.admin1 and not gold.country:
        return None
    if nowhere or (gold.country and said.country and gold.country != said.country):
        return False
    if gold.admin1:
        return any(same_province(gold.admin1, name) for name in (said.admin1, *said.places) if name)
    return gold.country == said.country


def distance_km(some: tuple[float, float], other: tuple[float, float]) -> float:
    """Along the great circle between two points in degrees."""
    (lat, lon), (other_lat, other_lon) = (map(math.radians, point) for point in (some, other))
    across = math.sin((other_lat - lat) / 2) ** 2
    along = math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, across + along)))
