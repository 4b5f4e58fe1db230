"""People judge a ledger of the examples: what is shown follows, nothing is lost, and all can be undone."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sayso import judging, marking, pipeline, reviewing, typed
from sayso.codebook import Codebook
from sayso.errors import UsageError
from sayso.incidents import judged
from sayso.incidents.judged import corrected
from sayso.judging import By
from sayso.ledger import Ledger, open_ledger
from sayso.model import Count, Date, EventValue, Incident, ParticipantValue, Place, Statement
from sayso.places import gazetteer
from sayso.records import to_line
from tests.command import sayso
from tests.test_contract import faults as faults_of_shape
from tests.test_contract import validators
from tests.test_pipeline import exported, take_in

__all__ = ["validators"]

FILES = ("01_*", "02_*", "03_*", "04_*", "05_*", "06_*", "07_*", "10_*", "11_*")


def by(minute: int, who: str = "Ann", why: str | None = None) -> By:
    return By(who, f"2026-01-01T10:{minute:02}:00+00:00", why)


@pytest.fixture(scope="module")
def base(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("judging") / "base.db"
    take_in(path, [next(examples.glob(pattern)) for pattern in FILES])
    return path


@pytest.fixture
def path(base: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "ledger.db"
    copy.write_bytes(base.read_bytes())
    return copy


def largest(ledger: Ledger) -> Incident:
    return max(ledger.incidents(), key=lambda one: (len(one.mentions), one.incident_id))


def killed_in(incident: Incident) -> list[Statement]:
    return [one for one in incident.statements if one.field == "killed" and isinstance(one.value, Count)]


# ---- statements -----------------------------------------------------------------------------------------


def test_a_rejected_statement_counts_no_more_and_stays_to_be_seen(path: Path, codebook: Codebook) -> None:
    with open_ledger(path) as ledger:
        incident = largest(ledger)
        chosen = killed_in(incident)[0]
        made = judging.reject(ledger, chosen.statement_id[:10], by(1, why="another attack"))
        pipeline.link(ledger, codebook)
        after = ledger.incident(incident.incident_id)
        assert after is not None
        assert chosen.statement_id not in {one.statement_id for one in after.statements}
        assert all(chosen.statement_id not in ids for ids in after.basis.values())
        (aside,) = {one.statement.statement_id: one for one in after.set_aside}.values()
        assert (aside.statement, aside.why, aside.by) == (chosen, "rejected", made.judgement_id)
        assert after.review is not None
        assert after.review.judgement_ids == (made.judgement_id,)
        assert after.review.verdict is None
    shown = sayso("show", "--ledger", path, incident.incident_id)
    assert f"rejected by {made.judgement_id[:10]}: killed" in shown.out


def test_a_correction_is_shown_with_the_machines_reading_beside(
    path: Path, codebook: Codebook, validators: dict[str, object]
) -> None:
    with open_ledger(path) as ledger:
        incident = next(one for one in ledger.incidents() if len(killed_in(one)) == 1)
        (chosen,) = killed_in(incident)
        made = judging.correct(
            ledger, chosen.statement_id, by(1), {"value": {"best": 77, "low": 77, "high": 77}}
        )
        pipeline.link(ledger, codebook)
        after = ledger.incident(incident.incident_id)
        assert after is not None
        (now,) = {one for one in killed_in(after) if one.statement_id == chosen.statement_id}
        assert now == replace(chosen, value=Count(77, 77, 77))
        assert after.killed is not None
        assert after.killed.high == 77
        assert after.review is not None
        assert [(one.machine, one.judgement_ids) for one in after.review.corrected] == [
            (chosen, (made.judgement_id,))
        ]
    for record in map(json.loads, exported(path).splitlines()):
        assert faults_of_shape(validators["incident.schema.json"], record) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({}, "cannot change nothing"),
        ({"quote": "x"}, "cannot change quote"),
        ({"value": {"earliest": None, "latest": None, "precision": "unknown"}}, "none of the field killed"),
        ({"value": {"best": "many"}}, "makes no statement"),
        ({"stance": "shouted"}, "makes no statement"),
        ({"stance": "claimed"}, "a report does not"),
        ({"value": None}, "leaves no value"),
        ({"speaker": "X", "speaker_kind": "crowd"}, "makes no statement"),
    ],
)
def test_what_is_no_correction_is_refused(path: Path, change: dict[str, object], what: str) -> None:
    with open_ledger(path) as ledger:
        chosen = next(
            one
            for one in killed_in(largest(ledger))
            if one.speaker_kind == "report" and one.stance == "stated"
        )
        with pytest.raises(UsageError, match=what):
            judging.correct(ledger, chosen.statement_id, by(1), change)
        assert ledger.judgements() == []


def test_a_confirmation_is_told(path: Path, codebook: Codebook) -> None:
    with open_ledger(path) as ledger:
        incident = largest(ledger)
        judging.confirm(ledger, incident.incident_id, by(1))
        judging.confirm(ledger, incident.statements[0].statement_id, by(2))
        judging.unsure(ledger, incident.statements[1].statement_id, by(3))
        pipeline.link(ledger, codebook)
        after = ledger.incident(incident.incident_id)
        assert after is not None
        assert after.review is not None
        assert after.review.verdict == "confirm"
        assert after.review.confirmed == (incident.statements[0].statement_id,)
        assert after.review.unsure == (incident.statements[1].statement_id,)
        assert replace(after, review=None) == incident


# ---- incidents and reports ------------------------------------------------------------------------------


def test_what_is_no_incident_goes_and_its_history_stays(path: Path, codebook: Codebook) -> None:
    with open_ledger(path) as ledger:
        before = ledger.incidents()
        incident = largest(ledger)
        made = judging.reject(ledger, incident.incident_id, by(1, why="a film"))
        pipeline.link(ledger, codebook)
        assert ledger.incidents() == [one for one in before if one != incident]
        pipeline.link(ledger, codebook)  # and it does not come back
        assert ledger.incident(incident.incident_id) is None
        told = reviewing.history(ledger, codebook, incident.incident_id[:12])
        assert told.incident is None
        assert [one.judgement for one in told.judgements] == [made]
        judging.undo(ledger, made.judgement_id[:12], "2026-01-02")
        pipeline.link(ledger, codebook)
        assert ledger.incidents() == before


def test_merge_split_and_undo(path: Path, codebook: Codebook) -> None:
    with open_ledger(path) as ledger:
        before = ledger.incidents()
        first, second = before[0], largest(ledger)
        merged = judging.same(ledger, [first.incident_id, second.incident_id[:12]], by(1))
        pipeline.link(ledger, codebook)
        one = ledger.incident(first.incident_id)
        assert one is not None
        assert {its.mention_id for its in one.mentions} == {
            its.mention_id for incident in (first, second) for its in incident.mentions
        }
        assert ledger.incident(second.incident_id) == one  # a former id goes on leading there
        leaving = [its.mention_id for its in second.mentions]
        judging.split(ledger, one.incident_id, leaving, by(2))
        pipeline.link(ledger, codebook)
        apart = [ledger.incident(incident.incident_id) for incident in (first, second)]
        assert [{its.mention_id for its in one.mentions} for one in apart if one] == [
            {its.mention_id for its in incident.mentions} for incident in (first, second)
        ]
        conflicts = judged(ledger.attached()).conflicts
        assert [earlier for _, earlier in conflicts] == [
            merged.judgement_id
        ]  # the latest wins, and it is told
        for made in ledger.attached():
            judging.undo(ledger, made.judgement_id, "2026-01-02")
        pipeline.link(ledger, codebook)
        assert ledger.incidents() == before


def test_a_hidden_report_is_out_and_comes_back(path: Path, codebook: Codebook) -> None:
    with open_ledger(path) as ledger:
        before = ledger.incidents()
        report_id = largest(ledger).mentions[0].report_id
        made = judging.hide(ledger, report_id[:12], by(1))
        pipeline.link(ledger, codebook)
        lines = [to_line(one.incident_id) for one in ledger.incidents()]
        assert lines
        assert report_id not in exported(path)
        assert report_id not in {one for its in ledger.lineages() for one in its.reports}
        judging.undo(ledger, made.judgement_id, "2026-01-02")
        pipeline.link(ledger, codebook)
        assert ledger.incidents() == before


def test_ids_that_are_none_or_several_are_refused(path: Path) -> None:
    with open_ledger(path) as ledger:
        incident = largest(ledger)
        with pytest.raises(UsageError, match="Nothing in the ledger"):
            judging.confirm(ledger, "zzzz", by(1))
        with pytest.raises(UsageError, match="Several ids begin"):
            judging.confirm(ledger, "", by(1))
        with pytest.raises(UsageError, match="two incidents"):
            judging.same(ledger, [incident.incident_id, incident.incident_id], by(1))
        with pytest.raises(UsageError, match="mentions that stay"):
            judging.split(ledger, incident.incident_id, [one.mention_id for one in incident.mentions], by(1))
        with pytest.raises(UsageError, match="no matter of right or wrong"):
            judging.reject(ledger, incident.reports[0].report_id, by(1))
        with pytest.raises(UsageError, match="needs words"):
            judging.comment(ledger, incident.incident_id, by(1))
        with pytest.raises(UsageError, match="somebody who makes it"):
            by(1, who=" ")
        assert ledger.judgements() == []


# ---- what was missed ------------------------------------------------------------------------------------

TEXT = """Gazette Of Minhiriath

