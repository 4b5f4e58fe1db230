"""What happened and where: the event type and the places.

- The type is the first, in the codebook's order, of those said to have happened; the rest in ``also``.
  (settle_event)
- What is said not to have happened never sets the type; it disagrees. (settle_event)
- The place is the most precise that agrees with the rest; of conflicting ones that of most voices.
  (settle_place)
- Places conflict that surely are not the same, unless one voice in one report tells of both. (_conflict)
- ``places`` are all distinct ones, without those that only say another one more widely. (places_of)
"""

from dataclasses import dataclass

from sayso.errors import UsageError
from sayso.incidents.telling import Said, Settled, Telling, conflicting, gather
from sayso.incidents.voices import Voices, plain
from sayso.model import EventValue, Place, PlacePrecision, Statement
from sayso.places import apart, contains

PRECISIONS: tuple[PlacePrecision | None, ...] = (
    "exact",
    "near",
    "town",
    "route",
    "district",
    "admin1",
    "sea",
    "country",
    None,
)
"""From the most precise to a place that is only a text."""


@dataclass(frozen=True, slots=True)
class EventTypes:
    """The types of an incident: the shown sub-event type and the other ones, in the codebook's order."""

    shown: str
    also: tuple[str, ...]


def settle_event(telling: Telling, voices: Voices) -> Settled[EventTypes]:
    """The sub-event types of an incident.

    Raises UsageError where no statement says that something happened, or where the codebook lacks a type.
    """
    told = [(one.value, one) for one in telling.about("event") if isinstance(one.value, EventValue)]
    happened = [(value.sub_event_type, one) for value, one in told if value.happened]
    if not happened:
        mention = telling.mentions[0]
        raise UsageError(
            f"No statement of the mention {mention.mention_id} says that something happened.",
            "Give each mention at least one statement of the field event whose happened is true.",
        )
    types = sorted({sub_event_type for sub_event_type, _ in happened}, key=telling.codebook.rank_of)
    shown = EventTypes(types[0], tuple(types[1:]))
    basis = tuple(one for _, one in happened)
    against = gather(
        (value, value, one)
        for one in telling.statements
        if isinstance(value := one.value, EventValue) and not value.happened
    )
    rivals: tuple[Said[object], ...] = ()
    if against:
        rivals = (Said(EventValue(shown.shown, True), basis), *against)
    agree = [one for sub_event_type, one in happened if sub_event_type == shown.shown]
    return Settled(shown, basis, voices.count(agree), rivals)


def settle_place(telling: Telling, voices: Voices) -> Settled[Place | None]:
    """The place that is shown, what it rests on, and the places that conflict; None where none is told."""
    said = _distinct_places(telling)
    if not said:
        return Settled(None)

    def supporters(one: Said[Place]) -> list[Statement]:
        return [
            statement
            for other in said
            if other is one
            or (not apart(one.value, other.value) and _fineness(other.value) >= _fineness(one.value))
            for statement in other.statements
        ]

    rivals = conflicting(said, lambda one, other: _conflict(one, other, voices))
    shown = min(
        enumerate(said),
        key=lambda at: (
            -voices.count(supporters(at[1])),
            _fineness(at[1].value),
            -voices.count(at[1].statements),
            at[0],
        ),
    )[1]
    agree = [
        statement
        for one in said
        if one is shown or contains(one.value, shown.value)
        for statement in one.statements
    ]
    first = tuple(sorted(rivals, key=lambda one: one is not shown))
    return Settled(shown.value, shown.statements, voices.count(agree), first)


def places_of(telling: Telling, shown: Place | None) -> tuple[Place, ...]:
    """Every place of an incident, the shown one first; empty where none is told."""
    if shown is None:
        return ()
    kept = [shown]
    values = [one.value for one in _distinct_places(telling)]
    for value in values:
        wider = any(contains(value, other) and not contains(other, value) for other in values)
        again = any(contains(value, other) and contains(other, value) for other in kept)
        if not wider and not again:
            kept.append(value)
    return tuple(kept)


def _distinct_places(telling: Telling) -> tuple[Said[Place], ...]:
    """The places told, those that are the same one together, in order of first appearance.

    Coordinates do not tell places apart: the same town may be written with more digits.
    """
    told = [(one.value, one) for one in telling.about("place") if isinstance(one.value, Place)]
    return gather(
        ((plain(value.name or value.text), value.admin1, value.country, value.precision), value, one)
        for value, one in told
    )


def _fineness(value: Place) -> int:
    return PRECISIONS.index(value.precision)


def _conflict(one: Said[Place], other: Said[Place], voices: Voices) -> bool:
    """Whether two places cannot both be right; a voice that tells of both in one report means both."""
    if not apart(one.value, other.value):
        return False
    return not (voices.tellers(one.statements) & voices.tellers(other.statements))
