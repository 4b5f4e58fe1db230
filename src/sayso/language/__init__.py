"""Sentences, words, parses and speech of any text. Knows nothing of the world."""

from sayso.language.inflection import plural, verb_forms
from sayso.language.parser import Parse, Parser, Token, parse
from sayso.language.scan import Scan
from sayso.language.sentences import Sentence, split
from sayso.language.speech import Speech, quotations, speeches
from sayso.language.syntax import Arguments, Syntax
from sayso.language.tokens import tokens
from sayso.language.view import view

__all__ = [
    "Arguments",
    "Parse",
    "Parser",
    "Scan",
    "Sentence",
    "Speech",
    "Syntax",
    "Token",
    "parse",
    "plural",
    "quotations",
    "speeches",
    "split",
    "tokens",
    "verb_forms",
    "view",
]
