"""The whole record: the worked example, and what holds for every incident whatever is said."""

import json
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.incidents import reconcile
from sayso.model import (
    Count,
    EventValue,
    Field,
    Incident,
    Mention,
    Quote,
    Report,
    Stance,
    Statement,
    Value,
    Whom,
)
from sayso.records import from_record, to_record
from tests.incidents.making import (
    ARMY,
    CODEBOOK,
    FRONT,
    GOVERNMENT,
    HAPPENED,
    LEAGUE,
    NORTH,
    Said,
    country,
    day,
    incident_of,
    killed,
    mention_of,
    report_of,
    statement_of,
    town,
    who,
    yearless,
)

ROLES = {"perpetrators", "targets", "weapons"}
CONTRACT = Path(__file__).parents[3] / "shared" / "contract"


def contract(name: str) -> Any:
    """A file of the contract; the test is skipped where neither the package nor the workplace has it."""
    packaged = resources.files("sayso").joinpath("contract", name)
    for file in (packaged, CONTRACT / name):
        if file.is_file():
            return json.loads(file.read_text(encoding="utf-8"))
    pytest.skip(f"no {name}")


# ---- the worked example ---------------------------------------------------------------------------


def _mention(told: Any) -> Mention:
    cues = tuple(Quote(**cue) for cue in told["cues"])
    return Mention(told["mention_id"], told["report_id"], told["is_background"], cues)


def _statement(told: Any) -> Statement:
    plain = {"spoken_by": None, "speaker_public": None, **told}
    return from_record(Statement, plain)


def _told(value: Any) -> Any:
    """Plain data without what is empty, for the hand left keys out; lists of ids in alphabetical order."""
    if isinstance(value, dict):
        return {key: _told(one) for key, one in value.items() if one not in (None, [], {}, ())}
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return sorted(value)
    return [_told(one) for one in value] if isinstance(value, list) else value


def _reconciled(example: Any, number: int) -> Incident:
    expected = example["incidents"][number]
    report = Report(example["report_id"], example["text_id"], "", published=example["published"])
    statements = [_statement(told) for told in expected["statements"]]
    mentions = [_mention(told) for told in expected["mentions"]]
    return reconcile(mentions, statements, {report.report_id: report}, {}, CODEBOOK)


@pytest.mark.parametrize("number", [0, 1])
def test_the_worked_example_comes_out_as_coded_by_hand(number: int) -> None:
    example = contract("example_coded_report.json")
    expected = example["incidents"][number]
    incident = _reconciled(example, number)
    record, by_hand = _told(to_record(incident)), _told(expected)
    assert set(by_hand) <= set(record)
    # The title is made by another rule; the hand left out some names, and counts voices for fewer fields.
    for key in set(by_hand) - {"title", "statements", "disagreements", "n_voices", *ROLES}:
        assert record[key] == by_hand[key], key
    for key in ROLES & set(by_hand):
        pairs = zip(record[key], by_hand[key], strict=True)
        found = [{name: one.get(name) for name in told} for one, told in pairs]
        assert found == by_hand[key]
    assert record["n_voices"].items() >= by_hand["n_voices"].items()
    assert len(record["statements"]) == len(by_hand["statements"])


def test_a_government_and_its_ministry_are_one_voice_of_the_worked_example() -> None:
    example = contract("example_coded_report.json")
    [row] = _reconciled(example, 0).disagreements
    [by_hand] = example["incidents"][0]["disagreements"]
    assert [value.value for value in row.values] == [value["value"] for value in by_hand["values"]]
    assert [list(value.statement_ids) for value in row.values] == [
        value["statement_ids"] for value in by_hand["values"]
    ]
    assert [value.voices for value in row.values] == [("islamic-state",), ("afghanistan-government",)]


# ---- what always holds ----------------------------------------------------------------------------

