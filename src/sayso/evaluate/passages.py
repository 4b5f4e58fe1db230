"""Passages that must not be taken for a claim, a denial, an accusation or a rejection."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sayso.evaluate.rows import Mark, right_or_wrong
from sayso.evaluate.told import records
from sayso.model import Span


def marks(gold: Mapping[str, Any], incidents: Sequence[Mapping[str, Any]]) -> Iterator[Mark]:
    """One mark for each ``must_not`` of gold: wrong where words of that stance overlap the passage.

    Gold without ``must_not`` or without its text gives none.
    """
    text = gold.get("text")
    if not isinstance(text, str):
        return
    for one in gold.get("must_not") or ():
        said = _words(incidents, one["stance"])
        clear = not any(_overlap(place, quote) for place in places_of(text, one["quote"]) for quote in said)
        yield Mark(f"must_not.{one['stance']}", right_or_wrong(clear), "", one["quote"])


def places_of(text: str, words: str) -> list[Span]:
    """Everywhere that the words stand in a text."""
    found = []
    start = text.find(words) if words else -1
    while start >= 0:
        found.append((start, start + len(words)))
        start = text.find(words, start + 1)
    return found


def _words(incidents: Sequence[Mapping[str, Any]], stance: str) -> list[Span]:
    """Where the words of a stance stand: the cue of its statements, else quotes of these or of attributions.

    The cue, because a quote may hold a passage that its claim is not about.
    """
    quotes: list[Mapping[str, Any]] = []
    for incident in incidents:
        statements = records(incident.get("statements"))
        for one in statements or records(incident.get("attributions")):
            if one.get("stance") != stance:
                continue
            cue = (one.get("spans") or {}).get("cue")
            told = records(one.get("quote")) + records(one.get("quotes"))
            quotes += [{"start": cue[0], "end": cue[1]}] if cue else told
    spans = [(quote.get("start"), quote.get("end")) for quote in quotes]
    return [(start, end) for start, end in spans if isinstance(start, int) and isinstance(end, int)]


def _overlap(some: Span, other: Span) -> bool:
    return some[0] < other[1] and other[0] < some[1]
