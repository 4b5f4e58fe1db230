"""Quotes as annotations of the W3C's Web Annotation Data Model, one for each statement, one line each.

The target is the text as it was read (the offsets count its characters) and, where the report has an address,
the page there, in which the words are to be looked for. The body tells who says what, for people, and the
statement itself, for programs.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from sayso.exports import text
from sayso.exports.cells import check
from sayso.model import Incident, IncidentReport, Statement
from sayso.records import data_to_json, to_json

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_HEAD = (
    f'{{"@context": "{CONTEXT}", "id": "urn:x-sayso:annotations", "type": "AnnotationCollection", '
    '"first": {"id": "urn:x-sayso:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": ['
)


def lines(incidents: Iterable[Incident]) -> Iterator[str]:
    """The lines of a collection with one page; each annotation but the last ends in a comma."""
    yield _HEAD
    held: str | None = None
    count = 0
    for incident in incidents:
        reports = {report.report_id: report for report in incident.reports}
        for statement in incident.statements:
            if held is not None:
                yield f"{held},"
            held = data_to_json(annotation(incident, statement, reports.get(statement.report_id)))
            count += 1
    if held is not None:
        yield held
    yield _end(count)


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
    found = 0
    with path.open(encoding="utf-8") as file:
        right = file.readline().rstrip("\n") == _HEAD
        for line in file:
            if line == f"{_end(count)}\n":
                break
            data = from_json(line.rstrip("\n").removesuffix(","))
            right = right and data["type"] == "Annotation" and bool(data["target"])
            found += 1
    check(right and found == count, f"{found} of {count} annotations can be read")
