"""One incident: who says what about each field, how figures grew, why these reports are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso import weighing
from sayso.exports import text
from sayso.model import Attribution, Count, Incident, IncidentReport, Statement
from sayso.web import review, words
from sayso.web.site import Site

_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 600.0, 16.0, 150.0
"""Where the picture of figures over time is drawn, in its own units."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice says in one stance: its statements, those of other words first to last.

    Copies of one text have the same words; their quotes are told once, each with all outlets that print it.
    """

    statement: Statement
    quotes: tuple[tuple[Statement, tuple[tuple[Statement, IncidentReport | None], ...]], ...]


@dataclass(frozen=True, slots=True)
class ValueRows:
    """All who give one value of a field; ``stands`` where what is shown of the incident rests on them."""

    value: str
    rows: tuple[Said, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class FieldRows:
    """A field with its values, the one that is shown first; ``disputed`` where they cannot all be true."""

    field: str
    values: tuple[ValueRows, ...]
    disputed: bool
    voices: int | None


@dataclass(frozen=True, slots=True)
class Point:
    """A figure when it was published: its place in the picture and what it says."""

    x: float
    y: float
    high: float
    low: float
    label: str
    when: str
    figure: str
    who: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Growth:
    """Figures of one field in order of publication; ``most`` is the top of the scale."""

    field: str
    points: tuple[Point, ...]
    most: int
    first: str
    last: str


def show(site: Site, request: Request) -> Response:
    """The page of an incident; former ids and beginnings of ids lead to the whole one."""
    asked = request.path_params["incident_id"]
    incident = site.incident(request, asked)
    if incident.incident_id != asked:
        return RedirectResponse(str(request.url.replace(path=f"/incident/{incident.incident_id}")), 302)
    return site.page(
        request,
        "incident.html",
        **context(incident),
        judgements=review.touching(site, request, incident),
        done=review.done(site, request),
        linking=request.query_params.get("linking") == "1",
    )


def context(incident: Incident) -> dict[str, Any]:
    """What the template of an incident needs."""
    return {
        "incident": incident,
        "title": incident.title or incident.sub_event_type,
        "who": who_did_it(incident.attributions),
        "fields": field_rows(incident),
        "first": words.FIRST,
        "growth": [one for field in ("killed", "injured") if (one := growth(incident, field))],
        "lineages": lineages(incident),
        "citation": citation(incident),
        "outlets": {one.report_id: one.publisher for one in incident.reports},
    }


def who_did_it(rows: Sequence[Attribution]) -> list[tuple[str, list[Attribution]]]:
    """What is said about who did it, by actor: the strongest first, as the incident has them."""
    by_actor: dict[str, list[Attribution]] = {}
    names: dict[str, str] = {}
    for row in rows:
        key = row.actor_id or row.actor
        names.setdefault(key, row.actor)
        by_actor.setdefault(key, []).append(row)
    return [(names[key], its) for key, its in by_actor.items()]


def field_rows(incident: Incident) -> list[FieldRows]:
    """The say-so table: each field, each value, each voice."""
    disputed = {one.field for one in incident.disagreements}
    found = []
    for field in dict.fromkeys((*words.FIRST, *words.FIELDS)):
        basis = set(incident.basis.get(field, ()))
        by_value: dict[str, list[Statement]] = {}
        for one in incident.statements:
            if one.field == field:
                value = "it is said that nobody knows" if one.unknown else text.value(one.value)
                by_value.setdefault(value, []).append(one)
        rows = [
            ValueRows(value, _voices(its, incident), _stands(its, basis, getattr(incident, field, None)))
            for value, its in by_value.items()
        ]
        rows.sort(key=lambda one: (not one.stands, -len(one.rows)))
        if rows:
            found.append(FieldRows(field, tuple(rows), field in disputed, incident.n_voices.get(field)))
    return found


def _stands(statements: Sequence[Statement], basis: set[str], shown: object) -> bool:
    """Whether what is shown is this value: of figures, which all give the range, those of the best one."""
    value = statements[0].value
    if isinstance(value, Count) and isinstance(shown, Count) and value.best != shown.best:
        return False
    return any(one.statement_id in basis for one in statements)


def _voices(statements: Sequence[Statement], incident: Incident) -> tuple[Said, ...]:
    """The statements of one value by whose word, stance and hands; a report's own word by its lineage."""
    reports = {one.report_id: one for one in incident.reports}
    by_voice: dict[tuple[object, ...], dict[str, list[tuple[Statement, IncidentReport | None]]]] = {}
    for one in statements:
        report = reports.get(one.report_id)
        own = report.lineage_id if report and one.speaker_kind == "report" else None
        voice = (
            one.stance,
            one.hedged,
            one.speaker_id or one.speaker,
            one.spoken_by,
            one.via,
            one.after,
            own,
        )
        same = by_voice.setdefault(voice, {}).setdefault(words.flat(one.quote.text), [])
        if all(known.report_id != one.report_id for known, _ in same):
            same.append((one, report))
    found = []
    for its in by_voice.values():
        quotes = tuple((told[0][0], tuple(told)) for told in its.values())
        found.append(Said(quotes[0][0], quotes))
    return tuple(found)


