"""What markup says that a part of a page is: element names, roles, class names and ids, by layout.yaml."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from lxml import etree

from sayso.codebook import data_file
from sayso.model import RegionKind

SILENT: frozenset[RegionKind] = frozenset({"boilerplate", "advertisement", "comment"})
"""The kinds that hold for everything inside an element, whatever else that says of itself."""

_LONGEST_NAME = 60  # names that people or programs give; what is longer is made to be slow to match
_MOST_NAMES = 30
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_TOO_WIDE = frozenset({"html", "body", "main", "article"})
"""Elements whose class names tell of the whole page ("has-sidebar"), not of themselves."""


@dataclass(frozen=True, slots=True)
class Sign:
    """What an element shows itself to be; ``weak`` where the article's own signs go before it."""

    kind: RegionKind
    weak: bool = False


@dataclass(frozen=True)
class Markup:
    """layout.yaml, ready for use."""

    hidden: frozenset[str]
    inline: frozenset[str]
    elements: dict[str, RegionKind]
    roles: dict[str, RegionKind]
    names: tuple[tuple[re.Pattern[str], Sign], ...]
    byline_marks: dict[str, frozenset[str]]
    meta: dict[str, tuple[str, ...]]
    articles: frozenset[str]

    def sign_of(self, element: etree._Element) -> Sign | None:
        """What an element shows itself to be; None where it shows nothing."""
        tag = tag_of(element)
        if tag in _TOO_WIDE:
            return None
        if (kind := self.elements.get(tag)) is not None:
            return Sign(kind)
        if (kind := self.roles.get(element.get("role", "").strip().lower())) is not None:
            return Sign(kind)
        for attribute, values in self.byline_marks.items():
            if element.get(attribute, "") in values:
                return Sign("byline")
        given = f"{element.get('class', '')} {element.get('id', '')}"
        signs = [sign for name in given.split()[:_MOST_NAMES] if (sign := self._named(name)) is not None]
        silent = (sign for sign in signs if sign.kind in SILENT)
        return next(silent, None) or next(iter(signs), None)

    def _named(self, name: str) -> Sign | None:
        return _sign_of_name(name) if len(name) <= _LONGEST_NAME else None


@cache
def markup() -> Markup:
    """The one layout.yaml there is."""
    data: dict[str, Any] = data_file("sayso.reports.readers", "layout.yaml")
    names = tuple(
        (re.compile(row["pattern"]), Sign(row["kind"], row.get("weak", False))) for row in data["names"]
    )
    return Markup(
        hidden=frozenset(data["hidden"]),
        inline=frozenset(data["inline"]),
        elements=data["elements"],
        roles=data["roles"],
        names=names,
        byline_marks={name: frozenset(values) for name, values in data["byline_marks"].items()},
        meta={name: tuple(values) for name, values in data["meta"].items()},
        articles=frozenset(data["articles"]),
    )


@cache
def _sign_of_name(name: str) -> Sign | None:
    plain = _HUMP.sub("-", name).replace("_", "-").lower()
    return next((sign for pattern, sign in markup().names if pattern.fullmatch(plain)), None)


def tag_of(element: etree._Element) -> str:
    """The name of an element in lower case; "" for a comment or an instruction."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_hidden(element: etree._Element) -> bool:
    """Whether a page says of an element that nobody is to see it."""
    style = element.get("style")
    if style is not None and "display:none" in style.replace(" ", "").lower():
        return True
    return element.get("hidden") is not None or tag_of(element) in markup().hidden


def ancestors(element: etree._Element) -> list[etree._Element]:
    """An element and all that hold it, from the inside out."""
    return [element, *cast("Any", element).iterancestors()]
