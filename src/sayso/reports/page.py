"""The codebook's wording for pages, ready for matching: what a line says it is, which outlet it credits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sayso.codebook import Codebook
from sayso.codebook.schema import compile_pattern
from sayso.language import view
from sayso.model import RegionKind, Span
from sayso.reports.lines import Unit

_NO_NAME = re.compile(r"[\d?!@<>{}\[\]]")
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_SLOT = re.compile(r"\{[a-z]+\}")
_ANY_WORD = r"[\\w'-]+"
_MOST_NAME_WORDS = 8  # "Ana Bel Cruz and Dov Levi in Karm"


@dataclass(frozen=True, slots=True)
class Cue:
    """What a row of page.yaml says about a unit, with the spans, in the text, of the row's groups."""

    kind: RegionKind
    rest: bool
    name: Span | None = None
    credit: Span | None = None
    updated: Span | None = None


@dataclass(frozen=True)
class Page:
    """A codebook's wording for pages and its outlets, compiled once."""

    rows: tuple[tuple[re.Pattern[str], RegionKind, bool], ...]
    outlets: dict[str, str]
    """The view of each form of an outlet's name -> the outlet."""
    bylines: dict[str, str]
    """The view of each house byline -> its outlet."""
    outlet: re.Pattern[str]
    """Any form of any outlet's name, in a view."""
    lead_in: re.Pattern[str]
    """"as X notes", in a view."""
    telling: tuple[re.Pattern[str], ...]
    """The codebook's wording for incidents and harm, any words in its slots."""

    def cue_of(self, unit: Unit) -> Cue | None:
        """What the first row that holds for a unit says; None where none does."""
        for pattern, kind, rest in self.rows:
            found = pattern.search(unit.view)
            if found is None:
                continue
            spans = {
                name: (unit.start + found.start(name), unit.start + found.end(name))
                for name, words in found.groupdict().items()
                if words is not None and name in ("name", "outlet", "credit", "updated")
            }
            if "name" in spans and not self._is_author(_part(unit, spans["name"])):
                continue
            if (outlet := spans.pop("outlet", None)) and not _is_outlet(_part(unit, outlet)):
                continue
            if "credit" in spans and kind != "byline" and self.named(_part(unit, spans["credit"])) is None:
                continue
            return Cue(kind, rest, **spans)
        return None

    def is_furniture(self, part: Unit) -> bool:
        """Whether a part of a line is what pages print around an article, or an outlet."""
        if part.view in self.outlets or part.view in self.bylines:
            return True
        cue = self.cue_of(part)
        return cue is not None and not cue.rest and cue.kind in ("byline", "boilerplate", "advertisement")

    def tells(self, unit: Unit) -> bool:
        """Whether the codebook's wording for incidents or harm stands in a unit: "Rebels Seize Dovra"."""
        return any(pattern.search(unit.view) for pattern in self.telling)

    def _is_author(self, words: str) -> bool:
        """Whether words name who wrote something: "By Friday, ..." begins a sentence."""
        return is_name(words) and (len(words.split()) > 1 or self.named(words) is not None)

    def named(self, words: str) -> str | None:
        """The first outlet that words name; None where they name none that is known."""
        found = self.outlet.search(view(words))
        return self.outlets[found.group()] if found else None


@lru_cache(maxsize=8)
def page_of(codebook: Codebook) -> Page:
    """The wording of a codebook, compiled."""
    outlets: dict[str, str] = {}
    for row in codebook.outlets:
        for form in (row.outlet, *row.aliases):
            outlets.setdefault(view(form), row.outlet)
    names = _any_of(outlets)
    # The frame is the one that the codebook gives for its list: "as X notes".
    notes = _any_of(codebook.lexicon.notes)
    wording = (*(row.pattern for row in codebook.cues), *(row.pattern for row in codebook.harm))
    telling = (_SLOT.sub(_ANY_WORD, pattern) for pattern in wording)
    return Page(
        tuple((compile_pattern(row.pattern), row.kind, row.rest) for row in codebook.page),
        outlets,
        {view(form): row.outlet for row in codebook.outlets for form in row.bylines},
        re.compile(rf"(?<!\w){names}(?!\w)"),
        re.compile(rf"(?<!\w)as (?:the )?(?P<outlet>{names})(?:'s [^,.;:]{{1,40}}?)? {notes}(?!\w)"),
        tuple(re.compile(rf"(?<!\w)(?:{source})(?!\w)") for source in telling),
    )


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first; one that matches nothing where there are none."""
    listed = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in listed)})" if listed else r"(?!)"


def _part(unit: Unit, span: Span) -> str:
    return unit.words[span[0] - unit.start : span[1] - unit.start]


def _is_outlet(words: str) -> bool:
    return is_name(words) or _ADDRESS.fullmatch(words) is not None


def is_name(words: str) -> bool:
    """Whether words look like the names of people or bodies: a few, each with a capital, short ones aside."""
    parts = words.replace(",", " ").split()
    if not 1 <= len(parts) <= _MOST_NAME_WORDS or _NO_NAME.search(words) or not parts[0][0].isalpha():
        return False
    # Particles ("de", "van", "bin", "and") go without a capital.
    return parts[0][0].isupper() and all(not part[0].islower() or len(part) <= 3 for part in parts)
