"""Incidents in the 135 columns of the Global Terrorism Database (GTD).

GTD has a flag for what is not sure: ``guncertain``. Whoever is accused, suspected, denied, rejected, only
hedged or named beside a rival is named with that flag set, and with nothing else. ``claimed`` and
``compclaim`` come from the claims.
Acts of states, fights between two sides, protests and agreements are no attacks in GTD's sense.
"""

import re
from collections.abc import Iterable
from functools import cache

from sayso.exports import text
from sayso.exports.layout import (
    Known,
    Layout,
    Loss,
    bounds,
    class_of,
    codes_of,
    figure,
    is_body,
    shared_losses,
    tables,
    undisputed,
)
from sayso.exports.wide import attributions
from sayso.model import Attribution, Incident, Participant, Stance


def _numbered(*names: str, most: int) -> list[str]:
    return [name.replace("#", str(number)) for number in range(1, most + 1) for name in names]


COLUMNS = (
    "eventid", "iyear", "imonth", "iday", "approxdate", "extended", "resolution", "country",
    "country_txt", "region", "region_txt", "provstate", "city", "latitude", "longitude",
    "specificity", "vicinity", "location", "summary", "crit1", "crit2", "crit3", "doubtterr",
    "alternative", "alternative_txt", "multiple", "success", "suicide",
    *_numbered("attacktype#", "attacktype#_txt", most=3),
    *_numbered(
        "targtype#", "targtype#_txt", "targsubtype#", "targsubtype#_txt", "corp#", "target#", "natlty#",
        "natlty#_txt", most=3,
    ),
    "gname", "gsubname", "gname2", "gsubname2", "gname3", "gsubname3", "motive", "guncertain1",
    "guncertain2", "guncertain3", "individual", "nperps", "nperpcap", "claimed", "claimmode",
    "claimmode_txt", "claim2", "claimmode2", "claimmode2_txt", "claim3", "claimmode3",
    "claimmode3_txt", "compclaim",
    *_numbered("weaptype#", "weaptype#_txt", "weapsubtype#", "weapsubtype#_txt", most=4),
    "weapdetail", "nkill", "nkillus", "nkillter", "nwound", "nwoundus", "nwoundte", "property",
    "propextent", "propextent_txt", "propvalue", "propcomment", "ishostkid", "nhostkid",
    "nhostkidus", "nhours", "ndays", "divert", "kidhijcountry", "ransom", "ransomamt",
    "ransomamtus", "ransompaid", "ransompaidus", "ransomnote", "hostkidoutcome",
    "hostkidoutcome_txt", "nreleased", "addnotes", "scite1", "scite2", "scite3", "dbsource",
    "INT_LOG", "INT_IDEO", "INT_MISC", "INT_ANY", "related",
)  # fmt: skip

_UNKNOWN = "Unknown"
_UNKNOWN_CODE = {"attacktype": 9, "weaptype": 13, "targtype": 20}
_MOST = 3  # groups, targets and sources that a row has room for
_DAY_FULL = 10_000  # a day's running number has four digits


def _row(incident: Incident, known: Known, losses: list[Loss]) -> dict[str, object] | None:
    table = tables("gtd")
    types = [one for one in (incident.sub_event_type, *incident.also) if one in table["attacktype"]]
    days = bounds(incident.date)
    reason = None
    if incident.sub_event_type not in table["attacktype"]:
        reason = f"an attack, not {incident.sub_event_type}"
    elif days is None or incident.date.precision == "unknown":
        reason = f"a year, not {text.when(incident.date)}"
    elif any(
        class_of(one, incident, known) == "state forces" and undisputed(incident, one)
        for one in incident.perpetrators
    ):
        reason = "an act that is no state's"
    if days is None or reason is not None:
        losses += [Loss("", line, "left out") for line in attributions(incident)]
        losses.append(Loss("", reason or "", "left out: GTD needs it"))
        return None
    date = _date(incident, days, losses)
    start = f"{date['iyear']:04d}{date['imonth']:02d}{date['iday']:02d}"
    number = known.days[start] + 1
    if number >= _DAY_FULL:
        losses.append(Loss("", f"more than {_DAY_FULL - 1} rows of one day", "left out: eventid has no room"))
        return None
    known.days[start] = number
    losses += shared_losses(incident, injured="nwound")
    if (incident.killed and incident.killed.includes_attackers) is not True and incident.killed is not None:
        losses.append(Loss("nkill", "whether attackers are among the dead", "as told"))
    return {
        "eventid": f"{start}{number:04d}",
        **date,
        **_where(incident, known, losses),
        "summary": _summary(incident),
        "doubtterr": -9,
        "multiple": None if incident.n_events is None else int(incident.n_events != 1),
        "success": 1,
        "suicide": int("Suicide bomb" in types),
        **_typed("attacktype", _attacks(types), _MOST, losses),
        **_targets(incident, known, losses),
        **_groups(incident, losses),
        "nperps": -99,
        "nperpcap": -99,
        **_weapons(incident, known, losses),
        "nkill": figure(incident.killed, "nkill", losses),
        "nwound": figure(incident.injured, "nwound", losses),
        "property": -9,
        "ishostkid": int("Abduction/forced disappearance" in types),
        "addnotes": ". ".join(_notes(incident)) or None,
        **_sources(incident, losses),
        "dbsource": "sayso",
        **dict.fromkeys(("INT_LOG", "INT_IDEO", "INT_MISC", "INT_ANY"), -9),
    }


