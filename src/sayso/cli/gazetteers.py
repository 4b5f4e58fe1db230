"""The command that makes gazetteers."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli import printing


class GazetteerAction(StrEnum):
    """What can be done with gazetteers."""

    BUILD = "build"


def gazetteer(
    action: Annotated[GazetteerAction, typer.Argument(metavar="build", help="There is one thing to do.")],
    geonames: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A folder with unpacked dumps of GeoNames.")
    ] = None,
    table: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="A table (CSV) of your own; may be repeated.")
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The gazetteer that is made.")
    ] = Path("places.gazetteer"),
) -> None:
    """Make a gazetteer of dumps of GeoNames and of tables of your own."""
    from sayso.places.build import build

    made = {GazetteerAction.BUILD: build}[action](output, geonames, table or [])
    printing.say(f"{made.places} places with {made.names} names are in {output}.")
