"""Lineages and incidents: replaced as a whole by every linking, filtered in SQL, former ids followed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, select, union

from sayso.errors import UsageError
from sayso.ledger import indexing, tables
from sayso.ledger.filters import IncidentFilter, conditions
from sayso.ledger.indexing import Indexed, fold, indexed, insert_rows
from sayso.ledger.lines import packed, parsed
from sayso.model import Incident, Lineage, LineagePair

# Incidents fetched or added at once: some megabytes.
_CHUNK = 200


# ---- writing ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident as it is stored: made where it was reconciled, which may be another process."""

    row: tuple[Any, ...]
    mention_ids: tuple[str, ...]
    indexed: Indexed

    @property
    def incident_id(self) -> str:
        """Its id."""
        return self.indexed.incident_id


def row_of(incident: Incident) -> IncidentRow:
    """An incident as it is stored."""
    row = (
        incident.incident_id,
        incident.event_type,
        incident.sub_event_type,
        incident.date.earliest,
        incident.date.latest,
        incident.attribution_status,
        bool(incident.disagreements),
        incident.is_background,
        packed(incident),
    )
    return IncidentRow(row, tuple(shown.mention_id for shown in incident.mentions), indexed(incident))


def replace(
    connection: Connection,
    lineages: Sequence[Lineage],
    incidents: Iterable[IncidentRow],
    gone: Collection[str] | None = None,
) -> None:
    """Puts these in place of all lineages, and of the incidents that are gone, and redirects their ids.

    incidents  gone through more than once.
    gone       the ids of the incidents that are taken out; all there are, if not given.
    """
    everything = gone is None
    if gone is None:
        gone = set(connection.execute(select(tables.incidents.c.incident_id)).scalars())
    redirects = _redirects(connection, incidents, gone)
    number = number_of_linkings(connection) + 1
    connection.exec_driver_sql(f"PRAGMA user_version = {number % 2**31}")
    if everything:
        indexing.clear(connection)
    else:
        indexing.take_out(connection, sorted(gone))
    # Those that point to others go first.
    for table in (tables.redirects, tables.lineage_pairs, tables.lineage_reports, tables.lineages):
        connection.execute(delete(table))
    for name in ("incident_mentions", "incidents"):
        if ids := [(one,) for one in sorted(gone)]:
            connection.exec_driver_sql(f"DELETE FROM {name} WHERE incident_id = ?", ids)  # noqa: S608
    _add_lineages(connection, lineages)
    for some in _some(incidents):
        _add_incidents(connection, some)
    insert_rows(connection, tables.redirects, sorted(redirects.items()))


