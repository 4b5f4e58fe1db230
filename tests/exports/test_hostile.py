"""Ten thousand cells, names and titles that were written to break tables, run in them or leak."""

import csv
import json
import random
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from sayso.codebook import Codebook
from sayso.exports.exporting import LAYOUTS, Order, export, losses_of
from sayso.exports.formats import Format
from sayso.exports.private import PrivateNames, named_in
from sayso.model import Incident, IncidentReport, Participant, Quote, Stance
from tests.exports.making import HOSTILE
from tests.exports.test_cells import begins_a_formula
from tests.exports.test_layouts import TOWN, group, incident, said, statement
from tests.exports.test_private import victim

NUMBER = 1_000
"""Incidents, each with more than ten hostile values."""

SECRET = ("Karim", "Alizada")


def hostile(chance: random.Random) -> str:
    """Two or three hostile pieces, with the name of a private person among them or not."""
    name = chance.choice(["", " ".join(SECRET), "KARIM\nALIZADA"])
    pieces = [*chance.choices(HOSTILE, k=chance.randint(1, 2)), name]
    chance.shuffle(pieces)
    return "".join(pieces) or "="


@pytest.fixture(scope="module")
def made() -> list[Incident]:
    chance = random.Random(7)  # noqa: S311 - the same each time
    return [_incident(number, chance) for number in range(NUMBER)]


def one(name: str, kind: str = "organisation", **standing: str) -> Participant:
    return replace(group(name, kind, **standing), statement_ids=("s1",))


def _incident(number: int, chance: random.Random) -> Incident:
    words = [hostile(chance) for _ in range(12)]
    band = words[0]
    return incident(
        incident_id=f"{number:020x}",
        title=words[1],
        place=replace(TOWN, name=words[2], text=words[3], admin1=words[4]),
        perpetrators=(one(band, basis="claimed"),),
        targets=(one(words[5], "state"),),
        victims=(victim(" ".join(SECRET)), one(words[6], "people")),
        weapons=(one(words[7], "weapon"),),
        attributions=(replace(said(band, Stance.CLAIMED, words[8]), quotes=(Quote("r1", 0, 9, words[9]),)),),
        attribution_status="claimed",
        statements=(
            replace(
                statement("X"), quote=Quote("r1", 0, 9, words[9]), spoken_by=words[10], speaker_public=True
            ),
        ),
        reports=(IncidentReport("r1", words[10], "l1", words[11], "2021-07-21", f"https://x.org/{words[11]}"),),
    )  # fmt: skip


def cells_of(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file, strict=True)


@pytest.mark.parametrize("form", [*LAYOUTS, Format.CSV, Format.STATEMENTS])
def test_no_table_has_a_formula_or_a_broken_row(
    form: Format, made: list[Incident], codebook: Codebook, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"
    counts = export(made, path, Order(form, codebook), {})
    assert counts.incidents == NUMBER
    assert counts.left_out < 10  # where the group has the name of what it hits, GED has no two sides
    for file in (path, losses_of(path)) if form in LAYOUTS else (path,):
        header, *rows = cells_of(file)
        assert len(rows) == (counts.losses if file != path else counts.rows)
        for row in rows:
            assert len(row) == len(header)
            for cell in row:
                assert (
                    not begins_a_formula(cell) or cell.lstrip("-").replace(".", "").replace("e", "").isdigit()
                )
        assert b"\x00" not in file.read_bytes()


def test_no_workbook_has_a_formula(made: list[Incident], codebook: Codebook, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    export(made, path, Order(Format.XLSX, codebook), {})
    book = openpyxl.load_workbook(path)
    assert book["incidents"].max_row == book["attributions"].max_row == NUMBER + 1
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                assert cell.data_type != "s" or not begins_a_formula(str(cell.value)) or cell.quotePrefix


@pytest.mark.parametrize("form", list(Format))
def test_no_byte_of_any_file_holds_a_private_name(
    form: Format, made: list[Incident], codebook: Codebook, tmp_path: Path
) -> None:
    names = PrivateNames(named_in(made))
    path = tmp_path / f"out.{form}"
    order = Order(form, codebook, without_private_names=True)
    export(map(names.without, made), path, order, {"filter": {"actor": names.text("Karim Alizada")}})
    for file in sorted(tmp_path.iterdir()):
        for content in contents(file):
            for part in SECRET:
                assert part.casefold() not in content.casefold(), file.name


def contents(path: Path) -> Iterator[str]:
    """The text in a file, that which is packed too."""
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            yield from (book.read(name).decode() for name in book.namelist())
    elif data[:4] == b"PAR1":
        import duckdb

        yield json.dumps(
            duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall(), default=str
        )
    else:
        yield data.decode()
