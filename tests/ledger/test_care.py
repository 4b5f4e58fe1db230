"""A ledger is searched, checked, copied and purged; what is wrong with one is found."""

import contextlib
import re
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import LedgerError, UsageError
from sayso.ledger import Ledger, Request, open_ledger
from sayso.model import (
    CodedReport,
    Judgement,
    Seen,
    Verdict,
    judgement_id_of,
    mention_id_of,
    report_id_of,
    statement_id_of,
    text_id_of,
)
from tests.ledger.conftest import CODING, MakeCoded, MakeIncident
from tests.ledger.test_originals import read_from

REQUEST = Request("Ioreth", "2026-02-03T04:05:06+00:00", "order 7 of the court of Minas Tirith")


def true_ids(coded: CodedReport) -> CodedReport:
    """The same with ids that are of what it holds, and each statement of one mention."""
    first, second = coded.statements[0], coded.statements[1]
    return replace(coded, statements=(first, second))


@pytest.fixture
def make(make_coded: MakeCoded) -> Callable[[int], CodedReport]:
    return lambda number: true_ids(make_coded(number))


def judge(
    ledger: Ledger, verdict: Verdict, *groups: str, who: str = "Ann", on: str = "2026-01-01"
) -> Judgement:
    """On the mentions of these ids; of one group an incident's, else on several incidents."""
    seen = tuple((Seen(one, ledger.words("mention", one) or ""),) for one in groups)
    made = Judgement(
        judgement_id_of(groups[0], verdict, who, on),
        "incident",
        groups[0],
        verdict,
        seen[0][0].words,
        who,
        on,
        why="Shells hit the bridge, it says",
        groups=seen,
    )
    ledger.judge(made)
    return made


# ---- search ---------------------------------------------------------------------------------------------


def test_words_are_found_with_their_offsets_and_what_is_stated_there(
    ledger: Ledger, make: Callable[[int], CodedReport]
) -> None:
    for number in (1, 2, 22):
        ledger.add(make(number))
    (found,) = ledger.search("esgaroth 22")
    text = make(22).report.text
    assert found.quote.report_id == make(22).report.report_id
    assert [text[slice(*span)] for span in found.found] == ["Esgaroth", "22"]
    assert text[found.quote.start : found.quote.end] == found.quote.text
    assert {one.statement_id for one in found.said} == {one.statement_id for one in make(22).statements}
    assert len(list(ledger.search("bridge"))) == 3
    assert list(ledger.search('"bridge the"')) == []
    assert len(list(ledger.search('"the bridge" esga*', most=2))) == 2
    assert list(ledger.search("bridge AND OR NOT")) == []  # words, no operators
    for nothing in ("", "  ", "-", '""', "*"):
        with pytest.raises(UsageError, match="no word"):
            list(ledger.search(nothing))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.text(alphabet=st.characters(codec="utf-8"), max_size=40), asked=st.text(max_size=10))
def test_any_words_find_themselves_and_any_question_is_answered(
    ledger: Ledger, make_coded: MakeCoded, words: str, asked: str
) -> None:
    coded = make_coded(1)
    text = f"{coded.report.text} {words} \ue000"
    text_id = text_id_of(text)
    report_id = report_id_of(text_id, None, None, None, None)
    report = replace(coded.report, report_id=report_id, text_id=text_id, text=text, regions=())
    ledger.add(CodedReport(report, CODING))
    with contextlib.suppress(UsageError):  # of marks that are no words
        list(ledger.search(asked))
    for one in re.findall(r"[a-z]+", words):
        if f" {one} " in text:
            found = [its for its in ledger.search(one, most=1000) if its.quote.report_id == report_id]
            assert any(text[slice(*span)] == one for its in found for span in its.found)


# ---- checking -------------------------------------------------------------------------------------------


