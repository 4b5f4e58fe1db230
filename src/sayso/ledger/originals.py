"""The bytes that reports were read from: packed, and each once, whatever the number of reports in them."""

import hashlib
import zlib

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from sayso.ledger import tables
from sayso.ledger.lines import UnreadableError


def add(connection: Connection, raw: bytes) -> None:
    """Keeps the bytes; nothing changes where they are there."""
    row = {"sha256": hashlib.sha256(raw).hexdigest(), "size": len(raw), "packed": zlib.compress(raw)}
    connection.execute(insert(tables.originals).values(row).on_conflict_do_nothing())


def get(connection: Connection, sha256: str) -> bytes | None:
    """The bytes of this digest; None where they are not there. Raises UnreadableError where they differ."""
    originals = tables.originals
    row = connection.execute(select(originals).where(originals.c.sha256 == sha256)).first()
    if row is None:
        return None
    try:
        unpacking = zlib.decompressobj()
        raw = unpacking.decompress(row.packed, row.size + 1)
    except (zlib.error, TypeError, ValueError) as fault:
        raise UnreadableError(f"the bytes of {sha256} cannot be unpacked") from fault
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise UnreadableError(f"the bytes of {sha256} are others")
    return raw
