"""The dates of publication that a page prints: in a line of its own, in a part of a line, in a dateline."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.codebook import Codebook
from sayso.language import view
from sayso.reports.lines import Unit, bars_of, part_of, parts_of
from sayso.reports.page import Cue, Page
from sayso.times.stamps import UNKNOWN, Custom, Stamp, find_stamp

_LONGEST_BYLINE = 140
_MOST_NAMES = 3  # words beside a date that no row explains
_DATELINE = re.compile(r"^\s*(?:\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\])?\s*(?:--|[-–—]{1,2}(?=\s)|—|\[)")
_DATELINE_PLACE = 60  # characters before the date of a dateline
# "Ansongo, 15 November. A bomb hit ...", with or without the year.
_DATED_PLACE = re.compile(
    r"^[^\d\n.!?:]{2,40}(?:\.[^.\d\n!?:]{0,20})*,\s(?:\d{1,2}\s[^\W\d_]+|[^\W\d_]+\.?\s\d{1,2})(?:,?\s\d{4})?[.:]\s"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A stamp of a page: its place in the text, and whether it dates a change ("Updated ...").

    ``first`` is set where the page says of this date that it was the first ("Originally published ...").
    """

    unit: int
    start: int
    end: int
    stamp: Stamp
    updated: bool
    first: bool = False


def stamps_of(unit: Unit, codebook: Codebook, custom: Custom = UNKNOWN) -> list[Stamp]:
    """The stamps of a unit's first characters, at most a date of publication and one of a change."""
    line = unit.words[:_LONGEST_BYLINE]
    stamps: list[Stamp] = []
    at = 0
    while len(stamps) < 2 and (found := find_stamp(line[at:], codebook, custom)) is not None:
        stamps.append(Stamp(at + found.start, at + found.end, found.iso, found.zone))
        at += found.end
    return stamps


def is_stamp_line(unit: Unit, stamps: Sequence[Stamp], page: Page) -> bool:
    """Whether a unit holds its stamps and beside them only what pages print there.

    That is what a row of page.yaml explains ("By NAME", "4 min read"), an outlet, and at most a few names
    ("TNN", "Kabul").
    """
    if len(unit.words) > _LONGEST_BYLINE:
        return False
    rest = list(_beside(unit, stamps))
    if any("@" in piece.words for piece in rest):  # a post from elsewhere, signed and dated
        return False
    whole = "  ".join(piece.words for piece in rest)
    unknown = [piece.words for piece in rest if not page.is_furniture(piece)]
    return _few_names(" ".join(unknown)) or view(whole) in page.outlets


def _few_names(words: str) -> bool:
    names = re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", words)
    return len(names) <= _MOST_NAMES and all(name[0].isupper() for name in names)


def _beside(unit: Unit, stamps: Sequence[Stamp]) -> Iterator[Unit]:
    """What stands beside the stamps of a unit, cut where a page parts such things."""
    at = 0
    for start, end in (*((stamp.start, stamp.end) for stamp in stamps), (len(unit.words), 0)):
        if (between := part_of(unit, at, start)) is not None:
            yield from parts_of(between)
        at = end


def cue_beside(unit: Unit, stamps: Sequence[Stamp], page: Page, cue: Cue | None) -> Cue | None:
    """What rows of page.yaml say of a stamp line and of the parts beside its stamps, taken together."""
    cues = [cue, *(page.cue_of(piece) for piece in _beside(unit, stamps))]
    known = [one for one in cues if one is not None]
    if not known:
        return None
    return Cue(
        "byline",
        name=next((one.name for one in known if one.name), None),
        credit=next((one.credit for one in known if one.credit and one.kind == "byline"), None),
        outlet=next((one.outlet for one in known if one.outlet), None),
        origin=next((one.origin for one in known if one.origin), None),
        updated=next((one.updated for one in known if one.updated), None),
        first=next((one.first for one in known if one.first), None),
    )


def dated_by(index: int, unit: Unit, stamps: Sequence[Stamp], cue: Cue | None) -> Iterator[Dated]:
    """The stamps of a unit where they stand in the text; those behind "Updated" date a change."""
    changed = cue.updated[1] if cue and cue.updated else None
    first = cue.first[1] if cue and cue.first else None
    for stamp in stamps:
        start, end = unit.start + stamp.start, unit.start + stamp.end
        late, early = (after is not None and start >= after for after in (changed, first))
        yield Dated(index, start, end, stamp, late, early)


def stamp_apart(unit: Unit, codebook: Codebook, page: Page, custom: Custom = UNKNOWN) -> Stamp | None:
    """The stamp that fills one of several parts of a line: "Field notes from the river | 20 July 2021"."""
    parts = bars_of(unit) if len(unit.words) <= _LONGEST_BYLINE else ()
    for part in parts if len(parts) > 1 else ():
        stamps = stamps_of(part, codebook, custom)
        if len(stamps) == 1 and is_stamp_line(part, stamps, page):
            cue = cue_beside(part, stamps, page, page.cue_of(part))
            if cue is None or cue.updated is None:
                shift = part.start - unit.start
                stamp = stamps[0]
                return Stamp(shift + stamp.start, shift + stamp.end, stamp.iso, stamp.zone)
    return None


def is_dateline(unit: Unit, stamp: Stamp) -> bool:
    """Whether a stamp stands in a dateline: "KABUL, 3 JAN 90 (AFP) -- ..."."""
    return (
        _after_a_place(unit, stamp) and _DATELINE.match(unit.words[stamp.end : stamp.end + 200]) is not None
    )


def is_plain_dateline(unit: Unit, stamp: Stamp, others: Sequence[Unit]) -> bool:
    """Whether a stamp stands in a dateline that a full stop or a colon ends: "Bogotá, 2 September 2021. ...".

    Where several units begin so, they date one event each, as a chronicle does.
    """
    if not _after_a_place(unit, stamp) or not unit.words[: stamp.start].rstrip().endswith(","):
        return False
    if not re.match(r"[.:]\s+\w", unit.words[stamp.end : stamp.end + 20]):
        return False
    return not any(_DATED_PLACE.match(other.words[:_LONGEST_BYLINE]) for other in others)


def _after_a_place(unit: Unit, stamp: Stamp) -> bool:
    place = unit.words[: stamp.start]
    if not place.strip() or len(place) > _DATELINE_PLACE:
        return False
    return all(not part[0].islower() or len(part) <= 3 for part in re.findall(r"[^\W\d_]+", place))
