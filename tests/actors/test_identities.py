"""Which actor is meant: by country, by date, by what the report explains, by the shape of the name."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.actors import About, ActorName, class_of, find
from sayso.codebook import Codebook, load
from sayso.language import split


def found(text: str, *places: tuple[str, str], published: str | None = None) -> tuple[ActorName, ...]:
    codebook = load()
    sentences = split(text, [(0, len(text))], frozenset(codebook.lexicon.abbreviations))
    spans = sorted(((text.index(name), text.index(name) + len(name)), country) for name, country in places)
    return find(text, sentences, spans, codebook, About(published))


def ids(text: str, *places: tuple[str, str], published: str | None = None) -> dict[str, str | None]:
    return {one.words: one.actor_id for one in found(text, *places, published=published)}


@pytest.mark.parametrize(
    ("text", "place", "words", "actor_id"),
    [
        ("Al-Shabaab raided a post in Baidoa.", ("Baidoa", "SOM"), "Al-Shabaab", "al-shabaab"),
        ("Al-Shabaab burnt huts near Macomia.", ("Macomia", "MOZ"), "Al-Shabaab", "islamic-state-mozambique"),
        ("The ADF raided Beni.", ("Beni", "COD"), "ADF", "allied-democratic-forces"),
        ("The ADF raided Kumbo.", ("Kumbo", "CMR"), "ADF", "ambazonia-defence-forces"),
        ("Jamaat-e-Islami met in Dhaka.", ("Dhaka", "BGD"), "Jamaat-e-Islami", "jamaat-e-islami-bangladesh"),
        ("Jamaat-e-Islami met in Lahore.", ("Lahore", "PAK"), "Jamaat-e-Islami", "jamaat-e-islami-pakistan"),
        (
            "Islamic Jihad claimed it in Beirut.",
            ("Beirut", "LBN"),
            "Islamic Jihad",
            "islamic-jihad-organization",
        ),
        ("Islamic Jihad claimed it in Gaza.", ("Gaza", "PSE"), "Islamic Jihad", "palestinian-islamic-jihad"),
    ],
)
def test_of_actors_of_one_name_the_country_tells(
    text: str, place: tuple[str, str], words: str, actor_id: str
) -> None:
    assert ids(text, place)[words] == actor_id


def test_a_name_that_others_have_too_counts_only_in_its_country() -> None:
    text = "The Fourth Division shelled the town of Enkhil."
    assert ids(text, ("Enkhil", "SYR"))["Fourth Division"] == "syria-fourth-division"
    assert "syria-fourth-division" not in ids(text, ("Enkhil", "PHL")).values()


def test_where_a_report_speaks_as_much_of_two_countries_the_country_stays_open() -> None:
    text = "Aksu and Osh were raided. The Halden Border Army denied it. The General Staff blamed it."
    told = ids(text, ("Aksu", "KAZ"), ("Osh", "KGZ"))
    assert told["Halden Border Army"] == "halden-border-army"
    assert told["General Staff"] is None
    told = ids(text, ("Aksu", "KAZ"))
    assert told["Halden Border Army"] == "halden-border-army-kaz"
    assert told["General Staff"] == "kazakhstan-army"


def test_nobody_is_meant_who_came_later() -> None:
    text = "The People's Defence Force held Loikaw."
    assert "peoples-defence-force-myanmar" in ids(text, ("Loikaw", "MMR"), published="2022-03-01").values()
    assert (
        "peoples-defence-force-myanmar" not in ids(text, ("Loikaw", "MMR"), published="1995-03-01").values()
    )


@pytest.mark.parametrize(
    ("text", "short", "actor_id"),
    [
        ("The Delta Dawn Army (DDA) fled. The DDA denied it.", "DDA", "delta-dawn-army-nga"),
        ("The ADF fled. The Aba Defence Front (ADF) said so.", "ADF", "aba-defence-front-nga"),
        (
            "Islamic State West Africa Province (ISWAP) fled. ISWAP denied it.",
            "ISWAP",
            "islamic-state-west-africa",
        ),
    ],
)
def test_a_short_form_means_what_the_report_explains(text: str, short: str, actor_id: str) -> None:
    names = found(f"{text} It was in Aba.", ("Aba.", "NGA"))
    assert {one.actor_id for one in names if one.words == short} == {actor_id}


@pytest.mark.parametrize(
    ("text", "words", "actor_id"),
    [
        ("The Red Mangrove Army struck Bomadi.", "Red Mangrove Army", "red-mangrove-army-nga"),
        ("The Front for Oru struck Bomadi.", "Front for Oru", "front-for-oru-nga"),
        ("The fighters of Katibat Ennasr struck Bomadi.", "Katibat Ennasr", "katibat-ennasr-nga"),
        ("A gang known as the Sons of Oru struck Bomadi.", "Sons of Oru", "sons-of-oru-nga"),
        ("The charity Light Forward left Bomadi.", "Light Forward", "light-forward-nga"),
        ("Light Forward, a relief group that left Bomadi.", "Light Forward", "light-forward-nga"),
        ("The Oru Farmers' Council left Bomadi.", "Oru Farmers' Council", "oru-farmers-council-nga"),
    ],
)  # fmt: skip
def test_an_unknown_organisation_gets_an_id_of_its_name_and_country(
    text: str, words: str, actor_id: str
) -> None:
    assert ids(text, ("Bomadi", "NGA")).get(words) == actor_id


@pytest.mark.parametrize(
    "text",
    [
        "Kurdish fighters left Bomadi.",
        "The Bomadi gang left.",
        "On Monday General Musa left Bomadi.",
        "The Third Brigade left Bomadi.",  # each army has one
        "He praised the Front in Bomadi.",
        "A man known as Yaro left Bomadi.",
    ],
)
def test_a_description_is_no_name(text: str) -> None:
    given = {one.actor_id for one in found(text, ("Bomadi", "NGA")) if one.kind == "organisation"}
    assert given <= {None}


@pytest.mark.parametrize(
    ("text", "words", "actor_id"),
    [
        ("Kirkuk police spoke.", "Kirkuk police", "iraq-police"),
        ("The army of Chad left Kirkuk.", "army of Chad", "chad-army"),
        ("Tajikistan's border guards left Kirkuk.", "Tajikistan's border guards", "tajikistan-border-guard"),
        ("The Malian army left Kirkuk. The army lost two men.", "army", "mali-army"),
        ("The regional government left Kirkuk.", "government", None),
        ("The Basra Provincial Government met in Kirkuk.", "government", None),
    ],
)
def test_bodies_are_of_the_country_beside_them(text: str, words: str, actor_id: str | None) -> None:
    assert ids(text, ("Kirkuk", "IRQ")).get(words) == actor_id


@pytest.mark.parametrize(
    ("text", "words"),
    [("Mr Wagner spoke in Moscow.", "Wagner"), ("Gen. Wagner spoke in Moscow.", "Wagner")],
)
def test_a_person_is_no_company(text: str, words: str) -> None:
    assert words not in ids(text, ("Moscow", "RUS"))
    assert "wagner-group" in ids("Wagner left Moscow.", ("Moscow", "RUS")).values()


@pytest.mark.parametrize(
    ("name", "actor_class"),
    [
        ("Delta Liberation Front", "rebels"),
        ("Creek Boys", "political militia"),
        ("Fishermen's Union", "civilians"),
        ("Light Forward", "other"),
    ],
)
def test_the_words_of_a_name_tell_its_class(name: str, actor_class: str, codebook: Codebook) -> None:
    assert class_of(name, codebook) == actor_class


PIECES = [
    "the Taliban", "ISIS", "The Red Mangrove Army", "(RMA)", "said", "Mali's", "army", "Katibat", "Ennour",
    "of", "for", "and", "group", "it", ",", ".", "a gang known as", "General", "Interior Ministry", "\n\n",
    "’s", "«",
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map(" ".join))
def test_names_of_any_text_are_in_order_apart_and_the_same_again(text: str) -> None:
    names = found(text)
    assert names == found(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(names))
    for one in names:
        assert 0 <= one.start <= one.name[0] < one.name[1] <= one.end <= len(text)
        if one.antecedent is None and one.spoken_by is None:
            assert one.actor_id is None or one.actor_id == one.actor_id.lower()
