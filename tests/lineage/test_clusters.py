import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.lineage.clusters import average_linkage


@pytest.mark.parametrize(
    ("size", "shares", "groups"),
    [
        (0, {}, []),
        (2, {}, [[0], [1]]),
        (2, {(0, 1): 0.3}, [[0, 1]]),
        (2, {(0, 1): 0.2}, [[0], [1]]),
        (3, {(0, 1): 0.9, (1, 2): 0.9}, [[0, 1, 2]]),  # mean of .9 and 0
        (3, {(0, 1): 0.9, (1, 2): 0.5}, [[0, 1], [2]]),  # mean of .5 and 0: no chain
        (4, {(0, 1): 0.9, (1, 2): 0.5, (2, 3): 0.9}, [[0, 1], [2, 3]]),
        (3, {(0, 1): 0.4, (1, 2): 0.8}, [[0], [1, 2]]),  # the most alike first
    ],
)
def test_groups(size: int, shares: dict[tuple[int, int], float], groups: list[list[int]]) -> None:
    assert average_linkage(size, shares, 0.3) == groups


def plain(size: int, shares: dict[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """The definition, without any of the speed."""
    groups = [[item] for item in range(size)]

    def mean(first: list[int], second: list[int]) -> float:
        total = sum(shares.get((min(a, b), max(a, b)), 0.0) for a in first for b in second)
        return total / (len(first) * len(second))

    while len(groups) > 1:
        value, first, second = min(
            (-mean(one, other), one, other) for one in groups for other in groups if one[0] < other[0]
        )
        if -value < threshold:
            break
        groups = [group for group in groups if group not in (first, second)] + [sorted(first + second)]
    return sorted(groups)


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 9), st.integers(0, 2**32))
def test_agrees_with_the_plain_definition(size: int, seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311
    # Multiples of 1/64 add up without rounding, so that both ways see the same ties.
    shares = {
        (first, second): chosen.randrange(1, 64) / 64
        for first in range(size)
        for second in range(first + 1, size)
        if chosen.random() < 0.6
    }
    assert average_linkage(size, shares, 0.25) == plain(size, shares, 0.25)
