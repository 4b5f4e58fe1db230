"""What of a mention can be told in a few numbers, and which pairs these numbers show to be no one incident.

Most pairs that share a block differ in day, place and type so plainly that they need not be weighed. Here
they are told by the hundred thousand: for each pair the most that what was read in the two could add up to.
A pair that is left out would never be a link; of one that is not left out nothing is said.
"""

from collections.abc import Iterable
from itertools import product

import numpy as np
import numpy.typing as npt

from sayso.codebook import Codebook
from sayso.incidents.facts import Facts
from sayso.incidents.pairs import LONG, SOON, Weights
from sayso.incidents.wording import number_of
from sayso.model import Place

_MOST = 2**31 - 1

_PLACES = 3
"""So many places of a mention are told; of one with more nothing is said on where it was."""

TRAITS = np.dtype(
    [
        ("told", "?"),  # a mention, not a report in which none was read
        ("worded", "?"),  # its words are compared
        ("perpetrators", "?"),  # some are named
        ("yearless", "?"),
        ("news", "?"),  # of the day of its publication, where it has no date
        ("n_places", "u1"),
        ("kind", "u1", _PLACES),
        ("first", "<i4"),  # ordinals of days; 0: not told
        ("last", "<i4"),
        ("published", "<i4"),
        ("killed", "<i4"),  # -1: not told
        ("injured", "<i4"),
        ("n_events", "<i4"),
        ("event_type", "<u4"),  # words as numbers; 0: none
        ("sub_event_type", "<u4"),
        ("name", "<u4", _PLACES),
        ("text", "<u4", _PLACES),
        ("country", "<u4", _PLACES),
        ("admin1", "<u4", _PLACES),
        ("lat", "<f4", _PLACES),  # not a number where it has no coordinates
        ("lon", "<f4", _PLACES),
        ("sub_event_types", "<u8"),  # sets of words as bits: where none is common, no word is
        ("actors", "<u8"),
        ("wholes", "<u8"),  # these, and all that they are a part of on any day
        ("targets", "<u8"),
        ("weapons", "<u8"),
    ]
)
"""The traits of a mention: a hundred and some bytes."""

Traits = npt.NDArray[np.void]
Positions = npt.NDArray[np.int64]
Amounts = npt.NDArray[np.float64]
Holds = npt.NDArray[np.bool_]

_SITE, _ADMIN1, _COUNTRY, _LONG_OR_WET = 1, 2, 3, 4
"""Kinds of places, by what ``places.apart`` and ``places.contains`` ask of them."""

_KINDS = {"admin1": _ADMIN1, "country": _COUNTRY, "route": _LONG_OR_WET, "sea": _LONG_OR_WET}

_EARTH_KM = 6371.0
_WITHIN_KM, _BEYOND_KM = 15.1, 40.1
"""Nearer than the first, two places may be one or one in the other; points farther apart than the second
never are. Both are a little more than the places' own, for coordinates are kept to seven digits here."""


def traits_of(facts: Facts, codebook: Codebook) -> bytes:
    """The traits of a mention, as one ``TRAITS``."""
    row = np.zeros((), TRAITS)
    row["told"], row["worded"] = bool(facts.mention_ids), facts.wording is not None
    row["perpetrators"], row["yearless"] = bool(facts.perpetrators), facts.yearless is not None
    row["news"] = not (facts.yearless or facts.is_background or facts.published is None)
    for name in ("first", "last", "published"):
        row[name] = getattr(facts, name) or 0
    for name in ("killed", "injured", "n_events"):
        number = getattr(facts, name)
        row[name] = -1 if number is None else min(number, _MOST)
    row["event_type"] = _number(facts.event_type)
    row["sub_event_type"] = _number(facts.sub_event_types[0] if facts.sub_event_types else None)
    row["sub_event_types"] = _bits(facts.sub_event_types)
    row["actors"] = _bits(facts.actors)
    row["wholes"] = _bits(whole for actor in facts.actors for whole in codebook.wholes_of(actor))
    row["targets"], row["weapons"] = _bits(facts.targets), _bits(facts.weapons)
    row["n_places"] = min(len(facts.places), _PLACES + 1)
    for at, place in enumerate(facts.places[:_PLACES]):
        _tell_place(row, at, place)
    return row.tobytes()


def _tell_place(row: npt.NDArray[np.void], at: int, place: Place) -> None:
    row["kind"][at] = _LONG_OR_WET if place.water else _KINDS.get(place.precision or "", _SITE)
    row["name"][at] = _number(place.name)
    row["text"][at] = _number(place.text.casefold())
    row["country"][at] = _number(place.country)
    row["admin1"][at] = _number(place.admin1)
    row["lat"][at] = np.nan if place.lat is None else place.lat
    row["lon"][at] = np.nan if place.lon is None else place.lon


