"""Two who write and three who read at once: nothing is lost, nobody sees half of anything."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.ledger import Ledger, open_ledger
from sayso.model import CodedReport, Judgement, judgement_id_of
from tests.ledger.conftest import MakeCoded, MakeIncident
from tests.ledger.test_crash import _in_child, _wait

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

EACH = 40


def judgement_on(coded: CodedReport, who: str) -> Judgement:
    statement = coded.statements[0]
    made = judgement_id_of(statement.statement_id, "confirm", who, "2026-01-01")
    return Judgement(made, "statement", statement.statement_id, "confirm", "Twelve", who, "2026-01-01")


def writer(path: Path, who: str, coded: list[CodedReport], make_incident: MakeIncident) -> Callable[[], None]:
    """Adds reports, judges each, withdraws every fifth judgement, and shows what it has added."""

    def work() -> None:
        with open_ledger(path) as ledger:
            for number, one in enumerate(coded):
                assert ledger.add(one)
                made = judgement_on(one, who)
                ledger.judge(made)
                if number % 5 == 4:
                    ledger.withdraw(made.judgement_id, "2026-01-02")
                if number % 10 == 9:
                    ledger.replace_views([], [make_incident(its) for its in coded[: number + 1]])

    return work


def reader(path: Path) -> Callable[[], None]:
    """Reads until all is there: what was seen once stays, and whatever is seen is whole."""

    def look(ledger: Ledger) -> tuple[int, int]:
        found = list(ledger.coded_reports())
        assert all(len(one.statements) == 3 for one in found)
        assert all(one.statements for one in ledger.incidents())
        list(ledger.search("esgaroth"))
        return len(found), len(ledger.judgements())

    def work() -> None:
        with open_ledger(path) as ledger:
            before = (0, 0)
            while before != (2 * EACH, 2 * EACH):
                now = look(ledger)
                assert now >= before
                before = now

    return work


def test_two_write_and_three_read(path: Path, make_coded: MakeCoded, make_incident: MakeIncident) -> None:
    open_ledger(path, create=True).close()
    mine = {"Ann": [make_coded(number) for number in range(EACH)]}
    mine["Bob"] = [make_coded(1000 + number) for number in range(EACH)]
    works = [writer(path, who, coded, make_incident) for who, coded in mine.items()]
    pids = [_in_child(work) for work in (*works, *(reader(path) for _ in range(3)))]
    assert [_wait(pid) for pid in pids] == [0] * 5
    with open_ledger(path) as ledger:
        made = {one.judgement_id: one for one in ledger.judgements()}
        for who, coded in mine.items():
            for number, one in enumerate(coded):
                kept = made.pop(judgement_on(one, who).judgement_id)
                assert (kept.withdrawn_on is not None) == (number % 5 == 4)
        assert made == {}
        assert [fault for fault in ledger.check().faults if "history" in fault or "entry" in fault] == []
        assert ledger.check().looked_at["entries of the history"] == 2 * (EACH + EACH // 5)
