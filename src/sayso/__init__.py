"""sayso: incidents of armed conflict from news reports, on whose say-so, with the words.

For Python users: ``sayso.code`` codes a text, ``sayso.open`` opens a ledger that ``sayso read`` made.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.ledger import Ledger
    from sayso.model import Incident

__all__ = ["code", "open"]


def code(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    codebook: str = "default",
) -> "list[Incident]":
    """What one report says by itself: its incidents, in the order in which it tells them.

    Args:
        text: The report as published; every quote of the result is a slice of it.
        published: The date (2021-07-20) against which "yesterday" is read; else the text's own.
        title: The headline, where the text does not hold it.
        publisher: Who published it.
        codebook: The name of a codebook that comes with sayso, or the folder of one.

    An empty list for a report that tells of nothing. Raises CodebookError for a codebook with faults.
    """
    from sayso import coding, pipeline, reports
    from sayso.codebook import load

    book = load(codebook)
    report = reports.make_report(text, book, published=published, title=title, publisher=publisher)
    return pipeline.reconciled_alone(coding.code(report, book), book)


def open(path: "str | Path" = "sayso.db") -> "Ledger":  # noqa: A001 - sayso.open() is how one says it
    """The ledger in that file, to be used in a ``with`` statement.

    Raises LedgerError where there is none, or it cannot be read.
    """
    from sayso.ledger import open_ledger

    return open_ledger(path)
