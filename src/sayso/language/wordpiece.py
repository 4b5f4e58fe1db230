"""Words to the pieces of the encoder's vocabulary: WordPiece as BERT's uncased models have it.

The algorithm is that of Devlin et al. 2019 (https://arxiv.org/abs/1810.04805), section 3; the tests hold it
against the library ``tokenizers``.
"""

import unicodedata
from collections.abc import Sequence

MOST_PIECES = 6
"""How many pieces of a word are read. Longer words are addresses and numbers, whose ends tell nothing; of the
English Web Treebank's words .1 % have more."""

_LONGEST_WORD = 100  # characters; longer parts are unknown, as in BERT
PADDING, UNKNOWN, BEGIN, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"


class WordPiece:
    """A vocabulary, and words cut into its pieces, the longest that fits first."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._longest = max(map(len, vocabulary))
        self._known: dict[str, tuple[int, ...]] = {}
        self.padding, self.unknown, self.begin, self.end = (
            self._ids[mark] for mark in (PADDING, UNKNOWN, BEGIN, END)
        )

    def pieces(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces, at least one, at most ``MOST_PIECES``."""
        found = self._known.get(word)
        if found is None:
            parts = [number for part in _parts(word) for number in self._cut(part)]
            found = tuple(parts[:MOST_PIECES]) or (self.unknown,)
            if len(self._known) < _MOST_KEPT:
                self._known[word] = found
        return found

    def _cut(self, part: str) -> list[int]:
        """The pieces of a part without blanks and punctuation; one unknown piece if some of it is unknown."""
        if len(part) > _LONGEST_WORD:
            return [self.unknown]
        found: list[int] = []
        start = 0
        while start < len(part):
            lead = "##" if start else ""
            for end in range(min(len(part), start + self._longest), start, -1):
                number = self._ids.get(lead + part[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self.unknown]
        return found


_MOST_KEPT = 100_000
"""How many words are remembered: the words of a language come again, and memory stays bounded."""


def _parts(word: str) -> list[str]:
    """The word in lower case without accents, cut at punctuation, which stays as parts of its own."""
    if word.isascii() and word.isalnum():
        return [word.lower()]
    plain = unicodedata.normalize("NFD", word.lower())
    parts: list[str] = []
    joined = False
    for char in plain:
        kind = unicodedata.category(char)
        if kind == "Mn" or kind[0] == "C":
            continue
        if char.isspace():
            joined = False
        elif _is_punctuation(char, kind) or _is_ideograph(char):
            parts.append(char)
            joined = False
        elif joined:
            parts[-1] += char
        else:
            parts.append(char)
            joined = True
    return parts


def _is_punctuation(char: str, kind: str) -> bool:
    return kind[0] == "P" or (char.isascii() and not char.isalnum() and char.isprintable())


def _is_ideograph(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\uf900" <= char <= "\ufaff"
