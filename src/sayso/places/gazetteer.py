"""The places that sayso knows, by every spelling of their names.

data/places.csv is made by scripts/make_places.py; docs/places.md tells from what.
"""

import csv
import hashlib
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Kind = Literal["country", "admin1", "town", "district", "landmark", "sea"]

_APOSTROPHES = "'’‘ʼʻ`´ʿʾ"
_TABLE = str.maketrans({**dict.fromkeys(_APOSTROPHES, ""), **dict.fromkeys("-–&", " "), ".": "", ",": ""})
_STROKES = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ə": "a"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer; WGS 84 degrees, both None for a country; ``population`` 0 if unknown."""

    name: str
    kind: Kind
    admin1: str | None
    country: str | None
    lat: float | None
    lon: float | None
    population: int


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """``named`` gives the entries of a name by its ``key_of``; ``sha256`` is the digest of the data.

    Compared by identity, so that it can be the key of a cache.
    """

    named: Mapping[str, tuple[Entry, ...]]
    sha256: str


def key_of(name: str) -> str:
    """What all spellings of a name have in common.

    Small letters, without accents, apostrophes and full stops; hyphens are blanks.
    """
    plain = name.translate(_TABLE).casefold()
    if not plain.isascii():
        parted = unicodedata.normalize("NFKD", plain.translate(_STROKES))
        plain = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return " ".join(plain.split())


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that comes with sayso."""
    data = files("sayso.places").joinpath("data/places.csv").read_bytes()
    named: dict[str, tuple[Entry, ...]] = {}
    for name, aliases, kind, admin1, country, lat, lon, population in _rows(data):
        entry = Entry(
            name,
            cast(Kind, kind),
            admin1 or None,
            country or None,
            float(lat) if lat else None,
            float(lon) if lon else None,
            int(population or 0),
        )
        for key in dict.fromkeys(key_of(form) for form in (name, *aliases.split("|")) if form):
            named[key] = (*named.get(key, ()), entry)
    return Gazetteer(named, hashlib.sha256(data).hexdigest())


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode())))[1:]
