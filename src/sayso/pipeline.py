"""The stages in order: bytes -> reports -> codings -> ledger -> lineages and incidents."""

import itertools
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sayso import coding, incidents, lineage, reports
from sayso.codebook import Codebook, load
from sayso.coding.code import coding_of
from sayso.errors import SaysoError, UsageError
from sayso.model import (
    CONTRACT,
    CodedReport,
    EventValue,
    Incident,
    Lineage,
    Mention,
    Problem,
    Report,
    SetAside,
    Statement,
)
from sayso.places import Gazetteer, gazetteer
from sayso.records import to_record
from sayso.settings import Settings

if TYPE_CHECKING:  # a ledger needs SQLAlchemy, which takes a while to load and which coding does without
    from sayso.ledger import Ledger, Run


@dataclass(frozen=True, slots=True)
class Inputs:
    """What to read and how; ``today`` is what publication dates are held against.

    ``gazetteer`` is a file that ``sayso gazetteer build`` made. Paths in ``folder`` are told without it.
    """

    paths: Sequence[str]
    codebook: str
    settings: Settings
    today: date
    jobs: int = 1
    stdin: BinaryIO | None = None
    gazetteer: Path | None = None
    folder: str | None = None

    @property
    def places(self) -> Gazetteer:
        """The gazetteer that comes with sayso, with that of the file if one is given."""
        return gazetteer(self.gazetteer)


@dataclass(slots=True)
class Summary:
    """What a run did: counts of reports and dropped statements, and every problem; ``added`` by report_id."""

    new: int = 0
    known: int = 0
    dropped: int = 0
    problems: list[Problem] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    @property
    def lost(self) -> list[Problem]:
        """The problems that cost a report."""
        return [problem for problem in self.problems if problem.lost]


# ---- code: report -> coded report -----------------------------------------------------------------


def code_all(inputs: Inputs) -> Iterator[CodedReport | Problem]:
    """The inputs coded, in their order, whatever the number of processes."""
    codebook = load(inputs.codebook)
    yield from _coded(checked(inputs, codebook), inputs, codebook)


def checked(
    inputs: Inputs, codebook: Codebook, raw: dict[str, bytes] | None = None
) -> Iterator[Report | Problem]:
    """The reports as read, with a problem beside those that say they were published in the future.

    ``raw``, where given, gets the bytes of each by its report_id.
    """
    tomorrow = (inputs.today + timedelta(days=1)).isoformat()  # somewhere on earth it is tomorrow already
    for found in reports.read(inputs.paths, codebook, inputs.settings, inputs.stdin, raw):
        item = found
        if inputs.folder is not None and found.path is not None:
            item = replace(found, path=found.path.removeprefix(f"{inputs.folder}/"))
        yield item
        if isinstance(item, Report) and item.published and item.published[:10] > tomorrow:
            yield Problem(
                path=item.path or "the report",
                where=None,
                what=f"It says that it was published on {item.published[:10]}, which lies in the future.",
                mend="Correct the date where the report comes from; it was read with the date as given.",
                lost=False,
            )


def _coded(
    items: Iterable[Report | Problem], inputs: Inputs, codebook: Codebook
) -> Iterator[CodedReport | Problem]:
    if inputs.jobs == 1:
        places = inputs.places
        yield from (item if isinstance(item, Problem) else _code(item, codebook, places) for item in items)
        return
    try:
        with ProcessPoolExecutor(
            inputs.jobs,
            get_context("spawn"),
            initializer=_start,
            initargs=(inputs.codebook, inputs.gazetteer),
        ) as pool:
            yield from _in_order(items, pool, most=16 * inputs.jobs)
    except BrokenProcessPool as fault:  # raised when results are asked for, and when more work is handed out
        raise SaysoError(
            "A process that coded reports was ended from outside, probably for want of memory.",
            "Run the same command again with --jobs 1: what was coded before is kept.",
        ) from fault


