"""From incidents to files: written aside, read again, then put in place with a manifest beside them."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from sayso.codebook import Codebook
from sayso.errors import UsageError
from sayso.exports import acled, annotation, ged, geojson, gtd, jsonl, parquet, said, wide, xlsx
from sayso.exports.cells import check, check_csv, csv_lines, restored
from sayso.exports.files import aside, write_lines
from sayso.exports.formats import Format
from sayso.exports.layout import LOSSES, SAYSO, Known, Layout, Loss, own_columns
from sayso.model import CONTRACT, Incident

LAYOUTS: dict[Format, Layout] = {Format.ACLED: acled.LAYOUT, Format.GED: ged.LAYOUT, Format.GTD: gtd.LAYOUT}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written.

    codebook               by which layouts tell what kind of actor somebody is.
    strict                 layouts have the dataset's own columns alone.
    without_private_names  private persons' names are replaced by marks.
    """

    format: Format
    codebook: Codebook
    strict: bool = False
    without_private_names: bool = False


@dataclass(slots=True)
class Counts:
    """What was written: incidents that were given, rows, incidents without a row, and losses."""

    incidents: int = 0
    rows: int = 0
    left_out: int = 0
    losses: int = 0


def printed(incidents: Iterable[Incident], format_: Format) -> Iterator[str]:
    """The lines of a format that is text in one piece. Raises UsageError for another one."""
    if format_ not in _LINES:
        raise UsageError(f"The format {format_} cannot be printed.", "Name a file with -o.")
    return _LINES[format_](incidents)


def export(incidents: Iterable[Incident], path: Path, order: Order, told: dict[str, Any]) -> Counts:
    """Writes the incidents to the path, and beside it a manifest and, for layouts, the losses.

    told  plain data for the manifest: how the incidents were chosen and made.

    All files are written aside and read again; then they are put in place. Raises OutputError where a file
    cannot be written or is not what it should be, and UsageError where a library is missing.
    """
    counts = Counts()
    targets = [path, manifest_of(path)]
    if order.format in LAYOUTS:
        targets.insert(1, losses_of(path))
    if len({target.name for target in targets}) < len(targets):
        raise UsageError(f"{path} is the name of a file beside the export.", "Choose another name.")
    with aside(targets) as made:
        if order.format in LAYOUTS:
            _write_layout(incidents, made[0], made[1], order, counts)
        else:
            _write_native(incidents, made[0], order.format, counts)
        files = {target.name: file for target, file in zip(targets[:-1], made[:-1], strict=True)}
        made[-1].write_text(
            json.dumps(_manifest(order, counts, files, told), indent=1, ensure_ascii=False) + "\n", "utf-8"
        )
    return counts


def manifest_of(path: Path) -> Path:
    """The manifest beside an export."""
    return path.with_name(f"{path.name}.manifest.json")


def losses_of(path: Path) -> Path:
    """The file of losses beside an export in a layout.

    Of a name that ends in ``.csv`` the end goes; another one stays whole, so that ``a.acled`` and ``a.gtd``
    do not share one.
    """
    name = path.stem if path.suffix.lower() == ".csv" else path.name
    return path.with_name(f"{name}.losses.csv")


# ---- our own formats ----------------------------------------------------------------------------------

_LINES: dict[Format, Callable[[Iterable[Incident]], Iterator[str]]] = {
    Format.JSONL: jsonl.lines,
    Format.CSV: lambda incidents: csv_lines(wide.NAMES, map(wide.row, incidents)),
    Format.STATEMENTS: lambda incidents: csv_lines(
        said.NAMES, (row for one in incidents for row in said.rows(one))
    ),
    Format.GEOJSON: geojson.lines,
    Format.ANNOTATION: annotation.lines,
}
_WRITERS: dict[Format, Callable[[Path, Iterable[Incident]], None]] = {
    Format.PARQUET: parquet.write,
    Format.XLSX: xlsx.write,
}
_OF_STATEMENTS = (Format.STATEMENTS, Format.ANNOTATION)


