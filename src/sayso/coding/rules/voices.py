"""Who says who did it: the stances of a report as drafts, each about the incident that its words speak of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.coding.rules import hearing
from sayso.coding.rules.choosing import Choice, Choosing
from sayso.coding.rules.cues import Cues
from sayso.coding.rules.deeds import Who
from sayso.coding.rules.events import Told
from sayso.coding.rules.pointing import Pointing
from sayso.coding.rules.stances import Found, Stances, once
from sayso.coding.rules.subjects import Subjects
from sayso.coding.rules.tellings import Telling
from sayso.coding.rules.voice import are_one
from sayso.model import Draft, Span, Spans, Stance


def propose(reading: Reading, cues: Cues, told: Told, codebook: Codebook) -> Iterator[Draft]:
    """Stances towards who did it, each about the mention that its words speak of."""
    for choices in weighed(reading, cues, told, codebook):
        for choice in chosen(choices):
            if draft := _draft(reading, choice.found, choice.telling):
                yield draft


def weighed(reading: Reading, cues: Cues, told: Told, codebook: Codebook) -> Iterator[list[Choice]]:
    """Every stance of a report that may be meant, in order, with each of the incidents that it may be of."""
    stances = Stances(reading, codebook)
    pointing = Pointing(reading, codebook, stances.told.house)
    subjects = Subjects(reading, cues, told, codebook)
    choosing = Choosing(stances, subjects, told)
    accused: list[tuple[Found, Telling]] = []
    for number in range(len(reading.sentences)):
        known = stances.of_sentence(number)
        for found in (*known, *once(list(hearing.of_sentence(stances, pointing, number, known)))):
            denied = found.stance is Stance.DENIED and found.who.own
            against = _answered(found, accused, stances) if denied or found.answers else None
            if found.answers and against is None and not stances.named_before(found):
                continue
            likely = against[1] if against and found.answers else subjects.of(found)
            if against and against[1] is not likely:
                against = None
            answer = replace(found, who=_on_behalf(found, against[0])) if against else found
            yield choosing.choices(answer, likely, answers=against is not None)
            if likely is not None and found.rule != hearing.HEARD:
                subjects.remember(number, likely)
                accused.append((answer, likely))


def chosen(choices: Sequence[Choice]) -> Iterator[Choice]:
    """Of the incidents that a stance may be about, those of which it is likely enough.

    Most stances are of one incident: one that is less likely than the likeliest counts by half. What the
    wording of the codebook shows is of the likeliest alone.
    """
    likeliest = max(choices, key=lambda one: (one.sure, one.ruled), default=None)
    if likeliest is None:
        return
    if likeliest.found.rule != hearing.HEARD and any(choice.ruled for choice in choices):
        unsure = likeliest.found.stance is Stance.SUSPECTED
        if likeliest.sure >= (_SUSPECTED_ENOUGH if unsure else _SHOWN_ENOUGH):
            yield likeliest
        return
    for choice in choices:
        sure = choice.sure if choice.sure == likeliest.sure else choice.sure / 2
        if sure >= _ENOUGH[choice.found.stance]:
            yield choice


_SHOWN_ENOUGH, _SUSPECTED_ENOUGH = 0.4, 0.2
"""How likely a stance that the codebook's wording shows must be meant of its incident; a suspicion less."""
_ENOUGH = {
    Stance.CLAIMED: 0.55, Stance.DENIED: 0.6, Stance.REJECTED: 0.45, Stance.ACCUSED: 0.25,
    Stance.SUSPECTED: 0.4, Stance.STATED: 0.4,
}  # fmt: skip
"""How likely a stance that is only heard must be meant of an incident to be told of it: a false claim does
most harm. Tried with totals of the open gold and of reports in ``train`` that the
listener has not read."""


def _answered(
    found: Found, accused: Sequence[tuple[Found, Telling]], stances: Stances
) -> tuple[Found, Telling] | None:
    """What "denied it" answers: the last accusation before, of whoever denies or of what it speaks for."""
    for one, telling in reversed(accused):
        if found.number - one.number > _ANSWERED_WITHIN:
            return None
        if one.stance not in (Stance.ACCUSED, Stance.SUSPECTED, Stance.CLAIMED, Stance.STATED):
            continue
        if one.voice.speaker.words == found.voice.speaker.words and one.stance is not Stance.CLAIMED:
            continue
        if one.stance is Stance.CLAIMED:
            continue
        if _speaks_for(found, one, stances):
            return one, telling
    return None


_ANSWERED_WITHIN = 5
"""How many sentences after an accusation a bare "denied it" answers it."""


def _speaks_for(found: Found, accusation: Found, stances: Stances) -> bool:
    accused, denying = accusation.who, found.voice
    if accused.actor and denying.actor:
        shared = _large(accused.actor.words) & _large(denying.actor.words)
        return are_one(accused.actor, denying.actor, stances.codebook) or bool(shared)
    # A body that the rooms do not know speaks for somebody; that it is the accused only nearness tells.
    return found.number - accusation.number <= 1


def _large(words: str) -> set[str]:
    """The words of a name with a capital, without possessive endings."""
    return {word.removesuffix("'s").removesuffix("’s") for word in words.split() if word[0].isupper()}


def _on_behalf(found: Found, accusation: Found) -> Who:
    """Who is denied for: the accused where its name is near enough to be quoted, else whoever denies."""
    accused, denying = accusation.who, found.voice.actor
    if accused.actor and denying and accused.actor.actor_id == denying.actor_id:
        return found.who
    if found.number - accusation.number <= 1:
        return replace(accused, head=found.who.head, own=True)
    return replace(
        accused, head=found.who.head, own=True, span=found.cue, named=accused.named or accused.span
    )


# ---- drafts -----------------------------------------------------------------------------------------


def _draft(reading: Reading, found: Found, telling: Telling) -> Draft | None:
    """The draft of a stance; None where its words stand too far apart to be quoted together."""
    voice, who = found.voice, found.who
    speaker, value = voice.words, who.span
    quote: Span | None = reading.sentences[found.number].span
    before = who.actor.antecedent if who.actor else None
    for span in (value, speaker):
        if span is not None:
            quote = _widened(reading, found.number, quote, span)
    if quote is None:
        return None
    return Draft(
        mention=telling.key,
        field="perpetrator",
        stance=found.stance,
        spans=Spans(found.cue, value, speaker, found.hedge, voice.antecedent or who.named or before),
        quote=quote,
        rule=found.rule,
        kind=who.kind,
        hedged=found.hedge is not None,
        speaker=voice.speaker,
        via=voice.via,
        named=who.named,
    )


def _widened(reading: Reading, number: int, quote: Span | None, span: Span) -> Span | None:
    """A quote that holds a span too: of its sentence and at most the one beside it."""
    if quote is None or (quote[0] <= span[0] and span[1] <= quote[1]):
        return quote
    for beside in (number - 1, number + 1):
        if 0 <= beside < len(reading.sentences):
            start, end = reading.sentences[beside].span
            if start <= span[0] and span[1] <= end:
                both = (min(quote[0], start), max(quote[1], end))
                return both if len(within(reading.sentences, *both)) <= 2 else None
    return None
