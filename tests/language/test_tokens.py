"""Words and marks: how they are cut, and that nothing is lost."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language import tokens

ABBREVIATIONS = frozenset({"lt", "col", "no", "inc"})


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens(text, (0, len(text)), ABBREVIATIONS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two men didn't stop.", "Two men did n't stop ."),
        ("They’re the army’s men", "They ’re the army ’s men"),
        ("the rebels' camp", "the rebels ' camp"),
        ("I cannot say, dont ask", "I can not say , do nt ask"),
        ("Lt. Col. J. Oroza died.", "Lt. Col. J. Oroza died ."),
        ("He said no.", "He said no ."),
        ("the U.S. army", "the U.S. army"),
        ("an anti-government, twenty-year-old man", "an anti-government , twenty - year - old man"),
        ("al-Qa'ida and Sha'lan", "al - Qa'ida and Sha'lan"),
        ("1,200 people at 5:30 on 21/07/2021", "1,200 people at 5:30 on 21/07/2021"),
        ("from 2001-2005 call 555-010-4477", "from 2001 - 2005 call 555-010-4477"),
        ("$3.5m or 40%", "$ 3.5m or 40 %"),
        ("the 3rd in the 1980s", "the 3rd in the 1980s"),
        ('"Go!" (he said)', '" Go ! " ( he said )'),
        ("wait ... no -- yes", "wait ... no -- yes"),
        (
            "see https://a.example/b?c=1, or mail x.y@b.example.",
            "see https://a.example/b?c=1 , or mail x.y@b.example .",
        ),
        ("via Northpost.org today", "via Northpost.org today"),
        ("AT&T", "AT&T"),
        ("", ""),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_they_stay_in_their_span() -> None:
    text = "did not stop"
    assert [text[slice(*span)] for span in tokens(text, (4, 10), ABBREVIATIONS)] == ["not", "st"]


@given(st.text())
def test_tokens_hold_all_that_is_no_blank_once_and_in_order(text: str) -> None:
    found = tokens(text, (0, len(text)), ABBREVIATIONS)
    assert "".join(text[start:end] for start, end in found) == "".join(text.split())
    assert all(start < end for start, end in found)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))


@given(
    st.lists(
        st.sampled_from(
            ["don", "'t", "'", "n", "anti", "-", ".", "Lt", " ", "A", "1", "http://", "@", "’s", "_"]
        )
    )
)
def test_so_do_those_of_words_that_are_cut(parts: list[str]) -> None:
    text = "".join(parts)
    found = tokens(text, (0, len(text)), ABBREVIATIONS)
    assert "".join(text[start:end] for start, end in found) == "".join(text.split())
