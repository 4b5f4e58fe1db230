"""What `sayso find` prints: for every kind of thing, records whose words stand where they say."""

import json
from pathlib import Path

import pytest

from sayso.finding import FINDERS
from tests.command import sayso

TEXT = "Two shops in Kabul burnt down on July 20, 2021, the Interior Ministry said.\n"


@pytest.mark.parametrize("what", FINDERS)
def test_each_report_gets_a_line_and_each_thing_its_words(what: str, examples: Path, tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text(
        json.dumps({"docid": "first", "text": TEXT}) + "\n" + json.dumps({"text": TEXT + "\n"}) + "\n",
        "utf-8",
    )
    done = sayso("find", what, tmp_path / "one.jsonl", examples)
    assert done.status == 0, done.err
    first, *lines = [json.loads(line) for line in done.out.splitlines()]
    assert first["docid"] == "first"
    assert len({line["docid"] for line in lines}) == len(lines) > 2
    texts = {str(path): path.read_text("utf-8") for path in examples.glob("*.txt")}
    key, _ = FINDERS[what]
    found = [(texts.get(line["path"]), one) for line in lines for one in line[key]]
    found += [(TEXT, one) for one in first[key]]
    checked = [text[one["start"] : one["end"]] == one["text"] for text, one in found if text]
    assert all(checked)
    assert len(checked) > 2


def test_find_all_kinds_print_nothing_for_a_text_of_nothing() -> None:
    for what, (key, _) in FINDERS.items():
        done = sayso("find", what, "-", given=b"nothing to see\n")
        assert json.loads(done.out)[key] == []


def test_what_cannot_be_found_is_wrong_usage() -> None:
    done = sayso("find", "weather", "-", given=b"words\n")
    assert done.status == 2
    assert "times" in done.err


def test_inputs_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    done = sayso("find", "times", tmp_path / "nowhere.txt")
    assert done.status == 1
    assert "nowhere.txt" in done.err
    assert done.out == ""