def _in_order(
    items: Iterable[Report | Problem], pool: ProcessPoolExecutor, most: int
) -> Iterator[CodedReport | Problem]:
    """Results in the order of the items, with at most so many under way that memory stays bounded."""
    waiting: deque[Problem | Future[CodedReport | Problem]] = deque()
    for item in items:
        with _deaf():
            waiting.append(item if isinstance(item, Problem) else pool.submit(_code_there, item))
        if len(waiting) >= most:
            yield _result(waiting.popleft())
    while waiting:
        yield _result(waiting.popleft())


def _result(one: "Problem | Future[CodedReport | Problem]") -> CodedReport | Problem:
    return one if isinstance(one, Problem) else one.result()


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started inside do not hear Ctrl-C: the one that started them says what happens then."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_shared: tuple[Codebook, Gazetteer] | None = None  # one per process: a pool's processes load them once


def _start(codebook: str, file: Path | None) -> None:
    global _shared  # noqa: PLW0603 - the way a process pool hands its processes what they share
    _shared = load(codebook), gazetteer(file)


def _code_there(report: Report) -> CodedReport | Problem:
    assert _shared is not None  # noqa: S101 - _start ran before
    return _code(report, *_shared)


def _code(report: Report, codebook: Codebook, places: Gazetteer) -> CodedReport | Problem:
    """One report coded; a fault of ours becomes a problem, so that it costs this report and no other."""
    try:
        return coding.code(report, codebook, gazetteer=places)
    except Exception as fault:  # whatever it is, the other reports go on
        return Problem(
            path=report.path or report.report_id,
            where=None,
            what=f"Coding failed on report {report.report_id} ({type(fault).__name__}: {fault}).",
            mend="This is a fault of sayso: please report it with the text that caused it.",
        )


def coded_record(coded: CodedReport, codebook: Codebook) -> dict[str, Any]:
    """One line of ``sayso code``: the shape of contract/coded_report.schema.json.

    The report's mentions are reconciled one by one, each report being its own lineage.
    """
    header = to_record(coded.report)
    told = reconciled_alone(coded, codebook)
    return {
        "contract": CONTRACT,
        **{key: header[key] for key in _HEADER},
        "relevant": bool(told),
        "incidents": [to_record(incident) for incident in told],
        "aggregates": [to_record(aggregate) for aggregate in coded.aggregates],
        "coding": to_record(coded.coding),
        "warnings": list(coded.warnings),
    }


def reconciled_alone(coded: CodedReport, codebook: Codebook) -> list[Incident]:
    """The incidents of one report by itself, one for each mention, in the order in which it tells them."""
    known = {coded.report.report_id: coded.report}
    return [_reconciled([mention], coded.statements, known, {}, codebook) for mention in coded.mentions]


_HEADER = (
    "report_id", "text_id", "path", "id", "title", "publisher", "byline", "url", "published",
    "published_from", "updated", "version_of", "corrects", "retracts", "language", "credits", "regions",
)  # fmt: skip


def _reconciled(
    mentions: Sequence[Mention],
    statements: Iterable[Statement],
    known: dict[str, Report],
    lineage_of: Mapping[str, str],
    codebook: Codebook,
) -> Incident:
    """The incident of some mentions; reports without a lineage are their own."""
    chosen = {mention.mention_id for mention in mentions}
    report_ids = {mention.report_id for mention in mentions}
    return incidents.reconcile(
        mentions,
        [statement for statement in statements if statement.mention_id in chosen],
        {report_id: known[report_id] for report_id in sorted(report_ids)},
        {report_id: lineage_of.get(report_id, report_id) for report_id in sorted(report_ids)},
        codebook,
    )


# ---- read: into the ledger ------------------------------------------------------------------------


