"""sayso explain: how reports are read, for people."""

from pathlib import Path

import pytest

from tests.command import sayso


def test_each_word_stands_with_its_offset_and_its_head(examples: Path) -> None:
    path = examples / "05_charikar_excerpt.txt"
    text = path.read_text("utf-8")
    done = sayso("explain", "--sentences", path)
    assert done.status == 0
    words = [
        line.split()
        for line in done.out.splitlines()
        if line.startswith("    ") and line[4:10].strip().isdigit()
    ]
    assert words
    for offset, word, *_ in words:
        assert text.startswith(word, int(offset))
    assert "by 'says', speaker 'the Afghan Interior Ministry'" in done.out


def test_what_coding_passes_over_is_told(tmp_path: Path) -> None:
    path = tmp_path / "harvest.txt"
    path.write_text("Farmers welcomed the rain.", encoding="utf-8")
    assert "passed over in coding" in sayso("explain", "--sentences", path).out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "There is nothing to explain.\n  Say what: --sentences."),
        (["--sentences", "--spacy", "no_such_pipeline"], "There is no spaCy pipeline 'no_such_pipeline'"),
    ],
)
def test_what_cannot_be_explained(options: list[str], message: str, examples: Path) -> None:
    done = sayso("explain", *options, examples / "05_charikar_excerpt.txt")
    assert (done.status, done.out) == (2, "")
    assert message in done.err
