"""What every request passes before a page sees it, and what every answer carries.

A page of the open web that an analyst reads beside this one can send requests to it: so the Host must be one
of ours, a write must come from a form of ours (a token that other pages cannot read, in a cookie that they
cannot send), and no answer may run or load anything but our own files.
"""

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from sayso.web.passwords import Door

SESSION = "sayso_session"
SEEN = "sayso_seen"
"""The cookie that tokens of forms are made for."""

TOKEN = "csrf"  # noqa: S105 - the name of a field, no secret
POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MOST_BYTES = 100_000_000
"""In one request: some thousand pages of the press. One file may have what ``max_file_bytes`` allows."""

_OPEN = ("/static/", "/login")
_FREE_OF_TOKENS = frozenset({"GET", "HEAD", "OPTIONS"})

Next = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Guard:
    """The checks; ``hosts`` are the names under which browsers reach us."""

    door: Door
    hosts: frozenset[str] = LOOPBACK
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    async def __call__(self, request: Request, following: Next) -> Response:
        """The answer to a request, or a refusal."""
        response = self._refused(request) or await self._passed(request, following)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        if SEEN not in request.cookies:
            response.set_cookie(SEEN, request.state.seen, httponly=True, samesite="strict")
        return response

    def _refused(self, request: Request) -> Response | None:
        request.state.seen = request.cookies.get(SEEN) or secrets.token_urlsafe(24)
        request.state.role = self.door.role_of(request.cookies.get(SESSION))
        host = _name_of(request.headers.get("host", ""))
        if host not in self.hosts:
            return _no(421, f"This is sayso, and {host!r} is none of its names: see --name in docs/web.md.")
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return _no(413, f"One request may have {MOST_BYTES // 1_000_000} MB: send less at a time.")
        if request.method not in _FREE_OF_TOKENS:
            if "transfer-encoding" in request.headers:
                return _no(411, "The length of what is sent must be told.")
            origin = request.headers.get("origin")
            if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
                return _no(403, "This was sent by a page of another site.")
            if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                return _no(403, "This was sent by a page of another site.")
        return None

    async def _passed(self, request: Request, following: Next) -> Response:
        path = request.url.path
        if request.state.role is None and not path.startswith(_OPEN):
            if path.startswith("/api/"):
                return _no(401, "Log in first.")
            return RedirectResponse("/login", 303)
        return await following(request)

    def token(self, request: Request) -> str:
        """The token of the forms that this browser gets."""
        seen: str = request.state.seen
        return hmac.new(self._secret, seen.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def is_ours(self, request: Request, given: str) -> bool:
        """Whether a form with that token is one that we gave to this browser."""
        return SEEN in request.cookies and hmac.compare_digest(self.token(request).encode(), given.encode())


def _name_of(host: str) -> str:
    """The name in a Host header, without the port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _no(status: int, what: str) -> Response:
    return PlainTextResponse(f"{what}\n", status)
