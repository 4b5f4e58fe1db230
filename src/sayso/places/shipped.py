"""The gazetteer that comes with sayso, alone or with one of the user's.

data/places.tsv.gz and, of the names in it, data/names.tsv.gz are made by scripts/make_places.py;
docs/places.md tells from what.
"""

import gzip
import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import cast

from sayso.places.gazetteer import Entry, Gazetteer, Kind, key_of
from sayso.places.sounds import sounds_of
from sayso.places.stored import Stored

# An entry of the user's that is of the same kind as one of ours and this near, in degrees, is the same place.
_SAME_PLACE = 0.15


class Rows(Mapping[str, tuple[Entry, ...]]):
    """The rows of a table by the keys of their names; a row is taken apart when it is first asked for.

    names  a key, a tab and the numbers of its rows from 0, parted by commas; in order, so that nothing is
           made of them before one is looked up.
    """

    def __init__(self, lines: Sequence[str], names: Sequence[str]) -> None:
        self._lines = lines
        self._names = names
        self._entries: dict[int, Entry] = {}
        self._sounds: dict[str, Mapping[str, list[tuple[str, int]]]] = {}

    def starting(self, word: str) -> Collection[str]:
        """The keys of all names that begin with a word."""
        begin = bisect_left(self._names, f"{word}\t")
        end = bisect_left(self._names, f"{word}!", begin)  # what comes next after a tab and a blank
        return [name.partition("\t")[0] for name in self._names[begin:end]]

    def __getitem__(self, key: str) -> tuple[Entry, ...]:
        place = bisect_left(self._names, f"{key}\t")
        found, _, numbers = self._names[place].partition("\t") if place < len(self._names) else ("", "", "")
        if found != key:
            raise KeyError(key)
        return tuple(self._entry(int(number)) for number in numbers.split(","))

    def __iter__(self) -> Iterator[str]:
        return (name.partition("\t")[0] for name in self._names)

    def __len__(self) -> int:
        return len(self._names)

    def _entry(self, number: int) -> Entry:
        entry = self._entries.get(number)
        if entry is None:
            entry = self._entries[number] = entry_of(self._lines[number])
        return entry

    def sounding(self, sound: str, country: str) -> tuple[tuple[str, Entry], ...]:
        """The entries of a country with a name of that sound, each with that name's key."""
        if country not in self._sounds:
            self._sounds[country] = self._sounds_in(country)
        return tuple((key, self._entry(number)) for key, number in self._sounds[country].get(sound, ()))

    def _sounds_in(self, country: str) -> Mapping[str, list[tuple[str, int]]]:
        found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        mark = f"\t{country}\t"
        for number, line in enumerate(self._lines):
            if mark in line:
                name, aliases, _ = line.split("\t", 2)
                for key in dict.fromkeys((key_of(name), *filter(None, aliases.split("|")))):
                    for sound in sounds_of(key):
                        found[sound].append((key, number))
        return dict(found)


def entry_of(line: str) -> Entry:
    """The entry of a row of the table; a country has no coordinates of its own."""
    name, _, kind, admin1, country, lat, lon, population = line.split("\t")
    is_point = lat != "" and kind != "country"
    return Entry(
        name,
        cast(Kind, kind),
        (admin1 or None) if kind != "country" else None,
        country or None,
        float(lat) if is_point else None,
        float(lon) if is_point else None,
        int(population or 0),
    )


class _Both(Mapping[str, tuple[Entry, ...]]):
    """The entries of two gazetteers; where both have a place, that of the first."""

    def __init__(self, ours: Mapping[str, tuple[Entry, ...]], theirs: Stored) -> None:
        self._ours = ours
        self._theirs = theirs

    def __getitem__(self, key: str) -> tuple[Entry, ...]:
        ours = self._ours.get(key, ())
        theirs = self._theirs.get(key, ())
        if not ours and not theirs:
            raise KeyError(key)
        return (*ours, *(entry for entry in theirs if not any(_is_same(entry, one) for one in ours)))

    def __contains__(self, key: object) -> bool:
        return key in self._ours or key in self._theirs

    def __iter__(self) -> Iterator[str]:
        yield from self._ours
        yield from (key for key in self._theirs if key not in self._ours)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _is_same(one: Entry, two: Entry) -> bool:
    if one.kind != two.kind or one.country != two.country:
        return False
    if one.kind == "admin1" and one.admin1 == two.admin1:
        return True
    return (
        None not in (one.lat, one.lon, two.lat, two.lon)
        and abs(cast(float, one.lat) - cast(float, two.lat)) <= _SAME_PLACE
        and abs(cast(float, one.lon) - cast(float, two.lon)) <= _SAME_PLACE
    )


@cache
def gazetteer(file: Path | None = None) -> Gazetteer:
    """The gazetteer that comes with sayso, and with it that of the file, made by ``sayso gazetteer build``.

    Raises UsageError where the file is no gazetteer.
    """
    if file is not None:
        return _with(_shipped(), Stored(file))
    return _shipped()


@cache
def _shipped() -> Gazetteer:
    packed = files("sayso.places").joinpath("data/places.tsv.gz").read_bytes()
    names = files("sayso.places").joinpath("data/names.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()[1:]
    middles: dict[str, tuple[float, float]] = {}
    capitals: dict[str, str] = {}
    for line in lines:
        _, _, kind, capital, country, lat, lon, _ = line.split("\t")
        if kind != "country":
            break  # they stand first
        capitals[country] = capital
        if lat:
            middles[country] = (float(lat), float(lon))
    rows = Rows(lines, gzip.decompress(names).decode().splitlines())
    digest = hashlib.sha256(packed).hexdigest()
    return Gazetteer(rows, rows.starting, rows.sounding, middles, capitals, digest)


def _with(ours: Gazetteer, theirs: Stored) -> Gazetteer:
    return Gazetteer(
        _Both(ours.named, theirs),
        lambda word: {*ours.starting(word), *theirs.starting(word)},
        lambda sound, country: (*ours.alike(sound, country), *theirs.sounding(sound, country)),
        ours.middles,
        ours.capitals,
        hashlib.sha256(f"{ours.sha256} {theirs.sha256}".encode()).hexdigest(),
    )