def read(inputs: Inputs, ledger: "Ledger", on_progress: Callable[[Summary], None]) -> Summary:
    """Read, code and store the inputs, then link the ledger. What is stored already is not coded again."""
    codebook = load(inputs.codebook)
    this = coding_of(codebook, coding.coder_named("rules"), inputs.places)
    summary = Summary()
    raw: dict[str, bytes] = {}  # of the reports under way

    def unknown() -> Iterator[Report | Problem]:
        for item in checked(inputs, codebook, raw):
            if isinstance(item, Report) and (purged := _purged(item, ledger)) is not None:
                raw.pop(item.report_id, None)
                yield purged
            elif isinstance(item, Report) and ledger.has_coding(item.report_id, this):
                ledger.activate(item.report_id, this)
                raw.pop(item.report_id, None)
                summary.known += 1
                on_progress(summary)
            else:
                yield item

    for done in _coded(unknown(), inputs, codebook):
        if isinstance(done, Problem):
            summary.problems.append(done)
        elif ledger.add(done, raw.pop(done.report.report_id, None)):
            summary.new += 1
            summary.added.append(done.report.report_id)
            summary.dropped += sum(done.dropped.values())
        else:  # the same report twice among the inputs
            summary.known += 1
        on_progress(summary)
    link(ledger, codebook)
    if summary.new:  # a run that added nothing made nothing
        ledger.record_run(_run(inputs, codebook, summary))
    return summary


def _purged(report: Report, ledger: "Ledger") -> Problem | None:
    """What is said of a report that was purged on a legal request; None of all others."""
    from sayso.ledger import told  # noqa: PLC0415 - see above

    found = ledger.tombstone(report.text_id)
    if found is None:
        return None
    what, mend = told(found)
    return Problem(path=report.path or report.report_id, where=None, what=what, mend=mend)


def _run(inputs: Inputs, codebook: Codebook, summary: Summary) -> "Run":
    """How this run made the ledger what it is."""
    from sayso.ledger import Run  # noqa: PLC0415 - see above

    return Run(
        made_on=inputs.today.isoformat(),
        version=version("sayso"),
        codebook=codebook.name,
        codebook_sha256=codebook.sha256,
        settings=asdict(inputs.settings),
        counts={"new": summary.new, "known": summary.known, "not_read": len(summary.lost)},
    )


def _check_types(coded: Iterable[CodedReport], codebook: Codebook) -> None:
    """Raises UsageError where codings of another codebook tell of types that this one does not have."""
    values = {statement.value for one in coded for statement in one.statements if statement.field == "event"}
    told = {value.sub_event_type for value in values if isinstance(value, EventValue)}
    strange = sorted(told - {row.sub_event_type for row in codebook.event_types})
    if strange:
        raise UsageError(
            f"The ledger holds incidents of types that the codebook {codebook.name} does not have "
            f"({', '.join(strange)}): they were coded with another codebook.",
            "Name that one with --codebook, or one that extends it. What was read is kept.",
        )


@dataclass(frozen=True)
class Linkable:
    """What linking looks at: all reports of a ledger with their active codings, and their lineages.

    What people judged has had its effect: hidden reports and rejected mentions are not there, statements are
    as people corrected them (``machine`` has those as they were read), what people added is there.
    ``statements`` are by mention; of these ``rejected`` count for nothing. ``emptied`` are reports all of
    whose mentions are gone: they are not taken for reports in which nothing was read.
    """

    codebook: Codebook
    lineages: tuple[Lineage, ...]
    known: dict[str, Report]
    mentions: dict[str, Mention]
    statements: dict[str, list[Statement]]
    hands: dict[str, lineage.Hands]
    judged: incidents.Judged = field(default_factory=incidents.Judged)
    rejected: dict[str, list[SetAside]] = field(default_factory=dict)
    machine: dict[str, Statement] = field(default_factory=dict)
    emptied: frozenset[str] = frozenset()
    back: incidents.TakenBack = field(default_factory=incidents.TakenBack)

    @property
    def across(self) -> incidents.Across:
        """The same for the room that puts mentions together."""
        lineage_of = {report_id: one.lineage_id for one in self.lineages for report_id in one.reports}
        told = {key: report for key, report in self.known.items() if key not in self.emptied}
        return incidents.Across(told, lineage_of, self.codebook, judged=self.judged)

    def alone(self) -> list[Incident]:
        """Each mention reconciled by itself, in order of its id."""
        across = self.across
        return [
            _reconciled(
                [self.mentions[mention_id]],
                self.statements[mention_id],
                self.known,
                across.lineage_of,
                self.codebook,
            )
            for mention_id in sorted(self.mentions)
        ]

    def reconciled(
        self, mention_ids: Sequence[str], lineage_of: Mapping[str, str], silent: Sequence[str] = ()
    ) -> Incident | None:
        """The incident of some mentions, told also by reports without any; None where all was retracted."""
        said = [one for mention_id in mention_ids for one in self.statements[mention_id]]
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
        found = _reconciled(mentions, said, self.known, voices, self.codebook)
        found = incidents.also_told_by(found, [self.known[report_id] for report_id in also], voices)
        return incidents.reviewed(found, self.judged, self.machine, aside)


