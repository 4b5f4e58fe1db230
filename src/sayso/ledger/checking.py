"""Whether a ledger is what was written: quotes against texts, ids against contents, and the history."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError

from sayso.ledger import codings, history, originals, tables, tombstones
from sayso.ledger.lines import UnreadableError, parsed, unpack
from sayso.model import (
    CodedReport,
    Incident,
    Mention,
    Quote,
    Report,
    Statement,
    apart_of,
    mention_id_of,
    report_id_of,
    statement_id_of,
    text_id_of,
)

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, by kind; what is wrong, in words; the digest of the whole history, if any."""

    looked_at: Mapping[str, int]
    faults: tuple[str, ...]
    head: str | None


def check(connection: Connection, noted: str | None) -> Checked:
    """Looks at everything but the search index."""
    looked_at: dict[str, int] = {}
    faults = [*_database(connection), *_texts(connection, looked_at), *_coded(connection, looked_at)]
    faults += [*_originals(connection, looked_at), *_orphans(connection), *_incidents(connection, looked_at)]
    faults += [*history.faults(connection), *_purges(connection)]
    if noted is not None and not history.holds(connection, noted):
        faults.append("the history does not hold the digest that was noted")
    rows = connection.execute(sql("SELECT count(*) FROM history")).scalar_one()
    return Checked({**looked_at, "entries of the history": rows}, tuple(faults), history.head(connection))


