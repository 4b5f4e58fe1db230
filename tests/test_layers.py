"""Who may know whom: the diagram of docs/design.md as a test."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src" / "sayso"
BASE = {"errors", "model", "records", "settings", "codebook"}
LANGUAGE = BASE | {"language"}
KNOWS = {
    "codebook": BASE,
    "language": LANGUAGE,
    "times": LANGUAGE,
    "places": LANGUAGE,
    "actors": LANGUAGE,
    "reports": LANGUAGE | {"times"},
    "coding": LANGUAGE | {"times", "places", "actors"},
    "lineage": LANGUAGE,
    "incidents": LANGUAGE | {"actors", "places"},
    "ledger": BASE,
    "linking": BASE | {"lineage", "incidents", "ledger", "pipeline"},
    "exports": BASE,
    # The pages show what the commands tell, by the same modules.
    "web": BASE
    | {"ledger", "exports", "places", "pipeline"}
    | {"explaining", "judging", "marking", "publishing", "reviewing", "tracing", "typed", "weighing"},
    "evaluate": LANGUAGE
    | {"times", "places", "actors", "reports", "coding", "lineage", "incidents", "pipeline"},
}


def parts_imported(path: Path) -> set[str]:
    """The rooms and top modules of sayso that a file imports, at any depth."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "sayso":
                names = [f"sayso.{alias.name}" for alias in node.names]
            else:
                names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("sayso.")}
    return found


@pytest.mark.parametrize("room", KNOWS)
def test_a_room_knows_only_the_rooms_it_may_know(room: str) -> None:
    files = sorted((ROOT / room).rglob("*.py"))
    assert files, f"the room {room} is empty"
    for path in files:
        assert parts_imported(path) <= KNOWS[room] | {room}, path


def test_every_room_has_its_rule() -> None:
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    assert rooms - {"__pycache__"} == set(KNOWS) | {"cli"}


def test_nobody_knows_the_commands() -> None:
    for path in sorted(ROOT.rglob("*.py")):
        if not path.is_relative_to(ROOT / "cli"):
            assert "cli" not in parts_imported(path), path


def test_the_records_know_no_room() -> None:
    for module in ("model", "errors"):
        assert parts_imported(ROOT / f"{module}.py") <= {"errors"}


def test_only_the_command_line_prints() -> None:
    for path in sorted(ROOT.rglob("*.py")):
        names = {
            node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)
        }
        if not path.is_relative_to(ROOT / "cli"):
            assert "print" not in names, path
