"""Joint tolls: one telling of several blows ("bombings across the country"), and those told apart from it.

Definitions: the codebook, What counts as an incident.
"""

from itertools import combinations

from sayso import places
from sayso.coding.reading import Reading
from sayso.coding.rules import people
from sayso.coding.rules.stretches import Stretch
from sayso.coding.rules.words import Words

_WIDE = ("country", "admin1", "district")


def blows(stretch: Stretch, words: Words, reading: Reading) -> int | None:
    """How many blows a stretch tells of together: 1 for what is told as one, None where it does not say.

    Several are those of a noun in the plural that were in more than one place, in a whole province or
    country, or on more than one day; rockets on one town are one blow.
    """
    nouns = [hit for hit in stretch.hits if not hit.verbal and hit.strength != "support"]
    if not nouns or not all(hit.plural for hit in nouns):
        return 1
    apart = any(places.apart(one.place, other.place) for one, other in combinations(stretch.places, 2))
    wide = bool(stretch.places) and all(name.place.precision in _WIDE for name in stretch.places)
    long = stretch.time is not None and stretch.time.date.precision != "day"
    if not (apart or wide or long):
        return 1
    number = people.number_of(reading, words.syntax, nouns[0].token)
    return number.count.best if number and (number.count.best or 0) > 1 else None


def is_part(stretch: Stretch, whole: Stretch) -> bool:
    """Whether a stretch tells one of several blows that another tells of together.

    It is in a place of its own that is one of the other's, or lies within it, and is told as one act or of a
    smaller place.
    """
    if stretch.place is None:
        return False
    here = stretch.place.place
    narrower = any(places.contains(name.place, here) and name.place != here for name in whole.places)
    same = any(name.place == here for name in whole.places)
    return narrower or (same and not any(hit.plural for hit in stretch.hits))
