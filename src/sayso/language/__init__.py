"""Sentences and views of any text. Knows nothing of the world."""

from sayso.language.sentences import Sentence, split
from sayso.language.view import quotations, view

__all__ = ["Sentence", "quotations", "split", "view"]
