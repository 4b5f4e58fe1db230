"""The first page: which incidents there are, where, when, and who is said to have done them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sayso.exports import worldmap
from sayso.ledger import ROLES, Stretch
from sayso.web import review
from sayso.web.asking import FIELDS, PAGE_SIZE, STATUSES, Asked, asked
from sayso.web.site import Everything, Site

_UNITS = (("day", 10, 92), ("month", 7, 120), ("year", 4, 10**6))
"""What a bar of the timeline stands for: characters of the day that name it, and how many bars at most."""

_WIDE, _HIGH, _LOW = 1000, 70, 44
"""Of the timeline, in its own units: its width, and the heights of both rows of bars."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the stretch it stands for (first and last as an address asks), and its measures."""

    label: str
    incidents: int
    killed: int
    x: float
    width: float
    high: float
    low: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars in order of time, and what is known less exactly than a bar."""

    unit: str
    bars: tuple[Bar, ...]
    less_exact: int
    undated: int
    most: int
    most_killed: int


def timeline(found: Sequence[Stretch]) -> Timeline:
    """The incidents over time: each in the bar in which all its days lie; the others are counted beside."""
    undated = sum(one.incidents for one in found if one.earliest is None and one.latest is None)
    closed = [one for one in found if one.earliest and one.latest]
    unit, length, names, exact = next(
        (unit, length, names, exact)
        for unit, length, most in _UNITS
        for exact in [[one for one in closed if str(one.earliest)[:length] == str(one.latest)[:length]]]
        for names in [_between([str(one.earliest)[:length] for one in exact])]
        if len(names) <= most
    )
    incidents: Counter[str] = Counter()
    killed: Counter[str] = Counter()
    for one in exact:
        incidents[str(one.earliest)[:length]] += one.incidents
        killed[str(one.earliest)[:length]] += one.killed
    tallest, deadliest = max(incidents.values(), default=1), max(killed.values(), default=0)
    step = _WIDE / max(len(names), 1)
    bars = tuple(
        Bar(
            name,
            incidents[name],
            killed[name],
            round(number * step, 2),
            round(max(step * 0.86, 0.6), 2),
            round(incidents[name] / tallest * _HIGH, 2),
            round(killed[name] / max(deadliest, 1) * _LOW, 2),
        )
        for number, name in enumerate(names)
    )
    drawn = incidents.total()
    told = sum(one.incidents for one in found)
    return Timeline(unit, bars, told - undated - drawn, undated, tallest, deadliest)


def _between(names: Iterable[str]) -> list[str]:
    """All days, months or years from the first to the last of these."""
    known = sorted(names)
    if not known:
        return []
    first, last = known[0], known[-1]
    if len(first) == 4:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    if len(first) == 7:
        begin, end = (int(one[:4]) * 12 + int(one[5:]) - 1 for one in (first, last))
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(begin, end + 1)]
    begin, end = (date.fromisoformat(one).toordinal() for one in (first, last))
    return [date.fromordinal(day).isoformat() for day in range(begin, end + 1)]


def show(site: Site, request: Request) -> Response:
    """The page, or what of it changes with the filter."""
    question = asked(request.query_params)
    everything = site.everything()
    groups, stretches = everything.groups, everything.stretches
    if question.given:
        groups, stretches = site.ledger.groups(question.wanted), site.ledger.stretches(question.wanted)
    total = sum(one.incidents for one in groups)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(question.page, pages)
    found = site.ledger.page(question.wanted, (page - 1) * PAGE_SIZE, PAGE_SIZE, latest=question.latest_first)
    return site.page(
        request,
        "overview.html",
        400 if question.fault else 200,
        asked=question,
        incidents=site.cards(request, found),
        total=total,
        in_all=sum(one.incidents for one in everything.groups),
        disputed=sum(one.disputed for one in groups),
        unlocated=sum(one.unlocated for one in groups),
        page=page,
        pages=pages,
        first=(page - 1) * PAGE_SIZE + 1,
        timeline=timeline(stretches),
        choices=_choices(site, everything, question),
        done=review.done(site, request),
        linking=request.query_params.get("linking") == "1",
    )


def _choices(site: Site, everything: Everything, question: Asked) -> dict[str, Any]:
    """What the fields of the filter offer: what there is in this ledger."""
    country = question.given.get("country")
    return {
        "types": everything.types,
        "countries": everything.countries,
        "divisions": site.ledger.divisions(country.upper()) if country else [],
        "statuses": STATUSES,
        "fields": FIELDS,
        "roles": ROLES,
    }


def spots(site: Site, request: Request) -> Response:
    """The places of the map, as columns: a row for each place would be three times as long."""
    question = asked(request.query_params)
    found = site.ledger.spots(question.wanted) if question.given else site.everything().spots
    keys = ("place", "admin1", "country", "lat", "lon", "precision", "incidents", "disputed", "incident_id")
    return JSONResponse({key: [getattr(one, key) for one in found] for key in keys})


def drawn_map(site: Site, request: Request) -> Response:
    """The map as a picture, of the incidents of the page: for browsers that cannot draw the other one."""
    question = asked(request.query_params)
    found = site.ledger.page(
        question.wanted, (question.page - 1) * PAGE_SIZE, PAGE_SIZE, latest=question.latest_first
    )
    picture = worldmap.map_svg(found) or _NOTHING
    return Response(str(picture).encode(), media_type="image/svg+xml")


_NOTHING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 60" role="img" aria-label="No map">'
    '<text x="20" y="35" font-family="sans-serif">None of these incidents has a place on a map.'
    "</text></svg>"
)
