import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from sayso.codebook import Codebook, load
from sayso.model import Problem, Report
from sayso.reports import read
from sayso.settings import Settings

TEXT = "Two soldiers were killed near Karsin on Monday, the army said."
SMALL = Settings(max_report_characters=100)


def both(
    paths: Sequence[Path | str],
    codebook: Codebook,
    settings: Settings = SMALL,
    stdin: BinaryIO | None = None,
) -> tuple[list[Report], list[Problem]]:
    found = list(read([str(path) for path in paths], codebook, settings, stdin))
    reports = [one for one in found if isinstance(one, Report)]
    return reports, [one for one in found if isinstance(one, Problem)]


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# ---- plain text ----


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\r\nb\rc\n"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("café\r\n".encode("utf-16"), "café\r\n"),
        (b"\xfe\xff" + "café".encode("utf-16-be"), "café"),
        ("café 😀".encode("utf-32"), "café 😀"),
        (b"\x00\x00\xfe\xff" + "café".encode("utf-32-be"), "café"),
    ],
)
def test_a_text_is_kept_as_it_stands(data: bytes, text: str, tmp_path: Path, codebook: Codebook) -> None:
    path = put(tmp_path, "a.txt", data)
    reports, problems = both([path], codebook)
    assert [(report.text, report.path) for report in reports] == [(text, str(path))]
    assert problems == []


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        (b"", None, "empty"),
        (b" \n\t\xc2\xa0\n", None, "only blanks"),
        (b"\xef\xbb\xbfcaf\xe9", "byte 6", "not UTF-8"),
        (b"caf\xe9 \x01\x02\x03", "byte 3", "not UTF-8"),
        (b"full of \x01\x02\x03", None, "control characters"),
        ("x" * 101, None, "101 characters"),
        ("x" * 1000, None, "1000 bytes"),
        (b"%PDF-1.7 ...", None, "PDF file is broken"),
        (b"PK\x03\x04...", None, "a ZIP file"),
        (b"\x89PNG\r\n", None, "a PNG image"),
        (b"\x1f\x8b\x08", None, "a gzip file"),
        (b"some\0thing", None, "NUL bytes"),
        (b"\xff\xfea", "byte 2", "not UTF-16"),
        ("\n <!DOCTYPE html><title>Hello</title>", None, "shows no text"),
        ("<?xml version='1.0'?><rss/>", None, "an XML file"),
    ],
)
def test_a_file_that_is_no_report(
    data: bytes | str, where: str | None, what: str, tmp_path: Path, codebook: Codebook
) -> None:
    bad, good = put(tmp_path, "a", data), put(tmp_path, "good.txt", TEXT)
    reports, problems = both([bad, good], codebook)
    assert [report.text for report in reports] == [TEXT]
    assert [(problem.path, problem.where, problem.lost) for problem in problems] == [(str(bad), where, True)]
    assert what in problems[0].what
    assert problems[0].mend


def test_a_large_file_is_refused_unread(tmp_path: Path, codebook: Codebook) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000_000)  # a hole: reading it would take minutes and all memory
    reports, problems = both([path], codebook)
    assert not reports
    assert len(problems) == 1


# ---- walking ----


def test_folders_are_read_by_name_and_hidden_files_left(tmp_path: Path, codebook: Codebook) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden/x.txt", ".h.txt", "a/b/c.txt", "c"):
        put(tmp_path, name, f"{name}: {TEXT}")
    reports, problems = both([tmp_path / "c", tmp_path], codebook)
    order = ("c", "a/b/c.txt", "a/z.txt", "b.txt")
    assert [report.path for report in reports] == [f"{tmp_path}/{name}" for name in order]
    assert [problem.lost for problem in problems] == [False]  # c was named twice
    assert "c" in problems[0].what
    hidden, _ = both([tmp_path / ".h.txt"], codebook)
    assert len(hidden) == 1


def test_links_in_a_circle_end(tmp_path: Path, codebook: Codebook) -> None:
    put(tmp_path, "a/b/x.txt", TEXT)
    (tmp_path / "a/b/up").symlink_to(tmp_path)
    (tmp_path / "a/b/gone").symlink_to(tmp_path / "nothing")
    reports, problems = both([tmp_path], codebook)
    assert len(reports) == 1
    assert [(Path(problem.path).name, problem.lost) for problem in problems] == [
        ("gone", True),
        ("up", False),
    ]


def test_a_tree_may_be_deeper_than_the_stack(tmp_path: Path, codebook: Codebook) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    put(tmp_path, "e.txt", TEXT)
    reports, _ = both([tmp_path], codebook)
    assert len(reports) == 1
    while (tmp_path / "d" / "d").exists():  # take it down level by level: rmtree has a stack, too
        (tmp_path / "d" / "d").rename(tmp_path / "below")
        (tmp_path / "d").rmdir()
        (tmp_path / "below").rename(tmp_path / "d")


@pytest.mark.parametrize("name", ["", "nothing.txt", "no\0name", "half\ud800", "x" * 5000])
def test_a_path_that_leads_nowhere(name: str, codebook: Codebook) -> None:
    reports, problems = both([name], codebook)
    assert not reports
    assert [problem.lost for problem in problems] == [True]
    problems[0].path.encode()


