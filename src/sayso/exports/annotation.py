"""Quotes as annotations of the W3C's Web Annotation Data Model, one for each statement, one line each.

The target is the text as it was read (the offsets count its characters) and, where the report has an address,
the page there, in which the words are to be looked for. The body tells who says what, for people, and the
statement itself, for programs.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sayso.exports import text
from sayso.exports.collection import check_collection, collection_lines
from sayso.model import Incident, IncidentReport, Statement
from sayso.records import to_json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_HEAD = (
    f'{{"@context": "{CONTEXT}", "id": "urn:x-sayso:annotations", "type": "AnnotationCollection", '
    '"first": {"id": "urn:x-sayso:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": ['
)


def lines(incidents: Iterable[Incident]) -> Iterator[str]:
    """The lines of a collection with one page; each annotation but the last ends in a comma."""
    return collection_lines(_HEAD, _annotations(incidents), _end)


def _annotations(incidents: Iterable[Incident]) -> Iterator[dict[str, Any]]:
    for incident in incidents:
        reports = {report.report_id: report for report in incident.reports}
        for statement in incident.statements:
            yield annotation(incident, statement, reports.get(statement.report_id))


def _end(count: int) -> str:
    return f']}}, "total": {count}}}'


def annotation(incident: Incident, statement: Statement, report: IncidentReport | None) -> dict[str, Any]:
    """One statement as an annotation of its quote."""
    quote = statement.quote
    exact = {"type": "TextQuoteSelector", "exact": quote.text}
    position = {"type": "TextPositionSelector", "start": quote.start, "end": quote.end}
    targets: list[dict[str, Any]] = [
        {
            "type": "SpecificResource",
            "source": f"urn:x-sayso:report:{statement.report_id}",
            "selector": [position, exact],
        }
    ]
    if report is not None and report.url:
        targets.append({"type": "SpecificResource", "source": report.url, "selector": exact})
    return {
        "id": f"urn:x-sayso:incident:{incident.incident_id}:statement:{statement.statement_id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {
                "type": "TextualBody",
                "format": "text/plain",
                "language": "en",
                "value": f"{statement.field}: {text.sentence(statement)}",
            },
            {
                "type": "TextualBody",
                "format": "application/json",
                "value": to_json(statement, leave_out="quote"),
            },
        ],
        "target": targets,
    }


def check_file(path: Path, count: int) -> None:
    """Reads the annotations again, one by one. Raises OutputError where something else was written."""
    check_collection(path, _HEAD, _end(count), count, _is_annotation)


def _is_annotation(data: dict[str, Any]) -> bool:
    return data["type"] == "Annotation" and bool(data["target"])
