"""Names of places in a report and the places that they mean."""

from sayso.places.find import PlaceName, find
from sayso.places.gazetteer import Gazetteer, gazetteer
from sayso.places.geometry import apart, contains, distance_km

__all__ = ["Gazetteer", "PlaceName", "apart", "contains", "distance_km", "find", "gazetteer"]
