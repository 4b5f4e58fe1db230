"""sayso explain: how reports are read, for people."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from sayso import explaining
from sayso.codebook import Codebook, load
from sayso.coding.explain import NOT_TOLD, explain
from sayso.coding.reading import Reading
from sayso.coding.rules import Rules
from sayso.model import DraftMention, Drafts, Report, Stance
from sayso.places import gazetteer
from tests.command import sayso


def test_each_word_stands_with_its_offset_and_its_head(examples: Path) -> None:
    path = examples / "05_charikar_excerpt.txt"
    text = path.read_text("utf-8")
    done = sayso("explain", "--sentences", path)
    assert done.status == 0
    words = [
        line.split()
        for line in done.out.splitlines()
        if line.startswith("    ") and line[4:10].strip().isdigit()
    ]
    assert words
    for offset, word, *_ in words:
        assert text.startswith(word, int(offset))
    assert "by 'says', speaker 'the Afghan Interior Ministry'" in done.out


def test_what_coding_passes_over_is_told(tmp_path: Path) -> None:
    path = tmp_path / "harvest.txt"
    path.write_text("Farmers welcomed the rain.", encoding="utf-8")
    assert "passed over in coding" in sayso("explain", "--sentences", path).out


REPORT = """Gunmen killed two farmers near Ghazni on 3 May 2021, police said.

The rebels denied that they had attacked the market. They fear an attack.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "farmers.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_what_is_taken_and_what_is_turned_down(report: Path) -> None:
    lines = [line.strip() for line in sayso("explain", report).out.splitlines()]
    (parse,) = (line for line in lines if line.startswith("parse") and "farmers" in line)
    assert "killed(nsubj Gunmen, obj farmers(nummod two" in parse
    (cue,) = (line for line in lines if line.startswith("cue") and "incident 1" in line)
    assert cue.startswith("cue     'killed'  (killing)")
    assert "taken   killed 2: stated, speaker police  (incident 1, counts/stated)" in lines
    assert any(line.endswith("turned down: open") for line in lines if line.startswith("cue     'attack'"))


def test_no_name_stands_without_stance_and_speaker(examples: Path) -> None:
    """Names may stand in the words of the report and its parse, nowhere else alone."""
    out = sayso("explain", *sorted(examples.glob("*.txt"))).out
    told = [line for line in out.splitlines() if line.startswith(("    taken", "    dropped"))]
    assert len(told) > 50
    assert all(", speaker " in line for line in told)
    kept = ("report ", "  note: ", "[", "    parse ", "    cue ", "    taken ", "    dropped ")
    assert all(line.startswith(kept) for line in out.splitlines() if line)


def test_programs_get_the_same_with_offsets(report: Path) -> None:
    (record,) = map(json.loads, sayso("explain", "--format", "jsonl", report).out.splitlines())
    assert "".join(one["text"] for one in record["sentences"]) == "".join(re.split(r"\n+|(?<=t\.) ", REPORT))
    coded = json.loads(sayso("code", report).out)
    told = [one for sentence in record["sentences"] for one in sentence["statements"]]
    ids = {one["statement_id"] for incident in coded["incidents"] for one in incident["statements"]}
    assert ids == {one["statement_id"] for one in told}
    for sentence in record["sentences"]:
        for one in (sentence, *sentence["cues"], *sentence["turned_down"]):
            assert REPORT[one["start"] : one["end"]] == one["text"]


def test_drafts_that_the_gate_drops_are_listed_as_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A coder that claims what nobody claims, of an incident and of one that nothing says has happened."""
    report = Report("r", "t", REPORT)
    proposed = Rules().propose

    def too_much(reading: Reading, codebook: Codebook) -> Drafts:
        drafts = proposed(reading, codebook)
        said = next(one for one in drafts.drafts if one.field == "perpetrator")
        claim = replace(said, stance=Stance.CLAIMED, rule="wild")
        stray = DraftMention((67, 77), ((67, 77),))
        return replace(
            drafts,
            mentions=(*drafts.mentions, stray),
            drafts=(*drafts.drafts, claim, replace(said, mention=stray.key, rule="stray")),
        )

    monkeypatch.setattr(Rules, "propose", lambda _, reading, codebook: too_much(reading, codebook))
    told = explain(report, load(), gazetteer())
    turned = [one for sentence in told.sentences for one in sentence.turned_down]
    assert [(one.rule, one.words, one.stance) for one in turned] == [
        ("wild", "Gunmen", Stance.CLAIMED),
        ("stray", "Gunmen", Stance.STATED),
    ]
    assert turned[1].reason == NOT_TOLD
    assert told.coded.dropped == {turned[0].reason: 1}
    dropped = [line for line in explaining.lines(told) if line.startswith("    dropped")]
    assert dropped[0].startswith("    dropped perpetrator 'Gunmen': claimed, speaker police  (wild): ")


def test_a_report_in_another_language_has_nothing_to_explain(tmp_path: Path) -> None:
    path = tmp_path / "bericht.txt"
    path.write_text(
        "Bewaffnete haben am Montag zwei Bauern in der Nähe der Stadt getötet. " * 4, encoding="utf-8"
    )
    assert "  nothing in it is read" in sayso("explain", path).out.splitlines()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--sentences", "--format", "jsonl"], "--sentences gives text only."),
        (["--spacy", "en"], "Give --spacy with --sentences."),
        (["--sentences", "--spacy", "no_such_pipeline"], "There is no spaCy pipeline 'no_such_pipeline'"),
    ],
)
def test_what_cannot_be_explained(options: list[str], message: str, examples: Path) -> None:
    done = sayso("explain", *options, examples / "05_charikar_excerpt.txt")
    assert (done.status, done.out) == (2, "")
    assert message in done.err
