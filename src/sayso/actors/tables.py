"""Tables of phrases that are looked up together: the words of a sentence are read once for all of them.

They find what ``language.phrases.PhraseTable`` finds. There a word with which hundreds of names begin
("Al") costs as many comparisons wherever it stands; here a step for each word of the longest name that fits.
"""

import re
from collections.abc import Container, Iterable, Sequence
from typing import Any, Generic, TypeVar

from sayso.model import Span

T = TypeVar("T")

_WORD = re.compile(r"[\w.]*\w|\S")
_PART = re.compile(r"(\s*)(\w+|\S)")

Begin = tuple[int, str]
"""Where a word stands with which a phrase may begin, and the word."""


class Table(Generic[T]):
    """Phrases as a view has them and what each stands for; of phrases given twice the first stays."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self.begun: dict[str, list[tuple[str, T]]] = {}
        """By their first words."""
        for phrase, payload in entries:
            word = _WORD.search(phrase)
            assert word is not None  # noqa: S101 - no phrase is empty
            self.begun.setdefault(word.group(), []).append((phrase, payload))
        self._steps: dict[str, dict[str, Any]] = {}

    def find(self, view: str, span: Span) -> list[tuple[int, int, T]]:
        """Start, end and payload of the phrases inside a span, in order and apart, the longest first."""
        return self.among(view, begins(view, span, self.begun), span[1])

    def among(self, view: str, begins: Sequence[Begin], last: int) -> list[tuple[int, int, T]]:
        """The same for a span whose ``begins``, for this table or more, are known."""
        found: list[tuple[int, int, T]] = []
        begun, at = self.begun, 0
        for start, word in begins:
            if start < at:
                continue
            hit = self._match(word, view, start, last) if word in begun else None
            if hit is None and "." in word and (short := word.partition(".")[0]) in begun:
                hit = self._match(short, view, start, last)
            if hit is not None:
                found.append(hit)
                at = hit[1]
        return found

    def _match(self, first: str, view: str, start: int, last: int) -> tuple[int, int, T] | None:
        """The longest phrase that stands at ``start`` and has that first word."""
        step = self._steps.get(first)
        if step is None:  # made when a text first has the word: most never stand in any
            step = self._steps[first] = _steps(first, self.begun[first])
        at = start + len(first)
        hit = None
        while True:
            if _END in step and not (at < last and (view[at].isalnum() or view[at] == "_")):
                hit = (start, at, step[_END])
            part = _PART.match(view, at, last) if len(step) > 1 or _END not in step else None
            if part is None:
                return hit
            blank, word = part.groups()
            step = step.get(f" {word}" if blank else word)
            if step is None:
                return hit
            at = part.end()


_END = ""
"""Under this key of a step stands what the phrase stands for that ends there."""


def _steps(first: str, phrases: Sequence[tuple[str, T]]) -> dict[str, Any]:
    """From each part of the phrases to the parts that may follow it; a blank before a part belongs to it."""
    begin: dict[str, Any] = {}
    for phrase, payload in phrases:
        step = begin
        for blank, word in _PART.findall(phrase, phrase.index(first) + len(first)):
            step = step.setdefault(f" {word}" if blank else word, {})
        step.setdefault(_END, payload)
    return begin


def begins(view: str, span: Span, firsts: Container[str]) -> list[Begin]:
    """The words of a span that are, or are up to a full stop, among the first words of phrases."""
    found = []
    for word in _WORD.finditer(view, *span):
        told = word.group()
        if told in firsts or ("." in told and told.partition(".")[0] in firsts):
            start = word.start()
            if start == span[0] or not view[start - 1].isalnum():
                found.append((start, told))
    return found
