"""Invented twins of the groups that a codebook knows: other names of like shape, and all else the same.

A name is changed word by word, so that long and short forms of a name, and the names of a group and its
branch, still resemble one another. What invented words are made of stands in ``invented.yaml``.
"""

import csv
import random
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from sayso.actors.index import slug
from sayso.codebook import Codebook, load
from sayso.codebook.schema import Actor
from sayso.places import gazetteer

# An apostrophe is inside a word, "'s" is not a part of it.
_WORD = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)*")
_COLUMNS = tuple(Actor.model_fields)
_LETTERS_IN_A_SYLLABLE = 3


@dataclass(frozen=True, slots=True)
class Invented:
    """The twins of one seed.

    codebook  the default codebook with the twins laid over it.
    ids       actor_id -> that of the twin.
    forms     (actor_id, form of its name) -> the form of the twin's.
    """

    codebook: Codebook
    ids: Mapping[str, str]
    forms: Mapping[tuple[str, str], str]


def invent(seed: int) -> Invented:
    """The twins of all organisations of the default codebook: same class, country, dates and wholes.

    A state that was an organisation at another time has a twin too.
    """
    base = load()
    ids = {row.actor_id: "" for row in base.actors if row.kind == "organisation"}
    rows = [row for row in base.actors if row.actor_id in ids]
    names = _Names(base, random.Random(f"names {seed}"))  # noqa: S311 - nothing secret is made of it
    forms: dict[tuple[str, str], str] = {}
    for row in rows:
        for form in (row.name, *row.aliases):
            forms[row.actor_id, form] = names.twin(form)
    taken = {row.actor_id for row in base.actors}
    for row in rows:
        if not ids[row.actor_id]:
            ids[row.actor_id] = _free(slug(forms[row.actor_id, row.name]), taken)
    with tempfile.TemporaryDirectory() as folder:
        write_overlay(Path(folder), [_twin(row, ids, forms) for row in rows])
        return Invented(load(folder), ids, forms)


def write_overlay(folder: Path, rows: list[Actor]) -> None:
    """Writes the files of a codebook that adds these actors to the default one."""
    about = {"name": "invented", "version": "1", "language": "en", "extends": "default"}
    folder.joinpath("codebook.yaml").write_text(yaml.safe_dump(about), "utf-8")
    with folder.joinpath("actors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        for row in rows:
            values = row.model_dump() | {"aliases": "|".join(row.aliases)}
            writer.writerow([values[name] or "" for name in _COLUMNS])


def _twin(row: Actor, ids: Mapping[str, str], forms: Mapping[tuple[str, str], str]) -> Actor:
    aliases = dict.fromkeys(forms[row.actor_id, form] for form in row.aliases)
    part_of = ids.get(row.part_of, row.part_of) if row.part_of else None
    changed = {
        "actor_id": ids[row.actor_id],
        "name": forms[row.actor_id, row.name],
        "aliases": tuple(aliases),
        "part_of": part_of,
        "source": "invented",
    }
    return row.model_copy(update=changed)


def _free(wanted: str, taken: set[str]) -> str:
    """The id, with a number where another actor has it."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken.add(found)
    return found


@cache
def _parts() -> dict[str, Any]:
    parts: dict[str, Any] = yaml.safe_load(
        files("sayso.evaluate").joinpath("invented.yaml").read_text("utf-8")
    )
    return parts


class _Names:
    """Makes names of names; remembers which word became which."""

    def __init__(self, codebook: Codebook, chance: random.Random) -> None:
        self._chance = chance
        self._word_of: dict[str, str] = {}
        forms = [form for row in codebook.actors for form in (row.name, *row.aliases)]
        forms += [form for row in codebook.countries for form in (row.name, *row.aliases, *row.demonyms)]
        forms += [form for row in codebook.outlets for form in (row.outlet, *row.aliases)]
        self._taken = {word.lower() for form in forms for word in _WORD.findall(form)}
        self._taken |= set(gazetteer().named)
        nations = [form for row in codebook.countries for form in (row.name, *row.demonyms)]
        self._kept = {form.lower() for form in nations if " " not in form} | set(_parts()["kept"])
        self._known = {word.lower() for form in forms for word in _WORD.findall(form)}
        for words in _parts()["kinds_of_group"]:
            turn = chance.randrange(1, len(words))
            self._word_of |= dict(zip(words, words[turn:] + words[:turn], strict=True))

    def twin(self, form: str) -> str:
        return _WORD.sub(lambda word: self._changed(word.group()), form)

    def _changed(self, word: str) -> str:
        key = word.lower()
        if key in self._kept or len(word) == 1 or word.isdigit():
            return word
        if word.isupper():
            return self._word_of.get(word) or self._word_of.setdefault(word, self._short(word))
        if key not in self._word_of and key.endswith("s") and key[:-1] in self._known:
            return self._changed(word[:-1]) + "s"  # of one group and of its people
        new = self._word_of.get(key) or self._word_of.setdefault(key, self._long(len(key)))
        return new if word[0].islower() else new.capitalize()

    def _short(self, word: str) -> str:
        letters: str = "".join(_parts()["letters"])
        while (made := self._like(word, letters)).lower() in self._taken:
            pass
        self._taken.add(made.lower())
        return made

    def _like(self, word: str, letters: str) -> str:
        return "".join(self._chance.choice("23456789" if char.isdigit() else letters) for char in word)

    def _long(self, length: int) -> str:
        number = max(2, round(length / _LETTERS_IN_A_SYLLABLE))
        while (made := "".join(self._chance.choices(_parts()["syllables"], k=number))) in self._taken:
            pass
        self._taken.add(made)
        return made
