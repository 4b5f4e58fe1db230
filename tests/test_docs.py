"""The pages keep up with the program: commands, options, settings, examples, links."""

import contextlib
import io
import os
import re
import shlex
import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

from sayso.cli import app
from sayso.codebook import Codebook
from sayso.model import AttributionStatus, Field, Stance
from sayso.settings import Settings
from tests.command import sayso
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PAGES = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
GROUP: Any = typer.main.get_command(app)


def sections(page: str, level: str) -> dict[str, str]:
    """Heading -> what stands below it, up to the next heading of its level."""
    return dict(re.findall(rf"^{level} ([^\n]+)\n(.*?)(?=^{level} |\Z)", page, re.MULTILINE | re.DOTALL))


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


# ---- commands and settings --------------------------------------------------------------------------


def test_every_command_has_its_heading_and_no_other_has_one() -> None:
    told = list(sections(PAGES["commands.md"], "##"))
    assert told == ["What can be read", *GROUP.commands]


def options(command: str) -> set[str]:
    """The options of a command, or of all commands below it."""
    found = GROUP.commands[command]
    below = getattr(found, "commands", {"": found}).values()
    return {
        option
        for one in below
        for parameter in one.params
        for option in (*parameter.opts, *parameter.secondary_opts)
    }


def test_every_command_below_another_is_told() -> None:
    for name, command in GROUP.commands.items():
        section = sections(PAGES["commands.md"], "##")[name]
        for one in getattr(command, "commands", {}):
            assert re.search(rf"^    sayso {name} [a-z|-]*\b{one}\b", section, re.MULTILINE), one


@pytest.mark.parametrize("command", GROUP.commands)
def test_every_option_is_told(command: str) -> None:
    section = sections(PAGES["commands.md"], "##")[command]
    told = set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", section))
    known = {one for one in options(command) if one.startswith("-") and one != "--help"}
    assert told == known
    for option in known:  # a paragraph of its own, not only the line of usage
        assert re.search(rf"^- .*`{option}\b", section, re.MULTILINE), option


def test_every_setting_is_told_with_its_variable_and_default() -> None:
    told = sections(PAGES["settings.md"], "###")
    assert sorted(told) == sorted(setting.name for setting in fields(Settings))
    for setting in fields(Settings):
        assert f"`SAYSO_{setting.name.upper()}`, default {setting.default}" in told[setting.name]


def test_the_codebook_page_tells_every_word_of_the_records(codebook: Codebook) -> None:
    page = PAGES["codebook.md"]
    words = [*get_args(Field), *get_args(AttributionStatus), *(stance.value for stance in Stance)]
    assert [word for word in words if f"`{word}`" not in page] == []
    for row in codebook.event_types:
        assert row.event_type in page, row
        assert row.sub_event_type in page, row


# ---- examples ---------------------------------------------------------------------------------------


def commands_in(page: str) -> list[list[str]]:
    """Every line of a page that runs sayso, as its words."""
    lines = re.findall(r"^(?: {4}|\$ )(?:\S*/)?(sayso .*)$", page, re.MULTILINE)
    return [shlex.split(re.sub(r"[\[\]|]", " ", line)) for line in lines]


@pytest.mark.parametrize("page", ["README.md", *PAGES])
def test_every_command_line_on_a_page_is_one(page: str) -> None:
    for _, command, *words in commands_in(README if page == "README.md" else PAGES[page]):
        assert command in GROUP.commands, command
        assert {word for word in words if word.startswith("--")} <= options(command)
        below = getattr(GROUP.commands[command], "commands", None)
        assert below is None or words[0] in below, words


def test_the_readme_shows_what_is_printed(tmp_path: Path) -> None:
    """Where this fails after a change of rules: put what is printed now into the README, and read it."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for block in blocks(README, "console"):
        for part in re.split(r"^\$ sayso ", block, flags=re.MULTILINE)[1:]:
            line, _, shown = part.partition("\n")
            done = sayso(*shlex.split(line), cwd=tmp_path)
            assert done.status == 0, done.err
            rest = done.out
            for words in filter(None, (piece.strip("\n") for piece in shown.split("...\n"))):
                assert words in rest, f"$ sayso {line}\nprints no such lines any more; it prints:\n{done.out}"
                rest = rest.split(words, 1)[1]  # in this order


def test_the_first_lines_of_the_readme_are_there() -> None:
    assert "./check" in README
    assert os.access(ROOT / "check", os.X_OK)
    assert (ROOT / "examples" / "reports").is_dir()
    assert "GeoNames" in README
    assert "Apache-2.0" in README


def test_the_python_page_works(
    examples_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(examples_ledger, tmp_path / "sayso.db")
    monkeypatch.chdir(tmp_path)
    page, names, printed = PAGES["python.md"], dict[str, Any](), ""
    for kind, block in re.findall(r"^```(python|text)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        if kind == "text":
            assert printed == block
            continue
        with contextlib.redirect_stdout(io.StringIO()) as output:
            exec(compile(block, "docs/python.md", "exec"), names)  # noqa: S102
        printed = output.getvalue()
    assert sorted(path.name for path in tmp_path.glob("afghanistan*")) == [
        "afghanistan.csv",
        "afghanistan.csv.manifest.json",
        "afghanistan.losses.csv",
    ]


# ---- links and paths --------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{name}" for name in PAGES)])
def test_every_link_leads_somewhere(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", path.read_text("utf-8")):
        file, _, heading = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        assert linked.is_relative_to(ROOT), target
        assert linked.exists(), target
        if heading:
            headings = re.findall(r"^#+ (.+)$", linked.read_text("utf-8"), re.MULTILINE)
            assert heading in [re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings]


OUTSIDE = re.compile(r"(?<![\w.])(?:/(?:home|root|work|tmp|mnt|srv|Users)/|\.\./|[A-Z]:\\\\)")


def test_no_line_names_a_path_outside_the_project() -> None:
    kinds = {".py", ".md", ".yaml", ".csv", ".json", ".jsonl", ".txt", ".toml"}
    files = [ROOT / "README.md", ROOT / "pyproject.toml"]
    for folder in ("src", "docs", "examples", "scripts"):
        files += [path for path in sorted((ROOT / folder).rglob("*")) if path.suffix in kinds]
    assert len(files) > 100
    for path in files:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            assert not OUTSIDE.search(line), f"{path}:{number}: {line[:100]}"
