"""Who published a text, as the text shows it, and how dates are written there.

A page shows its publisher in many places, and names others in the same way: an agency whose dispatch it
carries, a site that it re-posts. So each sign counts as much as it is worth, and the best one decides.
"""

import re
from collections.abc import Iterator

from sayso.codebook.schema import Outlet
from sayso.language import view
from sayso.reports.credits import dateline_sources
from sayso.reports.labels import Labels
from sayso.reports.lines import VIEW_LENGTH, Unit, bars_of, part_of, parts_of
from sayso.reports.page import Page, is_name
from sayso.times.stamps import Custom, is_unordered, order_of, told_order

# Set by hand in the order in which one sign gave way to another on pages that show both: a house in large
# print stands above what it says of itself elsewhere, and a name that may be an agency's comes last.
_MASTHEAD = 5.0
_SAYS_SO = 4.0  # "© 2021 X", "X, 3 March 2020", "Headline | X"
_ADDRESS = 3.0
_ALONE = 3.0
_HOUSE_BYLINE = 2.0
_ORIGIN = 1.5  # "This article first appeared on X"
_AGENCY = 1.0  # "(X) --", "By X"
_TOP_LINE = 2.0  # a name above all else
_BYLINE = 2.4  # an outlet alone beside author or date: an agency's, where the page shows another
_NAMED = 0.8  # an outlet in a line of the page
_BESIDE = 0.3  # signs of other kinds beside the best one
_REPOSTS = 2.0  # what a re-poster carries names others, who seldom name the re-poster
_UNKNOWN = -1.5  # a name that only looks like a publisher's
_WEAKEST_OWN = 3.0

_WORDS = re.compile(r"[\w'’]+")
_MOST_WORDS = 5
_TOP = 3
_MOST_LINES = 40  # above and below the article, in which names are looked for
_SHORTEST = 6  # characters of a name that is looked for elsewhere

Sign = tuple[float, str, str | None]
"""What a sign is worth, the name as printed, and the outlet that it is of, if the codebook knows it."""


def publisher_of(text: str, labels: Labels, page: Page, url: str | None = None) -> tuple[str | None, bool]:
    """The publisher that a text shows, and whether a sign says so that no other publisher's text would have.

    An outlet of the codebook, else the name as it is printed; (None, False) where nothing shows one. ``url``
    is the address of the page, where that is known: of several names it tells which one is the page's own.
    """
    worth: dict[str, dict[float, None]] = {}
    printed: dict[str, str] = {}
    for value, name, outlet in (*_signs(text, labels, page), *_addressed(labels, page, url)):
        key = outlet or view(name)
        worth.setdefault(key, {})[value] = None
        if outlet or key not in printed or printed[key].isupper():
            printed[key] = outlet or name
    if not worth:
        return None, False

    def total(key: str) -> float:
        known = page.facts.get(key)
        strong = max(worth[key]) >= _WEAKEST_OWN
        beside = _BESIDE * (len(worth[key]) - 1)
        return (
            max(worth[key]) + beside + (_UNKNOWN if known is None else _REPOSTS * (known.reposts and strong))
        )

    best = max(worth, key=total)  # of equals the one that shows first
    return printed[best], max(worth[best]) >= _WEAKEST_OWN


def _signs(text: str, labels: Labels, page: Page) -> Iterator[Sign]:
    yield from _mastheads(labels, page)
    yield from _recurring(labels, page)
    yield from _behind_title(labels, page)
    stamped = {dated.unit for dated in labels.stamps}
    last = labels.last_prose()
    for index in range(len(labels.units)):
        kind = labels.region_of(index)
        if kind == "title":
            yield from _in_title(labels.units[index], page)
        elif kind == "byline":
            yield from _in_byline(text, labels, index, index in stamped, page)
        if kind not in ("title", "comment"):
            below = last is not None and index > last
            yield from _in_line(text, labels, index, page, below=below)
    for start, end, outlet in dateline_sources(text, labels, page):
        yield _AGENCY, outlet or text[start:end].strip("()"), outlet


def _behind_title(labels: Labels, page: Page) -> Iterator[Sign]:
    """A name behind the headline in a line that prints it once more: "Headline - X"."""
    title = labels.units[labels.title].words if labels.title is not None else ""
    for unit in labels.units[:_MOST_LINES] if title else ():
        parts = parts_of(unit)
        if (
            len(parts) > 1
            and unit.words.startswith(title)
            and len(parts[-1].words) < len(unit.words) - len(title)
        ) and is_name(parts[-1].words):
            yield _sign(_SAYS_SO, parts[-1].words, page)


