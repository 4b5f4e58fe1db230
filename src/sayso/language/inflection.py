"""English words in all their forms, so that data can name each by its base form."""

from functools import cache

from sayso.language.english import english

_VOWELS = "aeiou"


def plural(noun: str) -> str:
    """The plural of an English noun: "militia" "militias", "army" "armies", "policeman" "policemen"."""
    if (known := english().plurals.get(noun)) is not None:
        return known
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if noun.endswith("child"):
        return f"{noun}ren"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"


@cache
def noun_forms(noun: str) -> frozenset[str]:
    """A noun in the singular and the plural."""
    return frozenset((noun, plural(noun)))


@cache
def verb_forms(base: str) -> tuple[str, ...]:
    """The forms of a verb, its base first: "stab" "stabs" "stabbing" "stabbed"; irregular ones from data."""
    third = plural(base)
    stem = base
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")):
        stem = base[:-1]
    elif _doubles(base):
        stem = base + base[-1]
    ing = f"{base[:-2]}ying" if base.endswith("ie") else f"{stem}ing"
    past = english().irregular.get(base)
    if past is None:
        if base.endswith("y") and base[-2:-1] not in _VOWELS:
            past = (f"{base[:-1]}ied",)
        else:
            past = (f"{stem}ed" if stem != base or not base.endswith("e") else f"{base}d",)
    return tuple(dict.fromkeys((base, third, ing, *past)))


def _doubles(base: str) -> bool:
    """Whether the last consonant is doubled before an ending: "stab", "kidnap"; not "open" or "repair"."""
    if base in english().doubling:
        return True
    ends = base[-1:] not in "aeiouwxy" and base[-2:-1] in _VOWELS and base[-3:-2] not in _VOWELS
    return ends and sum(letter in _VOWELS for letter in base) == 1
