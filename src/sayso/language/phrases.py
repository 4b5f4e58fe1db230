"""Many phrases looked up at once in the view of a text, at word boundaries, the longest first."""

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from sayso.model import Span

T = TypeVar("T")

_WORD = re.compile(r"[\w.]*\w|\S")
_BLANKS = re.compile(r"\s+")


class PhraseTable(Generic[T]):
    """Phrases (as a view has them: lower case, plain quotes) and what each stands for.

    Of phrases given twice the first stays. A blank in a phrase matches any run of blanks.
    """

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        first: dict[str, dict[str, tuple[re.Pattern[str], T]]] = {}
        for phrase, payload in entries:
            words = _WORD.findall(phrase)
            pattern = re.compile(r"\s+".join(map(re.escape, _BLANKS.split(phrase))) + r"(?!\w)")
            first.setdefault(words[0], {}).setdefault(phrase, (pattern, payload))
        self._by_first_word = {
            word: [entry for _, entry in sorted(entries_.items(), key=lambda item: (-len(item[0]), item[0]))]
            for word, entries_ in first.items()
        }

    def find(self, view: str, span: Span) -> Iterator[tuple[int, int, T]]:
        """Start, end and payload of the phrases inside the span, in order, none overlapping another."""
        at = span[0]
        while word := _WORD.search(view, at, span[1]):
            at = word.end()
            if word.start() > span[0] and view[word.start() - 1].isalnum():
                continue
            for key in dict.fromkeys((word.group(), re.split(r"[.]", word.group())[0])):
                hit = self._match(key, view, word.start(), span[1])
                if hit:
                    yield hit
                    at = hit[1]
                    break

    def _match(self, key: str, view: str, start: int, end: int) -> tuple[int, int, T] | None:
        for pattern, payload in self._by_first_word.get(key, ()):
            if found := pattern.match(view, start, end):
                return (*found.span(), payload)
        return None