def _in_title(unit: Unit, page: Page) -> Iterator[Sign]:
    """What stands behind a headline: "Headline | X"."""
    bars = bars_of(unit)
    for part in parts_of(unit)[1:]:
        if part.view in page.outlets or (part in bars and _is_house_alone(part, page)):
            yield _sign(_SAYS_SO, part.words, page)


def _in_line(text: str, labels: Labels, index: int, page: Page, *, below: bool) -> Iterator[Sign]:
    """What a line of the page says of itself, its addresses, and the name that signs it below."""
    unit, kind, cue = labels.units[index], labels.region_of(index), labels.cues.get(index)
    if cue is not None and (house := cue.house or cue.owner) is not None:
        yield _sign(_SAYS_SO, text[slice(*house)], page)
    if kind in ("boilerplate", "byline") and not (cue and cue.credit):
        for host, outlet in page.addressed(unit.words):
            if outlet is not None:
                yield _ADDRESS, host, outlet
    if kind in ("boilerplate", "advertisement", "correction"):
        yield from ((_NAMED, named.form, named.outlet) for named in page.outlets_in(unit.words))
    alone = below and kind in ("byline", "boilerplate") and cue is None
    if alone and _is_house_alone(unit, page):
        yield _sign(_ALONE, unit.words, page)


def _addressed(labels: Labels, page: Page, url: str | None) -> Iterator[Sign]:
    """Names around the article that an address of the page spells: "Karm Post" beside editor@karmpost.com."""
    prose = labels.prose() or [0]
    around = [index for index in range(len(labels.units)) if not prose[0] <= index <= prose[-1]]
    around = [*around[:_MOST_LINES], *around[-_MOST_LINES:]]
    hosts = {
        host: _ADDRESS
        for index in around
        for host, outlet in page.addressed(labels.units[index].words)
        if not outlet
    }
    hosts |= {host: _MASTHEAD for host, outlet in page.addressed(url or "") if not outlet}
    for host, value in hosts.items():
        squashed = "".join(filter(str.isalnum, host))
        for index in around:
            name = _spelt(labels.units[index], squashed)
            if name is not None and page.cue_of(name) is None and name.view not in page.houses:
                yield _sign(value, name.words, page)


def _spelt(unit: Unit, address: str) -> Unit | None:
    """The words of a unit that an address begins with, written as one; None where there are none."""
    words = list(_WORDS.finditer(unit.words[:VIEW_LENGTH]))
    for at, first in enumerate(words):
        for last in words[at : at + _MOST_WORDS][::-1]:
            part = part_of(unit, first.start(), last.end())
            if part is not None and is_name(part.words):
                squashed = "".join(filter(str.isalnum, part.view))
                if len(squashed) >= _SHORTEST and address.startswith(squashed):
                    return part
    return None


def _sign(value: float, words: str, page: Page) -> Sign:
    """A sign whose words are a house's; what they hold beside a known outlet's name is left aside."""
    return value, words, page.named(words)


def _mastheads(labels: Labels, page: Page) -> Iterator[Sign]:
    """The names above the headline that are a known outlet's or look like the name of a house."""
    seen = False
    for index in range(labels.title or 0):
        unit = labels.units[index]
        for part in bars_of(unit)[:1]:
            if labels.region_of(index) in ("comment", "advertisement", "byline"):
                continue
            if part.view in page.outlets:
                yield _MASTHEAD, part.words, page.outlets[part.view]
            elif not seen and index not in labels.cues and not page.is_furniture(part):
                if _is_house_alone(part, page):
                    seen = True
                    yield _sign(_MASTHEAD, part.words, page)
                elif (
                    index < _TOP
                    and 1 < len(part.view.split()) <= _MOST_WORDS
                    and is_name(part.words)
                    and not page.tells(part)
                ):
                    yield _sign(_TOP_LINE, part.words, page)


