import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import LedgerError, UsageError
from sayso.ledger import Ledger, Run, open_ledger
from sayso.model import CodedReport, Mention, Spans
from tests.ledger.conftest import CODING, Dump, MakeCoded


def test_what_goes_in_comes_out_the_same_and_by_report_id(ledger: Ledger, make_coded: MakeCoded) -> None:
    coded = [make_coded(number) for number in range(450)]  # more than are fetched at once
    for one in coded:
        assert ledger.add(one)
    assert list(ledger.coded_reports()) == sorted(coded, key=lambda one: one.report.report_id)


def test_an_empty_ledger_gives_nothing(ledger: Ledger) -> None:
    assert list(ledger.coded_reports()) == []
    assert ledger.incidents() == []
    assert ledger.lineages() == []
    assert ledger.judgements() == []
    assert ledger.runs() == []


def test_a_report_without_anything_in_it(ledger: Ledger, make_coded: MakeCoded) -> None:
    bare = CodedReport(make_coded(1).report, CODING)
    ledger.add(bare)
    assert list(ledger.coded_reports()) == [bare]


def test_the_same_coding_again_changes_no_row(path: Path, make_coded: MakeCoded, dump: Dump) -> None:
    with open_ledger(path, create=True) as ledger:
        assert not ledger.has_coding(make_coded(1).report.report_id, CODING)
        assert ledger.add(make_coded(1))
        assert ledger.has_coding(make_coded(1).report.report_id, CODING)
    before = dump(path)
    with open_ledger(path, create=True) as ledger:
        assert not ledger.add(make_coded(1))
    assert dump(path) == before


@pytest.mark.parametrize(
    "other",
    [
        replace(CODING, coder="person"),
        replace(CODING, version="2"),
        replace(CODING, codebook="mine"),
        replace(CODING, codebook_sha256="book-two"),
        replace(CODING, gazetteer_sha256="places-two"),
        replace(CODING, gazetteer_sha256=None),
    ],
)
def test_another_coding_becomes_the_active_one_and_the_old_one_stays(
    ledger: Ledger, make_coded: MakeCoded, other: object
) -> None:
    old, new = make_coded(1), make_coded(1, coding=other, count=13)
    ledger.add(old)
    assert ledger.add(new)
    assert list(ledger.coded_reports()) == [new]
    assert ledger.has_coding(old.report.report_id, old.coding)
    assert not ledger.add(old)
    assert list(ledger.coded_reports()) == [new]
    ledger.activate(old.report.report_id, old.coding)
    assert list(ledger.coded_reports()) == [old]


def test_only_a_coding_that_is_there_can_be_made_active(ledger: Ledger, make_coded: MakeCoded) -> None:
    ledger.add(make_coded(1))
    with pytest.raises(UsageError, match="no coding of the report"):
        ledger.activate(make_coded(1).report.report_id, replace(CODING, version="2"))
    assert len(list(ledger.coded_reports())) == 1


def test_a_better_reader_renames_no_report_and_the_older_coding_keeps_what_it_saw(
    ledger: Ledger, make_coded: MakeCoded
) -> None:
    old = make_coded(1)
    better = replace(old.report, path="elsewhere.txt", title="Shells hit the bridge", regions=())
    new = replace(old, report=better, coding=replace(CODING, version="2"))
    ledger.add(old)
    ledger.add(new)
    assert list(ledger.coded_reports()) == [new]
    ledger.activate(old.report.report_id, old.coding)
    assert list(ledger.coded_reports()) == [old]


def test_text_that_json_and_sqlite_find_hard(ledger: Ledger, make_coded: MakeCoded) -> None:
    coded = make_coded(1)
    report = replace(
        coded.report, text="a\x00b\u2028\U0001f54a é", path="not-utf8-\udcff.txt", title="\x00'\""
    )
    ledger.add(replace(coded, report=report))
    assert [one.report for one in ledger.coded_reports()] == [report]


def test_reports_can_be_added_while_others_are_read(ledger: Ledger, make_coded: MakeCoded) -> None:
    for number in range(3):
        ledger.add(make_coded(number))
    seen = 0
    for number, _ in enumerate(ledger.coded_reports()):
        ledger.add(make_coded(100 + number))
        seen += 1
    assert seen == 3
    assert len(list(ledger.coded_reports())) == 6


def test_a_stream_that_is_left_early_does_not_hinder(ledger: Ledger, make_coded: MakeCoded) -> None:
    for number in range(3):
        ledger.add(make_coded(number))
    for _ in range(30):
        next(ledger.coded_reports())
    assert ledger.add(make_coded(4))


def test_an_unsound_coding_is_refused_and_leaves_nothing(
    path: Path, make_coded: MakeCoded, dump: Dump
) -> None:
    coded = make_coded(1)
    first: Mention = coded.mentions[0]
    with open_ledger(path, create=True) as ledger:
        before = dump(path)
        for unsound in (
            replace(coded, mentions=(first,)),  # a statement of a mention that is not there
            replace(coded, mentions=(first, first)),
        ):
            with pytest.raises(LedgerError, match="refuses what was to be written"):
                ledger.add(unsound)
    assert dump(path) == before


def test_a_value_without_a_place_of_its_own_is_judged_by_its_quote(path: Path, make_coded: MakeCoded) -> None:
    coded = make_coded(1)
    bare = replace(coded.statements[0], spans=Spans())
    with open_ledger(path, create=True) as ledger:
        ledger.add(replace(coded, statements=(bare,)))
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT words FROM statements").fetchall() == [(bare.quote.text,)]
    connection.close()


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("UPDATE reports SET text = 'x'", "rows of reports are never changed or deleted"),
        ("DELETE FROM reports", "rows of reports are never"),
        ("UPDATE mentions SET words = 'x'", "rows of mentions are never"),
        ("DELETE FROM mentions", "rows of mentions are never"),
        ("UPDATE statements SET record = '{}'", "rows of statements are never"),
        ("DELETE FROM statements", "rows of statements are never"),
        ("UPDATE statement_mentions SET differs = NULL", "rows of statement_mentions are never"),
        ("DELETE FROM statement_mentions", "rows of statement_mentions are never"),
        ("UPDATE codings SET coder = 'x'", "a coding is never changed or deleted"),
        ("UPDATE codings SET gazetteer_sha256 = NULL", "a coding is never changed or deleted"),
        ("DELETE FROM codings", "a coding is never changed or deleted"),
    ],
)
def test_what_is_kept_cannot_be_changed_by_anybody(
    path: Path, make_coded: MakeCoded, dump: Dump, order: str, reason: str
) -> None:
    with open_ledger(path, create=True) as ledger:
        ledger.add(make_coded(1))
    before = dump(path)
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match=reason):
        connection.execute(order)
    connection.close()
    assert dump(path) == before


def test_runs_come_back_in_order(ledger: Ledger) -> None:
    runs = [
        Run("2021-07-21", "0.1.0", "default", "abc", {"max_report_characters": 5}, {"reports": 2}),
        Run("2021-07-20", "0.1.0", "default", "abc"),
    ]
    for run in runs:
        ledger.record_run(run)
    assert ledger.runs() == runs
