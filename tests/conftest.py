"""What all tests share."""

import socket
from pathlib import Path

import pytest

from sayso.codebook import Codebook, load

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here may reach out; a test that tries fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("a test tried to open a network connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of whoever runs the tests do not reach them."""
    import os

    for name in [name for name in os.environ if name.startswith("SAYSO_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    """The codebook that comes with sayso."""
    return load()


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of example reports."""
    return ROOT / "examples" / "reports"


@pytest.fixture(scope="session")
def examples_ledger(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the example reports; who writes to it takes a copy."""
    from tests.test_pipeline import take_in

    path = tmp_path_factory.mktemp("examples") / "sayso.db"
    take_in(path, [examples])
    return path


@pytest.fixture(scope="session")
def shared() -> Path:
    """Development sets and real reports, where they lie beside the project; else the test is skipped."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no development sets beside the project")
    return folder
