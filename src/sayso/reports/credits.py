"""Which outlets a text names as where it comes from, and who wrote it."""

import re
from collections.abc import Iterator

from sayso.language import view
from sayso.model import Credit
from sayso.reports.page import Page, is_name
from sayso.reports.regions import Labels

_BRACKETED = re.compile(r"\(([^()\n]{2,60})\)(?=\s*(?:--|[-–—:]|$))")
_DATELINE_SOURCE = re.compile(r"\s*(\(([^()\n]{2,60})\))\s*(?:--|[-–—])")
_SILENT = ("boilerplate", "advertisement", "comment")


def credits_of(text: str, labels: Labels, page: Page) -> tuple[Credit, ...]:
    """The credits of a text in order, none overlapping another.

    An outlet that the codebook does not know is credited, with ``outlet`` None, only where the form leaves no
    doubt: a line of its own ("Via ...", "Articles by: ..."), or the brackets of a dateline.
    """
    found = sorted(_found(text, labels, page), key=lambda credit: (credit.start, -credit.end))
    apart: list[Credit] = []
    for credit in found:
        if not apart or credit.start >= apart[-1].end:
            apart.append(credit)
    return tuple(apart)


def _found(text: str, labels: Labels, page: Page) -> Iterator[Credit]:
    for index, unit in enumerate(labels.units):
        kind = labels.region_of(index)
        cue = labels.cues.get(index)
        if kind in _SILENT:
            continue
        if cue is not None and cue.credit is not None:
            yield _credit(text, *cue.credit, page.named(text[slice(*cue.credit)]))
        if kind == "byline":
            yield from _in_byline(text, unit.start, unit.end, page)
        words = view(unit.words)
        for lead_in in page.lead_in.finditer(words):
            span = (unit.start + lead_in.start(), unit.start + lead_in.end())
            yield _credit(text, *span, page.outlets[lead_in["outlet"]])
        for bracketed in _BRACKETED.finditer(words):
            if (outlet := page.outlets.get(bracketed.group(1).strip())) is not None:
                yield _credit(text, unit.start + bracketed.start(), unit.start + bracketed.end(), outlet)
    for dated in labels.stamps:
        source = _DATELINE_SOURCE.match(text, dated.end, dated.end + 80)
        if source is not None and labels.region_of(dated.unit) == "body":
            yield _credit(text, *source.span(1), page.named(source.group(2)))


def _in_byline(text: str, start: int, end: int, page: Page) -> Iterator[Credit]:
    words = view(text[start:end])
    if (outlet := page.bylines.get(words)) is not None:
        yield _credit(text, start, end, outlet)
        return
    for found in page.outlet.finditer(words):
        yield _credit(text, start + found.start(), start + found.end(), page.outlets[found.group()])
    for form, outlet in page.bylines.items():
        if (at := words.find(form)) >= 0:
            yield _credit(text, start + at, start + at + len(form), outlet)


def _credit(text: str, start: int, end: int, outlet: str | None) -> Credit:
    return Credit(start, end, text[start:end], outlet)


def byline_of(text: str, labels: Labels, page: Page) -> str | None:
    """Who wrote it, as printed: the first name of a byline; None where no line tells.

    "By NAME" goes before a house byline, and that before a name beside the date of publication.
    """
    bylines = [index for index in range(len(labels.units)) if labels.region_of(index) == "byline"]
    for index in bylines:
        cue = labels.cues.get(index)
        if cue is not None and cue.name is not None:
            return text[slice(*cue.name)].strip()
    for index in bylines:
        words = labels.units[index].view
        for form in page.bylines:
            if (at := words.find(form)) >= 0:
                start = labels.units[index].start + at
                return text[start : start + len(form)]
    dated = {dated.unit for dated in labels.stamps}
    for index in bylines:
        unit = labels.units[index]
        if index in labels.cues or index in dated or page.named(unit.words) is not None:
            continue
        if is_name(unit.words) and len(unit.words.split()) > 1:
            return unit.words
    return None