def _date(incident: Incident, days: tuple[str, str], losses: list[Loss]) -> dict[str, int | str | None]:
    """Year, month and day, 0 where they are not known; then the days themselves in words."""
    first, last = (day.split("-") for day in days)
    same = [one == other for one, other in zip(first, last, strict=True)]
    if not same[0]:
        losses.append(Loss("iyear", f"the days {text.when(incident.date)}", "the first year"))
    exact = days[0] == days[1]
    return {
        "iyear": int(first[0]),
        "imonth": int(first[1]) if same[0] and same[1] else 0,
        "iday": int(first[2]) if exact else 0,
        "approxdate": None if exact else text.when(incident.date),
    }


def _where(incident: Incident, known: Known, losses: list[Loss]) -> dict[str, object]:
    place, codes = incident.place, codes_of(incident.place)
    if place is None:
        losses.append(Loss("country", "no place is told", "empty; specificity 5"))
        return {"specificity": 5}
    if codes.gtd_country is None:
        losses.append(Loss("country", f"no code for {text.where(place)}", "empty"))
    precision = place.precision if place.lat is not None and place.lon is not None else None
    located = precision is not None and precision not in ("country", "sea")
    named = precision in ("exact", "near", "town")
    return {
        "country": codes.gtd_country,
        "country_txt": known.country(place),
        "region": codes.gtd_region,
        "region_txt": tables("gtd")["region_txt"].get(codes.gtd_region),
        "provstate": place.admin1,
        "city": place.name if named else _UNKNOWN,
        "latitude": place.lat if located else None,
        "longitude": place.lon if located else None,
        "specificity": tables("gtd")["place_precision"].get(precision, 5),
        "vicinity": int(place.precision == "near"),
        "location": None if named else place.text,
    }


def _summary(incident: Incident) -> str:
    """What happened, without anybody's name beside it."""
    return (
        f"{text.when(incident.date)}: {incident.sub_event_type} in {text.where(incident.place)}. "
        f"Killed: {text.count(incident.killed)}; injured: {text.count(incident.injured)}."
    )


def _notes(incident: Incident) -> list[str]:
    """What is said about who did it, and the ranges of the dead and injured."""
    said = attributions(incident)
    for name, count in (("killed", incident.killed), ("injured", incident.injured)):
        if count is not None and (count.low, count.high) != (count.best, count.best):
            said.append(f"{name} {text.count(count)}")
    return said


def _attacks(types: Iterable[str]) -> list[int]:
    table = tables("gtd")
    found = {table["attacktype"][one] for one in types}
    return [one for one in table["attacktype_order"] if one in found]


def _typed(name: str, found: list[int], most: int, losses: list[Loss]) -> dict[str, object]:
    """Codes and their texts in numbered columns; the code for unknown where there is none."""
    if len(found) > most:
        losses.append(Loss(f"{name}{most}", f"{len(found) - most} further", f"the first {most}"))
    texts = tables("gtd")[f"{name}_txt"]
    cells: dict[str, object] = {}
    for number, code in enumerate((found or [_UNKNOWN_CODE[name]])[:most], 1):
        cells[f"{name}{number}"] = code
        cells[f"{name}{number}_txt"] = texts[code]
    return cells