def _database(connection: Connection) -> Iterator[str]:
    for (found,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if found != "ok":
            yield f"the file is damaged: {found}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"a row of {row[0]} points to nothing"


def _texts(connection: Connection, looked_at: dict[str, int]) -> Iterator[str]:
    number = 0
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(select(tables.reports)):
        number += 1
        if text_id_of(row.text) != row.text_id:
            yield f"the text of the report {row.report_id} is another one"
    looked_at["reports"] = number


def _coded(connection: Connection, looked_at: dict[str, int]) -> Iterator[str]:
    ids = list(
        connection.execute(select(tables.codings.c.coding_id).order_by(tables.codings.c.coding_id)).scalars()
    )
    looked_at["codings"], looked_at["statements"] = len(ids), 0
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        try:
            found = [*codings.chosen(connection, some).values()]
        except UnreadableError:
            found = []
            for one in some:
                try:
                    found += codings.chosen(connection, [one]).values()
                except UnreadableError as fault:
                    yield f"the coding {one} cannot be read: {fault}"
        words = _words(connection, some)
        for coded in found:
            looked_at["statements"] += len(coded.statements)
            yield from _one(coded, words)


def _words(connection: Connection, coding_ids: Sequence[str]) -> dict[tuple[str, str], str]:
    """(coding, id of a mention or statement) -> the words kept for comparing judgements."""
    found: dict[tuple[str, str], str] = {}
    for table, key in (
        (tables.mentions, tables.mentions.c.mention_id),
        (tables.statements, tables.statements.c.statement_id),
    ):
        wanted = select(table.c.coding_id, key, table.c.words).where(table.c.coding_id.in_(coding_ids))
        found.update({(row[0], row[1]): row[2] for row in connection.execute(wanted)})
    return found


def _one(coded: CodedReport, words: Mapping[tuple[str, str], str]) -> Iterator[str]:
    report = coded.report
    coding_id = codings.coding_id_of(report.report_id, coded.coding)
    at = f"in the coding {coding_id} of the report {report.report_id}"
    if text_id_of(report.text) != report.text_id or not _may_have_its_id(report):
        yield f"the id of the report is not of what it holds, {at}"
    by_mention: dict[str, list[Statement]] = {}
    for statement in coded.statements:
        by_mention.setdefault(statement.mention_id, []).append(statement)
    for mention in coded.mentions:
        its = by_mention.get(mention.mention_id, [])
        cue = mention.cues[0].text if mention.cues else ""
        if words.get((coding_id, mention.mention_id)) != cue:
            yield f"the words of the mention {mention.mention_id} are others, {at}"
        if not _is_named(mention, its):
            yield f"the id of the mention {mention.mention_id} is not of what it holds, {at}"
    for statement in coded.statements:
        span = (statement.spans.value, statement.spans.speaker)
        made = statement_id_of(statement.report_id, statement.field, statement.stance, *span)
        if made != statement.statement_id:
            yield f"the id of the statement {statement.statement_id} is not of what it holds, {at}"
        if words.get((coding_id, statement.statement_id)) != codings.words_of(statement, report.text):
            yield f"the words of the statement {statement.statement_id} are others, {at}"
    quotes = [
        *(cue for mention in coded.mentions for cue in mention.cues),
        *(statement.quote for statement in coded.statements),
        *(aggregate.quote for aggregate in coded.aggregates),
    ]
    yield from (f"{_misquoted(quote)}, {at}" for quote in quotes if not _stands(quote, report))


def _is_named(mention: Mention, its: Sequence[Statement]) -> bool:
    if not mention.cues:
        return True
    cue = (mention.cues[0].start, mention.cues[0].end)
    return mention_id_of(mention.report_id, cue, apart_of(mention, its)) == mention.mention_id


def _may_have_its_id(report: Report) -> bool:
    """Whether the report's id can be of what it holds.

    A date that was given in other words than it is kept in, and an address that was found in a page, make the
    id one that cannot be made again.
    """
    given = report.published_from == "given"
    dates = (report.published, (report.published or "")[:10]) if given else (None,)
    publisher = report.publisher if report.publisher_from == "given" else None
    made = (
        report_id_of(report.text_id, report.id, url, publisher, published)
        for url, published in product((report.url, None), dates)
    )
    return given or report.report_id in made


def _stands(quote: Quote, report: Report) -> bool:
    return quote.report_id == report.report_id and report.text[quote.start : quote.end] == quote.text


def _misquoted(quote: Quote) -> str:
    return f"the words at {quote.start}:{quote.end} of the report {quote.report_id} are not those quoted"


def _originals(connection: Connection, looked_at: dict[str, int]) -> Iterator[str]:
    rows = list(connection.execute(select(tables.originals.c.sha256)).scalars())
    looked_at["originals"] = len(rows)
    for sha256 in rows:
        try:
            originals.get(connection, sha256)
        except UnreadableError as fault:
            yield str(fault)
    named: set[Any] = set()
    for line in connection.execute(select(tables.codings.c.header)).scalars():
        try:
            named.add(unpack(line).get("raw_sha256"))
        except (UnreadableError, AttributeError):
            continue  # told above
    yield from (f"no report was read from the bytes of {one}" for one in rows if one not in named)


_ORPHANS = {
    "the report {} has no coding in use": (
        "SELECT report_id FROM reports WHERE report_id NOT IN (SELECT report_id FROM codings WHERE active)"
    ),
    "the report {} is not in the search index": (
        "SELECT report_id FROM reports WHERE report_id NOT IN (SELECT report_id FROM search_rows)"
    ),
    "the statement {} is said of no mention": (
        "SELECT statement_id FROM statements AS s WHERE NOT EXISTS (SELECT 1 FROM statement_mentions AS e "
        "WHERE e.coding_id = s.coding_id AND e.statement_id = s.statement_id)"
    ),
    "the judgement {} adds a coding that is not there": (
        "SELECT judgement_id FROM judgements WHERE verdict = 'add' AND withdrawn_on IS NULL "
        "AND json_extract(change, '$.coding_id') NOT IN (SELECT coding_id FROM codings)"
    ),
}
"""What must not be, and how it is found."""


def _orphans(connection: Connection) -> Iterator[str]:
    for what, wanted in _ORPHANS.items():
        yield from (what.format(found) for found in connection.execute(sql(wanted)).scalars())


def _incidents(connection: Connection, looked_at: dict[str, int]) -> Iterator[str]:
    """The views: their quotes against the texts. That they are older than the reports is no fault."""
    reports = tables.reports.c
    number = 0
    rows = connection.execute(select(tables.incidents.c.incident_id, tables.incidents.c.record)).all()
    for incident_id, line in rows:
        number += 1
        try:
            incident = parsed(Incident, line)
        except UnreadableError as fault:
            yield f"the incident {incident_id} cannot be read: {fault}"
            continue
        quotes = {one.quote for one in incident.statements} | {
            one.statement.quote for one in incident.set_aside
        }
        ids = {one.report_id for one in quotes}
        wanted = select(reports.report_id, reports.text).where(reports.report_id.in_(ids))
        texts = {row.report_id: row.text for row in connection.execute(wanted)}
        for quote in sorted(quotes, key=lambda one: (one.report_id, one.start, one.end)):
            if texts.get(quote.report_id, "")[quote.start : quote.end] != quote.text:
                yield f"{_misquoted(quote)}, in the incident {incident_id}"
    looked_at["incidents"] = number


def check_search(connection: Connection) -> Iterator[str]:
    """Looks at the search index. Needs a connection that may write: that is how it is asked."""
    try:
        connection.execute(sql("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)"))
    except DatabaseError:
        yield "the search index is not of the texts"


def _purges(connection: Connection) -> Iterator[str]:
    if any(not one.finished for one in tombstones.all_stones(connection)):
        yield "a purge was not finished: run sayso ledger purge"
