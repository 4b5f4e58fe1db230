"""A codebook made of texts, where a folder of files would be in the way: in a notebook, in a test."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from sayso.codebook.loader import Codebook, load
from sayso.errors import UsageError


def make_codebook(
    files: Mapping[str, str], *, name: str = "mine", extends: str | None = "default"
) -> Codebook:
    """The codebook of these files, by name and what they hold, checked as one in a folder is.

    Args:
        files: Such as ``{"weapons.yaml": "- {weapon: sling, forms: [sling, slings]}"}``; the files are those
            of docs/codebook-files.md. Without ``codebook.yaml`` one is made of what follows.
        name: What the codebook is called.
        extends: The codebook it lies over; None for one that stands alone.

    Raises CodebookError with every fault at once, UsageError for a name that is no file's.
    """
    about = {"name": name, "version": "1", "language": "en"} | ({"extends": extends} if extends else {})
    with TemporaryDirectory(prefix="sayso-") as folder:
        for file, text in {"codebook.yaml": yaml.safe_dump(about), **files}.items():
            if Path(file).name != file:
                raise UsageError(
                    f"{file!r} is no name of a file.", "Name files as in docs/codebook-files.md."
                )
            (Path(folder) / file).write_text(text, "utf-8")
        return load(folder)
