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
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from itertools import pairwise

import numpy as np

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


_LONG = 65535
"""What words weigh is kept as whole numbers of this length, so that no order of adding changes a sum."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What of a mention's words is compared; all in lower case.

    ``words`` are the words, each as a number of 32 bits, in order; ``weights`` what each weighs here, as
    whole numbers of 16 bits, of length ``_LONG`` as a vector; ``names`` pairs of words in capitals that stand
    together, with what they weigh.
    """

    __pydantic_config__ = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}  # noqa: RUF012

    words: bytes
    weights: bytes
    names: Mapping[str, float]
    ages: frozenset[str]
    blocks: frozenset[str]
    streets: frozenset[str]

    def heaviest(self, most: int) -> list[int]:
        """So many of the words that weigh most, as numbers; of equals the smallest."""
        words, weights = np.frombuffer(self.words, np.uint32), np.frombuffer(self.weights, np.uint16)
        order = np.lexsort((words, -weights.astype(np.int64)))[:most]
        found: list[int] = words[order].tolist()
        return found


@cache
def shipped() -> Table:
    """The table that comes with sayso."""
    lines = files(_PACKAGE).joinpath("words.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {word: -math.log(float(share)) for word, share in rows}


def wording_of(passages: Sequence[str], table: Table) -> Wording | None:
    """The wording of some passages; None where they have no word."""
    printed: Counter[str] = Counter()
    names: set[str] = set()
    given: dict[str, set[str]] = {kind: set() for kind in _patterns()}
    for passage in passages:
        printed.update(_WORD.findall(passage))
        for found in _NAME.findall(passage):
            parts = [_plain(word.strip(".")) for word in found.split()]
            names.update(f"{one} {other}" for one, other in pairwise(parts))
        for kind, pattern in _patterns().items():
            given[kind].update(
                next(filter(None, found.groups())).casefold() for found in pattern.finditer(passage)
            )
    if not printed:
        return None
    counts: dict[str, int] = {}
    for word, count in printed.items():
        plain = _plain(word)
        counts[plain] = counts.get(plain, 0) + count
    weights = {word: table.get(word, RAREST) * (1 + math.log(count)) for word, count in counts.items()}
    words, numbers = _packed(weights)
    return Wording(
        words=words,
        weights=numbers,
        names={name: weight for name in sorted(names) if (weight := _of_name(name, table)) > 0},
        ages=frozenset(given["ages"]),
        blocks=frozenset(given["blocks"]),
        streets=frozenset(given["streets"]),
    )


def _packed(weights: Mapping[str, float]) -> tuple[bytes, bytes]:
    """Words in order of their numbers, with what they weigh as whole numbers, 0 left out."""
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    whole = {word: round(_LONG * weight / length) for word, weight in weights.items()}
    by_number = {number_of(word): weight for word, weight in sorted(whole.items()) if weight > 0}
    words = np.fromiter(by_number.keys(), np.uint32, len(by_number))
    numbers = np.fromiter(by_number.values(), np.uint16, len(by_number))
    order = np.argsort(words)
    return words[order].tobytes(), numbers[order].tobytes()


@lru_cache(1 << 17)
def number_of(word: str) -> int:
    """A word as a number of 32 bits, the same in every process."""
    return int.from_bytes(blake2b(word.encode(errors="surrogatepass"), digest_size=4).digest())


def alike(one: Wording, other: Wording) -> float:
    """The cosine of two wordings, 0 to 1, to three digits."""
    return alike_each(one, [other])[0]


def alike_each(one: Wording, others: Sequence[Wording]) -> list[float]:
    """The cosine of one wording with each of several, 0 to 1, to three digits."""
    mine = np.frombuffer(one.words, np.uint32)
    weights = np.frombuffer(one.weights, np.uint16).astype(np.int64)
    words = np.frombuffer(b"".join([other.words for other in others]), np.uint32)
    theirs = np.frombuffer(b"".join([other.weights for other in others]), np.uint16).astype(np.int64)
    if not len(mine):
        return [0.0] * len(others)
    at = np.minimum(np.searchsorted(mine, words), len(mine) - 1)
    sums = np.cumsum(np.append(0, np.where(mine[at] == words, weights[at] * theirs, 0)))
    ends = np.cumsum([0, *(len(other.words) // mine.itemsize for other in others)])
    totals: list[int] = (sums[ends[1:]] - sums[ends[:-1]]).tolist()
    return [min(round(total / (_LONG * _LONG), 3), 1.0) for total in totals]


def usual_likeness(wordings: Sequence[Wording]) -> list[float]:
    """Of each of some wordings the mean cosine with the others, to four digits; 0 for one alone."""
    if len(wordings) < 2:
        return [0.0] * len(wordings)
    words = np.frombuffer(b"".join([one.words for one in wordings]), np.uint32)
    weights = np.frombuffer(b"".join([one.weights for one in wordings]), np.uint16).astype(np.int64)
    known, at = np.unique(words, return_inverse=True)
    totals = np.zeros(len(known), np.int64)
    np.add.at(totals, at, weights)
    sums = np.cumsum(np.append(0, weights * (totals[at] - weights)))
    ends = np.cumsum([0, *(len(one.words) // words.itemsize for one in wordings)])
    found: list[int] = (sums[ends[1:]] - sums[ends[:-1]]).tolist()
    return [round(total / (_LONG * _LONG * (len(wordings) - 1)), 4) for total in found]


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
