from dataclasses import replace

import pytest

from sayso.incidents.facts import facts_of
from sayso.incidents.pairs import Evidence, shipped_weights, weigh
from sayso.incidents.wording import Wording, alike, shipped, wording_of
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


WEIGHTS = shipped_weights()


def evidence(first: Incident, second: Incident, lineages: tuple[str, str] = ("1", "2")) -> Evidence:
    one, other = facts_of([first], lineages[0]), facts_of([second], lineages[1])
    found = weigh(one, other, CODEBOOK, WEIGHTS)
    assert weigh(other, one, CODEBOOK, WEIGHTS) == found
    return found


def names(found: Evidence) -> list[str]:
    return [piece.name for piece in found.pieces]


def test_weights_add_up_without_rounding() -> None:
    assert all(weight.reason for weight in WEIGHTS.values())
    by_hand = [weight.weight for weight in WEIGHTS.values() if not weight.fitted]
    assert all(float(weight * 4).is_integer() for weight in by_hand)


def test_log_odds_are_the_sum_of_the_weights() -> None:
    found = evidence(A, B)
    assert names(found) == ["prior", "date/same day", "place/same town", "type/same"]
    assert found.log_odds == sum(WEIGHTS[name].weight for name in names(found)) == 1.25
    assert 0.5 < found.probability < 1


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
    found = evidence(first, second)
    assert found.veto == veto
    assert (found.probability == 0) is (veto is not None)


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
    assert name in names(found)
    assert set(names(found)) <= WEIGHTS.keys()


def test_one_lineage_speaks_for_one_incident() -> None:
    assert "lineage/same" in names(evidence(A, B, ("1", "1")))
    assert "lineage/same" not in names(evidence(A, B))


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
    assert not [name for name in names(evidence(first, second)) if name.startswith(f"{kind}/")]


# ---- words -----------------------------------------------------------------------------------------


def wording(*passages: str) -> Wording:
    found = wording_of(passages, shipped())
    assert found is not None
    return found


def worded(first: str, second: str) -> dict[str, float]:
    one = facts_of([A], "1", wording(first))
    other = facts_of([B], "2", wording(second))
    found = weigh(one, other, CODEBOOK, WEIGHTS)
    assert weigh(other, one, CODEBOOK, WEIGHTS) == found
    return {piece.name: piece.log_odds for piece in found.pieces}


def test_no_word_no_wording() -> None:
    assert wording_of([" -- ", ""], shipped()) is None


def test_distinctive_words_weigh_more() -> None:
    one = wording("Police said that two men died when a melon cart burst in Ondal.")
    same_town = wording("The melon sellers of Ondal mourned.")
    same_phrases = wording("Police said that two men died when a boat sank.")
    assert alike(one, one) == 1
    assert alike(one, same_town) == alike(same_town, one) > alike(one, same_phrases) > 0
    assert alike(one, wording("Grain prices rose.")) == 0


@pytest.mark.parametrize(
    ("first", "second", "name", "favours"),
    [
        ("Ilva Kresten died.", "The mayor named Ilva Kresten.", "names/shared", True),
        ("A 35-year-old was shot.", "Dov Levi, 35, was shot.", "ages/shared", True),
        ("A 35-year-old was shot.", "Dov Levi, 62, was shot.", "ages/other", False),
        ("in the 1200 block of Melon", "the 1200-block", "blocks/shared", True),
        ("in the 1200 block of Melon", "the 300 block of Melon", "blocks/other", False),
        ("on Melon Street", "near Melon Avenue", "streets/shared", True),
        ("on Melon Street", "near Cart Road", "streets/other", False),
    ],
)
def test_names_ages_and_addresses(first: str, second: str, name: str, favours: bool) -> None:
    found = worded(first, second)
    assert (found[name] > 0) is favours
    assert not [
        other for other in found if other.split("/")[0] == name.split("/", maxsplit=1)[0] and other != name
    ]


@pytest.mark.parametrize(
    ("other", "name"),
    [
        (replace(B, date=day("2021-03-04")), "date/apart"),
        (replace(B, date=day("2021-09-02")), "date/far apart"),
        (mention("b", places=(KABUL,), published="2021-02-27"), "date/published before"),
        (replace(B, place=PARIS, places=(PARIS,)), "place/apart"),
    ],
)
def test_words_may_outweigh_a_contradiction(other: Incident, name: str) -> None:
    words = wording("Ilva Kresten, 43, was shot behind the melon stalls on Cart Street.")
    found = weigh(facts_of([A], "1", words), facts_of([other], "2", words), CODEBOOK, WEIGHTS)
    assert found.veto is None
    assert name in names(found)
    assert found.log_odds > 0
    assert evidence(A, other).veto is not None


def test_a_blow_of_another_month_told_in_much_the_same_words_is_another() -> None:
    first, again = (
        wording(f"Rockets hit the Omid quarter of Kabul on {day}, and wounded {toll} at the {name} mosque.")
        for day, toll, name in (("Tuesday", "three", "Noor"), ("Friday", "eleven", "Baran"))
    )
    later = replace(B, date=day("2021-04-20"))
    found = weigh(facts_of([A], "1", first), facts_of([later], "2", again), CODEBOOK, WEIGHTS)
    assert alike(first, again) > 0.4
    assert found.log_odds < -2


def test_what_one_does_not_give_is_no_evidence() -> None:
    assert not [name for name in worded("A man, 35, died.", "A man died.") if name.startswith("ages")]
    assert "names/shared" not in worded("Police Department of Ondal", "Police Department of Karm")
