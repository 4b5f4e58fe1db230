"""In which language a report is written: the codebook's own, another one, or too little to tell.

What is not in the language of the codebook is kept and not coded. So the question is not which of a hundred
languages is the nearest, but whether a text is surely another one's: short texts, capitals and foreign names
make an English text look like anything.
"""

import importlib
import re
import unicodedata
from functools import cache
from types import ModuleType
from typing import Any, cast

from sayso.codebook import data_file

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\d_]+")
"""A word, or a letter of those scripts that put no blanks between words."""
_LOOKED_AT = 20_000  # characters; more changed no answer on the reports that were tried
_FEWEST_WORDS = 12
_SHORT = 30  # words
_NEAR = 60
"""Ranks: how much nearer than the codebook's another language must be in a short text. All but one of 103
English headlines with foreign names that were told wrongly stay below; of 27 first sentences in other
languages 7 do."""
_ANY_RANK, _ALL = 1_000_000, 1_000


def language_of(text: str, own: str) -> str | None:
    """The language of a text, ISO 639-1; None where it is too short to tell, or in none that is known.

    own  the language of the codebook. A text is in another one only where the detector says so and it has few
         of the small words that every text in that language has (languages.yaml).

    The small words settle it in most cases; texts in capitals are looked at in small letters. Where the extra
    ``lang`` is installed, it gives the name of a language that is not the codebook's: the nearest profile is
    often that of a sister language. Whether it is the codebook's does not depend on that.
    """
    from resiliparse.parse.lang import detect_fast  # noqa: PLC0415 - only when something is read

    plain = unicodedata.normalize("NFC", text[:_LOOKED_AT].lower())
    words = _WORD.findall(plain)
    if len(words) < _FEWEST_WORDS:
        return None
    rows = _data()
    small = rows["small_words"].get(own, frozenset())
    share = sum(word in small for word in words) / len(words)
    if share >= rows["surely"]:
        return own
    ranks = dict(cast("list[tuple[str, int]]", detect_fast(plain, cutoff=_ANY_RANK, n_results=_ALL)))
    nearest = min(ranks, key=lambda code: (ranks[code], code))
    if nearest == own or share >= rows["perhaps"]:
        return own
    if len(words) < _SHORT and ranks.get(own, _ANY_RANK) - ranks[nearest] < _NEAR:
        return None
    return _name(plain, nearest, own)


def _name(plain: str, nearest: str, own: str) -> str:
    """The name of a language that is not the codebook's."""
    better = _classifier()
    named = str(better.classify(plain)[0]) if better is not None else nearest
    named = _data()["names"].get(named, named)
    if named == own:
        named = nearest
    return named


@cache
def _classifier() -> ModuleType | None:
    try:
        return importlib.import_module("py3langid")  # an extra
    except ImportError:
        return None


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = data_file("sayso.reports", "languages.yaml")
    data["small_words"] = {code: frozenset(words) for code, words in data["small_words"].items()}
    return data
