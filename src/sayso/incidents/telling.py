"""All that is told of one incident, in an order that does not depend on the order it came in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from sayso.codebook import Codebook
from sayso.model import Field, Mention, Report, Stance, Statement

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)

AFFIRMING = frozenset({Stance.CLAIMED, Stance.ACCUSED, Stance.SUSPECTED, Stance.STATED})
"""The stances that put a value forward. The others speak against one and never set what is shown."""

_NO_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Telling:
    """The mentions of one incident, their statements and reports, each in order.

    mentions    by publication (unknown last), then text_id, then the offset of the first cue.
    statements  in the order of their reports, then of their place in the text.
    reports     by publication (unknown last), then text_id.
    forward     field -> the statements that put a value forward for it, in order.
    """

    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    reports: tuple[Report, ...]
    forward: Mapping[Field, tuple[Statement, ...]]
    lineage_of: Mapping[str, str]
    codebook: Codebook

    def about(self, field: Field) -> tuple[Statement, ...]:
        """The statements that put a value forward for this field, in order."""
        return self.forward.get(field, ())

    def lineage(self, statement: Statement) -> str:
        """The lineage of a statement's report; a report that was not traced is its own."""
        return self.lineage_of.get(statement.report_id, statement.report_id)

    @property
    def first_day(self) -> str | None:
        """The day on which it was first told, as published; None where no report is dated."""
        published = self.reports[0].published
        return published[:10] if published else None


def tell(
    mentions: Sequence[Mention],
    statements: Iterable[Statement],
    reports: Mapping[str, Report],
    lineage_of: Mapping[str, str],
    codebook: Codebook,
) -> Telling:
    """Put what is told of an incident in order; statements of other mentions are left out."""
    order = report_order([reports[mention.report_id] for mention in mentions])
    mine = {mention.mention_id: mention for mention in mentions}
    told = {(one.statement_id, one.mention_id): one for one in statements if one.mention_id in mine}
    rank = {report.report_id: place for place, report in enumerate(order)}
    ordered = sorted(
        told.values(),
        key=lambda one: (
            rank[one.report_id],
            offset(one),
            one.field,
            one.stance,
            one.statement_id,
            one.mention_id,
        ),
    )
    return Telling(
        mentions=tuple(
            sorted(mine.values(), key=lambda one: (rank[one.report_id], _first_offset(one), one.mention_id))
        ),
        statements=tuple(ordered),
        reports=order,
        forward=_forward(ordered),
        lineage_of=lineage_of,
        codebook=codebook,
    )


def _forward(ordered: Iterable[Statement]) -> dict[Field, tuple[Statement, ...]]:
    found: dict[Field, list[Statement]] = {}
    for one in ordered:
        if one.value is not None and one.stance in AFFIRMING:
            found.setdefault(one.field, []).append(one)
    return {field: tuple(its) for field, its in found.items()}


def report_order(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Reports by publication (unknown last), then text_id; each once."""
    apart = {report.report_id: report for report in reports}
    return tuple(
        sorted(
            apart.values(),
            key=lambda one: (moment(one.published) or _NO_TIME, one.text_id, one.report_id),
        )
    )


def moment(published: str | None) -> datetime | None:
    """The moment of an ISO 8601 date or time; None where there is none to read.

    A time without a zone is taken as UTC and a day as its beginning: both are only compared.
    """
    try:
        told = datetime.fromisoformat(published or "")
        return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def offset(statement: Statement) -> int:
    """Where in its report a statement stands: at its value, else its cue, else its quote."""
    span = statement.spans.value or statement.spans.cue
    return span[0] if span else statement.quote.start


def ids(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The ids of statements, in their order, each once."""
    return tuple(dict.fromkeys(statement.statement_id for statement in statements))


@dataclass(frozen=True, slots=True)
class Said(Generic[V_co]):
    """One value and the statements that give it, in order."""

    value: V_co
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Settled(Generic[V_co]):
    """What is shown for a field.

    basis   the statements it rests on.
    voices  how many voices agree with it.
    rivals  the values that cannot all be true, the shown one first if it is among them; empty where none
            conflict.
    """

    value: V_co
    basis: tuple[Statement, ...] = ()
    voices: int = 0
    rivals: tuple[Said[object], ...] = ()


def conflicting(said: Sequence[Said[V]], conflict: Callable[[Said[V], Said[V]], bool]) -> tuple[Said[V], ...]:
    """Those that conflict with at least one other, in the order given."""
    return tuple(one for one in said if any(conflict(one, other) for other in said if other is not one))


def gather(said: Iterable[tuple[object, V, Statement]]) -> tuple[Said[V], ...]:
    """Values with the statements that give them, by key, in order of first appearance."""
    values: dict[object, V] = {}
    statements: dict[object, list[Statement]] = {}
    for key, value, statement in said:
        values.setdefault(key, value)
        statements.setdefault(key, []).append(statement)
    return tuple(Said(value, tuple(statements[key])) for key, value in values.items())


def _first_offset(mention: Mention) -> int:
    return mention.cues[0].start if mention.cues else 0
