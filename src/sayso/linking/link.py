"""The steps of a linking.

A linking keeps in the ledger what it compared. The next one compares only what is new or changed with what
that could belong to, and makes anew only the incidents that it touches. The result is the same as linking all
at once, because how mentions are grouped depends on those alone that hang together with them.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np

from sayso.codebook import Codebook
from sayso.incidents.candidates import Possible
from sayso.incidents.facts import Facts
from sayso.incidents.group import Across, Group, Scores, grouped, hanging_together, inside
from sayso.incidents.judged import judged
from sayso.incidents.traits import Sieve
from sayso.ledger import (
    Compared,
    ComparedMention,
    ComparedReport,
    Found,
    IncidentRow,
    Ledger,
    damaged,
    row_of,
)
from sayso.linking.change import Change, change_of, worth_comparing
from sayso.linking.readings import Reading, readings
from sayso.linking.reports import NewReport, Told, prepared, reconciled
from sayso.linking.spool import Spool
from sayso.linking.workers import OvertakenError, Shared, Workers, without_collecting
from sayso.model import Incident

_AT_ONCE = 100_000
"""So many pairs are weighed at once."""

Pair = tuple[str, str]


def link(ledger: Ledger, codebook: Codebook, jobs: int = 1) -> None:
    """Brings lineages and incidents up to date with codings and judgements, in so many processes.

    The result follows from those in force alone, in whatever order they came. Where another linking comes
    between, or a purge, it begins again.

    Raises LedgerError where what was compared before is not there though nobody took it away.
    """
    while True:
        turn = ledger.turn()
        shared = Shared(ledger, codebook, judged(ledger.attached()))
        try:
            with without_collecting(), Workers(shared, jobs) as workers:
                if _linked(shared, workers):
                    return
        except OvertakenError as fault:
            if ledger.turn() == turn:
                raise damaged(ledger.path, "what was compared of a mention is missing") from fault


def _linked(shared: Shared, workers: Workers) -> bool:
    """One linking; False where another came between, and nothing was changed."""
    ledger, codebook = shared.ledger, shared.codebook
    digest = _digest(codebook)
    compared = ledger.compared()
    everything = compared.digest != digest
    if everything:
        compared = Compared(compared.turn)
    to_read = readings(ledger, shared.judged)
    known = {one.report_id for one in compared.reports if _is_read_so(one, to_read.get(one.report_id))}
    gone = {one.report_id for one in compared.reports} - known
    fresh = sorted((its for one, its in to_read.items() if one not in known), key=lambda its: its.coding_id)
    if not (everything or gone or fresh):
        return True
    newly = list(workers.each(prepared, fresh))
    change = change_of(compared, gone, newly, shared.judged)
    across = Across({}, {}, codebook, judged=shared.judged)
    facts = _KnownFacts(change, ledger, newly)
    pairs = _pairs(change, facts, across, compared)
    regrouped = _regrouped(change, facts, across, pairs)
    with Spool[IncidentRow]() as rows:
        shown = _shown(regrouped, change, to_read, workers, rows)
        found = Found(
            digest,
            everything,
            _changed_reports(change, compared),
            gone - change.reports.keys(),
            _changed_mentions(change, regrouped.reached, shown.homes),
            change.before.mentions.keys() - change.now.mentions.keys(),
            {one: line for new in newly for one, line in new.facts.items()},
            pairs.new,
            pairs.gone,
        )
        taken_out = None if everything else shown.taken_out
        return ledger.relink(compared.turn, found, change.lineages, rows, taken_out)


def _is_read_so(report: ComparedReport, reading: Reading | None) -> bool:
    return reading is not None and (report.coding_id, report.judged) == (reading.coding_id, reading.judged)


class _KnownFacts(dict[int, Facts]):
    """The facts of nodes, by position: those of new reports, the others as the ledger keeps them."""

    def __init__(self, change: Change, ledger: Ledger, newly: Iterable[NewReport]) -> None:
        super().__init__()
        self._change = change
        self._ledger = ledger
        self._lines = {one: line for new in newly for one, line in new.facts.items()}

    def load(self, positions: Iterable[int]) -> None:
        """Sees to it that these are there, and those that people put together with them."""
        units = self._change.units
        every = {at for position in positions for at in units.get(position, (position,))}
        wanted = {position: self._change.ids[position] for position in every if position not in self}
        stored = self._ledger.compared_facts(one for one in wanted.values() if one not in self._lines)
        for position, one in wanted.items():
            line = self._lines.get(one) or stored.get(one)
            if line is None:
                raise OvertakenError
            self[position] = self._change.now.facts(one, line)


@dataclass(frozen=True)
class _Pairs:
    """The pairs of nodes that are rather one incident than two: new, gone, and all there are now."""

    anew: frozenset[str]
    new: frozenset[Pair]
    gone: frozenset[Pair]
    now: Collection[Pair]


def _pairs(change: Change, facts: _KnownFacts, across: Across, compared: Compared) -> _Pairs:
    anew, *worth = worth_comparing(change, _possible(change, across))
    scores = Scores(facts, across, change.units)
    new: set[Pair] = set()
    for start in range(0, len(worth[0]), _AT_ONCE):
        first, second = (its[start : start + _AT_ONCE].tolist() for its in worth)
        facts.load({*first, *second})
        links = scores.likely(zip(first, second, strict=True))
        new.update((change.ids[one], change.ids[other]) for one, other in links)
    gone = {pair for pair in compared.pairs if not anew.isdisjoint(pair) or not change.gone.isdisjoint(pair)}
    kept = [pair for pair in compared.pairs if pair not in gone]
    return _Pairs(anew, frozenset(new - gone), frozenset(gone - new), [*kept, *new])


def _possible(change: Change, across: Across) -> Possible:
    """Which of some pairs may be links."""
    sieve = Sieve(*change.now.traits(change.ids), across.weights)
    united = np.zeros(len(change.ids), np.bool_)
    united[list(change.units)] = True  # of these the others that people put them with have a say
    return lambda one, other: sieve.possible(one, other) | united[one] | united[other]


@dataclass(frozen=True)
class _Regrouped:
    """The groups of all nodes that hang together with what changed, and the mentions that stand in these.

    kept  the groups that are as they were, with their incident_id.
    """

    reached: frozenset[str]
    kept: Mapping[Group, str]
    changed: Sequence[Group]


def _regrouped(change: Change, facts: _KnownFacts, across: Across, pairs: _Pairs) -> _Regrouped:
    by_people = [(change.ids[one], change.ids[other]) for one, other in inside(change.units)]
    ties = [*pairs.now, *by_people]
    nodes = _reached({*pairs.anew, *(one for pair in pairs.gone for one in pair)}, change, ties)
    at = {one: position for position, one in enumerate(change.ids) if one in nodes}
    facts.load(at.values())
    links = [(at[one], at[other]) for one, other in ties if one in nodes]
    groups = [
        one
        for part in hanging_together(at.values(), links)
        for one in grouped(part, Scores(facts, across, change.units))
    ]
    members = {one: its for one, its in change.now.members.items() if one in nodes}
    reached = frozenset(mention_id for its in members.values() for mention_id in its)
    dirty = {mention_id for one in change.dirty for mention_id in members[one]}
    kept = _as_before(groups, change, dirty)
    return _Regrouped(reached, kept, [one for one in groups if one not in kept])


def _reached(seeds: Iterable[str], change: Change, pairs: Iterable[Pair]) -> set[str]:
    """The nodes that hang together with some, these too."""
    beside: dict[str, list[str]] = {}
    for one, other in pairs:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    left = [one for one in seeds if one in change.now.members]
    reached = set(left)
    while left:
        for other in beside.get(left.pop(), ()):
            if other not in reached:
                reached.add(other)
                left.append(other)
    return reached


def _as_before(groups: Iterable[Group], change: Change, dirty: Collection[str]) -> dict[Group, str]:
    """Those of some groups that are an incident already, none of whose mentions changed."""
    held: dict[str, set[str]] = {}
    for one in change.before.mentions.values():
        if one.incident_id is not None:
            held.setdefault(one.incident_id, set()).add(one.id)
    kept = {}
    for group in groups:
        inside = {*group.mention_ids, *group.silent}
        former = change.before.mentions.get(group.mention_ids[0])
        if former and former.incident_id and held[former.incident_id] == inside and inside.isdisjoint(dirty):
            kept[group] = former.incident_id
    return kept


@dataclass(frozen=True)
class _Shown:
    """The incidents that are shown otherwise than before.

    homes     mention_id -> incident_id, of all mentions that were reached and not retracted; the report_id
              too of a report in which none was read.
    taken_out the ids of the incidents that these take the place of.
    """

    homes: Mapping[str, str]
    taken_out: Collection[str]


def _shown(
    regrouped: _Regrouped,
    change: Change,
    to_read: Mapping[str, Reading],
    workers: Workers,
    rows: Spool[IncidentRow],
) -> _Shown:
    """The incidents made anew, which are added to ``rows``."""
    told = [_told(group, change, to_read) for group in regrouped.changed]
    told.sort(key=lambda one: one.readings[0].report_id)
    homes = {
        one: home for group, home in regrouped.kept.items() for one in (*group.mention_ids, *group.silent)
    }

    def home(mention_id: str | None) -> str | None:
        """The incident that a mention is in now."""
        if mention_id is None or mention_id not in change.now.mentions:
            return None
        if mention_id in regrouped.reached:
            return homes.get(mention_id)
        return change.now.mentions[mention_id].incident_id

    with Spool[Incident]() as parts:
        for one, done in zip(told, workers.each(reconciled, told), strict=True):
            if done.row is not None:
                homes.update(dict.fromkeys((*done.row.mention_ids, *one.group.silent), done.row.incident_id))
            if done.part is not None:
                parts.add(done.part)
            elif done.row is not None:
                rows.add(done.row)
        for part in parts:
            rows.add(row_of(replace(part, part_of=home(part.part_of))))
    before = change.before.mentions
    looked_at = (*regrouped.reached, *(before.keys() - change.now.mentions.keys()))
    former = {before[one].incident_id for one in looked_at if one in before}
    taken_out = {one for one in former if one is not None} - set(regrouped.kept.values())
    for mine, whole in _parts(change, regrouped.reached, home):
        if mine not in taken_out:
            incident = workers.shared.ledger.incident(mine)
            if incident and incident.part_of and incident.part_of != whole:
                rows.add(row_of(replace(incident, part_of=whole)))
                taken_out.add(mine)
    return _Shown(homes, taken_out)


def _parts(
    change: Change, reached: Collection[str], home: Callable[[str | None], str | None]
) -> Iterator[tuple[str, str | None]]:
    """Incidents that are as they were, and a part of one that may have another id now; with that id."""
    for one in change.now.mentions.values():
        mine = one.incident_id
        if one.part_of in reached and mine is not None and home(one.id) == mine:
            yield mine, home(one.part_of)


def _told(group: Group, change: Change, to_read: Mapping[str, Reading]) -> Told:
    ids = sorted({change.now.mentions[one].report_id for one in (*group.mention_ids, *group.silent)})
    return Told(
        group,
        tuple(to_read[one] for one in ids),
        {one: change.now.lineage_of[one] for one in ids},
        change.back.of(ids),
    )


def _changed_reports(change: Change, compared: Compared) -> list[ComparedReport]:
    former = {one.report_id: one for one in compared.reports}
    lineage_of = change.now.lineage_of
    now = (
        one
        if one.lineage_id == lineage_of[one.report_id]
        else replace(one, lineage_id=lineage_of[one.report_id])
        for one in change.reports.values()
    )
    return [one for one in now if former.get(one.report_id) is not one]


def _changed_mentions(
    change: Change, reached: Collection[str], homes: Mapping[str, str]
) -> list[ComparedMention]:
    now = (
        replace(one, incident_id=homes.get(one.id)) if one.id in reached else one
        for one in change.now.mentions.values()
    )
    return [one for one in now if change.before.mentions.get(one.id) != one]


@cache
def _digest(codebook: Codebook) -> str:
    """Of all that linking goes by: where it changes, everything is compared anew."""
    digest = hashlib.sha256(codebook.sha256.encode())
    package = files("sayso")
    for room in ("incidents", "lineage", "linking", "places", "model.py"):
        for file in _sources(package.joinpath(room)):
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _sources(there: Traversable) -> Iterator[Traversable]:
    """The program and its tables, in order of their names."""
    if there.is_file():
        if there.name.endswith((".py", ".yaml", ".tsv")):
            yield there
        return
    for one in sorted(there.iterdir(), key=lambda one: one.name):
        if one.name not in ("data", "__pycache__"):
            yield from _sources(one)
