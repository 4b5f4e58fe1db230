"""What a reader of a format with layout hands over: text, what its parts are, what the file tells of it."""

from dataclasses import dataclass

from sayso.model import Region


@dataclass(frozen=True, slots=True)
class Document:
    """One file as a reader of layout saw it.

    ``text`` is all of its visible text, block by block, and ``regions`` what the layout says each part is: in
    order, apart, and only blanks between them. Empty where the format has no layout to go by. The rest is
    what the file says about itself: ``published`` and ``updated`` are ISO 8601 as far as they can be read,
    with a zone where one is told.
    """

    text: str
    regions: tuple[Region, ...] = ()
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None


class UnreadableError(Exception):
    """A file that a reader of layout cannot read, with ``what`` is wrong with it and how to ``mend`` it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what, mend)
        self.what = what
        self.mend = mend


def missing(what: str, otherwise: str) -> UnreadableError:
    """What is raised where a format's library is not installed."""
    return UnreadableError(
        f"This is a {what} file, and what reads it is not installed.",
        f"Install it: pip install 'sayso[docs]'. Or take the text out first, for example: {otherwise}",
    )
