"""Logging in and out, and asking for names of private persons."""

import asyncio

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.web.passwords import SESSION_SECONDS
from sayso.web.safety import SESSION, TOKEN
from sayso.web.site import NAMES, Site

_SECONDS = 120
"""In which a form must have come: who sends slower holds a place that others need."""


async def form_of(
    site: Site, request: Request, *, max_files: int = 0, max_fields: int = 50, max_part: int = 1_000_000
) -> FormData:
    """What was sent with a form of ours. Raises HTTPException where it was not, or took too long."""
    try:
        async with asyncio.timeout(_SECONDS):
            form = await request.form(max_files=max_files, max_fields=max_fields, max_part_size=max_part)
    except TimeoutError as fault:
        raise HTTPException(408, "It took too long to send this. Send less at a time.") from fault
    given = form.get(TOKEN)
    if not isinstance(given, str) or not site.guard.is_ours(request, given):
        raise HTTPException(
            403, "This form is too old or not ours. Load the page again and send it once more."
        )
    return form


def back(form: FormData, otherwise: str = "/") -> str:
    """The page that a form was on."""
    given = form.get("back")
    return own_path(given if isinstance(given, str) else otherwise, otherwise)


def own_path(path: str, otherwise: str) -> str:
    """The path, where it is one of ours; else the other one."""
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if is_ours else otherwise


def show(site: Site, request: Request) -> Response:
    """The page to log in."""
    return site.page(request, "login.html", wrong=False, wait=site.guard.door.wait())


async def enter(site: Site, request: Request) -> Response:
    """Takes a password."""
    form = await form_of(site, request)
    door = site.guard.door
    if wait := door.wait():
        response = site.page(request, "login.html", 429, wrong=True, wait=wait)
        response.headers["Retry-After"] = str(wait)
        return response
    password = form.get("password")
    session = await run_in_threadpool(door.enter, password if isinstance(password, str) else "")
    if session is None:
        return site.page(request, "login.html", 403, wrong=True, wait=door.wait())
    response = RedirectResponse("/", 303)
    response.set_cookie(SESSION, session, max_age=SESSION_SECONDS, httponly=True, samesite="strict")
    return response


async def leave(site: Site, request: Request) -> Response:
    """Logs out."""
    await form_of(site, request)
    site.guard.door.leave(request.cookies.get(SESSION))
    response = RedirectResponse("/login", 303)
    response.delete_cookie(SESSION)
    return response


async def names(site: Site, request: Request) -> Response:
    """Shows names of private persons to this browser from now on, or hides them again."""
    form = await form_of(site, request)
    response = RedirectResponse(back(form), 303)
    if form.get("names") == "shown":
        response.set_cookie(NAMES, "shown", httponly=True, samesite="strict")
    else:
        response.delete_cookie(NAMES)
    return response
