"""Counting words as ranges of people: "at least 31", "two", "dozens", "between 10 and 15", "another two"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sayso.codebook import Codebook
from sayso.codebook.schema import Quantity
from sayso.model import Count, Span


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words that count, with what belongs to them ("at least"), and what they come to.

    ``more``: they count people beside those told already ("another two").
    """

    start: int
    end: int
    count: Count
    more: bool = False


_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+(?=\s+[a-z]+illion))?"


@cache
def _wording(codebook: Codebook) -> tuple[re.Pattern[str], dict[str, Quantity]]:
    words = {word: row for row in codebook.quantities for word in row.words}
    counting = [word for word, row in words.items() if not row.bound and not row.more]
    scales = [word for word in counting if (words[word].best or 0) in _SCALES]
    bound = _one_of([word for word, row in words.items() if row.bound])
    more = _one_of([word for word, row in words.items() if row.more])
    lexicon = codebook.lexicon
    after_scale = "|".join(rf"(?<={re.escape(word)})" for word in sorted(scales)) or "(?!)"
    single = rf"(?:{_DIGITS}|{_one_of(counting)})"
    number = rf"{single}(?:[\s-]+{_one_of(counting)}|(?:{after_scale})\s+and\s+{single})*"
    link = (
        rf"(?(between)\s+{_one_of(lexicon.between_links)}\s+|(?(rising)(?!)|{_links(lexicon.range_links)}))"
    )
    rising = "|".join(rf"(?<={re.escape(word)}\s)" for word in lexicon.rising) or "(?!)"
    wording = re.compile(
        rf"(?<![\w$€£.,:/\-–])(?:(?P<rising>{rising})?(?:(?P<between>{_one_of(lexicon.between)})\s+)?(?:(?P<more>{more})\s+)?"
        rf"(?:(?P<bound>{bound})\s+)?(?:(?P<besides>{more})\s+)?(?P<number>{number})(?:{link}(?P<high>{number}))?"
        rf"|(?P<alone>{more}))"
        r"(?![\w%$€£/:\-]|[.,]\d|\s*(?:%|percent|per cent))"
    )
    return wording, words


_SCALES = (100, 1_000, 1_000_000)


def _one_of(phrases: Sequence[str]) -> str:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    joined = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)
    return f"(?:{joined})" if joined else r"(?!)"


def _links(links: Sequence[str]) -> str:
    """Words between the ends of a range: blanks stand around a word, and may around a dash."""
    worded = _one_of([link for link in links if link.isalpha()])
    dashes = _one_of([link for link in links if not link.isalpha()])
    return rf"(?:\s+{worded}\s+|\s?{dashes}\s?)"


def find_numbers(plain: str, spans: Sequence[Span], codebook: Codebook) -> tuple[NumberWords, ...]:
    """All counting words inside the spans of a view, in order; ages, prices and shares are no counts."""
    wording, words = _wording(codebook)
    measure = re.compile(rf"[\s-]+(?:{'|'.join(map(re.escape, codebook.lexicon.units)) or '(?!)'})(?!\w)")
    found: list[NumberWords] = []
    for span in spans:
        for match in wording.finditer(plain, *span):
            count = _read(match, words)
            if count and not measure.match(plain, match.end()) and not _is_age(plain, match.span()):
                more = bool(match["more"] or match["besides"] or match["alone"])
                found.append(NumberWords(match.start(), match.end(), count, more))
    return tuple(found)


def _is_age(plain: str, span: Span) -> bool:
    """Whether figures stand between commas behind a name: "Ana Diaz, 55, was found"."""
    figures = plain[slice(*span)]
    return (
        figures.isdecimal()
        and len(figures) < 3
        and bool(_AGED.match(plain[max(0, span[0] - 3) : span[1] + 1]))
    )


_AGED = re.compile(r"\w,\s\d+[,.;)]")


def _read(match: re.Match[str], words: dict[str, Quantity]) -> Count | None:
    if match["alone"]:
        return _of_row(words[" ".join(match["alone"].split())])
    count = _value(match["number"], words)
    if count is not None and match["high"]:
        return _range(count, _value(match["high"], words))
    if count is None or match["bound"] is None or count.best is None:
        return None if match["between"] else count
    row = words[" ".join(match["bound"].split())]
    best = count.best + row.shift
    if row.bound == "low":
        return Count(best, best, None)
    if row.bound == "high":
        return Count(best, None, best)
    return Count(best, None, None, imprecise=True)


def _range(first: Count, last: Count | None) -> Count | None:
    """From one number to a greater one; no count where the second is none."""
    if last is None or first.low is None or last.high is None or first.low >= last.high:
        return None
    return Count(None, first.low, last.high)


def _value(number: str, words: dict[str, Quantity]) -> Count | None:
    """Digits, a single word, or number words that multiply and add up ("two hundred and thirty")."""
    parts = [part for part in re.split(r"[\s-]+", number) if part != "and"]
    whole = words.get(" ".join(number.split()))
    if whole:
        return _of_row(whole)
    total, group = 0.0, 0.0
    for part in parts:
        row = words.get(part)
        if row is None and part.replace(",", "").replace(".", "").isdecimal():
            group += float(part.replace(",", ""))
        elif row is None or row.best is None:
            return None
        elif row.best >= 1000:
            total, group = total + max(group, 1) * row.best, 0
        elif row.best == 100:
            group = max(group, 1) * 100
        else:
            group += row.best
    people = round(total + group)
    # No report counts people beyond the world's; what is longer is a serial number.
    return Count(people, people, people) if people < 10**10 else None


def _of_row(row: Quantity) -> Count:
    if row.best is not None and not row.imprecise:
        return Count(row.best, row.best, row.best)
    return Count(row.best, row.low, row.high, imprecise=row.imprecise)
