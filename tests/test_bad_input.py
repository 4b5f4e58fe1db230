"""Broken inputs, broken ledgers, broken codebooks, full disks: what users are told, and what goes on."""

import ctypes
import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.command import Done, sayso

GOOD = "ADEN, June 3, 2019 - A bomb killed two people in Aden on Monday, police said.\n"
BAD_USAGE, SOME_FAILED = 2, 1


# ---- inputs -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bad:
    """A bad input: its file and bytes, the words of the message, how many reports it gives all the same."""

    name: str
    content: bytes
    says: tuple[str, ...]
    reports: int = 0
    lost: bool = True


def _lines(*records: dict[str, Any]) -> bytes:
    return "".join(json.dumps(record) + "\n" for record in records).encode()


_FUTURE = (date.today() + timedelta(days=400)).isoformat()
_WORDS = "Rockets killed three people in Herat on {}, police said."

BAD = (
    Bad("empty.txt", b"", ("empty", "Give the text")),
    Bad("blank.txt", b" \n\t\n", ("empty or holds only blanks", "Give the text")),
    Bad("binary.bin", bytes(range(256)) * 8, ("binary", "Give plain text")),
    Bad("page.html", b"<!DOCTYPE html><script>two()</script>", ("shows no text", "from a browser")),
    Bad("document.pdf", b"%PDF-1.7 ...", ("PDF file is broken", "Save it anew")),
    Bad(
        "western.txt",
        b"A caf\xe9 in Kabul was bombed on Monday, the police said, and two people were killed.",
        ("not UTF-8", "read as"),
        reports=1,
        lost=False,
    ),
    Bad("garbled.txt", b"A caf\xe9 in \x01\x02\x03", ("byte 5", "not UTF-8", "iconv")),
    Bad(
        "german.txt",
        b"Bei einem Anschlag auf einen Markt in der Stadt sind mindestens acht Menschen gestorben.",
        ("language de", "kept", "Give a translation"),
        reports=1,
        lost=False,
    ),
    Bad("huge.txt", b"A bomb killed two. " * 2_700_000, ("51300000 bytes", "500000", "Split it")),
    Bad("long.jsonl", _lines({"text": "x" * 2_000_001}), ("line 1", "2000001 characters", "Split it")),
    Bad("nothing.jsonl", _lines({"id": "1"}), ("line 1", "text")),
    Bad("list.jsonl", b'["a"]\n', ("line 1", "object")),
    Bad(
        "cut.jsonl",
        _lines({"text": _WORDS.format("Tuesday")}) + b'{"text": "Rockets kil',
        ("line 2", "no JSON", "Mend the line"),
        reports=1,
    ),
    Bad(
        "twice.jsonl",
        _lines({"id": "7", "text": _WORDS.format("Friday")}, {"id": "7", "text": _WORDS.format("Sunday")}),
        ("line 2", "'7'", "another text", "both are kept", "its own id"),
        reports=2,
        lost=False,
    ),
    Bad(
        "same.jsonl",
        _lines(*[{"id": "8", "text": _WORDS.format("Monday")}] * 2),
        ("line 2", "same report", "kept once"),
        reports=1,
        lost=False,
    ),
    Bad(
        "future.jsonl",
        _lines({"id": "9", "text": _WORDS.format("Thursday"), "published": _FUTURE}),
        (_FUTURE, "future", "Correct the date"),
        reports=1,
        lost=False,
    ),
    Bad(
        "unreadable_date.jsonl",
        _lines({"id": "10", "text": _WORDS.format("Wednesday"), "published": "soon"}),
        ("line 1", "'soon'", "2020-11-21"),
        reports=1,
        lost=False,
    ),
    Bad("columns.csv", b"headline,body\nA,B\n", ("line 1", "no column text", "'headline', 'body'")),
    Bad("ragged.csv", b"id,text\n1,2,3\n", ("line 2", "3 cells", "2")),
    Bad("gone.txt", b"", ("no such file", "Check the path")),
)


