"""Mentions to incidents: average linkage over the evidence on pairs, with vetoes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import product

from sayso.codebook import Codebook
from sayso.incidents.candidates import candidates
from sayso.incidents.facts import facts_of, same_passages
from sayso.incidents.pairs import weigh
from sayso.model import Incident

Links = dict[int, dict[int, float | None]]


def group(
    mentions: Sequence[Incident], lineage_of: Mapping[str, str], codebook: Codebook
) -> tuple[tuple[str, ...], ...]:
    """The mention ids of each incident, sorted, in sorted order; every mention in exactly one group.

    mentions    one incident for each mention, reconciled alone: its incident_id is the mention_id.
    lineage_of  report_id -> lineage_id; a report that is not there is its own lineage.

    Two groups are joined, the likeliest first, while the mean log-odds over all pairs between them are above
    0 and no pair is vetoed. So two mentions of one report are never joined, nor strangers through a third.
    The same passage in copies of one text is joined first. Order does not matter; no mentions, no groups.
    """
    in_order = sorted({mention.incident_id: mention for mention in mentions}.values(), key=_age)
    passages = same_passages(in_order, lineage_of)
    facts = sorted((facts_of(same, lineage_id) for lineage_id, same in passages), key=lambda one: one.id)

    def score(first: int, second: int) -> float | None:
        evidence = weigh(facts[first], facts[second], codebook)
        return None if evidence.veto else evidence.log_odds

    return tuple(
        sorted(
            tuple(sorted(mention_id for index in inside for mention_id in facts[index].mention_ids))
            for inside in linkage(len(facts), candidates(facts), score)
        )
    )


def linkage(
    size: int, pairs: Iterable[tuple[int, int]], score: Callable[[int, int], float | None]
) -> list[list[int]]:
    """Groups of the items 0 to size - 1, each sorted, in order of their first.

    ``score(smaller, larger)`` is asked for ``pairs``, and for others where a joining needs them; None forbids
    that the two are ever in one group. The best mean above 0 is joined first; ties go to the smaller items.
    """
    members = {item: [item] for item in range(size)}
    links: Links = {item: {} for item in range(size)}
    for first, second in pairs:
        links[first][second] = links[second][first] = score(first, second)

    def entry(first: int, second: int) -> tuple[float, int, int] | None:
        total = links[first].get(second)
        if total is None or total <= 0:
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


def _sum(
    group: Sequence[int], other: Sequence[int], score: Callable[[int, int], float | None]
) -> float | None:
    """The sum over all pairs between two groups; None where one pair is vetoed."""
    total = 0.0
    for first, second in product(group, other):
        value = score(min(first, second), max(first, second))
        if value is None:
            return None
        total += value
    return total


def _join(first: int, second: int, links: Links, total: Callable[[int, int], float | None]) -> None:
    """Moves the links of the second group to the first: sums add up, a veto of either stays.

    ``total(group, other)`` is the link of two groups that were not compared before.
    """
    for other in sorted((links[first].keys() | links[second].keys()) - {first, second}):
        joined: float | None = 0.0
        for one in (first, second):
            # A veto is not asked for again, nor is the rest once there is one.
            if joined is not None:
                more = links[one][other] if other in links[one] else total(one, other)
                joined = None if more is None else joined + more
        links[first][other] = links[other][first] = joined
        links[other].pop(second, None)
    links[first].pop(second, None)
    del links[second]


def _age(mention: Incident) -> tuple[bool, str, str]:
    """The earliest first, unknown dates last."""
    published = mention.reports[0].published
    return (published is None, published or "", mention.incident_id)
