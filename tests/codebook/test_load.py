import dataclasses
import json
import pickle
from pathlib import Path

import pytest

from sayso.codebook import Codebook, load
from sayso.errors import UsageError
from tests.codebook.folders import ABOUT, ACTORS, CUES, EVENT_TYPES, OVER_DEFAULT, write


@pytest.fixture
def small(tmp_path: Path) -> Codebook:
    files: dict[str, str | bytes] = {"event_types.yaml": EVENT_TYPES, "cues.yaml": CUES, "actors.csv": ACTORS}
    return load(write(tmp_path, files))


def test_rows_are_read_in_the_order_of_their_files(small: Codebook) -> None:
    assert (small.name, small.version, small.language) == ("small", "1", "en")
    assert [row.sub_event_type for row in small.event_types] == ["Raid", "Theft", "Rest"]
    assert [row.two_sided for row in small.event_types] == [True, False, False]
    assert [row.program for row in small.event_types] == [True, True, False]
    assert small.event_types[0].yes == ("They came at night.",)
    assert [row.sub_event_type for row in small.cues] == ["Raid", None]
    assert [row.strength for row in small.cues] == ["strong", "weak"]
    assert small.actors[0].aliases == ("The Riders", "RDR")
    assert small.actors[0].country is None
    assert small.weapons == ()


def test_event_types_know_their_type_and_their_rank(small: Codebook) -> None:
    assert small.event_type_of("Theft") == "Strategic developments"
    assert [small.rank_of(name) for name in ("Raid", "Theft", "Rest")] == [0, 1, 2]


@pytest.mark.parametrize("method", ["event_type_of", "rank_of"])
def test_an_unknown_event_type_is_a_usage_error_that_lists_the_known(small: Codebook, method: str) -> None:
    with pytest.raises(UsageError, match=r"no sub-event type 'raid'[\s\S]*Raid, Theft, Rest"):
        getattr(small, method)("raid")


@pytest.mark.parametrize(
    ("on", "actor_class"),
    [
        ("2009-12-31", "rebels"),
        ("2010-01-01", "state forces"),
        ("2010-01-01T08:30", "state forces"),
        ("2009-12-31T23:59", "rebels"),
        (None, "rebels"),
    ],
)
def test_the_row_of_an_actor_is_that_of_the_day(small: Codebook, on: str | None, actor_class: str) -> None:
    actor = small.actor("riders", on)
    assert actor is not None
    assert actor.actor_class == actor_class


def test_an_actor_of_whom_no_row_holds_has_its_first_row(tmp_path: Path) -> None:
    header = "actor_id,name,kind,actor_class,part_of,since,until,source\n"
    rows = "a,A,media,other,b,2001-01-01,2001-12-31,x\na,A,media,other,,2003-01-01,,x\nb,B,media,other,,,,x\n"
    codebook = load(write(tmp_path, {"actors.csv": header + rows}))
    assert codebook.actor("a", "2002-06-01") == codebook.actors[0]
    assert codebook.is_part_of("a", "b", "2001-06-01")
    assert not codebook.is_part_of("a", "b", "2002-06-01")
    assert not codebook.is_part_of("a", "b", "2003-06-01")


def test_an_unknown_actor_is_none_and_a_part_of_itself_alone(small: Codebook) -> None:
    assert small.actor("nobody") is None
    assert small.is_part_of("nobody", "nobody")
    assert not small.is_part_of("nobody", "league")


@pytest.mark.parametrize(
    ("part", "whole", "on", "expected"),
    [
        ("league", "league", None, True),
        ("riders-east", "riders", None, True),
        ("riders", "riders-east", None, False),
        ("riders-east", "league", "2011-05-05", True),
        ("riders-east", "league", "2009-05-05", False),
        ("riders", "league", "2011-05-05", True),
        ("riders", "league", None, False),
        ("league", "riders", "2011-05-05", False),
    ],
)
def test_part_of_goes_upward_with_its_dates(
    small: Codebook, part: str, whole: str, on: str | None, expected: bool
) -> None:
    assert small.is_part_of(part, whole, on) is expected


