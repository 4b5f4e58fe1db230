"""The cheap look that decides what is worth parsing: where words stand that incidents are told with.

Parsing costs far more than looking at words, and most news tells of no violence. A report without a single
strong term is not parsed at all; of others the sentences with a trigger are, and those beside them, where
roles and speakers of what they tell often stand.
"""

import re
from collections.abc import Collection, Sequence

from sayso.language.sentences import Sentence

_WORD = re.compile(r"[^\W\d_]{3,40}")


class Scan:
    """Terms looked for as beginnings of words."""

    def __init__(self, strong: Collection[str], triggers: Collection[str]) -> None:
        """strong, triggers: beginnings of words in lower case ("kill" for "killed", "killings")."""
        self._strong = frozenset(strong)
        self._triggers = frozenset(triggers) | self._strong
        self._lengths = sorted({len(term) for term in self._triggers})
        self._known: dict[str, tuple[bool, bool]] = {}

    def worth_parsing(self, view: str, sentences: Sequence[Sentence]) -> tuple[bool, ...]:
        """Whether each sentence is worth it; all False where the sentences hold no strong term."""
        any_strong, triggered = False, []
        for sentence in sentences:
            looks = [self._look(word) for word in set(_WORD.findall(view, *sentence.span))]
            any_strong = any_strong or any(strong for strong, _ in looks)
            triggered.append(any(trigger for _, trigger in looks))
        if not any_strong:
            return (False,) * len(sentences)
        beside = [False, *triggered, False]
        return tuple(any(beside[place : place + 3]) for place in range(len(sentences)))

    def _look(self, word: str) -> tuple[bool, bool]:
        """Whether the word is a strong term, and whether a trigger."""
        if (found := self._known.get(word)) is None:
            begins = [word[:length] for length in self._lengths if length <= len(word)]
            found = (not self._strong.isdisjoint(begins), not self._triggers.isdisjoint(begins))
            if len(self._known) < _MOST_KEPT:
                self._known[word] = found
        return found


_MOST_KEPT = 100_000
"""How many words are remembered, so that memory stays bounded."""
