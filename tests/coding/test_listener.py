"""What the listener marks in sentences, and what it learned from."""

import json
import lzma
import re
from importlib.resources import files
from pathlib import Path

import pytest

from sayso.codebook import Codebook
from sayso.coding.listener import REPORT, Heard, candidates, listen, pieces_of
from sayso.language import Syntax, parse, split
from sayso.model import Stance

PASSAGES = Path(__file__).parents[2] / "train" / "passages"


def heard(text: str, codebook: Codebook) -> tuple[Syntax, Heard]:
    """The last sentence of a text, and what the listener makes of it."""
    abbreviations = frozenset(codebook.lexicon.abbreviations)
    sentences = split(text, [(0, len(text))], abbreviations)
    syntax = [Syntax(text, one) for one in parse(text, sentences, abbreviations)]
    last = listen(text, sentences, syntax, abbreviations)[-1]
    assert last is not None
    return syntax[-1], last


@pytest.mark.parametrize(
    ("text", "stance", "actor", "speaker"),
    [
        ("The ministry accused the rebels of shelling the village.", Stance.ACCUSED, "rebels", "ministry"),
        ("The ELN blamed the army for the attack. The army denied it.", Stance.DENIED, "army", "army"),
        ("Hamas denied firing the rockets.", Stance.DENIED, "hamas", "hamas"),
        ("The rebels admitted killing the mayor.", Stance.CLAIMED, "rebels", "rebels"),
    ],
)
def test_plain_sayings(text: str, stance: Stance, actor: str, speaker: str, codebook: Codebook) -> None:
    syntax, told = heard(text, codebook)
    surest = max(told.sayings, key=lambda one: one.sure)
    assert (surest.stance, syntax.words[surest.actor]) == (stance, actor)
    assert surest.speaker != REPORT
    assert syntax.words[surest.speaker] == speaker


@pytest.mark.parametrize(
    "text",
    [
        "No group claimed responsibility.",
        "The minister opened a bridge in Dovra on Monday.",
        "The team claimed its third win.",
    ],
)
def test_where_nobody_is_said_to_have_done_it(text: str, codebook: Codebook) -> None:
    assert not [one for one in heard(text, codebook)[1].sayings if one.sure > 0.5]


def test_words_for_acts(codebook: Codebook) -> None:
    syntax, told = heard("A bomb exploded in Kano on Monday, killing 12 people.", codebook)
    at = syntax.words.index("exploded")
    assert told.acts[at] > 0.9
    assert told.types[at][0] == "Remote explosive/landmine/IED"
    assert told.acts[syntax.words.index("monday")] < 0.1


def test_the_same_sentence_is_heard_alike_whatever_stands_behind_it(codebook: Codebook) -> None:
    alone, other = (
        heard(text, codebook)[1]
        for text in ("The army denied it.", "A bridge was opened. It is long.\n\nThe army denied it.")
    )
    again = heard("The army denied it.", codebook)[1]
    assert alone.sayings == again.sayings
    assert alone.acts.tolist() == again.acts.tolist()
    assert {one.stance for one in other.sayings} <= set(Stance)


def test_pieces_begin_where_they_are_said_to(codebook: Codebook) -> None:
    syntax, _ = heard("The separatists attacked Mosul.", codebook)
    pieces, parted, firsts = pieces_of(["before", "it"], syntax.words)
    assert pieces[0] != pieces[parted] == pieces[-1]
    assert firsts == sorted(firsts)
    assert parted < firsts[0]
    assert len(firsts) == len(syntax.tokens)
    assert all(syntax.tokens[at].upos in {"NOUN", "PROPN", "PRON"} for at in candidates(syntax))


@pytest.mark.parametrize("path", sorted(PASSAGES.glob("*.jsonl.xz")), ids=lambda path: path.name)
def test_the_words_that_a_passage_marks_stand_in_it(path: Path) -> None:
    for line in lzma.decompress(path.read_bytes()).decode("utf-8").splitlines():
        passage = json.loads(line)
        marked = [words for words, *_ in passage.get("acts", ())] + list(passage.get("mentions", {}).values())
        assert all(re.sub(r"#\d$", "", words) in passage["text"] for words in marked), passage["text"]
        known = {"report", "before", *passage.get("mentions", {})}
        assert all({actor, speaker} <= known for _, actor, speaker, _ in passage.get("said", ()))


def test_what_the_network_has_read_is_there() -> None:
    names = json.loads(files("sayso.coding").joinpath("model", "names.json").read_text("utf-8"))
    there = {path.name.removesuffix(".jsonl.xz") for path in PASSAGES.parent.glob("*/*.jsonl.xz")}
    assert set(names["read"]) <= there
    assert there - set(names["read"])  # the weighing is fitted to reports that it has not read
