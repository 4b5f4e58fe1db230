"""Lineages and incidents: replaced as a whole by every linking, filtered in SQL, former ids followed."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, or_, select, union

from sayso.errors import UsageError
from sayso.ledger import tables
from sayso.ledger.lines import packed, parsed
from sayso.model import AttributionStatus, Incident, Lineage, LineagePair, Participant
from sayso.records import to_record

# Incidents fetched at once: some megabytes.
_CHUNK = 200


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Which incidents are wanted; None asks nothing. All that is asked must hold.

    since, until  ISO dates (YYYY-MM-DD), both included: an incident matches if the interval of its date
                  overlaps theirs. An end that is open reaches on without limit; a date that is not known
                  at all does not match.
    country       ISO 3166-1 alpha-3, of any of its places.
    event_type    its event type or its sub-event type; case does not matter.
    actor         the whole id or name (or one of its printed forms) of one of its perpetrators, targets,
                  victims or sides, or of whom an attribution names; case does not matter.
    status        its attribution status.
    disputed      whether its values disagree.

    Raises UsageError for a date or a status that cannot be.
    """

    since: str | None = None
    until: str | None = None
    country: str | None = None
    event_type: str | None = None
    actor: str | None = None
    status: str | None = None
    disputed: bool | None = None

    def __post_init__(self) -> None:
        for name, day in (("since", self.since), ("until", self.until)):
            if day is not None and not _is_day(day):
                raise UsageError(
                    f"{name} is {day!r}, which is no date.",
                    "Write a date as in 2021-07-20: year, month, day.",
                )
        if self.since is not None and self.until is not None and self.since > self.until:
            raise UsageError(
                f"since ({self.since}) is after until ({self.until}).", "Give the earlier date as since."
            )
        statuses = get_args(AttributionStatus)
        if self.status is not None and self.status not in statuses:
            raise UsageError(
                f"{self.status!r} is no attribution status.", f"Give one of: {', '.join(statuses)}."
            )


def period(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """``since`` and ``until`` of a filter, from days, months or years: 2021-07-20, 2021-07, 2021.

    Raises UsageError for what is no date.
    """
    return _day(since, first=True), _day(until, first=False)


def _day(given: str | None, *, first: bool) -> str | None:
    """The first or last day of a day, month or year."""
    if given is None:
        return None
    try:
        year, month, day = ([int(part) for part in given.split("-")] + [0, 0])[:3]
        month = month or (1 if first else 12)
        day = day or (1 if first else monthrange(year, month)[1])
        return date(year, month, day).isoformat()
    except ValueError as fault:
        raise UsageError(
            f"{given!r} is no date.", "Give it as 2021-07-20, 2021-07 or 2021 (year, month, day)."
        ) from fault


def _is_day(day: str) -> bool:
    # fromisoformat alone also reads 20210720 and 2021-W29-2, which do not compare as text.
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        return False
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def fold(name: str) -> str:
    """A name as it is compared: without regard to case, width, blanks, or the shape of an apostrophe."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("’", "'").replace("‘", "'")
    return " ".join(plain.split())


# ---- writing ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident as it is stored: made where it was reconciled, which may be another process."""

    row: dict[str, Any]
    mention_ids: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]

    @property
    def incident_id(self) -> str:
        """Its id."""
        return str(self.row["incident_id"])


def row_of(incident: Incident) -> IncidentRow:
    """An incident as it is stored."""
    row = {
        "incident_id": incident.incident_id,
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        "earliest": incident.date.earliest,
        "latest": incident.date.latest,
        "attribution_status": incident.attribution_status,
        "disputed": bool(incident.disagreements),
        "is_background": incident.is_background,
        "record": packed(incident),
    }
    return IncidentRow(
        row, tuple(shown.mention_id for shown in incident.mentions), tuple(sorted(_terms(incident)))
    )


def replace(
    connection: Connection,
    lineages: Sequence[Lineage],
    incidents: Sequence[IncidentRow],
    gone: Collection[str] | None = None,
) -> None:
    """Puts these in place of all lineages, and of the incidents that are gone, and redirects their ids.

    gone  the ids of the incidents that are taken out; all there are, if not given.
    """
    if gone is None:
        gone = set(connection.execute(select(tables.incidents.c.incident_id)).scalars())
    redirects = _redirects(connection, incidents, gone)
    # Those that point to others go first.
    for table in (tables.redirects, tables.lineage_pairs, tables.lineage_reports, tables.lineages):
        connection.execute(delete(table))
    for name in ("incident_terms", "incident_mentions", "incidents"):
        if ids := [(one,) for one in sorted(gone)]:
            connection.exec_driver_sql(f"DELETE FROM {name} WHERE incident_id = ?", ids)  # noqa: S608
    _add_lineages(connection, lineages)
    _add_incidents(connection, incidents)
    _insert(
        connection,
        tables.redirects,
        ({"former_id": former, "incident_id": now} for former, now in sorted(redirects.items())),
    )


