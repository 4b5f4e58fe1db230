from dataclasses import replace

import pytest

from sayso.incidents.facts import facts_of
from sayso.incidents.pairs import WEIGHTS, Evidence, weigh
from sayso.model import Date, Incident, Place
from tests.incidents.mentions import (
    AFGHANISTAN,
    AIRPORT,
    CODEBOOK,
    HERAT,
    HERAT_PROVINCE,
    KABUL,
    NO_DATE,
    PARIS,
    UNIVERSITY,
    day,
    mention,
    someone,
    thing,
    with_toll,
)

A = mention("a", date=day("2021-03-02"), places=(KABUL,))
B = mention("b", date=day("2021-03-02"), places=(KABUL,))
SUBURB = Place("Upper Ondal", "Upper Ondal", "Kabul", "AFG", None, 34.53, 69.2, "town")
ROUTE = Place("Kabul-Herat road", "Kabul-Herat road", None, "AFG", None, 34.0, 65.0, "route")


def evidence(first: Incident, second: Incident, lineages: tuple[str, str] = ("1", "2")) -> Evidence:
    one, other = facts_of([first], lineages[0]), facts_of([second], lineages[1])
    found = weigh(one, other, CODEBOOK)
    assert weigh(other, one, CODEBOOK) == found
    return found


def test_weights_add_up_without_rounding() -> None:
    assert all(float(weight.value * 4).is_integer() for weight in WEIGHTS.values())
    assert all(weight.reason for weight in WEIGHTS.values())


def test_log_odds_are_the_sum_of_the_weights() -> None:
    found = evidence(A, B)
    assert found.names == ("prior", "date/same day", "place/same town", "type/same")
    assert found.log_odds == sum(WEIGHTS[name].value for name in found.names) == 1.25