def _recurring(labels: Labels, page: Page) -> Iterator[Sign]:
    """Names above or below the article that the page gives itself elsewhere, too.

    It does so in what it says of itself ("Follow X", "© X"), in an address ("@x", "x.org"), or where it tells
    who spoke to it ("told X").
    """
    prose = labels.prose()
    if not prose:
        return
    head = range(min(prose[0], labels.title or prose[0], _MOST_LINES))
    tail = range(max(prose[-1] + 1, len(labels.units) - _MOST_LINES), len(labels.units))
    told = [labels.units[index].view for index in labels.cues]
    own = (
        unit
        for index, unit in enumerate(labels.units)
        if labels.region_of(index) in ("boilerplate", "byline")
    )
    hosts = {host for unit in own for host, _ in page.addressed(unit.words)}
    addresses = ["".join(filter(str.isalnum, host)) for host in hosts]
    for index in (*head, *tail):
        if labels.region_of(index) not in ("boilerplate", "byline") or index in labels.cues:
            continue
        for part in bars_of(labels.units[index])[:2]:
            if (
                is_name(part.words)
                and part.view not in page.houses
                and _recurs(part, told, addresses, labels, page)
            ):
                yield _sign(_SAYS_SO, part.words, page)


def _recurs(part: Unit, told: list[str], addresses: list[str], labels: Labels, page: Page) -> bool:
    squashed = "".join(filter(str.isalnum, part.view))
    if len(squashed) >= _SHORTEST and any(address.startswith(squashed) for address in addresses):
        return True
    if len(part.view.split()) < 2 or len(part.view) < _SHORTEST:  # "World" stands everywhere
        return False
    if any(part.view in words and len(words) > len(part.view) + 1 for words in told):
        return True
    return any(
        page.before.search(unit.view[: unit.view.find(part.view)])
        for unit in labels.units
        if part.view in unit.view
    )


def _is_house_alone(unit: Unit, page: Page) -> bool:
    """Whether a unit is a house's name and nothing else: "KARSIN VALLEY TIMES"."""
    if unit.view in page.outlets:
        return True
    words = unit.view.split()
    if len(words) == 1:
        return page.is_house(unit.words) and unit.view not in page.houses
    ends = {words[0], words[-1]} if words else set()
    house = len(words) <= _MOST_WORDS and is_name(unit.words) and not page.houses.isdisjoint(ends)
    return house and not page.houses.issuperset(words) and not page.tells(unit)


def _in_byline(text: str, labels: Labels, index: int, stamped: bool, page: Page) -> Iterator[Sign]:
    unit, cue = labels.units[index], labels.cues.get(index)
    name = cue.name if cue else None
    credit = cue.credit if cue else None
    if name and page.named(text[slice(*name)]) is None and page.is_house(text[slice(*name)]):
        yield _ORIGIN, text[slice(*name)], None
    if cue is None and unit.view not in page.outlets and _is_house_alone(unit, page):
        yield _BYLINE, unit.words, None
    for form, outlet in page.bylines.items():
        if form in unit.view:
            yield _HOUSE_BYLINE, outlet, outlet
    if cue is not None and cue.origin is not None:
        outlet_ = page.named(text[slice(*cue.origin)])
        yield _ORIGIN, text[slice(*cue.origin)], outlet_
    for named in page.outlets_in(unit.words):
        start = unit.start + named.start
        if credit and credit[0] <= start < credit[1]:
            continue
        own = _SAYS_SO if stamped else _BYLINE if unit.view in page.outlets else _AGENCY
        author = name is not None and name[0] <= start < name[1]
        yield (_AGENCY if author else own), named.form, named.outlet


def custom_of(labels: Labels, page: Page, publisher: str | None, url: str | None) -> Custom:
    """How dates are written on a page: as its other dates show, else as its outlet or country does."""
    row: Outlet | None = page.facts.get(publisher or "")
    hosts = [host for host, _ in page.addressed(url or "")]
    order = told_order(unit.words[:200] for unit in labels.units)
    order = (
        order or (row and row.date_order) or order_of(row.country if row else None, next(iter(hosts), None))
    )
    return Custom(order, row.country if row else None)


def is_unsettled(labels: Labels) -> bool:
    """Whether a custom would tell more of a page's dates: figures of two orders, a zone of two meanings."""
    return any(dated.stamp.zone for dated in labels.stamps) or any(
        is_unordered(unit.words[:200])
        for index, unit in enumerate(labels.units)
        if index < 20 or index >= len(labels.units) - 10
    )
