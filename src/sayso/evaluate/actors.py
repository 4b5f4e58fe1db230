"""Names of participants on both sides, one to one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sayso.evaluate.align import assign
from sayso.evaluate.names import alike, names_nobody, same, weapons_alike
from sayso.evaluate.told import Names, Told

Same = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Matched:
    """How many are on both sides, and the main names of those that are on one side only."""

    found: tuple[str, ...]
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


def matched(role: str, gold: Told | None, said: Told | None) -> Matched:
    """The participants of one role; None where gold or the prediction has no such incident.

    What names nobody ("gunmen") is never a wrong perpetrator.
    """
    ours: tuple[Names, ...] = getattr(gold, role) if gold else ()
    theirs: tuple[Names, ...] = getattr(said, role) if said else ()
    if role == "perpetrators":
        one_actor = [one.actors for one in gold.attributed] if gold else []
        found = match(ours, theirs, same, one_actor)
        wrong = tuple(name for name in found.wrong if not names_nobody(name))
        return Matched(found.found, wrong, found.missed)
    if role == "targets":
        return match(ours, theirs, alike)
    return match(ours, theirs, weapons_alike, one=weapons_alike)


def match(
    gold: Sequence[Names],
    said: Sequence[Names],
    agree: Same,
    one_actor: Sequence[Names] = (),
    *,
    one: Same = same,
) -> Matched:
    """Gold's participants and the predicted ones that agree, each with one other at most.

    Args:
        gold: The names of each participant of gold.
        said: The names of each predicted one, the main one first.
        agree: Whether a name of gold's and a predicted one agree.
        one_actor: Names that gold elsewhere gives to one actor: its participants are merged by them.
        one: Whether two names on one side are of one participant: to say the same twice gains nothing.
    """
    ours = _merged(gold, one_actor, one)
    theirs = _distinct(said, one)
    weights = [[_weight(names, others, agree) for others in theirs] for names in ours]
    pairs = assign(weights)
    hit_ours, hit_theirs = {row for row, _ in pairs}, {column for _, column in pairs}
    wrong = [
        others[0]
        for column, others in enumerate(theirs)
        if column not in hit_theirs
        and not any(agree(name, others[0]) for row in sorted(hit_ours) for name in ours[row])
    ]
    return Matched(
        found=tuple(ours[row][0] for row, _ in pairs),
        wrong=tuple(wrong),
        missed=tuple(names[0] for row, names in enumerate(ours) if row not in hit_ours),
    )


def _merged(gold: Sequence[Names], one_actor: Sequence[Names], one: Same) -> list[Names]:
    groups: list[Names] = []
    for names in gold:
        full = names
        for others in one_actor:
            if any(one(a, b) for a in names for b in others):
                full += others
        its = [group for group in groups if any(one(a, b) for a in full for b in group)]
        groups = [group for group in groups if group not in its]
        groups.append((*(name for group in its for name in group), *full))
    return groups


def _distinct(said: Sequence[Names], one: Same) -> list[Names]:
    kept: list[Names] = []
    for names in said:
        if not any(one(names[0], others[0]) for others in kept):
            kept.append(names)
    return kept


def _weight(ours: Names, theirs: Names, agree: Same) -> float:
    if not any(agree(name, other) for name in ours for other in theirs):
        return 0.0
    return 1.1 if any(agree(name, theirs[0]) for name in ours) else 1.0
