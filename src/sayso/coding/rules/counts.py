"""How many were killed, injured, missing, abducted, detained, displaced; on whose word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.coding.rules import people, tolls
from sayso.coding.rules.events import Told
from sayso.coding.rules.people import People
from sayso.coding.rules.speech import hedge_near, voice_of
from sayso.coding.rules.stretches import Stretch
from sayso.coding.rules.tellings import Telling
from sayso.coding.rules.tolls import Toll
from sayso.coding.rules.voice import Voice, are_one
from sayso.language.english import english
from sayso.model import Count, Draft, Field, Span, Spans, Stance, Whom


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as one speaker tells it of one incident.

    quote    the sentence or two that hold it
    named    whether somebody is named or described instead of counted
    part     whether it counts some of those that another figure counts
    """

    mention: tuple[Span, Span | None]
    field: Field
    sentence: int
    cue: Span
    value: Span
    count: Count
    voice: Voice
    quote: Span
    named: bool = False
    part: bool = False
    more: bool = False

    @property
    def told_by(self) -> tuple[tuple[Span, Span | None], Field, str | None]:
        """The incident, the field and whose word it is: what one figure stands for at a time."""
        return (self.mention, self.field, self.voice.speaker.words)


def propose(reading: Reading, told: Told, codebook: Codebook) -> Iterator[Draft]:
    """The counts told in the sentences of each mention."""
    figures: list[Figure] = []
    for number in range(len(reading.sentences)):
        for figure in _in_sentence(reading, told, number, codebook):
            figures += _joined(reading, figures, figure)
    tellings = {telling.key: telling for telling in told.tellings}
    for figure in figures:
        if not _is_idle(figure, figures):
            after = _claimant(reading, tellings[figure.mention], figure, codebook)
            yield _draft(reading, figure, after, codebook)


def _claimant(reading: Reading, telling: Telling, figure: Figure, codebook: Codebook) -> str | None:
    """Whose claim alone an act is that the report then goes on about, in the same paragraph.

    None where the figure is somebody's word itself, or where the report or somebody else tells the act, too.
    """
    if not figure.voice.is_report:
        return None
    before = [one for one in telling.stretches if one.sentence < figure.sentence]
    speakers = {_who_claims(reading, stretch, codebook) for stretch in before}
    paragraphs = {reading.sentences[one.sentence].paragraph for one in before}
    alone = len(speakers) == 1 and None not in speakers
    return speakers.pop() if alone and reading.sentences[figure.sentence].paragraph in paragraphs else None


def _who_claims(reading: Reading, stretch: Stretch, codebook: Codebook) -> str | None:
    """Who tells a stretch as an act of its own ("the X said its fighters attacked"); None if nobody does."""
    syntax = reading.syntax[stretch.sentence]
    voice = voice_of(reading, stretch.sentence, codebook, stretch.cue)
    if syntax is None or voice.actor is None or not voice.is_named:
        return None
    for place in (at for hit in stretch.hits for at in hit.roles.get("perpetrator", ())):
        named = within(reading.actors, *syntax.tokens[place].span)
        owned = any(syntax.words[at] in english().possessives for at in syntax.having(place, "nmod:poss"))
        if owned or any(are_one(actor, voice.actor, codebook) for actor in named):
            return voice.speaker.words
    return None


def _draft(reading: Reading, figure: Figure, after: str | None, codebook: Codebook) -> Draft:
    sentence = reading.sentences[figure.sentence]
    words = (max(min(figure.cue[0], figure.value[0]), sentence.start), figure.value[1])
    hedge = hedge_near(reading, sentence, words, codebook)
    none = figure.count.best == 0
    return Draft(
        mention=figure.mention,
        field=figure.field,
        stance=Stance.STATED,
        spans=Spans(figure.cue, figure.value, figure.voice.span, hedge, figure.voice.antecedent),
        quote=figure.quote,
        rule="counts/none" if none else "counts/named" if figure.named else "counts/stated",
        value=figure.count,
        hedged=hedge is not None or after is not None,
        speaker=figure.voice.speaker,
        via=figure.voice.via,
        after=after,
    )


# ---- one sentence ---------------------------------------------------------------------------------


def _in_sentence(reading: Reading, told: Told, number: int, codebook: Codebook) -> Iterator[Figure]:
    """The figures of a sentence in order: what each word of harm comes to, and the parts it is made of."""
    found = of_the_same(tolls.find(reading, number, codebook))
    if not found:
        return
    for toll in found:
        voice = voice_of(reading, number, codebook, toll.cue)
        telling = told.at(reading, number, toll.cue) or _last_news(reading, told, number)
        if telling is None:
            continue
        quote = reading.sentences[number].span
        for field in toll.fields:
            for one in figures_of(reading, number, toll, found, codebook):
                lone = one.number is None or (one.bare and one.count.best == 1)  # "a guard", "this one"
                named = lone and not toll.none and len(toll.groups) == 1
                yield Figure(
                    telling.key,
                    field,
                    number,
                    toll.cue,
                    one.span,
                    one.count,
                    voice,
                    quote,
                    named,
                    one.part,
                    one.more,
                )


