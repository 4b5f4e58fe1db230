"""Commands that read reports."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from sayso.cli import printing
from sayso.cli.options import DEFAULT_LEDGER, CodebookName, GazetteerFile, Jobs, LedgerFile, Paths, inputs
from sayso.errors import UsageError


class LinesOnly(StrEnum):
    """Formats of commands that write one record a line."""

    JSONL = "jsonl"


def read(
    paths: Paths,
    ledger: LedgerFile = DEFAULT_LEDGER,
    codebook: CodebookName = "default",
    gazetteer: GazetteerFile = None,
    jobs: Jobs = 1,
) -> None:
    """Read reports into the ledger, link them, and print the incidents."""
    from sayso import pipeline
    from sayso.exports import text
    from sayso.ledger import open_ledger

    given = inputs(paths, codebook, gazetteer, jobs)
    with open_ledger(ledger, create=True) as book:
        with printing.Progress() as progress:
            summary = pipeline.read(given, book, progress.show)
        printing.put(text.rows(book.incidents()))
    printing.say(printing.told(summary))
    printing.end(summary.problems)


def code(
    paths: Paths,
    codebook: CodebookName = "default",
    gazetteer: GazetteerFile = None,
    jobs: Jobs = 1,
    shape: Annotated[
        LinesOnly, typer.Option("--format", help="One line of JSON per report.")
    ] = LinesOnly.JSONL,
) -> None:
    """Code reports without a ledger and print one line of JSON for each."""
    from sayso import pipeline
    from sayso.codebook import load
    from sayso.records import to_line

    written = {LinesOnly.JSONL: to_line}[shape]
    given = inputs(paths, codebook, gazetteer, jobs)
    problems = printing.Problems()

    def lines() -> Iterable[str]:
        rows = load(codebook)
        for done in problems.aside(pipeline.code_all(given)):
            yield written(pipeline.coded_record(done, rows))

    printing.put(lines())
    problems.end()


def find(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="What to look for, such as times.")],
    paths: Paths,
    codebook: CodebookName = "default",
    gazetteer: GazetteerFile = None,
) -> None:
    """Print what is named in reports, one line of JSON for each report; nothing is coded."""
    from sayso import finding
    from sayso.records import to_line

    problems = printing.Problems()
    found = finding.find_all(what, inputs(paths, codebook, gazetteer, jobs=1))
    printing.put(map(to_line, problems.aside(found)))
    problems.end()


def actors(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH...]", help="Reports to look at. Else: those of the ledger."),
    ] = None,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="Actors that the codebook does not have (must be given).")
    ] = False,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List actors that reports name and the codebook does not have, as rows of an actors.csv."""
    from sayso import adopting, reports
    from sayso.codebook import load
    from sayso.ledger import open_ledger

    if not unknown:
        raise UsageError("sayso actors lists what the codebook does not have.", "Ask for it with --unknown.")
    rows = load(codebook)
    if not paths:
        with open_ledger(ledger) as book:
            printing.put(adopting.rows((coded.report for coded in book.coded_reports()), rows))
        return
    problems, given = printing.Problems(), inputs(paths, codebook, None, jobs=1)
    found = problems.aside(reports.read(given.paths, rows, given.settings, given.stdin))
    printing.put(adopting.rows(found, rows))
    problems.end()
