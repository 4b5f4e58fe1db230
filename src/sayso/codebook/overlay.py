"""One codebook laid over another: rows replaced, added and taken away."""

from dataclasses import replace
from importlib.resources.abc import Traversable
from typing import TypeGuard

from sayso.codebook.kinds import KINDS, Kind, Placed, Rows
from sayso.codebook.reading import Fault, read_mapping
from sayso.codebook.schema import Lexicon

REMOVE = "remove.yaml"


def laid_over(kind: Kind, base: list[Placed], over: list[Placed]) -> list[Placed]:
    """The base's rows, each replaced in its place by the rows over it that have its key, and then the others.

    Words belong to one row: those of the rows over it are taken out of the base's rows.
    """
    left: dict[tuple[object, ...], list[Placed]] = {}
    for placed in over:
        left.setdefault(kind.key_of(placed.row), []).append(placed)
    replaced = set(left)
    words = {word for placed in over for word in kind.words_of(placed.row)}
    rows: list[Placed] = []
    for placed in base:
        if (key := kind.key_of(placed.row)) in replaced:
            rows.extend(left.pop(key, ()))
        elif (rest := _without_words(kind, placed, words)) is not None:
            rows.append(rest)
    return [*rows, *(placed for added in left.values() for placed in added)]


def _without_words(kind: Kind, placed: Placed, words: set[str]) -> Placed | None:
    """The row without these words, None where it has no other."""
    if kind.words is None or words.isdisjoint(had := kind.words_of(placed.row)):
        return placed
    rest = tuple(word for word in had if word not in words)
    return replace(placed, row=placed.row.model_copy(update={kind.words: rest})) if rest else None


def joined(base: Lexicon, over: Lexicon) -> Lexicon:
    """The lists of both, each word once."""
    lists = {name: (*getattr(base, name), *getattr(over, name)) for name in Lexicon.model_fields}
    return Lexicon(**{name: tuple(dict.fromkeys(words)) for name, words in lists.items()})


def without(rows: Rows, lexicon: Lexicon, entry: Traversable, faults: list[Fault]) -> tuple[Rows, Lexicon]:
    """The rows and the lexicon without what remove.yaml names; what is wrong in it is added to the faults."""
    found, wrong = read_mapping(entry, REMOVE)
    faults.extend(wrong)
    files = {file.partition(".")[0]: file for file in KINDS}
    rows = dict(rows)
    if found is None:
        return rows, lexicon
    for name, keys in found.data.items():
        known = name in files or name in Lexicon.model_fields
        if not known or not _is_list(keys):
            names = ", ".join((*files, *Lexicon.model_fields))
            what = "must be a list of keys" if known else f"nothing has this name; there are {names}"
            faults.append(Fault(REMOVE, found.line_of([name]), f"{name}: {what}"))
            continue
        for index, key in enumerate(keys):
            before = (rows, lexicon)
            if name in files:
                rows = _rows_without(rows, files[name], key)
            else:
                lexicon = _lexicon_without(lexicon, name, key)
            if (rows, lexicon) == before:
                what = f"{name}: the codebook below has no {key!r}"
                faults.append(Fault(REMOVE, found.line_of([name, index]), what))
    return rows, lexicon


def _rows_without(rows: Rows, file: str, key: str) -> Rows:
    kind = KINDS[file]
    by_word = kind.words == kind.key[0]
    kept = [
        rest
        for placed in rows[file]
        if (by_word or getattr(placed.row, kind.key[0]) != key)
        and (rest := _without_words(kind, placed, {key} if by_word else set())) is not None
    ]
    return {**rows, file: kept}


def _lexicon_without(lexicon: Lexicon, name: str, word: str) -> Lexicon:
    rest = tuple(one for one in getattr(lexicon, name) if one != word)
    return lexicon.model_copy(update={name: rest})


def _is_list(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
