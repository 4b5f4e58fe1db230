"""Incidents as a workbook: a sheet of incidents, one of what is said about who did it.

Cells have types, so that no text is ever a formula; text that would be one, if somebody edited its cell, has
the mark that keeps it text. Written by xlsxwriter (the extra ``xlsx``), row after row.
"""

import datetime
import re
import zipfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from sayso.errors import UsageError
from sayso.exports import text, wide
from sayso.exports.cells import acts, check, held, joined
from sayso.model import Incident

ROWS = 1_048_576
CHARACTERS = 32_767
"""How many rows a sheet, and how many UTF-16 units a cell holds. What is longer ends in an ellipsis."""

ATTRIBUTIONS = (
    "incident_id", "actor", "stance", "speaker", "spoken_by", "via", "hedged", "said", "report_id",
    "quote_start", "quote_end", "quote",
)  # fmt: skip
_FEATURES = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write(path: Path, incidents: Iterable[Incident]) -> None:
    """Writes the file. Raises UsageError where xlsxwriter is not installed."""
    book = _writer().Workbook(str(path), _FEATURES)
    # The time of writing, which it would take else, is no part of what was read.
    book.set_properties({"created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
    marked = book.add_format({"quote_prefix": True})
    shown = _Sheet(book, "incidents", wide.NAMES, marked)
    said = _Sheet(book, "attributions", ATTRIBUTIONS, marked)
    for incident in incidents:
        shown.add(wide.row(incident))
        for row in _attributions(incident):
            said.add(row)
    book.close()


class _Sheet:
    """Rows one after the other; full sheets are followed by another one."""

    def __init__(self, book: Any, name: str, header: tuple[str, ...], marked: Any) -> None:
        self._book, self._name, self._header, self._marked = book, name, header, marked
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        name = self._name if self._number == 1 else f"{self._name} {self._number}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        for place, title in enumerate(self._header):
            self._sheet.write_string(0, place, title)
        self._row = 1

    def add(self, values: Iterable[object]) -> None:
        """Adds a row."""
        if self._row == ROWS:
            self._begin()
        sheet, row = self._sheet, self._row
        for place, value in enumerate(values):
            if value is None:
                continue
            if value is True or value is False:
                sheet.write_boolean(row, place, value)
            elif isinstance(value, (int, float)):
                sheet.write_number(row, place, value)
            else:
                words = fitted(value if isinstance(value, str) else joined(value))  # type: ignore[arg-type]
                if words:
                    sheet.write_string(row, place, words, self._marked if acts(words) else None)
        self._row += 1


def fitted(words: str) -> str:
    """Text as a cell holds it: cut where it is too long."""
    plain = held(words)
    if len(plain) * 2 <= CHARACTERS or len(plain.encode("utf-16-le")) // 2 <= CHARACTERS:
        return plain
    return plain.encode("utf-16-le")[: 2 * (CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def _attributions(incident: Incident) -> Iterator[tuple[object, ...]]:
    for row in incident.attributions:
        quote = row.quotes[0] if row.quotes else None
        yield (
            incident.incident_id,
            row.actor,
            row.stance.value,
            row.speaker,
            row.spoken_by,
            row.via,
            row.hedged,
            text.said(row),
            quote and quote.report_id,
            quote and quote.start,
            quote and quote.end,
            quote and quote.text,
        )


def check_file(path: Path, count: int) -> None:
    """Unpacks the file and counts the rows of incidents. Raises OutputError where they are not all there."""
    found = 0
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        for number, name in enumerate(names, 1):
            with book.open(f"xl/worksheets/sheet{number}.xml") as sheet:
                rows = _rows(sheet)
            found += rows - 1 if name.startswith("incidents") else 0
        formulas = book.namelist().count("xl/calcChain.xml")
    check(found == count and not formulas, f"{found} of {count} rows can be read")


def _rows(sheet: Any) -> int:
    """How many rows a sheet has, read in pieces."""
    count, rest = 0, b""
    while piece := sheet.read(1 << 20):
        joined_pieces = rest + piece
        count += joined_pieces.count(b"<row ")
        rest = joined_pieces[-4:]
    return count


def _writer() -> Any:
    try:
        return import_module("xlsxwriter")
    except ImportError as fault:
        raise UsageError(
            "Workbooks are written by xlsxwriter, which is not installed.",
            "Install it with: pip install 'sayso[xlsx]'",
        ) from fault
