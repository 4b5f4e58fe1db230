"""Sentences, views and phrases: offsets hold whatever the text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language import quotations, split, view
from sayso.language.phrases import PhraseTable

ABBREVIATIONS = frozenset({"u.s", "lt", "col", "mr"})


def sentences(text: str) -> list[str]:
    return [text[one.start : one.end] for one in split(text, [(0, len(text))], ABBREVIATIONS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One came. Two left.", ["One came.", "Two left."]),
        ("Lt. Col. J. M. Oroza died. He was 40.", ["Lt. Col. J. M. Oroza died.", "He was 40."]),
        ("U.S. forces left. Nobody stayed!", ["U.S. forces left.", "Nobody stayed!"]),
        ("“They fled.” Later it rained.", ["“They fled.”", "Later it rained."]),
        (
            "A headline without an end\n\nBody starts here.",
            ["A headline without an end", "Body starts here."],
        ),
        ("hard wrapped\nlines go on. Next.", ["hard wrapped\nlines go on.", "Next."]),
        ("He waited ... and waited.", ["He waited ... and waited."]),
        ("3.5 tonnes. 4 men.", ["3.5 tonnes.", "4 men."]),
        ("ALL IN CAPITALS. STILL TWO.", ["ALL IN CAPITALS.", "STILL TWO."]),
        ("   \n\n  ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text())
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    found = split(text, [(0, len(text))], ABBREVIATIONS)
    assert "".join("".join(text[one.start : one.end] for one in found).split()) == "".join(text.split())
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(st.text())
def test_a_view_keeps_every_offset(text: str) -> None:
    seen = view(text)
    assert len(seen) == len(text)
    assert seen == view(seen)


def test_a_view_is_plain() -> None:
    assert view("“Taliban’s”\u00a0CLAIM – İ") == '"taliban\'s" claim - İ'


def test_quotations_with_their_marks() -> None:
    text = 'He said “one two” and "three" but “never closed.'
    assert [text[start:end] for start, end in quotations(text, (0, len(text)))] == ["“one two”", '"three"']


TABLE = PhraseTable(
    [("islamic state", 1), ("islamic state khorasan", 2), ("u.s", 3), ("is", 4), ("the reference", 5)]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("islamic state khorasan struck", [("islamic state khorasan", 2)]),
        ("islamic  state's men", [("islamic  state", 1)]),
        ("this is it", [("is", 4)]),
        ("u.s. jets, u.s forces", [("u.s", 3), ("u.s", 3)]),
        ("see the reference", [("the reference", 5)]),
        ("islamicstate isis", []),
    ],
)
def test_phrases_are_whole_words_and_the_longest_wins(text: str, expected: list[tuple[str, int]]) -> None:
    found = TABLE.find(text, (0, len(text)))
    assert [(text[start:end], payload) for start, end, payload in found] == expected


def test_phrases_stay_inside_the_span() -> None:
    assert list(TABLE.find("islamic state", (0, 9))) == []
