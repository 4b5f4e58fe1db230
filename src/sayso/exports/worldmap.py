"""Incidents on a map, as SVG: lines of coasts and borders (Natural Earth), a circle for each place.

Borders are drawn as that source has them and stand for no opinion. An incident that is known no nearer than
to a country or a sea has no circle: it would pose as a town.
"""

import gzip
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup, escape

from sayso.exports import text
from sayso.model import Incident, Place

_PARTS = 20  # of a degree, in outlines.txt.gz
_WIDTH = 760
_HEIGHT = 460
_LEAST = 9.0
"""Degrees that a map shows at least: a single town needs the borders around it."""
_NEAR = 14  # pixels within which circles share a line of numbers
_MOST_NUMBERS = 5  # in such a line
_DIGIT, _TALL = 6.2, 12.0
"""Pixels that a character of such a line takes, and the line."""
_GROUND = "#f4f6f7"
_Box = tuple[float, float, float, float]
"""West, north, east and south in the picture."""
_EXACT = frozenset({"exact", "near", "town"})
_SHOWN = _EXACT | {"district", "route", "admin1"}


@dataclass(frozen=True, slots=True)
class _View:
    """The stretch of the earth that is shown, and how many pixels a degree of longitude has."""

    west: float
    north: float
    scale: float
    narrow: float

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point stands in the picture."""
        return (lon - self.west) * self.scale, (self.north - lat) * self.scale / self.narrow


def is_shown(place: Place | None) -> bool:
    """Whether a place has a circle on the map."""
    return place is not None and place.lat is not None and place.lon is not None and place.precision in _SHOWN


def map_svg(incidents: Sequence[Incident]) -> Markup | None:
    """The map of the incidents, numbered as they are in order; None where none has a place to show.

    Each circle leads to ``#i`` and the number. Those whose place is a district, a province or a road are
    hollow.
    """
    shown = [(number, one) for number, one in enumerate(incidents, 1) if is_shown(one.place)]
    if not shown:
        return None
    view = _view([one.place for _, one in shown if one.place])
    lines = Markup("").join(Markup('<polyline points="{}"/>').format(points) for points in _lines_in(view))
    dots = Markup("").join(_dot(number, one, view) for number, one in shown)
    labels = Markup("").join(_labels(shown, view))
    return Markup(
        '<svg viewBox="0 0 {w} {h}" role="img" xmlns="http://www.w3.org/2000/svg" '
        'aria-label="Map of the incidents"><rect width="100%" height="100%" fill="{ground}"/>'
        '<g fill="none" stroke="#9aa5ab" stroke-width="0.8">{lines}</g>{dots}{labels}</svg>'
    ).format(w=_WIDTH, h=_HEIGHT, ground=_GROUND, lines=lines, dots=dots, labels=labels)


def _view(places: Sequence[Place]) -> _View:
    lons = [place.lon for place in places if place.lon is not None]
    lats = [place.lat for place in places if place.lat is not None]
    south, north = _widened(min(lats), max(lats))
    west, east = _widened(min(lons), max(lons))
    narrow = max(math.cos(math.radians((south + north) / 2)), 0.2)  # a degree of longitude is shorter there
    scale = min(_WIDTH / (east - west), _HEIGHT * narrow / (north - south))
    # The picture is filled: what is around the narrower side is shown too.
    return _View(
        (west + east - _WIDTH / scale) / 2, (south + north + _HEIGHT * narrow / scale) / 2, scale, narrow
    )


def _widened(low: float, high: float) -> tuple[float, float]:
    middle, half = (low + high) / 2, max((high - low) * 0.6, _LEAST / 2)
    return middle - half, middle + half


def _lines_in(view: _View) -> Iterator[str]:
    """The lines that come near the picture, as points of it."""
    for line in _outlines():
        points = [view.at(lon / _PARTS, lat / _PARTS) for lon, lat in line]
        if (
            max(x for x, _ in points) >= 0
            and min(x for x, _ in points) <= _WIDTH
            and max(y for _, y in points) >= 0
            and min(y for _, y in points) <= _HEIGHT
        ):
            yield " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


@cache
def _outlines() -> tuple[tuple[tuple[int, int], ...], ...]:
    packed = files("sayso.exports").joinpath("outlines.txt.gz").read_bytes()
    return tuple(
        tuple((int(lon), int(lat)) for lon, lat in (pair.split(",") for pair in line.split(" ")))
        for line in gzip.decompress(packed).decode().splitlines()
    )


def _dot(number: int, incident: Incident, view: _View) -> Markup:
    place = incident.place
    if place is None or place.lat is None or place.lon is None:
        return Markup("")
    x, y = view.at(place.lon, place.lat)
    fill = "#b3261e" if place.precision in _EXACT else "#ffffff"
    words = f"{number}. {incident.title or incident.sub_event_type}, {text.where(place)}"
    return Markup(
        '<a href="#i{n}"><circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{fill}" stroke="#7a1710" '
        'stroke-width="1.5" fill-opacity="0.75"><title>{words}</title></circle></a>'
    ).format(n=number, x=x, y=y, fill=fill, words=escape(text.harmless(words)))


def _labels(shown: Sequence[tuple[int, Incident]], view: _View) -> Iterator[Markup]:
    """The numbers beside the circles; those of circles that lie on one another stand in one line."""
    near: dict[tuple[int, int], list[tuple[int, float, float]]] = {}
    for number, one in shown:
        if one.place is not None and one.place.lat is not None and one.place.lon is not None:
            x, y = view.at(one.place.lon, one.place.lat)
            near.setdefault((round(x / _NEAR), round(y / _NEAR)), []).append((number, x, y))
    taken = [(x - 6, y - 6, x + 6, y + 6) for group in near.values() for _, x, y in group]
    for group in near.values():
        words = ", ".join(str(number) for number, _, _ in group[:_MOST_NUMBERS])
        words += " …" if len(group) > _MOST_NUMBERS else ""
        box = _free(group, len(words) * _DIGIT, taken)
        taken.append(box)
        yield Markup(
            '<text x="{x:.1f}" y="{y:.1f}" font-size="11" font-family="sans-serif" paint-order="stroke" '
            'stroke="{ground}" stroke-width="2.5">{words}</text>'
        ).format(x=box[0], y=box[3] - 2, ground=_GROUND, words=words)


def _free(group: Sequence[tuple[int, float, float]], wide: float, taken: Sequence[_Box]) -> _Box:
    """Where a line of numbers covers least of circles and of other lines: right, left, below or above."""
    west, east = min(x for _, x, _ in group) - 7, max(x for _, x, _ in group) + 7
    north, south = min(y for _, _, y in group) - 6, max(y for _, _, y in group) + 6
    middle, level = (west + east) / 2, (north + south) / 2
    starts = [
        (east, level - _TALL / 2),
        (west - wide, level - _TALL / 2),
        (middle - wide / 2, south),
        (middle - wide / 2, north - _TALL),
    ]
    boxes = [(x, y, x + wide, y + _TALL) for x, y in starts]
    whole = [box for box in boxes if box[0] >= 0 and box[1] >= 0 and box[2] <= _WIDTH and box[3] <= _HEIGHT]
    return min(whole or boxes, key=lambda box: sum(_shared(box, other) for other in taken))


def _shared(one: _Box, other: _Box) -> float:
    """How many square pixels two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0.0) * max(tall, 0.0)
