"""How each report of a ledger is to be read: in which coding, and with what people added to it and judged."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.incidents import Judged
from sayso.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Reading:
    """How a report is read.

    added   the coding_ids of what people added to it.
    judged  a digest of that, and of all that people judged of its mentions and statements; empty where they
            did not. Where it is another one than before, the report is looked at as if it were coded anew.
    """

    report_id: str
    coding_id: str
    added: tuple[str, ...]
    judged: str

    @property
    def coding_ids(self) -> tuple[str, ...]:
        """Of all that is read of it, its active coding first."""
        return (self.coding_id, *self.added)


def readings(ledger: Ledger, judged: Judged) -> dict[str, Reading]:
    """The readings of all reports by report_id; hidden ones are not there."""
    added = ledger.added()
    grouping = judged.grouping()
    report_of = ledger.reports_of(judged.touching)
    said: dict[str, list[Sequence[object]]] = {}
    for item_id, judgement_ids in sorted(judged.touching.items()):
        told = (item_id, judgement_ids, grouping.get(item_id))
        said.setdefault(report_of.get(item_id, item_id), []).append(told)
    return {
        report_id: Reading(
            report_id,
            coding_id,
            added.get(report_id, ()),
            _digest(added.get(report_id), said.get(report_id)),
        )
        for report_id, coding_id in ledger.active_codings().items()
        if report_id not in judged.hidden
    }


def _digest(*told: object) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:20] if any(told) else ""
