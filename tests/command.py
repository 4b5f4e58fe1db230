"""The command line as users meet it: in a process of its own."""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
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


def sayso(*arguments: str | Path, given: bytes = b"", cwd: Path | None = None, **how: Any) -> Done:
    """Runs a command; ``given`` is its standard input.

    ``how`` goes to ``subprocess.run``, for another environment or a limit. Whatever happens, nobody is shown
    a traceback.
    """
    words = list(map(str, arguments))
    done = _started(words, given, cwd, how) if how else _forked(words, given, cwd or Path.cwd())
    assert "Traceback" not in done.err, done.err
    return done


def _started(words: list[str], given: bytes, cwd: Path | None, how: dict[str, Any]) -> Done:
    """Runs a command from the very beginning."""
    line = [sys.executable, "-m", "sayso.cli", *words]
    done = subprocess.run(line, input=given, capture_output=True, timeout=120, check=False, cwd=cwd, **how)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def _forked(words: list[str], given: bytes, folder: Path) -> Done:
    """Runs a command in a copy of a process that has loaded it."""
    asked = {"arguments": words, "folder": str(folder), "environment": dict(os.environ)}
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        stdin.write(given)
        stdin.seek(0)
        files = [file.fileno() for file in (stdin, out, err)]
        channel = _forking()
        socket.send_fds(channel, [b"."], files)
        channel.sendall(json.dumps(asked).encode() + b"\n")
        status = int(channel.recv(16))
        out.seek(0)
        err.seek(0)
        return Done(status, out.read().decode(), err.read().decode())


@cache
def _forking() -> socket.socket:
    """The process that forks for every command; it ends when this one does."""
    ours, its = socket.socketpair()
    ours.settimeout(120)
    line = [sys.executable, "-m", "tests.forking", str(its.fileno())]
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # what has threads should not fork
    process = subprocess.Popen(line, pass_fds=[its.fileno()], cwd=Path(__file__).parents[1], env=alone)
    its.close()
    atexit.register(process.wait)
    atexit.register(ours.close)  # this one is called first
    return ours


def reports_under(*paths: Path, codebook: Codebook) -> Iterator[Report]:
    """The reports under the paths, all of which can be read."""
    for found in read([str(path) for path in paths], codebook, Settings()):
        if isinstance(found, Report):
            yield found
        else:
            assert not found.lost, found
