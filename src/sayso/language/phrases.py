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
        first: dict[str, dict[str, tuple[list[str], T]]] = {}
        for phrase, payload in entries:
            begin = _WORD.findall(phrase)[0]
            first.setdefault(begin, {}).setdefault(phrase, (_BLANKS.split(phrase), payload))
        self._by_first_word = {
            word: [entry for _, entry in sorted(entries_.items(), key=lambda item: (-len(item[0]), item[0]))]
            for word, entries_ in first.items()
        }

    def find(self, view: str, span: Span) -> Iterator[tuple[int, int, T]]:
        """Start, end and payload of the phrases inside the span, in order, none overlapping another."""
        at, last = span
        known = self._by_first_word
        while at < last:
            for word in _WORD.finditer(view, at, last):
                token = word.group()
                keys = (token, token.partition(".")[0]) if "." in token else (token,)
                start = word.start()
                if not any(key in known for key in keys) or (start > span[0] and view[start - 1].isalnum()):
                    continue
                hits = (hit for key in keys if (hit := self._match(key, view, start, last)))
                if hit := next(hits, None):
                    yield hit
                    at = hit[1]
                    break
            else:
                return

    def _match(self, key: str, view: str, start: int, end: int) -> tuple[int, int, T] | None:
        for parts, payload in self._by_first_word.get(key, ()):
            last = _end_of(parts, view, start, end)
            if last is not None:
                return (start, last, payload)
        return None


def _end_of(parts: list[str], view: str, start: int, end: int) -> int | None:
    """Where the parts end that stand at ``start`` with blanks between them; None if they do not.

    Not a regular expression: thousands of phrases would take seconds to compile.
    """
    at = start
    for number, part in enumerate(parts):
        if number:
            begin = at
            while at < end and view[at].isspace():
                at += 1
            if at == begin:
                return None
        if not view.startswith(part, at, end):
            return None
        at += len(part)
    goes_on = at < end and (view[at].isalnum() or view[at] == "_")
    return None if goes_on else at
