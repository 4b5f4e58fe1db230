"""What ``sayso lineages`` tells: who has whose text and why, in lines for people or records for programs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sayso.codebook import Codebook
from sayso.ledger import Ledger
from sayso.lineage import DescribedLineage, DescribedPair, Hands, describe, hands_of, shared_origins
from sayso.model import Report

_SHOWN = 8
"""How many passages of a pair are printed for people, the longest ones."""

_WORDS = 90
"""How many characters of a passage."""


@dataclass(frozen=True, slots=True)
class Traced:
    """The lineages of a ledger, with what is needed to tell of them."""

    lineages: tuple[DescribedLineage, ...]
    reports: Mapping[str, Report]
    hands: Mapping[str, Hands]
    origins: Mapping[str, tuple[str, ...]]
    """Outlet -> the reports that go back to it, where these are of several lineages."""


def traced(ledger: Ledger, codebook: Codebook) -> Traced:
    """The lineages as they were linked last, in the order of their first reports."""
    reports = {coded.report.report_id: coded.report for coded in ledger.coded_reports()}
    hands = {report_id: hands_of(report, codebook) for report_id, report in reports.items()}
    lineages = ledger.lineages()
    home = {report_id: one.lineage_id for one in lineages for report_id in one.reports}
    origins = {
        outlet: its
        for outlet, its in shared_origins(hands, home).items()
        if len({home[report_id] for report_id in its}) > 1
    }
    return Traced(tuple(describe(one, reports, hands) for one in lineages), reports, hands, origins)


def relatives(ledger: Ledger, codebook: Codebook, report_id: str) -> Traced | None:
    """The lineage of one report alone, with the reports that share text with it; None where it has none."""
    lineage = ledger.lineage(report_id)
    if lineage is None:
        return None
    mine = replace(
        lineage,
        pairs=tuple(pair for pair in lineage.pairs if report_id in (pair.a, pair.b)),
        near=tuple(pair for pair in lineage.near if report_id in (pair.a, pair.b)),
    )
    ids = dict.fromkeys(
        (*mine.reports, *(one for pair in (*mine.pairs, *mine.near) for one in (pair.a, pair.b)))
    )
    reports = {one: found for one in ids if (found := ledger.report(one))}
    hands = {one: hands_of(report, codebook) for one, report in reports.items()}
    return Traced((describe(mine, reports, hands),), reports, hands, {})


# ---- for programs ---------------------------------------------------------------------------------


def records(found: Traced) -> Iterator[dict[str, Any]]:
    """One record a lineage; ids of reports are the input's own, where it gave one."""
    names = {report_id: report.id or report_id for report_id, report in found.reports.items()}
    for one in found.lineages:
        mine = set(one.lineage.reports)
        yield {
            "lineage_id": one.lineage.lineage_id,
            "reports": [names[report_id] for report_id in one.lineage.reports],
            "origin": one.origin,
            "hands": {names[report_id]: list(its) for report_id, its in one.hands.items()},
            "shared_origins": [
                {"origin": outlet, "reports": [names[report_id] for report_id in reports]}
                for outlet, reports in found.origins.items()
                if mine & set(reports)
            ],
            "pairs": [_pair_record(pair, found.reports, names) for pair in one.pairs],
        }


def _pair_record(
    one: DescribedPair, reports: Mapping[str, Report], names: Mapping[str, str]
) -> dict[str, Any]:
    text = reports[one.pair.a].text
    return {
        "a": names[one.pair.a],
        "b": names[one.pair.b],
        "score": one.pair.score,
        "how": one.how,
        "origin": None if one.origin is None else names[one.origin],
        "confidence": one.confidence,
        "passages": [
            {"in_a": list(its.in_a), "in_b": list(its.in_b), "text": text[slice(*its.in_a)]}
            for its in one.passages
        ],
    }


# ---- for people -----------------------------------------------------------------------------------


def lines(found: Traced) -> Iterator[str]:
    """Lineages of several reports, then origins in common; a line if there is neither."""
    several = [one for one in found.lineages if len(one.lineage.reports) > 1]
    for one in several:
        yield f"lineage {one.lineage.lineage_id}" + (f"  origin {one.origin}" if one.origin else "")
        for report_id in one.lineage.reports:
            yield f"  {_report(report_id, found)}"
        for pair in one.pairs:
            if pair.how != "apart":
                yield from _pair_lines(pair, found)
        yield ""
    for outlet, reports in found.origins.items():
        yield f"shared origin {outlet}, without common text"
        yield from (f"  {_report(report_id, found)}" for report_id in reports)
        yield ""
    if not several and not found.origins:
        yield "No report copies, rewrites or updates another, and none share an origin."


def _report(report_id: str, found: Traced) -> str:
    report = found.reports[report_id]
    hands = " -> ".join(found.hands[report_id]) or "(no outlet told)"
    return f"{report_id}  {report.published or 'undated'}  {hands}  {report.title or ''}".rstrip()


def _pair_lines(one: DescribedPair, found: Traced) -> Iterator[str]:
    first, second = one.pair.a, one.pair.b
    arrow = "~"
    if one.origin is not None:
        first, second = (first, second) if one.origin == first else (second, first)
        arrow = "->"
    yield f"    {first} {arrow} {second}  {one.how}, share {one.pair.score}, confidence {one.confidence}"
    text = found.reports[one.pair.a].text
    longest = sorted(one.passages, key=lambda its: (its.in_a[0] - its.in_a[1], its.in_a))[:_SHOWN]
    for its in sorted(longest, key=lambda its: its.in_a):
        words = " ".join(text[slice(*its.in_a)].split())
        yield f"      [{its.in_a[0]}:{its.in_a[1]} = {its.in_b[0]}:{its.in_b[1]}] " + (
            words if len(words) <= _WORDS else f"{words[:_WORDS]}..."
        )
