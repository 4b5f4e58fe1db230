"""Incidents out of a ledger: chosen, without private names where that is asked, and written to files."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.exports.exporting import Counts, Order
from sayso.exports.exporting import export as written
from sayso.exports.private import PrivateNames
from sayso.model import Incident

if TYPE_CHECKING:
    from sayso.ledger import IncidentFilter, Ledger


def chosen(
    ledger: "Ledger", wanted: "IncidentFilter", *, without_private_names: bool = False
) -> Iterator[Incident]:
    """The incidents that match, some at a time, in the order of ``Ledger.incidents``."""
    found = ledger.each_incident(wanted)
    return map(private_names(ledger).without, found) if without_private_names else found


def private_names(ledger: "Ledger") -> PrivateNames:
    """The names of all private persons in the ledger, whichever incidents are chosen."""
    return PrivateNames(ledger.each_incident())


def export(ledger: "Ledger", wanted: "IncidentFilter", path: Path, order: Order) -> Counts:
    """Writes the incidents that match, a manifest and, for the layouts of others, the losses.

    Raises OutputError where a file cannot be written, UsageError where a library is missing.
    """
    names = private_names(ledger) if order.without_private_names else None
    incidents = ledger.each_incident(wanted)
    asked = {key: value for key, value in asdict(wanted).items() if value is not None}
    if names is not None:
        asked = {key: names.text(value) if isinstance(value, str) else value for key, value in asked.items()}
        incidents = map(names.without, incidents)
    return written(incidents, path, order, {"filter": asked, "made_with": _made_with(ledger)})


def _made_with(ledger: "Ledger") -> list[dict[str, Any]]:
    """The versions, codebooks and settings that made the ledger, each once, whenever that was."""
    made = {
        (run.version, run.codebook, run.codebook_sha256, tuple(sorted(run.settings.items())))
        for run in ledger.runs()
    }
    return [
        {"sayso": one, "codebook": name, "codebook_sha256": digest, "settings": dict(settings)}
        for one, name, digest, settings in sorted(made, key=repr)
    ]
