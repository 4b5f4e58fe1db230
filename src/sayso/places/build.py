"""Makes a gazetteer of the published dumps of GeoNames and of tables of the user's own.

The dumps are read line by line into a database on disk, so that the memory needed does not grow with them.
Their columns: https://download.geonames.org/export/dump/readme.txt
"""

import csv
import hashlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sayso.codebook import data_file
from sayso.errors import OutputError, UsageError
from sayso.places.gazetteer import key_of
from sayso.places.sounds import sounds_of
from sayso.places.stored import FORMAT, SCHEMA

_PLACE_FILES = re.compile(r"(?:allCountries|[A-Z]{2}|cities\d+)\.txt")
_NAME_FILES = ("alternateNamesV2.txt", "alternateNames.txt")
_PLACE_COLUMNS, _NAME_COLUMNS = 19, 4
_OWN_COLUMNS = ("name", "aliases", "kind", "admin1", "country", "lat", "lon", "population")
_KINDS = ("town", "district", "admin1", "landmark")
# After so many faults in one file it is the wrong file.
_MOST_FAULTS = 10
_LONGEST_LINE = 200_000
_SHORTEST_NAME = 3


@dataclass(slots=True)
class Built:
    """What went into a gazetteer: how many places, and how many names beside theirs."""

    places: int = 0
    names: int = 0


