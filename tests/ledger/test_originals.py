"""The bytes that reports were read from come back as they were, once each, and nobody changes them."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import LedgerError
from sayso.ledger import Ledger, open_ledger
from sayso.model import CodedReport
from tests.ledger.conftest import Dump, MakeCoded


def read_from(coded: CodedReport, raw: bytes) -> CodedReport:
    return replace(coded, report=replace(coded.report, raw_sha256=hashlib.sha256(raw).hexdigest()))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=2000))
def test_bytes_come_back(tmp_path: Path, make_coded: MakeCoded, raw: bytes) -> None:
    path = tmp_path / f"{hashlib.sha256(raw).hexdigest()}.db"
    coded = read_from(make_coded(1), raw)
    with open_ledger(path, create=True) as ledger:
        assert ledger.raw(coded.report.report_id) is None
        ledger.add(coded, raw)
        assert ledger.raw(coded.report.report_id) == raw
        assert ledger.report(coded.report.report_id) == coded.report
    path.unlink()


def test_the_same_bytes_are_kept_once(ledger: Ledger, path: Path, make_coded: MakeCoded, dump: Dump) -> None:
    raw = b"two reports in one" * 1000
    for number in (1, 2):
        ledger.add(read_from(make_coded(number), raw), raw)
    ((_, size, packed),) = dump(path)["originals"]
    assert (size, len(packed) < len(raw) / 10) == (len(raw), True)
    assert [ledger.raw(make_coded(number).report.report_id) for number in (1, 2)] == [raw, raw]


def test_what_is_known_keeps_nothing_more(
    ledger: Ledger, path: Path, make_coded: MakeCoded, dump: Dump
) -> None:
    ledger.add(read_from(make_coded(1), b"one"), b"one")
    assert not ledger.add(read_from(make_coded(1), b"other"), b"other")
    assert len(dump(path)["originals"]) == 1


def test_nobody_changes_them_and_what_differs_is_told(path: Path, make_coded: MakeCoded) -> None:
    coded = read_from(make_coded(1), b"raw")
    with open_ledger(path, create=True) as ledger:
        ledger.add(coded, b"raw")
    with closing(sqlite3.connect(path)) as connection:
        for order in ("UPDATE originals SET size = 1", "DELETE FROM originals"):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                connection.execute(order)
        connection.execute("DROP TRIGGER originals_update")
        connection.execute("UPDATE originals SET packed = x'00'")
        connection.commit()
    with open_ledger(path) as ledger, pytest.raises(LedgerError, match="is damaged"):
        ledger.raw(coded.report.report_id)