def _targets(incident: Incident, known: Known, losses: list[Loss]) -> dict[str, object]:
    """What was aimed at, else who was harmed; what kind it is goes by its name and by who the dead were."""
    found = list({one.name: one for one in (incident.targets or incident.victims)}.values())
    statuses = dict.fromkeys(row.whom.status for row in incident.counts if row.whom and row.whom.status)
    if not found and statuses:
        return _typed(
            "targtype", [tables("gtd")["targtype_of_status"][one] for one in statuses], _MOST, losses
        )
    types = [_target_type(one, incident, known) for one in found]
    cells = _typed("targtype", types, _MOST, losses)
    for number, one in enumerate(found[:_MOST], 1):
        cells[f"target{number}"] = one.name
    return cells


def _target_type(target: Participant, incident: Incident, known: Known) -> int:
    table = tables("gtd")
    for row in table["targtype"]:
        if _holds(target.name, row["words"]):
            return int(row["type"])
    kind = class_of(target, incident, known)
    if kind == "state forces":
        return 2
    if kind in ("rebels", "political militia", "identity militia"):
        return 17
    return 14 if target.kind in ("people", "person") else _UNKNOWN_CODE["targtype"]


def _holds(words: str, wanted: Iterable[str]) -> bool:
    """Whether one of the wanted words stands in the text as a whole word."""
    return _any_of(tuple(wanted)).search(words.casefold()) is not None


@cache
def _any_of(wanted: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)")


def _groups(incident: Incident, losses: list[Loss]) -> dict[str, object]:
    """Who is named, each with its flag, and the claims."""
    named = [one for one in incident.perpetrators if is_body(one) and one.standing]
    persons = [one for one in incident.perpetrators if one.kind == "person"]
    if persons:
        losses.append(Loss("gname", f"{len(persons)} named only as persons", "no group: not named"))
    for one in named[_MOST:]:
        lines = [text.said(row) for row in incident.attributions if one.name == row.actor]
        losses += [Loss("gname3", line, f"the first {_MOST} groups") for line in lines]
    if not named:
        return {
            "gname": "Unaffiliated Individual(s)"
            if persons and not _flagged_all(incident, persons)
            else _UNKNOWN,
            "individual": int(bool(persons) and not _flagged_all(incident, persons)),
            "claimed": 0 if incident.attribution_status != "unknown" else -9,
        }
    cells: dict[str, object] = {"individual": 0}
    claimants = [one for one in named if _claims(incident, one)]
    for number, one in enumerate(named[:_MOST], 1):
        cells["gname" if number == 1 else f"gname{number}"] = one.name
        flagged = not undisputed(incident, one)
        cells[f"guncertain{number}"] = int(flagged)
        cells |= _claim(incident, one, number, losses)
        if flagged:
            lines = [text.said(row) for row in incident.attributions if one.name == row.actor]
            losses += [Loss(f"guncertain{number}", line, "named with the flag set") for line in lines]
    cells["compclaim"] = int(len(claimants) > 1) if claimants else None
    return cells


def _flagged_all(incident: Incident, persons: list[Participant]) -> bool:
    return not any(undisputed(incident, one) for one in persons)


def _claims(incident: Incident, participant: Participant) -> list[Attribution]:
    """The claims of one perpetrator."""
    names = {form.casefold() for form in (participant.name, *participant.mentions)}
    return [
        row
        for row in incident.attributions
        if row.stance is Stance.CLAIMED
        and (
            row.actor.casefold() in names
            or (row.actor_id is not None and row.actor_id == participant.actor_id)
        )
    ]


def _claim(incident: Incident, one: Participant, number: int, losses: list[Loss]) -> dict[str, object]:
    """Whether the group of that number claims it, and how, by the words of the claim's quote."""
    claimed, mode = ("claimed", "claimmode") if number == 1 else (f"claim{number}", f"claimmode{number}")
    claims = _claims(incident, one)
    if not claims:
        return {claimed: 0}
    if all(row.hedged for row in claims):
        losses.append(Loss(claimed, "a claim that is only hedged", "-9, not known"))
        return {claimed: -9}
    quotes = [quote.text for row in claims for quote in row.quotes]
    found = next(
        (
            row["mode"]
            for row in tables("gtd")["claimmode"]
            if any(_holds(words, row["words"]) for words in quotes)
        ),
        10,
    )
    return {claimed: 1, mode: found, f"{mode}_txt": tables("gtd")["claimmode_txt"][found]}


