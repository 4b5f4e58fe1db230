import os
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.codebook import load, reading
from sayso.errors import CodebookError
from tests.codebook.folders import ABOUT, ACTORS, CUES, EVENT_TYPES, OVER_DEFAULT, write

HEADER = ACTORS.splitlines()[0] + "\n"


def faults(folder: str) -> tuple[str, ...]:
    with pytest.raises(CodebookError) as raised:
        load(folder)
    return raised.value.faults


def only_fault(tmp_path: Path, files: dict[str, str | bytes]) -> str:
    found = faults(write(tmp_path, files))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("cues.yaml", "- verbs: {a} hit\n  strength: weak\n", "cues.yaml:1: is not YAML"),
        ("stances.yaml", "\n- pattern: '(ab'\n  stance: denied\n", "stances.yaml:2: pattern: not a regular"),
        ("harm.yaml", "- name: die\n  people: subject\n", "harm.yaml:1: a row needs verbs or words"),
        ("harm.yaml", "- {name: die, verbs: [die], people: us}\n", "harm.yaml:1: people: should be 'object'"),
        (
            "cues.yaml",
            "- verbs: [hit]\n\n  sub_event_typ:\n",
            "cues.yaml:3: unknown key 'sub_event_typ'",
        ),
        ("cues.yaml", "- verbs: [hit]\n\n  sub_event_typ:\n", "'sub_event_type' is meant"),
        ("cues.yaml", "- sub_event_type: null\n", "cues.yaml:1: 'name' is missing"),
        ("cues.yaml", "- name: hit\n  sub_event_type: Attack\n", "cues.yaml:1: a cue needs verbs or nouns"),
        (
            "cues.yaml",
            "- {name: hit, verbs: [hit], sub_event_type: null}\n",
            "cues.yaml:1: a cue without a sub_event_type",
        ),
        ("cues.yaml", "name: hit\n", "cues.yaml:1: must hold a list of rows"),
        ("cues.yaml", "- hit\n", "cues.yaml:1: a row must be"),
        ("cues.yaml", "- [1]: x\n", "cues.yaml:1: a key must be a word"),
        (
            "stances.yaml",
            "- pattern: 'x {acter}'\n  stance: denied\n",
            "stances.yaml:1: pattern: unknown slot",
        ),
        ("stances.yaml", "- pattern: 'x'\n  stance: denyed\n", "stances.yaml:2: stance: should be 'claimed'"),
        ("stances.yaml", "- pattern: 'x'\n  stance: denyed\n", "(it is 'denyed')"),
        ("stances.yaml", "- pattern: 'x*'\n  stance: denied\n", "stances.yaml:1: pattern: matches the empty"),
        (
            "stances.yaml",
            '- pattern: "{n}\\b"\n  stance: denied\n',
            "stances.yaml:1: a backslash in double quotes",
        ),
        (
            "stances.yaml",
            "- pattern: x\n  stance: denied\n  pattern: y\n",
            "stances.yaml:3: the key 'pattern' is there",
        ),
        (
            "stances.yaml",
            "- name: x\n  pattern: x\n  actor: own\n  answers: perhaps\n",
            "stances.yaml:4: answers: should be a valid",
        ),
        (
            "people.yaml",
            "- words: [one]\n- words:\n  - two\n  - Three\n",
            "people.yaml:4: words.1: phrases are",
        ),
        ("people.yaml", "- words: shepherd\n", "people.yaml:1: words: should be a valid list"),
        ("people.yaml", "- words: []\n", "people.yaml:1: words: needs at least one word"),
        ("people.yaml", "- words: [a, b]\n- words: [c, b]\n", "people.yaml:2: 'b' is also on line 1"),
        ("people.yaml", "- words: &w [a]\n- words: *w\n", "people.yaml:1: an anchor (&) is used again"),
        ("people.yaml", "- &r\n  words: [a]\n  role: *r\n", "people.yaml:"),
        ("people.yaml", "- " * 5000, "people.yaml:1: is nested too deeply"),
        ("people.yaml", "[" * 200_000, "people.yaml:1: is nested too deeply"),
        ("people.yaml", "- words: [a]\n---\n- words: [b]\n", "people.yaml:2: is not YAML"),
        (
            "people.yaml",
            "- words: [!!python/object/apply:os.getcwd []]\n",
            "people.yaml:1: words.0: should be",
        ),
        (
            "quantities.yaml",
            "- {words: [a], low: many}\n",
            "quantities.yaml:1: low: should be a valid integer",
        ),
        ("quantities.yaml", "- {words: [a]}\n", "quantities.yaml:1: needs one of best, low, high or bound"),
        (
            "quantities.yaml",
            "- {words: [a], low: 3, high: 2}\n",
            "quantities.yaml:1: low, best and high must",
        ),
        ("quantities.yaml", "- {words: [a], low: 3, bound: low}\n", "quantities.yaml:1: a word with bound"),
        (
            "weapons.yaml",
            "- {weapon: a, forms: [a, b]}\n- {weapon: c, forms: [b]}\n",
            "weapons.yaml:2: 'b' is",
        ),
        ("lexicon.yaml", "- hedges\n", "lexicon.yaml:1: must hold one mapping"),
        (
            "lexicon.yaml",
            "said: [said]\nhedge: [maybe]\n",
            "lexicon.yaml:2: unknown key 'hedge', perhaps 'hedges'",
        ),
        (
            "lexicon.yaml",
            "said:\n- said\n- Says\n",
            "lexicon.yaml:3: said.1: phrases are written in lower case",
        ),
        ("lexicon.yaml", "said: [said\n", "lexicon.yaml:2: is not YAML"),
        (
            "outlets.csv",
            "outlet,alias\nx,y\n",
            "outlets.csv:1: unknown column 'alias'; the columns are outlet, a",
        ),
        ("outlets.csv", "aliases\ny\n", "outlets.csv:1: the column 'outlet' is missing"),
        ("outlets.csv", "outlet,outlet\ny,z\n", "outlets.csv:1: the column 'outlet' is there twice"),
        ("outlets.csv", "", "outlets.csv:1: the column 'outlet' is missing"),
        ("outlets.csv", "outlet,aliases\n\nx\n", "outlets.csv:3: has 1 cells where the header has 2"),
        ("outlets.csv", "outlet,aliases\nx,y,z\n", "outlets.csv:2: has 3 cells where the header has 2"),
        ("outlets.csv", 'outlet\n"x\ny\n', "outlets.csv:2: cannot be read as a table"),
        ("outlets.csv", f"outlet\n{'x' * 200_000}\n", "outlets.csv:2: cannot be read as a table"),
        ("outlets.csv", 'outlet,aliases\n"x",y\n"a\nb",\nx,\n', "outlets.csv:5: 'x' is also on line 2"),
        ("outlets.csv", "outlet,aliases\n ,y\n", "outlets.csv:2: 'outlet' is missing"),
        ("outlets.csv", "outlet\nx\0\n", "outlets.csv:2: holds the control character U+0000"),
        ("outlets.csv", b"outlet\nCaf\xe9\n", "outlets.csv:2: is not UTF-8 (byte 0xe9)"),
        ("page.yaml", "- {pattern: x, kind: footer}\n", "page.yaml:1: kind: should be 'byline'"),
        (
            "holidays.csv",
            "holiday,year,first,last\nx,2001,2001-02-30,2001-03-01\n",
            "holidays.csv:2: first: 2001-",
        ),
        (
            "holidays.csv",
            "holiday,year,first,last\nx,2001,2001-03-02,2001-03-01\n",
            "first: 2001-03-02 is after",
        ),
        (
            "holidays.csv",
            "holiday,year,first,last\nx,1200,1200-03-01,1200-03-01\n",
            "holidays.csv:2: year: should",
        ),
        ("actors.csv", HEADER + "Big Ones,B,,media,other,,,,,x\n", "actors.csv:2: actor_id: should match"),
        ("actors.csv", HEADER + "a,A,,press,other,,,,,x\n", "actors.csv:2: kind: should be 'organisation'"),
        ("actors.csv", HEADER + "a,A,,media,other,,b,,,x\n", "actors.csv:2: part_of: no actor has"),
        (
            "actors.csv",
            HEADER + "a,A,,media,other,,a,,,x\n",
            "actors.csv:2: part_of: 'a' is a part of itself",
        ),
        (
            "actors.csv",
            HEADER + "a,A,,media,other,,,2002-01-01,2001-01-01,x\n",
            "actors.csv:2: since: 2002-01-01",
        ),
        (
            "actors.csv",
            HEADER + "a,A,,media,other,,,,2001-13-01,x\n",
            "actors.csv:2: until: 2001-13-01 is no day",
        ),
        (
            "actors.csv",
            HEADER + "a,A,,media,other,,,2002-01-01,,x\na,A,,media,other,,,,2002-01-01,x\n",
            "actors.csv:2: since: two rows of 'a' hold on one day",
        ),
        ("remove.yaml", "cues: [x]\n", "remove.yaml:1: there is nothing to remove from"),
        (
            "cue.yaml",
            "",
            "cue.yaml: no file of a codebook, perhaps 'cues.yaml' is meant; those are codebook.yaml",
        ),
        ("codebook.yaml", "", "codebook.yaml:1: is empty"),
        ("codebook.yaml", "name: x\nlanguage: en\n", "codebook.yaml:1: 'version' is missing"),
        (
            "codebook.yaml",
            "name: x\nversion: 1\nlanguage: English\n",
            "codebook.yaml:3: language: should match",
        ),
        (
            "codebook.yaml",
            ABOUT + "extends: defualt\n",
            "codebook.yaml:4: extends: unknown 'defualt'; the codebooks",
        ),
        ("codebook.yaml", ABOUT + "extends: [default]\n", "codebook.yaml:4: extends: "),
    ],
)
def test_a_fault_has_its_file_its_line_and_what_is_allowed(
    tmp_path: Path, file: str, text: str | bytes, expected: str
) -> None:
    found = faults(write(tmp_path, {file: text}))
    assert any(expected in fault for fault in found), found


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (
            "cues.yaml",
            "- {name: x, verbs: [x], sub_event_type: Ride}\n",
            "cues.yaml:1: sub_event_type: unknown 'Ride'; e",
        ),
        (
            "cues.yaml",
            "- {name: x, verbs: [x], sub_event_type: Ride}\n",
            "event_types.yaml has Raid, Theft, Rest",
        ),
        ("cues.yaml", "- {name: x, verbs: [x], sub_event_type: Rest}\n", "'Rest' is for people only"),
        (
            "weapons.yaml",
            "- {weapon: x, forms: [x], sub_event_type: Ride}\n",
            "weapons.yaml:1: sub_event_type",
        ),
        (
            "cues.yaml",
            "- {name: x, verbs: [x], sub_event_type: Raid, if_subject: {state: Rest}}\n",
            "cues.yaml:1: if_subject: 'Rest' is for people only",
        ),
        (
            "cues.yaml",
            "- {name: x, verbs: [x], sub_event_type: Raid, needs: {object: [boat]}}\n",
            "cues.yaml:1: unknown kind 'boat'; the kinds are person",
        ),
    ],
)
def test_types_that_are_not_there_are_faults(tmp_path: Path, file: str, text: str, expected: str) -> None:
    assert expected in only_fault(tmp_path, {"event_types.yaml": EVENT_TYPES, file: text})


