"""How many were killed, injured, missing, abducted, detained, displaced; on whose word."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from sayso.codebook import Codebook
from sayso.coding.numbers import NumberWords
from sayso.coding.reading import Reading, at
from sayso.coding.rules import tolls
from sayso.coding.rules.events import Told
from sayso.coding.rules.speech import hedge_near, voice_of
from sayso.coding.rules.tolls import Toll
from sayso.model import Count, Draft, Span, Spans, Stance


def propose(reading: Reading, told: Told, codebook: Codebook) -> Iterator[Draft]:
    """The counts told in the sentences of each mention."""
    for number, sentence in enumerate(reading.sentences):
        found = tolls.find(reading, sentence, codebook)
        voice = voice_of(reading, number, codebook) if found else None
        for toll in found:
            telling = told.at(reading, number, toll.cue)
            if telling is None or voice is None:
                continue
            others = [other.number for other in found if other.number]
            count, value = _count(reading, toll, others, sentence.end, codebook)
            hedge = hedge_near(reading, sentence, (min(toll.cue[0], value[0]), value[1]), codebook)
            yield Draft(
                mention=telling.key,
                field=toll.row.field,
                stance=Stance.STATED,
                spans=Spans(toll.cue, value, voice.span, hedge, voice.antecedent),
                quote=sentence.span,
                rule="counts/stated" if toll.number else "counts/none",
                value=count,
                hedged=hedge is not None,
                speaker=voice.speaker,
                via=voice.via,
            )


def _count(
    reading: Reading, toll: Toll, others: Collection[NumberWords], end: int, codebook: Codebook
) -> tuple[Count, Span]:
    """The count of a toll and the span of its words; parts that one verb governs are added up."""
    if toll.number is None:
        return Count(0, 0, 0), toll.cue
    whom, noun_end = tolls.whom(reading, toll.number.end, end, codebook)
    count, value = replace(toll.number.count, whom=whom), (toll.number.start, toll.number.end)
    while toll.cue[0] < value[0]:  # a verb before its numbers governs all that follow: "killed 5 A and 3 B"
        joined = _AND.match(reading.seen, noun_end, end)
        part = at(reading.numbers, (joined.end(), joined.end() + 1)) if joined else None
        if part is None or part in others or count.best is None or part.count.best is None:
            break
        count, value = _added(count, part.count), (value[0], part.end)
        _, noun_end = tolls.whom(reading, part.end, end, codebook)
    return count, value


_AND = re.compile(r"(?: [\w'.\ue000]+){0,3}?,? and (?=\ue004)")


def _added(one: Count, other: Count) -> Count:
    def plus(a: int | None, b: int | None) -> int | None:
        return None if a is None or b is None else a + b

    imprecise = one.imprecise or other.imprecise
    return Count(plus(one.best, other.best), plus(one.low, other.low), plus(one.high, other.high), imprecise)