def growth(incident: Incident, field: str) -> Growth | None:
    """How a figure developed; None where it was given but once or at one time."""
    reports = {one.report_id: one for one in incident.reports}
    told: dict[tuple[str, str, str], tuple[float, Statement]] = {}
    for one in incident.statements:
        report = reports.get(one.report_id)
        if one.field == field and isinstance(one.value, Count) and one.value.whom is None and report:
            moment = _moment(report.published)
            if moment is not None and _figure(one.value) is not None:
                key = (one.report_id, words.speaker(one), text.count(one.value))
                told.setdefault(key, (moment, one))
    ordered = sorted(told.values(), key=lambda pair: (pair[0], pair[1].statement_id))
    if len({moment for moment, _ in ordered}) < 2:
        return None
    first, last = ordered[0][0], ordered[-1][0]
    most = max(max(_figure(one.value) or 0, _high(one.value)) for _, one in ordered)
    points = []
    for moment, one in ordered:
        assert isinstance(one.value, Count)  # noqa: S101 - chosen above
        report = reports[one.report_id]
        points.append(
            Point(
                round(_LEFT + (moment - first) / (last - first) * (_RIGHT - _LEFT), 1),
                _y(_figure(one.value) or 0, most),
                _y(_high(one.value), most),
                _y(one.value.low if one.value.low is not None else _figure(one.value) or 0, most),
                report.publisher or "unknown outlet",
                report.published or "",
                text.count(one.value),
                words.speaker(one),
                one,
            )
        )
    return Growth(
        field, tuple(points), most, _published(reports, ordered[0][1]), _published(reports, ordered[-1][1])
    )


def _published(reports: dict[str, IncidentReport], statement: Statement) -> str:
    """The day on which the report of a statement was published."""
    return words.day(reports[statement.report_id].published or "")


def _figure(value: object) -> int | None:
    if not isinstance(value, Count):
        return None
    return value.low if value.best is None else value.best


def _high(value: object) -> int:
    if not isinstance(value, Count):
        return 0
    return value.high if value.high is not None else (_figure(value) or 0)


def _y(figure: int, most: int) -> float:
    return round(_BOTTOM - figure / max(most, 1) * (_BOTTOM - _TOP), 1)


def _moment(published: str | None) -> float | None:
    if not published:
        return None
    try:
        found = datetime.fromisoformat(published)
    except ValueError:
        return None
    return found.timestamp() if found.tzinfo else found.replace(tzinfo=UTC).timestamp()


def lineages(incident: Incident) -> list[list[IncidentReport]]:
    """The reports of an incident, those of one lineage together, the earliest first."""
    found: dict[str, list[IncidentReport]] = {}
    for report in sorted(incident.reports, key=lambda one: (one.published or "9999", one.report_id)):
        found.setdefault(report.lineage_id, []).append(report)
    return list(found.values())


def citation(incident: Incident) -> str:
    """How to name the incident in a text: what it is, on how many reports it rests, its id."""
    title = incident.title or incident.sub_event_type
    day = words.when(incident.date)
    return (
        f"{title}. {day[:1].upper()}{day[1:]}; {words.where(incident.place)}. "
        f"{words.STATUS[incident.attribution_status]}{', hedged' if incident.status_hedged else ''}; told by "
        f"{words.many(len(incident.reports), 'report')} in {words.many(incident.n_lineages, 'lineage')}. "
        f"sayso incident {incident.incident_id}."
    )


# ---- why these reports are one ------------------------------------------------------------------------

_SCALE = 8.0
"""Log-odds from which on a bar of the waterfall reaches the edge."""


def why(site: Site, request: Request) -> Response:
    """The waterfalls of an incident and of those near it, as a page or as a part of one."""
    incident = site.whole_incident(request.path_params["incident_id"])
    record = weighing.record(weighing.weighed(site.ledger, site.codebook, [incident]))
    names = site.without_names(request)
    reports = {one.report_id: one for one in incident.reports}
    near = []
    for one in record["near"]:
        other = site.ledger.incident(one["incident_id"])
        if other is not None:
            reports |= {report.report_id: report for report in other.reports}
            near.append({**one, "incident": other if names is None else names.without(other)})
    best: dict[str, dict[str, Any]] = {}
    for pair in record["pairs"]:
        if pair["b"] not in best or _rank(pair) > _rank(best[pair["b"]]):
            best[pair["b"]] = pair
    return site.page(
        request,
        "why.html",
        incident=incident if names is None else names.without(incident),
        pairs=[_waterfall(pair) for pair in best.values()],
        near=[{**one, "pairs": [_waterfall(pair) for pair in one["pairs"][:1]]} for one in near],
        without=record["without"],
        reports=reports,
    )


def _rank(pair: dict[str, Any]) -> float:
    if pair["same_passage"]:
        return float("inf")
    return float("-inf") if pair["veto"] else float(pair["log_odds"])


def _waterfall(pair: dict[str, Any]) -> dict[str, Any]:
    """A pair with, for each piece, where its bar begins and ends, 0 to 100."""
    total, pieces = 0.0, []
    for piece in pair["pieces"]:
        before, total = total, total + piece["log_odds"]
        low, high = sorted((_at(before), _at(total)))
        pieces.append({**piece, "x": low, "width": max(high - low, 0.7), "total": total})
    return {**pair, "pieces": pieces}


def _at(log_odds: float) -> float:
    return round(50 + max(-_SCALE, min(_SCALE, log_odds)) / _SCALE * 50, 2)
