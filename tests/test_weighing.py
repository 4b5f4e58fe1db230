"""sayso explain with ids of incidents: the waterfalls, what came near, what one report changes."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from sayso.ledger import open_ledger
from sayso.model import Incident
from tests.command import sayso


@pytest.fixture(scope="module")
def ledger(examples_ledger: Path) -> Path:
    return examples_ledger


@pytest.fixture(scope="module")
def shown(ledger: Path) -> list[Incident]:
    with open_ledger(ledger) as book:
        return book.incidents()


def explained(ledger: Path, *ids: str) -> dict[str, Any]:
    done = sayso("explain", *ids, "--format", "jsonl", "--ledger", ledger)
    assert done.status == 0
    [line] = done.out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def told_by_most(shown: list[Incident]) -> Incident:
    return max(shown, key=lambda one: len(one.mentions))


def test_all_pairs_of_an_incident_with_their_pieces(ledger: Path, shown: list[Incident]) -> None:
    incident = told_by_most(shown)
    found = explained(ledger, incident.incident_id)
    inside = {mention.mention_id for mention in incident.mentions}
    assert {one for pair in found["pairs"] for one in (pair["a"], pair["b"])} == inside
    for pair in found["pairs"]:
        if pair["same_passage"]:
            assert pair["pieces"] == []
            continue
        total = sum(piece["log_odds"] for piece in pair["pieces"])
        assert pair["log_odds"] == total
        assert pair["probability"] == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-3)
        assert all(piece["reason"] for piece in pair["pieces"])


def test_what_came_near_is_another_incident_and_less_than_likely(ledger: Path, shown: list[Incident]) -> None:
    ids = {one.incident_id for one in shown}
    for incident in shown[:8]:
        near = explained(ledger, incident.incident_id)["near"]
        assert [one["probability"] for one in near] == sorted(
            (one["probability"] for one in near), reverse=True
        )
        for one in near:
            assert one["incident_id"] in ids - {incident.incident_id}
            vetoed = any(pair["veto"] for pair in one["pairs"])
            assert vetoed or one["probability"] <= 0.5


def test_what_one_report_changes(ledger: Path, shown: list[Incident]) -> None:
    incident = told_by_most(shown)
    without = explained(ledger, incident.incident_id)["without"]
    assert sorted(one["report_id"] for one in without) == sorted(
        {mention.report_id for mention in incident.mentions}
    )
    assert not any(one["gone"] for one in without)
    changed = [field for one in without for field in one["values"]]
    assert "killed" in changed  # the toll rises from report to report
    alone = next(one for one in shown if len(one.mentions) == 1)
    assert [one["gone"] for one in explained(ledger, alone.incident_id)["without"]] == [True]


def test_two_incidents_are_compared(ledger: Path, shown: list[Incident]) -> None:
    one, other = shown[0], shown[1]
    found = explained(ledger, one.incident_id[:12], other.incident_id)
    assert found["incidents"] == [one.incident_id, other.incident_id]
    assert len(found["pairs"]) >= 1
    text = sayso("explain", one.incident_id, other.incident_id, "--ledger", ledger).out
    assert "between them" in text


def test_for_people(ledger: Path, shown: list[Incident]) -> None:
    lines = sayso("explain", told_by_most(shown).incident_id, "--ledger", ledger).out.splitlines()
    assert "why these are one" in lines
    assert any("date/same day: Both name one and the same day." in line for line in lines)
    assert any(line.startswith("  ") and "killed would change" in line for line in lines)


@pytest.mark.parametrize("ids", [["beef"], ["beef", "0000"]])
def test_an_unknown_id_is_told(ledger: Path, ids: list[str]) -> None:
    done = sayso("explain", *ids, "--ledger", ledger)
    assert done.status == 2
    assert "no incident 'beef'" in done.err


def test_three_are_too_many(ledger: Path, shown: list[Incident]) -> None:
    assert sayso("explain", *(one.incident_id for one in shown[:3]), "--ledger", ledger).status == 2
