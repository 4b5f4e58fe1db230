"""Incidents in the 49 columns of UCDP's georeferenced event dataset (GED).

UCDP needs two sides that are known, a place, a date and at least one death, so an incident without any of
these has no row. Accusations, suspicions and what is denied or hedged make no side.
"""

from sayso.exports import text
from sayso.exports.layout import (
    Known,
    Layout,
    Loss,
    aimed_at,
    bounds,
    class_of,
    codes,
    codes_of,
    is_body,
    number_of,
    perpetrators,
    same,
    shared_losses,
    stands,
    tables,
    told,
)
from sayso.model import Incident, IncidentReport, Participant, Place

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip

_CIVILIANS = "Civilians"


def _row(incident: Incident, known: Known, losses: list[Loss]) -> dict[str, object] | None:
    table = tables("ged")
    place, days = incident.place, bounds(incident.date)
    sides = _sides(incident, known)
    reason = _left_out(incident)
    if reason is not None or sides is None or place is None or days is None:
        losses += told(incident, "", "left out")
        losses.append(Loss("", reason or "two sides that are known", "left out: UCDP needs it"))
        return None
    a, b, kind = sides
    numbers = _deaths(incident, a, b, known, losses)
    if numbers is None:
        return None
    if codes_of(place).gwno is None:
        losses.append(Loss("country_id", f"no number for {text.where(place)}", "empty"))
    losses += told(incident, "side_a", "who claims it or is told as a fact and not denied")
    losses += shared_losses(incident, injured=None)
    if incident.weapons:
        losses.append(
            Loss("", "the weapons: " + ", ".join(one.name for one in incident.weapons), "no column")
        )
    names = (a.name, _CIVILIANS if b is None else b.name)
    return {
        "id": number_of(incident.incident_id, 15),
        "relid": f"sayso-{incident.incident_id}",
        "year": days[0][:4],
        "type_of_violence": kind,
        "dyad_name": " - ".join(names),
        "side_a": names[0],
        "side_b": names[1],
        "number_of_sources": len(incident.reports),
        **_sources(incident),
        "where_prec": table["place_precision"][place.precision],
        **_where(place, known),
        "event_clarity": 1 if incident.n_events == 1 else 2,
        "date_prec": table["date_precision"][incident.date.precision],
        "date_start": days[0],
        "date_end": days[1],
        **numbers,
        "gwnoa": _state(a, incident, known),
        "gwnob": None if b is None else _state(b, incident, known),
    }


def _left_out(incident: Incident) -> str | None:
    """What UCDP needs and the incident has not; None where it has all but perhaps its sides."""
    table = tables("ged")
    if incident.event_type not in table["violent"]:
        return f"an act of violence, not {incident.sub_event_type}"
    if incident.date.precision not in table["date_precision"] or bounds(incident.date) is None:
        return f"a date, not {text.when(incident.date)}"
    place = incident.place
    if (
        place is None
        or place.precision not in table["place_precision"]
        or place.lat is None
        or place.lon is None
    ):
        return f"a place, not {text.where(place)}"
    killed = incident.killed
    if killed is None or not (killed.best or killed.low):
        return f"a death, not killed {text.count(killed)}"
    return None


def _sides(incident: Incident, known: Known) -> tuple[Participant, Participant | None, int] | None:
    """Side a, side b (None: civilians) and the type of violence; a state comes first, as UCDP has it."""
    if incident.sides is not None:
        one, two = (
            next((it for it in side if is_body(it) and stands(incident, it)), None) for side in incident.sides
        )
        return None if one is None or two is None or same(one, two) else _dyad(one, two, incident, known)
    named = perpetrators(incident)
    if not named:
        return None
    armed = tables("ged")["armed"]
    bodies = [one for one in aimed_at(incident) if class_of(one, incident, known) in armed]
    if incident.event_type == "Violence against civilians" or incident.civilian_targeting:
        return named[0], None, 3
    return _dyad(named[0], bodies[0], incident, known) if bodies else None


def _dyad(
    one: Participant, two: Participant, incident: Incident, known: Known
) -> tuple[Participant, Participant | None, int]:
    states = [class_of(it, incident, known) == "state forces" for it in (one, two)]
    if states[1] and not states[0]:
        one, two = two, one
    return one, two, 1 if any(states) else 2


def _state(side: Participant, incident: Incident, known: Known) -> int | None:
    """The number of the state that a side belongs to; None for a side that is no state's."""
    if side.actor_id is None or class_of(side, incident, known) != "state forces":
        return None
    found = known.codebook.actor(side.actor_id, incident.date.earliest)
    country = found.country if found else None
    return codes()[country].gwno if country in codes() else None


