"""The one gate for every coder's drafts: what passes becomes statements, the rest is dropped and counted.

Checked: the words stand where the draft says; the quote holds the value, the cue and the speaker and is at
most two sentences long; field, stance and type are of the codebook; the value is of the field's type; no date
lies more than a day after publication; nobody claims without the words of claiming and of the claimant.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.actors import ActorName
from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.model import (
    COUNT_FIELDS,
    ROLE_FIELDS,
    Aggregate,
    CodedReport,
    Coding,
    Count,
    Date,
    Draft,
    DraftAggregate,
    DraftMention,
    Drafts,
    EventValue,
    Mention,
    ParticipantValue,
    Place,
    Quote,
    Span,
    Stance,
    Statement,
    Value,
    mention_id_of,
    statement_id_of,
)

_MOST_SENTENCES = 2


class _DropError(Exception):
    """Why a draft does not pass, in words for the summary of a run."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A coder's drafts after the gate: the statements of those that pass, the others with the reason."""

    passed: tuple[Statement, ...]
    dropped: tuple[tuple[Draft, str], ...]


def judge(reading: Reading, drafts: Drafts, codebook: Codebook) -> Judged:
    """The gate itself: which drafts pass, and why the others do not, both in the order of the drafts."""
    mentions = {draft.key: draft for draft in drafts.mentions}
    passed: list[Statement] = []
    dropped: list[tuple[Draft, str]] = []
    for draft in drafts.drafts:
        try:
            passed.append(_statement(reading, draft, mentions, codebook))
        except _DropError as reason:
            dropped.append((draft, str(reason)))
    return Judged(tuple(passed), tuple(dropped))


def finish(reading: Reading, drafts: Drafts, codebook: Codebook, coding: Coding) -> CodedReport:
    """The coded report that a coder's drafts come to. What is wrong is dropped and counted."""
    mentions = {draft.key: draft for draft in drafts.mentions}
    statements: dict[tuple[str, str], Statement] = {}  # the same words may speak of two mentions
    judged = judge(reading, drafts, codebook)
    for statement in judged.passed:
        statements.setdefault((statement.statement_id, statement.mention_id), statement)
    dropped = Counter(reason for _, reason in judged.dropped)
    kept = _told(reading, mentions, tuple(statements.values()))
    known = {mention.mention_id: place for place, mention in enumerate(kept)}
    return CodedReport(
        report=reading.report,
        coding=coding,
        mentions=kept,
        statements=tuple(
            sorted(
                (one for one in statements.values() if one.mention_id in known),
                key=lambda one: (known[one.mention_id], one.quote.start, one.field, one.statement_id),
            )
        ),
        aggregates=tuple(_aggregates(reading, drafts.aggregates, dropped)),
        dropped=dict(sorted(dropped.items())),
        warnings=(*reading.report.notes, *_summary(dropped)),
    )


def _summary(dropped: Counter[str]) -> Iterator[str]:
    for reason, count in sorted(dropped.items()):
        yield f"{count} {'statement' if count == 1 else 'statements'} dropped: {reason}."


def _told(
    reading: Reading, drafts: dict[tuple[Span, Span | None], DraftMention], statements: tuple[Statement, ...]
) -> tuple[Mention, ...]:
    """The mentions that at least one statement says happened, in the order of their first cue."""
    report_id = reading.report.report_id
    happened = {
        one.mention_id for one in statements if isinstance(one.value, EventValue) and one.value.happened
    }
    mentions = [
        Mention(
            mention_id=mention_id_of(report_id, *draft.key),
            report_id=report_id,
            is_background=draft.is_background,
            cues=tuple(_quote(reading, cue) for cue in draft.cues),
            n_events=draft.n_events,
            part_of=mention_id_of(report_id, *draft.part_of) if draft.part_of else None,
        )
        for _, draft in sorted(drafts.items(), key=lambda item: (item[0][0], item[0][1] or item[0][0]))
    ]
    return tuple(mention for mention in mentions if mention.mention_id in happened)


def _quote(reading: Reading, span: Span) -> Quote:
    start, end = span
    return Quote(reading.report.report_id, start, end, reading.report.text[start:end])


def _statement(
    reading: Reading,
    draft: Draft,
    mentions: dict[tuple[Span, Span | None], DraftMention],
    codebook: Codebook,
) -> Statement:
    if draft.mention not in mentions:
        raise _DropError("it belongs to no mention")
    _check_spans(reading, draft)
    # "Not 30", and no figure of its own.
    contradicts = draft.stance is Stance.DISPUTED and draft.value is None
    value = None if draft.unknown or contradicts else _value(reading, draft, codebook)
    _check_stance(reading, draft, value, codebook)
    report_id = reading.report.report_id
    speaker = _speaker(reading, draft)
    return Statement(
        statement_id=statement_id_of(
            report_id, draft.field, draft.stance, draft.spans.value, draft.spans.speaker
        ),
        report_id=report_id,
        mention_id=mention_id_of(report_id, *draft.mention),
        field=draft.field,
        stance=draft.stance,
        hedged=draft.hedged,
        speaker=draft.speaker.words or "report",
        speaker_id=speaker.actor_id if speaker else None,
        speaker_kind=draft.speaker.kind,
        spoken_by=draft.speaker.spoken_by,
        speaker_public=draft.speaker.public,
        via=draft.via,
        after=draft.after,
        about=draft.about,
        said_on=draft.said_on,
        value=value,
        unknown=draft.unknown,
        spans=draft.spans,
        quote=_quote(reading, draft.quote),
        rule=draft.rule,
    )


