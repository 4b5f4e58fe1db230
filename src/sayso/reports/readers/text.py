"""Plain text: one file is one report."""

from collections.abc import Iterator
from typing import BinaryIO

from sayso.model import Problem
from sayso.reports.source import Record, decode, no_plain_text

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
        text = decode(data, path)
        yield text if isinstance(text, Problem) else Record(text)
