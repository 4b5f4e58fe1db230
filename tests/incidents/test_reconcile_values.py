"""What happened, when, where, to whom and what with; the title; voices; what is disputed."""

from dataclasses import replace

import pytest

from sayso.errors import UsageError
from sayso.incidents.dates import YEAR_RULE, precision_of
from sayso.incidents.titles import title_of
from sayso.model import Count, Date, EventValue, Inferred, ParticipantValue, Place, Stance
from sayso.records import to_record
from tests.incidents.making import (
    ARMY,
    FRONT,
    GOVERNMENT,
    MINISTRY,
    Said,
    by,
    country,
    day,
    incident_of,
    killed,
    said,
    town,
    who,
    yearless,
)

SHELLING, CLASH, GRENADE = "Shelling/artillery/missile attack", "Armed clash", "Grenade"


def event(sub_event_type: str, *, happened: bool = True, report: str = "a", speaker: str = "report") -> Said:
    return Said("event", EventValue(sub_event_type, happened), report=report, speaker=speaker)


@pytest.mark.parametrize(
    ("told", "shown", "also", "voices"),
    [
        ([event("Attack")], "Attack", (), 1),
        ([event("Attack"), event(SHELLING), event("Attack")], SHELLING, ("Attack",), 1),
        ([event(CLASH), event("Attack"), event(GRENADE)], GRENADE, ("Attack", CLASH), 1),
        (
            [event("Attack"), event(SHELLING, report="b"), event(SHELLING, speaker=ARMY)],
            SHELLING,
            ("Attack",),
            2,
        ),
        ([event("Attack"), event(SHELLING, happened=False, speaker=ARMY)], "Attack", (), 1),
    ],
)
def test_event_type(told: list[Said], shown: str, also: tuple[str, ...], voices: int) -> None:
    incident = incident_of(*told, event=False)
    assert (incident.sub_event_type, incident.also) == (shown, also)
    assert incident.n_voices["event"] == voices


def test_happened_against_not_happened_is_a_disagreement() -> None:
    incident = incident_of(event("Attack"), event("Attack", happened=False, speaker=ARMY), event=False)
    [row] = incident.disagreements
    assert row.field == "event"
    assert [(value.value, value.voices) for value in row.values] == [
        ({"sub_event_type": "Attack", "happened": True}, ("a",)),
        ({"sub_event_type": "Attack", "happened": False}, (ARMY,)),
    ]
    assert incident.basis["event"] == ("a0",)


@pytest.mark.parametrize("told", [event("Attack", happened=False), event("Picnic"), killed(3)])
def test_an_incident_needs_an_event_of_the_codebook_that_happened(told: Said) -> None:
    with pytest.raises(UsageError):
        incident_of(told, event=False)


NOV_20, NOV_21, NOV_22, NOVEMBER = (
    day("2020-11-20"),
    day("2020-11-21"),
    day("2020-11-22"),
    day("2020-11-01", "2020-11-30"),
)
JULY_20 = yearless("XXXX-07-20")


def when(*dates: tuple[Date, str]) -> list[Said]:
    return [Said("date", date, speaker=speaker) for date, speaker in dates]


@pytest.mark.parametrize(
    ("told", "shown", "voices", "values"),
    [
        (when(), None, None, []),
        (when((NOV_21, "report")), "2020-11-21", 1, []),
        # The narrowest that agrees with the rest, however many only say it more widely.
        (when((NOVEMBER, "report"), (NOV_21, ARMY), (NOVEMBER, "Watch")), "2020-11-21", 3, []),
        (when((day("2020-11-20", "2020-11-22"), "report"), (NOV_21, ARMY)), "2020-11-21", 2, []),
        # In conflict: by voices, then the earliest said.
        (when((NOV_21, "report"), (NOV_22, ARMY)), "2020-11-21", 1, ["2020-11-21", "2020-11-22"]),
        (
            when((NOV_21, "report"), (NOV_22, ARMY), (NOVEMBER, "Mill"), (NOV_22, "Watch")),
            "2020-11-22",
            3,
            ["2020-11-22", "2020-11-21"],
        ),
        # A body and its part are one voice.
        (
            when((NOV_21, "report"), (NOV_22, ARMY), (NOV_22, GOVERNMENT)),
            "2020-11-21",
            1,
            ["2020-11-21", "2020-11-22"],
        ),
        # Without a year: kept, or confirmed, or contradicted, or given one.
        (when((JULY_20, "report")), "XXXX-07-20", 1, []),
        (when((JULY_20, "report"), (day("2019-07-20"), ARMY)), "2019-07-20", 2, []),
        (when((JULY_20, "report"), (NOV_21, ARMY)), "2020-11-21", 1, ["2020-11-21", "XXXX-07-20"]),
        (when((JULY_20, "report"), (day("2019-07-01", "2019-07-31"), ARMY)), "2019-07-20", 2, []),
        (when((yearless("XXXX-07"), "report"), (day("2019-01-01", "2019-12-31"), ARMY)), "2019-07-01", 2, []),
        (when((yearless("XXXX-07"), "report"), (JULY_20, ARMY)), "XXXX-07-20", 2, []),
        (
            when((JULY_20, "report"), (yearless("XXXX-07-21"), ARMY)),
            "XXXX-07-20",
            1,
            ["XXXX-07-20", "XXXX-07-21"],
        ),
        (when((Date("2020-11-05", None, "unknown"), "report"), (NOV_21, ARMY)), "2020-11-21", 2, []),
        (
            when((Date(None, "2020-11-05", "unknown"), "report"), (NOV_21, ARMY)),
            "2020-11-21",
            1,
            ["2020-11-21", ""],
        ),
    ],
)
def test_date(told: list[Said], shown: str | None, voices: int | None, values: list[str]) -> None:
    incident = incident_of(said("target", who("mill")), *told)
    assert (incident.date.earliest or incident.date.edtf) == shown
    assert incident.n_voices.get("date") == voices
    rows = [value.value for row in incident.disagreements for value in row.values]
    assert [one["earliest"] or one["edtf"] or "" for one in rows if isinstance(one, dict)] == values


