"""One statement a row: who says what about which incident, with the words."""

from collections.abc import Iterator

from sayso.exports import text
from sayso.model import Incident, Statement
from sayso.records import to_json, to_line

NAMES: tuple[str, ...] = (
    "incident_id", "event_type", "sub_event_type", "statement_id", "mention_id", "report_id",
    "publisher", "published", "url", "lineage_id", "field", "value", "stance", "hedged", "unknown",
    "speaker", "speaker_id", "speaker_kind", "spoken_by", "speaker_public", "via", "after",
    "said_on", "best", "low", "high", "value_json", "about_json", "quote_start", "quote_end",
    "quote", "rule",
)  # fmt: skip


def rows(incident: Incident) -> Iterator[tuple[object, ...]]:
    """The statements of an incident, in its order, each in the order of the columns."""
    reports = {report.report_id: report for report in incident.reports}
    for statement in incident.statements:
        report = reports.get(statement.report_id)
        figure = text.figure_of(statement.value)
        yield (
            incident.incident_id,
            incident.event_type,
            incident.sub_event_type,
            statement.statement_id,
            statement.mention_id,
            statement.report_id,
            report and report.publisher,
            report and report.published,
            report and report.url,
            report and report.lineage_id,
            statement.field,
            None if statement.value is None else text.value(statement.value),
            statement.stance.value,
            statement.hedged,
            statement.unknown,
            statement.speaker,
            statement.speaker_id,
            statement.speaker_kind,
            statement.spoken_by,
            statement.speaker_public,
            statement.via,
            statement.after,
            text.when(statement.said_on) if statement.said_on else None,
            figure and figure.best,
            figure and figure.low,
            figure and figure.high,
            value_json(statement),
            None if statement.about is None else to_line(statement.about),
            statement.quote.start,
            statement.quote.end,
            statement.quote.text,
            statement.rule,
        )


def value_json(statement: Statement) -> str | None:
    """The value as JSON, in the keys of the contract; None where there is none."""
    return None if statement.value is None else to_json(statement.value)
