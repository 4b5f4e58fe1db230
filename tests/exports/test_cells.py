"""No cell is a formula, and what was made harmless can be undone."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.exports.cells import acts, csv_lines, harmless_cell, held, joined, restored, split
from tests.exports.making import HOSTILE, words

BLANKS = " \t\n\r\x0b\x0c\u200b\u200e\ufeff\u2060"


def begins_a_formula(cell: str) -> bool:
    return cell.lstrip(BLANKS)[:1] in set("=+-@＝＋－＠")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@given(rows=st.lists(st.lists(words, min_size=3, max_size=3), max_size=4))
def test_no_program_meets_a_formula_whatever_it_splits_at(rows: list[list[str]], separator: str) -> None:
    lines = "\n".join(csv_lines(["a", "b", "c"], rows))
    read = list(csv.reader(io.StringIO(lines, newline=""), delimiter=separator))
    read += [line.split(separator) for line in lines.split("\n") if separator != ","]  # blind to quotes
    for cell in (cell for row in read for cell in row):
        assert not begins_a_formula(cell.strip('"') if separator != "," else cell), cell


@given(words)
def test_what_was_made_harmless_can_be_undone(text: str) -> None:
    assert restored(harmless_cell(text)) == held(text)
    assert held(held(text)) == held(text)


@given(st.lists(words))
def test_rows_come_back_as_they_were(texts: list[str]) -> None:
    lines = csv_lines(["id", "text"], [[1, text] for text in texts])
    rows = list(csv.DictReader(io.StringIO("\n".join(lines), newline="")))
    assert [restored(row["text"]) for row in rows] == [held(text) for text in texts]


@given(st.lists(words, min_size=1))
def test_lists_in_one_cell_come_apart_again(texts: list[str]) -> None:
    assert split(joined(texts)) == (texts if texts != [""] else [])


@pytest.mark.parametrize("text", ["Kabul", "al-Shabaab", "5 = 5", "a, -b", "it's", "9 (4-9)"])
def test_words_that_do_nothing_stay(text: str) -> None:
    assert harmless_cell(text) == text
    assert not acts(text)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.lstrip(BLANKS)[:1] in set("=+-@'＝")])
def test_what_acts_is_told(text: str) -> None:
    assert acts(text)
