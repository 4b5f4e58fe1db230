"""Mentions to incidents: average linkage over the evidence on pairs, with vetoes."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import groupby, product

from sayso.codebook import Codebook
from sayso.incidents.candidates import candidates
from sayso.incidents.facts import Facts, together, told_by
from sayso.incidents.judged import Judged
from sayso.incidents.pairs import Weights, is_hopeless, most_told, probability, shipped_weights
from sayso.incidents.wording import alike, alike_each, shipped
from sayso.model import Incident, Report

Links = dict[int, dict[int, float]]
"""Group -> the groups it could be joined to, and the sum over all pairs between them; above 0 all of them."""

Unit = tuple[int, ...]
"""Positions, sorted, that people put together."""

LEAST = 0.5
"""The least mean probability, over all pairs between two groups, at which these are joined."""


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one incident, and reports that by their words tell of it though none was read in them.

    Both sorted.
    """

    mention_ids: tuple[str, ...]
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Across:
    """What linking needs beside the mentions.

    reports     by report_id; a mention whose report is not there is compared without its words. Those that no
                mention is of may be found to tell of an incident all the same.
    lineage_of  report_id -> lineage_id; a report that is not there is its own lineage.
    judged      what people say of which mentions are one; it goes before all evidence.
    """

    reports: Mapping[str, Report]
    lineage_of: Mapping[str, str]
    codebook: Codebook
    weights: Weights = field(default_factory=shipped_weights)
    judged: Judged = field(default_factory=Judged)


def group(mentions: Sequence[Incident], across: Across) -> tuple[Group, ...]:
    """The mentions in groups, each in exactly one, in order of their mention_ids.

    mentions    one incident for each mention, reconciled alone: its incident_id is the mention_id.

    Two groups are joined, the likeliest first, while the mean probability over all pairs between them is
    ``LEAST`` or more and no pair is vetoed. So two mentions of one report are never joined, nor strangers
    through a third. The same passage in copies of one text is joined first. What people put together is one
    and what they hold apart is two, whatever the evidence. A report without mentions goes
    to the group it is likeliest of, where the mean probability is above ``LEAST``; it joins no groups. Order
    does not matter; no mentions, no groups.
    """
    facts = facts_on(mentions, across)
    scores = Scores(
        facts, across, units_of({at: one.mention_ids for at, one in enumerate(facts)}, across.judged)
    )
    links = [*scores.likely(candidates(facts)), *inside(scores.units)]
    found = [one for part in hanging_together(range(len(facts)), links) for one in grouped(part, scores)]
    return tuple(sorted(found, key=lambda one: one.mention_ids))


def facts_on(mentions: Sequence[Incident], across: Across) -> list[Facts]:
    """The facts of the mentions, each with those that are the same passage, and of reports without any."""
    by_report: dict[str, list[Incident]] = {report_id: [] for report_id in across.reports}
    for mention in {mention.incident_id: mention for mention in mentions}.values():
        by_report.setdefault(mention.reports[0].report_id, []).append(mention)
    told = [
        one
        for report_id, its in by_report.items()
        for one in told_by(across.reports.get(report_id), its, shipped())
    ]
    return together(told, across.lineage_of, across.judged)