@pytest.mark.parametrize("word", ["no", "on", "yes", "y", "1990", "1.0", "true", "2001-01-01"])
def test_words_stay_words_whatever_yaml_takes_them_for(tmp_path: Path, word: str) -> None:
    codebook = load(write(tmp_path, {"lexicon.yaml": f"recall: [{word}]\n"}))
    assert codebook.lexicon.recall == (word,)


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_an_empty_value_is_nothing_given(tmp_path: Path, nothing: str) -> None:
    quantities = f"- words: [droves]\n  low: 20\n  high: {nothing}\n"
    assert load(write(tmp_path, {"quantities.yaml": quantities})).quantities[0].high is None


def test_a_table_may_have_its_columns_in_any_order_with_quotes_blanks_and_a_byte_order_mark(
    tmp_path: Path,
) -> None:
    table = '\ufeffaliases,outlet\r\n" Mail | ""The Mail"", Ltd || ",Daily Mail \r\n\r\n,Courier\r\n'
    outlets = load(write(tmp_path, {"outlets.csv": table})).outlets
    assert [row.outlet for row in outlets] == ["Daily Mail", "Courier"]
    assert outlets[0].aliases == ("Mail", '"The Mail", Ltd')
    assert outlets[1].aliases == ()


def test_hidden_files_and_a_readme_are_let_be(tmp_path: Path) -> None:
    write(tmp_path, {"README.md": "Words.", ".DS_Store": b"\xff\x00"})
    assert load(str(tmp_path)).name == "small"


def test_a_codebook_survives_pickling_and_is_a_cheap_key(small: Codebook) -> None:
    small.rank_of("Raid")
    again = pickle.loads(pickle.dumps(small))  # noqa: S301
    assert again == small
    assert hash(again) == hash(small)
    assert again.is_part_of("riders-east", "riders")
    assert dataclasses.replace(small, cues=()) != small


# ---- the digest -----------------------------------------------------------------------------------


def test_the_digest_is_that_of_the_content(tmp_path: Path) -> None:
    plain = load(write(tmp_path / "plain", {"cues.yaml": CUES, "event_types.yaml": EVENT_TYPES}))
    dressed: dict[str, str | bytes] = {
        "codebook.yaml": ABOUT.replace("small", "other").replace("'1'", "'2'"),
        "cues.yaml": "# a comment\n\n" + CUES.replace("'{actor}", "  '{actor}").replace("null", "~"),
        "event_types.yaml": EVENT_TYPES.replace("[They stayed.]", "\n    - They stayed.\n"),
        "outlets.csv": "outlet\n",
    }
    assert load(write(tmp_path / "dressed", dressed)).sha256 == plain.sha256


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("cues.yaml", "[raid]", "[loot]"),
        ("cues.yaml", "weak", "strong"),
        ("event_types.yaml", "They stayed", "They left"),
        ("codebook.yaml", "language: en", "language: es"),
    ],
)
def test_any_other_content_has_another_digest(tmp_path: Path, file: str, old: str, new: str) -> None:
    files: dict[str, str | bytes] = {
        "codebook.yaml": ABOUT,
        "cues.yaml": CUES,
        "event_types.yaml": EVENT_TYPES,
    }
    before = load(write(tmp_path, files)).sha256
    text = (tmp_path / file).read_text()
    assert old in text
    assert load(write(tmp_path, {**files, file: text.replace(old, new)})).sha256 != before


def test_the_order_of_event_types_is_content(tmp_path: Path) -> None:
    first = "- {sub_event_type: A, event_type: T, definition: x}\n"
    second = "- {sub_event_type: B, event_type: T, definition: x}\n"
    one = load(write(tmp_path, {"event_types.yaml": first + second})).sha256
    assert load(write(tmp_path, {"event_types.yaml": second + first})).sha256 != one


# ---- one codebook over another ---------------------------------------------------------------------


def over(tmp_path: Path, files: dict[str, str | bytes]) -> Codebook:
    return load(write(tmp_path, {"codebook.yaml": OVER_DEFAULT, **files}))


def test_an_empty_codebook_over_another_is_the_other(tmp_path: Path) -> None:
    below = load()
    mine = over(tmp_path, {})
    assert mine.sha256 == below.sha256
    assert (mine.name, mine.cues, mine.lexicon) == ("small", below.cues, below.lexicon)


