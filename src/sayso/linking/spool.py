"""Things that are too many to hold, put aside in a file."""

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Generic, Self, TypeVar

T = TypeVar("T")

_HELD = 64 << 20
"""So many bytes are held in memory; what is more goes to a temporary file."""


class Spool(Generic[T]):
    """Things in the order in which they were added, to be used in a ``with`` statement.

    One may go through them again, but not add any meanwhile.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_HELD)  # noqa: SIM115 - closed when it is left
        self._number = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, thing: T) -> None:
        """Puts one more aside."""
        pickle.dump(thing, self._file, pickle.HIGHEST_PROTOCOL)
        self._number += 1

    def __iter__(self) -> Iterator[T]:
        self._file.seek(0)
        for _ in range(self._number):
            yield pickle.load(self._file)  # noqa: S301 - our own, from a file that nobody else sees
