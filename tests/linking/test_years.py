"""A day without a year gets it from another report of the incident, and says so."""

from pathlib import Path

import pytest

from sayso import pipeline
from sayso.codebook import Codebook
from sayso.coding import code
from sayso.incidents.dates import YEAR_RULE
from sayso.ledger import open_ledger
from sayso.model import Date
from sayso.reports import make_report

BLAST = "A bomb hidden in a melon cart killed six people in the market of Charikar"
YEARLESS = f"On 20 July {BLAST[0].lower()}{BLAST[1:]}. Doctor Ilva Kresten said that nineteen were hurt."


@pytest.mark.parametrize(
    ("other", "day", "inferred"),
    [
        ((f"{BLAST} in July, Doctor Ilva Kresten said.", "2021-08-03"), "2021-07-20", True),
        # Who names the whole day tells it: nothing has to be inferred.
        ((f"{BLAST} on Tuesday, Doctor Ilva Kresten said.", "2021-07-21"), "2021-07-20", False),
        # Another July, another cart: nobody tells the year of the first.
        (("In July soldiers seized rifles in Herat, the army said.", "2019-08-03"), None, False),
    ],
)
def test_the_year_comes_from_the_incident(
    other: tuple[str, str], day: str | None, inferred: bool, codebook: Codebook, tmp_path: Path
) -> None:
    with open_ledger(tmp_path / "sayso.db", create=True) as book:
        # One after the other: the year is taken back to what was linked before.
        for text, when in ((YEARLESS, None), other):
            book.add(code(make_report(text, codebook, published=when), codebook))
            pipeline.link(book, codebook)
        [told] = [one for one in book.incidents() if one.killed and one.killed.best == 6]
    assert told.date.earliest == told.date.latest == day
    if day is None:
        assert told.date == Date(None, None, "unknown", "XXXX-07-20")
    assert (told.date.inferred is not None) is inferred
    if told.date.inferred:
        assert told.date.inferred.rule == YEAR_RULE
        quotes = {one.report_id for one in told.statements if one.statement_id in told.date.inferred.from_}
        assert len(quotes) == 2
