"""Writing a file whole or not at all."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sayso.errors import OutputError


def write(path: Path, lines: Iterable[str]) -> None:
    """Write the lines aside and put the file in place when all are written.

    Raises OutputError where the folder is missing, not writable or full; what stood there before then stays.
    """
    aside: str | None = None
    try:
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o666 & ~_umask())
        Path(aside).replace(path)
    except OSError as fault:
        if aside:
            Path(aside).unlink(missing_ok=True)
        raise OutputError(
            f"{path} cannot be written ({fault.strerror}).",
            "Choose a folder that exists, that you may write to and that has room; nothing was changed.",
        ) from fault


def _umask() -> int:
    """The process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
