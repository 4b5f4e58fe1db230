"""Who is meant by words that name nobody, among all whom a report names."""

import pytest

from sayso import code
from sayso.codebook import Codebook
from sayso.coding.reading import Reading, read
from sayso.coding.rules.pointing import Pointing
from sayso.coding.rules.stances import Stances
from sayso.model import Stance
from sayso.reports import make_report

TEXT = (
    "The Taliban shelled a market in Kunduz on Monday, the Afghan army said. Six people died. "
    "The army accused the rebels of firing at a market. The Halden Observatory counted nine dead. "
    'The group denied it on Tuesday. "Our fighters were nowhere near Kunduz," its spokesman, Ravi Olm, said.'
)


def reading_of(text: str, codebook: Codebook) -> Reading:
    return read(make_report(text, codebook, published="2022-03-16"), codebook)


def test_only_those_are_meant_who_can_have_done_it(codebook: Codebook) -> None:
    reading = reading_of(TEXT, codebook)
    stances = Stances(reading, codebook)
    pointing = Pointing(reading, codebook, None)
    heard = [(number, *one) for number, told in stances.told.sayings.items() for one in told]
    assert heard
    for number, saying, voice in heard:
        syntax = reading.syntax[number]
        assert syntax is not None
        meant = pointing.may_be(number, syntax, saying, voice, None)
        assert {one.actor.words for one in meant if one.actor} == {"Taliban", "Afghan army"}
        assert not any(one.ruled for one in meant)


def test_where_an_actor_is_named_for_the_quote(codebook: Codebook) -> None:
    reading = reading_of(TEXT, codebook)
    pointing = Pointing(reading, codebook, None)
    front = next(one for one in reading.actors if one.words == "Taliban")
    for number in range(len(reading.sentences)):
        start, end = pointing.nearest(front, number)
        assert reading.report.text[start:end] == "Taliban"


@pytest.mark.parametrize("initials", ["RLV", "MDK", "ZFTP"])
def test_initials_that_nothing_explains_are_somebody(initials: str) -> None:
    text = (
        "A bomb killed six people in the market of Kunduz on Monday. "
        f"{initials} denied that it had planted it. "
        f"The Taliban accused {initials} of the attack."
    )
    (incident,) = code(text, published="2020-05-06")
    told = {(one.actor, one.stance) for one in incident.attributions}
    assert (initials, Stance.DENIED) in told
    assert (initials, Stance.ACCUSED) in told


@pytest.mark.parametrize(
    "soldiers",
    ["soldiers of the Northern Emirate", "fighters of the same movement", "forces loyal to Samir Olm"],
)
def test_whose_soldiers_they_are_is_told_behind_them(soldiers: str, codebook: Codebook) -> None:
    text = f"Niger's army said {soldiers} killed six people in Diffa, Niger, on Monday."
    named = [one for one in reading_of(text, codebook).actors if one.start >= text.index(soldiers)]
    assert not [one for one in named if one.actor_id and one.actor_id.startswith("niger-")]
