import pytest

from sayso.codebook import Codebook, load


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load()