def test_what_is_no_file_is_refused(tmp_path: Path, codebook: Codebook) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "none").mkdir()
    reports, problems = both([tmp_path / "pipe", "/dev/zero", tmp_path / "none"], codebook)
    assert not reports
    assert [problem.lost for problem in problems] == [True, True, False]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_no_permission(tmp_path: Path, codebook: Codebook) -> None:
    locked, folder = put(tmp_path, "locked.txt", TEXT), tmp_path / "folder"
    locked.chmod(0)
    folder.mkdir(mode=0)
    _, problems = both([locked, folder], codebook)
    folder.chmod(0o700)
    assert ["permission" in problem.what for problem in problems] == [True, True]


def test_a_name_that_is_no_text_is_shown_readably(tmp_path: Path, codebook: Codebook) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))).write_text(TEXT)
    reports, _ = both([tmp_path], codebook)
    assert [report.path for report in reports] == [f"{tmp_path}/caf\\xe9.txt"]


def test_standard_input(codebook: Codebook) -> None:
    reports, problems = both(["-", "-"], codebook, stdin=io.BytesIO(TEXT.encode()))
    assert [(report.text, report.path) for report in reports] == [(TEXT, "-")]
    assert [problem.path for problem in problems] == ["-"]  # nothing is left for the second
    _, missing = both(["-"], codebook)
    assert len(missing) == 1
    with Path(os.devnull).open("rb") as closed:
        pass
    _, unreadable = both(["-"], codebook, stdin=closed)
    assert len(unreadable) == 1
    with Path("/dev/zero").open("rb") as zeros:
        _, endless = both(["-"], codebook, stdin=zeros)
    assert "more than" in endless[0].what


# ---- JSON Lines ----


def test_the_fields_of_a_line(tmp_path: Path, codebook: Codebook) -> None:
    line = {"docid": "d", "id": 7, "text": TEXT, "title": "T", "published": "11 Nov 2016", "other": {}}
    line |= {"publisher": "P", "url": "u", "byline": "B"}
    path = put(tmp_path, "a.jsonl", json.dumps(line) + "\n\n" + json.dumps({"docid": "d", "text": TEXT}))
    (first, second), problems = both([path], codebook)
    assert problems == []
    assert (first.id, first.title, first.publisher, first.url, first.byline) == ("7", "T", "P", "u", "B")
    assert (first.published, first.published_from) == ("2016-11-11", "given")
    assert (second.id, second.text) == ("d", TEXT)


@pytest.mark.parametrize(
    ("line", "where", "what"),
    [
        ('{"text": "cut', "line 2, column 10", "no JSON"),
        ('{"text" "x"}', "line 2, column 9", "no JSON"),
        ("[1, 2]", "line 2", "no JSON object"),
        ('"words"', "line 2", "no JSON object"),
        ('{"id": "1"}', "line 2", "no text"),
        ('{"text": null}', "line 2", "no text"),
        ('{"text": 12}', "line 2", "not a string"),
        ('{"text": " "}', "line 2", "empty"),
        ('{"text": "a\\ud800b"}', "line 2", "half a character"),
        ('{"text": "a", "title": "\\udc00"}', "line 2", "half a character"),
        (json.dumps({"text": "x" * 101}), "line 2", "101 characters"),
        ("[" * 50_000, "line 2", "too large"),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", "line 2", "too large"),
        ('{"text": "' + "x" * 70_000 + '"}', "line 2", "bytes"),
    ],
)
def test_a_bad_line_and_the_rest_goes_on(
    line: str, where: str, what: str, tmp_path: Path, codebook: Codebook
) -> None:
    good = [json.dumps({"id": number, "text": TEXT}) for number in ("1", "3")]
    path = put(tmp_path, "a.jsonl", "\n".join([good[0], line, good[1]]))
    reports, problems = both([path], codebook)
    assert [report.id for report in reports] == ["1", "3"]
    assert [(problem.where, problem.lost) for problem in problems] == [(where, True)]
    assert what in problems[0].what


def test_a_line_in_another_encoding(tmp_path: Path, codebook: Codebook) -> None:
    good = json.dumps({"text": TEXT}).encode()
    path = put(tmp_path, "a.jsonl", b'{"text": "caf\xe9"}\n{"text": "\xe9\x01"}\n' + good)
    reports, problems = both([path], codebook)
    assert [report.text for report in reports] == ["café", TEXT]
    assert [(problem.where, problem.lost) for problem in problems] == [
        ("line 1", False),
        ("line 2, column 12", True),
    ]
    wide = put(tmp_path, "b.jsonl", good.decode().encode("utf-16"))
    assert [report.text for report in both([wide], codebook)[0]] == [TEXT]


