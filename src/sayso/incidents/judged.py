"""What people's judgements come to: the latest word on each thing, which wins, and which others it overrules.

- On a statement or a mention the latest of confirm, reject, correct and unsure holds; a comment decides
  nothing. A confirmation keeps what was corrected before. (judged)
- A verdict on an incident is one on each of its mentions. (_mentions_of)
- Which mentions are one: the latest judgement first; what an earlier one says against it is left out, the
  rest of the earlier one holds. (_grouping)
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from sayso.model import (
    Corrected,
    Incident,
    Judgement,
    Review,
    Seen,
    SetAside,
    Statement,
    Verdict,
)
from sayso.records import from_record, to_record

_FOR: frozenset[Verdict] = frozenset({"confirm", "correct"})
_GROUPING: frozenset[Verdict] = frozenset({"same", "not_same", "split"})


@dataclass(frozen=True, slots=True)
class Correction:
    """The keys of a statement that people changed, and the judgements that did."""

    change: Mapping[str, object]
    judgement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What holds by people's word.

    hidden       ids of reports that are out.
    statements   statement_id -> the latest judgement on it.
    mentions     mention_id -> the latest judgement on it, or on its incident.
    corrections  statement_id -> what was changed.
    together     sets of mention_ids, without common members, that are one incident.
    touching     id of a statement or mention -> the judgements in force that touch it, in order.
    conflicts    (later, earlier): judgements of which the later overrules the earlier, wholly or in part.
    """

    hidden: frozenset[str] = frozenset()
    statements: Mapping[str, Judgement] = field(default_factory=dict)
    mentions: Mapping[str, Judgement] = field(default_factory=dict)
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    together: tuple[frozenset[str], ...] = ()
    touching: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conflicts: tuple[tuple[str, str], ...] = ()
    _unit: Mapping[str, str] = field(default_factory=dict)
    _apart: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def apart(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether people say that a mention of the ones and a mention of the others are two incidents."""
        if not self._apart:
            return False
        units = {self.unit(one) for one in others}
        return any(not units.isdisjoint(self._apart.get(self.unit(one), ())) for one in some)

    def unit(self, mention_id: str) -> str:
        """What people put together goes by one mention of it; each other mention goes by itself."""
        return self._unit.get(mention_id, mention_id)

    def grouping(self) -> dict[str, tuple[list[str], list[str]]]:
        """mention_id -> what people put together with it, and the units that they hold it apart from."""
        members = {one: sorted(its) for its in self.together for one in its}
        return {
            one: (members.get(one, [one]), sorted(self._apart.get(unit, ())))
            for one, unit in self._unit.items()
        }

    def confirms(self, statement: Statement) -> bool:
        """Whether people stand by a statement: they confirmed or corrected it."""
        found = self.statements.get(statement.statement_id)
        return found is not None and found.verdict in _FOR

    def confirms_mention(self, mention_id: str) -> bool:
        """Whether people say that it is an incident."""
        found = self.mentions.get(mention_id)
        return found is not None and found.verdict == "confirm"

    def rejected(self, statement: Statement) -> SetAside | None:
        """The statement set aside, where people reject it."""
        found = self.statements.get(statement.statement_id)
        if found is None or found.verdict != "reject":
            return None
        return SetAside(statement, "rejected", found.judgement_id)

    def rejects_mention(self, mention_id: str) -> bool:
        """Whether people say that it is no incident."""
        found = self.mentions.get(mention_id)
        return found is not None and found.verdict == "reject"

    def read(self, statement: Statement) -> Statement:
        """The statement as people corrected it; itself where they did not."""
        found = self.corrections.get(statement.statement_id)
        return corrected(statement, found.change) if found else statement


def corrected(statement: Statement, change: Mapping[str, object]) -> Statement:
    """The statement with other values under some keys, in the shapes of the contract.

    Raises pydantic.ValidationError where that makes no statement.
    """
    return from_record(Statement, {**to_record(statement), **change})


def judged(judgements: Iterable[Judgement]) -> Judged:
    """What judgements in force come to; their order does not matter."""
    ordered = sorted(judgements, key=lambda one: (one.made_on, one.judgement_id))
    conflicts: set[tuple[str, str]] = set()
    statements: dict[str, Judgement] = {}
    mentions: dict[str, Judgement] = {}
    for one in ordered:
        if one.verdict not in ("confirm", "reject", "correct", "unsure") or len(one.groups) > 1:
            continue
        latest = statements if one.target == "statement" else mentions
        for item_id in [one.target_id] if one.target == "statement" else _mentions_of(one):
            before = latest.get(item_id)
            if before is not None and _side(before) != _side(one):
                conflicts.add((one.judgement_id, before.judgement_id))
            latest[item_id] = one
    corrections = _corrections(ordered, conflicts)
    together, unit, apart = _grouping(ordered, conflicts)
    return Judged(
        hidden=frozenset(one.target_id for one in ordered if one.verdict == "hide"),
        statements=statements,
        mentions=mentions,
        corrections=corrections,
        together=together,
        touching=_touching(ordered),
        conflicts=tuple(sorted(conflicts)),
        _unit=unit,
        _apart=apart,
    )


def _side(one: Judgement) -> str:
    return "for" if one.verdict in _FOR else one.verdict


def _mentions_of(one: Judgement) -> list[str]:
    """The mentions that a judgement is about."""
    return [seen.mention_id for group in one.groups for seen in group] or [one.target_id]


def _touching(ordered: Sequence[Judgement]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in ordered:
        for item_id in [one.target_id] if one.target in ("statement", "report") else _mentions_of(one):
            found.setdefault(item_id, []).append(one.judgement_id)
    return {item_id: tuple(ids) for item_id, ids in found.items()}


def _corrections(ordered: Sequence[Judgement], conflicts: set[tuple[str, str]]) -> dict[str, Correction]:
    """What is changed, key by key: of two that change the same key the later one holds."""
    found: dict[str, dict[str, tuple[object, str]]] = {}
    for one in ordered:
        if one.verdict != "correct" or one.change is None:
            continue
        keys = found.setdefault(one.target_id, {})
        for key, value in one.change.items():
            if key in keys and keys[key][0] != value:
                conflicts.add((one.judgement_id, keys[key][1]))
            keys[key] = (value, one.judgement_id)
    return {
        statement_id: Correction(
            {key: value for key, (value, _) in keys.items()},
            tuple(dict.fromkeys(judgement_id for _, judgement_id in keys.values())),
        )
        for statement_id, keys in found.items()
    }


# ---- which mentions are one -------------------------------------------------------------------------


class _Units:
    """Mentions put together and held apart, as long as that can be."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}
        self.members: dict[str, list[str]] = {}
        self.by: dict[str, set[str]] = {}  # unit -> the judgements that made it
        self.apart: dict[str, dict[str, str]] = {}  # unit -> unit it is held apart from -> the judgement

    def find(self, item: str) -> str:
        if item not in self.parent:
            self.parent[item], self.members[item] = item, [item]
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, one: str, other: str, judgement_id: str) -> str | None:
        """Puts two together; gives the judgement that forbids it, if one does."""
        kept, gone = sorted((self.find(one), self.find(other)))
        if kept == gone:
            return None
        if gone in self.apart.get(kept, {}):
            return self.apart[kept][gone]
        self.parent[gone] = kept
        self.members[kept] += self.members.pop(gone)
        self.by[kept] = self.by.get(kept, set()) | self.by.pop(gone, set()) | {judgement_id}
        for far, by in self.apart.pop(gone, {}).items():
            del self.apart[far][gone]
            self.apart.setdefault(kept, {}).setdefault(far, by)
            self.apart[far].setdefault(kept, by)
        return None

    def separate(self, one: str, other: str, judgement_id: str) -> set[str]:
        """Holds two apart; gives the judgements that put them together, if some did."""
        first, second = self.find(one), self.find(other)
        if first == second:
            return self.by.get(first, set())
        self.apart.setdefault(first, {}).setdefault(second, judgement_id)
        self.apart.setdefault(second, {}).setdefault(first, judgement_id)
        return set()


