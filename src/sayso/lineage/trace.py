"""Reports to lineages, by the text they share."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sayso.lineage.clusters import average_linkage
from sayso.lineage.furniture import furniture_of
from sayso.lineage.runs import FEWEST_RUNS, Runs, runs_of, share
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


def trace(reports: Sequence[Report]) -> tuple[Lineage, ...]:
    """Every report in exactly one lineage, whatever the order of the reports.

    A lineage is named after its earliest report (published, as printed, unknown last; then text_id, then
    report_id); its reports stand in that order, the lineages in that of their first report. ``pairs``
    are the comparisons inside the lineage that speak for it, at least one for each report that is not
    alone; ``near`` those of its reports with others that came later and are of another lineage, from a share
    of .05 on. A report given twice counts once; no reports, no lineages.
    """
    by_text: dict[str, list[Report]] = defaultdict(list)
    for report in sorted({report.report_id: report for report in reports}.values(), key=_age):
        by_text[report.text_id].append(report)
    same_text = list(by_text.values())
    table = _compare(_comparable([same[0] for same in same_text]))
    groups = average_linkage(len(same_text), table.shares, THRESHOLD)
    group_of_head = {head: number for number, group in enumerate(groups) for head in group}
    group_of = [group_of_head[head] for head in table.head_of]

    members: dict[int, list[Report]] = defaultdict(list)
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


def _age(report: Report) -> tuple[bool, str, str, str]:
    return (report.published is None, report.published or "", report.text_id, report.report_id)


def _comparable(reports: Sequence[Report]) -> list[Runs]:
    texts = [runs_of(report) for report in reports]
    # The same wording under two text_ids (other blanks, other furniture) is one text here.
    outlets: dict[Runs, str | None] = {}
    for text, report in zip(texts, reports, strict=True):
        outlets.setdefault(text, (report.publisher or "").casefold() or None)
    furniture = dict(zip(outlets, furniture_of(list(outlets), list(outlets.values())), strict=True))
    return [text - furniture[text] for text in texts]


def _compare(texts: Sequence[Runs]) -> _Table:
    """Each text with the heads before it; a near copy of a head joins it, any other becomes a head."""
    table = _Table()
    holders: dict[int, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        found = {head: share(texts[head], text) for head in _heads_near(text, holders)}
        near = [
            (value, -head)
            for head, value in found.items()
            if len(texts[head] & text) >= NEAR_COPY * len(texts[head] | text)
        ]
        if near:
            value, head = max(near)
            table.head_of.append(-head)
            table.copied[index] = value
            continue
        table.head_of.append(index)
        table.shares.update({(head, index): value for head, value in found.items() if value >= _LEAST_SHARE})
        for run in text:
            if len(holders[run]) < _MOST_HOLDERS:
                holders[run].append(index)
    return table


def _heads_near(text: Runs, holders: dict[int, list[int]]) -> list[int]:
    if len(text) < FEWEST_RUNS:
        return []
    shared: Counter[int] = Counter()
    for run in text:
        shared.update(holders.get(run, ()))
    return sorted(head for head, count in shared.items() if count >= _FEWEST_SHARED)


def _compared(table: _Table) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts, the earlier first, with their shares."""
    for index, value in table.copied.items():
        yield table.head_of[index], index, value
    for (first, second), value in table.shares.items():
        yield first, second, value


def _lineage(reports: Sequence[Report], pairs: Sequence[LineagePair], near: Sequence[LineagePair]) -> Lineage:
    ids = tuple(report.report_id for report in sorted(reports, key=_age))
    return Lineage(ids[0], ids, tuple(sorted(pairs, key=_ids)), tuple(sorted(near, key=_ids)))


def _ids(pair: LineagePair) -> tuple[str, str]:
    return pair.a, pair.b


def _pair(first: Report, second: Report, value: float) -> LineagePair:
    a, b = sorted((first.report_id, second.report_id))
    return LineagePair(a=a, b=b, score=round(value, 4))
