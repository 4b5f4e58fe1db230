"""The passages that two reports share, side by side: the evidence that one has the other's text."""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.lineage.runs import RUN_LENGTH, WORD, counted_spans, plain_word
from sayso.model import Report, Span

_GAP = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stand in both reports: ``a.text[slice(*in_a)]`` and ``b.text[slice(*in_b)]``.

    They are the same but for case, punctuation and blanks.
    """

    in_a: Span
    in_b: Span


def passages(a: Report, b: Report) -> tuple[Passage, ...]:
    """What of the reporting of ``a`` stands in that of ``b``, in the order of ``a``, none overlapping in it.

    At each place the longest passage is taken, of equals the first in ``b``. Passages of fewer than
    ``RUN_LENGTH`` words are none. Furniture is not left out here: it takes more than two reports to tell.
    """
    words, spans = _words(a)
    others, other_spans = _words(b)
    starts: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(others) - RUN_LENGTH + 1):
        run = tuple(others[at : at + RUN_LENGTH])
        if _GAP not in run:
            starts.setdefault(run, []).append(at)
    found, at = [], 0
    while at <= len(words) - RUN_LENGTH:
        run = tuple(words[at : at + RUN_LENGTH])
        lengths = [(_common(words[at:], others[start:]), -start) for start in starts.get(run, ())]
        if not lengths:
            at += 1
            continue
        length, start = max(lengths)
        found.append(
            Passage(
                (spans[at][0], spans[at + length - 1][1]),
                (other_spans[-start][0], other_spans[-start + length - 1][1]),
            )
        )
        at += length
    return tuple(found)


def _words(report: Report) -> tuple[list[str], list[Span]]:
    """The words that count with their spans; a gap between two stretches that do not stand together."""
    words: list[str] = []
    spans: list[Span] = []
    for start, end in counted_spans(report):
        for found in WORD.finditer(report.text, start, end):
            words.append(plain_word(found.group()))
            spans.append(found.span())
        words.append(_GAP)
        spans.append((end, end))
    return words, spans


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    length = 0
    for first, second in zip(one, other, strict=False):
        if first == _GAP or first != second:
            break
        length += 1
    return length
