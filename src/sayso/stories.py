"""Stories: which reports tell of one thing and of what followed from it, for ``sayso stories``.

A story is wider than an incident: an attack with the mourning, the arrests and the trial, and whatever else
reports tell, an incident or not. So reports are grouped, not mentions, and by their words alone.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sayso.incidents.candidates import candidates
from sayso.incidents.facts import Facts, passages_of, silent_facts
from sayso.incidents.group import linkage
from sayso.incidents.pairs import days_between
from sayso.incidents.wording import RAREST, alike_each, shipped, usual_likeness, wording_of, words_of
from sayso.ledger import Ledger
from sayso.model import Report

_MAIN_WORDS = 8
"""So many words tell what a story is about."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How near reports of one story are.

    Two reports are as near as their words are alike (the cosine, rare words weighing more), less by
    ``fading`` times the logarithm of one and the days between. What ``scripts/fit_linking.py stories`` found
    best for ecbplus, ``above`` in view of gva: docs/measurements.md, Stories.

    least   the least mean nearness, over all pairs of reports between two groups, at which these are joined.
    loose   the least at which a report that is left alone is joined to a story.
    above   and so many times as near must it be to that story as its words are like those of any report:
            among reports on shootings alone, all are somewhat alike.
    """

    least: float = 0.2
    loose: float = 0.08
    above: float = 3.0
    fading: float = 0.1


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Story:
    """Reports that tell of one thing and what followed, the earliest first, unknown days last.

    ``story_id`` is the report_id of the first. ``first`` and ``last`` are days of publication, as ISO dates,
    None where no report has one. ``words`` are those that weigh most in all of its reports together.
    """

    story_id: str
    reports: tuple[str, ...]
    words: tuple[str, ...]
    first: str | None
    last: str | None


def stories_of(
    reports: Iterable[Report], lineage_of: Mapping[str, str], bounds: Bounds = BOUNDS
) -> list[Story]:
    """The reports in stories, each in exactly one, by first day (unknown last), then id.

    lineage_of  report_id -> lineage_id; reports of one lineage are of one story. A report that is not there
                is its own lineage.

    Order does not matter.
    """
    by_id = {report.report_id: report for report in reports}
    facts = facts_on(by_id, lineage_of)
    groups = grouped(facts, candidates(facts), bounds)
    stories = [_story([by_id[facts[at].id] for at in its]) for its in groups]
    return sorted(stories, key=lambda story: (story.first is None, story.first or "", story.story_id))


def facts_on(reports: Mapping[str, Report], lineage_of: Mapping[str, str]) -> list[Facts]:
    """What of some reports, given by report_id, is compared, in order of id: words, day and lineage."""
    return [
        replace(
            silent_facts(report, wording_of(passages_of(report), shipped())),
            lineage_id=lineage_of.get(report_id, report_id),
        )
        for report_id, report in sorted(reports.items())
    ]


def grouped(facts: Sequence[Facts], pairs: Sequence[tuple[int, int]], bounds: Bounds) -> list[list[int]]:
    """The positions of reports in groups, one for each story.

    pairs  those worth comparing (``candidates``), the smaller first, sorted.

    Lineages are joined by average linkage, the nearest first; then each report that is still alone goes to
    the story that it is nearest to, if it is near enough.
    """
    nearness = _Nearness(facts, pairs, bounds)
    starts: dict[str, list[int]] = {}
    for at, one in enumerate(facts):
        starts.setdefault(one.lineage_id, []).append(at)
    near = [pair for pair in nearness.met if nearness.beyond(*pair) > 0]
    return _with_those_left(linkage(starts.values(), near, nearness.beyond), nearness)


class _Nearness:
    """How near two reports are, by position, the smaller first.

    ``met`` are the pairs among those worth comparing that are ``loose`` or nearer.
    """

    def __init__(self, facts: Sequence[Facts], pairs: Iterable[tuple[int, int]], bounds: Bounds) -> None:
        self.bounds = bounds
        self._facts = facts
        usual = iter(usual_likeness([one.wording for one in facts if one.wording is not None]))
        self.usual = [0.0 if one.wording is None else next(usual) for one in facts]
        self.met: dict[tuple[int, int], float] = {}
        for first, its in groupby(pairs, key=lambda pair: pair[0]):
            for second, cosine in self._cosines(first, [second for _, second in its]):
                if (nearness := self._faded(first, second, cosine)) >= bounds.loose:
                    self.met[first, second] = nearness

    def __call__(self, first: int, second: int) -> float:
        """From 0 to 1; 0 where one has no words."""
        if (found := self.met.get((first, second))) is not None:
            return found
        return sum(self._faded(first, second, cosine) for _, cosine in self._cosines(first, [second]))

    def beyond(self, first: int, second: int) -> float:
        """By how much they are nearer than reports of one story need be."""
        return self(first, second) - self.bounds.least

    def _cosines(self, first: int, others: Iterable[int]) -> list[tuple[int, float]]:
        """The cosine with each of the others that have words; none where the first has none."""
        mine = self._facts[first].wording
        worded = [(at, wording) for at in others if (wording := self._facts[at].wording) is not None]
        if mine is None:
            return []
        cosines = alike_each(mine, [wording for _, wording in worded])
        return [(at, cosine) for (at, _), cosine in zip(worded, cosines, strict=True)]

    def _faded(self, first: int, second: int, cosine: float) -> float:
        days = days_between(self._facts[first], self._facts[second])
        return round(cosine / (1 + self.bounds.fading * math.log1p(days)), 4)


def _with_those_left(groups: Sequence[Sequence[int]], nearness: _Nearness) -> list[list[int]]:
    """The groups, each report that is alone put into the nearest of those of several, if it is near enough.

    A short report shares few words with any other, and is nearer to a whole story than to its reports.
    """
    home = {at: number for number, its in enumerate(groups) for at in its}
    alone = {its[0] for its in groups if len(its) == 1}
    beside: dict[int, set[int]] = {}
    for pair in nearness.met:
        for one, other in (pair, pair[::-1]):
            if one in alone and other not in alone:
                beside.setdefault(one, set()).add(home[other])
    found = [list(its) for its in groups]
    for one, numbers in beside.items():
        mean, number = max((_mean(one, groups[number], nearness), -number) for number in numbers)
        if mean >= max(nearness.bounds.loose, nearness.bounds.above * nearness.usual[one]):
            found[-number].append(one)
            found[home[one]].clear()
    return [its for its in found if its]


def _mean(one: int, group: Sequence[int], nearness: _Nearness) -> float:
    """How near a report is to those of a group on average."""
    return math.fsum(nearness(min(one, at), max(one, at)) for at in group) / len(group)


def _story(reports: Sequence[Report]) -> Story:
    in_order = sorted(reports, key=lambda one: (one.published is None, one.published or "", one.report_id))
    days = [one.published[:10] for one in in_order if one.published]
    ids = tuple(one.report_id for one in in_order)
    return Story(ids[0], ids, _main_words(in_order), min(days, default=None), max(days, default=None))


def _main_words(reports: Iterable[Report]) -> tuple[str, ...]:
    """The words that weigh most, added up over some reports; of equals the first by the alphabet."""
    weights: Counter[str] = Counter()
    for report in reports:
        counts = Counter(word for passage in passages_of(report) for word in words_of(passage))
        for word, count in sorted(counts.items()):
            weights[word] += round(1000 * shipped().get(word, RAREST) * (1 + math.log(count)))
    return tuple(sorted(weights, key=lambda word: (-weights[word], word))[:_MAIN_WORDS])


# ---- of a ledger ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """The stories of a ledger, with their reports and, by report_id, the incidents that a report tells of."""

    stories: Sequence[Story]
    reports: Mapping[str, Report]
    incidents: Mapping[str, Sequence[str]]

    def incidents_of(self, story: Story) -> list[str]:
        """The ids of the incidents that reports of a story tell of, sorted."""
        return sorted({one for report_id in story.reports for one in self.incidents.get(report_id, ())})


def told(ledger: Ledger) -> Told:
    """The stories of the reports that were linked last."""
    lineage_of = {report_id: one.lineage_id for one in ledger.lineages() for report_id in one.reports}
    coded = (one.report for one in ledger.coded_reports())
    reports = {one.report_id: one for one in coded if one.report_id in lineage_of}
    incidents: dict[str, list[str]] = {}
    for incident in ledger.each_incident():
        for report_id in sorted({one.report_id for one in incident.reports}):
            incidents.setdefault(report_id, []).append(incident.incident_id)
    return Told(stories_of(reports.values(), lineage_of), reports, incidents)


def records(found: Told) -> Iterator[dict[str, Any]]:
    """One record a story; ids of reports are the input's own, where it gave one."""
    for story in found.stories:
        yield {
            "story_id": story.story_id,
            "first": story.first,
            "last": story.last,
            "words": list(story.words),
            "reports": [found.reports[report_id].id or report_id for report_id in story.reports],
            "incidents": found.incidents_of(story),
        }


def lines(found: Told) -> Iterator[str]:
    """The stories of several reports; a line if there is none."""
    several = [story for story in found.stories if len(story.reports) > 1]
    for story in several:
        days = " to ".join(dict.fromkeys(day for day in (story.first, story.last) if day))
        yield f"story {story.story_id}  {days or 'undated'}  {', '.join(story.words)}"
        for report_id in story.reports:
            report = found.reports[report_id]
            outlet = report.publisher or "(no outlet told)"
            yield f"  {report_id}  {report.published or 'undated'}  {outlet}  {report.title or ''}".rstrip()
        incidents = found.incidents_of(story)
        yield f"  incidents {', '.join(incidents)}" if incidents else "  no incident"
        yield ""
    if not several:
        yield "No two reports tell of one story."
