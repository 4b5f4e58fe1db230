"""Every setting: its name, its default, what it does.

A setting is read from the environment as ``SAYSO_`` and its name in capitals. Those that change what a
coding says are part of what a coding may be reused for.
"""

import os
from dataclasses import dataclass, fields

from sayso.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults; see docs/settings.md."""

    max_report_characters: int = 500_000
    """The longest text read as one report. A news report has some thousands of characters; what is longer is
    an archive or a mistake. Text made to be slow to read takes about a second for each 100,000."""

    max_file_bytes: int = 20_000_000
    """The largest web page, PDF or DOCX file that is read. Pages of the press have up to 5 MB, most of it
    scripts; what is larger is a book or a trap."""

    reader_seconds: int = 15
    """How long a reader may take for one such file. Real ones take well under a second each."""

    reader_megabytes: int = 1_024
    """How much memory the process in which such files are read may use, where the system can limit it."""


def from_environment() -> Settings:
    """The settings with what the environment changes.

    Raises UsageError where a value is not a positive whole number.
    """
    changed: dict[str, int] = {}
    for setting in fields(Settings):
        variable = f"SAYSO_{setting.name.upper()}"
        if (given := os.environ.get(variable)) is None:
            continue
        if not given.isdecimal() or int(given) == 0:
            raise UsageError(
                f"The environment variable {variable} is {given!r}, which is not a positive whole number.",
                f"Set it to a number such as {setting.default}, or unset it.",
            )
        changed[setting.name] = int(given)
    return Settings(**changed)
