"""Gazetteers of the user's: what goes in, what comes out, what is refused and how it is told."""

from pathlib import Path

import pytest

from sayso.codebook import load
from sayso.errors import UsageError
from sayso.places import find, gazetteer
from sayso.places.build import build, is_latin, unit_free
from tests.command import sayso


def row(number: int, name: str, feature: str, lat: float, lon: float, **other: str) -> str:
    """A line of a dump: Qorvan is invented, in the Afghan province of Kapisa (GeoNames' division 14)."""
    columns = [
        str(number),
        name,
        name,
        other.get("aliases", ""),
        str(lat),
        str(lon),
        feature[0],
        feature,
        "AF",
        "",
    ]
    columns += [
        other.get("admin1", "14"),
        "",
        "",
        "",
        other.get("people", "0"),
        "",
        "",
        "Asia/Kabul",
        "2020-01-01",
    ]
    return "\t".join(columns)


def dump(folder: Path, *lines: str) -> Path:
    (folder / "AF.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    (folder / "admin1CodesASCII.txt").write_text("AF.14\tKapisa\tKapisa\t1\n", "utf-8")
    return folder


QORVAN = row(7, "Qorvān", "PPL", 34.9, 69.6, aliases="Qurvan,ЗОР,QVN")
DISTRICT = row(8, "Wuluswālī Zindabad", "ADM2", 35.1, 69.7)


def places_of(text: str, file: Path) -> list[tuple[str, str | None, str | None, float | None]]:
    found = find(text, [(0, len(text))], gazetteer(file), load())
    return [(one.place.text, one.place.name, one.place.admin1, one.place.lat) for one in found]


def test_what_is_built_is_found(tmp_path: Path) -> None:
    built = build(tmp_path / "one", dump(tmp_path, QORVAN, DISTRICT), [])
    assert built.places == 2
    text = "Rockets fell on Qorvan in Kapisa, Afghanistan, and in Zindabad district"
    found = places_of(text, tmp_path / "one")
    assert ("Qorvan", "Qorvān", "Kapisa", 34.9) in found
    assert ("Zindabad", "Wuluswālī Zindabad", "Kapisa", 35.1) in found


@pytest.mark.parametrize("printed", ["Qorvan", "Qurvan", "Korvan", "Qurvaan"])
def test_other_spellings_are_found_where_the_report_speaks_of_the_country(
    printed: str, tmp_path: Path
) -> None:
    build(tmp_path / "one", dump(tmp_path, QORVAN), [])
    (found, *_) = places_of(f"near {printed} in Kapisa province", tmp_path / "one")
    assert found[1] == "Qorvān"
    elsewhere = places_of(f"The Peruvian army came from {printed}x to Lima, Peru", tmp_path / "one")
    assert all(name != "Qorvān" for _, name, _, _ in elsewhere)


def test_alternate_names_are_added_to_the_places_of_the_dump_alone(tmp_path: Path) -> None:
    (tmp_path / "alternateNamesV2.txt").write_text(
        "1\t7\ten\tStone Ford\t\t\n2\t7\tlink\tHttp Ford\t\t\n3\t99\ten\tElsewhere Ford\t\t\n"
    )
    build(tmp_path / "one", dump(tmp_path, QORVAN), [])
    assert places_of("in Stone Ford, Afghanistan", tmp_path / "one")[0][1] == "Qorvān"
    named = gazetteer(tmp_path / "one").named
    assert "http ford" not in named
    assert "elsewhere ford" not in named


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,country,lat,lon,aliases\nCamp Hollow,AFG,34.5,69.5,Hollow Base|The Hollow\n", "utf-8"
    )
    build(tmp_path / "one", None, [table])
    assert places_of("at Hollow Base in Afghanistan", tmp_path / "one")[0][1] == "Camp Hollow"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("x" + QORVAN, "AF.txt, line 2"),
        (QORVAN.replace("34.9", "94.9"), "not on the globe"),
        ("only\ttwo", "2 columns"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_made(
    line: str, what: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=what):
        build(tmp_path / "one", dump(tmp_path, DISTRICT, line), [])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["AF.txt", "admin1CodesASCII.txt"]


def test_all_faults_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("name,country,lat,lon\nA,XXX,1,2\nBard,AFG,34,69\nCold,AFG,north,2\n", "utf-8")
    with pytest.raises(UsageError, match=r"(?s)line 2: the country 'XXX'.*line 4: its lat"):
        build(tmp_path / "one", None, [table])


def test_the_same_inputs_give_the_same_digest_and_others_another(tmp_path: Path) -> None:
    folder = dump(tmp_path, QORVAN, DISTRICT)
    for name in ("one", "two"):
        build(tmp_path / name, folder, [])
    dump(tmp_path, QORVAN)
    build(tmp_path / "three", folder, [])
    digests = [gazetteer(tmp_path / name).sha256 for name in ("one", "two", "three")]
    assert digests[0] == digests[1] != digests[2] != gazetteer().sha256


def test_what_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no gazetteer\n" * 100)
    for name in ("text", "nowhere"):
        with pytest.raises(UsageError, match="gazetteer"):
            gazetteer(tmp_path / name)


def test_the_command(tmp_path: Path) -> None:
    dump(tmp_path, QORVAN)
    (tmp_path / "report.txt").write_text(
        "Published: 2020-01-01\n\nRockets fell on Qorvan in Kapisa, Afghanistan.\n"
    )
    done = sayso("gazetteer", "build", "--geonames", tmp_path, "-o", tmp_path / "one")
    assert done.status == 0, done.err
    assert "1 places" in done.err
    found = sayso("find", "places", "--gazetteer", tmp_path / "one", tmp_path / "report.txt")
    assert '"name": "Qorvān"' in found.out or '"name":"Qorvān"' in found.out
    without = sayso("find", "places", tmp_path / "report.txt")
    assert "Qorvān" not in without.out
    assert sayso("gazetteer", "build", "-o", tmp_path / "two").status == 2


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Achin District", "Achin"),
        ("Wuluswālī Zindabad", "Zindabad"),
        ("Cercle de Kayes", "Kayes"),
        ("Kayes", "Kayes"),
    ],
)
def test_a_division_is_found_without_the_word_for_it(name: str, short: str) -> None:
    assert unit_free(name) == short


@pytest.mark.parametrize(
    ("name", "is_one"), [("Kabul", True), ("Şūrān", True), ("کابل", False), ("KBL", False)]
)
def test_latin_names(name: str, is_one: bool) -> None:
    assert is_latin(name) is is_one
