"""Labels what each line of a page is, by the codebook's wording and by shape. When in doubt it is body.

Nothing is cut: labels say what is reporting, and offsets never move.
"""

import re
import unicodedata
from collections import Counter

from sayso.codebook import Codebook
from sayso.language import view
from sayso.model import Region
from sayso.reports import around, comments
from sayso.reports.dates import (
    cue_beside,
    dated_by,
    is_dateline,
    is_plain_dateline,
    is_stamp_line,
    stamp_apart,
    stamps_of,
)
from sayso.reports.labels import Labels
from sayso.reports.lines import VIEW_LENGTH, Unit, bars_of, ends_a_sentence, parts_of, units_of
from sayso.reports.page import Page, is_name, page_of
from sayso.times.stamps import UNKNOWN, Custom, Stamp, is_unordered

_FIRST_LINES = 15
"""How many units from the top a byline is looked for in, at least."""
_LONGEST_HEAD = 60
"""How many units from the top the article begins in, menus above it included."""
_LAST_LINES = 10
"""How many units from the end a byline is looked for in."""
_NEAR = 4  # units within which running text goes on, a picture or an advertisement between
_LONGEST_SHORT = 120
_LONGEST_HEADLINE = 200
_MOST_HOUSE_WORDS = 5
_MOST_OFFICE_WORDS = 12
_MOST_NAME_WORDS = 7
_MOST_AUTHOR_WORDS = 4
_MOST_OF_A_BLOCK = 8  # units; a text without blank lines is one block
_TELLS = 2  # what telling of an incident counts against a byline below
_LONGEST_NAMES = 60
_LONGEST_FIGURES = 30
_MOST_NAMES = 20


_QUOTED = re.compile(r"“[^“”]{20,3000}”\.?|\"[^\"]{20,3000}\"\.?|«[^«»]{20,3000}»\.?")
_WORD = re.compile(r"[^\W\d_]{4,}")
_MARKS = re.compile(r"[\"“”«»]")
_OPENED = re.compile(r"[\"“«]\w")
_CLOSED = re.compile(r"[.,!?…]?\s?[\"”»][.,!?…]?$")
_SIGNED = re.compile(r"^with |\s*[/()\[\]|.,;&]\s*|\s*-{1,2}\s*|\s+and\s+")
_BETWEEN_NAMES = re.compile(r"\s*\([^()]{0,40}\)\s*|,\s*|\s+(?:and|&)\s+")


def label(text: str, codebook: Codebook, title: str | None = None, custom: Custom = UNKNOWN) -> Labels:
    """Labels of all units of a text.

    ``title`` is the one that the input gives, if any, and ``custom`` how dates are written there.
    """
    page = page_of(codebook)
    units = units_of(text)
    labels = Labels(units, [None] * len(units))
    _by_wording(labels, page)
    around.bare_marks(labels)
    comments.announced(labels, codebook, page)
    comments.signed(labels, codebook, page)
    around.advertised(labels)
    around.addressed(labels, page)
    _by_stamps(labels, codebook, page, custom)
    _by_house_bylines(labels, page)
    _by_navigation(labels, page)
    _title(labels, page, title)
    _around_stamps(labels, page)
    _quotations(labels, page)
    around.authors(labels, page, _names(text, labels))
    around.lists(labels)
    around.below_marks(labels)
    _repeated(labels)
    around.above(labels, page)
    around.below_headline(labels, page)
    around.below(labels, page)
    around.between(labels, page)
    _houses_below(labels, page)
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
    """Labels what the codebook's wording tells."""
    for index, unit in enumerate(labels.units):
        cue = page.cue_of(unit)
        if cue is not None:
            labels.kinds[index] = cue.kind
            labels.cues[index] = cue


def _head(labels: Labels) -> range:
    """The units above the article: up to the first sentence of its text.

    A sentence without another one near it is the page's or a deck, where others stand together below.
    """
    count = len(labels.units)
    first: list[int] = []
    for index, unit in labels.open(range(min(count, _LONGEST_HEAD))):
        if (unit.is_sentence and not _is_headline(unit)) or len(unit.words) > 250:
            first.append(index)
    if not first:
        return range(min(count, _FIRST_LINES))
    dense = (index for index in first if any(index < near <= index + _NEAR for near in first))
    return range(next(dense, first[0]))


