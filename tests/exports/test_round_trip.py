"""Whatever a format can hold of an incident comes back from its file."""

import csv
import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from sayso.codebook import Codebook, load
from sayso.exports import said, wide
from sayso.exports.cells import held, joined, restored, split
from sayso.exports.exporting import Order, export, losses_of, manifest_of
from sayso.exports.formats import Format
from sayso.exports.xlsx import fitted
from sayso.model import Incident, Quote, Statement
from sayso.records import from_json, from_record, to_record
from tests.exports.making import several

FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
BOOK: Codebook = load()
Rows = list[list[Any]]


def written(incidents: list[Incident], form: Format, folder: Path, **order: Any) -> Path:
    path = folder / "out.file"
    counts = export(incidents, path, Order(form, BOOK, **order), {})
    assert counts.incidents == len(incidents)
    manifest = json.loads(manifest_of(path).read_text("utf-8"))
    assert manifest["counts"]["rows"] == counts.rows
    return path


def shown(incidents: list[Incident]) -> Rows:
    """What every table of incidents should hold, lists as lists."""
    return [
        [list(value) if isinstance(value, (list, tuple)) else value for value in wide.row(incident)]
        for incident in incidents
    ]


# ---- reading, one function for each format ------------------------------------------------------------

_FROM_CELL: dict[wide.Kind, Callable[[str], object]] = {
    "text": restored,
    "day": restored,
    "list": lambda cell: split(restored(cell)),
    "integer": int,
    "number": float,
    "truth": lambda cell: {"true": True, "false": False}[cell],
}


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read_wide(path: Path) -> Rows:
    return [
        [
            _FROM_CELL[column.kind](row[column.name]) if row[column.name] or column.kind == "list" else None
            for column in wide.COLUMNS
        ]
        for row in read_csv(path)
    ]


def as_held(value: object) -> object:
    """A value as cells of text hold it."""
    if isinstance(value, str):
        return held(value) or None
    if isinstance(value, list):
        return split(held(joined(value)))
    return value


# ---- tests ----------------------------------------------------------------------------------------------