@dataclass(slots=True)
class _Build:
    file: sqlite3.Connection
    digest: Any = field(default_factory=hashlib.sha256)
    built: Built = field(default_factory=Built)

    def place(self, number: int, row: tuple[Any, ...], names: Iterable[str]) -> None:
        """Adds a place (name, kind, admin1, country, lat, lon, population) with all its names."""
        self.file.execute("INSERT OR REPLACE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *row))
        self.digest.update(repr((number, row)).encode())
        self.built.places += 1
        for name in dict.fromkeys((row[0], *names)):
            self.name(number, row[3], name)

    def name(self, number: int, country: str, name: str) -> None:
        """Adds a name of a place."""
        key = key_of(name)
        if not key:
            return
        added = self.file.execute(
            "INSERT OR IGNORE INTO names VALUES (?, ?, ?)", (key.partition(" ")[0], key, number)
        ).rowcount
        self.digest.update(repr((number, key)).encode())
        self.built.names += max(added, 0)
        self.file.executemany(
            "INSERT OR IGNORE INTO sounds VALUES (?, ?, ?, ?)",
            [(sound, country, key, number) for sound in sounds_of(key)],
        )


def build(target: Path, geonames: Path | None, own: Sequence[Path]) -> Built:
    """Writes a gazetteer file, whole or not at all.

    geonames  a folder with allCountries.txt or files of countries (AF.txt), admin1CodesASCII.txt, and, if
              they are wanted, admin2Codes.txt and alternateNamesV2.txt.
    own       tables (CSV) with the columns name, country, lat, lon and, if known, aliases (parted by bars),
              kind, admin1, population.

    The same inputs give the same digest. Raises UsageError, with file and line, for what cannot be read, and
    OutputError where the file cannot be written.
    """
    if geonames is None and not own:
        raise UsageError(
            "Nothing to make a gazetteer of.", "Give --geonames FOLDER, or --table FILE, or both."
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as fault:
        raise OutputError(
            f"{target} cannot be written ({fault.strerror}).", "Give another file with -o."
        ) from fault
    os.close(handle)
    made = Path(name)
    try:
        with closing(sqlite3.connect(made)) as file:
            built = _fill(file, geonames, own)
        made.replace(target)
    except sqlite3.OperationalError as fault:
        raise OutputError(
            f"{target} cannot be written ({fault}).", "Make room, or give another file with -o."
        ) from fault
    finally:
        made.unlink(missing_ok=True)
    return built


def _fill(file: sqlite3.Connection, geonames: Path | None, own: Sequence[Path]) -> Built:
    file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
    work = _Build(file)
    if geonames is not None:
        _add_geonames(work, geonames)
    for path in own:
        _add_own(work, path)
    file.executemany(
        "INSERT INTO meta VALUES (?, ?)", [("format", FORMAT), ("sha256", work.digest.hexdigest())]
    )
    file.commit()
    return work.built


# ---- GeoNames -------------------------------------------------------------------------------------


def _add_geonames(work: _Build, folder: Path) -> None:
    if not folder.is_dir():
        raise UsageError(
            f"{folder} is no folder.", "Give the folder that holds the unpacked dumps of GeoNames."
        )
    dumps = sorted(path for path in folder.iterdir() if _PLACE_FILES.fullmatch(path.name))
    if not dumps:
        raise UsageError(
            f"{folder} has no dump of GeoNames: neither allCountries.txt nor one of a country (AF.txt).",
            "Take one from https://download.geonames.org/export/dump/ and unpack it there.",
        )
    first = _codes(folder / "admin1CodesASCII.txt")
    for path in dumps:
        _add_dump(work, path, first)
    _add_seconds(work, folder / "admin2Codes.txt")
    for name in _NAME_FILES:
        if (folder / name).is_file():
            _add_names(work, folder / name)
            break


def _lines(path: Path, fewest: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with tabs and their numbers; comments and empty lines left out."""
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
                try:
                    line = raw.decode("utf-8").rstrip("\r\n")
                except UnicodeDecodeError:
                    raise _fault(path, number, "it is not in UTF-8") from None
                if not line or line.startswith("#"):
                    continue
                row = line.split("\t")
                if len(row) < fewest:
                    raise _fault(
                        path, number, f"it has {len(row)} columns where GeoNames has {fewest} or more"
                    )
                yield number, row
    except OSError as fault:
        raise UsageError(
            f"{path} cannot be read ({fault.strerror}).", "Look at the file and its rights."
        ) from None


def _fault(path: Path, number: int, what: str) -> UsageError:
    return UsageError(
        f"{path}, line {number}: {what}.", "Take the file anew, or mend the line, and run the command again."
    )


def _codes(path: Path) -> dict[str, str]:
    """The names of first-level divisions by their codes ("AF.01"); empty where the file is not there."""
    if not path.is_file():
        return {}
    return {row[0]: row[1] for _, row in _lines(path, 2)}


@cache
def _divisions() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Of GeoNames' codes: the alpha-3 code of each country, our name of each first-level division."""
    countries, names = {}, {}
    text = files("sayso.places").joinpath("data/divisions.tsv").read_text("utf-8")
    for line in text.splitlines():
        code, country, name = line.split("\t")
        if name:
            names[code] = name
        else:
            countries[code] = country
    return countries, names


@cache
def _features() -> tuple[Mapping[str, str], frozenset[str]]:
    """The kind of each feature code that is taken, and the languages that are none."""
    data = data_file("sayso.places", "geonames.yaml")
    no_names = frozenset(data.pop("no_names"))
    return {code: kind for kind, codes in data.items() for code in codes}, no_names


def _add_dump(work: _Build, path: Path, first: Mapping[str, str]) -> None:
    kinds, _ = _features()
    countries, ours = _divisions()
    for number, row in _lines(path, _PLACE_COLUMNS):
        kind, country = kinds.get(row[7]), countries.get(row[8])
        if kind is None or country is None:
            continue
        code = f"{row[8]}.{row[10]}"
        admin1 = ours.get(code) or first.get(code)
        try:
            place = int(row[0]), float(row[4]), float(row[5]), int(row[14] or 0)
        except ValueError:
            raise _fault(path, number, "its id, latitude, longitude or population is no number") from None
        if not (abs(place[1]) <= 90 and abs(place[2]) <= 180):
            raise _fault(path, number, "its latitude or longitude is not on the globe")
        name = admin1 if kind == "admin1" and admin1 else row[1]
        names = [one for one in (row[1], row[2], *row[3].split(",")) if is_latin(one)]
        work.place(
            place[0],
            (name, kind, admin1, country, place[1], place[2], place[3]),
            [form for one in names for form in (one, unit_free(one))],
        )


def _add_seconds(work: _Build, path: Path) -> None:
    """Names of second-level divisions, as their table has them, for those that are in the dump."""
    if path.is_file():
        for number, row in _lines(path, 4):
            if not row[3].isdecimal():
                raise _fault(path, number, "its fourth column is no id")
            _add_name(work, int(row[3]), row[1])


def _add_names(work: _Build, path: Path) -> None:
    _, no_names = _features()
    for number, row in _lines(path, _NAME_COLUMNS):
        if row[2] in no_names or not is_latin(row[3]):
            continue
        if not row[1].isdecimal():
            raise _fault(path, number, "its second column is no id")
        _add_name(work, int(row[1]), row[3])


def _add_name(work: _Build, place: int, name: str) -> None:
    found = work.file.execute("SELECT country FROM places WHERE id = ?", (place,)).fetchone()
    if found:
        for form in dict.fromkeys((name, unit_free(name))):
            work.name(place, found[0], form)


def is_latin(name: str) -> bool:
    """Whether a name is in Latin letters and can be printed in English: not an abbreviation."""
    return (
        len(name) >= _SHORTEST_NAME
        and name[0].isalpha()
        and not name.isupper()
        and all(letter < "ʰ" or letter in "’‘ʻʼ" or "\u1e00" <= letter < "\u1f00" for letter in name)
    )


_UNITS = re.compile(
    r"^(?:Wul[eêu]sw[aā]l[iī]|Woluswal[iī]|Uluswal[iī]|Wilāyat-e|Wilayat|District of|Distrito de|"
    r"Municipio de|"
    r"Departamento de|Provincia de|Mudīrīyat|Mudiriyat|Nāḩiyat|Nahiyat|Qaḑā’|Qada'|Muḩāfaz̧at|"
    r"Commune de|Commune of|"
    r"Cercle de|Département de|Arrondissement de|Province of) "
    r"| (?:District|Province|Governorate|Department|Municipality|Commune|Cercle|Raion|Rayon|Woreda|Zone|"
    r"Oblast|"
    r"Region|Local Government Area|Subdistrict|Township|Tehsil|Agency|İlçesi|Territory|Territoire)$"
)


def unit_free(name: str) -> str:
    """The name of a division without the word for what it is, which reports print beside it."""
    return _UNITS.sub("", name).strip() or name


# ---- tables of the user's own ---------------------------------------------------------------------


def _add_own(work: _Build, path: Path) -> None:
    faults: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [
                name for name in ("name", "country", "lat", "lon") if name not in (rows.fieldnames or ())
            ]
            if missing:
                raise UsageError(
                    f"{path}, line 1: there is no column {', '.join(missing)}.",
                    f"Name the columns in the first line, of {', '.join(_OWN_COLUMNS)}.",
                )
            for row in rows:
                fault = _add_row(work, row)
                if fault:
                    faults.append(f"{path}, line {rows.line_num}: {fault}.")
                if len(faults) == _MOST_FAULTS:
                    break
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise UsageError(f"{path} cannot be read ({fault}).", "Save it as CSV in UTF-8.") from None
    if faults:
        raise UsageError("\n".join(faults), "Mend these lines and run the same command again.")


def _add_row(work: _Build, row: Mapping[str, str | None]) -> str | None:
    """Adds a row of the user's; what is wrong with it, else None."""
    given = {name: (row.get(name) or "").strip() for name in _OWN_COLUMNS}
    if not key_of(given["name"]):
        return "it has no name"
    if given["country"] not in _divisions()[0].values():
        return f"the country {given['country']!r} is no ISO 3166-1 alpha-3 code, such as AFG"
    kind = given["kind"] or "town"
    if kind not in _KINDS:
        return f"the kind {kind!r} is none of {', '.join(_KINDS)}"
    try:
        lat, lon = float(given["lat"]), float(given["lon"])
        people = int(given["population"] or 0)
    except ValueError:
        return "its lat, lon or population is no number"
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        return "its lat and lon are not on the globe"
    number = -1 - work.built.places  # GeoNames' ids are positive
    place = (given["name"], kind, given["admin1"] or None, given["country"], lat, lon, people)
    work.place(number, place, (alias for alias in given["aliases"].split("|") if alias))
    return None