def _by_stamps(labels: Labels, codebook: Codebook, page: Page, custom: Custom) -> None:
    """Finds the dates of publication: in lines that hold little else, in parts of lines, in datelines.

    Only lines of the first kind are bylines; the others stay what they are.
    """
    count = len(labels.units)
    head = _head(labels)
    top = range(min(count, max(_FIRST_LINES, head.stop + 2)))
    apart = _stamps_apart(labels, head, codebook, page, custom)
    for index in (*top, *range(max(len(top), count - _LAST_LINES), count)):
        unit = labels.units[index]
        stamps = stamps_of(unit, codebook, custom) if labels.kinds[index] in (None, "byline") else []
        if not stamps:
            bare = labels.kinds[index] is None and len(unit.words) <= _LONGEST_FIGURES
            if bare and is_unordered(unit.words) and not _WORD.search(unit.words):
                labels.kinds[index] = "byline"  # a day whose order of figures nothing tells
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


def _stamps_apart(
    labels: Labels, head: range, codebook: Codebook, page: Page, custom: Custom
) -> dict[int, Stamp]:
    """The stamps that fill a part of a line above the article; none where they differ, as in a table."""
    found = {
        index: stamp
        for index in head
        if labels.kinds[index] is None
        and (stamp := stamp_apart(labels.units[index], codebook, page, custom)) is not None
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
    as a heading. What looks like the name of a house, or stands in parts, goes after all others. Where the
    words of the headline come again, they are the title again.
    """
    units = labels.units
    wanted = _folded(given) if given else None
    likely = _likely_titles(labels, page)
    counts = Counter(_folded(units[index].words) for index in likely)
    plain = [index for index in likely if not _is_house_name(units[index], page)]
    twice = [index for index in plain if counts[_folded(units[index].words)] > 1]
    best = _by_what_follows(labels, twice or plain, page)
    if wanted:
        first = range(min(len(units), _LONGEST_HEAD))
        best = [index for index in first if _folded(units[index].words) == wanted] or best
    if not (best or likely) or len(units) == 1:
        return
    labels.title = (best or likely)[0]
    words = _folded(units[labels.title].words)
    for index, unit in enumerate(units):
        same = abs(len(unit.words) - len(words)) <= 20 and _folded(unit.words) == words
        if same and labels.kinds[index] in (None, "byline", "boilerplate"):
            labels.kinds[index] = "title"


def _likely_titles(labels: Labels, page: Page) -> list[int]:
    """The units above the article that look like headlines; those in parts only where there is no other.

    What stands right above a byline need not look like one, and where nothing looks like one, what tells of
    an incident may be worded like a link of the page ("Live: ...").
    """
    units = labels.units
    head = _head(labels)
    stamped = {dated.unit for dated in labels.stamps}
    likely = [
        index
        for index in head
        if labels.kinds[index] is None
        and (_is_headline(units[index]) or (_is_short(units[index]) and _is_above_byline(labels, index)))
    ]
    plain = [index for index in likely if index not in stamped and len(parts_of(units[index])) < 3]
    likely = plain or [index for index in likely if index not in stamped or len(parts_of(units[index])) > 1]
    return likely or [
        index
        for index in head
        if labels.kinds[index] in ("boilerplate", "caption")
        and _is_headline(units[index])
        and page.tells(units[index])
    ]


def _is_short(unit: Unit) -> bool:
    """Whether a unit is a line of a few words."""
    return len(unit.words) <= _LONGEST_SHORT and len(unit.words.split()) > 1 and "\n" not in unit.words


def _is_above_byline(labels: Labels, index: int) -> bool:
    """Whether the next unit is a byline, or a name with one below it; a name by itself is no headline."""
    below = labels.units[index + 1 : index + 2]
    if is_name(labels.units[index].words) and len(labels.units[index].words.split()) <= _MOST_AUTHOR_WORDS:
        return labels.kinds[index + 1 : index + 2] == ["byline"] and index == 0
    named = any(is_name(unit.words) and len(unit.words.split()) <= _MOST_AUTHOR_WORDS for unit in below)
    return "byline" in labels.kinds[index + 1 : index + 2 + named]


def _by_what_follows(labels: Labels, likely: list[int], page: Page) -> list[int]:
    """Of likely headlines the best one: it tells of an incident, or stands above a byline, or both.

    A slogan of the house or a link may look like a headline, but stands further up, among other links. What
    stands right above the best one goes before it: that may be a deck.
    """
    if not likely:
        return []

    def worth(index: int) -> int:
        return _TELLS * page.tells(labels.units[index]) + ("byline" in labels.kinds[index + 1 : index + 3])

    def names_a_house(index: int) -> bool:
        first = parts_of(labels.units[index])[0]
        return is_name(first.words) and not page.houses.isdisjoint(first.view.split())

    signed = next(
        (index for index in range(likely[0], len(labels.units)) if labels.kinds[index] == "byline"), 0
    )
    best = max([index for index in likely if index < signed and worth(index)] or likely, key=worth)
    deck = best - 1 in likely and (page.tells(labels.units[best - 1]) or not names_a_house(best - 1))
    return ([best - 1] if deck else [best]) if worth(best) else likely


def _is_house_name(unit: Unit, page: Page) -> bool:
    """Whether a unit may be the name of a paper or an office: capitals that tell of nothing, or a known name.

    A few capitals may be any house's, more of them only where a word for one is among them.
    """
    if any(part.view in page.outlets for part in bars_of(unit)[:1]):
        return True
    words = unit.view.split()
    known = not page.houses.isdisjoint(words)
    few = len(words) <= _MOST_HOUSE_WORDS or (known and len(words) <= _MOST_OFFICE_WORDS)
    return few and _is_capitalised(unit.words) and not page.tells(unit)


def _is_capitalised(words: str) -> bool:
    """Whether all longer words begin with a capital, as those of names do."""
    return is_name(words) or all(
        not word[0].islower() or len(word) <= 3 for word in words.split() if word[0].isalpha()
    )


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


def _around_stamps(labels: Labels, page: Page) -> None:
    """Names beside a date of publication: in its block, or right above it."""
    for dated in labels.stamps:
        if labels.kinds[dated.unit] != "byline":
            continue
        if labels.title is not None and dated.unit < labels.title - _NEAR:
            continue  # today's date, among menus
        block = labels.units[dated.unit].block
        small = sum(unit.block == block for unit in labels.units) <= _MOST_OF_A_BLOCK
        head = labels.title if labels.title is not None and labels.title < dated.unit else 0
        for index in range(max(head, dated.unit - 3), min(len(labels.units), dated.unit + 4)):
            unit = labels.units[index]
            beside = abs(index - dated.unit) == 1
            near = beside or (unit.block == block and small)
            named = is_name(unit.words) and 1 < len(unit.words.split()) <= _MOST_NAME_WORDS
            named = (named and not page.tells(unit)) or unit.view in page.outlets
            if labels.kinds[index] is None and near and named and len(unit.words) <= _LONGEST_NAMES:
                labels.kinds[index] = "byline"


def _names(text: str, labels: Labels) -> list[tuple[int, str]]:
    """Who wrote it, as the bylines say, each by name with the unit that says so."""
    found: list[tuple[int, str]] = []
    for index, unit in enumerate(labels.units):
        cue = labels.cues.get(index)
        if labels.kinds[index] != "byline":
            continue
        words = text[slice(*cue.name)] if cue is not None and cue.name else unit.words
        found.extend(
            (index, name) for part in _BETWEEN_NAMES.split(words) if is_name(name := part.strip() or "-")
        )
    return found[:_MOST_NAMES]


def _quotations(labels: Labels, page: Page) -> None:
    """Labels paragraphs that are other people's words and nothing else.

    They stand in quotation marks from end to end, though these may be closed some paragraphs below, behind a
    mark of quoting (">"), below a lead-in that no full stop ends ("As X notes, ..."), or below a colon with a
    speaker's "I" or "we" in them.
    """
    set_apart = running = False
    for index, unit in enumerate(labels.units):
        if labels.kinds[index] is not None:
            set_apart, running = set_apart and labels.kinds[index] != "title", False
            continue
        words = unit.words
        own = index > 0 and labels.units[index - 1].words.endswith(":") and page.own_words.search(unit.view)
        marks = len(_MARKS.findall(words))
        begins = _OPENED.match(words) is not None and marks == 1
        ends = running and marks == 1 and _CLOSED.search(words) is not None
        whole = _QUOTED.fullmatch(words) is not None or words.startswith("> ")
        if set_apart or begins or ends or whole or (own and unit.is_sentence) or (running and not marks):
            labels.kinds[index] = "quotation"
        running = begins or (running and not marks)
        set_apart = not set_apart and _is_lead_in(unit, page)


def _is_lead_in(unit: Unit, page: Page) -> bool:
    """Whether a unit credits an outlet in its first words and ends without a full stop, or with a colon."""
    if ends_a_sentence(unit.words) or len(unit.words) > VIEW_LENGTH:
        return False
    return any(
        page.lead_in.search(unit.view[: named.start]) and page.notes.match(unit.view[named.end :])
        for named in page.outlets_in(unit.words)
    )


def _houses_below(labels: Labels, page: Page) -> None:
    """Names of outlets alone below the article sign it: "(AFP)", "AP/Reuters"."""
    last = labels.last_prose()
    for index, unit in enumerate(labels.units):
        below = last is not None and index > last and labels.kinds[index] in (None, "boilerplate")
        if below and index not in labels.cues:
            names = [part for part in _SIGNED.split(unit.view) if part]
            signs = index - 1 == last and len(unit.words.split()) > 1 and around.is_signature(unit, page)
            if names and (all(name in page.outlets for name in names) or (signs and len(names) > 1)):
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
