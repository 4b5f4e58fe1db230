"""What the reader finds in the five real reports is what their readers found; they lie beside the project."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from sayso.codebook import Codebook
from sayso.coding import code
from sayso.model import Report
from tests.command import reports_under

PAGES = Path(__file__).parents[1] / "pages"
NOT_REPORTING = {"advertisement", "boilerplate", "comment"}
FIVE = 5


@pytest.fixture(scope="module")
def seeds(shared: Path, codebook: Codebook) -> list[Report]:
    found = list(reports_under(shared / "reports", codebook=codebook))
    assert len(found) == FIVE
    return found


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, dict[str, Any]]:
    """What people found of each report, by the SHA-256 of its text."""
    lines = (shared / "eval" / "reports" / "gold.jsonl").read_text("utf-8").splitlines()
    return {row["sha256"]: row for row in map(json.loads, lines)}


def sha256(report: Report) -> str:
    return hashlib.sha256(report.text.encode()).hexdigest()


def silent_spans(report: Report) -> list[tuple[int, int]]:
    """The spans of the lines that a person took for advertising, the page's own or readers' comments."""
    rows = map(json.loads, (PAGES / "real_lines.jsonl").read_text("utf-8").splitlines())
    labels = next(row["lines"] for row in rows if row["text_sha256"] == sha256(report))
    lines = re.finditer(r"[^\n]*\S[^\n]*", report.text)
    return [line.span() for line, label in zip(lines, labels, strict=True) if label in NOT_REPORTING]


def test_no_statement_comes_from_lines_that_are_no_reporting(seeds: list[Report], codebook: Codebook) -> None:
    silent = statements = 0
    for report in seeds:
        spans = silent_spans(report)
        silent += len(spans)
        for statement in code(report, codebook).statements:
            statements += 1
            quote = statement.quote
            inside = [span for span in spans if quote.start < span[1] and span[0] < quote.end]
            assert inside == [], report.text[quote.start : quote.end]
    assert silent > 0
    assert statements > 0


def test_the_date_of_publication_is_the_one_that_people_found(
    seeds: list[Report], gold: dict[str, dict[str, Any]]
) -> None:
    for report in seeds:
        assert (report.published or "")[:10] == (gold[sha256(report)]["published"] or ""), report.path


def test_outlets_on_the_way_that_the_text_names_are_publisher_or_credited(
    seeds: list[Report], gold: dict[str, dict[str, Any]], shared: Path
) -> None:
    lineage = json.loads((shared / "eval" / "reports" / "lineage.json").read_text("utf-8"))
    named = 0
    for report in seeds:
        key = gold[sha256(report)]["id"]
        found = {
            plain(name)
            for name in (report.publisher, *(credit.outlet or credit.text for credit in report.credits))
        }
        for outlet in filter(None, [lineage["upstream"][key], *lineage["via"][key]]):
            if plain(outlet) in plain(report.text):
                named += 1
                assert any(plain(outlet) in name for name in found), (report.path, outlet)
    assert named >= FIVE


def plain(name: str | None) -> str:
    """A name without blanks and capitals: "South Front" is printed "SouthFront", too."""
    return "".join((name or "").split()).casefold()
