"""Labels what each line of a page is, by the codebook's wording and by shape. When in doubt it is body.

Nothing is cut: labels say what is reporting, and offsets never move.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from sayso.codebook import Codebook
from sayso.language import view
from sayso.model import Region, RegionKind
from sayso.reports.dates import (
    Dated,
    cue_beside,
    dated_by,
    is_dateline,
    is_plain_dateline,
    is_stamp_line,
    stamp_apart,
    stamps_of,
)
from sayso.reports.lines import Unit, bars_of, ends_a_sentence, parts_of, units_of
from sayso.reports.page import Cue, Page, is_name, page_of
from sayso.times.stamps import Stamp

_FIRST_LINES = 15
"""How many units from the top a headline or a byline is looked for in."""
_LAST_LINES = 10
"""How many units from the end a byline is looked for in."""
_LONGEST_HEADLINE = 200
_MOST_HOUSE_WORDS = 5
_PRICE_OR_MARKS = re.compile(r"^[^\w]*(?:[\d][\d.,]*\s?[^\w\s]?|[^\w\s][\d.,]+)?$")
_ARTICLE_SENTENCES = 2
_ARTICLE_CHARACTERS = 400


@dataclass(slots=True)
class Labels:
    """The units of a text, what each is, and what was seen on the way.

    ``stamps`` are in the order in which they count: from the top, then from the end.
    """

    units: tuple[Unit, ...]
    kinds: list[RegionKind | None]
    cues: dict[int, Cue] = field(default_factory=dict)
    stamps: list[Dated] = field(default_factory=list)
    title: int | None = None

    def region_of(self, unit: int) -> RegionKind:
        """What a unit is: body, unless something says otherwise."""
        return self.kinds[unit] or "body"


def label(text: str, codebook: Codebook, title: str | None = None) -> Labels:
    """Labels of all units of a text; ``title`` is the one that the input gives, if any."""
    page = page_of(codebook)
    units = units_of(text)
    labels = Labels(units, [None] * len(units))
    _by_wording(labels, page)
    _by_stamps(labels, codebook, page)
    _by_house_bylines(labels, page)
    _by_navigation(labels, page)
    _title(labels, page, title)
    _before_the_article(labels, page)
    _around_stamps(labels, page)
    _repeated(labels)
    _other_script(labels)
    return labels


def regions_of(labels: Labels) -> tuple[Region, ...]:
    """The regions of a text: neighbours of one kind are one, but each headline stands by itself."""
    regions: list[Region] = []
    for index, unit in enumerate(labels.units):
        kind = labels.region_of(index)
        if regions and regions[-1].kind == kind != "title":
            regions[-1] = Region(regions[-1].start, unit.end, kind)
        else:
            regions.append(Region(unit.start, unit.end, kind))
    return tuple(regions)


def _by_wording(labels: Labels, page: Page) -> None:
    """Labels what the codebook's wording tells, and all that follows a row that says so.

    Such a row counts only below an article: "View all comments" stands above some, too.
    """
    sentences = characters = 0
    for index, unit in enumerate(labels.units):
        cue = page.cue_of(unit)
        if cue is None:
            sentences += unit.is_sentence
            characters += len(unit.words) if unit.is_sentence else 0
            continue
        labels.kinds[index] = cue.kind
        labels.cues[index] = cue
        if cue.rest and (sentences >= _ARTICLE_SENTENCES or characters >= _ARTICLE_CHARACTERS):
            labels.kinds[index:] = [cue.kind] * (len(labels.units) - index)
            return


def _head(labels: Labels) -> range:
    """The units above the article: up to the first sentence of its text."""
    for index, unit in enumerate(labels.units[:_FIRST_LINES]):
        sentence = unit.is_sentence and not _is_headline(unit)  # a headline may be a question
        if labels.kinds[index] is None and (sentence or len(unit.words) > 250):
            return range(index)
    return range(min(len(labels.units), _FIRST_LINES))


def _by_stamps(labels: Labels, codebook: Codebook, page: Page) -> None:
    """Finds the dates of publication: in lines that hold little else, in parts of lines, in datelines.

    Only lines of the first kind are bylines; the others stay what they are.
    """
    count = len(labels.units)
    head = _head(labels)
    top = range(min(count, _FIRST_LINES))
    apart = _stamps_apart(labels, head, codebook, page)
    for index in (*top, *range(max(len(top), count - _LAST_LINES), count)):
        unit = labels.units[index]
        stamps = stamps_of(unit, codebook) if labels.kinds[index] in (None, "byline") else []
        if not stamps:
            continue
        if labels.kinds[index] == "byline" or is_stamp_line(unit, stamps, page):
            cue = cue_beside(unit, stamps, page, labels.cues.get(index))
            labels.kinds[index] = "byline"
            if cue is not None:
                labels.cues[index] = cue
            labels.stamps.extend(dated_by(index, unit, stamps, cue))
        elif index in apart:
            labels.stamps.extend(dated_by(index, unit, [apart[index]], None))
        elif index in top and is_dateline(unit, stamps[0]):
            labels.stamps.extend(dated_by(index, unit, stamps, None))
        elif index <= head.stop and is_plain_dateline(unit, stamps[0], labels.units[index + 1 :]):
            labels.stamps.extend(dated_by(index, unit, stamps[:1], None))


def _stamps_apart(labels: Labels, head: range, codebook: Codebook, page: Page) -> dict[int, Stamp]:
    """The stamps that fill a part of a line above the article; none where they differ, as in a table."""
    found = {
        index: stamp
        for index in head
        if labels.kinds[index] is None
        and (stamp := stamp_apart(labels.units[index], codebook, page)) is not None
    }
    return found if len({stamp.iso for stamp in found.values()}) == 1 else {}


def _by_house_bylines(labels: Labels, page: Page) -> None:
    for index, unit in enumerate(labels.units):
        if labels.kinds[index] is None and unit.view in page.bylines:
            labels.kinds[index] = "byline"


def _by_navigation(labels: Labels, page: Page) -> None:
    """Rows of short links above or below the article: "Home | City | Contact"."""
    sentences = [index for index, unit in enumerate(labels.units) if unit.is_sentence]
    inside = range(sentences[0], sentences[-1]) if sentences else range(0)
    for index, unit in enumerate(labels.units):
        if labels.kinds[index] is None and index not in inside and _is_navigation(unit, page):
            labels.kinds[index] = "boilerplate"


def _is_navigation(unit: Unit, page: Page) -> bool:
    """Whether a unit is links side by side, at least one of which is known.

    Beside them stand one or two words each, and before three or more of them perhaps the name of the house.
    """
    parts = bars_of(unit) if len(unit.words) <= _LONGEST_HEADLINE else ()
    known = [page.is_furniture(part) for part in parts]
    if len(parts) < 2 or not any(known) or not (len(parts) > 2 or all(known)):
        return False
    for place, part in enumerate(parts):
        most = _MOST_HOUSE_WORDS if place == 0 and len(parts) > 3 else 2
        plain = not any(char.isdigit() for char in part.words) and not ends_a_sentence(part.words)
        if not known[place] and (len(part.words.split()) > most or not plain or page.tells(part)):
            return False
    return True


def _title(labels: Labels, page: Page, given: str | None) -> None:
    """Labels the headline: the given one where it stands in a line, else the first that looks like one.

    A line that stands twice above the article goes before others: pages print their headline as a link and
    as a heading. What looks like the name of a house goes after all others. Where the words of the headline
    come again, they are the title again.
    """
    units = labels.units
    wanted = _folded(given) if given else None
    likely = _likely_titles(labels)
    counts = Counter(_folded(units[index].words) for index in likely)
    best = [index for index in likely if counts[_folded(units[index].words)] > 1]
    best = best or [index for index in likely if not _is_house_name(units[index], page)]
    if wanted:
        first = range(min(len(units), _FIRST_LINES))
        best = [index for index in first if _folded(units[index].words) == wanted] or best
    if not (best or likely) or len(units) == 1:
        return
    labels.title = (best or likely)[0]
    words = _folded(units[labels.title].words)
    for index, unit in enumerate(units):
        same = abs(len(unit.words) - len(words)) <= 20 and _folded(unit.words) == words
        if same and labels.kinds[index] in (None, "byline", "boilerplate"):
            labels.kinds[index] = "title"


def _likely_titles(labels: Labels) -> list[int]:
    """The units above the article that look like headlines; those in parts only where there is no other."""
    units = labels.units
    stamped = {dated.unit for dated in labels.stamps}
    likely = [index for index in _head(labels) if labels.kinds[index] is None and _is_headline(units[index])]
    plain = [index for index in likely if index not in stamped and len(parts_of(units[index])) < 3]
    return plain or [index for index in likely if index not in stamped or len(parts_of(units[index])) > 1]


def _is_house_name(unit: Unit, page: Page) -> bool:
    """Whether a unit may be the name of a paper or an office: a few capitals that tell of nothing."""
    return len(unit.words.split()) <= _MOST_HOUSE_WORDS and is_name(unit.words) and not page.tells(unit)


def _folded(words: str) -> str:
    return " ".join(view(words).split())


def _is_headline(unit: Unit) -> bool:
    """Whether a unit looks like a headline: a few words that begin with a capital and end no sentence."""
    words = unit.words
    count = len(words.split())
    if "\n" in words and count > 30:
        return False
    begins = words.lstrip("'\"‘“«([")[:1]
    if not 15 <= len(words) <= _LONGEST_HEADLINE or count < 3 or not (begins.isupper() or begins.isdigit()):
        return False
    letters = sum(char.isalpha() for char in words)
    if letters < 0.5 * len(words) or words[-1] in ",;:-–—":
        return False
    return words[-1] in "?!" or not ends_a_sentence(words)


def _before_the_article(labels: Labels, page: Page) -> None:
    """Above the headline, prices, marks and shreds of one to three short words belong to the page.

    Marks without a word do so down to the first sentence.
    """
    for index in _head(labels):
        if labels.kinds[index] is None and not any(char.isalnum() for char in labels.units[index].words):
            labels.kinds[index] = "boilerplate"
    for index in range(labels.title or 0):
        words = labels.units[index].words
        shred = len(words) <= 20 and len(words.split()) <= 3 and not ends_a_sentence(words)
        shred = shred and not page.tells(labels.units[index])
        if labels.kinds[index] is None and (shred or _PRICE_OR_MARKS.match(words[:40])):
            labels.kinds[index] = "boilerplate"


def _around_stamps(labels: Labels, page: Page) -> None:
    """Names beside a date of publication: in its block, or right above it."""
    for dated in labels.stamps:
        if labels.kinds[dated.unit] != "byline":
            continue
        block = labels.units[dated.unit].block
        for index in range(max(0, dated.unit - 3), min(len(labels.units), dated.unit + 4)):
            unit = labels.units[index]
            near = unit.block == block or index == dated.unit - 1
            named = (is_name(unit.words) and len(unit.words.split()) <= 4) or unit.view in page.outlets
            if labels.kinds[index] is None and near and named and len(unit.words) <= 40:
                labels.kinds[index] = "byline"


def _repeated(labels: Labels) -> None:
    """A short line that stands above or below the article, and again elsewhere, belongs to the page."""
    sentences = [
        index for index, unit in enumerate(labels.units) if labels.kinds[index] is None and unit.is_sentence
    ]
    if not sentences:
        return
    short = {
        index: _folded(unit.words)
        for index, unit in enumerate(labels.units)
        if labels.kinds[index] is None and len(unit.words) <= 60 and not ends_a_sentence(unit.words)
    }
    counts = Counter(short.values())
    outside = {words for index, words in short.items() if not sentences[0] < index < sentences[-1]}
    for index, words in short.items():
        if counts[words] > 1 and words in outside:
            labels.kinds[index] = "boilerplate"


def _other_script(labels: Labels) -> None:
    """A word or two in another script than the text's are a button of the page, not reporting."""
    scripts = Counter(script for unit in labels.units if (script := _script(unit.words[:200])) is not None)
    if not scripts:
        return
    main, count = scripts.most_common(1)[0]
    if count < 0.8 * scripts.total():
        return
    for index, unit in enumerate(labels.units):
        short = len(unit.words) <= 30 and len(unit.words.split()) <= 2
        if labels.kinds[index] is None and short and _script(unit.words) not in (None, main):
            labels.kinds[index] = "boilerplate"


def _script(words: str) -> str | None:
    """The script of the first letter, as Unicode names it ("LATIN"); None where there is no letter."""
    letter = next((char for char in words if char.isalpha()), None)
    return unicodedata.name(letter, "OTHER").split(" ", 1)[0] if letter else None
