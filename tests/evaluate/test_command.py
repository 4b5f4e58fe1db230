"""sayso evaluate as users meet it."""

import json
from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.evaluate import earlier_cases, read_predictions
from tests.command import sayso
from tests.evaluate.making import Record, gold, predictions, write_lines


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "gold.jsonl", gold().values())


@pytest.fixture
def coded_file(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "coded.jsonl", predictions().values())


def row(out: str, name: str) -> list[str]:
    return next(line.split() for line in out.splitlines() if line.startswith(f"{name} "))


def test_figures_are_printed_beside_two_programs_that_read_nothing(gold_file: Path, coded_file: Path) -> None:
    done = sayso("evaluate", gold_file, coded_file)
    assert (done.status, done.err) == (0, "")
    assert " ".join(row(done.out, "detection.all")[1:]) == "1.000 0.000 0.545 1.000 1.000 tp 3, fp 0, fn 0"
    assert row(done.out, "fields.country")[1:4] == ["1.000", "-", "0.000"]


def test_gold_with_texts_is_coded_here_as_sayso_code_does(gold_file: Path, tmp_path: Path) -> None:
    coded = tmp_path / "coded.jsonl"
    coded.write_text(sayso("code", gold_file).out, "utf-8")
    apart, here = (sayso("evaluate", gold_file, *given).out for given in ([coded], []))
    assert row(here, "reports.coded")[1] == "1.000"
    assert row(here, "lineage.pairwise")[1] == "1.000"
    for name in ("detection.all", "fields.date_exact", "attributions.end_to_end", "counts.joined"):
        assert row(apart, name) == row(here, name)


def test_gains_and_losses_since_an_earlier_run(gold_file: Path, coded_file: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    done = sayso("evaluate", gold_file, coded_file, "--json", before, "--bootstrap", "50")
    assert "1.000-1.000" in row(done.out, "detection.all")
    assert json.loads(before.read_text("utf-8"))["rows"]["detection.all"]["tp"] == 3
    said = predictions()
    said["two"]["incidents"][0]["killed"] = {"best": 6}
    worse = write_lines(tmp_path / "worse.jsonl", said.values())
    done = sayso("evaluate", gold_file, worse, "--against", before)
    told = "  two afg-taloqan-bomb-20190502: lost: fields.killed_exact, fields.killed_in_range\n"
    assert done.out.endswith(f"1 lost\n{told}0 won\n")


def test_runs_over_other_gold_are_not_compared(gold_file: Path, coded_file: Path, tmp_path: Path) -> None:
    (tmp_path / "before.json").write_text('{"digest": "that of another set", "cases": []}', "utf-8")
    done = sayso("evaluate", gold_file, coded_file, "--against", tmp_path / "before.json")
    assert (done.status, done.out) == (2, "")
    assert "another gold set" in done.err


@pytest.mark.parametrize("text", ['{"cases": []}', "[]", "", '{"digest": "d", "cases": [["one"]]}'])
def test_what_is_no_earlier_run_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "before.json").write_text(text, "utf-8")
    with pytest.raises(UsageError, match="is no earlier evaluation"):
        earlier_cases(tmp_path / "before.json", "d")


WORDS = ("taliban", "taloqan", "afg-", "none", "two", "amaj", "bomb", "2019")


def test_sealed_gold_gives_totals_and_no_word_of_it(tmp_path: Path) -> None:
    sealed = write_lines(tmp_path / "sealed.jsonl.xz", gold().values())
    figures = tmp_path / "figures.json"
    done = sayso("evaluate", "--sealed", sealed, "--json", figures, "--bootstrap", "20")
    assert (done.status, done.err) == (0, "")
    assert row(done.out, "reports.coded")[1] == "1.000"
    record = json.loads(figures.read_text("utf-8"))
    assert record["cases"] == []
    values = json.dumps([record["rows"], record["says_nothing"], record["says_everything"]]).lower()
    for word in WORDS:
        if word not in ("none", "two"):  # "two programs", and rows such as killed_none_kept
            assert word not in done.out.lower(), word
            assert word not in values, word


@pytest.mark.parametrize("more", [["gold.jsonl"], ["--against", "before.json"]])
def test_sealed_gold_shows_no_case(more: list[str], gold_file: Path) -> None:
    sealed = write_lines(gold_file.with_name("sealed.jsonl.xz"), gold().values())
    done = sayso("evaluate", "--sealed", sealed, *more, cwd=gold_file.parent)
    assert (done.status, done.out) == (2, "")
    assert "shows no case" in done.err


def test_faults_of_gold_are_told_and_nothing_is_measured(tmp_path: Path, coded_file: Path) -> None:
    records = gold()
    records["one"]["incidents"][0]["event_type"] = "Bombing"
    done = sayso("evaluate", write_lines(tmp_path / "gold.jsonl", records.values()), coded_file)
    assert (done.status, done.out) == (2, "")
    assert "line 1: incident afg-taloqan-bomb-20190502: unknown event_type 'Bombing'" in done.err


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("{broken\n", "line 1: this is no record"),
        ("[]\n", "line 1: this is no record"),
        ("{}\n", "line 1: this is no record"),
        ('{"id": "one"}\n{"path": "texts/one.txt"}\n', "line 2: this stands for one"),
        ("\udcff", "cannot be read"),
    ],
)
def test_coded_reports_that_are_none(lines: str, told: str, tmp_path: Path) -> None:
    coded = tmp_path / "coded.jsonl"
    coded.write_bytes(lines.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match=told):
        read_predictions(coded)


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"id": "one", "path": "texts/two.txt", "report_id": "f00d"}, "one"),
        ({"id": None, "path": "texts/two.txt", "report_id": "f00d"}, "two"),
        ({"path": "C:\\texts\\two.b.txt"}, "two.b"),
        ({"path": None, "report_id": "f00d"}, "f00d"),
    ],
)
def test_the_name_of_a_coded_report(record: Record, name: str, tmp_path: Path) -> None:
    assert read_predictions(write_lines(tmp_path / "coded.jsonl", [record])) == {name: record}


def test_gold_without_texts_cannot_be_coded(tmp_path: Path) -> None:
    records = gold()
    del records["one"]["text"]
    done = sayso("evaluate", write_lines(tmp_path / "gold.jsonl", records.values()))
    assert done.status == 2
    assert "has no texts" in done.err


def test_no_gold_at_all() -> None:
    assert sayso("evaluate").status == 2
