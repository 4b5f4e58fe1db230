"""Incidents in the columns of ACLED's dyadic event file (31 columns, the order since March 2023).

An incident that is known no nearer than to a country, a sea or a season has no codes of precision in ACLED
and no row here; nor has a strategic development whose maker may not be named. Whoever is only accused,
suspected, denied or hedged is an unidentified armed group; the notes tell what is said, with stance and
speaker.
"""

import datetime

from sayso.exports import text
from sayso.exports.layout import (
    Known,
    Layout,
    Loss,
    aimed_at,
    bounds,
    class_of,
    codes_of,
    figure,
    is_body,
    number_of,
    perpetrators,
    shared_losses,
    stands,
    tables,
    told,
)
from sayso.exports.wide import attributions
from sayso.model import Incident, Participant

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip

_Side = tuple[str, list[str], str | None]
"""The actor of a side, those beside it, and its kind, where that is known."""


def _row(incident: Incident, known: Known, losses: list[Loss]) -> dict[str, object] | None:
    table = tables("acled")
    place, days = incident.place, bounds(incident.date)
    if incident.sub_event_type not in table["disorder_type"]:
        losses.append(Loss("", f"the type {incident.sub_event_type}", "left out: no type of ACLED"))
        return None
    if days is None or incident.date.precision not in table["date_precision"]:
        losses.append(Loss("", f"the date {text.when(incident.date)}", "left out: no precision in ACLED"))
        return None
    country = known.country(place)
    if (
        place is None
        or country is None
        or place.lat is None
        or place.lon is None
        or place.precision not in table["place_precision"]
    ):
        losses.append(Loss("", f"the place {text.where(place)}", "left out: no precision in ACLED"))
        return None
    if days[0] != days[1]:
        losses.append(Loss("event_date", f"the days {text.when(incident.date)}", "the day in the middle"))
    if incident.event_type == "Strategic developments" and not perpetrators(incident):
        losses += told(incident, "", "left out")
        losses.append(Loss("", "who made it: nobody may be named", "left out: it need be no armed group"))
        return None
    codes = codes_of(place)
    if codes.acled_region is None:
        losses.append(Loss("region", f"the region that {country} is in is not known", "empty"))
    day = _middle(*days)
    one, two = _sides(incident, known, country, losses)
    losses += shared_losses(incident, injured="notes")
    return {
        "event_id_cnty": f"{place.country}{number_of(incident.incident_id, 12):012d}",
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": table["date_precision"][incident.date.precision],
        "disorder_type": table["disorder_type"][incident.sub_event_type],
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        "actor1": one[0],
        "assoc_actor_1": _listed(one[1], "assoc_actor_1", losses),
        "inter1": one[2],
        "actor2": two and two[0],
        "assoc_actor_2": two and _listed(two[1], "assoc_actor_2", losses),
        "inter2": two and two[2],
        "interaction": _interaction(one, two),
        "civilian_targeting": "Civilian targeting" if incident.civilian_targeting else None,
        "iso": codes.iso,
        "region": codes.acled_region,
        "country": country,
        "admin1": place.admin1,
        "location": place.name,
        "latitude": round(place.lat, 4),
        "longitude": round(place.lon, 4),
        "geo_precision": table["place_precision"][place.precision],
        "source": _listed(
            [report.publisher for report in incident.reports if report.publisher], "source", losses
        ),
        "notes": _notes(incident, day),
        "fatalities": figure(incident.killed, "fatalities", losses),
        "timestamp": _changed(incident),
    }


def _middle(first: str, last: str) -> datetime.date:
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return start + (end - start) // 2


def _sides(incident: Incident, known: Known, country: str, losses: list[Loss]) -> tuple[_Side, _Side | None]:
    """The two sides, of which a row without a second one has None."""
    if incident.sides is not None and incident.event_type == "Battles":
        first, second = (_battle_side(incident, side, known, country, losses) for side in incident.sides)
        return first, second
    named = perpetrators(incident)
    if incident.event_type in ("Protests", "Riots"):
        crowd = "Protesters" if incident.event_type == "Protests" else "Rioters"
        losses += told(incident, "actor2", "the crowd is actor1; who is only said to have acted is not named")
        return (f"{crowd} ({country})", [], crowd), _side(
            incident, named, known, "inter2", losses
        ) if named else None
    if named:
        one = _side(incident, named, known, "inter1", losses)
        losses += told(incident, "actor1", "who claims it or is told as a fact; the rest in notes")
    else:
        one = _unidentified(country)
        losses += told(incident, "actor1", "an unidentified armed group: nobody is named without a flag")
        if not incident.attributions:
            losses.append(Loss("actor1", "nobody says who did it", "an unidentified armed group"))
    return one, _harmed(incident, known, country, losses)


