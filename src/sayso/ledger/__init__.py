"""The ledger: what was read, what coders made of it, what people judged, and the incidents seen in it.

One SQLite file. Reports, codings, statements and judgements are only ever added to; lineages and incidents
are views that every linking makes anew. docs/ledger.md tells what is kept, and how.
"""

from sayso.ledger.checking import Checked
from sayso.ledger.codings import Shelved
from sayso.ledger.compared import Compared, ComparedMention, ComparedReport, Found
from sayso.ledger.engines import damaged
from sayso.ledger.filters import ROLES, IncidentFilter, period
from sayso.ledger.indexing import fold
from sayso.ledger.listing import ActorCount, Group, Said, Spot, Stretch
from sayso.ledger.purging import Purged, Request
from sayso.ledger.runs import Run
from sayso.ledger.search import Passage
from sayso.ledger.store import Ledger, open_ledger
from sayso.ledger.tombstones import Tombstone, told
from sayso.ledger.views import IncidentRow, row_of

__all__ = [
    "ROLES",
    "ActorCount",
    "Checked",
    "Compared",
    "ComparedMention",
    "ComparedReport",
    "Found",
    "Group",
    "IncidentFilter",
    "IncidentRow",
    "Ledger",
    "Passage",
    "Purged",
    "Request",
    "Run",
    "Said",
    "Shelved",
    "Spot",
    "Stretch",
    "Tombstone",
    "damaged",
    "fold",
    "open_ledger",
    "period",
    "row_of",
    "told",
]
