"""All names that one gazetteer and one codebook know."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sayso.codebook import Codebook
from sayso.places.gazetteer import Entry, Gazetteer, key_of
from sayso.places.words import PlaceWords, english


@dataclass(frozen=True, eq=False)
class Known:
    """Names by key.

    organisations  names of several words, which may hold the name of a place.
    countries      names, and the demonyms, of countries: ISO 3166-1 alpha-3.
    short          names in capitals only: "US" is a country, "us" is not.
    first_words    the first word of every name.
    """

    places: Mapping[str, tuple[Entry, ...]]
    organisations: frozenset[str]
    demonyms: Mapping[str, str]
    short: frozenset[str]
    first_words: frozenset[str]
    words: PlaceWords


@lru_cache(maxsize=8)
def known(gazetteer: Gazetteer, codebook: Codebook) -> Known:
    """The names of both; the countries of the codebook stand beside those of the gazetteer."""
    words = english()
    places = dict(gazetteer.named)
    short: set[str] = set()
    for row in codebook.countries:
        entry = Entry(row.name, "country", None, row.country, None, None, 0)
        for form in (row.name, *row.aliases):
            key = key_of(form)
            others = tuple(one for one in places.get(key, ()) if one.kind != "country")
            if not (others and row.country in {one.country for one in others if one.name == row.name}):
                places[key] = (entry, *others)
            if form.isupper():
                short.add(key)
    organisations = _organisations(codebook, words)
    firsts = {key.split(" ", 1)[0] for key in (*places, *organisations)}
    demonyms = {key_of(form): row.country for row in codebook.countries for form in row.demonyms}
    return Known(places, organisations, demonyms, frozenset(short), frozenset(firsts), words)


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
