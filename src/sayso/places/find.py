"""Finds the names of places in a report and decides which of the places of that name is meant.

The names are those of the gazetteer and of the codebook's countries. Among places of one name the report as
a whole decides: the countries that it speaks of, what stands after a comma, the word beside the name, and,
last, how many people live there.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.codebook import Codebook
from sayso.model import Place, PlacePrecision, Span
from sayso.places.gazetteer import Entry, Gazetteer
from sayso.places.known import Known, known
from sayso.places.names import Name, names_in
from sayso.places.tokens import Sentence, sentence_of

# What speaks for one of several places of a name, in the unit of the logarithm of a population. Chosen so
# that what the text says outright beats all else, and the report's country a thousandfold population.
_SAID_OUTRIGHT = 8.0
_COUNTRY_OF_REPORT = 4.0
_KIND = {"country": 6.0, "sea": 6.0, "admin1": 3.5, "district": 4.0, "landmark": 5.0, "town": 0.0}
# How much one name says about the countries of the report.
_BY_COUNTRY, _BY_DEMONYM, _BY_PLACE = 1.0, 0.5, 0.7
# A town smaller than this, in a country of which the report says nothing, is something else of that name.
# Among capitals only, where nothing tells names of persons from names of towns, it must be larger.
_TOO_SMALL, _TOO_SMALL_IN_CAPITALS = 100_000, 500_000
_PRECISION: Mapping[str, PlacePrecision] = {
    "country": "country",
    "sea": "sea",
    "admin1": "admin1",
    "district": "district",
    "landmark": "exact",
    "town": "town",
}


@dataclass(frozen=True, slots=True)
class PlaceName:
    """Words of a report that name a place: ``text[start:end]`` is ``place``."""

    start: int
    end: int
    place: Place


def find(text: str, spans: Sequence[Span], gazetteer: Gazetteer, codebook: Codebook) -> tuple[PlaceName, ...]:
    """The places named within the spans, in order and apart, one reading for the whole report.

    text   the text of a report.
    spans  the sentences to look in, in order; no name crosses their ends.

    A name that is not in the gazetteer, but shows itself as a place ("the village of X"), has a Place with
    nothing but its text. Empty where nothing is found; raises nothing.
    """
    held = known(gazetteer, codebook)
    sentences = [sentence_of(text, span, number) for number, span in enumerate(spans)]
    names = [name for sentence in sentences for name in names_in(sentence, held)]
    countries = _countries(names, sentences, held)
    found: list[PlaceName] = []
    for index, name in enumerate(names):
        following = names[index + 1] if index + 1 < len(names) else None
        place = _place(text, name, following, countries)
        if place is not None:
            found.append(PlaceName(*name.span, place))
    return tuple(found)


def _countries(names: Sequence[Name], sentences: Sequence[Sentence], held: Known) -> dict[str, float]:
    """How much the report speaks of each country, 1 for the one that it speaks of most."""
    weights: defaultdict[str, float] = defaultdict(float)
    for sentence in sentences:
        for token in sentence.tokens:
            if token.is_capital and token.key in held.demonyms:
                weights[held.demonyms[token.key]] += _BY_DEMONYM
    for name in names:
        of_name = {entry.country for entry in name.entries}
        country = next(iter(of_name)) if len(of_name) == 1 else None
        if country and (any(_is_sure(entry) for entry in name.entries) or _is_told_as_place(name, held)):
            is_country = any(entry.kind == "country" for entry in name.entries)
            weights[country] += _BY_COUNTRY if is_country else _BY_PLACE
    most = max(weights.values(), default=1.0)
    return {country: weight / most for country, weight in weights.items()}


def _is_told_as_place(name: Name, held: Known) -> bool:
    """Whether a name that is no ordinary word stands where a place does: "nine dead in Charikar"."""
    return not name.is_weak and name.sentence.key(name.first - 1) in held.words.before_place


def _is_sure(entry: Entry) -> bool:
    """Whether the name alone is enough to speak of its country: not so the name of a small town."""
    return entry.kind != "town" or entry.population >= _TOO_SMALL


def _place(text: str, name: Name, following: Name | None, countries: Mapping[str, float]) -> Place | None:
    """The place that is meant; None where the name is too doubtful to be one."""
    start, end = name.span
    words = text[start:end]
    entries = _fitting(name)
    within = following.entries if following is not None and _stands_within(name, following) else ()
    if not entries:
        return _unresolved(words, within, countries)
    best = max(entries, key=lambda entry: (_score(entry, within, countries), entry.population))
    if _is_doubtful(name, best, within, countries):
        return Place(words, None) if name.unit else None
    if name.site is not None and best.kind != "town":
        return Place(words, None)  # a site that bears the name of a country may stand anywhere
    if name.site is not None:
        site = " ".join(words.split())
        return Place(words, site, best.admin1, best.country, None, best.lat, best.lon, "exact")
    return _as_place(words, best, name)


def _unresolved(words: str, within: Sequence[Entry], countries: Mapping[str, float]) -> Place:
    """A name that is in no gazetteer: its text, and the larger place that the report says it lies in."""
    whole = max(within, key=lambda entry: (_score(entry, (), countries), entry.population), default=None)
    return Place(words, None, whole.admin1 if whole else None, whole.country if whole else None)


def _fitting(name: Name) -> tuple[Entry, ...]:
    """The entries that the word beside the name allows: "Kabul province" is no town."""
    if name.unit == "admin1":
        kinds: tuple[str, ...] = ("admin1",)
    elif name.unit == "town":
        kinds = ("town",)
    elif name.unit == "district" and name.is_county:
        return tuple(entry for entry in name.entries if entry.kind in ("admin1", "district"))
    elif name.unit == "district":
        kinds = ("district", "town", "landmark")
    else:
        return _towns_before_their_provinces(name.entries)
    return tuple(entry for entry in name.entries if entry.kind in kinds) or name.entries


def _towns_before_their_provinces(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Without the provinces that bear the name of a town in them: nothing says that the province is meant."""
    towns = {(entry.country, entry.admin1) for entry in entries if entry.kind == "town"}
    return tuple(
        entry for entry in entries if entry.kind != "admin1" or (entry.country, entry.admin1) not in towns
    )


