"""Fits what each piece of evidence adds for a stretch to go on about an incident told before.

    python -m train.joining train/reports/reports-*.jsonl.xz

Each coded report lists the words that tell of each incident. The stretches of a report that hold such words
are read in order and paired with the incidents told before them, as people told them apart; a pair is right
where both are one. The weights go into ``sayso/coding/rules/joining.yaml``.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.codebook import Codebook, load
from sayso.coding.reading import read
from sayso.coding.rules import cues
from sayso.coding.rules.joining import Joining
from sayso.coding.rules.stretches import Stretch, stretches
from sayso.coding.rules.tellings import Telling
from sayso.model import Span
from train.fitting import RULES, Judged, gold_in, report_of, stored

HEAD = """# What each piece of evidence adds to the log-odds that a stretch goes on about an incident told
# before. Made by train/joining.py.
"""

RIDGE = 1.0
"""How far weights are held down."""


def main() -> None:
    """Fit and store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    codebook = load()
    pairs = [pair for gold in gold_in(parser.parse_args().gold) for pair in judged(gold, codebook)]
    stored(pairs, RULES / "joining.yaml", HEAD, RIDGE)


def judged(gold: dict[str, Any], codebook: Codebook) -> Iterator[Judged]:
    """Every stretch of a report with each incident told before it: the evidence, and whether both are one."""
    report = report_of(gold, codebook)
    reading = read(report, codebook)
    found = cues.find(reading, codebook)
    joining = Joining(reading, found, codebook)
    told = _told(gold)
    tellings: dict[str, Telling] = {}  # the one told last is last
    for stretch in stretches(reading, found, codebook):
        key = _incident(stretch, told)
        if key is None:
            continue
        before = list(tellings.values())
        for place, one in enumerate(tellings):
            yield joining.evidence(stretch, before, place), one == key
        telling = tellings.pop(key, None) or Telling()
        telling.stretches.append(stretch)
        tellings[key] = telling


def _told(gold: dict[str, Any]) -> dict[Span, str]:
    """The places of the words that tell of incidents, with the incident; what may be of several is left out.

    "attack#2" is the second place of "attack"; words that stand once need no number.
    """
    text = gold["text"]
    found: dict[Span, set[str]] = defaultdict(set)
    for incident in gold["incidents"]:
        for act in incident["acts"]:
            words, _, number = act.partition("#")
            places = [one.span() for one in re.finditer(re.escape(words), text)]
            if number or len(places) == 1:
                for place in places[int(number or 1) - 1 : int(number or 1)]:
                    found[place].add(incident["key"])
    return {span: next(iter(keys)) for span, keys in found.items() if len(keys) == 1}


def _incident(stretch: Stretch, told: dict[Span, str]) -> str | None:
    """The incident that most cues of a stretch are coded to tell of; None where none is."""
    keys = Counter(
        key
        for hit in stretch.hits
        for (start, end), key in told.items()
        if start < hit.cue[1] and hit.cue[0] < end
    )
    return keys.most_common(1)[0][0] if keys else None


if __name__ == "__main__":
    main()
