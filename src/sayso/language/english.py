"""What cutting English text needs to know, loaded from the data beside this page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sayso.codebook import data_file


@dataclass(frozen=True, slots=True)
class English:
    """The words of english.yaml, which says what each list is for."""

    openers: frozenset[str]
    relatives: frozenset[str]
    no_speakers: frozenset[str]
    clitics: tuple[str, ...]
    joined: Mapping[str, int]
    prefixes: frozenset[str]
    endings: tuple[str, ...]
    naming: frozenset[str]
    aims: tuple[str, ...]
    negations: frozenset[str]
    nobody: frozenset[str]
    modals: frozenset[str]
    conditions: frozenset[str]
    perceived: frozenset[str]
    implicatives: frozenset[str]
    definites: frozenset[str]
    irregular: Mapping[str, tuple[str, ...]]
    doubling: frozenset[str]
    generics: frozenset[str]
    periods: frozenset[str]
    personal: frozenset[str]
    third: frozenset[str]
    contents: frozenset[str]
    possessives: frozenset[str]
    guessing: frozenset[str]
    having: frozenset[str]
    member_verbs: frozenset[str]
    partitives: frozenset[str]
    several: frozenset[str]
    plurals: Mapping[str, str]


@cache
def english() -> English:
    """The words of English."""
    data = data_file("sayso.language", "english.yaml")
    return English(
        frozenset(data["openers"]),
        frozenset(data["relatives"]),
        frozenset(data["no_speakers"]),
        tuple(data["clitics"]),
        data["joined"],
        frozenset(data["prefixes"]),
        tuple(data["endings"]),
        frozenset(data["naming"]),
        tuple(data["aims"]),
        frozenset(data["negations"]),
        frozenset(data["nobody"]),
        frozenset(data["modals"]),
        frozenset(data["conditions"]),
        frozenset(data["perceived"]),
        frozenset(data["implicatives"]),
        frozenset(data["definites"]),
        {base: tuple(past) for base, past in data["irregular"].items()},
        frozenset(data["doubling"]),
        frozenset(data["generics"]),
        frozenset(data["periods"]),
        frozenset(data["personal"]),
        frozenset(data["third"]),
        frozenset(data["contents"]),
        frozenset(data["possessives"]),
        frozenset(data["guessing"]),
        frozenset(data["having"]),
        frozenset(data["member_verbs"]),
        frozenset(data["partitives"]),
        frozenset(data["several"]),
        data["plurals"],
    )
