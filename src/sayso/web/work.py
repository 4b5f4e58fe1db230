"""Work that takes longer than a page may: reading reports and linking, in a process of its own.

One thing at a time, in order; pages go on being answered meanwhile. How far it is, the process writes into a
small file, which pages read.
"""

import json
import secrets
import shutil
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sayso.errors import SaysoError

_MOST_TOLD = 200  # reports whose incidents are listed at the end
_KEPT = 50
"""So many jobs are remembered after their end."""


@dataclass(frozen=True, slots=True)
class Told:
    """How far a job is: counts of reports, and what could not be read and how to mend it."""

    state: str = "waiting"
    new: int = 0
    known: int = 0
    not_read: int = 0
    dropped: int = 0
    problems: tuple[dict[str, Any], ...] = ()
    fault: str = ""
    incidents: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ("done", "failed")


@dataclass(slots=True)
class Job:
    """Reports that are being read: the folder they lie in until then, and the future of the work."""

    job_id: str
    folder: Path
    names: tuple[str, ...]
    future: "Future[None]"


@dataclass
class Work:
    """The queue. ``close`` ends what is under way: what was stored by then is kept."""

    ledger: Path
    codebook: str
    _jobs: dict[str, Job] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _pool: ProcessPoolExecutor | None = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"))
        return self._pool

    def read(self, folder: Path, names: Sequence[str]) -> str:
        """Reads the files of a folder into the ledger; gives the id of the job."""
        with self._lock:
            job_id = secrets.token_hex(8)
            future = self._started().submit(_read, str(self.ledger), self.codebook, str(folder))
            self._jobs[job_id] = Job(job_id, folder, tuple(names), future)
            for old in [key for key, job in self._jobs.items() if job.future.done()][:-_KEPT]:
                shutil.rmtree(self._jobs.pop(old).folder, ignore_errors=True)
            return job_id

    def job(self, job_id: str) -> Job | None:
        """A job by its id."""
        return self._jobs.get(job_id)

    def told(self, job: Job) -> Told:
        """How far a job is."""
        try:
            data = json.loads((job.folder / _PROGRESS).read_text("utf-8"))
            found = Told(
                **{**data, "problems": tuple(data["problems"]), "incidents": tuple(data["incidents"])}
            )
        except (OSError, ValueError):
            found = Told()
        if job.future.done() and not found.is_over:
            return Told(
                "failed",
                fault="The process that read them was ended from outside, perhaps for want of memory.",
            )
        return found

    def link(self) -> "Future[None]":
        """Links the ledger anew."""
        with self._lock:
            return self._started().submit(_link, str(self.ledger), self.codebook)

    def close(self) -> None:
        """Ends the process and removes what was sent."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        for job in self._jobs.values():
            shutil.rmtree(job.folder, ignore_errors=True)


def new_folder() -> Path:
    """An empty folder for what is sent, which nobody else can read."""
    folder = Path(tempfile.mkdtemp(prefix="sayso-"))
    (folder / INBOX).mkdir()
    return folder


INBOX = "inbox"
_PROGRESS = "progress.json"


def _read(ledger: str, codebook: str, folder: str) -> None:
    """Runs in the process: reads, and writes how far it is."""
    from sayso import pipeline  # noqa: PLC0415 - only the process needs it
    from sayso.ledger import open_ledger  # noqa: PLC0415
    from sayso.settings import from_environment  # noqa: PLC0415

    file = Path(folder) / _PROGRESS
    inbox = str(Path(folder) / INBOX)
    told = Told("reading")

    def write(now: Told) -> None:
        beside = file.with_suffix(".new")
        beside.write_text(json.dumps(asdict(now)), "utf-8")
        beside.replace(file)

    def progress(summary: pipeline.Summary) -> None:
        write(_of(summary, "reading"))

    try:
        write(told)
        inputs = pipeline.Inputs(
            [inbox], codebook, from_environment(), datetime.now(UTC).date(), folder=inbox
        )
        with open_ledger(ledger, create=True) as book:
            summary = pipeline.read(inputs, book, progress)
            write(_of(summary, "done", tuple(book.told_by(summary.added[:_MOST_TOLD]))))
    except SaysoError as fault:
        write(Told("failed", fault=str(fault)))
    finally:
        shutil.rmtree(inbox, ignore_errors=True)


def _of(summary: Any, state: str, incidents: tuple[str, ...] = ()) -> Told:
    return Told(
        state,
        summary.new,
        summary.known,
        len(summary.lost),
        summary.dropped,
        tuple(asdict(problem) for problem in summary.problems),
        incidents=incidents,
    )


def _link(ledger: str, codebook: str) -> None:
    """Runs in the process."""
    from sayso import pipeline  # noqa: PLC0415
    from sayso.codebook import load  # noqa: PLC0415
    from sayso.ledger import open_ledger  # noqa: PLC0415

    with open_ledger(ledger) as book:
        pipeline.link(book, load(codebook))
