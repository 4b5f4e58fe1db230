"""Sentences: where they end, and that offsets hold whatever the text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language import split
from sayso.language.sentences import LONGEST

ABBREVIATIONS = frozenset({"u.s", "lt", "col", "mr", "a.m", "gen", "no"})


def sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in split(text, [(0, len(text))], ABBREVIATIONS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One came. Two left.", ["One came.", "Two left."]),
        ("Lt. Col. J. M. Oroza died. He was 40.", ["Lt. Col. J. M. Oroza died.", "He was 40."]),
        ("U.S. forces left. Nobody stayed!", ["U.S. forces left.", "Nobody stayed!"]),
        ("It left the U.S. The rest stayed.", ["It left the U.S.", "The rest stayed."]),
        ("They met at 9 a.m. He left.", ["They met at 9 a.m.", "He left."]),
        ("They met at 9 a.m. Sunday.", ["They met at 9 a.m. Sunday."]),
        ("“They fled.” Later it rained.", ["“They fled.”", "Later it rained."]),
        ("“They fled. It rained,” he said.", ["“They fled.", "It rained,” he said."]),
        ('"Who did it?" she asked.', ['"Who did it?" she asked.']),
        ("A headline\n\nBody starts here.", ["A headline", "Body starts here."]),
        ("hard wrapped\nlines go on. Next.", ["hard wrapped\nlines go on.", "Next."]),
        ("He waited ... and waited.", ["He waited ... and waited."]),
        ("3.5 tonnes. 4 men.", ["3.5 tonnes.", "4 men."]),
        ("ALL IN CAPITALS. STILL TWO.", ["ALL IN CAPITALS.", "STILL TWO."]),
        ("no capitals here. none there either.", ["no capitals here.", "none there either."]),
        ("Gen. al-Masri of No. 4 Brigade left.", ["Gen. al-Masri of No. 4 Brigade left."]),
        ("He left (by road). They stayed.", ["He left (by road).", "They stayed."]),
        ("He left [by road.] They stayed.", ["He left [by road.]", "They stayed."]),
        ("It\u00a0fell.\u00a0Two\u00a0died.", ["It\u00a0fell.", "Two\u00a0died."]),
        ("See https://a.example/b. Two died.", ["See https://a.example/b.", "Two died."]),
        ("KELB, Sept. 5 (Wire) - Gunmen killed two.", ["KELB, Sept. 5 (Wire) -", "Gunmen killed two."]),
        ("KELB (Wire) — At least six died.", ["KELB (Wire) —", "At least six died."]),
        ("NEW KELB, Orland — The army left.", ["NEW KELB, Orland —", "The army left."]),
        (
            "   KELB CITY (ORLAND), 4 FEB 90 (WIRE-TV) -- [TEXT] [ELM] THE ARMY DENIED.",
            ["KELB CITY (ORLAND), 4 FEB 90 (WIRE-TV) --", "[TEXT] [ELM]", "THE ARMY DENIED."],
        ),
        ("[ELM] THAT IS ALL.", ["[ELM]", "THAT IS ALL."]),
        ("[The men] left.", ["[The men] left."]),
        ("KELB - the old port - fell.", ["KELB - the old port - fell."]),
        ("The port (Kelb) - It fell.", ["The port (Kelb) - It fell."]),
        ("Two men — One of them old — died.", ["Two men — One of them old — died."]),
        ("   \n\n  ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_line_that_was_ended_on_purpose_ends_a_sentence() -> None:
    text = "Background\nThe road was closed on Monday after two men had been shot near the old mill."
    assert sentences(text) == text.split("\n")


def test_a_wrapped_line_ends_none() -> None:
    text = "The road was closed on Monday after\nTwo Rivers Brigade fighters had come\nfrom the north."
    assert sentences(text) == [text]


def test_a_line_behind_a_dateline_is_as_wide_as_it_was() -> None:
    text = (
        "KELB, 5 OCT 1998 (HORN WIRE) -- SIX PEOPLE WERE KILLED\n"
        "AND TWO HURT WHEN A GRENADE WAS THROWN INTO A CROWDED ROOM."
    )
    assert sentences(text) == [text[:31], text[32:]]


def test_a_dateline_is_a_paragraph_of_its_own() -> None:
    text = "KELB (Wire) - It rained."
    assert [one.paragraph for one in split(text, [(0, len(text))], ABBREVIATIONS)] == [0, 1]


def test_each_point_of_a_list_is_apart() -> None:
    text = (
        "Reported on Friday from the valley:\n- Two men shot near the old mill on Monday\n- A bridge burned"
    )
    assert sentences(text) == text.split("\n")


def test_a_sentence_never_crosses_the_edge_of_a_region() -> None:
    text = "One two three four"
    found = split(text, [(0, 7), (8, 18)], ABBREVIATIONS)
    assert [text[one.start : one.end] for one in found] == ["One two", "three four"]
    assert [one.paragraph for one in found] == [0, 1]


@given(st.text())
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    found = split(text, [(0, len(text))], ABBREVIATIONS)
    assert "".join("".join(text[one.start : one.end] for one in found).split()) == "".join(text.split())
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(one.end - one.start <= LONGEST for one in found)


@given(
    st.lists(
        st.sampled_from(["A man", " fell", ". ", "\n", "\n\n", '"', "!", "a.m.", " The", " :) ", "9:10 "])
    )
)
def test_the_marks_that_end_sentences_lose_no_word_either(parts: list[str]) -> None:
    test_sentences_hold_every_word_once_and_in_order.hypothesis.inner_test("".join(parts))  # type: ignore[attr-defined]
