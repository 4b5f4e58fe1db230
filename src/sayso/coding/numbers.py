"""Counting words as ranges of people: "at least 31", "two", "dozens"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.codebook import Codebook
from sayso.codebook.schema import Quantity
from sayso.model import Count, Span


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words that count, with what belongs to them ("at least"), and what they come to."""

    start: int
    end: int
    count: Count


_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+"


@cache
def _wording(codebook: Codebook) -> tuple[re.Pattern[str], dict[str, Quantity]]:
    words = {word: row for row in codebook.quantities for word in row.words}
    bounds = [word for word, row in words.items() if row.bound]
    counts = [word for word, row in words.items() if not row.bound]

    def one_of(phrases: Sequence[str]) -> str:
        ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
        return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered) or r"(?!)"

    number = rf"(?:{_DIGITS}|{one_of(counts)})"
    wording = re.compile(
        rf"(?<![\w$€£.,:/\-])(?:(?P<bound>{one_of(bounds)})\s+)?(?P<number>{number}(?:[\s-](?:and\s+)?{number})*)"
        r"(?![\w%$€£/:\-]|[.,]\d|\s*(?:%|percent|per cent))"
    )
    return wording, words


def find_numbers(plain: str, spans: Sequence[Span], codebook: Codebook) -> tuple[NumberWords, ...]:
    """All counting words inside the spans of a view, in order; ages, prices and shares are no counts."""
    wording, words = _wording(codebook)
    measure = re.compile(rf"[\s-]+(?:{'|'.join(map(re.escape, codebook.lexicon.units)) or '(?!)'})(?!\w)")
    found: list[NumberWords] = []
    for span in spans:
        for match in wording.finditer(plain, *span):
            count = _read(match, words)
            if count and not measure.match(plain, match.end()):
                found.append(NumberWords(match.start(), match.end(), count))
    return tuple(found)


def read_count(words: str, codebook: Codebook) -> Count | None:
    """Read counting words as a range of people; None when the words are no count, which is not zero.

    "at least 31" is best 31, low 31, high open; "dozens" has a low bound only and is imprecise. Source of the
    bounds: quantities.yaml of the codebook.
    """
    wording, table = _wording(codebook)
    match = wording.fullmatch(words.lower().strip())
    return _read(match, table) if match else None


def _read(match: re.Match[str], words: dict[str, Quantity]) -> Count | None:
    count = _value(match["number"], words)
    if count is None or match["bound"] is None or count.best is None:
        return count
    row = words[" ".join(match["bound"].split())]
    best = count.best + row.shift
    if row.bound == "low":
        return Count(best, best, None)
    if row.bound == "high":
        return Count(best, None, best)
    return Count(best, None, None, imprecise=True)


def _value(number: str, words: dict[str, Quantity]) -> Count | None:
    """Digits, a single word, or number words that multiply and add up ("two hundred and thirty")."""
    parts = [part for part in re.split(r"[\s-]+", number) if part != "and"]
    whole = words.get(" ".join(number.split()))
    if whole:
        return _of_row(whole)
    total, group = 0, 0
    for part in parts:
        row = words.get(part)
        if row is None and part.replace(",", "").isdecimal():
            group += int(part.replace(",", ""))
        elif row is None or row.best is None:
            return None
        elif row.best >= 1000:
            total, group = total + max(group, 1) * row.best, 0
        elif row.best == 100:
            group = max(group, 1) * 100
        else:
            group += row.best
    total += group
    # No report counts people beyond the world's; what is longer is a serial number.
    return Count(total, total, total) if total < 10**10 else None


def _of_row(row: Quantity) -> Count:
    if row.best is not None and not row.imprecise:
        return Count(row.best, row.best, row.best)
    return Count(row.best, row.low, row.high, imprecise=row.imprecise)
