"""What lies in what, and how far apart."""

import math

from sayso.model import Place

_EARTH_KM = 6371.0
# Beyond these, in km, two points are two places: coordinates of one town differ by its size and by source.
_TOWN_KM = 20.0
_NEAR_KM = 40.0
_REGION_KM = 500.0
# A site lies in a town if it is no farther from its middle than this.
_SITE_KM = 15.0
_WIDE = ("country", "admin1")


def distance_km(a: Place, b: Place) -> float | None:
    """Great-circle distance in km; None where either has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def contains(whole: Place, part: Place) -> bool:
    """Whether one place surely holds another: a country its towns, a province its districts; itself too."""
    if _is_same(whole, part):
        return True
    if whole.name is None or part.name is None or whole.country is None or whole.country != part.country:
        return False
    if whole.precision == "country":
        return True
    if whole.precision == "admin1":
        return part.precision not in _WIDE and whole.admin1 is not None and whole.admin1 == part.admin1
    if whole.precision == "town" and part.precision == "exact":
        distance = distance_km(whole, part)
        return distance is not None and distance <= _SITE_KM
    return False


def apart(a: Place, b: Place) -> bool:
    """Whether two places are surely not the same one, nor one within the other.

    False where not enough is known: an unresolved name, a town and the country that it may lie in.
    """
    if _is_same(a, b) or a.name is None or b.name is None:
        return False
    if a.water or b.water:
        return bool(a.water and b.water)
    if a.country != b.country:
        return a.country is not None and b.country is not None
    if "country" in (a.precision, b.precision):
        return False
    if a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return True
    distance = distance_km(a, b)
    if distance is None:
        return False
    if "admin1" in (a.precision, b.precision):
        # Within one division, or a region that is no division ("Darfur"): only what is far is apart.
        return not (a.admin1 and b.admin1) and distance > _REGION_KM
    return distance > (_NEAR_KM if {"near", "district", "route"} & {a.precision, b.precision} else _TOWN_KM)


def _is_same(a: Place, b: Place) -> bool:
    if a.name is None or b.name is None:
        return a == b
    return (a.name, a.admin1, a.country, a.water) == (b.name, b.admin1, b.country, b.water) and (
        (a.precision in _WIDE) == (b.precision in _WIDE)
    )
