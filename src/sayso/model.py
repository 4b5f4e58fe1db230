"""The records: what is read, what is said, what is shown.

The terms and the rules behind every field are those of the codebook (docs/codebook.md); the shapes that
leave the program are those of the JSON Schemas in ``sayso/contract``. All records are frozen. A report, a
mention and a statement are facts about a text; an incident is a view over statements, made anew each time.

Ids are hashes of content, never counters or positions, so that a better rule tomorrow does not orphan a
verdict of today. The functions at the end of this page are the only places that make them.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Discriminator, Tag

CONTRACT = 0

Span = tuple[int, int]
"""Offsets [start, end) in code points into the untouched text of one report."""


class Stance(StrEnum):
    """What a speaker says about a value. Definitions: the codebook, Statements."""

    CLAIMED = "claimed"
    DENIED = "denied"
    REJECTED = "rejected"
    ACCUSED = "accused"
    SUSPECTED = "suspected"
    STATED = "stated"
    DISPUTED = "disputed"


Field = Literal[
    "event",
    "perpetrator",
    "target",
    "victim",
    "weapon",
    "date",
    "place",
    "killed",
    "injured",
    "missing",
    "abducted",
    "detained",
    "displaced",
    "territory",
]
COUNT_FIELDS: tuple[Field, ...] = ("killed", "injured", "missing", "abducted", "detained", "displaced")
ROLE_FIELDS: tuple[Field, ...] = ("perpetrator", "target", "victim", "weapon")

RegionKind = Literal[
    "title", "byline", "body", "caption", "quotation", "boilerplate", "advertisement", "comment", "correction"
]
REPORTING: frozenset[RegionKind] = frozenset({"title", "body", "caption", "quotation", "correction"})
"""The regions that are reporting: nothing is coded from the others."""

SpeakerKind = Literal["organisation", "state", "person", "people", "media", "monitor", "report"]
ParticipantKind = Literal[
    "organisation", "state", "person", "people", "structure", "vehicle", "thing", "weapon"
]
DatePrecision = Literal["day", "days", "week", "month", "season", "year", "unknown"]
PlacePrecision = Literal["exact", "near", "town", "district", "route", "admin1", "country", "sea"]
AttributionStatus = Literal[
    "claimed",
    "claimed_disputed",
    "accused",
    "accused_denied",
    "suspected",
    "suspected_denied",
    "stated",
    "stated_denied",
    "denied_only",
    "unknown",
]

REPORT_VOICE = "report"
"""The speaker of what a report says in its own voice."""


# ---- values ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inferred:
    """Marks a value that was concluded, not said: from which statements, by which rule."""

    # The contract calls the key "from", which Python does not allow as a name.
    __pydantic_config__ = {"alias_generator": lambda name: name.rstrip("_"), "populate_by_name": True}  # noqa: RUF012

    from_: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Date:
    """A closed interval of days, local to the place.

    ``earliest`` and ``latest`` are ISO dates, None where open or where the year is not told; ``edtf`` then
    still says what was ("XXXX-07-20"). ``precision`` follows from the length, in days, of the interval.
    """

    earliest: str | None
    latest: str | None
    precision: DatePrecision
    edtf: str | None = None
    inferred: Inferred | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A named location, WGS 84 degrees. Unresolved: the text stands with everything else None, never 0."""

    text: str
    name: str | None
    admin1: str | None = None
    country: str | None = None
    water: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    inferred: Inferred | None = None


@dataclass(frozen=True, slots=True)
class Whom:
    """Which people a count is about. All None means people without further description."""

    status: Literal["civilian", "military", "police", "militant"] | None = None
    nationality: str | None = None
    age: Literal["child", "adult"] | None = None
    sex: Literal["female", "male"] | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """Whole people. None is open: "at least 31" is best 31, low 31, high None."""

    best: int | None
    low: int | None
    high: int | None
    imprecise: bool = False
    includes_attackers: bool | None = None
    whom: Whom | None = None


