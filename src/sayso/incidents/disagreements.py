"""What cannot all be true: per field the values, whose they are, and the statements that give them."""

import json
from collections.abc import Iterable, Sequence

from sayso.incidents.telling import Said, Telling, ids
from sayso.incidents.voices import Voices
from sayso.model import Disagreement, ParticipantValue, Stance, Statement, ValueSaid
from sayso.records import to_record

Rivals = tuple[str, Sequence[Said[object]]]
"""A field and those of its values that conflict."""


def disagreements(rivals: Iterable[Rivals], telling: Telling, voices: Voices) -> tuple[Disagreement, ...]:
    """The disagreements of an incident: the rivals given, and what disputed statements contradict.

    rivals  in the order in which fields are shown; those of a field without conflict are empty.

    A disputed statement whose opposite nobody says here makes none.
    """
    rows: list[tuple[str, list[Said[object]]]] = [(field, list(said)) for field, said in rivals if said]
    for statement in telling.statements:
        if statement.stance != Stance.DISPUTED:
            continue
        field = _field_disputed(statement, telling)
        contradicted = _contradicted(statement, field, telling)
        values = [*contradicted, Said(statement.value, (statement,))] if contradicted else []
        row = next((said for at, said in rows if at == field), None)
        if row is None:
            rows.append((field, values))
        else:
            row.extend(values)
    found = [Disagreement(field, _values(said, voices)) for field, said in rows]
    return tuple(one for one in found if len(one.values) > 1)


def _field_disputed(statement: Statement, telling: Telling) -> str:
    """The field a disputed statement is about: that of the statement it names, else the one it names."""
    about = statement.about or {}
    named = [one.field for one in telling.statements if one.statement_id == about.get("statement_id")]
    return named[0] if named else str(about.get("field") or statement.field)


def _contradicted(statement: Statement, field: str, telling: Telling) -> list[Said[object]]:
    """What a disputed statement contradicts: the statement or the value it names, else all of the field."""
    about = statement.about or {}
    said = [one for one in telling.statements if one.field == field and one.stance != Stance.DISPUTED]
    if about.get("statement_id") is not None:
        said = [one for one in said if one.statement_id == about["statement_id"]]
    elif about.get("value") is not None:
        said = [one for one in said if about["value"] in (shown(one.value), to_record(one.value))]
    return [Said(one.value, (one,)) for one in said if one.value is not None]


def _values(said: Iterable[Said[object]], voices: Voices) -> tuple[ValueSaid, ...]:
    values: dict[str, object] = {}
    statements: dict[str, dict[int, Statement]] = {}
    for one in said:
        value = shown(one.value)
        key = json.dumps(value, sort_keys=True)
        values.setdefault(key, value)
        statements.setdefault(key, {}).update({id(statement): statement for statement in one.statements})
    return tuple(
        ValueSaid(
            value=value,
            voices=voices.among(statements[key].values()),
            lineages=voices.lineages(statements[key].values()),
            statement_ids=ids(statements[key].values()),
        )
        for key, value in values.items()
    )


def shown(value: object) -> object:
    """A value as plain data; a participant as its actor_id, else its name."""
    if isinstance(value, ParticipantValue):
        return value.actor_id or value.name
    return value if isinstance(value, str) else to_record(value)
