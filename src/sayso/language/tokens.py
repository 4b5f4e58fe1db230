"""Words and marks with exact offsets, cut as the English treebanks of Universal Dependencies cut them.

https://universaldependencies.org/en/index.html#tokenization-and-word-segmentation: marks stand alone, "n't"
and "'s" are words, a hyphen stands between two words unless the first is a prefix; addresses, numbers and
times of day stay whole.
"""

import re
from collections.abc import Collection
from functools import cache

from sayso.language.english import english
from sayso.model import Span

_APOSTROPHE = "['’ʼ`´]"
_PLAIN = str.maketrans("’ʼ`´", "''''")


_WORD = rf"[^\W_](?:\w|{_APOSTROPHE}(?=[^\W\d_]{{2}})|&(?=[^\W_]))*"
_NEXT_WORD = re.compile(_WORD)


@cache
def _shapes() -> re.Pattern[str]:
    """What one token may look like; of two the first that fits."""
    clitics = "|".join(one.replace("'", _APOSTROPHE) for one in english().clitics)
    endings = "|".join(english().endings)
    return re.compile(
        r"(?P<address>(?:https?://|www\.)[^\s<>\"“”]{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}"
        rf"|\w[\w-]{{0,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?:{endings})\b)"
        r"|(?P<number>\d+(?:-\d+){2,9}|\d{1,2}-[^\W\d_]{3}-\d{2,4}"
        r"|\d+(?:[.,:/]\d+){0,9}[^\W\d_]{0,4}(?!\w))"
        r"|(?P<initials>(?:[^\W\d_]\.){2,10}(?:[^\W\d_](?!\w))?)"
        rf"|(?P<clitic>(?:{clitics})(?!\w))"
        rf"|(?P<word>{_WORD})"
        r"|(?P<run>([.!?*=_~#-])(?P=run_mark){1,500})".replace("([.", "(?P<run_mark>[.")
        + r"|(?P<mark>\S)",
        re.IGNORECASE,
    )


def tokens(text: str, span: Span, abbreviations: Collection[str]) -> list[Span]:
    """The spans of the words and marks of one sentence, in order; together all that is no blank.

    abbreviations  as for the sentences: their full stop belongs to the word.
    """
    found: list[Span] = []
    shapes, start = _shapes(), span[0]
    while match := shapes.search(text, start, span[1]):
        start = match.end()
        kind = match.lastgroup
        if kind == "word":
            found += _word_tokens(text, match.span(), span[1], abbreviations)
            start = found[-1][1]
        elif kind == "address":
            start -= len(match.group()) - len(match.group().rstrip(".,;:!?)\"'’"))
            found.append((match.start(), start))
        else:
            found.append((match.start(), start))
    return found


def _word_tokens(text: str, span: Span, limit: int, abbreviations: Collection[str]) -> list[Span]:
    """The tokens that begin with the word at a span; they may go on behind it."""
    words = english()
    start, end = span
    last = plain = text[start:end].lower()
    while last in words.prefixes and text[end : end + 1] == "-":
        following = _NEXT_WORD.match(text, end + 1, limit)
        if following is None:
            break
        end, last = following.end(), following.group().lower()
    if cut := words.joined.get(plain):
        return [(start, start + cut), (start + cut, end)]
    if len(plain) > 1 and plain[-1] == "n" and _is_not(text, end, limit):
        return [(start, end - 1), (end - 1, end + 2)]
    for clitic in words.clitics:
        if len(last) > len(clitic) and last[-len(clitic) :].translate(_PLAIN) == clitic:
            return [(start, end - len(clitic)), (end - len(clitic), end)]
    if text[end : end + 1] == "." and end < limit:
        capital = text[start].isupper()
        is_one = plain in abbreviations or (len(plain) == 1 and capital)
        if is_one and (capital or end + 1 < limit):
            end += 1
    return [(start, end)]


def _is_not(text: str, end: int, limit: int) -> bool:
    """Whether "'t" follows, and ends there."""
    rest = text[end : min(limit, end + 3)]
    return rest[:1].translate(_PLAIN) == "'" and len(rest) > 1 and rest[1] in "tT" and not rest[2:].isalnum()
