"""The words of a mention: which are distinctive, which names, ages and addresses are given.

How distinctive a word is stands in words.tsv: the share of documents that have it, for those that two or
three in a thousand have. It comes with sayso and does not depend on the ledger, so that a new report changes
nothing between two others. words.md tells of what
``scripts/fit_linking.py words`` made it.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from sayso.codebook.data_files import data_file

_PACKAGE = "sayso.incidents"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NAME = re.compile(r"[A-Z][\w'’-]*(?:\.(?= ))?(?: [A-Z][\w'’-]*(?:\.(?= ))?)+")

COMMON = 0.0025
"""The share of documents from which on a word stands in words.tsv."""

RAREST = math.log(2 / COMMON)
"""What a word weighs that is not there: as one with half that share."""

_NAME_FLOOR = 6.0
"""A pair of words in capitals is a name by what it weighs beyond this: "Police Department" is none."""

Table = Mapping[str, float]
"""Word -> what it weighs: the logarithm of how many documents there are to one that has it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What of a mention's words is compared; all in lower case.

    ``weights`` has each word with what it weighs here, of length 1 as a vector; ``names`` pairs of words in
    capitals that stand together, with what they weigh.
    """

    weights: Mapping[str, float]
    names: Mapping[str, float]
    ages: frozenset[str]
    blocks: frozenset[str]
    streets: frozenset[str]

    def heaviest(self, number: int) -> list[str]:
        """So many of the words that weigh most, of equals the first by alphabet."""
        return sorted(self.weights, key=lambda word: (-self.weights[word], word))[:number]


@cache
def shipped() -> Table:
    """The table that comes with sayso."""
    lines = files(_PACKAGE).joinpath("words.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {word: -math.log(float(share)) for word, share in rows}


def wording_of(passages: Sequence[str], table: Table) -> Wording | None:
    """The wording of some passages; None where they have no word."""
    counts: Counter[str] = Counter()
    names: set[str] = set()
    given: dict[str, set[str]] = {kind: set() for kind in _patterns()}
    for passage in passages:
        counts.update(words_of(passage))
        for found in _NAME.findall(passage):
            words = [_plain(word.strip(".")) for word in found.split()]
            names.update(f"{one} {other}" for one, other in pairwise(words))
        for kind, pattern in _patterns().items():
            given[kind].update(
                next(filter(None, found.groups())).casefold() for found in pattern.finditer(passage)
            )
    if not counts:
        return None
    weights = {word: table.get(word, RAREST) * (1 + math.log(count)) for word, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return Wording(
        weights={word: weight / length for word, weight in sorted(weights.items()) if weight > 0},
        names={name: weight for name in sorted(names) if (weight := _of_name(name, table)) > 0},
        ages=frozenset(given["ages"]),
        blocks=frozenset(given["blocks"]),
        streets=frozenset(given["streets"]),
    )


def alike(one: Wording, other: Wording) -> float:
    """The cosine of two wordings, 0 to 1, to three digits."""
    mine, theirs = sorted((one.weights, other.weights), key=len)
    shared = [weight * theirs[word] for word, weight in mine.items() if word in theirs]
    return round(math.fsum(shared), 3)


def words_of(passage: str) -> list[str]:
    """The words of a passage as they are compared."""
    return [_plain(word) for word in _WORD.findall(passage)]


def _of_name(name: str, table: Table) -> float:
    return sum(table.get(word, RAREST) for word in name.split()) - _NAME_FLOOR


def _plain(word: str) -> str:
    return word.casefold().replace("'", "").replace("’", "")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    rows: Mapping[str, Iterable[str]] = data_file(_PACKAGE, "wording.yaml")
    return {kind: re.compile("|".join(patterns)) for kind, patterns in rows.items()}
