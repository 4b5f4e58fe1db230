"""The commands; the only place that prints.

A command is a function of a file here, entered in ``COMMANDS``. Nothing heavy is imported before a command
runs, so that ``--help`` answers at once.
"""

import typer

from sayso.cli import evaluating, gazetteers, judging, keeping, looking, reading, serving, writing
from sayso.cli.running import run

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Read news reports about armed conflict; keep who said what, with the words.",
)

COMMANDS = (  # in the order of --help and of docs/commands.md
    reading.read,
    reading.code,
    reading.find,
    reading.actors,
    looking.incidents,
    looking.show,
    looking.lineages,
    looking.stories,
    looking.explain,
    keeping.search,
    judging.history,
    judging.agreement,
    writing.export,
    writing.brief,
    writing.chart,
    serving.serve,
    serving.password,
    gazetteers.gazetteer,
    evaluating.evaluate,
)
for _command in COMMANDS:
    app.command()(_command)
app.add_typer(judging.judge, name="judge", help="Judge what was read: people have the last word.")
app.add_typer(keeping.ledger, name="ledger", help="Check, copy or purge the ledger.")


def main() -> None:
    """Run the command that the program was called with."""
    run(app)
