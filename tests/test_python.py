"""What a Python user sees."""

import re
import sys
from pathlib import Path

import pandas
import pytest

import sayso
from sayso.codebook import Codebook, load
from sayso.coding.reading import Reading
from sayso.errors import CodebookError, LedgerError, UsageError
from sayso.exports import wide
from sayso.model import Draft, DraftMention, Drafts, EventValue, Spans, Stance
from sayso.records import to_json
from tests.command import sayso as command

TEXT = """A car bomb killed four people in Mosul on Monday.

Islamic State claimed responsibility for the attack."""


def test_a_text_is_coded() -> None:
    (incident,) = sayso.code(TEXT, published="2016-03-15")
    assert incident.date.edtf == "2016-03-14"
    assert incident.attribution_status == "claimed"
    assert all(TEXT[one.quote.start : one.quote.end] == one.quote.text for one in incident.statements)


def test_a_text_without_an_incident_gives_none() -> None:
    assert sayso.code("The market was quiet on Monday.") == []


def test_a_ledger_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="none"):
        sayso.open(tmp_path / "none.db")


# ---- a ledger -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ledger(examples_ledger: Path) -> Path:
    return examples_ledger


def test_incidents_are_those_of_the_command(ledger: Path) -> None:
    with sayso.open(ledger) as book:
        for asked, options in (
            ({}, ()),
            ({"since": "2019", "country": "afg"}, ("--since", "2019", "--country", "afg")),
            ({"until": "2018-10", "disputed": False}, ("--until", "2018-10", "--undisputed")),
            ({"event_type": "Battles"}, ("--type", "Battles")),
            ({"without_private_names": True}, ("--without-private-names",)),
        ):
            found = book.incidents(**asked)
            listed = list(found)
            assert [to_json(one) for one in listed] == command(
                "export", "--ledger", ledger, *options
            ).out.splitlines()
            assert len(found) == len(listed) == len(list(found))  # it can be gone through again
            assert listed


def test_one_incident_and_its_reports(ledger: Path) -> None:
    with sayso.open(ledger) as book:
        first = next(iter(book.incidents()))
        assert book.incident(first.incident_id[:8]) == first
        assert book.incident("none") is None
        report = book.report(first.reports[0].report_id)
        assert report is not None
        quote = next(one.quote for one in first.statements if one.report_id == report.report_id)
        assert report.text[quote.start : quote.end] == quote.text


def test_frames_hold_what_the_incidents_hold(ledger: Path) -> None:
    with sayso.open(ledger) as book:
        incidents = list(book.incidents())
        frame = book.incidents().to_pandas()
        said = book.incidents().statements_to_pandas()
    assert tuple(frame.columns) == wide.NAMES
    assert list(frame["incident_id"]) == [one.incident_id for one in incidents]
    for value, one in zip(frame["killed_best"], incidents, strict=True):
        best = one.killed.best if one.killed else None
        assert pandas.isna(value) if best is None else value == best
    for day, one in zip(frame["date_earliest"], incidents, strict=True):
        assert pandas.isna(day) if one.date.earliest is None else str(day.date()) == one.date.earliest
    assert len(said) == sum(len(one.statements) for one in incidents)
    assert list(said["stance"]) == [row.stance.value for one in incidents for row in one.statements]
    empty = sayso.to_pandas([])
    assert tuple(empty.columns) == wide.NAMES
    assert list(empty.dtypes)[:2] == list(frame.dtypes)[:2]


def test_files_are_those_of_the_command(ledger: Path, tmp_path: Path) -> None:
    with sayso.open(ledger) as book:
        counts = book.incidents(country="AFG").write(tmp_path / "a.csv", "gtd")
        with pytest.raises(UsageError, match="no format 'doc'"):
            book.incidents().write(tmp_path / "b", "doc")
    command("export", "--ledger", ledger, "--country", "AFG", "--format", "gtd", "-o", tmp_path / "b.csv")
    for name in ("a.csv", "a.losses.csv"):
        assert (tmp_path / name).read_bytes() == (tmp_path / name.replace("a", "b", 1)).read_bytes()
    assert counts.rows + counts.left_out == counts.incidents > 0


def test_what_cannot_be_asked_is_told(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sayso.open(ledger) as book:
        with pytest.raises(UsageError, match="is no date"):
            book.incidents(since="July")
        with pytest.raises(UsageError, match="no attribution status"):
            book.incidents(status="guilty")
        monkeypatch.setitem(sys.modules, "pandas", None)
        with pytest.raises(UsageError, match="pandas") as caught:
            book.incidents().to_pandas()
    assert "sayso[pandas]" in caught.value.mend


# ---- codebooks and coders of one's own ------------------------------------------------------------------


def test_a_codebook_of_texts_is_one_in_a_folder(tmp_path: Path) -> None:
    files = {"weapons.yaml": "- {weapon: sling, forms: [sling, slings], sub_event_type: Grenade}"}
    made = sayso.make_codebook(files)
    (tmp_path / "codebook.yaml").write_text('{name: mine, version: "1", language: en, extends: default}')
    (tmp_path / "weapons.yaml").write_text(files["weapons.yaml"])
    text = "Slings hit the town of Charikar on Monday, killing two people."
    (one,) = sayso.code(text, codebook=made)
    assert (one.sub_event_type, [one]) == ("Grenade", sayso.code(text, codebook=tmp_path))
    assert made == load(str(tmp_path))
    alone = sayso.make_codebook({}, name="empty", extends=None)
    assert (alone.name, alone.actors) == ("empty", ())


@pytest.mark.parametrize(
    ("files", "fault", "what"),
    [
        ({"weapons.yaml": "- {weapon: sling, form: [sling]}"}, CodebookError, "perhaps 'forms' is meant"),
        ({"wepons.yaml": ""}, CodebookError, "wepons.yaml"),
        ({"../x.yaml": ""}, UsageError, "no name of a file"),
    ],
)
def test_faults_of_a_codebook_of_texts_are_told(
    files: dict[str, str], fault: type[Exception], what: str
) -> None:
    with pytest.raises(fault, match=what):
        sayso.make_codebook(files)


class Bell:
    """A coder that takes every "bell" for a grenade, and proposes a statement without words too."""

    name = "bell"
    version = "1"

    def propose(self, reading: Reading, codebook: Codebook) -> Drafts:  # noqa: ARG002
        cues = [found.span() for found in re.finditer("bell", reading.report.text)]
        value = EventValue("Grenade", happened=True)
        drafts = [
            Draft((cue, None), "event", Stance.STATED, Spans(cue=cue, value=cue), quote, "bell", value)
            for cue in cues
            for quote in (cue, (cue[0], 10_000))
        ]
        return Drafts(tuple(DraftMention(cue, (cue,)) for cue in cues), tuple(drafts))


def test_a_coder_of_ones_own_goes_through_the_gate() -> None:
    text = "The bell rang. A bell fell."
    found = sayso.code(text, coder=Bell())
    assert [one.sub_event_type for one in found] == ["Grenade", "Grenade"]
    for one in found:
        (statement,) = one.statements
        assert (statement.quote.text, statement.rule) == ("bell", "bell")
        assert text[statement.quote.start : statement.quote.end] == "bell"
