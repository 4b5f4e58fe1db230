"""What cutting English text needs to know, loaded from the data beside this page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class English:
    """The words of english.yaml, which says what each list is for."""

    openers: frozenset[str]
    clitics: tuple[str, ...]
    joined: Mapping[str, int]
    prefixes: frozenset[str]
    endings: tuple[str, ...]


@cache
def english() -> English:
    """The words of English."""
    data = yaml.safe_load(files("sayso.language").joinpath("english.yaml").read_text("utf-8"))
    return English(
        frozenset(data["openers"]),
        tuple(data["clitics"]),
        data["joined"],
        frozenset(data["prefixes"]),
        tuple(data["endings"]),
    )
