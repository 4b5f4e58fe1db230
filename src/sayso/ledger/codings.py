"""Reports and what coders made of them: written once, given back as they were."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, select, update

from sayso.ledger import tables, tombstones
from sayso.ledger.lines import UnreadableError, pack, packed, record, records, unpack
from sayso.model import Aggregate, CodedReport, Coding, Mention, Report, Statement
from sayso.records import to_record

# Reports fetched at once: some megabytes of text, and few enough queries that their cost does not show.
_CHUNK = 200

_IDS = 10_000
"""So many ids are asked for at once: SQLite takes 32,766."""


def coding_id_of(report_id: str, coding: Coding) -> str:
    """The id of what one coder, of one version, with one codebook and gazetteer, makes of one report."""
    made_of = [report_id, *asdict(coding).values()]
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:20]


def has(connection: Connection, coding_id: str) -> bool:
    """Whether the coding is in the ledger, active or not."""
    wanted = select(tables.codings.c.coding_id).where(tables.codings.c.coding_id == coding_id)
    return connection.execute(wanted).first() is not None


def is_active(connection: Connection, coding_id: str) -> bool:
    """Whether the coding is the active one of its report."""
    codings = tables.codings
    wanted = select(codings.c.coding_id).where(codings.c.coding_id == coding_id, codings.c.active)
    return connection.execute(wanted).first() is not None


def activate(connection: Connection, report_id: str, coding_id: str) -> None:
    """Makes the coding the active one of its report."""
    codings = tables.codings
    of_report = update(codings).where(codings.c.report_id == report_id)
    # Two steps: never are two active, not even within one statement.
    connection.execute(of_report.where(codings.c.active).values(active=False))
    connection.execute(of_report.where(codings.c.coding_id == coding_id).values(active=True))


def add(connection: Connection, coded: CodedReport, *, active: bool = True) -> bool:
    """Adds the report, if it is new, and the coding, which becomes the active one unless it is not to.

    Returns False, having changed nothing, where this very coding of this report was there. Raises UsageError
    where its text was purged.
    """
    report = coded.report
    coding_id = coding_id_of(report.report_id, coded.coding)
    if has(connection, coding_id):
        return False
    there = select(tables.reports.c.report_id).where(tables.reports.c.report_id == report.report_id)
    if connection.execute(there).first() is None:
        tombstones.refuse(connection, report.text_id)
        row = {"report_id": report.report_id, "text_id": report.text_id, "text": report.text}
        connection.execute(insert(tables.reports), row)
    header = to_record(report)
    del header["text"]
    made = {
        "coding_id": coding_id,
        "report_id": report.report_id,
        "active": False,
        **asdict(coded.coding),
        "header": pack(header),
        "aggregates": pack([to_record(aggregate) for aggregate in coded.aggregates]),
        "dropped": pack(coded.dropped),
        "warnings": pack(list(coded.warnings)),
    }
    connection.execute(insert(tables.codings), made)
    if active:
        activate(connection, report.report_id, coding_id)
    _add_rows(connection, coding_id, coded)
    return True


def _add_rows(connection: Connection, coding_id: str, coded: CodedReport) -> None:
    mentions = [
        {
            "coding_id": coding_id,
            "mention_id": mention.mention_id,
            "position": position,
            "words": mention.cues[0].text if mention.cues else "",
            "record": packed(mention),
        }
        for position, mention in enumerate(coded.mentions)
    ]
    statements, edges = _statement_rows(coding_id, coded)
    for table, rows in ((tables.mentions, mentions), (tables.statements, statements), (tables.edges, edges)):
        if rows:
            connection.execute(insert(table), rows)


def _statement_rows(coding_id: str, coded: CodedReport) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The statements, one for each id, and the edges, one for each mention that a statement is about."""
    statements: list[dict[str, Any]] = []
    edges: list[dict[str, Any]] = []
    stored: dict[str, dict[str, Any]] = {}
    for position, statement in enumerate(coded.statements):
        said = to_record(statement)
        mention_id, statement_id = said.pop("mention_id"), statement.statement_id
        first = stored.setdefault(statement_id, said)
        differs: dict[str, Any] = {}
        if first is said:
            statements.append(
                {
                    "coding_id": coding_id,
                    "statement_id": statement_id,
                    "words": words_of(statement, coded.report.text),
                    "record": pack(said),
                }
            )
        else:  # compared as they are stored: to Python, 1 and True are equal
            differs = {key: value for key, value in said.items() if pack(value) != pack(first[key])}
        edges.append(
            {
                "coding_id": coding_id,
                "position": position,
                "statement_id": statement_id,
                "mention_id": mention_id,
                "differs": pack(differs) if differs else None,
            }
        )
    return statements, edges


