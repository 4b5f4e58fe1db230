"""Who says who did it: claims, denials, rejections, accusations, suspicions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.actors import ActorName, class_of
from sayso.codebook import Codebook
from sayso.codebook.schema import ActorClass, StancePattern
from sayso.coding.reading import Reading, at, within
from sayso.coding.rules.cues import Hit, clause_before, compiled, wording
from sayso.coding.rules.events import Telling, Told
from sayso.coding.rules.speech import PASSING, Voice, hedge_near, participant_kind, speaker_for, voice_of
from sayso.language import Sentence
from sayso.model import Draft, Span, Spans, Stance

_OWN = frozenset({Stance.CLAIMED, Stance.DENIED})
_CAN_OWN = frozenset({"organisation", "state", "person"})


@dataclass(frozen=True, slots=True)
class _Found:
    """Wording of the codebook found in a sentence: whom it is about, and who its slot says speaks."""

    row: StancePattern
    match: re.Match[str]
    number: int
    sentence: Sentence
    about: ActorName | None
    said_by: ActorName | None

    @property
    def cue(self) -> Span:
        """The words that carry the stance."""
        return self.match.span("cue")


def propose(
    reading: Reading, hits: Mapping[int, Sequence[Hit]], told: Told, codebook: Codebook
) -> Iterator[Draft]:
    """Stances towards who did it, each about the mention that its sentence speaks of."""
    for number, sentence in enumerate(reading.sentences):
        taken: list[Span] = []
        for found in _wordings(reading, number, sentence, codebook):
            if any(found.cue[0] < other[1] and other[0] < found.cue[1] for other in taken):
                continue
            telling = _about(reading, found, told, hits.get(number, ()), codebook)
            draft = _draft(reading, found, telling, codebook) if telling else None
            if draft and not _withheld(reading, found, codebook):
                taken.append(found.cue)
                yield draft


def _wordings(reading: Reading, number: int, sentence: Sentence, codebook: Codebook) -> Iterator[_Found]:
    for row in codebook.stances:
        for match in compiled(row.pattern).finditer(reading.seen, *sentence.span):
            slots = match.groupdict()
            about = at(reading.actors, match.span("actor" if "actor" in slots else "accused"))
            said_by = at(reading.actors, match.span("speaker")) if "speaker" in slots else None
            if slots.get("same") and not _is_same(at(reading.actors, match.span("same")), about):
                continue
            yield _Found(row, match, number, sentence, about, said_by)


def _is_same(one: ActorName | None, other: ActorName | None) -> bool:
    return one is not None and other is not None and one.actor_id == other.actor_id is not None


def _about(
    reading: Reading, found: _Found, told: Told, hits: Sequence[Hit], codebook: Codebook
) -> Telling | None:
    """The incident that a stance is about; None where it is about one that is not told as having happened.

    "Claimed responsibility for an earlier attack": the attack is a cue of the sentence that made no mention,
    so the claim is about nothing that we know of. With no incident beside it, it is about the main one.
    """
    after = [hit for hit in hits if hit.cue[0] >= found.cue[0]]
    if after and after[0].cue not in told.cues and not _is_bare(reading, found, after[0]):
        return None
    if not after and _about_else(reading, found, codebook):
        return None
    cue = after[0].cue if after else found.cue
    return told.at(reading, found.number, cue) or told.main


def _is_bare(reading: Reading, found: _Found, hit: Hit) -> bool:
    """Whether a claim speaks of an act already told: "the blast", not "the blast in Herat in May"."""
    inside = hit.cue[0] < found.match.end() - 1
    told = (hit.cue[1], min(hit.cue[1] + _WORDS_OF_AN_ACT, found.sentence.end))
    apart = bool(within(reading.times, *told)) or bool(within(reading.places, *told))
    return inside and hit.definite and not apart


_WORDS_OF_AN_ACT = 25
"""How far, in characters, behind its noun an act is told apart: "the bombing of a bank last month"."""


def _about_else(reading: Reading, found: _Found, codebook: Codebook) -> bool:
    """Whether a claim goes on to say what it is about, and that is no act: "credit for the peace deal"."""
    following = reading.plain[found.match.end() : found.sentence.end].split(maxsplit=2)
    if found.row.stance is not Stance.CLAIMED or len(following) < 2:
        return False
    lexicon = codebook.lexicon
    return following[0] in lexicon.claimed_for and following[1].strip(".,;") not in lexicon.pronouns


def _withheld(reading: Reading, found: _Found, codebook: Codebook) -> bool:
    """Whether the stance itself is negated or open: "did not claim", "whether it claimed", "if it claims"."""
    clause = clause_before(reading, found.sentence.start, found.cue[0], codebook)
    lexicon = codebook.lexicon
    open_ = found.row.stance in _OWN and wording(lexicon.modals).search(clause)
    return bool(open_ or wording(lexicon.negators).search(clause))


def _draft(reading: Reading, found: _Found, telling: Telling, codebook: Codebook) -> Draft | None:
    about, stance = found.about, found.row.stance
    voice = _voice(reading, found, codebook)
    if about is None or voice is None or not _sound(stance, about, voice, codebook):
        return None
    hedge = hedge_near(reading, found.sentence, found.match.span(), codebook)
    return Draft(
        mention=telling.key,
        field="perpetrator",
        stance=stance,
        spans=Spans(found.cue, about.name, voice.span, hedge, about.antecedent or voice.antecedent),
        quote=found.sentence.span,
        rule=f"voices/{stance.value}",
        kind=participant_kind(about),
        hedged=found.row.hedged or hedge is not None,
        speaker=voice.speaker,
        via=voice.via,
    )


def _voice(reading: Reading, found: _Found, codebook: Codebook) -> Voice | None:
    """Whose stance it is: the actor's own for claims and denials, else that of the slot or the sentence."""
    told_by = voice_of(reading, found.number, codebook)
    own = found.about if found.row.stance in _OWN else found.said_by
    if own is None:
        return told_by if found.row.stance is Stance.SUSPECTED else None
    passing = [told_by.actor.words] if told_by.actor and told_by.actor.kind in PASSING else []
    via = dict.fromkeys(name for name in (*passing, *told_by.via) if name != own.words)
    return Voice(speaker_for(own), own, tuple(via))


def _sound(stance: Stance, about: ActorName, voice: Voice, codebook: Codebook) -> bool:
    """Whether a stance can be one.

    Nobody unnamed claims or denies, nobody accuses himself, and a union or a party that "claims" or "denies"
    says something about the world: acts are owned by those who can have done them.
    """
    who = voice.actor
    if stance in _OWN:
        return about.kind in _CAN_OWN and _class_of(about, codebook) != "civilians"
    if about.kind in PASSING:
        return False
    return who is None or who.actor_id is None or who.actor_id != about.actor_id


def _class_of(actor: ActorName, codebook: Codebook) -> ActorClass:
    """The class of an actor of the codebook, else the one that the words of its name tell."""
    row = codebook.actor(actor.actor_id) if actor.actor_id else None
    return row.actor_class if row else class_of(actor.words, codebook)