def _grouping(
    ordered: Sequence[Judgement], conflicts: set[tuple[str, str]]
) -> tuple[tuple[frozenset[str], ...], dict[str, str], dict[str, frozenset[str]]]:
    """The sets of what is one, each mention's unit, and the units that are apart from each."""
    units = _Units()
    for one in reversed(ordered):
        if one.verdict not in _GROUPING:
            continue
        groups = [[seen.mention_id for seen in group] for group in one.groups]
        if one.verdict == "same":
            groups = [[mention_id for group in groups for mention_id in group]]
        if one.verdict in ("not_same", "split"):
            for first, second in product(groups[0], [far for group in groups[1:] for far in group]):
                later = units.separate(first, second, one.judgement_id) - {one.judgement_id}
                conflicts.update((by, one.judgement_id) for by in later)
        if one.verdict in ("same", "split"):
            for first, second in ((group[0], far) for group in groups for far in group[1:]):
                by = units.join(first, second, one.judgement_id)
                if by is not None and by != one.judgement_id:
                    conflicts.add((by, one.judgement_id))
    together = tuple(sorted((frozenset(its) for its in units.members.values() if len(its) > 1), key=min))
    unit = {item: units.find(item) for item in list(units.parent)}
    apart = {one: frozenset(others) for one, others in units.apart.items() if others}
    return together, unit, apart