def _last_news(reading: Reading, told: Told, number: int) -> Telling | None:
    """The incident told last before a sentence, recalled ones apart: a toll far from its cue is of no other.

    None where the sentence tells of a stretch of time, since its figures are then of many incidents.
    """
    if any(tolls.is_long(time) for time in within(reading.times, *reading.sentences[number].span)):
        return None
    before = [
        (stretch.sentence, telling)
        for telling in told.tellings
        for stretch in telling.stretches
        if not telling.is_background and number - _FARTHEST <= stretch.sentence < number
    ]
    return max(before, key=lambda pair: pair[0])[1] if before else None


_FARTHEST = 8
"""How many sentences a toll may stand behind the incident that it is of."""


def figures_of(
    reading: Reading, number: int, toll: Toll, found: Sequence[Toll], codebook: Codebook
) -> Iterator[People]:
    """What a word of harm in a sentence comes to, then the parts of it that are told apart."""
    last = max(group.span[1] for group in toll.groups)
    starts = [
        group.span[0] for other in found for group in other.groups if group.span[0] >= last and not group.part
    ]
    end = min(starts, default=reading.sentences[number].end)
    for one in _figures(toll):
        attackers = people.includes_attackers(reading, number, one, end, codebook) if not one.part else None
        yield replace(one, count=replace(one.count, includes_attackers=attackers))
    yield from people.parts(reading, number, toll.groups, end, codebook)


def of_the_same(found: Sequence[Toll]) -> list[Toll]:
    """Tolls of a sentence; a bare number is of the people told before: "nine soldiers fell, two hurt"."""
    whom: Whom | None = None
    filled = []
    for toll in sorted(found, key=lambda toll: min(group.span for group in toll.groups)):
        groups = tuple(
            replace(group, count=replace(group.count, whom=whom))
            if group.bare and not group.count.whom
            else group
            for group in toll.groups
        )
        told = {group.count.whom for group in groups}
        whom = told.pop() if len(told) == 1 else None
        filled.append(replace(toll, groups=groups))
    return filled


def _figures(toll: Toll) -> Iterator[People]:
    """The sum of what a word of harm is told of, then its parts where they are told apart."""
    groups = [group for group in toll.groups if not group.part] or list(toll.groups)
    yield from (group for group in toll.groups if group not in groups and group.count.whom)
    if len(groups) == 1:
        yield groups[0]
        return
    span = (min(group.span[0] for group in groups), max(group.span[1] for group in groups))
    count = groups[0].count
    for group in groups[1:]:
        count = _added(count, group.count)
    whom = {group.count.whom for group in groups}
    count = replace(count, whom=whom.pop() if len(whom) == 1 else None)
    yield People(span, count, None, part=all(group.part for group in groups), more=groups[0].more)
    if count.whom is None:
        yield from (replace(group, part=True) for group in groups if group.count.whom)


def _added(one: Count, other: Count) -> Count:
    def plus(a: int | None, b: int | None) -> int | None:
        return None if a is None or b is None else a + b

    imprecise = one.imprecise or other.imprecise
    return Count(plus(one.best, other.best), plus(one.low, other.low), plus(one.high, other.high), imprecise)


# ---- one report -----------------------------------------------------------------------------------


def _joined(reading: Reading, before: Sequence[Figure], figure: Figure) -> list[Figure]:
    """A figure, and the sum with the one just before it where it tells of people beside those."""
    if not figure.more or figure.part:
        return [figure]
    whole = [one for one in before if one.mention == figure.mention and not one.part]
    known = whole[-1] if whole else None
    if (
        known is None
        or known.told_by != figure.told_by
        or figure.sentence - known.sentence > 1
        or known.count.best == 0
    ):
        return [figure]
    sentences = (reading.sentences[known.sentence], reading.sentences[figure.sentence])
    both = replace(
        figure,
        value=(known.value[0], figure.value[1]),
        count=_added(known.count, figure.count),
        quote=(sentences[0].start, sentences[1].end),
        named=False,
        more=False,
    )
    return [replace(figure, part=True), both]


def _is_idle(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a figure would stand against one that says more.

    Some of those told already, without saying what people; somebody named where others are counted; less
    than the same speaker has told: tolls rise as they are told.
    """
    if figure.count.whom is not None:
        return False
    others = [one for one in figures if one.told_by == figure.told_by and one is not figure and not one.part]
    if figure.part:
        return bool(others)
    if figure.named:
        counted = [one for one in figures if one.told_by[:2] == figure.told_by[:2] and not one.named]
        return any(one.count.best != 0 and not one.part for one in counted)
    if figure.count.imprecise or figure.count.best is None:
        return False
    return any(
        one.value[0] < figure.value[0]
        and not one.count.imprecise
        and (one.count.low or 0) > figure.count.best
        for one in others
    )
