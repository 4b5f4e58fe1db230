"""What the rooms find in reports by themselves, before anything is coded: one kind of thing at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sayso import places, reports, times
from sayso.codebook import Codebook, load
from sayso.errors import UsageError
from sayso.language import Sentence, split
from sayso.model import REPORTING, Problem, Region, Report
from sayso.pipeline import Inputs
from sayso.places import Gazetteer, gazetteer
from sayso.records import to_record

Finder = Callable[[Report, Sequence[Sentence], Codebook], list[dict[str, Any]]]
"""The things found in the sentences of one report, in order, each with its ``start`` and ``end``."""


def find_all(what: str, inputs: Inputs) -> Iterator[dict[str, Any] | Problem]:
    """One record for each report among the inputs, in their order: its id, where it is from, what is found.

    what  "times", "places" and so on: a name in ``FINDERS``.

    ``docid`` is the id that the input gave, else the report's own. Raises UsageError for another ``what``.
    """
    if what not in FINDERS:
        raise UsageError(f"sayso find does not look for {what!r}.", f"Ask for one of: {', '.join(FINDERS)}.")
    key, finder = FINDERS[what]
    if finder is _places and inputs.gazetteer is not None:
        finder = partial(_places, known=gazetteer(inputs.gazetteer))
    codebook = load(inputs.codebook)
    for item in reports.read(inputs.paths, codebook, inputs.settings, inputs.stdin):
        if isinstance(item, Problem):
            yield item
            continue
        found = finder(item, sentences_of(item, codebook), codebook)
        header = {"docid": item.id or item.report_id, "path": item.path, "published": item.published}
        yield {**header, key: found}


def sentences_of(report: Report, codebook: Codebook) -> tuple[Sentence, ...]:
    """The sentences of the regions that are reporting."""
    regions = report.regions or (Region(0, len(report.text), "body"),)
    spans = [(region.start, region.end) for region in regions if region.kind in REPORTING]
    return split(report.text, spans, frozenset(codebook.lexicon.abbreviations))


def _times(report: Report, sentences: Sequence[Sentence], codebook: Codebook) -> list[dict[str, Any]]:
    spans = [sentence.span for sentence in sentences]
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


def _places(
    report: Report, sentences: Sequence[Sentence], codebook: Codebook, known: Gazetteer | None = None
) -> list[dict[str, Any]]:
    """Places with the middle of a country where one is named, so that it can be shown on a map."""
    spans = [sentence.span for sentence in sentences]
    known = known or gazetteer()
    found = places.find(report.text, spans, known, codebook, places.outlet_of(report))
    records = []
    for one in found:
        place = to_record(one.place)
        if one.place.precision == "country":
            place["lat"], place["lon"] = known.middles.get(one.place.country or "", (None, None))
        records.append({"start": one.start, "end": one.end, **place})
    return records


FINDERS: Mapping[str, tuple[str, Finder]] = {
    "times": ("timexes", _times),
    "places": ("places", _places),
}
"""What can be looked for: the key under which a record holds what is found, and what finds it."""
