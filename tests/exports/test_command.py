"""``sayso export`` as users meet it."""

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import sayso


@pytest.fixture(scope="module")
def ledger(examples_ledger: Path) -> Path:
    return examples_ledger


FORMATS = ("jsonl", "csv", "statements", "parquet", "geojson", "xlsx", "annotation", "acled", "ged", "gtd")


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_has_its_manifest_and_nothing_else_is_left(form: str, ledger: Path, tmp_path: Path) -> None:
    for name in ("one.out", "two.out"):
        done = sayso(
            "export", "--ledger", ledger, "--format", form, "-o", tmp_path / name, "--country", "AFG"
        )
        assert done.status == 0, done.err
    layout = form in ("acled", "ged", "gtd")
    names = ["one.out", *["one.out.losses.csv"] * layout, "one.out.manifest.json"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("one")) == names
    assert len(list(tmp_path.iterdir())) == 2 * len(names)
    for name in names[:-1]:
        assert (tmp_path / name).read_bytes() == (tmp_path / name.replace("one", "two")).read_bytes()
    manifest = json.loads((tmp_path / "one.out.manifest.json").read_text("utf-8"))
    assert manifest["format"] == form
    assert manifest["filter"] == {"country": "AFG"}
    assert manifest["made_with"][0]["codebook_sha256"] == manifest["codebook"]["sha256"]
    for file in manifest["files"]:
        assert hashlib.sha256((tmp_path / file["name"]).read_bytes()).hexdigest() == file["sha256"]
    counts = manifest["counts"]
    assert counts["incidents"] == len(
        sayso("incidents", "--ledger", ledger, "--country", "AFG", "--format", "jsonl").out.splitlines()
    )
    assert not layout or counts["rows"] + counts["left_out"] == counts["incidents"]


@pytest.mark.parametrize("form", ["jsonl", "csv", "statements", "geojson", "annotation"])
def test_what_is_printed_is_what_is_written(form: str, ledger: Path, tmp_path: Path) -> None:
    printed = sayso("export", "--ledger", ledger, "--format", form)
    sayso("export", "--ledger", ledger, "--format", form, "-o", tmp_path / "x")
    assert printed.out == (tmp_path / "x").read_text("utf-8")


@pytest.mark.parametrize(
    "filters", [("--since", "2019"), ("--disputed",), ("--type", "Battles"), ("--status", "claimed")]
)
def test_filters_are_those_of_incidents(filters: tuple[str, ...], ledger: Path) -> None:
    listed = sayso("incidents", "--ledger", ledger, "--format", "jsonl", *filters).out
    assert sayso("export", "--ledger", ledger, *filters).out == listed
    assert listed


def test_strict_files_have_the_columns_of_the_dataset_alone(ledger: Path, tmp_path: Path) -> None:
    for form, number in (("acled", 31), ("ged", 49), ("gtd", 135)):
        done = sayso("export", "--ledger", ledger, "--format", form, "--strict", "-o", tmp_path / "x.csv")
        assert done.status == 0
        with (tmp_path / "x.csv").open(newline="") as file:
            assert {len(row) for row in csv.reader(file)} == {number}


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--format", "acled"), "cannot be printed"),
        (("--format", "parquet"), "cannot be printed"),
        (("--format", "csv", "--strict"), "--strict is no option"),
        (("--since", "July"), "is no date"),
        (("--status", "guilty"), "no attribution status"),
        (("--codebook", "none", "-o", "x"), "none"),
    ],
)
def test_what_cannot_be_asked_is_told(
    arguments: tuple[str, ...], what: str, ledger: Path, tmp_path: Path
) -> None:
    done = sayso("export", "--ledger", ledger, *arguments, cwd=tmp_path)
    assert done.status == 2
    assert what in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_way_changes_nothing(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "x.losses.csv").mkdir()
    done = sayso("export", "--ledger", ledger, "--format", "gtd", "-o", tmp_path / "x.csv")
    assert done.status == 2
    assert "x.losses.csv is no file" in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["x.losses.csv"]


@pytest.mark.parametrize(("form", "library"), [("parquet", "duckdb"), ("xlsx", "xlsxwriter")])
def test_a_library_that_is_missing_is_told(form: str, library: str, ledger: Path, tmp_path: Path) -> None:
    program = f"import sys; sys.modules['{library}'] = None; from sayso.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "export", "--ledger", ledger, "--format", form, "-o", tmp_path / "x"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"pip install 'sayso[{form}]'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_private_names_are_gone_from_what_is_printed_and_written(ledger: Path, tmp_path: Path) -> None:
    whole = [json.loads(line) for line in sayso("export", "--ledger", ledger).out.splitlines()]
    names = {
        one["name"]
        for incident in whole
        for one in (*incident["targets"], *incident["victims"])
        if one["kind"] == "person" and not one["public"]
    }
    assert names
    printed = sayso("export", "--ledger", ledger, "--without-private-names").out
    sayso(
        "export", "--ledger", ledger, "--format", "gtd", "--without-private-names", "-o", tmp_path / "x.csv"
    )
    files = [path.read_text("utf-8") for path in sorted(tmp_path.iterdir())]
    for name in names:
        assert all(name.casefold() not in text.casefold() for text in (printed, *files))
    assert all(json.loads(line)["redacted"] for line in printed.splitlines())
    assert '"without_private_names": true' in files[1]