def _check_spans(reading: Reading, draft: Draft) -> None:
    start, end = draft.quote
    if not 0 <= start < end <= len(reading.report.text):
        raise _DropError("its quote is not in the text")
    spans = draft.spans
    for name, span in (("cue", spans.cue), ("value", spans.value), ("speaker", spans.speaker)):
        if span is not None and not start <= span[0] < span[1] <= end:
            raise _DropError(f"its quote does not hold the words of the {name}")
    if spans.cue is None or (spans.value is None and not draft.unknown):
        raise _DropError("the words of its cue or value are not given")
    if draft.speaker.words and spans.speaker is None and spans.antecedents is None:
        raise _DropError("the words of its speaker are not given")
    if len(within(reading.sentences, start, end)) > _MOST_SENTENCES:
        raise _DropError("its quote is longer than two sentences")


def _value(reading: Reading, draft: Draft, codebook: Codebook) -> Value:
    span = draft.spans.value or draft.quote
    if draft.field == "event":
        return _event(draft, codebook)
    if draft.field in COUNT_FIELDS:
        return _count(draft)
    if draft.field == "date":
        return _date(reading, span)
    if draft.field in ROLE_FIELDS:
        return _participant(reading, draft, span)
    name = next(iter(within(reading.places, *span)), None)
    if name and (name.start, name.end) == span:
        return name.place
    return Place(text=reading.report.text[slice(*span)], name=None)


def _event(draft: Draft, codebook: Codebook) -> EventValue:
    known = {row.sub_event_type: row for row in codebook.event_types if row.program}
    if not isinstance(draft.value, EventValue) or draft.value.sub_event_type not in known:
        raise _DropError("its event type is not one that the codebook lets the program give")
    if not known[draft.value.sub_event_type].incident:
        raise _DropError("its event type makes no incident in this codebook")
    return draft.value


def _count(draft: Draft) -> Count:
    count = draft.value
    if not isinstance(count, Count):
        raise _DropError("its count is none")
    figures = [figure for figure in (count.low, count.best, count.high) if figure is not None]
    if figures != sorted(figures) or any(figure < 0 for figure in figures) or not figures:
        raise _DropError("its count is no range of whole people")
    return count


def _date(reading: Reading, span: Span) -> Date:
    time = next(iter(within(reading.times, *span)), None)
    if time is None or (time.start, time.end) != span:
        raise _DropError("its date cannot be read")
    published = reading.report.published
    if published and time.date.earliest:
        last = date.fromisoformat(published[:10]) + timedelta(days=1)
        if date.fromisoformat(time.date.earliest) > last:
            raise _DropError("its date is more than a day after publication")
    return time.date


def _participant(reading: Reading, draft: Draft, span: Span) -> ParticipantValue:
    """The actor whose name stands at the span, else the words themselves."""
    for place in (span, draft.named):
        for actor in within(reading.actors, *place) if place else ():
            if actor.name == place:
                name = " ".join(actor.words.split())
                return ParticipantValue(name, actor.actor_id, draft.kind, _public(draft))
    words = " ".join(reading.report.text[slice(*(draft.named or span))].split())
    return ParticipantValue(words, None, draft.kind, _public(draft))


def _public(draft: Draft) -> bool | None:
    return False if draft.kind == "person" else None


def _check_stance(reading: Reading, draft: Draft, value: Value | None, codebook: Codebook) -> None:
    """Claims are rare and precious: no claim without the words of claiming and of the claimant."""
    if draft.stance is Stance.DISPUTED and draft.about is None:
        raise _DropError("it disputes something without saying what")
    if draft.stance not in (Stance.CLAIMED, Stance.DENIED):
        return
    if draft.spans.cue == draft.spans.speaker or not draft.speaker.words:
        raise _DropError(f"the words of whoever {draft.stance.value} are not given")
    speaker = _speaker(reading, draft)
    known = speaker is not None and speaker.actor_id is not None
    if not isinstance(value, ParticipantValue) or _owns(speaker, value, codebook):
        return
    if draft.stance is Stance.CLAIMED or (known and value.actor_id is not None):
        raise _DropError(f"what is {draft.stance.value} is somebody else's act")


def _speaker(reading: Reading, draft: Draft) -> ActorName | None:
    """The actor that speaks, where the words of the speaker, or what they stand for, name one."""
    if not draft.speaker.words:
        return None
    for span in (draft.spans.speaker, draft.spans.antecedents):
        for actor in within(reading.actors, *span) if span else ():
            if actor.words == draft.speaker.words:
                return actor
    return None


def _owns(speaker: ActorName | None, value: ParticipantValue, codebook: Codebook) -> bool:
    """Whether an act is the speaker's own: of its name, its part or its whole, or of a body of its state."""
    if speaker is None or speaker.actor_id is None or value.actor_id is None:
        return False
    one, other, part = speaker.actor_id, value.actor_id, codebook.is_part_of
    if part(one, other) or part(other, one):
        return True
    return speaker.kind == value.kind == "state" and codebook.top_of(one) == codebook.top_of(other)


def _aggregates(
    reading: Reading, drafts: tuple[DraftAggregate, ...], dropped: Counter[str]
) -> Iterator[Aggregate]:
    for draft in drafts:
        start, end = draft.quote
        if 0 <= start < end <= len(reading.report.text):
            yield Aggregate(
                _quote(reading, draft.quote), draft.summary, draft.actors, draft.field, draft.count
            )
        else:
            dropped["its quote is not in the text"] += 1
