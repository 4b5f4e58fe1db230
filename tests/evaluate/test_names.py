"""Whether two names are of one actor, one target, one province."""

import pytest

from sayso.evaluate.names import alike, names_nobody, plain, same, same_province, weapons_alike


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The Taliban’s fighters", "taliban fighters"),
        ("Israelis", "israel"),
        ("Saudi army", "saudi arabia army"),
        ("Düsseldorf", "dusseldorf"),
        ("the", ""),
    ],
)
def test_a_name_in_plain_words(name: str, expected: str) -> None:
    assert plain(name) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Taliban", "the Taliban insurgents", True),  # empty words beside a name
        ("Daesh", "ISIS-K", True),  # a branch agrees with the whole
        ("People's Protection Units", "YPG", True),
        ("Russian warplanes", "Moscow", True),  # a people, a body and a capital
        ("Mariam Osei", "army spokeswoman Mariam Osei", True),  # two words inside more
        ("Osei", "Mariam Osei", True),  # a last name
        ("police", "police officers", True),  # kinds of bodies alone, with one in common
        ("forces", "army", False),
        ("Sudan", "South Sudan", False),
        ("Taliban", "Pakistani Taliban", False),
        ("Syrian army", "Syrian rebels", False),
        ("Iran", "Iraqi army", False),
        ("ali", "Hassan Ali", False),  # too short to tell people apart
        ("", "Taliban", False),
        ("the", "the", False),
    ],
)
def test_one_actor_under_two_names(a: str, b: str, expected: bool) -> None:
    assert same(a, b) is expected
    assert same(b, a) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("presidential palace", "the palace", True),
        ("three police officers", "police officers", True),
        ("crowd outside a bakery", "the crowd", True),
        ("a child", "children", True),
        ("Kenyan soldiers", "nine Kenyan villagers", False),  # the country alone is nothing in common
        ("consulate", "civilians", False),
        ("22 rockets", "three missiles", False),  # alike as weapons only
    ],
)
def test_targets_agree_by_their_head(a: str, b: str, expected: bool) -> None:
    assert alike(a, b) is expected
    assert alike(b, a) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("22 rockets", "three missiles", True),
        ("car bomb", "explosives", True),
        ("air raids", "an airstrike", True),
        ("petrol bombs", "molotov cocktails", True),
        ("rifles", "a bomb", False),
    ],
)
def test_weapons_agree_by_their_kind(a: str, b: str, expected: bool) -> None:
    assert weapons_alike(a, b) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("unknown gunmen", True),
        ("enemies of Afghanistan", True),
        ("two suicide bombers", True),
        ("Taliban militants", False),
        ("police", False),
        ("", False),
    ],
)
def test_words_that_name_nobody(name: str, expected: bool) -> None:
    assert names_nobody(name) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Deir ez-Zor", "Deir Ezzor province", True),
        ("South Darfur", "North Darfur", False),
        ("Kunar", "Kunduz", False),
        ("Kunar", "", False),
    ],
)
def test_spellings_of_one_province(a: str, b: str, expected: bool) -> None:
    assert same_province(a, b) is expected
