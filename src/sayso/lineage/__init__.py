"""Which reports copy, syndicate, rewrite or update one another."""

from sayso.lineage.describe import DescribedLineage, DescribedPair, describe
from sayso.lineage.origins import Hands, hands_of, one_voice, shared_origins
from sayso.lineage.passages import Passage, passages
from sayso.lineage.trace import Traceable, lineages_of, trace, traceable

__all__ = [
    "DescribedLineage",
    "DescribedPair",
    "Hands",
    "Passage",
    "Traceable",
    "describe",
    "hands_of",
    "lineages_of",
    "one_voice",
    "passages",
    "shared_origins",
    "trace",
    "traceable",
]