def _stands_within(name: Name, following: Name) -> bool:
    """Whether the next name says where this one is: "Garmsir district in Helmand", "Mosul, Iraq"."""
    if following.sentence is not name.sentence:
        return False
    between = following.first - name.end
    after = name.sentence.tokens[name.end - 1].after
    if between == 0:
        return after in (", ", " (", ",\n")
    last = name.sentence.key(following.first - 1)
    return between <= 3 and last in ("in", "the", "of") and name.unit is not None and "." not in after


def _score(entry: Entry, within: Sequence[Entry], countries: Mapping[str, float]) -> float:
    score = _KIND[entry.kind] + math.log10(entry.population + 10)
    if entry.country is not None:
        score += _COUNTRY_OF_REPORT * countries.get(entry.country, 0.0)
    return score + (_SAID_OUTRIGHT if _lies_within(entry, within) else 0.0)


def _lies_within(entry: Entry, within: Sequence[Entry]) -> bool:
    return any(
        entry is not whole
        and entry.country == whole.country
        and (whole.kind == "country" or (whole.kind == "admin1" and whole.admin1 in (entry.admin1, None)))
        for whole in within
    )


def _is_doubtful(name: Name, best: Entry, within: Sequence[Entry], countries: Mapping[str, float]) -> bool:
    """Whether the name is more probably something else: a person, an ordinary word, an unknown village."""
    if not countries or best.country in countries or _lies_within(best, within):
        return False
    if name.is_weak:
        return best.kind != "country"
    too_small = _TOO_SMALL_IN_CAPITALS if name.sentence.all_capitals else _TOO_SMALL
    return best.kind == "town" and best.population < too_small


def _as_place(words: str, entry: Entry, name: Name) -> Place:
    precision = _PRECISION[entry.kind]
    if name.unit in ("admin1", "district") and entry.kind == "town":
        precision = name.unit  # the division around the town, at the town's coordinates
    if name.near and precision in ("town", "exact", "district"):
        precision = "near"
    water = entry.name if entry.kind == "sea" else None
    return Place(words, entry.name, entry.admin1, entry.country, water, entry.lat, entry.lon, precision)
