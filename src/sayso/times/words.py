"""The words and the shapes of time expressions, loaded from the data beside this page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

# Figures are no words; a year of four digits is one of the last or of this century.
_FIGURES = {
    "day": r"\d{1,2}",
    "day_to": r"\d{1,2}",
    "year": r"(?:19|20)\d\d",
    "year_short": r"\d\d",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape: the name of the reader that understands it, and what it looks like."""

    read: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """``words`` gives class -> printed form in lower case -> meaning; ``rules`` in order of preference."""

    words: Mapping[str, Mapping[str, int]]
    rules: tuple[Rule, ...]
    future: re.Pattern[str]


def alternatives(forms: list[str]) -> str:
    """A pattern for any of the forms, the longest first, each blank of any width."""
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"\s{1,4}") for form in ordered)


@cache
def english() -> TimeWords:
    """The words of English."""
    data = yaml.safe_load(files("sayso.times").joinpath("english.yaml").read_text("utf-8"))
    words: dict[str, dict[str, int]] = data["words"]
    rules = tuple(Rule(row["read"], _compiled(row["pattern"], words)) for row in data["rules"])
    future = re.compile(rf"\b(?:{alternatives(list(words['future']))})\b", re.IGNORECASE)
    return TimeWords(words, rules, future)


def _compiled(pattern: str, words: Mapping[str, Mapping[str, int]]) -> re.Pattern[str]:
    def named(found: re.Match[str]) -> str:
        name = found.group(1)
        return f"(?P<{name}>{_FIGURES.get(name) or alternatives(list(words[name]))})"

    blanks = pattern.replace(" ?", r"\s{0,4}").replace(" ", r"\s{1,4}")
    # A figure in braces is a quantifier, a word a class.
    return re.compile(re.sub(r"\{([a-z_]+)\}", named, blanks), re.IGNORECASE)