@pytest.fixture(scope="module")
def all_at_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """All bad inputs between two good ones, coded by one command."""
    folder = tmp_path_factory.mktemp("inputs")
    for bad in BAD:
        if bad.name != "gone.txt":
            (folder / bad.name).write_bytes(bad.content)
    (folder / "first.txt").write_text(GOOD)
    (folder / "last.txt").write_text(GOOD.replace("two", "four"))
    names = ["first.txt", *(bad.name for bad in BAD), "last.txt"]
    return folder, sayso("code", *(folder / name for name in names))


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_input_is_told_with_what_where_and_how_to_mend_it(
    bad: Bad, all_at_once: tuple[Path, Done]
) -> None:
    folder, done = all_at_once
    (line,) = [line for line in done.err.splitlines() if f": {folder / bad.name}" in line]
    assert line.startswith("not read: " if bad.lost else "note: ")
    assert [words for words in bad.says if words.casefold() not in line.casefold()] == []
    assert not re.search(r"(?<!\.)\.\.(?!\.)", line)  # one sentence, one full stop
    paths = [json.loads(line)["path"] for line in done.out.splitlines()]
    assert paths.count(str(folder / bad.name)) == bad.reports


def test_the_good_ones_are_coded_and_the_status_says_that_some_failed(
    all_at_once: tuple[Path, Done],
) -> None:
    folder, done = all_at_once
    paths = [json.loads(line)["path"] for line in done.out.splitlines()]
    assert (paths[0], paths[-1]) == (str(folder / "first.txt"), str(folder / "last.txt"))
    assert done.status == SOME_FAILED
    assert len(done.err.splitlines()) == len(BAD)  # nothing else is said


def test_what_only_warns_is_no_failure(tmp_path: Path) -> None:
    (bad,) = [bad for bad in BAD if bad.name == "future.jsonl"]
    (tmp_path / bad.name).write_bytes(bad.content)
    assert sayso("code", tmp_path).status == 0


def test_read_says_the_same_and_keeps_the_good_ones(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "empty.txt").write_text("")
    ledger = tmp_path.parent / f"{tmp_path.name}.db"
    done = sayso("read", tmp_path, "--ledger", ledger)
    assert done.status == SOME_FAILED
    assert "1 new report, 0 known, 1 not read" in done.err
    assert f"not read: {tmp_path / 'empty.txt'}" in done.err
    assert sayso("export", "--ledger", ledger).out.count("\n") == 1


def test_a_report_without_a_date_says_so_where_it_is_coded(tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("A bomb killed two people in Aden on Monday, police said.\n")
    done = sayso("code", tmp_path)
    record = json.loads(done.out)
    assert (done.status, record["published"]) == (0, None)
    assert [line for line in record["warnings"] if "No publication date" in line]


def test_standard_input_is_a_report_too(tmp_path: Path) -> None:
    done = sayso("code", "-", given=GOOD.encode(), cwd=tmp_path)
    assert (done.status, json.loads(done.out)["relevant"]) == (0, True)


@pytest.mark.parametrize("given", [b"", b"  \n"])
def test_nothing_on_standard_input_is_told(given: bytes) -> None:
    done = sayso("code", "-", given=given)
    assert (done.status, done.out) == (SOME_FAILED, "")
    assert "not read: -: " in done.err


def test_a_closed_standard_input_is_told() -> None:
    line = [sys.executable, "-m", "sayso.cli", "code", "-"]
    done = subprocess.run(line, capture_output=True, text=True, check=False, preexec_fn=lambda: os.close(0))
    assert "Traceback" not in done.stderr
    assert (done.returncode, done.stdout) == (SOME_FAILED, "")
    assert "not read: -: " in done.stderr


# ---- rights -----------------------------------------------------------------------------------------


def _as_anybody() -> None:
    """Takes from root, in a process of its own, the power to read and write what it has no right to."""
    prctl, drop_from_bounding_set, dac_override, dac_read_search = ctypes.CDLL(None).prctl, 24, 1, 2
    for power in (dac_override, dac_read_search):
        prctl(drop_from_bounding_set, power, 0, 0, 0)


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder with a good report, and a file and a folder that nobody has any right to."""
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "locked.txt").write_text(GOOD)
    (tmp_path / "locked.txt").chmod(0)
    (tmp_path / "locked").mkdir(mode=0)
    probe = [sys.executable, "-c", "import sys; open(sys.argv[1])", str(tmp_path / "locked.txt")]
    if subprocess.run(probe, check=False, capture_output=True, preexec_fn=_as_anybody).returncode == 0:
        pytest.skip("whoever runs this may read everything")
    yield tmp_path
    (tmp_path / "locked").chmod(0o700)


def test_a_folder_and_a_file_without_permission_cost_themselves_only(locked: Path) -> None:
    done = sayso("code", ".", cwd=locked, preexec_fn=_as_anybody)
    assert done.status == SOME_FAILED
    assert [json.loads(line)["path"] for line in done.out.splitlines()] == ["./good.txt"]
    for name in ("./locked", "./locked.txt"):
        (line,) = [line for line in done.err.splitlines() if f": {name}:" in line]
        assert "right" in line or "permission" in line.casefold()


def test_a_ledger_where_nothing_may_be_written_is_told(locked: Path) -> None:
    (locked / "locked").chmod(0o500)
    done = sayso("read", "good.txt", "--ledger", "locked/ledger.db", cwd=locked, preexec_fn=_as_anybody)
    assert done.status == BAD_USAGE
    assert "locked/ledger.db" in done.err
    assert "Allow writing" in done.err


# ---- full disks and closed pipes --------------------------------------------------------------------


def no_file_over(size: int) -> Callable[[], None]:
    """A limit for a process of its own: a disk that is full as soon as a file has this many bytes."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.fixture(scope="module")
def ledger(examples_ledger: Path) -> Path:
    """A ledger of the examples; not to be changed."""
    return examples_ledger


def test_a_full_disk_stops_reading_and_the_same_command_goes_on(
    examples: Path, ledger: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ledger.db"
    done = sayso("read", examples, "--ledger", path, preexec_fn=no_file_over(600_000))
    assert done.status == BAD_USAGE
    assert str(path) in done.err
    assert "goes on from there" in done.err
    again = sayso("read", examples, "--ledger", path)
    assert again.status == 0
    assert "0 known" not in again.err  # what was read before is kept
    assert sayso("export", "--ledger", path).out == sayso("export", "--ledger", ledger).out


def test_an_export_to_a_full_disk_leaves_what_stood_there(ledger: Path, tmp_path: Path) -> None:
    output = tmp_path / "incidents.jsonl"
    output.write_text("what stood there\n")
    done = sayso("export", "--ledger", ledger, "-o", output, preexec_fn=no_file_over(128 * 1024))
    assert done.status == BAD_USAGE
    assert f"{output} cannot be written" in done.err
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("incidents.jsonl", "what stood there\n")
    ]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["incidents", "export"])
