"""An incident as one row: what tables, features and data frames hold of it.

Nobody is named beside the act but with stance and speaker in the same cell: ``attributions`` for who did it,
``sides`` for who fought.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.exports import text
from sayso.model import Count, Incident, Participant

Kind = Literal["text", "list", "integer", "number", "truth", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its values are, and the value of an incident; None where there is none."""

    name: str
    kind: Kind
    of: Callable[[Incident], object]


def _place(name: str) -> Callable[[Incident], object]:
    def of(incident: Incident) -> object:
        return getattr(incident.place, name) if incident.place else None

    return of


def _count(field: Literal["killed", "injured"], name: str) -> Callable[[Incident], object]:
    def of(incident: Incident) -> object:
        figure: Count | None = getattr(incident, field)
        return getattr(figure, name) if figure else None

    return of


def _voices(field: str) -> Callable[[Incident], object]:
    return lambda incident: incident.n_voices.get(field)


def _names(participants: tuple[Participant, ...]) -> list[str]:
    return list(dict.fromkeys(one.name for one in participants))


def _side(incident: Incident, number: int) -> list[str]:
    if incident.sides is None:
        return []
    return list(dict.fromkeys(told_of(incident, one) for one in incident.sides[number]))


def told_of(incident: Incident, participant: Participant) -> str:
    """A participant with the stance and the speaker of the first statement that names it."""
    wanted = set(participant.statement_ids)
    for statement in incident.statements:
        if statement.statement_id in wanted:
            return f"{participant.name} ({text.sentence(statement)})"
    return f"{participant.name} (nobody's statement)"


def attributions(incident: Incident) -> list[str]:
    """What is said about who did it, each with stance and speaker."""
    return [text.said(one) for one in incident.attributions]


def _of_reports(name: str) -> Callable[[Incident], object]:
    def of(incident: Incident) -> object:
        found = (getattr(report, name) for report in incident.reports)
        return list(dict.fromkeys(value for value in found if value))

    return of


def _plain(name: str) -> Callable[[Incident], object]:
    return lambda incident: getattr(incident, name)


COLUMNS: tuple[Column, ...] = (
    Column("incident_id", "text", _plain("incident_id")),
    Column("title", "text", _plain("title")),
    Column("event_type", "text", _plain("event_type")),
    Column("sub_event_type", "text", _plain("sub_event_type")),
    Column("also", "list", lambda incident: list(incident.also)),
    Column("is_background", "truth", _plain("is_background")),
    Column("n_events", "integer", _plain("n_events")),
    Column("part_of", "text", _plain("part_of")),
    Column("date_earliest", "day", lambda incident: incident.date.earliest),
    Column("date_latest", "day", lambda incident: incident.date.latest),
    Column("date_precision", "text", lambda incident: incident.date.precision),
    Column("date_edtf", "text", lambda incident: incident.date.edtf),
    Column("date_inferred", "truth", lambda incident: incident.date.inferred is not None),
    Column("place", "text", _place("name")),
    Column("place_text", "text", _place("text")),
    Column("admin1", "text", _place("admin1")),
    Column("country", "text", _place("country")),
    Column("water", "text", _place("water")),
    Column("latitude", "number", _place("lat")),
    Column("longitude", "number", _place("lon")),
    Column("place_precision", "text", _place("precision")),
    Column("places", "list", lambda incident: [text.where(place) for place in incident.places]),
    Column("killed_best", "integer", _count("killed", "best")),
    Column("killed_low", "integer", _count("killed", "low")),
    Column("killed_high", "integer", _count("killed", "high")),
    Column("killed_imprecise", "truth", _count("killed", "imprecise")),
    Column("killed_includes_attackers", "truth", _count("killed", "includes_attackers")),
    Column("injured_best", "integer", _count("injured", "best")),
    Column("injured_low", "integer", _count("injured", "low")),
    Column("injured_high", "integer", _count("injured", "high")),
    Column("injured_imprecise", "truth", _count("injured", "imprecise")),
    Column("targets", "list", lambda incident: _names(incident.targets)),
    Column("victims", "list", lambda incident: _names(incident.victims)),
    Column("weapons", "list", lambda incident: _names(incident.weapons)),
    Column("side_1", "list", lambda incident: _side(incident, 0)),
    Column("side_2", "list", lambda incident: _side(incident, 1)),
    Column("civilian_targeting", "truth", _plain("civilian_targeting")),
    Column("attribution_status", "text", _plain("attribution_status")),
    Column("status_hedged", "truth", _plain("status_hedged")),
    Column("attributions", "list", attributions),
    Column("disputed", "list", lambda incident: [one.field for one in incident.disagreements]),
    Column("n_statements", "integer", lambda incident: len(incident.statements)),
    Column("n_reports", "integer", lambda incident: len(incident.reports)),
    Column("n_lineages", "integer", _plain("n_lineages")),
    Column("voices_event", "integer", _voices("event")),
    Column("voices_perpetrator", "integer", _voices("perpetrator")),
    Column("voices_killed", "integer", _voices("killed")),
    Column("publishers", "list", _of_reports("publisher")),
    Column("published", "list", _of_reports("published")),
    Column("urls", "list", _of_reports("url")),
    Column("report_ids", "list", _of_reports("report_id")),
    Column("redacted", "truth", _plain("redacted")),
)

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)


def row(incident: Incident) -> Iterator[object]:
    """The values of an incident, in the order of the columns."""
    for column in COLUMNS:
        yield column.of(incident)
