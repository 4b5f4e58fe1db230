"""Web pages: all that is seen of them is the text, and the markup says what its parts are.

trafilatura tells which blocks are the article; nothing is left out for it.
"""

import copy
import re

from lxml import etree
from lxml import html as lxml_html
from trafilatura import bare_extraction

from sayso.model import Region, RegionKind
from sayso.reports.document import Document, UnreadableError
from sayso.reports.encodings import codec_of, detect
from sayso.reports.readers.blocks import Block, blocks_of
from sayso.reports.readers.kinds import kinds_of
from sayso.reports.readers.metadata import metadata_of
from sayso.reports.source import mark_of

_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,300}?\bcharset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE
)
_DECLARED_BY_XML = re.compile(
    rb"""^\s{0,99}<\?xml\b[^>]{0,99}?\bencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""", re.IGNORECASE
)
_HEAD = 8192  # browsers look at the first 1,024 bytes; pages err
_MOST_ELEMENTS = 60_000
"""Above this trafilatura is not asked: its time grows faster than the page. Long real pages have 10,000."""
_TOO_DEEP = "depth"


def read(data: bytes, max_characters: int) -> Document:
    """The document of a page in bytes.

    Raises UnreadableError where it shows no text, more than a report may have, or is nested too deeply.
    """
    root = _parsed(data)
    blocks = blocks_of(root)
    if not blocks:
        raise UnreadableError(
            "The page shows no text; perhaps a script would fill it in.",
            "Save the page from a browser, or its text as plain text.",
        )
    size = sum(len(block.text) + 2 for block in blocks)
    if size > max_characters:
        raise UnreadableError(
            f"The page shows {size} characters, and a report may have {max_characters}.",
            "Split it into reports, or raise SAYSO_MAX_REPORT_CHARACTERS.",
        )
    told = metadata_of(root)
    text, regions = _laid_out(blocks, kinds_of(blocks, _article_of(root), told.titles))
    return Document(
        text, regions, told.title, told.publisher, told.url, told.byline, told.published, told.updated
    )


def decode(data: bytes) -> str:
    """The characters of a page: by its byte-order mark, else as declared, else as detected.

    What is no text in the encoding declared is not in it; and bytes that are UTF-8 beyond ASCII are so by no
    accident. Single bytes that are wrong all the same become U+FFFD, as browsers show them.
    """
    length, encoding = mark_of(data)
    if encoding is not None:
        return data[length:].decode(encoding, "replace")
    declared = _declared(data[:_HEAD])
    for codec in ("utf-8", declared):
        try:
            return data.decode(codec or "utf-8")
        except (UnicodeDecodeError, UnicodeError):
            continue
    wrong = data.decode("utf-8", "replace").count("\ufffd")
    if declared == "utf-8" and wrong * 1000 < len(data):
        return data.decode("utf-8", "replace")
    return data.decode(detect(data) or declared or "cp1252", "replace")


def _declared(head: bytes) -> str | None:
    found = _DECLARED.search(head) or _DECLARED_BY_XML.search(head)
    codec = codec_of(found.group(1).decode("ascii")) if found else None
    # Who can read the declaration is not reading UTF-16.
    return "utf-8" if codec is not None and codec.startswith(("utf-16", "utf-32")) else codec


def _parsed(data: bytes) -> etree._Element:
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=False)
    try:
        root = lxml_html.document_fromstring(
            decode(data).replace("\0", "").encode("utf-8", "replace"), parser=parser
        )
    except (etree.LxmlError, ValueError) as fault:
        if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log):
            raise MemoryError from fault
        raise UnreadableError(
            "The page shows no text, or is too broken to be read.", "Save its text as plain text."
        ) from fault
    if any(_TOO_DEEP in entry.message.lower() for entry in parser.error_log):
        raise UnreadableError(
            "The page is nested too deeply: elements in elements without end.", "Save its text as plain text."
        )
    return root


def _article_of(root: etree._Element) -> list[str]:
    """The paragraphs of the article, by trafilatura; none where it finds none or the page is too large."""
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        return []
    try:
        found = bare_extraction(copy.deepcopy(root), include_comments=False, with_metadata=False)
    except (
        RecursionError,
        etree.LxmlError,
        ValueError,
        TypeError,
        AttributeError,
    ):  # on what is made to break it
        return []
    body = getattr(found, "body", None)
    if body is None:
        return []
    return [
        words
        for element in body.iter("p", "head", "item", "quote", "cell", "ab", "code")
        if (words := "".join(str(part) for part in element.itertext()).strip())
    ]


def _laid_out(blocks: list[Block], kinds: list[RegionKind]) -> tuple[str, tuple[Region, ...]]:
    regions: list[Region] = []
    parts: list[str] = []
    at = 0
    for block, kind in zip(blocks, kinds, strict=True):
        regions.append(Region(at, at + len(block.text), kind))
        parts.append(block.text)
        at += len(block.text) + 2
    return "\n\n".join(parts), tuple(regions)
