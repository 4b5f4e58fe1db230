"""What is no claim and no denial, however much it looks like one, and what is one.

Each sentence stands behind the report of a bomb. Groups, known and invented, are the same throughout: what
differs is what they say.
"""

import pytest

from sayso import code
from sayso.model import Stance

BOMB = "A bomb killed six people in the market of Kunduz on Monday. "
OWN = (Stance.CLAIMED, Stance.DENIED)


def owned(sentence: str) -> list[str]:
    """Who claims or denies the bomb in a report that goes on with the sentence."""
    incidents = code(BOMB + sentence, published="2020-05-06")
    bomb = [one for one in incidents if one.mentions[0].cues[0].start < len(BOMB)]
    return [one.actor for incident in bomb for one in incident.attributions if one.stance in OWN]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Taliban claimed responsibility for an earlier attack in Kabul.",
        "The Taliban have claimed similar attacks in the past.",
        "The Taliban had claimed the bombing of a bank last month.",
        "The Taliban have not claimed the attack.",
        "The Taliban did not immediately claim responsibility.",
        "Neither the Taliban nor Islamic State claimed the attack.",
        "No group, including the Taliban, claimed responsibility.",
        "Police said that the Taliban's claim was false.",
        "A claim attributed to the Taliban turned out to be fake.",
        "The Taliban claimed that the government had carried out the attack.",
        "The Taliban claimed victory in the election.",
        "The Taliban claimed the army had killed civilians.",
        "A statement in the name of the Taliban claiming the attack was not authentic.",
        "The Taliban usually claim such attacks.",
        "It is unclear whether the Taliban claimed the attack.",
        "The Taliban are expected to claim the attack.",
        "If the Taliban claim the attack, it would be the first this year.",
        "The Taliban, who claimed a blast in Herat in May, did not comment.",
        "Reports that the Taliban had claimed the attack were wrong.",
        "The Taliban's campaign has claimed hundreds of lives.",
        "The Taliban claimed that its fighters had been killed by an air strike.",
        "The Taliban withdrew an earlier claim of the attack.",
        "The Taliban took responsibility for the safety of the road.",
        "The Taliban claimed credit for the peace deal.",
        "The Taliban claimed to have shot down a drone in another province last week.",
        "The attack came a day after the Taliban claimed the killing of a judge in Balkh.",
        "Someone claiming to be from the Taliban called a radio station.",
        "The Taliban claims Kunduz as its stronghold.",
        "The Taliban, in its statement, claimed no responsibility.",
        "Taliban fighters claimed the bodies of their comrades.",
        "The Delta Lions claimed the last two matches.",
        "The Northern Truth Brigade claimed responsibility for the theft of the data.",
        "A fictitious Coral Brigade claimed responsibility in the exercise.",
        "The Valley Defence Force said it was behind the new timetable.",
        "The Free Valley Movement claimed the deaths had been caused by the army.",
        "The Free Valley Movement claimed that soldiers had fired the shells.",
        "The Free Valley Movement claimed the lives of its members were at risk.",
        "The Free Valley Movement, which claimed the bombing of a bridge in 2011, condemned the attack.",
        "The Free Valley Front claimed to have repelled the attack.",
        "The Free Valley Front said its fighters had been attacked.",
        "The Free Valley Front said its men were killed in the raid.",
        "The Free Valley Front said it would claim any attack it carried out.",
        "The Free Valley Front claimed the attack was the work of the army.",
        "The Free Valley Front claimed the raid was a fake.",
        "The Free Valley Front claimed the attack had been staged.",
        "The Free Valley Front said it had captured two men responsible for the attack.",
        "The Free Valley Front announced that it had carried out an investigation of the attack.",
        "In 2015 the Free Valley Front claimed an attack that it had not committed.",
        "The army claimed the attack had failed.",
        "The army took responsibility for the security of the village.",
        "Police said they were behind schedule with the inquiry.",
        "The government said it was responsible for the safety of its citizens.",
        "The government admitted responsibility for the delay in helping the wounded.",
        "Police said it was the Free Valley Front that had claimed an earlier blast.",
        "The Free Valley Front, blamed for the attack, claimed its camp had been shelled.",
    ],
)
def test_nobody_claims_or_denies_the_bomb(sentence: str) -> None:
    assert owned(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The Taliban said it was behind the attack.",
        "The Taliban said they were responsible for the bombing.",
        "The Taliban said it had carried out the attack.",
        "The Taliban said its fighters had killed the six men.",
        "The Taliban said it was responsible for it.",
        "The Taliban announced that its fighters had staged the market raid.",
        "The Taliban claimed responsibility for the attack.",
        "The Taliban claimed the blast and called an earlier claim a theft.",
        "The Taliban claimed credit for it.",
        "The Taliban has owned responsibility for the attack.",
        "A front of the Taliban claimed responsibility for the attack.",
        "In a leaflet dated Tuesday, a faction of the Taliban claimed the attack.",
    ],
)
def test_the_bomb_is_claimed(sentence: str) -> None:
    assert owned(sentence) == ["Taliban"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Taliban denied any involvement in the attack.",
        "The Taliban denied having planted the bomb.",
        "The Taliban denied that their fighters had planted the bomb.",
        "The Taliban, which the army accused of the attack, said they had nothing to do with it.",
        "Police blamed the Taliban. The group rejected the accusation.",
        "Police blamed the Taliban. The group denied it.",
        "The Taliban said that none of their fighters was involved in the attack.",
        '"We did not do this," a spokesman for the Taliban told reporters.',
    ],
)
def test_the_bomb_is_denied(sentence: str) -> None:
    incidents = code(BOMB + sentence, published="2020-05-06")
    bomb = next(one for one in incidents if one.mentions[0].cues[0].start < len(BOMB))
    denied = [one.actor_id for one in bomb.attributions if one.stance is Stance.DENIED]
    assert denied == ["taliban"]
    assert not [one for one in bomb.attributions if one.stance is Stance.CLAIMED]


def test_an_attack_is_no_arrest() -> None:
    text = (
        "A suicide bomber killed 12 people at a bus station in Kunduz on Monday, doctors said.\n\n"
        "Police in Herat detained two men on Tuesday morning on suspicion of bringing the bomber into the "
        "province, the Interior Ministry said. It did not give their names.\n\n"
        "The Islamic State group says it carried out the attack."
    )
    incidents = code(text, published="2020-05-06")
    (claimed,) = [one for one in incidents if any(told.stance is Stance.CLAIMED for told in one.attributions)]
    assert claimed.sub_event_type == "Suicide bomb"
