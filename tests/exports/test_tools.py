"""What is written opens in the programs that people have, with the right types and numbers of rows."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import geojson
import geopandas
import openpyxl
import pandas
import pytest
from jsonschema import Draft202012Validator

from sayso.exports import acled, ged, gtd, said, wide
from sayso.exports.exporting import losses_of
from tests.command import sayso
from tests.conftest import ROOT

PLAIN = "Taliban fighters shot dead 12 civilians in a market in Kunduz, Afghanistan, on Monday, 4 May 2020.\n"
"""Both sides are known and nobody speaks against it: what UCDP wants to know."""


@pytest.fixture(scope="module")
def ledger(examples_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example reports, and one that every format can hold."""
    folder = tmp_path_factory.mktemp("tools")
    path = Path(shutil.copy(examples_ledger, folder / "sayso.db"))
    (folder / "plain.txt").write_text(PLAIN, encoding="utf-8")
    done = sayso("read", folder / "plain.txt", "--ledger", path)
    assert done.status == 0, done.err
    return path


@pytest.fixture(scope="module")
def records(ledger: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in sayso("export", "--ledger", ledger).out.splitlines()]


@pytest.fixture(scope="module")
def written(ledger: Path) -> dict[str, Path]:
    """A file of each format; its end is what the programs expect."""
    ends = {
        "jsonl": "jsonl",
        "geojson": "geojson",
        "parquet": "parquet",
        "xlsx": "xlsx",
        "annotation": "jsonld",
    }
    found = {}
    for form in (
        "jsonl",
        "csv",
        "statements",
        "parquet",
        "geojson",
        "xlsx",
        "annotation",
        "acled",
        "ged",
        "gtd",
    ):
        path = ledger.parent / f"{form}.{ends.get(form, 'csv')}"
        done = sayso("export", "--ledger", ledger, "--format", form, "-o", path)
        assert done.status == 0, done.err
        found[form] = path
    return found


def test_pandas_reads_the_tables(written: dict[str, Path], records: list[dict[str, Any]]) -> None:
    frame = pandas.read_csv(written["csv"], parse_dates=["date_earliest", "date_latest"])
    assert list(frame["incident_id"]) == [one["incident_id"] for one in records]
    assert tuple(frame.columns) == wide.NAMES
    assert frame["killed_best"].sum() == sum((one["killed"] or {}).get("best") or 0 for one in records)
    assert frame["is_background"].dtype == bool
    assert str(frame["date_earliest"].dtype).startswith("datetime64")
    frame = pandas.read_csv(written["statements"])
    assert tuple(frame.columns) == said.NAMES
    assert list(frame["quote"]) == [row["quote"]["text"] for one in records for row in one["statements"]]
    frame = pandas.read_json(written["jsonl"], lines=True)
    assert list(frame["incident_id"]) == [one["incident_id"] for one in records]


