"""The local web application, and the passwords for it."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sayso.cli import printing
from sayso.cli.options import DEFAULT_LEDGER, CodebookName, LedgerFile


class Role(StrEnum):
    """What somebody may do: a reviewer judges and adds reports, too."""

    READER = "reader"
    REVIEWER = "reviewer"


def serve(
    ledger: LedgerFile = DEFAULT_LEDGER,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, metavar="N", help="0: any port that is free.")
    ] = 8137,
    codebook: CodebookName = "default",
    passwords: Annotated[
        Path | None,
        typer.Option("--passwords", metavar="FILE", help="Ask for these; made by sayso password."),
    ] = None,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="Another than this machine alone needs --passwords."),
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="A name by which browsers reach it; may be repeated."),
    ] = None,
) -> None:
    """Open the ledger in a browser: look, check, correct, add reports."""
    from sayso import web
    from sayso.web import passwords as door

    known = {} if passwords is None else door.read(passwords)
    names = tuple(one.lower() for one in name or [])
    options = web.Options(ledger, codebook, host, port, known, names)
    web.serve(options, lambda address: printing.say(f"Open {address} in a browser. Ctrl-C ends it."))


def password(
    role: Annotated[Role, typer.Argument(metavar="ROLE", help="reader or reviewer.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where its hash is kept.")
    ] = Path("sayso.passwords"),
) -> None:
    """Set a password for sayso serve: asked for on a terminal, else read from standard input."""
    import getpass
    import sys

    from sayso.web import passwords as door

    if sys.stdin is not None and sys.stdin.isatty():
        given = getpass.getpass(f"Password of the {role.value}: ")
    else:
        given = (sys.stdin.readline() if sys.stdin else "").rstrip("\r\n")
    door.write(output, role.value, given)
    printing.say(
        f"The password of the {role.value} is set in {output}. Use it with: sayso serve --passwords {output}"
    )
