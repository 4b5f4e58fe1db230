"""sayso: incidents of armed conflict from news reports, on whose say-so, with the words.

For Python users: ``sayso.code`` codes a text, ``sayso.open`` opens a ledger that ``sayso read`` made,
``sayso.make_codebook`` makes a codebook of your own, ``sayso.to_pandas`` a data frame.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pandas import DataFrame

    from sayso.codebook import Codebook
    from sayso.coding import Coder
    from sayso.model import Incident
    from sayso.notebook import Ledger

__all__ = ["code", "make_codebook", "open", "to_pandas"]


def code(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    codebook: "str | Path | Codebook" = "default",
    coder: "Coder | None" = None,
) -> "list[Incident]":
    """What one report says by itself: its incidents, in the order in which it tells them.

    Args:
        text: The report as published; every quote of the result is a slice of it.
        published: The date (2021-07-20) against which "yesterday" is read; else the text's own.
        title: The headline, where the text does not hold it.
        publisher: Who published it.
        codebook: The name of a codebook that comes with sayso, the folder of one, or a codebook.
        coder: What reads the report; the rules that come with sayso, if not given.

    An empty list for a report that tells of nothing. Raises CodebookError for a codebook with faults.
    """
    from sayso import coding, pipeline, reports
    from sayso.codebook import Codebook, load

    book = codebook if isinstance(codebook, Codebook) else load(str(codebook))
    report = reports.make_report(text, book, published=published, title=title, publisher=publisher)
    return pipeline.reconciled_alone(coding.code(report, book, coder), book)


def open(path: "str | Path" = "sayso.db") -> "Ledger":  # noqa: A001 - sayso.open() is how one says it
    """The ledger in that file, to be used in a ``with`` statement, or closed.

    Raises LedgerError where there is none, or it cannot be read.
    """
    from sayso.notebook import Ledger

    return Ledger(path)


def make_codebook(
    files: "Mapping[str, str]", *, name: str = "mine", extends: str | None = "default"
) -> "Codebook":
    """A codebook made of files given as texts by name (docs/codebook-files.md), laid over another one.

    Raises CodebookError with every fault at once.
    """
    from sayso.codebook import make_codebook as made

    return made(files, name=name, extends=extends)


def to_pandas(incidents: "Iterable[Incident]") -> "DataFrame":
    """A data frame with one row an incident, as of ``sayso.code``; see ``Incidents.to_pandas``.

    Raises UsageError where pandas is not installed.
    """
    from sayso.exports.frames import incidents_frame

    return incidents_frame(incidents)
