"""Floors: figures of the rows that hold today, below which no later version may fall.

A floors file names gold sets that lie beside it, and of each its digest and its bounds. A bound is never
lowered in silence: whoever lowers one names it and says why, and that is kept in the file.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sayso.errors import SaysoError, UsageError
from sayso.evaluate.evaluation import numbers
from sayso.evaluate.gold import read_gold
from sayso.evaluate.lineages import lineages
from sayso.evaluate.predictions import code_gold
from sayso.evaluate.rows import CLAIMS_AND_DENIALS, Figure
from sayso.evaluate.score import score

NARROW = 0.0005
"""A figure this little below its bound holds it: bounds are written with three decimals."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """A bound that somebody lowered, and the reason given."""

    name: str
    before: float
    after: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Floors:
    """The bounds of one gold set: the name of a number -> the least that it may be."""

    digest: str
    bounds: dict[str, float]
    lowered: tuple[Lowered, ...] = ()


def check(floors: Floors, figures: Mapping[str, Figure], digest: str) -> list[str]:
    """What does not hold, one line each, in order; an empty list where all does.

    A number that could not be measured, as after a crash, does not hold its bound. No line says more than
    names of rows and numbers, so that sealed gold may be checked too.
    """
    faults = []
    if digest != floors.digest:
        faults.append("the gold is not that which the floors were measured on")
    found = numbers(figures)
    for name, least in sorted(floors.bounds.items()):
        value = found.get(name)
        if value is None:
            faults.append(f"{name}: no figure, and must be at least {least:.3f}")
        elif value < least - NARROW:
            faults.append(f"{name}: {value:.3f}, and must be at least {least:.3f}")
    return faults


def update(
    floors: Floors | None,
    figures: Mapping[str, Figure],
    digest: str,
    lower: Mapping[str, str] | None = None,
) -> Floors:
    """New floors from the figures of today: bounds rise, and new rows get one.

    Args:
        floors: Those that hold; None for a gold set that has none yet.
        figures: Row -> figure.
        digest: That of the gold set measured.
        lower: The name of each bound that may fall -> the reason, which is kept.

    Raises UsageError where a reason is empty, or a name has no bound that lies above the figure.
    """
    before = floors.bounds if floors else {}
    found = numbers(figures)
    bounds = dict(before)
    for name, value in found.items():
        if name in before or _is_watched(name):
            bounds[name] = max(before.get(name, 0.0), _rounded(value))
    lowered = list(floors.lowered if floors else ())
    for name, why in sorted((lower or {}).items()):
        today = found.get(name)
        if not why.strip() or name not in before or (today is not None and today >= before[name]):
            raise UsageError(
                f"The floor of {name} cannot be lowered.",
                "Name a bound that lies above the figure, and give the reason.",
            )
        del bounds[name]
        if today is not None:
            bounds[name] = _rounded(today)
        lowered.append(Lowered(name, before[name], bounds.get(name), why))
    return Floors(digest, dict(sorted(bounds.items())), tuple(lowered))


def _rounded(value: float) -> float:
    return math.floor(value * 1000) / 1000


def _is_watched(name: str) -> bool:
    """One number a row; precision and recall apart only where a false word does most harm."""
    return not name.endswith((".precision", ".recall")) or name.startswith(CLAIMS_AND_DENIALS)


# ---- the file -------------------------------------------------------------------------------------


def read_floors(path: Path) -> dict[str, Floors]:
    """The name of each gold file -> its floors. Raises UsageError for a file that is none, or names none."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        found = {name: _floors(its) for name, its in record.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise UsageError(
            f"{path} is no floors file ({fault}).", "Take it from the last good version."
        ) from fault
    if not found or not all(one.bounds for one in found.values()):
        raise UsageError(f"{path} holds no floors.", "Take it from the last good version.")
    return found


def _floors(record: Mapping[str, Any]) -> Floors:
    bounds = {str(name): float(least) for name, least in record["bounds"].items()}
    return Floors(str(record["digest"]), bounds, tuple(Lowered(**one) for one in record["lowered"]))


def write_floors(path: Path, floors: Mapping[str, Floors]) -> None:
    """Writes the floors of gold files by name, the same bytes for the same floors."""
    record = {name: asdict(its) for name, its in sorted(floors.items())}
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def measure(gold_file: Path) -> tuple[dict[str, Figure], str]:
    """The figures and the digest of a gold file whose reports are coded here."""
    gold = read_gold(gold_file, sealed=gold_file.suffix == ".xz")
    predictions = code_gold(gold.records)
    return {**score(gold.records, predictions).figures(), **lineages(gold.records, predictions)}, gold.digest


def check_file(path: Path) -> list[str]:
    """What does not hold of the floors in a file, each line with the name of its gold file."""
    faults = []
    for name, floors in sorted(read_floors(path).items()):
        try:
            figures, digest = measure(path.parent / name)
        except SaysoError as fault:  # gold that is gone or has faults: nothing holds
            faults.append(f"{name}: {fault.what}")
            continue
        faults += [f"{name}: {fault}" for fault in check(floors, figures, digest)]
    return faults


def update_file(path: Path, gold_file: str, lower: Mapping[str, str] | None = None) -> Floors:
    """Measures a gold file beside the floors file, raises its floors and writes them; see ``update``."""
    known = read_floors(path) if path.exists() else {}
    figures, digest = measure(path.parent / gold_file)
    known[gold_file] = update(known.get(gold_file), figures, digest, lower)
    write_floors(path, known)
    return known[gold_file]
