"""Codebook files to rows of plain text, each knowing the lines on which it stands.

Every scalar is text, save an empty or ``null`` one: what a value means is decided by the row's model, not by
its look. So ``no`` stays a word where a word is wanted and becomes False where a truth value is wanted.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

import yaml

# Parses about ten times faster than the pure one, which stands in where PyYAML came without its C part.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_DEEPEST = 20  # a row is at most three deep; deeper ones would exhaust the stack of the parser
_LONGEST_CELL = 131_072  # characters; reports may set another limit for the whole process
_YAML_ADVICE = "text that begins with one of { [ * & ! % @ ` or holds ': ' or ' #' must stand in quotes"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong in one file; ``line`` counts from 1 and is 0 where the whole file is meant."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


@dataclass(frozen=True, slots=True)
class Found:
    """One row as it stands in a file: plain dicts, lists, strings and None, and its first line."""

    data: dict[str, object]
    line: int
    node: yaml.Node | None = None

    def line_of(self, path: Sequence[str | int]) -> int:
        """The line of a part of the row, such as ("words", 2); of what is around it where it is absent."""
        line, node = self.line, self.node
        for step in path:
            part = _part(node, step)
            if part is None:
                break
            mark, node = part
            line = _line(mark)
        return line


class _BadFileError(Exception):
    """A file of which no row can be read."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(line, what)
        self.line = line
        self.what = what


def read_rows(
    file: Traversable, name: str, columns: dict[str, bool], compulsory: Sequence[str]
) -> tuple[list[Found], list[Fault]]:
    """The rows of a list of rows in YAML, or of a table in CSV, and all that is wrong in the file.

    Args:
        file: The file.
        name: How faults name it; its ending decides how it is read.
        columns: For a table: the allowed columns, and whether a cell is a list separated by ``|``.
        compulsory: For a table: the columns that must be there.
    """
    faults: list[Fault] = []
    rows: list[Found] = []
    try:
        text = _text(file)
        table = name.endswith(".csv")
        rows.extend(_table(text, name, columns, compulsory, faults) if table else _list(text, name, faults))
    except _BadFileError as bad:
        faults.append(Fault(name, bad.line, bad.what))
    return rows, faults


def read_mapping(file: Traversable, name: str) -> tuple[Found | None, list[Fault]]:
    """The one mapping of a YAML file (None where there is none), and all that is wrong in it."""
    faults: list[Fault] = []
    try:
        node = _compose(_text(file))
        if node is not None and not isinstance(node, yaml.MappingNode):
            raise _BadFileError(_line(node), "must hold one mapping, that is lines of the form 'key: value'")
        return (None if node is None else _row(node, name, faults, set())), faults
    except _BadFileError as bad:
        return None, [*faults, Fault(name, bad.line, bad.what)]


def _text(file: Traversable) -> str:
    try:
        if not file.is_file():
            raise _BadFileError(0, "is no file")
        raw = file.read_bytes()
    except OSError as fault:
        raise _BadFileError(0, f"cannot be read ({fault.strerror})") from fault
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        raise _BadFileError(line, f"is not UTF-8 (byte {raw[fault.start]:#04x}); save it as UTF-8") from fault
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise _BadFileError(line, f"holds the control character U+{ord(control.group()):04X}; take it out")
    return text


# ---- tables ---------------------------------------------------------------------------------------


def _table(
    text: str, name: str, columns: dict[str, bool], compulsory: Sequence[str], faults: list[Fault]
) -> Iterator[Found]:
    lines = _numbered(text)
    line, header = next(lines, (1, []))
    header = [column.strip() for column in header]
    wrong = [
        *(f"unknown column {column!r}" for column in header if column not in columns),
        *(f"the column {column!r} is missing" for column in compulsory if column not in header),
        *(f"the column {column!r} is there twice" for column in columns if header.count(column) > 1),
    ]
    if wrong:
        raise _BadFileError(line, f"{', '.join(wrong)}; the columns are {', '.join(columns)}")
    for line, cells in lines:
        if len(cells) != len(header):
            faults.append(Fault(name, line, f"has {len(cells)} cells where the header has {len(header)}"))
            continue
        given = {column: cell.strip() for column, cell in zip(header, cells, strict=True) if cell.strip()}
        data: dict[str, object] = {
            column: [part.strip() for part in cell.split("|") if part.strip()] if columns[column] else cell
            for column, cell in given.items()
        }
        yield Found(data, line)


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table that hold something, each with the number of its first line in the file."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as fault:
                raise _BadFileError(line, f"cannot be read as a table ({fault}); mind the quotes") from fault
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield line, cells
    finally:
        csv.field_size_limit(before)


# ---- lists of rows --------------------------------------------------------------------------------


def _list(text: str, name: str, faults: list[Fault]) -> Iterator[Found]:
    node = _compose(text)
    if node is None:
        return
    if not isinstance(node, yaml.SequenceNode):
        raise _BadFileError(_line(node), "must hold a list of rows, each begun with '- '")
    seen: set[int] = set()
    for item in node.value:
        if isinstance(item, yaml.MappingNode):
            yield _row(item, name, faults, seen)
        else:
            faults.append(Fault(name, _line(item), "a row must be of the form '- key: value'"))


def _compose(text: str) -> yaml.Node | None:
    try:
        _refuse_depth(text)
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        if "nesting depth" in (fault.problem or ""):  # some versions of the library have a limit of their own
            raise _BadFileError(line, "is nested too deeply") from fault
        what = ", ".join(part for part in (fault.context, fault.problem) if part)
        raise _BadFileError(line, f"is not YAML ({what}); {_YAML_ADVICE}") from fault
    return node


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _BadFileError(_line(event), "is nested too deeply")


def _row(node: yaml.MappingNode, name: str, faults: list[Fault], seen: set[int]) -> Found:
    return Found(_mapping(node, name, faults, seen), _line(node), node)


def _mapping(node: yaml.MappingNode, name: str, faults: list[Fault], seen: set[int]) -> dict[str, object]:
    data: dict[str, object] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            faults.append(Fault(name, _line(key), "a key must be a word"))
        elif key.value in data:
            faults.append(Fault(name, _line(key), f"the key {key.value!r} is there twice in one row"))
        else:
            data[key.value] = _plain(value, name, faults, seen)
    return data


def _plain(node: yaml.Node, name: str, faults: list[Fault], seen: set[int]) -> object:
    if (
        id(node) in seen
    ):  # an alias leads to the very node that its anchor stands at, and may lead in a circle
        faults.append(
            Fault(name, _line(node), "an anchor (&) is used again (*); write the value out instead")
        )
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, name, faults, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, name, faults, seen) for item in node.value]
    text = str(node.value)
    if not getattr(node, "style", None) and text in _NULLS:
        return None
    if _CONTROL.search(text):  # "\b" in double quotes is a backspace to YAML
        faults.append(Fault(name, _line(node), "a backslash in double quotes; use single quotes here"))
    return text


def _part(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The node whose line stands for a part (its key, or the item itself), and the part."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _line(marked: yaml.Node | yaml.Event) -> int:
    return int(marked.start_mark.line) + 1 if marked.start_mark else 0
