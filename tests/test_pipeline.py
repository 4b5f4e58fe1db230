"""From files to incidents: the same whatever the order, the batches and the number of processes."""

import json
import random
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sayso import pipeline
from sayso.codebook import Codebook
from sayso.exports import jsonl
from sayso.ledger import open_ledger
from sayso.model import CodedReport, Incident, Lineage
from sayso.pipeline import Inputs, Summary
from sayso.records import to_line, to_record
from sayso.settings import Settings
from tests.command import sayso

TODAY = date(2026, 1, 1)


def take_in(ledger: Path, paths: Iterable[Path]) -> Summary:
    """Reads the paths into the ledger in one go."""
    inputs = Inputs([str(path) for path in paths], "default", Settings(), TODAY)
    with open_ledger(ledger, create=True) as book:
        return pipeline.read(inputs, book, lambda _: None)


def exported(ledger: Path) -> str:
    with open_ledger(ledger) as book:
        return "\n".join(jsonl.lines(book.incidents()))


def shown(ledger: Path) -> tuple[list[Incident], list[Lineage]]:
    with open_ledger(ledger) as book:
        return book.incidents(), book.lineages()


def in_order(paths: Sequence[Path], order: str | int) -> list[Path]:
    """Forwards, backwards, or shuffled by a seed."""
    if isinstance(order, int):
        return random.Random(order).sample(paths, len(paths))  # noqa: S311
    return list(paths) if order == "forwards" else list(reversed(paths))


def batches(paths: Sequence[Path], number: int) -> list[Sequence[Path]]:
    return [paths[start::number] for start in range(number)]


@pytest.fixture(scope="module")
def files(examples: Path) -> list[Path]:
    return sorted(examples.iterdir())


@pytest.fixture(scope="module")
def whole(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the examples read at once."""
    ledger = tmp_path_factory.mktemp("whole") / "ledger.db"
    summary = take_in(ledger, [examples])
    assert summary.new > 20
    assert not summary.lost
    return ledger


# ---- order, batches, processes ----------------------------------------------------------------------


@pytest.mark.parametrize(("order", "number"), [("forwards", 5), ("backwards", 1), (1, 2), (2, 3), (3, 4)])
def test_neither_order_nor_batches_change_a_byte(
    order: str | int, number: int, files: list[Path], whole: Path, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger.db"
    for batch in batches(in_order(files, order), number):
        take_in(ledger, batch)
    assert exported(ledger) == exported(whole)
    assert shown(ledger)[1] == shown(whole)[1]


def test_neither_two_processes_nor_another_hash_seed_change_a_byte(
    files: list[Path], whole: Path, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger.db"
    for number, batch in enumerate(batches(in_order(files, 5), 2)):
        environment = {"PYTHONHASHSEED": str(number + 1)}
        done = sayso("read", *batch, "--ledger", ledger, "--jobs", "2", env=_environment(environment))
        assert done.status == 0, done.err
    assert sayso("export", "--ledger", ledger).out == exported(whole) + "\n"


def test_coded_reports_come_in_the_order_of_the_inputs(files: list[Path]) -> None:
    paths = in_order(files, 6)
    done = sayso("code", *paths, "--jobs", "2")
    printed = [json.loads(line)["path"] for line in done.out.splitlines()]
    assert list(dict.fromkeys(printed)) == [str(path) for path in paths]


def _environment(changed: dict[str, str]) -> dict[str, str]:
    import os

    return {**os.environ, **changed}


# ---- again, and copies ------------------------------------------------------------------------------


def row_counts(ledger: Path) -> dict[str, int]:
    with closing(sqlite3.connect(ledger)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in names
        }


def test_reading_again_changes_nothing(examples: Path, whole: Path) -> None:
    before, rows = exported(whole), row_counts(whole)
    summary = take_in(whole, [examples])
    assert (summary.new, summary.known) == (0, rows["reports"])
    assert exported(whole) == before
    assert row_counts(whole) == rows


def test_the_ledger_says_how_it_was_made(whole: Path, codebook: Codebook) -> None:
    with open_ledger(whole) as book:
        runs = book.runs()
    assert [run.made_on for run in runs] == [TODAY.isoformat()]
    assert runs[0].codebook_sha256 == codebook.sha256
    assert runs[0].counts == {"new": row_counts(whole)["reports"], "known": 0, "not_read": 0}


def values_of(incident: Incident) -> str:
    """All that an incident says, without the ids that say where it rests."""
    record = to_record(incident)
    kept = {
        key: value
        for key, value in record.items()
        if key not in ("incident_id", "part_of", "mentions", "statements", "reports", "basis")
    }
    return to_line(_without_ids(kept))


def _without_ids(record: Any) -> Any:
    if isinstance(record, dict):
        ids = ("statement_ids", "quotes", "from", "lineages")
        return {
            key: len(value) if key == "voices" else _without_ids(value)
            for key, value in record.items()
            if key not in ids
        }
    return [_without_ids(part) for part in record] if isinstance(record, list) else record


def copy_of(coded: CodedReport, publisher: str) -> str:
    """A JSON Lines record of the same text under another publisher."""
    report = coded.report
    record = {"text": report.text, "publisher": publisher, "published": report.published}
    return to_line({key: value for key, value in record.items() if value})


def with_copies(whole: Path, chosen: slice, tmp_path: Path) -> tuple[Path, int]:
    """A copy of the ledger into which exact copies of some of its reports were read, and their number."""
    ledger = tmp_path / "copies.db"
    ledger.write_bytes(whole.read_bytes())
    with open_ledger(ledger) as book:
        copied = list(book.coded_reports())[chosen]
    (tmp_path / "copies.jsonl").write_text("".join(copy_of(one, "Copying Courier") + "\n" for one in copied))
    assert take_in(ledger, [tmp_path / "copies.jsonl"]).new == len(copied)
    return ledger, len(copied)


@pytest.mark.parametrize("chosen", [slice(None), slice(3, 4), slice(11, 12), slice(19, 20)])
def test_an_exact_copy_changes_lineages_and_no_value(chosen: slice, whole: Path, tmp_path: Path) -> None:
    incidents, lineages = shown(whole)
    ledger, copies = with_copies(whole, chosen, tmp_path)
    after, lineages_after = shown(ledger)
    assert sorted(map(values_of, after)) == sorted(map(values_of, incidents))
    assert len(lineages_after) == len(lineages)
    assert sum(len(one.reports) for one in lineages_after) == copies + sum(
        len(one.reports) for one in lineages
    )
