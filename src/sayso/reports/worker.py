"""A process that reads one file after the other within limits: started by ``bounded``, never imported by it.

It takes from standard input, for each file, one line of JSON (format, size in bytes, longest text, seconds)
and then the bytes; and gives to standard output one line of JSON: a document, or what is wrong with it. A
line without a size asks only to load what reads that format.
What it is given may be made to break it, so nothing but such a line leaves it.
"""

import importlib
import json
import os
import sys
from dataclasses import asdict
from typing import Any, Protocol, cast

from sayso.reports.document import Document, UnreadableError

_MODULES = {
    "html": "sayso.reports.readers.html",
    "pdf": "sayso.reports.readers.pdf",
    "docx": "sayso.reports.readers.docx",
}


class ReaderModule(Protocol):
    """What each reader of layout has."""

    def read(self, data: bytes, max_characters: int) -> Document:
        """The document that the bytes hold. Raises UnreadableError."""


def main() -> None:
    """Answers until there is nothing more to read."""
    limit_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what a library prints goes where it harms nobody
    while line := sys.stdin.buffer.readline():
        order = json.loads(line)
        limit_time(order["seconds"])
        data = None if order["size"] is None else sys.stdin.buffer.read(order["size"])
        answers.write(json.dumps(_answer(order, data)) + "\n")
        answers.flush()


def limit_memory(megabytes: int) -> None:
    """Lets this process have no more memory, where the system knows such a limit (Windows does not)."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    size = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: int) -> None:
    """Lets the next file have so much of a processor: a worker that nobody waits for any more must end."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
    )


def _answer(order: dict[str, Any], data: bytes | None) -> dict[str, Any]:
    try:
        module = importlib.import_module(_MODULES[order["format"]])
        if data is None:
            return {}
        document = cast("ReaderModule", module).read(data, order["max_characters"])
        return {"document": asdict(document)}
    except UnreadableError as fault:
        return {"problem": [fault.what, fault.mend]}
    except MemoryError:
        return {"fault": "memory"}
    except Exception as fault:  # a library may raise anything on what is made to break it
        return {"fault": f"{type(fault).__name__}: {str(fault)[:200]}"}


if __name__ == "__main__":
    main()
