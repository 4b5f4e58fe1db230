"""A view of a text for matching: the same length, so that every offset in it is an offset in the text."""

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


def view(text: str) -> str:
    """The text in lower case, with plain quotes, dashes and blanks, character for character.

    A character whose lower case has another length ("İ") stays as it is.
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lower.translate(_PLAIN)
