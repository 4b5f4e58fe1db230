"""Reports that were purged on a legal request: what is left of them is that they are not to come back.

A purged text is known again by a mark that is slow to make. Whoever holds the very text can find out that it
was purged, which is what refusing it means; nobody can get from the mark to the text, or try out many.
"""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from sayso.errors import UsageError
from sayso.ledger import tables

_COST = 2**14
"""Makes a mark take about a twentieth of a second."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """That a report was purged: by whom, when (ISO 8601), why; whether the file was packed since."""

    who: str
    purged_on: str
    why: str
    finished: bool


def mark_of(text_id: str, salt: str) -> str:
    """The mark of a text."""
    made = hashlib.scrypt(text_id.encode(), salt=bytes.fromhex(salt), n=_COST, r=8, p=1, dklen=16)
    return made.hex()


def salt(connection: Connection) -> str:
    """The salt of this ledger's marks: one for all, so that a text is marked once to be looked for."""
    found = connection.execute(select(tables.tombstones.c.salt).limit(1)).scalar()
    return str(found) if found is not None else secrets.token_hex(32)


def of_text(connection: Connection, text_id: str) -> Tombstone | None:
    """The tombstone of a text; None where it was not purged."""
    rows = tables.tombstones
    if connection.execute(select(rows.c.tombstone_id).limit(1)).first() is None:
        return None
    wanted = select(rows).where(rows.c.mark == mark_of(text_id, salt(connection)))
    row = connection.execute(wanted.order_by(rows.c.tombstone_id)).first()
    return Tombstone(row.who, row.purged_on, row.why, row.finished) if row else None


def refuse(connection: Connection, text_id: str) -> None:
    """Raises UsageError where the text was purged."""
    if (found := of_text(connection, text_id)) is not None:
        raise UsageError(*told(found))


def told(found: Tombstone) -> tuple[str, str]:
    """What is said of a text that is not taken back in, and what to do."""
    return (
        f"It was purged from this ledger on {found.purged_on[:10]} ({found.why}), and is not taken in again.",
        "Leave it out. To keep it after all, read it into another ledger.",
    )


def all_stones(connection: Connection) -> list[Tombstone]:
    """All tombstones, the first one first."""
    rows = connection.execute(select(tables.tombstones).order_by(tables.tombstones.c.tombstone_id))
    return [Tombstone(row.who, row.purged_on, row.why, row.finished) for row in rows]


def finish(connection: Connection) -> None:
    """Notes that the file was packed."""
    connection.execute(update(tables.tombstones).values(finished=True))
