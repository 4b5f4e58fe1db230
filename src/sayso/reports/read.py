"""From what a user names to reports, one after the other."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from sayso.codebook import Codebook
from sayso.model import Problem, Report
from sayso.reports.bounded import Bounded
from sayso.reports.make import make_report
from sayso.reports.readers import read_stream
from sayso.reports.readers import text as plain_text
from sayso.reports.source import Record
from sayso.reports.walk import STDIN, File, unread, walk
from sayso.settings import Settings


def read(
    paths: Sequence[str],
    codebook: Codebook,
    settings: Settings,
    stdin: BinaryIO | None = None,
    raw: dict[str, bytes] | None = None,
) -> Iterator[Report | Problem]:
    """The reports under the paths in their order, and a Problem for each thing that cannot be read.

    Args:
        paths: Files, folders (read with all that is in them, by name) and ``-`` for ``stdin``.
        codebook: What is known of pages and outlets.
        settings: Gives the limits.
        stdin: Read in bytes where a path is ``-``.
        raw: Where given, gets the bytes that each report was read from, by report_id, before the report is
            given. Who reads many takes them out again.

    Nothing is raised for an input: a broken one gives a Problem, and the next one follows. Reports come as
    they are read, and plain texts are as they stood: only a byte-order mark is no part of them.
    """
    seen = _Seen(raw)
    with Bounded(settings) as bounded:
        for path in paths:
            for found in _records(path, settings, bounded, stdin):
                if isinstance(found, Problem):
                    yield found
                else:
                    yield from seen.sorted_out(*found, codebook, settings)


def _records(
    path: str, settings: Settings, bounded: Bounded, stdin: BinaryIO | None
) -> Iterator[tuple[str, Record] | Problem]:
    """The records under one path, each with the path of its file."""
    if path == STDIN:
        yield from _from_stdin(stdin, settings, bounded)
        return
    for file in walk([path]):
        if isinstance(file, Problem):
            yield file
        else:
            yield from _from_file(file, settings, bounded)


def _from_stdin(
    stdin: BinaryIO | None, settings: Settings, bounded: Bounded
) -> Iterator[tuple[str, Record] | Problem]:
    """Standard input as one file, which may be of any format."""
    if stdin is None:
        yield Problem(STDIN, None, "There is no standard input.", "Name a file or a folder.")
        return
    most = max(settings.max_file_bytes, plain_text.most_bytes(settings.max_report_characters))
    try:
        data = _all_of(stdin, most)
        if len(data) > most:
            yield plain_text.too_long(STDIN, f"more than {most} bytes", settings.max_report_characters)
            return
        for found in read_stream(io.BytesIO(data), STDIN, len(data), settings, bounded):
            yield found if isinstance(found, Problem) else (STDIN, found)
    except (OSError, ValueError) as fault:  # a folder, or closed
        yield Problem(STDIN, None, f"Standard input cannot be read: {fault}.", "Name a file or a folder.")


def _all_of(stream: BinaryIO, most: int) -> bytes:
    """What a stream gives, and no more than one byte beyond the limit.

    A terminal or a pipe gives what it has, which may be less than was asked for.
    """
    data = bytearray()
    while len(data) <= most and (part := stream.read(min(most + 1 - len(data), 1 << 20))):
        data += part
    return bytes(data)


def _from_file(file: File, settings: Settings, bounded: Bounded) -> Iterator[tuple[str, Record] | Problem]:
    try:
        with open(file.real, "rb") as stream:  # noqa: PTH123 - the name as the system gave it
            for found in read_stream(stream, file.path, file.size, settings, bounded):
                yield found if isinstance(found, Problem) else (file.path, found)
    except OSError as fault:
        yield unread(file.real, fault)


class _Seen:
    """What was read before in this run: the same report twice is one, the same id for two texts is told."""

    def __init__(self, raw: dict[str, bytes] | None) -> None:
        self._raw = raw
        self._places: dict[str, str] = {}
        self._texts: dict[str, tuple[str, str]] = {}

    def sorted_out(
        self, path: str, record: Record, codebook: Codebook, settings: Settings
    ) -> Iterator[Report | Problem]:
        """The report of a record, where it is one and was not there before, and what is wrong with it."""
        refused = _refused(path, record, settings.max_report_characters)
        if refused is not None:
            yield refused
            return
        for what in record.ignored:
            yield Problem(path, record.where, f"{what} It is ignored.", "Give a string.", lost=False)
        for what in record.noted:
            yield Problem(path, record.where, what, "Nothing needs to be done if it reads well.", lost=False)
        report = _made(path, record, codebook)
        if record.published and record.published.strip() and report.published is None:
            what = f"The date given, {record.published.strip()[:60]!r}, cannot be read; the report has none."
            mend = "Give a date such as 2020-11-21 or 2020-11-21T14:05:00+00:00."
            yield Problem(path, record.where, what, mend, lost=False)
        if report.language not in (None, codebook.language):
            what = f"Not coded: language {report.language}. The report is kept."
            mend = f"Give a translation, or a codebook for it; this one is for {codebook.language}."
            yield Problem(path, record.where, what, mend, lost=False)
        place = f"{path}, {record.where}" if record.where else path
        if (before := self._places.get(report.report_id)) is not None:
            what = f"The same report was read from {before}; it is kept once."
            yield Problem(path, record.where, what, "Nothing needs to be done.", lost=False)
            return
        self._places[report.report_id] = place
        if report.id is not None:
            text_id, before = self._texts.setdefault(report.id, (report.text_id, place))
            if text_id != report.text_id:
                what = f"The id {report.id[:60]!r} was given to another text in {before}; both are kept."
                yield Problem(path, record.where, what, "Give each report its own id.", lost=False)
        if self._raw is not None:
            self._raw[report.report_id] = record.raw
        yield report


def _refused(path: str, record: Record, max_characters: int) -> Problem | None:
    if not record.text.strip():
        what = (
            "The text is empty or holds only blanks."
            if record.where
            else "The file is empty or holds only blanks."
        )
        return Problem(path, record.where, what, "Give the text of the report.")
    if len(record.text) > max_characters:
        found = plain_text.too_long(path, f"{len(record.text)} characters", max_characters)
        return replace(found, where=record.where)
    return None


def _made(path: str, record: Record, codebook: Codebook) -> Report:
    return make_report(
        record.text,
        codebook,
        path=path,
        id=record.id,
        url=record.url,
        publisher=record.publisher,
        published=record.published,
        title=record.title,
        byline=record.byline,
        updated=record.updated,
        version_of=record.version_of,
        corrects=record.corrects,
        retracts=record.retracts,
        raw=record.raw,
        reader=record.reader,
        document=record.document,
    )
