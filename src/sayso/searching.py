"""What ``sayso search`` tells: passages of reports, and the incidents that they are quoted in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.exports.text import SHORT, sentence
from sayso.ledger import Ledger, Passage
from sayso.model import Incident, Report, Statement


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, its report, and what the incidents state of it; what no incident shows is not there."""

    passage: Passage
    report: Report | None
    stated: tuple[tuple[Incident, Statement], ...]


def searched(ledger: Ledger, words: Sequence[str], *, most: int, quotes_only: bool) -> Iterator[Hit]:
    """The passages in which all the words stand, the best report first; see ``Ledger.search``."""
    asked = " ".join(f'"{one}"' if " " in one else one for one in words)
    reports: dict[str, Report | None] = {}
    incidents: dict[str, Incident | None] = {}
    for passage in ledger.search(asked, most=most, quotes_only=quotes_only):
        report_id = passage.quote.report_id
        if report_id not in reports:
            reports[report_id] = ledger.report(report_id)
        for one in passage.said:
            if one.mention_id not in incidents:
                incidents[one.mention_id] = ledger.incident_of(one.mention_id)
        ids = {(one.statement_id, one.mention_id) for one in passage.said}
        holding = (incidents[one.mention_id] for one in passage.said)
        shown = {incident.incident_id: incident for incident in holding if incident is not None}
        stated = tuple(
            (incident, statement)
            for incident in shown.values()
            for statement in incident.statements
            if (statement.statement_id, statement.mention_id) in ids
        )
        yield Hit(passage, reports[report_id], stated)


def lines(found: Sequence[Hit]) -> Iterator[str]:
    """Each report once, below it its passages, below these what is stated there."""
    before = None
    for hit in found:
        quote = hit.passage.quote
        if quote.report_id != before:
            parts = (hit.report.publisher, hit.report.published, hit.report.title) if hit.report else ()
            yield f"{quote.report_id[:SHORT]}  {' | '.join(part for part in parts if part)}".rstrip()
            before = quote.report_id
        yield f"  [{quote.start}:{quote.end}] {_marked(hit.passage)}"
        told = (
            f"      incident {incident.incident_id[:SHORT]}, {statement.field}: {sentence(statement)}"
            for incident, statement in hit.stated
        )
        yield from dict.fromkeys(told)


def _marked(passage: Passage) -> str:
    """The passage in one line, with what was found between marks."""
    quote, parts, at = passage.quote, [], passage.quote.start
    for start, end in passage.found:
        parts += [quote.text[at - quote.start : start - quote.start]]
        parts += ["»", quote.text[start - quote.start : end - quote.start], "«"]
        at = end
    parts.append(quote.text[at - quote.start :])
    return " ".join("".join(parts).split())


def record(hit: Hit) -> dict[str, Any]:
    """A passage as a record."""
    quote = hit.passage.quote
    return {
        "report_id": quote.report_id,
        "publisher": hit.report.publisher if hit.report else None,
        "published": hit.report.published if hit.report else None,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "found": [list(span) for span in hit.passage.found],
        "statements": [
            {
                "incident_id": incident.incident_id,
                "statement_id": statement.statement_id,
                "field": statement.field,
                "stance": statement.stance.value,
                "speaker": statement.speaker,
                "start": statement.quote.start,
                "end": statement.quote.end,
                "quote": statement.quote.text,
            }
            for incident, statement in hit.stated
        ],
    }
