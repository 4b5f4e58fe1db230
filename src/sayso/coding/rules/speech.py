"""Whose word a sentence is, through which hands it came, and whether it withholds commitment."""

import bisect
import re
from dataclasses import dataclass
from functools import cache

from sayso.actors import ActorName
from sayso.codebook import Codebook
from sayso.coding.reading import Reading, at, within
from sayso.coding.rules.cues import clause_before, wording
from sayso.language import Sentence
from sayso.model import DraftSpeaker, ParticipantKind, Span, SpeakerKind

_REPORT = DraftSpeaker()
PASSING = frozenset({"media", "monitor"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word something is: the speaker as the gate wants it, where it is named, and who passed it on."""

    speaker: DraftSpeaker = _REPORT
    actor: ActorName | None = None
    via: tuple[str, ...] = ()

    @property
    def span(self) -> Span | None:
        """The words that name the speaker; None where the report speaks itself."""
        return self.actor.name if self.actor else None

    @property
    def antecedent(self) -> Span | None:
        """The name that those words stand for, if they do."""
        return self.actor.antecedent if self.actor else None


def voice_of(reading: Reading, number: int, codebook: Codebook) -> Voice:
    """Who says what a sentence says; the report itself where nobody is named."""
    sentence = reading.sentences[number]
    named = _speakers(reading, sentence, codebook)
    passing = [actor for actor in named if actor.kind in PASSING]
    speaking = [actor for actor in named if actor.kind not in PASSING]
    via = tuple(dict.fromkeys([actor.words for actor in passing] + lead_in(reading, sentence, codebook)))
    if speaking:
        return Voice(speaker_for(speaking[0]), speaking[0], via)
    if passing:
        return Voice(
            speaker_for(passing[0]), passing[0], tuple(name for name in via if name != passing[0].words)
        )
    return Voice(via=via)


def speaker_for(actor: ActorName) -> DraftSpeaker:
    """An actor as the speaker of a draft."""
    return DraftSpeaker(actor.words, speaker_kind(actor), actor.spoken_by, actor.public)


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


@cache
def _saying(codebook: Codebook) -> tuple[re.Pattern[str], ...]:
    """Wording around the name of a speaker, surest first."""
    lexicon = codebook.lexicon
    said, inverted, according, passed, passive = (
        "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
        for words in (
            lexicon.said,
            [word for word in lexicon.said if word not in lexicon.tells],
            lexicon.according,
            lexicon.passed_on,
            lexicon.passives,
        )
    )
    between = rf"(?:,[^,.;\"]{{1,80}},)?(?: (?!(?:{passive}) )\w+){{0,2}}?"
    return (
        re.compile(rf"(?<!\w)(?:{according})(?: (?:the|a|an|its|their))?(?: [\w\-]+)? (?P<who>\ue000+)"),
        re.compile(rf"(?P<who>\ue000+){between} (?:{said})(?!\w)"),
        re.compile(rf"[,\"] (?:{inverted})(?: the)? (?P<who>\ue000+)"),
        re.compile(rf"(?<!\w)(?:{passed})(?: the)? (?P<who>\ue000+)"),
    )


def _speakers(reading: Reading, sentence: Sentence, codebook: Codebook) -> list[ActorName]:
    """Those whom a sentence names as saying it or as passing it on, surest first.

    What only passes on ("reported by X") makes no speaker unless X is an outlet or a monitor.
    """
    found: dict[Span, ActorName] = {}
    *surest, passed = _saying(codebook)
    for pattern in (*surest, passed):
        for match in pattern.finditer(reading.seen, *sentence.span):
            actor = at(reading.actors, match.span("who"))
            if actor and (pattern is not passed or actor.kind in PASSING):
                found.setdefault((actor.start, actor.end), actor)
    return list(found.values())


@cache
def _noting(codebook: Codebook) -> re.Pattern[str]:
    notes = "|".join(map(re.escape, codebook.lexicon.notes))
    begins = "|".join(map(re.escape, codebook.lexicon.lead_ins))
    return re.compile(rf"(?<!\w)(?:{begins}) (?:the )?(?P<who>\ue000+) (?:{notes})(?!\w)")


def lead_in(reading: Reading, sentence: Sentence, codebook: Codebook) -> list[str]:
    """The outlet credited for a sentence by "As X notes, ...": its own, or that set apart before it.

    A lead-in without a full stop sets apart the next paragraph.
    """
    credited = _noting(codebook).search(reading.seen, *sentence.span)
    if credited is None:
        last = _before_paragraph(reading, sentence)
        if last is None or reading.plain[last.end - 1] in '.!?"':
            return []
        credited = _noting(codebook).search(reading.seen, *last.span)
    if credited is None:
        return []
    return [actor.words for actor in within(reading.actors, *credited.span("who")) if actor.kind in PASSING]


def _before_paragraph(reading: Reading, sentence: Sentence) -> Sentence | None:
    """The last sentence of the paragraph before a sentence's own."""
    place = bisect.bisect_left(reading.sentences, sentence.paragraph, key=lambda one: one.paragraph)
    return reading.sentences[place - 1] if place else None


def hedge_near(reading: Reading, sentence: Sentence, span: Span, codebook: Codebook) -> Span | None:
    """The words that withhold commitment from what stands at a span.

    Those before or inside it in its clause ("Allegedly, ..."), or a proviso anywhere in its sentence
    ("..., which could not be independently verified").
    """
    clause = clause_before(reading, sentence.start, span[0], codebook)
    hedge = wording(codebook.lexicon.hedges).search(reading.plain, span[0] - len(clause), span[1])
    hedge = hedge or wording(codebook.lexicon.provisos).search(reading.plain, *sentence.span)
    return hedge.span() if hedge else None
