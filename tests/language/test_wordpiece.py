"""Pieces of words, held against the library that the encoder's makers use."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import BertWordPieceTokenizer

from sayso.language.wordpiece import MOST_PIECES, WordPiece

_FILE = files("sayso.language").joinpath("model", "vocabulary.txt")
VOCABULARY = _FILE.read_text("utf-8").split("\n")[:-1]
PIECES = WordPiece(VOCABULARY)
ORACLE = BertWordPieceTokenizer(
    vocab={piece: number for number, piece in enumerate(VOCABULARY)}, strip_accents=True, lowercase=True
)


def expected(word: str) -> tuple[int, ...]:
    return tuple(ORACLE.encode(word, add_special_tokens=False).ids[:MOST_PIECES])


@pytest.mark.parametrize(
    "word",
    [
        *("killed", "KILLED", "Mosul", "Kinshasa", "n't", "'s", "...", "U.S.", "Qa'ida", "21/07/2021"),
        *("café", "Ñuñoa", "Борис", "東京", "كابل", "a\u0301b", "\U0001f680", "x" * 120),
    ],
)
def test_pieces_are_those_of_the_library(word: str) -> None:
    assert PIECES.pieces(word) == expected(word)


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Zs", "Cc"]), min_size=1))
def test_so_are_those_of_any_word_in_latin_letters(word: str) -> None:
    assert PIECES.pieces(word) == (expected(word) or (PIECES.unknown,))


@given(st.text())
def test_any_word_has_a_piece_and_not_too_many(word: str) -> None:
    assert 1 <= len(PIECES.pieces(word)) <= MOST_PIECES
