"""Average linkage over a sparse table of shares."""

from collections.abc import Mapping
from heapq import heapify, heappop, heappush


def average_linkage(size: int, shares: Mapping[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """Groups of the items 0 to size - 1, each sorted, in order of their first.

    Two groups are joined, the most alike first, while the mean share over all pairs between them is at
    least ``threshold``. A pair (smaller, larger) that is not in ``shares`` counts 0, so that two items
    unlike one another are not joined through a third. Ties go to the smaller items.
    """
    members = {item: [item] for item in range(size)}
    sums: dict[int, dict[int, float]] = {item: {} for item in range(size)}
    for (first, second), value in shares.items():
        sums[first][second] = sums[second][first] = value

    def mean(first: int, second: int) -> float:
        return sums[first][second] / (len(members[first]) * len(members[second]))

    queue = [(-value, *pair) for pair, value in shares.items() if value >= threshold]
    heapify(queue)
    while queue:
        value, first, second = heappop(queue)
        # An entry is out of date where one of its groups has since been joined to another or grown.
        if first not in members or second not in members or value != -mean(first, second):
            continue
        members[first] += members.pop(second)
        del sums[first][second]
        for other, total in sums.pop(second).items():
            if other != first:
                joined = sums[first].get(other, 0.0) + total
                sums[first][other] = sums[other][first] = joined
                del sums[other][second]
        for other in sums[first]:
            if (value := mean(first, other)) >= threshold:
                heappush(queue, (-value, min(first, other), max(first, other)))
    return sorted(sorted(group) for group in members.values())
