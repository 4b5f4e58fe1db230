"""Reports, mentions and statements for the tests: invented, and as short as a case allows."""

from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from sayso.codebook import Codebook
from sayso.codebook.schema import Actor, EventType, Lexicon
from sayso.incidents import reconcile
from sayso.model import (
    Count,
    Date,
    EventValue,
    Field,
    Incident,
    Mention,
    ParticipantKind,
    ParticipantValue,
    Place,
    Quote,
    Report,
    Spans,
    SpeakerKind,
    Stance,
    Statement,
    Value,
    Whom,
)


def _actor(actor_id: str, kind: str, actor_class: str, part_of: str | None = None) -> Actor:
    return Actor.model_validate(
        {
            "actor_id": actor_id,
            "name": actor_id,
            "kind": kind,
            "actor_class": actor_class,
            "part_of": part_of,
            "source": "made up",
        }
    )


CODEBOOK = Codebook(
    name="test",
    version="1",
    language="en",
    sha256="0" * 64,
    event_types=(
        EventType(sub_event_type="Suicide bomb", event_type="Explosions/Remote violence", definition="."),
        EventType(
            sub_event_type="Shelling/artillery/missile attack",
            event_type="Explosions/Remote violence",
            definition=".",
        ),
        EventType(sub_event_type="Grenade", event_type="Explosions/Remote violence", definition="."),
        EventType(sub_event_type="Attack", event_type="Violence against civilians", definition="."),
        EventType(sub_event_type="Armed clash", event_type="Battles", definition=".", two_sided=True),
    ),
    actors=(
        _actor("river-front", "organisation", "rebels"),
        _actor("river-front-north", "organisation", "rebels", "river-front"),
        _actor("river-front-south", "organisation", "rebels", "river-front"),
        _actor("hill-league", "organisation", "rebels"),
        _actor("gondor-government", "state", "state forces"),
        _actor("gondor-army", "state", "state forces", "gondor-government"),
        _actor("gondor-ministry", "state", "state forces", "gondor-government"),
        _actor("islamic-state", "organisation", "rebels"),
        _actor("islamic-state-khorasan", "organisation", "rebels", "islamic-state"),
        _actor("afghanistan-government", "state", "state forces"),
        _actor("afghanistan-interior-ministry", "state", "state forces", "afghanistan-government"),
    ),
    lexicon=Lexicon(first_hand=("hospital", "red cross")),
)

FRONT, NORTH, SOUTH, LEAGUE = "river-front", "river-front-north", "river-front-south", "hill-league"
GOVERNMENT, ARMY, MINISTRY = "gondor-government", "gondor-army", "gondor-ministry"

HAPPENED = EventValue("Attack", True)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said, by default by the report in its own voice.

    report  the letter of its report; reports with the same letter before a dot are of one lineage.
    at      its offset in the text; in the order given if None.
    """

    field: Field
    value: Value | None
    stance: Stance = Stance.STATED
    report: str = "a"
    speaker: str = "report"
    hedged: bool = False
    at: int | None = None
    via: tuple[str, ...] = ()
    after: str | None = None
    about: dict[str, object] | None = None
    spoken_by: str | None = None
    kind: SpeakerKind | None = None


class _More(TypedDict, total=False):
    report: str
    hedged: bool
    at: int | None
    via: tuple[str, ...]
    after: str | None
    about: dict[str, object] | None
    spoken_by: str | None
    kind: SpeakerKind | None


def said(
    field: Field,
    value: Value | None,
    stance: Stance = Stance.STATED,
    speaker: str = "report",
    **more: Unpack[_More],
) -> Said:
    return Said(field, value, stance, speaker=speaker, **more)


def by(actor: str, stance: Stance, speaker: str = "report", **more: Unpack[_More]) -> Said:
    """Something said of who did it; an actor with a blank in its name has no actor_id."""
    return Said("perpetrator", who(actor), stance, speaker=speaker, **more)


def who(actor: str, kind: ParticipantKind = "organisation") -> ParticipantValue:
    return ParticipantValue(actor.replace("-", " "), actor if CODEBOOK.actor(actor) else None, kind)


def claim(actor: str, **more: Unpack[_More]) -> Said:
    return by(actor, Stance.CLAIMED, actor, **more)


def killed(number: int, speaker: str = "report", whom: Whom | None = None, **more: Unpack[_More]) -> Said:
    return Said("killed", Count(number, number, number, whom=whom), speaker=speaker, **more)


def day(earliest: str, latest: str | None = None) -> Date:
    return Date(earliest, latest or earliest, "day" if latest is None else "days")


def yearless(edtf: str) -> Date:
    return Date(None, None, "unknown", edtf)


def town(name: str, country: str = "GON") -> Place:
    return Place(name, name, name, country, lat=float(len(name)), lon=1.0, precision="town")


def country(code: str = "GON") -> Place:
    return Place(code.title(), code.title(), None, code, lat=50.0, lon=50.0, precision="country")


def report_of(letter: str, published: str | None = None) -> Report:
    return Report(report_id=f"report-{letter}", text_id=f"text-{letter}", text="", published=published)


def mention_of(letter: str, *, is_background: bool = False, n_events: int | None = 1) -> Mention:
    report_id = f"report-{letter}"
    return Mention(f"mention-{letter}", report_id, is_background, (Quote(report_id, 1, 2, "x"),), n_events)


def statement_of(one: Said, place: int) -> Statement:
    actor = CODEBOOK.actor(one.speaker)
    kind: SpeakerKind = "report" if one.speaker == "report" else "media"
    if actor is not None:
        kind = actor.kind
    at = place * 10 if one.at is None else one.at
    report_id = f"report-{one.report}"
    return Statement(
        statement_id=f"{one.report}{place}",
        report_id=report_id,
        mention_id=f"mention-{one.report}",
        field=one.field,
        stance=one.stance,
        hedged=one.hedged,
        speaker=one.speaker.replace("-", " "),
        speaker_id=actor.actor_id if actor else None,
        speaker_kind=one.kind or kind,
        spoken_by=one.spoken_by,
        speaker_public=True if one.spoken_by else None,
        via=one.via,
        after=one.after,
        about=one.about,
        said_on=None,
        value=one.value,
        unknown=one.value is None,
        spans=Spans(value=(at, at + 5)),
        quote=Quote(report_id, at, at + 9, f"words at {at}"),
        rule=None,
    )


def incident_of(*told: Said, published: dict[str, str | None] | None = None, event: bool = True) -> Incident:
    """The incident of what is said, each report ("a", "b", "a.copy") with one mention.

    published  by letter; "2020-11-21" for those not given.
    event      whether each report also says that an attack happened.
    """
    letters = sorted({one.report for one in told})
    dates = published or {}
    reports = [report_of(letter, dates.get(letter, "2020-11-21")) for letter in letters]
    heads = [Said("event", HAPPENED, report=letter, at=0) for letter in letters] if event else []
    return reconcile(
        [mention_of(letter) for letter in letters],
        [statement_of(one, place) for place, one in enumerate([*heads, *told])],
        {report.report_id: report for report in reports},
        {f"report-{letter}": letter.partition(".")[0] for letter in letters},
        CODEBOOK,
    )


def elsewhere(one: Said, report: str) -> Said:
    """The same said in another report."""
    return replace(one, report=report)
