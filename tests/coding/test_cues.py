"""Which words tell of an incident, of what type, and what their grammar gives a role."""

import pytest

from sayso.codebook import Codebook
from sayso.coding.reading import read
from sayso.coding.rules import cues, events
from sayso.coding.rules.cues import Cues
from sayso.reports import make_report


def found(text: str, codebook: Codebook) -> Cues:
    return cues.find(read(make_report(text, codebook, published="2022-03-14"), codebook), codebook)


def roles(text: str, codebook: Codebook) -> dict[str, list[str]]:
    """The heads of what has a role, of all cues together."""
    told: dict[str, list[str]] = {}
    for number, hits in (its := found(text, codebook)).hits.items():
        for hit in hits:
            for role, places in hit.roles.items():
                told.setdefault(role, []).extend(its.words[number].syntax.words[place] for place in places)
    return told


def types(text: str, codebook: Codebook) -> list[list[str]]:
    """For each incident of a text the types told of it, first by the codebook's order."""
    reading = read(make_report(text, codebook, published="2022-03-14"), codebook)
    told = events.find(reading, cues.find(reading, codebook), codebook)
    return [sorted(telling.types, key=codebook.rank_of) for telling in told.tellings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mortar bombs fell on the market of Dovra on Monday.", "Shelling/artillery/missile attack"),
        ("On Monday a lorry ran over a mine near Dovra.", "Remote explosive/landmine/IED"),
        ("A car packed with explosives blew up outside the bank on Monday.", "Remote explosive/landmine/IED"),
        ("Warplanes struck a fuel depot near Dovra on Monday.", "Air/drone strike"),
        ("Somebody tossed a hand grenade into a bar in Dovra on Monday.", "Grenade"),
        ("A woman blew herself up at the gate of the barracks on Monday.", "Suicide bomb"),
        ("Gunmen ambushed an army patrol near Dovra on Monday.", "Armed clash"),
        ("Gunmen attacked the police post at Dovra on Monday.", "Armed clash"),
        ("Gunmen attacked villagers at Dovra on Monday.", "Attack"),
        ("Rebels captured the town of Dovra on Monday.", "Non-state actor overtakes territory"),
        ("The army captured the town of Dovra on Monday.", "Government regains territory"),
        ("Rebels took the town of Dovra without a shot on Monday.", "Non-violent transfer of territory"),
        ("Police fired tear gas at protesters in Dovra on Monday.", "Protest with intervention"),
        (
            "Police shot two students dead at a protest in Dovra on Monday.",
            "Excessive force against protesters",
        ),
        ("Protesters in Dovra set fire to the town hall on Monday.", "Violent demonstration"),
        ("Soldiers rounded up nine men in Dovra on Monday.", "Arrests"),
        ("The two factions signed a truce in Dovra on Monday.", "Agreement"),
        ("Police defused a bomb under a bridge in Dovra on Monday.", "Disrupted weapons use"),
        ("Militiamen burned down forty houses in Dovra on Monday.", "Looting/property destruction"),
    ],
)
def test_the_type_of_one_incident(text: str, expected: str, codebook: Codebook) -> None:
    assert [kinds[0] for kinds in types(text, codebook)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels threatened to attack the town of Dovra on Monday.",
        "No bomb exploded in Dovra on Monday.",
        "Lightning killed nine villagers near Dovra on Monday.",
        "The riot police paraded in Dovra on Monday.",
        "Children are often abducted on the road to Dovra.",
        "The claim that a rocket had hit Dovra on Monday was false.",
        "Since January at least 61 teachers have been abducted in the two provinces.",
    ],
)
def test_what_tells_of_no_incident(text: str, codebook: Codebook) -> None:
    assert types(text, codebook) == []


def test_a_cue_that_is_turned_down_keeps_its_reason(codebook: Codebook) -> None:
    its = found("Rebels threatened to attack the town of Dovra.", codebook)
    assert [(turned.name, turned.reason) for turned in its.turned] == [("attack", "open")]


@pytest.mark.parametrize(
    ("text", "role", "heads"),
    [
        ("Gunmen killed two guards in Dovra.", "perpetrator", ["gunmen"]),
        ("Two guards were killed by gunmen in Dovra.", "perpetrator", ["gunmen"]),
        ("Two guards were killed by gunmen in Dovra.", "victim", ["guards"]),
        ("The murder of two priests in Dovra shocked the town.", "target", ["priests"]),
        ("Rebels fired three rockets at the airport.", "weapon", ["rockets"]),
        ("Rebels fired three rockets at the airport.", "target", ["airport"]),
        ("Officer killed in Dovra bombing", "victim", ["officer"]),
    ],
)
def test_roles_whatever_the_voice(text: str, role: str, heads: list[str], codebook: Codebook) -> None:
    assert roles(text, codebook).get(role) == heads