def test_a_circle_of_parts_is_told_of_all_in_it(tmp_path: Path) -> None:
    rows = (
        "a,A,,media,other,,b,,,x\nb,B,,media,other,,c,,,x\nc,C,,media,other,,a,,,x\nd,D,,media,other,,a,,,x\n"
    )
    found = faults(write(tmp_path, {"actors.csv": HEADER + rows}))
    assert [fault.partition(" is a part")[0] for fault in found] == [
        f"actors.csv:{line}: part_of: {name!r}" for line, name in ((2, "a"), (3, "b"), (4, "c"))
    ]


def test_all_faults_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "codebook.yaml": "name: x\nversion: '1'\nlanguge: en\n",
        "event_types.yaml": EVENT_TYPES,
        "cues.yaml": "- {name: x, sub_event_type: Ride}\n- {name: y, sub_event_type: Raid, wak: y}\n",
        "people.yaml": "- words: [\n",
        "outlets.csv": b"\xff",
        "cuse.yaml": "",
    }
    found = [fault.partition(": ")[0] for fault in faults(write(tmp_path, files))]
    assert found == [
        "codebook.yaml:1",
        "codebook.yaml:3",
        "cues.yaml:1",
        "cues.yaml:2",
        "cuse.yaml",
        "outlets.csv:1",
        "people.yaml:2",
    ]


