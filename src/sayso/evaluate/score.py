"""One report's predictions against gold: marks, of which all figures are sums."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.evaluate import actors, attributions, fields, passages
from sayso.evaluate.align import align
from sayso.evaluate.linking import Linked, linking
from sayso.evaluate.rows import LISTS, Figure, Mark, Outcome, figures, right_or_wrong, tally
from sayso.evaluate.told import Told, records, told

Predictions = Mapping[str, Mapping[str, Any]]
"""The id of a report -> what was predicted of it, in the shape of a line of ``sayso code``."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The marks of each report, in gold's order, and its incidents as linked across reports."""

    marks: dict[str, tuple[Mark, ...]]
    linked: tuple[Linked, ...]

    def figures(self) -> dict[str, Figure]:
        """Row -> figure, over all reports."""
        every = (mark for marks in self.marks.values() for mark in marks)
        return {**figures(tally(every)), **linking(self.linked)}


def score(gold: Mapping[str, Mapping[str, Any]], predictions: Predictions) -> Scored:
    """Predictions against gold, both by the id of the report.

    A report that nothing is predicted of is missed with all that it tells. Predictions of other reports do
    not count.
    """
    marks: dict[str, tuple[Mark, ...]] = {}
    linked: list[Linked] = []
    for report in sorted(gold):
        one = _Report(gold[report], predictions.get(report))
        marks[report] = tuple(one.marks())
        linked += [Linked(report, key, joined_to) for key, joined_to in one.linked()]
    return Scored(marks, tuple(linked))


class _Report:
    """One report: gold's incidents and the predicted ones, aligned."""

    def __init__(self, gold: Mapping[str, Any], predicted: Mapping[str, Any] | None) -> None:
        self._gold_record = gold
        self._coded = isinstance(predicted, Mapping)
        self._record: Mapping[str, Any] = predicted if isinstance(predicted, Mapping) else {}
        self.gold = [told(one, gold=True) for one in records(gold.get("incidents"))]
        self._incidents = records(self._record.get("incidents"))
        self.said = [told(one) for one in self._incidents]
        self.joined = align(self.gold, self.said)
        self.gold_of = {position: row for row, position in self.joined.items()}

    def marks(self) -> Iterator[Mark]:
        """All marks of the report; incidents that gold calls optional are in none of them."""
        yield Mark("reports.coded", right_or_wrong(self._coded))
        yield from self._relevance()
        for row, gold in enumerate(self.gold):
            if gold.optional:
                continue
            if row in self.joined:
                yield from _of_joined(gold, self.said[self.joined[row]])
            else:
                yield from _of_missed(gold)
        for position, said in enumerate(self.said):
            if position not in self.gold_of:
                yield from _of_spurious(said)
        yield from passages.marks(self._gold_record, self._incidents)

    def linked(self) -> Iterator[tuple[str | None, tuple[str | None] | None]]:
        """Gold's key of each incident, and the predicted id in a tuple, None where it was missed."""
        for row, gold in enumerate(self.gold):
            if not gold.optional:
                said = self.said[self.joined[row]] if row in self.joined else None
                yield gold.key, (said.key,) if said else None

    def _relevance(self) -> Iterator[Mark]:
        real = [one for one in self.gold if not one.optional]
        given, topic = self._gold_record.get("relevant"), self._gold_record.get("on_topic")
        relevant = bool(real) if given is None else bool(given)
        on_topic = any(not one.is_background for one in real) if topic is None else bool(topic)
        claimed = self._record.get("relevant")
        news = (
            not one.is_background
            for position, one in enumerate(self.said)
            if position not in self.gold_of or not self.gold[self.gold_of[position]].optional
        )
        sides = (
            (
                "relevance.accuracy",
                "relevance.relevant",
                relevant,
                bool(self.said if claimed is None else claimed),
            ),
            ("relevance.on_topic_accuracy", "relevance.on_topic", on_topic, any(news)),
        )
        for rate, found, truth, answer in sides:
            yield Mark(rate, right_or_wrong(truth == answer))
            if truth or answer:
                yield Mark(found, "tp" if truth and answer else "fp" if answer else "fn")


def _of_joined(gold: Told, said: Told) -> Iterator[Mark]:
    yield from _detection(gold, "tp", gold.key or "")
    yield from fields.marks(gold, said)
    yield from attributions.of_joined(gold, said)
    yield from _names(gold, said)


def _of_missed(gold: Told) -> Iterator[Mark]:
    yield from _detection(gold, "fn", gold.key or "")
    yield from fields.of_missed(gold)
    yield from attributions.of_missed(gold)
    yield from _names(gold, None)


def _of_spurious(said: Told) -> Iterator[Mark]:
    label = label_of(said)
    yield from _detection(said, "fp", label)
    yield from attributions.of_spurious(said, label)
    for role in LISTS:
        for name in actors.matched(role, None, said).wrong:
            yield Mark(f"{role}_by_name.end_to_end", "fp", label, name)


def _detection(one: Told, outcome: Outcome, key: str) -> Iterator[Mark]:
    yield Mark("detection.all", outcome, key)
    if not one.is_background:
        yield Mark("detection.foreground", outcome, key)


def _names(gold: Told, said: Told | None) -> Iterator[Mark]:
    """Names by role. Perpetrators that gold calls optional are not missed, nor wrong if gold names none."""
    key = gold.key or ""
    for role in LISTS:
        found = actors.matched(role, gold, said)
        free = role == "perpetrators" and gold.perpetrators_optional
        rows = [f"{role}_by_name", f"{role}_by_name.end_to_end"] if said else [f"{role}_by_name.end_to_end"]
        for row in rows:
            yield from (Mark(row, "tp", key, name) for name in found.found)
            if not free:
                yield from (Mark(row, "fn", key, name) for name in found.missed)
            if not (free and not gold.perpetrators):
                yield from (Mark(row, "fp", key, name) for name in found.wrong)


def label_of(said: Told) -> str:
    """What a predicted incident that gold does not have is called in lists of cases."""
    parts: Iterable[str] = (
        said.sub_type or said.type or "incident",
        said.places[0] if said.places else "",
        said.days[0].isoformat() if said.days else "",
    )
    return "not in gold: " + ", ".join(part for part in parts if part)