NUMBERS = st.none() | st.integers(0, 40)
WHOM = st.none() | st.builds(Whom, status=st.sampled_from([None, "civilian", "military"]))
DAYS = st.sampled_from(
    [day("2020-11-21"), day("2020-11-22"), day("2020-11-01", "2020-11-30"), yearless("XXXX-11-21")]
)
PLACES = st.sampled_from([town("Bree"), town("Dale"), country(), country("ROH")])
ACTORS = st.sampled_from([FRONT, NORTH, LEAGUE, GOVERNMENT, ARMY, "Some Band"]).map(who) | st.just(
    who("gunmen", "people")
)
EVENTS = st.builds(EventValue, st.sampled_from(["Attack", "Grenade", "Armed clash"]), st.booleans())
VALUES: dict[Field, st.SearchStrategy[Value]] = {
    "event": EVENTS,
    "perpetrator": ACTORS,
    "target": ACTORS,
    "victim": ACTORS,
    "weapon": ACTORS,
    "date": DAYS,
    "place": PLACES,
    "killed": st.builds(Count, NUMBERS, NUMBERS, NUMBERS, st.booleans(), whom=WHOM),
    "injured": st.builds(Count, NUMBERS, NUMBERS, NUMBERS, st.booleans(), whom=WHOM),
}
ABOUT: list[dict[str, object] | None] = [None, {"field": "killed"}, {"statement_id": "a5"}]
PUBLISHED = {"a": "2020-11-22T10:00", "b": "2020-11-21T08:00+04:30", "c": None, "d": "2020-11-22"}


@st.composite
def things_said(draw: st.DrawFn) -> Said:
    field = draw(st.sampled_from(sorted(VALUES)))
    return Said(
        field,
        draw(st.none() | VALUES[field]),
        draw(st.sampled_from(Stance)),
        report=draw(st.sampled_from("abcd")),
        speaker=draw(st.sampled_from(["report", FRONT, NORTH, GOVERNMENT, ARMY, "Watch"])),
        hedged=draw(st.booleans()),
        at=draw(st.integers(1, 5)) * 10,
        via=draw(st.sampled_from([(), ("Courier",), ("Courier", "Post")])),
        after=draw(st.sampled_from([None, None, "River Front"])),
        about=draw(st.sampled_from(ABOUT)),
    )


TELLINGS = st.lists(things_said(), min_size=1, max_size=10)
SEVERAL = settings(max_examples=40, deadline=None)


@SEVERAL
@given(TELLINGS)
def test_what_comes_out_is_of_the_contract(told: list[Said]) -> None:
    record = to_record(incident_of(*told, published=PUBLISHED))
    schema = contract("incident.schema.json")
    validator = jsonschema.Draft202012Validator(schema)
    assert [error.message for error in validator.iter_errors(record)] == []
    json.dumps(record, allow_nan=False)


@SEVERAL
@given(TELLINGS)
def test_every_shown_value_rests_on_statements_of_the_incident(told: list[Said]) -> None:
    incident = incident_of(*told, published=PUBLISHED)
    known = {statement.statement_id for statement in incident.statements}
    rests = [
        *incident.basis.values(),
        *(one.statement_ids for one in incident.counts),
        *(one.statement_ids for one in incident.attributions),
        *(value.statement_ids for row in incident.disagreements for value in row.values),
        *(one.statement_ids for one in (*incident.perpetrators, *incident.targets, *incident.victims)),
    ]
    assert all(ids and known.issuperset(ids) for ids in rests)
    shown = {
        "event": incident.sub_event_type,
        "date": incident.date.edtf,
        "place": incident.place,
        "perpetrator": incident.attributions or incident.perpetrators,
        "killed": incident.killed,
        "injured": incident.injured,
        "target": incident.targets,
        "victim": incident.victims,
        "weapon": incident.weapons,
    }
    assert set(incident.basis) == {field for field, value in shown.items() if value}
    assert set(incident.n_voices) <= set(incident.basis)


@SEVERAL
@given(TELLINGS, st.randoms(use_true_random=False))
def test_the_order_of_what_is_handed_over_does_not_matter(told: list[Said], random: Any) -> None:
    letters = sorted({one.report for one in told})
    told = [*told, *(Said("event", HAPPENED, report=letter, at=0) for letter in letters)]
    statements = [statement_of(one, place) for place, one in enumerate(told)]
    mentions = [mention_of(letter) for letter in letters]
    reports = [report_of(letter, PUBLISHED[letter]) for letter in letters]
    lineage_of = {report.report_id: report.report_id for report in reports}

    def incident() -> Incident:
        for given_list in (statements, mentions, reports):
            random.shuffle(given_list)
        return reconcile(mentions, statements, {one.report_id: one for one in reports}, lineage_of, CODEBOOK)

    first = to_record(incident())
    assert all(json.dumps(to_record(incident())) == json.dumps(first) for _ in range(3))


GROWS = {"incident_id", "reports", "statements", "mentions", "basis"}


