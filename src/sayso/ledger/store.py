"""What the rest of the program sees of a ledger: one class over the rooms' functions, and how to open it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from sayso.errors import UsageError
from sayso.ledger import codings, compared, judgements, opening, originals, runs, views
from sayso.ledger.compared import Compared, Found
from sayso.ledger.engines import damaged, reader_engine, told, writer_engine
from sayso.ledger.judgements import Target
from sayso.ledger.lines import UnreadableError
from sayso.ledger.runs import Run
from sayso.ledger.views import IncidentFilter, IncidentRow
from sayso.model import CodedReport, Coding, Incident, Judgement, Lineage, Report

_ALL = IncidentFilter()


def open_ledger(path: str | Path, *, create: bool = False) -> "Ledger":
    """Opens the ledger at the path; use it in a ``with`` statement, or close it.

    With ``create`` one that is not there is made; without, nothing is ever made. A ledger of an older
    version is migrated first, in one transaction.

    Raises LedgerError, with what to do, where that cannot be: no file, no folder, no right to it, another
    program's file, a ledger of a newer version, a damaged one, a locked one, a full disk.
    """
    absolute = Path(path).absolute()
    frozen = opening.prepare(absolute, create=create)
    return Ledger(absolute, frozen=frozen)


class Ledger:
    """An open ledger. Made by ``open_ledger``.

    Every method that writes is one transaction: after a crash, a full disk or a kill, all of it is there or
    nothing. Several programs may read and write at once: writers wait for one another, readers see what was
    there when they began. Every method raises LedgerError where the file cannot be read or written.
    """

    def __init__(self, path: Path, *, frozen: bool) -> None:
        self.path = path
        self._reader = reader_engine(path, frozen=frozen)
        self._writer = writer_engine(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file. The last one to do so puts the write-ahead log into it: one file is left."""
        self._writer.dispose()
        self._reader.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with told(self.path), self._reader.begin() as connection:
                yield connection
        except UnreadableError as fault:
            raise damaged(self.path, str(fault)) from fault

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with told(self.path), self._writer.begin() as connection:
                yield connection
        except UnreadableError as fault:
            raise damaged(self.path, str(fault)) from fault

    # ---- codings ----

    def has_coding(self, report_id: str, coding: Coding) -> bool:
        """Whether this very coding of this report is there, active or not."""
        with self._reading() as connection:
            return codings.has(connection, codings.coding_id_of(report_id, coding))

    def add(self, coded: CodedReport, raw: bytes | None = None) -> bool:
        """Adds the report and its coding, which becomes the active one of that report.

        ``raw`` are the bytes that the report was read from, if they are to be kept.

        Returns False, having changed nothing, where this very coding was there: by the same coder and
        version, with the same codebook and gazetteer.
        """
        if self.has_coding(coded.report.report_id, coded.coding):  # asked without waiting for the write lock
            return False
        with self._writing() as connection:
            added = codings.add(connection, coded)
            if added and raw is not None:
                originals.add(connection, raw)
            return added

    def activate(self, report_id: str, coding: Coding) -> None:
        """Makes a coding that is there the active one again: back to an earlier codebook, say.

        Raises UsageError where there is no such coding.
        """
        coding_id = codings.coding_id_of(report_id, coding)
        with self._reading() as connection:  # asked without waiting for the write lock
            if codings.is_active(connection, coding_id):
                return
        with self._writing() as connection:
            if not codings.has(connection, coding_id):
                raise UsageError(
                    f"The ledger has no coding of the report {report_id} by {coding.coder} {coding.version}.",
                    "Add that coding; it then is the active one.",
                )
            codings.activate(connection, report_id, coding_id)

    def coded_reports(self) -> Iterator[CodedReport]:
        """All reports with their active codings, by report_id, some at a time, as they were when it began."""
        with self._reading() as connection:
            yield from codings.stream(connection)

    def active_codings(self) -> dict[str, str]:
        """report_id -> the coding_id of its active coding."""
        with self._reading() as connection:
            return codings.active(connection)

    def coded(self, coding_ids: Sequence[str]) -> Iterator[tuple[str, CodedReport]]:
        """These codings, each with its coding_id, some at a time."""
        with self._reading() as connection:
            yield from codings.of(connection, coding_ids)

    def report(self, report_id: str) -> Report | None:
        """The report as its active coding saw it; None where it is not in the ledger."""
        with self._reading() as connection:
            return codings.report(connection, report_id)

    def raw(self, report_id: str) -> bytes | None:
        """The bytes that the report was read from; None where it is not in the ledger, or they are not."""
        with self._reading() as connection:
            report = codings.report(connection, report_id)
            if report is None or report.raw_sha256 is None:
                return None
            return originals.get(connection, report.raw_sha256)

    # ---- views ----

    def replace_views(self, lineages: Sequence[Lineage], incidents: Sequence[Incident]) -> None:
        """Puts these in place of all lineages and incidents there were, in one transaction.

        An incident id that is gone becomes a redirect to the incident that now holds its mention; one that
        is back is a redirect no more.
        """
        with self._writing() as connection:
            views.replace(connection, lineages, [views.row_of(incident) for incident in incidents])

    def compared(self) -> Compared:
        """What the last linking compared."""
        with self._reading() as connection:
            return compared.read(connection)

    def compared_facts(self, ids: Iterable[str]) -> dict[str, str]:
        """What was compared of some mentions, by id, as the lines that ``relink`` was given."""
        with self._reading() as connection:
            return compared.facts(connection, ids)

    def relink(
        self,
        turn: int,
        found: Found,
        lineages: Sequence[Lineage],
        incidents: Sequence[IncidentRow],
        gone: Collection[str] | None,
    ) -> bool:
        """Keeps what a linking found, and changes the views as ``replace_views`` does, in one transaction.

        turn  that of what was compared before.
        gone  the ids of the incidents that are taken out; all there are, if None.

        Returns False, having changed nothing, where another linking has come between.
        """
        with self._writing() as connection:
            if compared.turn(connection) != turn:
                return False
            views.replace(connection, lineages, incidents, gone)
            compared.write(connection, found)
            return True

    def incidents(self, chosen: IncidentFilter = _ALL) -> list[Incident]:
        """The incidents that match, by date (unknown last), then id; an empty list where none does."""
        return list(self.each_incident(chosen))

    def each_incident(self, chosen: IncidentFilter = _ALL) -> Iterator[Incident]:
        """What ``incidents`` gives, some at a time, as they were when it began."""
        with self._reading() as connection:
            yield from views.stream(connection, chosen)

    def incident(self, incident_id: str) -> Incident | None:
        """The incident of this id; a former id, and the beginning of an id, will do.

        Returns None where there is none. Raises UsageError where several ids begin so.
        """
        with self._reading() as connection:
            return views.get(connection, incident_id)

    def lineages(self) -> list[Lineage]:
        """The lineages in the order in which they were given."""
        with self._reading() as connection:
            return views.all_lineages(connection)

    # ---- people ----

    def judge(self, judgement: Judgement) -> None:
        """Adds the judgement; the same one twice is one.

        Raises UsageError where another judgement has its id.
        """
        with self._writing() as connection:
            judgements.add(connection, judgement)

    def withdraw(self, judgement_id: str, withdrawn_on: str) -> None:
        """Withdraws the judgement, which stays in the ledger; ``withdrawn_on`` is ISO 8601.

        Raises UsageError where there is none of this id, or it was withdrawn before.
        """
        with self._writing() as connection:
            judgements.withdraw(connection, judgement_id, withdrawn_on)

    def judgements(self) -> list[Judgement]:
        """All judgements, withdrawn ones too, by when they were made, then id."""
        with self._reading() as connection:
            return judgements.all_judgements(connection)

    def words(self, target: Target, target_id: str) -> str | None:
        """The words that stand at a target now, for the judgement that is to be made on it.

        None where no active coding has it, or no incident has or had that id.
        """
        with self._reading() as connection:
            return judgements.words(connection, target, target_id)

    def attached(self) -> list[Judgement]:
        """The judgements in force, by when they were made, then id.

        Those that are not withdrawn, whose target is in the active coding of its report (an incident: is
        shown, under its id or another one that it was merged into), and whose ``words`` still stand there:
        the words of the statement's value, or its whole quote where the value has none; the mention's first
        cue; the first cue of the mention that gave the incident its id.
        """
        with self._reading() as connection:
            return judgements.attached(connection)

    # ---- how it was made ----

    def record_run(self, run: Run) -> None:
        """Adds a run to those that made this ledger."""
        with self._writing() as connection:
            runs.add(connection, run)

    def runs(self) -> list[Run]:
        """The runs that wrote to this ledger, the first one first."""
        with self._reading() as connection:
            return runs.all_runs(connection)