@dataclass(frozen=True, slots=True)
class ParticipantValue:
    """Who or what fills a role in one statement; ``name`` as printed, without article, number or title.

    ``public`` is set for persons only.
    """

    name: str
    actor_id: str | None
    kind: ParticipantKind | None
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class EventValue:
    """That something of this type happened, or, where a speaker says so, that it did not."""

    sub_event_type: str
    happened: bool


_KEYS = {
    "earliest": "Date",
    "text": "Place",
    "best": "Count",
    "actor_id": "ParticipantValue",
    "happened": "EventValue",
}
"""A key that the plain data of one kind of value always has, and of no other: so none is tried in vain."""


def _kind_of(value: object) -> str | None:
    if isinstance(value, dict):
        return next((kind for key, kind in _KEYS.items() if key in value), None)
    return type(value).__name__


Value = Annotated[
    Annotated[Date, Tag("Date")]
    | Annotated[Place, Tag("Place")]
    | Annotated[Count, Tag("Count")]
    | Annotated[ParticipantValue, Tag("ParticipantValue")]
    | Annotated[EventValue, Tag("EventValue")],
    Discriminator(_kind_of),
]


# ---- reports --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one report: ``report.text[start:end] == text``."""

    report_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Region:
    """A span of the text and what it is. Regions are in order, apart, and only blanks lie between."""

    start: int
    end: int
    kind: RegionKind


@dataclass(frozen=True, slots=True)
class Credit:
    """Where the text says that it comes from an outlet; ``outlet`` None where the codebook knows none."""

    start: int
    end: int
    text: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One published text, frozen at first reading.

    ``path`` is where it was read from, as the user named it. ``published`` is ISO 8601, with a zone only
    where one is told; ``published_from`` and ``publisher_from`` say where these were found. ``notes`` are
    what could not be done while reading, in plain words. ``raw_sha256`` is the digest of the bytes that it
    was read from (a whole file, or its line or row of one), ``reader`` what read them, by name and version.
    ``corrects`` and ``retracts`` are a report_id or url, ``language`` is ISO 639-1, None where it cannot be
    told.
    """

    report_id: str
    text_id: str
    text: str
    path: str | None = None
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    publisher_from: Literal["given", "metadata", "text"] | None = None
    byline: str | None = None
    url: str | None = None
    published: str | None = None
    published_from: Literal["given", "metadata", "text"] | None = None
    updated: str | None = None
    version_of: str | None = None
    corrects: str | None = None
    retracts: str | None = None
    language: str | None = None
    raw_sha256: str | None = None
    reader: str | None = None
    credits: tuple[Credit, ...] = ()
    regions: tuple[Region, ...] = ()
    notes: tuple[str, ...] = ()


# ---- codings --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spans:
    """Where the words stand: the cue, the value, the speaker, the hedge, what a pronoun stands for."""

    cue: Span | None = None
    value: Span | None = None
    speaker: Span | None = None
    hedge: Span | None = None
    antecedents: Span | None = None


@dataclass(frozen=True, slots=True)
class DraftMention:
    """One incident as a coder sees it in a report, before the gate.

    ``cue`` is the span of its first cue. ``apart`` is needed only where that cue tells of several incidents:
    the span that tells this one from the others (its place, else date, else target). ``part_of`` points to
    another draft mention of the same report by its (cue, apart).
    """

    cue: Span
    cues: tuple[Span, ...]
    apart: Span | None = None
    is_background: bool = False
    n_events: int | None = 1
    part_of: tuple[Span, Span | None] | None = None

    @property
    def key(self) -> tuple[Span, Span | None]:
        """What tells this draft mention from the others of its report."""
        return (self.cue, self.apart)


@dataclass(frozen=True, slots=True)
class DraftSpeaker:
    """Whose word a draft is.

    ``words`` is None where the report speaks itself. ``spoken_by`` is the person who spoke for a body and
    ``public`` whether that person is a public one.
    """

    words: str | None = None
    kind: SpeakerKind = "report"
    spoken_by: str | None = None
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a coder proposes: words, where they stand, and what they say about which mention.

    ``value`` is what the coder takes the words to mean and is given for counts and events; for dates,
    places and participants it stays None, and the gate resolves the words at ``spans.value`` through the
    rooms, which know what a pronoun stands for. ``kind`` is the participant's kind. ``named`` is the name
    that the words of a participant stand for, where the rooms do not know it ("its men", "denied it").
    """

    mention: tuple[Span, Span | None]
    field: Field
    stance: Stance
    spans: Spans
    quote: Span
    rule: str
    value: Count | EventValue | None = None
    kind: ParticipantKind | None = None
    unknown: bool = False
    hedged: bool = False
    speaker: DraftSpeaker = DraftSpeaker()
    via: tuple[str, ...] = ()
    after: str | None = None
    about: dict[str, object] | None = None
    said_on: Date | None = None
    named: Span | None = None


