"""Counts over time: what is counted where, who is named how, and pictures that can be drawn."""

import struct
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from sayso.errors import UsageError
from sayso.exports.chart import By, Every, count, svg, who, write
from sayso.model import Date, Incident, Stance
from tests.exports.making import HOSTILE, several
from tests.exports.test_layouts import TOWN, blamed, group, incident, said

FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def on(day: str, last: str | None = None, **changes: Any) -> Incident:
    return incident(date=Date(day, last or day, "day"), **changes)


def test_bars_go_on_without_a_gap() -> None:
    chart = count([on("2021-01-31"), on("2021-04-01"), on("2021-04-30")], "type", "month")
    assert chart.bars == [
        ("2021-01", Counter({"Suicide bomb": 1})),
        ("2021-02", Counter()),
        ("2021-03", Counter()),
        ("2021-04", Counter({"Suicide bomb": 2})),
    ]


@pytest.mark.parametrize(
    ("every", "first", "last", "bar"),
    [
        ("day", "2021-07-20", "2021-07-20", "2021-07-20"),
        ("day", "2021-07-20", "2021-07-21", None),
        ("week", "2021-07-19", "2021-07-25", "2021-07-19"),  # Monday to Sunday
        ("week", "2021-07-25", "2021-07-26", None),
        ("month", "2021-07-01", "2021-07-31", "2021-07"),
        ("month", "2021-07-31", "2021-08-01", None),
        ("year", "2021-01-01", "2021-12-31", "2021"),
        ("year", "0001-01-01", "0001-01-01", "0001"),
    ],
)
def test_an_incident_counts_where_all_its_days_lie(
    every: Every, first: str, last: str, bar: str | None
) -> None:
    chart = count([on(first, last)], "type", every)
    assert [label for label, _ in chart.bars] == ([bar] if bar else [])
    assert chart.undated == (bar is None)


@pytest.mark.parametrize(
    ("last", "every"),
    [("2021-02-01", "day"), ("2021-12-31", "week"), ("2024-12-31", "month"), ("2040-01-01", "year")],
)
def test_the_stretch_fits_the_span(last: str, every: str) -> None:
    assert count([on("2021-01-01"), on(last)], "type").every == every


def test_a_part_is_not_counted_beside_its_whole() -> None:
    whole, part = on("2021-07-20", incident_id="w"), on("2021-07-20", incident_id="p", part_of="w")
    assert count([whole, part], "type", "day").parts == 1
    assert count([whole, part], "type", "day").bars[0][1].total() == 1
    assert count([part], "type", "day").bars[0][1].total() == 1


def test_places_are_provinces() -> None:
    there = replace(TOWN, name=None)
    chart = count([on("2021-07-20"), on("2021-07-20", place=there), on("2021-07-20", place=None)], "province")
    assert chart.bars[0][1] == Counter({"place not known": 2, "Ghazni, AFG": 1})


@pytest.mark.parametrize(
    ("its", "expected"),
    [
        (incident(), "nobody is named"),
        (blamed(("claimed", False, False, False), "claimed"), "claimed by North Band"),
        (blamed(("accused", False, False, False), "accused"), "Interior Ministry accuses North Band"),
        (
            blamed(("accused", True, True, False), "accused_denied"),
            (
                "Interior Ministry accuses North Band; denied by North Band; "
                "Interior Ministry rejects that it was North Band"
            ),
        ),
        (
            incident(
                perpetrators=(group("A", basis="suspected"),),
                attributions=(
                    said("A", Stance.SUSPECTED, "police", via=("Wire",), spoken_by="Ana Roe", hedged=True),
                ),
            ),
            "A suspected, according to police, hedged",
        ),
        (incident(perpetrators=(group("A", basis="stated"),)), "nobody is named"),  # no word of anybody's
    ],
)
def test_who_stands_with_stance_and_speaker(its: Incident, expected: str) -> None:
    assert who(its) == expected


