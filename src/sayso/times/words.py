"""The words and the shapes of time expressions, loaded from the data beside this page."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

from sayso.codebook import data_file

# Figures are no words; a year of four digits is one of the last two centuries or of this one.
_FIGURES = {
    "day": r"\d{1,2}",
    "day_to": r"\d{1,2}",
    "year": r"(?:1[89]|20)\d\d",
    "year_short": r"\d\d",
}
# What a sentence must hold where a shape has a year; older ones stand in "the 1880s".
_YEARS = tuple(str(year) for year in range(1500, 2100))
_TOKEN = re.compile(r"[a-z]+|\d+")
_OVERTAKEN = 4
"""How many words before a mark of what is to come are looked at for one that makes it past."""
_WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True)
class Rule:
    """One shape: the name of its reader, what it looks like, and what a vague one refers to."""

    read: str
    source: Callable[[], str]
    ref: int | None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when a text first calls for it: no report calls for all."""
        return re.compile(self.source())


@dataclass(frozen=True, slots=True)
class Tense:
    """Words that show whether a time is to come (1) or past (-1); english.yaml tells what each list is.

    pairs   second word -> first word -> what both tell.
    """

    words: Mapping[str, int]
    pairs: Mapping[str, Mapping[str, int]]
    passive: frozenset[str]
    overtaken: frozenset[str]
    auxiliaries: frozenset[str]
    perfect: frozenset[str]
    at_once: Mapping[str, int]
    no_verbs: frozenset[str]

    def at_end(self, seen: str) -> int | None:
        """What the very last of some words tells of what stands right after it."""
        words = _WORD.findall(seen)
        return self.at_once.get(words[-1]) if words else None

    def before(self, seen: str) -> int | None:
        """What the word nearest to the end of some words tells; None where none tells anything."""
        words = _WORD.findall(seen)
        for place in range(len(words) - 1, -1, -1):
            if told := self._mark(words, place):
                return told
        return None

    def due(self, seen: str) -> int | None:
        """The same, where "to leave" is to come too."""
        words = _WORD.findall(seen)
        for place in range(len(words) - 1, -1, -1):
            if words[place] == "to" and place + 1 < len(words) and words[place + 1] not in self.no_verbs:
                return 1
            if told := self._mark(words, place):
                return told
        return None

    def after(self, seen: str) -> int | None:
        """What the word nearest to the beginning of some words tells; None where none tells anything."""
        words = _WORD.findall(seen)
        for place in range(len(words)):
            if told := self._mark(words, place):
                return told
        return None

    def _mark(self, words: Sequence[str], place: int) -> int | None:
        word, before = words[place], words[place - 1] if place else ""
        told = self.pairs.get(word, {}).get(before) or self.words.get(word)
        if told is None and word.endswith("'ll"):
            told = 1
        if told is None and word.endswith("ed") and len(word) > 3:
            told = -1
        if told is None or before in self.passive or (word == "have" and before in self.auxiliaries):
            return None
        if word in self.perfect and any(self.words.get(one, 0) > 0 for one in words[place + 1 : place + 3]):
            return 1
        if told > 0 and not self.overtaken.isdisjoint(words[max(0, place - _OVERTAKEN) : place]):
            return -1
        return told


def _tense(data: Mapping[str, Any]) -> Tense:
    pairs: dict[str, dict[str, int]] = {}
    for pair, told in data["pairs"].items():
        first, second = pair.split()
        pairs.setdefault(second, {})[first] = told
    return Tense(
        words=data["words"],
        pairs=pairs,
        passive=frozenset(data["passive"]),
        overtaken=frozenset(data["overtaken"]),
        auxiliaries=frozenset(data["auxiliaries"]),
        perfect=frozenset(data["perfect"]),
        at_once=data["at_once"],
        no_verbs=frozenset(data["no_verbs"]),
    )


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The grammar of one language.

    words   class -> printed form in lower case -> meaning.
    rules   in order of preference.
    tense   tells what is to come from what is past.
    calls   word -> the numbers of the rules that are looked for where it stands.
    """

    words: Mapping[str, Mapping[str, int]]
    rules: tuple[Rule, ...]
    tense: Tense
    calls: Mapping[str, frozenset[int]]

    def called(self, words: Collection[str]) -> Iterator[Rule]:
        """The rules that the words of a sentence call for, in order of preference."""
        known = self.calls.keys() & words
        if known:
            for number in sorted(frozenset[int]().union(*(self.calls[word] for word in known))):
                yield self.rules[number]


def words_of(seen: str) -> list[str]:
    """The words and numbers of a view, in order: what calls for rules."""
    return _TOKEN.findall(seen)


def alternatives(forms: Iterable[str]) -> str:
    """A pattern for any of the forms, the longest first, each blank of any width."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"\s{1,4}") for form in ordered)


@cache
def english() -> TimeWords:
    """The words of English."""
    data: dict[str, Any] = data_file("sayso.times", "english.yaml")
    words: dict[str, dict[str, int]] = data["words"]
    rules = tuple(
        Rule(row["read"], partial(_expanded, row["pattern"], words, data["parts"]), row.get("ref"))
        for row in data["rules"]
    )
    return TimeWords(words, rules, _tense(data["tense"]), _calls(data["rules"], words))


def _calls(rows: list[dict[str, Any]], words: Mapping[str, Mapping[str, int]]) -> dict[str, frozenset[int]]:
    """The rules by their ``when``; of a form of several words, the last calls."""
    calls: dict[str, set[int]] = {}
    for number, row in enumerate(rows):
        for name in row["when"]:
            forms = _YEARS if name == "year" else tuple(words.get(name, (name,)))
            for form in forms:
                calls.setdefault(words_of(form)[-1], set()).add(number)
    return {word: frozenset(numbers) for word, numbers in calls.items()}


def _blanks(pattern: str) -> str:
    """The pattern with blanks of any width; between square brackets a blank is one."""
    widths = {" ?": r"\s{0,4}", " ": r"\s{1,4}"}
    return re.sub(r"\[[^]]*\]| \??", lambda found: widths.get(found.group(), found.group()), pattern)


def _expanded(pattern: str, words: Mapping[str, Mapping[str, int]], parts: Mapping[str, str]) -> str:
    def named(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in parts:
            return _expanded(parts[name], words, parts)
        return f"(?P<{name}>{_FIGURES.get(name) or alternatives(words[name])})"

    # A figure in braces is a quantifier, a word a class.
    return re.sub(r"\{([a-z_]+)\}", named, _blanks(pattern))
