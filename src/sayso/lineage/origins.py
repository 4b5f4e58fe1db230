"""Whose text a report says it carries: the hands it went through, as far as its credits tell."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from sayso.codebook import Codebook
from sayso.model import Credit, Report

Hands = tuple[str, ...]
"""Outlets, the origin first, the publisher last; empty where neither credits nor publisher tell."""

_EDGE = " \t\r.,:;|-–—*_[]()"
_IN_BRACKETS = re.compile(r"\([^()]*\)")


def hands_of(report: Report, codebook: Codebook) -> Hands:
    """The outlets that a report's text went through, by its own words.

    A credit counts where it is for the whole text: a line of its own ("Via ..."), the byline, a dateline's
    brackets. "As the Journal notes" and a photograph's agency are credits for a part and do not. Of several,
    those known to re-post the texts of others come last.
    """
    reposting = _reposting(codebook)
    credited = [credit.outlet for credit in report.credits if credit.outlet and _for_all(credit, report)]
    publisher = _canonical(report.publisher, codebook)
    upstream = dict.fromkeys(outlet for outlet in credited if outlet != publisher)
    return (
        *(outlet for outlet in upstream if outlet not in reposting),
        *(outlet for outlet in upstream if outlet in reposting),
        *((publisher,) if publisher else ()),
    )


def one_voice(lineage_of: Mapping[str, str], hands: Mapping[str, Hands]) -> dict[str, str]:
    """The lineages of one incident's reports, those of one origin made one: the first of them in order of id.

    lineage_of  report_id -> lineage_id, of the reports that tell of one incident.
    hands       report_id -> its hands; a report that is not there has none.

    Two lineages have one origin where a report of each goes back to the same outlet and at least one of the
    two says so by a credit: an outlet's own two reports are no copies of anything.
    """
    head = {lineage_id: lineage_id for lineage_id in lineage_of.values()}

    def top(lineage_id: str) -> str:
        while head[lineage_id] != lineage_id:
            lineage_id = head[lineage_id]
        return lineage_id

    for reports in shared_origins(hands, lineage_of).values():
        first, *others = sorted({top(lineage_of[report_id]) for report_id in reports})
        head.update(dict.fromkeys(others, first))
    return {report_id: top(lineage_id) for report_id, lineage_id in lineage_of.items()}


def shared_origins(hands: Mapping[str, Hands], report_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Outlet -> the reports, sorted, that go back to it, where they are several and one credits it."""
    by_origin: dict[str, list[str]] = defaultdict(list)
    for report_id in sorted(report_ids):
        if its := hands.get(report_id):
            by_origin[its[0]].append(report_id)
    return {
        outlet: tuple(reports)
        for outlet, reports in sorted(by_origin.items())
        if len(reports) > 1 and any(len(hands[report_id]) > 1 for report_id in reports)
    }


def _canonical(publisher: str | None, codebook: Codebook) -> str | None:
    """The outlet of the codebook that a publisher's name is; the name itself where it knows none."""
    if publisher is None:
        return None
    return _outlets(codebook).get(_plain(_IN_BRACKETS.sub("", publisher)), publisher)


@lru_cache(4)
def _reposting(codebook: Codebook) -> frozenset[str]:
    return frozenset(row.outlet for row in codebook.outlets if row.reposts)


@lru_cache(4)
def _outlets(codebook: Codebook) -> dict[str, str]:
    """The outlet that a plain name or a domain is; the first of several."""
    found: dict[str, str] = {}
    for row in codebook.outlets:
        for name in (_plain(row.outlet), *map(_plain, row.aliases), *row.domains):
            found.setdefault(name, row.outlet)
    return found


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _for_all(credit: Credit, report: Report) -> bool:
    kind = next((one.kind for one in report.regions if one.start <= credit.start < one.end), None)
    if kind in ("caption", "quotation", "comment", "advertisement"):
        return False
    text = report.text
    line_start = text.rfind("\n", 0, credit.start) + 1
    line_end = text.find("\n", credit.end)
    before = text[line_start : credit.start].strip(_EDGE)
    after = text[credit.end : line_end if line_end >= 0 else len(text)].strip(_EDGE)
    return kind == "byline" or not (before or after) or credit.text.startswith("(")