def linkable(ledger: "Ledger", codebook: Codebook) -> Linkable:
    """What there is to link in a ledger. Raises UsageError where it was coded with another codebook."""
    judged = incidents.judged(ledger.attached())
    coded = [one for one in ledger.coded_reports() if one.report.report_id not in judged.hidden]
    _check_types(coded, codebook)
    known = {one.report.report_id: one.report for one in coded}
    added = [one for one in ledger.beside() if one.report.report_id in known]
    mentions: dict[str, Mention] = {}
    for mention in itertools.chain.from_iterable(one.mentions for one in (*coded, *added)):
        mentions.setdefault(mention.mention_id, mention)
    statements, rejected, machine = _as_judged(_said(coded, added), judged)
    left = {
        mention_id: mention
        for mention_id, mention in mentions.items()
        if not judged.rejects_mention(mention_id) and _happened(statements.get(mention_id, ()))
    }
    told_by = {mention.report_id for mention in left.values()}
    return Linkable(
        codebook=codebook,
        lineages=lineage.trace(list(known.values())),
        known=known,
        mentions=left,
        statements=statements,
        hands={report_id: lineage.hands_of(report, codebook) for report_id, report in known.items()},
        judged=judged,
        rejected=rejected,
        machine=machine,
        emptied=frozenset(mention.report_id for mention in mentions.values()) - told_by,
        back=incidents.taken_back(known.values()),
    )


def _said(coded: Sequence[CodedReport], added: Sequence[CodedReport]) -> Iterator[Statement]:
    """All statements; of those that people added the ones that the coding of the report does not have."""
    yield from itertools.chain.from_iterable(one.statements for one in coded)
    added_to = {one.report.report_id for one in added}
    there = itertools.chain.from_iterable(one.statements for one in coded if one.report.report_id in added_to)
    known = {(one.mention_id, one.statement_id) for one in there}
    for statement in itertools.chain.from_iterable(one.statements for one in added):
        if (statement.mention_id, statement.statement_id) not in known:
            known.add((statement.mention_id, statement.statement_id))
            yield statement


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


def link(ledger: "Ledger", codebook: Codebook) -> None:
    """The second of the two verbs: lineages first, then which mentions are one incident, then what they say.

    The result follows from the ledger's reports and the judgements in force, in whatever order they came.
    """
    there = linkable(ledger, codebook)
    across = there.across
    groups = incidents.group(there.alone(), across)
    found = [there.reconciled(one.mention_ids, across.lineage_of, one.silent) for one in groups]
    linked = [one for one in found if one is not None]
    holder = {mention.mention_id: one.incident_id for one in linked for mention in one.mentions}
    ledger.replace_views(
        there.lineages,
        [replace(one, part_of=holder.get(one.part_of)) if one.part_of else one for one in linked],
    )
