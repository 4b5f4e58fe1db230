"""The application: which address leads to which page, and how it is served."""

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sayso.errors import LedgerError, SaysoError, UsageError
from sayso.ledger import open_ledger
from sayso.web import adding, api, entering, exporting, incident, overview, people, report, review
from sayso.web.passwords import Door, Role
from sayso.web.safety import LOOPBACK, Guard
from sayso.web.site import Site
from sayso.web.work import Work

STATIC = files("sayso.web").joinpath("static")


@dataclass(frozen=True, slots=True)
class Options:
    """How the ledger is served.

    passwords  hashes by role; without any, only this machine is answered, and may do everything.
    host       the address that is listened on.
    names      names under which browsers reach it, beside the address.
    """

    ledger: Path
    codebook: str = "default"
    host: str = "127.0.0.1"
    port: int = 8137
    passwords: dict[Role, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()


def make_app(options: Options) -> Starlette:
    """The application over one ledger, which is open until the application ends.

    Raises LedgerError where the ledger cannot be opened, UsageError for an address beyond this machine
    without a password.
    """
    if options.host not in LOOPBACK and not options.passwords:
        raise UsageError(
            f"Other machines could reach {options.host}, and there is no password.",
            "Make one with sayso password and give its file as --passwords, or leave out --host.",
        )
    guard = Guard(Door(options.passwords), LOOPBACK | {options.host.strip("[]").lower(), *options.names})
    site = Site(
        open_ledger(options.ledger, create=True),
        options.codebook,
        guard,
        Work(options.ledger.absolute(), options.codebook),
    )

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        site.work.close()
        site.ledger.close()

    application = Starlette(
        routes=_routes(site),
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guard)],
        exception_handlers={
            HTTPException: partial(_told, site),
            SaysoError: partial(_ours, site),
            Exception: partial(_fault, site),
        },
        lifespan=lifespan,
    )
    application.state.site = site
    return application


Page = Callable[[Site, Request], Any]


def _routes(site: Site) -> list[BaseRoute]:
    def get(path: str, page: Page) -> Route:
        return Route(path, partial(page, site), methods=["GET"])

    def post(path: str, page: Page) -> Route:
        return Route(path, partial(page, site), methods=["POST"])

    return [
        Mount("/static", StaticFiles(directory=str(STATIC))),
        get("/", overview.show),
        get("/map.json", overview.spots),
        get("/map.svg", overview.drawn_map),
        get("/incident/{incident_id}", incident.show),
        get("/incident/{incident_id}/why", incident.why),
        get("/report/{report_id}", report.show),
        get("/report/{report_id}/turned-down", report.turned_down),
        get("/report/{report_id}/relatives", report.relatives),
        get("/actors", people.actors),
        get("/actor", people.actor),
        get("/sources", people.sources),
        get("/source", people.source),
        get("/add", adding.show),
        post("/add", adding.add),
        get("/add/{job_id}", adding.progress),
        get("/export", exporting.show),
        get("/export/file", exporting.give),
        get("/review", review.show),
        post("/review/judge", review.judge),
        get("/review/correct", review.form_to_correct),
        post("/review/correct", review.correct),
        post("/review/add", review.add),
        post("/review/pair", review.pair),
        post("/review/split", review.split),
        post("/review/hide", review.hide),
        post("/review/undo", review.undo),
        post("/review/name", review.name),
        get("/login", entering.show),
        post("/login", entering.enter),
        post("/logout", entering.leave),
        post("/names", entering.names),
        *api.routes(site),
    ]


# ---- what goes wrong ----------------------------------------------------------------------------------


def _is_for_a_program(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _told(site: Site, request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    what = str(fault.detail) if isinstance(fault, HTTPException) else ""
    if status == 404 and what == "Not Found":
        what = "There is no such page."
    if _is_for_a_program(request):
        return JSONResponse({"what": what, "mend": "See /api/openapi.json."}, status)
    return site.failed(request, status, what, "Go to the overview, or use the menu above.")


def _ours(site: Site, request: Request, fault: Exception) -> Response:
    status = 503 if isinstance(fault, LedgerError) else 400
    if not isinstance(fault, SaysoError):
        return _fault(site, request, fault)
    if _is_for_a_program(request):
        return JSONResponse({"what": fault.what, "mend": fault.mend}, status)
    return site.refused(request, fault, status)


def _fault(site: Site, request: Request, fault: Exception) -> Response:
    what = f"This page could not be made ({type(fault).__name__})."
    mend = "This is a fault of sayso: please report it with what the terminal shows."
    if _is_for_a_program(request):
        return JSONResponse({"what": what, "mend": mend}, 500)
    return site.failed(request, 500, what, mend)


# ---- serving ------------------------------------------------------------------------------------------


def serve(options: Options, ready: Callable[[str], None]) -> None:
    """Serves until it is interrupted; ``ready`` gets the address once it answers.

    Raises UsageError where the port is taken or not allowed, and as ``make_app`` does.
    """
    import socket  # noqa: PLC0415 - not needed by who makes the application

    import uvicorn  # noqa: PLC0415

    application = make_app(options)
    host = options.host.strip("[]")
    try:
        listening = socket.create_server(
            (host, options.port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except OSError as fault:
        raise UsageError(
            f"Port {options.port} of {options.host} cannot be listened on ({fault.strerror}).",
            "Give another --port; another sayso serve may be running.",
        ) from fault
    config = uvicorn.Config(
        application,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=32_768,
    )
    shown = f"[{host}]" if ":" in host else host
    ready(f"http://{shown}:{listening.getsockname()[1]}/")
    uvicorn.Server(config).run(sockets=[listening])
