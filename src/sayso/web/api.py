"""The same for programs: JSON under /api/, described by /api/openapi.json."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sayso.errors import UsageError
from sayso.exports.private import PrivateNames
from sayso.ledger import ROLES
from sayso.model import Incident
from sayso.records import to_json, to_record
from sayso.web.asking import FIELDS, STATUSES, Asked, asked
from sayso.web.site import Site

MOST = 200
"""Incidents or actors in one answer."""


def routes(site: Site) -> list[BaseRoute]:
    """The addresses of the API."""
    pages: Mapping[str, Callable[[Site, Request], Response]] = {
        "/api/incidents": incidents,
        "/api/incidents/{id}": incident,
        "/api/reports/{id}": report,
        "/api/actors": actors,
        "/api/places": places,
        "/api/openapi.json": openapi,
    }
    return [Route(path, partial(page, site), methods=["GET"]) for path, page in pages.items()]


def _names(site: Site, request: Request) -> PrivateNames | None:
    """The names that are taken out: those of private persons, unless ``names=shown`` asks for them."""
    given = request.query_params.get("names", "hidden")
    if given not in ("hidden", "shown"):
        raise UsageError(f"names is {given!r}.", "Give hidden or shown.")
    return None if given == "shown" else site.private_names()


def _question(request: Request) -> Asked:
    question = asked(request.query_params)
    if question.fault:
        raise question.fault
    return question


def _number(request: Request, key: str, default: int, most: int) -> int:
    given = request.query_params.get(key, str(default))
    if not (given.isascii() and given.isdecimal() and len(given) < 10 and 1 <= int(given) <= most):
        raise UsageError(f"{key} is {given!r}.", f"Give a number from 1 to {most}.")
    return int(given)


def _as_json(incident: Incident) -> Any:
    return json.loads(to_json(incident))


def incidents(site: Site, request: Request) -> Response:
    """Some of the incidents that match."""
    question, names = _question(request), _names(site, request)
    size, page = _number(request, "size", 20, MOST), _number(request, "page", 1, 10**8)
    total = sum(one.incidents for one in site.ledger.groups(question.wanted))
    found = site.ledger.page(question.wanted, (page - 1) * size, size, latest=question.latest_first)
    shown = found if names is None else [names.without(one) for one in found]
    return JSONResponse(
        {"total": total, "page": page, "size": size, "incidents": [_as_json(one) for one in shown]}
    )


def incident(site: Site, request: Request) -> Response:
    """One incident."""
    names = _names(site, request)
    found = site.whole_incident(request.path_params["id"])
    return JSONResponse(_as_json(found if names is None else names.without(found)))


def report(site: Site, request: Request) -> Response:
    """One report, with its text and the ids of the incidents that it tells of."""
    names = _names(site, request)
    found = site.report(request.path_params["id"])
    record = to_record(found)
    del record["path"]  # where the file lay is nobody else's business
    if names is not None:
        for key in ("text", "title", "byline"):
            if record[key]:
                record[key] = names.text(record[key], [found.report_id])
        for credit in record["credits"]:
            credit["text"] = names.text(credit["text"], [found.report_id])
    record["redacted"] = names is not None
    return JSONResponse({**record, "incidents": site.ledger.told_by([found.report_id])})


def actors(site: Site, request: Request) -> Response:
    """Some of the actors, the most named first: of how many incidents it is said, by stance."""
    names = _names(site, request)
    size, page = _number(request, "size", 20, MOST), _number(request, "page", 1, 10**8)
    total, found = site.ledger.actors(request.query_params.get("q") or None, (page - 1) * size, size)
    rows = [asdict(one) for one in found]
    if names is not None:
        for row in rows:
            shown = names.text(row["name"])
            row["key"] = row["key"] if shown == row["name"] else None  # a key has the name in it
            row["name"] = shown
    return JSONResponse({"total": total, "page": page, "size": size, "actors": rows})


def places(site: Site, request: Request) -> Response:
    """The places of the incidents that match, with how many are at each."""
    question = _question(request)
    return JSONResponse({"places": [asdict(one) for one in site.ledger.spots(question.wanted)]})


def openapi(_: Site, __: Request) -> Response:
    """The description of all this."""
    return JSONResponse(described())


# ---- the description ----------------------------------------------------------------------------------


@cache
def described() -> dict[str, Any]:
    """The OpenAPI document. The shape of an incident is that of the contract."""
    contract = json.loads(files("sayso").joinpath("contract/incident.schema.json").read_text("utf-8"))
    schemas = {"Incident": contract, **contract.pop("$defs", {}), **_SCHEMAS}
    for key in ("$schema", "$id"):
        contract.pop(key, None)
    filtering = [*_filter_parameters(), _NAMES]
    paging = [_parameter("page", {"type": "integer", "minimum": 1, "maximum": 10**8}, "Which page."), _SIZE]
    one = _parameter(
        "id", {"type": "string", "minLength": 1}, "An id, or for incidents the beginning of one."
    )
    one |= {"in": "path", "required": True}
    paths = {
        "/api/incidents": _operation(
            "incidents", "Incidents that match.", [*filtering, _ORDER, *paging], "Incidents"
        ),
        "/api/incidents/{id}": _operation("incident", "One incident.", [one, _NAMES], "Incident"),
        "/api/reports/{id}": _operation("report", "One report with its text.", [one, _NAMES], "Report"),
        "/api/actors": _operation(
            "actors",
            "Actors, and of how many incidents it is said that they did it, by stance.",
            [_parameter("q", {"type": "string"}, "Words of the name."), _NAMES, *paging],
            "Actors",
        ),
        "/api/places": _operation("places", "Places on the map.", list(_filter_parameters()), "Places"),
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "sayso",
            "version": version("sayso"),
            "description": "Incidents with who says what. Read them as proposals with their evidence.",
        },
        "paths": paths,
        "components": {"schemas": _moved(schemas)},
    }


def _moved(data: Any) -> Any:
    """The schemas with references to where they stand here."""
    if isinstance(data, dict):
        return {
            key: value.replace("#/$defs/", "#/components/schemas/") if key == "$ref" else _moved(value)
            for key, value in data.items()
        }
    return [_moved(one) for one in data] if isinstance(data, list) else data


def _parameter(name: str, schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": dict(schema),
        "description": description,
    }


_NAMES = _parameter(
    "names", {"type": "string", "enum": ["hidden", "shown"]}, "Whether names of private persons are shown."
)
_ORDER = _parameter("order", {"type": "string", "enum": ["latest", "earliest"]}, "Which come first.")
_SIZE = _parameter("size", {"type": "integer", "minimum": 1, "maximum": MOST}, "How many on a page.")
_YES_OR_NO = {"type": "string", "enum": ["yes", "no"]}


def _filter_parameters() -> list[dict[str, Any]]:
    day = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}
    text = {"type": "string"}
    told: dict[str, tuple[Mapping[str, Any], str]] = {
        "q": (text, "Words of names, places and quotes, all of them."),
        "since": (day, "On or after this day, month or year."),
        "until": (day, "On or before it."),
        "country": (text, "ISO 3166-1 alpha-3."),
        "admin1": (text, "A first-level division, by name."),
        "place": (text, "A place, by name."),
        "type": (text, "An event or sub-event type."),
        "actor": (text, "The whole name or id of an actor."),
        "role": ({"type": "string", "enum": list(ROLES)}, "What part the actor has."),
        "status": ({"type": "string", "enum": list(STATUSES)}, "An attribution status."),
        "disputed": (
            {"type": "string", "enum": ["yes", "no", *FIELDS]},
            "Whether, or in which field, values disagree.",
        ),
        "voices": (
            {"type": "integer", "minimum": 0, "maximum": 99_999},
            "So many voices at least agree on a field.",
        ),
        "reviewed": (_YES_OR_NO, "Whether a person judged it."),
        "located": (_YES_OR_NO, "Whether it has coordinates."),
    }
    return [_parameter(name, schema, description) for name, (schema, description) in told.items()]


def _operation(name: str, summary: str, parameters: list[dict[str, Any]], schema: str) -> dict[str, Any]:
    def answer(description: str, its: str) -> dict[str, Any]:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{its}"}}}
        return {"description": description, "content": content}

    answers = {"200": answer("What was asked for.", schema), "400": answer("What cannot be meant.", "Fault")}
    if any(one["in"] == "path" for one in parameters):
        answers["404"] = answer("There is none.", "Fault")
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


_INT = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}


def _paged(key: str, item: Mapping[str, Any]) -> dict[str, Any]:
    return _object(total=_INT, page=_INT, size=_INT, **{key: {"type": "array", "items": item}})


_SCHEMAS: dict[str, Any] = {
    "Incidents": _paged("incidents", {"$ref": "#/components/schemas/Incident"}),
    "Fault": _object(what=_TEXT, mend=_TEXT),
    "Actors": _paged(
        "actors",
        _object(
            key=_MAYBE,
            name=_TEXT,
            incidents=_INT,
            stances={"type": "object", "additionalProperties": _INT},
            answered=_INT,
        ),
    ),
    "Places": _object(
        places={
            "type": "array",
            "items": _object(
                place=_TEXT,
                admin1=_MAYBE,
                country=_MAYBE,
                lat={"type": "number", "minimum": -90, "maximum": 90},
                lon={"type": "number", "minimum": -180, "maximum": 180},
                precision=_MAYBE,
                incidents=_INT,
                disputed=_INT,
                incident_id=_TEXT,
            ),
        }
    ),
    "Report": _object(
        report_id=_TEXT,
        text=_TEXT,
        title=_MAYBE,
        publisher=_MAYBE,
        published=_MAYBE,
        url=_MAYBE,
        regions={"type": "array", "items": _object(start=_INT, end=_INT, kind=_TEXT)},
        redacted={"type": "boolean"},
        incidents={"type": "array", "items": _TEXT},
    ),
}
