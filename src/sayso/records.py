"""Records to plain data and back: what is stored, handed between processes and written out.

Keys and their order are those of the dataclasses in ``model``, which are those of the contract.
"""

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")

_ADAPTERS: dict[type, TypeAdapter[Any]] = {}  # building one takes longer than using it a thousand times


def _adapter(kind: type) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_record(record: object) -> Any:
    """A record of ``model`` as plain JSON data: dicts, lists, strings, numbers, None."""
    return _adapter(type(record)).dump_python(record, mode="json", by_alias=True)


def from_record(kind: type[T], data: Any) -> T:
    """The record of that kind from what ``to_record`` gave.

    Raises pydantic.ValidationError where the data is no such record.
    """
    record: T = _adapter(kind).validate_python(data)
    return record


def to_line(data: Any) -> str:
    """Plain data as one line of JSON, the same bytes for the same data."""
    return json.dumps(data, ensure_ascii=False).translate(_ENDS_A_LINE)


# JSON lets these stand in a string, but many programs that read lines end one there.
_ENDS_A_LINE = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
