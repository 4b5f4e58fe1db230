"""What a person adds to a report by marking its words: a coder with the same contract as all others.

The marks become drafts, and the one gate (``coding.finish``) makes statements of them or says why not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from sayso.codebook import Codebook
from sayso.coding.finish import finish, judge
from sayso.coding.reading import Reading, read, within
from sayso.errors import UsageError
from sayso.judging import By
from sayso.ledger import Ledger
from sayso.model import (
    COUNT_FIELDS,
    ROLE_FIELDS,
    CodedReport,
    Coding,
    Count,
    Draft,
    DraftMention,
    Drafts,
    DraftSpeaker,
    EventValue,
    Field,
    Judgement,
    Mention,
    ParticipantKind,
    Report,
    Span,
    Spans,
    SpeakerKind,
    Stance,
    Statement,
    apart_of,
    judgement_id_of,
    mention_id_of,
)
from sayso.places import Gazetteer
from sayso.places import gazetteer as shipped
from sayso.typed import count_of, event_of

RULE = "person"

_SPEAK: frozenset[SpeakerKind] = frozenset(get_args(SpeakerKind))


@dataclass(frozen=True, slots=True)
class Marked:
    """The words of a report that a person marked, as offsets into its text, and what they say.

    value    the words of the value; of a new incident those that tell of the act.
    mention  the id of the mention that it is said of; None for a new one, which an event makes.
    meaning  a count for the fields that count, an event for the field event; else the words themselves mean
             it: a date, a place, a name.
    kind     of a participant; that of the actor who is known by the name, if not given.
    speaker  the words of whoever says it; None where the report does.
    cue      the words of claiming, accusing and so on; the first cue of the mention, if not given.
    """

    report_id: str
    field: Field
    value: Span
    mention: str | None = None
    meaning: Count | EventValue | None = None
    stance: Stance = Stance.STATED
    hedged: bool = False
    kind: ParticipantKind | None = None
    speaker: Span | None = None
    speaker_kind: SpeakerKind | None = None
    cue: Span | None = None
    is_background: bool = False


def span_of(report: Report, words: str, number: int = 1) -> Span:
    """Where the words stand in a report, for the n-th time. Raises UsageError where they do not."""
    start, left = -1, number
    while left > 0 and words:
        start = report.text.find(words, start + 1)
        if start < 0:
            break
        left -= 1
    if left or not words:
        where = "" if number == 1 else f" {number} times"
        raise UsageError(
            f"The words {words!r} do not stand{where} in the report {report.report_id}.",
            "Give them as they are printed, capitals and blanks too.",
        )
    return start, start + len(words)


def marked(report: Report, told: Mapping[str, Any], codebook: Codebook) -> Marked:
    """Marks given by their words.

    told  "field", "words" and "nth" (for the n-th time), "mention", "value" as ``typed`` reads it, "stance",
          "speaker" and "cue" by their words, "kind", "hedged", "is_background".

    Raises UsageError for words that are not there, and for what is no field, stance, kind or value.
    """
    for name, known in (
        ("field", get_args(Field)),
        ("stance", tuple(Stance)),
        ("kind", get_args(ParticipantKind)),
    ):
        if told[name] is not None and told[name] not in known:
            raise UsageError(f"There is no {name} {told[name]!r}.", f"Use one of: {', '.join(known)}.")
    meaning: Count | EventValue | None = None
    if told["field"] in (*COUNT_FIELDS, "event"):
        given = told["value"]
        if given is None:
            raise UsageError(f"What the words mean for {told['field']} is not told.", "Give it with --value.")
        meaning = event_of(given, codebook) if told["field"] == "event" else count_of(given)
    elif told["value"] is not None:
        raise UsageError(f"The words themselves are the {told['field']}.", "Leave out --value.")
    speaker, cue = (span_of(report, told[name]) if told[name] else None for name in ("speaker", "cue"))
    return Marked(
        report_id=report.report_id,
        field=told["field"],
        value=span_of(report, told["words"], told["nth"]),
        mention=told["mention"],
        meaning=meaning,
        stance=Stance(told["stance"]),
        hedged=told["hedged"],
        kind=told["kind"],
        speaker=speaker,
        cue=cue,
        is_background=told["is_background"],
    )


def add(
    ledger: Ledger, codebook: Codebook, marked: Marked, by: By, gazetteer: Gazetteer | None = None
) -> Judgement:
    """Adds a statement, and with an event of no mention a mention, to a report: "add", until withdrawn.

    Raises UsageError where there is no such report or mention, or the gate does not let it pass.
    """
    report = ledger.report(marked.report_id)
    if report is None:
        raise UsageError(f"The ledger has no report {marked.report_id}.", "Give the whole id of a report.")
    places = gazetteer or shipped()
    reading = read(report, codebook, places)
    drafts, draft = _drafts(ledger, reading, marked)
    coding = Coding(f"person:{by.who}", by.made_on, codebook.name, codebook.sha256, places.sha256)
    dropped = [reason for one, reason in judge(reading, drafts, codebook).dropped if one == draft]
    coded = finish(reading, drafts, codebook, coding)
    added = _added(coded, draft)
    if dropped or added is None:
        reason = dropped[0] if dropped else "no statement says that something happened"
        raise UsageError(f"The gate does not let this pass: {reason}.", "Mark other words, or more of them.")
    text = report.text[slice(*marked.value)]
    judgement = Judgement(
        judgement_id=judgement_id_of(added.statement_id, "add", by.who, by.made_on),
        target="statement",
        target_id=added.statement_id,
        verdict="add",
        words=text,
        who=by.who,
        made_on=by.made_on,
        why=by.why,
        change={"coding_id": ledger.coding_id(report.report_id, coding)},
    )
    ledger.judge(judgement, coded)
    return judgement


def _added(coded: CodedReport, draft: Draft) -> Statement | None:
    mention_id = mention_id_of(coded.report.report_id, *draft.mention)
    return next(
        (
            one
            for one in coded.statements
            if one.mention_id == mention_id
            and (one.field, one.stance, one.spans.value) == (draft.field, draft.stance, draft.spans.value)
        ),
        None,
    )


def _drafts(ledger: Ledger, reading: Reading, marked: Marked) -> tuple[Drafts, Draft]:
    """All that the coding of the marks needs, and the draft of the marks themselves."""
    if marked.mention is None:
        if marked.field != "event":
            raise UsageError(
                f"Something has to have happened before one can say its {marked.field}.",
                "Name the mention it is said of, or add an event first.",
            )
        about = DraftMention(marked.value, (marked.value,), is_background=marked.is_background)
        draft = _draft(reading, marked, about, None)
        return Drafts((about,), (draft,)), draft
    mention, statements = _mention(ledger, reading.report, marked.mention)
    cues = tuple((cue.start, cue.end) for cue in mention.cues)
    about = DraftMention(
        cues[0], cues, apart_of(mention, statements), mention.is_background, mention.n_events
    )
    draft = _draft(reading, marked, about, cues[0])
    return Drafts((about,), (*_events(statements, about), draft)), draft


def _mention(ledger: Ledger, report: Report, mention_id: str) -> tuple[Mention, list[Statement]]:
    found = ledger.mention(mention_id)
    if found is None or found[0].report_id != report.report_id or not found[0].cues:
        raise UsageError(
            f"The report {report.report_id} has no mention {mention_id}.", "See them with: sayso show --ids"
        )
    return found


def _events(statements: Sequence[Statement], about: DraftMention) -> Iterator[Draft]:
    """That it happened, as it was told: what is added to a mention stands by that."""
    for one in statements:
        if isinstance(one.value, EventValue) and one.value.happened and one.spans.cue and one.spans.value:
            told = one.speaker_kind == "report"
            yield Draft(
                mention=about.key,
                field="event",
                stance=one.stance,
                spans=one.spans,
                quote=(one.quote.start, one.quote.end),
                rule=one.rule or RULE,
                value=one.value,
                hedged=one.hedged,
                speaker=DraftSpeaker()
                if told
                else DraftSpeaker(
                    one.speaker, one.speaker_kind or "report", one.spoken_by, one.speaker_public
                ),
                via=one.via,
                after=one.after,
            )


def _draft(reading: Reading, marked: Marked, about: DraftMention, first: Span | None) -> Draft:
    cue = marked.cue or first or marked.value
    spans = Spans(cue=cue, value=marked.value, speaker=marked.speaker)
    quote = _quote(reading, [span for span in (marked.cue, marked.value, marked.speaker) if span])
    if marked.cue is None and not quote[0] <= cue[0] < cue[1] <= quote[1]:
        spans = Spans(cue=marked.value, value=marked.value, speaker=marked.speaker)
    words = reading.report.text[slice(*marked.speaker)] if marked.speaker else None
    return Draft(
        mention=about.key,
        field=marked.field,
        stance=marked.stance,
        spans=spans,
        quote=quote,
        rule=RULE,
        value=marked.meaning if marked.field in (*COUNT_FIELDS, "event") else None,
        kind=_kind(reading, marked),
        hedged=marked.hedged,
        speaker=DraftSpeaker(words, _speaker_kind(reading, marked)) if words else DraftSpeaker(),
    )


def _quote(reading: Reading, spans: Sequence[Span]) -> Span:
    """The sentences that hold the marks; the marks themselves where no sentence does."""
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    there = within(reading.sentences, start, end)
    return (min(start, there[0].start), max(end, there[-1].end)) if there else (start, end)


def _kind(reading: Reading, marked: Marked) -> ParticipantKind | None:
    if marked.field not in ROLE_FIELDS:
        return None
    if marked.kind is not None or marked.field == "weapon":
        return marked.kind or "weapon"
    known = next(iter(within(reading.actors, *marked.value)), None)
    return next((kind for kind in get_args(ParticipantKind) if known and kind == known.kind), "people")


def _speaker_kind(reading: Reading, marked: Marked) -> SpeakerKind:
    if marked.speaker_kind is not None:
        return marked.speaker_kind
    known = next(iter(within(reading.actors, *marked.speaker)), None) if marked.speaker else None
    return known.kind if known and known.kind in _SPEAK else "people"
