"""What comes with an incident: whom a figure counts, whose text a report is, where a village lies."""

import pytest

import sayso
from sayso.model import Incident, Stance


def only(text: str, publisher: str | None = None) -> Incident:
    (incident,) = sayso.code(text, published="2023-05-10", publisher=publisher)
    return incident


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("killing 12 people, including the bomber", True),
        ("killing 12 people, not counting the bomber", False),
        ("killing 12 people, including two children", None),
        ("killing 12 people", None),
    ],
)
def test_whether_a_figure_counts_the_attackers(said: str, expected: bool | None) -> None:
    killed = only(f"A suicide bomber blew himself up in Kabul on Monday, {said}.").killed
    assert killed is not None
    assert (killed.best, killed.includes_attackers) == (12, expected)


def test_the_nation_of_those_who_were_killed() -> None:
    incident = only("A bomb in Karachi on Monday killed six Chinese engineers and two Pakistani soldiers.")
    told = {(one.best, one.whom and one.whom.nationality) for one in incident.counts if one.field == "killed"}
    assert told == {(8, None), (6, "CHN"), (2, "PAK")}


def test_results_of_an_act_that_is_only_claimed_set_no_best_figure() -> None:
    text = "The Taliban said its fighters attacked a base in Ghazni on Monday. Twelve soldiers were killed."
    incident = only(text)
    (statement,) = [one for one in incident.statements if one.field == "killed"]
    assert (statement.after, statement.hedged) == ("Taliban", True)
    assert incident.killed is not None
    assert incident.killed.best is None


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed four people in Mosul on Monday. The Islamic State claimed the attack.",
        "A bomb went off in Mosul on Monday, the health ministry said. Four people were killed.",
    ],
)
def test_a_figure_is_after_nobody_who_does_not_claim(text: str) -> None:
    (statement,) = [one for one in only(text).statements if one.field == "killed"]
    assert statement.after is None


def test_a_groups_own_text_is_its_word() -> None:
    text = (
        "On Monday fighters of the Red Mangrove Army attacked the police post of Warri. Five policemen died."
    )
    heading = "RED MANGROVE ARMY\n\nStatement to the press, 9 May 2023\n\n"
    own = only(heading + text, publisher="Red Mangrove Army").attributions
    assert [(one.stance, one.actor) for one in own] == [(Stance.CLAIMED, "Red Mangrove Army")]
    others = only(text, publisher="Delta Courier").attributions
    assert Stance.CLAIMED not in [one.stance for one in others]


def test_a_village_that_no_gazetteer_has_lies_where_the_other_places_are() -> None:
    text = (
        "Gunmen killed two men in the village of Qexxul on Monday. It is between Mosul and Tikrit, in Iraq."
    )
    place = only(text).place
    assert place is not None
    assert (place.text, place.country, place.lat) == ("Qexxul", "IRQ", None)


def test_letters_between_commas_stand_for_the_name_before_them() -> None:
    text = (
        "Gunmen killed two policemen in Owerri on Monday. "
        "The police accused the Eastern Lagoon Network, ELN, of the attack. ELN denied it."
    )
    stances = {(one.stance, one.actor_id) for one in only(text).attributions}
    (accused,) = [actor for stance, actor in stances if stance is Stance.ACCUSED]
    assert (Stance.DENIED, accused) in stances
