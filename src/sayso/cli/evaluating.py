"""The command that measures how well reports are coded."""

from pathlib import Path
from typing import Annotated

import typer

from sayso.cli import printing
from sayso.errors import UsageError


def evaluate(
    gold: Annotated[
        Path | None, typer.Argument(metavar="GOLD", help="Reports coded by hand, one a line.")
    ] = None,
    coded: Annotated[
        Path | None,
        typer.Argument(metavar="CODED", help="What sayso code printed. Else: GOLD's texts are coded here."),
    ] = None,
    sealed: Annotated[
        Path | None,
        typer.Option("--sealed", metavar="FILE", help="Sealed gold (.jsonl.xz): coded here, totals only."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all figures and cases here.")
    ] = None,
    samples: Annotated[
        int,
        typer.Option("--bootstrap", min=0, max=100_000, metavar="N", help="95 % intervals from N samples."),
    ] = 0,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="FILE", help="Show what was won and lost since an earlier --json."),
    ] = None,
) -> None:
    """Score coded reports against reports coded by hand."""
    from sayso import evaluate as room
    from sayso.evaluate import text
    from sayso.exports import write
    from sayso.exports.text import harmless
    from sayso.records import to_line

    path = _gold_of(gold, coded, sealed, against)
    its = room.read_gold(path, sealed=sealed is not None)
    if coded is None and not its.has_texts:
        raise UsageError(f"The gold in {path} has no texts.", "Code the reports, and give what was printed.")
    earlier = None if against is None else room.earlier_cases(against, its.digest)
    said = room.code_gold(its.records) if coded is None else room.read_predictions(coded)
    result = room.evaluate(its, said, samples=samples, sealed=sealed is not None)
    printing.put(map(harmless, text.lines(result)))
    if earlier is not None:
        printing.put(map(harmless, text.changes(room.gains_and_losses(earlier, result.cases))))
    if output is not None:
        write(output, [to_line(room.to_record(result))])


def _gold_of(gold: Path | None, coded: Path | None, sealed: Path | None, against: Path | None) -> Path:
    """The gold file that is asked for. Raises UsageError for what cannot be asked together."""
    if sealed is None:
        if gold is None:
            raise UsageError(
                "There is no gold to score against.", "Name a gold file, or give one as --sealed."
            )
        return gold
    if gold is not None or coded is not None or against is not None:
        raise UsageError(
            "Sealed gold is scored alone, and shows no case.", "Leave out GOLD, CODED and --against."
        )
    return sealed
