"""Trees from scores, held against the arborescences of networkx."""

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.language.trees import Scores, heads_of


def is_tree(heads: list[int]) -> bool:
    """Whether one word is the root and every other leads to it."""

    def leads_up(word: int) -> bool:
        for _ in heads:
            if word == -1:
                return True
            word = heads[word]
        return word == -1

    return heads.count(-1) == 1 and all(map(leads_up, range(len(heads))))


def worth(scores: Scores, heads: list[int]) -> float:
    return float(sum(scores[word, head + 1] for word, head in enumerate(heads)))


def best(scores: Scores) -> float:
    """What the best tree with one root is worth: of all roots the one whose arborescence is worth most."""
    count = len(scores)
    found = []
    for root in range(count):
        graph = networkx.DiGraph()
        graph.add_nodes_from(range(count))
        for word in range(count):
            for head in range(count):
                if word not in (head, root):
                    graph.add_edge(head, word, weight=float(scores[word, head + 1]) + 1000)
        tree = networkx.maximum_spanning_arborescence(graph) if count > 1 else graph
        heads = [-1] * count
        for head, word in tree.edges:
            heads[word] = head
        found.append(worth(scores, heads))
    return max(found)


MATRICES = st.integers(1, 6).flatmap(
    lambda count: arrays(np.float32, (count, count + 1), elements=st.integers(-20, 20).map(float))
)


@given(MATRICES)
def test_the_best_tree_is_found(scores: Scores) -> None:
    heads = heads_of(scores.copy())
    assert is_tree(heads)
    assert worth(scores, heads) == pytest.approx(best(scores))


@pytest.mark.parametrize("count", [1, 2, 40, 150])
def test_long_sentences_are_trees_too(count: int) -> None:
    scores = np.random.default_rng(count).standard_normal((count, count + 1)).astype(np.float32)
    assert is_tree(heads_of(scores))


def test_a_ring_of_rings_ends() -> None:
    count = 60
    scores = np.zeros((count, count + 1), np.float32)
    for word in range(count):
        scores[word, (word ^ 1) + 1] = 9  # pairs that hold each other
        scores[word, (word + 2) % count + 1] = 5
    assert is_tree(heads_of(scores))
