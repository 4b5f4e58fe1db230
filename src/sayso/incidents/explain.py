"""Why mentions are one incident and others are not: the same evidence that grouped them, pair by pair."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

from sayso.incidents.candidates import candidates
from sayso.incidents.facts import Facts
from sayso.incidents.group import Across, Scores, in_two_steps, units_of
from sayso.incidents.pairs import Evidence, weigh


@dataclass(frozen=True, slots=True)
class Compared:
    """Two mentions and the evidence on them.

    ``evidence`` is None where they are the same passage in copies of one text, which are one before all else.
    ``by_people`` is what people say of the two, which goes before the evidence.
    """

    a: str
    b: str
    evidence: Evidence | None
    by_people: Literal["same", "not_same"] | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Another incident, by its mentions, and why it is not this one; ``mean`` is the mean probability."""

    mention_ids: tuple[str, ...]
    mean: float
    pairs: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why some mentions are one incident.

    ``pairs`` are all pairs of them, ``near`` the other incidents that came closest, the closest first.
    ``without`` has for each report the groups that the mentions of the others would fall into if it were not
    there, where that is not one.
    """

    pairs: tuple[Compared, ...]
    near: tuple[Near, ...]
    without: Mapping[str, tuple[tuple[str, ...], ...]]


MOST_NEAR = 3
"""So many of the incidents that came closest are told."""


def compared(mine: Iterable[Facts], theirs: Iterable[Facts], across: Across) -> tuple[Compared, ...]:
    """All pairs between some mentions and others, in their order."""
    return tuple(_pair(one, other, across) for one, other in product(mine, theirs))


def reasons(
    mention_ids: Sequence[str], facts: Sequence[Facts], groups: Sequence[Sequence[str]], across: Across
) -> Reasons:
    """Why the mentions of one incident are one.

    facts   of all mentions, as ``facts_on`` gives them.
    groups  the mention_ids of all incidents, this one among them.
    """
    told = [one for one in facts if one.mention_ids]
    mine = [one for one in told if set(one.mention_ids) & set(mention_ids)]
    return Reasons(
        pairs=(*_copies(mine), *(_pair(one, other, across) for one, other in combinations(mine, 2))),
        near=_near(mention_ids, told, groups, across),
        without=_without(mine, across),
    )


def _pair(one: Facts, other: Facts, across: Across) -> Compared:
    evidence = weigh(one, other, across.codebook, across.weights)
    if across.judged.apart(one.mention_ids, other.mention_ids):
        return Compared(one.id, other.id, evidence, "not_same")
    units = [{across.judged.unit(mention_id) for mention_id in its.mention_ids} for its in (one, other)]
    return Compared(one.id, other.id, evidence, None if units[0].isdisjoint(units[1]) else "same")


def _copies(mine: Iterable[Facts]) -> list[Compared]:
    return [Compared(one.id, other, None) for one in mine for other in one.mention_ids[1:]]


def _near(
    mention_ids: Sequence[str], told: Sequence[Facts], groups: Sequence[Sequence[str]], across: Across
) -> tuple[Near, ...]:
    home = {mention_id: number for number, group in enumerate(groups) for mention_id in group}
    here = home[mention_ids[0]]
    numbers = [home[one.id] for one in told]
    beside = {
        numbers[other]
        for pair in candidates(told)
        for one, other in (pair, pair[::-1])
        if numbers[one] == here and numbers[other] != here
    }
    inside: dict[int, list[Facts]] = {number: [] for number in (*beside, here)}
    for number, one in zip(numbers, told, strict=True):
        if number in inside:
            inside[number].append(one)
    found = []
    for number in sorted(beside):
        pairs = compared(inside[here], inside[number], across)
        mean = sum(one.evidence.probability for one in pairs if one.evidence) / len(pairs)
        found.append(Near(tuple(groups[number]), round(mean, 4), pairs))
    return tuple(sorted(found, key=lambda one: (-one.mean, one.mention_ids))[:MOST_NEAR])


def _without(mine: Sequence[Facts], across: Across) -> dict[str, tuple[tuple[str, ...], ...]]:
    """For each report that holds the others together, what these would be without it."""
    found = {}
    for report_id in sorted({report_id for one in mine for report_id in one.report_ids}):
        left = [one for one in mine if one.report_ids != {report_id}]
        if len(left) < 2:
            continue
        scores = Scores(
            left, across, units_of({at: one.mention_ids for at, one in enumerate(left)}, across.judged)
        )
        links = scores.likely(combinations(range(len(left)), 2))
        groups = in_two_steps(range(len(left)), links, left, scores, scores.units)
        if len(groups) > 1:
            found[report_id] = tuple(
                tuple(mention_id for at in group for mention_id in left[at].mention_ids) for group in groups
            )
    return found
