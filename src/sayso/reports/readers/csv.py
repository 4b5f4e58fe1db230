"""Tables: a header row with a column ``text``, then one report per row."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

from sayso.model import Problem
from sayso.reports.readers.jsonl import record_of
from sayso.reports.source import FIELDS, Line, Record, lines, told_encoding

NAME = "csv/1"
"""What stands in a report that this reader read: raise the number when it gives other texts."""
_DELIMITERS = (",", "\t", ";", "|")


class _BadLineError(Exception):
    """A line that cannot be read stands inside a table: where the row it belongs to ends is unknown."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def read(stream: BinaryIO, path: str, max_characters: int) -> Iterator[Record | Problem]:
    """The records of a table, one row in memory at a time; a ragged row gives a Problem and the next follow.

    Columns are those of ``FIELDS`` in capitals or not; others are ignored. The delimiter is the one that
    parts a column ``text`` from the others in the header.
    """
    # The limit is one for all tables of the process. It only ever grows here: a text may be long.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * max_characters))
    source = _Lines(stream, path, max_characters)
    words = iter(source)
    try:
        above, header = next(((n, line) for n, line in enumerate(words) if line.strip()), (0, ""))
        if not header:
            yield Problem(path, None, "The file is empty or holds only blanks.", "Give a file with reports.")
            return
        columns = _columns(header, path)
        if isinstance(columns, Problem):
            yield columns
            return
        yield from _rows(source, words, *columns, above + 2, path)
    except _BadLineError as bad:
        yield bad.problem


class _Lines:
    """The words of the lines of a table; it keeps what was read since it was last asked for it."""

    def __init__(self, stream: BinaryIO, path: str, max_characters: int) -> None:
        self._lines = lines(stream, path, max_characters)
        self._read: list[Line] = []

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            if isinstance(line, Problem):
                raise _BadLineError(line)
            self._read.append(line)
            yield line.words

    def since(self) -> tuple[bytes, str | None]:
        """The bytes since the last time, and the encoding that had to be detected for them, if any."""
        read, self._read = self._read, []
        encodings = (line.encoding for line in read if line.encoding is not None)
        return b"".join(line.raw for line in read), next(encodings, None)


def _columns(header: str, path: str) -> tuple[list[str], str] | Problem:
    """The names of the columns and the delimiter between them."""
    shown: list[str] = []  # the columns by the delimiter that parts most of them, for the message
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader([header], delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        names = [cell.strip().lower() for cell in cells]
        twice = [name for name in FIELDS if names.count(name) > 1]
        if twice:
            return Problem(path, "line 1", f"The column {twice[0]} is there twice.", "Rename one of them.")
        if "text" in names:
            return names, delimiter
        shown = max(shown, names, key=len)
    told = ", ".join(repr(name) for name in shown[:20]) or "none"
    mend = "Name the columns in the first row; the reports' words stand in the column text."
    return Problem(path, "line 1", f"There is no column text; the columns are {told}.", mend)


def _rows(  # noqa: PLR0913, PLR0917 - what a row is made of
    source: _Lines, words: Iterator[str], names: list[str], delimiter: str, below: int, path: str
) -> Iterator[Record | Problem]:
    """The rows under the header; ``below`` is the number of the first line under it."""
    reader = csv.reader(words, delimiter=delimiter, strict=True)
    found = False
    while True:
        first = reader.line_num + below
        source.since()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as fault:
            found = True
            mend = "Put fields with quotes or line breaks in double quotes, and double the quotes inside."
            yield Problem(path, f"line {first}", f"The row cannot be read: {fault}.", mend)
            continue
        if not cells:
            continue
        found = True
        if len(cells) != len(names):
            what = f"The row has {len(cells)} cells where the header has {len(names)}."
            yield Problem(path, f"line {first}", what, "Put fields that hold the delimiter in double quotes.")
            continue
        given = {
            name: cell for name, cell in zip(names, cells, strict=True) if name in FIELDS and cell.strip()
        }
        given.setdefault("text", "")
        raw, encoding = source.since()
        noted = (told_encoding(encoding),) if encoding else ()
        yield record_of(given, f"line {first}", raw, NAME, noted=noted)
    if not found:
        yield Problem(path, None, "The table has a header and no rows.", "Give a file with reports.")
