"""What is made to keep a reader busy or fill the memory gives a message, and the next file is read."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.codebook import Codebook
from sayso.model import Problem, Report
from sayso.reports import read
from sayso.reports.bounded import Bounded
from sayso.reports.document import UnreadableError
from sayso.settings import Settings
from tests.reports.making import PAGE, bomb, docx, many_attributes, mutated, nested


@pytest.fixture(scope="module")
def bounded() -> Iterator[Bounded]:
    with Bounded(Settings(reader_seconds=20)) as bounded:
        yield bounded


def test_a_page_that_keeps_the_parser_busy_is_given_up_and_the_next_one_read() -> None:
    with Bounded(Settings(reader_seconds=3)) as bounded:
        bounded.read("html", PAGE.encode())  # the process is there, and has loaded what it needs
        start = time.monotonic()
        with pytest.raises(UnreadableError, match="more than 3 seconds") as told:
            bounded.read("html", many_attributes())
        assert 3 <= time.monotonic() - start < 10
        assert "SAYSO_READER_SECONDS" in told.value.mend
        assert "Rockets hit Charda" in bounded.read("html", PAGE.encode()).text


@pytest.mark.parametrize("tag", ["div", "table", "b", "font", "ul", "svg"])
def test_elements_in_elements_without_end(bounded: Bounded, tag: str) -> None:
    with pytest.raises(UnreadableError, match="nested too deeply"):
        bounded.read("html", nested(tag, 300_000))
    assert bounded.read("html", nested(tag, 100)).text.startswith("Words before.")


def test_what_fills_the_memory_is_told_and_the_next_one_read() -> None:
    with Bounded(Settings(reader_megabytes=400, max_report_characters=100_000_000)) as bounded:
        with pytest.raises(UnreadableError, match="megabytes of memory"):
            bounded.read("html", b"<p>" + b"<b>x</b> " * 3_000_000)
        assert bounded.read("html", PAGE.encode()).text


def test_a_bomb_is_not_unpacked(bounded: Bounded) -> None:
    assert len(bomb(80)) < 200_000
    with pytest.raises(UnreadableError, match="unpacks to"):
        bounded.read("docx", bomb(80))
    with pytest.raises(UnreadableError, match="characters"):
        bounded.read("docx", bomb(5))


def test_a_process_that_was_ended_is_started_again(bounded: Bounded) -> None:
    assert bounded.read("docx", docx()).text
    process = bounded._process
    assert process is not None
    process.kill()
    process.wait()
    assert bounded.read("docx", docx()).text


def test_a_file_in_the_current_folder_is_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("lxml.py", "trafilatura.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit('taken for a library')")
    monkeypatch.chdir(tmp_path)
    with Bounded(Settings()) as bounded:
        assert bounded.read("html", PAGE.encode()).text


def test_broken_inputs_are_all_accounted_for(tmp_path: Path, codebook: Codebook) -> None:
    """As scripts/measure.py mutations does with thousands."""
    names = []
    for name, data in mutated(120, seed=1):
        (tmp_path / name).write_bytes(data)
        names.append(name)
    seconds = 10
    start = time.monotonic()
    seen: dict[str, list[Report | Problem]] = {name: [] for name in names}
    for one in read([str(tmp_path)], codebook, Settings(reader_seconds=seconds)):
        seen[Path(one.path or "").name].append(one)
    assert [name for name, found in seen.items() if not found] == []
    assert time.monotonic() - start < 20 * len(names)
    for found in seen.values():
        for one in found:
            if isinstance(one, Report):
                assert one.text.strip()
                assert all(0 <= region.start < region.end <= len(one.text) for region in one.regions)
            else:
                assert one.what
                assert one.mend
