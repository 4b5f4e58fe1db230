"""Writing a file whole or not at all."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sayso.errors import OutputError


def write(path: Path, lines: Iterable[str]) -> None:
    """Write the lines aside and put the file in place when all are written.

    A link is followed: what it leads to is written. Whatever is raised on the way, what stood there before
    then stays and nothing is left beside it.

    Raises OutputError where the folder is missing, not writable or full, and where something else than a
    file stands there: a folder, a device, a pipe.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            raise OutputError(f"{path} is no file.", "Give the path of a file, or none: then it is printed.")
        handle, aside = tempfile.mkstemp(prefix=".sayso-", dir=target.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{line}\n" for line in lines)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).chmod(_mode(target))
            Path(aside).replace(target)
        finally:
            Path(aside).unlink(missing_ok=True)
    except OSError as fault:
        raise OutputError(
            f"{path} cannot be written ({fault.strerror}).",
            "Choose a folder that exists, that you may write to and that has room; nothing was changed.",
        ) from fault


def _mode(path: Path) -> int:
    """The rights that the file has, else those that a new one gets."""
    return path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()


def _umask() -> int:
    """The process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
