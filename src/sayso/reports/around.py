"""What stands around an article: links above the headline, below the last paragraph, readers' comments.

A line of which nothing is known is the page's only where it stands outside the article and looks like no
part of it: nothing that tells of an incident is taken for a link without other links beside it.
"""

import re
from itertools import pairwise

from sayso.language import view
from sayso.model import RegionKind
from sayso.reports.labels import Labels, is_prose
from sayso.reports.lines import Unit, bars_of, ends_a_sentence
from sayso.reports.page import Page, is_name

_LONGEST_LINK = 200
_LONGEST_MARK = 40
_MOST_WORDS_OF_A_PART = 5
_FEW_WORDS = 3
_MOST_WORDS_OF_A_NAME = 8
_NEAR = 2
_FAR = 4
_MANY = 3
_QUOTES = re.compile(r"[\"“”«»]")
_BETWEEN = re.compile(r"\s*[/|()•·,]\s*|\s+[-–—]\s+|\s+(?:in|and|for|@\w{2,30})(?:\s+|$)")
_ENOUGH_LINKS = 2
_TWO = 2
_LONGEST_ADDRESS = 300
_LONGEST_LINE_OF_ADS = 140
_PRICE = re.compile(r"[$£€₦₹¥]\s?\d|\d\s?%|\b\d+\.\d{2}\b")
_LIST_MARKS = ("•", "-", "–", "—", "*", "·", "▪", "‣", "–")


def bare_marks(labels: Labels) -> None:
    """Marks without a letter or a figure are buttons and ornaments."""
    for index, unit in labels.open():
        if not any(char.isalnum() for char in unit.words):
            labels.kinds[index] = "boilerplate"


def above(labels: Labels, page: Page) -> None:
    """Above the headline everything belongs to the page, but for what tells of an incident."""
    for index, unit in labels.open(range(labels.title or 0)):
        if not (page.tells(unit) or unit.is_sentence):
            labels.kinds[index] = "boilerplate"


def below_headline(labels: Labels, page: Page) -> None:
    """Between the headline and the first paragraph: links, counters, names of sections; names are bylines.

    A line of more than a few words may be the deck of the article, and one right above its text a heading.
    """
    prose = labels.prose()
    if labels.title is None or not prose:
        return
    head = range(labels.title + 1, _start_of(prose))
    if sum(not any(char.isalpha() for char in unit.words) for _, unit in labels.open(head)) > _MANY:
        return  # figures in such numbers are a table
    for index, unit in labels.open(head):
        words = len(unit.words.split())
        if page.tells(unit) or unit.words[0] in _LIST_MARKS or is_prose(unit):
            continue
        signature = not ends_a_sentence(unit.words) and is_signature(unit, page)
        if signature and len(_BETWEEN.split(unit.words)) > 1:
            labels.kinds[index] = "byline"
        elif _is_row_of_links(unit) or (words == 1 and (index + 1 < head.stop or not unit.words.isupper())):
            labels.kinds[index] = "boilerplate"
        elif signature:
            labels.kinds[index] = "byline"
        elif words <= _FEW_WORDS and index + 1 < head.stop and not ends_a_sentence(unit.words):
            labels.kinds[index] = "boilerplate"
    for index in head:
        beside = "byline" in labels.kinds[max(0, index - 1) : index + 2 : 2]
        if labels.kinds[index] == "boilerplate" and beside and "@" in labels.units[index].words:
            labels.kinds[index] = "byline"


def is_signature(unit: Unit, page: Page) -> bool:
    """Whether a unit is names of people, perhaps with their outlet: "Ana Bel", "Ana Bel / Karsin Post"."""
    parts = [part.strip() for part in _BETWEEN.split(unit.words) if part.strip()]
    if not parts or len(unit.words.split()) > 2 * _MOST_WORDS_OF_A_NAME or not all(map(is_name, parts)):
        return False
    known = parts[0].split()[0].lower() in page.given_names and len(parts[0].split()) > 1
    return len(parts) == 1 or known or any(page.is_house(part) for part in parts)


def _start_of(prose: list[int]) -> int:
    """Where running text begins: at the first sentence with another one near it, else at the first one."""
    dense = (one for one, after in pairwise(prose) if after - one <= _NEAR)
    return next(dense, prose[0])


