"""Reports in which other numbers of people are harmed."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from sayso.codebook import Codebook
from sayso.coding.numbers import NumberWords
from sayso.coding.reading import within
from sayso.evaluate.changes import Back, Changed, Edit, Original, Unmade, changed_by, edit_of
from sayso.model import COUNT_FIELDS

# A number stays in its class, so that it is printed in words or figures as before; 0 and 1 stay what they
# are, since grammar goes by them.
_CLASSES = ((2, 13), (13, 100), (100, 1_000), (1_000, 10_000), (10_000, 100_000), (100_000, 1_000_000))
_FIGURES = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def numbers(original: Original, chance: random.Random) -> Changed | Unmade:
    """Every number of people harmed becomes another, in the same order of size; the same number everywhere.

    A report is left out where a count is no number that stands in it, but the sum of some.
    """
    spans = [one.spans.value for one in original.coded.statements if one.field in COUNT_FIELDS]
    counts = {
        number.count.best
        for span in spans
        if span
        for number in within(original.reading.numbers, *span)
        if number.count.best is not None and number.count.best > 1
    }
    if not counts:
        return Unmade.NOTHING
    if not all(best is None or best < 2 or best in counts for best in _shown(original)):
        return Unmade.SUM
    new_of = other_numbers(sorted(counts), chance)
    if not new_of:
        return Unmade.NUMBERS
    edits: list[Edit] = []
    for number in _printed(original, counts):
        words = original.text[number.start : number.end]
        best = number.count.best or 0
        now = _reprinted(words, best, new_of[best], original.codebook)
        if now is None:
            return Unmade.NUMBERS
        edits.append(edit_of(original.text, (number.start, number.end), now))
    return changed_by(original, edits, Back(figures={new: old for old, new in new_of.items()}))


def _shown(original: Original) -> Iterator[int | None]:
    """The figures that the incidents show."""
    for incident in original.told:
        for count in (incident.killed, incident.injured):
            if count:
                yield from (count.best, count.low if not count.imprecise else None, count.high)


def _printed(original: Original, counts: set[int]) -> Iterator[NumberWords]:
    """Where these numbers stand, other than in dates and names."""
    for number in original.reading.numbers:
        inside = (number.start, number.end)
        named = [name for name in within(original.reading.actors, *inside) if name.kind == "organisation"]
        if number.count.best in counts and not named and not within(original.reading.times, *inside):
            yield number


def other_numbers(counts: Sequence[int], chance: random.Random) -> Mapping[int, int]:
    """Number -> another, one to one, in the same order; empty where there is no room for others."""
    new_of: dict[int, int] = {}
    for low, high in _CLASSES:
        its = [count for count in counts if low <= count < high]
        if len(its) < high - low:
            new_of |= dict(zip(its, _others(its, range(low, high), chance), strict=True))
    return new_of if len(new_of) == len(counts) else {}


def _others(its: Sequence[int], room: range, chance: random.Random) -> list[int]:
    """As many numbers in order, none the one that stood in its place if that can be had soon."""
    found: list[int] = []
    for _ in range(50):
        found = sorted(chance.sample(room, len(its)))
        if all(old != new for old, new in zip(its, found, strict=True)):
            break
    return found


# ---- printing -------------------------------------------------------------------------------------


def _reprinted(words: str, best: int, new: int, codebook: Codebook) -> str | None:
    """Counting words with another number in them; None where the number cannot be told from them.

    "more than 30" means at least 31: what is printed lies as far from what is meant as before.
    """
    figures = _FIGURES.findall(words)
    if figures:
        printed = int(figures[0].replace(",", ""))
        now = f"{new - best + printed:,}" if "," in figures[0] else str(new - best + printed)
        return words.replace(figures[0], now) if len(figures) == 1 and new - best + printed > 1 else None
    for number in range(99, 1, -1):
        spelled = _spelled(number, codebook)
        found = re.search(rf"(?<!\w){spelled.replace('-', '[ -]')}$", words, re.IGNORECASE)
        if found and 1 < number + new - best < 100 and abs(number - best) <= 1:
            now = _spelled(number + new - best, codebook)
            now = (
                now.upper()
                if found.group().isupper()
                else now.capitalize()
                if found.group()[0].isupper()
                else now
            )
            return words[: found.start()] + now
    return None


def _spelled(number: int, codebook: Codebook) -> str:
    """A number below 100 in the first words that the codebook has for it."""
    words = {
        row.best: row.words[0]
        for row in reversed(codebook.quantities)
        if row.best is not None and row.low == row.high
    }
    if number in words and number < 100 and " " not in words[number]:
        return words[number]
    return f"{words[number // 10 * 10]}-{words[number % 10]}"
