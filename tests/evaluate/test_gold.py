"""Gold is read, or refused with every fault at once."""

import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import UsageError
from sayso.evaluate import gold as room
from sayso.evaluate import read_gold
from tests.evaluate.making import Record, gold, write_lines


def test_gold_is_read_packed_or_not_with_the_same_digest(tmp_path: Path) -> None:
    plain = read_gold(write_lines(tmp_path / "gold.jsonl", gold().values()))
    packed = read_gold(write_lines(tmp_path / "gold.jsonl.xz", gold().values()), sealed=True)
    assert plain == packed
    assert plain.records == gold()
    assert plain.has_texts


def test_the_digest_is_of_every_letter(tmp_path: Path) -> None:
    other = gold()
    other["one"]["incidents"][0]["killed"]["best"] = 5.0
    first = read_gold(write_lines(tmp_path / "a.jsonl", gold().values()))
    other["one"]["publisher"] = "Amaj Radio"
    other["one"]["incidents"][0]["killed"]["best"] = 5
    assert read_gold(write_lines(tmp_path / "b.jsonl", other.values())).digest != first.digest


def incident(record: Record) -> Record:
    its: Record = record["incidents"][0]
    return its


def put(**fields: Any) -> Callable[[Record], object]:
    return lambda record: incident(record).update(fields)


def claim(**fields: Any) -> Callable[[Record], object]:
    return lambda record: incident(record)["attributions"][0].update(fields)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda record: record.pop("id"), "the report has no id"),
        (lambda record: record.update(incidents=[3]), "incidents is no list"),
        (lambda record: record.update(relevant=False), "relevant is false, and there are 2"),
        (lambda record: record.update(on_topic="yes"), "on_topic is neither true nor false"),
        (lambda record: record.update(incidents=[]), "relevant is true, and there is no such incident"),
        (lambda record: record["incidents"].append(incident(record)), "stands twice in this report"),
        (put(event_type="Bombing"), "unknown event_type 'Bombing'"),
        (put(sub_event_type="Bombing"), "unknown sub_event_type 'Bombing'"),
        (put(sub_event_type_alt=["Bombing"]), "unknown sub_event_type 'Bombing'"),
        (put(event_type="Riots"), "is not of the type 'Riots'"),
        (put(kiled=5), "unknown key 'kiled'"),
        (put(key=""), "no key"),
        (put(date={"earliest": "2019-05-03", "latest": "2019-05-02"}), "ends before it begins"),
        (put(date={"earliest": "2019-05"}), "no interval of two days"),
        (put(date="2019-05-02"), "no interval of two days"),
        (put(place={"name": "Taloqan", "lat": 0, "lon": 0}), "no right coordinates"),
        (put(place={"name": "Taloqan", "lat": 36.7, "lon": None}), "no right coordinates"),
        (put(killed={"best": 5, "low": 6, "high": 8}), "killed: best lies outside low and high"),
        (put(killed={"best": 5, "low": 5, "high": 4}), "killed: best lies outside low and high"),
        (put(killed={"best": "5"}), "no whole number"),
        (put(killed={"best": None, "low": None}), "without any number"),
        (put(killed=5), "the figure is no record"),
        (put(counts=[{"field": "dead", "best": 5}]), "counts: unknown field"),
        (put(counts=[{"field": "killed", "best": 5, "low": 6}]), "counts: best lies outside"),
        (put(part_of="elsewhere"), "is no key of this report"),
        (put(trigger="a bomb in Herat"), "the trigger is not in the text"),
        (put(attributions=None), "attributions is no list"),
        (put(counts=5), "a value is of another kind"),
        (put(part_of=["x"]), "a value is of another kind"),
        (put(sub_event_type_alt=3), "a value is of another kind"),
        (claim(stance="boasted"), "unknown stance 'boasted'"),
        (claim(stance_alt=["boasted"]), "unknown stance 'boasted'"),
        (claim(speaker=None), "an attribution without speaker"),
        (claim(actr="x"), "attribution: unknown key 'actr'"),
        (
            lambda record: incident(record)["attributions"].append(incident(record)["attributions"][0]),
            "stands twice",
        ),
        (lambda record: record["must_not"][0].update(quote="none has"), "not in the text: 'none has'"),
        (lambda record: record["must_not"][0].update(stance="stated"), "must_not: unknown stance 'stated'"),
        (lambda record: record["aggregates"].append({}), "aggregates: an entry without a quote"),
        (lambda record: record["lineage"].update(how="stolen"), "lineage: unknown how 'stolen'"),
    ],
)
def test_a_fault_is_refused_with_its_line(
    change: Callable[[Record], object], told: str, tmp_path: Path
) -> None:
    records = gold()
    change(records["one"])
    path = write_lines(tmp_path / "gold.jsonl", [records["two"], records["one"]])
    with pytest.raises(UsageError) as raised:
        read_gold(path)
    lines = raised.value.what.split("\n")
    assert any(line.startswith("  line 2: ") and told in line for line in lines), lines
    assert not any(line.startswith("  line 1: ") for line in lines)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    records = gold()
    incident(records["one"])["event_type"] = "Bombing"
    incident(records["two"])["killed"] = {"best": 5, "low": 9}
    path = write_lines(tmp_path / "gold.jsonl", [*records.values(), records["none"]])
    path.write_text(path.read_text("utf-8") + "{broken\n[]\n", "utf-8")
    with pytest.raises(UsageError, match="has 5 faults") as raised:
        read_gold(path)
    for line, what in (
        (1, "Bombing"),
        (2, "best lies"),
        (4, "the id 'none'"),
        (5, "no JSON"),
        (6, "no JSON"),
    ):
        assert f"line {line}: " in raised.value.what
        assert what in raised.value.what


def test_a_fault_of_sealed_gold_tells_lines_and_no_words(tmp_path: Path) -> None:
    records = gold()
    incident(records["two"])["trigger"] = "secret words"
    path = write_lines(tmp_path / "gold.jsonl.xz", records.values())
    with pytest.raises(UsageError) as raised:
        read_gold(path, sealed=True)
    assert "lines 2" in str(raised.value)
    assert not any(word in str(raised.value) for word in ("secret", "two", "taloqan", "trigger"))


def test_a_file_that_is_no_gold(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"\n")
    (tmp_path / "broken.jsonl.xz").write_bytes(lzma.compress(b"{}\n")[:-9])
    (tmp_path / "text.jsonl.xz").write_bytes(b"no archive")
    for name in ("empty.jsonl", "broken.jsonl.xz", "text.jsonl.xz", "missing.jsonl"):
        with pytest.raises(UsageError):
            read_gold(tmp_path / name)


def test_an_archive_that_fills_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_lines(tmp_path / "gold.jsonl.xz", gold().values())
    monkeypatch.setattr(room, "MOST_BYTES", 100)
    with pytest.raises(UsageError, match="unpacks to more than 100 bytes"):
        read_gold(path)


def test_gold_beside_the_project_has_no_faults(shared: Path) -> None:
    for name in ("reports", "modern"):
        path = shared / "eval" / name / "gold.jsonl"
        assert len(read_gold(path).records) == len(path.read_text("utf-8").splitlines())


def test_gold_made_by_json_is_not_changed(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "gold.jsonl", gold().values())
    told = [json.dumps(record) for record in read_gold(path).records.values()]
    assert "\n".join(told) + "\n" == path.read_text("utf-8")
