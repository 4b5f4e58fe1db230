"""What the layouts of ACLED, UCDP GED and GTD have in common: rows of fixed columns, and what they lose.

None of them can say who says what. So a layout names a perpetrator as a fact only where somebody claims the
act, or it is told as a fact, and nobody denies, rejects or hedges it (``stands``), nor names another one who
cannot have done it too (``undisputed``). All else that is said about who did it goes into the losses, each
line with stance and speaker.
"""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.codebook import Codebook, data_file
from sayso.exports import text
from sayso.exports.wide import attributions
from sayso.model import Count, Date, Incident, Participant, Place, Stance

LOSSES = ("incident_id", "column", "lost", "rule")
"""The columns of a file of losses."""

SAYSO = (
    "sayso_incident_id",
    "sayso_attribution_status",
    "sayso_attributions",
    "sayso_killed",
    "sayso_injured",
    "sayso_disputed",
)
"""Our own columns, after those of the layout."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a column, or a whole incident (``column`` empty), could not hold, and the rule that filled it."""

    column: str
    lost: str
    rule: str


@dataclass(frozen=True, slots=True)
class Codes:
    """What the three datasets call a country; None where they have no code that we know for sure.

    ``iso`` is ISO 3166-1 numeric, ``gwno`` Gleditsch and Ward's number of the state.
    """

    iso: int | None
    acled_region: str | None
    gwno: int | None
    ged_region: str | None
    gtd_country: int | None
    gtd_region: int | None


NO_CODES = Codes(None, None, None, None, None, None)


@dataclass(slots=True)
class Known:
    """What a layout goes by beside the incident; ``days`` counts the rows of each day."""

    codebook: Codebook
    names: Mapping[str, str]
    days: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, codebook: Codebook) -> "Known":
        """With the countries' names as the codebook has them."""
        return cls(codebook, {row.country: row.name for row in codebook.countries})

    def country(self, place: Place | None) -> str | None:
        """The name of the country a place is in."""
        return None if place is None or place.country is None else self.names.get(place.country)


@dataclass(frozen=True, slots=True)
class Layout:
    """A dataset's form of rows.

    columns  of the dataset, in its order.
    never    columns that stay empty or hold one value in every row, each with the reason.
    allowed  what a cell of a column must match, as a whole, where it is not empty.
    needed   columns that are never empty.
    rows     the row of an incident by column, with what it loses; None for one that has no row.
    """

    columns: tuple[str, ...]
    never: Mapping[str, str]
    allowed: Mapping[str, str]
    needed: tuple[str, ...]
    row: Callable[[Incident, Known, list[Loss]], dict[str, object] | None]

    def faults(self, row: Mapping[str, str]) -> Iterator[str]:
        """What is wrong with a row as it is read again, a line for each cell."""
        for column in self.needed:
            if not row[column]:
                yield f"{column} is empty"
        for column, pattern in self.allowed.items():
            if row[column] and not _pattern(pattern).fullmatch(row[column]):
                yield f"{column} is {row[column]!r}"


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


@cache
def codes() -> dict[str, Codes]:
    """The codes of countries by ISO 3166-1 alpha-3; docs/exports.md tells against what they were checked."""
    with files("sayso.exports").joinpath("countries.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        row["country"]: Codes(
            _number(row["iso"]),
            row["acled_region"] or None,
            _number(row["gwno"]),
            row["ged_region"] or None,
            _number(row["gtd_country"]),
            _number(row["gtd_region"]),
        )
        for row in rows
    }


def codes_of(place: Place | None) -> Codes:
    """The codes of the country a place is in; all None where none is known."""
    return NO_CODES if place is None or place.country is None else codes().get(place.country, NO_CODES)


def _number(given: str) -> int | None:
    return int(given) if given else None


@cache
def tables(layout: str) -> dict[str, Any]:
    """What layouts.yaml holds for a layout."""
    found: dict[str, Any] = data_file("sayso.exports", "layouts.yaml")[layout]
    return found


def number_of(incident_id: str, digits: int) -> int:
    """A whole number of at most so many digits that stays the same for the same incident."""
    largest: int = 10**digits
    return int(hashlib.sha256(incident_id.encode()).hexdigest()[:16], 16) % largest


# ---- who may be named ---------------------------------------------------------------------------------

_OPPOSED = frozenset({Stance.DENIED, Stance.REJECTED, Stance.DISPUTED})
_BODIES = frozenset({"organisation", "state"})


def is_body(participant: Participant) -> bool:
    """Whether it is a group or a state, which layouts can hold; not a person, nor people without a name."""
    return participant.kind in _BODIES


