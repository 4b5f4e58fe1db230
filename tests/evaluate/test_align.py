"""The best one-to-one assignment, and which incidents it joins."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.evaluate.align import align, assign, likeness
from sayso.evaluate.told import told
from tests.evaluate.making import AMBUSH, BOMB


@st.composite
def tables(draw: st.DrawFn) -> list[list[float]]:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    weight = st.sampled_from([0.0, 0.0, 0.1, 0.25, 0.5, 0.7, 1.0])
    return draw(st.lists(st.lists(weight, min_size=columns, max_size=columns), min_size=rows, max_size=rows))


def best_sum(weights: list[list[float]]) -> float:
    size = max(len(weights), len(weights[0]))
    square = [[*row, *[0.0] * (size - len(row))] for row in weights]
    square += [[0.0] * size] * (size - len(weights))
    return max(
        sum(square[row][column] for row, column in enumerate(way)) for way in permutations(range(size))
    )


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_other_assignment_weighs_more(weights: list[list[float]]) -> None:
    pairs = assign(weights)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(weights[row][column] > 0 for row, column in pairs)
    assert sum(weights[row][column] for row, column in pairs) == pytest.approx(best_sum(weights))


@pytest.mark.parametrize("weights", [[], [[]], [[0.0]], [[0.0, 0.0], [0.0, 0.0]]])
def test_nothing_to_join(weights: list[list[float]]) -> None:
    assert assign(weights) == []


def test_each_incident_finds_itself() -> None:
    gold = [told(BOMB, gold=True), told(AMBUSH, gold=True)]
    assert align(gold, [told(AMBUSH), told(BOMB)]) == {0: 1, 1: 0}


def test_what_is_too_unlike_is_not_joined() -> None:
    other = {
        "sub_event_type": "Peaceful protest",
        "place": {"name": "Lima", "country": "PER"},
        "perpetrators": ["teachers"],
        "date": {"earliest": "2001-01-01", "latest": "2001-01-01"},
    }
    assert align([told(BOMB, gold=True)], [told(other)]) == {}


def test_an_optional_incident_gives_way() -> None:
    maybe = told({**BOMB, "optional": True}, gold=True)
    sure = told({**BOMB, "killed": {"best": 4, "low": 4, "high": 4}}, gold=True)
    assert align([maybe, sure], [told(BOMB)]) == {1: 0}


def test_likeness_falls_with_every_thing_that_differs() -> None:
    gold = told(BOMB, gold=True)
    whole = likeness(gold, told(BOMB))
    changes = (
        {"sub_event_type": "Grenade"},
        {"date": {"earliest": "2019-05-05", "latest": "2019-05-05"}},
        {"place": {"name": "Herat", "country": "AFG"}},
        {"perpetrators": ["Northern Guard"]},
        {"killed": {"best": 6}},
        {"trigger": "other words"},
    )
    for change in changes:
        assert likeness(gold, told({**BOMB, **change})) < whole, change
