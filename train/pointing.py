"""Fits what each piece of evidence adds for an actor of a report to be meant by words that point.

    python -m train.pointing train/reports/reports-*.jsonl.xz

For each coded attribution that the listener hears, in the sentence and of the words that people coded, each
actor of the report is paired with these words, and so is whom the rules make out of them; a pair is right
where it is the actor that people coded. The weights go into ``sayso/coding/rules/pointing.yaml``.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.codebook import Codebook, load
from sayso.coding.listener import Saying
from sayso.coding.reading import Reading, read
from sayso.coding.rules import hearing
from sayso.coding.rules.deeds import Who
from sayso.coding.rules.pointing import Pointed, Pointing
from sayso.coding.rules.stances import Stances
from sayso.coding.rules.voice import Voice
from sayso.evaluate.names import any_same
from sayso.language import Syntax
from train.fitting import RULES, Judged, gold_in, names_of, report_of, stored

HEAD = """# What each piece of evidence adds to the log-odds that an actor of a report is meant.
# Made by train/pointing.py.
"""
HEARD = 0.5
"""How surely the listener must hear what people coded, for whom it means to be learned from."""

RIDGE = 1.0
"""How far weights are held down."""


def main() -> None:
    """Fit and store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    codebook = load()
    pairs = [pair for gold in gold_in(parser.parse_args().gold) for pair in judged(gold, codebook)]
    stored(pairs, RULES / "pointing.yaml", HEAD, RIDGE)


def judged(gold: dict[str, Any], codebook: Codebook) -> Iterator[Judged]:
    """Every actor for each saying that people coded too: the evidence, and whether it is meant."""
    reading = read(report_of(gold, codebook), codebook)
    stances = Stances(reading, codebook)
    pointing = Pointing(reading, codebook, stances.told.house)
    done: set[tuple[int, int, str]] = set()
    for coded in (one for incident in gold["incidents"] for one in incident["attributions"]):
        for number, syntax, saying, voice in _heard(coded, stances):
            key = (number, saying.actor, saying.stance.value)
            if key in done:
                continue
            done.add(key)
            ruled = None
            if not hearing.is_passive(syntax, saying):
                read_as = next(hearing.read_of(stances, syntax, saying, voice), None)
                ruled = read_as[1] if read_as else None
            for one in pointing.may_be(number, syntax, saying, voice, ruled):
                names = _names(one, ruled, voice, reading, codebook)
                yield one.evidence, any_same(names_of(coded), names)


def _heard(coded: dict[str, Any], stances: Stances) -> Iterator[tuple[int, Syntax, Saying, Voice | None]]:
    """What the listener hears of a coded attribution, by sentence, with whose word it is."""
    reading = stances.reading
    start = reading.report.text.find(coded["said"])
    who = coded["who"] or (coded["by"] if coded["by"] not in ("before", "report") else None)
    place = reading.report.text.find(who, start) if who else -1
    for number, sentence in enumerate(reading.sentences):
        syntax = reading.syntax[number]
        apart = sentence.end <= start or start + len(coded["said"]) <= sentence.start
        if start < 0 or syntax is None or apart:
            continue
        for saying, voice in stances.told.sayings.get(number, ()):
            word = syntax.tokens[saying.actor]
            there = who is None or (word.start < place + len(who) and place < word.end)
            if saying.stance.value == coded["stance"] and saying.sure >= HEARD and there:
                yield number, syntax, saying, voice


def _names(
    one: Pointed, ruled: Who | None, voice: Voice | None, reading: Reading, codebook: Codebook
) -> tuple[str, ...]:
    """What somebody who may be meant is called."""
    names = []
    if one.actor is not None:
        row = codebook.actor(one.actor.actor_id) if one.actor.actor_id else None
        names = [one.actor.words, *([row.name] if row else [])]
    if one.ruled and ruled is not None:
        names += [reading.report.text[slice(*span)] for span in (ruled.span, ruled.named) if span]
        if ruled.own and voice is not None and voice.speaker.words:
            names.append(voice.speaker.words)
    return tuple(names)


if __name__ == "__main__":
    main()
