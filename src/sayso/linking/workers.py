"""The processes that linking hands work to."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sayso.codebook import Codebook
from sayso.incidents import Judged
from sayso.ledger import Ledger, open_ledger

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Shared:
    """What all work goes by."""

    ledger: Ledger
    codebook: Codebook
    judged: Judged


class OvertakenError(Exception):
    """What a linking goes by is gone from the ledger: a report was purged meanwhile."""


Work = Callable[[Shared, Sequence[T]], list[R]]

_CHUNK = 100
"""So many reports or groups are handed over at once."""

_WORTH_STARTING = 1000
"""With fewer to do, the other processes would be started in vain."""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Without looking for rings of objects: records make none, and looking takes a sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Workers:
    """Does work, here or in several processes; the results are the same, in the same order."""

    def __init__(self, shared: Shared, jobs: int) -> None:
        self.shared = shared
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def each(self, work: Work[T, R], items: Sequence[T]) -> Iterator[R]:
        """What the work gives for all items, some at a time, in their order."""
        chunks = [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]
        if self._jobs == 1 or len(items) < _WORTH_STARTING:
            for chunk in chunks:
                yield from work(self.shared, chunk)
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._jobs,
                get_context("spawn"),
                initializer=_start,
                initargs=(self.shared.ledger.path, self.shared.codebook, self.shared.judged),
            )
        yield from _in_order(self._pool, work, chunks, 4 * self._jobs)


def _in_order(
    pool: ProcessPoolExecutor, work: Work[T, R], chunks: Iterable[Sequence[T]], most: int
) -> Iterator[R]:
    """With at most so many under way that memory stays bounded."""
    waiting = []
    for chunk in chunks:
        waiting.append(pool.submit(_there, work, chunk))
        if len(waiting) >= most:
            yield from waiting.pop(0).result()
    for one in waiting:
        yield from one.result()


_shared: Shared | None = None  # one per process: they open the ledger once


def _start(path: Path, codebook: Codebook, judged: Judged) -> None:
    global _shared  # noqa: PLW0603 - the way a process pool hands its processes what they share
    gc.disable()  # as in ``without_collecting``
    _shared = Shared(open_ledger(path), codebook, judged)


def _there(work: Work[T, R], chunk: Sequence[T]) -> list[R]:
    assert _shared is not None  # noqa: S101 - _start ran before
    return work(_shared, chunk)
