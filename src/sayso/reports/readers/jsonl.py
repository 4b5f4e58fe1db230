"""JSON Lines: each line an object with a ``text`` and what is known about it."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from sayso.model import Problem
from sayso.reports.source import FIELDS, Line, Record, lines, told_encoding

NAME = "jsonl/1"
"""What stands in a report that this reader read: raise the number when it gives other texts."""
_LOOK = 'Each line must be an object with a text, such as {"id": "1", "text": "..."}.'


def sniff(head: bytes) -> bool:
    """Whether the first line is a JSON object, or the beginning of one that goes on past the head."""
    first, break_, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not break_:
        return first.startswith((b'{"', b'{ "'))
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def read(stream: BinaryIO, path: str, max_characters: int) -> Iterator[Record | Problem]:
    """The records of a stream, one line in memory at a time; a bad line gives a Problem and the next follow.

    Keys other than those of ``FIELDS`` are ignored. One JSON document over many lines gives one Problem.
    """
    first = True
    for line in lines(stream, path, max_characters):
        if isinstance(line, Problem):
            yield line
        elif line.words.strip():
            found = _record(line, path)
            if first and isinstance(found, Problem) and line.words.strip() in ("{", "["):
                yield _one_document(path)
                return
            yield found
        else:
            continue
        first = False
    if first:
        yield Problem(path, None, "The file is empty or holds only blanks.", "Give a file with reports.")


def _one_document(path: str) -> Problem:
    return Problem(
        path,
        "line 1",
        "This is one JSON document over many lines, not one object per line.",
        "Convert it first, for example: jq -c '.[]' FILE.json > FILE.jsonl (for an object: jq -c .)",
    )


def _record(line: Line, path: str) -> Record | Problem:
    where = f"line {line.number}"
    try:
        data = json.loads(line.words.rstrip("\r\n"))
    except json.JSONDecodeError as fault:
        mend = f"Mend the line. {_LOOK}"
        why = fault.msg.removesuffix(" starting at")  # the column says where
        return Problem(path, f"{where}, column {fault.colno}", f"This is no JSON: {why}.", mend)
    except (ValueError, RecursionError):  # a number of thousands of digits, lists in lists without end
        return Problem(path, where, "This JSON cannot be read: a number or a nesting is too large.", _LOOK)
    if not isinstance(data, dict):
        hint = (
            " A list can be taken apart: jq -c '.[]' FILE.json > FILE.jsonl" if isinstance(data, list) else ""
        )
        return Problem(path, where, "The line is no JSON object.", _LOOK + hint)
    if "text" not in data or data["text"] is None:
        return Problem(path, where, "The object has no text.", _LOOK)
    if not isinstance(data["text"], str):
        return Problem(path, where, "The text is not a string.", _LOOK)
    return _checked(data, path, line)


def _checked(data: dict[str, object], path: str, line: Line) -> Record | Problem:
    where = f"line {line.number}"
    given: dict[str, str] = {}
    ignored: list[str] = []
    for key in FIELDS:
        value = data.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and key in ("id", "docid"):
            value = str(value)
        if isinstance(value, str):
            given[key] = value
        elif value is not None:
            ignored.append(f"The {key} is not a string.")
    for key, value in given.items():
        try:
            value.encode()
        except UnicodeEncodeError as fault:
            what = f"The {key} holds half a character (a lone surrogate) at offset {fault.start}."
            return Problem(path, where, what, "Write the whole character, or leave it out.")
    noted = (told_encoding(line.encoding),) if line.encoding else ()
    return record_of(given, where, line.raw, NAME, tuple(ignored), noted)


def record_of(  # noqa: PLR0913, PLR0917 - what every record has
    given: dict[str, str],
    where: str,
    raw: bytes,
    reader: str,
    ignored: tuple[str, ...] = (),
    noted: tuple[str, ...] = (),
) -> Record:
    """The record of the fields that an input gives; ``id`` counts before ``docid``."""
    return Record(
        text=given["text"],
        raw=raw,
        reader=reader,
        where=where,
        id=given.get("id") or given.get("docid"),
        title=given.get("title"),
        published=given.get("published"),
        publisher=given.get("publisher"),
        url=given.get("url"),
        byline=given.get("byline"),
        updated=given.get("updated"),
        version_of=given.get("version_of"),
        corrects=given.get("corrects"),
        retracts=given.get("retracts"),
        ignored=ignored,
        noted=noted,
    )
