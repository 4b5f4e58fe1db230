"""Fits what each piece of evidence adds for a stance to be meant of an incident, from reports coded by hand.

    python -m train.choosing train/reports/reports-0[25].jsonl.xz tests/gold/{,later/}open.jsonl

Each report is coded by the rules; every stance that is only heard is paired with each incident of the report,
and a pair is right where people coded that stance of that incident. The weights of a logistic regression over
the evidence go into ``sayso/coding/rules/choosing.yaml``. What is rarer than eight pairs is left out.
"""

import argparse
import json
import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from sayso import coding
from sayso.codebook import Codebook, load
from sayso.coding.reading import Reading, read
from sayso.coding.rules import cues, events, voices
from sayso.coding.rules.choosing import Choice, Evidence
from sayso.evaluate.align import align
from sayso.evaluate.names import any_same
from sayso.evaluate.told import Told, records, told
from sayso.model import mention_id_of
from sayso.pipeline import coded_record
from sayso.reports import make_report

RAREST = 8
RIDGE = 1.0
HEAD = """# What each piece of evidence adds to the log-odds that a stance is meant of an incident; those with
# a measure (log-odds of the listener) for each unit of it. Made by train/choosing.py.
"""


def main() -> None:
    """Fit and store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("src/sayso/coding/rules/choosing.yaml"))
    arguments = parser.parse_args()
    codebook = load()
    pairs = [pair for path in arguments.gold for one in _lines(path) for pair in judged(one, codebook)]
    weights = fitted([evidence for evidence, _ in pairs], [right for _, right in pairs])
    lines = (f"{json.dumps(name)}: {weight}\n" for name, weight in sorted(weights.items()))
    arguments.out.write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")
    print(len(pairs), "pairs,", sum(right for _, right in pairs), "right;", len(weights), "weights")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    yield from (json.loads(line) for line in data.decode("utf-8").split("\n") if line.strip())


def judged(gold: dict[str, Any], codebook: Codebook) -> Iterator[tuple[Evidence, bool]]:
    """Every stance of a report with each of its incidents: the evidence, and whether people coded it so."""
    given = {key: gold.get(key) for key in ("title", "published", "publisher")}
    report = make_report(gold["text"], codebook, id=gold["id"], **given)
    coded = coding.code(report, codebook)
    said = [told(one) for one in records(coded_record(coded, codebook)["incidents"])]
    ours = [told(one, gold=True) for one in records(gold.get("incidents"))]
    joined = {place: ours[row] for row, place in align(ours, said).items()}
    by_mention = {one.mention_id: joined.get(place) for place, one in enumerate(coded.mentions)}
    reading = read(report, codebook)
    found = cues.find(reading, codebook)
    for choices in voices.weighed(reading, found, events.find(reading, found, codebook), codebook):
        for choice in choices if choices and choices[0].evidence else ():
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


def fitted(rows: list[Evidence], right: list[bool]) -> dict[str, float]:
    """The weights of a logistic regression, held down a little, as multiples of 1/64."""
    frequent = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in frequent.items() if count >= RAREST)
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    truth = np.array(right, float)
    held = np.diag([0.0 if name == "always" else RIDGE for name in names])
    weights = np.zeros(len(names))
    for _ in range(100):
        likely = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (likely - truth) + held @ weights
        bend = (table * (likely * (1 - likely))[:, None]).T @ table + held + 1e-6 * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if float(np.abs(step).max()) < 1e-9:
            break
    return {name: round(float(weight) * 64) / 64 for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    main()