def test_formats_are_told_by_what_a_file_holds(tmp_path: Path, codebook: Codebook) -> None:
    line = json.dumps({"id": "1", "text": TEXT})
    assert both([put(tmp_path, "a.dump", line)], codebook)[0][0].text == TEXT
    assert both([put(tmp_path, "b", line + "\n" + line)], codebook)[0][0].text == TEXT
    assert both([put(tmp_path, "c.txt", line)], codebook)[0][0].text == TEXT
    assert both([put(tmp_path, "e.txt", f'id,text\n1,"{TEXT}"\n')], codebook)[0][0].text == TEXT
    title = "Text, lies and a tape: what the inquiry found"
    assert both([put(tmp_path, "f.txt", f"{title}\n{TEXT}")], codebook, Settings())[0][0].title == title
    assert both([put(tmp_path, "d.log", "{" + TEXT)], codebook)[0][0].text == "{" + TEXT


@pytest.mark.parametrize("data", [[{"text": TEXT}], {"text": TEXT}])
def test_one_document_over_many_lines_is_one_problem(
    data: object, tmp_path: Path, codebook: Codebook
) -> None:
    reports, problems = both([put(tmp_path, "a.json", json.dumps(data, indent=1))], codebook)
    assert not reports
    assert len(problems) == 1
    assert "jq" in problems[0].mend


def test_what_only_warns(tmp_path: Path, codebook: Codebook) -> None:
    lines: list[dict[str, object]] = [
        {"id": "1", "text": TEXT},
        {"id": "1", "text": TEXT},
        {"id": "1", "text": TEXT + " More."},
        {"id": "2", "text": TEXT, "published": "soonish", "title": ["T"]},
    ]
    path = put(tmp_path, "a.jsonl", "\n".join(json.dumps(line) for line in lines))
    reports, problems = both([path], codebook)
    assert [report.id for report in reports] == ["1", "1", "2"]
    assert reports[-1].published is None
    assert {problem.lost for problem in problems} == {False}
    assert [problem.where for problem in problems] == ["line 2", "line 3", "line 4", "line 4"]


# ---- tables ----


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", f'Id,TEXT,other\n1,"{TEXT}",x\n'),
        ("a.csv", f'id;text\r\n1;"{TEXT}"\r\n'),
        ("a.tsv", f"id\ttext\n1\t{TEXT}\n"),
        ("a.csv", f'\n\ufeffid,text\n1,"{TEXT}"\n'.lstrip("\n")),
    ],
)
def test_a_table(name: str, data: str, tmp_path: Path, codebook: Codebook) -> None:
    reports, problems = both([put(tmp_path, name, data)], codebook)
    assert [(report.id, report.text) for report in reports] == [("1", TEXT)]
    assert problems == []


def test_a_cell_keeps_its_line_breaks(tmp_path: Path, codebook: Codebook) -> None:
    text = 'He said "no".\r\n\r\nThen, he left.\n'
    path = put(tmp_path, "a.csv", 'text\n"' + text.replace('"', '""') + '"\n')
    assert [report.text for report in both([path], codebook)[0]] == [text]


def test_a_long_cell_is_read(tmp_path: Path, codebook: Codebook) -> None:
    text = "word " * 100_000
    reports, _ = both([put(tmp_path, "a.csv", f"text\n{text}\n")], codebook, Settings())
    assert [len(report.text) for report in reports] == [500_000]


@pytest.mark.parametrize(
    ("data", "where", "kept"),
    [
        ("", None, 0),
        ("id,words\n1,x\n", "line 1", 0),
        ("id,text,text\n1,x,y\n", "line 1", 0),
        ("id,text\n", None, 0),
        ("id,text\n1,a\n2\n3,c\n", "line 3", 2),
        ("id,text\n1,a\n2,b,c\n3,c\n", "line 3", 2),
        ('id,text\n1,a\n2,"b"x\n3,c\n', "line 3", 2),
        ('id,text\n1,"a\nb"\n2,""\n3,c\n', "line 4", 2),
        ('id,text\n1,a\n2,"open\n', "line 3", 1),
        ("id,text\n1,a\n2," + "x" * 101 + "\n3,c\n", "line 3", 2),
    ],
)
def test_a_bad_table(data: str, where: str | None, kept: int, tmp_path: Path, codebook: Codebook) -> None:
    reports, problems = both([put(tmp_path, "a.csv", data)], codebook)
    assert len(reports) == kept
    assert [problem.where for problem in problems] == [where]


# ---- anything ----

PIECES = st.one_of(
    st.sampled_from(
        [
            b"\n",
            b"\0",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"%PDF-",
            b'{"text": "',
            b'"}\n',
            b"id,text\n",
            b'"',
            b"\xe9",
        ]
    ),
    st.binary(max_size=8),
    st.text(max_size=8).map(str.encode),
)


@budget(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=12).map(b"".join), st.sampled_from(["txt", "jsonl", "csv", "x"]))
def test_no_bytes_raise(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = put(tmp_path, f"a.{suffix}", data)
    found = list(read([str(path), "-"], load(), SMALL, io.BytesIO(data)))
    assert found
    for one in found:
        assert one.path in (str(path), "-")
        if isinstance(one, Report):
            assert one.text.strip()
            assert len(one.text) <= SMALL.max_report_characters
            one.text.encode()
        else:
            assert one.what
            assert one.mend
