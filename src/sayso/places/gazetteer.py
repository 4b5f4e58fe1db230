"""What a gazetteer is: places by every spelling of their names."""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

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

    ``starting`` gives the keys of all names that begin with a word, ``alike`` the entries of a country whose
    names have a sound (``sounds.sound_of``). ``middles`` has a point for each country by its code, to show it
    on a map: no place of a report is there. ``capitals`` has the name of the capital of each.
    Compared by identity, so that it can be the key of a cache.
    """

    named: Mapping[str, tuple[Entry, ...]]
    starting: Callable[[str], Collection[str]]
    alike: Callable[[str, str], tuple[tuple[str, Entry], ...]]
    middles: Mapping[str, tuple[float, float]]
    capitals: Mapping[str, str]
    sha256: str


def key_of(name: str) -> str:
    """What all spellings of a name have in common.

    Small letters, without accents, apostrophes and full stops; hyphens are blanks.
    """
    if name.isascii() and name.isalpha():
        return name.lower()
    plain = name.translate(_TABLE).casefold()
    if not plain.isascii():
        parted = unicodedata.normalize("NFKD", plain.translate(_STROKES))
        plain = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return " ".join(plain.split())
