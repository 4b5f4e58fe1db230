"""Counts over incidents that match, by day, type, status, place and actor: from the indexes, in SQL."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, case, distinct, func, select, type_coerce

from sayso.ledger import tables
from sayso.ledger.filters import IncidentFilter, conditions
from sayso.ledger.indexing import fold
from sayso.model import PlacePrecision, Stance


@dataclass(frozen=True, slots=True)
class Stretch:
    """The incidents of one interval of days (ISO dates, None where open) and their dead, where figures are.

    Parts of a whole are not counted here.
    """

    earliest: str | None
    latest: str | None
    incidents: int
    killed: int


@dataclass(frozen=True, slots=True)
class Group:
    """How many incidents have this type, this status and this country."""

    event_type: str
    sub_event_type: str
    attribution_status: str
    country: str | None
    incidents: int
    disputed: int
    unlocated: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map with all incidents there; ``incident_id`` is that of the latest."""

    place: str
    admin1: str | None
    country: str | None
    lat: float
    lon: float
    precision: PlacePrecision | None
    incidents: int
    disputed: int
    incident_id: str


@dataclass(frozen=True, slots=True)
class ActorCount:
    """An actor in attributions: in how many incidents, and how many by each stance about it.

    ``name`` is one of the forms printed. ``answered`` counts the claims, accusations and so on that somebody
    denies or rejects in the same incident.
    """

    key: str
    name: str
    incidents: int
    stances: dict[Stance, int]
    answered: int


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said about who did it, with the incident and its day."""

    incident_id: str
    day: str | None
    actor: str
    actor_key: str
    stance: Stance
    speaker: str
    speaker_key: str
    hedged: bool
    answered: bool


def stretches(connection: Connection, chosen: IncidentFilter) -> list[Stretch]:
    """The incidents that match, counted by interval, in order of the first day; unknown last."""
    rows = tables.listing.c
    wanted = (
        select(rows.earliest, rows.latest, func.count(), func.coalesce(func.sum(rows.killed), 0))
        .where(~rows.is_part, *conditions(chosen))
        .group_by(rows.earliest, rows.latest)
    )
    found = [Stretch(*row) for row in connection.execute(wanted)]
    return sorted(found, key=lambda one: (one.earliest is None, one.earliest or "", one.latest or ""))


def groups(connection: Connection, chosen: IncidentFilter) -> list[Group]:
    """The incidents that match, counted by type, status and country of the first place."""
    rows = tables.listing.c
    by = (rows.event_type, rows.sub_event_type, rows.attribution_status, rows.country)
    wanted = (
        select(*by, func.count(), _how_many(rows.disputed), _how_many(rows.lat.is_(None)))
        .where(*conditions(chosen))
        .group_by(*by)
    )
    return [Group(*row) for row in connection.execute(wanted)]


def spots(connection: Connection, chosen: IncidentFilter) -> list[Spot]:
    """The places of the incidents that match, those with coordinates, in order of place."""
    rows = tables.listing.c
    by = (rows.lat, rows.lon, rows.precision, rows.place, rows.admin1, rows.country)
    # Of bare columns beside max(), SQLite takes those of the row that has it.
    wanted = (
        select(
            *by,
            func.count(),
            _how_many(rows.disputed),
            func.max(func.coalesce(rows.day, "") + rows.incident_id),
            rows.incident_id,
        )
        .where(rows.lat.is_not(None), *conditions(chosen))
        .group_by(*by)
    )
    found: list[Any] = list(connection.execute(wanted))
    return [
        Spot(place, admin1, country, lat, lon, precision, number, disputed, incident_id)
        for lat, lon, precision, place, admin1, country, number, disputed, _, incident_id in found
    ]


def _how_many(true: ColumnElement[bool]) -> ColumnElement[int]:
    """Of how many rows of a group this is true."""
    return func.sum(type_coerce(true, Integer))


def count(connection: Connection, chosen: IncidentFilter) -> int:
    """How many incidents match."""
    wanted = select(func.count()).select_from(tables.listing).where(*conditions(chosen))
    return int(connection.execute(wanted).scalar_one())


_NEED = {
    "claimed_disputed": 5,
    "accused_denied": 4,
    "suspected_denied": 4,
    "stated_denied": 4,
    "claimed": 3,
    "accused": 3,
    "denied_only": 2,
    "suspected": 2,
    "stated": 1,
    "unknown": 0,
}
"""How much harm an error would do, by attribution status: a false claim or accusation is the worst."""


def needing_eyes(connection: Connection, chosen: IncidentFilter, start: int, size: int) -> list[str]:
    """The ids of incidents that match and that nobody judged, what most needs eyes first.

    First those that name somebody against whom others speak, or whose values disagree; of equals those with
    more dead, then the latest.
    """
    rows = tables.listing.c
    need = case(_NEED, value=rows.attribution_status, else_=0) + 3 * type_coerce(rows.disputed, Integer)
    dead = func.min(func.coalesce(rows.killed, 0), 1_000)
    wanted = (
        select(rows.incident_id)
        .where(*conditions(replace(chosen, reviewed=False)))
        .order_by(
            type_coerce(rows.is_background, Integer),
            need.desc(),
            dead.desc(),
            rows.day.desc(),
            rows.incident_id,
        )
        .offset(start)
        .limit(size)
    )
    return list(connection.execute(wanted).scalars())


def divisions(connection: Connection, country: str) -> list[str]:
    """The first-level divisions of a country in which an incident is, by name."""
    rows = tables.listing.c
    wanted = select(rows.admin1).distinct().where(rows.country == country, rows.admin1.is_not(None))
    return sorted(connection.execute(wanted).scalars())


def actors(connection: Connection, words: str | None, start: int, size: int) -> tuple[int, list[ActorCount]]:
    """How many actors there are whose name or id holds the words, and some of them, the most named first."""
    rows = tables.attributions.c
    asked = [rows.actor_key.contains(fold(words), autoescape=True)] if words else []
    total = connection.execute(select(func.count(distinct(rows.actor_key))).where(*asked)).scalar_one()
    by_stance = [func.sum(case((rows.stance == stance.value, 1), else_=0)) for stance in Stance]
    incidents = func.count(distinct(rows.listing_id))
    wanted = (
        select(rows.actor_key, func.min(rows.actor), incidents, _how_many(rows.answered), *by_stance)
        .where(*asked)
        .group_by(rows.actor_key)
        .order_by(incidents.desc(), rows.actor_key)
        .offset(start)
        .limit(size)
    )
    return total, [_actor(row) for row in connection.execute(wanted)]


def _actor(row: Any) -> ActorCount:
    stances: dict[Stance, int] = dict(zip(Stance, row[4:], strict=True))
    return ActorCount(row[0], row[1], row[2], stances, row[3])


def said(connection: Connection, *, actor: str | None = None, speaker: str | None = None) -> Iterator[Said]:
    """What is said about an actor or by a speaker (folded ids, else names), in the order of lists."""
    rows, listing = tables.attributions.c, tables.listing.c
    asked = [column == key for column, key in ((rows.actor_key, actor), (rows.speaker_key, speaker)) if key]
    wanted = (
        select(
            listing.incident_id,
            listing.day,
            rows.actor,
            rows.actor_key,
            rows.stance,
            rows.speaker,
            rows.speaker_key,
            rows.hedged,
            rows.answered,
        )
        .join(tables.listing, listing.listing_id == rows.listing_id)
        .where(*asked)
        .order_by(listing.day.is_(None), listing.day, listing.incident_id, rows.number)
    )
    for incident_id, day, who, who_key, stance, by, by_key, hedged, answered in connection.execute(wanted):
        yield Said(incident_id, day, who, who_key, Stance(stance), by, by_key, hedged, answered)
