"""From the tree of a page to its blocks: what is seen of it, in order, each with the element it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from sayso.reports.readers.markup import is_hidden, markup, tag_of

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")
_DEEPEST_LINK = 6  # how far inside a link its words may stand: <a><span><b>...
_SEVERAL = 2  # <br><br> parts paragraphs
_BREAK = "\x00"  # stands for <br> until blanks are folded; a parsed page holds no NUL
_NOT_SEEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(slots=True)
class Block:
    r"""One paragraph, heading, list item or the like.

    ``text`` has its blanks folded, and "\n" where the page breaks a line, twice for an empty one;
    ``element`` is the innermost one that holds all of it; ``linked`` is the share of its characters that are
    links.
    """

    text: str
    element: etree._Element
    linked: float


class _Gathering:
    """The text since the last border of a block, and where in the tree it stands."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.seen = self.links = 0
        self.path: list[etree._Element] = []
        self.common = self.lowest = 0

    def add(self, words: str | None, stack: list[etree._Element]) -> None:
        if not words or not stack:
            return
        if words.strip(_BREAK).strip():
            if self.seen == 0:
                self.path = list(stack)
                self.common = len(stack)
            self.common = min(self.common, self.lowest or len(stack), len(stack))
            self.lowest = len(stack)
            count = len(words) - words.count(" ")
            self.seen += count
            self.links += count if any(tag_of(one) == "a" for one in stack[-_DEEPEST_LINK:]) else 0
        self.pieces.append(words)

    def left(self, depth: int) -> None:
        """An element was closed: what follows stands in those that are still open."""
        self.lowest = min(self.lowest, depth)

    def block(self) -> Block | None:
        if not self.seen:
            return None
        words = _BLANKS.sub(" ", "".join(self.pieces)).replace(_BREAK, "\n")
        words = _NOT_SEEN.sub("", _AROUND_BREAK.sub(_break, words)).strip()
        return Block(words, self.path[max(self.common, 1) - 1], self.links / self.seen) if words else None


def _break(found: re.Match[str]) -> str:
    return "\n\n" if found.group().count("\n") >= _SEVERAL else "\n"


def blocks_of(root: etree._Element) -> list[Block]:
    """The blocks of a page in order; an empty list where it shows nothing."""
    return list(_walk(root))


def _walk(root: etree._Element) -> Iterator[Block]:
    stack: list[etree._Element] = []
    gathering = _Gathering()
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = tag_of(element)
        if event in ("start", "end") and _is_border(tag):
            if (block := gathering.block()) is not None:
                yield block
            gathering = _Gathering()
        if event == "start":
            stack.append(element)
            if is_hidden(element):
                walk.skip_subtree()
            else:
                gathering.add(_BREAK if tag == "br" else element.text, stack)
        else:
            if event == "end":
                stack.pop()
                gathering.left(len(stack))
            gathering.add(element.tail, stack)
    if (block := gathering.block()) is not None:
        yield block


def _is_border(tag: str) -> bool:
    return tag != "br" and tag not in markup().inline
