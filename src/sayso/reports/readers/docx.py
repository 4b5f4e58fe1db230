"""Word processors' documents (DOCX): paragraphs, tables, headers and footers, with what their styles say.

Needs the extra ``docs``.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sayso.model import Region, RegionKind
from sayso.reports.document import Document, UnreadableError, missing

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_MOST_UNPACKED = 200_000_000
"""The bytes that all members may have together, as the file says; none gives more than it says it has."""
_MOST_MARKUP = 50_000_000
"""The bytes of its XML parts together: ten times what the longest report takes."""
_NOT_SEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_STYLES: tuple[tuple[str, RegionKind], ...] = (
    ("title", "title"),
    ("caption", "caption"),
    ("quote", "quotation"),
    ("intense quote", "quotation"),
    ("block text", "quotation"),
    ("header", "boilerplate"),
    ("footer", "boilerplate"),
)


def read(data: bytes, max_characters: int) -> Document:
    """The document that a DOCX file holds.

    Raises UnreadableError where it is broken, has no text or more than a report may have, or is a bomb.
    """
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError:
        raise missing("DOCX", "pandoc FILE.docx -t plain -o FILE.txt") from None
    _look_inside(data)
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = list(_blocks(document))
        title = _title(document)
    except (MemoryError, UnreadableError):
        raise
    except Exception as fault:  # the library raises whatever its parts do on a broken file
        raise UnreadableError(
            "The DOCX file is broken.", "Save it anew from a program that opens it, or as plain text."
        ) from fault
    size = sum(len(words) + 2 for _, words in blocks)
    if not blocks:
        raise UnreadableError("The DOCX file holds no text.", "Give the text of the report.")
    if size > max_characters:
        raise UnreadableError(
            f"The DOCX file has {size} characters, and a report may have {max_characters}.",
            "Split it into reports, or raise SAYSO_MAX_REPORT_CHARACTERS.",
        )
    regions: list[Region] = []
    at = 0
    for kind, words in blocks:
        regions.append(Region(at, at + len(words), kind))
        at += len(words) + 2
    return Document("\n\n".join(words for _, words in blocks), tuple(regions), title=title)


def _look_inside(data: bytes) -> None:
    """Refuses, unread, what would fill the memory. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {member.filename: member.file_size for member in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as fault:
        raise UnreadableError(
            "The DOCX file is broken.", "Save it anew from a program that opens it, or as plain text."
        ) from fault
    text = sum(size for name, size in sizes.items() if name.endswith((".xml", ".rels")))
    if sum(sizes.values()) > _MOST_UNPACKED or text > _MOST_MARKUP:
        raise UnreadableError(
            f"The DOCX file unpacks to {sum(sizes.values())} bytes: far more than a report.",
            "Save its text as plain text.",
        )


def _blocks(document: "WordDocument") -> Iterator[tuple[RegionKind, str]]:
    """The paragraphs in order, each with what it is: headers first, footers last, each kind of them once."""
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 - an extra

    for words in _furniture(document, "header"):
        yield "boilerplate", words
    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            if words := _clean(item.text):
                yield _kind(item), words
        else:
            yield from (("body", words) for row in item.rows if (words := _row(row)))
    for words in _furniture(document, "footer"):
        yield "boilerplate", words


def _row(row: Any) -> str:
    """The cells of a row side by side; one that spans several columns once."""
    cells = dict.fromkeys(row.cells)
    return "\t".join(words for cell in cells if (words := _clean(cell.text)))


def _furniture(document: "WordDocument", which: str) -> list[str]:
    parts = (getattr(section, which) for section in document.sections)
    found = (
        _clean(paragraph.text)
        for part in parts
        if not part.is_linked_to_previous
        for paragraph in part.paragraphs
    )
    return list(dict.fromkeys(words for words in found if words))


def _kind(paragraph: Any) -> RegionKind:
    style = paragraph.style
    name = (style.name or "").casefold() if style is not None else ""
    return next((kind for known, kind in _STYLES if name == known), "body")


def _title(document: "WordDocument") -> str | None:
    """The title that the file gives itself, where its text has it; templates leave others behind."""
    given = _clean(document.core_properties.title or "")
    texts = (_clean(paragraph.text) for paragraph in document.paragraphs[:20])
    return given if given and any(text.casefold() == given.casefold() for text in texts) else None


def _clean(words: str) -> str:
    return _NOT_SEEN.sub("", words).strip()
