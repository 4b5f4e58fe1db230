"""Which incidents are wanted: asked in words of the codebook, answered in SQL over the listing."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, literal_column, or_, select, text, union

from sayso.errors import UsageError
from sayso.ledger import tables
from sayso.ledger.indexing import fold
from sayso.model import AttributionStatus

ROLES = ("perpetrator", "target", "victim", "side", "speaker")
"""What part somebody may have in an incident."""


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Which incidents are wanted; None asks nothing. All that is asked must hold.

    since, until  ISO dates (YYYY-MM-DD), both included: an incident matches if the interval of its date
                  overlaps theirs. An end that is open reaches on without limit; a date that is not known
                  at all does not match.
    country       ISO 3166-1 alpha-3, of any of its places.
    event_type    its event type or its sub-event type; case does not matter.
    actor         the whole id or name (or one of its printed forms) of one of its perpetrators, targets,
                  victims or sides, or of whom an attribution names; case does not matter.
    role          what part the actor has: one of ROLES; the perpetrator is whoever is said to have done it,
                  claimed, accused, suspected or denied. Asks nothing without an actor.
    status        its attribution status.
    disputed      whether its values disagree.
    admin1, place the whole name of the division or of the place, of any of its places.
    disputed_field a field whose values disagree.
    voices        so many voices at least agree on a field of it.
    located       whether it has coordinates.
    reviewed      whether a person judged it, or a mention or a statement of it, and has not withdrawn that.
    words         words that stand in it, all of them, in any order: its names, places and quotes; the last
                  one may be the beginning of a word.

    Raises UsageError for a date or a status that cannot be.
    """

    since: str | None = None
    until: str | None = None
    country: str | None = None
    event_type: str | None = None
    actor: str | None = None
    status: str | None = None
    disputed: bool | None = None
    role: str | None = None
    admin1: str | None = None
    place: str | None = None
    disputed_field: str | None = None
    voices: int | None = None
    located: bool | None = None
    reviewed: bool | None = None
    words: str | None = None

    def __post_init__(self) -> None:
        for name, day in (("since", self.since), ("until", self.until)):
            if day is not None and not _is_day(day):
                raise UsageError(
                    f"{name} is {day!r}, which is no date.",
                    "Write a date as in 2021-07-20: year, month, day.",
                )
        if self.since is not None and self.until is not None and self.since > self.until:
            raise UsageError(
                f"since ({self.since}) is after until ({self.until}).", "Give the earlier date as since."
            )
        statuses = get_args(AttributionStatus)
        if self.status is not None and self.status not in statuses:
            raise UsageError(
                f"{self.status!r} is no attribution status.", f"Give one of: {', '.join(statuses)}."
            )
        if self.role is not None and self.role not in ROLES:
            raise UsageError(f"{self.role!r} is no role.", f"Give one of: {', '.join(ROLES)}.")


def period(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """``since`` and ``until`` of a filter, from days, months or years: 2021-07-20, 2021-07, 2021.

    Raises UsageError for what is no date.
    """
    return _day(since, first=True), _day(until, first=False)


def _day(given: str | None, *, first: bool) -> str | None:
    """The first or last day of a day, month or year."""
    if given is None:
        return None
    try:
        year, month, day = ([int(part) for part in given.split("-")] + [0, 0])[:3]
        month = month or (1 if first else 12)
        day = day or (1 if first else monthrange(year, month)[1])
        return date(year, month, day).isoformat()
    except ValueError as fault:
        raise UsageError(
            f"{given!r} is no date.", "Give it as 2021-07-20, 2021-07 or 2021 (year, month, day)."
        ) from fault


def _is_day(day: str) -> bool:
    # fromisoformat alone also reads 20210720 and 2021-W29-2, which do not compare as text.
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        return False
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


# ---- in SQL -------------------------------------------------------------------------------------------


def conditions(chosen: IncidentFilter) -> Iterator[ColumnElement[bool]]:
    """What a row of the listing must fulfil."""
    rows = tables.listing.c
    # An end that is open reaches on, but only where the other end is known.
    if chosen.since is not None:
        reaches_on = and_(rows.latest.is_(None), rows.earliest.is_not(None))
        yield or_(rows.latest >= chosen.since, reaches_on)
    if chosen.until is not None:
        reaches_back = and_(rows.earliest.is_(None), rows.latest.is_not(None))
        yield or_(rows.earliest <= chosen.until, reaches_back)
    for kind, word in (
        ("country", chosen.country),
        ("admin1", chosen.admin1),
        ("place", chosen.place),
        ("event_type", chosen.event_type),
        ("actor" if chosen.role is None else f"actor:{chosen.role}", chosen.actor),
        ("disputed", chosen.disputed_field),
    ):
        if word is not None:
            yield rows.listing_id.in_(_found_by(kind, word))
    if chosen.status is not None:
        yield rows.attribution_status == chosen.status
    if chosen.disputed is not None:
        yield rows.disputed.is_(chosen.disputed)
    if chosen.voices is not None:
        yield rows.voices >= chosen.voices
    if chosen.located is not None:
        yield rows.lat.is_not(None) if chosen.located else rows.lat.is_(None)
    if chosen.reviewed is not None:
        judged = rows.incident_id.in_(_judged())
        yield judged if chosen.reviewed else ~judged
    if chosen.words is not None:
        yield rows.listing_id.in_(_with_words(chosen.words))


def _found_by(kind: str, word: str) -> Select[int]:
    terms = tables.incident_terms.c
    return select(terms.listing_id).where(terms.kind == kind, terms.term == fold(word))


def _judged() -> CompoundSelect[tuple[str]]:
    judgements, held = tables.judgements.c, tables.incident_mentions.c
    statements, edges = tables.statements.c, tables.edges.c
    whole = select(held.incident_id).where(
        held.mention_id == judgements.target_id, judgements.withdrawn_on.is_(None)
    )
    said = select(held.incident_id).where(
        judgements.withdrawn_on.is_(None),
        statements.statement_id == judgements.target_id,
        edges.coding_id == statements.coding_id,
        edges.statement_id == statements.statement_id,
        held.mention_id == edges.mention_id,
    )
    return union(whole, said)


def _with_words(words: str) -> Select[int]:
    """The rows whose words hold all of these; none where there is no letter among them."""
    found = re.findall(r"\w+", words)
    wanted = " ".join(f'"{word}"' for word in found) + ("*" if found else "")
    rowid: ColumnElement[int] = literal_column("rowid")
    matches = text(f"{tables.WORDS} MATCH :words" if found else "0")
    return (
        select(rowid)
        .select_from(text(tables.WORDS))
        .where(matches.bindparams(words=wanted) if found else matches)
    )
