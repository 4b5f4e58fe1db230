"""Passages with what they tell, as examples for the listener.

    python -m train.passages train/passages train/reports --out examples.pt

``train/passages`` holds two kinds of files, a passage a line. ``said-*.jsonl.xz``: ``mentions``, a name for
each person, group, body or outlet and its words in the text ("words#2" for their second occurrence);
``said``, rows of a stance, the actor, the speaker ("report" where the report speaks itself, "before" where
somebody goes on speaking who was told before) and whether it is hedged. ``acts-*.jsonl.xz``: ``acts``, rows
of words that tell an act as having happened, its sub-event type and its number in the passage.
``train/reports`` holds whole reports: each incident with its ``acts``, and attributions with the sentence
that carries each (``said``), the words in it for the actor (``who``) and for the speaker (``by``). All were
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
    parser.add_argument("passages", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    codebook = load("default")
    abbreviations = frozenset(codebook.lexicon.abbreviations)
    types = [row.sub_event_type for row in codebook.event_types]
    examples: list[Example] = []
    for path in (path for folder in arguments.passages for path in sorted(folder.glob("*.jsonl.xz"))):
        for line in lzma.decompress(path.read_bytes()).decode("utf-8").splitlines():
            passage = json.loads(line)
            parsed = _parsed(passage["text"], abbreviations)
            for one in _made(passage, parsed, types):
                one.writer = path.name.removesuffix(".jsonl.xz")
                examples.append(one)
    rows = [[getattr(one, name) for name in Example.__slots__] for one in examples]
    torch.save({"examples": rows, "stances": STANCES, "types": types}, arguments.out)
    print(len(examples), "examples")


def _made(passage: dict[str, Any], parsed: list[Syntax], types: list[str]) -> Iterator[Example]:
    if "incidents" in passage:
        yield from _of_report(passage, parsed)
        told = [(words, one) for one in passage["incidents"] for words in one["acts"]]
        acts = [[words, one["sub_event_type"]] for words, one in told]
        yield from _of_acts({"text": passage["text"], "acts": acts}, parsed, types)
    elif "acts" in passage:
        yield from _of_acts(passage, parsed, types)
    else:
        yield from _of_said(passage, parsed)


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
    yield from _said_in(parsed, said, unclear)


def _said_in(
    parsed: list[Syntax], said: dict[int, list[tuple[int, int, int, bool]]], unclear: set[int]
) -> Iterator[Example]:
    for number, syntax in enumerate(parsed):
        if number not in unclear and heard_as(syntax):
            example = _example(parsed, number)
            example.said = said.get(number, [])
            told = {at for _, actor, speaker, _ in example.said for at in (actor, speaker) if at >= 0}
            example.actors = sorted({*candidates(syntax), *told})
            yield example


def _of_report(report: dict[str, Any], parsed: list[Syntax]) -> Iterator[Example]:
    said: dict[int, set[tuple[int, int, int, bool]]] = {}
    unclear: set[int] = set()
    for told in (one for incident in report["incidents"] for one in incident["attributions"]):
        carries = report["text"].find(told["said"])
        over = (carries, carries + len(told["said"]))
        numbers = [
            at for at, one in enumerate(parsed) if one.sentence.start < over[1] and over[0] < one.sentence.end
        ]
        who = _found(report["text"], told["who"] or "", parsed, over)
        by = {"report": REPORT, "before": BEFORE}.get(told["by"])
        if by is None and who and (found := _found(report["text"], told["by"], parsed, over)):
            by = found[1] if found[0] == who[0] else BEFORE if found[0] < who[0] else None
        if who is None or by is None:
            unclear.update(numbers)
        else:
            said.setdefault(who[0], set()).add(
                (STANCES.index(told["stance"]), who[1], by, bool(told["hedged"]))
            )
    yield from _said_in(parsed, {number: sorted(rows) for number, rows in said.items()}, unclear - set(said))


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


def _found(
    text: str, words: str, parsed: list[Syntax], over: Span | None = None
) -> tuple[int, int, Span] | None:
    """The sentence, the head and the span of some words, of ``over`` alone if given; None if not there."""
    plain, _, which = words.partition("#") if re.search(r"#\d$", words) else (words, "", "1")
    start, end = over or (0, len(text))
    found = re.compile(rf"(?<!\w){re.escape(plain)}(?!\w)").finditer(text, max(start, 0), end)
    spans = [one.span() for one in found if plain]
    if len(spans) < int(which):
        return None
    span = spans[int(which) - 1]
    for number, syntax in enumerate(parsed):
        if syntax.sentence.start <= span[0] < syntax.sentence.end and (at := syntax.top(span)) is not None:
            return number, at, span
    return None


if __name__ == "__main__":
    main()
