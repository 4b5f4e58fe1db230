"""Reports at other times: by weeks where all that is told can be moved so, else by 28 years."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.codebook import Codebook, load
from sayso.evaluate.calendars import moved, shifted
from sayso.evaluate.changes import Back, Source, Unmade
from sayso.evaluate.invented import Invented, invent
from sayso.evaluate.metamorphic import change, facts, told_of
from sayso.evaluate.originals import read_original
from sayso.evaluate.yearly import YEARS
from tests.evaluate.changing import SEED, changed_text

DAYS = 10227
"""28 years."""


@pytest.fixture(scope="module")
def invented() -> Invented:
    return invent(SEED)


# ---- the calendar ---------------------------------------------------------------------------------


@given(st.dates(date(1901, 1, 1), date(2071, 12, 31)))
def test_after_28_years_every_day_is_the_same_day_of_the_week(day: date) -> None:
    later = day + timedelta(days=DAYS)
    assert (later.year, later.month, later.day) == (day.year + YEARS, day.month, day.day)
    assert later.weekday() == day.weekday()


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.integers(-9000, 9000))
def test_what_is_moved_can_be_moved_back(day: date, days: int) -> None:
    assert moved(moved(f"{day}T10:00", days), -days) == f"{day}T10:00"


@given(st.sampled_from([-DAYS, -203, 581, DAYS]))
@settings(max_examples=4, deadline=None)
def test_a_codebook_moves_along_with_all_its_days(days: int) -> None:
    codebook = load()
    later = shifted(codebook, days)
    assert later != codebook
    assert later.sha256 != codebook.sha256
    for row, now in zip(codebook.holidays, later.holidays, strict=True):
        assert (now.first, now.last) == (moved(row.first, days), moved(row.last, days))
        assert row.holiday == now.holiday
        assert abs(days) != DAYS or now.year == row.year + days // abs(days) * YEARS
    back = shifted(later, -days)
    assert (back.actors, back.holidays) == (codebook.actors, codebook.holidays)


def test_what_an_actor_was_when_moves_along(codebook: Codebook) -> None:
    later = shifted(codebook, DAYS)
    for day in ("2021-08-14", "2021-08-15"):
        was, now = codebook.actor("taliban", day), later.actor("taliban", moved(day, DAYS))
        assert was is not None
        assert now is not None
        assert was.kind == now.kind


# ---- reports --------------------------------------------------------------------------------------

BY_YEARS = [
    "in 2017", "last month", "in October 2018", "in early March", "March 14-15", "12-14 March",
    "12-14 March 2022", "between 3 and 5 March 2022", "earlier this year", "02/03/2022",
    "on Easter Sunday 2019", "two months ago", "3 FEB 20 and in 2017",
]  # fmt: skip


@pytest.mark.parametrize("printed", BY_YEARS)
def test_what_weeks_cannot_move_moves_by_28_years(printed: str, invented: Invented) -> None:
    text = f"A bomb exploded at a market in Katsina, {printed}, police said.\n"
    original = read_original(Source("it", text, "2022-03-25"), invented)
    changed = changed_text(text, "dates", invented, published="2022-03-25")
    assert abs(changed.back.days) == DAYS
    years = changed.back.days // abs(changed.back.days) * YEARS
    for was, now in zip(re.findall(r"\d{4}", text), re.findall(r"\d{4}", changed.source.text), strict=True):
        assert int(now) == int(was) + years
    assert re.sub(r"\d\d+", "", changed.source.text) == re.sub(r"\d\d+", "", text)
    (was_told,), (now_told,) = original.told, told_of(changed)
    assert facts(now_told, changed.back) == facts(was_told, Back())


def test_a_feast_moves_along(invented: Invented) -> None:
    text = "Gunmen killed six villagers in Katsina on Easter Sunday, police said.\n"
    original = read_original(Source("it", text, "2022-04-20"), invented)
    assert original.told[0].date.earliest == "2022-04-17"
    changed = changed_text(text, "dates", invented, published="2022-04-20")
    assert told_of(changed)[0].date.earliest == moved("2022-04-17", changed.back.days)


@pytest.mark.parametrize(
    ("printed", "stays"),
    [
        ("killing 1995 people in 2017", "1995"),  # a count
        ("after marching 2010 km in 2017", "2010"),  # a measure
        ("as in the 1990s and in 2017", "1990s"),  # no year
    ],
)
def test_a_number_that_is_no_year_stays(printed: str, stays: str, invented: Invented) -> None:
    text = f"Gunmen attacked Katsina, {printed}, police said.\n"
    now = changed_text(text, "dates", invented, published="2022-03-25").source.text
    assert stays in now
    assert "2017" not in now


def test_a_day_in_the_name_of_a_group_stays(invented: Invented) -> None:
    text = "The March 23 Movement killed six villagers in Goma on 14 March, police said.\n"
    now = changed_text(text, "dates", invented).source.text
    assert now.startswith("The March 23 Movement killed")
    assert "14 March" not in now


def test_a_year_outside_the_calendar_is_left_out(invented: Invented) -> None:
    text = "Gunmen killed six villagers in Katsina in 1900, police said.\n"
    original = read_original(Source("it", text, "2022-03-25"), invented)
    assert change(original, "dates", SEED) is Unmade.YEARS


# ---- together -------------------------------------------------------------------------------------


def test_all_that_is_known_changes_together(invented: Invented) -> None:
    text = (
        "A bomb killed eight people and wounded 37 in Kunduz, Afghanistan, on Monday, 14 March 2022. The\n"
        "Afghan Interior Ministry accused the Taliban. The Taliban denied responsibility for the attack.\n"
    )
    original = read_original(Source("it", text, "2022-03-15"), invented)
    changed = changed_text(text, "together", invented)
    for word in ("eight", "37", "Kunduz", "Afghan", "2022-03-15", "14 March", "Taliban"):
        assert word not in changed.source.text
    (was,), (now,) = original.told, told_of(changed)
    assert len(was.attributions) == 2
    assert facts(now, changed.back) == facts(was, Back())
    assert facts(now, Back()) != facts(was, Back())


def test_one_change_alone_is_none_together(invented: Invented) -> None:
    original = read_original(Source("it", "Gunmen killed six villagers.\n", None), invented)
    assert change(original, "numbers", SEED) is not Unmade.NOTHING
    assert change(original, "together", SEED) is Unmade.NOTHING
