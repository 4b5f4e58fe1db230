"""Incidents out of a ledger: chosen, without private names where that is asked, and written to files."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.asking import check
from sayso.exports.exporting import Counts, Order
from sayso.exports.exporting import export as written
from sayso.exports.private import PrivateNames
from sayso.model import Incident

if TYPE_CHECKING:
    from sayso.ledger import IncidentFilter, Ledger


def chosen(
    ledger: "Ledger", wanted: "IncidentFilter", *, without_private_names: bool = False
) -> Iterator[Incident]:
    """The incidents that match, some at a time, in the order of ``Ledger.incidents``.

    Raises UsageError, at once, for a country or a type that there is not.
    """
    check(ledger, wanted)
    found = ledger.each_incident(wanted)
    return map(private_names(ledger).without, found) if without_private_names else found


def private_names(ledger: "Ledger") -> PrivateNames:
    """The names of all private persons in the ledger, whichever incidents are chosen."""
    return PrivateNames(ledger.private_names())


def export(ledger: "Ledger", wanted: "IncidentFilter", path: Path, order: Order) -> Counts:
    """Writes the incidents that match, a manifest and, for the layouts of others, the losses.

    Raises OutputError where a file cannot be written, UsageError where a library is missing and for a country
    or a type that there is not.
    """
    check(ledger, wanted)
    names = private_names(ledger) if order.without_private_names else None
    incidents = ledger.each_incident(wanted)
    told = {"filter": _asked(wanted, names), "made_with": _made_with(ledger)}
    return written(incidents if names is None else map(names.without, incidents), path, order, told)


def in_words(ledger: "Ledger", wanted: "IncidentFilter", *, without_private_names: bool) -> list[str]:
    """What a filter asks, one phrase each, to stand above what it found.

    Whom it asks for is not said to have done anything: they may be named, cleared or hit.
    """
    given = _asked(wanted, private_names(ledger) if without_private_names else None)
    if "actor" in given:
        given["actor"] = f"{given['actor']}, in whatever part: named, cleared or hit"
    if "disputed" in given:
        given["disputed"] = "yes" if given["disputed"] else "no"
    return [f"{name.replace('_', ' ')} {value}" for name, value in given.items()]


def _asked(wanted: "IncidentFilter", names: PrivateNames | None) -> dict[str, Any]:
    given = {key: value for key, value in asdict(wanted).items() if value is not None}
    if names is None:
        return given
    return {key: names.text(value) if isinstance(value, str) else value for key, value in given.items()}


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