def test_a_row_with_the_key_of_another_takes_its_place(tmp_path: Path) -> None:
    below = load().event_types
    row = "- {sub_event_type: Attack, event_type: Violence against civilians, definition: Mine.}\n"
    mine = over(tmp_path, {"event_types.yaml": row}).event_types
    assert [one.sub_event_type for one in mine] == [one.sub_event_type for one in below]
    assert [one for one in mine if one not in below] == [
        one for one in mine if one.sub_event_type == "Attack" and one.definition == "Mine." and one.yes == ()
    ]


def test_a_row_with_another_key_comes_last_and_may_point_below(tmp_path: Path) -> None:
    below = load().cues
    mine = over(tmp_path, {"cues.yaml": "- {name: drub, verbs: [drub], sub_event_type: Attack}\n"}).cues
    assert mine[:-1] == below
    assert mine[-1].verbs == ("drub",)


def test_a_word_is_taken_out_of_the_row_below(tmp_path: Path) -> None:
    mine = over(
        tmp_path, {"quantities.yaml": "- {words: [a dozen], best: 13, low: 13, high: 13}\n"}
    ).quantities
    assert [row.best for row in mine if "a dozen" in row.words] == [13]
    assert [row.best for row in mine if "dozen" in row.words] == [12]
    assert all(row.words for row in mine)


def test_a_weapon_is_replaced_in_its_place_with_all_its_forms(tmp_path: Path) -> None:
    below = load().weapons
    name = below[0].weapon
    taken = below[1].forms[0]
    mine = over(tmp_path, {"weapons.yaml": f"- {{weapon: {name}, forms: [mine own, {taken}]}}\n"}).weapons
    assert mine[0].weapon == name
    assert mine[0].forms == ("mine own", taken)
    assert [row.weapon for row in mine if taken in row.forms] == [name]


def test_the_days_of_a_feast_replace_those_of_the_same_year(tmp_path: Path) -> None:
    twice = next(row for row in load().holidays if sum(is_twin(row, one) for one in load().holidays) > 1)
    table = f"holiday,year,first,last\n{twice.holiday},{twice.year},{twice.year}-05-05,{twice.year}-05-06\n"
    mine = [one for one in over(tmp_path, {"holidays.csv": table}).holidays if is_twin(twice, one)]
    assert [one.first for one in mine] == [f"{twice.year}-05-05"]


def is_twin(one: object, other: object) -> bool:
    return all(getattr(one, key) == getattr(other, key) for key in ("holiday", "year"))


def test_word_lists_are_added_to_once(tmp_path: Path) -> None:
    below = load().lexicon
    known = below.hedges[0]
    mine = over(tmp_path, {"lexicon.yaml": f"hedges: [so they say, {known}, so they say]\n"}).lexicon
    assert mine.hedges == (*below.hedges, "so they say")
    assert mine.recall == below.recall


def test_an_actor_below_can_be_the_whole_of_ones_own(tmp_path: Path) -> None:
    table = "actor_id,name,kind,actor_class,part_of,source\nmine,Mine,organisation,rebels,taliban,invented\n"
    assert over(tmp_path, {"actors.csv": table}).is_part_of("mine", "taliban")


def test_what_remove_names_is_taken_away(tmp_path: Path) -> None:
    below = load()
    cue, hedge = below.cues[0].name, below.lexicon.hedges[0]
    single = next(row for row in below.quantities if len(row.words) == 1)
    remove: dict[str, list[str]] = {
        "cues": [cue],
        "hedges": [hedge],
        "quantities": ["a dozen", single.words[0]],
        "actors": ["hezb-e-islami-gulbuddin"],
    }
    mine = over(tmp_path, {"remove.yaml": json.dumps(remove)})
    assert mine.cues == below.cues[1:]
    assert mine.lexicon.hedges == below.lexicon.hedges[1:]
    words = [word for row in mine.quantities for word in row.words]
    assert "dozen" in words
    assert "a dozen" not in words
    assert len(mine.quantities) == len(below.quantities) - 1
    assert mine.actor("hezb-e-islami-gulbuddin") is None
    assert len(below.actors) - len(mine.actors) == 2


def test_what_is_removed_can_be_put_in_anew(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "remove.yaml": "hedges: [allegedly]\n",
        "lexicon.yaml": "hedges: [allegedly]\n",
    }
    assert over(tmp_path, files).lexicon.hedges[-1] == "allegedly"
