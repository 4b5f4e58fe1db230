"""Spellings that stand for one name in other letters: Surkhe Parsa and Surkhi Parsa, Najrab and Nijrab."""

import re
from functools import lru_cache

from sayso.places.gazetteer import key_of

# Articles and the joining vowel of Persian, which some spellings have and some have not.
_JOINTS = re.compile(r"\b(?:al|el|an|ar|as|ash|ad|at|az|e|i|ye|ul|ud|de|of)\b ?")
_DIGRAPHS = (("tch", "2"), ("tsh", "2"), ("ch", "2"), ("dj", "j"), ("ph", "f"), ("ck", "k"), ("x", "ks"))
_CONSONANTS = str.maketrans("qcvz", "kkbs", "aeiouywh ")
_DOUBLED = re.compile(r"(.)\1+")
# With fewer consonants than this, too many names sound alike.
_FEWEST = 2
# Letters in which spellings differ: another of them, or one more or less, is half an edit.
_SOFT = frozenset("aeiouywh")
_LONGEST = 40
# How many pairs of names are kept in mind.
_KEPT = 20_000
# Half edits that are let pass, by the length of the name: "Nijrab" and "Najrab", "Sangin" and "Sangeen".
_SHORT, _MIDDLE = 6, 9
_MOST_SHORT, _MOST_MIDDLE, _MOST_LONG = 1.0, 2.0, 2.5


def sound_of(name: str) -> str:
    """The consonants of a name, alike in all its spellings; empty where they are too few."""
    return _sound_of_key(key_of(name))


def _sound_of_key(key: str) -> str:
    plain = _without_joints(key)
    for spelt, sound in _DIGRAPHS:
        plain = plain.replace(spelt, sound)
    sound = _DOUBLED.sub(r"\1", plain.translate(_CONSONANTS))
    return sound if len(sound) >= _FEWEST else ""


def _without_joints(key: str) -> str:
    return key if key.isalpha() else _JOINTS.sub("", key) or key


def _letters(name: str) -> str:
    return _without_joints(key_of(name)).replace(" ", "")


def sounds_of(name: str) -> tuple[str, ...]:
    """The sounds under which a name is kept: x may be kh or h (Kurdish, Somali), a first c be silent."""
    key = key_of(name)
    forms = {key: None}
    if "x" in key:
        forms |= {key.replace("x", "kh"): None, key.replace("x", "h"): None}
    if key[:1] == "c" and key[1:2] in _SOFT:
        forms[key[1:]] = None
    return tuple(filter(None, dict.fromkeys(map(_sound_of_key, forms))))


def is_like(name: str, other: str) -> bool:
    """Whether two names that sound alike are spelt alike but for a few letters: more in longer names."""
    shorter = min(len(_letters(name)), len(_letters(other)))
    most = _MOST_SHORT if shorter < _SHORT else _MOST_MIDDLE if shorter < _MIDDLE else _MOST_LONG
    return edits(name, other) <= most


@lru_cache(maxsize=_KEPT)
def edits(name: str, other: str) -> float:
    """How many letters must be put in, left out or changed to make one name of the other, articles left out.

    Vowels, h and doubled letters, in which spellings of one name differ, count half.
    """
    one, two = _letters(name)[:_LONGEST], _letters(other)[:_LONGEST]
    row = [0.0]
    for column in range(len(two)):
        row.append(row[column] + _cost(two, column))
    for number, letter in enumerate(one):
        above, row[0] = row[0], row[0] + _cost(one, number)
        for column, against in enumerate(two):
            swap = 0.0 if letter == against else 0.5 if letter in _SOFT and against in _SOFT else 1.0
            cheapest = min(
                row[column + 1] + _cost(one, number), row[column] + _cost(two, column), above + swap
            )
            above, row[column + 1] = row[column + 1], cheapest
    return row[len(two)]


def _cost(word: str, index: int) -> float:
    return 0.5 if word[index] in _SOFT or (index and word[index] == word[index - 1]) else 1.0
