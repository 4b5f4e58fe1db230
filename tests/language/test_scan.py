"""Which sentences are worth parsing."""

import pytest

from sayso.codebook import Codebook
from sayso.language import Scan, split, view


def chosen(text: str, scan: Scan) -> list[bool]:
    return list(scan.worth_parsing(view(text), split(text, [(0, len(text))], ())))


SCAN = Scan({"kill", "bomb"}, {"police", "hurt"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell. Nobody came.", [False, False]),
        ("Police came. They left.", [False, False]),  # a trigger alone is not enough
        ("BOMBINGS WENT ON. Rain fell. Sun rose. Snow lay.", [True, True, False, False]),
        ("Rain fell. Sun rose. Two hurt. Snow lay. Killings went on.", [False, True, True, True, True]),
        ("The skilled plumber left.", [False]),  # a beginning, not a part
        ("", []),
    ],
)
def test_worth_parsing(text: str, expected: list[bool]) -> None:
    assert chosen(text, SCAN) == expected


def test_the_codebook_lets_weather_pass_and_keeps_violence(codebook: Codebook) -> None:
    scan = Scan(codebook.lexicon.strong_terms, codebook.lexicon.triggers)
    assert not any(chosen("Farmers welcomed the rain. Prices of wheat fell by a tenth.", scan))
    violent = [one for one in codebook.event_types if one.event_type != "Strategic developments"]
    kept = [any(chosen(text, scan)) for one in violent for text in one.yes]
    assert sum(kept) >= 0.85 * len(kept)  # one sentence alone; reports have several
