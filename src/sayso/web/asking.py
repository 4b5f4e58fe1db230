"""Which incidents a page is asked for: from the address to a filter, and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import get_args
from urllib.parse import urlencode

from sayso.errors import SaysoError, UsageError
from sayso.ledger import ROLES, IncidentFilter, period
from sayso.model import AttributionStatus, Field

KEYS = (
    "q", "since", "until", "country", "admin1", "place", "type", "actor", "role", "status", "disputed",
    "voices", "reviewed", "located",
)  # fmt: skip
"""What can be asked in an address; docs/web.md tells what each means."""

STATUSES = get_args(AttributionStatus)
FIELDS: tuple[str, ...] = get_args(Field)
PAGE_SIZE = 20
_ALL = IncidentFilter()
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the filter, the words given for it, which page and in what order.

    ``fault`` says what cannot be; the filter then asks nothing.
    """

    given: Mapping[str, str]
    wanted: IncidentFilter = _ALL
    page: int = 1
    latest_first: bool = True
    fault: SaysoError | None = None
    base: str = field(default="/")

    @property
    def values(self) -> dict[str, str]:
        """What is asked by each key, "" where nothing is."""
        return {key: self.given.get(key, "") for key in KEYS}

    def query(self, **changes: str | int | None) -> str:
        """The same question with something else in it, as the end of an address: "?a=b", or "".

        A change of the filter goes back to the first page.
        """
        asked: dict[str, str] = {key: value for key, value in self.given.items() if key not in changes}
        if not self.latest_first and "order" not in changes:
            asked["order"] = "earliest"
        asked |= {key: str(value) for key, value in changes.items() if value not in (None, "")}
        if asked.get("page") == "1":
            del asked["page"]
        return f"?{urlencode(asked)}" if asked else ""

    def link(self, **changes: str | int | None) -> str:
        """The address of the page with another question."""
        return f"{self.base}{self.query(**changes)}" if self.query(**changes) else self.base


def asked(params: Mapping[str, str], base: str = "/") -> Asked:
    """What the parameters of an address ask; a fault where they cannot be meant."""
    given = {key: params[key].strip()[:_LONGEST] for key in KEYS if params.get(key, "").strip()}
    latest_first = params.get("order") != "earliest"
    try:
        page = min(int(params.get("page", "1")), 10**9)
        if page < 1:
            raise ValueError
    except ValueError:
        page = 1
    plain = Asked(given, page=page, latest_first=latest_first, base=base)
    try:
        return replace(plain, wanted=_filter(given))
    except SaysoError as fault:
        return replace(plain, fault=fault)


def _filter(given: Mapping[str, str]) -> IncidentFilter:
    since, until = period(given.get("since"), given.get("until"))
    disputed = given.get("disputed")
    if disputed is not None and disputed not in ("yes", "no", *FIELDS):
        raise UsageError(f"disputed is {disputed!r}.", "Give yes, no, or a field such as killed.")
    voices = given.get("voices")
    if voices is not None and not (voices.isdecimal() and len(voices) < 6):
        raise UsageError(f"voices is {voices!r}, which is no number.", "Give a number such as 2.")
    role = given.get("role")
    if role is not None and role not in ROLES:
        raise UsageError(f"role is {role!r}.", f"Give one of: {', '.join(ROLES)}.")
    return IncidentFilter(
        since=since,
        until=until,
        country=given.get("country"),
        event_type=given.get("type"),
        actor=given.get("actor"),
        status=given.get("status"),
        disputed={"yes": True, "no": False}.get(disputed or ""),
        role=role if "actor" in given else None,
        admin1=given.get("admin1"),
        place=given.get("place"),
        disputed_field=disputed if disputed in FIELDS else None,
        voices=None if voices is None else int(voices),
        located=_yes_or_no(given, "located"),
        reviewed=_yes_or_no(given, "reviewed"),
        words=given.get("q"),
    )


def _yes_or_no(given: Mapping[str, str], key: str) -> bool | None:
    value = given.get(key)
    if value not in (None, "yes", "no"):
        raise UsageError(f"{key} is {value!r}.", "Give yes or no.")
    return None if value is None else value == "yes"
