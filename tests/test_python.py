"""What a Python user sees."""

from pathlib import Path

import pytest

import sayso
from sayso.errors import LedgerError

TEXT = """A car bomb killed four people in Mosul on Monday.

Islamic State claimed responsibility for the attack."""


def test_a_text_is_coded() -> None:
    (incident,) = sayso.code(TEXT, published="2016-03-15")
    assert incident.date.edtf == "2016-03-14"
    assert incident.attribution_status == "claimed"
    assert all(TEXT[one.quote.start : one.quote.end] == one.quote.text for one in incident.statements)


def test_a_text_without_an_incident_gives_none() -> None:
    assert sayso.code("The market was quiet on Monday.") == []


def test_a_ledger_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="none"):
        sayso.open(tmp_path / "none.db")
