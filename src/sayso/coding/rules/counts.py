"""How many were killed, injured, missing, abducted, detained, displaced; on whose word."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from sayso.codebook import Codebook
from sayso.coding.numbers import NumberWords
from sayso.coding.reading import Reading, at
from sayso.coding.rules import tolls
from sayso.coding.rules.events import Telling
from sayso.coding.rules.speech import hedge_near, voice_of
from sayso.coding.rules.tolls import Toll
from sayso.language import Sentence
from sayso.model import Count, Draft, Span, Spans, Stance


def propose(reading: Reading, tellings: Sequence[Telling], codebook: Codebook) -> Iterator[Draft]:
    """The counts told in the sentences of each mention."""
    for number, sentence in enumerate(reading.sentences):
        told = tolls.find(reading, sentence, codebook)
        voice = voice_of(reading, sentence, codebook) if told else None
        for toll in told:
            telling = telling_at(reading.sentences, number, toll.cue, tellings)
            if telling is None or voice is None:
                continue
            others = [other.number for other in told if other.number]
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


_SENTENCES_BACK = 2
"""From how far back a figure may find its incident; what hangs in the air longer belongs to nothing."""


def telling_at(
    sentences: Sequence[Sentence], number: int, cue: Span, tellings: Sequence[Telling]
) -> Telling | None:
    """The incident that the words at ``cue`` in a sentence are about.

    That of the stretch they stand in, else of the nearest one in the sentence; else the incident told last in
    the sentences just before, but one that is only recalled holds no longer than its paragraph. None where
    there is none.
    """
    told = [(stretch, telling) for telling in tellings for stretch in telling.stretches]
    here = [pair for pair in told if pair[0].sentence == number]
    if here:
        inside = [pair for pair in here if pair[0].span[0] <= cue[0] < pair[0].span[1]]
        return min(inside or here, key=lambda pair: abs(pair[0].cue[0] - cue[0]))[1]
    paragraph = sentences[number].paragraph
    before = [pair for pair in told if number - _SENTENCES_BACK <= pair[0].sentence < number]
    last = max(before, key=lambda pair: pair[0].cue, default=None)
    if last is None or (last[1].is_background and sentences[last[0].sentence].paragraph != paragraph):
        return None
    return last[1]


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
