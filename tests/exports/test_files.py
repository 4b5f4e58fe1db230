"""A file is written whole or not at all."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import OutputError
from sayso.exports import write


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_written_is_what_was_given(tmp_path: Path) -> None:
    write(tmp_path / "x.jsonl", ["one", "Jérémie \u2028 東京", ""])
    assert (tmp_path / "x.jsonl").read_bytes() == "one\nJérémie \u2028 東京\n\n".encode()
    write(tmp_path / "x.jsonl", [])
    assert (tmp_path / "x.jsonl").read_bytes() == b""
    assert names(tmp_path) == ["x.jsonl"]


def _fails(fault: BaseException) -> Iterator[str]:
    yield "half"
    raise fault


@pytest.mark.parametrize("fault", [ValueError("bad line"), KeyboardInterrupt(), OSError(28, "No space")])
@pytest.mark.parametrize("before", ["what stood there\n", None])
def test_whatever_goes_wrong_what_stood_there_stays(
    fault: BaseException, before: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "x.jsonl"
    if before is not None:
        path.write_text(before)
    with pytest.raises(OutputError if isinstance(fault, OSError) else type(fault)):
        write(path, _fails(fault))
    assert names(tmp_path) == (["x.jsonl"] if before is not None else [])
    assert before is None or path.read_text() == before


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real" / "x.jsonl")
    write(tmp_path / "link", ["one"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "x.jsonl").read_text() == "one\n"


def test_a_file_keeps_its_rights_and_a_new_one_gets_the_usual_ones(tmp_path: Path) -> None:
    (tmp_path / "private").write_text("")
    (tmp_path / "private").chmod(0o600)
    write(tmp_path / "private", ["one"])
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o600
    usual = tmp_path / "usual"
    usual.touch()
    write(tmp_path / "new", ["one"])
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode


def test_what_is_no_file_is_refused_and_stays(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(OutputError, match="is no file"):
            write(tmp_path / name, ["one"])
    assert (tmp_path / "folder").is_dir()
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert names(tmp_path) == ["folder", "pipe"]


@pytest.mark.parametrize("name", ["missing/x.jsonl", "x" * 300, "file/x.jsonl"])
def test_where_nothing_can_be_written_the_error_says_so(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError) as caught:
        write(tmp_path / name, ["one"])
    assert str(tmp_path / name) in caught.value.what
    assert "Choose a folder" in caught.value.mend
