"""Writing files whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sayso.errors import OutputError


def write(path: Path, lines: Iterable[str]) -> None:
    """Write the lines aside and put the file in place when all are written.

    A link is followed: what it leads to is written. Whatever is raised on the way, what stood there before
    then stays and nothing is left beside it.

    Raises OutputError where the folder is missing, not writable or full, and where something else than a
    file stands there: a folder, a device, a pipe.
    """
    with aside([path]) as (beside,):
        write_lines(beside, lines)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Writes the lines to a file that is aside, each with its end."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


@contextmanager
def aside(paths: list[Path]) -> Iterator[list[Path]]:
    """Empty files beside the paths, to be filled; put in place one after the other when the block ends.

    If anything is raised in the block, what stood at the paths stays, and nothing is left beside it. Raises
    OutputError as ``write`` does.
    """
    made: list[Path] = []
    now = paths[0]
    try:
        targets = [Path(os.path.realpath(path)) for path in paths]
        for now, target in zip(paths, targets, strict=True):
            if target.exists() and not target.is_file():
                raise OutputError(
                    f"{now} is no file.", "Give the path of a file, or none: then it is printed."
                )
            handle, name = tempfile.mkstemp(prefix=".sayso-", dir=target.parent)
            os.close(handle)
            made.append(Path(name))
        now = paths[0]
        yield made
        for beside, target in zip(made, targets, strict=True):
            _to_disk(beside)
            beside.chmod(_mode(target))
        for beside, target in zip(made, targets, strict=True):
            beside.replace(target)
    except OSError as fault:
        raise OutputError(
            f"{now} cannot be written ({fault.strerror}).",
            "Choose a folder that exists, that you may write to and that has room; nothing was changed.",
        ) from fault
    finally:
        for beside in made:
            beside.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _mode(path: Path) -> int:
    """The rights that the file has, else those that a new one gets."""
    return path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()


def _umask() -> int:
    """The process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