def test_a_year_from_another_statement_is_marked_as_inferred() -> None:
    told = when((JULY_20, "report"), (day("2019-07-01", "2019-07-31"), ARMY))
    incident = incident_of(*told)
    assert incident.date == Date(
        "2019-07-20", "2019-07-20", "day", "2019-07-20", Inferred(("a1", "a2"), YEAR_RULE)
    )
    assert incident.basis["date"] == ("a1", "a2")


def test_a_date_that_was_said_goes_before_the_same_inferred() -> None:
    inferred = Date("2020-11-21", "2020-11-21", "day", "2020-11-21", Inferred(("x",), "times/anchor"))
    assert incident_of(said("date", inferred), said("date", NOV_21)).date.inferred is None
    assert incident_of(said("date", inferred)).date == inferred


@pytest.mark.parametrize(
    ("days", "precision"),
    [
        (1, "day"),
        (2, "days"),
        (6, "days"),
        (7, "week"),
        (10, "week"),
        (11, "month"),
        (31, "month"),
        (32, "season"),
        (92, "season"),
        (93, "year"),
        (366, "year"),
        (367, "unknown"),
    ],
)
def test_precision_follows_from_the_length(days: int, precision: str) -> None:
    assert precision_of(days) == precision


BREE, DALE = town("Bree"), town("Dale")
INN = Place("the inn at Bree", "the inn at Bree", "Bree", "GON", lat=4.0, lon=1.0, precision="exact")
BARN = Place("a barn", None)


def where(*places: tuple[Place, str]) -> list[Said]:
    return [Said("place", place, speaker=speaker) for place, speaker in places]


@pytest.mark.parametrize(
    ("told", "places", "voices", "values"),
    [
        (where(), [], None, []),
        (where((BARN, "report")), ["a barn"], 1, []),
        # The most precise that agrees with the rest, and no place twice, once more widely.
        (where((country(), "report"), (BREE, ARMY)), ["Bree"], 2, []),
        (where((BREE, "report"), (BARN, ARMY)), ["Bree", "a barn"], 1, []),
        (where((BREE, "report"), (BREE, ARMY), (INN, "Watch")), ["the inn at Bree"], 3, []),
        # In conflict: by voices, then the first said; a wider place never wins by agreeing with both.
        (where((BREE, "report"), (DALE, ARMY)), ["Bree", "Dale"], 1, ["Bree", "Dale"]),
        (
            where((BREE, "report"), (DALE, ARMY), (country(), "Watch"), (DALE, "Mill")),
            ["Dale", "Bree"],
            3,
            ["Dale", "Bree"],
        ),
        # The same place with another precision is listed once.
        (where((BREE, "report"), (replace(BREE, precision="near"), ARMY)), ["Bree"], 2, []),
        # One voice that tells of two towns means both.
        (where((BREE, "report"), (DALE, "report")), ["Bree", "Dale"], 1, []),
    ],
)
def test_place(told: list[Said], places: list[str], voices: int | None, values: list[str]) -> None:
    incident = incident_of(said("target", who("mill")), *told)
    assert [place.text for place in incident.places] == places
    assert incident.place == (incident.places[0] if places else None)
    assert incident.n_voices.get("place") == voices
    rows = [value.value for row in incident.disagreements for value in row.values]
    assert [one["text"] for one in rows if isinstance(one, dict)] == values


