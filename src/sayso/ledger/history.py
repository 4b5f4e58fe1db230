"""What was judged, withdrawn and purged, in a chain of salted digests: who changes it by hand is seen.

Each entry has a digest of its content, made with a salt of its own, and the digest of all entries up to it.
The content itself stands where it belongs (``judgements``, ``tombstones``). When a purge takes content away,
the salt goes with it: the chain still holds, and without the salt nobody can try out what the content was.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select

from sayso.ledger import tables
from sayso.ledger.lines import pack, unpack

Kind = Literal["judged", "withdrawn", "purged"]


def judged(row: Mapping[str, Any]) -> str:
    """The content of an entry for a row of ``judgements``: all but when it was withdrawn."""
    return pack({key: row[key] for key in sorted(row) if key != "withdrawn_on"})


def withdrawn(judgement_id: str, withdrawn_on: str) -> str:
    """The content of an entry for a withdrawal."""
    return pack([judgement_id, withdrawn_on])


def purged(row: Mapping[str, Any]) -> str:
    """The content of an entry for a row of ``tombstones``: all but whether it was finished."""
    return pack({key: row[key] for key in sorted(row) if key != "finished"})


def append(connection: Connection, kind: Kind, subject: str, content: str) -> None:
    """Adds an entry to the chain."""
    rows = tables.history
    last = connection.execute(select(rows.c.seq, rows.c.chain).order_by(rows.c.seq.desc()).limit(1)).first()
    salt = secrets.token_hex(32)
    made = digest(salt, content)
    chain = _link(last.chain if last else "", made)
    seq = last.seq + 1 if last else 1
    connection.execute(
        insert(rows),
        {"seq": seq, "kind": kind, "subject": subject, "salt": salt, "digest": made, "chain": chain},
    )


def head(connection: Connection) -> str | None:
    """The digest of the whole history; None where there is none."""
    rows = tables.history
    found: str | None = connection.execute(select(rows.c.chain).order_by(rows.c.seq.desc()).limit(1)).scalar()
    return found


def holds(connection: Connection, noted: str) -> bool:
    """Whether this was the digest of the whole history at some time."""
    rows = tables.history.c
    return connection.execute(select(rows.seq).where(rows.chain == noted.strip())).first() is not None


def faults(connection: Connection) -> Iterator[str]:
    """What does not fit together in the history, in words; nothing where all does."""
    entries = connection.execute(select(tables.history).order_by(tables.history.c.seq)).all()
    yield from _broken_links(entries)
    stands = {(row["judgement_id"]): row for row in connection.execute(select(tables.judgements)).mappings()}
    stones = {
        str(row["tombstone_id"]): row for row in connection.execute(select(tables.tombstones)).mappings()
    }
    emptied = {seq for row in stones.values() for seq in unpack(row["emptied"])}
    told: dict[str, set[str]] = {"judged": set(), "withdrawn": set(), "purged": set()}
    for entry in entries:
        if entry.subject is None or entry.salt is None:
            if entry.seq not in emptied:
                yield f"the entry {entry.seq} lost its content, and no purge says so"
            continue
        told.setdefault(entry.kind, set()).add(entry.subject)
        content = _content(entry, stands, stones)
        if content is None:
            yield f"what the entry {entry.seq} tells of ({entry.kind}) is gone"
        elif digest(entry.salt, content) != entry.digest:
            yield f"what the entry {entry.seq} tells of ({entry.kind} {entry.subject}) was changed"
    for judgement_id, row in stands.items():
        if judgement_id not in told["judged"]:
            yield f"the judgement {judgement_id} was never made"
        if row["withdrawn_on"] is not None and judgement_id not in told["withdrawn"]:
            yield f"the judgement {judgement_id} was never withdrawn"
    yield from (f"the tombstone {one} was never made" for one in stones if one not in told["purged"])


def _broken_links(entries: "list[Row[Any]] | Any") -> Iterator[str]:
    before = ""
    for number, entry in enumerate(entries, 1):
        if entry.seq != number:
            yield f"the entry {number} is missing"
            return
        if entry.chain != _link(before, entry.digest):
            yield f"the chain is broken at the entry {number}"
            return
        before = entry.chain


def _content(entry: Row[Any], stands: Mapping[str, Any], stones: Mapping[str, Any]) -> str | None:
    """The content that an entry tells of, as it stands now; None where it is gone."""
    if entry.kind == "purged":
        return purged(stones[entry.subject]) if entry.subject in stones else None
    row = stands.get(entry.subject)
    if row is None:
        return None
    if entry.kind == "judged":
        return judged(row)
    return withdrawn(entry.subject, row["withdrawn_on"]) if row["withdrawn_on"] is not None else None


def digest(salt: str, content: str) -> str:
    """The digest of a content with its salt."""
    return hmac.new(bytes.fromhex(salt), content.encode(), hashlib.sha256).hexdigest()


def _link(before: str, digest: str) -> str:
    return hashlib.sha256(f"{before}{digest}".encode()).hexdigest()
