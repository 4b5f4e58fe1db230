"""A ledger as a notebook or a script uses it: incidents by keywords, as data frames, into files."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sayso import publishing
from sayso.asking import check
from sayso.codebook import Codebook, load
from sayso.errors import UsageError
from sayso.exports.exporting import Counts, Order
from sayso.exports.formats import Format
from sayso.exports.frames import incidents_frame, statements_frame
from sayso.ledger import IncidentFilter, open_ledger, period
from sayso.ledger import Ledger as Store
from sayso.model import Incident, Report

if TYPE_CHECKING:
    from pandas import DataFrame


class Incidents:
    """Incidents of a ledger, read anew each time they are gone through; few are in memory at once."""

    def __init__(self, store: Store, wanted: IncidentFilter, *, without_private_names: bool) -> None:
        self._store, self._wanted = store, wanted
        self._without_private_names = without_private_names

    def __iter__(self) -> Iterator[Incident]:
        return publishing.chosen(self._store, self._wanted, without_private_names=self._without_private_names)

    def __len__(self) -> int:
        return sum(1 for _ in self._store.each_incident(self._wanted))

    def to_pandas(self) -> "DataFrame":
        """A data frame with one row an incident, in the columns of ``sayso export --format csv``.

        Days are datetimes, several values are lists, what is not known is missing. Who did it stands in
        ``attributions``, each with stance and speaker. Raises UsageError where pandas is not installed.
        """
        return incidents_frame(self)

    def statements_to_pandas(self) -> "DataFrame":
        """A data frame with one row a statement, in the columns of ``sayso export --format statements``.

        Raises UsageError where pandas is not installed.
        """
        return statements_frame(self)

    def write(
        self,
        path: str | Path,
        format: str = "csv",  # noqa: A002 - as the command has it
        *,
        strict: bool = False,
        codebook: str | Path | Codebook = "default",
    ) -> Counts:
        """Writes them as ``sayso export`` does, with a manifest beside, and tells how many rows there are.

        Args:
            path: The file; for ``acled``, ``ged`` and ``gtd`` the losses are written beside it.
            format: A format of ``sayso export``.
            strict: For ``acled``, ``ged`` and ``gtd``: the dataset's own columns alone.
            codebook: By which these tell what kind of actor somebody is.

        Raises UsageError for another format or a library that is missing, OutputError where it cannot be
        written, CodebookError for a codebook with faults.
        """
        if format not in list(Format):
            raise UsageError(f"There is no format {format!r}.", f"Use one of: {', '.join(Format)}.")
        order = Order(Format(format), book_of(codebook), strict, self._without_private_names)
        return publishing.export(self._store, self._wanted, Path(path), order)


class Ledger:
    """An open ledger, to be used in a ``with`` statement or closed. Made by ``sayso.open``.

    ``store`` is the ledger itself, with all that can be read from it and written to it.
    """

    def __init__(self, path: str | Path) -> None:
        self.store = open_ledger(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self.store.close()

    def incidents(
        self,
        *,
        since: str | None = None,
        until: str | None = None,
        country: str | None = None,
        event_type: str | None = None,
        actor: str | None = None,
        status: str | None = None,
        disputed: bool | None = None,
        without_private_names: bool = False,
    ) -> Incidents:
        """The incidents that match all that is asked, by date (unknown last), then id.

        Args:
            since: A day, month or year (2021-07-20, 2021-07, 2021): on or after its first day.
            until: The same: on or before its last day.
            country: ISO 3166-1 alpha-3, of any of its places.
            event_type: An event type or sub-event type.
            actor: The whole name or id of somebody who takes part.
            status: An attribution status.
            disputed: Whether its values disagree.
            without_private_names: Replace the names of persons who are not public by marks.

        Raises UsageError for a date or a status that cannot be, and for a country or a type that neither the
        ledger nor the default codebook has.
        """
        first, last = period(since, until)
        wanted = IncidentFilter(first, last, country, event_type, actor, status, disputed)
        check(self.store, wanted)
        return Incidents(self.store, wanted, without_private_names=without_private_names)

    def incident(self, incident_id: str) -> Incident | None:
        """The incident of this id, a former id or the beginning of one; None where there is none.

        Raises UsageError where several ids begin so.
        """
        return self.store.incident(incident_id)

    def report(self, report_id: str) -> Report | None:
        """The report of this id, with its text; None where there is none."""
        return self.store.report(report_id)


def book_of(codebook: str | Path | Codebook) -> Codebook:
    """A codebook by its name, its folder, or itself. Raises CodebookError for one with faults."""
    return codebook if isinstance(codebook, Codebook) else load(str(codebook))
