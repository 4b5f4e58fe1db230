"""Incidents as one page to read and print: map, timeline, who says what with the quotes, sources, lineages.

The page holds all that it needs and no script, and fetches nothing. Words of reports are shown and never run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from sayso.errors import UsageError
from sayso.exports import chart, text
from sayso.exports.worldmap import is_shown, map_svg
from sayso.model import Incident, IncidentReport

MOST = 2_000
"""Incidents that a page holds: a longer one is read by nobody, and no browser likes it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of who says what."""

    field: str
    said: str
    quote: str
    report: str


def page(incidents: Sequence[Incident], filters: Sequence[str]) -> str:
    """The page, as HTML.

    filters  what was asked for, in words, one each.

    Raises UsageError for more incidents than a page can hold.
    """
    if len(incidents) > MOST:
        raise UsageError(
            f"{len(incidents)} incidents are too many for one page, which holds {MOST}.",
            "Ask for fewer with --since, --until, --country, --type, --actor or --status.",
        )
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_shown
    )
    source = files("sayso.exports").joinpath("brief.html").read_text("utf-8")
    reports = {report.report_id: report for one in incidents for report in one.reports}
    lineages: dict[str, list[IncidentReport]] = {}
    for report in sorted(reports.values(), key=lambda one: (one.published or "9999", one.report_id)):
        lineages.setdefault(report.lineage_id, []).append(report)
    return environment.from_string(source).render(
        incidents=list(incidents),
        filters=list(filters),
        map=map_svg(incidents),
        unplaced=sum(not is_shown(one.place) for one in incidents),
        timeline=chart.svg(chart.count(incidents, "type"), "Incidents over time, by type")
        if incidents
        else None,
        lineages=lineages,
        names={report_id: f"r{number}" for number, report_id in enumerate(sorted(reports), 1)},
        rows=_rows,
        text=text,
        address=_address,
        redacted=any(one.redacted for one in incidents),
    )


def _shown(value: object) -> object:
    """What a template puts out: words without anything that reorders or hides other words."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return text.harmless(value)


def _rows(incident: Incident) -> list[Row]:
    """Who says what, once for each statement in words; statements of several cues are one."""
    return list(
        dict.fromkeys(
            Row(one.field, text.sentence(one), " ".join(one.quote.text.split()), one.report_id)
            for one in incident.statements
        )
    )


def _address(url: str | None) -> str | None:
    """The address of a report where it is one of the web; nothing else is made a link."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
