"""Whether two names, as people and programs write them, are of one actor, thing or province.

What is known of the world stands in ``names.yaml``; the codebook is not asked, since a program must not be
measured with its own opinion of who is who.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sayso.codebook import data_file


@dataclass(frozen=True, slots=True)
class Words:
    """The rows of names.yaml, ready to be compared with plain names."""

    actor_of: dict[str, str]
    country_of: dict[str, str]
    countries: frozenset[str]
    singular_of: dict[str, str]
    irregular: dict[str, str]
    compounds: dict[str, str]
    weapon_of: dict[str, str]
    sides: frozenset[str]
    filler: frozenset[str]
    empty: frozenset[str]
    nobodies: frozenset[str]
    undescribed: frozenset[str]
    numbers: frozenset[str]
    prepositions: frozenset[str]
    divisions: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The words, read once."""
    rows: dict[str, Any] = data_file("sayso.evaluate", "names.yaml")
    plain_words = {key: frozenset(value.split()) for key, value in rows.items() if isinstance(value, str)}
    country_of = {word: country for country, people in rows["peoples"].items() for word in people}
    singular_of = {word: one for one, many in rows["plurals"].items() for word in many.split()}
    actor_of: dict[str, str] = {}
    for actor, names in rows["actors"].items():
        for name in names:
            actor_of.setdefault(_plain(name, country_of, singular_of), actor)
    return Words(
        actor_of=actor_of,
        country_of=country_of,
        countries=frozenset(country_of.values()),
        singular_of=singular_of,
        irregular=rows["irregular"],
        compounds=rows["compounds"],
        weapon_of={word: kind for kind, its in rows["weapons"].items() for word in its.split()},
        sides=plain_words["sides"],
        filler=plain_words["filler"],
        empty=plain_words["filler"] | plain_words["bodies"] | plain_words["titles"],
        nobodies=plain_words["nobodies"],
        undescribed=plain_words["undescribed"] | plain_words["filler"],
        numbers=plain_words["numbers"],
        prepositions=plain_words["prepositions"],
        divisions=plain_words["divisions"],
    )


# ---- one name -------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name in plain words: no case, accents, punctuation, "the" or possessive; countries for peoples."""
    known = words()
    return _plain(name, known.country_of, known.singular_of)


def _plain(name: str, country_of: dict[str, str], singular_of: dict[str, str]) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    bare = re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’`]s\b", "", bare))
    read = " ".join(country_of.get(word, singular_of.get(word, word)) for word in bare.split())
    return " ".join(word for word in read.split() if word != "the")


def names_nobody(name: str) -> bool:
    """Whether it only describes people ("unknown gunmen", "enemies of Afghanistan")."""
    known = words()
    its = frozenset(plain(name).split())
    return bool(its & known.nobodies) and its <= known.nobodies | known.undescribed | known.countries


@lru_cache(maxsize=65536)
def _senses(name: str) -> frozenset[tuple[str, str]]:
    """What a plain name may be known by: its words, the actor they name; with and without empty words."""
    known = words()
    core = " ".join(word for word in name.split() if word not in known.empty)
    forms = [form for form in (name, core) if form]
    actors = [("actor", known.actor_of[form]) for form in forms if form in known.actor_of]
    return frozenset([("words", form) for form in forms] + actors)


@lru_cache(maxsize=65536)
def _phrase(name: str) -> tuple[frozenset[str], str]:
    """The words of a noun phrase without numbers and prepositions, and its head; "" where there is none."""
    known = words()
    text = plain(name)
    for apart, together in known.compounds.items():
        text = re.sub(rf"\b{apart}", together, text)
    its = [_singular(word) for word in text.split() if word not in known.numbers and not word.isdigit()]
    head = ""
    for word in its:
        if word in known.prepositions and head:
            break
        head = word
    return frozenset(its) - known.prepositions, head


def _singular(word: str) -> str:
    known = words()
    if word in known.irregular:
        return known.irregular[word]
    one = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return known.country_of.get(one, one)


# ---- two names ------------------------------------------------------------------------------------


@lru_cache(maxsize=262144)
def same(a: str, b: str) -> bool:
    """Whether two names are of one actor. Nothing is the same as an empty name."""
    a, b = plain(a), plain(b)
    if not a or not b:
        return False
    if _senses(a) & _senses(b):
        return True
    known = words()
    short, long = sorted((a.split(), b.split()), key=len)
    if known.empty.issuperset(short) and known.empty.issuperset(long):
        return bool(set(short) & set(long) - known.filler)  # "police" and "police officers"
    if len(short) > 1 and not known.empty.issuperset(short) and _inside(short, long):
        return True
    return len(short) == 1 and _is_last_name(short[0], long)


def _inside(short: list[str], long: list[str]) -> bool:
    return f" {' '.join(short)} " in f" {' '.join(long)} "


def _is_last_name(word: str, whole: list[str]) -> bool:
    """A person's last name for the whole name; never a country or what has a name of its own."""
    known = words()
    return (
        1 < len(whole) <= 4
        and len(word) >= 4
        and word == whole[-1]
        and word not in known.empty
        and word not in known.actor_of
        and word not in known.countries
        and whole[0] not in known.sides
    )


def any_same(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether one of these names is the same as one of those."""
    others = list(others)
    return any(same(a, b) for a in some for b in others)


@lru_cache(maxsize=262144)
def alike(a: str, b: str) -> bool:
    """Whether two descriptions are of one target: the same name, head, or all words of the shorter."""
    return same(a, b) or _phrases_agree(a, b, weapons=False)


@lru_cache(maxsize=262144)
def weapons_alike(a: str, b: str) -> bool:
    """As ``alike``, and also where both are one kind of weapon ("mortars", "artillery shells")."""
    return same(a, b) or _phrases_agree(a, b, weapons=True)


def _phrases_agree(a: str, b: str, *, weapons: bool) -> bool:
    known = words()
    (a_words, a_head), (b_words, b_head) = _phrase(a), _phrase(b)
    if not a_words or not b_words:
        return False
    if a_words == b_words:  # they differ in number only
        return True
    if a_head and a_head == b_head and a_head not in known.empty and a_head not in known.countries:
        return True
    if weapons and _kinds(a_words) & _kinds(b_words):
        return True
    fewer = (a_words if len(a_words) <= len(b_words) else b_words) - known.countries
    if not fewer - known.empty or not fewer <= a_words & b_words:
        return False
    return len(fewer) > 1 or bool(fewer & {a_head, b_head})


def _kinds(its: frozenset[str]) -> set[str]:
    weapon_of = words().weapon_of
    return {weapon_of[word] for word in its if word in weapon_of}


LEAST_LIKENESS = 0.75
"""Of two spellings of one province: "Deir ez-Zor" and "Deir Ezzor" pass, "Kunar" and "Kunduz" do not."""


def same_province(a: str, b: str) -> bool:
    """Whether two names are spellings of one province; "South Darfur" and "North Darfur" are not."""
    known = words()
    its, others = ([word for word in plain(name).split() if word not in known.divisions] for name in (a, b))
    if known.sides & set(its) != known.sides & set(others):
        return False
    one, other = "".join(its), "".join(others)
    if not one or not other:
        return False
    return one == other or difflib.SequenceMatcher(None, one, other).ratio() >= LEAST_LIKENESS
