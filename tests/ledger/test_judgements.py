import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from sayso.errors import LedgerError, UsageError
from sayso.ledger import Ledger, open_ledger
from sayso.model import CodedReport, IncidentMention, Judgement, Quote, Spans, judgement_id_of
from tests.ledger.conftest import CODING, MakeCoded, MakeIncident

NEXT = replace(CODING, version="2")


def _judge(
    target: Literal["statement", "mention", "incident"],
    target_id: str,
    words: str,
    made_on: str = "2021-08-01",
) -> Judgement:
    judgement_id = judgement_id_of(target_id, "confirm", "Ioreth", made_on)
    return Judgement(judgement_id, target, target_id, "confirm", words, "Ioreth", made_on)


def _on_all(coded: CodedReport) -> list[Judgement]:
    """A judgement on the first statement, on the first mention and on its incident."""
    statement, mention = coded.statements[0], coded.mentions[0]
    return [
        _judge("statement", statement.statement_id, "Twelve", "2021-08-01"),
        _judge("mention", mention.mention_id, "Shells", "2021-08-02"),
        _judge("incident", mention.mention_id, "Shells", "2021-08-03"),
    ]


@pytest.fixture
def judged(ledger: Ledger, make_coded: MakeCoded, make_incident: MakeIncident) -> Ledger:
    coded = make_coded(1)
    ledger.add(coded)
    ledger.replace_views([], [make_incident(coded)])
    for judgement in _on_all(coded):
        ledger.judge(judgement)
    return ledger


def test_judgements_attach_to_what_is_there(judged: Ledger, make_coded: MakeCoded) -> None:
    assert judged.judgements() == _on_all(make_coded(1))
    assert judged.attached() == _on_all(make_coded(1))


def test_the_words_to_judge_are_those_that_attach(judged: Ledger, make_coded: MakeCoded) -> None:
    for judgement in _on_all(make_coded(1)):
        assert judged.words(judgement.target, judgement.target_id) == judgement.words
    assert judged.words("incident", make_coded(1).mentions[1].mention_id) is None  # no incident's id
    assert judged.words("mention", make_coded(1).statements[0].statement_id) is None
    judged.add(replace(make_coded(1, coding=NEXT), mentions=(), statements=()))
    assert judged.words("statement", make_coded(1).statements[0].statement_id) is None


def test_they_survive_another_coding_with_wider_quotes_other_values_and_rules(
    judged: Ledger, make_coded: MakeCoded, make_incident: MakeIncident
) -> None:
    coded = make_coded(1, coding=NEXT, count=13)
    wider = [
        replace(statement, rule="new", quote=Quote(statement.report_id, 0, 30, coded.report.text[:30]))
        for statement in coded.statements
    ]
    judged.add(replace(coded, statements=tuple(wider)))
    judged.add(make_coded(2))
    judged.replace_views([], [make_incident(make_coded(2)), make_incident(coded)])
    assert judged.attached() == _on_all(make_coded(1))


def test_they_attach_to_no_other_words(judged: Ledger, make_coded: MakeCoded) -> None:
    coded = make_coded(1, coding=NEXT)
    span = (coded.report.text.index("nine"), coded.report.text.index("nine") + 4)
    statement = replace(coded.statements[0], spans=Spans(value=span))  # the same id, other words
    mention = replace(coded.mentions[0], cues=coded.mentions[1].cues)
    judged.add(replace(coded, mentions=(mention, coded.mentions[1]), statements=(statement,)))
    assert judged.attached() == []
    judged.activate(coded.report.report_id, CODING)
    assert judged.attached() == _on_all(make_coded(1))


def test_they_attach_to_nothing_that_only_an_older_coding_holds(
    judged: Ledger, make_coded: MakeCoded
) -> None:
    judged.add(replace(make_coded(1, coding=NEXT), mentions=(), statements=()))
    assert judged.attached() == []


def test_a_verdict_on_an_incident_is_one_on_its_first_mention(
    judged: Ledger, make_coded: MakeCoded, make_incident: MakeIncident
) -> None:
    """Whatever incident shows it now, or none: else a rejected one would come back with the next linking."""
    first = make_coded(1).mentions[0]
    shown = tuple(IncidentMention(mention_id, "r", False, ()) for mention_id in ("0", first.mention_id))
    for views in ([make_incident("0", mentions=shown)], []):
        judged.replace_views([], views)
        assert [judgement.target for judgement in judged.attached()] == ["statement", "mention", "incident"]


def test_the_kind_of_target_counts(ledger: Ledger, make_coded: MakeCoded) -> None:
    coded = make_coded(1)
    ledger.add(coded)
    ledger.judge(_judge("mention", coded.statements[0].statement_id, "Twelve"))
    ledger.judge(_judge("statement", coded.mentions[0].mention_id, "Shells"))
    assert ledger.attached() == []


def test_a_withdrawn_judgement_stays_and_is_in_force_no_more(judged: Ledger, make_coded: MakeCoded) -> None:
    first, *rest = _on_all(make_coded(1))
    judged.withdraw(first.judgement_id, "2021-09-01")
    assert judged.attached() == rest
    assert judged.judgements() == [replace(first, withdrawn_on="2021-09-01"), *rest]
    with pytest.raises(UsageError, match="was withdrawn on 2021-09-01 already"):
        judged.withdraw(first.judgement_id, "2021-09-02")
    with pytest.raises(UsageError, match="There is no judgement nobody"):
        judged.withdraw("nobody", "2021-09-02")
    assert judged.judgements()[0].withdrawn_on == "2021-09-01"


def test_the_same_judgement_twice_is_one_and_no_other_may_take_its_id(
    judged: Ledger, make_coded: MakeCoded
) -> None:
    first = _on_all(make_coded(1))[0]
    judged.judge(first)
    assert judged.judgements() == _on_all(make_coded(1))
    with pytest.raises(UsageError, match="with other content"):
        judged.judge(replace(first, why="for another reason"))
    assert judged.judgements() == _on_all(make_coded(1))


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("UPDATE judgements SET verdict = 'reject'", "a judgement is never changed or deleted"),
        ("UPDATE judgements SET why = 'x'", "a judgement is never changed"),
        ("DELETE FROM judgements", "a judgement is never changed"),
        ("UPDATE judgements SET withdrawn_on = NULL", "a judgement is withdrawn only once"),
        ("UPDATE judgements SET withdrawn_on = '2030-01-01'", "a judgement is withdrawn only once"),
    ],
)
def test_a_judgement_is_never_edited(path: Path, order: str, reason: str) -> None:
    with open_ledger(path, create=True) as ledger:
        ledger.judge(replace(_judge("mention", "m", "w"), withdrawn_on="2021-09-01"))
        connection = sqlite3.connect(path)
        with pytest.raises(sqlite3.IntegrityError, match=reason):
            connection.execute(order)
        connection.close()


def test_half_a_character_is_told_and_not_kept(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="half a character"):
        ledger.judge(_judge("mention", "m", "\udcff"))
    assert ledger.judgements() == []
