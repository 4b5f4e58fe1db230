"""What is said of a lineage: how its reports came by the text, which was first, how sure that is."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.lineage.origins import Hands
from sayso.lineage.passages import Passage, passages
from sayso.lineage.runs import counted_words
from sayso.model import Lineage, LineagePair, Report

How = Literal["copy", "excerpt", "update", "rewrite", "apart"]

COPY = 0.5
"""From this share on, most of the shorter report stands in the longer one word for word."""

_EXCERPT = 0.6
"""A copy that has less than this part of the other's words is an excerpt of it."""

_SLOPE, _MIDDLE = 2.58, 0.183
"""The confidence in a pair, as log-odds over the logarithm of its share. Fitted by
``scripts/fit_linking.py lineages`` on hand-labelled pairs of English local news; .5 at ``_MIDDLE``."""


@dataclass(frozen=True, slots=True)
class DescribedPair:
    """Two reports of a lineage, or one with a later report of another (``how`` is "apart").

    ``origin`` is the report_id of the one that the other goes back to, None where it cannot be told.
    ``confidence`` is the probability that one has the other's text, 0 to 1.
    """

    pair: LineagePair
    how: How
    origin: str | None
    confidence: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class DescribedLineage:
    """A lineage with its evidence.

    ``origin`` is the outlet that its text goes back to, where credits tell or all of it is one outlet's;
    ``hands`` has for each report the outlets that the text went through, the origin first.
    """

    lineage: Lineage
    origin: str | None
    hands: Mapping[str, Hands]
    pairs: tuple[DescribedPair, ...]


def describe(lineage: Lineage, reports: Mapping[str, Report], hands: Mapping[str, Hands]) -> DescribedLineage:
    """The lineage with its evidence; ``reports`` and ``hands`` by report_id, those of its pairs at least."""
    its = {report_id: hands[report_id] for report_id in lineage.reports}
    described = [
        *(_pair(pair, reports, hands, apart=False) for pair in lineage.pairs),
        *(_pair(pair, reports, hands, apart=True) for pair in lineage.near),
    ]
    return DescribedLineage(lineage, _outlet(list(its.values())), its, tuple(described))


def confidence(share: float) -> float:
    """The probability that of two reports with that share of text in common one has the other's."""
    if share <= 0:
        return 0.0
    return round(1 / (1 + math.exp(-_SLOPE * math.log(share / _MIDDLE))), 3)


def origin_of(a: Report, b: Report, hands: Mapping[str, Hands]) -> str | None:
    """Which of two reports with common text was first; None where neither credits nor days tell.

    A report that credits the other's publisher goes back to it; else the fewer hands it went through; else
    the one that was published on an earlier day.
    """
    for one, other in ((a, b), (b, a)):
        publisher = hands[one.report_id][-1:]
        if publisher and publisher[0] in hands[other.report_id][:-1]:
            return one.report_id
    lengths = [len(hands[one.report_id]) for one in (a, b)]
    if 0 not in lengths and lengths[0] != lengths[1]:
        return (a if lengths[0] < lengths[1] else b).report_id
    if a.published and b.published and a.published[:10] != b.published[:10]:
        return min((a, b), key=lambda one: (one.published or "")[:10]).report_id
    return None


def _pair(
    pair: LineagePair, reports: Mapping[str, Report], hands: Mapping[str, Hands], *, apart: bool
) -> DescribedPair:
    a, b = reports[pair.a], reports[pair.b]
    return DescribedPair(
        pair,
        "apart" if apart else _how(pair.score, a, b, hands),
        None if apart else origin_of(a, b, hands),
        confidence(pair.score),
        passages(a, b),
    )


def _how(share: float, a: Report, b: Report, hands: Mapping[str, Hands]) -> How:
    if a.version_of == b.report_id or b.version_of == a.report_id:
        return "update"
    shorter, longer = sorted((counted_words(a), counted_words(b)))
    if share >= COPY and shorter >= _EXCERPT * longer:
        return "copy"
    if hands[a.report_id] and hands[a.report_id][-1:] == hands[b.report_id][-1:]:
        return "update"
    return "excerpt" if share >= COPY else "rewrite"


def _outlet(hands: Sequence[Hands]) -> str | None:
    """The outlet that most credits of a lineage lead to; else the one that published all of it."""
    credited = [its[0] for its in hands if len(its) > 1]
    if credited:
        return min(credited, key=lambda outlet: (-credited.count(outlet), outlet))
    publishers = {its[-1] if its else None for its in hands}
    return publishers.pop() if len(publishers) == 1 else None
