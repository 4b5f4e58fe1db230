"""What people type for a value, as the value: "12", "31+", "2021-07-20", a place, a name, a type."""

import re
from datetime import date
from typing import Any

from sayso.codebook import Codebook
from sayso.coding.reading import Reading, read, within
from sayso.errors import UsageError
from sayso.incidents.dates import precision_of
from sayso.ledger import period
from sayso.model import (
    COUNT_FIELDS,
    REPORT_VOICE,
    ROLE_FIELDS,
    Count,
    Date,
    EventValue,
    ParticipantValue,
    Place,
    Report,
    Statement,
)
from sayso.places import Gazetteer
from sayso.records import to_record

_COUNT = re.compile(r"(\d{1,9})(?:(\+)|-(\d{1,9}))?")


def change_of(
    statement: Statement,
    told: dict[str, str | bool | None],
    codebook: Codebook,
    places: Gazetteer,
) -> dict[str, Any]:
    """What a correction changes, from what is typed.

    told  "value", "stance", "speaker" as typed, and whether it is "hedged"; None for what stays.

    Raises UsageError for what cannot be read.
    """
    change: dict[str, Any] = {key: told[key] for key in ("stance", "hedged") if told.get(key) is not None}
    if told.get("value") is not None:
        change |= value_of(statement, str(told["value"]), codebook, places)
    if told.get("speaker") is not None:
        change |= speaker_of(str(told["speaker"]), codebook, places)
    return change


def value_of(statement: Statement, words: str, codebook: Codebook, places: Gazetteer) -> dict[str, Any]:
    """The keys of a statement for a value as typed; "unknown" where nobody knows it."""
    if words.strip().casefold() == "unknown":
        return {"value": None, "unknown": True}
    field = statement.field
    value: Count | Date | EventValue | ParticipantValue | Place
    if field in COUNT_FIELDS:
        value = count_of(words, statement.value if isinstance(statement.value, Count) else None)
    elif field == "date":
        value = _date(words)
    elif field == "event":
        value = event_of(words, codebook)
    elif field in ROLE_FIELDS:
        value = _participant(statement, words, codebook, places)
    else:
        value = _place(words, codebook, places)
    return {"value": to_record(value), "unknown": False}


def speaker_of(words: str, codebook: Codebook, places: Gazetteer) -> dict[str, Any]:
    """The keys of a statement for a speaker as typed; "report" is the report's own voice."""
    if words == REPORT_VOICE:
        return {"speaker": REPORT_VOICE, "speaker_id": None, "speaker_kind": "report"}
    found = _actor(words, codebook, places)
    return {
        "speaker": words,
        "speaker_id": found.actor_id if found else None,
        "speaker_kind": found.kind
        if found and found.kind in ("organisation", "state", "person")
        else "people",
    }


def count_of(words: str, before: Count | None = None) -> Count:
    """The count as typed, of the same people as ``before``. Raises UsageError for what is none."""
    found = _COUNT.fullmatch(words.replace(",", "").replace(" ", ""))
    if found is None:
        raise UsageError(f"{words!r} is no count.", "Give it as 12, 31+ (at least) or 4-9.")
    low = int(found[1])
    if found[3] is not None and int(found[3]) < low:
        raise UsageError(f"{words!r} is no range.", "Give the lower figure first.")
    high = int(found[3]) if found[3] else None if found[2] else low
    best = None if found[3] else low
    of_whom = (before.includes_attackers, before.whom) if before else (None, None)
    return Count(best, low, high, False, *of_whom)


def _date(words: str) -> Date:
    start, slash, end = words.partition("/")
    first, _ = period(start, None)
    _, last = period(None, end if slash else start)
    if first is None or last is None or first > last:
        raise UsageError(f"{words!r} is no date.", "Give it as 2021-07-20, 2021-07 or 2021-07-20/2021-07-24.")
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    return Date(first, last, precision_of(days), first if first == last else f"{first}/{last}")


def event_of(words: str, codebook: Codebook) -> EventValue:
    """The type as typed; "no" before it says that it did not happen. Raises UsageError for another one."""
    negated = words.casefold().startswith("no ")
    name = words[3:] if negated else words
    known = {
        row.sub_event_type.casefold(): row.sub_event_type for row in codebook.event_types if row.incident
    }
    if name.casefold() not in known:
        raise UsageError(
            f"The codebook {codebook.name} has no type {name!r}.", f"Use: {', '.join(known.values())}."
        )
    return EventValue(known[name.casefold()], not negated)


def _participant(statement: Statement, words: str, codebook: Codebook, places: Gazetteer) -> ParticipantValue:
    before = statement.value if isinstance(statement.value, ParticipantValue) else None
    found = _actor(words, codebook, places)
    if found is not None:
        return found
    kind = before.kind if before else None
    return ParticipantValue(words, None, kind, False if kind == "person" else None)


def _actor(words: str, codebook: Codebook, places: Gazetteer) -> ParticipantValue | None:
    """The actor whose name the words are; None where the codebook and the rules for names know none."""
    reading = _reading(words, codebook, places)
    for actor in within(reading.actors, 0, len(words)):
        if (
            actor.name == (0, len(words))
            and actor.actor_id is not None
            and actor.kind in ("organisation", "state")
        ):
            return ParticipantValue(words, actor.actor_id, actor.kind)
        if actor.name == (0, len(words)) and actor.kind == "person":
            return ParticipantValue(words, actor.actor_id, "person", False)
    return None


def _place(words: str, codebook: Codebook, places: Gazetteer) -> Place:
    found = within(_reading(words, codebook, places).places, 0, len(words))
    return next((one.place for one in found if (one.start, one.end) == (0, len(words))), Place(words, None))


def _reading(words: str, codebook: Codebook, places: Gazetteer) -> Reading:
    return read(Report("", "", words), codebook, places)
