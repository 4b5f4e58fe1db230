"""Which encoding bytes are in, where no byte-order mark tells: declared, or detected."""

import codecs
import re

# What the web calls these is the wider set of the two (WHATWG, Encoding Standard, "Names and labels").
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_SAMPLE = 100_000
"""How many bytes are looked at: more never changed the answer in trials, and cost time."""
_MOST_CONTROLS = 0.1
"""The share of control characters in a text: some hold the codes of a terminal; other files have more."""
_MOST_IF_DETECTED = 0.002  # where the encoding is a guess, control characters speak against it
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x9f]")


def codec_of(label: str) -> str | None:
    """Python's name for an encoding that a page declares; None where it knows none, or none for text."""
    try:
        found = codecs.lookup(label.strip().lower())
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True):
        return None
    return _WIDER.get(found.name, found.name)


def detect(data: bytes) -> str | None:
    """The encoding that bytes are most likely in, by Python's name, of those in which they are text.

    None where there is none, or what comes out is not text: bytes of another kind of file.
    """
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - most files are UTF-8

    sample = data[:_SAMPLE]
    for label in (detect_encoding(sample), "cp1252"):
        codec = codec_of(label) if label else None
        if codec is None or codec.startswith("utf-8"):
            continue
        try:
            text = data.decode(codec)
        except (UnicodeDecodeError, UnicodeError):
            continue
        if is_text(text, _MOST_IF_DETECTED):
            return codec
    return None


def is_text(text: str, most_controls: float = _MOST_CONTROLS) -> bool:
    """Whether characters are words and blanks, not what comes of reading another kind of file as text."""
    return len(_CONTROL.findall(text)) <= most_controls * len(text)
