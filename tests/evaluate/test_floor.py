"""Floors: how they are held, raised and lowered; and the gate, which holds those of the gold that is here."""

import json
from pathlib import Path

import pytest

from sayso import coding
from sayso.errors import UsageError
from sayso.evaluate.floor import (
    Floors,
    check,
    check_file,
    measure,
    read_floors,
    update,
    update_file,
    write_floors,
)
from sayso.evaluate.rows import CLAIMS_AND_DENIALS, Figure, Found, Rate
from tests.conftest import ROOT
from tests.evaluate.making import gold, write_lines

FLOORS = ROOT / "tests" / "gold" / "floors.json"


def test_no_figure_of_the_gold_that_is_here_has_fallen() -> None:
    if not FLOORS.exists():
        pytest.skip("no floors yet")
    assert check_file(FLOORS) == []


# ---- one set ------------------------------------------------------------------------------------------

FIGURES: dict[str, Figure] = {
    "fields.place": Rate(0.75, 8),
    "detection.all": Found(0.5, 1.0, 2 / 3, 2, 2, 0),
    "fields.date": Rate(None, 0),
}


@pytest.mark.parametrize(
    ("bounds", "digest", "told"),
    [
        ({"fields.place": 0.75, "detection.all": 0.666}, "d", []),
        ({"fields.place": 0.7501}, "d", []),  # three decimals
        ({"fields.place": 0.751}, "d", ["fields.place: 0.750, and must be at least 0.751"]),
        (
            {"detection.all.precision": 0.6},
            "d",
            ["detection.all.precision: 0.500, and must be at least 0.600"],
        ),
        ({"fields.date": 0.1}, "d", ["fields.date: no figure, and must be at least 0.100"]),
        ({"fields.gone": 0.0}, "d", ["fields.gone: no figure, and must be at least 0.000"]),
        ({"fields.place": 0.5}, "e", ["the gold is not that which the floors were measured on"]),
    ],
)
def test_what_does_not_hold_is_told(bounds: dict[str, float], digest: str, told: list[str]) -> None:
    assert check(Floors("d", bounds), FIGURES, digest) == told


def test_new_floors_are_what_holds_today_and_never_more() -> None:
    floors = update(None, FIGURES, "d")
    assert floors == Floors("d", {"detection.all": 0.666, "fields.place": 0.75})
    assert check(floors, FIGURES, "d") == []


def test_claims_and_denials_have_a_floor_of_precision_too() -> None:
    floors = update(None, {CLAIMS_AND_DENIALS: Found(1.0, 0.5, 2 / 3, 1, 0, 1)}, "d")
    assert floors.bounds[f"{CLAIMS_AND_DENIALS}.precision"] == 1.0


def test_floors_rise_and_do_not_fall() -> None:
    floors = Floors("d", {"fields.place": 0.8, "detection.all": 0.5})
    assert update(floors, FIGURES, "d").bounds == {"fields.place": 0.8, "detection.all": 0.666}


def test_a_floor_falls_only_by_name_and_the_reason_is_kept() -> None:
    floors = Floors("d", {"fields.place": 0.8, "detection.all": 0.9})
    lowered = update(floors, FIGURES, "d", {"fields.place": "two places were wrong in gold"})
    assert lowered.bounds == {"fields.place": 0.75, "detection.all": 0.9}
    assert [(one.name, one.before, one.after, one.why) for one in lowered.lowered] == [
        ("fields.place", 0.8, 0.75, "two places were wrong in gold")
    ]
    again = update(lowered, FIGURES, "d", {"detection.all": "because"})
    assert [one.name for one in again.lowered] == ["fields.place", "detection.all"]


def test_a_floor_of_a_row_that_is_gone_can_be_taken_away() -> None:
    floors = update(Floors("d", {"fields.gone": 0.8}), FIGURES, "d", {"fields.gone": "the row is gone"})
    assert "fields.gone" not in floors.bounds
    assert floors.lowered[0].after is None


@pytest.mark.parametrize(
    "lower",
    [{"fields.place": " "}, {"fields.other": "why not"}, {"detection.all": "it lies below the figure"}],
)
def test_a_floor_that_cannot_be_lowered(lower: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        update(Floors("d", {"fields.place": 0.8, "detection.all": 0.5}), FIGURES, "d", lower)


# ---- the file -----------------------------------------------------------------------------------------


@pytest.fixture
def floors_file(tmp_path: Path) -> Path:
    """Floors of one open and one sealed set, of what is measured today."""
    for name in ("open.jsonl", "sealed.jsonl.xz"):
        write_lines(tmp_path / name, gold().values())
        update_file(tmp_path / "floors.json", name)
    return tmp_path / "floors.json"


def test_what_was_measured_today_holds_today(floors_file: Path) -> None:
    assert check_file(floors_file) == []
    floors = read_floors(floors_file)
    assert sorted(floors) == ["open.jsonl", "sealed.jsonl.xz"]
    write_floors(floors_file.with_name("copy.json"), floors)
    assert floors_file.with_name("copy.json").read_bytes() == floors_file.read_bytes()


def test_a_figure_that_fell_is_told_with_its_file(floors_file: Path) -> None:
    record = json.loads(floors_file.read_text("utf-8"))
    record["open.jsonl"]["bounds"]["fields.date_exact"] = 1.5
    floors_file.write_text(json.dumps(record), "utf-8")
    (fault,) = check_file(floors_file)
    assert fault.startswith("open.jsonl: fields.date_exact: ")


def test_gold_that_was_changed_or_is_gone_does_not_pass(floors_file: Path) -> None:
    records = gold()
    records["one"]["publisher"] = "Amaj Radio"
    write_lines(floors_file.with_name("open.jsonl"), records.values())
    floors_file.with_name("sealed.jsonl.xz").unlink()
    faults = check_file(floors_file)
    assert "open.jsonl: the gold is not that which the floors were measured on" in faults
    assert any(fault.startswith("sealed.jsonl.xz: ") and "cannot be read" in fault for fault in faults)


def test_a_crash_is_a_miss(floors_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(coding, "code", crash)
    figures, _ = measure(floors_file.with_name("open.jsonl"))
    assert figures["reports.coded"] == Rate(0.0, 3)
    faults = check_file(floors_file)
    assert "open.jsonl: reports.coded: 0.000, and must be at least 1.000" in faults
    assert any("fields.event_type: no figure" in fault for fault in faults)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"a": {}}', '{"a": {"digest": "d", "bounds": {}, "lowered": []}}']
)
def test_a_floors_file_that_holds_none_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError):
        read_floors(path)
