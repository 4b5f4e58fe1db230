"""sayso actors --unknown: actors that the codebook does not have, to be adopted as rows of it."""

import csv
import io
from pathlib import Path

import pytest

from sayso.codebook.schema import Actor
from tests.command import sayso

REPORT = (
    "On Monday the Red Mangrove Front ambushed a patrol near Maiduguri, killing two soldiers.\n\n"
    "The Red Mangrove Front claimed the attack. The Taliban are not active there.\n"
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "mangrove.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def listed(*arguments: str | Path) -> list[dict[str, str]]:
    done = sayso("actors", "--unknown", *arguments)
    assert done.status == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


def test_an_unknown_group_is_a_row_that_the_codebook_can_take(report: Path) -> None:
    rows = listed(report)
    assert [row["name"] for row in rows] == ["Red Mangrove Front"]
    assert rows[0]["actor_id"] == "red-mangrove-front-nga"
    Actor.model_validate({key: value or None for key, value in rows[0].items() if value})


def test_what_is_adopted_is_listed_no_more(report: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "codebook.yaml").write_text(
        'name: own\nversion: "1"\nlanguage: en\nextends: default\n', encoding="utf-8"
    )
    (own / "actors.csv").write_text(sayso("actors", "--unknown", report).out, encoding="utf-8")
    assert listed("--codebook", own, report) == []


def test_the_reports_of_a_ledger_are_looked_at(report: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.db"
    assert sayso("read", report, "--ledger", ledger).status == 0
    assert [row["name"] for row in listed("--ledger", ledger)] == ["Red Mangrove Front"]


def test_it_says_what_it_needs(report: Path) -> None:
    done = sayso("actors", report)
    assert (done.status, done.out) == (2, "")
    assert "--unknown" in done.err