@FEW
@given(several(), st.sampled_from(["actor", "type", "province"]))
def test_nothing_is_lost_and_every_picture_can_be_drawn(incidents: list[Incident], by: By) -> None:
    chart = count(incidents, by, "year")
    assert sum(bar.total() for _, bar in chart.bars) + chart.undated + chart.parts == len(incidents)
    picture = etree.fromstring(str(svg(chart, "x;\x00\u202e<b>")).encode())
    told = [node.text for node in picture.iter("{*}title")]
    assert len(told) == sum(len(bar) for _, bar in chart.bars)
    names = {name for _, bar in chart.bars for name in bar}
    assert names <= set(chart.series)


def test_many_series_become_others() -> None:
    many = [on("2021-07-20", sub_event_type=f"type {number}") for number in range(12)]
    chart = count([*many, many[11]], "type")
    assert len(chart.series) == 8
    assert chart.series[0] == "type 11"
    assert chart.bars[0][1]["all others"] == 5


def test_too_many_bars_are_refused() -> None:
    with pytest.raises(UsageError, match="more than 10000 stretches of a day"):
        count([on("1900-01-01"), on("2021-01-01")], "type", "day")


@pytest.mark.parametrize("days", [1, 3, 60, 300])
def test_bars_are_neither_slabs_nor_out_of_the_picture(days: int) -> None:
    first = date(2021, 1, 1)
    made = [on((first + timedelta(days=number)).isoformat()) for number in range(days)]
    tree = etree.fromstring(str(svg(count(made, "type", "day"), "x")).encode())
    bars = [node for node in tree.iter("{*}rect") if len(node)]
    assert len(bars) == days
    assert all(0 < float(node.attrib["width"]) <= 100 for node in bars)
    ends = [float(node.attrib["x"]) + float(node.attrib["width"]) for node in bars]
    assert max(ends) <= float(tree.attrib["width"]) - 10


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    picture = str(svg(count([on("2021-07-20", sub_event_type=words)], "type"), words))
    tree = etree.fromstring(picture.encode())
    assert {str(etree.QName(node).localname) for node in tree.iter()} <= {
        "svg",
        "g",
        "rect",
        "text",
        "line",
        "title",
    }
    assert not {"\u202e", "\x1b"} & set(picture)


@pytest.mark.parametrize("letter", ["w", "W", "軍"])
def test_a_denial_does_not_run_out_of_the_picture(letter: str) -> None:
    name = " ".join([letter * 8] * 12)
    its = blamed(("accused", True, False, False), "accused_denied")
    its = replace(
        its,
        perpetrators=tuple(replace(one, name=name) for one in its.perpetrators),
        attributions=tuple(replace(row, actor=name) for row in its.attributions),
    )
    tree = etree.fromstring(str(svg(count([its], "actor"), f"Incidents {name}")).encode())
    lines = [node for node in tree.iter() if etree.QName(node).localname == "text"]
    shown = " ".join(node.text or "" for node in lines)
    assert f"accuses {name}; denied by {name}" in shown
    assert f"Incidents {name}" in shown
    widest = {"w": 8, "W": 10.5, "軍": 11}[letter] / 11  # of the size of the letters
    for node in lines:
        end = float(node.attrib["x"]) + len(node.text or "") * widest * float(node.attrib["font-size"])
        assert end <= float(tree.attrib["width"])
    assert max(float(node.attrib["y"]) for node in lines) < float(tree.attrib["height"])


def test_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = svg(count([on("2021-07-20")], "type"), "Incidents")
    write(picture, tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_text("utf-8") == f"{picture}\n"
    write(picture, tmp_path / "a.PNG")
    data = (tmp_path / "a.PNG").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (
        int(etree.fromstring(str(picture).encode()).attrib[name]) for name in ("width", "height")
    )
    assert struct.unpack(">II", data[16:24]) == (2 * width, 2 * height)
    with pytest.raises(UsageError, match=r"neither \.svg nor \.png"):
        write(picture, tmp_path / "a.gif")
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(UsageError, match="resvg") as caught:
        write(picture, tmp_path / "b.png")
    assert "sayso[png]" in caught.value.mend
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.PNG", "a.svg"]
