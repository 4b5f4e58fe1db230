"""What leaves the program has the shapes that it promises."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from sayso.codebook import Codebook
from sayso.coding import code
from sayso.pipeline import coded_record
from tests.command import reports_under, sayso
from tests.conftest import ROOT

CONTRACT = ROOT / "src" / "sayso" / "contract"


def _schemas() -> dict[str, Any]:
    return {path.name: json.loads(path.read_text("utf-8")) for path in sorted(CONTRACT.glob("*.json"))}


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    """By the name of the schema's file; each may point to the others."""
    schemas = _schemas()
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    return {name: Draft202012Validator(schema, registry=registry) for name, schema in schemas.items()}


def faults(validator: Draft202012Validator, line: Any) -> list[str]:
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in validator.iter_errors(line)]


@pytest.fixture(scope="module")
def coded_lines(examples: Path) -> list[dict[str, Any]]:
    done = sayso("code", examples, "--format", "jsonl")
    assert done.status == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


@pytest.fixture(scope="module")
def incident_lines(examples_ledger: Path) -> list[dict[str, Any]]:
    done = sayso("export", "--ledger", examples_ledger, "--format", "jsonl")
    assert done.status == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def test_the_schemas_are_schemas() -> None:
    for schema in _schemas().values():
        Draft202012Validator.check_schema(schema)


def test_every_coded_report_of_the_examples_has_its_shape(
    coded_lines: list[dict[str, Any]], validators: Mapping[str, Draft202012Validator]
) -> None:
    assert len(coded_lines) > 20
    for line in coded_lines:
        assert faults(validators["coded_report.schema.json"], line) == []


def test_every_incident_of_the_examples_has_its_shape(
    incident_lines: list[dict[str, Any]], validators: Mapping[str, Draft202012Validator]
) -> None:
    assert len(incident_lines) > 20
    for line in incident_lines:
        assert faults(validators["incident.schema.json"], line) == []


def test_what_is_shown_is_told_by_the_schema(
    coded_lines: list[dict[str, Any]], incident_lines: list[dict[str, Any]]
) -> None:
    """A key that the schema does not tell would pass where it allows others: nothing leaves untold."""
    schemas = _schemas()
    told = schemas["coded_report.schema.json"]["properties"].keys()
    assert {key for line in coded_lines for key in line} == set(told)
    told = schemas["incident.schema.json"]["properties"].keys()
    assert {key for line in incident_lines for key in line} <= set(told)


@pytest.mark.parametrize(
    "without", ["contract", "basis", "attributions", "attribution_status", "statements", "reports"]
)
def test_an_incident_without_what_it_rests_on_is_refused(
    without: str, coded_lines: list[dict[str, Any]], validators: Mapping[str, Draft202012Validator]
) -> None:
    line = deepcopy(next(line for line in coded_lines if line["incidents"]))
    del line["incidents"][0][without]
    assert faults(validators["coded_report.schema.json"], line) != []


def real_reports(shared: Path) -> Iterator[Path]:
    yield shared / "reports"
    yield shared / "eval" / "modern" / "reports.jsonl"
    yield shared / "eval" / "reports" / "reports.jsonl"


def test_every_coded_report_of_real_ones_has_its_shape(
    shared: Path, codebook: Codebook, validators: Mapping[str, Draft202012Validator]
) -> None:
    number = 0
    for path in real_reports(shared):
        for report in reports_under(path, codebook=codebook):
            number += 1
            line = json.loads(json.dumps(coded_record(code(report, codebook), codebook)))
            assert faults(validators["coded_report.schema.json"], line) == [], report.path
    assert number >= 17


def holds(ours: Any, agreed: Any) -> bool:
    """Whether all that was agreed is there; keys may have been added."""
    if isinstance(agreed, dict) and isinstance(ours, dict):
        return all(key in ours and holds(ours[key], value) for key, value in agreed.items())
    return bool(ours == agreed)


def test_all_that_was_agreed_is_in_the_contract(shared: Path) -> None:
    for path in sorted(CONTRACT.glob("*.json")):
        agreed = json.loads((shared / "contract" / path.name).read_text())
        assert holds(json.loads(path.read_text()), agreed), path.name
        assert not holds({**agreed, "properties": {}}, agreed)