def test_printing_to_a_full_disk_is_told(command: str, ledger: Path) -> None:
    line = [sys.executable, "-m", "sayso.cli", command, "--ledger", str(ledger)]
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == BAD_USAGE
    assert "No space left" in done.stderr


@pytest.mark.parametrize("command", [("export",), ("incidents", "--format", "jsonl")])
def test_a_reader_that_has_seen_enough_is_no_fault(command: Sequence[str], ledger: Path) -> None:
    line = [sys.executable, "-m", "sayso.cli", *command, "--ledger", str(ledger)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""


# ---- ledgers ----------------------------------------------------------------------------------------


def _newer(path: Path, ledger: Path) -> None:
    shutil.copy(ledger, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def _not_ours(path: Path, _: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE budget (year INTEGER)")


def _no_database(path: Path, _: Path) -> None:
    path.write_text("Minutes of the meeting")


def _cut_short(path: Path, ledger: Path) -> None:
    path.write_bytes(ledger.read_bytes()[:20_000])


def _missing(_path: Path, _: Path) -> None:
    """No file at all."""


LEDGERS = [
    (_newer, ("newer sayso", "Upgrade sayso")),
    (_not_ours, ("another program", "Check the path")),
    (_no_database, ("not a ledger", "Check the path")),
    (_cut_short, ("damaged", "Put back a copy")),
    (_missing, ("There is no ledger", "Check the path")),
]


@pytest.mark.parametrize(("spoil", "says"), LEDGERS, ids=[spoil.__name__ for spoil, _ in LEDGERS])
def test_what_is_no_ledger_is_told_and_left_alone(
    spoil: Callable[[Path, Path], None], says: Sequence[str], ledger: Path, tmp_path: Path
) -> None:
    path = tmp_path / "x.db"
    spoil(path, ledger)
    before = path.read_bytes() if path.exists() else None
    done = sayso("incidents", "--ledger", path)
    assert (done.status, done.out) == (BAD_USAGE, "")
    assert [words for words in (str(path), *says) if words not in done.err] == []
    if before is not None:
        assert path.read_bytes() == before
        (tmp_path / "good.txt").write_text(GOOD)
        assert sayso("read", tmp_path / "good.txt", "--ledger", path).status == BAD_USAGE
        assert path.read_bytes() == before
    else:
        assert not path.exists()


# ---- codebooks --------------------------------------------------------------------------------------

OWN = 'name: own\nversion: "1"\nlanguage: en\nextends: default\n'


def test_all_faults_of_a_codebook_are_told_at_once_and_nothing_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "codebook.yaml").write_text(OWN)
    (folder / "cues.yaml").write_text("- name: bang\n  verbs: [bang]\n  sub_event_type: Atack\n- nam: x\n")
    (tmp_path / "good.txt").write_text(GOOD)
    ledger = tmp_path / "ledger.db"
    done = sayso("read", tmp_path / "good.txt", "--codebook", folder, "--ledger", ledger)
    assert (done.status, done.out) == (BAD_USAGE, "")
    for words in ("cues.yaml:1", "cues.yaml:4", "'Atack'", "'nam'", "'name'", "Mend"):
        assert words in done.err
    assert not ledger.exists() or sayso("incidents", "--ledger", ledger).out == ""


def test_a_missing_codebook_is_told(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    done = sayso("code", tmp_path / "good.txt", "--codebook", "nonesuch")
    assert (done.status, done.out) == (BAD_USAGE, "")
    assert "nonesuch" in done.err
    assert "default" in done.err


def test_a_ledger_of_another_codebook_is_told_and_what_was_read_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "codebook.yaml").write_text(OWN)
    types = (
        "- {sub_event_type: Sabotage, event_type: Strategic developments, definition: Works are damaged.}\n"
    )
    (folder / "event_types.yaml").write_text(types)
    (folder / "cues.yaml").write_text("- {name: sabotage, verbs: [sabotage], sub_event_type: Sabotage}\n")
    (tmp_path / "dam.txt").write_text("HERAT, June 3, 2019 - Men sabotaged a dam in Herat on Monday.\n")
    (tmp_path / "good.txt").write_text(GOOD)
    ledger = ("--ledger", tmp_path / "ledger.db")
    assert "Sabotage" in sayso("read", tmp_path / "dam.txt", "--codebook", folder, *ledger).out
    done = sayso("read", tmp_path / "good.txt", *ledger)
    assert done.status == BAD_USAGE
    assert "(Sabotage)" in done.err
    assert "--codebook" in done.err
    both = sayso("read", tmp_path / "good.txt", "--codebook", folder, *ledger).out
    assert both.count("2019-06-0") == 2


# ---- wrong usage ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("read",), "PATH"),
        (("report",), "report"),
        (("code", "x", "--jobs", "0"), "--jobs"),
        (("code", "x", "--jobs", "many"), "--jobs"),
        (("code", "x", "--format", "xlsx"), "jsonl"),
        (("code", "x", "--colour"), "--colour"),
        (("incidents", "--since", "yesterday"), "2021-07-20"),
        (("incidents", "--until", "2021-02-30"), "2021-07-20"),
        (("incidents", "--since", "2021", "--until", "2020"), "earlier"),
        (("incidents", "--status", "maybe"), "claimed_disputed"),
        (("show", "zzzz"), "sayso incidents"),
        (("show",), "ID"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_wrong_usage_is_told(arguments: Sequence[str], says: str, ledger: Path) -> None:
    named = ("--ledger", ledger) if arguments[0] in ("incidents", "show") else ()
    done = sayso(*arguments, *named)
    assert (done.status, done.out) == (BAD_USAGE, "")
    assert says in done.err


@pytest.mark.parametrize("value", ["0", "many", ""])
def test_a_setting_that_cannot_be_is_told(value: str, tmp_path: Path) -> None:
    environment = {**os.environ, "SAYSO_MAX_REPORT_CHARACTERS": value}
    done = sayso("code", tmp_path, env=environment)
    assert done.status == BAD_USAGE
    assert "SAYSO_MAX_REPORT_CHARACTERS" in done.err
    assert "unset" in done.err


def test_the_longest_report_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    environment = {**os.environ, "SAYSO_MAX_REPORT_CHARACTERS": "40"}
    done = sayso("code", tmp_path, env=environment)
    assert (done.status, done.out) == (SOME_FAILED, "")
    assert "40" in done.err