def _number(word: str | None) -> int:
    """A word as a number above 0; 0 for None."""
    return 0 if word is None else number_of(word) or 1


def _bits(words: Iterable[str]) -> int:
    """Some words as bits of 64: two sets that share a word share a bit."""
    found = 0
    for word in words:
        found |= 1 << number_of(word) % 64
    return found


class Sieve:
    """The traits of mentions, and which pairs of them cannot be links."""

    def __init__(self, traits: Traits, lineages: Positions, weights: Weights) -> None:
        """Both by position; ``lineages`` has the same number for those of one lineage."""
        self._of = {name: np.ascontiguousarray(traits[name]) for name in TRAITS.names or ()}
        lat, lon = (np.radians(self._of[name].astype(np.float64)) for name in ("lat", "lon"))
        # As points on a ball: how far two are apart is then told without sines.
        self._points = [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
        self._lineages = lineages
        self._weights = {name: weight.weight for name, weight in weights.items()}
        self._near = max(weight for name, weight in self._weights.items() if name.startswith("place/"))

    def possible(self, one: Positions, other: Positions) -> Holds:
        """Which of some pairs may be links: all with words on both sides."""
        found = ~self._far_apart(one, other)
        left = np.flatnonzero(found)
        found[left] = self._most(one[left], other[left]) > 0
        return found

    def _far_apart(self, one: Positions, other: Positions) -> Holds:
        """Which have dates that are apart, without words on both sides that could outweigh it."""
        gap, dated = self._gap(one, other)
        return dated & (gap > 1) & ~self._worded(one, other)

    def _worded(self, one: Positions, other: Positions) -> Holds:
        worded: Holds = self._of["worded"][one] & self._of["worded"][other]
        return worded

    def _gap(self, one: Positions, other: Positions) -> tuple[Positions, Holds]:
        """Days between two, and whether both are dated."""
        first, last = self._of["first"], self._of["last"]
        gap = np.maximum(first[one] - last[other], first[other] - last[one])
        return gap, (first[one] > 0) & (first[other] > 0)

    def _most(self, one: Positions, other: Positions) -> Amounts:
        """The most that the evidence on pairs can come to; without bound where words are compared."""
        of, weights = self._of, self._weights
        told = of["told"][one] & of["told"][other]
        when, early = self._when(one, other)
        where, apart = self._where(one, other)
        most = when + where + self._type(one, other) + self._toll(one, other) + self._parties(one, other)
        most += np.where((when > 0) | (where > 0), 0.0, min(weights["nothing/where or when"], 0.0))
        most += np.where(self._lineages[one] == self._lineages[other], weights["lineage/same"], 0.0)
        most = weights["prior"] + np.where(told, most, weights["nothing/no mention"])
        most[told & (early | apart)] = -np.inf
        most[self._worded(one, other)] = np.inf
        return most

    def _when(self, one: Positions, other: Positions) -> tuple[Amounts, Holds]:
        """What days add at most, and which were in print before the other can have happened."""
        of, weights = self._of, self._weights
        gap, dated = self._gap(one, other)
        longest = 1 + np.maximum(*(of["last"][its] - of["first"][its] for its in (one, other)))
        when = np.select(
            [dated & (gap > 1), dated & (gap == 1), *(dated & (longest <= days) for days in (1, 7, 31))],
            [
                weights[f"date/{name}"]
                for name in ("apart", "next day", "same day", "same week", "same month")
            ],
            0.0,
        )
        yearless = ~dated & (of["yearless"][one] | of["yearless"][other])
        when[yearless] = max(weights["date/day without year"], 0.0)
        early = np.zeros(len(one), np.bool_)
        for its, others in ((one, other), (other, one)):
            early |= (of["published"][its] > 0) & (of["published"][its] < of["first"][others] - 1)
        return when + self._published(one, other, dated, early), early

    def _published(self, one: Positions, other: Positions, dated: Holds, early: Holds) -> Amounts:
        of, weights = self._of, self._weights
        begins, ends, known = [], [], ~dated
        for its in (one, other):
            first, last, published = of["first"][its], of["last"][its], of["published"][its]
            begins.append(np.where(first > 0, first, published))
            ends.append(np.where(first > 0, last, published))
            known &= np.where(first > 0, last - first < 31, of["news"][its])
        apart = np.maximum(begins[0] - ends[1], begins[1] - ends[0])
        return np.select(
            [early, known & (apart <= SOON), known & (apart > LONG)],
            [weights[f"date/published {name}"] for name in ("before", "soon after", "long after")],
            0.0,
        )

    def _where(self, one: Positions, other: Positions) -> tuple[Amounts, Holds]:
        """What places add at most, and which are surely apart."""
        mine, theirs = self._of["n_places"][one], self._of["n_places"][other]
        where = np.full(len(one), -np.inf)
        apart = (mine > 0) & (theirs > 0)
        for at, opposite in product(range(_PLACES), repeat=2):
            some = np.flatnonzero((mine > at) & (theirs > opposite))
            best, is_apart = self._two_places((one[some], at), (other[some], opposite))
            where[some] = np.maximum(where[some], best)
            apart[some] &= is_apart
        many = (mine > _PLACES) | (theirs > _PLACES)
        where[(mine == 0) | (theirs == 0)] = 0.0
        where[apart] = self._weights["place/apart"]
        where[many] = self._near
        return where, apart & ~many

    def _two_places(self, one: tuple[Positions, int], other: tuple[Positions, int]) -> tuple[Amounts, Holds]:
        weights = self._weights
        name, theirs, text, other_text, country, other_country, admin1, other_admin1, kind, other_kind = (
            self._of[what][its]
            for what in ("name", "text", "country", "admin1", "kind")
            for its in (one, other)
        )
        named = (name > 0) & (theirs > 0)
        same_country = country == other_country
        chord = np.sqrt(sum((axis[one] - axis[other]) ** 2 for axis in self._points))
        km = (
            2 * _EARTH_KM * np.arcsin(np.minimum(chord / 2, 1.0))
        )  # not a number where not known: never holds
        near = named & ((name == theirs) | (km < _WITHIN_KM))
        whole = named & same_country & (country > 0)
        best = np.select(
            [
                near,
                whole & ((kind == _COUNTRY) | (other_kind == _COUNTRY)),
                whole & ((kind == _ADMIN1) | (other_kind == _ADMIN1)),
                (name == 0) & (theirs == 0) & (text == other_text),
            ],
            [
                self._near,
                max(weights["place/same country"], 0.0),
                max(weights["place/same province"], 0.0),
                weights["place/same words"],
            ],
            max(weights["place/away"], 0.0),
        )
        plain = named & ~near & (kind != _LONG_OR_WET) & (other_kind != _LONG_OR_WET)
        fine = same_country & (kind != _COUNTRY) & (other_kind != _COUNTRY)
        other_division = (admin1 > 0) & (other_admin1 > 0) & (admin1 != other_admin1)
        far = (km > _BEYOND_KM) & (kind != _ADMIN1) & (other_kind != _ADMIN1)
        abroad = (country > 0) & (other_country > 0) & ~same_country
        return best, plain & (abroad | (fine & (other_division | far)))

    def _type(self, one: Positions, other: Positions) -> Amounts:
        of, weights = self._of, self._weights
        main, mine = of["sub_event_type"][one], of["sub_event_type"][other]
        return np.select(
            [
                main == mine,
                (of["sub_event_types"][one] & of["sub_event_types"][other]) > 0,
                of["event_type"][one] == of["event_type"][other],
            ],
            [weights[f"type/{name}"] for name in ("same", "also", "related")],
            weights["type/other"],
        )

    def _toll(self, one: Positions, other: Positions) -> Amounts:
        of, weights = self._of, self._weights
        killed, theirs = of["killed"][one], of["killed"][other]
        low, high = np.minimum(killed, theirs), np.maximum(killed, theirs)
        deaths = np.select(
            [
                (low < 0) | (high == 0),
                (low != high) & (high >= 2 * low) & (high - low >= 5),
                low != high,
                low >= 10,
                low >= 3,
            ],
            [0.0, *(weights[f"killed/{name}"] for name in ("far", "other", "same, many", "same, some"))],
            weights["killed/same, few"],
        )
        injured, number, numbers = of["injured"][one], of["n_events"][one], of["n_events"][other]
        same = (injured == of["injured"][other]) & (injured >= 5)
        joint = (np.minimum(number, numbers) == 1) & (number != numbers)
        return (
            deaths
            + np.where(same, weights["injured/same"], 0.0)
            + np.where(joint, weights["events/other"], 0.0)
        )

    def _parties(self, one: Positions, other: Positions) -> Amounts:
        of, weights = self._of, self._weights
        shared = (of["wholes"][one] & of["actors"][other]) | (of["actors"][one] & of["wholes"][other])
        others = of["perpetrators"][one] & of["perpetrators"][other]
        weapons, theirs = of["weapons"][one], of["weapons"][other]
        most: Amounts = (
            np.select([shared > 0, others], [weights["actors/shared"], weights["actors/other"]], 0.0)
            + np.where(of["targets"][one] & of["targets"][other], weights["targets/shared"], 0.0)
            + np.select(
                [(weapons & theirs) > 0, (weapons > 0) & (theirs > 0)],
                [weights["weapons/shared"], weights["weapons/other"]],
                0.0,
            )
        )
        return most
