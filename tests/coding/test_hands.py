"""Through whose hands a claim came, by the name beside a noun for an outlet."""

import pytest

from sayso import code

BOMB = "A bomb killed six people in the market of Kunduz on Monday. "


@pytest.mark.parametrize(
    ("claim", "hands"),
    [
        ("In a call to the radio station Suara Selatan a man speaking for the Taliban claimed the bombing.",
         ["Suara Selatan"]),
        ("The Taliban claimed the bombing in a communique carried by the Basque daily Gara.", ["Gara"]),
        ("The Taliban claimed the bombing in an audio message handed to Sawt al-Sahel radio.",
         ["Sawt al-Sahel"]),
        ("In a statement read out on CRTV on Tuesday the Taliban claimed the bombing.", ["CRTV"]),
        ("IN A CALL TO RADIO STATION DYCG THE TALIBAN CLAIMED THE BOMBING.", ["DYCG"]),
        ("The Taliban claimed the bombing.", []),
    ],
)  # fmt: skip
def test_the_outlet_that_passed_it_on(claim: str, hands: list[str]) -> None:
    found = code(BOMB + claim, published="2020-05-06")
    (said,) = [one for each in found for one in each.attributions if one.stance == "claimed"]
    assert list(said.via) == hands
