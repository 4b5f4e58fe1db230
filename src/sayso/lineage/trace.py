"""Reports to lineages, by the text they share."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from sayso.lineage.clusters import average_linkage
from sayso.lineage.furniture import furniture_of
from sayso.lineage.holders import holders_of
from sayso.lineage.runs import FEWEST_RUNS, Runs, runs_of, share_of
from sayso.model import Lineage, LineagePair, Report

THRESHOLD = 0.2
"""The least mean share of text within a lineage. It lies half way, in logarithms, between hand-labelled
pairs of English local news that are plain: copies (.93 and more) and independent reports (.04 and less). The
pairs that had to be read to be judged had no part in it."""

NEAR_COPY = 0.8
"""Two texts that have this share of all their runs in common are versions of one text and count once, so
that more copies of a text do not move the clusters."""

_MOST_HOLDERS = 50
"""A run leads to this many earlier texts at most. It bounds the work on a corpus made to blow it up."""

_FEWEST_SHARED = 5
_LEAST_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Traceable:
    """What of a report is looked at to trace it."""

    report_id: str
    text_id: str
    published: str | None
    publisher: str | None
    runs: Runs


def traceable(report: Report) -> Traceable:
    """What of a report is looked at to trace it."""
    return Traceable(report.report_id, report.text_id, report.published, report.publisher, runs_of(report))


def trace(reports: Sequence[Report]) -> tuple[Lineage, ...]:
    """The lineages of reports; see ``lineages_of``."""
    return lineages_of([traceable(report) for report in reports])


def lineages_of(reports: Sequence[Traceable]) -> tuple[Lineage, ...]:
    """Every report in exactly one lineage, whatever the order of the reports.

    A lineage is named after its earliest report (published, as printed, unknown last; then text_id, then
    report_id); its reports stand in that order, the lineages in that of their first report. ``pairs``
    are the comparisons inside the lineage that speak for it, at least one for each report that is not
    alone; ``near`` those of its reports with others that came later and are of another lineage, from a share
    of .05 on. A report given twice counts once; no reports, no lineages.
    """
    by_text: dict[str, list[Traceable]] = defaultdict(list)
    for report in sorted({report.report_id: report for report in reports}.values(), key=_age):
        by_text[report.text_id].append(report)
    same_text = list(by_text.values())
    table = _compare([same[0] for same in same_text])
    group_of_head = _groups(table)
    group_of = [group_of_head.get(head, head) for head in table.head_of]

    members: dict[int, list[Traceable]] = defaultdict(list)
    pairs: dict[int, list[LineagePair]] = defaultdict(list)
    for same, number in zip(same_text, group_of, strict=True):
        members[number] += same
        pairs[number] += [_pair(same[0], other, 1.0) for other in same[1:]]
    near: dict[int, list[LineagePair]] = defaultdict(list)
    for first, second, value in _compared(table):
        pair = _pair(same_text[first][0], same_text[second][0], value)
        if group_of[first] != group_of[second]:
            near[group_of[first]].append(pair)
        elif value >= THRESHOLD:
            pairs[group_of[first]].append(pair)
    lineages = [_lineage(inside, pairs[number], near[number]) for number, inside in members.items()]
    age_of = {report.report_id: _age(report) for report in reports}
    return tuple(sorted(lineages, key=lambda lineage: age_of[lineage.lineage_id]))


@dataclass(slots=True)
class _Table:
    """What was compared.

    ``head_of`` has for each text the head of its near copies, ``copied`` its share with that head where it is
    no head itself, ``shares`` those of the heads with one another.
    """

    head_of: list[int] = field(default_factory=list)
    copied: dict[int, float] = field(default_factory=dict)
    shares: dict[tuple[int, int], float] = field(default_factory=dict)


def _age(report: Traceable) -> tuple[bool, str, str, str]:
    return (report.published is None, report.published or "", report.text_id, report.report_id)


def _groups(table: _Table) -> dict[int, int]:
    """Head -> the first head of its group, for those that are like others."""
    heads = sorted({head for pair in table.shares for head in pair})
    at = {head: number for number, head in enumerate(heads)}
    shares = {(at[first], at[second]): value for (first, second), value in table.shares.items()}
    groups = average_linkage(len(heads), shares, THRESHOLD)
    return {heads[number]: heads[group[0]] for group in groups for number in group}


def _compare(reports: Sequence[Traceable]) -> _Table:
    """Each text with the heads before it; a near copy of a head joins it, any other becomes a head."""
    # The same wording under two text_ids (other blanks, other furniture) is one text here.
    first_of: dict[bytes, int] = {}
    same_as = [first_of.setdefault(report.runs.tobytes(), at) for at, report in enumerate(reports)]
    distinct = list(first_of.values())
    texts = [reports[at].runs for at in distinct]
    outlets = [(reports[at].publisher or "").casefold() or None for at in distinct]
    held = holders_of(texts)
    plain = held.only(~furniture_of(texts, outlets, held))
    lost = np.bincount(held.texts, minlength=len(texts)) - np.bincount(plain.texts, minlength=len(texts))
    lengths = [len(text) - int(number) for text, number in zip(texts, lost, strict=True)]

    earlier: dict[int, list[tuple[int, int]]] = defaultdict(list)
    firsts, seconds, counts = plain.common(_MOST_HOLDERS)
    wanted = counts >= _FEWEST_SHARED
    for first, second, count in zip(
        *(its[wanted].tolist() for its in (firsts, seconds, counts)), strict=True
    ):
        earlier[second].append((first, count))
    table = _Table()
    number_of = {at: number for number, at in enumerate(distinct)}
    for at, same in enumerate(same_as):
        number = number_of[same]
        if same == at:
            _place(number, earlier.get(number, []), lengths, distinct, table)
        elif lengths[number] >= FEWEST_RUNS:
            table.copied[at] = share_of(lengths[number], lengths[number], lengths[number])
            table.head_of.append(table.head_of[same])
        else:
            table.head_of.append(at)
    return table


def _place(
    number: int,
    earlier: Sequence[tuple[int, int]],
    lengths: Sequence[int],
    distinct: Sequence[int],
    table: _Table,
) -> None:
    """Adds one text to the table, compared with the heads among those that share runs with it."""
    at, mine = distinct[number], lengths[number]
    found: dict[int, float] = {}
    near: list[tuple[float, int]] = []
    for other, common in earlier:
        head = distinct[other]
        value = share_of(common, mine, lengths[other])
        if table.head_of[head] != head or value == 0:
            continue
        found[head] = value
        if common >= NEAR_COPY * (mine + lengths[other] - common):
            near.append((value, -head))
    if near:
        value, head = max(near)
        table.head_of.append(-head)
        table.copied[at] = value
        return
    table.head_of.append(at)
    table.shares.update({(head, at): value for head, value in found.items() if value >= _LEAST_SHARE})


def _compared(table: _Table) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts, the earlier first, with their shares."""
    for index, value in table.copied.items():
        yield table.head_of[index], index, value
    for (first, second), value in table.shares.items():
        yield first, second, value


def _lineage(
    reports: Sequence[Traceable], pairs: Sequence[LineagePair], near: Sequence[LineagePair]
) -> Lineage:
    ids = tuple(report.report_id for report in sorted(reports, key=_age))
    return Lineage(ids[0], ids, tuple(sorted(pairs, key=_ids)), tuple(sorted(near, key=_ids)))


def _ids(pair: LineagePair) -> tuple[str, str]:
    return pair.a, pair.b


def _pair(first: Traceable, second: Traceable, value: float) -> LineagePair:
    a, b = sorted((first.report_id, second.report_id))
    return LineagePair(a=a, b=b, score=round(value, 4))
