"""What is done to reports and to groups of mentions by themselves: the bulk of the work, in any process."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sayso import lineage
from sayso.incidents import TakenBack
from sayso.incidents.candidates import keys_of
from sayso.incidents.facts import told_by
from sayso.incidents.group import Group
from sayso.incidents.traits import traits_of
from sayso.incidents.wording import shipped
from sayso.ledger import ComparedMention, ComparedReport, IncidentRow, row_of
from sayso.linking.linkable import Linkable, check_types, linkable_of, types_told
from sayso.linking.readings import Reading
from sayso.linking.workers import OvertakenError, Shared
from sayso.model import CodedReport, Incident
from sayso.records import to_json


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report that was not compared before: its rows, the facts of each mention as a line.

    As long as nothing is known of others, it is its own lineage and each mention the first of its passage.
    """

    report: ComparedReport
    mentions: tuple[ComparedMention, ...]
    facts: Mapping[str, str]


def prepared(shared: Shared, readings: Sequence[Reading]) -> list[NewReport]:
    """What is compared of each of some reports."""
    coded = shared.ledger.coded([coding_id for one in readings for coding_id in one.coding_ids])
    check_types((kind for one in coded.values() for kind in types_told(one)), shared.codebook)
    # Of what was purged meanwhile nothing is there.
    return [_prepared(one, coded, shared) for one in readings if one.coding_id in coded]


def _prepared(reading: Reading, coded: Mapping[str, CodedReport], shared: Shared) -> NewReport:
    there = _linkable([reading], coded, {}, TakenBack(), shared)
    report = coded[reading.coding_id].report
    traced = lineage.traceable(report)
    # All of whose mentions people took out is no report in which nothing was read.
    told = [] if there.emptied else told_by(report, there.alone(), shipped())
    return NewReport(
        ComparedReport(
            traced.report_id,
            reading.coding_id,
            reading.judged,
            traced.text_id,
            traced.published,
            traced.publisher,
            traced.runs.tobytes(),
            traced.report_id,
            report.url,
            report.corrects,
            report.retracts,
        ),
        tuple(
            ComparedMention(
                one.facts.id,
                traced.report_id,
                one.published,
                one.passage,
                there.mentions[one.facts.id].part_of if one.facts.mention_ids else None,
                keys_of(one.facts).tobytes(),
                traits_of(one.facts, shared.codebook),
                one.facts.id,
                None,
            )
            for one in told
        ),
        {one.facts.id: to_json(one.facts) for one in told},
    )


def _linkable(
    readings: Iterable[Reading],
    coded: Mapping[str, CodedReport],
    lineage_of: Mapping[str, str],
    back: TakenBack,
    shared: Shared,
) -> Linkable:
    try:
        read = [[coded[coding_id] for coding_id in one.coding_ids] for one in readings]
    except KeyError as fault:
        raise OvertakenError from fault
    return linkable_of(read, lineage_of, shared.judged, back, shared.codebook)


@dataclass(frozen=True, slots=True)
class Told:
    """A group of mentions; for each of its reports how it is read, its lineage, and what takes it back."""

    group: Group
    readings: tuple[Reading, ...]
    lineage_of: Mapping[str, str]
    back: TakenBack


@dataclass(frozen=True, slots=True)
class Reconciled:
    """An incident as it is stored; whole only where it is a part of another, whose id is not known here.

    Neither where all of it was retracted.
    """

    row: IncidentRow | None
    part: Incident | None


def reconciled(shared: Shared, told: Sequence[Told]) -> list[Reconciled]:
    """The incidents of some groups."""
    readings = {reading.report_id: reading for one in told for reading in one.readings}
    coded = shared.ledger.coded([coding_id for one in readings.values() for coding_id in one.coding_ids])
    lineage_of = {report_id: its for one in told for report_id, its in one.lineage_of.items()}
    back = TakenBack(
        {report_id: by for one in told for report_id, by in one.back.retracted.items()},
        {report_id: by for one in told for report_id, by in one.back.corrected.items()},
    )
    there = _linkable(readings.values(), coded, lineage_of, back, shared)
    found = [there.reconciled(one.group.mention_ids, lineage_of, one.group.silent) for one in told]
    return [
        Reconciled(None, None) if one is None else Reconciled(row_of(one), one if one.part_of else None)
        for one in found
    ]
