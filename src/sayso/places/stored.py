"""A gazetteer in a file of its own, made by ``sayso gazetteer build`` and asked name by name."""

import sqlite3
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from sayso.errors import UsageError
from sayso.places.gazetteer import Entry

FORMAT: Final = "1"
SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE places (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, admin1 TEXT, country TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, population INTEGER NOT NULL
);
CREATE TABLE names (first TEXT, key TEXT, place INTEGER, PRIMARY KEY (first, key, place)) WITHOUT ROWID;
CREATE TABLE sounds (
    sound TEXT, country TEXT, key TEXT, place INTEGER, PRIMARY KEY (sound, country, key, place)
) WITHOUT ROWID;
"""
_COLUMNS = "places.name, kind, admin1, places.country, lat, lon, population"
# How many first words of names are kept in mind.
_KEPT = 20_000
# Names alike by the thousand ("San Jose") are no help to anyone.
_MOST_ALIKE = 200


class Stored(Mapping[str, tuple[Entry, ...]]):
    """The entries of a file by the keys of their names; few of them are in memory at any time."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise UsageError(
                f"There is no gazetteer {path}.", "Give a file that `sayso gazetteer build -o FILE` made."
            )
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            self._file = sqlite3.connect(uri, uri=True, check_same_thread=False)
            meta = dict(self._file.execute("SELECT name, value FROM meta"))
        except sqlite3.DatabaseError as fault:
            raise UsageError(
                f"{path} is no gazetteer ({fault}).", "Give a file that `sayso gazetteer build -o FILE` made."
            ) from fault
        if meta.get("format") != FORMAT:
            raise UsageError(
                f"The gazetteer {path} was made by another version of sayso.",
                "Make it again with `sayso gazetteer build`.",
            )
        self.sha256 = meta["sha256"]
        self.starting = lru_cache(maxsize=_KEPT)(self._starting)

    def _starting(self, word: str) -> dict[str, tuple[Entry, ...]]:
        """The entries of all names that begin with a word, by key."""
        rows = self._file.execute(
            f"SELECT names.key, {_COLUMNS} FROM names JOIN places ON places.id = names.place "  # noqa: S608
            "WHERE first = ? ORDER BY names.key, population DESC, names.place",
            (word,),
        )
        found: dict[str, list[Entry]] = {}
        for key, *row in rows:
            if len(alike := found.setdefault(key, [])) < _MOST_ALIKE:
                alike.append(Entry(*row))
        return {key: tuple(entries) for key, entries in found.items()}

    def sounding(self, sound: str, country: str) -> tuple[tuple[str, Entry], ...]:
        """The entries of a country with a name of that sound, each with that name's key."""
        rows = self._file.execute(
            f"SELECT sounds.key, {_COLUMNS} FROM sounds JOIN places ON places.id = sounds.place "  # noqa: S608
            "WHERE sound = ? AND sounds.country = ? ORDER BY population DESC, sounds.place LIMIT ?",
            (sound, country, _MOST_ALIKE),
        )
        return tuple((key, Entry(*row)) for key, *row in rows)

    def __getitem__(self, key: str) -> tuple[Entry, ...]:
        return self.starting(key.partition(" ")[0])[key]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and key in self.starting(key.partition(" ")[0])

    def __iter__(self) -> Iterator[str]:
        return (key for (key,) in self._file.execute("SELECT DISTINCT key FROM names ORDER BY key"))

    def __len__(self) -> int:
        count: int = self._file.execute("SELECT count(DISTINCT key) FROM names").fetchone()[0]
        return count
