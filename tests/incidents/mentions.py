"""Invented mentions, each reconciled alone, for the tests of linking."""

from dataclasses import replace
from hashlib import sha256

from sayso.codebook import Codebook
from sayso.codebook.schema import Actor
from sayso.model import (
    Count,
    Date,
    EventValue,
    Incident,
    IncidentMention,
    IncidentReport,
    Participant,
    ParticipantKind,
    Place,
    Quote,
    Spans,
    Stance,
    Statement,
)


def _actor(actor_id: str, part_of: str | None = None) -> Actor:
    return Actor(
        actor_id=actor_id,
        name=actor_id,
        kind="organisation",
        actor_class="rebels",
        part_of=part_of,
        source="invented",
    )


CODEBOOK = Codebook(
    name="test",
    version="1",
    language="en",
    sha256="0" * 64,
    actors=(_actor("front"), _actor("front-north", part_of="front"), _actor("league")),
)

KABUL = Place("Kabul", "Kabul", "Kabul", "AFG", None, 34.53, 69.17, "town")
UNIVERSITY = Place("Kabul University", "Kabul University", "Kabul", "AFG", None, 34.52, 69.13, "exact")
AIRPORT = Place("Kabul airport", "Kabul airport", "Kabul", "AFG", None, 34.565, 69.212, "exact")
HERAT = Place("Herat", "Herat", "Herat", "AFG", None, 34.35, 62.2, "town")
HERAT_PROVINCE = Place("Herat province", "Herat", "Herat", "AFG", None, 34.4, 62.2, "admin1")
AFGHANISTAN = Place("Afghanistan", "Afghanistan", None, "AFG", None, 33.0, 65.0, "country")
PARIS = Place("Paris", "Paris", "Île-de-France", "FRA", None, 48.85, 2.35, "town")
UNKNOWN_VILLAGE = Place("Lower Ondal", None)

EVENT_TYPES = {
    "Armed clash": "Battles",
    "Attack": "Violence against civilians",
    "Agreement": "Strategic developments",
    "Suicide bomb": "Explosions/Remote violence",
    "Remote explosive/landmine/IED": "Explosions/Remote violence",
    "Peaceful protest": "Protests",
}
NO_DATE = Date(None, None, "unknown")


def day(iso: str) -> Date:
    return Date(iso, iso, "day", iso)


def someone(actor_id: str, kind: ParticipantKind = "organisation") -> Participant:
    return Participant(actor_id, actor_id, kind, None, (actor_id,), ())


def thing(name: str, kind: ParticipantKind) -> Participant:
    return Participant(name, None, kind, None, (name,), ())


def toll(number: int) -> Count:
    return Count(number, number, number)


def mention(
    name: str,
    *,
    report: str | None = None,
    published: str | None = None,
    sub_event_type: str = "Suicide bomb",
    date: Date = NO_DATE,
    places: tuple[Place, ...] = (),
    quote: str | None = None,
    cue: str = "blast",
    background: bool = False,
) -> Incident:
    """One mention. ``name`` makes its id; with a ``quote`` it has an event statement around its cue."""
    report_id = report or f"report of {name}"
    mention_id = sha256(name.encode()).hexdigest()[:20]
    words = quote or cue
    start = 100 + words.index(cue)
    cues = (Quote(report_id, start, start + len(cue), cue),)
    spans = Spans(cue=(start, start + len(cue)), value=(start, start + len(cue)))
    statement = Statement(
        statement_id=f"statement of {name}",
        report_id=report_id,
        mention_id=mention_id,
        field="event",
        stance=Stance.STATED,
        hedged=False,
        speaker="report",
        speaker_id=None,
        speaker_kind="report",
        spoken_by=None,
        speaker_public=None,
        via=(),
        after=None,
        about=None,
        said_on=None,
        value=EventValue(sub_event_type, True),
        unknown=False,
        spans=spans,
        quote=Quote(report_id, 100, 100 + len(words), words),
        rule=None,
    )
    return Incident(
        contract=0,
        incident_id=mention_id,
        title=None,
        event_type=EVENT_TYPES[sub_event_type],
        sub_event_type=sub_event_type,
        also=(),
        is_background=background,
        n_events=1,
        part_of=None,
        date=date,
        place=places[0] if places else None,
        places=places,
        perpetrators=(),
        targets=(),
        victims=(),
        weapons=(),
        sides=None,
        civilian_targeting=None,
        killed=None,
        injured=None,
        counts=(),
        attributions=(),
        attribution_status="unknown",
        status_hedged=False,
        disagreements=(),
        mentions=(IncidentMention(mention_id, report_id, background, cues),),
        statements=(statement,) if quote else (),
        basis={},
        reports=(IncidentReport(report_id, None, report_id, None, published, None),),
        n_lineages=1,
        n_voices={},
    )


def with_toll(incident: Incident, killed: int, injured: int | None = None) -> Incident:
    return replace(incident, killed=toll(killed), injured=None if injured is None else toll(injured))
