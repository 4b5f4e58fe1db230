"""The attribution status that a list of attributions adds up to, by the codebook's rule.

It is computed here for both sides, whatever status a prediction asserts, and apart from the reconciler, so
that one mistake cannot hide behind itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from sayso.evaluate.names import any_same, names_nobody, plain
from sayso.evaluate.told import Attributed
from sayso.model import REPORT_VOICE

BASES = ("claimed", "accused", "suspected", "stated")
"""Strongest first."""

MOST_READINGS = 1024
"""Of one list of attributions with alternatives; no gold by hand comes near."""


@dataclass(frozen=True, slots=True)
class _Actor:
    """What is said of one actor."""

    said: tuple[Attributed, ...]

    @property
    def stances(self) -> set[str]:
        return {one.stance for one in self.said}

    @property
    def basis(self) -> int | None:
        """The place of the strongest basis; None for an actor of whom denials alone are told."""
        return next((place for place, basis in enumerate(BASES) if basis in self.stances), None)

    @property
    def named(self) -> bool:
        return not all(names_nobody(one.actors[0]) for one in self.said)

    @property
    def accused_by_name(self) -> bool:
        return any(
            one.stance == "accused" and one.speakers and plain(one.speakers[0]) != REPORT_VOICE
            for one in self.said
        )


def status_of(attributed: Iterable[Attributed]) -> str:
    """The status by the first stance of each attribution; "unknown" where there are none."""
    actors = _by_actor([one for one in attributed if one.counts and one.stances and one.actors])
    based = [actor for actor in actors if actor.basis is not None]
    pool = [actor for actor in based if actor.named] or based
    if not pool:
        return "denied_only" if any(actor.stances & {"denied", "rejected"} for actor in actors) else "unknown"
    best = min(actor.basis for actor in pool if actor.basis is not None)
    top = [actor for actor in pool if actor.basis == best]
    if BASES[best] != "claimed":
        return f"{BASES[best]}_denied" if any("denied" in actor.stances for actor in top) else BASES[best]
    disputed = (
        len(top) > 1
        or any(actor.stances & {"denied", "rejected"} for actor in top)
        or any(actor.named and actor.accused_by_name for actor in pool if actor not in top)
    )
    return "claimed_disputed" if disputed else "claimed"


def _by_actor(attributed: Iterable[Attributed]) -> list[_Actor]:
    """One entry for each actor, whatever name is used; a name of two actors makes them one."""
    groups: list[tuple[Attributed, ...]] = []
    for one in attributed:
        its = [group for group in groups if any(any_same(one.listed, other.listed) for other in group)]
        groups = [group for group in groups if group not in its]
        groups.append((*(other for group in its for other in group), one))
    return [_Actor(group) for group in groups]


def right_statuses(attributed: Sequence[Attributed]) -> tuple[str, frozenset[str]]:
    """Gold's status, and all those that another right reading of its attributions adds up to."""
    main = status_of(attributed)
    readings: list[list[Attributed | None]] = []
    ways = 1
    for one in attributed:
        its: list[Attributed | None] = [replace(one, stances=(stance,)) for stance in one.stances]
        its += [None] if one.optional else []
        if ways * len(its) > MOST_READINGS:
            its = its[:1]
        ways *= len(its)
        readings.append(its)
    right = {status_of(one for one in way if one is not None) for way in product(*readings)}
    return main, frozenset({main} | right)
