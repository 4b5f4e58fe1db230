"""Draws the open and the sealed half of a gold set and writes both.

    python scripts/seal_gold.py OUT GOLD.jsonl [GOLD.jsonl ...]

Reports that tell of one incident or copy one another (``group``) stay together, so that no half helps with
the other; each kind of report is halved by itself. OUT gets ``open.jsonl``, ``sealed.jsonl.xz`` and
``sealed.sha256``, the digest of the sealed half as it is before packing. The sealed half is packed so that
nobody reads it by accident; ``sayso evaluate --sealed`` prints its totals. The draw depends on seed and gold.
"""

import hashlib
import json
import lzma
import random
import sys
from collections import Counter
from pathlib import Path

SEED = 20260


def halves(records: list[dict[str, object]]) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The records of either half, in the order given."""
    units: dict[str, list[dict[str, object]]] = {}
    for record in records:
        units.setdefault(str(record["group"] or record["id"]), []).append(record)
    names = sorted(units)
    random.Random(SEED).shuffle(names)  # noqa: S311 - a draw to be repeated, not a secret
    sizes: tuple[Counter[object], Counter[object]] = (Counter(), Counter())
    sealed: set[object] = set()
    for name in names:
        kind = units[name][0]["kind"]
        second = sizes[1][kind] < sizes[0][kind]
        sizes[second][kind] += len(units[name])
        if second:
            sealed |= {record["id"] for record in units[name]}
    return (
        [record for record in records if record["id"] not in sealed],
        [record for record in records if record["id"] in sealed],
    )


def main() -> None:
    """Write the halves."""
    out, *files = map(Path, sys.argv[1:])
    lines = [line for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    opened, sealed = halves([json.loads(line) for line in lines])
    written = [
        "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in half) for half in (opened, sealed)
    ]
    (out / "open.jsonl").write_text(written[0], "utf-8")
    raw = written[1].encode()
    (out / "sealed.jsonl.xz").write_bytes(lzma.compress(raw, preset=9))
    (out / "sealed.sha256").write_text(hashlib.sha256(raw).hexdigest() + "\n", "utf-8")
    sys.stdout.write(f"{len(opened)} open, {len(sealed)} sealed\n")


if __name__ == "__main__":
    main()
