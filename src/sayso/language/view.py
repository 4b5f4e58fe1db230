"""A view of a text for matching: the same length, so that every offset in it is an offset in the text."""

import re

from sayso.model import Span

# Typographic variants that carry no meaning here. One character for one: offsets must not move.
_PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\t": " ",
        "\n": " ",
        "\r": " ",
    }
)

_QUOTATION = re.compile(r"“[^“”]{1,4000}”|\"[^\"]{1,4000}\"|«[^«»]{1,4000}»")


def view(text: str) -> str:
    """The text in lower case, with plain quotes, dashes and blanks, character for character.

    A character whose lower case has another length ("İ") stays as it is.
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lower.translate(_PLAIN)


def quotations(text: str, span: Span) -> tuple[Span, ...]:
    """The spans between quotation marks, marks included, inside a span; none where none are closed."""
    return tuple(found.span() for found in _QUOTATION.finditer(text, *span))
