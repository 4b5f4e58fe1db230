"""Reports that are 28 years earlier or later: of all days in print only the years change.

After 28 years every day of every month is the same day of the week again, as long as no year is left out of
the leap years: from 1901 to 2099. So "in March", "12-14 May" and "on Friday" mean what they meant.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from sayso.codebook import Codebook
from sayso.coding.reading import within
from sayso.evaluate.calendars import Unsafe, check_publication, published_later, shifted
from sayso.evaluate.changes import Back, Changed, Edit, Original, Unmade, changed_by, edit_of
from sayso.language import view
from sayso.model import COUNT_FIELDS, Span

YEARS = 28
_DAYS = 365 * YEARS + YEARS // 4
_CALENDAR = range(1901, 2100)
# Years whose last two digits alone say which they are, wherever sayso reads them.
_SHORT = range(1969, 2041)

_YEAR = re.compile(r"(?<![\w$€£])(?<!\d[,:])(?:19|20)\d\d(?![\w%])(?!,\d{3})")
_SHORT_DATE = re.compile(r"\d{1,2}\s+[^\W\d_]+\s+(?P<year>\d\d)")
_NEXT_WORD = re.compile(r"[ \n-]+([a-z.]+)")


def moved_by_calendar(original: Original, years: int) -> Changed | Unmade:
    """The report so many years later, which is 28 or -28.

    Raises Unsafe where a year would leave the calendar.
    """
    days = _DAYS * years // YEARS
    codebook = shifted(original.codebook, days)
    published = published_later(original.source.published, days)
    edits = [*_years(original, years), *_short_years(original, years)]
    changed = changed_by(original, edits, Back(days=days), codebook=codebook, published=published)
    if not isinstance(changed, Unmade):
        check_publication(original, changed.source, codebook, days)
    return changed


def _years(original: Original, years: int) -> Iterator[Edit]:
    for found in _YEAR.finditer(original.text):
        old, new = int(found.group()), int(found.group()) + years
        is_told = bool(within(original.reading.times, *found.span()))
        if old in _CALENDAR and new in _CALENDAR:
            if is_told or not _is_other_number(original, found.span()):
                yield edit_of(original.text, found.span(), str(new))
        elif is_told:
            raise Unsafe(Unmade.YEARS)


def _is_other_number(original: Original, span: Span) -> bool:
    """Whether four digits are a count, a measure or part of a name, and no year."""
    if any(name.kind == "organisation" for name in within(original.reading.actors, *span)):
        return True
    counted = [one.spans.value for one in original.coded.statements if one.field in COUNT_FIELDS]
    if any(value[0] < span[1] and span[0] < value[1] for value in counted if value):
        return True
    following = _NEXT_WORD.match(view(original.text), span[1])
    return following is not None and following.group(1) in _counted(original.codebook)


@lru_cache(maxsize=4)
def _counted(codebook: Codebook) -> frozenset[str]:
    """Words before which a number is how many there are."""
    return frozenset([*codebook.lexicon.units, *(word for row in codebook.people for word in row.words)])


def _short_years(original: Original, years: int) -> Iterator[Edit]:
    """Years of two digits, where they are read: "3 JAN 90"."""
    for time in original.reading.times:
        found = _SHORT_DATE.fullmatch(original.text, time.start, time.end)
        if found and time.date.earliest:
            year = int(time.date.earliest[:4]) + years
            if year not in _SHORT:
                raise Unsafe(Unmade.YEARS)
            yield edit_of(original.text, found.span("year"), f"{year % 100:02}")
