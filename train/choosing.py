"""Fits what each piece of evidence adds for a stance to be meant of an incident, from reports coded by hand.

    python -m train.choosing train/reports/reports-*.jsonl.xz tests/gold/{,later/}open.jsonl

Each report is coded by the rules; every stance is paired with each incident of the report, and a pair is
right where people coded that stance of that incident. The weights of a logistic regression over the evidence
go into ``sayso/coding/rules/choosing.yaml``. Only reports that the listener has not read tell how sure it may
be.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso import coding
from sayso.codebook import Codebook, load
from sayso.coding.reading import Reading, read
from sayso.coding.rules import cues, events, voices
from sayso.coding.rules.choosing import Choice
from sayso.evaluate.align import align
from sayso.evaluate.names import any_same
from sayso.evaluate.told import Told, records, told
from sayso.model import mention_id_of
from sayso.pipeline import coded_record
from train.fitting import RULES, Judged, gold_in, report_of, stored

HEAD = """# What each piece of evidence adds to the log-odds that a stance is meant of an incident; those with
# a measure (log-odds of the listener) for each unit of it. Made by train/choosing.py.
"""

RIDGE = 3.0
"""How far weights are held down: with 1, fewer are right among as many false, on writers not fitted to."""


def main() -> None:
    """Fit and store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    codebook = load()
    pairs = [pair for gold in gold_in(parser.parse_args().gold) for pair in judged(gold, codebook)]
    stored(pairs, RULES / "choosing.yaml", HEAD, RIDGE)


def judged(gold: dict[str, Any], codebook: Codebook) -> Iterator[Judged]:
    """Every stance of a report with each of its incidents: the evidence, and whether people coded it so."""
    report = report_of(gold, codebook)
    coded = coding.code(report, codebook)
    said = [told(one) for one in records(coded_record(coded, codebook)["incidents"])]
    ours = [told(one, gold=True) for one in records(gold.get("incidents"))]
    joined = {place: ours[row] for row, place in align(ours, said).items()}
    by_mention = {one.mention_id: joined.get(place) for place, one in enumerate(coded.mentions)}
    reading = read(report, codebook)
    found = cues.find(reading, codebook)
    for choices in voices.weighed(reading, found, events.find(reading, found, codebook), codebook):
        for choice in choices:
            key = mention_id_of(report.report_id, *choice.telling.key)
            yield choice.evidence, _is_right(choice, by_mention.get(key), reading)


def _is_right(choice: Choice, incident: Told | None, reading: Reading) -> bool:
    if incident is None:
        return False
    names = _names(choice, reading)
    stance = choice.found.stance.value
    return any(stance in one.stances and any_same(one.actors, names) for one in incident.attributed)


def _names(choice: Choice, reading: Reading) -> tuple[str, ...]:
    """What the actor of a stance may be called."""
    who, voice = choice.found.who, choice.found.voice
    spans = [span for span in (who.span, who.named) if span]
    names = [reading.report.text[slice(*span)] for span in spans]
    names += [who.actor.words] if who.actor else []
    names += [voice.speaker.words] if who.own and voice.speaker.words else []
    return tuple(names)


if __name__ == "__main__":
    main()
