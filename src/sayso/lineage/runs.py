"""What of a report is compared: its runs of five words, as numbers."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import combinations

from sayso.model import REPORTING, Report

Runs = frozenset[int]
"""The distinct runs of words of one text, hashed to 64 bits: the same in every process."""

RUN_LENGTH = 5
FEWEST_WORDS = 20
"""A text with fewer words of reporting is compared by its exact text alone: a sentence proves no copying."""

FEWEST_RUNS = FEWEST_WORDS - RUN_LENGTH + 1

SMALL_TEXT = 40
"""Texts with fewer runs count as having this many, so that one shared sentence does not make a brief a copy.
Tried 1, 40, 60 and 80 on the development pairs: no pair changed sides, for they are longer."""

MANY_TEXTS = 8
"""From this many different texts on, a run may be furniture. Tried 6, 8, 12, 20 and no furniture at all on
the development pairs: F1 .865, .870, .847, .852, .862, which is a matter of a few pairs."""

_SAMPLE = 6

# Two texts that hold a run are alike where half of the shorter stands in the other: copies of a dispatch do,
# unlike stories on pages with a long playlist do not. .2 to .7 made no difference on the development pairs.
_ALIKE = 0.5

# Captions and playlists make unlike stories of one outlet look alike, and two reporters at one press
# conference print the same quotations: neither is copying.
_COUNTED = REPORTING - {"caption", "quotation"}

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def runs_of(report: Report) -> Runs:
    """The runs of five words of a report's reporting, in lower case and without punctuation.

    Title, body and correction count; where the report has no regions, the whole text. No run reaches over
    what was left out. Empty where fewer than ``FEWEST_WORDS`` words are left.
    """
    passages = [_words(passage) for passage in _passages(report)]
    if sum(map(len, passages)) < FEWEST_WORDS:
        return frozenset()
    return frozenset(run for words in passages for run in _runs(words))


def share(first: Runs, second: Runs) -> float:
    """The share of the shorter text's runs that stand in the other, 0 to 1; 0 where one has too few."""
    shorter = min(len(first), len(second))
    if shorter < FEWEST_RUNS:
        return 0.0
    return len(first & second) / max(shorter, SMALL_TEXT)


def furniture_of(texts: Sequence[Runs]) -> Runs:
    """The runs that many texts hold which otherwise have little in common: page furniture, stock phrases.

    A dispatch that fifty papers print is held by many texts too, but these are alike. So a run is furniture
    where, of a few of its holders spread evenly over ``texts``, fewer than half of the pairs are alike.
    ``texts`` are of different content and in a fixed order. Empty where there are fewer than
    ``MANY_TEXTS``.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        for run in text:
            holders[run].append(index)
    alike: dict[tuple[int, int], bool] = {}

    def are_alike(pair: tuple[int, int]) -> bool:
        if pair not in alike:
            alike[pair] = share(texts[pair[0]], texts[pair[1]]) >= _ALIKE
        return alike[pair]

    furniture = []
    for run, holding in holders.items():
        if len(holding) < MANY_TEXTS:
            continue
        sample = [holding[step * len(holding) // _SAMPLE] for step in range(_SAMPLE)]
        pairs = list(combinations(sample, 2))
        if 2 * sum(map(are_alike, pairs)) < len(pairs):
            furniture.append(run)
    return frozenset(furniture)


def _passages(report: Report) -> Iterator[str]:
    if not report.regions:
        yield report.text
    for region in report.regions:
        if region.kind in _COUNTED:
            yield report.text[region.start : region.end]


def _words(passage: str) -> list[str]:
    return [word.replace("'", "").replace("’", "") for word in _WORD.findall(passage.casefold())]


def _runs(words: Sequence[str]) -> Iterator[int]:
    for start in range(len(words) - RUN_LENGTH + 1):
        run = " ".join(words[start : start + RUN_LENGTH])
        yield int.from_bytes(blake2b(run.encode(errors="surrogatepass"), digest_size=8).digest())