def words_of(statement: Statement, text: str) -> str:
    """The words that a person judges: those of the value, or the quote's where the value has no span."""
    if statement.spans.value is None:
        return statement.quote.text
    start, end = statement.spans.value
    return text[start:end]


def stream(connection: Connection) -> Iterator[CodedReport]:
    """The reports with their active codings, by report_id; raises UnreadableError."""
    reports, codings = tables.reports, tables.codings
    active = (
        select(codings, reports.c.text)
        .join(reports, reports.c.report_id == codings.c.report_id)
        .where(codings.c.active)
        .order_by(codings.c.report_id)
        .limit(_CHUNK)
    )
    last: str | None = None
    while rows := connection.execute(
        active if last is None else active.where(codings.c.report_id > last)
    ).all():
        yield from _coded(connection, rows)
        # In a damaged index the order may be broken, and one would go round for ever.
        if last is not None and not last < str(rows[-1].report_id):
            raise UnreadableError("its reports are out of order")
        last = str(rows[-1].report_id)


def active(connection: Connection) -> dict[str, str]:
    """report_id -> the id of its active coding."""
    codings = tables.codings
    wanted = select(codings.c.report_id, codings.c.coding_id).where(codings.c.active)
    return {row.report_id: row.coding_id for row in connection.execute(wanted)}


def chosen(connection: Connection, coding_ids: Sequence[str]) -> dict[str, CodedReport]:
    """coding_id -> the report with this coding, active or not, in the order of the ids.

    A coding that is not there is left out. Raises UnreadableError.
    """
    rows: dict[str, Row[Any]] = {}
    for start in range(0, len(coding_ids), _CHUNK):
        wanted = (
            select(tables.codings, tables.reports.c.text)
            .join(tables.reports, tables.reports.c.report_id == tables.codings.c.report_id)
            .where(tables.codings.c.coding_id.in_(coding_ids[start : start + _CHUNK]))
        )
        rows.update((row.coding_id, row) for row in connection.execute(wanted))
    there = [one for one in dict.fromkeys(coding_ids) if one in rows]
    return dict(zip(there, _coded(connection, [rows[one] for one in there]), strict=True))


def reports_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Id of a mention, statement or coding -> its report_id; an id that is none of these is left out."""
    found: dict[str, str] = {}
    ordered = sorted(ids)
    codings = tables.codings.c
    for start in range(0, len(ordered), _IDS):
        some = ordered[start : start + _IDS]
        for table, key in (
            (tables.mentions, tables.mentions.c.mention_id),
            (tables.statements, tables.statements.c.statement_id),
        ):
            wanted = (
                select(key, codings.report_id)
                .distinct()
                .join(tables.codings, codings.coding_id == table.c.coding_id)
                .where(key.in_(some))
            )
            found.update((one, report_id) for one, report_id in connection.execute(wanted))
        made = select(codings.coding_id, codings.report_id).where(codings.coding_id.in_(some))
        found.update((one, report_id) for one, report_id in connection.execute(made))
    return found


def report(connection: Connection, report_id: str) -> Report | None:
    """One report with what its active coding's reader found; None where there is none."""
    reports, codings = tables.reports, tables.codings
    wanted = (
        select(codings.c.header, reports.c.text)
        .join(reports, reports.c.report_id == codings.c.report_id)
        .where(codings.c.active, reports.c.report_id == report_id)
    )
    row = connection.execute(wanted).first()
    return record(Report, {**_mapping(row.header), "text": row.text}) if row else None


@dataclass(frozen=True, slots=True)
class Shelved:
    """A report as a list of reports shows it; ``lineage_id`` is None before the first linking."""

    report_id: str
    title: str | None
    publisher: str | None
    published: str | None
    lineage_id: str | None


