"""The one reconciler: the statements of an incident's mentions to what the incident shows.

It is used on one mention for the coding of a report and on all mentions of an incident for the ledger. The
rules stand at the top of the file that follows them: values (event type, place), dates, counts, names
(participants, part-of), standings (who did it), voices. Here are those that are left:

- The id is that of the earliest mention. (reconcile)
- An incident is background only if all its mentions are. (_incident)
- Of mentions that tell different numbers of blows, or of wholes, none is taken. (_agreed)
- Two sides only where the type has two and both are told: who attacked, and who was aimed at or harmed.
  (_sides)
- Agreement is counted for fields that show one value. (_n_voices)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sayso.codebook import Codebook
from sayso.errors import UsageError
from sayso.incidents.counts import Counts, settle_counts
from sayso.incidents.dates import settle_date
from sayso.incidents.disagreements import disagreements
from sayso.incidents.names import participants
from sayso.incidents.standings import Answer, settle_perpetrators
from sayso.incidents.telling import Said, Settled, Telling, ids, tell
from sayso.incidents.titles import title_of
from sayso.incidents.values import EventTypes, places_of, settle_event, settle_place
from sayso.incidents.voices import Voices, plain, voices_of
from sayso.model import (
    CONTRACT,
    Count,
    Date,
    Field,
    Incident,
    IncidentMention,
    IncidentReport,
    Mention,
    Participant,
    Place,
    Report,
    Statement,
)

T = TypeVar("T")

Sides = tuple[tuple[Participant, ...], tuple[Participant, ...]]

_OTHERS: tuple[Field, ...] = ("weapon", "target", "victim")
"""The roles beside the perpetrator."""

_ORGANISED = frozenset({"organisation", "state"})


@dataclass(frozen=True, slots=True)
class _Settlement:
    """All fields of an incident, each settled."""

    event: Settled[EventTypes]
    date: Settled[Date]
    place: Settled[Place | None]
    answer: Answer
    others: dict[Field, tuple[Participant, ...]]
    sides: Sides | None
    counts: Counts


def reconcile(
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    reports: Mapping[str, Report],
    lineage_of: Mapping[str, str],
    codebook: Codebook,
) -> Incident:
    """One incident from its mentions and what is stated of them; the order of the inputs does not matter.

    mentions    at least one.
    statements  those of other mentions are left out.
    reports     by report_id, those of the mentions at least.
    lineage_of  report_id -> lineage_id; a report that is not in it is its own lineage.

    What nobody tells is None, an empty tuple or a date of precision "unknown". ``civilian_targeting`` is
    always None: no statement carries it.

    Raises UsageError where there is no mention, where no statement of the field event says that something
    happened, or where the codebook does not know a sub-event type.
    """
    if not mentions:
        raise UsageError("An incident was asked for without a mention.", "Give at least one mention.")
    telling = tell(mentions, statements, reports, lineage_of, codebook)
    voices = voices_of(telling)
    return _incident(telling, voices, _settle(telling, voices))


def also_told_by(incident: Incident, silent: Sequence[Report], lineage_of: Mapping[str, str]) -> Incident:
    """The incident with reports that tell of it though no mention was read in them.

    They are listed among its reports, and count for nothing: neither as lineages nor as voices.
    """
    if not silent:
        return incident
    added = (_shown(one, lineage_of) for one in silent)
    order = {one.report_id: at for at, one in enumerate(incident.reports)}
    reports = sorted(
        [*incident.reports, *added],
        key=lambda one: (
            one.published is None,
            one.published or "",
            order.get(one.report_id, len(order)),
            one.report_id,
        ),
    )
    return replace(incident, reports=tuple(reports))


def _settle(telling: Telling, voices: Voices) -> _Settlement:
    event = settle_event(telling, voices)
    date = settle_date(telling, voices)
    answer = settle_perpetrators(telling, voices, date.value.earliest)
    others = {field: participants(telling, field) for field in _OTHERS}
    sides = _sides(event.value, answer, others, telling.codebook)
    side_names = {one.actor_id or plain(one.name) for side in sides or () for one in side}
    return _Settlement(
        event=event,
        date=date,
        place=settle_place(telling, voices),
        answer=answer,
        others=others,
        sides=sides,
        counts=settle_counts(telling, voices, answer.parties | side_names),
    )


def _incident(telling: Telling, voices: Voices, settled: _Settlement) -> Incident:
    counts = settled.counts
    killed, injured = _total(counts, "killed"), _total(counts, "injured")
    reports = _reports(telling)
    types = settled.event.value
    return Incident(
        contract=CONTRACT,
        incident_id=telling.mentions[0].mention_id,
        title=title_of(types.shown, settled.place.value, settled.date.value, killed),
        event_type=telling.codebook.event_type_of(types.shown),
        sub_event_type=types.shown,
        also=types.also,
        is_background=all(mention.is_background for mention in telling.mentions),
        n_events=_agreed([mention.n_events for mention in telling.mentions]),
        part_of=_agreed([mention.part_of for mention in telling.mentions]),
        date=settled.date.value,
        place=settled.place.value,
        places=places_of(telling, settled.place.value),
        perpetrators=settled.answer.perpetrators,
        targets=settled.others["target"],
        victims=settled.others["victim"],
        weapons=settled.others["weapon"],
        sides=settled.sides,
        civilian_targeting=None,
        killed=killed,
        injured=injured,
        counts=counts.rows,
        attributions=settled.answer.attributions,
        attribution_status=settled.answer.status,
        status_hedged=settled.answer.hedged,
        disagreements=disagreements(_rivals(settled), telling, voices),
        mentions=tuple(
            IncidentMention(one.mention_id, one.report_id, one.is_background, one.cues)
            for one in telling.mentions
        ),
        statements=telling.statements,
        basis=_basis(telling, settled),
        reports=reports,
        n_lineages=len({report.lineage_id for report in reports}),
        n_voices=_n_voices(telling, voices, settled),
        extra=dict(telling.codebook.event_types[telling.codebook.rank_of(types.shown)].extra),
    )


def _agreed(told: Sequence[T]) -> T | None:
    """What all mentions tell alike; None where they differ."""
    return told[0] if all(one == told[0] for one in told) else None


def _total(counts: Counts, field: Field) -> Count | None:
    return counts.by_field[field].value if field in counts.by_field else None


def _sides(
    types: EventTypes, answer: Answer, others: Mapping[Field, tuple[Participant, ...]], codebook: Codebook
) -> Sides | None:
    """The two sides; None where the type has none or only one side is told.

    Unnamed people are a side where they were aimed at, not where they were only harmed: these may have
    stood by.
    """
    if not codebook.event_types[codebook.rank_of(types.shown)].two_sided:
        return None
    first = answer.perpetrators
    taken = {(one.actor_id, one.name) for one in first}
    facing = [one for one in others["target"] if one.kind in _ORGANISED or one.kind == "people"]
    facing += [one for one in others["victim"] if one.kind in _ORGANISED]
    second: dict[str, Participant] = {}
    for one in facing:
        if (one.actor_id, one.name) not in taken:
            second.setdefault(one.actor_id or plain(one.name), one)
    return (first, tuple(second.values())) if first and second else None


def _rivals(settled: _Settlement) -> list[tuple[str, Sequence[Said[object]]]]:
    return [
        ("event", settled.event.rivals),
        ("perpetrator", settled.answer.rivals),
        ("date", settled.date.rivals),
        ("place", settled.place.rivals),
        *settled.counts.rivals,
    ]


def _basis(telling: Telling, settled: _Settlement) -> dict[str, tuple[str, ...]]:
    """For each shown field the statements it rests on; fields without any are left out."""
    rests: dict[str, Sequence[Statement]] = {
        "event": settled.event.basis,
        "date": settled.date.basis,
        "place": settled.place.basis,
        **{field: telling.about(field) for field in _OTHERS},
        **{field: count.basis for field, count in settled.counts.by_field.items()},
        "perpetrator": settled.answer.basis,
    }
    return {field: ids(statements) for field, statements in rests.items() if statements}


def _n_voices(telling: Telling, voices: Voices, settled: _Settlement) -> dict[str, int]:
    """For each field that shows one value, how many voices agree with it."""
    agree = {
        "event": settled.event.voices,
        "date": settled.date.voices,
        "place": settled.place.voices,
        **{
            field: voices.count(telling.about(field))
            for field, found in settled.others.items()
            if len(found) == 1
        },
        **{field: count.voices for field, count in settled.counts.by_field.items()},
        "perpetrator": settled.answer.voices,
    }
    return {field: count for field, count in agree.items() if count}


def _reports(telling: Telling) -> tuple[IncidentReport, ...]:
    return tuple(_shown(one, telling.lineage_of) for one in telling.reports)


def _shown(report: Report, lineage_of: Mapping[str, str]) -> IncidentReport:
    return IncidentReport(
        report_id=report.report_id,
        id=report.id,
        lineage_id=lineage_of.get(report.report_id, report.report_id),
        publisher=report.publisher,
        published=report.published,
        url=report.url,
    )
