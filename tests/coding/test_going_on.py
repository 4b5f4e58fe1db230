"""Who goes on speaking where a sentence names nobody, and whose people "no soldier" is."""

from pathlib import Path

import pytest

from sayso import code
from sayso.model import Stance

BOMB = "A bomb killed six people in the market of Kunduz on Monday. "


def said(text: str) -> set[tuple[str, Stance, str]]:
    """Who is said to have done it, with the stance and the speaker."""
    found = code(BOMB + text, published="2020-05-06")
    return {(one.actor, one.stance, one.speaker) for each in found for one in each.attributions}


@pytest.mark.parametrize(
    ("text", "stance", "speaker"),
    [
        (
            'The Taliban answered on Tuesday. "None of our fighters planted this bomb."',
            Stance.DENIED,
            "Taliban",
        ),
        (
            'The army blamed the Taliban for it. The Taliban spokesman was brief: "We did not plant it."',
            Stance.DENIED,
            "Taliban",
        ),
        ("No Taliban fighter planted this bomb, the Taliban said.", Stance.DENIED, "Taliban"),
    ],
)
def test_whose_word_it_is(text: str, stance: Stance, speaker: str) -> None:
    assert any((of, by) == (stance, speaker) for _, of, by in said(text))


def test_the_subject_of_the_sentence_before_is_it() -> None:
    text = "The interior ministry spoke of the Islamic State. It said the Taliban had planted the bomb."
    speakers = {by for who, stance, by in said(text) if (who, stance) == ("Taliban", Stance.ACCUSED)}
    assert speakers == {"interior ministry"}


def test_those_who_are_of_nobody_who_speaks_are_not_denied_for_themselves() -> None:
    text = "The interior ministry said the Taliban had not planted the bomb."
    assert not [one for one in said(text) if one[1] is Stance.DENIED]


def test_an_officer_who_tells_of_his_own_troops_accuses_nobody(examples: Path) -> None:
    text = (examples / "08_dinsor_radio.txt").read_text("utf-8")
    found = {(one.stance, one.speaker) for each in code(text) for one in each.attributions}
    assert Stance.ACCUSED in {stance for stance, _ in found}
    assert not [speaker for stance, speaker in found if stance is Stance.ACCUSED and "GEEDI" in speaker]
