"""Linking what is new gives what linking all at once gives, byte for byte, and leaves the rest alone."""

import importlib
import json
import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso import pipeline
from sayso.codebook import Codebook
from sayso.coding import code
from sayso.errors import LedgerError
from sayso.exports import jsonl
from sayso.incidents import candidates
from sayso.incidents.facts import Facts
from sayso.ledger import Found, Ledger, Request, open_ledger
from sayso.linking import workers
from sayso.model import CodedReport, Lineage
from sayso.records import from_json
from sayso.reports import make_report
from tests.command import reports_under

GOLD = Path(__file__).parents[1] / "gold" / "open.jsonl"

FEW = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class Linked:
    """All that a linking leaves in a ledger."""

    exported: str
    lineages: list[Lineage]
    compared: tuple[object, ...]


@pytest.fixture(scope="module")
def coded(examples: Path, codebook: Codebook) -> list[CodedReport]:
    """The example reports and the shorter texts of the open half of the gold."""
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    made = [
        make_report(
            row["text"], codebook, id=row["id"], published=row["published"], publisher=row["publisher"]
        )
        for row in rows
        if row["group"] and len(row["text"]) < 2500
    ]
    return [code(report, codebook) for report in (*reports_under(examples, codebook=codebook), *made)]


def linked(path: Path, batches: Sequence[Sequence[CodedReport]], codebook: Codebook, jobs: int = 1) -> Linked:
    """What is there when each batch was added and linked in turn."""
    path.unlink(missing_ok=True)
    with open_ledger(path, create=True) as book:
        for batch in batches:
            for one in batch:
                book.add(one)
            pipeline.link(book, codebook, jobs)
        return state_of(book)


def state_of(book: Ledger) -> Linked:
    """What the last linking left there."""
    compared = book.compared()
    facts = book.compared_facts(one.id for one in compared.mentions)
    return Linked(
        "\n".join(jsonl.lines(book.incidents())),
        book.lineages(),
        (
            sorted(compared.reports, key=lambda one: one.report_id),
            sorted(compared.mentions, key=lambda one: one.id),
            sorted(compared.pairs),
            {mention_id: from_json(Facts, line) for mention_id, line in facts.items()},
        ),
    )


@dataclass(frozen=True)
class Bench:
    """What the tests link, where, and what linking it at once gives."""

    coded: list[CodedReport]
    codebook: Codebook
    whole: Linked


def shuffled(coded: Sequence[CodedReport], seed: int, number: int) -> list[list[CodedReport]]:
    """So many batches, in an order drawn by lot."""
    order = random.Random(seed).sample(coded, len(coded))  # noqa: S311
    return [order[start::number] for start in range(number)]


@pytest.fixture(scope="module")
def whole(coded: list[CodedReport], codebook: Codebook, tmp_path_factory: pytest.TempPathFactory) -> Linked:
    """All linked at once."""
    found = linked(tmp_path_factory.mktemp("whole") / "sayso.db", [coded], codebook)
    assert found.exported.count("\n") > 50
    assert any(len(one.reports) > 2 for one in found.lineages)
    return found


@pytest.fixture(scope="module")
def bench(coded: list[CodedReport], codebook: Codebook, whole: Linked) -> Bench:
    return Bench(coded, codebook, whole)


@FEW
@given(seed=st.integers(0, 2**32), number=st.sampled_from([1, 2, 7, 30]))
def test_neither_order_nor_batches_change_a_byte(
    seed: int, number: int, bench: Bench, tmp_path: Path
) -> None:
    found = linked(tmp_path / "sayso.db", shuffled(bench.coded, seed, number), bench.codebook)
    assert found == bench.whole


