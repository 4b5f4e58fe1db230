"""Names of places in a report and the places that they mean."""

from sayso.places.find import PlaceName, find, outlet_of
from sayso.places.gazetteer import Gazetteer
from sayso.places.geometry import apart, contains, distance_km
from sayso.places.shipped import gazetteer

__all__ = ["Gazetteer", "PlaceName", "apart", "contains", "distance_km", "find", "gazetteer", "outlet_of"]
