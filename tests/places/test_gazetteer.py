import gzip
import re
from collections import Counter
from importlib.resources import files

import pytest

from sayso.places import gazetteer
from sayso.places.gazetteer import Entry, key_of
from sayso.places.shipped import entry_of


def entries() -> list[Entry]:
    found = {id(entry): entry for held in gazetteer().named.values() for entry in held}
    return list(found.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sana'a", "Sanaa"),
        ("Mazar-i-Sharif", "mazar i sharif"),
        ("Morazán", "MORAZAN"),
        ("Diyarbakır", "Diyarbakir"),
        ("U.S.", "us"),
        ("Ta‘izz", "Ta'izz"),
        ("Jammu & Kashmir", "Jammu  Kashmir"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_coordinates_are_on_the_globe_and_never_null_island() -> None:
    for entry in entries():
        assert (entry.lat is None) == (entry.lon is None), entry
        if entry.lat is not None and entry.lon is not None:
            assert -60 < entry.lat < 85, entry
            assert -180 <= entry.lon <= 180, entry
            assert (entry.lat, entry.lon) != (0, 0), entry


def test_only_countries_lack_coordinates_and_only_seas_a_country() -> None:
    for entry in entries():
        assert (entry.lat is None) == (entry.kind == "country"), entry
        assert (entry.country is None) == (entry.kind == "sea"), entry
        assert entry.country is None or re.fullmatch("[A-Z]{3}", entry.country)


def test_afghanistan_has_its_thirty_four_provinces() -> None:
    held = [one for one in entries() if one.kind == "admin1" and one.country == "AFG"]
    assert len({one.name for one in held}) == 34


def test_no_division_stands_twice() -> None:
    counted = Counter((one.name, one.country) for one in entries() if one.kind == "admin1")
    assert [name for name, count in counted.items() if count > 1] == []


def test_every_division_that_a_town_names_is_a_place_of_its_own() -> None:
    divisions = {(one.country, one.name) for one in entries() if one.kind == "admin1"}
    named = {(one.country, one.admin1) for one in entries() if one.admin1}
    assert sorted(named - divisions, key=str) == []


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Kabul", "AFG", 34.53, 69.17),
        ("Garmsir", "AFG", 31.12, 64.20),
        ("Malistan", "AFG", 33.29, 67.17),
        ("Mosul", "IRQ", 36.34, 43.12),
        ("Mogadishu", "SOM", 2.04, 45.34),
        ("San Salvador", "SLV", 13.69, -89.19),
        ("Kyiv", "UKR", 50.45, 30.52),
        ("Maiduguri", "NGA", 11.85, 13.16),
        ("Kandahar", "AFG", 31.61, 65.71),
    ],
)
def test_where_a_place_lies(name: str, country: str, lat: float, lon: float) -> None:
    held = [one for one in gazetteer().named[key_of(name)] if one.country == country and one.kind != "admin1"]
    assert held[0].lat == pytest.approx(lat, abs=0.1)
    assert held[0].lon == pytest.approx(lon, abs=0.1)


def test_every_name_of_every_row_leads_to_its_row_and_no_other() -> None:
    packed = files("sayso.places").joinpath("data/places.tsv.gz").read_bytes()
    numbers: dict[str, list[Entry]] = {}
    for line in gzip.decompress(packed).decode().splitlines()[1:]:
        name, aliases, _ = line.split("\t", 2)
        for key in {key_of(name), *filter(None, aliases.split("|"))}:
            numbers.setdefault(key, []).append(entry_of(line))
    named = gazetteer().named
    assert len(named) == len(numbers)
    assert all(list(named[key]) == entries_ for key, entries_ in numbers.items())


def test_names_that_begin_with_a_word_are_found_by_it() -> None:
    starting = gazetteer().starting("deh")
    assert "deh bala" in starting
    assert {key.partition(" ")[0] for key in starting} == {"deh"}
    assert not gazetteer().starting("zzzzzz")


def test_it_has_a_digest_and_is_loaded_once() -> None:
    assert re.fullmatch("[0-9a-f]{64}", gazetteer().sha256)
    assert gazetteer() is gazetteer()
