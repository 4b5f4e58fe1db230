"""The English words around the names of places, loaded from the data beside this page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from sayso.model import PlacePrecision


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """One list for each office that words.yaml describes."""

    units: Mapping[str, PlacePrecision]
    shows_place: frozenset[str]
    counties: frozenset[str]
    sites: frozenset[str]
    directions: frozenset[str]
    edges: frozenset[str]
    distances: frozenset[str]
    near: frozenset[str]
    before_place: frozenset[str]
    organisations: frozenset[str]
    organisations_before: frozenset[str]
    titles: frozenset[str]
    beside_place: frozenset[str]
    ordinary: frozenset[str]
    never: frozenset[str]
    small_words: frozenset[str]
    before_unknown: frozenset[str]
    no_place: frozenset[str]
    articles: frozenset[str]


@cache
def english() -> PlaceWords:
    """The words of English."""
    data = yaml.safe_load(files("sayso.places").joinpath("words.yaml").read_text("utf-8"))
    units = data.pop("units")
    return PlaceWords(units=units, **{name: frozenset(words) for name, words in data.items()})
