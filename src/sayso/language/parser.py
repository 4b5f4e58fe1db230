"""Sentences to parses: words with parts of speech, heads and relations (Universal Dependencies)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from sayso.language.sentences import Sentence
from sayso.language.tokens import tokens
from sayso.model import Span

ROOT = -1


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark, ``text[start:end]``.

    upos    its part of speech, https://universaldependencies.org/u/pos
    head    the place of its head among the tokens of its parse; -1 if it is the root
    deprel  its relation to the head, https://universaldependencies.org/u/dep, with English subtypes
    """

    start: int
    end: int
    upos: str
    head: int
    deprel: str

    @property
    def span(self) -> Span:
        """Start and end."""
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence with its tokens, which are a tree: one root, no cycle."""

    sentence: Sentence
    tokens: tuple[Token, ...]


class Parser(Protocol):
    """Whatever makes parses of sentences."""

    def __call__(
        self, text: str, sentences: Sequence[Sentence], abbreviations: Collection[str], /
    ) -> tuple[Parse, ...]:
        """As ``parse``."""


def parse(text: str, sentences: Sequence[Sentence], abbreviations: Collection[str]) -> tuple[Parse, ...]:
    """The parses of sentences, one for each, in their order.

    abbreviations  as for ``split``.

    A sentence is parsed alike whatever stands before or behind it. One of blanks alone has no tokens.
    """
    known = frozenset(abbreviations)
    return tuple(
        Parse(sentence, _moved(_parsed(text[sentence.start : sentence.end], known), sentence.start))
        for sentence in sentences
    )


@lru_cache(maxsize=4096)
def _parsed(words: str, abbreviations: frozenset[str]) -> tuple[Token, ...]:
    """The tree of a sentence by itself. Kept, because papers print one another's sentences word for word."""
    return tree(words, tokens(words, (0, len(words)), abbreviations))


def _moved(tree: tuple[Token, ...], by: int) -> tuple[Token, ...]:
    return tuple(
        Token(token.start + by, token.end + by, token.upos, token.head, token.deprel) for token in tree
    )


def tree(text: str, spans: Sequence[Span]) -> tuple[Token, ...]:
    """The tree of one sentence whose words stand at the given spans; empty where there are none."""
    from sayso.language.network import network  # noqa: PLC0415 - reading that parses nothing loads no numpy

    return tuple(network().parsed(text, spans))
