"""One reader per format: ``sniff(head)`` tells whether a file looks like it, ``read`` gives its records."""

import os
from collections.abc import Callable, Iterator
from typing import BinaryIO

from sayso.model import Problem
from sayso.reports.readers import csv, jsonl, text
from sayso.reports.source import HEAD, Record, no_plain_text

Reader = Callable[[BinaryIO, str, int], Iterator[Record | Problem]]
"""From a stream, the path that problems name and the longest text allowed, in characters."""

_BY_SUFFIX: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": text.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".json": jsonl.read,
    ".csv": csv.read,
    ".tsv": csv.read,
}


def read_stream(stream: BinaryIO, path: str, size: int, max_characters: int) -> Iterator[Record | Problem]:
    """The records of an open file, by the reader of its suffix, else by the one whose format it looks like.

    ``size`` is that of the file in bytes: a plain text that must be too long is refused unread.
    """
    head = stream.read(HEAD)
    stream.seek(0)
    if (refused := no_plain_text(head)) is not None:
        yield Problem(path, None, *refused)
        return
    reader = _BY_SUFFIX.get(os.path.splitext(path)[1].lower())  # noqa: PTH122 - a path may be no valid Path
    if reader is None:
        reader = jsonl.read if jsonl.sniff(head) else text.read
    if reader is text.read and size > text.most_bytes(max_characters):
        yield text.too_long(path, f"{size} bytes", max_characters)
        return
    yield from reader(stream, path, max_characters)
