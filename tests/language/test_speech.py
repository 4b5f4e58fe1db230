"""What is told as somebody's words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.codebook import Codebook
from sayso.language import parse, quotations, speeches, split

ABBREVIATIONS = frozenset({"lt", "col"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said “one two” and "three" but “never closed.', ["“one two”", '"three"']),
        ("He called it a ‘cowardly’ act.", ["‘cowardly’"]),
        ("It was the army's and the rebels' fight.", []),
        ("She said 'they ran, we didn't.'", ["'they ran, we didn't.'"]),
        ("«Ils» and «elles»", ["«Ils»", "«elles»"]),
        ("“One runs on.\n\n“Two ends it.” Done.", ["“One runs on.", "“Two ends it.”"]),
        ('A 6" pipe.\n\nHe said "go".', ['"go"']),
        ('"' + "x" * 5000 + '"', []),
    ],
)
def test_quotations_with_their_marks(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text, (0, len(text)))] == expected


def told(text: str, codebook: Codebook) -> list[tuple[str, str | None, str | None]]:
    """What is said, by which cue, by whom."""
    parses = parse(text, split(text, [(0, len(text))], ABBREVIATIONS), ABBREVIATIONS)
    lexicon = codebook.lexicon
    return [
        (
            text[one.start : one.end],
            one.cue and text[slice(*one.cue)],
            one.speaker and text[slice(*one.speaker)],
        )
        for one in speeches(text, parses, frozenset(lexicon.said), frozenset(lexicon.according))
    ]


@pytest.mark.parametrize(
    ("text", "said", "cue", "speaker"),
    [
        ("Police said that two men died.", "that two men died", "said", "Police"),
        ("Two men died, the governor said on Monday.", "Two men died", "said", "the governor"),
        (
            "The attack, the governor told reporters, was carried out by two men.",
            "The attack, the governor told reporters, was carried out by two men",
            "told",
            "the governor",
        ),
        (
            '"We heard a blast," said Amina Oroza, a nurse.',
            '"We heard a blast,"',
            "said",
            "Amina Oroza, a nurse",
        ),
        (
            "According to the Interior Ministry, nine soldiers died.",
            "nine soldiers died",
            "According to",
            "the Interior Ministry",
        ),
        (
            "Nine soldiers died, according to the ministry.",
            "Nine soldiers died",
            "according to",
            "the ministry",
        ),
        ('In a statement the movement said: "We did it."', '"We did it."', "said", "the movement"),
        (
            "The chief was quoted as saying that the road was safe.",
            "that the road was safe",
            "saying",
            "The chief",
        ),
        ("THE ARMY SAID THE BRIDGE WAS BLOWN UP.", "THE BRIDGE WAS BLOWN UP", "SAID", "THE ARMY"),
        ('"They ran. We stayed," the colonel said.', '"They ran. We stayed,"', "said", "the colonel"),
    ],
)
def test_who_says_what(text: str, said: str, cue: str, speaker: str, codebook: Codebook) -> None:
    assert (said, cue, speaker) in told(text, codebook)


@pytest.mark.parametrize(
    "text",
    ["Two men died near the bridge.", "The attack was carried out by men on motorbikes.", ""],
)
def test_what_nobody_says(text: str, codebook: Codebook) -> None:
    assert told(text, codebook) == []


def test_a_quotation_that_nothing_introduces(codebook: Codebook) -> None:
    assert told("The film “Two Rivers” won.", codebook) == [("“Two Rivers”", None, None)]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["He said ", '"', "“", "”", "they ran", ". ", "\n\n", "according to ", "us, ", ":"])
    )
)
def test_any_speech_lies_in_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    parses = parse(text, split(text, [(0, len(text))], ABBREVIATIONS), ABBREVIATIONS)
    for one in speeches(text, parses, {"said"}, {"according to"}):
        for start, end in filter(None, ((one.start, one.end), one.cue, one.speaker)):
            assert 0 <= start < end <= len(text)
