import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.codebook import Codebook, load
from sayso.model import Place
from sayso.places import find, gazetteer


def read(text: str, codebook: Codebook) -> list[Place]:
    """The places of a text, in which a vertical line stands between sentences."""
    spans = [found.span() for found in re.finditer("[^|]+", text)]
    found = find(text, spans, gazetteer(), codebook)
    assert all(text[one.start : one.end] == one.place.text for one in found)
    return [one.place for one in found]


def short(text: str, codebook: Codebook) -> list[tuple[str, str | None, str | None]]:
    return [(place.text, place.country, place.precision) for place in read(text, codebook)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rockets hit Kabul, Afghanistan", [("Kabul", "AFG", "town"), ("Afghanistan", "AFG", "country")]),
        ("Kabul’s streets", [("Kabul", "AFG", "town")]),
        ("Afghanistan's army", [("Afghanistan", "AFG", "country")]),
        ("Kabul-based traders", [("Kabul", "AFG", "town")]),
        ("in Helmand province", [("Helmand", "AFG", "admin1")]),
        ("the province of Kunar", [("Kunar", "AFG", "admin1")]),
        ("in Kabul province", [("Kabul", "AFG", "admin1")]),
        ("Garmsir district in Helmand", [("Garmsir", "AFG", "district"), ("Helmand", "AFG", "admin1")]),
        ("20 km from Kunduz", [("Kunduz", "AFG", "near")]),
        ("10 miles south of Kunduz", [("Kunduz", "AFG", "near")]),
        ("outside Kunduz", [("Kunduz", "AFG", "near")]),
        ("at Kandahar University today", [("Kandahar University", "AFG", "exact")]),
        ("at Kandahar airport", [("Kandahar airport", "AFG", "exact")]),
        ("at Kabul international airport", [("Kabul international airport", "AFG", "exact")]),
        ("ships in the Red Sea", [("Red Sea", None, "sea")]),
        ("in the U.S., or the US", [("U.S.", "USA", "country"), ("US", "USA", "country")]),
        ("in Mazar-e-Sharif", [("Mazar-e-Sharif", "AFG", "town")]),
        ("in Mazar-i-Sharif", [("Mazar-i-Sharif", "AFG", "town")]),
        ("in Sana'a and in Sana’a", [("Sana'a", "YEM", "town"), ("Sana’a", "YEM", "town")]),
        ("in Ghulam 'Ali, Afghanistan", [("Ghulam 'Ali", "AFG", "town"), ("Afghanistan", "AFG", "country")]),
        ("hit Kabul, said the heads of KBUL", [("Kabul", "AFG", "town")]),  # no misspelt town
        ("hit Kabul, said the heads of Kbul", [("Kabul", "AFG", "town"), ("Kbul", "AFG", "town")]),
        ("in Deir\nal-Zor", [("Deir\nal-Zor", "SYR", "town")]),
        ("in Morazan, El Salvador", [("Morazan", "SLV", "admin1"), ("El Salvador", "SLV", "country")]),
        ("in Amman, Jordan", [("Amman", "JOR", "town"), ("Jordan", "JOR", "country")]),
        ("BOMBS HIT SAN SALVADOR", [("SAN SALVADOR", "SLV", "town")]),
        ("THE U.S. EMBASSY TOLD US", [("U.S.", "USA", "country")]),
    ],
)  # fmt: skip
def test_a_name_and_its_place(
    text: str, expected: list[tuple[str, str | None, str | None]], codebook: Codebook
) -> None:
    assert short(text, codebook) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Afghan government and Iraqi troops",
        "President Ashraf Ghani said",
        "Jordan Tamminen spoke with Gen. Lincoln",
        "The Washington Post and the New York Times",
        "Islamic State in Iraq and Syria said so",
        "They told us to march in may",
        "Reading the list, Nice as it was, Split them",
        "a lowercase kabul",
        "The Boston Globe wrote",
        "Mr. Paris and Colonel Madison",
        "Keith D. Lancaster and Georgia Whitcombe",
        "The ferry Kunduz sank",
        "",
        "...",
    ],
)
def test_what_is_no_place(text: str, codebook: Codebook) -> None:
    assert short(text, codebook) == []


@pytest.mark.parametrize(
    "text",
    [
        "in the village of Zangidur Bala",
        "in Zangidur Bala village",
        "reached Zangidur Bala district",
    ],
)
def test_an_unknown_name_that_shows_itself_keeps_its_words_alone(text: str, codebook: Codebook) -> None:
    assert read(text, codebook) == [Place("Zangidur Bala", None)]


