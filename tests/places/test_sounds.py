import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.places.sounds import edits, is_like, sound_of, sounds_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Surkhe Parsa", "Surkhi Parsa"),
        ("Najrab", "Nijrab"),
        ("Gereshk", "Girishk"),
        ("Deh Rawood", "Dehrawud"),
        ("al-Qaim", "Qa'im"),
        ("Saraqib", "Saraqeb"),
        ("Sangeen", "Sangin"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other) != ""
    assert is_like(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kunar", "Kunduz"), ("Sirte", "Sarat"), ("Balkh", "Belukha"), ("Marja", "Marija Oaka")],
)
def test_two_names(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other) or not is_like(one, other)


@pytest.mark.parametrize(("printed", "kept"), [("Makhmour", "Mexmur"), ("Eldher", "Ceeldheer")])
def test_a_name_is_kept_under_each_way_to_read_its_letters(printed: str, kept: str) -> None:
    assert sound_of(printed) in sounds_of(kept)


@given(st.text(alphabet="abcdehikmnorstuz -'", max_size=14), st.text(alphabet="abehkmnorst ", max_size=14))
def test_edits_are_a_distance(one: str, other: str) -> None:
    assert edits(one, one) == 0
    assert edits(one, other) == edits(other, one) >= 0


@given(st.text(max_size=30))
def test_any_name_has_sounds_or_none(name: str) -> None:
    assert all(sound for sound in sounds_of(name))