def test_participants_are_those_of_one_actor_else_of_one_name() -> None:
    incident = incident_of(
        said("weapon", ParticipantValue("Rockets", None, "weapon"), at=1),
        said("weapon", ParticipantValue("rockets", None, "weapon"), speaker=MINISTRY),
        said("target", ParticipantValue("the Army", ARMY, "state")),
        said("target", ParticipantValue("gondor army", ARMY, "state")),
        said("target", ParticipantValue("gondor army", ARMY, "state")),
        said("victim", ParticipantValue("Ada Brook", None, "person", public=False)),
        said("victim", ParticipantValue("Ada Brook", None, "person", public=True), report="b"),
        said("victim", ParticipantValue("Bo Fell", None, "person")),
        said("weapon", ParticipantValue("knife", None, "weapon"), Stance.DISPUTED),
    )
    [weapon], [target] = incident.weapons, incident.targets
    assert (weapon.name, weapon.mentions) == ("rockets", ("Rockets", "rockets"))
    assert (target.name, target.actor_id, target.public) == ("gondor army", ARMY, None)
    assert [(one.name, one.public) for one in incident.victims] == [("Ada Brook", True), ("Bo Fell", False)]
    assert incident.n_voices["weapon"] == 2
    assert incident.n_voices["target"] == 1
    assert "victim" not in incident.n_voices  # it shows two
    assert incident.basis["weapon"] == ("a2", "a3")


@pytest.mark.parametrize(
    ("told", "sides"),
    [
        ([event(CLASH), by(FRONT, Stance.STATED), said("target", who(ARMY, "state"))], ([FRONT], [ARMY])),
        ([event(CLASH), by(FRONT, Stance.STATED), said("victim", who(ARMY, "state"))], ([FRONT], [ARMY])),
        ([event(CLASH), by(FRONT, Stance.STATED)], None),
        ([event(CLASH), by(FRONT, Stance.STATED), said("victim", who("farmers", "people"))], None),
        ([event(CLASH), by(FRONT, Stance.STATED), said("target", who(FRONT))], None),
        ([event("Attack"), by(FRONT, Stance.STATED), said("target", who(ARMY, "state"))], None),
    ],
)
def test_sides(told: list[Said], sides: tuple[list[str], list[str]] | None) -> None:
    found = incident_of(*told, event=False).sides
    assert (found and tuple([one.actor_id for one in side] for side in found)) == sides


@pytest.mark.parametrize(
    ("about", "values"),
    [
        ({"statement_id": "a1"}, [8, None]),
        ({"field": "killed", "value": {"best": 8, "low": 8, "high": 8}}, []),  # not a value as recorded
        ({"field": "killed", "value": to_record(Count(8, 8, 8))}, [8, None]),
        ({"field": "killed"}, [8, None]),
        (None, [8, None]),
        ({"statement_id": "z9"}, []),
        ({"field": "injured"}, []),
    ],
)
def test_what_is_disputed_disagrees(about: dict[str, object] | None, values: list[int | None]) -> None:
    incident = incident_of(killed(8), said("killed", None, Stance.DISPUTED, speaker=ARMY, about=about))
    rows = [value for row in incident.disagreements for value in row.values]
    assert [one.value["best"] if isinstance(one.value, dict) else None for one in rows] == values
    assert incident.killed == Count(8, 8, 8)


LAST_OF_NOVEMBER = day("2020-11-30", "2020-12-02")


@pytest.mark.parametrize(
    ("place", "date", "count", "rest"),
    [
        (BREE, day("2021-08-26"), Count(182, 182, 182), " in Bree, 26 August 2021 (182 killed)"),
        (INN, Date("2020-11-01", "2020-11-21", "month"), None, " at the inn at Bree, November 2020"),
        (BARN, day("2020-11-21", "2020-11-23"), None, " in a barn, 21 to 23 November 2020"),
        (None, LAST_OF_NOVEMBER, None, ", 30 November 2020 to 2 December 2020"),
        (None, Date("2020-01-01", "2020-12-31", "year"), None, ", 2020"),
        (None, Date("2020-11-20", "2021-01-10", "season"), None, ", November 2020 to January 2021"),
        (None, Date("2020-06-01", "2020-08-31", "season"), None, ", June to August 2020"),
        (None, JULY_20, None, ", 20 July"),
        (None, yearless("XXXX-07"), None, ", July"),
        (None, yearless("XXXX-13-20"), None, ""),
        (None, yearless(""), Count(31, 31, None), " (at least 31 killed)"),
        (None, yearless(""), Count(None, 24, None, imprecise=True), " (at least 24 killed)"),
        (None, yearless(""), Count(None, 8, 9), " (8 to 9 killed)"),
        (None, yearless(""), Count(0, 0, 0), " (none killed)"),
        (None, yearless(""), Count(None, None, 5), ""),
    ],
)
def test_title(place: Place | None, date: Date, count: Count | None, rest: str) -> None:
    assert title_of("Suicide bomb", place, date, count) == f"Suicide bomb{rest}"


def test_a_title_names_no_perpetrator() -> None:
    title = incident_of(by(FRONT, Stance.CLAIMED, FRONT), said("place", BREE)).title
    assert title == "Attack in Bree"
