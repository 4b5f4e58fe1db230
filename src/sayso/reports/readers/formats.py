"""What a file is by what it holds: its first bytes, never its name, unless they leave it open."""

import csv
import io
import re
import zipfile
from typing import BinaryIO, Literal

from sayso.reports.readers import jsonl
from sayso.reports.source import FIELDS, mark_of

Format = Literal["text", "jsonl", "csv", "html", "pdf", "docx"]

_PAGE = re.compile(r"<(?:!doctype\s{1,20}html|html|head|body)\b", re.IGNORECASE)
_OPENING_TAG = re.compile(r"<[a-z/]", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|span|a|br|h[1-6]|ul|ol|li|table|tr|td|section|article|meta|link|title|script|style|img|header"
    r"|main|nav|footer|blockquote|b|i|em|strong|font|center)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_FEWEST_TAGS = 4  # "<Name> said" in a text is no page, and nor is one stray <br>
_WIDEST_CELL = 30
_DELIMITERS = ",\t;|"


def format_of(head: bytes, stream: BinaryIO) -> Format | None:
    """The format of a file by its first bytes; ``stream`` is the whole of it: a ZIP file is looked into.

    None where nothing tells: then it is text, or what its name says.
    """
    if head.lstrip(b"\r\n\t ").startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx" if _is_docx(stream) else None
    words = _words(head)
    begin = _past_comments(words)
    if _PAGE.match(begin) or (_OPENING_TAG.match(begin) and len(_TAG.findall(words)) >= _FEWEST_TAGS):
        return "html"
    if jsonl.sniff(words.encode("utf-8", "replace")):
        return "jsonl"
    return "csv" if _is_table(words) else None


def _words(head: bytes) -> str:
    length, encoding = mark_of(head)
    return head[length:].decode(encoding or "utf-8", "replace").removeprefix("\ufeff")


def _past_comments(words: str) -> str:
    """What stands behind an XML declaration and comments, which may stand before a page."""
    rest = words.lstrip()
    for opening, closing in (("<?xml", ">"), *[("<!--", "-->")] * 10):
        if rest.startswith(opening):
            rest = rest.partition(closing)[2].lstrip()
    return rest


def _is_docx(stream: BinaryIO) -> bool:
    """Whether a ZIP file holds a word processor's document; False for one that cannot be read."""
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return False


def _is_table(words: str) -> bool:
    """Whether the first line names columns of ours, one of them ``text``, and nothing but columns."""
    first, break_, _ = words.lstrip().partition("\n")
    if not break_:
        return False
    for delimiter in _DELIMITERS:
        try:
            names = next(csv.reader(io.StringIO(first), delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        names = [name.strip().lower() for name in names]
        ours = sum(name in FIELDS for name in names)
        if "text" in names and ours > 1 and all(0 < len(name) <= _WIDEST_CELL for name in names):
            return True
    return False
