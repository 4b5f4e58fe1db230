"""The stages in order: bytes -> reports -> codings -> ledger -> lineages and incidents."""

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

from sayso import coding, incidents, reports
from sayso.codebook import Codebook, load
from sayso.coding.code import coding_of
from sayso.errors import SaysoError
from sayso.model import (
    CONTRACT,
    CodedReport,
    Incident,
    Mention,
    Problem,
    Report,
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
    said: dict[str, list[Statement]] = {}
    for statement in coded.statements:
        said.setdefault(statement.mention_id, []).append(statement)
    return [
        reconciled([mention], said.get(mention.mention_id, ()), known, {}, codebook)
        for mention in coded.mentions
    ]


_HEADER = (
    "report_id", "text_id", "path", "id", "title", "publisher", "byline", "url", "published",
    "published_from", "updated", "version_of", "corrects", "retracts", "language", "credits", "regions",
)  # fmt: skip


def reconciled(
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
    link(ledger, codebook, inputs.jobs)
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


def link(ledger: "Ledger", codebook: Codebook, jobs: int = 1) -> None:
    """The second of the two verbs: lineages first, then which mentions are one incident, then what they say.

    The result follows from the ledger's reports and the judgements in force, in whatever order they came.
    Only what is new or changed is looked at, and what it could belong to.
    """
    from sayso import linking  # noqa: PLC0415 - see above

    linking.link(ledger, codebook, jobs)