@pytest.fixture
def filled(path: Path, make: Callable[[int], CodedReport], make_incident: MakeIncident) -> Path:
    with open_ledger(path, create=True) as ledger:
        for number in range(4):
            raw = f"raw {number}".encode()
            ledger.add(read_from(make(number), raw), raw)
        ledger.replace_views([], [make_incident(make(number)) for number in range(4)])
        ids = [make(number).mentions[0].mention_id for number in range(4)]
        judge(ledger, "same", ids[0], ids[1], ids[2])
        judge(ledger, "confirm", ids[3])
        withdrawn = judge(ledger, "not_same", ids[0], ids[3])
        ledger.withdraw(withdrawn.judgement_id, "2026-01-02")
    return path


def test_what_was_written_is_clean(filled: Path) -> None:
    with open_ledger(filled) as ledger:
        found = ledger.check()
    assert found.faults == ()
    assert found.looked_at["reports"] == 4
    assert found.looked_at["entries of the history"] == 4


FORGED = (
    "INSERT INTO judgements(judgement_id, target, target_id, verdict, words, who, made_on) "
    "VALUES ('x', 'mention', 'm', 'confirm', 'w', 'Bob', '2026-01-01')"
)


def _tamper(path: Path, order: str) -> None:
    """Changes rows as somebody would who knows SQL: the triggers taken away first."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ]
        for name in names:
            connection.execute(f"DROP TRIGGER {name}")
        connection.executescript(order)
        connection.commit()


@pytest.mark.parametrize(
    ("order", "what"),
    [
        (
            "UPDATE reports SET text = replace(text, 'Twelve', 'Eleven')",
            "the text of the report|not those quoted",
        ),
        (
            "UPDATE statements SET record = replace(record, '\"start\": 0', '\"start\": 1')",
            "not those quoted",
        ),
        ("UPDATE statements SET record = replace(record, 'stated', 'accused')", "id of the statement"),
        ("UPDATE statements SET words = 'Nine'", "words of the statement"),
        ("UPDATE mentions SET words = 'Bombs'", "words of the mention"),
        ("UPDATE mentions SET record = replace(record, '\"end\":6', '\"end\":5')", "id of the mention"),
        ("UPDATE statements SET record = 'x'", "cannot be read"),
        ("UPDATE originals SET packed = x'00'", "are others|cannot be unpacked"),
        (
            "UPDATE codings SET header = replace(header, 'raw_sha256\": \"', 'raw_sha256\": \"x')",
            "no report was read",
        ),
        ("UPDATE codings SET active = 0", "no coding in use"),
        ("UPDATE incidents SET record = replace(record, 'Shells', 'Bombs!')", "in the incident"),
        ("DELETE FROM statement_mentions WHERE position = 0", "said of no mention"),
        ("DELETE FROM search_rows", "not in the search index"),
        ("INSERT INTO search(search) VALUES ('delete-all')", "the search index is not"),
        ("UPDATE judgements SET verdict = 'reject' WHERE verdict = 'confirm'", "was changed"),
        ("UPDATE judgements SET who = 'Bob'", "was changed"),
        ("UPDATE judgements SET withdrawn_on = NULL", "is gone"),
        ("UPDATE judgements SET withdrawn_on = '2026-01-03'", "was changed|never withdrawn"),
        ("DELETE FROM judgements WHERE verdict = 'confirm'", "is gone"),
        ("DELETE FROM history WHERE seq = 2", "the entry 2 is missing"),
        ("UPDATE history SET salt = NULL WHERE seq = 2", "no purge says so"),
        ("UPDATE history SET digest = '00' WHERE seq = 2", "chain is broken"),
        (FORGED, "the judgement x was never made"),
    ],
)
def test_what_somebody_changed_is_found(filled: Path, order: str, what: str) -> None:
    _tamper(filled, order)
    with open_ledger(filled) as ledger:
        assert any(re.search(what, fault) for fault in ledger.check().faults)


def test_a_cut_history_lacks_the_digest_that_was_noted(filled: Path) -> None:
    with open_ledger(filled) as ledger:
        noted = ledger.check().head
        assert noted is not None
        assert ledger.check(noted=noted).faults == ()
    _tamper(filled, "DELETE FROM history WHERE seq = 4; UPDATE judgements SET withdrawn_on = NULL")
    with open_ledger(filled) as ledger:
        assert ledger.check().faults == ()  # by itself it cannot be told
        assert ledger.check(noted=noted).faults == ("the history does not hold the digest that was noted",)


# ---- copies ---------------------------------------------------------------------------------------------


def test_a_copy_is_sound_while_somebody_writes(
    path: Path, tmp_path: Path, make: Callable[[int], CodedReport]
) -> None:
    with open_ledger(path, create=True) as ledger:
        for number in range(50):
            ledger.add(make(number))

        def write() -> None:
            for number in range(50, 80):
                ledger.add(make(number))

        writer = threading.Thread(target=write)
        writer.start()
        for number in range(3):
            ledger.backup(tmp_path / f"copy {number}.db")
        writer.join()
    for number in range(3):
        with open_ledger(tmp_path / f"copy {number}.db") as copy:
            assert copy.check().faults == ()
            assert 50 <= len(list(copy.coded_reports())) <= 80
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_overwrites_nothing_and_says_what_hinders_it(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with open_ledger(filled) as ledger:
        with pytest.raises(LedgerError, match="already"):
            ledger.backup(tmp_path / "there")
        with pytest.raises(LedgerError):
            ledger.backup(tmp_path / "no" / "such" / "folder.db")
    assert (tmp_path / "there").read_text() == "mine"


# ---- purging --------------------------------------------------------------------------------------------


def bytes_of(path: Path) -> bytes:
    """The file, and the files that SQLite keeps beside it."""
    return b"".join(
        one.read_bytes() for one in sorted(path.parent.glob("*")) if one.name.startswith(path.name)
    )


def secrets_of(coded: CodedReport, raw: bytes) -> list[bytes]:
    """What must not be found in any file: words that no other report has, ids, digests."""
    report = coded.report
    words = [report.text, f"Esgaroth {report.text.split()[6]} times", raw.decode(), str(report.path)]
    ids = [report.report_id, report.text_id, str(report.raw_sha256)]
    ids += [one.mention_id for one in coded.mentions] + [one.statement_id for one in coded.statements]
    return [one.encode() for one in (*words, *ids)]


def test_a_purged_report_is_gone_from_the_bytes_of_the_file_and_its_log(
    filled: Path, make: Callable[[int], CodedReport], make_incident: MakeIncident
) -> None:
    raw = b"raw 1"
    coded = read_from(make(1), raw)
    with open_ledger(filled) as ledger:
        # It was in more than one state of the views, under another coder too, and was judged.
        ledger.replace_views([], [make_incident(make(number)) for number in (1, 2)])
        ledger.replace_views([], [make_incident(make(number)) for number in range(4)])
        ledger.add(replace(coded, coding=replace(CODING, version="2")))
        statement = coded.statements[0]
        ledger.judge(
            Judgement("j", "statement", statement.statement_id, "confirm", "Twelve", "Ann", "2026-01-05")
        )
        assert all(secret in bytes_of(filled) for secret in secrets_of(coded, b"Shells"))
        kept = [one.report.report_id for one in ledger.coded_reports()]
        gone = ledger.purge(coded.report.report_id, REQUEST)
        assert (gone.codings, gone.judgements, gone.same_text) == (2, 2, ())
        found = [secret for secret in secrets_of(coded, raw) if secret in bytes_of(filled)]  # still open
        assert found == []
        assert ledger.check().faults == ()
        kept.remove(coded.report.report_id)
        assert [one.report.report_id for one in ledger.coded_reports()] == kept
        assert all(f" {number} " not in one.quote.text for number in "1" for one in ledger.search("bridge"))
        assert ledger.report(coded.report.report_id) is None
        assert ledger.incident(coded.mentions[0].mention_id) is None
    assert [secret for secret in secrets_of(coded, raw) if secret in bytes_of(filled)] == []


def test_what_was_said_of_other_reports_too_is_said_of_these_alone(
    filled: Path, make: Callable[[int], CodedReport]
) -> None:
    ids = [make(number).mentions[0].mention_id for number in range(4)]
    with open_ledger(filled) as ledger:
        ledger.purge(make(0).report.report_id, REQUEST)
        (left,) = [one for one in ledger.attached() if one.verdict == "same"]
        assert [seen.mention_id for group in left.groups for seen in group] == ids[1:3]
        assert (left.who, left.made_on, left.why) == ("Ann", "2026-01-01", None)
        assert left.judgement_id == judgement_id_of(left.target_id, "same", "Ann", "2026-01-01")
        assert {one.verdict for one in ledger.judgements()} == {"same", "confirm"}
        ledger.purge(make(1).report.report_id, REQUEST)
        assert {one.verdict for one in ledger.judgements()} == {"confirm"}  # one mention alone says nothing
        assert ledger.check().faults == ()


def test_a_purged_text_is_refused_wherever_it_comes_from(
    filled: Path, make: Callable[[int], CodedReport]
) -> None:
    coded = make(2)
    with open_ledger(filled) as ledger:
        ledger.purge(coded.report.report_id, REQUEST)
        with pytest.raises(UsageError, match="was purged from this ledger on 2026-02-03"):
            ledger.add(coded)
        elsewhere = replace(coded.report, report_id="another", url="https://other.example/")
        with pytest.raises(UsageError, match="was purged"):
            ledger.add(CodedReport(elsewhere, CODING))
        assert ledger.add(make(9))
        (stone,) = ledger.tombstones()
        assert (stone.who, stone.purged_on, stone.why, stone.finished) == (
            REQUEST.who,
            REQUEST.purged_on,
            REQUEST.why,
            True,
        )
        assert ledger.tombstone(coded.report.text_id) == stone
        assert ledger.tombstone(make(3).report.text_id) is None
        with pytest.raises(UsageError, match="There is no report"):
            ledger.purge(coded.report.report_id, REQUEST)


def test_nothing_that_is_left_lets_one_try_out_what_was_purged(
    filled: Path, make: Callable[[int], CodedReport]
) -> None:
    """Whoever guesses text and judgement right finds no digest of them: their salts are gone."""
    from sayso.ledger import history, judgements

    coded = make(3)
    with open_ledger(filled) as ledger:
        (known,) = [one for one in ledger.attached() if one.verdict == "confirm"]
        ledger.purge(coded.report.report_id, REQUEST)
    content = history.judged(judgements.row_of(known))
    with closing(sqlite3.connect(filled)) as connection:
        rows = connection.execute("SELECT salt, digest, subject FROM history").fetchall()
        salts = [row[0] for row in rows if row[0]] + [
            "",
            *(row[0] for row in connection.execute("SELECT salt FROM tombstones")),
        ]
        emptied = [row for row in rows if row[0] is None]
    assert len(emptied) == 3  # the confirmation; the judgement on two incidents, and its withdrawal
    assert all(row[2] is None for row in emptied)
    tried = {history.digest(salt, content) for salt in salts}
    assert tried.isdisjoint({row[1] for row in rows})
    guesses = [
        mention_id_of(coded.report.report_id, (0, 6)),
        statement_id_of(
            coded.report.report_id,
            "killed",
            coded.statements[0].stance,
            coded.statements[0].spans.value,
            None,
        ),
        known.judgement_id,
    ]
    assert not any(guess.encode() in bytes_of(filled) for guess in guesses)


def test_a_purge_that_somebody_who_reads_holds_up_says_so_and_is_finished_later(
    filled: Path, make: Callable[[int], CodedReport]
) -> None:
    coded = make(1)
    with closing(sqlite3.connect(filled, isolation_level=None)) as reader, open_ledger(filled) as ledger:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM reports").fetchone()
        with pytest.raises(LedgerError, match=r"being read by another program|is locked"):
            ledger.purge(coded.report.report_id, REQUEST)
        assert ledger.check().faults == ("a purge was not finished: run sayso ledger purge",)
        reader.execute("COMMIT")
        ledger.pack()
        assert ledger.check().faults == ()
        assert [secret for secret in secrets_of(coded, b"raw 1") if secret in bytes_of(filled)] == []
