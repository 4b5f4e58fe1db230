"""Passages that must not be taken for a claim, a denial or an accusation."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sayso.evaluate.rows import Mark, right_or_wrong
from sayso.evaluate.told import records
from sayso.model import Span


def marks(gold: Mapping[str, Any], incidents: Sequence[Mapping[str, Any]]) -> Iterator[Mark]:
    """One mark for each ``must_not`` of gold: wrong where a quote of that stance overlaps the passage.

    Gold without ``must_not`` or without its text gives none.
    """
    text = gold.get("text")
    if not isinstance(text, str):
        return
    for one in gold.get("must_not") or ():
        said = _quotes(incidents, one["stance"])
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


def _quotes(incidents: Sequence[Mapping[str, Any]], stance: str) -> list[Span]:
    """The quotes of all statements of a stance, and of attributions where statements are not told."""
    quotes = []
    for incident in incidents:
        its = [one for one in records(incident.get("statements")) if one.get("stance") == stance]
        quotes += [quote for one in its for quote in records(one.get("quote"))]
        its = [one for one in records(incident.get("attributions")) if one.get("stance") == stance]
        quotes += [quote for one in its for quote in records(one.get("quotes"))]
    spans = [(quote.get("start"), quote.get("end")) for quote in quotes]
    return [(start, end) for start, end in spans if isinstance(start, int) and isinstance(end, int)]


def _overlap(some: Span, other: Span) -> bool:
    return some[0] < other[1] and other[0] < some[1]
