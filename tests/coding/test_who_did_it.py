"""Who is told to have done it: not those to whom it was done, nor those of whom another stance is heard."""

import pytest

from sayso import code
from sayso.model import Stance


@pytest.mark.parametrize(
    "men", ["men presumed to belong to the ELN", "men believed to be members of the ELN"]
)
def test_who_is_taken_prisoner_is_not_suspected_of_it(men: str) -> None:
    (incident,) = code(
        f"Soldiers captured three {men} in Ocaña, Colombia, on Monday.", published="2021-09-02"
    )
    assert "ELN" not in {one.actor for one in incident.attributions}


def test_whom_others_are_said_not_to_have_been_is_not_stated_to_have_done_it() -> None:
    text = "Shells killed six people in the market of Kunduz on Monday. "
    found = code(
        text + "Neither the Taliban nor its allies shelled the market, elders said.", published="2020-05-06"
    )
    told = [one for incident in found for one in incident.attributions]
    assert not [one for one in told if one.actor == "Taliban" and one.stance is Stance.STATED]


def test_we_in_a_body_s_own_text_is_that_body() -> None:
    text = (
        "Statement of the Baloch Liberation Army\n\n"
        "A teacher was shot dead in Turbat, Pakistan, on Monday. The army's public relations wing has put "
        "this crime at the door of the Baloch Liberation Army. We reject the charge with contempt."
    )
    found = code(text, published="2022-11-07", publisher="Baloch Liberation Army")
    denied = {one.actor_id for each in found for one in each.attributions if one.stance is Stance.DENIED}
    assert denied == {"balochistan-liberation-army"}


def test_we_in_what_another_says_there_is_that_other() -> None:
    text = (
        "Statement of the Baloch Liberation Army\n\n"
        "A teacher was shot dead in Turbat, Pakistan, on Monday. The Baloch Liberation Army accuses the "
        'Pakistani army of the murder.\n\nA Pakistani army spokesman said: "The terrorists lie. We reject '
        'the charge with contempt."'
    )
    found = code(text, published="2022-11-07", publisher="Baloch Liberation Army")
    denied = {one.actor_id for each in found for one in each.attributions if one.stance is Stance.DENIED}
    assert "balochistan-liberation-army" not in denied


@pytest.mark.parametrize(
    "claim",
    [
        (
            "The Taliban claimed the capture of Khwaja Ghar district in northern Afghanistan on Monday "
            "without a fight, a spokesman said."
        ),
        "On Monday the Taliban captured Khwaja Ghar, Afghanistan, without a fight. They claimed the capture.",
    ],
)
def test_what_fell_without_a_fight_is_claimed_too(claim: str) -> None:
    found = code(claim, published="2021-06-22")
    assert {one.actor_id for each in found for one in each.attributions if one.stance is Stance.CLAIMED} == {
        "taliban"
    }
