"""All names that one gazetteer and one codebook know."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sayso.codebook import Codebook
from sayso.places.gazetteer import Entry, Gazetteer, key_of
from sayso.places.words import PlaceWords, english

# How many names and words are kept in mind.
_KEPT = 50_000


@dataclass(frozen=True, eq=False)
class Known:
    """Names by key.

    organisations  names of several words, which may hold the name of a place.
    countries      names, and the demonyms, of countries: ISO 3166-1 alpha-3.
    short          names in capitals only: "US" is a country, "us" is not.
    is_name        whether a place has a name, by its key.
    entries        the places of a name by its key; none for what is no place's name.
    starting       the names of places and organisations that begin with a word, and how many words the
                   longest of them has; 0 if there is none.
    alike          the places of a country whose names have a sound.
    begin_abbreviations  all beginnings of the short forms of divisions.
    names_else     words of a name that make it no place's.
    """

    is_name: Callable[[str], bool]
    entries: Callable[[str], tuple[Entry, ...]]
    organisations: frozenset[str]
    demonyms: Mapping[str, str]
    short: frozenset[str]
    starting: Callable[[str], tuple[frozenset[str], int]]
    alike: Callable[[str, str], tuple[tuple[str, Entry], ...]]
    capitals: Mapping[str, str]
    words: PlaceWords
    begin_abbreviations: frozenset[str]
    names_else: frozenset[str]


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
    begun: defaultdict[str, set[str]] = defaultdict(set)
    for key in (*ours, *organisations):
        begun[key.partition(" ")[0]].add(key)
    demonyms = {key_of(form): row.country for row in codebook.countries for form in row.demonyms}

    def entries_of(key: str) -> tuple[Entry, ...]:
        return ours.get(key) or gazetteer.named.get(key, ())

    def starting(word: str) -> tuple[frozenset[str], int]:
        keys = frozenset(gazetteer.starting(word)).union(begun.get(word, ()))
        return keys, max((key.count(" ") + 1 for key in keys), default=0)

    return Known(
        lambda key: key in ours or key in gazetteer.named,
        lru_cache(maxsize=_KEPT)(entries_of),
        organisations,
        demonyms,
        frozenset(short),
        lru_cache(maxsize=_KEPT)(starting),
        gazetteer.alike,
        gazetteer.capitals,
        words,
        frozenset(form[:end] for form in words.abbreviations for end in range(1, len(form) + 1)),
        words.no_place.union(words.organisations, demonyms),
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