def stands(incident: Incident, participant: Participant) -> bool:
    """Whether it may be named beside the act as a fact.

    Somebody claims the act or states it, without a hedge, and nobody denies, rejects or disputes that it was
    this one. Of rival claims none stands.
    """
    if any(
        _same(participant, row.actor, row.actor_id) and row.stance in _OPPOSED
        for row in incident.attributions
    ):
        return False
    if (standing := participant.standing) is not None:
        if standing.denied or standing.rejected or standing.hedged:
            return False
        disputed = incident.attribution_status == "claimed_disputed"
        return standing.basis == "stated" or (standing.basis == "claimed" and not disputed)
    if any(
        _same(participant, one.name, one.actor_id) and not stands(incident, one)
        for one in incident.perpetrators
    ):
        return False
    wanted = set(participant.statement_ids)
    return any(
        statement.statement_id in wanted
        and statement.stance in (Stance.CLAIMED, Stance.STATED)
        and not statement.hedged
        for statement in incident.statements
    )


def undisputed(incident: Incident, participant: Participant) -> bool:
    """Whether it stands, and no other actor is named who cannot have done it too.

    Of two whom different voices name neither is a fact, although nobody speaks against either.
    """
    rivals = any(row.field == "perpetrator" for row in incident.disagreements)
    return not rivals and stands(incident, participant)


def _same(participant: Participant, name: str, actor_id: str | None) -> bool:
    if actor_id is not None and participant.actor_id == actor_id:
        return True
    return name.casefold() in {form.casefold() for form in (participant.name, *participant.mentions)}


def aimed_at(incident: Incident) -> list[Participant]:
    """The groups and states that the act was aimed at or that were harmed, without those who did it."""
    found = [one for one in (*incident.targets, *incident.victims) if is_body(one)]
    return [
        one
        for number, one in enumerate(found)
        if not any(
            _same(one, other.name, other.actor_id) for other in (*incident.perpetrators, *found[:number])
        )
    ]


def same(one: Participant, other: Participant) -> bool:
    """Whether two participants are one, by identity or by a form of the name."""
    return _same(one, other.name, other.actor_id)


def perpetrators(incident: Incident) -> list[Participant]:
    """The groups and states that may be named as those who did it."""
    return [one for one in incident.perpetrators if is_body(one) and undisputed(incident, one)]


def class_of(participant: Participant, incident: Incident, known: Known) -> str | None:
    """The class of an actor on the day of the incident; None for one that the codebook does not know."""
    found = (
        known.codebook.actor(participant.actor_id, incident.date.earliest) if participant.actor_id else None
    )
    if found is not None:
        return found.actor_class
    return "state forces" if participant.kind == "state" else None


def told(incident: Incident, column: str, rule: str) -> list[Loss]:
    """All that is said about who did it, as losses of a column: each line with stance and speaker."""
    return [Loss(column, line, rule) for line in attributions(incident)]


# ---- values -------------------------------------------------------------------------------------------


def bounds(date: Date) -> tuple[str, str] | None:
    """The first and the last day, where both are known."""
    return (date.earliest, date.latest) if date.earliest and date.latest else None


def figure(count: Count | None, column: str, losses: list[Loss]) -> int | None:
    """The one number that a column takes of a count: the best, else the least; None where there is none."""
    if count is None:
        losses.append(Loss(column, "nobody gives a figure", "empty, not 0"))
        return None
    if count.best is not None:
        if (count.low, count.high) != (count.best, count.best):
            losses.append(Loss(column, f"the range: {text.count(count)}", "the best figure"))
        if count.imprecise:
            losses.append(Loss(column, "the figure is not precise", "the best figure"))
        return count.best
    if count.low is not None:
        losses.append(Loss(column, f"no best figure: {text.count(count)}", "the lowest figure"))
        return count.low
    losses.append(Loss(column, f"no lower figure: {text.count(count)}", "empty"))
    return None


def own_columns(incident: Incident) -> dict[str, object]:
    """Our own columns after those of the layout."""
    return {
        "sayso_incident_id": incident.incident_id,
        "sayso_attribution_status": incident.attribution_status,
        "sayso_attributions": attributions(incident),
        "sayso_killed": text.count(incident.killed) if incident.killed else None,
        "sayso_injured": text.count(incident.injured) if incident.injured else None,
        "sayso_disputed": [one.field for one in incident.disagreements],
    }


def shared_losses(incident: Incident, *, injured: str | None) -> list[Loss]:
    """What no layout holds: disagreements, hedges, further places and counts.

    injured  the column for the injured; None where the layout has none.
    """
    found = [
        Loss("", f"{len(row.values)} values of {row.field} that disagree", "the shown value alone")
        for row in incident.disagreements
    ]
    if incident.status_hedged:
        found.append(Loss("", "everything said about who did it is hedged", "nobody is named without a flag"))
    if injured is None and incident.injured is not None:
        found.append(Loss("", f"injured: {text.count(incident.injured)}", "no column"))
    found += [
        Loss("", f"a further place: {text.where(place)}", "the first place alone")
        for place in incident.places[1:]
    ]
    for row_count in incident.counts:
        if row_count.field not in ("killed", "injured"):
            count = Count(row_count.best, row_count.low, row_count.high, row_count.imprecise)
            found.append(Loss("", f"{row_count.field}: {text.count(count)}", "no column"))
    if incident.n_events != 1:
        number = "an unknown number of" if incident.n_events is None else str(incident.n_events)
        found.append(Loss("", f"it stands for {number} blows", "one row"))
    return found
