"""Which of the places of a name is meant: the report as a whole decides.

Each name starts with its places weighed by how many people live there. What the other names of the report
mean then speaks for the places in the same country, in the same division and close by, and so on for a few
rounds:
names that can be only one place pull the others to it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.places.gazetteer import Entry

# What speaks for one of several places of a name, in the unit of the logarithm of a population. Chosen so
# that what the text says outright beats all else, and the report's country a thousandfold population.
_SAID_OUTRIGHT = 8.0
_SAME_COUNTRY, _SAME_DIVISION, _CLOSE_BY = 4.0, 3.0, 2.0
_KIND = {"country": 3.0, "sea": 3.0, "admin1": 0.0, "district": 0.0, "landmark": 1.0, "town": 0.0}
# Of places of which it is not known, how many people they may stand for.
_PEOPLE = {
    "country": 10_000_000,
    "sea": 1_000_000,
    "admin1": 300_000,
    "district": 50_000,
    "landmark": 100_000,
}
_HAMLET = 100
# A capital stands for its government, and a town that an outlet is named for is as large as any other.
_CAPITAL = 1.0
_LARGEST_HOME = 100_000
# How much one mention says about the countries of the report.
_BY_COUNTRY, _BY_DEMONYM, _BY_PLACE, _BY_OUTLET = 1.0, 0.5, 0.7, 1.0
# How much of an evidence is half as good as all of it.
_HALF = 0.7
_ROUNDS = 3
# The likelier of two places a tenth as large again is this much likelier.
_SHARPNESS = 2.0
_MOST_MENTIONS = 3
_AROUND = tuple((row, column) for row in (-1, 0, 1) for column in (-1, 0, 1))


@dataclass(slots=True)
class Weights:
    """How much of the report is in each country, division and square of one degree."""

    country: defaultdict[Hashable, float] = field(default_factory=lambda: defaultdict(float))
    division: defaultdict[Hashable, float] = field(default_factory=lambda: defaultdict(float))
    square: defaultdict[Hashable, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, entry: Entry, weight: float) -> None:
        """Counts a place with a weight; a negative one takes it back."""
        if entry.country is None:
            return
        self.country[entry.country] += weight
        if entry.kind == "country":
            return
        if entry.admin1:
            self.division[entry.country, entry.admin1] += weight
        if entry.kind != "admin1" and entry.lat is not None and entry.lon is not None:
            self.square[math.floor(entry.lat), math.floor(entry.lon)] += weight

    def near(self, entry: Entry) -> float:
        """The weight in the square of a place and in those around it."""
        if entry.lat is None or entry.lon is None or entry.kind in ("admin1", "sea"):
            return 0.0
        row, column = math.floor(entry.lat), math.floor(entry.lon)
        squares = self.square
        return sum([squares.get((row + a, column + b), 0.0) for a, b in _AROUND])


@dataclass(frozen=True, slots=True)
class Asked:
    """One name of the report: its places, those that the text says it lies in, how often it is named.

    is_local   it is in the name of the outlet, which makes it no matter how few people live there.
    capital    which of the places is a capital.
    """

    entries: tuple[Entry, ...]
    within: tuple[Entry, ...]
    mentions: int
    is_local: bool = False
    capital: Entry | None = None


class Meaning:
    """What the names of one report mean."""

    def __init__(self, asked: Mapping[str, Asked], countries: Counter[str]) -> None:
        self._asked = asked
        self._given = countries
        self._shares: dict[str, list[float]] = {}
        self.weights = Weights()
        for key, one in asked.items():
            scores = [_prior(entry, one) + _outright(entry, one.within) for entry in one.entries]
            self._shares[key] = _shares(scores)
        for _ in range(_ROUNDS):
            self._weigh()
            self._shares = {
                key: _shares(self.scores(key, one.entries, one.within)) if len(one.entries) > 1 else [1.0]
                for key, one in asked.items()
            }
        self._weigh()

    def _weigh(self) -> None:
        self.weights = Weights()
        for country, weight in self._given.items():
            self.weights.country[country] += weight
        for key in self._asked:
            self._count(key, 1.0)

    def _count(self, key: str, sign: float) -> None:
        one = self._asked.get(key)
        if one is None:
            return
        for entry, share in zip(one.entries, self._shares[key], strict=True):
            if share > 0.02:
                is_country = entry.kind == "country"
                weight = (_BY_COUNTRY if is_country else _BY_PLACE) * min(one.mentions, _MOST_MENTIONS)
                self.weights.add(entry, sign * share * weight)

    def scores(self, key: str, entries: Sequence[Entry], within: Sequence[Entry]) -> list[float]:
        """How much speaks for each of the places of a name, its own weight left out."""
        one = self._asked[key]
        self._count(key, -1.0)
        weights = self.weights
        most = max(0.7, *weights.country.values(), 0.7)
        found = []
        for entry in entries:
            score = _prior(entry, one) + _outright(entry, within)
            if entry.country is not None:
                score += _SAME_COUNTRY * max(0.0, weights.country.get(entry.country, 0.0)) / most
                if entry.kind != "country":
                    score += _SAME_DIVISION * _part(weights.division.get((entry.country, entry.admin1), 0.0))
                    score += _CLOSE_BY * _part(weights.near(entry))
            found.append(score)
        self._count(key, 1.0)
        return found

    def best(self, key: str, entries: Sequence[Entry], within: Sequence[Entry]) -> Entry:
        """The place that is meant, of those that the words beside a mention allow."""
        scores = self.scores(key, entries, within)
        best = max(
            range(len(entries)), key=lambda number: (scores[number], entries[number].population, -number)
        )
        return entries[best]

    def says_nothing(self, key: str) -> bool:
        """Whether nothing but this name tells of which country the report speaks."""
        self._count(key, -1.0)
        found = all(weight < 0.3 for weight in self.weights.country.values())
        self._count(key, 1.0)
        return found

    def countries(self, key: str) -> set[str]:
        """The countries of which the report speaks at least half as much as of that it speaks of most.

        What the name of that key says does not count.
        """
        self._count(key, -1.0)
        weights = self.weights.country
        most = max(weights.values(), default=0.0)
        found = {str(country) for country, weight in weights.items() if weight >= max(0.3, most / 2)}
        self._count(key, 1.0)
        return found

    def is_in_division(self, entry: Entry) -> bool:
        """Whether the report speaks of the division of a place."""
        return bool(entry.admin1) and self.weights.division.get((entry.country, entry.admin1), 0.0) > 0.3

    def speaks_of(self, key: str, entry: Entry) -> bool:
        """Whether the report speaks of the country of a place other than by this name."""
        self._count(key, -1.0)
        found = self.weights.country.get(entry.country, 0.0) > 0.3
        self._count(key, 1.0)
        return found


def demonym_weights(countries: Iterable[str]) -> Counter[str]:
    """What the demonyms of a report say about its countries."""
    counted: Counter[str] = Counter()
    for country in countries:
        counted[country] += _BY_DEMONYM  # type: ignore[assignment]  # a weight is no whole number
    return counted


def _part(weight: float) -> float:
    """Some evidence is much, more of it is little more."""
    return weight / (weight + _HALF) if weight > 0 else 0.0


def _prior(entry: Entry, one: Asked) -> float:
    people = max(entry.population or _PEOPLE.get(entry.kind, _HAMLET), _HAMLET)
    if one.is_local and entry.kind != "country":
        people = min(people, _LARGEST_HOME)
    return _KIND[entry.kind] + math.log10(people) + (_CAPITAL if entry is one.capital else 0.0)


def _outright(entry: Entry, within: Sequence[Entry]) -> float:
    return _SAID_OUTRIGHT if lies_within(entry, within) else 0.0


def _shares(scores: Sequence[float]) -> list[float]:
    most = max(scores)
    powers = [math.exp(_SHARPNESS * (score - most)) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def lies_within(entry: Entry, within: Iterable[Entry]) -> bool:
    """Whether a place lies in one of those that the text says it lies in."""
    return any(
        entry is not whole
        and entry.country == whole.country
        and (whole.kind == "country" or (whole.kind == "admin1" and whole.admin1 in (entry.admin1, None)))
        for whole in within
    )
