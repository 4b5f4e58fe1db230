"""Actors under other names: groups, states and their bodies, outlets, monitors and persons."""

import random
import re
from pathlib import Path

import pytest

from sayso.actors.index import slug
from sayso.codebook import Codebook, load
from sayso.errors import CodebookError
from sayso.evaluate.changes import Back, Source
from sayso.evaluate.coining import Names
from sayso.evaluate.invented import Invented, invent, write_overlay
from sayso.evaluate.metamorphic import facts, told_of
from sayso.evaluate.originals import read_original
from tests.evaluate.changing import SEED, changed_text


@pytest.fixture(scope="module")
def invented() -> Invented:
    return invent(SEED)


# ---- twins ----------------------------------------------------------------------------------------


def test_twins_are_like_their_originals(invented: Invented, codebook: Codebook) -> None:
    for actor_id in dict.fromkeys(row.actor_id for row in codebook.actors):
        twin_id = invented.ids[actor_id]
        assert codebook.actor(twin_id) is None, "the id is nobody's"
        rows = [row for row in codebook.actors if row.actor_id == actor_id]
        twins = [row for row in invented.codebook.actors if row.actor_id == twin_id]
        for row, twin in zip(rows, twins, strict=True):
            assert (row.kind, row.actor_class, row.country, row.since, row.until) == (
                twin.kind, twin.actor_class, twin.country, twin.since, twin.until,
            )  # fmt: skip
            assert twin.part_of == (invented.ids.get(row.part_of, row.part_of) if row.part_of else None)


def test_forms_have_as_many_words_and_the_same_capitals(invented: Invented) -> None:
    forms = [*((form, new) for (_, form), new in invented.forms.items()), *invented.nations.items()]
    for form, new in forms:
        assert len(form.split()) == len(new.split())
        assert form.isupper() == new.isupper()
        short = re.fullmatch(r"[A-Z]-\d+", form)  # one letter and a number are all that it has
        assert short or form != new


def test_no_two_actors_get_one_name(invented: Invented) -> None:
    owners: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    for (actor_id, form), new in invented.forms.items():
        owners.setdefault(new, set()).add(actor_id)
        before.setdefault(form, set()).add(actor_id)
    shared = sum(len(ids) > 1 for ids in before.values())
    assert sum(len(ids) > 1 for ids in owners.values()) <= shared
    assert len(set(invented.nations.values())) == len(invented.nations)


def test_a_country_keeps_its_code_and_its_bodies_follow_its_name(
    invented: Invented, codebook: Codebook
) -> None:
    for row, twin in zip(codebook.countries, invented.codebook.countries, strict=True):
        assert row.country == twin.country
        assert row.name != twin.name == invented.nations[row.name]
        assert set(row.demonyms).isdisjoint(twin.demonyms)
        for body in codebook.bodies:
            assert invented.ids[f"{slug(row.name)}-{body.body}"] == f"{slug(twin.name)}-{body.body}"


def test_words_by_which_a_name_is_read_are_known_of_the_twin(invented: Invented) -> None:
    words = invented.codebook.lexicon
    nations, short = (invented.forms["united-nations", form] for form in ("United Nations", "U.N."))
    assert nations.lower() in words.first_hand
    assert short.removesuffix(".").lower() in words.abbreviations


def test_an_overlay_that_cannot_be_is_refused(tmp_path: Path, codebook: Codebook) -> None:
    row = codebook.actors[0].model_copy(update={"actor_id": "nobody-s", "part_of": "nobody-at-all"})
    write_overlay(tmp_path, [row])
    with pytest.raises(CodebookError, match="nobody-at-all"):
        load(str(tmp_path))


@pytest.mark.parametrize(
    ("form", "stays"),
    [
        ("Afghan Interior Ministry", "Interior Ministry"),
        ("Nepali army", "army"),
        ("Ministry of Defence of Chad", "Ministry of Defence of"),
        ("National Police", "Police"),  # something must change
    ],
)
def test_words_for_bodies_stay(form: str, stays: str, codebook: Codebook) -> None:
    new = Names(codebook, random.Random(1)).of_state(form)  # noqa: S311
    assert stays in new
    assert new != form


# ---- reports --------------------------------------------------------------------------------------


