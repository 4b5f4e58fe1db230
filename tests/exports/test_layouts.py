"""Who may stand where in the layouts of ACLED, GED and GTD, and what they say of values."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from sayso.codebook import Codebook
from sayso.exports import acled, ged, gtd
from sayso.exports.layout import Known, Layout, Loss, codes, number_of
from sayso.model import (
    Attribution,
    AttributionStatus,
    Count,
    Date,
    Disagreement,
    FieldCount,
    Incident,
    IncidentReport,
    Participant,
    Place,
    Quote,
    Spans,
    Stance,
    Standing,
    Statement,
    Whom,
)
from tests.exports.making import incidents
from tests.exports.test_text import attribution as row_of

QUOTE = Quote("r1", 0, 4, "said")
TOWN = Place("Ghazni", "Ghazni", "Ghazni", "AFG", lat=33.5536, lon=68.4269, precision="town")


def group(name: str, kind: Any = "organisation", actor_id: str | None = None, **standing: Any) -> Participant:
    its = None
    if standing:
        plain: dict[str, Any] = {"basis": "stated", "denied": False, "rejected": False, "hedged": False}
        its = Standing(**(plain | standing))
    return Participant(name, actor_id, kind, None, (), (f"of {name}",), its)


def said(name: str, stance: Stance, speaker: str = "Interior Ministry", **more: Any) -> Attribution:
    return replace(row_of(stance, speaker=speaker, **more), actor=name, quotes=(QUOTE,))


def statement(name: str, stance: Stance = Stance.STATED, *, hedged: bool = False) -> Statement:
    return Statement(
        f"of {name}", "r1", "m1", "perpetrator", stance, hedged, "report", None, "report", None, None, (),
        None, None, None, None, False, Spans(), QUOTE, None,
    )  # fmt: skip


def incident(**changes: Any) -> Incident:
    """An attack with a bomb in Ghazni that kills nine."""
    plain = Incident(
        contract=0, incident_id="abc", title=None, event_type="Explosions/Remote violence",
        sub_event_type="Suicide bomb", also=(), is_background=False, n_events=1, part_of=None,
        date=Date("2021-07-20", "2021-07-20", "day", "2021-07-20"), place=TOWN, places=(TOWN,),
        perpetrators=(), targets=(), victims=(), weapons=(), sides=None, civilian_targeting=None,
        killed=Count(9, 4, 12),
        injured=Count(20, 20, 20), counts=(), attributions=(), attribution_status="unknown",
        status_hedged=False, disagreements=(), mentions=(), statements=(), basis={},
        reports=(IncidentReport("r1", None, "l1", "Reuters", "2021-07-21", "https://example.org/1"),),
        n_lineages=1, n_voices={},
    )  # fmt: skip
    return replace(plain, **changes)


@pytest.fixture
def known(codebook: Codebook) -> Known:
    return Known.of(codebook)


def coded(layout: Layout, its: Incident, known: Known) -> tuple[dict[str, Any] | None, list[Loss]]:
    losses: list[Loss] = []
    return layout.row(its, known, losses), losses


# ---- who is named ---------------------------------------------------------------------------------------

CASES = [
    # basis, denied, rejected, hedged, status -> may be named as a fact
    (("claimed", False, False, False), "claimed", True),
    (("claimed", False, True, False), "claimed_disputed", False),
    (("claimed", False, False, False), "claimed_disputed", False),
    (("claimed", False, False, True), "claimed", False),
    (("accused", False, False, False), "accused", False),
    (("accused", True, False, False), "accused_denied", False),
    (("suspected", False, False, False), "suspected", False),
    (("suspected", True, False, False), "suspected_denied", False),
    (("stated", False, False, False), "stated", True),
    (("stated", True, False, False), "stated_denied", False),
    (("stated", False, True, False), "stated", False),
    (("stated", False, False, True), "stated", False),
]


def blamed(standing: tuple[Any, ...], status: AttributionStatus) -> Incident:
    basis, denied, rejected, hedged = standing
    one = group("North Band", basis=basis, denied=denied, rejected=rejected, hedged=hedged)
    rows = [said("North Band", Stance(basis), "North Band" if basis == "claimed" else "Interior Ministry")]
    if denied:
        rows.append(said("North Band", Stance.DENIED, "North Band"))
    if rejected:
        rows.append(said("North Band", Stance.REJECTED))
    return incident(
        perpetrators=(one,),
        attributions=tuple(rows),
        attribution_status=status,
        targets=(group("River Police", "state"),),
    )


@pytest.mark.parametrize(("standing", "status", "may"), CASES)
def test_who_is_named(
    standing: tuple[Any, ...], status: AttributionStatus, known: Known, *, may: bool
) -> None:
    its = blamed(standing, status)
    row, losses = coded(acled.LAYOUT, its, known)
    assert row is not None
    assert (row["actor1"] == "North Band") == may
    assert may or row["actor1"] == "Unidentified Armed Group (Afghanistan)"
    assert "North Band" in " ".join(loss.lost for loss in losses)  # with stance and speaker
    row, losses = coded(ged.LAYOUT, its, known)
    assert (row is not None) == may
    assert row is None or (row["side_a"], row["side_b"], row["type_of_violence"]) == (
        "River Police",
        "North Band",
        1,
    )
    row, losses = coded(gtd.LAYOUT, its, known)
    assert row is not None
    assert row["gname"] == "North Band"
    assert row["guncertain1"] == int(not may)


@pytest.mark.parametrize("layout", [acled.LAYOUT, ged.LAYOUT, gtd.LAYOUT])
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(its=incidents())
def test_nobody_is_named_without_the_flag(its: Incident, layout: Layout, known: Known) -> None:
    """Over generated incidents: a name that is only accused, suspected, denied or hedged stands in no column
    of its own but with guncertain."""
    cast = {
        "North Band": "N~1",
        "South Band": "N~2",
        "Hill Army": "N~3",
        "River Police": "N~4",
        "Ana Roe": "N~5",
    }
    marked = tuple(
        replace(one, name=f"N~{number}", actor_id=None) for number, one in enumerate(its.perpetrators)
    )
    rows = tuple(replace(row, actor=cast.get(row.actor, row.actor)) for row in its.attributions)
    its = replace(its, perpetrators=marked, attributions=rows)
    row, _ = coded(layout, its, known)
    for one in marked if row else ():
        assert row is not None
        standing = one.standing
        assert standing is not None
        opposed = any(
            other.actor == one.name and other.stance in (Stance.DENIED, Stance.REJECTED, Stance.DISPUTED)
            for other in rows
        )
        rivals = any(other.field == "perpetrator" for other in its.disagreements)
        sure = standing.basis in ("claimed", "stated") and not (
            standing.denied or standing.rejected or standing.hedged or opposed or rivals
        )
        if sure:
            continue
        for column, value in row.items():
            if column in ("notes", "addnotes"):
                continue  # there each name stands with stance and speaker
            if value == one.name:
                flag = {"gname": "guncertain1", "gname2": "guncertain2", "gname3": "guncertain3"}[column]
                assert row[flag] == 1
            else:
                assert one.name not in str(value), column


def test_sides_of_a_battle_hide_whoever_is_only_said_to_have_fought(known: Known) -> None:
    army, band = group("Hill Army", "state"), group("North Band")
    fight = incident(
        event_type="Battles",
        sub_event_type="Armed clash",
        sides=((army,), (band,)),
        statements=(statement("Hill Army"), statement("North Band")),
    )
    row, _ = coded(acled.LAYOUT, fight, known)
    assert row is not None
    assert (row["actor1"], row["actor2"]) == ("Hill Army", "North Band")
    assert (row["inter1"], row["inter2"], row["interaction"]) == ("State forces", None, None)
    row, _ = coded(ged.LAYOUT, fight, known)
    assert row is not None
    assert (row["side_a"], row["side_b"]) == ("Hill Army", "North Band")
    for told in (statement("North Band", hedged=True), statement("North Band", Stance.ACCUSED)):
        its = replace(fight, statements=(statement("Hill Army"), told))
        row, _ = coded(acled.LAYOUT, its, known)
        assert row is not None
        assert row["actor2"] == "Unidentified Armed Group (Afghanistan)"
        assert coded(ged.LAYOUT, its, known)[0] is None


@pytest.mark.parametrize("basis", ["claimed", "stated"])
def test_of_two_who_cannot_both_have_done_it_neither_is_a_fact(basis: Any, known: Known) -> None:
    """The report names one, and another claims it or is named by a second report: rivals, although nobody
    speaks against either."""
    its = incident(
        perpetrators=(group("South Band", basis=basis), group("North Band", basis="stated")),
        attributions=(said("South Band", Stance(basis)), said("North Band", Stance.STATED)),
        attribution_status=basis,
        targets=(group("River Police", "state"),),
        disagreements=(Disagreement("perpetrator", ()),),
    )
    row, losses = coded(acled.LAYOUT, its, known)
    assert row is not None
    assert row["actor1"] == "Unidentified Armed Group (Afghanistan)"
    assert not row["assoc_actor_1"]
    lost = " ".join(loss.lost for loss in losses)
    assert "South Band" in lost
    assert "North Band named by" in lost
    assert coded(ged.LAYOUT, its, known)[0] is None
    row, losses = coded(gtd.LAYOUT, its, known)
    assert row is not None
    assert (row["guncertain1"], row["guncertain2"]) == (1, 1)
    assert {loss.column for loss in losses} >= {"guncertain1", "guncertain2"}
    for layout in (acled.LAYOUT, gtd.LAYOUT):  # without the disagreement both did it together
        row, _ = coded(layout, replace(its, disagreements=()), known)
        assert row is not None
        assert row.get("actor1", row.get("gname")) == "South Band"
        assert not row.get("guncertain1")


def test_an_arrest_is_not_said_to_be_by_an_armed_group(known: Known) -> None:
    its = incident(event_type="Strategic developments", sub_event_type="Arrests")
    row, losses = coded(acled.LAYOUT, its, known)
    assert row is None
    assert losses[-1].rule.startswith("left out")
    police = replace(
        its,
        perpetrators=(group("River Police", "state", basis="stated"),),
        attributions=(said("River Police", Stance.STATED),),
        attribution_status="stated",
    )
    row, _ = coded(acled.LAYOUT, police, known)
    assert row is not None
    assert (row["actor1"], row["interaction"]) == ("River Police", "State forces only")


def test_whoever_bears_no_arms_is_no_side_and_no_militia(known: Known) -> None:
    its = replace(blamed(("claimed", False, False, False), "claimed"), targets=(group("Relief Society"),))
    row, losses = coded(ged.LAYOUT, its, known)
    assert row is None
    assert losses[-1].lost == "two sides that are known"
    row, _ = coded(acled.LAYOUT, its, known)
    assert row is not None
    assert (row["actor2"], row["inter2"]) == ("Relief Society", None)


def test_a_code_that_is_not_known_is_a_loss(known: Known) -> None:
    there = replace(TOWN, country="MEX")
    its = replace(blamed(("claimed", False, False, False), "claimed"), place=there, places=(there,))
    row, losses = coded(acled.LAYOUT, its, known)
    assert row is not None
    assert row["region"] is None
    assert "region" in {loss.column for loss in losses}


def test_persons_are_no_actors(known: Known) -> None:
    its = incident(
        perpetrators=(group("Ana Roe", "person", basis="stated"),),
        attributions=(said("Ana Roe", Stance.STATED),),
        attribution_status="stated",
    )
    row, _ = coded(acled.LAYOUT, its, known)
    assert row is not None
    assert row["actor1"] == "Unidentified Armed Group (Afghanistan)"
    row, _ = coded(gtd.LAYOUT, its, known)
    assert row is not None
    assert (row["gname"], row["individual"]) == ("Unaffiliated Individual(s)", 1)


# ---- GTD's claims ---------------------------------------------------------------------------------------


def test_rival_claims(known: Known) -> None:
    names = ("North Band", "South Band", "Hill Front", "Fourth")
    its = incident(
        perpetrators=tuple(group(name, basis="claimed") for name in names),
        attributions=tuple(said(name, Stance.CLAIMED, name) for name in names),
        attribution_status="claimed_disputed",
    )
    row, losses = coded(gtd.LAYOUT, its, known)
    assert row is not None
    assert [row[name] for name in ("gname", "gname2", "gname3")] == list(names[:3])
    assert [row[name] for name in ("claimed", "claim2", "claim3", "compclaim")] == [1, 1, 1, 1]
    assert [row[f"guncertain{number}"] for number in (1, 2, 3)] == [1, 1, 1]
    assert Loss("gname3", "claimed by Fourth", "the first 3 groups") in losses


@pytest.mark.parametrize(
    ("words", "mode", "told"),
    [
        ("claimed it in a video", 6, "Video"),
        ("said on its Telegram channel", 7, "Posted to website, blog, etc."),
        ("telephoned the paper", 3, "Call (post-incident)"),
        ("claimed responsibility", 10, "Unknown"),
        ("videoconference", 10, "Unknown"),
    ],
)
def test_claimmode(words: str, mode: int, told: str, known: Known) -> None:
    claim = replace(said("North Band", Stance.CLAIMED, "North Band"), quotes=(Quote("r1", 0, 1, words),))
    its = incident(
        perpetrators=(group("North Band", basis="claimed"),),
        attributions=(claim,),
        attribution_status="claimed",
    )
    row, _ = coded(gtd.LAYOUT, its, known)
    assert row is not None
    assert (row["claimed"], row["claimmode"], row["claimmode_txt"], row["compclaim"]) == (1, mode, told, 0)
    hedged = replace(its, attributions=(replace(claim, hedged=True),))
    row, losses = coded(gtd.LAYOUT, hedged, known)
    assert row is not None
    assert row["claimed"] == -9
    assert any(loss.column == "claimed" for loss in losses)


def test_an_act_of_a_state_is_none_of_gtd(known: Known) -> None:
    its = incident(
        perpetrators=(group("Hill Army", "state", basis="stated"),),
        attributions=(said("Hill Army", Stance.STATED),),
        attribution_status="stated",
    )
    row, losses = coded(gtd.LAYOUT, its, known)
    assert row is None
    assert losses[-1].rule.startswith("left out")


def test_the_days_of_gtd_are_numbered(known: Known) -> None:
    ids = [coded(gtd.LAYOUT, incident(incident_id=name), known)[0] for name in "abc"]
    assert [row and row["eventid"] for row in ids] == ["202107200001", "202107200002", "202107200003"]


# ---- values ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "acled_figure", "ged_figures", "nkill"),
    [
        (Count(9, 4, 12), 9, (9, 12, 4), 9),
        (Count(31, 31, None), 31, (31, 31, 31), 31),
        (Count(None, 4, 9), 4, (4, 9, 4), 4),
        (Count(None, 24, None, imprecise=True), 24, (24, 24, 24), 24),
        (Count(None, None, 9), None, None, None),
        (Count(0, 0, 0), 0, None, 0),
        (None, None, None, None),
    ],
)
def test_deaths(
    count: Count | None,
    acled_figure: int | None,
    ged_figures: tuple[int, int, int] | None,
    nkill: int | None,
    known: Known,
) -> None:
    its = replace(blamed(("claimed", False, False, False), "claimed"), killed=count)
    row, losses = coded(acled.LAYOUT, its, known)
    assert row is not None
    assert row["fatalities"] == acled_figure
    assert (count == Count(0, 0, 0)) or any(loss.column == "fatalities" for loss in losses)
    row, _ = coded(gtd.LAYOUT, its, known)
    assert row is not None
    assert row["nkill"] == nkill
    row, _ = coded(ged.LAYOUT, its, known)
    assert (row and (row["best"], row["high"], row["low"])) == ged_figures


def test_the_dead_by_side_add_up(known: Known) -> None:
    def dead(status: Any, number: int) -> FieldCount:
        return FieldCount("killed", Whom(status), number, number, number, False, None, ())

    its = replace(
        blamed(("claimed", False, False, False), "claimed"),
        counts=(dead("civilian", 3), dead("police", 2), dead("militant", 1)),
    )
    row, _ = coded(ged.LAYOUT, its, known)
    assert row is not None
    parts = [row[f"deaths_{name}"] for name in ("a", "b", "civilians", "unknown")]
    assert parts == [2, 1, 3, 3]  # side a is the police
    assert sum(parts) == row["best"] == 9
    row, losses = coded(ged.LAYOUT, replace(its, counts=(dead("civilian", 30),)), known)
    assert row is not None
    assert (row["deaths_civilians"], row["deaths_unknown"]) == (0, 9)
    assert any(loss.column == "deaths_unknown" for loss in losses)


PRECISIONS = [
    # date precision, place precision -> ACLED's, GED's, GTD's
    ("day", "town", (1, 1), (1, 1), (20, 1)),
    ("days", "near", (2, 2), (2, 2), (0, 1)),
    ("week", "district", (2, 2), (3, 3), (0, 3)),
    ("month", "admin1", (3, 3), (4, 4), (0, 4)),
    ("season", "route", None, (5, 5), (0, 3)),
    ("year", "country", None, (5, 6), (0, 5)),
    ("day", "sea", None, (1, 7), (20, 5)),
    ("unknown", "town", None, None, None),
]


@pytest.mark.parametrize(("when", "where", "in_acled", "in_ged", "in_gtd"), PRECISIONS)
def test_precision(  # noqa: PLR0917
    when: Any,
    where: Any,
    in_acled: tuple[int, int] | None,
    in_ged: tuple[int, int] | None,
    in_gtd: tuple[int, int] | None,
    known: Known,
) -> None:
    ends = {"day": "2021-07-20", "days": "2021-07-22", "unknown": None}
    date = Date("2021-07-20", ends.get(when, "2021-07-28"), when)
    place = replace(TOWN, precision=where)
    its = replace(blamed(("stated", False, False, False), "stated"), date=date, place=place, places=(place,))
    row, _ = coded(acled.LAYOUT, its, known)
    assert (row and (row["time_precision"], row["geo_precision"])) == in_acled
    row, _ = coded(ged.LAYOUT, its, known)
    assert (row and (row["date_prec"], row["where_prec"])) == in_ged
    row, _ = coded(gtd.LAYOUT, its, known)
    assert (row and (row["iday"], row["specificity"])) == in_gtd


def test_one_row_of_acled(known: Known) -> None:
    its = blamed(("claimed", False, False, False), "claimed")
    row, losses = coded(acled.LAYOUT, its, known)
    assert row is not None
    assert [column for column in row if column not in acled.COLUMNS] == []
    assert row["event_id_cnty"].startswith("AFG")
    assert (row["iso"], row["region"], row["country"]) == (4, "South Asia", "Afghanistan")
    assert (row["inter1"], row["inter2"], row["interaction"]) == (None, "State forces", None)
    assert (
        Loss("inter1", "the kind of North Band as an actor is not known", "empty, and so is interaction")
        in losses
    )
    assert row["notes"] == (
        "On 20 July 2021, in Ghazni: Suicide bomb. Killed: 9 (4-12); injured: 20. claimed by North Band."
    )
    assert Loss("fatalities", "the range: 9 (4-12)", "the best figure") in losses


@pytest.mark.parametrize(
    ("lat", "lon", "cell"),
    [
        (-90, -180, 1),
        (90, 180, 259200),
        (0.1, 0.1, 129961),
        (33.5536, 68.4269, 178337),
        (-0.25, -0.25, 129240),
    ],
)
def test_grid_cells(lat: float, lon: float, cell: int) -> None:
    assert ged.grid_cell(lat, lon) == cell


# ---- the tables -----------------------------------------------------------------------------------------


def test_the_columns_are_as_many_as_published() -> None:
    assert [len(layout.columns) for layout in (acled.LAYOUT, ged.LAYOUT, gtd.LAYOUT)] == [31, 49, 135]
    assert ged.COLUMNS[-5:] == ("best", "high", "low", "gwnoa", "gwnob")
    for layout in (acled.LAYOUT, ged.LAYOUT, gtd.LAYOUT):
        assert len(set(layout.columns)) == len(layout.columns)
        assert {*layout.never, *layout.allowed, *layout.needed} <= set(layout.columns)


def test_the_codes_of_countries_are_one_to_one(codebook: Codebook) -> None:
    assert set(codes()) == {row.country for row in codebook.countries}
    for name in ("iso", "gwno", "gtd_country"):
        numbers = [getattr(row, name) for row in codes().values() if getattr(row, name) is not None]
        assert len(set(numbers)) == len(numbers), name
    assert (codes()["AFG"].iso, codes()["AFG"].gwno, codes()["AFG"].gtd_country) == (4, 700, 4)


def test_numbers_of_incidents_stay_and_differ() -> None:
    assert number_of("abc", 12) == number_of("abc", 12)
    assert len({number_of(str(number), 12) for number in range(10_000)}) == 10_000


def test_every_type_of_the_codebook_is_known_to_acled(codebook: Codebook) -> None:
    from sayso.exports.layout import tables

    assert set(tables("acled")["disorder_type"]) == {row.sub_event_type for row in codebook.event_types}
    known = {row.weapon for row in codebook.weapons}
    assert set(tables("gtd")["weaptype"]) <= known