@dataclass(frozen=True, slots=True)
class DraftAggregate:
    """A total over a period, a campaign or a series: kept, never counted."""

    quote: Span
    summary: str
    actors: tuple[str, ...] = ()
    field: Field | None = None
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Drafts:
    """All that one coder proposes for one report."""

    mentions: tuple[DraftMention, ...] = ()
    drafts: tuple[Draft, ...] = ()
    aggregates: tuple[DraftAggregate, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One value for one field of one mention, on somebody's say-so.

    ``via`` holds every hand the word passed through, nearest to the speaker first. ``value`` None with
    ``unknown``: the speaker said that it is not known. Said nothing: no statement.
    """

    statement_id: str
    report_id: str
    mention_id: str
    field: Field
    stance: Stance
    hedged: bool
    speaker: str
    speaker_id: str | None
    speaker_kind: SpeakerKind | None
    spoken_by: str | None
    speaker_public: bool | None
    via: tuple[str, ...]
    after: str | None
    about: dict[str, object] | None
    said_on: Date | None
    value: Value | None
    unknown: bool
    spans: Spans
    quote: Quote
    rule: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """One incident as one report tells it, before any linking; ``cues`` in order of appearance.

    ``n_events`` is 1 for what is told as one act, None where the number of blows is not told; ``part_of``
    is a mention_id of the same report.
    """

    mention_id: str
    report_id: str
    is_background: bool
    cues: tuple[Quote, ...]
    n_events: int | None = 1
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A total, a campaign or a series that passed the gate: in no count, map or list of incidents."""

    quote: Quote
    summary: str
    actors: tuple[str, ...] = ()
    field: str | None = None
    count: Count | None = None
    date: Date | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """What made a coding: all that a coding may be reused for, beside the report."""

    coder: str
    version: str
    codebook: str
    codebook_sha256: str
    gazetteer_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class CodedReport:
    """What one coder made of one report, without looking at any other.

    Mentions in order of their first cue, statements in order of (mention, place in the text). ``dropped``
    counts, by reason, the drafts that did not pass the gate; ``warnings`` say in plain words what could not
    be done.
    """

    report: Report
    coding: Coding
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    aggregates: tuple[Aggregate, ...] = ()
    dropped: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


# ---- people in charge -------------------------------------------------------------------------------

Target = Literal["statement", "mention", "incident", "report"]
Verdict = Literal[
    "confirm", "reject", "unsure", "comment", "correct", "same", "not_same", "split", "hide", "add"
]


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention as the person who judged saw it, with the words of its first cue."""

    mention_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's verdict on a statement, mention, incident or report; never edited, only withdrawn.

    ``words`` are those that the person saw (the words of the value, or of the mention's first cue), so that
    a verdict can be checked against what stands there now. ``made_on`` and ``withdrawn_on`` are ISO 8601.
    ``change`` has, for "correct", the keys of the statement that are others, in the shapes of the contract;
    for "add" the ``coding_id`` of what the person coded. ``groups`` are the mentions of the incidents that
    are the same, not the same, or perhaps (unsure); for "split" first those that leave, then those that stay;
    for a verdict on one incident its mentions, as one group.
    """

    judgement_id: str
    target: Target
    target_id: str
    verdict: Verdict
    words: str
    who: str
    made_on: str
    why: str | None = None
    withdrawn_on: str | None = None
    change: dict[str, object] | None = None
    groups: tuple[tuple[Seen, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A statement that counts for nothing in its incident, and why.

    ``by`` is the judgement that rejects it, or the later report that corrects or retracts what this one said.
    """

    statement: Statement
    why: Literal["rejected", "corrected", "retracted"]
    by: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A statement that a person corrected: ``machine`` is how it was read, the incident has the other."""

    statement_id: str
    mention_id: str
    machine: Statement
    judgement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What people judged of an incident, as far as it is in force.

    ``verdict`` is theirs on the incident as it is shown: on all of its mentions. ``judgement_ids`` are all
    that touch it; ``confirmed`` and ``unsure`` are ids of statements.
    """

    verdict: Literal["confirm", "unsure"] | None = None
    judgement_ids: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    corrected: tuple[Corrected, ...] = ()


# ---- across reports -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineagePair:
    """Two reports compared: the share of the shorter one's text found in the other, 0 to 1."""

    a: str
    b: str
    score: float


@dataclass(frozen=True, slots=True)
class Lineage:
    """Reports that copy, syndicate, rewrite or update one another; the id is that of the earliest.

    ``pairs`` speak for it; ``near`` are those of its reports with later ones that share some text and yet are
    of another lineage.
    """

    lineage_id: str
    reports: tuple[str, ...]
    pairs: tuple[LineagePair, ...] = ()
    near: tuple[LineagePair, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """On what footing somebody is named as perpetrator. Bases, strongest first: claimed > ... > stated."""

    basis: Literal["claimed", "accused", "suspected", "stated"]
    denied: bool
    rejected: bool
    hedged: bool


@dataclass(frozen=True, slots=True)
class Participant:
    """Who or what fills a role in an incident; ``mentions`` are the forms of the name in the reports."""

    name: str
    actor_id: str | None
    kind: ParticipantKind | None
    public: bool | None
    mentions: tuple[str, ...]
    statement_ids: tuple[str, ...]
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class FieldCount:
    """One count of an incident by field and whom, with the statements it rests on."""

    field: Field
    whom: Whom | None
    best: int | None
    low: int | None
    high: int | None
    imprecise: bool
    includes_attackers: bool | None
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One row of who did it: one actor, one stance, one speaker."""

    actor: str
    actor_id: str | None
    stance: Stance
    speaker: str
    speaker_id: str | None
    speaker_kind: SpeakerKind | None
    spoken_by: str | None
    speaker_public: bool | None
    via: tuple[str, ...]
    hedged: bool
    statement_ids: tuple[str, ...]
    quotes: tuple[Quote, ...]
    inferred: Inferred | None = None


@dataclass(frozen=True, slots=True)
class ValueSaid:
    """One of the values that disagree, and whose it is.

    ``voices`` are speaker ids, else speaker names, and the lineage id where a report speaks itself.
    """

    value: object
    voices: tuple[str, ...]
    lineages: tuple[str, ...]
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more values of one field that cannot all be true."""

    field: str
    values: tuple[ValueSaid, ...]


@dataclass(frozen=True, slots=True)
class IncidentMention:
    """A mention as an incident shows it."""

    mention_id: str
    report_id: str
    is_background: bool
    cues: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """A report as an incident shows it."""

    report_id: str
    id: str | None
    lineage_id: str
    publisher: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Incident:
    """One act or exchange in one place and one stretch of time, reconciled from its mentions' statements.

    The shape is that of ``contract/incident.schema.json``. It has no facts of its own: ``basis`` lists, for
    each shown field, the statements it rests on, and ``n_voices`` how many voices agree with the shown value.
    ``set_aside`` holds what counts no more and rests on nothing; ``review`` is None where nobody judged it.
    """

    contract: int
    incident_id: str
    title: str | None
    event_type: str
    sub_event_type: str
    also: tuple[str, ...]
    is_background: bool
    n_events: int | None
    part_of: str | None
    date: Date
    place: Place | None
    places: tuple[Place, ...]
    perpetrators: tuple[Participant, ...]
    targets: tuple[Participant, ...]
    victims: tuple[Participant, ...]
    weapons: tuple[Participant, ...]
    sides: tuple[tuple[Participant, ...], tuple[Participant, ...]] | None
    civilian_targeting: bool | None
    killed: Count | None
    injured: Count | None
    counts: tuple[FieldCount, ...]
    attributions: tuple[Attribution, ...]
    attribution_status: AttributionStatus
    status_hedged: bool
    disagreements: tuple[Disagreement, ...]
    mentions: tuple[IncidentMention, ...]
    statements: tuple[Statement, ...]
    basis: dict[str, tuple[str, ...]]
    reports: tuple[IncidentReport, ...]
    n_lineages: int
    n_voices: dict[str, int]
    redacted: bool = False
    extra: dict[str, object] = field(default_factory=dict)
    set_aside: tuple[SetAside, ...] = ()
    review: Review | None = None


# ---- what went wrong -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or coded, in words a user can act on.

    ``where`` is the place inside ``path``: "line 12", "byte 4096". ``lost`` says whether a report was lost to
    it; a problem that only warns has it False.
    """

    path: str
    where: str | None
    what: str
    mend: str
    lost: bool = True


# ---- ids ------------------------------------------------------------------------------------------


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


def text_id_of(text: str) -> str:
    """The id of a stored text, which holds whole characters only: the readers refuse halves."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def report_id_of(
    text_id: str, given_id: str | None, url: str | None, publisher: str | None, published: str | None
) -> str:
    """The id of a report: its text and what the input gave of id, url, publisher and date.

    Not the path, nor what was found in the text: a better reader must not rename a report.
    """
    return _digest([text_id, given_id, url, publisher, published])


def mention_id_of(report_id: str, cue: Span, apart: Span | None = None) -> str:
    """The id of a mention: its report, the span of its first cue, and what tells it from its twins."""
    return _digest([report_id, *cue] if apart is None else [report_id, *cue, *apart])


def apart_of(mention: Mention, statements: Iterable[Statement]) -> Span | None:
    """What tells a mention from others of the same cue, found again by its id among the values said of it.

    None where the cue alone makes the id, and where nothing that is said does.
    """
    first = (mention.cues[0].start, mention.cues[0].end) if mention.cues else (0, 0)
    spans = (one.spans.value for one in statements)
    fits = (span for span in spans if mention_id_of(mention.report_id, first, span) == mention.mention_id)
    return None if mention_id_of(mention.report_id, first) == mention.mention_id else next(fits, None)


def statement_id_of(
    report_id: str, statement_field: Field, stance: Stance, value: Span | None, speaker: Span | None
) -> str:
    """Names what was said and where, not how it was found or what it was taken to mean.

    The rule, the normalised value, the mention and the quote's width stay out, so that a better rule or a
    new alias does not orphan a reviewer's verdict.
    """
    return _digest([report_id, statement_field, stance.value, value, speaker])


def judgement_id_of(target_id: str, verdict: str, who: str, made_on: str) -> str:
    """The id of a judgement: what was judged, how, by whom and when."""
    return _digest([target_id, verdict, who, made_on])