3 March 2019

The bridge at Charikar was closed on Sunday. Farmers said that Suleiman's men had torn it down.
They put the loss at forty sheep. Nobody was hurt.
"""


@pytest.fixture
def read_one(tmp_path: Path) -> Callable[[str], Path]:
    def read(text: str) -> Path:
        (tmp_path / "one.txt").write_text(text)
        take_in(tmp_path / "one.db", [tmp_path / "one.txt"])
        return tmp_path / "one.db"

    return read


def marks(**told: object) -> dict[str, object]:
    nothing: dict[str, object] = dict.fromkeys(("mention", "value", "speaker", "cue", "kind"))
    return {**nothing, "nth": 1, "stance": "stated", "hedged": False, "is_background": False, **told}


def test_a_person_adds_an_incident_and_more_of_it(
    read_one: Callable[[str], Path], codebook: Codebook
) -> None:
    path = read_one(TEXT)
    with open_ledger(path) as ledger:
        before = ledger.incidents()
        report = next(ledger.coded_reports()).report
        event = marking.marked(
            report, marks(field="event", words="torn it down", value="Looting/property destruction"), codebook
        )
        added = marking.add(ledger, codebook, event, by(1))
        pipeline.link(ledger, codebook)
        (incident,) = [one for one in ledger.incidents() if one not in before]
        assert incident.sub_event_type == "Looting/property destruction"
        assert (ledger.beside()[0].coding.coder, added.words) == ("person:Ann", "torn it down")
        place = marks(field="place", words="Charikar", mention=incident.mentions[0].mention_id)
        marking.add(ledger, codebook, marking.marked(report, place, codebook), by(2))
        pipeline.link(ledger, codebook)
        told = ledger.incident(incident.incident_id)
        assert told is not None
        assert told.place is not None
        assert (told.place.name, told.place.country) == ("Charikar", "AFG")
        assert ledger.check().faults == ()
        # Another coding of the report changes nothing of what people added.
        coded = next(ledger.coded_reports())
        ledger.add(replace(coded, coding=replace(coded.coding, version="next"), mentions=(), statements=()))
        pipeline.link(ledger, codebook)
        assert ledger.incident(incident.incident_id) == told
        for made in ledger.attached():
            judging.undo(ledger, made.judgement_id, "2026-01-02")
        pipeline.link(ledger, codebook)
        assert ledger.incident(incident.incident_id) is None


def test_what_a_person_adds_passes_the_same_gate(read_one: Callable[[str], Path], codebook: Codebook) -> None:
    path = read_one(TEXT)
    with open_ledger(path) as ledger:
        report = next(ledger.coded_reports()).report
        with pytest.raises(UsageError, match="do not stand"):
            marking.span_of(report, "torn it up")
        with pytest.raises(UsageError, match="do not stand 2 times"):
            marking.span_of(report, "torn it down", 2)
        count = marking.marked(report, marks(field="killed", words="forty", value="40"), codebook)
        with pytest.raises(UsageError, match="Something has to have happened"):
            marking.add(ledger, codebook, count, by(1))
        event = marking.marked(
            report, marks(field="event", words="torn it down", value="Looting/property destruction"), codebook
        )
        made = marking.add(ledger, codebook, event, by(1))
        found = ledger.statement(made.target_id)
        assert found is not None
        claim = marks(
            field="perpetrator",
            words="Suleiman's men",
            mention=found.mention_id,
            stance="claimed",
            cue="said",
        )
        with pytest.raises(UsageError, match="The gate does not let this pass: the words of whoever claimed"):
            marking.add(ledger, codebook, marking.marked(report, claim, codebook), by(2))
        accused = {**claim, "stance": "accused", "speaker": "Farmers", "kind": "people"}
        marking.add(ledger, codebook, marking.marked(report, accused, codebook), by(3))
        pipeline.link(ledger, codebook)
        incident = ledger.incident(found.mention_id)
        assert incident is not None
        (row,) = [one for one in incident.attributions if one.stance == "accused"]
        assert row.speaker == "Farmers"


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("killed", "12", Count(12, 12, 12)),
        ("killed", "1,200+", Count(1200, 1200, None)),
        ("killed", "4-9", Count(None, 4, 9)),
        ("date", "2021-07-20", Date("2021-07-20", "2021-07-20", "day", "2021-07-20")),
        ("date", "2021-07", Date("2021-07-01", "2021-07-31", "month", "2021-07-01/2021-07-31")),
        ("date", "2021-07-20/2021-07-22", Date("2021-07-20", "2021-07-22", "days", "2021-07-20/2021-07-22")),
        ("event", "suicide bomb", EventValue("Suicide bomb", True)),
        ("event", "no Suicide bomb", EventValue("Suicide bomb", False)),
        ("perpetrator", "Taliban", ParticipantValue("Taliban", "taliban", "organisation")),
    ],
)
def test_values_as_typed(path: Path, codebook: Codebook, field: str, words: str, value: object) -> None:
    with open_ledger(path) as ledger:
        some = [one for incident in ledger.incidents() for one in incident.statements if one.field == field]
        before = replace(some[0], value=None)
        change = typed.change_of(before, {"value": words}, codebook, gazetteer())
        assert corrected(before, change).value == value


@pytest.mark.parametrize(
    ("field", "words"), [("killed", "some"), ("killed", "9-4"), ("date", "soon"), ("event", "War")]
)
def test_what_is_typed_and_no_value_is_refused(
    path: Path, codebook: Codebook, field: str, words: str
) -> None:
    with open_ledger(path) as ledger:
        some = [one for incident in ledger.incidents() for one in incident.statements if one.field == field]
        with pytest.raises(UsageError):
            typed.change_of(some[0], {"value": words}, codebook, gazetteer())


def test_a_place_and_a_speaker_as_typed(path: Path, codebook: Codebook) -> None:
    with open_ledger(path) as ledger:
        some = [one for incident in ledger.incidents() for one in incident.statements if one.field == "place"]
        change = typed.change_of(some[0], {"value": "Herat", "speaker": "Taliban"}, codebook, gazetteer())
        now = corrected(some[0], change)
        assert isinstance(now.value, Place)
        assert (now.value.country, now.speaker_id, now.speaker_kind) == ("AFG", "taliban", "organisation")
        nowhere = typed.change_of(some[0], {"value": "Lower Ondal"}, codebook, gazetteer())
        assert corrected(some[0], nowhere).value == Place("Lower Ondal", None)


# ---- corrections and retractions in print -----------------------------------------------------------------


def line(number: int, published: str, text: str, **more: str) -> str:
    return to_line({"text": text, "url": f"https://gazette.example/{number}", "published": published, **more})


FIRST = (
    "A suicide bomber struck a market in Herat on Monday, 1 March 2021. "
    "Twelve people were killed, police said."
)
OTHER = (
    "In Herat a suicide bomber blew himself up in a market on Monday, 1 March 2021, "
    "killing nine, a doctor said."
)


def test_a_retraction_and_a_correction_supersede_visibly(tmp_path: Path, codebook: Codebook) -> None:
    told = [
        line(1, "2021-03-01", FIRST, publisher="Gazette"),
        line(2, "2021-03-02", OTHER, publisher="Courier"),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(told) + "\n")
    path = tmp_path / "ledger.db"
    take_in(path, [tmp_path / "a.jsonl"])
    with open_ledger(path) as ledger:
        (before,) = ledger.incidents()
        assert before.killed is not None
        assert (before.killed.low, before.killed.high) == (9, 12)
    took = line(
        3, "2021-03-05", "We withdraw our story.", publisher="Gazette", retracts="https://gazette.example/1"
    )
    (tmp_path / "b.jsonl").write_text(took + "\n")
    take_in(path, [tmp_path / "b.jsonl"])
    with open_ledger(path) as ledger:
        (after,) = ledger.incidents()
        assert after.killed is not None
        assert (after.killed.low, after.killed.high) == (9, 9)
        assert {(one.why, one.statement.report_id) for one in after.set_aside} == {
            ("retracted", before.reports[0].report_id)
        }
        assert len(after.set_aside) == sum(
            one.report_id == before.reports[0].report_id for one in before.statements
        )
        assert before.reports[0] in after.reports  # it is still seen where it told of it
        steps = reviewing.over_time(ledger, codebook, after)
        assert [one.on for one in steps] == ["2021-03-01", "2021-03-02", "2021-03-05"]
        assert steps[0].now["killed"]["best"] == 12
        assert steps[2].now["killed"]["high"] == 9
        assert steps[2].taken_back == after.set_aside
    shown = sayso("show", "--ledger", path, after.incident_id).out
    assert re.search(r"2021-03-05 .*\n      killed: .* -> 9\n", shown)
    assert "counted no more\n  retracted by " in shown
    alone = tmp_path / "alone.db"  # where nobody else tells of it, nothing is left to show
    (tmp_path / "c.jsonl").write_text(f"{told[0]}\n{took}\n")
    take_in(alone, [tmp_path / "c.jsonl"])
    assert exported(alone) == ""


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    told = [
        line(1, "2021-03-01", FIRST, publisher="Gazette"),
        line(2, "2021-03-02", OTHER, publisher="Courier", corrects="https://gazette.example/1"),
    ]
    for name, lines in (("a", told), ("b", told[::-1])):
        for number, one in enumerate(lines):
            (tmp_path / f"{name}{number}.jsonl").write_text(one + "\n")
            take_in(tmp_path / f"{name}.db", [tmp_path / f"{name}{number}.jsonl"])
    assert exported(tmp_path / "a.db") == exported(tmp_path / "b.db")
    assert '"why":"corrected"' in exported(tmp_path / "a.db")


def test_a_correction_that_is_retracted_gives_way_visibly(tmp_path: Path) -> None:
    told = [
        line(1, "2021-03-01", FIRST, publisher="Gazette"),
        line(2, "2021-03-02", OTHER, publisher="Courier", corrects="https://gazette.example/1"),
        line(3, "2021-03-05", "We withdraw it.", publisher="Courier", retracts="https://gazette.example/2"),
        line(4, "2021-03-06", "It was right.", publisher="Courier", retracts="https://gazette.example/3"),
    ]
    path = tmp_path / "ledger.db"
    seen = []
    for number, one in enumerate(told):
        (tmp_path / f"{number}.jsonl").write_text(one + "\n")
        take_in(path, [tmp_path / f"{number}.jsonl"])
        with open_ledger(path) as ledger:
            (incident,) = ledger.incidents()
        assert incident.killed is not None
        seen.append((incident.killed.best, {one.why for one in incident.set_aside}))
    assert seen == [(12, set()), (9, {"corrected"}), (12, {"retracted"}), (9, {"corrected"})]
    (tmp_path / "all.jsonl").write_text("\n".join(told[::-1]) + "\n")
    take_in(tmp_path / "all.db", [tmp_path / "all.jsonl"])
    assert exported(tmp_path / "all.db") == exported(path)


# ---- from the command line ------------------------------------------------------------------------------


def test_the_commands_judge_and_tell(path: Path) -> None:
    ledger = ("--ledger", path)
    with open_ledger(path) as book:
        incident = largest(book)
        other = next(one for one in book.incidents() if one.incident_id != incident.incident_id)
    statement = killed_in(incident)[0].statement_id
    ids = sayso("show", *ledger, "--ids", incident.incident_id).out
    assert f"statement {statement} of mention" in ids
    made = sayso("judge", "confirm", statement[:12], "--by", "Ann", "--why", "as printed", *ledger)
    assert made.status == 0, made.err
    judgement_id = made.out.split()[0]
    done = sayso("judge", "reject", statement, "--by", "Bob", *ledger)
    assert f"This overrules {judgement_id[:10]} of Ann" in done.err
    done = sayso("judge", "correct", statement, "--value", "3", "--stance", "accused", "--by", "Ann", *ledger)
    assert done.status == 0, done.err
    for words in (
        ("unsure", statement),
        ("comment", incident.incident_id, "see the photo"),
        ("not-same", incident.incident_id, other.incident_id),
        ("unsure", incident.incident_id, other.incident_id),
        ("merge", incident.incident_id, other.incident_id),
        ("split", min(incident.incident_id, other.incident_id), other.mentions[0].mention_id),
        ("hide", other.reports[0].report_id),
    ):
        done = sayso("judge", *words, "--by", "Cem", *ledger)
        if words[0] != "split":  # which of the two ids is left after a merge depends on which came first
            assert done.status == 0, (words, done.err)
    undone = sayso("judge", "undo", done.out.split()[0][:12], *ledger)
    assert undone.out == f"{done.out.split()[0]}  withdrawn\n"
    listed = sayso("judge", "list", "--format", "jsonl", *ledger).out.splitlines()
    assert [json.loads(one)["verdict"] for one in listed][:4] == ["confirm", "reject", "correct", "unsure"]
    assert "as printed" in sayso("history", incident.incident_id, *ledger).out
    record = json.loads(sayso("history", incident.incident_id, "--format", "jsonl", *ledger).out)
    assert {one["who"] for one in record["judgements"]} >= {"Ann", "Bob", "Cem"}
    told = sayso("agreement", *ledger)
    assert "statements: 1 judged by two or more" in told.out
    assert "Ann and Bob: 1 in common, 0.0 % alike" in told.out
    assert sayso("judge", "list", "--again", *ledger).out == ""


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("judge", "confirm", "zzzz"), "Nothing in the ledger has the id"),
        (("judge", "undo", "zzzz"), "There is no judgement zzzz"),
        (("judge", "add", "zzzz", "x", "--field", "killed"), "No reports of the ledger"),
        (("history", "zzzz"), "has no incident"),
        (("search", "--", "-"), "There is no word to look for"),
        (("ledger", "purge", "zzzz"), "needs a ground"),
        (("ledger", "purge", "zzzz", "--why", "x"), "There is no report zzzz"),
    ],
)
def test_wrong_usage_is_told(path: Path, words: tuple[str, ...], what: str) -> None:
    done = (
        sayso(*words, "--ledger", path)
        if "--" not in words
        else sayso("search", "--ledger", path, *words[1:])
    )
    assert (done.status, done.out) == (2, "")
    assert what in done.err


def test_a_purged_report_read_again_is_refused_with_a_message(path: Path, examples: Path) -> None:
    file = next(examples.glob("10_*"))
    with open_ledger(path) as ledger:
        (report_id,) = [
            one.report.report_id for one in ledger.coded_reports() if one.report.path == str(file)
        ]
    done = sayso("ledger", "purge", report_id, "--why", "order 7", "--by", "Ann", "--ledger", path)
    assert (done.status, done.out) == (0, "")
    assert "The report is gone" in done.err
    again = sayso("read", file, "--ledger", path)
    assert again.status == 1
    assert f"not read: {file}: It was purged from this ledger on 20" in again.err
    assert "(order 7), and is not taken in again" in again.err
    assert sayso("ledger", "check", "--ledger", path).status == 0
    assert report_id not in exported(path)
