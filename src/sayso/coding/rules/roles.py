"""Who did it, to whom and with what, where the wording of a cue itself says so."""

import re
from collections.abc import Iterator, Sequence

from sayso.actors import ActorName
from sayso.codebook import Codebook
from sayso.codebook.schema import NUMBER
from sayso.coding.reading import Reading, at
from sayso.coding.rules.cues import Hit, wording
from sayso.coding.rules.events import Telling
from sayso.coding.rules.speech import PASSING, Voice, hedge_near, participant_kind, voice_of
from sayso.model import Draft, ParticipantKind, Span, Spans, Stance


def propose(reading: Reading, tellings: Sequence[Telling], codebook: Codebook) -> Iterator[Draft]:
    """Perpetrators, targets and weapons of each mention."""
    for telling in tellings:
        for stretch in telling.stretches:
            voice = voice_of(reading, reading.sentences[stretch.sentence], codebook)
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
    stance, voice = stance_of(actor, voice)
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


def stance_of(actor: ActorName, voice: Voice) -> tuple[Stance, Voice]:
    """The stance of a speaker who tells, in plain words, that an actor did it, and whose word that is then.

    Telling it of oneself is a claim; a named body that tells it of another accuses; a report, an outlet, a
    monitor, witnesses and unnamed officials state (codebook, Statements). Who names nobody accuses nobody.
    """
    who = voice.actor
    if who is None or who.kind in {*PASSING, "people"} or actor.kind == "people":
        return Stance.STATED, voice
    if who.actor_id is None:
        return Stance.STATED, voice
    if who.actor_id != actor.actor_id:
        return Stance.ACCUSED, voice
    # The same words cannot both do and say: "ISIS killed nine, said ..." needs a second word for the speaker.
    return (Stance.CLAIMED, voice) if who.name != actor.name else (Stance.STATED, Voice(via=voice.via))


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
    return (start, end) if start < end else None


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
