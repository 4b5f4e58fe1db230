"""What linking compared, kept from one linking to the next: see docs/linking.md, Linking again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from sayso.ledger import tables

# SQLite takes only so many values in one statement.
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ComparedReport:
    """A report as it was compared: in which coding, the runs of its words, and its lineage.

    judged  a digest of what people added to it and judged of it; empty where they did not.
    """

    report_id: str
    coding_id: str
    judged: str
    text_id: str
    published: str | None
    publisher: str | None
    runs: bytes
    lineage_id: str
    url: str | None
    corrects: str | None
    retracts: str | None


@dataclass(frozen=True, slots=True)
class ComparedMention:
    """A mention as it was compared, or a report in which none was read (``id`` is then its report_id).

    passage      what the very same passage in another report has too; None where that cannot be told.
    part_of      the mention that it is a part of.
    keys         the blocks that it was looked for in.
    traits       what of it is looked at before it is weighed.
    same_as      the first of those that are the same passage; itself where it is that.
    incident_id  the incident that it was put into; None for a report that went nowhere.
    """

    id: str
    report_id: str
    published: str | None
    passage: str | None
    part_of: str | None
    keys: bytes
    traits: bytes
    same_as: str
    incident_id: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """All that was compared by the last linking.

    turn      counts the linkings; 0 where there was none.
    digest    of all that linking went by.
    pairs     ids, the smaller first, that are rather one incident than two.
    """

    turn: int = 0
    digest: str = ""
    reports: Sequence[ComparedReport] = ()
    mentions: Sequence[ComparedMention] = ()
    pairs: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a linking found that was not so before; rows take the place of those with the same id.

    everything  what was compared before counts no more.
    facts       what was compared of new mentions, by id, as a line.
    """

    digest: str
    everything: bool = False
    reports: Sequence[ComparedReport] = ()
    reports_gone: Iterable[str] = ()
    mentions: Sequence[ComparedMention] = ()
    mentions_gone: Iterable[str] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    pairs: Iterable[tuple[str, str]] = ()
    pairs_gone: Iterable[tuple[str, str]] = ()


def read(connection: Connection) -> Compared:
    """What the last linking compared."""
    stamp = connection.execute(select(tables.compared_with)).first()
    if stamp is None:
        return Compared()
    return Compared(
        stamp.turn,
        stamp.digest,
        [ComparedReport(*row) for row in connection.execute(select(tables.compared_reports))],
        [ComparedMention(*row) for row in connection.execute(select(tables.compared_mentions))],
        [(row.a, row.b) for row in connection.execute(select(tables.compared_pairs))],
    )


def turn(connection: Connection) -> int:
    """How many linkings there were."""
    return connection.execute(select(tables.compared_with.c.turn)).scalar() or 0


def facts(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """What was compared of mentions, by id."""
    rows = tables.compared_facts
    found: dict[str, str] = {}
    for some in _chunks(sorted(ids)):
        wanted = select(rows.c.id, rows.c.record).where(rows.c.id.in_(some))
        found.update((row.id, row.record) for row in connection.execute(wanted))
    return found


def forget(connection: Connection) -> None:
    """Nothing counts as compared any more; a linking that is under way has to look again."""
    _stamp(connection, "")
    _empty(connection)


def _stamp(connection: Connection, digest: str) -> None:
    now = turn(connection) + 1
    connection.execute(delete(tables.compared_with))
    connection.execute(insert(tables.compared_with), {"turn": now, "digest": digest})


def _empty(connection: Connection) -> None:
    for table in (
        tables.compared_reports,
        tables.compared_mentions,
        tables.compared_facts,
        tables.compared_pairs,
    ):
        connection.execute(delete(table))


def write(connection: Connection, found: Found) -> None:
    """Keeps what a linking found."""
    _stamp(connection, found.digest)
    if found.everything:
        _empty(connection)
    _delete(connection, "compared_reports", "report_id", found.reports_gone)
    _delete(connection, "compared_mentions", "id", found.mentions_gone)
    _delete(connection, "compared_facts", "id", found.mentions_gone)
    if gone := sorted(found.pairs_gone):
        connection.exec_driver_sql("DELETE FROM compared_pairs WHERE a = ? AND b = ?", gone)
    _put(connection, tables.compared_reports, map(astuple, found.reports))
    _put(connection, tables.compared_mentions, map(astuple, found.mentions))
    _put(connection, tables.compared_facts, sorted(found.facts.items()))
    _put(connection, tables.compared_pairs, sorted(found.pairs))


def _delete(connection: Connection, table: str, column: str, ids: Iterable[str]) -> None:
    if rows := [(one,) for one in sorted(ids)]:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", rows)  # noqa: S608 - names are ours


def _put(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Adds rows, or puts them in place of those with the same id."""
    marks = ", ".join("?" * len(table.columns))
    if listed := list(rows):
        line = f"INSERT OR REPLACE INTO {table.name} VALUES ({marks})"  # noqa: S608 - names are ours
        connection.exec_driver_sql(line, listed)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
