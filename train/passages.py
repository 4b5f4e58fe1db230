"""Passages with what they tell, as examples for the listener.

    python -m train.passages train/passages --out examples.pt

``train/passages`` holds two kinds of files, a passage a line. ``said-*.jsonl.xz``: ``mentions``, a name for
each person, group, body or outlet and its words in the text ("words#2" for their second occurrence);
``said``, rows of a stance, the actor, the speaker ("report" where the report speaks itself, "before" where
somebody goes on speaking who was told before) and whether it is hedged. ``acts-*.jsonl.xz``: ``acts``, rows
of words that tell an act as having happened, its sub-event type and its number in the passage. All were
written for this.
"""

import argparse
import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from sayso.codebook import load
from sayso.coding.listener import BEFORE, REPORT, candidates, heard_as, pieces_of
from sayso.language import Syntax, parse, split
from sayso.model import Span, Stance
from train.examples import Example

STANCES = [one.value for one in Stance if one is not Stance.DISPUTED]


def main() -> None:
    """Make the examples."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("passages", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    codebook = load("default")
    abbreviations = frozenset(codebook.lexicon.abbreviations)
    types = [row.sub_event_type for row in codebook.event_types]
    examples: list[Example] = []
    for path in sorted(arguments.passages.glob("*.jsonl.xz")):
        for line in lzma.decompress(path.read_bytes()).decode("utf-8").splitlines():
            passage = json.loads(line)
            parsed = _parsed(passage["text"], abbreviations)
            made = _of_acts(passage, parsed, types) if "acts" in passage else _of_said(passage, parsed)
            for one in made:
                one.writer = path.name.removesuffix(".jsonl.xz")
                examples.append(one)
    rows = [[getattr(one, name) for name in Example.__slots__] for one in examples]
    torch.save({"examples": rows, "stances": STANCES, "types": types}, arguments.out)
    print(len(examples), "examples")


def _parsed(text: str, abbreviations: frozenset[str]) -> list[Syntax]:
    sentences = split(text, [(0, len(text))], abbreviations)
    return [Syntax(text, one) for one in parse(text, sentences, abbreviations)]


def _example(parsed: list[Syntax], number: int) -> Example:
    syntax = parsed[number]
    before = parsed[number - 1].words if number else []
    pieces, parted, firsts = pieces_of(before, syntax.words)
    return Example(pieces, parted, firsts)


def _of_said(passage: dict[str, Any], parsed: list[Syntax]) -> Iterator[Example]:
    places: dict[str, tuple[int, int]] = {}
    for name, words in passage["mentions"].items():
        found = _found(passage["text"], words, parsed)
        if found:
            places[name] = (found[0], found[1])
    said: dict[int, list[tuple[int, int, int, bool]]] = {}
    unclear: set[int] = set()
    for stance, actor, speaker, hedged in passage["said"]:
        if actor not in places:
            continue
        number, at = places[actor]
        by = {"report": REPORT, "before": BEFORE}.get(speaker)
        if by is None and speaker in places:
            where, word = places[speaker]
            by = word if where == number else BEFORE if where < number else None
        if by is None:  # whoever speaks is told later, which nobody can know yet
            unclear.add(number)
        else:
            said.setdefault(number, []).append((STANCES.index(stance), at, by, bool(hedged)))
    for number, syntax in enumerate(parsed):
        if number not in unclear and heard_as(syntax):
            example = _example(parsed, number)
            example.said = said.get(number, [])
            told = {at for _, actor, speaker, _ in example.said for at in (actor, speaker) if at >= 0}
            example.actors = sorted({*candidates(syntax), *told})
            yield example


def _of_acts(passage: dict[str, Any], parsed: list[Syntax], types: list[str]) -> Iterator[Example]:
    acts: dict[int, dict[int, int]] = {}
    spare: dict[int, set[int]] = {}
    for words, kind, *_ in passage["acts"]:
        found = _found(passage["text"], words, parsed)
        if found and kind in types:
            number, at, span = found
            acts.setdefault(number, {})[at] = types.index(kind)
            spare.setdefault(number, set()).update(parsed[number].within(span))
    for number, syntax in enumerate(parsed):
        if heard_as(syntax):
            example = _example(parsed, number)
            example.acts = sorted(acts.get(number, {}).items())
            example.spare = sorted(spare.get(number, set()) - set(acts.get(number, {})))
            example.is_of_acts = True
            yield example


def _found(text: str, words: str, parsed: list[Syntax]) -> tuple[int, int, Span] | None:
    """The sentence, the head and the span of some words; None where they are not in the text."""
    plain, _, which = words.partition("#") if re.search(r"#\d$", words) else (words, "", "1")
    spans = [one.span() for one in re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", text)]
    if len(spans) < int(which):
        return None
    span = spans[int(which) - 1]
    for number, syntax in enumerate(parsed):
        if syntax.sentence.start <= span[0] < syntax.sentence.end and (at := syntax.top(span)) is not None:
            return number, at, span
    return None


if __name__ == "__main__":
    main()
