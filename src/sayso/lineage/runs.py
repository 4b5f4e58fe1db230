"""What of a report is compared: its runs of five words, as numbers."""

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b

from sayso.model import REPORTING, Report, Span

Runs = frozenset[int]
"""The distinct runs of words of one text, hashed to 64 bits: the same in every process."""

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


def runs_of(report: Report) -> Runs:
    """The runs of five words of a report's reporting, in lower case and without punctuation.

    Title, body and correction count; where the report has no regions, the whole text. No run reaches over
    what was left out. Empty where fewer than ``FEWEST_WORDS`` words are left.
    """
    passages = [_words(report.text[start:end]) for start, end in counted_spans(report)]
    if sum(map(len, passages)) < FEWEST_WORDS:
        return frozenset()
    return frozenset(run for words in passages for run in _runs(words))


def share(first: Runs, second: Runs) -> float:
    """The share of the shorter text's runs that stand in the other, 0 to 1; 0 where one has too few."""
    shorter = min(len(first), len(second))
    if shorter < FEWEST_RUNS:
        return 0.0
    return len(first & second) / max(shorter, SMALL_TEXT)


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


def _words(passage: str) -> list[str]:
    return [plain_word(word) for word in WORD.findall(passage)]


def _runs(words: Sequence[str]) -> Iterator[int]:
    for start in range(len(words) - RUN_LENGTH + 1):
        run = " ".join(words[start : start + RUN_LENGTH])
        yield int.from_bytes(blake2b(run.encode(errors="surrogatepass"), digest_size=8).digest())
