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


@pytest.mark.parametrize(
    "sentence",
    [
        "The killings that the Taliban owned up to shocked the town.",
        "The Taliban may have shelled the market, police said.",
        "Neither the Taliban nor the army shelled the market, elders said.",
    ],
)
def test_whom_another_stance_is_taken_towards_is_not_stated_to_have_done_it(sentence: str) -> None:
    text = f"Shells killed six people in the market of Kunduz on Monday. {sentence}"
    told = [one for incident in code(text, published="2020-05-06") for one in incident.attributions]
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
