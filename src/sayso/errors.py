"""The tree of errors. Each says what is wrong, where, and how to mend it.

    SaysoError
    ├── UsageError          an argument that cannot be right            exit status 2
    ├── CodebookError       all faults of a codebook at once            exit status 2
    ├── LedgerError         a ledger that cannot be opened or written   exit status 2
    └── OutputError         an output that cannot be written            exit status 2

What is wrong with one input is no error but a ``model.Problem``: the other inputs are still processed, and
the exit status is 1.
"""

from collections.abc import Sequence


class SaysoError(Exception):
    """Base of all errors that sayso raises on purpose.

    Args:
        what: What is wrong, with the place: file, line, offset.
        mend: What the user can do about it.
    """

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what, mend)
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.what}\n  {self.mend}"


class UsageError(SaysoError):
    """An argument that cannot be right."""


class CodebookError(SaysoError):
    """A codebook that cannot be used; ``faults`` has one line for each fault, with file and line."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__(
            f"The codebook {name} has {count}:\n" + "\n".join(f"  {fault}" for fault in self.faults),
            "Mend these lines and run the same command again.",
        )


class LedgerError(SaysoError):
    """A ledger that cannot be opened, read or written."""


class OutputError(SaysoError):
    """An output that cannot be written."""