def test_all_names_of_an_actor_change_alike(invented: Invented) -> None:
    text = "The Islamic State (IS) struck Mosul. ISLAMIC STATE\nsaid so. So Islamic  State fighters said."
    changed = changed_text(text, "actors", invented)
    long, short = invented.forms["islamic-state", "Islamic State"], invented.forms["islamic-state", "IS"]
    blank = long.replace(" ", "  ")
    assert changed.source.text == (
        f"The {long} ({short}) struck Mosul. {long.upper()}\nsaid so. So {blank} fighters said."
    )


# A report, and in braces what changes: names of countries and peoples, and of actors by id and form.
REPORTS = [
    "A bomb killed two people in Mosul on Monday. The {Iraqi} Interior Ministry accused a group.",
    "A bomb killed two people in Mosul, {Iraq}, on Monday, the Interior Ministry said.",
    "{US}-led troops shot two men near Kabul on Monday, a {U.S.} officer told us.",
    "A bomb killed two {Mexican} soldiers in Mexico City on Monday, the army said.",
    "Gunmen killed two people in Taiz on Monday, {reuters:Reuters} reported.",
    "{SYRIAN} TROOPS KILLED TWO PEOPLE IN HOMS ON MONDAY, TOLD US A DOCTOR.",
    "Shelling killed two people in Homs on Monday, the {united-nations:United Nations} said.",
    "{israel-army:IDF} troops shot two men in Hebron on Monday. The {Israeli} government was silent.",
]


@pytest.mark.parametrize("report", REPORTS)
def test_what_changes_and_what_stays(report: str, invented: Invented) -> None:
    text, now = "", ""
    for number, part in enumerate(report.replace("}", "{").split("{")):
        actor_id, _, form = part.rpartition(":")
        text += form if number % 2 else part
        if number % 2 and actor_id:
            now += invented.forms[actor_id, form]
        elif number % 2:
            new = invented.nations[form.title() if len(form) > 3 else form]
            now += new.upper() if form.isupper() else new
        else:
            now += part
    assert changed_text(text, "actors", invented).source.text == now


CODED = [
    ("The Afghan army accused the Taliban of the attack.", "afghanistan-army"),
    (
        "In Afghanistan, the Interior Ministry accused the Taliban of the attack.",
        "afghanistan-interior-ministry",
    ),
    ("Kabul residents fled. Police accused the Taliban of the attack.", "afghanistan-police"),
    ("The US government accused the Taliban of the attack.", "united-states-government"),
]


@pytest.mark.parametrize(("sentence", "speaker"), CODED)
def test_bodies_are_those_of_the_invented_country(sentence: str, speaker: str, invented: Invented) -> None:
    text = f"A bomb killed eight people in Kabul, Afghanistan, on Monday. {sentence}\n"
    original = read_original(Source("it", text, "2022-03-15"), invented)
    changed = changed_text(text, "actors", invented)
    (was,), (now,) = original.told, told_of(changed)
    assert [one.speaker_id for one in was.attributions] == [speaker]
    assert [one.speaker_id for one in now.attributions] == [invented.ids[speaker]]
    assert facts(now, changed.back) == facts(was, Back())


def test_a_person_has_another_name_everywhere_and_the_post_stays(invented: Invented) -> None:
    text = (
        "A bomb killed eight people in Kabul on Monday.\n\nInterior Ministry spokesman Navid bin Sharzai "
        "accused the Taliban of the attack. Sharzai said more would come. A Sharzaist laughed.\n"
    )
    changed = changed_text(text, "actors", invented)
    first, last = (
        next(edit.now for edit in changed.edits if edit.was == was) for was in ("Navid", "Sharzai")
    )
    assert f"spokesman {first} bin {last} accused" in changed.source.text
    assert f"{last} said more" in changed.source.text
    assert "A Sharzaist laughed" in changed.source.text
    (told,) = told_of(changed)
    assert [one.spoken_by for one in told.attributions] == [f"{first} bin {last}"]


def test_a_person_who_is_called_like_a_place_keeps_the_name(invented: Invented) -> None:
    text = (
        "A bomb killed eight people in Mosul on Monday. Interior Ministry spokesman Karim Mosul blamed the\n"
        "Taliban.\n"
    )
    assert "Mosul blamed" in changed_text(text, "actors", invented).source.text
