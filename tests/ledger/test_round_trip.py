"""Whatever a record holds, it comes back from a ledger as it was."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.ledger import open_ledger
from sayso.model import (
    Aggregate,
    Attribution,
    CodedReport,
    Coding,
    Count,
    Date,
    Disagreement,
    EventValue,
    FieldCount,
    Incident,
    IncidentMention,
    Judgement,
    Lineage,
    LineagePair,
    Mention,
    Participant,
    ParticipantValue,
    Place,
    Report,
    Statement,
    ValueSaid,
)

T = TypeVar("T")

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

# Anything that text can hold except halves of characters, which no reader lets in.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)
degrees = st.none() | st.floats(-180, 180)
st.register_type_strategy(str, words)
places = st.builds(Place, lat=degrees, lon=degrees)
st.register_type_strategy(Place, places)
values = st.one_of(*(st.from_type(kind) for kind in (Date, Count, ParticipantValue, EventValue)), places)
statements = st.builds(
    Statement, about=st.none() | st.dictionaries(words, plain, max_size=2), value=st.none() | values
)
st.register_type_strategy(Statement, statements)


def short(kind: type[T], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Records of that kind, with two at most of what they may have many of."""
    for name, hint in get_type_hints(kind).items():
        if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
            given.setdefault(name, st.lists(st.from_type(get_args(hint)[0]), max_size=2).map(tuple))
    return st.builds(kind, **given)


st.register_type_strategy(ValueSaid, short(ValueSaid, value=plain))
for part in (Participant, Disagreement, Attribution, FieldCount, IncidentMention):
    st.register_type_strategy(part, short(part))
incidents = short(Incident, extra=st.dictionaries(words, plain, max_size=2))


@st.composite
def coded_reports(draw: st.DrawFn) -> CodedReport:
    mentions = draw(st.lists(st.builds(Mention), max_size=3, unique_by=lambda mention: mention.mention_id))
    said = draw(st.lists(statements, max_size=4)) if mentions else []
    # Some of them share an id, as the words that are told of two mentions do.
    ids = st.sampled_from(["one", "two", "three"])
    held = st.sampled_from([mention.mention_id for mention in mentions]) if mentions else st.nothing()
    return CodedReport(
        report=draw(st.builds(Report)),
        coding=draw(st.builds(Coding)),
        mentions=tuple(mentions),
        statements=tuple(
            replace(statement, statement_id=draw(ids), mention_id=draw(held)) for statement in said
        ),
        aggregates=tuple(draw(st.lists(st.builds(Aggregate), max_size=2))),
        dropped=draw(st.dictionaries(words, st.integers(), max_size=2)),
        warnings=tuple(draw(st.lists(words, max_size=2))),
    )


@FEW
@given(st.lists(coded_reports(), max_size=3, unique_by=lambda coded: coded.report.report_id))
def test_codings(coded: list[CodedReport]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "x.db", create=True) as ledger:
        for one in coded:
            assert ledger.add(one)
        found = list(ledger.coded_reports())
        assert found == sorted(coded, key=lambda one: one.report.report_id.encode())
        assert [repr(one.statements) for one in found] == [
            repr(one.statements) for one in sorted(coded, key=lambda one: one.report.report_id.encode())
        ]  # 1, 1.0 and True are equal and not the same


@FEW
@given(st.lists(incidents, max_size=3, unique_by=lambda incident: incident.incident_id))
def test_incidents(made: list[Incident]) -> None:
    alone = [replace(incident, mentions=()) for incident in made[1:]]
    apart = [
        replace(
            incident,
            mentions=tuple({shown.mention_id: shown for shown in incident.mentions}.values()),
        )
        for incident in made[:1]
    ]
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "x.db", create=True) as ledger:
        ledger.replace_views([], apart + alone)
        found = {incident.incident_id: incident for incident in ledger.incidents()}
        assert found == {incident.incident_id: incident for incident in apart + alone}


@FEW
@given(st.builds(Lineage, reports=st.lists(words, max_size=4, unique=True).map(tuple), pairs=st.just(())))
def test_lineages(lineage: Lineage) -> None:
    lineage = replace(lineage, reports=("a", "b", *(one for one in lineage.reports if one not in ("a", "b"))))
    pairs = (LineagePair("a", "b", 0.1 + 0.2), LineagePair("a", "b", 1.0))
    near = (LineagePair("b", "elsewhere", 0.1),)
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "x.db", create=True) as ledger:
        ledger.replace_views([replace(lineage, pairs=pairs, near=near)], [])
        assert ledger.lineages() == [replace(lineage, pairs=pairs, near=near)]


@FEW
@given(st.builds(Judgement))
def test_judgements(judgement: Judgement) -> None:
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "x.db", create=True) as ledger:
        ledger.judge(judgement)
        assert ledger.judgements() == [judgement]
