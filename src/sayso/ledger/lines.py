"""Records as the lines of JSON that stand in columns, and back."""

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from sayso.records import from_json, from_record, list_from_json, to_json, to_line, to_record

T = TypeVar("T")


class UnreadableError(Exception):
    """A line in the ledger that is not what we wrote there."""


def pack(data: Any) -> str:
    """Plain data as a line that SQLite can hold.

    A path may hold bytes that are no characters, which Python keeps as halves of characters. SQLite cannot
    hold those, so such a line is written in ASCII with escapes.
    """
    line = to_line(data)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(data)
    return line


def packed(thing: object) -> str:
    """A record of ``model`` as such a line, without the plain data between."""
    try:
        line = to_json(thing)
        line.encode()
    except (UnicodeEncodeError, PydanticSerializationError):
        return pack(to_record(thing))
    return line


def unpack(line: str) -> Any:
    """The plain data of a line; raises UnreadableError."""
    try:
        return json.loads(line)
    except (ValueError, TypeError, RecursionError) as fault:
        raise UnreadableError(f"a line of it is not JSON ({fault})") from fault


def record(kind: type[T], data: Any) -> T:
    """The record of that kind; raises UnreadableError."""
    try:
        return from_record(kind, data)
    except ValidationError as fault:
        raise UnreadableError(f"a line of it is no {kind.__name__}") from fault


def records(kind: type[T], lines: Sequence[str]) -> list[T]:
    """The records of that kind of some lines; raises UnreadableError.

    They are read as one line, which takes half the time; what cannot be read so is read line by line.
    """
    try:
        found = list_from_json(kind, f"[{','.join(lines)}]")
    except ValidationError:
        found = []
    return found if len(found) == len(lines) else [record(kind, unpack(line)) for line in lines]


def parsed(kind: type[T], line: str) -> T:
    """The record of that kind of a line, without the plain data between; raises UnreadableError."""
    try:
        return from_json(kind, line)
    except (ValidationError, TypeError) as fault:
        raise UnreadableError(f"a line of it is no {kind.__name__}") from fault