def _deaths(
    incident: Incident, a: Participant, b: Participant | None, known: Known, losses: list[Loss]
) -> dict[str, object] | None:
    """The deaths by who died, and in all: low <= best <= high, and the parts add up to best."""
    killed = incident.killed
    best = None if killed is None else killed.best or killed.low
    if killed is None or best is None:  # kept out before
        return None
    if killed.best is None:
        losses.append(Loss("best", f"no best figure: {text.count(killed)}", "the lowest figure"))
    if killed.low is None or killed.high is None:
        losses.append(Loss("high", f"an open end: {text.count(killed)}", "the best figure in its place"))
    if killed.imprecise:
        losses.append(Loss("best", "the figure is not precise", "as it stands"))
    low = min(best, killed.low) if killed.low is not None else best
    high = max(best, killed.high) if killed.high is not None else best
    parts = _parts(incident, a, b, known)
    if sum(parts.values()) > best:
        losses.append(Loss("deaths_unknown", "figures by who died that are more than all", "all as unknown"))
        parts = {}
    return {
        "deaths_a": parts.get("a", 0),
        "deaths_b": parts.get("b", 0),
        "deaths_civilians": parts.get("civilians", 0),
        "deaths_unknown": best - sum(parts.values()),
        "best": best,
        "high": high,
        "low": low,
    }


def _parts(incident: Incident, a: Participant, b: Participant | None, known: Known) -> dict[str, int]:
    """How many died of each side, as far as it is told who they were."""
    found: dict[str, int] = {}
    sides = {"a": class_of(a, incident, known), "b": b and class_of(b, incident, known)}
    for row in incident.counts:
        status = row.whom.status if row.field == "killed" and row.whom else None
        if row.best is None or status is None:
            continue
        if status == "civilian":
            key = "civilians"
        else:  # soldiers and police are a state's, fighters the other side's, if only one of them is
            fits = [
                side for side, kind in sides.items() if (kind == "state forces") == (status != "militant")
            ]
            fits = [side for side in fits if side == "a" or b is not None]
            if len(fits) != 1:
                continue
            key = fits[0]
        found[key] = max(found.get(key, 0), row.best)
    return found


def _sources(incident: Incident) -> dict[str, object]:
    """The sources as parallel lists, and whose word the deaths are."""
    reports = incident.reports
    speakers = dict.fromkeys(
        one.speaker for one in incident.statements if one.field == "killed" and one.speaker_kind != "report"
    )

    def parallel(of: str) -> str:
        return ";".join(_cell(report, of) for report in reports)

    return {
        "source_article": ";".join(
            ", ".join(filter(None, (_cell(one, "publisher"), _cell(one, "published"), _cell(one, "url"))))
            for one in reports
        ),
        "source_office": parallel("publisher"),
        "source_date": parallel("published"),
        "source_original": ";".join(speaker.replace(";", ",") for speaker in speakers),
    }


def _cell(report: IncidentReport, of: str) -> str:
    return (getattr(report, of) or "").replace(";", ",")


def _where(place: Place, known: Known) -> dict[str, object]:
    lat, lon = place.lat or 0.0, place.lon or 0.0  # both are known: the incident would have been left out
    return {
        "where_coordinates": place.name,
        "where_description": place.text,
        "adm_1": place.admin1,
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon!r} {lat!r})",
        "priogrid_gid": grid_cell(lat, lon),
        "country": known.country(place),
        "country_id": codes_of(place).gwno,
        "region": codes_of(place).ged_region,
    }


def grid_cell(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID (half a degree; row 1 at 90 S, column 1 at 180 W) that a point lies in."""
    row = min(int((lat + 90) * 2), 359)
    column = min(int((lon + 180) * 2), 719)
    return row * 720 + column + 1


_EMPTY = "UCDP gives its own"
_COUNT = r"\d+"
LAYOUT = Layout(
    columns=COLUMNS,
    never={
        "active_year": "not assessed: it needs all events of the year",
        "code_status": "not assessed",
        **dict.fromkeys(
            ("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id",
             "side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id"), _EMPTY),
        "source_headline": "headlines are not kept with incidents",
        "adm_2": "not told apart from the place",
    },
    allowed={
        "id": _COUNT, "year": r"\d{4}", "type_of_violence": "[123]", "where_prec": "[1-7]",
        "priogrid_gid": _COUNT, "country_id": _COUNT, "event_clarity": "[12]", "date_prec": "[1-5]",
        "date_start": r"\d{4}-\d{2}-\d{2}", "date_end": r"\d{4}-\d{2}-\d{2}",
        "geom_wkt": r"POINT \(-?[\d.e-]+ -?[\d.e-]+\)",
        **dict.fromkeys(
            ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa",
             "gwnob"), _COUNT),
    },
    needed=(
        "id", "relid", "year", "type_of_violence", "side_a", "side_b", "where_prec", "latitude", "longitude",
        "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
        "deaths_unknown", "best", "high", "low",
    ),
    row=_row,
)  # fmt: skip
