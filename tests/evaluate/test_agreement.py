"""Agreement against worked examples of the literature."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluate.agreement import Ratings, agreement, alpha, kappa, percent

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C: nominal data, any number of
# observers, missing data. Observers A to D, units 1 to 12; the nominal alpha is .743.
EXAMPLE_C = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}
# The same, example A: two observers, ten units of two categories; alpha is .095.
EXAMPLE_A = {"Meg": "0 1 0 0 0 0 0 0 1 0", "Owen": "1 1 1 0 0 1 0 0 0 0"}
# The same, example B: two observers, twelve units of five categories; alpha is .692.
EXAMPLE_B = {"Ben": "a a b b d c c c e d d a", "Gerry": "b a b b b c c c e d d d"}


def ratings(row: str) -> Ratings:
    return {unit: given for unit, given in enumerate(row.split()) if given != "."}


@pytest.mark.parametrize(
    ("example", "units", "expected"),
    [(EXAMPLE_A, 10, 0.095), (EXAMPLE_B, 12, 0.692), (EXAMPLE_C, 11, 0.743)],
)
def test_alpha_of_the_worked_examples(example: dict[str, str], units: int, expected: float) -> None:
    found = agreement({name: ratings(row) for name, row in example.items()})
    assert found.units == units  # of example C the twelfth was judged by one alone
    assert found.alpha == pytest.approx(expected, abs=0.0005)


def pairs_of(table: list[list[int]]) -> list[tuple[int, int]]:
    return [
        (one, other)
        for one, row in enumerate(table)
        for other, number in enumerate(row)
        for _ in range(number)
    ]


@pytest.mark.parametrize(
    ("table", "alike", "expected"),
    [
        # Cohen (1960), table 1: 200 cases, three categories of diagnosis; kappa is .492.
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.70, 0.492),
        # Fleiss, Levin and Paik (2003), table 18.1: 100 subjects; kappa is .68.
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.89, 0.68),
    ],
)
def test_kappa_of_the_worked_examples(table: list[list[int]], alike: float, expected: float) -> None:
    told = pairs_of(table)
    assert percent(told) == pytest.approx(alike)
    assert kappa(told) == pytest.approx(expected, abs=0.005)


def test_what_is_not_defined_is_not_given() -> None:
    assert kappa([("x", "x"), ("x", "x")]) is None
    assert alpha([["x", "x"], ["x", "x"]]) is None
    assert alpha([]) is None
    assert alpha([["x"], ["y"]]) is None
    assert agreement({"Ann": {1: "x"}, "Bob": {2: "x"}}) == agreement({})


@given(
    st.dictionaries(
        st.sampled_from("ABCD"), st.dictionaries(st.integers(0, 9), st.sampled_from("xyz")), max_size=4
    ),
    st.randoms(use_true_random=False),
)
def test_neither_names_nor_order_matter(coders: dict[str, dict[int, str]], chance: random.Random) -> None:
    given: dict[str, Ratings] = {**coders}
    found = agreement(given)
    order = list(coders)
    chance.shuffle(order)
    assert agreement({name: given[name] for name in order}) == found
    swapped = {"x": "y", "y": "x", "z": "z"}
    renamed: dict[str, Ratings] = {
        name: {unit + 100: swapped[one] for unit, one in its.items()} for name, its in coders.items()
    }
    other = agreement(renamed)
    assert other.units == found.units
    assert (other.alpha is None) == (found.alpha is None)
    if found.alpha is not None:
        assert other.alpha == pytest.approx(found.alpha)
        assert found.alpha <= 1
        everybody_agrees = all(
            coders[one][unit] == coders[two][unit]
            for one, two in combinations(coders, 2)
            for unit in coders[one].keys() & coders[two].keys()
        )
        assert (found.alpha == pytest.approx(1)) == everybody_agrees
