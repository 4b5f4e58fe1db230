"""All names that one gazetteer and one codebook know."""

from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sayso.codebook import Codebook
from sayso.places.gazetteer import Entry, Gazetteer, key_of, longest_by_first
from sayso.places.words import PlaceWords, english


@dataclass(frozen=True, eq=False)
class Known:
    """Names by key.

    organisations  names of several words, which may hold the name of a place.
    countries      names, and the demonyms, of countries: ISO 3166-1 alpha-3.
    short          names in capitals only: "US" is a country, "us" is not.
    longest        how many tokens a name that begins with the word has at most; 0 if none does.
    alike          the places of a country whose names have a sound.
    """

    places: Mapping[str, tuple[Entry, ...]]
    organisations: frozenset[str]
    demonyms: Mapping[str, str]
    short: frozenset[str]
    longest: Callable[[str], int]
    alike: Callable[[str, str], tuple[tuple[str, Entry], ...]]
    capitals: Mapping[str, str]
    words: PlaceWords


@lru_cache(maxsize=8)
def known(gazetteer: Gazetteer, codebook: Codebook) -> Known:
    """The names of both; the countries of the codebook stand beside those of the gazetteer."""
    words = english()
    ours: dict[str, tuple[Entry, ...]] = {}
    short: set[str] = set()
    for row in codebook.countries:
        entry = Entry(row.name, "country", None, row.country, None, None, 0)
        for form in (row.name, *row.aliases):
            key = key_of(form)
            entries = ours.get(key) or gazetteer.named.get(key, ())
            others = tuple(one for one in entries if one.kind != "country")
            if not (others and row.country in {one.country for one in others if one.name == row.name}):
                ours[key] = (entry, *others)
            if form.isupper():
                short.add(key)
    organisations = _organisations(codebook, words)
    longest = longest_by_first((*ours, *organisations)).get
    demonyms = {key_of(form): row.country for row in codebook.countries for form in row.demonyms}
    places = ChainMap(ours, gazetteer.named)  # type: ignore[arg-type]  # it is only read
    return Known(
        places,
        organisations,
        demonyms,
        frozenset(short),
        lambda word: max(longest(word, 0), gazetteer.longest(word)),
        gazetteer.alike,
        gazetteer.capitals,
        words,
    )


def _organisations(codebook: Codebook, words: PlaceWords) -> frozenset[str]:
    """Names of actors and outlets in several words; not those that are printed just like a place's.

    "Sinai Province" may be the group's name, and mostly is the province.
    """
    forms = {form for row in codebook.actors for form in (row.name, *row.aliases)}
    forms |= {form for row in codebook.outlets for form in (row.outlet, *row.aliases)}
    return frozenset(
        key
        for key in map(key_of, forms)
        if key.count(" ") >= 1 and not (key.count(" ") == 1 and key.rsplit(" ", 1)[1] in words.units)
    )
