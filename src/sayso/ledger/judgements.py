"""What people judged. A judgement is never edited: it is withdrawn, and another one is made."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, exists, func, insert, or_, select, update

from sayso.errors import UsageError
from sayso.ledger import history, tables
from sayso.ledger.lines import pack, record, unpack
from sayso.model import Judgement, Seen, Target
from sayso.records import to_record

_AT_ONCE = 10_000
"""So many ids are asked for at once: SQLite takes 32,766."""


def add(connection: Connection, judgement: Judgement) -> None:
    """Adds the judgement; the same one twice is one.

    Raises UsageError where another judgement has its id.
    """
    rows = tables.judgements
    known = connection.execute(select(rows).where(rows.c.judgement_id == judgement.judgement_id)).first()
    if known is None:
        row = row_of(judgement)
        connection.execute(insert(rows), row)
        history.append(connection, "judged", judgement.judgement_id, history.judged(row))
        if judgement.withdrawn_on is not None:
            told = history.withdrawn(judgement.judgement_id, judgement.withdrawn_on)
            history.append(connection, "withdrawn", judgement.judgement_id, told)
    elif _judgement(known) != judgement:
        raise UsageError(
            f"The judgement {judgement.judgement_id} is in the ledger already, with other content.",
            "Withdraw that one and make a new judgement, which has an id of its own.",
        )


def row_of(judgement: Judgement) -> dict[str, Any]:
    """The row of a judgement."""
    row = to_record(judgement)
    row["change"] = None if judgement.change is None else pack(row["change"])
    row["groups"] = pack(row["groups"]) if judgement.groups else None
    return dict(row)


def withdraw(connection: Connection, judgement_id: str, withdrawn_on: str) -> None:
    """Sets when the judgement was withdrawn; raises UsageError where that cannot be."""
    rows = tables.judgements
    known = connection.execute(select(rows).where(rows.c.judgement_id == judgement_id)).first()
    if known is None:
        raise UsageError(
            f"There is no judgement {judgement_id} in the ledger.",
            "Give the whole id, as the list of judgements shows it.",
        )
    if known.withdrawn_on is not None:
        raise UsageError(
            f"The judgement {judgement_id} was withdrawn on {known.withdrawn_on} already.",
            "Nothing is left to do. To judge again, make a new judgement.",
        )
    connection.execute(
        update(rows).where(rows.c.judgement_id == judgement_id).values(withdrawn_on=withdrawn_on)
    )
    history.append(connection, "withdrawn", judgement_id, history.withdrawn(judgement_id, withdrawn_on))


def all_judgements(connection: Connection) -> list[Judgement]:
    """All judgements, withdrawn ones too, by when they were made, then id."""
    rows = tables.judgements
    wanted = select(rows).order_by(rows.c.made_on, rows.c.judgement_id)
    return [_judgement(row) for row in connection.execute(wanted)]


def beginning(connection: Connection, judgement_id: str) -> list[str]:
    """The ids of judgements that begin so, sorted."""
    rows = tables.judgements.c
    wanted = select(rows.judgement_id).where(rows.judgement_id.startswith(judgement_id, autoescape=True))
    return sorted(connection.execute(wanted).scalars())


def words(connection: Connection, target: Target, target_id: str) -> str | None:
    """The words that stand there now, as a judgement on it must name them; None where nothing stands."""
    if target == "report":
        rows = tables.reports.c
        there = connection.execute(select(rows.report_id).where(rows.report_id == target_id)).first()
        return "" if there else None
    table = tables.statements if target == "statement" else tables.mentions
    key = table.c.statement_id if target == "statement" else table.c.mention_id
    wanted = (
        select(table.c.words)
        .join(tables.codings, tables.codings.c.coding_id == table.c.coding_id)
        .where(in_force(), key == target_id)
        .order_by(tables.codings.c.active.desc())  # the machine's reading before what was added to it
    )
    if target == "incident":
        wanted = wanted.where(_is_shown(key))
    found: str | None = connection.execute(wanted).scalar()
    return found


_MOST = 6
"""So many ids of a kind are told where several begin alike."""


def items(connection: Connection, beginning: str) -> list[tuple[Target, str]]:
    """What has an id that begins so: incidents, then mentions, statements, reports; a few of each, by id."""
    incidents, redirects = tables.incidents.c.incident_id, tables.redirects.c
    former = select(redirects.incident_id).where(
        redirects.former_id.startswith(beginning, autoescape=True), redirects.incident_id.is_not(None)
    )
    shown = select(incidents).where(incidents.startswith(beginning, autoescape=True)).union(former)
    found: list[tuple[Target, str]] = [
        ("incident", one) for one in sorted(connection.execute(shown).scalars())[:_MOST]
    ]
    holds = in_force()
    kinds: tuple[tuple[Target, Table, ColumnElement[str]], ...] = (
        ("mention", tables.mentions, tables.mentions.c.mention_id),
        ("statement", tables.statements, tables.statements.c.statement_id),
    )
    for target, table, key in kinds:
        wanted = (
            select(key)
            .distinct()
            .join(tables.codings, tables.codings.c.coding_id == table.c.coding_id)
            .where(key.startswith(beginning, autoescape=True), holds)
            .order_by(key)
            .limit(_MOST)
        )
        found += [(target, one) for one in connection.execute(wanted).scalars()]
    report_id = tables.reports.c.report_id
    reports = select(report_id).where(report_id.startswith(beginning, autoescape=True)).order_by(report_id)
    return [*found, *(("report", one) for one in connection.execute(reports.limit(_MOST)).scalars())]


def attached(connection: Connection) -> list[Judgement]:
    """The judgements in force: not withdrawn, and the words that the person saw still stand there.

    An incident's id is that of its first mention, so its words are those of that mention's first cue. A
    verdict on groups of mentions holds for those that still stand: the others are left out of ``groups``.
    """
    return [one for one, stands in _standing(connection) if stands]


def asked_again(connection: Connection) -> list[Judgement]:
    """Those that are not withdrawn and yet not in force: the words that the person saw stand no more."""
    return [one for one, stands in _standing(connection) if not stands]


def _standing(connection: Connection) -> Iterable[tuple[Judgement, bool]]:
    """The judgements that are not withdrawn, and whether each is in force, in order."""
    rows = tables.judgements
    wanted = select(rows).where(rows.c.withdrawn_on.is_(None)).order_by(rows.c.made_on, rows.c.judgement_id)
    made = [_judgement(row) for row in connection.execute(wanted)]
    statements = _words_at(
        connection,
        tables.statements,
        tables.statements.c.statement_id,
        {one.target_id for one in made if one.target == "statement"},
    )
    mentions = _words_at(
        connection,
        tables.mentions,
        tables.mentions.c.mention_id,
        {one.target_id for one in made if one.target in ("mention", "incident")}
        | {seen.mention_id for one in made for group in one.groups for seen in group},
    )
    reports = _reports(connection, {one.target_id for one in made if one.target == "report"})
    for one in made:
        if one.groups:
            left = _left(one.groups, mentions)
            needed = 2 if len(one.groups) > 1 else 1
            stands = len(left) >= needed
            yield (_with(one, left) if stands else one), stands
        elif one.target == "report":
            yield one, one.target_id in reports
        else:
            there = statements if one.target == "statement" else mentions
            yield one, one.words in there.get(one.target_id, ())


def _left(groups: tuple[tuple[Seen, ...], ...], there: dict[str, set[str]]) -> tuple[tuple[Seen, ...], ...]:
    """The groups as far as their mentions stand, with the words that were seen; empty ones are left out."""
    standing = (
        tuple(seen for seen in group if seen.words in there.get(seen.mention_id, ())) for group in groups
    )
    return tuple(group for group in standing if group)


def _with(judgement: Judgement, groups: tuple[tuple[Seen, ...], ...]) -> Judgement:
    return judgement if groups == judgement.groups else replace(judgement, groups=groups)


def _words_at(connection: Connection, table: Any, key: Any, ids: set[str]) -> dict[str, set[str]]:
    """Id -> the words that stand there in codings that are in force."""
    found: dict[str, set[str]] = {}
    holds = in_force()
    for some in _portions(ids):
        wanted = (
            select(key, table.c.words)
            .join(tables.codings, tables.codings.c.coding_id == table.c.coding_id)
            .where(key.in_(some), holds)
        )
        for at, words_there in connection.execute(wanted):
            found.setdefault(at, set()).add(words_there)
    return found


def _reports(connection: Connection, ids: set[str]) -> set[str]:
    rows = tables.reports.c
    return {
        found
        for some in _portions(ids)
        for found in connection.execute(select(rows.report_id).where(rows.report_id.in_(some))).scalars()
    }


def _portions(ids: set[str]) -> Iterable[list[str]]:
    ordered = sorted(ids)
    return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))


def beside(connection: Connection) -> list[str]:
    """The ids of the codings that people added and did not withdraw, in the order in which they were made."""
    rows = tables.judgements
    wanted = (
        select(rows.c.change)
        .where(rows.c.verdict == "add", rows.c.withdrawn_on.is_(None))
        .order_by(rows.c.made_on, rows.c.judgement_id)
    )
    return [str(unpack(line)["coding_id"]) for line in connection.execute(wanted).scalars()]


def in_force() -> ColumnElement[bool]:
    """Whether a coding counts: it is the active one of its report, or a person added it."""
    codings, rows = tables.codings.c, tables.judgements.c
    added = select(func.json_extract(rows.change, "$.coding_id")).where(
        rows.verdict == "add", rows.withdrawn_on.is_(None)
    )
    return or_(codings.active, codings.coding_id.in_(added))


def _is_shown(incident_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether an incident has this id, or had it and is now shown under another one."""
    redirects = tables.redirects.c
    return or_(
        exists().where(tables.incidents.c.incident_id == incident_id),
        exists().where(redirects.former_id == incident_id, redirects.incident_id.is_not(None)),
    )


def _judgement(row: Row[Any]) -> Judgement:
    data = dict(row._mapping)
    data["change"] = None if data["change"] is None else unpack(data["change"])
    data["groups"] = [] if data["groups"] is None else unpack(data["groups"])
    return record(Judgement, data)
