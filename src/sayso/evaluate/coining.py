"""Makes names of names: other words of like shape, the same word always the same other word.

A name is changed word by word, so that long and short forms of a name, the names of a group and its branch,
and those of a country and its ministries, still resemble one another. What invented words are made of stands
in ``invented.yaml``.
"""

import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from sayso.codebook import Codebook, data_file
from sayso.codebook.schema import Lexicon
from sayso.places import gazetteer

# An apostrophe is inside a word, "'s" is not a part of it; "U.S." is one word.
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’](?!s\b)[^\W_]+)*")
_LETTERS_IN_A_SYLLABLE = 3
# So many words in vain, and another syllable is taken.
_TRIES = 20


@cache
def _parts() -> dict[str, Any]:
    parts: dict[str, Any] = data_file("sayso.evaluate", "invented.yaml")
    return parts


class Names:
    """Makes names of names; remembers which word became which."""

    def __init__(self, codebook: Codebook, chance: random.Random) -> None:
        self._chance = chance
        self._word_of: dict[str, str] = {}
        self._known = {word.lower() for form in _forms(codebook) for word in _WORD.findall(form)}
        self._taken = self._known | set(gazetteer().named) | _words_of(codebook.lexicon)
        self._kept = frozenset(_parts()["kept"])
        self._bodies = frozenset(
            word for row in codebook.bodies for phrase in row.words for word in phrase.split()
        )
        nouns = (*codebook.lexicon.media_nouns, *codebook.lexicon.monitor_nouns)
        self._media = frozenset(word for noun in nouns for word in noun.split())
        self._countries = frozenset(_parts()["kept_of_countries"])
        self._name_peoples(codebook)
        for words in _parts()["kinds_of_group"]:
            turn = chance.randrange(1, len(words))
            self._word_of |= dict(zip(words, words[turn:] + words[:turn], strict=True))

    def _name_peoples(self, codebook: Codebook) -> None:
        """Demonyms come first: they are told from other words by their ending."""
        ending = _parts()["people"]
        for row in codebook.countries:
            for form in row.demonyms:
                key = _WORD.findall(form)[-1].lower()
                if key not in self._word_of and not (key[-1] == "s" and key[:-1] in self._word_of):
                    self._word_of[key] = self._long(len(key) - len(ending)) + ending

    # ---- kinds of names ---------------------------------------------------------------------------

    def of_group(self, form: str) -> str:
        """Words that tell what kind of group it is become others that do."""
        return self._twin(form, frozenset())

    def of_state(self, form: str) -> str:
        """Words that tell what kind of body it is stay: "Interior Ministry", "police"."""
        return self._twin(form, self._bodies)

    def of_media(self, form: str) -> str:
        """Words that tell that it is an outlet or a monitor stay: "News Agency", "Observatory"."""
        return self._twin(form, self._media)

    def of_country(self, form: str) -> str:
        """Words that many countries have in their names stay: "Republic", "Islands"."""
        return self._twin(form, self._countries)

    def of_phrase(self, phrase: str) -> str:
        """A phrase in small letters of which only words change that changed in some name."""

        def changed(found: re.Match[str]) -> str:
            word = found.group()
            now = self._word_of.get(word.upper()) or self._word_of.get(word)
            if now is None and word.endswith("s") and word[:-1] in self._word_of:
                now = self._word_of[word[:-1]] + "s"
            return (now or word).lower()

        letters = phrase.split(".")
        if len(letters) > 1 and all(len(letter) == 1 for letter in letters):  # "u.s", of an abbreviation
            return ".".join(self._word_of.get("".join(letters).upper(), "".join(letters)).lower())
        return _WORD.sub(changed, phrase)

    def others(self, number: int) -> tuple[str, ...]:
        """So many words that are in no name."""
        return tuple(self._long(2 * _LETTERS_IN_A_SYLLABLE).capitalize() for _ in range(number))

    # ---- words ------------------------------------------------------------------------------------

    def _twin(self, form: str, stay: frozenset[str]) -> str:
        """The name with other words; where all would stay, the first does not."""
        twin = _WORD.sub(lambda word: self._changed(word.group(), stay), form)
        first = next((word.lower() for word in _WORD.findall(form) if word.lower() in stay), None)
        return twin if twin != form or first is None else self._twin(form, stay - {first})

    def _changed(self, word: str, stay: frozenset[str]) -> str:
        key = word.lower()
        if word.endswith("."):
            return "".join(f"{letter}." for letter in self._changed(word.replace(".", ""), stay))
        if key in self._kept or key in stay or len(word) == 1 or word.isdigit():
            return word
        if word.isupper():
            return self._word_of.get(word) or self._word_of.setdefault(word, self._short(word))
        if key not in self._word_of and key.endswith("s") and key[:-1] in self._known:
            return self._changed(word[:-1], frozenset()) + "s"  # of one group and of its people
        new = self._word_of.get(key) or self._word_of.setdefault(key, self._long(len(key)))
        return new if word[0].islower() else new[0].upper() + new[1:]

    def _short(self, word: str) -> str:
        letters: str = "".join(_parts()["letters"])
        while (made := self._like(word, letters)).lower() in self._taken:
            pass
        self._taken.add(made.lower())
        return made

    def _like(self, word: str, letters: str) -> str:
        return "".join(self._chance.choice("23456789" if char.isdigit() else letters) for char in word)

    def _long(self, length: int) -> str:
        number, tries = max(2, round(length / _LETTERS_IN_A_SYLLABLE)), 0
        while (made := "".join(self._chance.sample(_parts()["syllables"], number))) in self._taken:
            tries += 1
            number += tries % _TRIES == 0
        self._taken.add(made)
        return made


def _forms(codebook: Codebook) -> Iterator[str]:
    """All names that the codebook knows."""
    for actor in codebook.actors:
        yield from (actor.name, *actor.aliases)
    for country in codebook.countries:
        yield from (country.name, *country.aliases, *country.demonyms)
    for outlet in codebook.outlets:
        yield from (outlet.outlet, *outlet.aliases)


def _words_of(lexicon: Lexicon) -> set[str]:
    lists: list[tuple[str, ...]] = [getattr(lexicon, name) for name in Lexicon.model_fields]
    return {word for phrases in lists for phrase in phrases for word in phrase.split()}
