"""Parses: trees whatever the text, and the same whatever stands beside a sentence."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.language import Parse, parse, split
from sayso.language.network import MOST_PIECES
from tests.language.test_trees import is_tree

ABBREVIATIONS = frozenset({"lt", "col"})


def parses(text: str) -> tuple[Parse, ...]:
    return parse(text, split(text, [(0, len(text))], ABBREVIATIONS), ABBREVIATIONS)


def arcs(text: str) -> list[str]:
    """Each word of the one sentence with its relation and its head."""
    (found,) = parses(text)
    words = [text[token.start : token.end] for token in found.tokens]
    return [
        f"{word} {token.deprel} {'ROOT' if token.head < 0 else words[token.head]}"
        for word, token in zip(words, found.tokens, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed three traders.", ["Gunmen nsubj killed", "killed root ROOT", "traders obj killed"]),
        ("Three traders were killed by gunmen.", ["traders nsubj:pass killed", "gunmen obl:agent killed"]),
        (
            "The army said that two soldiers died.",
            ["army nsubj said", "died ccomp said", "soldiers nsubj died"],
        ),
        (
            "The group, which claimed the attack, denied the rest.",
            ["claimed acl:relcl group", "group nsubj denied"],
        ),
        ("THE ARMY DENIED THE ATTACK.", ["ARMY nsubj DENIED", "ATTACK obj DENIED"]),
        ("They did not attack.", ["not advmod attack", "They nsubj attack"]),
    ],
)
def test_what_rules_need_of_a_parse(text: str, expected: list[str]) -> None:
    found = arcs(text)
    assert [arc for arc in expected if arc not in found] == []


def in_small(found: tuple[Parse, ...]) -> list[list[tuple[str, int, str]]]:
    return [[(token.upos, token.head, token.deprel) for token in one.tokens] for one in found]


def test_capitals_change_nothing() -> None:
    text = "Gunmen on motorbikes shot a teacher in the town of Ardabo on Monday."
    assert in_small(parses(text)) == in_small(parses(text.upper()))


def report(examples: Path) -> str:
    return (examples / "01_charikar_rockets.txt").read_text("utf-8")


def test_a_sentence_is_parsed_alike_alone_and_among_others(examples: Path) -> None:
    text = report(examples)
    sentences = split(text, [(0, len(text))], ABBREVIATIONS)
    together = parse(text, sentences, ABBREVIATIONS)
    shuffled = random.Random(1).sample(sentences, len(sentences))  # noqa: S311 - no secret
    again = dict(zip(shuffled, parse(text, shuffled, ABBREVIATIONS), strict=True))
    for sentence, one in zip(sentences, together, strict=True):
        assert (one,) == parse(text, [sentence], ABBREVIATIONS)
        assert one == again[sentence]


def test_another_process_gives_the_same_scores(examples: Path) -> None:
    path = examples / "01_charikar_rockets.txt"
    command = [sys.executable, "-m", "sayso.cli", "explain", "--sentences", str(path)]
    first, second = (subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2))
    assert first == second
    assert b"nsubj" in first


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_trees_with_true_offsets(text: str) -> None:
    for one in parses(text):
        assert is_tree([token.head for token in one.tokens])
        spans = [(token.start, token.end) for token in one.tokens]
        assert "".join(text[a:b] for a, b in spans) == "".join(text[slice(*one.sentence.span)].split())
        assert {token.deprel for token in one.tokens if token.head == -1} == {"root"}


def test_a_sentence_longer_than_the_encoder_reads_is_one_tree() -> None:
    text = " ".join(["a", "b,"] * MOST_PIECES)
    (one,) = parses(text[:1499])
    assert len(one.tokens) > MOST_PIECES
    assert is_tree([token.head for token in one.tokens])


def test_blanks_have_no_tokens() -> None:
    assert parses(" \n ") == ()
