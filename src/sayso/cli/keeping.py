"""Commands that care for the ledger, and the one that searches it."""

from pathlib import Path
from typing import Annotated

import typer

from sayso.cli import printing
from sayso.cli.judging import by_whom
from sayso.cli.options import DEFAULT_LEDGER, CodebookName, LedgerFile, Readable
from sayso.errors import UsageError

ledger = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_FAULTS = 1


@ledger.command()
def check(
    noted: Annotated[
        str | None,
        typer.Option(metavar="DIGEST", help="With what the history ended once: a cut one lacks it."),
    ] = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Look whether the ledger is what was written: quotes, ids, orphans, search index, history."""
    from sayso.exports.text import harmless
    from sayso.ledger import open_ledger

    with open_ledger(ledger) as book:
        found = book.check(noted=noted)
    printing.put(map(harmless, found.faults))
    looked_at = ", ".join(f"{number} {name}" for name, number in found.looked_at.items())
    printing.say(f"Looked at {looked_at}: {len(found.faults) or 'no'} faults.")
    if found.head is not None:
        printing.say(f"The history ends with {found.head}. Note it down, and give it as --noted later.")
    raise typer.Exit(_FAULTS if found.faults else 0)


@ledger.command()
def backup(
    copy: Annotated[Path, typer.Argument(metavar="FILE", help="The copy, which must not exist yet.")],
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Write a sound copy of the ledger, while others go on reading and writing."""
    from sayso.ledger import open_ledger

    with open_ledger(ledger) as book:
        book.backup(copy.absolute())
    printing.say(f"The copy is {copy}.")


@ledger.command()
def purge(
    report: Annotated[
        str | None,
        typer.Argument(metavar="[REPORT]", help="Its whole id. Else: what was begun is finished."),
    ] = None,
    why: Annotated[
        str | None, typer.Option("--why", metavar="WORDS", help="The ground. It stays: do not quote.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who purges; your login name, if not given.")
    ] = None,
    codebook: CodebookName = "default",
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Take a report out for good, on a legal request: its text, quotes and statements leave the file."""
    from sayso import pipeline
    from sayso.codebook import load
    from sayso.judging import now
    from sayso.ledger import Request, open_ledger

    rows = load(codebook)
    with open_ledger(ledger) as book:
        if report is None:
            book.pack()
            printing.say("The file was packed.")
        elif not why:
            raise UsageError("A purge needs a ground.", "Give it with --why: the order, the law, the date.")
        else:
            gone = book.purge(report, Request(by_whom(by), now(), why))
            printing.say(f"The report is gone, with {gone.codings} codings and {gone.judgements} judgements.")
            for one in gone.same_text:
                printing.say(f"The report {one} has the very same text and stays: purge it too, if you must.")
        pipeline.link(book, rows)


def search(
    words: Annotated[
        list[str],
        typer.Argument(metavar="WORDS...", help='All must stand in a report; "in this order", begin*.'),
    ],
    quotes: Annotated[
        bool, typer.Option("--quotes", help="Only what stands in the quote of a statement.")
    ] = False,
    most: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many reports.")] = 20,
    shape: Annotated[
        Readable, typer.Option("--format", help="Text for people or one line of JSON each.")
    ] = Readable.TEXT,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Find words in the reports of the ledger: the passages, with offsets, and what is stated there."""
    from sayso import searching
    from sayso.exports.text import harmless
    from sayso.ledger import open_ledger
    from sayso.records import to_line

    with open_ledger(ledger) as book:
        found = list(searching.searched(book, words, most=most, quotes_only=quotes))
    if shape is Readable.JSONL:
        printing.put(to_line(searching.record(one)) for one in found)
    else:
        printing.put(map(harmless, searching.lines(found)))
    if not found:
        printing.say("The words stand nowhere together.")
