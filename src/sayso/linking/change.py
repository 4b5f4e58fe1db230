"""What a linking has to look at: which of the mentions are new or changed, and what could be theirs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso import lineage
from sayso.incidents import Judged, TakenBack, taken_back
from sayso.incidents.candidates import Blocks, Keys, Possible, distinct
from sayso.incidents.group import Unit, units_of
from sayso.ledger import Compared, ComparedReport
from sayso.linking.nodes import Nodes, joined
from sayso.linking.reports import NewReport
from sayso.model import Lineage

Positions = npt.NDArray[np.int64]

_LAST_BITS = np.uint64(0xFFFF)


@dataclass(frozen=True)
class Change:
    """What was compared before and what is to be compared now.

    reports   those there are now, by report_id.
    lineages  all, as they are now.
    dirty     the nodes that are new, or compared in another way than before.
    gone      the nodes that were changed or are no more, as they were.
    ids       those of all nodes, before and now, sorted: a position stands for one.
    units     of positions, what people put together.
    back      what is taken back by which reports.
    """

    before: Nodes
    now: Nodes
    reports: Mapping[str, ComparedReport]
    lineages: tuple[Lineage, ...]
    dirty: frozenset[str]
    gone: frozenset[str]
    ids: Sequence[str]
    units: Mapping[int, Unit]
    back: TakenBack


def change_of(
    compared: Compared, gone: Collection[str], newly: Sequence[NewReport], judged: Judged
) -> Change:
    """What changes where some reports are gone (or coded anew) and some are new (or coded anew)."""
    kept = [one for one in compared.reports if one.report_id not in gone]
    reports = {one.report_id: one for one in (*kept, *(new.report for new in newly))}
    lineages = lineage.lineages_of(
        [
            lineage.Traceable(
                one.report_id, one.text_id, one.published, one.publisher, np.frombuffer(one.runs, np.uint64)
            )
            for one in reports.values()
        ]
    )
    lineage_of = {report_id: one.lineage_id for one in lineages for report_id in one.reports}
    former = {one.report_id: one.lineage_id for one in compared.reports}
    formerly, back = taken_back(compared.reports), taken_back(reports.values())
    moved = {new.report.report_id for new in newly}
    moved |= {one.report_id for one in kept if lineage_of[one.report_id] != one.lineage_id}
    moved |= {one.report_id for one in kept if back.of([one.report_id]) != formerly.of([one.report_id])}
    before = Nodes({one.id: one for one in compared.mentions}, former)
    left = {former[report_id] for report_id in (*moved, *gone) if report_id in former}
    touched = {lineage_of[report_id] for report_id in moved}
    touched |= {lineage_of[one.report_id] for one in kept if one.lineage_id in left}
    mentions = (
        *(one for one in compared.mentions if one.report_id not in gone),
        *(mention for new in newly for mention in new.mentions),
    )
    now = Nodes(joined(mentions, lineage_of, touched, judged), lineage_of)
    dirty = _with_units(
        {
            first
            for first, members in now.members.items()
            if members != before.members.get(first)
            or any(now.mentions[mention_id].report_id in moved for mention_id in members)
        },
        before,
        now,
        judged,
    )
    ids = sorted(before.members.keys() | now.members.keys())
    put_together = {mention_id for unit in judged.together for mention_id in unit}
    members = {
        at: now.members[one]
        for at, one in enumerate(ids)
        if one in now.members and not put_together.isdisjoint(now.members[one])
    }
    return Change(
        before,
        now,
        reports,
        lineages,
        dirty,
        frozenset(first for first in before.members if first in dirty or first not in now.members),
        ids,
        units_of(members, judged),
        back,
    )


def _with_units(dirty: set[str], before: Nodes, now: Nodes, judged: Judged) -> frozenset[str]:
    """The nodes that changed, with those that people put together with what changed or is no more.

    How likely one of these is the same as a third rests on all of them.
    """
    changed = {mention_id for first in dirty for mention_id in now.members[first]}
    changed |= before.mentions.keys() - now.mentions.keys()
    left = list(judged.together)
    while touched := [unit for unit in left if not unit.isdisjoint(changed)]:
        left = [unit for unit in left if unit.isdisjoint(changed)]
        nodes = {now.mentions[one].same_as for unit in touched for one in unit if one in now.mentions}
        dirty |= nodes
        changed |= {mention_id for first in nodes for mention_id in now.members[first]}
    return frozenset(dirty)


def _stand_in(blocks: Keys, asked: Keys) -> npt.NDArray[np.bool_]:
    """Which of some blocks are asked for; ``asked`` is sorted."""
    found = np.zeros(len(blocks), np.bool_)
    if len(asked):
        marked = np.zeros(1 << 16, np.bool_)  # most are told to be none by their last bits
        marked[asked & _LAST_BITS] = True
        some = np.flatnonzero(marked[blocks & _LAST_BITS])
        there = np.minimum(np.searchsorted(asked, blocks[some]), len(asked) - 1)
        found[some] = asked[there] == blocks[some]
    return found


def worth_comparing(change: Change, possible: Possible) -> tuple[frozenset[str], Positions, Positions]:
    """The nodes that are to be compared anew, and the possible pairs of positions that these stand in.

    Those are the dirty ones, and those whose crowded blocks now lead to others than before.
    """
    at = {mention_id: position for position, mention_id in enumerate(change.ids)}
    steady = sorted(change.now.members.keys() - change.dirty)
    steady_keys, counts = change.now.keys(steady)
    owners = np.repeat(np.array([at[one] for one in steady], np.int64), counts)

    def blocks(wanted: Collection[str], nodes: Nodes, changed: Iterable[str]) -> Blocks:
        """The blocks that the wanted stand in: of what did not change, and of what did."""
        asked = [change.now.keys(sorted(set(wanted) & change.now.members.keys()))[0]]
        asked.append(change.before.keys(sorted(change.gone))[0])
        asked_blocks = distinct(np.concatenate(asked) >> np.uint64(1))
        inside = _stand_in(steady_keys >> np.uint64(1), asked_blocks)
        firsts = sorted(changed)
        keys, its = nodes.keys(firsts)
        mine = np.repeat(np.array([at[one] for one in firsts], np.int64), its)
        return Blocks(np.concatenate([steady_keys[inside], keys]), np.concatenate([owners[inside], mine]))

    now = blocks(change.dirty, change.now, change.dirty)
    moved = now.crowded() ^ blocks(change.dirty, change.before, change.gone).crowded()
    anew = change.dirty | ({change.ids[owner] for _, owner in moved} & change.now.members.keys())
    if anew != change.dirty:
        now = blocks(anew, change.now, change.dirty)
    chosen = np.zeros(len(change.ids), np.bool_)
    chosen[[at[one] for one in anew]] = True
    return anew, *now.pairs(None if chosen.all() else chosen, possible)