def _values(incident: Incident) -> Any:
    """All of a record but what lists statements, quotes and reports, which a copy adds to."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            kept = {key: one for key, one in value.items() if key not in {"statement_ids", "quotes", "from"}}
            return {key: bare(one) for key, one in kept.items()}
        return [bare(one) for one in value] if isinstance(value, list) else value

    return bare({key: one for key, one in to_record(incident).items() if key not in GROWS})


@SEVERAL
@given(TELLINGS, st.sampled_from("abcd"), st.sampled_from(["same", "later", "undated"]))
def test_an_exact_copy_in_the_same_lineage_changes_no_value(
    told: list[Said], letter: str, copied: str
) -> None:
    told = [*told, *(Said("event", HAPPENED, report=one, at=0) for one in "abcd")]
    statements = [statement_of(one, place) for place, one in enumerate(told)]
    mentions = [mention_of(one) for one in "abcd"]
    reports = {one.report_id: one for one in (report_of(key, PUBLISHED[key]) for key in "abcd")}
    lineage_of = {f"report-{one}": one for one in "abcd"}
    before = reconcile(mentions, statements, reports, lineage_of, CODEBOOK)

    report_id, copy_id = f"report-{letter}", f"report-{letter}-copy"
    published = {"same": PUBLISHED[letter], "later": "2021-01-01", "undated": None}[copied]
    if PUBLISHED[letter] is None:
        published = None  # a dated copy of an undated text tells when it was known
    reports[copy_id] = replace(reports[report_id], report_id=copy_id, published=published)
    lineage_of[copy_id] = letter
    statements += [
        replace(
            one,
            statement_id=f"{one.statement_id}-copy",
            report_id=copy_id,
            mention_id=f"{one.mention_id}-copy",
            quote=replace(one.quote, report_id=copy_id),
        )
        for one in statements
        if one.report_id == report_id
    ]
    original = next(one for one in mentions if one.report_id == report_id)
    mentions.append(replace(original, mention_id=f"{original.mention_id}-copy", report_id=copy_id))
    after = reconcile(mentions, statements, reports, lineage_of, CODEBOOK)
    assert _values(after) == _values(before)
    assert len(after.statements) > len(before.statements)


# ---- the rest -------------------------------------------------------------------------------------


def test_the_earliest_mention_gives_the_id_and_unknown_dates_come_last() -> None:
    told = [killed(3, report=letter) for letter in "abc"]
    dates = {"a": None, "b": "2020-11-22T01:00+04:00", "c": "2020-11-21T23:00"}
    incident = incident_of(*told, published=dates)
    assert incident.incident_id == "mention-b"
    assert [one.report_id for one in incident.reports] == ["report-b", "report-c", "report-a"]
    assert [one.mention_id for one in incident.mentions] == ["mention-b", "mention-c", "mention-a"]
    assert [one.statement_id for one in incident.statements] == ["b1", "b4", "c2", "c5", "a0", "a3"]


@pytest.mark.parametrize(
    ("mentions", "is_background", "n_events"),
    [
        ([mention_of("a", is_background=True)], True, 1),
        ([mention_of("a", is_background=True), mention_of("b")], False, 1),
        ([mention_of("a", n_events=None)], False, None),
        ([mention_of("a", n_events=2), mention_of("b", n_events=2)], False, 2),
        ([mention_of("a", n_events=2), mention_of("b", n_events=1)], False, None),
    ],
)
def test_what_mentions_agree_on(
    mentions: list[Mention], n_events: int | None, *, is_background: bool
) -> None:
    reports = {f"report-{letter}": report_of(letter) for letter in "ab"}
    statements = [statement_of(Said("event", HAPPENED, report=letter), 0) for letter in "ab"]
    incident = reconcile(mentions, statements, reports, {}, CODEBOOK)
    assert (incident.is_background, incident.n_events) == (is_background, n_events)
    assert len(incident.statements) == len(mentions)  # those of other mentions are left out
    assert incident.n_lineages == len(mentions)


def test_a_part_of_another_mention_is_kept() -> None:
    mention = replace(mention_of("a"), part_of="mention-whole")
    told = [statement_of(Said("event", HAPPENED), 0)]
    incident = reconcile([mention], told, {"report-a": report_of("a")}, {}, CODEBOOK)
    assert incident.part_of == "mention-whole"


def test_without_a_mention_there_is_no_incident() -> None:
    with pytest.raises(UsageError):
        reconcile([], [], {}, {}, CODEBOOK)
