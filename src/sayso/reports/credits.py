"""Which outlets a text names as where it comes from, or gives as its source, and who wrote it."""

import re
from collections.abc import Iterator

from sayso.language import view
from sayso.model import Credit
from sayso.reports.labels import Labels
from sayso.reports.lines import Unit
from sayso.reports.page import Named, Page, is_name

_BRACKETED = re.compile(r"\(([^()\n]{2,60})\)(?=\s*(?:--|[-–—:]|$))")
_DATELINE_SOURCE = re.compile(r"\s*(\(([^()\n]{2,60})\))\s*(?:--|[-–—])")
# "QUETTA, Pakistan, May 3 (Meridian Press) -": a town in capitals, perhaps more of the place, and the day.
_PLACE_AND_SOURCE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’ .-]{2,30}(?:, [^()\n]{2,40})? (\(([^()\n]{2,40})\))\s*(?:--|[-–—])\s"
)
_SILENT = ("boilerplate", "advertisement", "comment")
_IN_FRONT, _BEHIND = 60, 120  # characters in which wording that credits is looked for


def credits_of(text: str, labels: Labels, page: Page, publisher: str | None = None) -> tuple[Credit, ...]:
    """The credits of a text in order, none overlapping another.

    An outlet that the codebook does not know is credited, with ``outlet`` None, only where the form leaves no
    doubt: a line of its own ("Via ...", "Articles by: ..."), or the brackets of a dateline. What
    ``publisher`` says of itself in its own text ("told Reuters" in a text of Reuters) is no credit.
    """
    found = sorted(_found(text, labels, page, publisher), key=lambda credit: (credit.start, -credit.end))
    apart: list[Credit] = []
    for credit in found:
        if not apart or credit.start >= apart[-1].end:
            apart.append(credit)
    return tuple(apart)


def _found(text: str, labels: Labels, page: Page, publisher: str | None) -> Iterator[Credit]:
    for index, unit in enumerate(labels.units):
        kind = labels.region_of(index)
        cue = labels.cues.get(index)
        if kind in _SILENT:
            continue
        if cue is not None and cue.credit is not None:
            yield from _told(text, cue.credit, cue.outlet or cue.origin, page)
        if kind == "byline":
            yield from (
                one for one in _in_byline(text, unit, page) if one.outlet != publisher or _is_house(one, page)
            )
        else:
            yield from (one for one in _in_prose(text, unit, page) if one.outlet != publisher)
    for start, end, outlet in dateline_sources(text, labels, page):
        yield _credit(text, start, end, outlet)


def _told(text: str, credit: tuple[int, int], outlet: tuple[int, int] | None, page: Page) -> Iterator[Credit]:
    """The credit of a row of page.yaml; where it names several outlets, one for each."""
    named = list(page.outlets_in(text[slice(*(outlet or credit))]))
    if len(named) < 2:
        yield _credit(text, *credit, named[0].outlet if named else None)
        return
    first = (outlet or credit)[0]
    for one in named:
        yield _credit(text, first + one.start, first + one.end, one.outlet)


def dateline_sources(text: str, labels: Labels, page: Page) -> Iterator[tuple[int, int, str | None]]:
    """The spans of sources in brackets, after a dateline or at an end ("... (AFP)"), and their outlets.

    One that the codebook does not know only after the date of a dateline.
    """
    for dated in labels.stamps:
        source = _DATELINE_SOURCE.match(text, dated.end, dated.end + 80)
        if source is not None and labels.region_of(dated.unit) == "body":
            yield *source.span(1), page.named(source.group(2))
    for index, unit in enumerate(labels.units):
        if labels.region_of(index) in _SILENT:
            continue
        source = _PLACE_AND_SOURCE.match(unit.words)
        if source is not None and page.named(source.group(2)) is None and _is_source(source.group(2)):
            yield unit.start + source.start(1), unit.start + source.end(1), None
        for bracketed in _BRACKETED.finditer(view(unit.words)):
            if (outlet := page.outlets.get(bracketed.group(1).strip())) is not None:
                yield unit.start + bracketed.start(), unit.start + bracketed.end(), outlet


def _is_source(words: str) -> bool:
    """Whether brackets of a dateline hold a name and no date or remark."""
    return is_name(words) and not any(char.isdigit() for char in words)


def _in_byline(text: str, unit: Unit, page: Page) -> Iterator[Credit]:
    words = unit.view
    if (outlet := page.bylines.get(words)) is not None:
        yield _credit(text, unit.start, unit.end, outlet)
        return
    for named in page.outlets_in(unit.words):
        yield _credit(text, unit.start + named.start, unit.start + named.end, named.outlet)
    for form, outlet in page.bylines.items():
        if (at := words.find(form)) >= 0:
            yield _credit(text, unit.start + at, unit.start + at + len(form), outlet)


def _is_house(credit: Credit, page: Page) -> bool:
    return view(credit.text) in page.bylines


def _in_prose(text: str, unit: Unit, page: Page) -> Iterator[Credit]:
    """Outlets that the text says it has something from: "as X notes", "told X", "X reported"."""
    words = view(unit.words)
    for named in page.outlets_in(unit.words):
        if _is_printed(named, unit):
            span = _credited(words, named, page)
            if span is not None:
                yield _credit(text, unit.start + span[0], unit.start + span[1], named.outlet)


def _is_printed(named: Named, unit: Unit) -> bool:
    """Whether a name stands in print as the codebook writes it: in a sentence "Time" may be a word."""
    form = named.form.removeprefix("The ")
    printed = unit.words[named.end - len(form) : named.end]
    return [char.isupper() for char in printed] == [char.isupper() for char in form]


def _credited(words: str, named: Named, page: Page) -> tuple[int, int] | None:
    """The span of wording that credits an outlet, with the outlet; None where nothing does."""
    since = max(0, named.start - _IN_FRONT)
    front, behind = words[since : named.start], words[named.end : named.end + _BEHIND]
    lead_in, notes = page.lead_in.search(front), page.notes.match(behind)
    if lead_in is not None and notes is not None:
        return since + lead_in.start(), named.end + notes.end()
    if (before := page.before.search(front)) is not None:
        return since + before.start(), named.end
    if (after := page.after.match(behind)) is not None and view(named.outlet) not in page.monitors:
        return named.start, named.end + after.end()
    return None


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