def _unidentified(country: str) -> _Side:
    return f"Unidentified Armed Group ({country})", [], "Political militia"


def _battle_side(
    incident: Incident, side: tuple[Participant, ...], known: Known, country: str, losses: list[Loss]
) -> _Side:
    named = [one for one in side if is_body(one) and stands(incident, one)]
    if len(named) < len(side):
        losses.append(
            Loss(
                "actor1",
                f"{len(side) - len(named)} of a side",
                "not named: no group, or only said to have fought",
            )
        )
    if named:
        return _side(incident, named, known, "inter1", losses)
    return _unidentified(country)


def _side(
    incident: Incident, named: list[Participant], known: Known, column: str, losses: list[Loss]
) -> _Side:
    found = class_of(named[0], incident, known)
    if found is None or found == "other":
        losses.append(
            Loss(
                column,
                f"the kind of {named[0].name} as an actor is not known",
                "empty, and so is interaction",
            )
        )
    kind: str | None = tables("acled")["inter"].get(found)
    return named[0].name, [one.name for one in named[1:]], kind


def _harmed(incident: Incident, known: Known, country: str, losses: list[Loss]) -> _Side | None:
    """Who the act was aimed at: groups and states, else civilians where people without arms were harmed."""
    if bodies := aimed_at(incident):
        return _side(incident, bodies, known, "inter2", losses)
    people = any(one.kind in ("people", "person") for one in (*incident.targets, *incident.victims))
    if incident.civilian_targeting or (people and incident.event_type == "Violence against civilians"):
        return f"Civilians ({country})", [], "Civilians"
    if people:
        losses.append(Loss("actor2", "people of whom it is not told whether they bore arms", "empty"))
    return None


def _interaction(one: _Side, two: _Side | None) -> str | None:
    """The kinds of the sides; None where one of them is not known."""
    kinds = list(tables("acled")["inter"].values())
    found = [side[2] for side in (one, two) if side is not None]
    known = [kind for kind in found if kind is not None]
    if len(known) < len(found):
        return None
    return f"{known[0]} only" if len(known) == 1 else "-".join(sorted(known, key=kinds.index))


def _listed(names: list[str], column: str, losses: list[Loss]) -> str | None:
    """Names in one cell; a semicolon within a name would make two of it."""
    if any(";" in name for name in names):
        losses.append(Loss(column, "a semicolon in a name", "a comma in its place"))
    return "; ".join(dict.fromkeys(name.replace(";", ",") for name in names)) or None


def _notes(incident: Incident, day: datetime.date) -> str:
    """What happened in words, then what is said about who did it, each with stance and speaker."""
    place = incident.place and (incident.place.name or incident.place.text)
    said = attributions(incident) or ["Nobody says who did it"]
    facts = (
        f"On {day.day} {_MONTHS[day.month - 1]} {day.year}, in {place}: {incident.sub_event_type}",
        f"Killed: {text.count(incident.killed)}; injured: {text.count(incident.injured)}",
        *said,
    )
    return ". ".join(facts) + "."


def _changed(incident: Incident) -> int | None:
    """When the latest report was published, in seconds since 1970: the row changes with a new report."""
    days = [report.published[:10] for report in incident.reports if report.published]
    try:
        day = datetime.datetime.fromisoformat(max(days)).replace(tzinfo=datetime.UTC)
    except ValueError:  # no report, or one with another kind of date
        return None
    return int(day.timestamp())


LAYOUT = Layout(
    columns=COLUMNS,
    never={
        "admin2": "not told apart from the place",
        "admin3": "not told apart from the place",
        "source_scale": "not assessed",
        "tags": "none are given",
    },
    allowed={
        "event_id_cnty": r"[A-Z]{3}\d{12}",
        "event_date": r"\d{4}-\d{2}-\d{2}",
        "year": r"\d{1,4}",
        "time_precision": "[123]",
        "disorder_type": "Political violence(; Demonstrations)?|Demonstrations|Strategic developments",
        "iso": r"\d{1,3}",
        "latitude": r"-?\d{1,2}(\.\d{1,4})?",
        "longitude": r"-?\d{1,3}(\.\d{1,4})?",
        "geo_precision": "[123]",
        "civilian_targeting": "Civilian targeting",
        "fatalities": r"\d+",
        "timestamp": r"-?\d+",
    },
    needed=(
        "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
        "sub_event_type", "actor1", "country", "location", "latitude", "longitude",
        "geo_precision", "notes",
    ),
    row=_row,
)  # fmt: skip
