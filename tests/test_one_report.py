"""What is coded of one report by itself is sound: its quotes, its ids, and the same each time."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.codebook import Codebook
from sayso.coding import code
from sayso.model import CodedReport
from sayso.pipeline import coded_record
from sayso.records import to_line, to_record
from tests.command import reports_under
from tests.soundness import faults, quotes
from tests.test_pipeline import exported


@pytest.fixture(scope="module")
def coded(examples: Path, codebook: Codebook) -> list[CodedReport]:
    """The example reports, each coded by itself."""
    return [code(report, codebook) for report in reports_under(examples, codebook=codebook)]


def test_coding_twice_is_identical(coded: list[CodedReport], codebook: Codebook) -> None:
    for one in coded:
        assert to_line(to_record(code(one.report, codebook))) == to_line(to_record(one))


def test_every_quote_of_the_examples_is_in_its_report_and_every_id_leads_somewhere(
    coded: list[CodedReport], codebook: Codebook, examples_ledger: Path
) -> None:
    texts = {one.report.report_id: one.report.text for one in coded}
    records = [incident for one in coded for incident in coded_record(one, codebook)["incidents"]]
    records += [json.loads(line) for line in exported(examples_ledger).splitlines()]
    assert sum(1 for _ in quotes(records)) > 500
    assert [fault for record in records for fault in faults(record, texts)] == []


def _misquote(incident: dict[str, Any]) -> None:
    incident["statements"][0]["quote"]["start"] += 1


def _forget_a_statement(incident: dict[str, Any]) -> None:
    del incident["statements"][0]


def _forget_the_basis(incident: dict[str, Any]) -> None:
    del incident["basis"]["event"]


def _widen_a_value(incident: dict[str, Any]) -> None:
    incident["statements"][0]["spans"]["value"] = [0, 10**6]


@pytest.mark.parametrize("spoil", [_misquote, _forget_a_statement, _forget_the_basis, _widen_a_value])
def test_what_is_unsound_is_found(
    spoil: Callable[[dict[str, Any]], None], examples: Path, codebook: Codebook
) -> None:
    (report,) = reports_under(examples / "01_charikar_rockets.txt", codebook=codebook)
    incident = coded_record(code(report, codebook), codebook)["incidents"][0]
    texts = {report.report_id: report.text}
    assert faults(incident, texts) == []
    spoil(incident)
    assert faults(incident, texts) != []


def test_a_report_without_incidents_is_a_line_without_incidents(tmp_path: Path, codebook: Codebook) -> None:
    (tmp_path / "bins.txt").write_text("The council voted on the colour of bins. Green won by two votes.\n")
    (report,) = reports_under(tmp_path, codebook=codebook)
    record = coded_record(code(report, codebook), codebook)
    assert (record["relevant"], record["incidents"], record["aggregates"]) == (False, [], [])


# Random sentences of other people's sets: what the texts of our own making do not think of.
NAMES = "ecbplus geo_lgl geo_trnews gva lineage muc4 newsclusters re3d timex_meantime timex_tbaq uner_ewt"
SETS = (
    *(f"{name}/dev.jsonl" for name in (*NAMES.split(), "wikievents")),
    "modern/reports.jsonl",
    "reports/reports.jsonl",
)


@pytest.mark.parametrize("name", SETS)
def test_every_quote_is_in_its_report_on_a_sample_of_real_texts(
    name: str, shared: Path, codebook: Codebook, tmp_path: Path
) -> None:
    lines = (shared / "eval" / name).read_text().splitlines()
    sample = random.Random(name).sample(lines, min(25, len(lines)))  # noqa: S311
    (tmp_path / "sample.jsonl").write_text("\n".join(sample) + "\n")
    for report in reports_under(tmp_path / "sample.jsonl", codebook=codebook):
        record = coded_record(code(report, codebook), codebook)
        texts = {report.report_id: report.text}
        assert [fault for incident in record["incidents"] for fault in faults(incident, texts)] == []
        for quote in quotes(record["aggregates"]):
            assert report.text[quote["start"] : quote["end"]] == quote["text"]
