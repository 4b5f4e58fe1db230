"""Readers of layout in a process of their own, with a hard limit of time and memory.

Pages from the open web may be made to keep a parser busy for hours, to fill the memory, or to crash it. So
whatever parses them runs apart: when it takes too long it is killed, and the next file gets a new process.
"""

import json
import subprocess
import sys
from threading import Event, Timer
from types import TracebackType
from typing import Any, Self

from sayso.model import Region
from sayso.reports.document import Document, UnreadableError
from sayso.settings import Settings

_START_SECONDS = 60
"""How long a process may take to start: loading the libraries takes one to three seconds."""
_BYTES_PER_CHARACTER = 6  # "\\u00e9"
_BYTES_FOR_THE_REST = 4_000_000


class Bounded:
    """Reads files in a process that is started with the first one and goes on for the next ones.

    Use it in a ``with`` statement, or close it.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._loaded: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
            self._loaded = set()

    def read(self, form: str, data: bytes) -> Document:
        """The document that a file of this format holds.

        Raises UnreadableError where it cannot be read, or not within the limits.
        """
        limits = self._settings
        self._running()
        if form not in self._loaded:
            self._asked(form, None, _START_SECONDS)
            self._loaded.add(form)
        answer = self._asked(form, data, limits.reader_seconds)
        if "document" in answer:
            return _document(answer["document"])
        if "problem" in answer:
            raise UnreadableError(*answer["problem"])
        if answer["fault"] == "memory":
            self.close()  # what is left of it may be anything
            raise _too_large(limits.reader_megabytes)
        raise _broken(str(answer["fault"]))

    def _asked(self, form: str, data: bytes | None, seconds: int) -> dict[str, Any]:
        """What the process answers about a file; without one, once it has loaded what reads that format.

        Raises UnreadableError where it was killed for being late, or ended by itself.
        """
        order = {
            "format": form,
            "size": None if data is None else len(data),
            "max_characters": self._settings.max_report_characters,
            "seconds": seconds,
        }
        process = self._running()
        late = Event()

        def kill() -> None:
            late.set()
            process.kill()

        watch = Timer(seconds, kill)
        watch.daemon = True
        watch.start()
        try:
            line = _exchange(process, json.dumps(order).encode() + b"\n" + (data or b""), self._longest())
            answer: dict[str, Any] = json.loads(line)
        except (OSError, ValueError) as fault:  # it ended while we wrote, or gave what is no answer
            self.close()
            raise _too_slow(seconds) if late.is_set() else _broken("the reader's process ended") from fault
        finally:
            watch.cancel()
        return answer

    def _longest(self) -> int:
        return _BYTES_PER_CHARACTER * self._settings.max_report_characters + _BYTES_FOR_THE_REST

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, started where there is none. Its start is not part of any file's time."""
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                # -P: a file in the folder where the user happens to be is never taken for a library
                [sys.executable, "-P", "-m", "sayso.reports.worker", str(self._settings.reader_megabytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for us
            )
        return self._process


def _exchange(process: "subprocess.Popen[bytes]", message: bytes, longest: int) -> bytes:
    """Hands over a file and waits for the one line that comes back; b"" where the process ended."""
    assert process.stdin is not None  # noqa: S101 - both are pipes
    assert process.stdout is not None  # noqa: S101
    process.stdin.write(message)
    process.stdin.flush()
    return process.stdout.readline(longest)


def _document(given: dict[str, Any]) -> Document:
    regions = tuple(Region(**region) for region in given.pop("regions"))
    return Document(**given, regions=regions)


def _too_slow(seconds: int) -> UnreadableError:
    return UnreadableError(
        f"Reading it took more than {seconds} seconds; it may be made to keep a reader busy.",
        "Save its text as plain text, or raise SAYSO_READER_SECONDS.",
    )


def _too_large(megabytes: int) -> UnreadableError:
    return UnreadableError(
        f"Reading it took more than {megabytes} megabytes of memory.",
        "Save its text as plain text, or raise SAYSO_READER_MEGABYTES.",
    )


def _broken(why: str) -> UnreadableError:
    return UnreadableError(
        f"The file cannot be read ({why.rstrip('.')}).",
        "Open it in a program that shows it, and save its text as plain text.",
    )
