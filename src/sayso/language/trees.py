"""From scores to trees: the best tree with one root, as Chu and Liu 1965 and Edmonds 1967 find it."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def heads_of(scores: Scores) -> list[int]:
    """The head of each word, -1 for the one root; always a tree.

    scores [words, words + 1]: how well the second is head of the first, column 0 being the root.
    """
    count = len(scores)
    scores = scores.astype(np.float64)
    scores[np.arange(count), np.arange(count) + 1] = -np.inf
    found = scores.argmax(1) - 1
    heads = [int(head) for head in found]
    if heads.count(-1) == 1 and not _cycle(heads):
        return heads
    finite = scores[np.isfinite(scores)]
    # Dearer than any arc could make good: of several roots only one stays.
    scores[:, 0] -= (finite.max() - finite.min() + 1) * (count + 1)
    square = np.full((count + 1, count + 1), -np.inf)
    square[1:] = scores
    return [head - 1 for head in _arborescence(square)[1:]]


def _cycle(heads: list[int]) -> list[int]:
    """The words of a cycle, in order; empty if there is none. A head under 0 is a root."""
    state = [0] * len(heads)  # 0 unseen, 1 on the way, 2 done
    for start in range(len(heads)):
        path: list[int] = []
        at = start
        while at >= 0 and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if at >= 0 and state[at] == 1:
            return path[path.index(at) :]
        for word in path:
            state[word] = 2
    return []


def _arborescence(scores: NDArray[np.float64]) -> list[int]:
    """The head of each node of the best tree under node 0, whose own head is -1."""
    heads = [-1, *(int(head) for head in scores[1:].argmax(1))]
    cycle = _cycle(heads)
    if not cycle:
        return heads
    outside = [node for node in range(len(scores)) if node not in set(cycle)]
    ring = np.array(cycle)
    out = np.array(outside)
    kept = scores[ring, [heads[node] for node in cycle]]
    entering = scores[np.ix_(ring, out)] - kept[:, None]  # what breaking the ring at a node costs
    leaving = scores[np.ix_(out, ring)]
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)  # the ring is its last node
    small[:-1, :-1] = scores[np.ix_(out, out)]
    small[-1, :-1] = entering.max(0)
    small[:-1, -1] = leaving.max(1)
    inner = _arborescence(small)
    result = [-1] * len(scores)
    for node in cycle:
        result[node] = heads[node]
    for number, node in enumerate(outside[1:], 1):
        head = inner[number]
        result[node] = int(ring[leaving[number].argmax()]) if head == len(outside) else outside[head]
    entry = inner[-1]
    result[cycle[int(entering[:, entry].argmax())]] = outside[entry]
    return result