@pytest.mark.parametrize("number", [1, 3])
def test_nor_do_processes(number: int, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_WORTH_STARTING", 2)
    monkeypatch.setattr(workers, "_CHUNK", 5)
    batches = shuffled(bench.coded, 1, number)
    assert linked(tmp_path / "sayso.db", batches, bench.codebook, jobs=2) == bench.whole


@FEW
@given(seed=st.integers(0, 2**32), number=st.sampled_from([2, 7, 30]), first=st.sampled_from([1, 2, 5]))
def test_nor_do_batches_where_blocks_are_crowded(
    seed: int, number: int, first: int, bench: Bench, tmp_path: Path
) -> None:
    # A block leads to few of its mentions: a new one takes the place of another, whose pairs are then gone.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "FIRST", first)
        at_once = linked(tmp_path / "whole.db", [bench.coded], bench.codebook)
        batches = shuffled(bench.coded, seed, number)
        assert linked(tmp_path / "sayso.db", batches, bench.codebook) == at_once


def without_first(coded: CodedReport) -> CodedReport:
    """The same report as another coder reads it, who misses the first mention."""
    mentions = coded.mentions[1:]
    ids = {one.mention_id for one in mentions}
    return replace(
        coded,
        coding=replace(coded.coding, coder="somebody"),
        mentions=tuple(replace(one, part_of=one.part_of if one.part_of in ids else None) for one in mentions),
        statements=tuple(one for one in coded.statements if one.mention_id in ids),
    )


@FEW
@given(seed=st.integers(0, 2**32))
def test_a_report_coded_otherwise_and_back_leaves_nothing_behind(
    seed: int, coded: list[CodedReport], codebook: Codebook, whole: Linked, tmp_path: Path
) -> None:
    chosen = random.Random(seed).sample(coded, 12)  # noqa: S311
    path = tmp_path / "sayso.db"
    linked(path, [coded], codebook)
    with open_ledger(path) as book:
        for one in chosen:
            book.add(without_first(one))
        pipeline.link(book, codebook)
        fewer = "\n".join(jsonl.lines(book.incidents()))
    others = [one for one in coded if one not in chosen]
    assert fewer == linked(tmp_path / "other.db", [[*others, *map(without_first, chosen)]], codebook).exported
    with open_ledger(path) as book:
        for one in chosen:
            book.activate(one.report.report_id, one.coding)
        pipeline.link(book, codebook)
        assert "\n".join(jsonl.lines(book.incidents())) == whole.exported


def row_ids(path: Path) -> dict[str, int]:
    """Incident -> the number of its row, which is another when it was made anew."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT incident_id, rowid FROM incidents"))


def test_only_what_a_new_report_touches_is_made_anew(
    coded: list[CodedReport], codebook: Codebook, tmp_path: Path
) -> None:
    path = tmp_path / "sayso.db"
    several = next(one for one in coded if (one.report.path or "").endswith("06_numaniyah_bus_station.txt"))
    linked(path, [[one for one in coded if one is not several]], codebook)
    before = row_ids(path)
    with open_ledger(path) as book:
        book.add(several)
        pipeline.link(book, codebook)
        touched = {
            one.incident_id
            for one in book.incidents()
            if several.report.report_id in {report.report_id for report in one.reports}
        }
    after = row_ids(path)
    anew = {incident_id for incident_id in after if before.get(incident_id) != after[incident_id]}
    assert touched
    assert touched <= anew | set(before)
    assert len(anew) <= len(touched) + 2


def test_another_codebook_compares_everything_anew(
    coded: list[CodedReport], codebook: Codebook, tmp_path: Path
) -> None:
    path = tmp_path / "sayso.db"
    linked(path, [coded[:10]], codebook)
    before = row_ids(path)
    with open_ledger(path) as book:
        pipeline.link(book, codebook)
        assert row_ids(path) == before
        turn = book.compared().turn
        pipeline.link(book, replace(codebook, sha256="f" * 64))
        assert book.compared().turn == turn + 1


@pytest.mark.parametrize("before", ["readings", "change_of", "_pairs", "_regrouped", "_shown"])
def test_a_purge_while_a_linking_looks_makes_it_look_again(
    before: str, coded: list[CodedReport], codebook: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sayso.db"
    purged = coded[3].report.report_id
    linked(path, [coded[:30]], codebook)
    room = importlib.import_module("sayso.linking.link")
    step = getattr(room, before)
    times = []

    def purge_first(*given: object) -> object:
        times.append(before)
        if len(times) == 1:
            with open_ledger(path) as another:
                another.purge(purged, Request("a lawyer", "2026-11-01", "an order of a court"))
        return step(*given)

    monkeypatch.setattr(room, before, purge_first)
    with open_ledger(path) as book:
        for one in coded[30:40]:
            book.add(one)
        pipeline.link(book, codebook)
        found = state_of(book)
    assert len(times) == 2
    left = [one for one in coded[:40] if one.report.report_id != purged]
    assert found == linked(tmp_path / "other.db", [left], codebook)


def test_what_is_missing_though_nobody_purged_is_told(
    coded: list[CodedReport], codebook: Codebook, tmp_path: Path
) -> None:
    path = tmp_path / "sayso.db"
    linked(path, [coded[:30]], codebook)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM compared_facts")
    with open_ledger(path) as book:
        for one in coded[30:]:
            book.add(one)
        with pytest.raises(LedgerError, match="what was compared of a mention is missing"):
            pipeline.link(book, codebook)


def test_who_linked_meanwhile_is_not_undone(
    coded: list[CodedReport], codebook: Codebook, tmp_path: Path
) -> None:
    path = tmp_path / "sayso.db"
    linked(path, [coded[:10]], codebook)
    with open_ledger(path) as book:
        turn = book.compared().turn
        incidents = book.incidents()
        assert not book.relink(turn - 1, Found("late"), [], [], None)
        assert book.incidents() == incidents
        assert book.compared().turn == turn
