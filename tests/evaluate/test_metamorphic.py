"""Reports changed in ways that a coding must follow: the changes themselves, and how often it does."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluate.calendars import moved
from sayso.evaluate.changes import Back, Changed, Original, Source, Unmade, undone
from sayso.evaluate.invented import Invented, invent
from sayso.evaluate.metamorphic import (
    KINDS,
    Outcome,
    change,
    differences,
    facts,
    outcomes,
    tallies,
    told_of,
)
from sayso.evaluate.originals import read_original
from sayso.evaluate.recounting import other_numbers
from tests.coding.test_cases import CASES, read_case
from tests.evaluate.changing import SEED, changed_text

# The least share of cases that hold, by kind, measured on 26 November 2026 over the examples and the cases in
# English, seed 1, less a margin of one or two cases; raised with the figures, lowered by name with a reason.
FLOORS = {
    "actors": 0.83,  # the network that listens hears names too, and of other names something else
    "places": 0.93,
    "dates": 0.97,
    "numbers": 0.91,  # as it does numbers
    "together": 0.82,  # whom words mean, and of which act, is weighed with all that a text tells
    "capitals": 0.77,
    "lines": 0.87,  # as with its sentences, which are others in broken lines
    "quotes": 0.85,
}
# How many cases there were then, less a few: a share of fewer says less.
LEAST_CASES = {
    "actors": 50, "places": 55, "dates": 68, "numbers": 50, "together": 64, "capitals": 66, "lines": 68,
    "quotes": 24,
}  # fmt: skip

TEXT = (
    "Rockets hit a market in Taiz on Monday, 14 March 2022, killing eight people and wounding 23, the army "
    "said.\nAl-Shabaab claimed responsibility for the attack. “We did it,” the group’s spokesman said.\n"
)


@pytest.fixture(scope="module")
def invented() -> Invented:
    return invent(SEED)


@pytest.fixture(scope="module")
def sources(examples: Path) -> list[Source]:
    found = [Source(path.stem, path.read_text("utf-8"), None) for path in sorted(examples.glob("*.txt"))]
    cases = [(path, read_case(path)) for path in CASES if path.parent.name == "en"]
    return [*found, *(Source(path.stem, case.text, case.published) for path, case in cases)]


@pytest.fixture(scope="module")
def originals(sources: list[Source], invented: Invented) -> list[Original]:
    return [read_original(source, invented) for source in sources]


@pytest.fixture(scope="module")
def found(sources: list[Source]) -> list[Outcome]:
    return list(outcomes(sources, SEED))


# ---- the figure -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_coding_follows_the_change_as_often_as_before(kind: str, found: list[Outcome]) -> None:
    tally = next(tally for tally in tallies(found) if tally.kind == kind)
    assert tally.cases >= LEAST_CASES[kind]
    assert tally.share is not None
    failed = [(one.name, one.differs) for one in found if one.kind == kind and one.differs]
    assert tally.share >= FLOORS[kind], failed


def test_every_report_is_counted_once_for_each_kind(found: list[Outcome], sources: list[Source]) -> None:
    *kinds, whole = tallies(found)
    assert [tally.kind for tally in kinds] == list(KINDS) == list(FLOORS) == list(LEAST_CASES)
    for tally in kinds:
        assert tally.cases + tally.nothing + sum(tally.left_out.values()) == len(sources)
        assert Unmade.NOTHING not in tally.left_out
        assert tally.reached <= tally.cases
        assert tally.cases - tally.hold == tally.reached - tally.reached_hold, "a failure always reaches"
    assert whole.hold == sum(tally.hold for tally in kinds)


def test_a_share_of_nothing_is_no_share() -> None:
    tally = tallies([Outcome("it", "dates", Unmade.YEARS), Outcome("it", "dates", Unmade.NOTHING)])[0]
    assert (tally.share, tally.cases, tally.nothing, tally.left_out) == (None, 0, 1, {Unmade.YEARS: 1})


# ---- the changes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_can_be_undone_and_made_again(kind: str, originals: list[Original]) -> None:
    made = 0
    for original in originals[:: 24 if kind == "together" else 8]:  # all changes together take long
        changed = change(original, kind, SEED)
        assert change(original, kind, SEED) == changed, "the same seed gives the same change"
        if isinstance(changed, Unmade):
            continue
        made += 1
        before = original.source
        assert (changed.source.text, changed.source.published) != (before.text, before.published)
        assert undone(changed) == before.text
        for edit in changed.edits:
            assert before.text[edit.start : edit.end] == edit.was != edit.now
    assert made


@pytest.mark.parametrize("kind", ["actors", "places", "dates", "numbers", "together"])
def test_without_the_way_back_the_facts_differ(kind: str, originals: list[Original]) -> None:
    # Else the check would pass because nothing that is compared has changed.
    seen = 0
    for original in originals[-12:]:
        changed = change(original, kind, SEED)
        if isinstance(changed, Changed):
            before = [facts(incident, Back()) for incident in original.told]
            seen += bool(list(differences(before, [facts(one, Back()) for one in told_of(changed)])))
    assert seen >= 3


def test_other_seeds_give_other_changes() -> None:
    source = Source("it", TEXT.replace("Taiz", "Katsina"), "2022-03-15")
    originals = {seed: read_original(source, invent(seed)) for seed in range(1, 5)}
    for kind in ("actors", "places", "dates", "numbers", "together"):
        made = [change(original, kind, seed) for seed, original in originals.items()]
        assert len({one.source for one in made if isinstance(one, Changed)}) > 1, kind


def test_a_coder_that_goes_by_names_is_found_out(invented: Invented) -> None:
    # With the codebook of the original nobody knows the invented group: as if the coder knew names by heart.
    original = read_original(Source("it", TEXT, "2022-03-15"), invented)
    changed = changed_text(TEXT, "actors", invented)
    before = [facts(incident, Back()) for incident in original.told]
    blind = told_of(replace(changed, codebook=original.codebook))
    assert list(differences(before, [facts(one, changed.back) for one in told_of(changed)])) == []
    assert list(differences(before, [facts(one, changed.back) for one in blind])) != []


def test_differences_are_told() -> None:
    one, other = {"place": "Taiz", "killed": 8}, {"place": "Aden", "killed": 8}
    assert list(differences([one], [one])) == []
    assert list(differences([dict(one)], [dict(other)])) == ["incident 1, place: Aden instead of Taiz"]
    assert list(differences([dict(one)], [])) == ["0 incidents instead of 1"]


# ---- places ---------------------------------------------------------------------------------------


def test_towns_stay_in_their_country_and_get_its_coordinates(invented: Invented) -> None:
    original = read_original(Source("it", TEXT, "2022-03-15"), invented)
    changed = changed_text(TEXT, "places", invented)
    (was,), (now,) = original.told, told_of(changed)
    assert was.place is not None
    assert now.place is not None
    assert was.place.country == now.place.country == "YEM"
    assert (was.place.lat, was.place.lon) != (now.place.lat, now.place.lon)
    assert changed.back.points[now.place.lat, now.place.lon] == (was.place.lat, was.place.lon)


def test_the_name_of_a_town_in_that_of_a_place_in_it_stays(invented: Invented) -> None:
    text = "A bomb killed two people in Kabul on Monday. Kabul Airport was closed.\n"
    original = read_original(Source("it", text, "2022-03-15"), invented)
    assert change(original, "places", SEED) is Unmade.TOWNS


# ---- dates ----------------------------------------------------------------------------------------

PRINTED = [
    "14 March 2022", "Monday, March 14, 2022", "March 14th, 2022", "14 Mar 2022", "Mar. 14, 2022", "March 14",
    "2022-03-14", "03/14/2022", "14 MARCH 2022", "Monday", "yesterday", "the 14th of March",
]  # fmt: skip


@pytest.mark.parametrize("printed", PRINTED)
def test_a_date_is_printed_in_the_same_way(printed: str, invented: Invented) -> None:
    text = f"Gunmen killed six villagers in Katsina, on {printed}, police said.\n"
    original = read_original(Source("it", text, "2022-03-15"), invented)
    changed = changed_text(text, "dates", invented)
    days = changed.back.days
    assert days % 7 == 0
    assert changed.source.published == moved("2022-03-15", days)
    assert (original.told[0].date.earliest or "") == "2022-03-14"
    assert told_of(changed)[0].date.earliest == moved("2022-03-14", days)
    assert sum(char == " " for char in changed.source.text) == text.count(" ")


def test_the_day_of_publication_in_the_text_moves_along(invented: Invented) -> None:
    text = "Six Killed In Katsina\n\nThu, 02/28/2019 - 16:45\n\nGunmen killed six in Katsina on Monday.\n"
    changed = changed_text(text, "dates", invented, published=None)
    assert changed.source.published is None
    assert "16:45" in changed.source.text
    assert told_of(changed)[0].date.earliest == moved("2019-02-25", changed.back.days)


# ---- numbers --------------------------------------------------------------------------------------


def test_numbers_keep_their_style_and_order(invented: Invented) -> None:
    text = "A bomb killed Eight people, not seven, and wounded more than 1,200 in Taiz on Monday. One died.\n"
    changed = changed_text(text, "numbers", invented)
    edits = {edit.was: edit.now for edit in changed.edits}
    assert edits["Eight"].isalpha()
    assert edits["Eight"][0].isupper()
    assert edits["more than 1,200"].startswith("more than ")
    assert len(edits["more than 1,200"]) == len("more than 1,200")
    assert "One" not in edits


def test_a_sum_is_left_out(invented: Invented) -> None:
    text = "A bomb killed four soldiers and three civilians in Taiz on Monday, police said.\n"
    original = read_original(Source("it", text, "2022-03-15"), invented)
    assert original.told[0].killed is not None
    assert original.told[0].killed.best == 7
    assert change(original, "numbers", SEED) is Unmade.SUM


@given(st.sets(st.integers(2, 999_999), min_size=1, max_size=12), st.integers())
def test_other_numbers_are_one_to_one_and_in_order(counts: set[int], seed: int) -> None:
    new_of = other_numbers(sorted(counts), random.Random(seed))  # noqa: S311
    if not new_of:
        assert set(range(2, 13)) <= counts, "there is room for fewer small numbers only"
        return
    assert set(new_of) == counts
    assert list(new_of.values()) == sorted(set(new_of.values()))
    assert all(len(str(old)) == len(str(new)) or max(old, new) < 100 for old, new in new_of.items())
    assert min(new_of.values()) > 1


# ---- rendering ------------------------------------------------------------------------------------


def test_lines_are_broken_between_words(invented: Invented) -> None:
    changed = changed_text(TEXT, "lines", invented)
    assert changed.source.text.split() == TEXT.split()
    assert all(len(line) <= 80 for line in changed.source.text.splitlines())
    assert all(line.startswith("   ") for line in changed.source.text.splitlines() if line)
    assert len(changed.source.text.split("\n\n")) == 2, "the two paragraphs stay apart"


def test_quotation_marks_change_both_ways(invented: Invented) -> None:
    straight = changed_text(TEXT, "quotes", invented).source.text
    assert '"We did it," the group\'s' in straight
    assert changed_text(straight, "quotes", invented).source.text == TEXT


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("actors", "Gunmen killed six villagers in Katsina."),
        ("places", "Gunmen killed six villagers."),
        ("numbers", "Gunmen killed one man in Katsina."),
        ("capitals", "GUNMEN KILLED SIX."),
        ("lines", "Gunmen killed six."),
        ("quotes", "Gunmen killed six."),
        ("dates", ""),
        ("actors", ""),
    ],
)
def test_nothing_to_change(kind: str, text: str, invented: Invented) -> None:
    assert change(read_original(Source("it", text, None), invented), kind, SEED) is Unmade.NOTHING