def test_a_country_has_no_coordinates(codebook: Codebook) -> None:
    (country,) = read("in Afghanistan", codebook)
    assert (country.lat, country.lon, country.precision) == (None, None, "country")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Shells fell on Tripoli.|The Lebanese army came", "LBN"),
        ("Shells fell on Tripoli.|The Libyan army came", "LBY"),
        ("Shells fell on Tripoli, Lebanon", "LBN"),
        ("Troops from Libya spoke.|Then came a blast in Tripoli, Lebanon", "LBN"),
        ("The Salvadoran army entered Santa Ana", "SLV"),
    ],
)
def test_the_report_decides_among_places_of_one_name(text: str, country: str, codebook: Codebook) -> None:
    (town,) = [place for place in read(text, codebook) if place.precision == "town"]
    assert town.country == country


def test_a_town_has_its_first_level_division(codebook: Codebook) -> None:
    (town,) = read("in Jalalabad", codebook)
    assert (town.name, town.admin1, town.country) == ("Jalalabad", "Nangarhar", "AFG")
    assert town.lat == pytest.approx(34.43, abs=0.05)
    assert town.lon == pytest.approx(70.45, abs=0.05)


def test_a_small_town_of_another_country_is_not_believed(codebook: Codebook) -> None:
    assert short("The Nigerian soldier Nejapa", codebook) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # one sense for the whole report
        ("Anna Clinton spoke.|Later Clinton left", []),
        (
            "They met in Clinton, Iowa.|Since then Clinton has a mill",
            [("Clinton", "Iowa"), ("Iowa", "Iowa"), ("Clinton", "Iowa")],
        ),
        # the places that are near one another
        (
            "From Dallas to Fort Worth, past Paris",
            [("Dallas", "Texas"), ("Fort Worth", "Texas"), ("Paris", "Texas")],
        ),
        ("in Paris, Tex.", [("Paris", "Texas"), ("Tex.", "Texas")]),
        ("The mayor of Alicia, Iloilo", None),
        ("in Gao, a town in Mali", [("Gao", "Gao"), ("Mali", None)]),
    ],
)
def test_the_report_as_a_whole_is_read(
    text: str, places: list[tuple[str, str | None]] | None, codebook: Codebook
) -> None:
    found = [(place.text, place.admin1) for place in read(text, codebook)]
    if places is None:
        assert found[0][0] == "Alicia"
    else:
        assert found == places


def test_the_outlet_tells_of_its_home(codebook: Codebook) -> None:
    text = "Paris will mend its streets. Lamar County pays."
    found = find(
        text, [(0, 28), (29, len(text))], gazetteer(), codebook, "Paris Courier paris-courier.example"
    )
    assert found[0].place.admin1 == "Texas"


SENTENCES = [
    "Shells fell on Tripoli.",
    "The Lebanese army came.",
    "Troops left Beirut.",
    "Nobody in Sidon slept.",
    "A boat from Latakia sank.",
]


@settings(max_examples=20, deadline=None)
@given(st.permutations(SENTENCES))
def test_the_order_of_sentences_does_not_matter(sentences: list[str]) -> None:
    found = read("|".join(sentences), load())
    assert {(one.text, one.name, one.country) for one in found} == {
        ("Tripoli", "Tripoli", "LBN"),
        ("Beirut", "Beirut", "LBN"),
        ("Sidon", "Sidon", "LBN"),
        ("Latakia", "Latakia", "SYR"),
    }


WORDS = st.sampled_from(
    [
        *("Kabul", "province", "of", "district", "in", "the", "Helmand", "U", ".", "S", "-", "'", "’s", ","),
        *(
            "al",
            "Al",
            "University",
            "New York",
            "Times",
            "JORDAN",
            "Iraq",
            "\n",
            "Zangi",
            "north",
            "20 km",
            "from",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=25), st.sampled_from(["", " "]))
def test_whatever_the_words_names_are_sound(words: list[str], joint: str) -> None:
    text = joint.join(words)
    found = find(text, [(0, len(text))], gazetteer(), load())
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.place.text
        assert (one.place.lat is None) == (one.place.lon is None)
        end = one.end


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    find(text, [(0, len(text))], gazetteer(), load())


@pytest.mark.parametrize(
    "unit", ["Kabul ", "New ", "U.", "al-", "San ", "village of ", "Zangi ", "A'", " " * 40 + "a"]
)
def test_a_hostile_text_takes_linear_time(unit: str, codebook: Codebook) -> None:
    text = unit * (200_000 // len(unit))
    begin = time.perf_counter()
    find(text, [(0, len(text))], gazetteer(), codebook)
    assert time.perf_counter() - begin < 60  # quadratic would take minutes