def _is_row_of_links(unit: Unit) -> bool:
    """Whether a unit is short things side by side: "News   Sport   Culture", "0   3,412   2 minutes read"."""
    parts = bars_of(unit) if len(unit.words) <= _LONGEST_LINK else ()
    if len(parts) < 2 or ends_a_sentence(unit.words):
        return False
    return all(
        len(part.words.split()) <= _MOST_WORDS_OF_A_PART and not ends_a_sentence(part.words) for part in parts
    )


def below_marks(labels: Labels) -> None:
    """What a line announces that holds no more than a word for it: the text of a correction below its name.

    A sentence above a picture's credit is its caption where it stands apart from running text.
    """
    for index in range(1, len(labels.units)):
        cue, unit = labels.cues.get(index - 1), labels.units[index]
        named = (
            cue is not None
            and cue.kind == "correction"
            and len(labels.units[index - 1].words) <= _LONGEST_MARK
        )
        if named and labels.kinds[index] is None and is_prose(unit):
            labels.kinds[index] = "correction"
        credit = labels.kinds[index] == "caption" and len(unit.words.split()) <= _MOST_WORDS_OF_A_NAME
        apart = index == 1 or labels.kinds[index - 2] is not None
        if credit and apart and labels.kinds[index - 1] is None:
            labels.kinds[index - 1] = "caption"


def lists(labels: Labels) -> None:
    """The links that a row of page.yaml opens ("More on the topic:"), up to the next paragraph."""
    begun = False
    opened: RegionKind | None = None
    for index, unit in enumerate(labels.units):
        cue = labels.cues.get(index)
        if cue is not None and cue.opens is not None:
            opened = cue.opens if begun and cue.opens != "comment" else None
        elif is_prose(unit) and labels.kinds[index] in (None, "quotation"):
            begun = True
            if opened and unit.words[-1] in "?!" and not unit.is_sentence:
                labels.kinds[index] = opened
            else:
                opened = None
        elif opened and labels.kinds[index] is None:
            labels.kinds[index] = opened


def advertised(labels: Labels) -> None:
    """A cry ("Four for three, today only!") right below a mark of advertising is one."""
    for index, unit in labels.open(range(1, len(labels.units))):
        cry = unit.words.endswith("!") and len(unit.words) <= _LONGEST_LINK
        if cry and labels.kinds[index - 1] == "advertisement":
            labels.kinds[index] = "advertisement"


def addressed(labels: Labels, page: Page) -> None:
    """What speaks to the readers of what the page offers them, or sells them something.

    "We are on Telegram. Find our channels below." Two words for such things are needed, one beside a line of
    the page or of advertising; nothing that tells of an incident or quotes somebody is taken.
    """
    for index, unit in labels.open():
        if len(unit.words) > _LONGEST_ADDRESS or page.tells(unit) or _QUOTES.search(unit.words):
            continue
        beside = labels.kinds[max(0, index - 1) : index] + labels.kinds[index + 1 : index + 2]
        its = set(page.page_words.findall(unit.view))
        spoken = page.addresses(unit)
        if its and spoken and len(its) + ("boilerplate" in beside) + (spoken > 1) >= _TWO:
            labels.kinds[index] = "boilerplate"
            labels.worded.add(index)
            continue
        goods = set(page.selling.findall(unit.view))
        priced = _PRICE.search(unit.words) is not None or unit.words.endswith("!")
        short = len(unit.words) <= _LONGEST_LINE_OF_ADS
        if short and goods and len(goods) + priced + ("advertisement" in beside) > _TWO:
            labels.kinds[index] = "advertisement"
            labels.worded.add(index)


def authors(labels: Labels, page: Page, names: list[tuple[int, str]]) -> None:
    """Below the article, the name of who wrote it, with or without who that is, is the page's."""
    prose = labels.prose()
    for index, unit in enumerate(labels.units):
        if len(prose) < 2 or index < prose[1] or labels.kinds[index] not in (None, "byline"):
            continue
        known = (name for at, name in names if at < prose[0] and len(name.split()) > 1)
        name = next((name for name in known if unit.words.startswith(name)), None)
        if name is None or len(unit.words) > 400:
            continue
        rest = unit.words[len(name) :]
        alone = len(rest.split()) <= _FEW_WORDS and not ends_a_sentence(rest)
        if (alone and index > prose[-1]) or page.portraits.match(view(rest)):
            labels.kinds[index] = "boilerplate"


