"""The words of a sentence, and how they join to names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.model import Span
from sayso.places.gazetteer import key_of

_WORD = re.compile(r"[^\W\d_]")
_WORDS = re.compile(r"([^\W\d_]+)([\W\d_]*)")
_APOSTROPHE = re.compile("['’‘ʼʻ`´ʿʾ]")
_AIN = re.compile("[ -]['’‘ʼʻ`´ʿʾ]")
_BLANK = re.compile(r"(?:[ \t\u00a0]{1,3}|[ \t]{0,3}\r?\n[ \t]{0,3}|[-–]| ?& ?)")
# A sentence with so large a share of capital letters is all in capitals; with so large a share of words with
# a capital, a headline: there a capital is no sign of a name.
_ALL_CAPITALS = 0.8
_HEADLINE = 0.65
_SAINTS = frozenset({"st", "mt", "ft", "sta"})


@dataclass(slots=True)  # not frozen: there are very many of them, and they are made three times as fast
class Token:
    """A run of letters; ``key`` as in the gazetteer; ``after`` is what stands between it and the next.

    is_capital  it begins with a capital.
    """

    start: int
    end: int
    text: str
    key: str
    after: str
    is_capital: bool

    @property
    def ends_in_apostrophe(self) -> bool:
        """Whether an apostrophe, and nothing else, stands before the next token."""
        return _APOSTROPHE.fullmatch(self.after) is not None

    @property
    def joins_next(self) -> bool:
        """Whether nothing but a blank, or a hyphen, stands before the next token."""
        return self.after == " " or _BLANK.fullmatch(self.after) is not None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as tokens; ``number`` counts from 0 in the report."""

    number: int
    tokens: tuple[Token, ...]
    all_capitals: bool
    headline: bool

    def key(self, index: int) -> str:
        """The key of a token; empty outside the sentence."""
        return self.tokens[index].key if 0 <= index < len(self.tokens) else ""

    def keys_from(self, index: int, most: int = 14) -> Iterator[tuple[int, str]]:
        """What the tokens from there on join to, the shortest first: (index after the last, key)."""
        key = self.tokens[index].key
        yield index + 1, key
        for number in range(index + 1, min(index + most, len(self.tokens))):
            before, token = self.tokens[number - 1], self.tokens[number]
            joint = _joint(before, token)
            if joint is None:
                return
            key += joint + token.key
            yield number + 1, key


def _joint(before: Token, token: Token) -> str | None:
    """How the keys of two neighbours join: with a blank, with nothing, or None where they do not."""
    if before.joins_next:
        return " "
    if before.ends_in_apostrophe:
        return ""
    if before.after == "." and len(before.text) == len(token.text) == 1:
        return ""
    if before.key in _SAINTS and before.after in (". ", ".\n"):
        return " "
    if before.after == ". " and len(before.text) == 1 and before.is_capital:
        return " "  # "D.R. Congo"
    if _AIN.fullmatch(before.after) and before.is_capital and token.is_capital:
        return " "  # "Ghulam 'Ali"
    return None


def sentence_of(text: str, span: Span, number: int) -> Sentence:
    """The tokens of a span of the text."""
    tokens = []
    letters = capitals = long_words = long_capitals = 0
    first = _WORD.search(text, *span)
    start = first.start() if first else span[1]
    for word, after in _WORDS.findall(text, start, span[1]):
        length = len(word)
        end = start + length
        key = word.lower() if word.isascii() else key_of(word)
        is_capital = word[0].isupper()
        tokens.append(Token(start, end, word, key, after, is_capital))
        start = end + len(after)
        letters += length
        if is_capital:
            capitals += length if word.isupper() else sum(map(str.isupper, word))
        if length > 3:
            long_words += 1
            long_capitals += is_capital
    return Sentence(
        number,
        tuple(tokens),
        all_capitals=letters > 8 and capitals >= _ALL_CAPITALS * letters,
        headline=long_words > 4 and long_capitals >= _HEADLINE * long_words,
    )
