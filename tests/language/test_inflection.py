"""Forms of English words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language import plural, verb_forms


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("stab", ("stab", "stabs", "stabbing", "stabbed")),
        ("kidnap", ("kidnap", "kidnaps", "kidnapping", "kidnapped")),
        ("open", ("open", "opens", "opening", "opened")),
        ("seize", ("seize", "seizes", "seizing", "seized")),
        ("carry", ("carry", "carries", "carrying", "carried")),
        ("deploy", ("deploy", "deploys", "deploying", "deployed")),
        ("free", ("free", "frees", "freeing", "freed")),
        ("die", ("die", "dies", "dying", "died")),
        ("blow", ("blow", "blows", "blowing", "blew", "blown")),
        ("overrun", ("overrun", "overruns", "overrunning", "overran")),
    ],
)
def test_the_forms_of_a_verb(base: str, forms: tuple[str, ...]) -> None:
    assert verb_forms(base) == forms


@pytest.mark.parametrize(
    ("noun", "many"), [("army", "armies"), ("gunman", "gunmen"), ("blast", "blasts"), ("ambush", "ambushes")]
)
def test_the_plural_of_a_noun(noun: str, many: str) -> None:
    assert plural(noun) == many


@given(st.from_regex(r"[a-z]{3,10}", fullmatch=True))
def test_every_verb_has_its_base_first_and_no_form_twice(base: str) -> None:
    forms = verb_forms(base)
    assert forms[0] == base
    assert len(set(forms)) == len(forms)
    assert any(form.endswith("ing") for form in forms)
