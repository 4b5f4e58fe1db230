"""Views and phrases: offsets hold whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language import view
from sayso.language.phrases import PhraseTable


@given(st.text())
def test_a_view_keeps_every_offset(text: str) -> None:
    seen = view(text)
    assert len(seen) == len(text)
    assert seen == view(seen)


def test_a_view_is_plain() -> None:
    assert view("“Taliban’s”\u00a0CLAIM – İ") == '"taliban\'s" claim - İ'


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
