"""Full-text search over the reports: where words stand, with the passage around, and what is said there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy import text as sql

from sayso.errors import UsageError
from sayso.ledger import tables
from sayso.ledger.judgements import in_force
from sayso.ledger.lines import record, unpack
from sayso.model import Quote, Span

_AROUND = 120
"""Characters shown before and after what was found."""

_MARKS = "\ue000\ue001\ue002\ue003\ue004\ue005"
"""Characters that no text has a use for; one that has some of them leaves others."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement whose quote holds what was found."""

    statement_id: str
    mention_id: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a report in which words were found; ``found`` are their spans in the report."""

    quote: Quote
    found: tuple[Span, ...]
    said: tuple[Said, ...]


def query(words: str) -> str:
    """What is typed, as FTS5 asks it: all words, "in this order" in quotation marks, beginnings with a star.

    Raises UsageError where no word is asked for.
    """
    asked = []
    for phrase, word in re.findall(r'"([^"]*)"|(\S+)', words.replace("\0", " ")):  # SQLite's words end there
        plain = phrase or word
        begins = not phrase and plain.endswith("*")
        if re.search(r"\w", plain):
            asked.append('"' + plain.rstrip("*").replace('"', "") + '"' + ("*" if begins else ""))
    if not asked:
        raise UsageError("There is no word to look for.", 'Give words, or "words in this order".')
    return " ".join(asked)


def search(connection: Connection, words: str, *, most: int, quotes_only: bool) -> Iterator[Passage]:
    """The passages of the best ``most`` reports, the best report first, each in the order of its text."""
    asked = query(words)
    rows = connection.execute(
        sql(
            "SELECT search.rowid AS row, search_rows.report_id AS report_id, reports.text AS text "
            "FROM search JOIN search_rows ON search_rows.row = search.rowid "
            "JOIN reports ON reports.report_id = search_rows.report_id "
            "WHERE search MATCH :asked ORDER BY rank, report_id LIMIT :most"
        ),
        {"asked": asked, "most": most},
    ).all()
    for row in rows:
        said = _said(connection, row.report_id)
        for start, end, found in _passages(row.text, _spans(connection, row.row, row.text, asked)):
            inside = tuple(one for one in said if any(_holds(one.quote, span) for span in found))
            if inside or not quotes_only:
                yield Passage(Quote(row.report_id, start, end, row.text[start:end]), found, inside)


def _spans(connection: Connection, row: int, text: str, asked: str) -> list[Span]:
    """Where in the text the words stand."""
    opens, closes = [mark for mark in _MARKS if mark not in text][:2]
    marked = connection.execute(
        sql(
            "SELECT highlight(search, 0, :opens, :closes) FROM search "
            "WHERE search MATCH :asked AND rowid = :row"
        ),
        {"opens": opens, "closes": closes, "asked": asked, "row": row},
    ).scalar_one()
    spans: list[Span] = []
    at = start = 0
    for piece in re.split(f"([{opens}{closes}])", marked):
        if piece == opens:
            start = at
        elif piece == closes:
            spans.append((start, at))
        else:
            at += len(piece)
    return spans


def _passages(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int, tuple[Span, ...]]]:
    """The spans with what stands around them, cut at blanks; near ones share a passage."""
    near: list[Span] = []
    for span in spans:
        if near and span[0] - near[-1][1] > _AROUND:
            yield _around(text, near)
            near = []
        near.append(span)
    if near:
        yield _around(text, near)


def _around(text: str, spans: Sequence[Span]) -> tuple[int, int, tuple[Span, ...]]:
    start, end = max(0, spans[0][0] - _AROUND), min(len(text), spans[-1][1] + _AROUND)
    while 0 < start < spans[0][0] and not text[start - 1].isspace():
        start += 1
    while spans[-1][1] < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end, tuple(spans)


def _said(connection: Connection, report_id: str) -> list[Said]:
    """The statements in force of a report, in the order of its text."""
    statements, codings, edges = tables.statements.c, tables.codings.c, tables.edges.c
    wanted = (
        select(statements.statement_id, statements.record, edges.mention_id)
        .join(tables.codings, codings.coding_id == statements.coding_id)
        .join(
            tables.edges,
            (edges.coding_id == statements.coding_id) & (edges.statement_id == statements.statement_id),
        )
        .where(codings.report_id == report_id, in_force())
    )
    found = [
        Said(row.statement_id, row.mention_id, record(Quote, unpack(row.record)["quote"]))
        for row in connection.execute(wanted)
    ]
    return sorted(set(found), key=lambda one: (one.quote.start, one.statement_id, one.mention_id))


def _holds(quote: Quote, span: Span) -> bool:
    return quote.start <= span[0] and span[1] <= quote.end
