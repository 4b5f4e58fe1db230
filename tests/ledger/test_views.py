import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import LedgerError, UsageError
from sayso.ledger import IncidentFilter, Ledger, open_ledger
from sayso.model import (
    Attribution,
    Date,
    Disagreement,
    Incident,
    IncidentMention,
    Lineage,
    Participant,
    Place,
    Stance,
)
from tests.ledger.conftest import Dump, MakeCoded, MakeIncident


def _participant(name: str, actor_id: str | None, *forms: str) -> Participant:
    return Participant(name, actor_id, "organisation", None, forms, ())


def _day(day: str) -> Date:
    return Date(day, day, "day", day)


def _held(incident_id: str, *mention_ids: str) -> tuple[str, tuple[IncidentMention, ...]]:
    return incident_id, tuple(IncidentMention(mention_id, "r", False, ()) for mention_id in mention_ids)


@pytest.fixture
def filled(ledger: Ledger, make_incident: MakeIncident) -> Ledger:
    """Four incidents: "clash", "shelling", "open" and "undated"."""
    by = Attribution(
        "Dunland Front", "dunland", Stance.DENIED, "X", None, None, None, None, (), False, (), ()
    )
    gondor, rohan = Place("Pelargir", "Pelargir", country="GON"), Place("Edoras", "Edoras", country="ROH")
    ledger.replace_views(
        [],
        [
            make_incident("undated", sub_event_type="Shelling/artillery/missile attack"),
            make_incident("open", date=Date("2021-07-22", None, "unknown"), places=(rohan, gondor)),
            make_incident(
                "clash",
                event_type="Battles",
                sub_event_type="Armed clash",
                date=_day("2021-07-20"),
                sides=((_participant("Riders", "riders"),), (_participant("Éored’s  Men", None),)),
                place=gondor,
                attributions=(by,),
                attribution_status="denied_only",
            ),
            make_incident(
                "shelling",
                sub_event_type="Shelling/artillery/missile attack",
                date=Date("2021-07-10", "2021-07-21", "month"),
                perpetrators=(_participant("Army of Isengard", "isengard", "White Hand"),),
                targets=(_participant("bridge", None),),
                victims=(_participant("ferrymen", None),),
                attribution_status="claimed_disputed",
                disagreements=(Disagreement("killed", ()),),
            ),
        ],
    )
    return ledger


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "shelling clash open undated"),
        ({"since": "2021-07-20"}, "shelling clash open"),
        ({"since": "2021-07-21"}, "shelling open"),
        ({"since": "2021-07-22"}, "open"),
        ({"since": "2035-01-01"}, "open"),
        ({"until": "2021-07-22"}, "shelling clash open"),
        ({"until": "2021-07-21"}, "shelling clash"),
        ({"until": "2021-07-10"}, "shelling"),
        ({"until": "2021-07-09"}, ""),
        ({"since": "2021-07-20", "until": "2021-07-20"}, "shelling clash"),
        ({"country": "GON"}, "clash open"),
        ({"country": "gon"}, "clash open"),
        ({"country": "GO"}, ""),
        ({"event_type": "battles"}, "clash"),
        ({"event_type": "ARMED CLASH"}, "clash"),
        ({"event_type": "Shelling/artillery/missile attack"}, "shelling undated"),
        ({"event_type": "Shelling"}, ""),
        ({"actor": "isengard"}, "shelling"),
        ({"actor": "army of isengard"}, "shelling"),
        ({"actor": "white hand"}, "shelling"),
        ({"actor": "BRIDGE"}, "shelling"),
        ({"actor": "ferrymen"}, "shelling"),
        ({"actor": "dunland"}, "clash"),
        ({"actor": "Dunland front"}, "clash"),
        ({"actor": "riders"}, "clash"),
        ({"actor": "éored's men"}, "clash"),
        ({"actor": "X"}, ""),  # a speaker is no actor of the incident
        ({"actor": "isen"}, ""),
        ({"status": "claimed_disputed"}, "shelling"),
        ({"disputed": True}, "shelling"),
        ({"disputed": False}, "clash open undated"),
        ({"disputed": False, "country": "GON", "until": "2021-07-21"}, "clash"),
        ({"actor": "' OR 1=1 --"}, ""),
    ],
)
def test_a_filter_finds(filled: Ledger, asked: dict[str, Any], expected: str) -> None:
    found = filled.incidents(IncidentFilter(**asked))
    assert [incident.incident_id for incident in found] == expected.split()


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"since": "20 July"}, "since is '20 July', which is no date"),
        ({"since": "20210720"}, "no date"),
        ({"until": "2021-02-30"}, "until is '2021-02-30'"),
        ({"since": "2021-07-20", "until": "2021-07-19"}, "is after until"),
        ({"status": "guilty"}, "'guilty' is no attribution status"),
    ],
)
def test_a_filter_that_cannot_be_is_refused(asked: dict[str, Any], what: str) -> None:
    with pytest.raises(UsageError, match=what):
        IncidentFilter(**asked)


