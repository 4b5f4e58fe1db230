"""Invented reports, codings and incidents to fill ledgers with."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.ledger import Ledger, open_ledger
from sayso.model import (
    Aggregate,
    CodedReport,
    Coding,
    Count,
    Date,
    Incident,
    IncidentMention,
    Lineage,
    LineagePair,
    Mention,
    Quote,
    Region,
    Report,
    Spans,
    Stance,
    Statement,
    mention_id_of,
    report_id_of,
    statement_id_of,
    text_id_of,
)

CODING = Coding("rules", "1", "default", "book-one", "places-one")

MakeCoded = Callable[..., CodedReport]
MakeIncident = Callable[..., Incident]
Dump = Callable[[Path], dict[str, list[tuple[Any, ...]]]]


def _statement(report: Report, mention: Mention, words: str, count: int) -> Statement:
    start = report.text.index(words)
    span = (start, start + len(words))
    return Statement(
        statement_id=statement_id_of(report.report_id, "killed", Stance.STATED, span, None),
        report_id=report.report_id,
        mention_id=mention.mention_id,
        field="killed",
        stance=Stance.STATED,
        hedged=False,
        speaker="report",
        speaker_id=None,
        speaker_kind="report",
        spoken_by=None,
        speaker_public=None,
        via=("The Bree Courier",),
        after=None,
        about=None,
        said_on=None,
        value=Count(count, count, count),
        unknown=False,
        spans=Spans(cue=(mention.cues[0].start, mention.cues[0].end), value=span),
        quote=Quote(report.report_id, 0, len(report.text), report.text),
        rule="counts/passive",
    )


def _coded(number: int, *, coding: Coding = CODING, count: int = 12) -> CodedReport:
    text = (
        f"Shells hit the bridge at Esgaroth {number} times. Twelve people were killed, nine of them guards."
    )
    text_id = text_id_of(text)
    report_id = report_id_of(text_id, None, None, None, None)
    report = Report(
        report_id,
        text_id,
        text,
        path=f"reports/{number}.txt",
        published="2021-07-20",
        regions=(Region(0, len(text), "body"),),
        notes=("no byline",),
    )
    mentions = tuple(
        Mention(mention_id_of(report_id, cue), report_id, False, (Quote(report_id, *cue, text[slice(*cue)]),))
        for cue in ((0, 6), (7, 10))
    )
    statements = (
        _statement(report, mentions[0], "Twelve", count),
        _statement(report, mentions[0], "nine", 9),
        replace(_statement(report, mentions[1], "nine", 9), rule="counts/other"),
    )
    return CodedReport(
        report,
        coding,
        mentions,
        statements,
        aggregates=(
            Aggregate(Quote(report_id, 0, 6, "Shells"), "shelling all year", count=Count(None, 3, None)),
        ),
        dropped={"quote": 2},
        warnings=("the year is not told",),
    )


def _incident(coded: CodedReport | str, **changes: Any) -> Incident:
    """The incident of the first mention of a report, or an empty one of that id."""
    incident_id = coded if isinstance(coded, str) else coded.mentions[0].mention_id
    shown: tuple[IncidentMention, ...] = (IncidentMention(incident_id, "r", False, ()),)
    statements: tuple[Statement, ...] = ()
    if not isinstance(coded, str):
        first = coded.mentions[0]
        shown = (IncidentMention(first.mention_id, first.report_id, False, first.cues),)
        statements = coded.statements
    plain = Incident(
        contract=0,
        incident_id=incident_id,
        title=None,
        event_type="Explosions/Remote violence",
        sub_event_type="Grenade",
        also=(),
        is_background=False,
        n_events=1,
        part_of=None,
        date=Date(None, None, "unknown"),
        place=None,
        places=(),
        perpetrators=(),
        targets=(),
        victims=(),
        weapons=(),
        sides=None,
        civilian_targeting=None,
        killed=None,
        injured=None,
        counts=(),
        attributions=(),
        attribution_status="unknown",
        status_hedged=False,
        disagreements=(),
        mentions=shown,
        statements=statements,
        basis={"killed": tuple(statement.statement_id for statement in statements)},
        reports=(),
        n_lineages=1,
        n_voices={"killed": 1},
    )
    return replace(plain, **changes)


def _dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    connection = sqlite3.connect(path)
    try:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            # What SQLite keeps an index of words in depends on how it came about.
            if not name.startswith(("search_", "incident_words")) or name == "search_rows"
        ]
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)  # noqa: S608
            for table in sorted(tables)
        }
    finally:
        connection.close()


@pytest.fixture
def make_coded() -> MakeCoded:
    """Report number n, coded: two mentions, and three statements, one of them told of both mentions."""
    return _coded


@pytest.fixture
def make_incident() -> MakeIncident:
    return _incident


@pytest.fixture
def dump() -> Dump:
    """All rows of all tables of the ledger at a path."""
    return _dump


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a ledger?%#.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with open_ledger(path, create=True) as made:
        yield made


@pytest.fixture
def lineage(make_coded: MakeCoded) -> Lineage:
    a, b = (make_coded(number).report.report_id for number in (1, 2))
    return Lineage(a, (b, a), (LineagePair(a, b, 0.1 + 0.2),))
