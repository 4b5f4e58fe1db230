"""Collections in JSON with one item a line: they are written, and read again, one item after the other."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from sayso.exports.cells import check
from sayso.records import data_to_json


def collection_lines(head: str, items: Iterable[dict[str, Any]], end: Callable[[int], str]) -> Iterator[str]:
    """The head, a line for each item, with a comma after all but the last, and the end for their number."""
    yield head
    held: str | None = None
    count = 0
    for item in items:
        if held is not None:
            yield f"{held},"
        held = data_to_json(item)
        count += 1
    if held is not None:
        yield held
    yield end(count)


def check_collection(
    path: Path, head: str, end: str, count: int, is_right: Callable[[dict[str, Any]], bool]
) -> None:
    """Reads the items again, one by one. Raises OutputError where something else was written."""
    found = 0
    with path.open(encoding="utf-8") as file:
        right = file.readline().rstrip("\n") == head
        for line in file:
            if line == f"{end}\n":
                break
            right = right and is_right(from_json(line.rstrip("\n").removesuffix(",")))
            found += 1
    check(right and found == count, f"{found} of {count} items can be read")
