"""How the rules read one report: for each sentence what was seen, taken, turned down, and why.

The explanation comes from the same functions as the coding, so that it cannot tell another story.
"""

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from sayso.codebook import Codebook
from sayso.coding.code import coding_of, reads
from sayso.coding.coder import coder_named
from sayso.coding.finish import finish, judge
from sayso.coding.reading import Reading, read
from sayso.coding.rules import cues, events
from sayso.language import Sentence, Syntax
from sayso.model import CodedReport, Draft, Drafts, Report, Span, Stance, Statement, mention_id_of
from sayso.places import Gazetteer

T = TypeVar("T")

TOO_LITTLE = "too little is told with it, and no incident told before is meant"
IN_A_TOTAL = "it is counted in a total over a period"
NOT_TOLD = "its incident is not told as having happened"


@dataclass(frozen=True, slots=True)
class SeenCue:
    """A cue in a sentence: taken for a mention, or turned down for a reason.

    roles  what its grammar gives it ("perpetrator"); who fills them is told with the statements, which say on
           whose word.
    """

    span: Span
    name: str
    sub_event_type: str | None
    roles: tuple[str, ...]
    mention_id: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class TurnedDown:
    """What a coder proposed and did not become a statement, with the rule that proposed it and the reason."""

    span: Span
    field: str
    words: str
    stance: Stance
    hedged: bool
    speaker: str
    rule: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """One sentence; ``syntax`` is None where it was not worth parsing."""

    sentence: Sentence
    syntax: Syntax | None
    cues: tuple[SeenCue, ...]
    statements: tuple[Statement, ...]
    turned_down: tuple[TurnedDown, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A report as it was coded, and its sentences; none where it is in another language than the codebook."""

    coded: CodedReport
    sentences: tuple[ExplainedSentence, ...]


def explain(report: Report, codebook: Codebook, gazetteer: Gazetteer) -> Explanation:
    """How the rules read a report."""
    coder = coder_named("rules")
    coding = coding_of(codebook, coder, gazetteer)
    if not reads(codebook, report):
        return Explanation(CodedReport(report, coding, warnings=report.notes), ())
    reading = read(report, codebook, gazetteer)
    drafts = coder.propose(reading, codebook)
    coded = finish(reading, drafts, codebook, coding)
    seen = _by_sentence(reading, [(cue.span, cue) for cue in _cues(reading, codebook)])
    spans = (
        (one.spans.value or one.spans.cue or (one.quote.start, one.quote.end)) for one in coded.statements
    )
    taken = _by_sentence(reading, zip(spans, coded.statements, strict=True))
    refused = _turned_down(reading, drafts, coded, codebook)
    turned = _by_sentence(reading, [(one.span, one) for one in refused])
    return Explanation(
        coded,
        tuple(
            ExplainedSentence(sentence, syntax, tuple(seen[at]), tuple(taken[at]), tuple(turned[at]))
            for at, (sentence, syntax) in enumerate(zip(reading.sentences, reading.syntax, strict=True))
        ),
    )


def _by_sentence(reading: Reading, things: Iterable[tuple[Span, T]]) -> list[list[T]]:
    """The things, each under the number of the sentence where its span begins, in order."""
    starts = [sentence.start for sentence in reading.sentences]
    found: list[list[T]] = [[] for _ in starts]
    for span, thing in sorted(things, key=lambda pair: pair[0]):
        found[max(0, bisect.bisect_right(starts, span[0]) - 1)].append(thing)
    return found


def _cues(reading: Reading, codebook: Codebook) -> Iterator[SeenCue]:
    found = cues.find(reading, codebook)
    told = events.find(reading, found, codebook)
    totals = {total.quote for total in told.totals}
    report_id = reading.report.report_id
    holder = {
        hit.cue: mention_id_of(report_id, *telling.key)
        for telling in told.tellings
        for stretch in telling.stretches
        for hit in stretch.hits
    }
    for turned in found.turned:
        yield SeenCue(turned.cue, turned.name, None, (), None, turned.reason)
    for hit in (hit for hits in found.hits.values() for hit in hits):
        mention_id = holder.get(hit.cue)
        summed = reading.sentences[hit.sentence].span in totals
        reason = None if mention_id else IN_A_TOTAL if summed else TOO_LITTLE
        yield SeenCue(hit.cue, hit.name, hit.sub_event_type, tuple(hit.roles), mention_id, reason)


def _turned_down(
    reading: Reading, drafts: Drafts, coded: CodedReport, codebook: Codebook
) -> Iterator[TurnedDown]:
    """What the gate dropped, and what passed it for an incident that nothing says has happened."""
    judged = judge(reading, drafts, codebook)
    for draft, reason in judged.dropped:
        speaker = draft.speaker.words or "report"
        yield _refused(reading, draft, draft.spans.value or draft.quote, speaker, reason)
    kept = {mention.mention_id for mention in coded.mentions}
    for one in judged.passed:
        if one.mention_id not in kept:
            span = one.spans.value or (one.quote.start, one.quote.end)
            yield _refused(reading, one, span, one.speaker, NOT_TOLD)


def _refused(reading: Reading, one: Draft | Statement, span: Span, speaker: str, reason: str) -> TurnedDown:
    words = reading.report.text[slice(*span)]
    return TurnedDown(span, one.field, words, one.stance, one.hedged, speaker, one.rule, reason)
