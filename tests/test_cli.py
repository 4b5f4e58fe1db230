"""The commands: their help, what they print, their filters."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
import typer

from sayso.cli import app
from sayso.exports import text
from sayso.ledger import open_ledger
from sayso.model import Incident
from tests.command import sayso

Record = dict[str, Any]

GROUP: Any = typer.main.get_command(app)
COMMANDS: dict[str, Any] = {
    f"{name} {below}".strip(): command
    for name, group in GROUP.commands.items()
    for below, command in {"": group, **getattr(group, "commands", {})}.items()
}
# Not pydantic: the library of the commands loads it for itself.
HEAVY = ("sqlalchemy", "alembic", "yaml", "rich", "sayso.coding", "sayso.ledger", "multiprocessing")
STANCES = re.compile(r"\b(claim|den[iy]|reject|accuse|suspect|named by|stated|dispute)")


@pytest.fixture(scope="module")
def ledger(examples_ledger: Path) -> Path:
    """A ledger of the examples; not to be changed."""
    return examples_ledger


@pytest.fixture(scope="module")
def records(ledger: Path) -> list[Record]:
    """The incidents as ``sayso export`` gives them."""
    return [json.loads(line) for line in sayso("export", "--ledger", ledger).out.splitlines()]


# ---- help -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], *(name.split() for name in COMMANDS)], ids=" ".join)
def test_help_works_and_loads_nothing_heavy(command: Sequence[str]) -> None:
    script = (
        "import atexit, sys\n"
        f"atexit.register(lambda: print([name for name in {HEAVY!r} if name in sys.modules]))\n"
        "from sayso.cli import main\n"
        f"sys.argv = ['sayso', *{list(command)!r}, '--help']\n"
        "main()\n"
    )
    line = [sys.executable, "-c", script]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"Usage: {' '.join(['sayso', *command])}")
    assert lines[-1] == "[]"
    assert done.stderr == ""


def test_every_option_has_its_help() -> None:
    for name, command in COMMANDS.items():
        for parameter in command.params:
            assert getattr(parameter, "help", None) or parameter.name == "help", (name, parameter.name)


# ---- what is printed --------------------------------------------------------------------------------


def test_a_pipe_gets_no_escape_codes(ledger: Path, examples: Path, records: list[Record]) -> None:
    for arguments in (
        ("read", examples),
        ("incidents",),
        ("show", records[0]["incident_id"]),
        ("export",),
    ):
        done = sayso(*arguments, "--ledger", ledger)
        assert done.status == 0
        assert "\x1b" not in done.out + done.err
        assert "\r" not in done.out + done.err


HOSTILE = (
    "KABUL, June 3, 2019 - Rockets hit Kabul \x1b[2J\x1b]0;gone\x07 on Monday \u202eno\x9b1m, killing 2.\n"
)


def test_words_of_a_report_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "hostile.txt").write_text(HOSTILE)
    ledger = tmp_path.parent / f"{tmp_path.name}.db"
    done = sayso("read", tmp_path, "--ledger", ledger)
    pages = [done.out]
    ids = [json.loads(line)["incident_id"] for line in sayso("export", "--ledger", ledger).out.splitlines()]
    pages += [sayso("show", incident_id, "--ledger", ledger).out for incident_id in ids]
    assert "\\x1b[2J" in "".join(pages)  # the words are shown, and do nothing
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", "".join(pages))


def test_read_prints_the_incidents_and_tells_what_it_did(examples: Path, ledger: Path) -> None:
    done = sayso("read", examples, "--ledger", ledger)
    assert done.out == sayso("incidents", "--ledger", ledger).out
    assert re.fullmatch(r"0 new reports, \d+ known, 0 not read\n", done.err)


def test_export_to_a_file_gives_what_is_printed(ledger: Path, tmp_path: Path) -> None:
    printed = sayso("export", "--ledger", ledger)
    output = tmp_path / "incidents.jsonl"
    done = sayso("export", "--ledger", ledger, "-o", output)
    assert (done.status, done.out) == (0, "")
    assert output.read_text() == printed.out
    assert f"{printed.out.count(chr(10))} incidents written to {output}" in done.err


def interrupted(examples: Path, path: Path) -> tuple[int, str]:
    """Exit status and messages of a reading that Ctrl-C ended."""
    line = [sys.executable, "-m", "sayso.cli", "read", str(examples), "--ledger", str(path)]
    # What runs in the background inherits that Ctrl-C is ignored: undone, so that this is one at a terminal.
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(line, stdout=PIPE, stderr=PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, heard)
    with process:
        assert process.stderr is not None
        while not path.exists():
            time.sleep(0.01)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        return process.wait(), process.stderr.read()


def test_an_interrupted_reading_says_so_and_goes_on(examples: Path, ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    status, err = interrupted(examples, path)
    assert status == 130
    assert "Traceback" not in err
    assert "goes on from there" in err
    assert sayso("read", examples, "--ledger", path).status == 0
    assert sayso("export", "--ledger", path).out == sayso("export", "--ledger", ledger).out


# ---- filters ----------------------------------------------------------------------------------------


def countries(record: Record) -> set[str]:
    return {place["country"] for place in (record["place"], *record["places"]) if place}


def actors(record: Record) -> set[str]:
    named = [*record["perpetrators"], *record["targets"], *record["victims"]]
    named += [one for side in record["sides"] or () for one in side]
    names = {one["actor_id"] for one in named} | {name for one in named for name in one["mentions"]}
    names |= {one["name"] for one in named}
    names |= {name for row in record["attributions"] for name in (row["actor"], row["actor_id"])}
    return {name.casefold() for name in names if name}


def on_or_after(day: str) -> Callable[[Record], bool]:
    def holds(record: Record) -> bool:
        earliest, latest = record["date"]["earliest"], record["date"]["latest"]
        return bool(latest >= day) if latest else bool(earliest)

    return holds


def on_or_before(day: str) -> Callable[[Record], bool]:
    def holds(record: Record) -> bool:
        earliest, latest = record["date"]["earliest"], record["date"]["latest"]
        return bool(earliest <= day) if earliest else bool(latest)

    return holds


FILTERS: list[tuple[tuple[str, ...], Callable[[Record], bool]]] = [
    (("--country", "AFG"), lambda one: "AFG" in countries(one)),
    (("--country", "afg"), lambda one: "AFG" in countries(one)),
    (("--type", "Arrests"), lambda one: one["sub_event_type"] == "Arrests"),
    (("--type", "Violence against civilians"), lambda one: one["event_type"] == "Violence against civilians"),
    (("--actor", "taliban"), lambda one: "taliban" in actors(one)),
    (("--status", "claimed"), lambda one: one["attribution_status"] == "claimed"),
    (("--status", "unknown"), lambda one: one["attribution_status"] == "unknown"),
    (("--disputed",), lambda one: bool(one["disagreements"])),
    (("--undisputed",), lambda one: not one["disagreements"]),
    (("--since", "2019-02-28"), on_or_after("2019-02-28")),
    (("--since", "2019"), on_or_after("2019-01-01")),
    (("--until", "2018-10"), on_or_before("2018-10-31")),
    (
        ("--since", "2019-02", "--until", "2019-02", "--country", "AFG"),
        lambda one: (
            on_or_after("2019-02-01")(one) and on_or_before("2019-02-28")(one) and "AFG" in countries(one)
        ),
    ),
]


@pytest.mark.parametrize(("options", "holds"), FILTERS, ids=[" ".join(options) for options, _ in FILTERS])
def test_a_filter_gives_all_that_match_and_no_other(
    options: Sequence[str], holds: Callable[[Record], bool], ledger: Path, records: list[Record]
) -> None:
    done = sayso("incidents", *options, "--format", "jsonl", "--ledger", ledger)
    wanted = [record for record in records if holds(record)]
    assert 0 < len(wanted) < len(records)  # else the filter is not tried
    assert [json.loads(line) for line in done.out.splitlines()] == wanted


def test_nothing_that_matches_is_said_and_no_failure(ledger: Path) -> None:
    done = sayso("incidents", "--country", "ISL", "--ledger", ledger)
    assert (done.status, done.out) == (0, "")
    assert "No incident matches" in done.err


# ---- one incident -----------------------------------------------------------------------------------


def test_show_prints_all_that_is_said_with_the_words_and_where_they_stand(
    ledger: Path, records: list[Record]
) -> None:
    record = max(records, key=lambda one: (len(one["disagreements"]), len(one["statements"])))
    assert record["disagreements"]
    page = sayso("show", record["incident_id"][:10], "--ledger", ledger).out
    for statement in record["statements"]:
        quote = statement["quote"]
        place = f"[{quote['report_id'][:10]} {quote['start']}:{quote['end']}]"
        assert f"{place} {' '.join(quote['text'].split())}" in page
        assert f"speaker {statement['speaker']}" in page
        assert f": {statement['stance']}" in page
        assert f"\n{statement['field']}" in page
    for row in record["counts"]:
        assert re.search(rf"^  {row['field']} +[\d?+-]", page, re.MULTILINE)
    for disagreement in record["disagreements"]:
        assert f"disagreement on {disagreement['field']}\n" in page
    for report in record["reports"]:
        assert f"- {report['report_id'][:10]}  " in page
    assert f"told by {len(record['reports'])} report" in page


def printed(incident: Incident) -> Iterator[str]:
    """All lines that any table or page prints of an incident, but for the words of the reports themselves."""
    yield from text.rows([incident])
    yield from (
        line
        for line in text.page(incident, [])
        if not re.match(r"      \[[0-9a-f]{10} \d+:\d+\] |    - [0-9a-f]{10}  ", line)
    )


def names_of(incident: Incident) -> set[str]:
    """The names of whoever is said to have done it, or to have denied it."""
    named = {name for one in incident.perpetrators for name in (one.name, *one.mentions)}
    return named | {row.actor for row in incident.attributions}


def test_no_line_names_anybody_beside_an_act_without_stance_and_speaker(ledger: Path) -> None:
    with open_ledger(ledger) as book:
        incidents = book.incidents()
    seen = 0
    for incident in incidents:
        places = {text.where(place) for place in (incident.place, *incident.places)}
        speakers = {one.speaker for one in incident.statements} | {"the report"}
        # "claimed by the army": it speaks of itself
        speakers |= {row.actor for row in incident.attributions if row.stance in ("claimed", "denied")}
        for line in printed(incident):
            said = line
            for place in places:  # a country may be an actor and a place
                said = said.replace(place, "")
            for name in names_of(incident):
                if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said):
                    seen += 1
                    assert STANCES.search(said), line
                    assert any(speaker in said for speaker in speakers), line
    assert seen > 30  # else nothing was looked at
