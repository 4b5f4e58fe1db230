"""One reader per format. What a file is follows from what it holds; its name helps only where that is open.

Text, JSON Lines and tables are read here, with nothing but the standard library. Formats with a layout (HTML,
PDF, DOCX) are read by libraries, on files that may be made to break them: each has a module with
``read(data, max_characters) -> Document``, which runs in a process of its own (``bounded``).
"""

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO

from sayso.model import Problem
from sayso.reports.bounded import Bounded
from sayso.reports.document import UnreadableError
from sayso.reports.readers import csv, jsonl, text
from sayso.reports.readers.formats import Format, format_of
from sayso.reports.source import HEAD, Record, no_plain_text
from sayso.settings import Settings

Reader = Callable[[BinaryIO, str, int], Iterator[Record | Problem]]
"""From a stream, the path that problems name and the longest text allowed, in characters."""

_READERS: dict[Format, Reader] = {"text": text.read, "jsonl": jsonl.read, "csv": csv.read}
_LAYOUT: dict[Format, str] = {"html": "html/1", "pdf": "pdf/1", "docx": "docx/1"}
"""The formats with a layout, and what stands in a report read so: raise a number when texts change."""
_BY_SUFFIX: dict[str, Format] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
}


def read_stream(
    stream: BinaryIO, path: str, size: int, settings: Settings, bounded: Bounded
) -> Iterator[Record | Problem]:
    """The records of an open file, by the reader of the format that it holds.

    ``size`` is that of the file in bytes: what must be too long is refused unread.
    """
    head = stream.read(HEAD)
    form = format_of(head, stream)
    stream.seek(0)
    if form in _LAYOUT:
        yield _with_layout(stream, path, size, form, settings, bounded)
        return
    if (refused := no_plain_text(head)) is not None:
        yield Problem(path, None, *refused)
        return
    form = form or _BY_SUFFIX.get(os.path.splitext(path)[1].lower(), "text")  # noqa: PTH122 - a path may be no valid Path
    if form == "text" and size > text.most_bytes(settings.max_report_characters):
        yield text.too_long(path, f"{size} bytes", settings.max_report_characters)
        return
    yield from _READERS[form](stream, path, settings.max_report_characters)


def _with_layout(  # noqa: PLR0913, PLR0917 - as above, and the format
    stream: BinaryIO, path: str, size: int, form: Format, settings: Settings, bounded: Bounded
) -> Record | Problem:
    most = settings.max_file_bytes
    data = stream.read(most + 1)  # a file may grow while it is read
    if size > most or len(data) > most:
        what = f"This has {max(size, len(data))} bytes, and a file of this kind may have {most}."
        return Problem(path, None, what, "Save its text as plain text, or raise SAYSO_MAX_FILE_BYTES.")
    try:
        document = bounded.read(form, data)
    except UnreadableError as fault:
        return Problem(path, None, fault.what, fault.mend)
    return Record(document.text, data, _LAYOUT[form], document=document)
