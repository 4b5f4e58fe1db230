"""Results on standard output, all else on standard error."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from sayso.model import Problem
    from sayso.pipeline import Summary

_Item = TypeVar("_Item")
_FAILED_INPUTS = 1


def put(lines: Iterable[str]) -> None:
    """Results, on standard output."""
    for line in lines:
        sys.stdout.write(line + "\n")
    sys.stdout.flush()


def say(line: str) -> None:
    """What is no result, on standard error."""
    from sayso.exports.text import harmless

    sys.stderr.write("\n".join(map(harmless, line.split("\n"))) + "\n")


class Problems:
    """What went wrong with single reports: put aside, so that the others go on, and told at the end."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def aside(self, items: "Iterable[_Item | Problem]") -> Iterator[_Item]:
        """All that is no problem."""
        from sayso.model import Problem

        for item in items:
            if isinstance(item, Problem):
                self._found.append(item)
            else:
                yield item

    def end(self) -> NoReturn:
        """Tells the problems and ends the command, with 1 if a report was lost."""
        end(self._found)


def end(problems: "Iterable[Problem]") -> NoReturn:
    """Tells what went wrong with single reports and ends the command, with 1 if one of them was lost."""
    lost = False
    for problem in problems:
        where = f", {problem.where}" if problem.where else ""
        kind = "not read" if problem.lost else "note"
        say(f"{kind}: {problem.path}{where}: {problem.what} {problem.mend}")
        lost = lost or problem.lost
    raise typer.Exit(_FAILED_INPUTS if lost else 0)


class Progress:
    """A line that counts reports, on a terminal only: a pipe gets nothing but results."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def show(self, summary: "Summary") -> None:
        """Counts what is done so far."""
        if self._shown:
            sys.stderr.write(f"\r\033[K{told(summary)}")
            sys.stderr.flush()


def told(summary: "Summary") -> str:
    """How many reports were read, in words."""
    reports = "report" if summary.new == 1 else "reports"
    line = f"{summary.new} new {reports}, {summary.known} known, {len(summary.lost)} not read"
    return f"{line}, {summary.dropped} statements dropped by the gate" if summary.dropped else line
