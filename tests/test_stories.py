"""Stories: reports on one thing come together, whatever the order, and others stay apart."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.codebook import Codebook, load
from sayso.incidents.facts import passages_of
from sayso.incidents.wording import Wording, alike, shipped, usual_likeness, wording_of
from sayso.model import Report
from sayso.reports import make_report
from sayso.stories import stories_of
from tests.command import reports_under, sayso
from tests.conftest import ROOT

ATTACK = (
    "A bomb in a fruit cart tore through the covered market of Lower Ondal on Tuesday, killing six shoppers, "
    "the health office said. Doctor Ilva Kresten said that four of the nineteen wounded were children. "
    "Nobody claimed the attack. Soldiers closed the bridge and searched every lorry from the hills."
)
TRIAL = (
    "Two traders went on trial in Ondal for the bomb in a fruit cart that killed six shoppers in the covered "
    "market. Both denied it. Doctor Ilva Kresten told the judges how the children were brought in."
)
SHORT = "The market of Lower Ondal opened again without the fruit cart sellers."
FOOTBALL = (
    "Striker Tomas Belgrin scored twice as Harvest Rovers beat Saltmouth in the cup final. Coach Edda Wyn "
    "praised the goalkeeper, who saved a penalty in the last minute of extra time before 40,000 supporters."
)
FLOOD = (
    "The river Teln broke its dykes near Aldersea after a week of rain, and flooded eleven villages. "
    "Engineers lowered sandbags from helicopters while families waited on roofs, the water board said."
)


def made(text: str, published: str | None = "2021-05-04", name: str = "") -> Report:
    return make_report(text, load(), id=name or text[:20], published=published)


CASES = [
    made(ATTACK),
    made(TRIAL, "2021-09-20"),
    made(SHORT, "2021-05-09"),
    made(FOOTBALL),
    made(FLOOD, "2021-05-06"),
]


@pytest.fixture(scope="module")
def known(examples: Path, codebook: Codebook) -> list[Report]:
    """The example reports and the texts of the open half of the gold."""
    rows = map(json.loads, (ROOT / "tests" / "gold" / "open.jsonl").read_text("utf-8").splitlines())
    return [
        *reports_under(examples, codebook=codebook),
        *(made(row["text"], row["published"], row["id"]) for row in rows),
    ]


def grouped(reports: Sequence[Report]) -> list[tuple[str, ...]]:
    return [story.reports for story in stories_of(reports, {})]


def test_a_trial_is_of_the_story_of_its_attack_and_a_match_is_none() -> None:
    first, *others = stories_of(CASES, {})
    attack, trial, short, football, flood = (one.report_id for one in CASES)
    assert first.reports == (attack, short, trial)
    assert (first.story_id, first.first, first.last) == (attack, "2021-05-04", "2021-09-20")
    assert {"ondal", "cart"} <= set(first.words)
    assert [story.reports for story in others] == [(football,), (flood,)]


def test_no_report_and_one_without_words_are_no_trouble() -> None:
    assert stories_of([], {}) == []
    blank = made("-", None)
    last = stories_of([*CASES, blank], {})[-1]
    assert (last.reports, last.words, last.first, last.last) == ((blank.report_id,), (), None, None)


def test_time_parts_what_is_told_in_partly_the_same_words() -> None:
    flood_in_ondal = f"{FLOOD} {SHORT}"
    assert len(grouped([CASES[0], made(flood_in_ondal, "2021-05-05")])) == 1
    assert len(grouped([CASES[0], made(flood_in_ondal, "2022-05-05")])) == 2


def test_reports_of_one_lineage_are_of_one_story() -> None:
    football, flood = CASES[3:]
    home = {football.report_id: "one", flood.report_id: "one"}
    assert len(stories_of([football, flood], home)) == 1


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_order_does_not_matter(seed: int, known: list[Report]) -> None:
    order = random.Random(seed).sample(known, len(known))  # noqa: S311
    assert stories_of(order, {}) == stories_of(known, {})


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_copy_is_of_its_originals_story(data: st.DataObject, known: list[Report]) -> None:
    original = data.draw(st.sampled_from([one for one in known if len(one.text) > 200]))
    copy = replace(original, report_id="0" * 20)
    homes = {report_id: its for its in grouped([*known, copy]) for report_id in its}
    assert original.report_id in homes[copy.report_id]
    assert sorted(homes) == sorted({one.report_id for one in (*known, copy)})


def test_the_usual_likeness_is_the_mean_with_the_others(known: list[Report]) -> None:
    wordings = [found for one in known[:20] if (found := wording_of(passages_of(one), shipped()))]

    def mean(at: int, one: Wording) -> float:
        others = [alike(one, other) for number, other in enumerate(wordings) if number != at]
        return sum(others) / len(others)

    expected = [mean(at, one) for at, one in enumerate(wordings)]
    assert usual_likeness(wordings) == pytest.approx(expected, abs=1e-3)
    assert usual_likeness(wordings[:1]) == [0.0]


def test_stories_for_people_and_for_programs(examples: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "sayso.db"
    sayso("read", examples, "--ledger", ledger)
    told = sayso("stories", "--ledger", ledger).out
    lines = sayso("stories", "--format", "jsonl", "--ledger", ledger).out.splitlines()
    records = [json.loads(line) for line in lines]
    reports = [name for record in records for name in record["reports"]]
    assert len(reports) == len(set(reports)) == 25
    for record in records:
        assert (f"story {record['story_id']}  " in told) is (len(record["reports"]) > 1)
        assert all(one in told for one in record["incidents"]) or len(record["reports"]) == 1
    rockets = next(record for record in records if "charikar" in record["words"])
    assert len(rockets["reports"]) >= 5
    assert (rockets["first"], len(rockets["incidents"]) > 0) == ("2019-02-28", True)
    assert sayso("stories", "--ledger", tmp_path / "none.db").status == 2


def test_no_story_of_several_is_said(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(FLOOD, encoding="utf-8")
    sayso("read", path, "--ledger", tmp_path / "sayso.db")
    assert sayso("stories", "--ledger", tmp_path / "sayso.db").out == "No two reports tell of one story.\n"
