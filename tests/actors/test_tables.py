import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.actors.tables import Table
from sayso.language.phrases import PhraseTable

PHRASES = ("al", "al-dar", "al dar", "al-dar front", "u.s.", "u.s", "front", "front of al", "(x)", "d'or")
TABLE = Table((phrase, phrase) for phrase in PHRASES)
ONE_BY_ONE = PhraseTable((phrase, phrase) for phrase in PHRASES)


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        ("the al-dar  front of al", ["al-dar front", "al"]),  # the longest, over any blanks
        ("al-dar fronts", ["al-dar"]),
        ("al-darat", ["al"]),
        ("the u.s.-led front.of", ["u.s.", "front"]),
        ("affront", []),
    ],
)
def test_the_longest_phrases_as_whole_words(seen: str, found: list[str]) -> None:
    assert [phrase for _, _, phrase in TABLE.find(seen, (0, len(seen)))] == found


@given(
    st.lists(
        st.sampled_from(("al", "-", " ", "dar", "front", "of", "u", ".", "s", "(x)", "d'or")), max_size=14
    )
)
def test_it_finds_what_a_table_that_tries_each_phrase_finds(parts: list[str]) -> None:
    seen = "".join(parts)
    span = (min(1, len(seen)), len(seen))
    assert TABLE.find(seen, span) == list(ONE_BY_ONE.find(seen, span))