def between(labels: Labels, page: Page) -> None:
    """Short lines between two lines of the page belong to it, and so does a sentence by itself among many.

    What tells of an incident does only among others like it: links to other articles stand in numbers.
    """
    count = len(labels.units)
    index = 0
    while index < count:
        start = index
        while index < count and _is_loose(labels, index):
            index += 1
        inside = start < index and start > 0 and index < count
        if inside and _is_page(labels, start - 1) and _is_page(labels, index):
            run = range(start, index)
            for one in run:
                if len(run) >= _MANY or not page.tells(labels.units[one]):
                    labels.kinds[one] = "boilerplate"
        index = max(index, start + 1)
    last = labels.last_prose()
    for index in range(last + 1 if last is not None else count, count - 1):
        if _is_page(labels, index - 1) and _is_page(labels, index + 1) and _is_moment(labels, index):
            labels.kinds[index] = "boilerplate"  # of another article
    for index in labels.prose():
        unit = labels.units[index]
        near = [*range(index - _MANY, index), *range(index + 1, index + 2)]
        alone = near[0] >= 0 and near[-1] < count and all(_is_page(labels, one) for one in near)
        if (
            alone
            and len(unit.words) <= _LONGEST_LINK
            and not page.tells(unit)
            and not _QUOTES.search(unit.words)
        ):
            labels.kinds[index] = "boilerplate"


def _is_moment(labels: Labels, index: int) -> bool:
    """Whether a unit is a date or an hour and names nobody."""
    cue = labels.cues.get(index)
    named = cue is not None and (cue.name or cue.credit or cue.outlet or cue.origin)
    return labels.kinds[index] == "byline" and not named and any(map(str.isdigit, labels.units[index].words))


def _is_loose(labels: Labels, index: int) -> bool:
    """Whether a unit may be a link: nothing is known of it, and it is no sentence and no item of a list."""
    unit = labels.units[index]
    listed = unit.words[0] in _LIST_MARKS or unit.words[0].islower()
    return (
        labels.kinds[index] is None and not is_prose(unit) and not listed and len(unit.words) <= _LONGEST_LINK
    )


def _is_page(labels: Labels, index: int) -> bool:
    return labels.kinds[index] in ("boilerplate", "advertisement", "comment")


def below(labels: Labels, page: Page) -> None:
    """Below the article, what is no sentence belongs to the page.

    Where nothing of the page stands above it, a line may still be the article's: the last item of a list, a
    row of a table, a paragraph cut short.
    """
    prose = labels.prose()
    if not prose:
        return
    links = 0
    for index in range(_end_of(prose) + 1, len(labels.units)):
        unit = labels.units[index]
        if labels.kinds[index] is not None:
            links += labels.kinds[index] in ("boilerplate", "advertisement")
        elif is_prose(unit):
            links = 0
        elif not _may_go_on(unit, links, page):
            labels.kinds[index] = "boilerplate"
            links += 1


def _end_of(prose: list[int]) -> int:
    """The last paragraph, but for one or two that stand far below the others."""
    begun = prose.index(_start_of(prose))
    for at, (one, after) in enumerate(pairwise(prose[begun:]), start=begun + 1):
        if after - one > _FAR and len(prose) - at < _MANY:
            return one
    return prose[-1]


def _may_go_on(unit: Unit, links: int, page: Page) -> bool:
    """Whether a line below the last paragraph may be the article's, after so many links of the page."""
    if links >= _ENOUGH_LINKS:
        return False
    figures = any(char.isdigit() for char in unit.words) and any(char.isalpha() for char in unit.words)
    listed = unit.words[0] in _LIST_MARKS or unit.words[0].islower() or figures
    if links:
        return page.tells(unit) or (listed and not _is_row_of_links(unit))
    few = len(unit.words.split()) <= _FEW_WORDS
    return listed or page.tells(unit) or ends_a_sentence(unit.words) or not (few or _is_row_of_links(unit))
