"""The district-level places are what their page says: spans, countries, ids, coordinates, kinds."""

import math
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from tests.places.districts.reading import DUMP, HERE, rows, text_of, unpack

GOLD = rows("gold.csv")
NEAR_MISSES = rows("near_misses.csv")
COUNTRIES = {  # alpha-3 of the gold -> alpha-2 of the dump
    "AFG": "AF", "BFA": "BF", "CAF": "CF", "COD": "CD", "COL": "CO", "ETH": "ET", "IRQ": "IQ",
    "MLI": "ML", "MMR": "MM", "MOZ": "MZ", "NER": "NE", "NGA": "NG", "PAK": "PK", "PHL": "PH",
    "SDN": "SD", "SOM": "SO", "SSD": "SS", "SYR": "SY", "UKR": "UA", "YEM": "YE",
}  # fmt: skip
COLUMNS = 19  # of a country file of GeoNames


@cache
def entries() -> dict[str, list[str]]:
    """Id -> columns of every entry of the dump."""
    found: dict[str, list[str]] = {}
    for code in COUNTRIES.values():
        for line in text_of(DUMP / f"{code}.txt.gz").splitlines():
            columns = line.split("\t")
            assert len(columns) == COLUMNS, line
            assert columns[0] not in found, line
            assert columns[8] == code, line
            found[columns[0]] = columns
    return found


@cache
def alternates() -> dict[str, set[str]]:
    """Id -> the names that alternateNamesV2 gives."""
    found = defaultdict(set)
    for line in text_of(DUMP / "alternateNamesV2.txt.gz").splitlines():
        columns = line.split("\t")
        assert len(columns) == 10, line
        found[columns[1]].add(columns[3])
    return found


@cache
def divisions() -> dict[str, str]:
    """Country and first-level code -> name."""
    lines = text_of(DUMP / "admin1CodesASCII.txt").splitlines()
    return {columns[0]: columns[1] for columns in (line.split("\t") for line in lines)}


def letters(name: str) -> str:
    """A name without case, accents, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum() and not unicodedata.combining(letter))


def listed(entry: list[str]) -> set[str]:
    """Every name of an entry, in either file, by its letters."""
    names = {entry[1], *entry[3].split(","), *alternates().get(entry[0], ())}
    return {letters(name) for name in names if name}


@cache
def bearers() -> dict[str, set[str]]:
    """Letters -> ids of the populated places that bear such a name."""
    found = defaultdict(set)
    for entry in entries().values():
        if entry[6] == "P":
            for name in listed(entry):
                found[name].add(entry[0])
    return found


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    lat, lon, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def spot(entry: list[str]) -> tuple[float, float]:
    return float(entry[4]), float(entry[5])


def districts_at(row: dict[str, str]) -> list[list[str]]:
    """The second-level divisions that stand where the place of a row stands."""
    seat = entries()[row["geonames_id"]]
    return [
        entry
        for entry in entries().values()
        if entry[7] == "ADM2" and entry[8] == seat[8] and spot(entry) == spot(seat)
    ]


def test_there_are_fifteen_places_of_each_of_twenty_countries() -> None:
    assert len(GOLD) == 300
    assert Counter(row["country"] for row in GOLD) == dict.fromkeys(COUNTRIES, 15)
    assert len({row["geonames_id"] for row in GOLD}) == 300


def test_there_are_thirty_near_misses() -> None:
    assert len(NEAR_MISSES) == 30


def test_ids_and_passages_are_not_used_twice() -> None:
    both = [*GOLD, *NEAR_MISSES]
    assert len({row["id"] for row in both}) == len(both)
    assert len({row["text"] for row in both}) == len(both)


@pytest.mark.parametrize("row", [*GOLD, *NEAR_MISSES], ids=lambda row: row["id"])
def test_the_span_is_the_printed_name(row: dict[str, str]) -> None:
    assert row["text"][int(row["start"]) : int(row["end"])] == row["printed"]
    assert row["printed"] == row["printed"].strip() != ""


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["id"])
def test_the_place_is_in_the_dump_where_the_gold_says(row: dict[str, str]) -> None:
    entry = entries()[row["geonames_id"]]
    assert entry[1] == row["name"]
    assert entry[8] == COUNTRIES[row["country"]]
    assert divisions()[f"{entry[8]}.{entry[10]}"] == row["admin1"]
    assert -90 < float(row["lat"]) < 90
    assert -180 < float(row["lon"]) < 180
    assert kilometres(spot(entry), (float(row["lat"]), float(row["lon"]))) < 0.1
    assert row["source"] == ("general knowledge" if int(row["geonames_id"]) > 90_000_000 else "GeoNames")


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["id"])
def test_the_kinds_are_what_the_dump_makes_them(row: dict[str, str]) -> None:
    entry = entries()[row["geonames_id"]]
    printed = letters(row["printed"])
    titles = {letters(district[1]) for district in districts_at(row)}
    kinds = []
    if printed not in {letters(entry[1]), *titles}:
        kinds.append("variant")
    if printed not in listed(entry) | titles:
        kinds.append("unlisted")
    if bearers().get(printed, set()) - {entry[0]}:
        kinds.append("ambiguous")
    assert row["kinds"].split() == kinds


def test_a_third_are_variants_and_a_fifth_ambiguous() -> None:
    kinds = Counter(kind for row in GOLD for kind in row["kinds"].split())
    assert kinds["variant"] >= 100
    assert kinds["unlisted"] >= 60
    assert kinds["ambiguous"] >= 60


@pytest.mark.parametrize("row", NEAR_MISSES, ids=lambda row: row["id"])
def test_a_near_miss_has_its_namesakes_in_the_dump(row: dict[str, str]) -> None:
    namesakes = row["namesakes"].split()
    assert namesakes
    assert {letters(entries()[one][1]) for one in namesakes} == {letters(row["printed"])}


def test_every_entry_has_a_first_level_division_that_is_named() -> None:
    assert {f"{entry[8]}.{entry[10]}" for entry in entries().values()} == set(divisions())


def test_every_alternate_name_belongs_to_an_entry() -> None:
    assert set(alternates()) <= set(entries())


def test_coordinates_are_in_range_and_none_is_zero() -> None:
    for entry in entries().values():
        lat, lon = spot(entry)
        assert -90 < lat < 90, entry
        assert -180 < lon < 180, entry
        assert (lat, lon) != (0, 0), entry


def test_the_dump_unpacks_under_the_published_names(tmp_path: Path) -> None:
    names = {path.name for path in unpack(tmp_path).iterdir()}
    codes = {f"{code}.txt" for code in COUNTRIES.values()}
    assert names == codes | {"admin1CodesASCII.txt", "alternateNamesV2.txt"}


def test_the_folder_stays_small() -> None:
    assert (
        sum(path.stat().st_size for path in HERE.rglob("*") if path.suffix in {".gz", ".txt", ".csv"})
        < 600_000
    )
