"""Mentions to incidents: average linkage over the evidence on pairs, with vetoes."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from heapq import heapify, heappop, heappush
from itertools import product

from sayso.codebook import Codebook
from sayso.incidents.candidates import candidates
from sayso.incidents.facts import Facts, facts_of, main_of, passages_of, same_passages, silent_facts
from sayso.incidents.judged import Judged, separated
from sayso.incidents.pairs import Weights, shipped_weights, weigh
from sayso.incidents.wording import shipped, wording_of
from sayso.model import Incident, Report

Links = dict[int, dict[int, float]]
"""Group -> the groups it could be joined to, and the sum over all pairs between them; above 0 all of them."""

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
    score = score_of(facts, across)
    pairs = candidates(facts)
    inside = in_two_steps(facts, pairs, score, across.judged)
    silent = silent_reports(inside, pairs, facts, score)
    return tuple(
        sorted(
            (
                Group(
                    tuple(sorted(mention_id for index in its for mention_id in facts[index].mention_ids)),
                    tuple(
                        sorted(
                            report_id for index in silent.get(at, ()) for report_id in facts[index].report_ids
                        )
                    ),
                )
                for at, its in enumerate(inside)
            ),
            key=lambda one: one.mention_ids,
        )
    )


def score_of(facts: Sequence[Facts], across: Across) -> Callable[[int, int], float | None]:
    """How likely two positions are one incident, above ``LEAST``; None where they cannot be.

    They cannot where people hold them apart, and where the evidence forbids it. But a mention that people put
    together with others is forbidden only where all of these are; else it is as likely as these on average.
    """
    units = {at: unit for unit in units_of(facts, across.judged) if len(unit) > 1 for at in unit}

    @cache
    def evidence_on(first: int, second: int) -> float | None:
        evidence = weigh(facts[first], facts[second], across.codebook, across.weights)
        return None if evidence.veto else evidence.probability - LEAST

    @cache  # asked for in both steps
    def score(first: int, second: int) -> float | None:
        if across.judged.apart(facts[first].mention_ids, facts[second].mention_ids):
            return None
        value = evidence_on(first, second)
        if value is None and (first in units or second in units):
            beside = product(units.get(first, (first,)), units.get(second, (second,)))
            values = (evidence_on(min(pair), max(pair)) for pair in beside if pair[0] != pair[1])
            able = [one for one in values if one is not None]
            return math.fsum(able) / len(able) if able else None
        return value

    return score


def units_of(facts: Sequence[Facts], judged: Judged) -> list[list[int]]:
    """The positions of mentions, those that people put together in one list, in order of their first."""
    units: dict[str, list[int]] = {}
    for at, one in enumerate(facts):
        if not one.mention_ids:
            continue
        # Copies of one passage may be in several units: these are then one.
        names = sorted({judged.unit(mention_id) for mention_id in one.mention_ids})
        known = {id(units[name]): units[name] for name in names if name in units}
        joined = [at, *(before for unit in known.values() for before in unit)]
        inside = (mention_id for position in joined for mention_id in facts[position].mention_ids)
        units.update(dict.fromkeys(map(judged.unit, inside), joined))
    return sorted(sorted(unit) for unit in {id(unit): unit for unit in units.values()}.values())


def in_two_steps(
    facts: Sequence[Facts],
    pairs: Collection[tuple[int, int]],
    score: Callable[[int, int], float | None],
    judged: Judged,
) -> list[list[int]]:
    """The mentions in groups: first what reports are mainly about, then what else they tell of.

    A report that tells of one incident in several mentions, or of an arrest after it, would else be joined
    to another by the wrong one of them, and then the right ones cannot be. What people put together begins
    as one group.
    """
    units = units_of(facts, judged)
    main = [unit for unit in units if any(facts[at].is_main for at in unit)]
    rest = [unit for unit in units if not any(facts[at].is_main for at in unit)]
    early = {at for unit in main for at in unit}
    first = [pair for pair in pairs if early.issuperset(pair)]
    every = [pair for pair in pairs if all(facts[at].mention_ids for at in pair)]
    return linkage([*linkage(main, first, score), *rest], every, score)


def facts_on(mentions: Sequence[Incident], across: Across) -> list[Facts]:
    """The facts of the mentions, each with those that are the same passage, and of reports without any."""
    in_order = sorted({mention.incident_id: mention for mention in mentions}.values(), key=_age)
    by_report: dict[str, list[Incident]] = {}
    for mention in in_order:
        by_report.setdefault(mention.reports[0].report_id, []).append(mention)
    wording = {
        report_id: wording_of(passages_of(report), shipped()) for report_id, report in across.reports.items()
    }
    main = {main_of(its) for its in by_report.values()}
    told = [
        facts_of(
            same,
            lineage_id,
            # The words of a report speak for what it is mainly about, not for what else it tells of.
            wording.get(same[0].reports[0].report_id) if same[0].incident_id in main else None,
            is_main=same[0].incident_id in main,
        )
        for lineage_id, copies in same_passages(in_order, across.lineage_of)
        for same in separated(copies, across.judged)
    ]
    silent = [
        silent_facts(report, across.lineage_of.get(report_id, report_id), wording[report_id])
        for report_id, report in across.reports.items()
        if report_id not in by_report
    ]
    return sorted([*told, *silent], key=lambda one: one.id)


def silent_reports(
    groups: Sequence[Sequence[int]],
    pairs: Iterable[tuple[int, int]],
    facts: Sequence[Facts],
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


def _age(mention: Incident) -> tuple[bool, str, str]:
    """The earliest first, unknown dates last."""
    published = mention.reports[0].published
    return (published is None, published or "", mention.incident_id)
