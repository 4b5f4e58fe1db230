"""Data files of the rooms: YAML that comes with sayso."""

from importlib.resources import files
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast


def data_file(package: str, name: str) -> Any:
    """What a YAML file beside the modules of a package holds: mappings, lists, words and numbers."""
    return yaml.load(files(package).joinpath(name).read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - both are safe
