"""The gold of the pages is in order: nothing missing, nothing twice, nothing that the pages do not say."""

import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

from sayso.model import RegionKind
from tests.pages.visible import visible_blocks

HERE = Path(__file__).parent


def rows(file: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / file).read_text("utf-8").split("\n") if line]


KINDS = set(get_args(RegionKind))
GOLD = rows("gold.jsonl")
FLAT = [row for row in GOLD if row["file"].endswith(".txt")]
HTML = [row for row in GOLD if row["file"].endswith(".html")]
FIRST, LATER = ([row for row in GOLD if row["file"].startswith("later/") is later] for later in (False, True))
REAL = rows("real_lines.jsonl")
ENOUGH = 25  # characters that tell a block from the others; a shorter block stands whole


def page(row: dict[str, Any]) -> str:
    return (HERE / name(row)).read_bytes().decode("utf-8")


def name(row: dict[str, Any]) -> str:
    return str(row["file"])


def test_every_page_has_its_gold_and_all_gold_its_page() -> None:
    files = [
        path.relative_to(HERE).as_posix() for path in HERE.glob("*/*") if path.suffix in {".txt", ".html"}
    ]
    assert sorted(files) == [name(row) for row in GOLD]
    assert (len(FIRST), len(LATER), len(REAL)) == (60, 13, 17)


@pytest.mark.parametrize("row", GOLD, ids=name)
def test_a_row_has_its_keys_and_its_dates_are_iso(row: dict[str, Any]) -> None:
    of_lines = {"lines"} if row in FLAT else {"blocks"}
    keys = {"file", "published", "updated", "publisher", "byline", "title", "credits"}
    assert set(row) == keys | of_lines
    for told in (row["published"], row["updated"]):
        if told is not None:
            assert date.fromisoformat(told[:10])
            assert len(told) == 10 or datetime.fromisoformat(told)
    if row["updated"]:
        assert row["updated"][:10] >= row["published"][:10]
    assert len(set(row["credits"])) == len(row["credits"])


@pytest.mark.parametrize("row", FLAT, ids=name)
def test_each_line_that_is_not_blank_has_one_label(row: dict[str, Any]) -> None:
    lines = [line for line in page(row).split("\n") if line.strip()]
    assert len(lines) == len(row["lines"])
    assert set(row["lines"]) <= KINDS
    titles = {
        " ".join(line.split()) for line, kind in zip(lines, row["lines"], strict=True) if kind == "title"
    }
    assert titles == ({row["title"]} if row["title"] else set())


@pytest.mark.parametrize("row", HTML, ids=name)
def test_the_blocks_are_what_the_page_shows_in_its_order(row: dict[str, Any]) -> None:
    shown = visible_blocks(page(row))
    assert len(shown) == len(row["blocks"]) > 0
    for block, told in zip(shown, row["blocks"], strict=True):
        assert block.startswith(told["text"])
        assert len(told["text"]) >= ENOUGH or told["text"] == block
        assert told["kind"] in KINDS


@pytest.mark.parametrize("row", GOLD, ids=name)
def test_who_is_named_in_the_gold_is_named_on_the_page(row: dict[str, Any]) -> None:
    """But for two publishers: one is told by its house byline alone, one by its address."""
    text = re.sub(r"\s+", "", everything(row)).lower()
    unnamed = {"flat/f03.txt": "ZeroHedge", "flat/f15.txt": "The Guardian"}
    byline = row["byline"].split(", ") if row["byline"] else []
    for told in [row["publisher"], row["title"], *row["credits"], *byline]:
        if told and told != unnamed.get(row["file"]):
            assert re.sub(r"\s+", "", told).lower() in text, told


def everything(row: dict[str, Any]) -> str:
    """The page with its head and attributes, and its visible text."""
    return "".join([page(row), *visible_blocks(page(row))])


@pytest.mark.parametrize("index", range(17))
def test_the_real_reports_are_labels_and_a_digest_alone(index: int) -> None:
    row = REAL[index]
    assert set(row) == {"text_sha256", "lines"}
    assert re.fullmatch("[0-9a-f]{64}", row["text_sha256"])
    assert set(row["lines"]) <= KINDS
    assert [other["text_sha256"] for other in REAL].count(row["text_sha256"]) == 1


def test_the_readme_counts_what_is_there() -> None:
    flat = Counter(kind for row in FIRST for kind in row.get("lines", ()))
    html = Counter(block["kind"] for row in FIRST for block in row.get("blocks", ()))
    later = Counter(kind for row in LATER for kind in row.get("lines", ()))
    later += Counter(block["kind"] for row in LATER for block in row.get("blocks", ()))
    real = Counter(kind for row in REAL for kind in row["lines"])
    readme = (HERE / "README.md").read_text("utf-8")
    for kind in get_args(RegionKind):
        assert f"| {kind} | {flat[kind]} | {html[kind]} | {later[kind]} | {real[kind]} |" in readme
    totals = [counts.total() for counts in (flat, html, later, real)]
    assert " | ".join(["| all", *map(str, totals), ""]).rstrip() in readme
