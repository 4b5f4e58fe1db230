"""What is done to reports and to groups of mentions by themselves: the bulk of the work, in any process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso import lineage
from sayso.codebook import Codebook
from sayso.incidents.candidates import keys_of
from sayso.incidents.facts import told_by
from sayso.incidents.group import Group
from sayso.incidents.wording import shipped
from sayso.ledger import ComparedMention, ComparedReport, IncidentRow, Ledger, row_of
from sayso.model import CodedReport, Incident
from sayso.pipeline import linkable_of, reconciled_alone, types_told
from sayso.records import to_json


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report that was not compared before: its rows, the facts of each mention as a line, the types told.

    As long as nothing is known of others, it is its own lineage and each mention the first of its passage.
    """

    report: ComparedReport
    mentions: tuple[ComparedMention, ...]
    facts: Mapping[str, str]
    types: frozenset[str]


def prepared(ledger: Ledger, codebook: Codebook, coding_ids: Sequence[str]) -> list[NewReport]:
    """What is compared of each of some codings."""
    return [_prepared(coding_id, coded, codebook) for coding_id, coded in ledger.coded(coding_ids)]


def _prepared(coding_id: str, coded: CodedReport, codebook: Codebook) -> NewReport:
    traced = lineage.traceable(coded.report)
    part_of = {mention.mention_id: mention.part_of for mention in coded.mentions}
    told = told_by(coded.report, reconciled_alone(coded, codebook), shipped())
    return NewReport(
        ComparedReport(
            traced.report_id,
            coding_id,
            traced.text_id,
            traced.published,
            traced.publisher,
            traced.runs.tobytes(),
            traced.report_id,
        ),
        tuple(
            ComparedMention(
                one.facts.id,
                traced.report_id,
                one.published,
                one.passage,
                part_of.get(one.facts.id),
                keys_of(one.facts).tobytes(),
                one.facts.id,
                None,
            )
            for one in told
        ),
        {one.facts.id: to_json(one.facts) for one in told},
        types_told(coded),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A group of mentions, with the coding and the lineage of each of its reports."""

    group: Group
    reports: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """An incident as it is stored; whole only where it is a part of another, whose id is not known here."""

    row: IncidentRow
    part: Incident | None


def reconciled(ledger: Ledger, codebook: Codebook, told: Sequence[Told]) -> list[Reconciled]:
    """The incidents of some groups."""
    reports = {report_id: its for one in told for report_id, its in one.reports.items()}
    coding_ids = sorted(coding_id for coding_id, _ in reports.values())
    lineage_of = {report_id: lineage_id for report_id, (_, lineage_id) in reports.items()}
    there = linkable_of([coded for _, coded in ledger.coded(coding_ids)], lineage_of, codebook)
    found = []
    for one in told:
        incident = there.reconciled(one.group.mention_ids, lineage_of, one.group.silent)
        found.append(Reconciled(row_of(incident), incident if incident.part_of else None))
    return found