def test_pandas_reads_the_layouts(written: dict[str, Path]) -> None:
    for form, columns in (("acled", acled.COLUMNS), ("ged", ged.COLUMNS), ("gtd", gtd.COLUMNS)):
        frame = pandas.read_csv(written[form], low_memory=False)
        assert tuple(frame.columns[: len(columns)]) == columns
        assert all(column.startswith("sayso_") for column in frame.columns[len(columns) :])
        assert len(frame) >= 1
    frame = pandas.read_csv(written["ged"])
    assert (frame["low"] <= frame["best"]).all()
    assert (frame["best"] <= frame["high"]).all()
    parts = frame[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum(axis=1)
    assert (parts == frame["best"]).all()


def test_duckdb_reads_tables_and_parquet(written: dict[str, Path], records: list[dict[str, Any]]) -> None:
    connection = duckdb.connect()
    for form in ("csv", "statements", "acled", "ged", "gtd"):
        pattern = "SELECT count(*) FROM read_csv(?, header=true, all_varchar=true, strict_mode=true)"
        (rows,) = connection.execute(pattern, [str(written[form])]).fetchone() or (None,)
        assert rows == len(pandas.read_csv(written[form], low_memory=False)), form
    table = connection.execute("SELECT * FROM read_parquet(?)", [str(written["parquet"])])
    types = {name: str(kind) for name, kind, *_ in table.description}
    assert (types["date_earliest"], types["killed_best"], types["also"]) == ("DATE", "BIGINT", "VARCHAR[]")
    assert len(table.fetchall()) == len(records)


def test_geopandas_reads_the_features(written: dict[str, Path], records: list[dict[str, Any]]) -> None:
    frame = geopandas.read_file(written["geojson"], engine="pyogrio")
    assert list(frame["incident_id"]) == [one["incident_id"] for one in records]
    assert frame.crs == "EPSG:4326"
    for point, one in zip(frame.geometry, records, strict=True):
        place = one["place"] or {}
        assert (point is None) == (place.get("lat") is None)
        assert point is None or (point.x, point.y) == (place["lon"], place["lat"])


def test_the_features_are_valid(written: dict[str, Path]) -> None:
    collection = geojson.loads(written["geojson"].read_text("utf-8"))
    assert collection.is_valid, collection.errors()
    assert "crs" not in collection
    assert all(feature.is_valid for feature in collection["features"])


def test_openpyxl_reads_the_workbook(written: dict[str, Path], records: list[dict[str, Any]]) -> None:
    book = openpyxl.load_workbook(written["xlsx"])
    assert book.sheetnames == ["incidents", "attributions"]
    assert book["incidents"].max_row == 1 + len(records)
    assert book["attributions"].max_row == 1 + sum(len(one["attributions"]) for one in records)


def test_the_lines_have_the_shape_of_the_contract(written: dict[str, Path]) -> None:
    schema = json.loads((ROOT / "src/sayso/contract/incident.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema)
    for line in written["jsonl"].read_text("utf-8").splitlines():
        assert list(validator.iter_errors(json.loads(line))) == []


ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "motivation", "body", "target"],
    "properties": {
        "id": {"type": "string", "format": "uri"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["describing"]},
        "body": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "format", "value"],
                "properties": {"type": {"const": "TextualBody"}},
            },
        },
        "target": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["type", "source", "selector"],
                "properties": {"type": {"const": "SpecificResource"}},
            },
        },
    },
}


def test_the_annotations_have_the_shape_of_the_model(written: dict[str, Path]) -> None:
    data = json.loads(written["annotation"].read_text("utf-8"))
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert data["type"] == "AnnotationCollection"
    page = data["first"]
    assert page["type"] == "AnnotationPage"
    assert data["total"] == len(page["items"])
    validator = Draft202012Validator(ANNOTATION)
    for item in page["items"]:
        assert list(validator.iter_errors(item)) == []
        kinds = [one["type"] for one in item["target"][0]["selector"]]
        assert kinds == ["TextPositionSelector", "TextQuoteSelector"]


R = """
readr <- requireNamespace("readr", quietly = TRUE)
for (path in commandArgs(trailingOnly = TRUE)) {
  table <- read.csv(path, encoding = "UTF-8", check.names = FALSE)
  if (readr) {
    tidy <- readr::read_csv(path, show_col_types = FALSE, guess_max = 100000)
    stopifnot(nrow(readr::problems(tidy)) == 0, dim(tidy) == dim(table), names(tidy) == names(table))
  }
  counts <- grepl("^killed_best$|^best$|^fatalities$|^nkill$", names(table))
  cat(nrow(table), ncol(table), sum(table[, counts], na.rm = TRUE), "\\n")
}
"""


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_the_tables(written: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "read.R").write_text(R)
    paths = [written[form] for form in ("csv", "statements", "acled", "ged", "gtd")]
    paths += [losses_of(path) for path in paths[2:]]
    done = subprocess.run(
        [str(shutil.which("Rscript")), str(tmp_path / "read.R"), *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr.casefold()
    read = [tuple(map(float, line.split())) for line in done.stdout.splitlines()]
    for path, found in zip(paths, read, strict=True):
        frame = pandas.read_csv(path, low_memory=False)
        counts = frame.reindex(columns=["killed_best", "best", "fatalities", "nkill"]).sum().sum()
        assert found == (*frame.shape, counts), path.name