class Scores:
    """How likely two of some facts are one incident, above ``LEAST``; None where they cannot be.

    They cannot where people hold them apart, and where the evidence forbids it. But a mention that people put
    together with others is forbidden only where all of these are; else it is as likely as these on average.
    """

    def __init__(
        self, facts: Sequence[Facts] | Mapping[int, Facts], across: Across, units: Mapping[int, Unit]
    ) -> None:
        self.facts = facts
        self.units = units
        self._across = across
        self._known: dict[tuple[int, int], float | None] = {}
        self._beside: dict[tuple[int, int], float | None] = {}

    def __call__(self, first: int, second: int) -> float | None:
        """The score of two positions, the smaller first."""
        pair = (first, second)
        if pair not in self._known:  # asked for in both steps
            self._known[pair] = self._score(first, second, self._cosine(first, second))
        return self._known[pair]

    def likely(self, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those of some pairs, sorted, of which at least one is a mention, that score above 0."""
        found = []
        weights = self._across.weights
        most = most_told(weights)
        for first, its in groupby(pairs, key=lambda pair: pair[0]):
            others = [second for _, second in its]
            for second, cosine in zip(others, self._cosines(first, others), strict=True):
                one, other = self.facts[first], self.facts[second]
                if not (one.mention_ids or other.mention_ids):
                    continue
                if is_hopeless(one, other, weights, cosine, most):
                    continue
                score = self._score(first, second, cosine)
                if score is not None and score > 0:
                    found.append((first, second))
        return found

    def _score(self, first: int, second: int, cosine: float) -> float | None:
        if self._across.judged.apart(self.facts[first].mention_ids, self.facts[second].mention_ids):
            return None
        found = self._evidence(first, second, cosine)
        if found is not None or not (first in self.units or second in self.units):
            return found
        beside = product(self.units.get(first, (first,)), self.units.get(second, (second,)))
        values = (self._known_evidence(min(pair), max(pair)) for pair in beside if pair[0] != pair[1])
        able = [one for one in values if one is not None]
        return math.fsum(able) / len(able) if able else None

    def _known_evidence(self, first: int, second: int) -> float | None:
        pair = (first, second)
        if pair not in self._beside:  # asked for by each of a unit
            self._beside[pair] = self._evidence(first, second, self._cosine(first, second))
        return self._beside[pair]

    def _evidence(self, first: int, second: int, cosine: float) -> float | None:
        across = self._across
        found = probability(self.facts[first], self.facts[second], across.codebook, across.weights, cosine)
        return None if found is None else found - LEAST

    def _cosine(self, first: int, second: int) -> float:
        one, other = self.facts[first].wording, self.facts[second].wording
        return alike(one, other) if one and other else 0.0

    def _cosines(self, first: int, others: Sequence[int]) -> list[float]:
        """The cosine of the words of one with each of the others; 0 where one has none."""
        mine = self.facts[first].wording
        wordings = [self.facts[second].wording for second in others]
        if mine is None or not any(wordings):
            return [0.0] * len(others)
        known = iter(alike_each(mine, [wording for wording in wordings if wording is not None]))
        return [0.0 if wording is None else next(known) for wording in wordings]


@dataclass(frozen=True, slots=True)
class Part:
    """Positions of facts that hang together by links; nothing else has a say in how they are grouped."""

    items: tuple[int, ...]
    links: tuple[tuple[int, int], ...]


def hanging_together(items: Iterable[int], links: Sequence[tuple[int, int]]) -> list[Part]:
    """The items in parts that no link leads out of, in order of their first."""
    head = {item: item for item in items}

    def top(item: int) -> int:
        while head[item] != item:
            head[item] = item = head[head[item]]
        return item

    for first, second in links:
        one, other = sorted((top(first), top(second)))
        head[other] = one
    parts: dict[int, list[int]] = {}
    for item in sorted(head):
        parts.setdefault(top(item), []).append(item)
    inside: dict[int, list[tuple[int, int]]] = {}
    for link in sorted(links):
        inside.setdefault(top(link[0]), []).append(link)
    return [Part(tuple(its), tuple(inside.get(first, ()))) for first, its in parts.items()]


def grouped(part: Part, scores: Scores) -> list[Group]:
    """The groups of a part; none of reports without mentions alone."""
    groups = in_two_steps(part.items, part.links, scores.facts, scores, scores.units)
    silent = silent_reports(groups, part.links, scores.facts, scores)
    return [
        Group(
            tuple(sorted(mention_id for index in its for mention_id in scores.facts[index].mention_ids)),
            tuple(
                sorted(
                    report_id for index in silent.get(at, ()) for report_id in scores.facts[index].report_ids
                )
            ),
        )
        for at, its in enumerate(groups)
    ]


def units_of(members: Mapping[int, Sequence[str]], judged: Judged) -> dict[int, Unit]:
    """Position -> the positions that people put together with it, this one too, where there are others.

    members  position -> mention_ids; of copies of one passage several. These may be in several units, which
             are then one.
    """
    told = {mention_id for unit in judged.together for mention_id in unit}
    head: dict[str, int] = {}
    links = [
        (head.setdefault(judged.unit(mention_id), at), at)
        for at, its in sorted(members.items())
        for mention_id in told.intersection(its)
    ]
    parts = hanging_together({at for _, at in links}, links)
    return {at: part.items for part in parts if len(part.items) > 1 for at in part.items}


def inside(units: Mapping[int, Unit]) -> list[tuple[int, int]]:
    """Links by which what people put together hangs together."""
    return [(unit[0], at) for at, unit in sorted(units.items()) if at != unit[0]]


def in_two_steps(
    items: Iterable[int],
    links: Collection[tuple[int, int]],
    facts: Sequence[Facts] | Mapping[int, Facts],
    score: Callable[[int, int], float | None],
    units: Mapping[int, Unit],
) -> list[list[int]]:
    """The mentions in groups: first what reports are mainly about, then what else they tell of.

    A report that tells of one incident in several mentions, or of an arrest after it, would else be joined
    to another by the wrong one of them, and then the right ones cannot be. What people put together begins
    as one group.
    """
    told = [index for index in items if facts[index].mention_ids]
    starts = sorted({tuple(units.get(index, (index,))) for index in told})
    main = [unit for unit in starts if any(facts[at].is_main for at in unit)]
    rest = [unit for unit in starts if not any(facts[at].is_main for at in unit)]
    early = {at for unit in main for at in unit}
    first = [pair for pair in links if early.issuperset(pair)]
    every = [pair for pair in links if all(facts[at].mention_ids for at in pair)]
    return linkage([*linkage(main, first, score), *rest], every, score)


def silent_reports(
    groups: Sequence[Sequence[int]],
    pairs: Iterable[tuple[int, int]],
    facts: Sequence[Facts] | Mapping[int, Facts],
    score: Callable[[int, int], float | None],
) -> dict[int, list[int]]:
    """Position of a group -> the reports without mentions that go there."""
    home = {index: at for at, inside in enumerate(groups) for index in inside}
    near: dict[int, set[int]] = {}
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            if one not in home and other in home and facts[one].wording is not None:
                near.setdefault(one, set()).add(home[other])
    found: dict[int, list[int]] = {}
    for report, its in sorted(near.items()):
        means = [(_sum([report], groups[at], score) / len(groups[at]), -at) for at in sorted(its)]
        best, at = max(means)
        if best > 0:
            found.setdefault(-at, []).append(report)
    return found


def linkage(
    groups: Iterable[Sequence[int]],
    pairs: Iterable[tuple[int, int]],
    score: Callable[[int, int], float | None],
) -> list[list[int]]:
    """The groups joined further, each sorted, in order of their first.

    ``score(smaller, larger)`` is asked for ``pairs``, and for others where a joining needs them; None forbids
    that the two are ever in one group. The best mean above 0 is joined first; ties go to the smaller items.
    """
    members = {min(group): sorted(group) for group in groups}
    home = {item: first for first, group in members.items() for item in group}
    links: Links = {first: {} for first in members}
    for first, second in {tuple(sorted((home[one], home[other]))) for one, other in pairs}:
        if first != second and (total := _sum(members[first], members[second], score)) > 0:
            links[first][second] = links[second][first] = total

    def entry(first: int, second: int) -> tuple[float, int, int] | None:
        total = links[first].get(second)
        if total is None:
            return None
        return -total / (len(members[first]) * len(members[second])), min(first, second), max(first, second)

    queue = [found for first in links for second in links[first] if (found := entry(first, second))]
    heapify(queue)
    while queue:
        best = heappop(queue)
        _, first, second = best
        # An entry is out of date where one of its groups has since been joined to another or grown.
        if first not in members or second not in members or entry(first, second) != best:
            continue
        _join(first, second, links, lambda one, other: _sum(members[one], members[other], score))
        members[first] += members.pop(second)
        for other in links[first]:
            if found := entry(first, other):
                heappush(queue, found)
    return sorted(sorted(inside) for inside in members.values())


def _sum(group: Sequence[int], other: Sequence[int], score: Callable[[int, int], float | None]) -> float:
    """The sum over all pairs between two groups; below all sums where one pair is vetoed."""
    total = 0.0
    for first, second in product(group, other):
        value = score(min(first, second), max(first, second))
        if value is None:
            return -math.inf
        total += value
    return total


def _join(first: int, second: int, links: Links, total: Callable[[int, int], float]) -> None:
    """Moves the links of the second group to the first: sums add up, and are kept while above 0.

    ``total(group, other)`` is the link of two groups where it is not kept. Two that both have none with a
    third cannot come to have one by being joined.
    """
    for other in sorted((links[first].keys() | links[second].keys()) - {first, second}):
        joined = sum(
            links[one][other] if other in links[one] else total(one, other) for one in (first, second)
        )
        links[other].pop(second, None)
        if joined > 0:
            links[first][other] = links[other][first] = joined
        else:
            links[first].pop(other, None)
            links[other].pop(first, None)
    links[first].pop(second, None)
    del links[second]