@FEW
@given(several())
def test_jsonl(incidents: list[Incident]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(incidents, Format.JSONL, Path(folder))
        lines = path.read_text("utf-8").splitlines()
    assert [from_json(Incident, line) for line in lines] == incidents


@FEW
@given(several())
def test_csv(incidents: list[Incident]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = read_wide(written(incidents, Format.CSV, Path(folder)))
    assert found == [[as_held(value) for value in row] for row in shown(incidents)]


@FEW
@given(several())
def test_statements(incidents: list[Incident]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = read_csv(written(incidents, Format.STATEMENTS, Path(folder)))
    told = [(incident, one) for incident in incidents for one in incident.statements]
    assert len(found) == len(told)
    for row, (incident, statement) in zip(found, told, strict=True):
        cells = {name: restored(cell) for name, cell in row.items()}
        record = to_record(statement)
        assert list(cells) == list(said.NAMES)
        assert cells["incident_id"] == incident.incident_id
        assert cells["quote"] == held(statement.quote.text)
        assert (int(cells["quote_start"]), int(cells["quote_end"])) == (
            statement.quote.start,
            statement.quote.end,
        )
        assert split(cells["via"]) == split(held(joined(statement.via)))
        for name in ("statement_id", "field", "stance", "speaker", "spoken_by", "speaker_kind", "after"):
            assert cells[name] == held(record[name] or "")
        for name in ("hedged", "unknown"):
            assert cells[name] == str(record[name]).lower()
        for name in ("value", "about"):
            cell = cells[f"{name}_json"]
            # JSON writes control characters as escapes, so that cells hold them
            assert (json.loads(cell) if cell else None) == as_told(record[name])


def as_told(data: Any) -> Any:
    """Plain data with its text as cells hold it."""
    if isinstance(data, dict):
        return {held_in_json(key): as_told(value) for key, value in data.items()}
    return held_in_json(data) if isinstance(data, str) else data


def held_in_json(text: str) -> str:
    """Text that stood in JSON in a cell: only what JSON does not escape is replaced."""
    escaped = "\x85"  # beside those below "\x7f": it would end a line
    return "".join(letter if letter < "\x7f" or letter in escaped else held(letter) for letter in text)


@FEW
@given(several())
def test_parquet(incidents: list[Incident]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(incidents, Format.PARQUET, Path(folder))
        table = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)])
        found = [
            [str(value) if type(value).__name__ == "date" else value for value in row]
            for row in table.fetchall()
        ]
    assert found == shown(incidents)


@FEW
@given(several())
def test_geojson(incidents: list[Incident]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = json.loads(written(incidents, Format.GEOJSON, Path(folder)).read_text("utf-8"))
    assert [feature["id"] for feature in data["features"]] == [one.incident_id for one in incidents]
    assert [list(feature["properties"].values()) for feature in data["features"]] == shown(incidents)
    for feature, incident in zip(data["features"], incidents, strict=True):
        place = incident.place
        located = place is not None and place.lat is not None
        assert (feature["geometry"] is not None) == located
        if located and place is not None:
            assert feature["geometry"]["coordinates"] == [place.lon, place.lat]


@FEW
@given(several())
def test_xlsx(incidents: list[Incident]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        written(incidents, Format.XLSX, Path(folder)).open("rb") as file,
    ):
        book = openpyxl.load_workbook(file)
    rows = list(book["incidents"].iter_rows())
    assert [cell.value for cell in rows[0]] == list(wide.NAMES)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    for found, expected in zip(rows[1:], shown(incidents), strict=True):
        assert [cell.value for cell in found] == [in_workbook(value) for value in expected]
    assert book["attributions"].max_row == 1 + sum(len(one.attributions) for one in incidents)


@FEW
@given(several())
def test_annotation(incidents: list[Incident]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = json.loads(written(incidents, Format.ANNOTATION, Path(folder)).read_text("utf-8"))
    found = data["first"]["items"]
    told = [one for incident in incidents for one in incident.statements]
    assert data["total"] == len(found) == len(told)
    for annotation, statement in zip(found, told, strict=True):
        position, exact = annotation["target"][0]["selector"]
        quote = Quote(statement.report_id, position["start"], position["end"], exact["exact"])
        record = json.loads(annotation["body"][1]["value"]) | {"quote": to_record(quote)}
        assert from_record(Statement, record) == replace(statement, quote=quote)
        assert quote == statement.quote


def in_workbook(value: object) -> object:
    """A value as a cell of a workbook holds it: numbers with 16 digits."""
    if isinstance(value, list):
        return in_workbook(joined(value))
    if isinstance(value, str):
        return fitted(value) or None
    return pytest.approx(value, rel=1e-15, abs=1e-300) if isinstance(value, float) else value


@pytest.mark.parametrize("form", [Format.ACLED, Format.GED, Format.GTD])
@pytest.mark.parametrize("strict", [False, True])
@FEW
@given(incidents=several())
def test_layouts_hold_or_tell_what_they_lose(
    incidents: list[Incident], form: Format, *, strict: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(incidents, form, Path(folder), strict=strict)
        rows, losses = read_csv(path), read_csv(losses_of(path))
    if not strict:
        there = {row["sayso_incident_id"] for row in rows}
        left_out = {row["incident_id"] for row in losses if row["rule"].startswith("left out")}
        assert there | left_out == {one.incident_id for one in incidents}
        assert not there & left_out
    assert all(row["lost"] and row["rule"] for row in losses)


@pytest.mark.parametrize("form", list(Format))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(incidents=several())
def test_the_same_incidents_give_the_same_bytes(incidents: list[Incident], form: Format) -> None:
    found = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder, suppress(FileNotFoundError):
            path = written(incidents, form, Path(folder))
            found.append({one.name: one.read_bytes() for one in sorted(path.parent.iterdir())})
    assert found[0] == found[1]
