"""What a coder is, and which there are.

A coder proposes; the gate (``finish``) disposes. To add one, write a class with these four members and enter
it below; nothing else changes.
"""

from typing import Protocol

from sayso.codebook import Codebook
from sayso.coding.reading import Reading
from sayso.coding.rules import Rules
from sayso.errors import UsageError
from sayso.model import Drafts


class Coder(Protocol):
    """Somebody or something that reads a report and proposes what it says."""

    @property
    def name(self) -> str:
        """The name under which codings are stored."""

    @property
    def version(self) -> str:
        """Changes whenever what it proposes may change."""

    def propose(self, reading: Reading, codebook: Codebook) -> Drafts:
        """All mentions and drafts of one report; empty where it tells of nothing."""


_CODERS: dict[str, Coder] = {"rules": Rules()}


def coder_named(name: str) -> Coder:
    """The coder of that name. Raises UsageError where there is none."""
    if name not in _CODERS:
        raise UsageError(f"There is no coder {name!r}.", f"Use one of: {', '.join(sorted(_CODERS))}.")
    return _CODERS[name]
