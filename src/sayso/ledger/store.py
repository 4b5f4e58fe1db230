"""What the rest of the program sees of a ledger: one class over the rooms' functions, and how to open it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlalchemy import Connection

from sayso.errors import UsageError
from sayso.ledger import (
    checking,
    codings,
    compared,
    copying,
    indexing,
    judgements,
    listing,
    opening,
    originals,
    purging,
    runs,
    search,
    tombstones,
    views,
)
from sayso.ledger.checking import Checked
from sayso.ledger.codings import Shelved
from sayso.ledger.compared import Compared, Found
from sayso.ledger.engines import damaged, reader_engine, told, writer_engine
from sayso.ledger.filters import IncidentFilter
from sayso.ledger.lines import UnreadableError
from sayso.ledger.listing import ActorCount, Group, Said, Spot, Stretch
from sayso.ledger.purging import Purged, Request
from sayso.ledger.runs import Run
from sayso.ledger.search import Passage
from sayso.ledger.tombstones import Tombstone
from sayso.ledger.views import IncidentRow
from sayso.model import CodedReport, Coding, Incident, Judgement, Lineage, Mention, Report, Statement, Target

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

    def coding_id(self, report_id: str, coding: Coding) -> str:
        """The id that this coding of this report has, whether it is there or not."""
        return codings.coding_id_of(report_id, coding)

    def has_coding(self, report_id: str, coding: Coding) -> bool:
        """Whether this very coding of this report is there, active or not."""
        with self._reading() as connection:
            return codings.has(connection, codings.coding_id_of(report_id, coding))

    def add(self, coded: CodedReport, raw: bytes | None = None) -> bool:
        """Adds the report and its coding, which becomes the active one of that report.

        ``raw`` are the bytes that the report was read from, if they are to be kept.

        Returns False, having changed nothing, where this very coding was there: by the same coder and
        version, with the same codebook and gazetteer. Raises UsageError where its text was purged.
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

    def coded(self, coding_ids: Sequence[str]) -> dict[str, CodedReport]:
        """coding_id -> the report with that coding, active or not; one that is not there is left out."""
        with self._reading() as connection:
            return codings.chosen(connection, coding_ids)

    def reports_of(self, ids: Iterable[str]) -> dict[str, str]:
        """Id of a mention or statement -> its report_id; an id that is neither is left out."""
        with self._reading() as connection:
            return codings.reports_of(connection, ids)

    def report(self, report_id: str) -> Report | None:
        """The report as its active coding saw it; None where it is not in the ledger."""
        with self._reading() as connection:
            return codings.report(connection, report_id)

    def shelf(self) -> list[Shelved]:
        """All reports, by report_id, as a list shows them: without their texts."""
        with self._reading() as connection:
            return codings.shelf(connection)

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

    def turn(self) -> int:
        """A number that is another after each linking and each purge."""
        with self._reading() as connection:
            return compared.turn(connection)

    def compared_facts(self, ids: Iterable[str]) -> dict[str, str]:
        """What was compared of some mentions, by id, as the lines that ``relink`` was given."""
        with self._reading() as connection:
            return compared.facts(connection, ids)

    def relink(
        self,
        turn: int,
        found: Found,
        lineages: Sequence[Lineage],
        incidents: Iterable[IncidentRow],
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

    def page(self, chosen: IncidentFilter, start: int, size: int, *, latest: bool = False) -> list[Incident]:
        """So many of what ``incidents`` gives, from one on (0 is the first); with ``latest`` from the end."""
        with self._reading() as connection:
            return views.page(connection, chosen, start, size, latest=latest)

    def incident(self, incident_id: str) -> Incident | None:
        """The incident of this id; a former id, and the beginning of an id, will do.

        Returns None where there is none. Raises UsageError where several ids begin so.
        """
        with self._reading() as connection:
            return views.get(connection, incident_id)

    def told_by(self, report_ids: Sequence[str]) -> list[str]:
        """The ids of the incidents of which any of these reports tells, in the order of lists."""
        with self._reading() as connection:
            return views.told_by(connection, report_ids)

    def has_term(self, kind: Literal["actor", "country", "event_type"], word: str) -> bool:
        """Whether a filter that asks for this actor, country or type alone finds any incident."""
        with self._reading() as connection:
            return views.has_term(connection, kind, word)

    def incident_of(self, mention_id: str) -> Incident | None:
        """The incident that holds the mention; None where none does."""
        with self._reading() as connection:
            return views.holding(connection, mention_id)

    def lineages(self) -> list[Lineage]:
        """The lineages in the order in which they were given."""
        with self._reading() as connection:
            return views.all_lineages(connection)

    def lineage(self, report_id: str) -> Lineage | None:
        """The lineage of a report; None where it is in none, as before the first linking."""
        with self._reading() as connection:
            return views.lineage_of(connection, report_id)

    # ---- counts over the views ----

    def count(self, chosen: IncidentFilter = _ALL) -> int:
        """How many incidents match."""
        with self._reading() as connection:
            return listing.count(connection, chosen)

    def needing_eyes(self, chosen: IncidentFilter, start: int, size: int) -> list[str]:
        """The ids of some incidents that match and that nobody judged, what most needs eyes first."""
        with self._reading() as connection:
            return listing.needing_eyes(connection, chosen, start, size)

    def stretches(self, chosen: IncidentFilter = _ALL) -> list[Stretch]:
        """The incidents that match, counted by the interval of their date."""
        with self._reading() as connection:
            return listing.stretches(connection, chosen)

    def groups(self, chosen: IncidentFilter = _ALL) -> list[Group]:
        """The incidents that match, counted by type, status and country."""
        with self._reading() as connection:
            return listing.groups(connection, chosen)

    def spots(self, chosen: IncidentFilter = _ALL) -> list[Spot]:
        """The places that have coordinates of the incidents that match, with how many are there."""
        with self._reading() as connection:
            return listing.spots(connection, chosen)

    def divisions(self, country: str) -> list[str]:
        """The first-level divisions of a country (ISO 3166-1 alpha-3) in which an incident is."""
        with self._reading() as connection:
            return listing.divisions(connection, country)

    def actors(self, words: str | None, start: int, size: int) -> tuple[int, list[ActorCount]]:
        """How many actors are said or denied to have done something, and some of them.

        words  what the name or id must hold; None asks nothing.
        """
        with self._reading() as connection:
            return listing.actors(connection, words, start, size)

    def said(self, *, actor: str | None = None, speaker: str | None = None) -> list[Said]:
        """What is said about an actor, or by a speaker, about who did it; by folded id, else folded name."""
        with self._reading() as connection:
            return list(listing.said(connection, actor=actor, speaker=speaker))

    def private_names(self) -> list[tuple[str, list[str]]]:
        """The names of private persons, each with the reports of the incidents that name them."""
        with self._reading() as connection:
            return indexing.names_of_private_persons(connection)

    def linked(self) -> int:
        """A number that every linking changes: what was made of the views before is then out of date."""
        with self._reading() as connection:
            return views.number_of_linkings(connection)

    # ---- people ----

    def judge(self, judgement: Judgement, beside: CodedReport | None = None) -> None:
        """Adds the judgement; the same one twice is one.

        ``beside`` is what the person coded, for a judgement "add": kept beside the active coding of the
        report, and in force while the judgement is.

        Raises UsageError where another judgement has its id.
        """
        with self._writing() as connection:
            if beside is not None:
                codings.add(connection, beside, active=False)
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

    def judgement_ids(self, beginning: str) -> list[str]:
        """The ids of judgements that begin so, sorted."""
        with self._reading() as connection:
            return judgements.beginning(connection, beginning)

    def words(self, target: Target, target_id: str) -> str | None:
        """The words that stand at a target now, for the judgement that is to be made on it.

        Those of a report are empty: its text never changes. None where no coding in force has it, no
        incident has or had that id, or the report is not there.
        """
        with self._reading() as connection:
            return judgements.words(connection, target, target_id)

    def items(self, beginning: str) -> list[tuple[Target, str]]:
        """What has an id that begins so: incidents, then mentions, statements, reports, each by id.

        At most six of a kind. Mentions and statements are those of codings in force; a former id of an
        incident stands for the incident.
        """
        with self._reading() as connection:
            return judgements.items(connection, beginning)

    def statement(self, statement_id: str) -> Statement | None:
        """The statement as the coding in force has it, of its first mention; None where it is not there."""
        with self._reading() as connection:
            return codings.statement(connection, statement_id, judgements.in_force())

    def mention(self, mention_id: str) -> tuple[Mention, list[Statement]] | None:
        """The mention and its statements as the coding in force has them; None where it is not there."""
        with self._reading() as connection:
            return codings.mention(connection, mention_id, judgements.in_force())

    def attached(self) -> list[Judgement]:
        """The judgements in force, by when they were made, then id.

        Those that are not withdrawn, whose target is in the active coding of its report or in what a person
        added to it, and whose ``words`` still stand there: the words of the statement's value, or its whole
        quote where the value has none; the mention's first cue; the first cue of the mention that gave the
        incident its id. ``groups`` hold the mentions of which that is so.
        """
        with self._reading() as connection:
            return judgements.attached(connection)

    def asked_again(self) -> list[Judgement]:
        """The judgements that are neither withdrawn nor in force: other words stand there, or none."""
        with self._reading() as connection:
            return judgements.asked_again(connection)

    def beside(self) -> list[CodedReport]:
        """What people added to reports and did not withdraw, in the order in which they did."""
        with self._reading() as connection:
            return list(codings.chosen(connection, judgements.beside(connection)).values())

    def added(self) -> dict[str, tuple[str, ...]]:
        """report_id -> the coding_ids of what people added to it, in the order of ``beside``."""
        with self._reading() as connection:
            coding_ids = judgements.beside(connection)
            report_of = codings.reports_of(connection, coding_ids)
        found: dict[str, tuple[str, ...]] = {}
        for one in dict.fromkeys(coding_ids):
            if one in report_of:
                found[report_of[one]] = (*found.get(report_of[one], ()), one)
        return found

    # ---- care ----

    def search(self, words: str, *, most: int = 20, quotes_only: bool = False) -> Iterator[Passage]:
        """Where all the words stand, in the best ``most`` reports, some at a time, as it was when it began.

        ``"words in this order"`` in quotation marks, the beginning of a word with a star. Case and accents do
        not matter. ``quotes_only``: only passages that the quote of a statement holds.

        Raises UsageError where no word is asked for.
        """
        with self._reading() as connection:
            yield from search.search(connection, words, most=most, quotes_only=quotes_only)

    def check(self, *, noted: str | None = None) -> Checked:
        """Looks at everything that is kept, and tells what is wrong.

        ``noted`` is the digest with which the history ended once: a history that was cut lacks it.
        """
        with self._reading() as connection:
            found = checking.check(connection, noted)
        with self._writing() as connection:
            return replace(found, faults=(*found.faults, *checking.check_search(connection)))

    def backup(self, path: Path) -> None:
        """Writes a sound copy as of this moment, while others go on reading and writing.

        Raises LedgerError where there is a file already, or it cannot be written.
        """
        copying.copy(self.path, path)

    def purge(self, report_id: str, request: Request) -> Purged:
        """Takes a report out, with all that was made of it, and packs the file; see ``pack``.

        What it was part of is gone from the views too, until the ledger is linked again. Raises UsageError
        where it is not there.
        """
        with self._writing() as connection:
            gone = purging.purge(connection, report_id, request)
        self.pack()
        return gone

    def pack(self) -> None:
        """Writes the file anew without what was deleted, and empties the log beside it.

        Raises LedgerError where somebody is reading an older state: run it again when they have finished.
        """
        with told(self.path):
            copying.pack(self._writer, self.path)
        with self._writing() as connection:
            tombstones.finish(connection)

    def tombstones(self) -> list[Tombstone]:
        """What was purged and when, the first one first; not what it was."""
        with self._reading() as connection:
            return tombstones.all_stones(connection)

    def tombstone(self, text_id: str) -> Tombstone | None:
        """The tombstone of a text; None where it was not purged."""
        with self._reading() as connection:
            return tombstones.of_text(connection, text_id)

    # ---- how it was made ----

    def record_run(self, run: Run) -> None:
        """Adds a run to those that made this ledger."""
        with self._writing() as connection:
            runs.add(connection, run)

    def runs(self) -> list[Run]:
        """The runs that wrote to this ledger, the first one first."""
        with self._reading() as connection:
            return runs.all_runs(connection)