def _insert(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    if listed := list(rows):
        connection.execute(insert(table), listed)


def _redirects(
    connection: Connection, incidents: Sequence[IncidentRow], gone: Collection[str]
) -> dict[str, str | None]:
    """Where every id that ever named an incident, and names none now, leads to.

    An incident's id is that of its first mention, so it leads to the incident that holds this mention now.
    If the mention is gone (its report was coded again), it leads to where the rest of that incident is: to
    the first of its other mentions that is left. If none is left: None.
    """
    shown = tables.incident_mentions.c
    alive = {incident.incident_id for incident in incidents}
    now = {mention_id: incident.incident_id for incident in incidents for mention_id in incident.mention_ids}
    rest: dict[str, list[str]] = {}
    for incident_id in sorted(set(gone) - alive):
        wanted = select(shown.mention_id).where(shown.incident_id == incident_id).order_by(shown.position)
        rest[incident_id] = list(connection.execute(wanted).scalars())

    def kept(mention_id: str) -> str | None:
        """The incident that holds a mention and is not gone."""
        holder = select(shown.incident_id).where(shown.mention_id == mention_id)
        found = connection.execute(holder).scalar()
        return None if found is None or found in gone else str(found)

    found: dict[str, str | None] = {
        incident_id: next((now[one] for one in (incident_id, *its) if one in now), None)
        for incident_id, its in rest.items()
    }
    for row in connection.execute(select(tables.redirects)).all():
        if row.former_id not in alive:
            leads = row.incident_id
            if leads is not None and leads in gone:
                leads = leads if leads in alive else found.get(leads)
            found[row.former_id] = now.get(row.former_id) or kept(row.former_id) or leads
    return found


def _add_lineages(connection: Connection, lineages: Sequence[Lineage]) -> None:
    _insert(
        connection,
        tables.lineages,
        (
            {"lineage_id": lineage.lineage_id, "position": position}
            for position, lineage in enumerate(lineages)
        ),
    )
    _insert(
        connection,
        tables.lineage_reports,
        (
            {"lineage_id": lineage.lineage_id, "position": position, "report_id": report_id}
            for lineage in lineages
            for position, report_id in enumerate(lineage.reports)
        ),
    )
    _insert(
        connection,
        tables.lineage_pairs,
        (
            {"lineage_id": lineage.lineage_id, "position": position, **to_record(pair)}
            for lineage in lineages
            for position, pair in enumerate((*lineage.pairs, *lineage.near))
        ),
    )


def _add_incidents(connection: Connection, incidents: Sequence[IncidentRow]) -> None:
    _insert(connection, tables.incidents, (incident.row for incident in incidents))
    _insert(
        connection,
        tables.incident_mentions,
        (
            {"mention_id": mention_id, "incident_id": incident.incident_id, "position": position}
            for incident in incidents
            for position, mention_id in enumerate(incident.mention_ids)
        ),
    )
    _insert(
        connection,
        tables.incident_terms,
        (
            {"kind": kind, "term": term, "incident_id": incident.incident_id}
            for incident in incidents
            for kind, term in incident.terms
        ),
    )


def _terms(incident: Incident) -> set[tuple[str, str]]:
    """The words by which an incident is found, folded: its actors, its countries, its event types."""
    participants: Iterable[Participant] = chain(
        incident.perpetrators, incident.targets, incident.victims, *(incident.sides or ())
    )
    actors: list[str | None] = []
    for participant in participants:
        actors += (participant.name, participant.actor_id, *participant.mentions)
    for attribution in incident.attributions:
        actors += (attribution.actor, attribution.actor_id)
    places = [place for place in (incident.place, *incident.places) if place is not None]
    by_kind: Mapping[str, Iterable[str | None]] = {
        "actor": actors,
        "country": [place.country for place in places],
        "event_type": [incident.event_type, incident.sub_event_type],
    }
    return {(kind, fold(word)) for kind, words in by_kind.items() for word in words if word}


# ---- reading ------------------------------------------------------------------------------------------


def stream(connection: Connection, chosen: IncidentFilter) -> Iterator[Incident]:
    """The incidents that match, by date (earliest known day; unknown last), then id; some at a time."""
    rows = tables.incidents.c
    day = func.coalesce(rows.earliest, rows.latest)
    wanted = (
        select(rows.incident_id).where(*_conditions(chosen)).order_by(day.is_(None), day, rows.incident_id)
    )
    ids = connection.execute(wanted).scalars().all()  # records would be sorted with all their text
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        found = select(rows.incident_id, rows.record).where(rows.incident_id.in_(some))
        lines = {row.incident_id: row.record for row in connection.execute(found)}
        yield from (parsed(Incident, lines[one]) for one in some)


def _conditions(chosen: IncidentFilter) -> list[ColumnElement[bool]]:
    rows = tables.incidents.c
    asked: list[ColumnElement[bool]] = []
    # An end that is open reaches on, but only where the other end is known.
    if chosen.since is not None:
        reaches_on = and_(rows.latest.is_(None), rows.earliest.is_not(None))
        asked.append(or_(rows.latest >= chosen.since, reaches_on))
    if chosen.until is not None:
        reaches_back = and_(rows.earliest.is_(None), rows.latest.is_not(None))
        asked.append(or_(rows.earliest <= chosen.until, reaches_back))
    for kind, word in (
        ("country", chosen.country),
        ("event_type", chosen.event_type),
        ("actor", chosen.actor),
    ):
        if word is not None:
            terms = tables.incident_terms.c
            asked.append(
                rows.incident_id.in_(
                    select(terms.incident_id).where(terms.kind == kind, terms.term == fold(word))
                )
            )
    if chosen.status is not None:
        asked.append(rows.attribution_status == chosen.status)
    if chosen.disputed is not None:
        asked.append(rows.disputed.is_(chosen.disputed))
    return asked


def has_term(connection: Connection, kind: str, word: str) -> bool:
    """Whether an incident is found by the word; ``kind`` is ``actor``, ``country`` or ``event_type``."""
    terms = tables.incident_terms.c
    found = select(terms.incident_id).where(terms.kind == kind, terms.term == fold(word)).limit(1)
    return connection.execute(found).first() is not None


def get(connection: Connection, incident_id: str) -> Incident | None:
    """The incident of this id, of this former id, or of the only id or former id that begins so.

    None where there is none. Raises UsageError where several incidents have an id that begins so.
    """
    if (found := _named(connection, incident_id)) is not None:
        return found
    rows, redirects = tables.incidents.c, tables.redirects.c
    beginning = union(
        select(rows.incident_id).where(rows.incident_id.startswith(incident_id, autoescape=True)),
        select(redirects.incident_id).where(
            redirects.former_id.startswith(incident_id, autoescape=True), redirects.incident_id.is_not(None)
        ),
    )
    ids = sorted(connection.execute(beginning).scalars())
    if len(ids) > 1:
        some = ", ".join(ids[:5]) + (", ..." if len(ids) > 5 else "")
        raise UsageError(
            f"The ids of {len(ids)} incidents begin with {incident_id!r}: {some}.", "Give more of the id."
        )
    return _named(connection, ids[0]) if ids else None


def holding(connection: Connection, mention_id: str) -> Incident | None:
    """The incident that holds the mention; None where none does."""
    rows, held = tables.incidents.c, tables.incident_mentions.c
    wanted = (
        select(rows.record)
        .join(tables.incident_mentions, held.incident_id == rows.incident_id)
        .where(held.mention_id == mention_id)
    )
    line = connection.execute(wanted).scalar()
    return None if line is None else parsed(Incident, line)


def _named(connection: Connection, incident_id: str) -> Incident | None:
    """The incident of exactly this id or former id."""
    rows, redirects = tables.incidents.c, tables.redirects.c
    for wanted in (
        select(rows.record).where(rows.incident_id == incident_id),
        select(rows.record)
        .join(tables.redirects, redirects.incident_id == rows.incident_id)
        .where(redirects.former_id == incident_id),
    ):
        if (line := connection.execute(wanted).scalar()) is not None:
            return parsed(Incident, line)
    return None


def all_lineages(connection: Connection) -> list[Lineage]:
    """The lineages in the order in which they were given."""
    reports: dict[str, list[str]] = {}
    for row in connection.execute(select(tables.lineage_reports).order_by(tables.lineage_reports.c.position)):
        reports.setdefault(row.lineage_id, []).append(row.report_id)
    pairs: dict[str, list[LineagePair]] = {}
    for row in connection.execute(select(tables.lineage_pairs).order_by(tables.lineage_pairs.c.position)):
        pairs.setdefault(row.lineage_id, []).append(LineagePair(row.a, row.b, row.score))
    ids = select(tables.lineages.c.lineage_id).order_by(tables.lineages.c.position)
    return [
        _lineage(found, reports.get(found, []), pairs.get(found, []))
        for found in connection.execute(ids).scalars()
    ]


def _lineage(lineage_id: str, reports: Sequence[str], pairs: Sequence[LineagePair]) -> Lineage:
    """A lineage; pairs with a report of another one are those that are only near."""
    inside = [pair for pair in pairs if {pair.a, pair.b} <= set(reports)]
    near = [pair for pair in pairs if not {pair.a, pair.b} <= set(reports)]
    return Lineage(lineage_id, tuple(reports), tuple(inside), tuple(near))
