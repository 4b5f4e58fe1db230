"""What a small network makes of a sentence: who says that who did it, and which words tell of an act.

Its card is in ``model/README.md``; ``train/`` makes it. It has read some thousand passages by many writers,
so that it knows wordings that no list of words has. It reads a sentence with the one before it, and only
marks words: what they stand for, and which incident they are about, is for the rules to say.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.language import Sentence, Syntax, tokens, view
from sayso.language.network import session, shipped_pieces
from sayso.model import Stance

Scores = NDArray[np.float32]
REPORT, BEFORE = -1, -2
"""Speakers that are no word of a sentence: the report itself, and who was told before."""
_MOST_BEFORE = 70
"""How many pieces of the sentence before are read."""
_MOST_PIECES = 400
"""The encoder has places for 512 pieces; a longer sentence is a list, and is not listened to."""


@dataclass(frozen=True, slots=True)
class Saying:
    """That a sentence says of somebody that he did it, or did not.

    actor    the place of a word for who is said to have done it.
    speaker  the place of a word for whose word it is; ``REPORT`` or ``BEFORE``.
    sure     how sure the network is, 0 to 1.
    """

    stance: Stance
    actor: int
    speaker: int
    sure: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What a sentence tells.

    acts    of each word how sure it is that it tells of an act, 0 to 1.
    types   of each word the likeliest sub-event type, and how sure the network is of that one, 0 to 1.
    stance  of each word how sure it is that each stance is taken towards whom it names.
    """

    sayings: tuple[Saying, ...]
    acts: Scores
    types: tuple[tuple[str, float], ...]
    stance: dict[Stance, Scores]


def candidates(syntax: Syntax) -> list[int]:
    """The words that may stand for somebody: nouns, names and pronouns, each name by its head."""
    return [
        place
        for place, token in enumerate(syntax.tokens)
        if token.upos in ("NOUN", "PROPN", "PRON") and token.deprel not in ("flat", "goeswith", "fixed")
    ]


def pieces_of(before: Sequence[str], words: Sequence[str]) -> tuple[list[int], int, list[int]]:
    """The pieces of a sentence behind the one before it; where it begins; where each of its words begins.

    before, words  the words of both, in lower case.
    """
    known = shipped_pieces()
    context = [piece for word in before for piece in known.pieces(word)][-_MOST_BEFORE:]
    pieces = [known.begin, *context, known.end]
    parted, firsts = len(pieces) - 1, []
    for word in words:
        firsts.append(len(pieces))
        pieces += known.pieces(word)
    return [*pieces, known.end], parted, firsts


def heard_as(syntax: Syntax) -> bool:
    """Whether a sentence is short enough to be listened to."""
    known = shipped_pieces()
    return sum(len(known.pieces(word)) for word in syntax.words) + _MOST_BEFORE <= _MOST_PIECES


def listen(
    text: str, sentences: Sequence[Sentence], syntax: Sequence[Syntax | None], abbreviations: frozenset[str]
) -> tuple[Heard | None, ...]:
    """What each sentence tells; None for one that is not parsed or too long."""
    heard: list[Heard | None] = []
    for number, one in enumerate(syntax):
        before: Sequence[str] = ()
        if number and one is not None:
            last = syntax[number - 1]
            spans = tokens(text, sentences[number - 1].span, abbreviations) if last is None else ()
            before = [view(text[slice(*span)]) for span in spans] if last is None else last.words
        heard.append(_listener().hears(before, one) if one is not None else None)
    return tuple(heard)


@cache
def _listener() -> "Listener":
    """The network, loaded once in a process."""
    return Listener()


class Listener:
    """The network that comes with sayso."""

    def __init__(self) -> None:
        folder = files("sayso.coding").joinpath("model")
        names = json.loads(folder.joinpath("names.json").read_text("utf-8"))
        self._session: Any = session(folder, "listener.onnx")
        self._stances = [Stance(name) for name in names["stances"]]
        self._types: list[str] = names["types"]

    def hears(self, before: Sequence[str], syntax: Syntax) -> Heard | None:
        """What a sentence tells behind the words of the one before it; None where it is too long."""
        if not syntax.tokens or not heard_as(syntax):
            return None
        pieces, parted, firsts = pieces_of(before, syntax.words)
        given = {"pieces": np.array([pieces], np.int64)}
        stance, act, kind, alone, asked, speaker, kinds = self._session.run(_WANTED, given)
        who = candidates(syntax)
        places = [0, parted, *(firsts[at] for at in who)]
        named = [REPORT, BEFORE, *who]
        sure = _sure(stance[0, firsts])
        sayings = []
        for number, one in enumerate(self._stances):
            for at in who:
                if sure[at, number] < LEAST:
                    continue
                together = (asked[0, firsts[at]] * kinds[number]) @ speaker[0, places].T
                best = int((together + alone[0, places, number]).argmax())
                sayings.append(Saying(one, at, named[best], float(sure[at, number])))
        return Heard(
            tuple(sayings),
            _sure(act[0, firsts, 0]),
            self._kinds(kind[0, firsts]),
            {one: sure[:, number] for number, one in enumerate(self._stances)},
        )

    def _kinds(self, scores: Scores) -> tuple[tuple[str, float], ...]:
        grown = np.exp(scores - scores.max(1, keepdims=True))
        shares = np.round(grown / grown.sum(1, keepdims=True), 3)
        return tuple(
            (self._types[at], float(row[at])) for row, at in zip(shares, shares.argmax(1), strict=True)
        )


_WANTED = ["stance.out", "act.out", "types.out", "alone.out", "asked", "speaker", "kinds"]
"""What the rules use of the network; it tells hedges, too, which wording of the codebook tells better."""
LEAST = 0.3
"""How sure the network must be of a stance for it to be told at all."""


def _sure(scores: Scores) -> Scores:
    """Scores as probabilities, to three places, so that no rounding of a processor's can be seen."""
    return np.round(1 / (1 + np.exp(-scores)), 3)
