"""What a rule found in a text, what was told before it, and what a reader makes of it."""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.model import Span
from sayso.times.words import TimeWords

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Direction = Literal["past", "future"]

# How far from a time, in characters, a mark of its tense is looked for: about a clause.
_BEFORE = 90
_AFTER = 100


@dataclass(frozen=True, slots=True)
class Told:
    """What the text told last: a day, any date by its value, the quarter and the month that figures are of.

    ``here`` says whether the value was told in this sentence.
    """

    day: date | None = None
    value: str | None = None
    quarter: str | None = None
    month: str | None = None
    here: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means.

    days     the codebook's closed interval; None where the days cannot be told or are still to come.
    value    the value of TIMEX3 ("2020-11", "P3D", "PAST_REF"); None for a month or day without its year.
    anchor   the day that is meant, where one is: what "the next day" is counted from.
    month, day, weekday   of a day or month whose year is not told.
    """

    days: tuple[date, date] | None = None
    value: str | None = None
    kind: Kind = "DATE"
    anchor: date | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: the named parts, and where the expression stands.

    text        the report's text, and ``seen`` the view of it; ``span`` where the expression stands and
                ``sentence`` the sentence around it.
    published   the day of publication, None where unknown.
    spoken      whether the words stand inside quotation marks, so that the day they are counted from is not
                that of publication.
    ref         what the rule says that a vague time refers to.
    """

    parts: Mapping[str, str]
    words: TimeWords
    text: str
    seen: str
    span: Span
    sentence: Span
    published: date | None
    spoken: bool
    told: Told
    ref: int | None = None

    def of(self, *names: str) -> int | None:
        """What the first of these classes that was found means."""
        for name in names:
            if (part := self.parts.get(name)) is not None:
                return self.words.words[name][re.sub(r"\s+", " ", part)]
        return None

    def figure(self, name: str) -> int | None:
        """The figure of that name, None where there is none."""
        part = self.parts.get(name)
        return None if part is None else int(part)

    @property
    def printed(self) -> str:
        """The words as they stand in the text."""
        return self.text[self.span[0] : self.span[1]]

    @property
    def before(self) -> str:
        """The end of what stands before it in its sentence, in the view."""
        return self.seen[max(self.sentence[0], self.span[0] - _BEFORE) : self.span[0]]

    @property
    def after(self) -> str:
        """The beginning of what stands after it in its sentence, in the view."""
        return self.seen[self.span[1] : min(self.sentence[1], self.span[1] + _AFTER)]

    @property
    def direction(self) -> Direction | None:
        """Whether the clause tells of the past or of what is to come; None where no word shows it.

        The nearest mark of tense before the expression counts, else the nearest after it; for "Friday's vote"
        only what stands after it. "By Friday" is to come unless its clause tells otherwise: what follows it
        where it begins the clause, else what stands before it.
        """
        tense, before, after = self.words.tense, self.before, self.after
        told = tense.at_end(before)
        if told is not None:
            head = before.rstrip().rstrip(string.ascii_letters).rstrip()
            begins = not head or not head[-1].isalnum()
            told = (tense.after(after) if begins else tense.due(before)) or told
        elif not after.startswith("'s"):
            told = tense.before(before)
        told = told or tense.after(after)
        return None if told is None else "future" if told > 0 else "past"
