"""The command line as users meet it: in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.codebook import Codebook
from sayso.model import Report
from sayso.reports import read
from sayso.settings import Settings


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    status: int
    out: str
    err: str


def sayso(*arguments: str | Path, given: bytes = b"", **how: Any) -> Done:
    """Runs a command; ``given`` is its standard input, ``how`` goes to ``subprocess.run``.

    Whatever happens, nobody is shown a traceback.
    """
    line = [sys.executable, "-m", "sayso.cli", *map(str, arguments)]
    if "stdin" not in how:
        how["input"] = given
    done = subprocess.run(line, capture_output=True, timeout=120, check=False, **how)
    err = done.stderr.decode()
    assert "Traceback" not in err, err
    return Done(done.returncode, done.stdout.decode(), err)


def reports_under(*paths: Path, codebook: Codebook) -> Iterator[Report]:
    """The reports under the paths, all of which can be read."""
    for found in read([str(path) for path in paths], codebook, Settings()):
        if isinstance(found, Report):
            yield found
        else:
            assert not found.lost, found
