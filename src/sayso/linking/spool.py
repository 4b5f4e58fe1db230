"""Things that are too many to hold, put aside in a file."""

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Generic, TypeVar

T = TypeVar("T")

_HELD = 64 << 20
"""So many bytes are held in memory; what is more goes to a temporary file."""


class Spool(Generic[T]):
    """Things in the order in which they were added; one may go through them again, but not meanwhile add."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_HELD)  # noqa: SIM115 - closed with its last user
        self._number = 0

    def add(self, thing: T) -> None:
        """Puts one more aside."""
        pickle.dump(thing, self._file, pickle.HIGHEST_PROTOCOL)
        self._number += 1

    def __iter__(self) -> Iterator[T]:
        self._file.seek(0)
        for _ in range(self._number):
            yield pickle.load(self._file)  # noqa: S301 - our own, from a file that nobody else sees
