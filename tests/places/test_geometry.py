import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Place
from sayso.places import apart, contains, distance_km

COUNTRY = Place("Afghanistan", "Afghanistan", None, "AFG", precision="country")
IRAQ = Place("Iraq", "Iraq", None, "IRQ", precision="country")
HELMAND = Place("Helmand", "Helmand", "Helmand", "AFG", None, 31.6, 64.2, "admin1")
GARMSIR = Place("Garmsir", "Garmsir", "Helmand", "AFG", None, 31.12, 64.2, "district")
KABUL = Place("Kabul", "Kabul", "Kabul", "AFG", None, 34.53, 69.17, "town")
NEAR_KABUL = Place("Kabul", "Kabul", "Kabul", "AFG", None, 34.53, 69.17, "near")
KABUL_PROVINCE = Place("Kabul", "Kabul", "Kabul", "AFG", None, 34.6, 69.2, "admin1")
UNIVERSITY = Place("Kabul University", "Kabul University", "Kabul", "AFG", None, 34.52, 69.13, "exact")
PAGHMAN = Place("Paghman", "Paghman", "Kabul", "AFG", None, 34.59, 68.65, "town")
DARFUR = Place("Darfur", "Darfur", None, "SDN", None, 13.0, 25.0, "admin1")
NORTH_DARFUR = Place("North Darfur", "North Darfur", "North Darfur", "SDN", None, 14.5, 25.2, "admin1")
RED_SEA = Place("Red Sea", "Red Sea", water="Red Sea", lat=20.0, lon=38.5, precision="sea")
BLACK_SEA = Place("Black Sea", "Black Sea", water="Black Sea", lat=43.4, lon=34.3, precision="sea")
UNKNOWN = Place("Zangidur", None)
PLACES = [
    *(COUNTRY, IRAQ, HELMAND, GARMSIR, KABUL, NEAR_KABUL, KABUL_PROVINCE, UNIVERSITY, PAGHMAN),
    *(DARFUR, NORTH_DARFUR, RED_SEA, BLACK_SEA, UNKNOWN),
]


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [
        (COUNTRY, GARMSIR, True),
        (COUNTRY, HELMAND, True),
        (HELMAND, GARMSIR, True),
        (KABUL_PROVINCE, KABUL, True),
        (KABUL, UNIVERSITY, True),
        (GARMSIR, HELMAND, False),
        (KABUL, KABUL_PROVINCE, False),
        (HELMAND, KABUL, False),
        (IRAQ, KABUL, False),
        (COUNTRY, UNKNOWN, False),
        (RED_SEA, KABUL, False),
    ],
)
def test_contains(whole: Place, part: Place, expected: bool) -> None:
    assert contains(whole, part) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (KABUL, GARMSIR, True),
        (KABUL, PAGHMAN, True),  # 48 km, in one province
        (KABUL, IRAQ, True),
        (KABUL, HELMAND, True),
        (RED_SEA, BLACK_SEA, True),
        (KABUL, NEAR_KABUL, False),
        (KABUL, UNIVERSITY, False),
        (KABUL, KABUL_PROVINCE, False),
        (KABUL, COUNTRY, False),
        (KABUL, UNKNOWN, False),
        (KABUL, RED_SEA, False),
        (DARFUR, NORTH_DARFUR, False),
    ],
)
def test_apart(a: Place, b: Place, expected: bool) -> None:
    assert apart(a, b) is expected


@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_apart_has_no_order_and_what_holds_another_is_not_apart(a: Place, b: Place) -> None:
    assert apart(a, b) == apart(b, a)
    assert not (contains(a, b) and apart(a, b))
    assert contains(a, a)
    assert not apart(a, a)


def test_distance() -> None:
    assert distance_km(KABUL, GARMSIR) == pytest.approx(595, abs=10)
    assert distance_km(KABUL, KABUL) == 0
    assert distance_km(KABUL, COUNTRY) is None
