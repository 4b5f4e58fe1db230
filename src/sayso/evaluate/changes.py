"""What it is to change a report in a way that its coding must follow.

A kind of change takes one report as it was read and coded, and gives the changed report, or why there is
none. What is changed is chosen by the seed alone, so that the same report and seed give the same change.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sayso.codebook import Codebook
from sayso.coding.reading import Reading
from sayso.evaluate.invented import Invented
from sayso.model import CodedReport, Incident, Report, Span

Point = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Source:
    """A report as an input gives it; ``name`` is only what it is called in tables."""

    name: str
    text: str
    published: str | None


@dataclass(frozen=True, slots=True)
class Edit:
    """The words at ``text[start:end]`` of a report, which are ``was``, replaced by ``now``."""

    start: int
    end: int
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Back:
    """What leads from the changed to the original: identity where nothing is said.

    actors   ids; ``words`` names as printed, in lower case; ``points`` latitude and longitude.
    days     by how many days everything was moved to later.
    figures  counts of people.
    """

    actors: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[Point, Point] = field(default_factory=dict)
    days: int = 0
    figures: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed report, what it is coded with, and the way back. The edits are in order and apart."""

    source: Source
    codebook: Codebook
    edits: tuple[Edit, ...]
    back: Back


class Unmade(StrEnum):
    """Why a report is not changed in some way; all but the first say why it is left out."""

    NOTHING = "nothing to change"
    SUM = "a figure is the sum of others"
    NUMBERS = "no other numbers can be printed like those"
    YEARS = "a year would leave the calendar"
    WEEKS = "a time is told that weeks cannot move"  # then it is tried by 28 years
    PUBLICATION = "the day of publication does not move along"
    TOWNS = "no town that could have the name of another"


@dataclass(frozen=True, slots=True)
class Original:
    """A report with what it says, before it is changed; ``told`` are its incidents."""

    source: Source
    report: Report
    reading: Reading
    coded: CodedReport
    told: Sequence[Incident]
    codebook: Codebook
    invented: Invented

    @property
    def text(self) -> str:
        """The text of the report."""
        return self.source.text


Kind = Callable[[Original, random.Random], Changed | Unmade]


def undone(changed: Changed) -> str:
    """The text before the edits: that of the original, if no edit says anything wrong about it."""
    parts: list[str] = []
    text, at, moved = changed.source.text, 0, 0
    for edit in changed.edits:
        start = edit.start + moved
        parts += [text[at:start], edit.was]
        at = start + len(edit.now)
        moved += len(edit.now) - len(edit.was)
    return "".join([*parts, text[at:]])


def changed_by(
    original: Original,
    edits: Sequence[Edit],
    back: Back | None = None,
    *,
    codebook: Codebook | None = None,
    published: str | None = None,
) -> Changed | Unmade:
    """The report with these edits, which may come in any order; those that change nothing are left out.

    codebook, published  None where they stay.
    """
    text, at = "", 0
    edits = tuple(edit for edit in sorted(edits, key=lambda edit: edit.start) if edit.was != edit.now)
    if not edits and published is None:
        return Unmade.NOTHING
    for edit in edits:
        text += original.text[at : edit.start] + edit.now
        at = edit.end
    source = Source(original.source.name, text + original.text[at:], published or original.source.published)
    return Changed(source, codebook or original.codebook, edits, back or Back())


def edit_of(text: str, span: Span, now: str) -> Edit:
    """The words at a span replaced."""
    return Edit(*span, text[span[0] : span[1]], now)


def printed_like(was: str, now: str) -> str:
    """The new words in the capitals of the old ones and, if they are as many, with their line breaks."""
    if was.isupper():
        now = now.upper()
    elif was[:1].isupper():
        now = now[:1].upper() + now[1:]
    blanks, words = re.findall(r"\s+", was), now.split(" ")
    if len(blanks) + 1 != len(words):
        return now
    return "".join(word + blank for word, blank in zip(words, [*blanks, ""], strict=True))
