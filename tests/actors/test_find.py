"""Names to identities, in sentences of our own."""

import itertools

import pytest

from sayso.actors import About, ActorName, find
from sayso.codebook import Codebook
from sayso.language import split


def actors(text: str, codebook: Codebook, *places: tuple[str, str]) -> tuple[ActorName, ...]:
    sentences = split(text, [(0, len(text))], frozenset(codebook.lexicon.abbreviations))
    spans = [((text.index(name), text.index(name) + len(name)), country) for name, country in places]
    return find(text, sentences, spans, codebook, About())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Islamic State terrorists fled.", [("Islamic State", "islamic-state")]),
        ("ISIS and the Taliban fought.", [("ISIS", "islamic-state"), ("Taliban", "taliban")]),
        ("Here is a list of what it is.", []),
        ("Let them speak; LeT did.", [("LeT", "lashkar-e-taiba")]),
        ("The Afghan army left.", [("Afghan army", "afghanistan-army")]),
        ("Iraq's interior ministry spoke.", [("Iraq's interior ministry", "iraq-interior-ministry")]),
        ("Shops opened in Iraq.", []),
        ("Israel attacked.", [("Israel", "israel-government")]),
        ("Gunmen came.", [("Gunmen", None)]),
    ],
)
def test_names(text: str, expected: list[tuple[str, str | None]], codebook: Codebook) -> None:
    assert [(one.words, one.actor_id) for one in actors(text, codebook)] == expected


@pytest.mark.parametrize(
    ("between", "stands_for"),
    [
        ("", ["taliban", "taliban"]),
        ("The captured men were brought to court. ", ["taliban"]),
    ],
)
def test_a_pronoun_stands_for_nobody_farther_off_than_the_sentence_before(
    between: str, stands_for: list[str], codebook: Codebook
) -> None:
    text = f"The Taliban planned another attack. {between}They denied the charges."
    assert [one.actor_id for one in actors(text, codebook)] == stands_for


def test_a_branch_in_a_country_is_that_branch(codebook: Codebook) -> None:
    text = "Islamic State’s branch in Afghanistan claimed it."
    (found,) = actors(text, codebook, ("Afghanistan", "AFG"))
    assert (found.words, found.actor_id) == (
        "Islamic State’s branch in Afghanistan",
        "islamic-state-khorasan",
    )


def test_a_body_without_a_country_is_of_the_one_the_report_is_about(codebook: Codebook) -> None:
    found = actors("Rockets fell in Kabul. The Interior Ministry spoke.", codebook, ("Kabul", "AFG"))
    assert [one.actor_id for one in found] == ["afghanistan-interior-ministry"]


def test_a_body_without_any_country_is_nobody(codebook: Codebook) -> None:
    assert actors("The Interior Ministry spoke.", codebook) == ()


def test_a_spokesman_speaks_for_his_body_and_so_does_his_last_name_later(codebook: Codebook) -> None:
    text = "Taliban spokesman Navid Sharzai spoke on Monday. Sharzai gave no details."
    first, later = actors(text, codebook)
    assert (first.words, first.spoken_by, first.public) == ("Taliban", "Navid Sharzai", True)
    assert text[first.start : first.end] == "Taliban spokesman Navid Sharzai"
    assert (later.actor_id, later.spoken_by, later.antecedent) == ("taliban", "Navid Sharzai", first.name)


@pytest.mark.parametrize("again", ["The insurgent group", "It", "The movement"])
def test_what_stands_for_a_group_told_before(again: str, codebook: Codebook) -> None:
    text = f"The Taliban spoke. {again} denied it."
    _, found = actors(text, codebook)[:2]
    assert text[found.start : found.end] == again
    assert (found.words, found.actor_id) == ("Taliban", "taliban")
    assert found.antecedent == (4, 11)


def test_what_stands_for_nobody_told_before_is_left_out(codebook: Codebook) -> None:
    assert actors("The group denied it.", codebook) == ()


def test_capitals_name_the_same(codebook: Codebook) -> None:
    found = actors("THE TALIBAN DENIED IT.", codebook)
    assert [one.actor_id for one in found][:1] == ["taliban"]


def test_names_are_apart_and_in_order(codebook: Codebook) -> None:
    text = "The Afghan army, Afghan police and the Taliban, said Taliban spokesman Ali Wardak, met the group."
    found = actors(text, codebook)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
