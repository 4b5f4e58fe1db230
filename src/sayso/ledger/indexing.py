"""The tables by which incidents are found, listed, counted and drawn: made anew at every linking."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, text

from sayso.ledger import tables
from sayso.ledger.lines import parsed
from sayso.model import Attribution, Count, EventValue, Incident, Participant, ParticipantValue, Place, Stance
from sayso.records import private_names

INDEXES = (tables.incident_terms, tables.attributions, tables.private_names, tables.listing)
_CHUNK = 1_000
_MOST = 10**10
"""People there are not more: a figure beyond, which is a misreading, must not burst a sum."""
_AGAINST = frozenset({Stance.DENIED, Stance.REJECTED, Stance.DISPUTED})


def fold(name: str) -> str:
    """A name as it is compared: without regard to case, width, blanks, or the shape of an apostrophe."""
    plain = unicodedata.normalize("NFKC", name).casefold().replace("’", "'").replace("‘", "'")
    return " ".join(plain.split())


def clear(connection: Connection) -> None:
    """Empties the indexes; they point to incidents, so they go first."""
    for table in INDEXES:
        connection.execute(delete(table))
    # An index without content of its own can be emptied only so.
    connection.execute(text(f"INSERT INTO {tables.WORDS}({tables.WORDS}) VALUES ('delete-all')"))  # noqa: S608


def take_out(connection: Connection, incident_ids: Sequence[str]) -> None:
    """Takes incidents out of the indexes while their records are still there; the others stay as they are."""
    rows, held = tables.listing.c, tables.incidents.c
    for start in range(0, len(incident_ids), _CHUNK):
        some = incident_ids[start : start + _CHUNK]
        wanted = (
            select(rows.listing_id, held.record)
            .join(tables.incidents, held.incident_id == rows.incident_id)
            .where(rows.incident_id.in_(some))
        )
        gone = [(number, _words(parsed(Incident, record))) for number, record in connection.execute(wanted)]
        for number, words in gone:  # this index forgets words only where it is told them again
            line = (
                f"INSERT INTO {tables.WORDS}({tables.WORDS}, rowid, words) VALUES ('delete', :number, :words)"  # noqa: S608
            )
            connection.execute(text(line), {"number": number, "words": words})
        for table in INDEXES:
            connection.execute(delete(table).where(table.c.listing_id.in_([number for number, _ in gone])))


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the indexes hold of an incident: rows as the tables have them, but for the number it has there."""

    incident_id: str
    listing: tuple[Any, ...]
    terms: tuple[tuple[str, str], ...]
    attributions: tuple[tuple[Any, ...], ...]
    private_names: tuple[tuple[str, str], ...]
    words: str


def indexed(incident: Incident) -> Indexed:
    """What the indexes hold of an incident."""
    reports = sorted({report.report_id for report in incident.reports}) or [""]
    return Indexed(
        incident.incident_id,
        _row(incident),
        tuple(sorted(terms(incident))),
        tuple(_said(incident)),
        tuple((name, one) for name in sorted(set(private_names(incident))) for one in reports),
        _words(incident),
    )


