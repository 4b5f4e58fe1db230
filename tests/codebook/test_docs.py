"""The page on codebook files keeps up with what is read, and its examples work."""

import re
from pathlib import Path

import pytest

from sayso.codebook import load
from sayso.codebook.kinds import KINDS
from sayso.codebook.schema import SLOTS, About, Lexicon, Row
from tests.codebook.folders import write

PAGE = (Path(__file__).parents[2] / "docs" / "codebook-files.md").read_text()
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^### |\Z)", PAGE, re.MULTILINE | re.DOTALL))
EXAMPLES = {
    file: "".join(re.findall(r"^```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    for file, text in SECTIONS.items()
}
MODELS: dict[str, type[Row]] = {
    "codebook.yaml": About,
    "lexicon.yaml": Lexicon,
    **{file: kind.model for file, kind in KINDS.items()},
}


def test_every_file_has_its_section_with_an_example() -> None:
    assert sorted(SECTIONS) == sorted([*MODELS, "remove.yaml"])
    assert [file for file, example in EXAMPLES.items() if not example.strip()] == []


@pytest.mark.parametrize("file", MODELS)
def test_every_key_is_told_and_every_key_that_is_needed_is_shown(file: str) -> None:
    for name, field in MODELS[file].model_fields.items():
        assert f"`{name}`" in SECTIONS[file] or f"`{name}:" in SECTIONS[file], name
        assert not field.is_required() or name in EXAMPLES[file], name


def test_every_slot_is_told() -> None:
    assert re.findall(r"^\| `\{(\w+)\}`", PAGE, re.MULTILINE) == list(SLOTS)


def test_the_examples_are_one_codebook_that_works(tmp_path: Path) -> None:
    codebook = load(write(tmp_path, dict(EXAMPLES)))
    assert codebook.name == "my-codebook"
    assert codebook.event_types[-1].sub_event_type == "Sabotage"
    assert codebook.cues[-1].strength == "weak"
    assert codebook.is_part_of("valley-front-east", "valley-front")
    assert codebook.actor("viv-ansanm") is None
    assert codebook.lexicon.hedges[-1] == "so they say"
    assert [row.first for row in codebook.holidays[-2:]] == ["2020-09-13", "2021-09-12"]
