"""Whose word something is, as every rule hands it on, and when two actors are one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from sayso.actors import ActorName
from sayso.codebook import Codebook
from sayso.language import Syntax
from sayso.language.inflection import noun_forms
from sayso.model import DraftSpeaker, ParticipantKind, Span, SpeakerKind

_REPORT = DraftSpeaker()
PASSING = frozenset({"media", "monitor"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word something is: the speaker as the gate wants it, and who passed the word on.

    actor   the actor that speaks, where the speaker is one that the rooms know.
    words   where the speaker is named here; None where the report speaks, or goes on for one named elsewhere.
    before  the name elsewhere that those words, or their absence, stand for.
    denies  whether the words are told as what the speaker denies.
    accuses whether they are told as what the speaker accuses somebody else of.
    """

    speaker: DraftSpeaker = _REPORT
    actor: ActorName | None = None
    via: tuple[str, ...] = ()
    words: Span | None = None
    before: Span | None = None
    denies: bool = False
    accuses: bool = False

    @property
    def span(self) -> Span | None:
        """The words that name the speaker; None where the report speaks itself."""
        return self.words

    @property
    def antecedent(self) -> Span | None:
        """The name that those words stand for, if they do."""
        return self.before

    @property
    def is_report(self) -> bool:
        """Whether nobody else is named."""
        return self.speaker.words is None

    @property
    def is_named(self) -> bool:
        """Whether the speaker is a body or a person in particular, whose telling of an act is an accusation.

        Not "officials", whom the actors' room finds too, but as nobody's.
        """
        nobodys = self.actor is not None and self.actor.unnamed and self.speaker.spoken_by is None
        return self.speaker.kind not in ("report", "people", *PASSING) and not nobodys

    def later(self) -> "Voice":
        """The same speaker where it is no longer named."""
        return replace(self, words=None, before=self.before or self.words)


def speaker_for(actor: ActorName) -> DraftSpeaker:
    """An actor as the speaker of a draft."""
    return DraftSpeaker(actor.words, speaker_kind(actor), actor.spoken_by, actor.public)


def of_actor(actor: ActorName, spoken_by: str | None = None) -> Voice:
    """An actor as a voice."""
    speaker = speaker_for(actor)
    if spoken_by and speaker.spoken_by is None:
        speaker = replace(speaker, spoken_by=spoken_by, public=True)
    return Voice(speaker, actor, (), actor.name, actor.antecedent)


def speaker_kind(actor: ActorName) -> SpeakerKind:
    """What kind of speaker an actor is."""
    kinds: tuple[SpeakerKind, ...] = (
        "organisation",
        "state",
        "person",
        "people",
        "media",
        "monitor",
        "report",
    )
    return next((kind for kind in kinds if kind == actor.kind), "people")


def participant_kind(actor: ActorName) -> ParticipantKind:
    """What kind of participant an actor is."""
    kinds: tuple[ParticipantKind, ...] = ("organisation", "state", "person", "people")
    return next((kind for kind in kinds if kind == actor.kind), "organisation")


def are_one(one: ActorName, other: ActorName, codebook: Codebook) -> bool:
    """Whether an actor is another, a part of it or its whole, or another body of the same state."""
    if one.actor_id is None or other.actor_id is None:
        return False
    part, top = codebook.is_part_of, codebook.top_of
    if part(one.actor_id, other.actor_id) or part(other.actor_id, one.actor_id):
        return True
    return one.kind == other.kind == "state" and top(one.actor_id) == top(other.actor_id)


def is_guessed(
    speaking: ActorName, named: ActorName, actors: Sequence[ActorName], codebook: Codebook
) -> bool:
    """Whether only a guess makes a speaker one with a side that is named by its nation.

    "The Foreign Office said Indian forces had fired": whose office it is the words do not tell, and India's
    would rather not say so. Where the report names "the Israeli army", "the army" is no guess, nor is
    "the ministry" where it names bodies of one state alone.

    actors  all that the report names.
    """
    if _has_nation(speaking.words, codebook) or not _has_nation(named.words, codebook):
        return False
    states = {codebook.top_of(one.actor_id) for one in actors if one.kind == "state" and one.actor_id}
    if len(states) == 1:
        return False
    words = set(speaking.words.lower().split())
    return not any(
        one.actor_id == speaking.actor_id
        and _has_nation(one.words, codebook)
        and not words.isdisjoint(one.words.lower().split())
        for one in actors
    )


def _has_nation(words: str, codebook: Codebook) -> bool:
    return not _nations(codebook).isdisjoint(words.lower().replace("'s", "").replace("’s", "").split())


@cache
def _nations(codebook: Codebook) -> frozenset[str]:
    """The words of one piece that name a country or its people."""
    names = [name for row in codebook.countries for name in (row.name, *row.aliases, *row.demonyms)]
    return frozenset(name.lower() for name in names if " " not in name)


@cache
def nouns_of(words: tuple[str, ...]) -> frozenset[str]:
    """Nouns in all their forms."""
    return frozenset(form for word in words for form in noun_forms(word))


def whole_words(syntax: Syntax, span: Span) -> Span:
    """A span out to the blanks around it: a parse parts "AL-ITIHAD" into three."""
    end = span[1]
    while end < syntax.tokens[-1].end and (syntax.text[end].isalnum() or syntax.text[end] == "-"):
        end += 1
    return (span[0], end)
