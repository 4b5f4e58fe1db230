"""The tables by which incidents are found, listed, counted and drawn: made anew at every linking."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text

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


def put_in(connection: Connection, incidents: Iterable[Incident]) -> None:
    """Adds incidents, which are stored, to the indexes; they come in any order."""
    first = (connection.execute(select(func.max(tables.listing.c.listing_id))).scalar() or 0) + 1
    ordered = list(enumerate(sorted(incidents, key=lambda one: one.incident_id), first))
    for start in range(0, len(ordered), _CHUNK):
        some = ordered[start : start + _CHUNK]
        _insert(connection, tables.listing, (_row(number, one) for number, one in some))
        _insert(
            connection,
            tables.incident_terms,
            (
                {"kind": kind, "term": term, "listing_id": number}
                for number, one in some
                for kind, term in sorted(terms(one))
            ),
        )
        _insert(connection, tables.attributions, (row for number, one in some for row in _said(number, one)))
        _insert(
            connection,
            tables.private_names,
            (
                {"listing_id": number, "name": name, "report_id": report_id}
                for number, one in some
                for name in sorted(set(private_names(one)))
                for report_id in [report.report_id for report in one.reports] or [""]
            ),
        )
        connection.execute(
            text(f"INSERT INTO {tables.WORDS}(rowid, words) VALUES (:number, :words)"),  # noqa: S608
            [{"number": number, "words": _words(one)} for number, one in some],
        )


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
    put_in(connection, (parsed(Incident, line) for line in lines))


def _insert(connection: Connection, table: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    if listed := list(rows):
        connection.execute(insert(table), listed)


def _row(number: int, incident: Incident) -> dict[str, Any]:
    place, killed = incident.place, incident.killed
    return {
        "listing_id": number,
        "incident_id": incident.incident_id,
        "day": incident.date.earliest or incident.date.latest,
        "earliest": incident.date.earliest,
        "latest": incident.date.latest,
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        "attribution_status": incident.attribution_status,
        "disputed": bool(incident.disagreements),
        "is_background": incident.is_background,
        "is_part": incident.part_of is not None,
        "place": place and (place.name or place.text),
        "admin1": place and place.admin1,
        "country": place and place.country,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "precision": place and place.precision,
        "killed": _figure(killed),
        "voices": max(0, min(max(incident.n_voices.values(), default=0), _MOST)),
    }


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


def _said(listing_id: int, incident: Incident) -> Iterator[dict[str, Any]]:
    against = {_key(row.actor, row.actor_id) for row in incident.attributions if row.stance in _AGAINST}
    for number, row in enumerate(incident.attributions):
        key = _key(row.actor, row.actor_id)
        yield {
            "listing_id": listing_id,
            "number": number,
            "actor": row.actor,
            "actor_key": key,
            "stance": row.stance.value,
            "speaker": row.speaker,
            "speaker_key": "" if row.speaker_kind == "report" else _key(row.speaker, row.speaker_id),
            "hedged": row.hedged,
            "answered": row.stance not in _AGAINST and key in against,
        }


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
