"""What later reports take back: a retraction all that a report said, a correction what it tells anew.

Who retracts or corrects names the other report by its id or its address. People's word goes before: what they
confirmed or corrected stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sayso.incidents.judged import Judged
from sayso.model import Count, EventValue, Mention, SetAside, Statement, Whom


@dataclass(frozen=True, slots=True)
class TakenBack:
    """report_id -> the reports that retract, or correct it, by publication; most reports are in neither."""

    retracted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    corrected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, report_ids: Iterable[str]) -> "TakenBack":
        """What is taken back of these reports."""
        wanted = list(report_ids)
        return TakenBack(
            {one: self.retracted[one] for one in wanted if one in self.retracted},
            {one: self.corrected[one] for one in wanted if one in self.corrected},
        )


class Taking(Protocol):
    """What of a report says that it takes another back, or that others take it back."""

    @property
    def report_id(self) -> str:
        """Its id."""

    @property
    def url(self) -> str | None:
        """Its address."""

    @property
    def published(self) -> str | None:
        """As printed."""

    @property
    def corrects(self) -> str | None:
        """Id or address of another."""

    @property
    def retracts(self) -> str | None:
        """Id or address of another."""


def taken_back(reports: Iterable[Taking]) -> TakenBack:
    """Which reports are retracted or corrected by which others; a report that takes itself back does not.

    A retraction that a later report retracts takes nothing back. A correction that was retracted does by
    itself not either: what it said is set aside, and only what stands corrects.
    """
    known = sorted(reports, key=lambda one: (one.published is None, one.published or "", one.report_id))
    named: dict[str, list[str]] = {}
    if any(one.retracts or one.corrects for one in known):
        for one in known:
            for name in {one.report_id, one.url} - {None, ""}:
                named.setdefault(str(name), []).append(one.report_id)
    found: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
    for one in known:
        for name, taken in ((one.retracts, found[0]), (one.corrects, found[1])):
            for other in named.get(name or "", ()):
                if other != one.report_id:
                    taken.setdefault(other, []).append(one.report_id)
    retracted, corrected = ({key: tuple(by) for key, by in its.items()} for its in found)
    return TakenBack(_that_stand(retracted, [one.report_id for one in known]), corrected)


def _that_stand(
    retracted: Mapping[str, tuple[str, ...]], in_order: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """The retractions without those that were retracted by a later one that stands."""
    stands: dict[str, bool] = {}
    for one in reversed(in_order):
        stands[one] = not any(stands.get(by, False) for by in retracted.get(one, ()))
    left = {one: tuple(by for by in its if stands[by]) for one, its in retracted.items()}
    return {one: its for one, its in left.items() if its}


def retracted(
    mentions: Sequence[Mention], statements: Sequence[Statement], back: TakenBack, found: Judged
) -> list[SetAside]:
    """What is said in reports that were retracted, of mentions that people do not stand by."""
    kept = {one.mention_id for one in statements if found.confirms(one)}
    gone = {
        one.mention_id: back.retracted[one.report_id][0]
        for one in mentions
        if one.report_id in back.retracted
        and one.mention_id not in kept
        and not found.confirms_mention(one.mention_id)
    }
    return [SetAside(one, "retracted", gone[one.mention_id]) for one in statements if one.mention_id in gone]


def corrected(statements: Sequence[Statement], back: TakenBack, found: Judged) -> list[SetAside]:
    """What a report said that another report of the incident corrects: the same field, of the same people."""
    if not back.corrected:
        return []
    told: dict[str, set[tuple[str, Whom | None]]] = {}
    for one in statements:
        # That it did not happen takes nothing back by itself: the two disagree.
        if not isinstance(one.value, EventValue) or one.value.happened:
            told.setdefault(one.report_id, set()).add(_key(one))
    return [
        SetAside(one, "corrected", by[0])
        for one in statements
        if (by := [it for it in back.corrected.get(one.report_id, ()) if _key(one) in told.get(it, ())])
        and not found.confirms(one)
    ]


def _key(statement: Statement) -> tuple[str, Whom | None]:
    return statement.field, statement.value.whom if isinstance(statement.value, Count) else None
