"""Reports as linking looks at them: as they were coded, and as people judged them."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso import incidents, lineage, pipeline
from sayso.codebook import Codebook
from sayso.errors import UsageError
from sayso.ledger import Ledger
from sayso.model import CodedReport, EventValue, Incident, Mention, Report, SetAside, Statement


def types_told(coded: CodedReport) -> frozenset[str]:
    """The sub-event types that a coding tells of."""
    values = [statement.value for statement in coded.statements if statement.field == "event"]
    return frozenset(value.sub_event_type for value in values if isinstance(value, EventValue))


def check_types(told: Iterable[str], codebook: Codebook) -> None:
    """Raises UsageError where codings of another codebook tell of types that this one does not have."""
    strange = sorted(set(told) - {row.sub_event_type for row in codebook.event_types})
    if strange:
        raise UsageError(
            f"The ledger holds incidents of types that the codebook {codebook.name} does not have "
            f"({', '.join(strange)}): they were coded with another codebook.",
            "Name that one with --codebook, or one that extends it. What was read is kept.",
        )


@dataclass(frozen=True)
class Linkable:
    """Reports with their active codings, and their lineages.

    What people judged has had its effect: hidden reports and rejected mentions are not there, statements are
    as people corrected them (``machine`` has those as they were read), what people added is there.
    ``statements`` are by mention; of these ``rejected`` count for nothing. ``emptied`` are reports all of
    whose mentions are gone: they are not taken for reports in which nothing was read.
    """

    codebook: Codebook
    lineage_of: Mapping[str, str]
    known: dict[str, Report]
    mentions: dict[str, Mention]
    statements: dict[str, list[Statement]]
    judged: incidents.Judged
    rejected: dict[str, list[SetAside]]
    machine: dict[str, Statement]
    emptied: frozenset[str]
    back: incidents.TakenBack

    @property
    def across(self) -> incidents.Across:
        """The same for the room that puts mentions together."""
        told = {key: report for key, report in self.known.items() if key not in self.emptied}
        return incidents.Across(told, self.lineage_of, self.codebook, judged=self.judged)

    @cached_property
    def hands(self) -> dict[str, lineage.Hands]:
        """The hands that each report went through."""
        return {
            report_id: lineage.hands_of(report, self.codebook) for report_id, report in self.known.items()
        }

    def alone(self) -> list[Incident]:
        """Each mention reconciled by itself, in order of its id."""
        return [
            pipeline.reconciled(
                [mention], self.statements[mention_id], self.known, self.lineage_of, self.codebook
            )
            for mention_id, mention in sorted(self.mentions.items())
        ]

    def reconciled(
        self, mention_ids: Sequence[str], lineage_of: Mapping[str, str], silent: Sequence[str] = ()
    ) -> Incident | None:
        """The incident of some mentions, told also by reports without any; None where all was retracted."""
        said = [one for mention_id in mention_ids for one in self.statements.get(mention_id, ())]
        mentions = [self.mentions[mention_id] for mention_id in mention_ids]
        aside = incidents.retracted(mentions, said, self.back, self.judged)
        gone = {one.statement.mention_id for one in aside}
        mentions = [one for one in mentions if one.mention_id not in gone]
        if not mentions:
            return None
        said = [one for one in said if one.mention_id not in gone]
        aside += incidents.corrected(said, self.back, self.judged)
        aside += [one for mention_id in mention_ids for one in self.rejected.get(mention_id, ())]
        out = {(one.statement.statement_id, one.statement.mention_id) for one in aside}
        said = [one for one in said if (one.statement_id, one.mention_id) not in out]
        told_by = {one.report_id for one in mentions}
        also = sorted({self.mentions[one].report_id for one in gone}.union(silent) - told_by)
        voices = lineage.one_voice(
            {report_id: lineage_of[report_id] for report_id in told_by.union(also)}, self.hands
        )
        found = pipeline.reconciled(mentions, said, self.known, voices, self.codebook)
        found = incidents.also_told_by(found, [self.known[report_id] for report_id in also], voices)
        return incidents.reviewed(found, self.judged, self.machine, aside)


def linkable(ledger: Ledger, codebook: Codebook) -> Linkable:
    """All of a ledger, in the lineages that were linked last.

    Raises UsageError where it was coded with another codebook.
    """
    judged = incidents.judged(ledger.attached())
    coded = [one for one in ledger.coded_reports() if one.report.report_id not in judged.hidden]
    check_types(itertools.chain.from_iterable(map(types_told, coded)), codebook)
    added: dict[str, list[CodedReport]] = {}
    for one in ledger.beside():
        added.setdefault(one.report.report_id, []).append(one)
    read = [[one, *added.get(one.report.report_id, ())] for one in coded]
    lineage_of = {report_id: one.lineage_id for one in ledger.lineages() for report_id in one.reports}
    back = incidents.taken_back(one.report for one in coded)
    return linkable_of(read, lineage_of, judged, back, codebook)


def linkable_of(
    read: Iterable[Sequence[CodedReport]],
    lineage_of: Mapping[str, str],
    judged: incidents.Judged,
    back: incidents.TakenBack,
    codebook: Codebook,
) -> Linkable:
    """Some reports, in the lineages that they are known to be of.

    read  of each report its active coding, then what people added to it.
    """
    known: dict[str, Report] = {}
    mentions: dict[str, Mention] = {}
    said: list[Statement] = []
    for coded, *added in read:
        known[coded.report.report_id] = coded.report
        for mention in itertools.chain.from_iterable(one.mentions for one in (coded, *added)):
            mentions.setdefault(mention.mention_id, mention)
        said += _said(coded, added) if added else coded.statements
    statements, rejected, machine = _as_judged(said, judged)
    left = {
        mention_id: mention
        for mention_id, mention in mentions.items()
        if not judged.rejects_mention(mention_id) and _happened(statements.get(mention_id, ()))
    }
    told_by = {mention.report_id for mention in left.values()}
    return Linkable(
        codebook,
        {report_id: lineage_of.get(report_id, report_id) for report_id in known},
        known,
        left,
        statements,
        judged,
        rejected,
        machine,
        frozenset(mention.report_id for mention in mentions.values()) - told_by,
        back,
    )


def _said(coded: CodedReport, added: Iterable[CodedReport]) -> list[Statement]:
    """All statements; of those that people added the ones that the coding does not have."""
    found = list(coded.statements)
    known = {(one.mention_id, one.statement_id) for one in found}
    for statement in itertools.chain.from_iterable(one.statements for one in added):
        if (statement.mention_id, statement.statement_id) not in known:
            known.add((statement.mention_id, statement.statement_id))
            found.append(statement)
    return found


def _as_judged(
    said: Iterable[Statement], judged: incidents.Judged
) -> tuple[dict[str, list[Statement]], dict[str, list[SetAside]], dict[str, Statement]]:
    """By mention what counts, as corrected, and what is rejected; by id what was corrected, as read."""
    statements: dict[str, list[Statement]] = {}
    rejected: dict[str, list[SetAside]] = {}
    machine: dict[str, Statement] = {}
    for one in said:
        read = judged.read(one)
        if read is not one:
            machine.setdefault(one.statement_id, one)
        if (aside := judged.rejected(read)) is not None:
            rejected.setdefault(one.mention_id, []).append(aside)
        else:
            statements.setdefault(one.mention_id, []).append(read)
    return statements, rejected, machine


def _happened(statements: Iterable[Statement]) -> bool:
    return any(isinstance(one.value, EventValue) and one.value.happened for one in statements)
