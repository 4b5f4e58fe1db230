"""Options and arguments that several commands have, and what is made of them."""

import sys
from collections.abc import Callable
from enum import StrEnum
from functools import WRAPPER_ASSIGNMENTS, wraps
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sayso.ledger import IncidentFilter
    from sayso.pipeline import Inputs


class Readable(StrEnum):
    """Formats of commands that explain."""

    TEXT = "text"
    JSONL = "jsonl"


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders (with all below), or - for standard input."),
]
LedgerFile = Annotated[Path, typer.Option("--ledger", metavar="FILE", help="The ledger's file.")]
DEFAULT_LEDGER = Path("sayso.db")
CodebookName = Annotated[
    str,
    typer.Option("--codebook", metavar="NAME_OR_FOLDER", help="A codebook that comes with sayso, or yours."),
]
Jobs = Annotated[
    int, typer.Option("--jobs", min=1, max=256, metavar="N", help="How many processes code reports.")
]
GazetteerFile = Annotated[
    Path | None,
    typer.Option("--gazetteer", metavar="FILE", help="Places of yours, made by sayso gazetteer build."),
]
WithoutNames = Annotated[
    bool, typer.Option("--without-private-names", help="Private persons' names are replaced by marks.")
]


def inputs(paths: list[str], codebook: str, gazetteer: Path | None, jobs: int) -> "Inputs":
    """What to read; where the clock and the environment are looked at."""
    from datetime import UTC, datetime

    from sayso.pipeline import Inputs
    from sayso.settings import from_environment

    return Inputs(
        paths=paths,
        codebook=codebook,
        settings=from_environment(),
        today=datetime.now(UTC).date(),
        jobs=jobs,
        stdin=sys.stdin.buffer if sys.stdin else None,  # it may be closed
        gazetteer=gazetteer,
    )


# ---- which incidents --------------------------------------------------------------------------------


def _filter(
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="On or after this day (2021-07 is its first day).")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="On or before this day (2021-07 is its last day).")
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CODE", help="ISO 3166-1 alpha-3, such as AFG.")
    ] = None,
    event_type: Annotated[
        str | None, typer.Option("--type", metavar="NAME", help="An event or sub-event type.")
    ] = None,
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="The name or id of somebody who takes part.")
    ] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="An attribution status, such as claimed.")
    ] = None,
    disputed: Annotated[
        bool | None, typer.Option("--disputed/--undisputed", help="Only those with (without) disagreements.")
    ] = None,
) -> "IncidentFilter":
    """The filter that the options ask for. Raises UsageError for a date or a status that cannot be."""
    from sayso.ledger import IncidentFilter, period

    first, last = period(since, until)
    return IncidentFilter(first, last, country, event_type, actor, status, disputed)


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of a filter, before its own; it gets what they ask as ``wanted``."""
    asked = signature(_filter).parameters
    own = [one for one in signature(command).parameters.values() if one.name != "wanted"]

    @wraps(command, assigned=[name for name in WRAPPER_ASSIGNMENTS if name != "__annotations__"])
    def run(**given: Any) -> None:
        command(_filter(**{name: given.pop(name) for name in asked}), **given)

    run.__signature__ = signature(command).replace(  # type: ignore[attr-defined]
        parameters=[*asked.values(), *own]
    )
    return run
