"""The same figures as the scorer that lies beside the project, on its gold and on damaged predictions."""

import copy
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from sayso.evaluate import code_gold
from sayso.evaluate.rows import STANCES
from sayso.evaluate.score import score

Record = dict[str, Any]

SETS = ("reports", "modern")


def lines_of(path: Path) -> dict[str, Record]:
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return {record["id"]: record for record in records}


@pytest.fixture(scope="module")
def sets(shared: Path) -> dict[str, tuple[dict[str, Record], dict[str, Record]]]:
    """Of each set its gold, and what sayso makes of its reports."""
    found = {}
    for name in SETS:
        folder = shared / "eval" / name
        if not folder.is_dir():
            pytest.skip(f"no set {name} beside the project")
        found[name] = lines_of(folder / "gold.jsonl"), code_gold(lines_of(folder / "reports.jsonl"))
    return found


def damaged(predictions: dict[str, Record], seed: int) -> dict[str, Record]:
    """Predictions with incidents and fields dropped, doubled, renamed and exchanged at random."""
    randomly = random.Random(seed)  # noqa: S311 - nothing here is secret
    found = copy.deepcopy(predictions)
    for name in sorted(found):
        incidents = found[name]["incidents"]
        for incident in list(incidents):
            chance = randomly.random()
            if chance < 0.15:
                incidents.remove(incident)
            elif chance < 0.3:
                incidents.append(copy.deepcopy(incident))
            for key in list(incident):
                damage(incident, key, randomly.choice(incidents or [incident]), randomly)
            if isinstance(its := incident.get("attributions"), list):
                for one in (one for one in its if isinstance(one, dict)):
                    misattribute(one, randomly)
        if randomly.random() < 0.1:
            del found[name]
    return found


def damage(incident: Record, key: str, other: Record, randomly: random.Random) -> None:
    chance = randomly.random()
    if chance < 0.08:
        del incident[key]
    elif chance < 0.12:
        incident[f"un{key}"] = incident.pop(key)
    elif chance < 0.16 and isinstance(incident[key], list):
        incident[key] = incident[key] + incident[key][:1]
    elif chance < 0.20 and isinstance(incident[key], list):
        incident[key] = incident[key][1:]
    elif chance < 0.22:
        incident[key] = randomly.choice(["junk", 5, None, [], {}, True, [None, {}]])
    elif chance < 0.30 and key in other:
        incident[key] = copy.deepcopy(other[key])


def misattribute(one: Record, randomly: random.Random) -> None:
    for key, values in (
        ("stance", [*STANCES, "disputed", "sworn"]),
        ("speaker", ["report", "police"]),
        ("hedged", [True, False]),
        ("via", [["SITE", "Reuters"], []]),
    ):
        if randomly.random() < 0.25:
            one[key] = randomly.choice(values)


def rows_of(result: Record, before: str = "") -> Iterator[tuple[str, Record]]:
    """The rows of the other scorer under our names."""
    for key, value in result.items():
        if isinstance(value, dict):
            if {"value", "precision"} & set(value):
                yield before + key, {name: one for name, one in value.items() if not isinstance(one, dict)}
            yield from rows_of(value, f"{before}{key}.")


def theirs(shared: Path, gold: Path, predictions: dict[str, Record], folder: Path) -> dict[str, Record]:
    coded, out = folder / "coded.jsonl", folder / "out.json"
    records = ({**record, "id": name} for name, record in predictions.items())
    coded.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    script = shared / "eval" / "score_incidents.py"
    subprocess.run(
        [sys.executable, str(script), str(gold), str(coded), "--json", str(out)],
        check=True,
        capture_output=True,
    )
    return dict(rows_of(json.loads(out.read_text("utf-8"))))


@pytest.mark.parametrize("seed", [None, *range(4)])
@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("base", ["coded", "gold"])
def test_every_row_that_both_have_is_the_same(
    name: str,
    base: str,
    seed: int | None,
    *,
    sets: dict[str, tuple[dict[str, Record], dict[str, Record]]],
    shared: Path,
    tmp_path: Path,
) -> None:
    gold, coded = sets[name]
    predictions = coded if base == "coded" else gold
    if seed is not None:
        predictions = damaged(predictions, seed)
    ours = score(gold, predictions).figures()
    others = theirs(shared, shared / "eval" / name / "gold.jsonl", predictions, tmp_path)
    assert len(others) > 60
    for row, record in others.items():
        mine = asdict(ours[row])
        for part, value in record.items():
            assert mine[part] == (value if value is None else pytest.approx(value, abs=0.001)), (row, part)
