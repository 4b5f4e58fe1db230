"""Which names are places and not persons or ordinary words: one sense for the whole report."""

from collections import Counter
from collections.abc import Sequence

from sayso.places.names import Name


def places_among(names: Sequence[Name]) -> list[Name]:
    """The names that are places, in order.

    Where the words beside a name leave it open, the other mentions of the report decide; and a name that may
    be a person's, or is an ordinary word, needs one mention that shows it as a place.
    """
    shown: Counter[str] = Counter(name.key for name in names if name.standing == "place")
    persons: Counter[str] = Counter(name.key for name in names if name.standing == "person")
    return [name for name in names if _is_place(name, shown, persons)]


def _is_place(name: Name, shown: Counter[str], persons: Counter[str]) -> bool:
    if name.standing != "open":
        return name.standing == "place"
    if name.is_weak:
        return False
    if not name.is_doubted and any(entry.kind == "country" for entry in name.entries):
        return True
    if persons[name.key] > shown[name.key]:
        return False
    return not name.is_doubted or (shown[name.key] > 0 and name.first > 0) or shown[name.key] > 1
