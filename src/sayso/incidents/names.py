"""Who and what takes part: the names of statements made participants, and which actor a name is.

- Participants are those of one actor_id, else of one name, whatever its case. (name_key)
- Where a report uses the name of a whole and of its part for one act, the part is meant. (identities)
- Across reports, names that agree by part-of stand under the whole; two parts that are not parts of one
  another stay apart, and so does their whole. (identities)
- A denial by the part counts for the whole, not the other way round. (identities)
- A description that names nobody (kind people) is never part or whole of an actor. (is_named)
- A person is public if any statement says so. (participant)
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from sayso.incidents.telling import AFFIRMING, Telling, gather, ids
from sayso.incidents.voices import plain
from sayso.model import Field, Participant, ParticipantValue, Standing, Statement

PROPER = frozenset({"organisation", "state", "person"})

Part = Callable[[str, str], bool]
"""Whether the first is the second or a part of it."""


def value_of(statement: Statement) -> ParticipantValue:
    """The participant of a statement of a role; to be asked only where there is one."""
    if not isinstance(statement.value, ParticipantValue):
        raise TypeError(f"statement {statement.statement_id} has no participant")
    return statement.value


def name_key(value: ParticipantValue) -> str:
    """What tells one participant from another: the actor_id, else the name; marked where it names nobody."""
    key = value.actor_id or plain(value.name)
    return key if is_named(value) else f"people {key}"


def is_named(value: ParticipantValue) -> bool:
    """Whether a participant is somebody in particular."""
    return value.kind != "people"


def participants(telling: Telling, field: Field) -> tuple[Participant, ...]:
    """The participants of a role, in order of first appearance."""
    told = (one for one in telling.about(field) if isinstance(one.value, ParticipantValue))
    return tuple(participant(one.statements) for one in gather((name_key(value_of(s)), s, s) for s in told))


def participant(
    statements: Sequence[Statement],
    *,
    named_by: Sequence[Statement] = (),
    standing: Standing | None = None,
) -> Participant:
    """One participant from the statements about it.

    named_by  those of them whose name it goes by; all of them if not given.
    """
    values = [value_of(one) for one in statements]
    namings = [value_of(one) for one in named_by or statements]
    kind = next((value.kind for value in namings if value.kind), None)
    return Participant(
        name=_shown_name([one.name for one in namings], proper=kind in PROPER),
        actor_id=next((value.actor_id for value in namings if value.actor_id), None),
        kind=kind,
        public=any(value.public for value in values) if kind == "person" else None,
        mentions=tuple(dict.fromkeys(value.name for value in values)),
        statement_ids=ids(statements),
        standing=standing,
    )


def identities(statements: Sequence[Statement], part: Part) -> dict[tuple[str, str], str]:
    """Which actor each name stands for, by mention and name key.

    statements  those of the field perpetrator that have a value, of any stance.
    """
    named = [one for one in statements if is_named(value_of(one))]
    told: dict[str, list[str]] = {}
    for one in named:
        if one.stance in AFFIRMING:
            told.setdefault(one.mention_id, []).append(name_key(value_of(one)))
    meant = {
        (mention, key): _most_specific(key, keys, part) for mention, keys in told.items() for key in keys
    }
    actors = sorted(set(meant.values()))
    stands = {actor: _under(actor, actors, part) for actor in actors}
    found = {at: stands[actor] for at, actor in meant.items()}
    for one in statements:
        key = name_key(value_of(one))
        wholes = [actor for actor in actors if part(key, actor)] if is_named(value_of(one)) else []
        lowest = [actor for actor in wholes if all(part(actor, other) for other in wholes)]
        found.setdefault((one.mention_id, key), stands[lowest[0]] if lowest else key)
    return found


def _most_specific(key: str, keys: Iterable[str], part: Part) -> str:
    """The part that a report names beside its whole; the whole where it names several that differ."""
    parts = sorted({other for other in keys if part(other, key)})
    return next((one for one in parts if all(part(one, other) for other in parts)), key)


def _under(actor: str, actors: Sequence[str], part: Part) -> str:
    """The highest actor it stands under: one whose parts here are all parts of one another."""
    wholes = [
        one for one in actors if part(actor, one) and _is_chain([a for a in actors if part(a, one)], part)
    ]
    return next((one for one in wholes if all(part(other, one) for other in wholes)), actor)


def _is_chain(actors: Sequence[str], part: Part) -> bool:
    return all(part(one, other) or part(other, one) for one in actors for other in actors)


def _shown_name(names: Sequence[str], *, proper: bool) -> str:
    """The form printed most often, then first; of its spellings the one that a running sentence has.

    Titles print words large that are not so elsewhere: the spelling with the fewest capitals is taken, but
    for proper names one that has some.
    """
    forms = Counter(plain(name) for name in names)
    form = max(forms, key=lambda one: forms[one])
    spellings = Counter(name for name in names if plain(name) == form)
    return min(
        spellings, key=lambda one: (-spellings[one], proper and one.islower(), sum(map(str.isupper, one)))
    )