def test_rows_that_point_to_a_faulty_row_or_file_are_not_faulty_for_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "event_types.yaml": "- {sub_event_type: Raid, event_type: Battles}\n",
        "cues.yaml": CUES,
        "actors.csv": HEADER + "a,A,,media,other,,b,,,x\nb,B,,press,other,,,,,x\nc,C,,media,other,,d,,,x\n",
    }
    found = [fault.partition(": ")[0] for fault in faults(write(tmp_path / "one", files))]
    assert found == ["actors.csv:3", "actors.csv:4", "event_types.yaml:1"]
    assert "event_types.yaml:2: is not YAML" in only_fault(
        tmp_path / "two", {"event_types.yaml": "- {", "cues.yaml": CUES}
    )


def test_a_faulty_row_below_is_named_with_its_codebook(tmp_path: Path) -> None:
    found = faults(
        write(tmp_path, {"codebook.yaml": OVER_DEFAULT, "remove.yaml": "event_types: [Grenade]\n"})
    )
    assert found
    assert all(fault.startswith(("default/cues.yaml:", "default/weapons.yaml:")) for fault in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cues: [no such words]\n", "remove.yaml:1: cues: the codebook below has no 'no such words'"),
        (
            "hedges:\n- allegedly\n- surely not\n",
            "remove.yaml:3: hedges: the codebook below has no 'surely not'",
        ),
        ("quantities: [no such word]\n", "remove.yaml:1: quantities: the codebook below has no"),
        ("cues: some\n", "remove.yaml:1: cues: must be a list of keys"),
        ("hints: [some]\n", "remove.yaml:1: hints: nothing has this name; there are event_types, cues"),
    ],
)
def test_what_cannot_be_removed_is_a_fault(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in only_fault(tmp_path, {"codebook.yaml": OVER_DEFAULT, "remove.yaml": text})


@pytest.mark.parametrize("name", ["nowhere", "", "/no/such/folder", "a\0b", "x" * 5000])
def test_a_folder_that_is_not_there_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CodebookError, match=r"no such folder|codebook\.yaml: is missing"):
        load(name)


