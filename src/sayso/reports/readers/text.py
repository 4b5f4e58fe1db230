"""Plain text: one file is one report."""

from collections.abc import Iterator
from typing import BinaryIO

from sayso.model import Problem
from sayso.reports.encodings import is_text
from sayso.reports.source import Record, decode, no_plain_text, told_encoding

NAME = "text/1"
"""What stands in a report that this reader read: raise the number when it gives other texts."""

_BYTES_PER_CHARACTER = 4  # the most that UTF-8, UTF-16 and UTF-32 take
_LONGEST_MARK = 4


def most_bytes(max_characters: int) -> int:
    """The size in bytes above which a text has too many characters, whatever its encoding."""
    return _BYTES_PER_CHARACTER * max_characters + _LONGEST_MARK


def too_long(path: str, size: str, max_characters: int) -> Problem:
    """The problem of a text that is no single report."""
    return Problem(
        path,
        None,
        f"This has {size}, and a report may have {max_characters} characters.",
        "Split it into reports, or raise SAYSO_MAX_REPORT_CHARACTERS.",
    )


def read(stream: BinaryIO, path: str, max_characters: int) -> Iterator[Record | Problem]:
    """The one record of a stream, or the Problem with it; never more in memory than a report may have."""
    most = most_bytes(max_characters)
    parts: list[bytes] = []
    size = 0
    # A terminal or a pipe gives what it has, which may be less than was asked for.
    while size <= most and (part := stream.read(most + 1 - size)):
        parts.append(part)
        size += len(part)
    data = b"".join(parts)
    if size > most:
        yield too_long(path, f"more than {most} bytes", max_characters)
    elif (refused := no_plain_text(data)) is not None:
        yield Problem(path, None, *refused)
    else:
        yield record_of_text(data, path)


def record_of_text(data: bytes, path: str) -> Record | Problem:
    """The record of the bytes of one text."""
    found = decode(data, path)
    if isinstance(found, Problem):
        return found
    text, encoding = found
    if not is_text(text):
        what = "This is a binary file (it is full of control characters), and there is no reader for it."
        return Problem(path, None, what, "Give plain text.")
    return Record(text, data, NAME, noted=(told_encoding(encoding),) if encoding else ())
