"""What sentences say became of how many people."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.codebook import Codebook, load
from sayso.coding.numbers import find_numbers
from sayso.coding.reading import read
from sayso.coding.rules import tolls
from sayso.coding.rules.counts import figures_of, of_the_same
from sayso.language import verb_forms
from sayso.reports import make_report

WORDS = {2: "two", 7: "seven", 12: "twelve", 21: "twenty-one", 130: "one hundred and thirty", 1200: "1,200"}


def told(sentence: str, codebook: Codebook) -> list[str]:
    """Each figure of a sentence as "field best [low-high] [whom]", the sum of a series before its parts."""
    report = make_report(f"A bomb exploded. {sentence}", codebook, published="2019-05-14")
    reading = read(report, codebook)
    found = []
    tolls_told = of_the_same(tolls.find(reading, 1, codebook))
    for toll in tolls_told:
        for field in toll.fields:
            for one in figures_of(reading, 1, toll, tolls_told, codebook):
                count = one.count
                bounds = "" if count.low == count.high == count.best else f" {count.low}-{count.high}"
                whom = count.whom and (count.whom.age or count.whom.sex or count.whom.status)
                found.append(f"{field} {count.best}{bounds}{f' {whom}' if whom else ''}")
    return found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Raiders killed at least five people and wounded 12 others.", ["killed 5 5-None", "injured 12"]),
        ("Nine soldiers were killed and four hurt.", ["killed 9 military", "injured 4 military"]),
        ("Six dead, 14 injured in tram blast", ["killed 6", "injured 14"]),
        ("The fire left three people dead and 11 wounded.", ["killed 3", "injured 11"]),
        ("The death toll rose from three to 17.", ["killed 17"]),
        ("Doctors put the number of dead at 26.", ["killed 26"]),
        ("The toll stood at 31 dead and 90 injured.", ["killed 31", "injured 90"]),
        ("A baker, his son and two porters were killed.", ["killed 4"]),
        (
            "The shells claimed the lives of 41 civilians and 13 soldiers.",
            ["killed 54", "killed 41 civilian", "killed 13 military"],
        ),
        ("Eight people, three of them children, were killed.", ["killed 8", "killed 3 child"]),
        (
            "Eleven people died, including a policeman and two women.",
            ["killed 11", "killed 1 police", "killed 2 female"],
        ),
        ("A captain was killed along with five of his men.", ["killed 6"]),
        ("Two miners, a brother and a cousin, were shot dead.", ["killed 2 civilian"]),
        ("The bodies of six men were found by the canal.", ["killed 6"]),
        ("The killing of three men brought out the crowd.", ["killed 3"]),
        ("Between 10 and 15 fighters were killed.", ["killed None 10-15 militant"]),
        ("Dozens were killed.", ["killed None 24-None"]),
        ("Another was injured.", ["injured 1"]),
        ("A family of five was abducted.", ["abducted 5"]),
        ("Masked men took 30 passengers hostage.", ["abducted 30 civilian"]),
        ("The guards rounded up 14 students.", ["detained 14 civilian"]),
        ("Four of the sailors are still missing.", ["missing 4"]),
        ("The fighting displaced some 2,000 people.", ["displaced 2000 None-None"]),
        ("No one was killed or hurt.", ["killed 0", "killed 0", "injured 0"]),
        ("The shelling caused no casualties.", ["killed 0", "injured 0"]),
        ("The mayor was shot dead and his driver wounded.", ["killed 1", "injured 1"]),
        ("Two soldiers fell and three were wounded.", ["killed 2 military", "injured 3 military"]),
    ],
)
def test_people_are_counted(sentence: str, expected: list[str], codebook: Codebook) -> None:
    assert told(sentence, codebook) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The group threatened to kill five hostages.",
        "The army denied that nine villagers had been killed.",
        "At least 400 people have been killed in the province so far this year.",
        "More than 300 have died since the rising began.",
        "The war has killed 12,000 people.",
        "Twenty people were killed or injured.",
        "Fourteen sheep were killed.",
        "Ana Verrin, 34, said she had seen nobody.",
        "Nobody was seriously hurt.",
        "The charge was one count of attempted murder.",
        "There were no reports of casualties.",
        "The dead woman's brother spoke.",
        "The strike hurt the economy.",
    ],
)
def test_nobody_is_counted(sentence: str, codebook: Codebook) -> None:
    assert told(sentence, codebook) == []


@pytest.mark.parametrize("number", WORDS)
@pytest.mark.parametrize(
    "sentence", ["{} people were killed.", "Raiders wounded {} guards.", "They left {} dead."]
)
def test_a_number_in_words_counts_as_its_figures_do(sentence: str, number: int, codebook: Codebook) -> None:
    in_words = told(sentence.format(WORDS[number].capitalize()), codebook)
    assert in_words == told(sentence.format(number), codebook) != []


@pytest.mark.parametrize("number", WORDS)
def test_at_least_leaves_the_number_open_above(number: int, codebook: Codebook) -> None:
    assert told(f"At least {number} people were killed.", codebook) == [f"killed {number} {number}-None"]


@given(st.integers(2, 90_000), st.integers(1, 9_000))
@settings(max_examples=60, deadline=None)
def test_a_range_has_two_ends_and_no_best(low: int, more: int) -> None:
    codebook = load()
    high = low + more
    for words in (f"between {low} and {high}", f"{low} to {high}", f"{low}-{high}"):
        (found,) = find_numbers(words, [(0, len(words))], codebook)
        assert (found.start, found.end) == (0, len(words))
        assert (found.count.best, found.count.low, found.count.high) == (None, low, high)


def test_what_a_toll_rose_from_is_no_end_of_a_range(codebook: Codebook) -> None:
    text = "rose from 3 to 5"
    assert [one.count.best for one in find_numbers(text, [(0, len(text))], codebook)] == [3, 5]


def test_numbers_with_and_between_them_are_two(codebook: Codebook) -> None:
    text = "killed 10 and 15 were hurt"
    assert [one.count.best for one in find_numbers(text, [(0, len(text))], codebook)] == [10, 15]


def test_every_word_of_harm_makes_its_sentence_worth_parsing(codebook: Codebook) -> None:
    terms = (*codebook.lexicon.triggers, *codebook.lexicon.strong_terms)
    words = {
        form
        for row in codebook.harm
        if row.people != "figure" and not row.who
        for form in (*row.words, *(form for verb in row.verbs for form in verb_forms(verb)))
        if " " not in form
    }
    assert [word for word in sorted(words) if not word.startswith(terms)] == []
