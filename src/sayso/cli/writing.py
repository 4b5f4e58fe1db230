"""Commands that write incidents into files for others."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli import printing
from sayso.cli.options import DEFAULT_LEDGER, CodebookName, LedgerFile, WithoutNames, filtered
from sayso.errors import UsageError
from sayso.exports.formats import Format

if TYPE_CHECKING:
    from sayso.ledger import IncidentFilter


class ChartBy(StrEnum):
    """What incidents of one colour in a chart have in common."""

    ACTOR = "actor"
    TYPE = "type"
    PROVINCE = "province"


class ChartEvery(StrEnum):
    """What a bar of a chart stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@filtered
def export(
    wanted: "IncidentFilter",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Else: printed.")
    ] = None,
    shape: Annotated[
        Format, typer.Option("--format", help="What is written; docs/exports.md tells what each holds.")
    ] = Format.JSONL,
    strict: Annotated[
        bool, typer.Option("--strict", help="acled, ged, gtd: the dataset's own columns alone.")
    ] = False,
    without_private_names: WithoutNames = False,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Write incidents of the ledger to a file that other programs read."""
    from sayso import publishing
    from sayso.codebook import load
    from sayso.exports import exporting
    from sayso.ledger import open_ledger

    if strict and shape not in exporting.LAYOUTS:
        raise UsageError(f"--strict is no option of the format {shape}.", "Leave it out.")
    with open_ledger(ledger) as book:
        if output is None:
            found = publishing.chosen(book, wanted, without_private_names=without_private_names)
            printing.put(exporting.printed(found, shape))
            return
        order = exporting.Order(shape, load(codebook), strict, without_private_names)
        counts = publishing.export(book, wanted, output, order)
    left = f", {counts.left_out} incidents left out: see the losses" if counts.left_out else ""
    printing.say(f"{counts.incidents} incidents written to {output} ({counts.rows} rows{left}).")


@filtered
def brief(
    wanted: "IncidentFilter",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Else: printed.")
    ] = None,
    without_private_names: WithoutNames = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Write one page (HTML) of incidents to read and print: map, timeline, who says what, sources."""
    from sayso import publishing
    from sayso.exports import brief as room
    from sayso.exports import write
    from sayso.ledger import open_ledger

    with open_ledger(ledger) as book:
        found = list(publishing.chosen(book, wanted, without_private_names=without_private_names))
        asked = publishing.in_words(book, wanted, without_private_names=without_private_names)
    page = room.page(found, asked)
    if output is None:
        printing.put(page.splitlines())
    else:
        write(output, page.splitlines())
        printing.say(f"{len(found)} incidents written to {output}.")


@filtered
def chart(
    wanted: "IncidentFilter",
    by: Annotated[ChartBy, typer.Option("--by", help="Which incidents have one colour.")] = ChartBy.TYPE,
    every: Annotated[
        ChartEvery | None, typer.Option("--every", help="What a bar stands for. Else: what fits.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Ends in .svg or .png. Else: SVG, printed."),
    ] = None,
    without_private_names: WithoutNames = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Draw how many incidents there are over time, by actor, type or province (SVG or PNG)."""
    from sayso import publishing
    from sayso.exports import chart as room
    from sayso.ledger import open_ledger

    with open_ledger(ledger) as book:
        found = publishing.chosen(book, wanted, without_private_names=without_private_names)
        counted = room.count(found, by.value, every.value if every else None)
        asked = publishing.in_words(book, wanted, without_private_names=without_private_names)
    picture = room.svg(counted, "; ".join([f"Incidents by {by.value} for each {counted.every}", *asked]))
    if output is None:
        printing.put([str(picture)])
    else:
        room.write(picture, output)
        printing.say(f"The chart is in {output}.")
