"""Export of whatever is filtered: the formats of ``sayso export``, the page to print, the chart."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from sayso import publishing
from sayso.errors import UsageError
from sayso.exports import brief
from sayso.exports.exporting import Order
from sayso.exports.formats import Format
from sayso.web.asking import asked
from sayso.web.site import NAMES, Site

WHAT = {
    Format.JSONL: "everything, one incident a line, for programs",
    Format.CSV: "one incident a row: values, and who is said to have done it",
    Format.STATEMENTS: "one statement a row: speaker, stance, value, quote",
    Format.XLSX: "a workbook of incidents and what is said about who did it",
    Format.GEOJSON: "points for maps (QGIS, web maps)",
    Format.PARQUET: "the columns of csv with types, for analysis",
    Format.ANNOTATION: "every quote as a W3C Web Annotation",
    Format.ACLED: "the columns of ACLED, with a list of what these cannot hold",
    Format.GED: "the columns of UCDP GED, with a list of what these cannot hold",
    Format.GTD: "the columns of GTD, with a list of what these cannot hold",
}
_ENDS = {
    Format.JSONL: "jsonl",
    Format.GEOJSON: "geojson",
    Format.ANNOTATION: "jsonld",
    Format.XLSX: "xlsx",
    Format.PARQUET: "parquet",
}


def show(site: Site, request: Request) -> Response:
    """The page that offers the formats for what is filtered."""
    question = asked(request.query_params, "/export")
    if question.fault:
        raise question.fault
    total = sum(one.incidents for one in site.ledger.groups(question.wanted))
    without = request.cookies.get(NAMES) != "shown"
    told = publishing.in_words(site.ledger, question.wanted, without_private_names=without)
    return site.page(
        request, "export.html", asked=question, total=total, told=told, formats=WHAT, most_printed=brief.MOST
    )


def give(site: Site, request: Request) -> Response:
    """The file: a zip with the export, its manifest and its losses, or the page to print.

    Raises UsageError for a format that there is not.
    """
    question = asked(request.query_params, "/export")
    if question.fault:
        raise question.fault
    without = request.cookies.get(NAMES) != "shown"
    given = request.query_params.get("format", "")
    if given == "brief":
        found = list(publishing.chosen(site.ledger, question.wanted, without_private_names=without))
        told = publishing.in_words(site.ledger, question.wanted, without_private_names=without)
        page = brief.page(found, told)
        return Response(page.encode(), media_type="text/html", headers=_named("incidents.html"))
    if given not in list(Format):
        raise UsageError(f"There is no format {given!r}.", f"Ask for one of: {', '.join(Format)}, brief.")
    folder = tempfile.TemporaryDirectory(prefix="sayso-")
    order = Order(Format(given), site.codebook, without_private_names=without)
    name = f"incidents.{_ENDS.get(order.format, 'csv')}"
    publishing.export(site.ledger, question.wanted, Path(folder.name) / name, order)
    packed = Path(folder.name) / "export.zip"
    with ZipFile(packed, "w", ZIP_DEFLATED) as whole:
        for file in _files(folder.name, packed):
            whole.write(file, file.name)
    return FileResponse(
        packed,
        media_type="application/zip",
        headers=_named(f"incidents-{given}.zip"),
        background=BackgroundTask(folder.cleanup),
    )


def _files(folder: str, packed: Path) -> Iterator[Path]:
    return (file for file in sorted(Path(folder).iterdir()) if file != packed)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
