"""The default coder: the codebook's wording and a small network's hearing, over parses.

cues      wording that tells of an incident, and whether it is told as having happened
events    cues -> mentions: which cues speak of one act; when and where
joining   how likely a sentence goes on about an act told before
roles     who did it, to whom, with what
counts    killed, injured and the other counts
voices    whose word each is: speaker, go-betweens, stance, hedge; how likely it is meant, and of which act
pointing  whom of a report words mean that name nobody
disputes  what somebody says against it: that it did not happen, that a figure is wrong
"""

from sayso.codebook import Codebook
from sayso.coding.reading import Reading
from sayso.coding.rules import counts, cues, disputes, events, roles, voices
from sayso.model import Drafts


class Rules:
    """Proposes what the rules find."""

    name = "rules"
    version = "0.7.0"

    def propose(self, reading: Reading, codebook: Codebook) -> Drafts:
        """All mentions and drafts of one report."""
        found = cues.find(reading, codebook)
        told = events.find(reading, found, codebook)
        return Drafts(
            mentions=tuple(telling.draft() for telling in told.tellings),
            drafts=(
                *events.propose(reading, told.tellings, codebook),
                *roles.propose(reading, found, told.tellings, codebook),
                *counts.propose(reading, told, codebook),
                *voices.propose(reading, found, told, codebook),
                *disputes.propose(reading, found, told, codebook),
            ),
            aggregates=tuple(told.totals),
        )
