"""Who may come in: passwords as hashes in a file, sessions in memory, and fewer tries the more there were."""

import hashlib
import hmac
import os
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from sayso.errors import OutputError, UsageError

Role = Literal["reader", "reviewer"]
ROLES: tuple[Role, ...] = ("reader", "reviewer")

_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 2**20}  # scrypt: a tenth of a second and 32 MB a try
_LEAST = 8
SESSION_SECONDS = 12 * 3600
_FREE_TRIES = 5
_LONGEST_WAIT = 300


def hashed(password: str) -> str:
    """A password as it stands in the file. Raises UsageError for one that is too short."""
    if len(password) < _LEAST:
        raise UsageError(
            f"The password has {len(password)} characters.",
            f"Choose one of {_LEAST} or more, such as four words.",
        )
    salt = os.urandom(16)
    return f"scrypt${salt.hex()}${_digest(password, salt).hex()}"


def _digest(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, **_COST)


def is_right(password: str, line: str) -> bool:
    """Whether a password is that of a hash."""
    _, salt, digest = line.split("$")
    return hmac.compare_digest(_digest(password, bytes.fromhex(salt)), bytes.fromhex(digest))


def read(path: Path) -> dict[Role, str]:
    """The hashes of a file by role. Raises UsageError where it cannot be read or holds something else."""
    found: dict[Role, str] = {}
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as fault:
        raise UsageError(
            f"The passwords in {path} cannot be read.", "Make them with: sayso password"
        ) from fault
    for number, line in enumerate(lines, 1):
        role, _, rest = line.partition(":")
        parts = rest.split("$")
        sound = len(parts) == 3 and parts[0] == "scrypt" and all(_is_hex(part) for part in parts[1:])
        known = next((one for one in ROLES if one == role), None)
        if known is None or not sound:
            raise UsageError(f"{path}, line {number}: this is no password.", "Make it with: sayso password")
        found[known] = rest
    if not found:
        raise UsageError(f"{path} holds no password.", "Make one with: sayso password")
    return found


def _is_hex(text: str) -> bool:
    return bool(text) and len(text) % 2 == 0 and all(letter in "0123456789abcdef" for letter in text)


def write(path: Path, role: Role, password: str) -> None:
    """Puts the hash of a password into a file that only its owner can read, in place of that role's.

    Raises UsageError for a password that is too short, OutputError where the file cannot be written.
    """
    known = read(path) if path.exists() else {}
    known[role] = hashed(password)
    beside = path.with_name(f".{path.name}.new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.writelines(f"{one}:{known[one]}\n" for one in ROLES if one in known)
        beside.replace(path)
    except OSError as fault:
        raise OutputError(
            f"{path} cannot be written ({fault.strerror}).", "Name a file that can be."
        ) from fault


@dataclass(slots=True)
class Door:
    """Lets people in: with passwords by theirs, without any as a reviewer, who then sits at this machine."""

    passwords: dict[Role, str]
    _sessions: dict[str, tuple[Role, float]] = field(default_factory=dict)
    _failed: int = 0
    _closed_until: float = 0.0

    @property
    def is_open(self) -> bool:
        """Whether nobody is asked for a password."""
        return not self.passwords

    def role_of(self, session: str | None) -> Role | None:
        """What somebody with that session may do; None: nothing."""
        if self.is_open:
            return "reviewer"
        role, until = self._sessions.get(session or "", (None, 0.0))
        return role if until > time.monotonic() else None

    def wait(self) -> int:
        """Seconds until the next try; 0: now."""
        return max(0, round(self._closed_until - time.monotonic() + 0.5))

    def enter(self, password: str) -> str | None:
        """A new session; None for a wrong password. After some of these one has to wait, longer each time."""
        for role in reversed(ROLES):
            if role in self.passwords and is_right(password, self.passwords[role]):
                self._failed = 0
                session = secrets.token_urlsafe(32)
                now = time.monotonic()
                self._sessions = {key: one for key, one in self._sessions.items() if one[1] > now}
                self._sessions[session] = (role, now + SESSION_SECONDS)
                return session
        self._failed += 1
        if self._failed >= _FREE_TRIES:
            seconds = min(2 ** (self._failed - _FREE_TRIES), _LONGEST_WAIT)
            self._closed_until = time.monotonic() + seconds
        return None

    def leave(self, session: str | None) -> None:
        """Ends a session."""
        self._sessions.pop(session or "", None)
