"""Evidence for something, and how likely it makes it.

Each piece of evidence adds its weight to the log-odds; the weights stand in a file of this folder, which the
program of its name in ``train`` makes of reports that people coded.
"""

import math
from functools import cache

from sayso.codebook.data_files import data_file

Evidence = dict[str, float]
"""The name of a piece of evidence -> how much of it there is, mostly 1."""
_LEAST = 0.005
"""A probability that is told no more exactly than this."""


def likely(evidence: Evidence, file: str) -> float:
    """How likely something is, 0 to 1, to three places, by the weights of a file."""
    weights = _weights(file)
    score = sum(weights.get(name, 0.0) * much for name, much in evidence.items())
    return round(1 / (1 + math.exp(-score)), 3)


def log_odds(sure: float) -> float:
    """Log-odds of a probability, within bounds."""
    sure = min(1 - _LEAST, max(_LEAST, sure))
    return math.log(sure / (1 - sure))


@cache
def _weights(file: str) -> dict[str, float]:
    weights: dict[str, float] = data_file("sayso.coding.rules", file)
    return weights
