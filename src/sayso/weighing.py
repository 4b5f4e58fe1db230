"""What ``sayso explain`` tells of incidents: why reports are one and others are not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sayso.codebook import Codebook
from sayso.exports.text import SHORT
from sayso.incidents import facts_on, reasons
from sayso.incidents.explain import Compared, Near, Reasons, compared
from sayso.incidents.pairs import Piece, shipped_weights
from sayso.ledger import Ledger
from sayso.linking import Linkable, linkable
from sayso.model import Incident, Report
from sayso.records import to_record

_SHOWN = 10
"""So many pairs of an incident are printed for people: for each mention the one that speaks most for it."""

_VALUES = ("event_type", "sub_event_type", "date", "place", "killed", "injured", "attribution_status")
"""What is compared with and without a report."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an incident would be without one of its reports.

    ``groups`` are the mentions that would be apart, empty where they stay one; ``values`` has each field that
    would show something else, with what it shows and what it would; ``gone`` where no other report tells it.
    """

    report_id: str
    groups: tuple[tuple[str, ...], ...]
    values: Mapping[str, tuple[object, object]]
    gone: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """One incident with the reasons for it, or two with the evidence between them (``between``)."""

    incidents: tuple[Incident, ...]
    reasons: Reasons | None
    between: tuple[Compared, ...]
    changes: tuple[Change, ...]
    reports: Mapping[str, Report]
    report_of: Mapping[str, str]
    """mention_id -> report_id, of all mentions."""
    incident_of: Mapping[str, Incident]
    """mention_id -> the incident that holds it."""


def weighed(ledger: Ledger, codebook: Codebook, chosen: Sequence[Incident]) -> Weighed:
    """Why an incident is one, or why two are two, as the ledger was linked last."""
    there = linkable(ledger, codebook)
    across, alone = there.across, there.alone()
    facts = facts_on(alone, across)
    shown = ledger.incidents()
    incident_of = {mention.mention_id: one for one in shown for mention in one.mentions}
    report_of = {mention_id: mention.report_id for mention_id, mention in there.mentions.items()}
    if len(chosen) == 2:
        mine, theirs = (
            [one for one in facts if {its.mention_id for its in incident.mentions} & set(one.mention_ids)]
            for incident in chosen
        )
        between = compared(mine, theirs, across)
        return Weighed(tuple(chosen), None, between, (), there.known, report_of, incident_of)
    groups = [[mention.mention_id for mention in one.mentions] for one in shown]
    [incident] = chosen
    found = reasons([mention.mention_id for mention in incident.mentions], facts, groups, across)
    changes = tuple(_changes(incident, found, there))
    return Weighed((incident,), found, (), changes, there.known, report_of, incident_of)


def _changes(incident: Incident, found: Reasons, there: Linkable) -> Iterator[Change]:
    lineage_of = there.across.lineage_of
    for report_id in dict.fromkeys(mention.report_id for mention in incident.mentions):
        left = [mention.mention_id for mention in incident.mentions if mention.report_id != report_id]
        other = there.reconciled(left, lineage_of) if left else None
        if other is None:
            yield Change(report_id, (), {}, gone=True)
            continue
        values = {
            name: (getattr(incident, name), getattr(other, name))
            for name in _VALUES
            if getattr(incident, name) != getattr(other, name)
        }
        yield Change(report_id, found.without.get(report_id, ()), values, gone=False)


# ---- for programs ---------------------------------------------------------------------------------


def record(found: Weighed) -> dict[str, Any]:
    """All of it as one record; weights and sums are natural log-odds."""
    told = found.reasons
    return {
        "incidents": [one.incident_id for one in found.incidents],
        "pairs": [_pair_record(one, found) for one in (told.pairs if told else found.between)],
        "near": [
            {
                "incident_id": found.incident_of[one.mention_ids[0]].incident_id,
                "probability": one.mean,
                "pairs": [_pair_record(pair, found) for pair in one.pairs],
            }
            for one in (told.near if told else ())
        ],
        "without": [_change_record(one) for one in found.changes],
    }


def _pair_record(one: Compared, found: Weighed) -> dict[str, Any]:
    evidence = one.evidence
    return {
        "a": one.a,
        "b": one.b,
        "report_a": found.report_of[one.a],
        "report_b": found.report_of[one.b],
        "same_passage": evidence is None,
        "by_people": one.by_people,
        "veto": evidence.veto if evidence else None,
        "log_odds": evidence.log_odds if evidence else None,
        "probability": evidence.probability if evidence else None,
        "pieces": [
            {
                "name": piece.name,
                "amount": piece.amount,
                "log_odds": piece.log_odds,
                "reason": shipped_weights()[piece.name].reason,
            }
            for piece in (evidence.pieces if evidence else ())
        ],
    }


def _change_record(one: Change) -> dict[str, Any]:
    def plain(value: object) -> object:
        return value if value is None or isinstance(value, str) else to_record(value)

    return {
        "report_id": one.report_id,
        "gone": one.gone,
        "groups": [list(group) for group in one.groups],
        "values": {
            name: {"with": plain(now), "without": plain(then)} for name, (now, then) in one.values.items()
        },
    }


# ---- for people -----------------------------------------------------------------------------------


def lines(found: Weighed) -> Iterator[str]:
    """The waterfalls of an incident, those near it, and what each report changes; or those between two."""
    for incident in found.incidents:
        yield f"incident {incident.incident_id}  {incident.title or ''}".rstrip()
        for mention in incident.mentions:
            yield f"  {_mention(mention.mention_id, found)}"
    yield ""
    told = found.reasons
    if told is None:
        yield f"between them, probability {_mean(found.between):.2f} on average; one from 0.5 on"
        yield from _pairs(_strongest(found.between)[:_SHOWN], found)
        return
    if told.pairs:
        yield "why these are one"
        yield from _pairs(_best_for_each(told.pairs)[:_SHOWN], found)
    else:
        yield "one mention alone"
        yield ""
    yield from _near_lines(told.near, found)
    yield "without one report"
    for change in found.changes:
        yield f"  {_mention_report(change.report_id, found)}: {_change(change)}"


def _near_lines(near: Sequence[Near], found: Weighed) -> Iterator[str]:
    if not near:
        yield "nothing else came near"
        yield ""
        return
    yield "near, and not the same"
    for one in near:
        other = found.incident_of[one.mention_ids[0]]
        title = f"{other.incident_id[:SHORT]}  {other.title or ''}".rstrip()
        yield f"  incident {title}, probability {one.mean:.2f} on average"
        yield from _pairs(_strongest(one.pairs)[:1], found)


def _pairs(pairs: Sequence[Compared], found: Weighed) -> Iterator[str]:
    for one in pairs:
        yield f"  {_mention(one.a, found)}"
        yield f"  {_mention(one.b, found)}"
        if one.by_people is not None:
            yield f"      people say: {one.by_people.replace('_', ' ')}, whatever the evidence"
        if one.evidence is None:
            yield "      the same passage in copies of one text: one before all else"
        elif one.evidence.veto is not None:
            yield f"      never one: {one.evidence.veto}"
        else:
            yield from _waterfall(one.evidence.pieces)
            yield f"      probability {one.evidence.probability:.2f}"
        yield ""


def _waterfall(pieces: Sequence[Piece]) -> Iterator[str]:
    """One piece a line: what it adds, the sum so far as a bar from 0, and the reason."""
    total = 0.0
    for piece in pieces:
        total += piece.log_odds
        reason = shipped_weights()[piece.name].reason
        yield f"      {piece.log_odds:+6.2f}  {total:+6.2f} {_bar(total)}  {piece.name}: {reason}"


def _bar(total: float) -> str:
    length = min(round(abs(total)), 8)
    return f"{'<' * length if total < 0 else '':>8}|{'>' * length if total > 0 else '':<8}"


def _best_for_each(pairs: Sequence[Compared]) -> list[Compared]:
    """For each mention but the first of its pairs the one that speaks most for it."""
    best: dict[str, Compared] = {}
    for one in pairs:
        if one.b not in best or _rank(one) > _rank(best[one.b]):
            best[one.b] = one
    return list(best.values())


def _strongest(pairs: Sequence[Compared]) -> list[Compared]:
    return sorted(pairs, key=_rank, reverse=True)


def _rank(one: Compared) -> float:
    if one.evidence is None:
        return float("inf")
    return float("-inf") if one.evidence.veto else one.evidence.log_odds


def _mean(pairs: Sequence[Compared]) -> float:
    return sum(one.evidence.probability if one.evidence else 1.0 for one in pairs) / len(pairs)


def _mention(mention_id: str, found: Weighed) -> str:
    return f"{mention_id[:SHORT]} in {_mention_report(found.report_of[mention_id], found)}"


def _mention_report(report_id: str, found: Weighed) -> str:
    report = found.reports[report_id]
    return f"{report_id[:SHORT]} ({report.publisher or 'no outlet told'}, {report.published or 'undated'})"


def _change(change: Change) -> str:
    if change.gone:
        return "nothing would tell of it"
    told = []
    if change.groups:
        told.append(f"the others would be {len(change.groups)} incidents")
    told += [f"{name.replace('_', ' ')} would change" for name in change.values]
    return "; ".join(told) or "the same incident with the same values"
