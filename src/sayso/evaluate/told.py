"""What gold and predictions tell, read into one shape.

A prediction is read with patience: whatever is missing or of a wrong kind counts as not said. What only
gold may say (other right answers, what is optional) is not read from a prediction.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sayso.evaluate.kinds import type_of
from sayso.model import COUNT_FIELDS

Names = tuple[str, ...]
"""Names of one actor or thing, the main one first."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who did it, by whom. ``counts`` is False where something else than who did it is in dispute.

    ``listed`` are all names that stand beside the actor, ``actors`` those that are right for it: of a
    prediction the main one alone. ``hedged`` and ``via`` are None where gold does not say.
    """

    actors: Names
    listed: Names
    stances: Names
    speakers: Names
    counts: bool
    optional: bool
    hedged: bool | None
    via: Names | None
    via_optional: Names

    @property
    def stance(self) -> str:
        """The first stance, "" where there is none."""
        return self.stances[0] if self.stances else ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of people; all None where there is no figure. ``alt`` are other right figures."""

    best: int | None
    low: int | None
    high: int | None
    alt: tuple[object, ...] = ()

    def agrees(self, other: "Figure") -> bool:
        """Whether the other one is right where this is gold and has a best figure."""
        return other.best is not None and (other.best == self.best or other.best in self.alt)


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure that a report gives: for which field, of whom, by whom."""

    field: str
    whom: Names
    figure: Figure
    speakers: Names


@dataclass(frozen=True, slots=True)
class Told:
    """One incident as gold or a prediction tells it.

    ``key`` is the gold key or, of a prediction, the id of the incident that it was joined to. ``types`` and
    ``sub_types`` hold the right answers, the main one being ``type`` and ``sub_type``; all in lower case.
    ``counted`` is None where gold does not list every figure.
    """

    key: str | None
    type: str
    types: frozenset[str]
    sub_type: str
    sub_types: frozenset[str]
    days: tuple[date, date] | None
    places: Names
    admin1: str
    country: str
    point: tuple[float, float] | None
    perpetrators: tuple[Names, ...]
    targets: tuple[Names, ...]
    weapons: tuple[Names, ...]
    perpetrators_optional: bool
    attributed: tuple[Attributed, ...]
    killed: Figure
    injured: Figure
    toll_speakers: Names
    counted: tuple[Counted, ...] | None
    is_background: bool
    optional: bool
    trigger: str

    @property
    def perpetrator_names(self) -> Names:
        """All names of all perpetrators."""
        return tuple(name for names in self.perpetrators for name in names)


def told(record: Mapping[str, Any], *, gold: bool = False) -> Told:
    """One incident of a gold record, of a line of ``sayso code`` or of ``sayso export``."""

    def only_gold(value: object) -> Names:
        return _texts(value) if gold else ()

    place = record.get("place")
    place = {"name": place} if isinstance(place, str) else place if isinstance(place, dict) else {}
    sub_type = _first(record.get("sub_event_type"))
    kind = _first(record.get("event_type")) or type_of(sub_type)
    subs = [sub for sub in (sub_type, *only_gold(record.get("sub_event_type_alt"))) if sub]
    key, other = ("key", "incident_id") if gold else ("incident_id", "key")
    return Told(
        key=_first(record.get(key)) or _first(record.get(other)) or None,
        type=kind.lower(),
        types=frozenset([kind.lower(), *((type_of(sub) or kind).lower() for sub in subs)]),
        sub_type=sub_type.lower(),
        sub_types=frozenset(sub.lower() for sub in subs),
        days=_days(record.get("date")),
        places=(
            *_texts(place.get("name"))[:1],
            *_texts(place.get("text"))[:1],
            *only_gold(place.get("names")),
        ),
        admin1=_first(place.get("admin1")),
        country=_first(place.get("country")).upper(),
        point=_point(place),
        perpetrators=_participants(record.get("perpetrators")),
        targets=_participants(record.get("targets")) + _participants(record.get("victims")),
        weapons=_participants(record.get("weapons")),
        perpetrators_optional=gold and bool(record.get("perpetrators_optional")),
        attributed=tuple(_attributed(one, gold=gold) for one in records(record.get("attributions"))),
        killed=_figure(record.get("killed")),
        injured=_figure(record.get("injured")),
        toll_speakers=_toll_speakers(record, gold=gold),
        counted=_counted(record, gold=gold),
        is_background=record.get("is_background") is True,
        optional=gold and bool(record.get("optional")),
        trigger=str(record.get("trigger") or record.get("quote") or ""),
    )


# ---- the parts of an incident ---------------------------------------------------------------------


def _attributed(record: Mapping[str, Any], *, gold: bool) -> Attributed:
    actor = _texts(record.get("actor"))[:1]
    others = _texts(record.get("actor_names"))
    stances = _texts(record.get("stance"))[:1] + (_texts(record.get("stance_alt")) if gold else ())
    about = record.get("about")
    return Attributed(
        actors=actor + (others if gold else ()),
        listed=actor + others,
        stances=tuple(stance.lower() for stance in stances),
        speakers=_texts(record.get("speaker"))[:1]
        + _texts(record.get("spoken_by"))[:1]
        + (_texts(record.get("speaker_names")) if gold else ()),
        counts=(not about or about == "responsibility") and stances[:1] != ("disputed",),
        optional=gold and bool(record.get("optional")),
        hedged=record["hedged"] if isinstance(record.get("hedged"), bool) else None,
        via=_names(record.get("via")) if not gold or "via" in record else None,
        via_optional=_texts(record.get("via_optional")) if gold else (),
    )


def _toll_speakers(record: Mapping[str, Any], *, gold: bool) -> Names:
    """Who gives the best figure: as said, else who speaks in the statement that it rests on."""
    given = record.get("toll_speaker")
    if given:
        more = record.get("toll_speaker_names") if gold else None
        if not gold and isinstance(given, dict):
            more = given.get("spoken_by")
        return _names(given) + _texts(more)
    basis = record.get("basis")
    for field in ("killed", "injured"):
        best = _figure(record.get(field)).best
        if best is None:
            continue
        its = [one for one in records(record.get("statements")) if one.get("field") == field]
        rests_on = _texts(basis.get(field)) if isinstance(basis, dict) else ()
        for one in sorted(its, key=lambda one: str(one.get("statement_id")) not in rests_on):
            if _figure(one.get("value")).best == best:
                return _texts(one.get("speaker"))[:1] + _texts(one.get("spoken_by"))[:1]
    return ()


def _counted(record: Mapping[str, Any], *, gold: bool) -> tuple[Counted, ...] | None:
    """Every figure told: gold lists them, a prediction has them in its statements, else in its counts."""
    if gold:
        if not isinstance(record.get("counts"), list):
            return None
        rows = [(one.get("field"), one.get("whom"), one, one) for one in records(record["counts"])]
    elif "statements" in record:
        said = [one for one in records(record["statements"]) if isinstance(one.get("value"), dict)]
        rows = [(one.get("field"), one["value"].get("whom"), one["value"], one) for one in said]
    else:
        rows = [(one.get("field"), one.get("whom"), one, one) for one in records(record.get("counts"))]
    return tuple(
        Counted(
            str(field),
            _whom(whom),
            _figure(figure, keep_imprecise=True),
            _texts(by.get("speaker"))[:1] + _texts(by.get("spoken_by"))[:1] + _texts(by.get("speaker_names")),
        )
        for field, whom, figure, by in rows
        if field in COUNT_FIELDS
    )


def _whom(value: object) -> Names:
    """What tells these people from others, as far as gold tells it too."""
    if not isinstance(value, dict):
        return ()
    return tuple(str(value[key]) for key in ("status", "age", "sex") if value.get(key))


def _participants(value: object) -> tuple[Names, ...]:
    """One group of names for each participant; what is harmed or used may be told as a bare name."""
    found = []
    for one in _list(value):
        names = _names(one) + (_texts(one.get("mentions")) if isinstance(one, dict) else ())
        if names:
            found.append(names)
    return tuple(found)


def _point(place: Mapping[str, Any]) -> tuple[float, float] | None:
    lat, lon = _degrees(place.get("lat"), 90), _degrees(place.get("lon"), 180)
    return None if lat is None or lon is None else (lat, lon)


def _days(value: object) -> tuple[date, date] | None:
    """An interval of days, its ends in order; one end stands for both."""
    if isinstance(value, str):
        value = {"earliest": value, "latest": value}
    if not isinstance(value, dict):
        return None
    ends = [day for day in (_day(value.get("earliest")), _day(value.get("latest"))) if day]
    return (min(ends), max(ends)) if ends else None


def _figure(value: object, *, keep_imprecise: bool = False) -> Figure:
    """Of an imprecise figure ("dozens") the bounds alone, where an exact one is asked for."""
    if isinstance(value, dict):
        best = _whole(value.get("best")) if keep_imprecise or not value.get("imprecise") else None
        return Figure(
            best, _whole(value.get("low")), _whole(value.get("high")), tuple(_list(value.get("alt")))
        )
    number = _whole(value) if isinstance(value, str | int | float) else None
    return Figure(number, number, number)


# ---- plain values ---------------------------------------------------------------------------------


def _list(value: object) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _texts(value: object) -> Names:
    """The words in a value or a list of values; numbers are words too."""
    its = (one for one in _list(value) if isinstance(one, str | int | float) and not isinstance(one, bool))
    return tuple(str(one) for one in its if one != "")


def _first(value: object) -> str:
    return next(iter(_texts(value)), "")


def records(value: object) -> list[dict[str, Any]]:
    """The records in a value or a list of values; whatever is none is left out."""
    return [one for one in _list(value) if isinstance(one, dict)]


def _names(value: object) -> Names:
    """The name of each thing in a value, whether told as words or as a record."""
    its = ((one.get("name") or one.get("text")) if isinstance(one, dict) else one for one in _list(value))
    return tuple(name for one in its for name in _texts(one)[:1])


def _whole(value: object) -> int | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(str(value).replace(",", "").strip())
    except ValueError:
        return None
    return int(number) if math.isfinite(number) and number == int(number) else None


def _degrees(value: object, most: int) -> float | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if abs(number) <= most else None


_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def _day(value: object) -> date | None:
    """The first day of what is told: of the year where only that is."""
    found = _DAY.match(str(value)) if value else None
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None
