"""Sentences with exact offsets.

A rule of thumb, not a model: a sentence ends with a full stop, question or exclamation mark (and the quotes
and brackets that close with it) before blanks and something that can begin a sentence, or with its paragraph.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sayso.model import Span

LONGEST = 1500
"""The longest sentence, in characters. The press writes a tenth of it; what is longer is a list or a trap."""

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_STOP = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)")
_BEGINS = re.compile(r"\s+[\"'“‘(\[]*[^\W_a-z]")
_LAST_WORD = re.compile(r"([\w.]+)\.$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The span of a sentence without the blanks around it, and the number of its paragraph in the report."""

    start: int
    end: int
    paragraph: int

    @property
    def span(self) -> Span:
        """Start and end."""
        return (self.start, self.end)


def split(text: str, spans: Sequence[Span], abbreviations: Collection[str]) -> tuple[Sentence, ...]:
    """The sentences of a text inside the given spans (regions), in order.

    abbreviations  words in lower case, without their last full stop, after which a full stop ends nothing.

    A sentence never crosses the edge of a span or an empty line. Blanks belong to no sentence.
    """
    found: list[Sentence] = []
    paragraph = 0
    for start, end in spans:
        at = start
        for gap in [*_PARAGRAPH_END.finditer(text, start, end), None]:
            stop = gap.start() if gap else end
            for first, last in _sentences(text, at, stop, abbreviations):
                found.append(Sentence(first, last, paragraph))
            paragraph += 1
            at = gap.end() if gap else end
    return tuple(found)


def _sentences(text: str, start: int, end: int, abbreviations: Collection[str]) -> list[Span]:
    spans: list[Span] = []
    at = start
    for stop in _STOP.finditer(text, start, end):
        last_words = text[max(at, stop.end() - _LAST_WORDS) : stop.end()]
        if _BEGINS.match(text, stop.end(), end) and not _is_abbreviation(last_words, abbreviations):
            spans.append((at, stop.end()))
            at = stop.end()
    spans.append((at, end))
    parts = [part for span in spans for part in _parts(text, span)]
    return [trimmed for span in parts if (trimmed := _trim(text, span))]


def _parts(text: str, span: Span) -> Iterator[Span]:
    """The span, cut at blanks where it is longer than any sentence: what looks at one then ends in time."""
    start, end = span
    while end - start > LONGEST:
        blank = max(text.rfind(" ", start + 1, start + LONGEST), text.rfind("\n", start + 1, start + LONGEST))
        cut = blank if blank > start else start + LONGEST
        yield (start, cut)
        start = cut
    yield (start, end)


_LAST_WORDS = 30
"""How much before a full stop is looked at, in characters: more than any abbreviation has."""


def _is_abbreviation(words: str, abbreviations: Collection[str]) -> bool:
    """Whether the full stop at the end belongs to a word: "Lt.", "U.S.", an initial."""
    if not (found := _LAST_WORD.search(words)):
        return False
    word = found.group(1)
    return word.lower() in abbreviations or (len(word) == 1 and word.isupper())


def _trim(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
