"""What must hold between the rows of a codebook, beyond what each row's model checks by itself."""

from collections.abc import Iterator, Mapping, Set
from datetime import date
from itertools import pairwise

from sayso.codebook.kinds import KINDS, Placed, Rows
from sayso.codebook.reading import Fault
from sayso.codebook.schema import Actor, Cue, EventType, Holiday, Quantity, Row, Sense, Weapon


def check(rows: Rows, faulty: Mapping[str, Set[str] | None]) -> Iterator[Fault]:
    """What is wrong between the rows.

    Args:
        rows: All sound rows, by file.
        faulty: By file, the names of the rows that are there with faults of their own, None where some could
            not be read at all. Nothing is held against the rows that point to these.
    """
    if (types := faulty["event_types.yaml"]) is not None:
        yield from _pointing_to_event_types(rows, types)
    if (senses := faulty["senses.yaml"]) is not None:
        yield from _pointing_to_senses(rows, senses)
    yield from _actors(rows["actors.csv"], faulty["actors.csv"])
    for placed in rows["holidays.csv"]:
        if isinstance(placed.row, Holiday):
            yield from _days(placed, placed.row.first, placed.row.last, "first", "last")
    for file, kind in KINDS.items():
        for placed in rows[file]:
            if kind.words and not kind.words_of(placed.row):
                yield placed.fault(f"{kind.words}: needs at least one word")
    for placed in rows["quantities.yaml"]:
        if isinstance(placed.row, Quantity):
            yield from _quantity(placed, placed.row)


def _pointing_to_event_types(rows: Rows, faulty: Set[str]) -> Iterator[Fault]:
    types = [placed.row for placed in rows["event_types.yaml"] if isinstance(placed.row, EventType)]
    given = dict.fromkeys(sorted(faulty), True) | {row.sub_event_type: row.program for row in types}
    for placed in (*rows["event_types.yaml"], *rows["cues.yaml"], *rows["weapons.yaml"]):
        for key, wanted in _types_given(placed.row):
            if wanted is not None and wanted not in given:
                known = ", ".join(given) or "none"
                yield placed.fault(f"{key}: unknown {wanted!r}; event_types.yaml has {known}")
            elif wanted is not None and not given[wanted]:
                yield placed.fault(f"{key}: {wanted!r} is for people only (program: false)")


def _types_given(row: Row) -> Iterator[tuple[str, str | None]]:
    if isinstance(row, EventType):
        yield from (("made_of", kind) for pair in row.made_of for kind in pair)
        yield from (("instead_of", kind) for kind in row.instead_of)
    if isinstance(row, Weapon | Cue):
        yield "sub_event_type", row.sub_event_type
    if isinstance(row, Cue):
        yield from (("if_subject", kind) for kind in row.if_subject.values())
        yield from (("if_object", kind) for kind in row.if_object.values())


KINDS_OF_WORDS = ("person", "organisation", "place", "weapon", "vehicle", "actor", "state", "unknown", "none")
"""What a cue may need beside the senses of senses.yaml."""


def _pointing_to_senses(rows: Rows, faulty: Set[str]) -> Iterator[Fault]:
    senses = {placed.row.sense for placed in rows["senses.yaml"] if isinstance(placed.row, Sense)}
    known = (*sorted(senses | faulty), *KINDS_OF_WORDS)
    for placed in rows["cues.yaml"]:
        if isinstance(placed.row, Cue):
            needs = (kind for kinds in placed.row.needs.values() for kind in kinds)
            for kind in (*needs, *placed.row.if_subject, *placed.row.if_object):
                if kind not in known:
                    yield placed.fault(f"unknown kind {kind!r}; the kinds are {', '.join(known)}")


def _actors(placed_rows: list[Placed], faulty: Set[str] | None) -> Iterator[Fault]:
    by_id: dict[str, list[tuple[Placed, Actor]]] = {}
    for placed in placed_rows:
        if isinstance(placed.row, Actor):
            by_id.setdefault(placed.row.actor_id, []).append((placed, placed.row))
    for rows in by_id.values():
        for placed, row in rows:
            yield from _days(placed, row.since, row.until, "since", "until")
            if row.local and row.country is None:
                yield placed.fault("local: needs a country, in whose reports the names count")
        yield from _overlaps(rows)
    yield from _pointing_to_actors(by_id, faulty, "part_of", "a part of itself")
    yield from _pointing_to_actors(by_id, faulty, "successor", "its own successor")


def _pointing_to_actors(
    by_id: dict[str, list[tuple[Placed, Actor]]], faulty: Set[str] | None, key: str, circle: str
) -> Iterator[Fault]:
    above = {
        actor_id: [other for _, row in rows if (other := getattr(row, key))]
        for actor_id, rows in by_id.items()
    }
    for actor_id, rows in by_id.items():
        for placed, row in rows:
            other = getattr(row, key)
            if other is None:
                continue
            if faulty is not None and other not in by_id and other not in faulty:
                yield placed.fault(f"{key}: no actor has the actor_id {other!r}")
            if actor_id in _all_above(other, above):
                yield placed.fault(f"{key}: {actor_id!r} is {circle} by way of {other!r}")


def _all_above(actor_id: str, above: dict[str, list[str]]) -> set[str]:
    """The actor and all that it points to, directly or not, at any time."""
    reached, left = {actor_id}, [actor_id]
    while left:
        for whole in above.get(left.pop(), ()):
            if whole not in reached:
                reached.add(whole)
                left.append(whole)
    return reached


def _overlaps(rows: list[tuple[Placed, Actor]]) -> Iterator[Fault]:
    by_start = sorted(rows, key=lambda pair: pair[1].since or "")
    for (_, earlier), (placed, later) in pairwise(by_start):
        if earlier.until is None or (later.since or "") <= earlier.until:
            yield placed.fault(
                f"since: two rows of {later.actor_id!r} hold on one day; one must end before the next begins"
            )


def _days(placed: Placed, first: str | None, last: str | None, *names: str) -> Iterator[Fault]:
    for name, day in zip(names, (first, last), strict=True):
        if day is not None and not _is_day(day):
            yield placed.fault(f"{name}: {day} is no day of the calendar")
    if first is not None and last is not None and first > last:
        yield placed.fault(f"{names[0]}: {first} is after {names[1]}, {last}")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _quantity(placed: Placed, row: Quantity) -> Iterator[Fault]:
    numbers = [number for number in (row.low, row.best, row.high) if number is not None]
    if row.bound is None and not numbers:
        yield placed.fault("needs one of best, low, high or bound")
    elif row.bound is not None and numbers:
        yield placed.fault(
            "a word with bound changes the number after it and has none itself (best, low, high)"
        )
    if numbers != sorted(numbers):
        yield placed.fault("low, best and high must not fall")
