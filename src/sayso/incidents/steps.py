"""How the picture of an incident changed, from one day of publication to the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.codebook import Codebook
from sayso.incidents.reconcile import reconcile
from sayso.incidents.telling import moment, report_order
from sayso.model import EventValue, Incident, Mention, Report, SetAside, Statement
from sayso.records import to_record

FIELDS = ("sub_event_type", "date", "place", "killed", "injured", "attribution_status", "attributions")
"""What is followed."""

_ROW = ("actor", "actor_id", "stance", "speaker", "speaker_id", "hedged")
"""The keys of an attribution that tell it from others."""


@dataclass(frozen=True, slots=True)
class Step:
    """One day on which reports came: what the incident then showed otherwise than before.

    on           the day, None for reports whose day is not known, which come last.
    report_ids   those of the incident that came on it.
    before, now  by field, as plain data in the shapes of the contract; only what is different. Of
                 ``attributions`` the rows that went and those that came.
    taken_back   what was set aside on it, because a report of that day retracts or corrects it.
    """

    on: str | None
    report_ids: tuple[str, ...]
    before: Mapping[str, Any]
    now: Mapping[str, Any]
    taken_back: tuple[SetAside, ...]


def steps(incident: Incident, reports: Mapping[str, Report], codebook: Codebook) -> tuple[Step, ...]:
    """The days in order; what people judged holds for all of them.

    reports  by report_id: those of the incident, and those that retract or correct something in it. One that
             is not there is passed over.

    Raises UsageError where the codebook does not know the incident's types.
    """
    known = [reports[one.report_id] for one in incident.reports if one.report_id in reports]
    back = [one for one in incident.set_aside if one.why != "rejected" and one.by in reports]
    days: dict[str | None, list[str]] = {}
    for report in report_order([*known, *(reports[one.by] for one in back)]):
        days.setdefault(_day(report), []).append(report.report_id)
    return tuple(_steps(incident, reports, codebook, days))


def _steps(
    incident: Incident,
    reports: Mapping[str, Report],
    codebook: Codebook,
    days: Mapping[str | None, list[str]],
) -> Iterator[Step]:
    own = {one.report_id for one in incident.reports}
    there: set[str] = set()
    shown: dict[str, Any] = {}
    for on, report_ids in days.items():
        there.update(report_ids)
        after = _shown(_as_of(incident, reports, codebook, there))
        different = [field for field in FIELDS if shown.get(field) != after.get(field)]
        before = {field: _less(shown.get(field), after.get(field)) for field in different}
        now = {field: _less(after.get(field), shown.get(field)) for field in different}
        taken = tuple(one for one in incident.set_aside if one.why != "rejected" and one.by in report_ids)
        yield Step(on, tuple(one for one in report_ids if one in own), before, now, taken)
        shown = after


def _as_of(
    incident: Incident, reports: Mapping[str, Report], codebook: Codebook, there: set[str]
) -> Incident | None:
    """The incident as these reports alone tell it; None where they do not tell of it yet."""
    statements = [one for one in incident.statements if one.report_id in there]
    statements += [
        one.statement
        for one in incident.set_aside
        if one.why != "rejected" and one.statement.report_id in there and one.by not in there
    ]
    mentions = {
        one.mention_id: Mention(one.mention_id, one.report_id, one.is_background, one.cues)
        for one in incident.mentions
    }
    told = {one.mention_id: one for one in statements}
    chosen = [mentions.get(key) or _mention(one) for key, one in sorted(told.items())]
    if not any(isinstance(one.value, EventValue) and one.value.happened for one in statements):
        return None
    lineage_of = {one.report_id: one.lineage_id for one in incident.reports}
    return reconcile(chosen, statements, reports, lineage_of, codebook)


def _mention(statement: Statement) -> Mention:
    """A mention that is none of the incident's any more, for its report was retracted."""
    return Mention(statement.mention_id, statement.report_id, is_background=False, cues=())


def _day(report: Report) -> str | None:
    return report.published[:10] if report.published and moment(report.published) else None


def _shown(incident: Incident | None) -> dict[str, Any]:
    if incident is None:
        return {}
    record = to_record(incident)
    rows = [{key: row[key] for key in _ROW} for row in record["attributions"]]
    return {**{field: record[field] for field in FIELDS}, "attributions": rows}


def _less(rows: Any, others: Any) -> Any:
    """Of lists what the other has not; anything else as it is."""
    if isinstance(rows, list):
        return [row for row in rows if row not in (others or [])]
    return [] if rows is None and isinstance(others, list) else rows
