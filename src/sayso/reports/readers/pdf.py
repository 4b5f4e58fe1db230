"""PDF files: the text of their pages in reading order, paragraphs by the gaps between lines.

Needs the extra ``docs``. A page that is a picture of words has no text: nothing is read from pictures.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.model import Region, RegionKind
from sayso.reports.document import Document, UnreadableError, missing

_WIDER_GAP = 1.35
"""From one line to the next, as a multiple of the usual distance, beyond which a paragraph ends."""
_MOST_PAGES = 2_000
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"\W*(?:page\W{0,3})?\d{1,4}(?:\W{1,3}(?:of\W{1,3})?\d{1,4})?\W*", re.IGNORECASE)
_FURNITURE = 3  # pages whose first or last lines are alike
_NOT_SEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A hyphen at the end of a line, as PDFium marks it: the word goes on in the next.
_SOFT_BREAK = re.compile("[\u0002\ufffe]")


@dataclass(frozen=True, slots=True)
class _Line:
    """One printed line and the height of its first character on the page, in points from below."""

    words: str
    height: float


def read(data: bytes, max_characters: int) -> Document:
    """The document that a PDF file holds.

    Raises UnreadableError where it is broken, locked, has no text, or more than a report may have.
    """
    pages = [page for page in _pages(data, max_characters) if page]
    if not pages:
        raise UnreadableError(
            "The PDF file holds no text; perhaps its pages are pictures.",
            "Make text of the pictures first (OCR), for example: ocrmypdf FILE.pdf NEW.pdf",
        )
    furniture = _furniture(pages)
    regions: list[Region] = []
    parts: list[str] = []
    at = 0
    for kind, words in _paragraphs(pages, furniture):
        regions.append(Region(at, at + len(words), kind))
        parts.append(words)
        at += len(words) + 2
    return Document("\n\n".join(parts), tuple(regions))


def _pages(data: bytes, max_characters: int) -> list[list[_Line]]:
    try:
        import pypdfium2  # noqa: PLC0415 - an extra
        from pypdfium2 import PdfiumError  # noqa: PLC0415
    except ImportError:
        raise missing("PDF", "pdftotext FILE.pdf FILE.txt") from None
    try:
        document = pypdfium2.PdfDocument(data)
        pages: list[list[_Line]] = []
        size = 0
        for number in range(len(document)):
            lines = _lines(document[number].get_textpage())
            size += sum(len(line.words) + 2 for line in lines)
            if size > max_characters or number >= _MOST_PAGES:
                raise UnreadableError(
                    f"The PDF file has more than {max_characters} characters or {_MOST_PAGES} pages.",
                    "Split it into reports, or raise SAYSO_MAX_REPORT_CHARACTERS.",
                )
            pages.append(lines)
    except PdfiumError as fault:
        locked = "password" in str(fault).lower()
        what = "The PDF file is locked with a password." if locked else "The PDF file is broken."
        raise UnreadableError(what, "Save it anew from a program that opens it, or its text.") from fault
    return pages


def _lines(textpage: object) -> list[_Line]:
    """The lines of a page from top to bottom, blank ones left out."""
    raw: str = textpage.get_text_range()  # type: ignore[attr-defined]
    lines: list[_Line] = []
    at = 0
    for part in raw.split("\n"):
        words = _NOT_SEEN.sub("", _SOFT_BREAK.sub("-", part.rstrip("\r"))).strip()
        if words:
            lead = len(part) - len(part.lstrip())
            _, bottom, _, _ = textpage.get_charbox(at + lead, loose=True)  # type: ignore[attr-defined]
            lines.append(_Line(words, bottom))
        at += len(part) + 1
    return lines


def _furniture(pages: Sequence[Sequence[_Line]]) -> set[str]:
    """What stands first or last on several pages, figures aside: running titles."""
    ends = Counter(
        folded for page in pages for folded in {_folded(line.words) for line in (page[0], page[-1])}
    )
    return {words for words, count in ends.items() if count >= _FURNITURE}


def _folded(words: str) -> str:
    return _DIGITS.sub("0", words.casefold())


def _usual(drops: list[float]) -> float:
    """From one line to the next inside a paragraph: what a quarter of all distances stay below."""
    return sorted(drops)[(len(drops) - 1) // 4] if drops else 0.0


def _paragraphs(pages: Sequence[Sequence[_Line]], furniture: set[str]) -> list[tuple[RegionKind, str]]:
    """What stands on the pages, in order: paragraphs, their lines as printed, and running titles."""
    found: list[tuple[RegionKind, str]] = []
    for page in pages:
        drops = [above.height - below.height for above, below in pairwise(page)]
        usual = _usual([drop for drop in drops if drop > 0])
        paragraph: list[str] = []
        for number, line in enumerate(page):
            edge = number in (0, len(page) - 1)
            runs = edge and (_folded(line.words) in furniture or _NUMBERED.fullmatch(line.words) is not None)
            drop = drops[number - 1] if number else 0.0
            if paragraph and (runs or not 0 <= drop <= _WIDER_GAP * usual):
                found.append(("body", "\n".join(paragraph)))
                paragraph = []
            if runs:
                found.append(("boilerplate", line.words))
            else:
                paragraph.append(line.words)
        if paragraph:
            found.append(("body", "\n".join(paragraph)))
    return found
