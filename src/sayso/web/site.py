"""What all pages share: the ledger, the codebook, the private names, and how a page is put together."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sayso.codebook import Codebook, load
from sayso.errors import SaysoError
from sayso.exports import text
from sayso.exports.private import PrivateNames
from sayso.ledger import Group, Ledger, Spot, Stretch
from sayso.model import Incident, Judgement, Report
from sayso.web import words
from sayso.web.safety import TOKEN, Guard
from sayso.web.work import Work

NAMES = "sayso_names"
"""The cookie that says that names of private persons are asked for."""

_HERE = files("sayso.web")


@dataclass(frozen=True, slots=True)
class Everything:
    """All incidents of a ledger, counted and placed, and the types and countries that there are."""

    groups: list[Group]
    stretches: list[Stretch]
    spots: list[Spot]
    types: dict[str, list[str]]
    countries: list[str]


@dataclass
class Site:
    """One open ledger and how it is shown."""

    ledger: Ledger
    codebook_name: str
    guard: Guard
    work: Work
    _names: tuple[int, PrivateNames] | None = None
    _everything: tuple[int, Everything] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook, loaded when it is first needed."""
        return load(self.codebook_name)

    @cached_property
    def _templates(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(str(_HERE.joinpath("templates"))),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_harmless,
        )
        environment.globals.update(text=text, words=words)
        environment.filters.update(lines=words.lines, flat=words.flat)
        return environment

    def everything(self) -> Everything:
        """All there is in the ledger as it was linked last."""
        with self._lock:
            linked = self.ledger.linked()
            if self._everything is None or self._everything[0] != linked:
                groups = self.ledger.groups()
                types: dict[str, list[str]] = {}
                for kind, sub in sorted({(one.event_type, one.sub_event_type) for one in groups}):
                    types.setdefault(kind, []).append(sub)
                countries = sorted({one.country for one in groups if one.country})
                stretches, spots = self.ledger.stretches(), self.ledger.spots()
                self._everything = linked, Everything(groups, stretches, spots, types, countries)
            return self._everything[1]

    # ---- private persons ----

    def private_names(self) -> PrivateNames:
        """The names of private persons in the ledger as it was linked last."""
        with self._lock:
            linked = self.ledger.linked()
            if self._names is None or self._names[0] != linked:
                self._names = linked, PrivateNames(self.ledger.private_names())
            return self._names[1]

    def without_names(self, request: Request) -> PrivateNames | None:
        """The names that this browser is not shown; None where it asked for all."""
        return None if request.cookies.get(NAMES) == "shown" else self.private_names()

    def whole_incident(self, incident_id: str) -> Incident:
        """An incident with all names. Raises HTTPException where there is none."""
        found = self.ledger.incident(incident_id)
        if found is None:
            raise HTTPException(404, "There is no such incident in this ledger.")
        return found

    def incident(self, request: Request, incident_id: str) -> Incident:
        """An incident as this browser may see it. Raises HTTPException where there is none."""
        found = self.whole_incident(incident_id)
        names = self.without_names(request)
        return found if names is None else names.without(found)

    def cards(self, request: Request, incidents: Iterable[Incident]) -> list[Incident]:
        """Incidents as lists show them, as this browser may see them: without their statements.

        Names would be looked for in every quote, which takes longer than all else of a page.
        """
        names = self.without_names(request)
        short = (
            replace(
                one,
                statements=(),
                mentions=(),
                set_aside=(),
                review=None,
                attributions=tuple(replace(row, quotes=()) for row in one.attributions),
            )
            for one in incidents
        )
        return list(short) if names is None else [names.without(one) for one in short]

    def report(self, report_id: str) -> Report:
        """A report with all names. Raises HTTPException where there is none."""
        found = self.ledger.report(report_id)
        if found is None:
            raise HTTPException(404, "There is no such report in this ledger.")
        return found

    def judgements(self, request: Request, found: Iterable[Judgement]) -> list[Judgement]:
        """Judgements as this browser may see them."""
        names = self.without_names(request)
        if names is None:
            return list(found)
        return [
            replace(one, words=names.text(one.words), why=one.why and names.text(one.why)) for one in found
        ]

    # ---- pages ----

    def page(self, request: Request, name: str, status: int = 200, /, **context: Any) -> Response:
        """A page made from a template."""
        shared: Mapping[str, Any] = {
            "request": request,
            "path": request.url.path,
            "here": str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
            "role": getattr(request.state, "role", None),
            "has_door": not self.guard.door.is_open,
            "token_name": TOKEN,
            "token": self.guard.token(request) if hasattr(request.state, "seen") else "",
            "names_shown": request.cookies.get(NAMES) == "shown",
            "part": "hx-request" in request.headers,
        }
        html = self._templates.get_template(name).render(**shared, **context)
        return HTMLResponse(html.encode("utf-8", "replace"), status)

    def failed(self, request: Request, status: int, what: str, mend: str = "") -> Response:
        """The page that says what went wrong and what to do."""
        return self.page(request, "failed.html", status, what=what, mend=mend, code=status)

    def refused(self, request: Request, fault: SaysoError, status: int = 400) -> Response:
        """The page of an error of ours."""
        return self.failed(request, status, fault.what, fault.mend)


def _harmless(value: object) -> object:
    """What a template puts out: words without anything that reorders or hides other words."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return text.harmless(value)