def _weapons(incident: Incident, known: Known, losses: list[Loss]) -> dict[str, object]:
    """The kinds of weapons by their names, else by the type of the act."""
    table = tables("gtd")
    types: list[int] = []
    for one in incident.weapons:
        row = next(
            (row for row in known.codebook.weapons if _holds(one.name, (row.weapon, *row.forms))), None
        )
        if row is None or row.weapon not in table["weaptype"]:
            losses.append(Loss("weaptype1", f"the kind of the weapon {one.name}", "in weapdetail alone"))
        else:
            types.append(table["weaptype"][row.weapon])
    if not types and incident.sub_event_type in table["weaptype_of_event"]:
        types = [table["weaptype_of_event"][incident.sub_event_type]]
    detail = ", ".join(dict.fromkeys(one.name for one in incident.weapons))
    return {**_typed("weaptype", list(dict.fromkeys(types)), 4, losses), "weapdetail": detail or None}


def _sources(incident: Incident, losses: list[Loss]) -> dict[str, object]:
    if len(incident.reports) > _MOST:
        losses.append(
            Loss("scite3", f"{len(incident.reports) - _MOST} further sources", f"the first {_MOST}")
        )
    return {
        f"scite{number}": ", ".join(filter(None, (report.publisher, report.published, report.url)))
        or report.report_id
        for number, report in enumerate(incident.reports[:_MOST], 1)
    }


_FLAG = "[01]|-9"
_NOT_ASSESSED = "not assessed"
_NOT_TOLD = "not told apart"
_NEVER = {
    _NOT_ASSESSED: ("crit1", "crit2", "crit3", "alternative", "alternative_txt", "motive", "related"),
    "not assessed: -9": ("doubtterr", "INT_LOG", "INT_IDEO", "INT_MISC", "INT_ANY", "property"),
    "an interval of days may be doubt and not length": ("extended", "resolution"),
    "not counted: -99": ("nperps", "nperpcap"),
    "what is told as having happened: 1": ("success",),
    "sayso in every row": ("dbsource",),
    _NOT_TOLD: (
        "gsubname", "gsubname2", "gsubname3",
        *_numbered("targsubtype#", "targsubtype#_txt", "corp#", "natlty#", "natlty#_txt", most=3),
        *_numbered("weapsubtype#", "weapsubtype#_txt", most=4),
        "nkillus", "nkillter", "nwoundus", "nwoundte", "propextent", "propextent_txt", "propvalue",
        "propcomment", "nhostkid", "nhostkidus", "nhours", "ndays", "divert", "kidhijcountry", "ransom",
        "ransomamt", "ransomamtus", "ransompaid", "ransompaidus", "ransomnote", "hostkidoutcome",
        "hostkidoutcome_txt", "nreleased",
    ),
}  # fmt: skip
LAYOUT = Layout(
    columns=COLUMNS,
    never={column: reason for reason, columns in _NEVER.items() for column in columns},
    allowed={
        "eventid": r"\d{12}", "iyear": r"\d{1,4}", "imonth": r"\d|1[0-2]", "iday": r"[12]?\d|3[01]",
        "country": r"\d{1,4}", "region": r"\d|1[0-2]", "specificity": "[1-5]", "vicinity": "[01]",
        "multiple": "[01]", "suicide": "[01]", "attacktype1": "[1-9]", "attacktype2": "[1-9]",
        "targtype1": r"1?\d|2[0-2]", "weaptype1": r"\d|1[0-3]", "individual": "[01]", "ishostkid": _FLAG,
        **dict.fromkeys(("guncertain1", "guncertain2", "guncertain3"), "[01]"),
        **dict.fromkeys(("claimed", "claim2", "claim3", "compclaim"), _FLAG),
        **dict.fromkeys(("claimmode", "claimmode2", "claimmode3"), r"\d|10"),
        "nkill": r"\d+", "nwound": r"\d+",
    },
    needed=(
        "eventid", "iyear", "imonth", "iday", "specificity", "summary", "attacktype1", "targtype1", "gname",
        "claimed", "weaptype1",
    ),
    row=_row,
)  # fmt: skip
