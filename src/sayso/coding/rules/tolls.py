"""Wording that counts people, and which people it counts."""

import re
from dataclasses import dataclass
from functools import cache

from sayso.codebook import Codebook
from sayso.codebook.schema import HarmPattern, PeopleWord
from sayso.coding.numbers import NumberWords
from sayso.coding.reading import Reading, at
from sayso.coding.rules.cues import clause_before, compiled, wording
from sayso.language import Sentence
from sayso.language.phrases import PhraseTable
from sayso.model import Span, Whom


@dataclass(frozen=True, slots=True)
class Toll:
    """Wording that gives a count; ``number`` is None where it says that there were none."""

    row: HarmPattern
    cue: Span
    number: NumberWords | None


def find(reading: Reading, sentence: Sentence, codebook: Codebook) -> list[Toll]:
    """The counts of a sentence, one for each field and number, told as having happened."""
    tolls: dict[tuple[str, Span], Toll] = {}
    modals = wording(codebook.lexicon.modals)
    for row in codebook.harm:
        for match in compiled(row.pattern).finditer(reading.seen, *sentence.span):
            cue = match.span("cue")
            number = None if row.none else at(reading.numbers, match.span("n"))
            value = (number.start, number.end) if number else cue
            unreal = modals.search(clause_before(reading, sentence.start, match.start(), codebook))
            if (number or row.none) and not unreal:
                tolls.setdefault((row.field, value), Toll(row, cue, number))
    return list(tolls.values())


@cache
def _people(codebook: Codebook) -> PhraseTable[PeopleWord]:
    return PhraseTable((word, row) for row in codebook.people for word in row.words)


_NOUN = re.compile(r"(?: [\w'\-.]+){1,3}")


def whom(reading: Reading, start: int, end: int, codebook: Codebook) -> tuple[Whom | None, int]:
    """Which people a number is about, by the noun within three words after it, and where that noun ends.

    ``start`` is where the number ends; it is given back where no noun for people follows.
    """
    words = _NOUN.match(reading.plain, start, end)
    found = next(_people(codebook).find(reading.plain, (start, words.end())), None) if words else None
    if found is None:
        return None, start
    who = found[2].whom
    return (who if who != Whom() else None), found[1]