def _write_native(incidents: Iterable[Incident], path: Path, format_: Format, counts: Counts) -> None:
    def counted() -> Iterator[Incident]:
        for incident in incidents:
            counts.incidents += 1
            counts.rows += len(incident.statements) if format_ in _OF_STATEMENTS else 1
            yield incident

    if format_ in _WRITERS:
        _WRITERS[format_](path, counted())
    else:
        write_lines(path, _LINES[format_](counted()))
    _CHECKS[format_](path, counts.rows)


def _check_jsonl(path: Path, count: int) -> None:
    found, right = 0, True
    with path.open("rb") as file:
        for line in file:
            right = right and from_json(line)["contract"] == CONTRACT
            found += 1
    check(right and found == count, f"{found} of {count} lines can be read")


_CHECKS: dict[Format, Callable[[Path, int], None]] = {
    Format.JSONL: _check_jsonl,
    Format.CSV: lambda path, count: check_csv(path, wide.NAMES, count),
    Format.STATEMENTS: lambda path, count: check_csv(path, said.NAMES, count),
    Format.GEOJSON: geojson.check_file,
    Format.ANNOTATION: annotation.check_file,
    Format.PARQUET: parquet.check_file,
    Format.XLSX: xlsx.check_file,
}


# ---- the layouts of others ----------------------------------------------------------------------------


def _write_layout(
    incidents: Iterable[Incident], path: Path, losses_path: Path, order: Order, counts: Counts
) -> None:
    layout, known = LAYOUTS[order.format], Known.of(order.codebook)
    columns = (*layout.columns, *(() if order.strict else SAYSO))
    with losses_path.open("w", encoding="utf-8", newline="\n") as file:

        def lost(rows: Iterable[tuple[str, Loss]]) -> None:
            lines = csv_lines(LOSSES, ((row, one.column, one.lost, one.rule) for row, one in rows))
            next(lines)  # the header
            for line in lines:
                file.write(f"{line}\n")
                counts.losses += 1

        def coded() -> Iterator[list[object]]:
            for incident in incidents:
                counts.incidents += 1
                losses: list[Loss] = []
                row = layout.row(incident, known, losses)
                lost((incident.incident_id, one) for one in dict.fromkeys(losses))
                if row is None:
                    counts.left_out += 1
                    continue
                counts.rows += 1
                row |= {} if order.strict else own_columns(incident)
                yield [row.get(column) for column in columns]

        file.write(",".join(LOSSES) + "\n")
        lost(("", Loss(column, "in every row", reason)) for column, reason in layout.never.items())
        write_lines(path, csv_lines(columns, coded()))
    check_csv(losses_path, LOSSES, counts.losses)
    _check_layout(path, layout, columns, counts.rows)


def _check_layout(path: Path, layout: Layout, columns: tuple[str, ...], rows: int) -> None:
    check_csv(path, columns, rows)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for fault in layout.faults({column: restored(cell) for column, cell in row.items()}):
                check(False, f"in the row of {row[columns[0]]}, {fault}")


# ---- the manifest -------------------------------------------------------------------------------------


def _manifest(order: Order, counts: Counts, files: dict[str, Path], told: dict[str, Any]) -> dict[str, Any]:
    """How the files were made and what is in them; nothing of when or where, so it is the same each time."""
    libraries = {Format.PARQUET: "duckdb", Format.XLSX: "xlsxwriter"}
    used = [libraries[order.format]] if order.format in libraries else []
    return {
        "format": order.format.value,
        "versions": {name: version(name) for name in ("sayso", *used)},
        "contract": CONTRACT,
        "codebook": {
            "name": order.codebook.name,
            "version": order.codebook.version,
            "sha256": order.codebook.sha256,
        },
        "strict": order.strict,
        "without_private_names": order.without_private_names,
        **told,
        "counts": {
            "incidents": counts.incidents,
            "rows": counts.rows,
            "left_out": counts.left_out,
            "losses": counts.losses,
        },
        "files": [
            {"name": name, "bytes": path.stat().st_size, "sha256": _digest(path)}
            for name, path in files.items()
        ],
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
