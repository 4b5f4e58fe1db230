"""Incidents as features of GeoJSON (RFC 7946), for maps: one feature each, one line each.

The point is that of the first place, longitude first. An incident without coordinates is a feature without a
geometry; how near a point is, ``place_precision`` tells.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.exports import wide
from sayso.exports.collection import check_collection, collection_lines
from sayso.model import Incident

_HEAD = '{"type": "FeatureCollection", "features": ['
_END = "]}"


def lines(incidents: Iterable[Incident]) -> Iterator[str]:
    """The lines of the collection; each feature but the last ends in a comma."""
    return collection_lines(_HEAD, map(feature, incidents), lambda _: _END)


def feature(incident: Incident) -> dict[str, Any]:
    """One incident as a feature."""
    place = incident.place
    point = None
    if place is not None and place.lat is not None and place.lon is not None:
        point = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return {
        "type": "Feature",
        "id": incident.incident_id,
        "geometry": point,
        "properties": dict(zip(wide.NAMES, wide.row(incident), strict=True)),
    }


def check_file(path: Path, count: int) -> None:
    """Reads the features again, one by one. Raises OutputError where something else was written."""
    check_collection(path, _HEAD, _END, count, _is_feature)


def _is_feature(data: dict[str, Any]) -> bool:
    point = data["geometry"]
    if point is not None:
        lon, lat = point["coordinates"]
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            return False
    return data["type"] == "Feature" and set(data["properties"]) == set(wide.NAMES)
