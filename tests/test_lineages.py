"""sayso lineages, on the example reports."""

import json
from pathlib import Path

from tests.command import sayso


def test_lineages_for_people_and_for_programs(examples_ledger: Path, tmp_path: Path) -> None:
    told = sayso("lineages", "--ledger", examples_ledger).out
    assert "copy, share 1.0" in told
    records = [
        json.loads(line)
        for line in sayso("lineages", "--format", "jsonl", "--ledger", examples_ledger).out.splitlines()
    ]
    reports = [name for record in records for name in record["reports"]]
    assert len(reports) == len(set(reports)) == 25
    for record in records:
        for pair in record["pairs"]:
            assert pair["a"] in record["reports"] or pair["b"] in record["reports"]
            inside = {pair["a"], pair["b"]} <= set(record["reports"])
            assert (pair["how"] == "apart") is not inside
            assert 0.05 <= pair["score"] <= 1
            assert all(passage["text"] for passage in pair["passages"])
    assert sayso("lineages", "--ledger", tmp_path / "none.db").status == 2


def test_nothing_copied_is_said(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("Gunmen killed two farmers near Ghazni on 3 May 2021.", encoding="utf-8")
    ledger = tmp_path / "sayso.db"
    sayso("read", path, "--ledger", ledger)
    assert sayso("lineages", "--ledger", ledger).out.startswith("No report copies")
