"""The English words around the names of places, loaded from the data beside this page.

data/doubts.tsv is made by scripts/make_doubts.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sayso.codebook import data_file
from sayso.model import PlacePrecision


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """One list for each office that words.yaml describes, and those of data/doubts.tsv.

    first_names, family_names, common_words  names, by key, that are a person's or an ordinary word; but for
        the first names only those that are a place's too.
    """

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
    of_place: frozenset[str]
    before_doubted: frozenset[str]
    before_guess: frozenset[str]
    things: frozenset[str]
    speech: frozenset[str]
    abbreviations: Mapping[str, str]
    first_names: frozenset[str]
    family_names: frozenset[str]
    common_words: frozenset[str]


@cache
def english() -> PlaceWords:
    """The words of English."""
    data = data_file("sayso.places", "words.yaml")
    doubts: dict[str, set[str]] = {"f": set(), "l": set(), "o": set()}
    for line in files("sayso.places").joinpath("data/doubts.tsv").read_text("utf-8").splitlines():
        key, marks = line.split("\t")
        for mark in marks:
            doubts[mark].add(key)
    return PlaceWords(
        units=data.pop("units"),
        abbreviations=data.pop("abbreviations"),
        first_names=frozenset(doubts["f"]),
        family_names=frozenset(doubts["l"]),
        common_words=frozenset(doubts["o"]),
        **{name: frozenset(words) for name, words in data.items()},
    )