def separated(mention_ids: Sequence[str], found: Judged) -> list[list[str]]:
    """Mentions that are the same passage in copies of one text, as far as people do not hold them apart.

    Each goes with the first of those before it that it is not held apart from, rather with what people put
    it together with.
    """
    lists: list[list[str]] = []
    for mention_id in mention_ids:
        able = [its for its in lists if not found.apart([mention_id], its)]
        unit = found.unit(mention_id)
        mine = [its for its in able if any(found.unit(one) == unit for one in its)]
        if home := next(iter(mine or able), None):
            home.append(mention_id)
        else:
            lists.append([mention_id])
    return lists


# ---- what an incident shows of it ---------------------------------------------------------------------


def reviewed(
    incident: Incident, found: Judged, machine: Mapping[str, Statement], aside: Collection[SetAside]
) -> Incident:
    """The incident with what people judged of it, and what is set aside.

    machine  statement_id -> the statement as it was read, for those that people corrected.
    aside    the statements that counted for nothing when it was reconciled.
    """
    set_aside = tuple(
        sorted(
            aside,
            key=lambda one: (
                one.statement.report_id,
                one.statement.quote.start,
                one.statement.statement_id,
                one.statement.mention_id,
            ),
        )
    )
    return replace(incident, set_aside=set_aside, review=_review(incident, found, machine, set_aside))


def _review(
    incident: Incident, found: Judged, machine: Mapping[str, Statement], aside: Sequence[SetAside]
) -> Review | None:
    if not found.touching:
        return None
    told = [*incident.statements, *(one.statement for one in aside)]
    items = [
        *(mention.mention_id for mention in incident.mentions),
        *dict.fromkeys(one.statement_id for one in told),
    ]
    touching = tuple(dict.fromkeys(by for item in items for by in found.touching.get(item, ())))
    if not touching:
        return None
    shown = list({one.statement_id: one for one in incident.statements}.values())

    def with_verdict(verdict: Verdict) -> tuple[str, ...]:
        on = ((one.statement_id, found.statements.get(one.statement_id)) for one in shown)
        return tuple(statement_id for statement_id, by in on if by is not None and by.verdict == verdict)

    verdicts = {
        by.verdict if (by := found.mentions.get(mention.mention_id)) else None
        for mention in incident.mentions
    }
    return Review(
        verdict="confirm" if verdicts == {"confirm"} else "unsure" if verdicts == {"unsure"} else None,
        judgement_ids=touching,
        confirmed=with_verdict("confirm"),
        unsure=with_verdict("unsure"),
        corrected=tuple(
            Corrected(
                one.statement_id,
                one.mention_id,
                replace(machine[one.statement_id], mention_id=one.mention_id),
                found.corrections[one.statement_id].judgement_ids,
            )
            for one in shown
            if one.statement_id in machine
        ),
    )


def seen_of(incident: Incident) -> tuple[Seen, ...]:
    """The mentions of an incident as one sees them there."""
    return tuple(
        Seen(mention.mention_id, mention.cues[0].text if mention.cues else "")
        for mention in incident.mentions
    )
