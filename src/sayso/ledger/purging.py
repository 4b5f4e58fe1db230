"""Taking a report out of the file on a legal request: text, originals, quotes, statements, what was judged.

The rows go in one transaction, and the tombstone comes with it. That nothing of them is left between the rows
that stay takes packing the file (``pack``), which others who read it can hold up; until it is done the
tombstone says that it is not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy import text as sql

from sayso.errors import UsageError
from sayso.ledger import compared, history, indexing, judgements, tables, tombstones
from sayso.ledger.lines import pack, unpack
from sayso.model import Judgement, judgement_id_of


@dataclass(frozen=True, slots=True)
class Purged:
    """What went: codings, judgements on them, and reports that have the very same text and stay."""

    codings: int
    judgements: int
    same_text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """Who purges, when (ISO 8601) and why; the reason stays, so it must not quote."""

    who: str
    purged_on: str
    why: str


def purge(connection: Connection, report_id: str, request: Request) -> Purged:
    """Takes the report out; raises UsageError where it is not there."""
    reports = tables.reports
    text_id = connection.execute(select(reports.c.text_id).where(reports.c.report_id == report_id)).scalar()
    if text_id is None:
        raise UsageError(f"There is no report {report_id} in the ledger.", "Give the whole id of a report.")
    same = select(reports.c.report_id).where(reports.c.text_id == text_id, reports.c.report_id != report_id)
    same_text = tuple(sorted(connection.execute(same).scalars()))
    with _unlocked(connection):
        _views(connection, report_id)
        compared.forget(connection)
        emptied, gone = _judged(connection, report_id)
        number = _facts(connection, report_id)
        salt = tombstones.salt(connection)
        last = connection.execute(
            select(tables.tombstones.c.tombstone_id).order_by(tables.tombstones.c.tombstone_id.desc())
        ).scalar()
        row = {
            "tombstone_id": (last or 0) + 1,
            "salt": salt,
            "mark": tombstones.mark_of(text_id, salt),
            "who": request.who,
            "purged_on": request.purged_on,
            "why": request.why,
            "emptied": pack(emptied),
            "finished": False,
        }
        connection.execute(insert(tables.tombstones), row)
        history.append(connection, "purged", str(row["tombstone_id"]), history.purged(row))
    # Deleting leaves words in the index until it is made anew.
    connection.execute(sql("INSERT INTO search(search) VALUES ('rebuild')"))
    return Purged(number, gone, same_text)


@contextmanager
def _unlocked(connection: Connection) -> Iterator[None]:
    """Takes the triggers away that keep rows from being deleted, and puts them back, in this transaction."""
    kept = connection.execute(
        sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    ).all()
    for name, _ in kept:
        connection.execute(sql(f"DROP TRIGGER {name}"))
    yield
    for _, line in kept:
        connection.exec_driver_sql(line)


def _ids(connection: Connection, report_id: str) -> set[str]:
    """Of all codings of the report, whoever made them, the ids of mentions and statements."""
    found: set[str] = set()
    for table, key in (
        (tables.mentions, tables.mentions.c.mention_id),
        (tables.statements, tables.statements.c.statement_id),
    ):
        wanted = (
            select(key)
            .join(tables.codings, tables.codings.c.coding_id == table.c.coding_id)
            .where(tables.codings.c.report_id == report_id)
        )
        found.update(connection.execute(wanted).scalars())
    return found


def _views(connection: Connection, report_id: str) -> None:
    """Incidents and lineages that hold anything of it; the next linking makes them anew without it."""
    rows = tables.incidents.c
    holding = sql("SELECT incident_id FROM incidents WHERE instr(record, :report_id)")
    shown = set(connection.execute(holding, {"report_id": report_id}).scalars())
    lineages = tables.lineage_reports.c
    of_it = select(lineages.lineage_id).where(lineages.report_id == report_id)
    traced = set(connection.execute(of_it).scalars())
    former = _ids(connection, report_id)
    indexing.take_out(connection, sorted(shown))
    for one in sorted(shown):  # ids of other reports' mentions: the next linking finds where they lead
        leads = update(tables.redirects).where(tables.redirects.c.incident_id == one)
        connection.execute(leads.values(incident_id=None))
    for table, column, ids in (
        (tables.redirects, tables.redirects.c.former_id, former),
        (tables.incident_mentions, tables.incident_mentions.c.incident_id, shown),
        (tables.incidents, rows.incident_id, shown),
        (tables.lineage_pairs, tables.lineage_pairs.c.lineage_id, traced),
        (tables.lineage_pairs, tables.lineage_pairs.c.a, {report_id}),
        (tables.lineage_pairs, tables.lineage_pairs.c.b, {report_id}),
        (tables.lineage_reports, lineages.lineage_id, traced),
        (tables.lineages, tables.lineages.c.lineage_id, traced),
    ):
        _delete(connection, table, column, ids)


def _delete(connection: Connection, table: Table, column: Any, ids: set[str]) -> None:
    for one in sorted(ids):
        connection.execute(delete(table).where(column == one))


def _judged(connection: Connection, report_id: str) -> tuple[list[int], int]:
    """Takes out what was judged on it; of verdicts on several incidents what is not on it stays.

    Gives the entries of the history whose content is gone, and how many judgements were touched.
    """
    ids = _ids(connection, report_id) | {report_id}
    touched = [one for one in judgements.all_judgements(connection) if _about(one) & ids]
    emptied: list[int] = []
    for one in touched:
        rows = tables.history.c
        entries = select(rows.seq).where(
            rows.kind.in_(("judged", "withdrawn")), rows.subject == one.judgement_id
        )
        emptied += connection.execute(entries).scalars()
        connection.execute(
            delete(tables.judgements).where(tables.judgements.c.judgement_id == one.judgement_id)
        )
    for seq in emptied:
        connection.execute(
            update(tables.history).where(tables.history.c.seq == seq).values(subject=None, salt=None)
        )
    for one in touched:
        if (left := _left(one, ids)) is not None:
            judgements.add(connection, left)
    return sorted(emptied), len(touched)


def _about(one: Judgement) -> set[str]:
    return {one.target_id, *(seen.mention_id for group in one.groups for seen in group)}


def _left(one: Judgement, ids: set[str]) -> Judgement | None:
    """What a judgement says without the purged mentions, or None. Its reason may quote, and goes."""
    groups = tuple(tuple(seen for seen in group if seen.mention_id not in ids) for group in one.groups)
    groups = tuple(group for group in groups if group)
    if one.withdrawn_on is not None or len(groups) < min(len(one.groups), 2) or not groups:
        return None
    target = groups[0][0] if one.target_id in ids else None
    target_id = target.mention_id if target else one.target_id
    return replace(
        one,
        judgement_id=judgement_id_of(target_id, one.verdict, one.who, one.made_on),
        target_id=target_id,
        words=target.words if target else one.words,
        groups=groups,
        why=None,
    )


def _facts(connection: Connection, report_id: str) -> int:
    """The text, its codings and what it was read from; gives how many codings there were."""
    codings = tables.codings
    headers = select(codings.c.header).where(codings.c.report_id == report_id)
    raw = {unpack(line).get("raw_sha256") for line in connection.execute(headers).scalars()} - {None}
    mine = list(
        connection.execute(select(codings.c.coding_id).where(codings.c.report_id == report_id)).scalars()
    )
    for table in (tables.edges, tables.statements, tables.mentions, codings):
        _delete(connection, table, table.c.coding_id, set(mine))
    for digest in sorted(raw):
        used = sql("SELECT 1 FROM codings WHERE instr(header, :digest) LIMIT 1")
        if connection.execute(used, {"digest": digest}).first() is None:
            _delete(connection, tables.originals, tables.originals.c.sha256, {digest})
    _delete(connection, tables.search_rows, tables.search_rows.c.report_id, {report_id})
    _delete(connection, tables.reports, tables.reports.c.report_id, {report_id})
    return len(mine)
