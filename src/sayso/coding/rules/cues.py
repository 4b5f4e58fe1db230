"""Wording that tells of an incident, and whether it is told as having happened."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sayso.codebook import Codebook
from sayso.codebook.schema import Cue, compile_pattern
from sayso.coding.reading import Reading, at
from sayso.language import Sentence
from sayso.model import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """One cue in a sentence.

    definite  it speaks of something already told ("the attack")
    plural    it may be a way of speaking of many ("attacks"), so it needs more to go on
    slots     the spans that the pattern's slots matched
    """

    sentence: int
    cue: Span
    sub_event_type: str
    strength: Literal["strong", "weak", "faint"]
    definite: bool
    plural: bool
    slots: dict[str, Span]

    @property
    def strong(self) -> bool:
        """Whether it tells of an incident of its type by itself."""
        return self.strength == "strong"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A codebook pattern, compiled once per process."""
    return compile_pattern(pattern)


@cache
def wording(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One of the phrases, as whole words."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered)) or r'(?!)'})(?!\w)")


def find(reading: Reading, codebook: Codebook) -> dict[int, list[Hit]]:
    """The cues of a report that are told as having happened, by the number of their sentence, in order.

    One for each place in the text; sentences without any are left out.
    """
    hits: dict[int, list[Hit]] = {}
    told: set[str] = set()
    for number, sentence in enumerate(reading.sentences):
        words = " ".join(reading.plain[sentence.start : sentence.end].split())
        if words in told:  # a headline printed twice is read once
            continue
        told.add(words)
        found = [hit for cue in codebook.cues for hit in _hits(reading, number, sentence, cue, codebook)]
        real = [hit for hit in _one_each(found, codebook) if not _unreal(reading, sentence, hit, codebook)]
        if real:
            hits[number] = real
    return hits


def _hits(reading: Reading, number: int, sentence: Sentence, cue: Cue, codebook: Codebook) -> Iterable[Hit]:
    for match in compiled(cue.pattern).finditer(reading.seen, *sentence.span):
        sub_event_type = _type_of(reading, cue, match)
        if sub_event_type is None:
            continue
        span = match.span("cue")
        words = reading.plain[span[0] : span[1]].split()
        # An article, and at most one adjective after it: "the attack", "the deadly attack".
        before = [*reading.plain[sentence.start : span[0]].split()[-2:], words[0]]
        spans = {slot: match.span(slot) for slot in match.groupdict() if slot != "cue"}
        yield Hit(
            sentence=number,
            cue=span,
            sub_event_type=sub_event_type,
            strength=cue.strength,
            definite=any(word in codebook.lexicon.definite for word in before),
            plural=words[-1].endswith("s"),
            slots={slot: within for slot, within in spans.items() if within != (-1, -1)},
        )


def _type_of(reading: Reading, cue: Cue, match: re.Match[str]) -> str | None:
    """The sub-event type: the cue's, that of the weapon, or the one for states where a state acts."""
    if cue.sub_event_type is None:
        weapon = at(reading.weapons, match.span("weapon"))
        return weapon.weapon.sub_event_type if weapon else None
    if cue.state_sub_event_type:
        actor = at(reading.actors, match.span("perpetrator"))
        if actor and actor.kind == "state":
            return cue.state_sub_event_type
    return cue.sub_event_type


def _one_each(found: list[Hit], codebook: Codebook) -> list[Hit]:
    """Of hits on the same words one, with the slots of all: a strong one, then by the codebook's order."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (not hit.strong, codebook.rank_of(hit.sub_event_type), hit.cue)):
        twin = next(
            (other for other in kept if hit.cue[0] < other.cue[1] and other.cue[0] < hit.cue[1]), None
        )
        if twin is None:
            kept.append(replace(hit, slots=dict(hit.slots)))
        else:
            twin.slots.update({slot: span for slot, span in hit.slots.items() if slot not in twin.slots})
    return sorted(kept, key=lambda hit: hit.cue)


def clause_before(reading: Reading, start: int, end: int, codebook: Codebook) -> str:
    """The view of what stands before ``end`` in its clause, back to ``start`` at most."""
    before = reading.seen[max(start, end - _REACH) : end]
    ends = [found.end() for found in _POINTS.finditer(before)]
    ends += [found.end() for found in wording(codebook.lexicon.conjunctions).finditer(before)]
    return before[max(ends, default=0) :]


_POINTS = re.compile(r"[;:()\"]")
_REACH = 45
"""How many characters before a cue a negation or a modal reaches: about seven words. Tried on reports of our
own: 30 misses "no evidence of an", 70 lets the verb of one phrase govern the noun of the next."""


def _unreal(reading: Reading, sentence: Sentence, hit: Hit, codebook: Codebook) -> bool:
    """Whether the cue is negated, planned, threatened, feared, possible or demanded."""
    clause = clause_before(reading, sentence.start, hit.cue[0], codebook)
    lexicon = codebook.lexicon
    return bool(wording(lexicon.negators).search(clause) or wording(lexicon.modals).search(clause))
