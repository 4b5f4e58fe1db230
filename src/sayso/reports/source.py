"""Where bytes come from, how they become text, and how lines are read from them within limits."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sayso.model import Problem

# Those of UTF-32 stand first: the one for UTF-32-LE begins with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a file begins with: a name for it, and how to make text of it.
_MAGIC = (
    (b"%PDF-", "a PDF file", "Take the text out first, for example: pdftotext FILE.pdf FILE.txt"),
    (
        b"PK\x03\x04",
        "a ZIP file (perhaps a word processor's)",
        "Unpack it, or save the document as plain text.",
    ),
    (b"\x89PNG", "a PNG image", "Give the text of the report; images are not read."),
    (b"\xff\xd8\xff", "a JPEG image", "Give the text of the report; images are not read."),
    (b"GIF8", "a GIF image", "Give the text of the report; images are not read."),
    (b"\x1f\x8b", "a gzip file", "Unpack it first, for example: gunzip FILE.gz"),
    (b"BZh", "a bzip2 file", "Unpack it first, for example: bunzip2 FILE.bz2"),
    (b"\xfd7zXZ", "an xz file", "Unpack it first, for example: unxz FILE.xz"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", "Unpack it first, for example: unzstd FILE.zst"),
    (b"7z\xbc\xaf", "a 7-Zip file", "Unpack it first."),
    (b"\xd0\xcf\x11\xe0", "an old word processor's file", "Save the document as plain text."),
    (b"{\\rtf", "an RTF file", "Save the document as plain text."),
    (b"SQLite format 3", "an SQLite database", "Export the reports as JSON Lines."),
    (b"PAR1", "a Parquet file", "Export the reports as JSON Lines."),
    (b"WARC/", "a web archive", "Take the text of the pages out first."),
)
_HTML = (b"<!doctype html", b"<html", b"<?xml")
HEAD = 4096
"""How many bytes of a file are looked at to see what it is."""

# A JSON string may spend twelve bytes on a character ("\ud83d\ude00"); the rest is for the other keys.
_BYTES_PER_CHARACTER = 12
_BYTES_FOR_THE_REST = 65_536


@dataclass(frozen=True, slots=True)
class Record:
    """What an input gives for one report, before anything is looked for in its text.

    ``where`` is its place in the file, None for a whole file; ``ignored`` says, in plain words, what the
    input gave that cannot be used.
    """

    text: str
    where: str | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    byline: str | None = None
    ignored: tuple[str, ...] = ()


FIELDS = ("id", "docid", "text", "title", "published", "publisher", "url", "byline")
"""The keys and columns that are read; of ``id`` and ``docid``, the first counts."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its number from 1 and its words, line break included."""

    number: int
    words: str


def no_plain_text(head: bytes) -> tuple[str, str] | None:
    """What a file is that no reader reads, and how to make text of it; None where it may be text."""
    for magic, name, mend in _MAGIC:
        if head.startswith(magic):
            return f"This is {name}, and there is no reader for it.", mend
    if head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower().startswith(_HTML):
        mend = "Take the text of the page out first and save that as plain text."
        return "This is an HTML or XML page, and there is no reader for it.", mend
    if b"\0" in head and mark_of(head)[1] in (None, "utf-8"):
        mend = "Give plain text. UTF-16 without a byte-order mark: iconv -f UTF-16LE -t UTF-8 FILE > NEW"
        return "This is a binary file (it holds NUL bytes), and there is no reader for it.", mend
    return None


def mark_of(data: bytes) -> tuple[int, str | None]:
    """The length of the byte-order mark and the encoding it tells; (0, None) where there is none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return len(mark), encoding
    return 0, None


def decode(data: bytes, path: str, where: str | None = None) -> str | Problem:
    """Bytes as text by their byte-order mark, which is no part of the text, else as UTF-8.

    Nothing is translated or mended: a Problem names the first byte that is no text.
    """
    length, encoding = mark_of(data)
    try:
        return data[length:].decode(encoding or "utf-8")
    except UnicodeDecodeError as fault:
        byte = f"byte {fault.start + length}"
        return Problem(
            path,
            f"{where}, {byte}" if where else byte,
            f"This is not {(encoding or 'utf-8').upper()}.",
            "Convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW",
        )


def longest_line(max_characters: int) -> int:
    """The bytes that one record may fill on a line."""
    return _BYTES_PER_CHARACTER * max_characters + _BYTES_FOR_THE_REST


def lines(stream: BinaryIO, path: str, max_characters: int) -> Iterator[Line | Problem]:
    """The lines of a stream in UTF-8, or in what its byte-order mark tells, one in memory at a time.

    A line that is too long or not in that encoding gives a Problem, and the next ones follow. Lines end with
    a line feed alone: other line breaks may stand inside the value of a field.
    """
    longest = longest_line(max_characters)
    length, encoding = mark_of(stream.read(4))
    stream.seek(length)
    if encoding not in (None, "utf-8"):
        data = stream.read(longest + 1)
        text = data.decode(encoding, "replace") if len(data) <= longest else None
        if text is None or "\ufffd" in text:
            mend = "Convert it first, for example: iconv -f UTF-16 -t UTF-8 FILE > NEW"
            yield Problem(path, None, f"This {encoding.upper()} file is too long or broken.", mend)
            return
        stream = io.BytesIO(text.encode())
    number = 0
    while data := stream.readline(longest + 1):
        number += 1
        if len(data) > longest:
            _skip_line(stream, data)
            yield Problem(
                path,
                f"line {number}",
                f"The line has more than {longest} bytes; a report may have {max_characters} characters.",
                "Split it into reports, or raise SAYSO_MAX_REPORT_CHARACTERS.",
            )
            continue
        try:
            yield Line(number, data.decode())
        except UnicodeDecodeError as fault:
            yield Problem(
                path,
                f"line {number}, byte {fault.start}",
                "The line is not UTF-8.",
                "Convert the file first, for example: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW",
            )


def _skip_line(stream: BinaryIO, data: bytes) -> None:
    while data and not data.endswith(b"\n"):
        data = stream.readline(HEAD * 16)
