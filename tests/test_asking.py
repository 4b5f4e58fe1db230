"""A code that there is not is told, with what looks like it; what matches nothing is an answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import sayso as package
from sayso.asking import check
from sayso.codebook import load
from sayso.errors import UsageError
from sayso.ledger import IncidentFilter, Ledger, open_ledger
from tests.command import sayso


@pytest.fixture(scope="module")
def path(examples_ledger: Path) -> Path:
    return examples_ledger


@pytest.fixture
def book(path: Path) -> Iterator[Ledger]:
    with open_ledger(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("given", "alike"),
    [
        ("Afghanistan", "AFG (Afghanistan)"),
        ("afghan", "AFG (Afghanistan)"),
        ("AF", "AFG (Afghanistan)"),
        ("GER", "DEU (Germany)"),
        ("Afganistan", "AFG (Afghanistan)"),
        ("", "Nothing looks like it"),
        ("qqqq", "Nothing looks like it"),
    ],
)
def test_what_is_no_country_is_told_with_what_looks_like_it(given: str, alike: str, book: Ledger) -> None:
    with pytest.raises(UsageError, match="alpha-3") as told:
        check(book, IncidentFilter(country=given))
    assert alike in str(told.value)


def test_every_code_and_type_of_the_codebook_may_be_asked_for_in_any_case(book: Ledger) -> None:
    rows = load("default")
    for row in rows.countries:
        check(book, IncidentFilter(country=row.country))
        check(book, IncidentFilter(country=row.country.lower()))
    for kind in rows.event_types:
        check(book, IncidentFilter(event_type=kind.event_type.upper()))
        check(book, IncidentFilter(event_type=kind.sub_event_type.lower()))


def test_what_is_no_type_is_told_with_what_looks_like_it(book: Ledger) -> None:
    with pytest.raises(UsageError, match="Did you mean Suicide bomb"):
        check(book, IncidentFilter(event_type="suicide bombing"))


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("incidents", ("--country", "Syria")),
        ("export", ("--country", "Syria")),
        ("brief", ("--type", "Battle")),
        ("chart", ("--status", "claim")),
    ],
)
def test_no_command_writes_anything_for_a_code_that_there_is_not(
    command: str, asked: tuple[str, str], path: Path, tmp_path: Path
) -> None:
    output: list[str | Path] = [] if command == "incidents" else ["-o", tmp_path / "made.svg"]
    done = sayso(command, *asked, *output, "--ledger", path)
    assert (done.status, done.out) == (2, "")
    assert repr(asked[1]) in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("export", ("--actor", "Nobody at all")),
        ("brief", ("--country", "ISL")),
        ("chart", ("--until", "1903")),
    ],
)
def test_what_matches_nothing_is_said_and_is_no_failure(
    command: str, asked: tuple[str, str], path: Path, tmp_path: Path
) -> None:
    written: list[str | Path] = ["-o", tmp_path / "made.svg"]
    for output in ([], written):
        done = sayso(command, *asked, *output, "--ledger", path)
        assert done.status == 0, done.err
        assert done.err.count("No incident matches.") == 1
    assert (tmp_path / "made.svg").is_file()


def test_python_is_told_at_once(path: Path) -> None:
    with package.open(path) as ledger, pytest.raises(UsageError, match="SYR"):
        ledger.incidents(country="Syria")
