"""What a page says about itself: JSON-LD first, then meta elements, then the time elements of the article."""

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from htmldate import find_date
from lxml import etree

from sayso.reports.readers.markup import markup

_LONGEST_SCRIPT = 1_000_000
_MOST_NODES = 5_000  # objects looked at in all scripts: a page of the press has some dozens
_LONGEST_VALUE = 500
_WITH_HOUR = "%Y-%m-%dT%H:%M:%S%z"
_MIDNIGHT = re.compile(r"T00:00(?::00(?:\.0+)?)?$")
_DAY = re.compile(r"(?:19|20)\d\d-?[01]\d-?[0-3]\d")
_SEPARATOR = re.compile(r"\s*[|»›·•]\s*|\s+(?:[–—-]|:{1,2})\s+")
_MOST_HEADINGS = 30
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
_LONGEST_NAME = 80
_ADDRESS = re.compile(r"https?://\S{1,480}$")


@dataclass(slots=True)
class Metadata:
    """What a page says about itself; None where it says nothing. Dates as it prints them, ISO 8601 mostly."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    titles: list[str] = field(default_factory=list)
    """All that it gives as its title, the first one first."""


def metadata_of(root: etree._Element) -> Metadata:
    """The metadata of a page. A value that is not there is None; nothing is guessed from its text."""
    article = next(_articles(root), {})
    meta = _meta(root)
    titles = [_words(article.get("headline")), meta.get("title"), _title_element(root)]
    known = [title for title in titles if title]
    published = _date(article.get("datePublished")) or _date(meta.get("published")) or _found_date(root)
    updated = _date(article.get("dateModified")) or _date(meta.get("updated"))
    return Metadata(
        title=known[0] if known else None,
        publisher=_name(article.get("publisher")) or meta.get("publisher") or _house(root, known),
        url=_url(root, article, meta),
        byline=_names(article.get("author")) or _no_address(meta.get("byline")) or _author(root),
        published=published,
        updated=None if updated == published else updated,
        titles=known,
    )


def _articles(root: etree._Element) -> Iterator[dict[str, Any]]:
    """The articles that the scripts with JSON-LD describe, in order."""
    left = _MOST_NODES
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        words = script.text or ""
        if len(words) > _LONGEST_SCRIPT:
            continue
        try:
            nodes: list[Any] = [json.loads(words, strict=False)]
        except (ValueError, RecursionError):
            continue
        while nodes and left:
            left -= 1
            node = nodes.pop(0)
            if isinstance(node, list):
                nodes[:0] = node[:left]
            elif isinstance(node, dict):
                kinds = node.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and kind in markup().articles for kind in kinds):
                    yield node
                nodes[:0] = [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _meta(root: etree._Element) -> dict[str, str]:
    """The first meta element for each thing that layout.yaml lists."""
    given: dict[str, str] = {}
    for element in root.iter("meta"):
        content = _words(element.get("content"))
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute, "").strip().lower()
            if name and content:
                given.setdefault(name, content)
    return {
        key: given[first]
        for key, names in markup().meta.items()
        if (first := next((name for name in names if name in given), None)) is not None
    }


def _title_element(root: etree._Element) -> str | None:
    element = next(root.iter("title"), None)
    return None if element is None else _words("".join(str(part) for part in element.itertext()))


def _house(root: etree._Element, titles: list[str]) -> str | None:
    """The house in a title such as "Rockets hit Charda | The Paper", where the headline stands alone, too.

    It may stand so in another title, or in a heading of the page.
    """
    headings = (heading for tag in ("h1", "h2", "h3") for heading in islice(root.iter(tag), _MOST_HEADINGS))
    alone = {_folded(title) for title in titles}
    alone |= {_folded("".join(str(part) for part in heading.itertext())) for heading in headings}
    for title in titles:
        for cut in _SEPARATOR.finditer(title):
            before, after = title[: cut.start()], title[cut.end() :]
            if _folded(before) in alone:
                return _last_name(after)
            if _folded(after) in alone:
                return _last_name(before)
    return None


def _last_name(words: str) -> str | None:
    """The last part of what a title has beside its headline; None where it is too long for a name."""
    house = _SEPARATOR.split(words)[-1].strip()
    return house if 0 < len(house) <= _LONGEST_NAME else None


def _folded(words: str) -> str:
    return "".join(words.split()).casefold()


def _author(root: etree._Element) -> str | None:
    """The words of the first element that is marked as the author's name."""
    for element in root.iter("a", "span", "p", "div", "address"):
        if element.get("rel") == "author" or element.get("itemprop") in ("author", "name author"):
            words = _words("".join(str(part) for part in element.itertext()))
            if words is not None and len(words) <= _LONGEST_NAME:
                return _BY.sub("", words)
    return None


def _url(root: etree._Element, article: dict[str, Any], meta: dict[str, str]) -> str | None:
    links = (
        link.get("href") for link in root.iter("link") if "canonical" in link.get("rel", "").lower().split()
    )
    given = [*links, meta.get("url"), article.get("url")]
    return next((one.strip() for one in given if isinstance(one, str) and _ADDRESS.match(one.strip())), None)


def _found_date(root: etree._Element) -> str | None:
    """The date of the first time element that says it is that of publication, else what htmldate finds.

    htmldate looks at other elements of the page, not through its text: a guess is not asked.
    """
    for element in root.iter("time"):
        marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if marked and (found := _date(element.get("datetime"))):
            return found
    try:
        its = copy.deepcopy(root)  # it takes parts out
        found = find_date(its, extensive_search=False, original_date=True, outputformat=_WITH_HOUR)
    except (ValueError, TypeError, RecursionError, AttributeError, OverflowError):
        return None
    return _date(found)


def _date(given: object) -> str | None:
    """A date that begins with its day; an hour that is midnight for want of a better one is left out."""
    words = _words(given)
    if words is None:
        return None
    return _MIDNIGHT.sub("", words) if _DAY.match(words) else words


def _words(given: object) -> str | None:
    """A string with its blanks folded; None for anything else, and for one that says nothing."""
    if not isinstance(given, str):
        return None
    return " ".join(given[: 4 * _LONGEST_VALUE].split())[:_LONGEST_VALUE] or None


def _no_address(given: str | None) -> str | None:
    return None if given is None or given.startswith("http") else given


def _name(given: object) -> str | None:
    """The name of a person or a body in JSON-LD: a string, an object with a name, or the first of several."""
    if isinstance(given, list):
        given = given[0] if given else None
    if isinstance(given, dict):
        given = given.get("name")
        given = given[0] if isinstance(given, list) and given else given
    return _no_address(_words(given))


def _names(given: object) -> str | None:
    if isinstance(given, list):
        names = [name for one in given[:20] if (name := _name(one)) is not None]
        return _words(", ".join(dict.fromkeys(names)))
    return _name(given)