def put_in(connection: Connection, some: Sequence[Indexed]) -> None:
    """Adds incidents, which are stored, to the indexes; they come in any order."""
    first = (connection.execute(select(func.max(tables.listing.c.listing_id))).scalar() or 0) + 1
    numbered = list(enumerate(sorted(some, key=lambda one: one.incident_id), first))
    insert_rows(connection, tables.listing, [(number, *one.listing) for number, one in numbered])
    insert_rows(
        connection, tables.incident_terms, [(*term, number) for number, one in numbered for term in one.terms]
    )
    insert_rows(
        connection,
        tables.attributions,
        [(number, *row) for number, one in numbered for row in one.attributions],
    )
    insert_rows(
        connection,
        tables.private_names,
        [(number, *row) for number, one in numbered for row in one.private_names],
    )
    if numbered:
        line = f"INSERT INTO {tables.WORDS}(rowid, words) VALUES (?, ?)"  # noqa: S608 - the name is ours
        connection.exec_driver_sql(line, [(number, one.words) for number, one in numbered])


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Adds rows that have all columns in order: by the driver, for a million rows are too many for more."""
    if rows:
        marks = ", ".join("?" * len(table.columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", list(rows))  # noqa: S608


def names_of_private_persons(connection: Connection) -> list[tuple[str, list[str]]]:
    """The names of private persons, each with the reports of the incidents that name them, by name."""
    rows = tables.private_names.c
    wanted = select(rows.name, rows.report_id).distinct().order_by(rows.name, rows.report_id)
    return [
        (name, [row.report_id for row in its])
        for name, its in groupby(connection.execute(wanted), lambda row: row.name)
    ]


def make_anew(connection: Connection) -> None:
    """Makes the indexes of the incidents that are there, as after a migration."""
    clear(connection)
    lines = connection.execute(select(tables.incidents.c.record)).scalars().all()
    put_in(connection, [indexed(parsed(Incident, line)) for line in lines])


def _row(incident: Incident) -> tuple[Any, ...]:
    """The row of the listing."""
    place = incident.place
    return (
        incident.incident_id,
        incident.date.earliest or incident.date.latest,
        incident.date.earliest,
        incident.date.latest,
        incident.event_type,
        incident.sub_event_type,
        incident.attribution_status,
        bool(incident.disagreements),
        incident.is_background,
        incident.part_of is not None,
        place and (place.name or place.text),
        place and place.admin1,
        place and place.country,
        place and place.lat,
        place and place.lon,
        place and place.precision,
        _figure(incident.killed),
        max(0, min(max(incident.n_voices.values(), default=0), _MOST)),
    )


def _figure(count: Count | None) -> int | None:
    """The best figure, else the lowest; None where there is neither."""
    found = None if count is None else count.low if count.best is None else count.best
    return None if found is None else max(0, min(found, _MOST))


def _participants(incident: Incident) -> Iterator[tuple[str, Participant]]:
    """Those who take part, each with the role."""
    for role, its in (
        ("perpetrator", incident.perpetrators),
        ("target", incident.targets),
        ("victim", incident.victims),
        ("side", tuple(chain(*(incident.sides or ())))),
    ):
        yield from ((role, one) for one in its)


def terms(incident: Incident) -> set[tuple[str, str]]:
    """The words by which an incident is found, folded, each with its kind.

    ``actor`` has everybody who takes part or of whom it is said, and ``actor:ROLE`` the same by role, with
    ``speaker`` for those whose word something is; the others are places, types and disputed fields.
    """
    by_kind: dict[str, list[str | None]] = {"actor": []}
    for role, one in _participants(incident):
        names = (one.name, one.actor_id, *one.mentions)
        by_kind["actor"] += names
        by_kind.setdefault(f"actor:{role}", []).extend(names)
    for row in incident.attributions:
        by_kind["actor"] += (row.actor, row.actor_id)
        by_kind.setdefault("actor:perpetrator", []).extend((row.actor, row.actor_id))
    by_kind["actor:speaker"] = [
        name
        for said in incident.statements
        if said.speaker_kind != "report"
        for name in (said.speaker, said.speaker_id)
    ]
    places = [place for place in (incident.place, *incident.places) if place is not None]
    by_kind["country"] = [place.country for place in places]
    by_kind["admin1"] = [place.admin1 for place in places]
    by_kind["place"] = [place.name or place.text for place in places]
    by_kind["event_type"] = [incident.event_type, incident.sub_event_type]
    by_kind["disputed"] = [one.field for one in incident.disagreements]
    return {(kind, fold(word)) for kind, words in by_kind.items() for word in words if word}


def _said(incident: Incident) -> Iterator[tuple[Any, ...]]:
    """The rows of attributions."""
    against = {_key(row.actor, row.actor_id) for row in incident.attributions if row.stance in _AGAINST}
    for number, row in enumerate(incident.attributions):
        key = _key(row.actor, row.actor_id)
        yield (
            number,
            row.actor,
            key,
            row.stance.value,
            row.speaker,
            "" if row.speaker_kind == "report" else _key(row.speaker, row.speaker_id),
            row.hedged,
            row.stance not in _AGAINST and key in against,
        )


def _key(name: str, actor_id: str | None) -> str:
    return fold(actor_id or name)


def _words(incident: Incident) -> str:
    """All words that an incident is searched in: its title, names and places, and the quotes."""
    said = [
        value.name if isinstance(value, ParticipantValue) else value.sub_event_type
        for value in (one.value for one in incident.statements)
        if isinstance(value, ParticipantValue | EventValue)
    ]
    attributed: Sequence[Attribution] = incident.attributions
    places: Iterable[Place] = incident.places
    parts = (
        incident.title or "",
        *(name for _, one in _participants(incident) for name in (one.name, *one.mentions)),
        *(one.actor for one in attributed),
        *(one.speaker for one in incident.statements),
        *(word for place in places for word in (place.text, place.name, place.admin1, place.country) if word),
        *said,
        *(one.quote.text for one in incident.statements),
    )
    return "\n".join(dict.fromkeys(parts))
