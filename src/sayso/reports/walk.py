"""From the paths that a user names to the files that hold reports."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.model import Problem

STDIN = "-"


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: ``path`` as the user sees it, ``real`` as the system knows it, ``size`` in bytes."""

    path: str
    real: str
    size: int


def walk(paths: Sequence[str]) -> Iterator[File | Problem]:
    """The files under the paths, in the order of the paths; inside a folder sorted by name.

    Hidden files and folders are skipped, unless a path names them. What is neither a file nor a folder, is
    not there or may not be read gives a Problem. ``-`` is not for this function.
    """
    for path in paths:
        yield from _under(path)


def _under(path: str) -> Iterator[File | Problem]:
    left = [path]  # a stack: a tree may be deeper than Python's own
    folders: set[tuple[int, int]] = set()
    while left:
        real = left.pop()
        try:
            status = os.stat(real)  # noqa: PTH116 - a Path would tidy the name that the user gave
        except (OSError, ValueError) as fault:
            yield unread(real, fault)
            continue
        if stat.S_ISREG(status.st_mode):
            yield File(shown(real), real, status.st_size)
        elif not stat.S_ISDIR(status.st_mode):
            what = "This is neither a file nor a folder (a pipe, a socket or a device)."
            yield Problem(
                shown(real), None, what, "Give a file, or send the text to standard input and name -."
            )
        elif (key := (status.st_dev, status.st_ino)) in folders:
            what = "This folder was already read under another name: a link leads back to it."
            yield Problem(shown(real), None, what, "Nothing needs to be done.", lost=False)
        else:
            folders.add(key)
            try:
                names = sorted(name for name in os.listdir(real) if not name.startswith("."))  # noqa: PTH208
            except OSError as fault:
                yield unread(real, fault)
                continue
            if not names and real == path:
                yield Problem(
                    shown(real), None, "The folder holds no files.", "Give another folder.", lost=False
                )
            left.extend(os.path.join(real, name) for name in reversed(names))  # noqa: PTH118


def shown(path: str) -> str:
    """A path in characters that can be printed and stored, where its bytes are none."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def unread(path: str, fault: OSError | ValueError) -> Problem:
    """The problem of a path that the system does not let us read."""
    if isinstance(fault, FileNotFoundError | ValueError):
        return Problem(_printable(path), None, "There is no such file or folder.", "Check the path.")
    if isinstance(fault, PermissionError):
        return Problem(
            _printable(path),
            None,
            "You have no permission to read this.",
            "Give yourself the right to read it.",
        )
    return Problem(_printable(path), None, f"This cannot be read: {fault.strerror}.", "Check the path.")


def _printable(path: str) -> str:
    try:
        return shown(path)
    except UnicodeEncodeError:  # half a character, which no file name can hold
        return path.encode("utf-8", "backslashreplace").decode()