def test_a_folder_without_codebook_yaml_says_so_and_what_else_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "cues.yaml").write_text(CUES)
    (tmp_path / "more").mkdir()
    found = faults(str(tmp_path))
    assert found[0].startswith("codebook.yaml: is missing; it needs at least name, version and language")
    assert found[1].startswith("more: no file of a codebook")
    assert len(found) == 2


def test_what_is_no_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "cues.yaml").mkdir(parents=True)
    os.mkfifo(tmp_path / "harm.yaml")
    (tmp_path / "page.yaml").symlink_to(tmp_path / "gone")
    assert faults(write(tmp_path, {})) == (
        "cues.yaml: is no file",
        "harm.yaml: is no file",
        "page.yaml: is no file",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, {"cues.yaml": CUES})
    (tmp_path / "cues.yaml").chmod(0)
    assert faults(folder) == ("cues.yaml: cannot be read (Permission denied)",)


def test_the_parser_without_its_c_part_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = write(
        tmp_path / "good", {"event_types.yaml": EVENT_TYPES, "cues.yaml": CUES, "actors.csv": ACTORS}
    )
    fast = load(good)
    monkeypatch.setattr(reading, "_LOADER", yaml.BaseLoader)
    assert load(good) == fast
    assert "people.yaml:1: is nested too deeply" in only_fault(
        tmp_path / "deep", {"people.yaml": "- " * 5000}
    )
    assert "cues.yaml:1: is not YAML" in only_fault(
        tmp_path / "bad", {"cues.yaml": "- pattern: {actor} hit\n"}
    )


PIECES = [
    "- ",
    "words",
    ": ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "'",
    '"',
    "\n",
    "  ",
    "a",
    "|",
    ",",
    "~",
    "!!x ",
    "# ",
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
    | st.text(max_size=40)
    | st.binary(max_size=40)
)
@pytest.mark.parametrize("file", ["people.yaml", "lexicon.yaml", "outlets.csv", "codebook.yaml"])
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(
    tmp_path: Path, file: str, text: str | bytes
) -> None:
    content = text if isinstance(text, bytes) else text.encode(errors="replace")
    folder = write(tmp_path, {file: content})
    try:
        found = load(folder).name
    except CodebookError as error:
        found = "\n".join(error.faults)
    assert found == "small" or file == "codebook.yaml" or found.startswith(f"{file}:")
