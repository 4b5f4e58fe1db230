"""What a reader of an HTML page sees, block by block, by the standard library's parser alone."""

from html.parser import HTMLParser

HIDDEN = frozenset({"title", "script", "style", "noscript", "template", "svg", "iframe", "object"})
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "area", "col", "embed"})
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "input",
        "button",
    ]
)


class _Blocks(HTMLParser):
    """Gathers the text between the borders of block elements; `hidden` counts open hidden elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.text: list[str] = []
        self.hidden: list[str] = []

    def border(self) -> None:
        block = " ".join("".join(self.text).split())
        if block:
            self.blocks.append(block)
        self.text = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.border()
        if tag in VOID:
            return
        told = dict(attrs)
        style = (told.get("style") or "").replace(" ", "").lower()
        if self.hidden:
            if tag == self.hidden[-1]:
                self.hidden.append(tag)
        elif tag in HIDDEN or "hidden" in told or "display:none" in style:
            self.border()
            self.hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.hidden and tag == self.hidden[-1]:
            self.hidden.pop()
        if tag not in INLINE:
            self.border()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text.append(data)


def visible_blocks(page: str) -> list[str]:
    """The visible blocks of a page in order, each with its blanks folded into one.

    A block ends at every tag that is not inline, so also at `br`. Nothing of the head, of scripts and
    styles, or of elements marked hidden. An empty list where a page shows nothing.
    """
    parser = _Blocks()
    parser.feed(page)
    parser.close()
    parser.border()
    return parser.blocks