def number_of_linkings(connection: Connection) -> int:
    """How often the views were replaced; kept in the header of the file, which belongs to the transaction."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _some(incidents: Iterable[IncidentRow]) -> Iterator[list[IncidentRow]]:
    """So many at a time that memory stays bounded."""
    left = iter(incidents)
    while some := list(islice(left, _CHUNK)):
        yield some


def _redirects(
    connection: Connection, incidents: Iterable[IncidentRow], gone: Collection[str]
) -> dict[str, str | None]:
    """Where every id that ever named an incident, and names none now, leads to.

    An incident's id is that of its first mention, so it leads to the incident that holds this mention now.
    If the mention is gone (its report was coded again), it leads to where the rest of that incident is: to
    the first of its other mentions that is left. If none is left: None.
    """
    shown = tables.incident_mentions.c
    former = connection.execute(select(tables.redirects)).all()
    if not (gone or former):
        return {}
    now = {mention_id: incident.incident_id for incident in incidents for mention_id in incident.mention_ids}
    alive = set(now.values())
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
    for row in former:
        if row.former_id not in alive:
            leads = row.incident_id
            if leads is not None and leads in gone:
                leads = leads if leads in alive else found.get(leads)
            found[row.former_id] = now.get(row.former_id) or kept(row.former_id) or leads
    return found


def _add_lineages(connection: Connection, lineages: Sequence[Lineage]) -> None:
    insert_rows(
        connection,
        tables.lineages,
        [(lineage.lineage_id, position) for position, lineage in enumerate(lineages)],
    )
    insert_rows(
        connection,
        tables.lineage_reports,
        [
            (report_id, lineage.lineage_id, position)
            for lineage in lineages
            for position, report_id in enumerate(lineage.reports)
        ],
    )
    insert_rows(
        connection,
        tables.lineage_pairs,
        [
            (lineage.lineage_id, position, pair.a, pair.b, pair.score)
            for lineage in lineages
            for position, pair in enumerate((*lineage.pairs, *lineage.near))
        ],
    )


def _add_incidents(connection: Connection, incidents: Sequence[IncidentRow]) -> None:
    insert_rows(connection, tables.incidents, [incident.row for incident in incidents])
    insert_rows(
        connection,
        tables.incident_mentions,
        [
            (mention_id, incident.incident_id, position)
            for incident in incidents
            for position, mention_id in enumerate(incident.mention_ids)
        ],
    )
    indexing.put_in(connection, [incident.indexed for incident in incidents])


# ---- reading ------------------------------------------------------------------------------------------


def stream(connection: Connection, chosen: IncidentFilter) -> Iterator[Incident]:
    """The incidents that match, by date (earliest known day; unknown last), then id; some at a time."""
    rows = tables.listing.c
    wanted = select(rows.incident_id).where(*conditions(chosen))
    ids = connection.execute(wanted.order_by(rows.day.is_(None), rows.day, rows.incident_id)).scalars().all()
    for start in range(0, len(ids), _CHUNK):
        yield from _stored(connection, ids[start : start + _CHUNK])


def page(
    connection: Connection, chosen: IncidentFilter, start: int, size: int, *, latest: bool
) -> list[Incident]:
    """So many of the incidents that match, from one on, counted from 0.

    The latest come first if asked, those without a date last.
    """
    rows = tables.listing.c
    order = (
        (rows.day.desc(), rows.incident_id.desc())  # what is null comes last
        if latest
        else (rows.day.is_(None), rows.day, rows.incident_id)
    )
    wanted = select(rows.incident_id).where(*conditions(chosen)).order_by(*order)
    return _stored(connection, connection.execute(wanted.offset(start).limit(size)).scalars().all())


def _stored(connection: Connection, incident_ids: Sequence[str]) -> list[Incident]:
    """Incidents by their ids: asked for by themselves, for records would be sorted with all their text."""
    rows = tables.incidents.c
    found = select(rows.incident_id, rows.record).where(rows.incident_id.in_(incident_ids))
    lines = {row.incident_id: row.record for row in connection.execute(found)}
    return [parsed(Incident, lines[one]) for one in incident_ids]


def has_term(connection: Connection, kind: str, word: str) -> bool:
    """Whether an incident is found by the word; ``kind`` is ``actor``, ``country`` or ``event_type``."""
    terms = tables.incident_terms.c
    found = select(terms.listing_id).where(terms.kind == kind, terms.term == fold(word)).limit(1)
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


def told_by(connection: Connection, report_ids: Sequence[str]) -> list[str]:
    """The incidents of which the active codings of these reports tell, in the order of lists."""
    mentions, codings, held = tables.mentions.c, tables.codings.c, tables.incident_mentions.c
    listing = tables.listing.c
    wanted = (
        select(listing.incident_id)
        .where(
            codings.report_id.in_(report_ids),
            codings.active,
            mentions.coding_id == codings.coding_id,
            held.mention_id == mentions.mention_id,
            listing.incident_id == held.incident_id,
        )
        .group_by(listing.incident_id)
        .order_by(listing.day.is_(None), listing.day, listing.incident_id)
    )
    return list(connection.execute(wanted).scalars())


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


def lineage_of(connection: Connection, report_id: str) -> Lineage | None:
    """The lineage that holds a report."""
    held, pairs = tables.lineage_reports.c, tables.lineage_pairs.c
    found = connection.execute(select(held.lineage_id).where(held.report_id == report_id)).scalar()
    if found is None:
        return None
    reports = select(held.report_id).where(held.lineage_id == found).order_by(held.position)
    its = select(pairs.a, pairs.b, pairs.score).where(pairs.lineage_id == found).order_by(pairs.position)
    return _lineage(
        found,
        connection.execute(reports).scalars().all(),
        [LineagePair(*row) for row in connection.execute(its)],
    )


def _lineage(lineage_id: str, reports: Sequence[str], pairs: Sequence[LineagePair]) -> Lineage:
    """A lineage; pairs with a report of another one are those that are only near."""
    inside = [pair for pair in pairs if {pair.a, pair.b} <= set(reports)]
    near = [pair for pair in pairs if not {pair.a, pair.b} <= set(reports)]
    return Lineage(lineage_id, tuple(reports), tuple(inside), tuple(near))