def shelf(connection: Connection) -> list[Shelved]:
    """All reports with an active coding, by report_id, without their texts."""
    rows, held = tables.codings.c, tables.lineage_reports.c
    told = [func.json_extract(rows.header, f"$.{key}") for key in ("title", "publisher", "published")]
    wanted = (
        select(rows.report_id, *told, held.lineage_id)
        .join(tables.lineage_reports, held.report_id == rows.report_id, isouter=True)
        .where(rows.active)
        .order_by(rows.report_id)
    )
    found: list[Any] = list(connection.execute(wanted))
    return [Shelved(*row) for row in found]


def statement(connection: Connection, statement_id: str, holds: ColumnElement[bool]) -> Statement | None:
    """The statement as a coding that ``holds`` has it, of its first mention; None where none has it."""
    statements, edges = tables.statements, tables.edges
    wanted = (
        select(statements.c.record, edges.c.mention_id)
        .join(tables.codings, tables.codings.c.coding_id == statements.c.coding_id)
        .join(
            edges,
            and_(
                edges.c.coding_id == statements.c.coding_id,
                edges.c.statement_id == statements.c.statement_id,
            ),
        )
        .where(holds, statements.c.statement_id == statement_id)
        .order_by(tables.codings.c.active.desc(), edges.c.position)
    )
    row = connection.execute(wanted).first()
    return record(Statement, {**_mapping(row.record), "mention_id": row.mention_id}) if row else None


def mention(
    connection: Connection, mention_id: str, holds: ColumnElement[bool]
) -> tuple[Mention, list[Statement]] | None:
    """The mention and its statements as a coding that ``holds`` has them; None where none has it."""
    mentions, codings = tables.mentions.c, tables.codings.c
    wanted = (
        select(mentions.coding_id)
        .join(tables.codings, codings.coding_id == mentions.coding_id)
        .where(holds, mentions.mention_id == mention_id)
        .order_by(codings.active.desc())
    )
    coding_id = connection.execute(wanted).scalar()
    if coding_id is None:
        return None
    coded = chosen(connection, [coding_id])[coding_id]
    found = next(one for one in coded.mentions if one.mention_id == mention_id)
    return found, [one for one in coded.statements if one.mention_id == mention_id]


def _coded(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[CodedReport]:
    coding_ids = [row.coding_id for row in rows]
    mentions = _by_coding(connection, coding_ids, tables.mentions)
    edges = _by_coding(connection, coding_ids, tables.edges)
    said = tables.statements.c
    wanted = select(said.coding_id, said.statement_id, said.record).where(said.coding_id.in_(coding_ids))
    lines = {(coding_id, one): line for coding_id, one, line in connection.execute(wanted)}
    for row in rows:
        yield CodedReport(
            report=record(Report, {**_mapping(row.header), "text": row.text}),
            coding=Coding(row.coder, row.version, row.codebook, row.codebook_sha256, row.gazetteer_sha256),
            mentions=tuple(records(Mention, [one.record for one in mentions.get(row.coding_id, ())])),
            statements=tuple(
                records(Statement, [_statement(edge, lines) for edge in edges.get(row.coding_id, ())])
            ),
            aggregates=record(tuple[Aggregate, ...], unpack(row.aggregates)),
            dropped=_mapping(row.dropped),
            warnings=record(tuple[str, ...], unpack(row.warnings)),
        )


def _by_coding(connection: Connection, coding_ids: Sequence[str], table: Any) -> dict[str, list[Row[Any]]]:
    wanted = (
        select(table).where(table.c.coding_id.in_(coding_ids)).order_by(table.c.coding_id, table.c.position)
    )
    found = connection.execute(wanted)
    return {coding_id: list(group) for coding_id, group in groupby(found, lambda row: row.coding_id)}


def _mapping(line: str) -> dict[str, Any]:
    data = unpack(line)
    if not isinstance(data, dict):
        raise UnreadableError("a line of it is no record")
    return data


def _statement(edge: Row[Any], lines: Mapping[tuple[str, str], str]) -> str:
    """The line of a statement as it is told of one mention."""
    line = lines.get((edge.coding_id, edge.statement_id))
    if line is None:
        raise UnreadableError(f"the statement {edge.statement_id} is missing")
    if edge.differs:
        return pack({**_mapping(line), **_mapping(edge.differs), "mention_id": edge.mention_id})
    return f'{line[:-1]}, "mention_id": {pack(edge.mention_id)}}}'
