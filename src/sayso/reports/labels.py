"""The lines of a text with what is known of each so far."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.model import RegionKind
from sayso.reports.dates import Dated
from sayso.reports.lines import Unit, ends_a_sentence
from sayso.reports.page import Cue

_FEWEST_WORDS, _FEWEST_CHARACTERS = 4, 20  # "They left by noon." is a paragraph, "Live." is none
_LONGEST_LINE = 24  # words of a headline or a link
_BEGINS = re.compile(r"[\"'“‘«(\[•*·–—-]*\s*\w")


@dataclass(slots=True)
class Labels:
    """The units of a text, what each is, and what was seen on the way.

    ``stamps`` are in the order in which they count: from the top, then from the end.
    """

    units: tuple[Unit, ...]
    kinds: list[RegionKind | None]
    cues: dict[int, Cue] = field(default_factory=dict)
    stamps: list[Dated] = field(default_factory=list)
    title: int | None = None
    worded: set[int] = field(default_factory=set)
    """Units that no row of page.yaml explains and that all the same are what they are by their wording."""

    def region_of(self, unit: int) -> RegionKind:
        """What a unit is: body, unless something says otherwise."""
        return self.kinds[unit] or "body"

    def open(self, units: range | None = None) -> Iterator[tuple[int, Unit]]:
        """The units, all or some, of which nothing is known yet, with their indices."""
        for index in range(len(self.units)) if units is None else units:
            if self.kinds[index] is None:
                yield index, self.units[index]

    def prose(self) -> list[int]:
        """The units that are running text: sentences of which nothing else is known."""
        return [
            index
            for index, unit in enumerate(self.units)
            if self.kinds[index] in (None, "body", "quotation") and is_prose(unit)
        ]

    def last_prose(self) -> int | None:
        """The last unit of running text; None where there is none."""
        found = self.prose()
        return found[-1] if found else None


def is_prose(unit: Unit) -> bool:
    """Whether a unit reads as running text: a few words that end as sentences do, or many that do not."""
    words = unit.words
    count = len(words.split())
    if count >= _LONGEST_LINE:
        return True
    long_enough = count >= _FEWEST_WORDS and len(words) >= _FEWEST_CHARACTERS
    return long_enough and ends_a_sentence(words) and _BEGINS.match(words) is not None
