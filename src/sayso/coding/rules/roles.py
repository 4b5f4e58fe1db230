"""Who did it, to whom and with what, as the grammar of each cue says."""

from collections.abc import Iterator, Sequence
from typing import Literal

from sayso.codebook import Codebook
from sayso.coding.listener import LEAST
from sayso.coding.reading import Reading, within
from sayso.coding.rules.cues import HEARD_CUE, Cues, Hit
from sayso.coding.rules.speech import hedge_near, voice_of
from sayso.coding.rules.stances import stance_of
from sayso.coding.rules.tellings import Telling
from sayso.coding.rules.voice import PASSING, Voice, participant_kind
from sayso.coding.rules.words import Words
from sayso.model import Draft, ParticipantKind, Span, Spans, Stance


def propose(reading: Reading, cues: Cues, tellings: Sequence[Telling], codebook: Codebook) -> Iterator[Draft]:
    """Perpetrators, targets, victims and weapons of each mention."""
    for telling in tellings:
        yield from _suffering(cues, telling)
        for stretch in telling.stretches:
            words = cues.words[stretch.sentence]
            for hit in stretch.hits:
                voice = voice_of(reading, stretch.sentence, codebook, hit.cue)
                for place in hit.roles.get("perpetrator", ()):
                    yield from _perpetrator(words, telling, hit, place, voice)
                for place in hit.roles.get("weapon", ()):
                    yield from _weapon(words, telling, hit, place, voice)


def _perpetrator(words: Words, telling: Telling, hit: Hit, place: int, voice: Voice) -> Iterator[Draft]:
    """Who did it: an actor with the stance of whose word it is, else people by their description."""
    reading, codebook = words.reading, words.codebook
    actor = words.actor_of(place)
    if words.syntax.preposition(place) in codebook.lexicon.according or (actor and actor.kind in PASSING):
        return
    stance = stance_of(actor, voice, codebook) if actor else Stance.STATED
    span = actor.name if actor else _described(words, place)
    if stance is None or span is None:
        return
    if actor and actor.kind != "people" and _is_heard_otherwise(words, hit, span, stance):
        return
    sentence = reading.sentences[hit.sentence]
    hedge = hedge_near(reading, sentence, hit.cue, codebook)
    antecedent = actor.antecedent if actor else None
    yield Draft(
        mention=telling.key,
        field="perpetrator",
        stance=stance,
        spans=Spans(hit.cue, span, voice.span, hedge, antecedent or voice.antecedent),
        quote=sentence.span,
        rule=f"roles/{stance.value}" if actor else "roles/described",
        kind=participant_kind(actor) if actor else "people",
        hedged=hedge is not None,
        speaker=voice.speaker,
        via=voice.via,
    )


def _is_heard_otherwise(words: Words, hit: Hit, span: Span, stance: Stance) -> bool:
    """Whether the listener hears it otherwise than the grammar of an act, which names somebody for it.

    It is sure of another stance ("the fire that the X owned up to", "Y's men, by his reckoning"), which then
    is told; or the act itself is only heard, and nobody to have done it.
    """
    heard = words.reading.heard[hit.sentence]
    if heard is None:
        return False
    at = words.syntax.within(span)
    sure = {
        one: max((float(scores[place]) for place in at), default=0.0) for one, scores in heard.stance.items()
    }
    most = max(sure.values())
    if hit.name == HEARD_CUE and stance is Stance.STATED and sure[stance] < LEAST:
        return True
    return most >= _OTHERWISE and sure[stance] < most


_OTHERWISE = 0.8
"""How sure the listener must be of another stance: where it was, of 36 that grammar gave 3 were right."""


def _described(words: Words, place: int) -> Span | None:
    """The words for people who are no actor ("three hooded men"); None for others, and for civilians.

    None also for "its fighters": whose they are is told, and said where it is known who that is.
    """
    if words.syntax.having(place, "nmod:poss"):
        return None
    kinds = words.kinds(place)
    people = words.syntax.tokens[place].upos == "NOUN" and "person" in kinds
    return words.name(place) if people and not kinds & {"place", "civilian", "vehicle"} else None


def _suffering(cues: Cues, telling: Telling) -> Iterator[Draft]:
    """What was aimed at or hit; people who were harmed, if described, where nothing tells what was aimed at.

    Each by its head once: "a livestock market" and "the crowded market" are one.
    """
    told: set[str] = set()
    for role in _SUFFERING:
        named_only = role == "victim" and bool(told)
        for stretch in telling.stretches:
            words = cues.words[stretch.sentence]
            for hit in stretch.hits:
                described = hit.roles.get(role, ())
                for place in (at for one in described for at in words.persons(one) or (one,)):
                    if named_only and not words.persons(place):
                        continue
                    head = words.syntax.words[place]
                    if head not in told and (draft := _sufferer(words, telling, hit, place, role)):
                        told.add(head)
                        yield draft


_SUFFERING: tuple[Literal["target", "victim"], ...] = ("target", "victim")


def _sufferer(
    words: Words,
    telling: Telling,
    hit: Hit,
    place: int,
    role: Literal["target", "victim"],
) -> Draft | None:
    kinds = words.kinds(place)
    actor = words.named_at(place)
    span = actor.name if actor else words.name(place)
    unnamed = span is None or words.syntax.words[place] in words.codebook.lexicon.parts
    if span is None or unnamed or ("weapon" in kinds and not kinds & {"vehicle", "person"}):
        return None
    voice = voice_of(words.reading, hit.sentence, words.codebook, hit.cue)
    return Draft(
        mention=telling.key,
        field=role,
        stance=Stance.STATED,
        spans=Spans(hit.cue, span, voice.span, None, voice.antecedent),
        quote=words.reading.sentences[hit.sentence].span,
        rule=f"roles/{role}",
        kind=participant_kind(actor) if actor else _kind(words, place),
        speaker=voice.speaker,
        via=voice.via,
    )


def _kind(words: Words, place: int) -> ParticipantKind:
    kinds = words.kinds(place)
    if "vehicle" in kinds:
        return "vehicle"
    if "person" in kinds or "organisation" in kinds:
        return "person" if words.syntax.tokens[place].upos == "PROPN" else "people"
    return "structure"


def _weapon(words: Words, telling: Telling, hit: Hit, place: int, voice: Voice) -> Iterator[Draft]:
    span = words.syntax.phrase(place)
    for weapon in within(words.reading.weapons, *span)[:1]:
        yield Draft(
            mention=telling.key,
            field="weapon",
            stance=Stance.STATED,
            spans=Spans(
                hit.cue,
                _weapon_words(words, place, (weapon.start, weapon.end)),
                voice.span,
                None,
                voice.antecedent,
            ),
            quote=words.reading.sentences[hit.sentence].span,
            rule="roles/weapon",
            kind="weapon",
            speaker=voice.speaker,
            via=voice.via,
        )


def _weapon_words(words: Words, place: int, span: Span) -> Span:
    """The phrase of a weapon ("home-made bomb") where its head is the weapon, else the weapon alone."""
    token = words.syntax.tokens[place]
    name = words.name(place)
    return name if name and token.start < span[1] and span[0] < token.end else span
