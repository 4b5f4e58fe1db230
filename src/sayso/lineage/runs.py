"""What of a report is compared: its runs of five words, as numbers."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from sayso.model import REPORTING, Report, Span

Runs = npt.NDArray[np.uint64]
"""The distinct runs of words of one text, hashed to 64 bits: sorted, the same in every process."""

RUN_LENGTH = 5
FEWEST_WORDS = 20
"""A text with fewer words of reporting is compared by its exact text alone: a sentence proves no copying."""

FEWEST_RUNS = FEWEST_WORDS - RUN_LENGTH + 1

SMALL_TEXT = 40
"""Texts with fewer runs count as having this many, so that one shared sentence does not make a brief a copy.
Tried 1, 40, 60 and 80 on the development pairs: no pair changed sides, for they are longer."""

# Captions and playlists make unlike stories of one outlet look alike, and two reporters at one press
# conference print the same quotations: neither is copying.
_COUNTED = REPORTING - {"caption", "quotation"}

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_STEP = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well mixed: the golden ratio of 64 bits
_SHIFT = np.uint64(29)


def runs_of(report: Report) -> Runs:
    """The runs of five words of a report's reporting, in lower case and without punctuation.

    Title, body and correction count; where the report has no regions, the whole text. No run reaches over
    what was left out. Empty where fewer than ``FEWEST_WORDS`` words are left.
    """
    passages = [_words(report.text[start:end]) for start, end in counted_spans(report)]
    if sum(map(len, passages)) < FEWEST_WORDS:
        return np.empty(0, np.uint64)
    return np.unique(np.concatenate([_runs(words) for words in passages]))


def share(first: Runs, second: Runs) -> float:
    """The share of the shorter text's runs that stand in the other, 0 to 1; 0 where one has too few."""
    return share_of(len(np.intersect1d(first, second, assume_unique=True)), len(first), len(second))


def share_of(common: int, first: int, second: int) -> float:
    """The share, of how many runs two texts have in common and have each."""
    shorter = min(first, second)
    return 0.0 if shorter < FEWEST_RUNS else common / max(shorter, SMALL_TEXT)


def counted_spans(report: Report) -> Iterator[Span]:
    """The spans of a report whose words are compared; the whole text where it has no regions."""
    if not report.regions:
        yield 0, len(report.text)
    for region in report.regions:
        if region.kind in _COUNTED:
            yield region.start, region.end


def counted_words(report: Report) -> int:
    """How many words of a report are compared."""
    return sum(len(WORD.findall(report.text, start, end)) for start, end in counted_spans(report))


def plain_word(word: str) -> str:
    """A word as it is compared."""
    return word.casefold().replace("'", "").replace("’", "")


def _words(passage: str) -> list[int]:
    return [_number_of(word) for word in WORD.findall(passage)]


@lru_cache(1 << 17)
def _number_of(word: str) -> int:
    plain = plain_word(word).encode(errors="surrogatepass")
    return int.from_bytes(blake2b(plain, digest_size=8).digest())


def _runs(words: Sequence[int]) -> Runs:
    if len(words) < RUN_LENGTH:
        return np.empty(0, np.uint64)
    numbers = np.array(words, np.uint64)
    runs = np.zeros(len(words) - RUN_LENGTH + 1, np.uint64)
    for at in range(RUN_LENGTH):
        runs = (runs ^ numbers[at : at + len(runs)]) * _STEP  # modulo 2 to the 64th
        runs ^= runs >> _SHIFT
    return runs
