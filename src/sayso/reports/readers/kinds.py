"""What each block of a page is: by the signs of its elements, by the article that was found, by its place.

When in doubt a block inside the article is body, and the wording of lines may still tell otherwise; outside
of it, it is boilerplate.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from sayso.model import RegionKind, Span
from sayso.reports.lines import ends_a_sentence
from sayso.reports.readers.blocks import Block
from sayso.reports.readers.markup import SILENT, Sign, ancestors, markup, tag_of

_SENTENCE = 60  # characters; as for lines of a text
_LONGEST_BYLINE = 200
_MOSTLY_LINKS = 0.6
_ALL_LINKS = 0.95  # a heading, an item or a cell that is a link and nothing else
_SHORT = 40
"""Below so many characters a block is one of the article only where it is a whole paragraph of it."""
_ENDS = 60
_TOO_MUCH = 0.3
"""An element that holds more than this share of the article is not what its class name says."""
_NEARLY_ALL = 0.8
_ABOVE = 2  # blocks: a picture above the headline has its caption there
_HEADLINE_WORDS = 4
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE_PARTS = re.compile(r"\s+[|·•–—-]\s+|\s*[|»›]\s*")
_FEWEST = 200
"""An article of fewer characters may be any piece of the page: then its other blocks count, too."""


@dataclass(slots=True)
class _Page:
    """The blocks of a page and what is known of them, each by its number."""

    blocks: Sequence[Block]
    main: list[bool]
    signs: list[Sign | None]
    title: int | None
    inside: list[bool]
    opening: int
    last: int


def kinds_of(blocks: Sequence[Block], article: Sequence[str], titles: Sequence[str]) -> list[RegionKind]:
    """What each block is.

    article  the paragraphs of the article as trafilatura found them; none where it found none
    titles   what the page gives as its title
    """
    main = _main(blocks, article)
    held = _held(blocks, main)
    signs = _signs(blocks, held)
    if sum(len(block.text) for block, is_main in zip(blocks, main, strict=True) if is_main) < _FEWEST:
        main = [is_main or sign is None for is_main, sign in zip(main, signs, strict=True)]
        held = _held(blocks, main)
    its = [number for number, is_main in enumerate(main) if is_main]
    first, last = (its[0], its[-1]) if its else (0, len(blocks) - 1)
    title = _title(blocks, signs, titles, (first, last))
    container = _container(blocks, main, held)
    inside = [container is None or container in ancestors(block.element) for block in blocks]
    told = [number for number in its if _is_sentence(blocks[number])]
    opening = next((number for number in told if title is not None and number > title), first)
    page = _Page(blocks, main, signs, title, inside, opening, last)
    return [_kind(page, number) for number in range(len(blocks))]


def _folded(words: str) -> str:
    return "".join(words.split()).casefold()


def _main(blocks: Sequence[Block], article: Sequence[str]) -> list[bool]:
    """Whether each block is of the article: stands there whole or, where it is long, begins or ends there."""
    paragraphs = {_folded(words) for words in article}
    whole = "\n".join(dict.fromkeys(_folded(words) for words in article))

    def is_main(block: Block) -> bool:
        words = _folded(block.text)
        if words in paragraphs:
            return True
        if len(words) < _SHORT:
            return False
        return words[:_ENDS] in whole or words[-_ENDS:] in whole

    return [is_main(block) for block in blocks]


def _held(blocks: Sequence[Block], main: Sequence[bool]) -> dict[etree._Element, int]:
    """How many characters of the article each element holds."""
    held: dict[etree._Element, int] = {}
    for block, is_main in zip(blocks, main, strict=True):
        for element in ancestors(block.element) if is_main else ():
            held[element] = held.get(element, 0) + len(block.text)
    return held


def _signs(blocks: Sequence[Block], held: dict[etree._Element, int]) -> list[Sign | None]:
    """The sign of each block: that of the outermost element that is not reporting, else of the innermost."""
    total = max(held.values(), default=0)
    known: dict[etree._Element, Sign | None] = {}

    def sign_of(element: etree._Element) -> Sign | None:
        above: Sign | None = None
        for one in reversed(ancestors(element)):
            if one not in known:
                own = markup().sign_of(one)
                if own is not None and own.kind != "quotation" and held.get(one, 0) > _TOO_MUCH * total:
                    own = None
                silent = above is not None and above.kind in SILENT and not above.weak
                known[one] = above if silent or own is None else own
            above = known[one]
        return above

    return [sign_of(block.element) for block in blocks]


def _title(
    blocks: Sequence[Block], signs: Sequence[Sign | None], titles: Sequence[str], extent: Span
) -> int | None:
    """The block that is the headline: a heading with the words of a title, else the first h1 of some words.

    ``extent`` is the first and the last block of the article.
    """
    first, last = extent
    wanted = {_folded(part) for title in titles for part in (title, headline_of(title))}
    free = [
        number
        for number, sign in enumerate(signs)
        if number <= last and (sign is None or sign.kind not in SILENT)
    ]
    exact = [number for number in free if _folded(blocks[number].text) in wanted]
    tags = {number: _heading(blocks[number]) for number in free}
    headings = [number for number in free if tags[number] is not None]
    long = [number for number in headings if len(blocks[number].text.split()) >= _HEADLINE_WORDS]
    for those in (
        [number for number in exact if tags[number] is not None],
        [number for number in long if tags[number] == "h1"],
        [number for number in long if number <= first],  # the h1 is the name of the house
        [number for number in headings if tags[number] == "h1"],
        exact,
    ):
        if those:
            return min(those, key=lambda number: (tags[number] or "h7", number))
    return None


def headline_of(title: str) -> str:
    """The headline in a title such as "Rockets hit Charda | The Paper": its longest part."""
    return max(_TITLE_PARTS.split(title), key=len)


def _heading(block: Block) -> str | None:
    return next(
        (tag for element in ancestors(block.element)[:3] if (tag := tag_of(element)) in _HEADINGS), None
    )


def _container(
    blocks: Sequence[Block], main: Sequence[bool], held: dict[etree._Element, int]
) -> etree._Element | None:
    """The innermost element that holds nearly all of the article."""
    total = max(held.values(), default=0)
    longest = max(
        (block for block, is_main in zip(blocks, main, strict=True) if is_main),
        key=lambda block: len(block.text),
        default=None,
    )
    if longest is None:
        return None
    return next(
        (one for one in ancestors(longest.element)[1:] if held.get(one, 0) >= _NEARLY_ALL * total), None
    )


def _kind(page: _Page, number: int) -> RegionKind:
    block, sign, is_main = page.blocks[number], page.signs[number], page.main[number]
    if number == page.title:
        return "title"
    sentence = _is_sentence(block)
    near = page.inside[number] or (page.title is not None and page.title < number < page.opening)
    if sign is not None and sign.kind in SILENT:
        return "body" if sign.weak and is_main and sentence else sign.kind
    if sign is not None and sign.kind == "byline":
        if sentence or len(block.text) > _LONGEST_BYLINE:
            sign = None
        else:
            return "byline" if near or is_main else "boilerplate"
    if sign is not None:
        above = page.title is not None and 0 < page.title - number <= _ABOVE and sign.kind == "caption"
        return sign.kind if near or is_main or above else "boilerplate"
    if block.linked > _ALL_LINKS and not sentence:
        return "boilerplate"
    if is_main and (near or sentence):  # of a short article trafilatura takes what stands around it, too
        return _again(page, number)
    return "body" if near and _belongs(page, number, sentence=sentence) else "boilerplate"


def _is_sentence(block: Block) -> bool:
    return len(block.text) >= _SENTENCE and ends_a_sentence(block.text)


def _again(page: _Page, number: int) -> RegionKind:
    """Body, or the headline printed a second time."""
    if page.title is None:
        return "body"
    same = _folded(page.blocks[number].text) == _folded(page.blocks[page.title].text)
    return "title" if same else "body"


def _belongs(page: _Page, number: int, *, sentence: bool) -> bool:
    """Whether a block that nothing tells of is the article's: by its place and its share of links."""
    block = page.blocks[number]
    if block.linked > _MOSTLY_LINKS:
        return False
    start = page.opening if page.title is None else min(page.title, page.opening)
    if start <= number <= page.last:
        return True
    beside = page.blocks[page.last].element.getparent()
    return number > page.last and sentence and block.element.getparent() is beside
