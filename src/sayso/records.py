"""Records to plain data and back: what is stored, handed between processes and written out.

Keys and their order are those of the dataclasses in ``model``, which are those of the contract.
"""

import json
from collections.abc import Iterator
from types import GenericAlias
from typing import Any, TypeVar

from pydantic import TypeAdapter
from pydantic_core import to_json as core_to_json

from sayso.model import Attribution, Incident, Participant, ParticipantValue, Statement

T = TypeVar("T")

_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}  # building one takes longer than using it a thousand times


def _adapter(kind: Any) -> TypeAdapter[Any]:
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


def to_json(record: object, *, leave_out: str | None = None) -> str:
    """A record of ``model`` as one line of JSON without blanks, the same bytes for the same record.

    leave_out  the name of a field that is not wanted.
    """
    exclude = None if leave_out is None else {leave_out}
    return _one_line(_adapter(type(record)).dump_json(record, by_alias=True, exclude=exclude).decode())


def data_to_json(data: dict[str, Any]) -> str:
    """Plain data as ``to_json`` writes records."""
    return _one_line(core_to_json(data).decode())


def from_json(kind: type[T], line: str) -> T:
    """The record of that kind from a line of JSON.

    Raises pydantic.ValidationError where the line is no such record.
    """
    record: T = _adapter(kind).validate_json(line)
    return record


def list_from_json(kind: type[T], line: str) -> list[T]:
    """The records of that kind from a line with a list of them.

    Raises pydantic.ValidationError where the line is no such list.
    """
    records: list[T] = _adapter(GenericAlias(list, (kind,))).validate_json(line)
    return records


def to_line(data: Any) -> str:
    """Plain data as one line of JSON, the same bytes for the same data."""
    return _one_line(json.dumps(data, ensure_ascii=False))


# JSON lets these stand in a string, but many programs that read lines end one there.
_ENDS_A_LINE = {end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def _one_line(line: str) -> str:
    for end, escape in _ENDS_A_LINE.items():
        line = line.replace(end, escape)
    return line


def private_names(incident: Incident) -> Iterator[str]:
    """Every form of the name of every private person in an incident; one is private unless called public."""
    sides = incident.sides or ((), ())
    roles = (incident.perpetrators, incident.targets, incident.victims, incident.weapons, *sides)
    for participant in (one for role in roles for one in role):
        yield from _names(participant)
    corrected = incident.review.corrected if incident.review else ()
    statements = [
        *incident.statements,
        *(one.statement for one in incident.set_aside),
        *(one.machine for one in corrected),
    ]
    spoken: list[Statement | Attribution] = [*statements, *incident.attributions]
    for said in spoken:
        if said.speaker_public is not True:
            if said.spoken_by:
                yield said.spoken_by
            if said.speaker_kind == "person":
                yield said.speaker
    for statement in statements:
        value = statement.value
        if isinstance(value, ParticipantValue) and value.kind == "person" and value.public is not True:
            yield value.name


def _names(participant: Participant) -> Iterator[str]:
    if participant.kind == "person" and participant.public is not True:
        yield participant.name
        yield from participant.mentions
