"""Cells of tables: what a spreadsheet would run is made harmless, what a table cannot hold is replaced.

A table in text has no types, so a cell that begins with "=" is a formula to whoever opens it. Such text gets
an apostrophe before that sign, and so does text that begins with an apostrophe: ``restored`` takes both away
again. Where a program splits at semicolons, tabs or line breaks in place of commas, a cell may begin after
any of these; so they count as beginnings too.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import NoneType
from typing import Any

from sayso.errors import OutputError

_BLANK = r"[\s\"\u200b-\u200f\u2060\ufeff]*"  # quotation marks vanish where cells begin
_BEGINS = r"(\A|[;\t\n])(" + _BLANK + r")"
_ACTS = re.compile(_BEGINS + r"(?=[=+\-@＝＋－＠'])")  # the wide forms act in East Asian spreadsheets
_FIRST = frozenset(" \"=+-@＝＋－＠'")
"""With what a cell begins that acts, where all its characters can be printed."""
_MARKED = re.compile(_BEGINS + "'")
_UNHELD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")

SEPARATOR = "|"


def held(text: str) -> str:
    r"""Text as any table holds it: line breaks are ``\n``, characters that programs stop at ``\ufffd``."""
    if text.isprintable():
        return text
    return _UNHELD.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def harmless_cell(text: str) -> str:
    """Text that no spreadsheet runs as a formula, wherever it splits lines into cells."""
    if text[:1] not in _FIRST and ";" not in text and text.isprintable():
        return text  # nearly all are, and this is fast
    return _ACTS.sub(r"\1\2'", held(text))


def restored(cell: str) -> str:
    """The text, as far as a table holds it, of which ``harmless_cell`` made the cell."""
    return _MARKED.sub(r"\1\2", cell) if "'" in cell else cell


def acts(text: str) -> bool:
    """Whether a spreadsheet might run the text as a formula."""
    return (cell := harmless_cell(text)) is not text and cell != held(text)


def joined(items: Iterable[str]) -> str:
    """Several texts as one: a bar between, a backslash before bars and backslashes of their own."""
    return SEPARATOR.join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)


def split(text: str) -> list[str]:
    """The texts of which ``joined`` made one; none for an empty text."""
    if not text:
        return []
    parts = [""]
    for piece in re.findall(r"\\.|\||[^|\\]+", text, re.DOTALL):
        if piece == SEPARATOR:
            parts.append("")
        else:
            parts[-1] += piece.removeprefix("\\")
    return parts


def _text_cell(text: str) -> str:
    cell = harmless_cell(text)
    if "," in cell or '"' in cell or "\n" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _list_cell(items: Iterable[str]) -> str:
    return _text_cell(joined(items))


_CELLS: dict[type, Callable[[Any], str]] = {
    str: _text_cell,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: repr,
    NoneType: lambda _: "",
    list: _list_cell,
    tuple: _list_cell,
}


def csv_lines(header: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    r"""The lines of a CSV file (RFC 4180, ``\n`` at their ends, which are left out), its header first.

    Text is made harmless, lists are joined, truths are ``true`` and ``false``, None is nothing.

    Python's own writer looks at each character by itself, which takes several times as long.
    """
    yield ",".join(header)
    for row in rows:
        yield ",".join(
            [value if type(value) is str and value.isalnum() else _CELLS[type(value)](value) for value in row]
        )


def check_csv(path: Path, header: Sequence[str], rows: int) -> None:
    """Reads a CSV file again: its header, the number of its rows, and that each has all its cells.

    Raises OutputError where something else was written than should have been.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        right = next(reader, None) == list(header)
        count = 0
        for row in reader:
            count += 1
            right = right and len(row) == len(header)
    check(right and count == rows, f"of {rows} rows with {len(header)} cells, {count} rows can be read")


def check(right: bool, what: str) -> None:
    """Raises OutputError, with what is wrong, unless it is right."""
    if not right:
        raise OutputError(
            f"What was written is not what should have been: {what}.",
            "Nothing was put in place. This is a fault of sayso: please report it.",
        )