@pytest.mark.parametrize(
    ("first", "second", "veto"),
    [
        (A, B, None),
        (A, replace(B, reports=A.reports), "told apart by one report"),
        (A, replace(B, date=day("2021-03-04")), "dates apart"),
        (A, replace(B, date=day("2021-03-03")), None),
        (A, replace(B, date=Date(None, "2021-02-27", "unknown")), "dates apart"),
        (A, replace(B, date=Date("2021-02-27", None, "unknown")), None),
        (A, replace(B, date=Date(None, None, "unknown", "XXXX-02-29")), "dates apart"),  # no such day in 2021
        (A, replace(B, date=Date(None, None, "unknown", "XXXX-12-24")), "dates apart"),
        (A, replace(B, date=Date(None, None, "unknown", "XXXX-03")), None),
        (
            replace(A, date=Date(None, None, "unknown", "XXXX-12-31")),
            replace(B, date=Date(None, None, "unknown", "XXXX-01-01")),
            None,
        ),
        (
            replace(A, date=Date(None, None, "unknown", "XXXX-13-45")),
            replace(B, date=Date(None, None, "unknown", "XXXX-01-01")),
            None,
        ),
        (
            A,
            mention("b", places=(KABUL,), published="2021-02-27"),
            "published before it happened",
        ),
        (A, replace(B, place=PARIS, places=(PARIS,)), "places apart"),
        (A, replace(B, place=HERAT, places=(HERAT,)), "places apart"),
        (A, replace(B, places=(HERAT, KABUL)), None),
        (A, replace(B, place=ROUTE, places=(ROUTE,)), None),
        (
            replace(A, event_type="Protests", sub_event_type="Peaceful protest"),
            replace(B, event_type="Battles", sub_event_type="Armed clash"),
            "types that exclude one another",
        ),
        (A, replace(B, sub_event_type="Agreement"), "types that exclude one another"),
    ],
)
def test_vetoes(first: Incident, second: Incident, veto: str | None) -> None:
    assert evidence(first, second).veto == veto


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        (A, replace(B, date=day("2021-03-03")), "date/next day"),
        (A, replace(B, date=Date("2021-03-01", "2021-03-07", "week")), "date/same week"),
        (A, replace(B, date=Date("2021-03-01", "2021-03-31", "month")), "date/same month"),
        (A, replace(B, date=Date(None, None, "unknown", "XXXX-03-02")), "date/day without year"),
        (A, mention("b", places=(KABUL,), published="2021-03-04"), "date/published soon after"),
        (A, mention("b", places=(KABUL,), published="2021-07-04"), "date/published long after"),
        (replace(A, places=(UNIVERSITY,)), replace(B, places=(UNIVERSITY,)), "place/same site"),
        (A, replace(B, places=(UNIVERSITY,)), "place/same town"),
        (replace(A, places=(HERAT,)), replace(B, places=(HERAT_PROVINCE,)), "place/same province"),
        (replace(A, places=(UNIVERSITY,)), replace(B, places=(AIRPORT,)), "place/two names"),
        (A, replace(B, places=(SUBURB,)), "place/two names"),
        (A, replace(B, places=(AFGHANISTAN,)), "place/same country"),
        (replace(A, places=(Place("X", None),)), replace(B, places=(Place("x", None),)), "place/same words"),
        (replace(A, also=("Attack",)), replace(B, sub_event_type="Attack"), "type/also"),
        (A, replace(B, sub_event_type="Grenade"), "type/related"),
        (A, replace(B, sub_event_type="Attack", event_type="Violence against civilians"), "type/other"),
        (
            replace(A, perpetrators=(someone("front"),)),
            replace(B, sides=((someone("front-north"),), (someone("league"),))),
            "actors/shared",
        ),
        (
            replace(A, perpetrators=(someone("front"),)),
            replace(B, perpetrators=(someone("league"),)),
            "actors/other",
        ),
        (
            replace(A, targets=(thing("Market Hall", "structure"),)),
            replace(B, victims=(thing("market hall", "structure"),)),
            "targets/shared",
        ),
        (
            replace(A, weapons=(thing("car bomb", "weapon"),)),
            replace(B, weapons=(thing("bomb", "weapon"),)),
            "weapons/shared",
        ),
        (
            replace(A, weapons=(thing("mortar", "weapon"),)),
            replace(B, weapons=(thing("bomb", "weapon"),)),
            "weapons/other",
        ),
        (with_toll(A, 12), with_toll(B, 12), "killed/same, many"),
        (with_toll(A, 4), with_toll(B, 4), "killed/same, some"),
        (with_toll(A, 1), with_toll(B, 1), "killed/same, few"),
        (with_toll(A, 4), with_toll(B, 5), "killed/other"),
        (with_toll(A, 4), with_toll(B, 9), "killed/far"),
        (with_toll(A, 0, 8), with_toll(B, 0, 8), "injured/same"),
        (A, replace(B, n_events=3), "events/other"),
        (mention("a"), mention("b"), "nothing/where or when"),
    ],
)
def test_evidence(first: Incident, second: Incident, name: str) -> None:
    found = evidence(first, second)
    assert found.veto is None
    assert name in found.names
    assert set(found.names) <= WEIGHTS.keys()


def test_one_lineage_speaks_for_one_incident() -> None:
    assert "lineage/same" in evidence(A, B, ("1", "1")).names
    assert "lineage/same" not in evidence(A, B).names


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (with_toll(A, 0), with_toll(B, 0), "killed"),  # that nobody died is no mark of an incident
        (with_toll(A, 3), B, "killed"),  # nothing told is no evidence
        (replace(A, weapons=(thing("bomb", "weapon"),)), B, "weapons"),
        (replace(A, perpetrators=(someone("front"),)), B, "actors"),
        (
            replace(A, perpetrators=(thing("gunmen", "people"),)),
            replace(B, perpetrators=(someone("front"),)),
            "actors",
        ),
        (A, replace(B, n_events=None), "events"),
        (A, mention("b", places=(KABUL,), background=True, published="2021-03-04"), "date"),
        (replace(A, date=NO_DATE), replace(B, date=Date("2021-01-01", "2021-12-31", "year")), "date"),
    ],
)
def test_what_is_not_told_is_no_evidence(first: Incident, second: Incident, kind: str) -> None:
    assert not [name for name in evidence(first, second).names if name.startswith(f"{kind}/")]
