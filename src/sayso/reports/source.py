"""Where bytes come from, how they become text, and how lines are read from them within limits."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sayso.model import Problem
from sayso.reports.document import Document
from sayso.reports.encodings import detect

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
    (b"PK\x03\x04", "a ZIP file (no DOCX document)", "Unpack it, or save the document as plain text."),
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
    (b"From: <Saved by ", "a web page with its pictures (MHTML)", "Save the page as HTML."),
)
_XML = b"<?xml"
_MOSTLY = 0.7  # of the letters of a text in a Latin script, and of its blanks
HEAD = 4096
"""How many bytes of a file are looked at to see what it is."""

# A JSON string may spend twelve bytes on a character ("\ud83d\ude00"); the rest is for the other keys.
_BYTES_PER_CHARACTER = 12
_BYTES_FOR_THE_REST = 65_536


@dataclass(frozen=True, slots=True)
class Record:
    """What an input gives for one report, before anything is looked for in its text.

    ``where`` is its place in the file, None for a whole file; ``ignored`` says, in plain words, what the
    input gave that cannot be used, ``noted`` what was done to read it. ``raw`` are the bytes of the record:
    the whole file, or its line or row, and ``reader`` what read them. ``document`` is there where the format
    has a layout; its text is ``text``.
    """

    text: str
    raw: bytes
    reader: str
    where: str | None = None
    id: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    byline: str | None = None
    updated: str | None = None
    version_of: str | None = None
    corrects: str | None = None
    retracts: str | None = None
    ignored: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    document: Document | None = None


FIELDS = (
    "id", "docid", "text", "title", "published", "publisher", "url", "byline", "updated", "version_of",
    "corrects", "retracts",
)  # fmt: skip
"""The keys and columns that are read; of ``id`` and ``docid``, the first counts."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file: its number from 1, its words, line break included, and its bytes.

    ``encoding`` is the one that was detected where it is not UTF-8.
    """

    number: int
    words: str
    raw: bytes
    encoding: str | None = None


def no_plain_text(head: bytes) -> tuple[str, str] | None:
    """What a file is that no reader reads, and how to make text of it; None where it may be text."""
    for magic, name, mend in _MAGIC:
        if head.startswith(magic):
            return f"This is {name}, and there is no reader for it.", mend
    if head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower().startswith(_XML):
        mend = "Take the text out first and save that as plain text."
        return "This is an XML file (no web page), and there is no reader for it.", mend
    if b"\0" in head and mark_of(head)[1] in (None, "utf-8") and _without_mark(head) is None:
        return (
            "This is a binary file (it holds NUL bytes), and there is no reader for it.",
            "Give plain text.",
        )
    return None


def _without_mark(head: bytes) -> str | None:
    """UTF-16 by where its NUL bytes stand: the high bytes of most letters. None where they do not."""
    for high, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[high::2].count(0) > _MOSTLY * len(head[high::2]) and head[1 - high :: 2].count(0) == 0:
            return encoding
    return None


def mark_of(data: bytes) -> tuple[int, str | None]:
    """The length of the byte-order mark and the encoding it tells; (0, None) where there is none."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return len(mark), encoding
    return 0, None


def decode(data: bytes, path: str, where: str | None = None) -> tuple[str, str | None] | Problem:
    """Bytes as text by their byte-order mark, which is no part of the text, else as UTF-8, else as detected.

    With the text comes the encoding that was detected; None where nothing had to be. Nothing is translated or
    mended: where the bytes are no text in any encoding, a Problem names the first that is not UTF-8.
    """
    length, encoding = mark_of(data)
    encoding = encoding or _without_mark(data[:HEAD])
    try:
        text = data[length:].decode(encoding or "utf-8")
    except UnicodeDecodeError as fault:
        if length == 0 and (found := detect(data)) is not None:
            return data.decode(found), found
        byte = f"byte {fault.start + length}"
        return Problem(
            path,
            f"{where}, {byte}" if where else byte,
            f"This is not {(encoding or 'utf-8').upper()}, and no other encoding makes text of it.",
            "Convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW",
        )
    return text, None if length else encoding


def told_encoding(encoding: str) -> str:
    """What is said of a text whose encoding had to be detected."""
    return f"It is not UTF-8; it was read as {encoding.upper()}, which it looks like."


def longest_line(max_characters: int) -> int:
    """The bytes that one record may fill on a line."""
    return _BYTES_PER_CHARACTER * max_characters + _BYTES_FOR_THE_REST


def lines(stream: BinaryIO, path: str, max_characters: int) -> Iterator[Line | Problem]:
    """The lines of a stream in UTF-8, or in what its byte-order mark tells, one in memory at a time.

    A line in another encoding is read as what it looks like and says so. One that is too long or no text
    gives a Problem, and the next ones follow. Lines end with a line feed alone: other line breaks may stand
    inside the value of a field.
    """
    longest = longest_line(max_characters)
    head = stream.read(HEAD)
    length, encoding = mark_of(head)
    encoding = encoding or _without_mark(head) or "utf-8"
    stream.seek(length)
    if encoding != "utf-8":
        data = stream.read(longest + 1)
        text = data.decode(encoding, "replace") if len(data) <= longest else None
        if text is None or "\ufffd" in text:
            mend = "Convert it first, for example: iconv -f UTF-16 -t UTF-8 FILE > NEW"
            yield Problem(path, None, f"This {encoding.upper()} file is too long or broken.", mend)
            return
        stream = io.BytesIO(text.encode())
    number = 0
    found: str | None = None  # the encoding of the first line that is not UTF-8 is tried first for the others
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
        got = _decoded(data, found) or decode(data, path, f"line {number}")
        if isinstance(got, Problem):
            yield got
        else:
            words, other = got
            found = found or other
            yield Line(number, words, data if encoding == "utf-8" else words.encode(encoding), other)


def _decoded(data: bytes, found: str | None) -> tuple[str, str | None] | None:
    """A line as UTF-8, else in the encoding that others were found to be in; None where it is neither."""
    for encoding in ("utf-8", found):
        try:
            if encoding is not None:
                return data.decode(encoding), None if encoding == "utf-8" else encoding
        except UnicodeDecodeError:
            continue
    return None


def _skip_line(stream: BinaryIO, data: bytes) -> None:
    while data and not data.endswith(b"\n"):
        data = stream.readline(HEAD * 16)
