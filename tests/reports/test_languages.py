"""English is told as such, however short, loud or full of foreign names; other languages never are."""

from pathlib import Path

import pytest
import yaml

from sayso.codebook import Codebook
from sayso.coding import code
from sayso.model import Problem, Report
from sayso.reports import languages, make_report, read
from sayso.reports.languages import language_of
from sayso.settings import Settings

TONGUES: dict[str, str] = yaml.safe_load((Path(__file__).parent / "tongues.yaml").read_text("utf-8"))
LONGER = (
    "Rockets fired from the hills struck the market of Karsin on Tuesday, killing eight and wounding twelve.",
    "Gunmen on motorcycles stormed Wadi al-Qasr, Beni Tawfiq and Ain Zerqa before dawn, said Ould Cheikh.",
    "KARSIN, 20 JUL 21 (AFP) -- [TEXT] THE ARMY DENIED TODAY THAT ITS TROOPS HAD SHELLED THE VILLAGE.",
    "Police: Two dead, four hurt after shots fired outside Elm Street bar; suspects still at large Monday",
)


@pytest.mark.parametrize("text", LONGER)
def test_english_is_english(text: str) -> None:
    assert language_of(text, "en") == "en"
    assert language_of(text.upper(), "en") == "en"


@pytest.mark.parametrize(
    "text", ["", "Bomb kills three", "Bogotá: Ejército-FARC clash, 3 dead", "1 2 3 4 5 6 7 8 9 10 11 12 13"]
)
def test_what_is_too_short_to_tell_is_not_turned_away(text: str) -> None:
    assert language_of(text, "en") in ("en", None)


@pytest.mark.parametrize("code", TONGUES)
@pytest.mark.parametrize("better", [True, False])
def test_another_language_is_never_english(code: str, better: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not better:  # as without the extra, whose names are better
        monkeypatch.setattr(languages, "_classifier", lambda: None)
    for text in (TONGUES[code], TONGUES[code].upper()):
        told = language_of(text, "en")
        assert told not in ("en", None)
        if better:
            assert told == code


def test_every_example_is_english(examples: Path, codebook: Codebook) -> None:
    found = list(read([str(examples)], codebook, Settings()))
    assert {one.language for one in found if isinstance(one, Report)} == {"en"}


@pytest.mark.parametrize("tongue", ["de", "es", "ar", "zh"])
def test_what_is_not_english_is_kept_and_said_and_not_coded(
    tongue: str, codebook: Codebook, tmp_path: Path
) -> None:
    text = f"{TONGUES[tongue]}\nAttack: 8 killed."
    report = make_report(text, codebook)
    coded = code(report, codebook)
    assert (report.language, coded.mentions, coded.statements) == (tongue, (), ())
    assert f"Not coded: language {tongue}." in coded.warnings[0]
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    problem, kept = read([str(tmp_path)], codebook, Settings())
    assert isinstance(problem, Problem)
    assert (problem.lost, f"language {tongue}" in problem.what) == (False, True)
    assert isinstance(kept, Report)
    assert kept.text == text
