"""One plain line for a reader. It names no perpetrator, because it has no room for whose word that is."""

from datetime import date

from sayso.model import Count, Date, Place

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_PREPOSITIONS = {"exact": "at", "near": "near", "route": "on"}


def title_of(sub_event_type: str, place: Place | None, when: Date, killed: Count | None) -> str:
    """What happened, where, when and how many died, as far as each is known.

    >>> kabul = Place("Kabul", "Kabul", country="AFG", precision="town")
    >>> title_of("Suicide bomb", kabul, Date("2021-08-26", "2021-08-26", "day"), Count(182, 182, 182))
    'Suicide bomb in Kabul, 26 August 2021 (182 killed)'
    """
    where = f" {_PREPOSITIONS.get(place.precision or '', 'in')} {place.name or place.text}" if place else ""
    day = date_words(when)
    dead = _killed_words(killed)
    return f"{sub_event_type}{where}{f', {day}' if day else ''}{f' ({dead})' if dead else ''}"


def date_words(when: Date) -> str:
    """An interval in words: "21 November 2020", "21 to 23 November 2020", "November 2020", "2020".

    Without a year "20 July"; "" where nothing is known or the interval is open.
    """
    if when.earliest is None or when.latest is None:
        return _yearless_words(when.edtf or "")
    first, last = date.fromisoformat(when.earliest), date.fromisoformat(when.latest)
    if first == last:
        return _words(first)
    if when.precision in ("month", "season", "year"):
        return _months_words(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_words(last)}"
    return f"{_words(first)} to {_words(last)}"


def _words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _months_words(first: date, last: date) -> str:
    start, end = MONTHS[first.month - 1], MONTHS[last.month - 1]
    if first.year != last.year:
        return f"{start} {first.year} to {end} {last.year}"
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"{start} {first.year}" if start == end else f"{start} to {end} {first.year}"


def _yearless_words(edtf: str) -> str:
    parts = edtf.split("-")
    if parts[0] != "XXXX" or not all(part.isdecimal() for part in parts[1:]) or len(parts) not in (2, 3):
        return ""
    month = int(parts[1])
    if not 1 <= month <= 12:
        return ""
    return " ".join([str(int(part)) for part in parts[2:]] + [MONTHS[month - 1]])


def _killed_words(killed: Count | None) -> str:
    if killed is None:
        return ""
    if killed.best is not None and not (killed.high is None and killed.low == killed.best):
        return f"{killed.best} killed" if killed.best else "none killed"
    if killed.low is not None and killed.high is not None and killed.low != killed.high:
        return f"{killed.low} to {killed.high} killed"
    if killed.low is not None and killed.high is None:
        return f"at least {killed.low} killed"
    return ""
