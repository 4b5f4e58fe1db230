"""What people judged. A judgement is never edited: it is withdrawn, and another one is made."""

from dataclasses import asdict
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, insert, or_, select, update

from sayso.errors import UsageError
from sayso.ledger import tables
from sayso.ledger.lines import record
from sayso.model import Judgement

Target = Literal["statement", "mention", "incident"]


def add(connection: Connection, judgement: Judgement) -> None:
    """Adds the judgement; the same one twice is one.

    Raises UsageError where another judgement has its id.
    """
    rows = tables.judgements
    known = connection.execute(select(rows).where(rows.c.judgement_id == judgement.judgement_id)).first()
    if known is None:
        connection.execute(insert(rows), asdict(judgement))
    elif _judgement(known) != judgement:
        raise UsageError(
            f"The judgement {judgement.judgement_id} is in the ledger already, with other content.",
            "Withdraw that one and make a new judgement, which has an id of its own.",
        )


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


def all_judgements(connection: Connection) -> list[Judgement]:
    """All judgements, withdrawn ones too, by when they were made, then id."""
    rows = tables.judgements
    wanted = select(rows).order_by(rows.c.made_on, rows.c.judgement_id)
    return [_judgement(row) for row in connection.execute(wanted)]


def words(connection: Connection, target: Target, target_id: str) -> str | None:
    """The words that stand there now, as a judgement on it must name them; None where nothing stands."""
    table = tables.statements if target == "statement" else tables.mentions
    key = table.c.statement_id if target == "statement" else table.c.mention_id
    wanted = (
        select(table.c.words)
        .join(tables.codings, tables.codings.c.coding_id == table.c.coding_id)
        .where(tables.codings.c.active, key == target_id)
    )
    if target == "incident":
        wanted = wanted.where(_is_shown(key))
    found: str | None = connection.execute(wanted).scalar()
    return found


def attached(connection: Connection) -> list[Judgement]:
    """The judgements in force: not withdrawn, and the words that the person saw still stand there.

    An incident's id is that of its first mention, so its words are those of that mention's first cue; the
    incident must be shown today, under this id or, merged, under another one.
    """
    rows, codings = tables.judgements, tables.codings
    statements, mentions = tables.statements, tables.mentions
    statement_stands = exists().where(
        statements.c.statement_id == rows.c.target_id,
        statements.c.words == rows.c.words,
        codings.c.coding_id == statements.c.coding_id,
        codings.c.active,
    )
    mention_stands = exists().where(
        mentions.c.mention_id == rows.c.target_id,
        mentions.c.words == rows.c.words,
        codings.c.coding_id == mentions.c.coding_id,
        codings.c.active,
    )
    wanted = (
        select(rows)
        .where(
            rows.c.withdrawn_on.is_(None),
            or_(
                and_(rows.c.target == "statement", statement_stands),
                and_(rows.c.target == "mention", mention_stands),
                and_(rows.c.target == "incident", mention_stands, _is_shown(rows.c.target_id)),
            ),
        )
        .order_by(rows.c.made_on, rows.c.judgement_id)
    )
    return [_judgement(row) for row in connection.execute(wanted)]


def _is_shown(incident_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether an incident has this id, or had it and is now shown under another one."""
    redirects = tables.redirects.c
    return or_(
        exists().where(tables.incidents.c.incident_id == incident_id),
        exists().where(redirects.former_id == incident_id, redirects.incident_id.is_not(None)),
    )


def _judgement(row: Row[tuple[object, ...]]) -> Judgement:
    return record(Judgement, dict(row._mapping))
