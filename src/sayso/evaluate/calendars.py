"""Moving all that has a day by so many days: reports, and what a codebook knows of days."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from sayso.codebook import Codebook
from sayso.codebook.schema import Actor, Holiday
from sayso.evaluate.changes import Original, Source, Unmade
from sayso.reports import make_report


class Unsafe(Exception):  # noqa: N818 - it is no fault of anybody
    """The dates of a text cannot be moved so that all still agree."""

    def __init__(self, reason: Unmade) -> None:
        super().__init__(str(reason))
        self.reason = reason


def moved(iso: str, days: int) -> str:
    """An ISO day so many days later; what stands after the day stays.

    Raises ValueError for what is no ISO day.
    """
    return str(date.fromisoformat(iso[:10]) + timedelta(days=days)) + iso[10:]


def published_later(published: str | None, days: int) -> str | None:
    """The day of publication that an input gives, moved; raises Unsafe where it is no day."""
    try:
        return moved(published, days) if published else None
    except ValueError as fault:
        raise Unsafe(Unmade.PUBLICATION) from fault


def check_publication(original: Original, source: Source, codebook: Codebook, days: int) -> None:
    """The day of publication, which the text alone may tell, must have moved along; else raises Unsafe."""
    was, now = (
        original.report.published,
        make_report(source.text, codebook, published=source.published).published,
    )
    if (moved(was[:10], days) if was else None) != (now[:10] if now else None):
        raise Unsafe(Unmade.PUBLICATION)


@lru_cache(maxsize=32)
def shifted(codebook: Codebook, days: int) -> Codebook:
    """The codebook of a world in which all was so many days later: feasts, and what actors were when."""
    return replace(
        codebook,
        sha256=hashlib.sha256(f"{codebook.sha256} {days}".encode()).hexdigest(),
        actors=tuple(_actor(row, days) for row in codebook.actors),
        holidays=tuple(_holiday(row, days) for row in codebook.holidays),
    )


def _actor(row: Actor, days: int) -> Actor:
    ends = {name: moved(end, days) for name in ("since", "until") if (end := getattr(row, name))}
    return row.model_copy(update=ends)


def _holiday(row: Holiday, days: int) -> Holiday:
    first = moved(row.first, days)
    begins_before = row.year - int(row.first[:4])  # the night before the first of January is of the new year
    year = int(first[:4]) + begins_before
    return row.model_copy(update={"first": first, "last": moved(row.last, days), "year": year})
