"""Regions of a text by its layout, refined by the wording of its lines."""

import re
from collections.abc import Iterator, Sequence

from sayso.codebook import Codebook
from sayso.model import REPORTING, Region, RegionKind
from sayso.reports.labels import Labels
from sayso.reports.regions import label, regions_of
from sayso.times.stamps import UNKNOWN, Custom

_SEEN = re.compile(r"[^\s]")
_SILENT: frozenset[RegionKind] = frozenset({"boilerplate", "advertisement", "comment"})


def labelled(
    text: str, layout: Sequence[Region], codebook: Codebook, title: str | None, custom: Custom = UNKNOWN
) -> tuple[Labels, tuple[Region, ...]]:
    """The labels of a text and its regions.

    Where there is a layout, what it takes for no reporting is blanked out for the lines' labels, so that no
    headline or date is looked for there; offsets hold. What else it says goes before what the lines look
    like, save that a line of the body may still show by its wording that it is none.
    """
    if not layout:
        labels = label(text, codebook, title, custom)
        return labels, regions_of(labels)
    page = label(text, codebook, title, custom)
    refined = [
        part
        for region in layout
        for part in (_by_wording(region, page) if region.kind in _SILENT else (region,))
    ]
    silent = [region for region in refined if region.kind in _SILENT]
    labels = label(_without(text, silent), codebook, title, custom)
    _laid_out(labels, refined)
    _worded(labels, page)
    _around(labels, page)
    units = (Region(unit.start, unit.end, labels.region_of(index)) for index, unit in enumerate(labels.units))
    return labels, _merged(sorted((*silent, *units), key=lambda region: region.start))


def _worded(labels: Labels, page: Labels) -> None:
    """Puts what the wording of the whole page tells in place of a body that the layout takes for one.

    Readers' comments stand among an article's paragraphs where their heading does not.
    """
    told = {page.units[index].start: page.kinds[index] for index in page.worded}
    for index, unit in enumerate(labels.units):
        if labels.region_of(index) == "body" and (kind := told.get(unit.start)) in _SILENT:
            labels.kinds[index] = kind


def _around(labels: Labels, page: Labels) -> None:
    """Puts what lines look like on the whole page in place of a body that stands outside the running text.

    Below its last sentence the lines of the page have it; above its first one only where another line of the
    page stands beside: a deck and a sub-heading stand there, too. Inside it the layout has it.
    """
    looks = {unit.start: (index, page.kinds[index]) for index, unit in enumerate(page.units)}
    prose = [
        index
        for index, unit in enumerate(labels.units)
        if labels.region_of(index) == "body" and unit.is_sentence
    ]
    for index, unit in enumerate(labels.units):
        at, kind = looks.get(unit.start, (0, None))
        if not prose or prose[0] <= index <= prose[-1] or labels.region_of(index) != "body":
            continue
        beside = page.kinds[max(0, at - 1) : at] + page.kinds[at + 1 : at + 2]
        if kind in _SILENT and (index > prose[-1] or not _SILENT.isdisjoint(beside)):
            labels.kinds[index] = kind


def whole(text: str, layout: Sequence[Region], codebook: Codebook, title: str | None) -> Labels:
    """The labels of all that a page shows, with its layout over them: who publishes it stands around it."""
    labels = label(text, codebook, title)
    _laid_out(labels, layout)
    return labels


def _by_wording(region: Region, its: Labels) -> Iterator[Region]:
    """A region that is no reporting line by line: some show by their wording what they are instead.

    A correction stands below many an article, among what is not reporting; around readers' comments there is
    wording of the page, and comments and advertisements stand where the markup does not say so.
    """
    for index, unit in enumerate(its.units):
        if not region.start <= unit.start < region.end:
            continue
        kind, cue = its.kinds[index], its.cues.get(index)
        worded = kind == "correction" or (cue is not None and cue.kind == kind and kind in _SILENT)
        told = kind in _SILENT and region.kind == "boilerplate"
        yield Region(unit.start, unit.end, kind if kind is not None and (worded or told) else region.kind)


def reporting(text: str, regions: Sequence[Region]) -> str:
    """The parts of a text that are reporting, one a line."""
    return "\n".join(text[region.start : region.end] for region in regions if region.kind in REPORTING)


def _without(text: str, regions: Sequence[Region]) -> str:
    """The text with blanks in place of what is seen in these regions."""
    parts: list[str] = []
    at = 0
    for region in regions:
        parts += [text[at : region.start], _SEEN.sub(" ", text[region.start : region.end])]
        at = region.end
    return "".join([*parts, text[at:]])


def _laid_out(labels: Labels, layout: Sequence[Region]) -> None:
    """Puts what the layout says in place of what lines look like."""
    kinds = iter(layout)
    here = next(kinds)
    has_title = any(region.kind == "title" for region in layout)
    if has_title:
        labels.title = None
    for index, unit in enumerate(labels.units):
        while here.end <= unit.start:
            here = next(kinds)
        if here.kind != "body":
            labels.kinds[index] = here.kind
        elif (has_title and labels.kinds[index] == "title") or (
            labels.kinds[index] in _SILENT and index not in labels.cues and index not in labels.worded
        ):  # by its looks alone
            labels.kinds[index] = None
        if here.kind == "title" and labels.title is None:
            labels.title = index


def _merged(regions: Sequence[Region]) -> tuple[Region, ...]:
    """Neighbours of one kind as one; each headline stands by itself."""
    merged: list[Region] = []
    for region in regions:
        if merged and merged[-1].kind == region.kind != "title":
            merged[-1] = Region(merged[-1].start, region.end, region.kind)
        else:
            merged.append(region)
    return tuple(merged)
