"""Who did it, to whom and with what, where the wording of a cue itself says so."""

import re
from collections.abc import Iterator, Sequence

from sayso.actors import ActorName
from sayso.codebook import Codebook
from sayso.codebook.schema import NUMBER, PLACE
from sayso.coding.reading import Reading, at
from sayso.coding.rules.cues import Hit, wording
from sayso.coding.rules.events import Telling
from sayso.coding.rules.speech import PASSING, Voice, hedge_near, participant_kind, voice_of
from sayso.model import Draft, ParticipantKind, Span, Spans, Stance


def propose(reading: Reading, tellings: Sequence[Telling], codebook: Codebook) -> Iterator[Draft]:
    """Perpetrators, targets and weapons of each mention."""
    for telling in tellings:
        for stretch in telling.stretches:
            voice = voice_of(reading, stretch.sentence, codebook)
            for hit in stretch.hits:
                yield from _perpetrator(reading, telling, hit, voice, codebook)
                yield from _target(reading, telling, hit, voice, codebook)
                yield from _weapon(reading, telling, hit, voice)


def _perpetrator(
    reading: Reading, telling: Telling, hit: Hit, voice: Voice, codebook: Codebook
) -> Iterator[Draft]:
    sentence = reading.sentences[hit.sentence]
    actor = at(reading.actors, hit.slots.get("perpetrator"))
    if actor is None or actor.kind in PASSING:
        return
    hedge = hedge_near(reading, sentence, hit.cue, codebook)
    stance = _stance(actor, voice)
    if stance is None:
        return
    yield Draft(
        mention=telling.key,
        field="perpetrator",
        stance=stance,
        spans=Spans(hit.cue, actor.name, voice.span, hedge, actor.antecedent or voice.antecedent),
        quote=sentence.span,
        rule=f"roles/{stance.value}",
        kind=participant_kind(actor),
        hedged=hedge is not None,
        speaker=voice.speaker,
        via=voice.via,
    )


def _stance(actor: ActorName, voice: Voice) -> Stance | None:
    """The stance of a speaker who tells, in plain words, that an actor did it; None for one's own acts.

    A named body that tells it of another accuses; a report, an outlet, a monitor, witnesses and unnamed
    officials state (codebook, Statements), and who names nobody ("gunmen") accuses nobody. Whether somebody
    who tells of his own act claims it is for the words of claiming to say (``voices``).
    """
    who = voice.actor
    if who is None or who.actor_id is None or who.kind in {*PASSING, "people"} or actor.kind == "people":
        return Stance.STATED
    return Stance.ACCUSED if who.actor_id != actor.actor_id else None


def _target(
    reading: Reading, telling: Telling, hit: Hit, voice: Voice, codebook: Codebook
) -> Iterator[Draft]:
    span = _phrase(reading, hit.slots.get("target"), codebook)
    if span is None:
        return
    actor = at(reading.actors, span)
    named = actor is not None and actor.end == span[1]
    yield Draft(
        mention=telling.key,
        field="target",
        stance=Stance.STATED,
        spans=Spans(hit.cue, span, voice.span, None, voice.antecedent),
        quote=reading.sentences[hit.sentence].span,
        rule="roles/target",
        kind=participant_kind(actor) if actor and named else _kind(reading, span, codebook),
        speaker=voice.speaker,
        via=voice.via,
    )


def _kind(reading: Reading, span: Span, codebook: Codebook) -> ParticipantKind:
    people = wording(tuple(word for row in codebook.people for word in row.words))
    return "people" if people.search(reading.plain, *span) else "structure"


def _phrase(reading: Reading, span: Span | None, codebook: Codebook) -> Span | None:
    """A noun phrase without article and number, cut where another phrase or clause begins.

    None if nothing is left but small words.
    """
    if span is None:
        return None
    start, end = span
    small = (*codebook.lexicon.articles, *codebook.lexicon.definite, *codebook.lexicon.pronouns)
    while first := _FIRST_WORD.match(reading.seen, start, end):
        if first.group(1) not in small and first.group(1)[0] != NUMBER:
            break
        start = first.end()
    if cut := wording(codebook.lexicon.breaks).search(reading.plain, start, end):
        end = cut.start()
    while end > start and not reading.plain[end - 1].isalnum():
        end -= 1
    nothing_but_a_place = set(reading.seen[start:end]) <= {PLACE}
    return None if start >= end or nothing_but_a_place else (start, end)


_FIRST_WORD = re.compile(r"(\S+)(?: +|$)")


def _weapon(reading: Reading, telling: Telling, hit: Hit, voice: Voice) -> Iterator[Draft]:
    weapon = at(reading.weapons, hit.slots.get("weapon"))
    if weapon is None:
        return
    yield Draft(
        mention=telling.key,
        field="weapon",
        stance=Stance.STATED,
        spans=Spans(hit.cue, (weapon.start, weapon.end), voice.span, None, voice.antecedent),
        quote=reading.sentences[hit.sentence].span,
        rule="roles/weapon",
        kind="weapon",
        speaker=voice.speaker,
        via=voice.via,
    )