def test_incidents_and_lineages_come_back(
    ledger: Ledger, make_coded: MakeCoded, make_incident: MakeIncident, lineage: Lineage
) -> None:
    incident = make_incident(make_coded(1), title="Shelling at Esgaroth")
    alone = Lineage("0", ("0",))
    ledger.replace_views([lineage, alone], [incident])
    assert ledger.incidents() == [incident]
    assert ledger.lineages() == [lineage, alone]
    ledger.replace_views([alone], [])
    assert ledger.incidents() == []
    assert ledger.lineages() == [alone]


def test_views_that_contradict_themselves_leave_the_old_ones(
    ledger: Ledger, make_incident: MakeIncident, lineage: Lineage
) -> None:
    ledger.replace_views([lineage], [make_incident("a")])
    _, shown = _held("b", "m")
    twice = [make_incident("b", mentions=shown), make_incident("c", mentions=shown)]
    with pytest.raises(LedgerError, match=r"incident_mentions\.mention_id"):
        ledger.replace_views([], twice)
    assert [incident.incident_id for incident in ledger.incidents()] == ["a"]
    assert ledger.lineages() == [lineage]


@pytest.mark.parametrize(
    ("rounds", "asked", "expected"),
    [
        # merged: b is now a mention of a
        (["a:a b:b", "a:a,b"], "b", "a"),
        # merged twice: the chain is resolved
        (["b:b c:c", "b:b,c", "a:a,b,c"], "c", "a"),
        (["b:b c:c", "b:b,c", "a:a,b,c"], "b", "a"),
        # split again: alive, and no redirect
        (["a:a b:b", "a:a,b", "a:a b:b"], "b", "b"),
        # the mention moved on to another incident than the one that took it in first
        (["a:a b:b", "a:a,b", "a:a c:c,b"], "b", "c"),
        # the mention is gone, the rest of its incident is elsewhere
        (["a:a,b,c", "b:b c:c"], "a", "b"),
        (["a:a,b", "0:0,b"], "a", "0"),
        # nothing is left
        (["a:a b:b", "b:b"], "a", None),
        # nothing was left, then the mention was found again
        (["a:a b:b", "b:b", "b:b,a"], "a", "b"),
        (["a:a b:b", "", "a:a b:b"], "a", "a"),
        # never heard of
        (["a:a"], "z", None),
        # the beginning of an id
        (["abc:abc abd:abd"], "abd", "abd"),
        (["abc:abc xyz:xyz"], "x", "xyz"),
        (["abc:abc xyz:xyz", "abc:abc,xyz"], "xy", "abc"),
        (["abc:abc abcd:abcd"], "abc", "abc"),
        # an id and a former id that begin alike, and are one incident now
        (["abc:abc abd:abd", "abc:abc,abd"], "ab", "abc"),
        (["a_c:a_c axc:axc"], "a_", "a_c"),
    ],
)
def test_every_id_that_ever_named_an_incident_leads_on(
    ledger: Ledger, make_incident: MakeIncident, rounds: list[str], asked: str, expected: str | None
) -> None:
    for shape in rounds:
        made: list[Incident] = []
        for part in shape.split():
            incident_id, mention_ids = part.split(":")
            _, shown = _held(incident_id, *mention_ids.split(","))
            made.append(make_incident(incident_id, mentions=shown))
        ledger.replace_views([], made)
    found = ledger.incident(asked)
    assert (found and found.incident_id) == expected


@pytest.mark.parametrize("beginning", ["ab", "", "a"])
def test_the_beginning_of_several_ids_is_refused(
    ledger: Ledger, make_incident: MakeIncident, beginning: str
) -> None:
    ledger.replace_views([], [make_incident("abc"), make_incident("abd")])
    with pytest.raises(UsageError, match="abc, abd"):
        ledger.incident(beginning)


def test_a_living_id_is_no_redirect_and_the_same_views_change_no_row(
    path: Path, make_incident: MakeIncident, dump: Dump
) -> None:
    _, both = _held("a", "a", "b")
    with open_ledger(path, create=True) as ledger:
        ledger.replace_views([], [make_incident("a"), make_incident("b")])
        apart = dump(path)
        ledger.replace_views([], [make_incident("a", mentions=both)])
        merged = dump(path)
        ledger.replace_views([], [make_incident("a", mentions=both)])
        assert dump(path) == merged
        assert merged["redirects"] == [("b", "a")]
        ledger.replace_views([], [make_incident("b"), make_incident("a")])
    assert dump(path) == apart


def test_a_line_that_is_no_incident_is_told(path: Path, make_incident: MakeIncident) -> None:
    with open_ledger(path, create=True) as ledger:
        ledger.replace_views([], [make_incident("a")])
        for record in ("{", "[1]", '{"contract": "x"}'):
            connection = sqlite3.connect(path)
            with connection:
                connection.execute("UPDATE incidents SET record = ?", (record,))
            connection.close()
            with pytest.raises(LedgerError, match="is damaged: a line of it is") as told:
                ledger.incidents()
            assert "copy" in told.value.mend


def test_the_incident_of_a_report_keeps_its_statements(
    ledger: Ledger, make_coded: MakeCoded, make_incident: MakeIncident
) -> None:
    made = [replace(make_incident(make_coded(number)), title=str(number)) for number in range(5)]
    ledger.replace_views([], made)
    for incident in made:
        assert ledger.incident(incident.incident_id) == incident
