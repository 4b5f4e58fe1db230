"""What the rooms find in reports by themselves, before anything is coded: one kind of thing at a time."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sayso import actors, places, reports, times
from sayso.actors import ActorName
from sayso.codebook import Codebook, load
from sayso.coding import sentences_of
from sayso.errors import UsageError
from sayso.language import parse
from sayso.model import Problem, Report, Span
from sayso.pipeline import Inputs
from sayso.places import Gazetteer, gazetteer
from sayso.records import to_record

Finder = Callable[[Report, Codebook, Gazetteer], list[dict[str, Any]]]
"""The things found in the sentences of one report, in order, each with its ``start`` and ``end``."""


def find_all(what: str, inputs: Inputs) -> Iterator[dict[str, Any] | Problem]:
    """One record for each report among the inputs, in their order: its id, where it is from, what is found.

    what  "times", "places" and so on: a name in ``FINDERS``.

    ``docid`` is the id that the input gave, else the report's own. Raises UsageError for another ``what``.
    """
    if what not in FINDERS:
        raise UsageError(f"sayso find does not look for {what!r}.", f"Ask for one of: {', '.join(FINDERS)}.")
    key, finder = FINDERS[what]
    codebook, known = load(inputs.codebook), gazetteer(inputs.gazetteer)
    for item in reports.read(inputs.paths, codebook, inputs.settings, inputs.stdin):
        if isinstance(item, Problem):
            yield item
            continue
        header = {"docid": item.id or item.report_id, "path": item.path, "published": item.published}
        yield {**header, key: finder(item, codebook, known)}


def _times(report: Report, codebook: Codebook, _: Gazetteer) -> list[dict[str, Any]]:
    spans = [sentence.span for sentence in sentences_of(report, codebook)]
    return [
        {
            "start": one.start,
            "end": one.end,
            "text": report.text[one.start : one.end],
            "type": one.kind,
            "value": one.value,
            "date": None if one.date is None else to_record(one.date),
        }
        for one in times.find_all(report.text, spans, report.published, codebook)
    ]


def _places(report: Report, codebook: Codebook, known: Gazetteer) -> list[dict[str, Any]]:
    """Places with the middle of a country where one is named, so that it can be shown on a map."""
    spans = [sentence.span for sentence in sentences_of(report, codebook)]
    records = []
    for one in places.find(report.text, spans, known, codebook, places.outlet_of(report)):
        place = to_record(one.place)
        if one.place.precision == "country":
            place["lat"], place["lon"] = known.middles.get(one.place.country or "", (None, None))
        records.append({"start": one.start, "end": one.end, **place})
    return records


def _names(report: Report, codebook: Codebook, known: Gazetteer) -> list[dict[str, Any]]:
    where, named = actors_of(report, codebook, known)
    sentences = sentences_of(report, codebook)
    parses = parse(report.text, sentences, frozenset(codebook.lexicon.abbreviations))
    return [
        {
            "start": one.start,
            "end": one.end,
            "text": report.text[one.start : one.end],
            "type": _TYPES[one.type],
        }
        for one in actors.mentions(report.text, parses, named, where, codebook)
    ]


def actors_of(
    report: Report, codebook: Codebook, known: Gazetteer
) -> tuple[list[Span], tuple[ActorName, ...]]:
    """The spans of places in a report, and the actors named there."""
    sentences = sentences_of(report, codebook)
    spans = [sentence.span for sentence in sentences]
    located = places.find(report.text, spans, known, codebook, places.outlet_of(report))
    countries = [((one.start, one.end), one.place.country) for one in located if one.place.country]
    named = actors.find(report.text, sentences, countries, codebook, actors.About(report.published))
    return [(one.start, one.end) for one in located], named


_TYPES = {"organisation": "ORG", "place": "LOC", "person": "PER", "weapon": "WEA", "vehicle": "VEH"}

FINDERS: Mapping[str, tuple[str, Finder]] = {
    "times": ("timexes", _times),
    "places": ("places", _places),
    "names": ("entities", _names),
}
"""What can be looked for: the key under which a record holds what is found, and what finds it."""
