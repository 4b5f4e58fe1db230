"""Commands that look at what is in the ledger, and why."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import printing
from sayso.cli.options import (
    DEFAULT_LEDGER,
    CodebookName,
    GazetteerFile,
    LedgerFile,
    Readable,
    filtered,
    inputs,
)
from sayso.errors import UsageError

if TYPE_CHECKING:
    from sayso.ledger import IncidentFilter


class Shape(StrEnum):
    """How incidents are printed."""

    TABLE = "table"
    JSONL = "jsonl"


@filtered
def incidents(
    wanted: "IncidentFilter",
    shape: Annotated[Shape, typer.Option("--format", help="A table or one line of JSON each.")] = Shape.TABLE,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List the incidents of the ledger."""
    from sayso import publishing
    from sayso.exports import jsonl, text
    from sayso.ledger import open_ledger

    with open_ledger(ledger) as book:
        found = printing.noted(publishing.chosen(book, wanted))
        printing.put(text.rows(found) if shape is Shape.TABLE else jsonl.lines(found))


def show(
    incident_id: Annotated[
        str, typer.Argument(metavar="ID", help="An incident's id or the beginning of it.")
    ],
    ids: Annotated[
        bool, typer.Option("--ids", help="Also the ids of mentions and statements, for sayso judge.")
    ] = False,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Show one incident: each field, who says what about it, with the quotes."""
    from sayso import reviewing
    from sayso.codebook import load
    from sayso.exports import text
    from sayso.ledger import open_ledger

    with open_ledger(ledger) as book:
        incident = book.incident(incident_id)
        if incident is None:
            raise UsageError(
                f"The ledger {ledger} has no incident {incident_id!r}, or several that begin so.",
                "List them with: sayso incidents",
            )
        found = [book.report(report.report_id) for report in incident.reports]
        try:
            steps = reviewing.over_time(book, load(codebook), incident)
        except UsageError as fault:
            printing.say(f"How it changed is not shown: {fault}")
            steps = ()
    reports = {report.report_id: report for report in found if report}
    printing.put(text.page(incident, reports.values(), ids=ids))
    if len(steps) > 1:
        printing.put(["", "how it changed as the reports came"])
        printing.put(map(text.harmless, reviewing.step_lines(steps, reports)))


def lineages(
    shape: Annotated[
        Readable, typer.Option("--format", help="Text for people or one line of JSON per lineage.")
    ] = Readable.TEXT,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List which reports copy, rewrite or update one another, with the passages that show it."""
    from sayso import tracing
    from sayso.codebook import load
    from sayso.exports.text import harmless
    from sayso.ledger import open_ledger
    from sayso.records import to_line

    rows = load(codebook)
    with open_ledger(ledger) as book:
        found = tracing.traced(book, rows)
    if shape is Readable.JSONL:
        printing.put(map(to_line, tracing.records(found)))
    else:
        printing.put(map(harmless, tracing.lines(found)))


def stories(
    shape: Annotated[
        Readable, typer.Option("--format", help="Text for people or one line of JSON per story.")
    ] = Readable.TEXT,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List which reports tell of one thing and what followed from it, with its incidents."""
    from sayso import stories as telling
    from sayso.exports.text import harmless
    from sayso.ledger import open_ledger
    from sayso.records import to_line

    with open_ledger(ledger) as book:
        found = telling.told(book)
    if shape is Readable.JSONL:
        printing.put(map(to_line, telling.records(found)))
    else:
        printing.put(map(harmless, telling.lines(found)))


def explain(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH_OR_ID...", help="Reports; or the ids of one or two incidents of the ledger."
        ),
    ],
    sentences: Annotated[
        bool, typer.Option("--sentences", help="Only words, parse, and who says what; nothing is coded.")
    ] = False,
    codebook: CodebookName = "default",
    gazetteer: GazetteerFile = None,
    pipeline_name: Annotated[
        str | None,
        typer.Option(
            "--spacy", metavar="NAME_OR_FOLDER", help="Parse with this pipeline (--sentences only)."
        ),
    ] = None,
    shape: Annotated[
        Readable, typer.Option("--format", help="Text for people or one line of JSON per report.")
    ] = Readable.TEXT,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Show why: how reports are read, or which evidence makes reports one incident."""
    from sayso import explaining, language
    from sayso.exports.text import harmless
    from sayso.language.foreign import spacy_parser
    from sayso.records import to_line

    if _are_ids(paths):
        _explain_incidents(paths, ledger, codebook, shape)
        return
    if sentences and shape is not Readable.TEXT:
        raise UsageError("--sentences gives text only.", "Leave out --sentences or --format.")
    if pipeline_name is not None and not sentences:
        raise UsageError("Coding uses the parser that comes with sayso.", "Give --spacy with --sentences.")
    given = inputs(paths, codebook, gazetteer, 1)
    problems = printing.Problems()

    def lines() -> Iterable[str]:
        if sentences:
            parser = language.parse if pipeline_name is None else spacy_parser(pipeline_name)
            yield from map(harmless, problems.aside(explaining.explain_sentences(given, parser)))
            return
        for explained in problems.aside(explaining.explain_codings(given)):
            if shape is Readable.JSONL:
                yield to_line(explaining.record(explained))
            else:
                yield from map(harmless, explaining.lines(explained))

    printing.put(lines())
    problems.end()


def _are_ids(given: list[str]) -> bool:
    """Whether these are ids of incidents, or beginnings of ids, and no files."""
    import re

    return all(re.fullmatch("[0-9a-f]{4,20}", one) and not Path(one).exists() for one in given)


def _explain_incidents(ids: list[str], ledger: Path, codebook: str, shape: Readable) -> None:
    from sayso import weighing
    from sayso.codebook import load
    from sayso.exports.text import harmless
    from sayso.ledger import open_ledger
    from sayso.records import to_line

    with open_ledger(ledger) as book:
        chosen = [book.incident(one) for one in ids]
        for one, incident in zip(ids, chosen, strict=True):
            if incident is None:
                raise UsageError(
                    f"The ledger {ledger} has no incident {one!r}.", "List them with: sayso incidents"
                )
        different = list({one.incident_id: one for one in chosen if one}.values())
        if len(different) > 2:
            raise UsageError("Two incidents can be compared, not more.", "Give one id or two.")
        found = weighing.weighed(book, load(codebook), different)
    printing.put(
        [to_line(weighing.record(found))] if shape is Readable.JSONL else map(harmless, weighing.lines(found))
    )
