"""Stamps: the date, and often the hour, at which a page says that it was published.

A stamp has its year; "July 20" alone is none. Numbers that can be read in two orders ("03/04/2021") are
none either, unless a weekday beside them, the dots between them or the custom of the page tells which order
is meant: no date is better than a wrong one.
"""

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from sayso.codebook import Codebook, data_file

Order = Literal["dmy", "mdy"]


@dataclass(frozen=True, slots=True)
class Custom:
    """How a page writes its dates: the order of figures, and the country whose zones it names.

    None where it is not known.
    """

    order: Order | None = None
    country: str | None = None


UNKNOWN = Custom()
"""The custom of a page of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a stamp stands in its line, and what it says.

    ``iso`` is a date ("2020-11-21") or a date with the hour ("2020-11-21T14:05"), with a zone ("+04:30", "Z")
    only where its distance from UTC is told. ``zone`` holds a zone that is printed by name alone ("BST"):
    such names stand for several distances, so that ``iso`` leaves them out.
    """

    start: int
    end: int
    iso: str
    zone: str | None = None


# Kept at import: Python translates these names where a program sets a locale.
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_DAYS |= {name.lower(): number for number, name in enumerate(calendar.day_abbr)}
_DAYS |= {"tues": 1, "thur": 3, "thurs": 3}


@cache
def _customs() -> Mapping[str, Any]:
    """The orders and zones of stamps.yaml."""
    loaded: Mapping[str, Any] = data_file("sayso.times", "stamps.yaml")
    return loaded


def order_of(country: str | None, domain: str | None = None) -> Order | None:
    """The order of figures in a country (ISO 3166-1 alpha-3), else the one that an address tells, else None.

    ``domain`` is the host of an address ("news.example.ng").
    """
    known = _customs()
    if country is not None:
        return None if country in known["either"] else "mdy" if country in known["mdy"] else "dmy"
    ending = (domain or "").rsplit(".", 1)[-1]
    return "mdy" if ending in known["mdy_endings"] else "dmy" if ending in known["dmy_endings"] else None


_FIRST_YEAR, _LAST_YEAR = 1900, 2100


_FLAGS = re.IGNORECASE


def _any_of(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_BLANKS = r"[^\S\r\n]{0,4}"
_TOWN = r"(?-i:[A-ZÀ-Þ])[\w'’-]{1,20}(?: [\w'’-]{2,20})?"  # "Baghdad time", "Buenos Aires time"
_TIME = (
    rf"(?P<hour>\d{{1,2}})(?:(?P<dot>[:.])(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:\.\d{{1,9}})?)?)?"
    rf"(?:{_BLANKS}(?P<half>[ap])\.?m\b\.?)?"
    rf"(?:{_BLANKS}(?:(?P<utc>z|utc|gmt)\b)?(?P<shift>[+-]\d{{1,2}}(?::?\d{{2}})?\b)?)"
    rf"(?:{_BLANKS}\(?(?P<zone>(?-i:[A-Z]{{1,4}}T|MSK|WIB)|(?:local|{_TOWN}) time)\b\)?)?"
)
_GAP = r"(?:t(?=\d)|[^\S\r\n]?(?:,|-|–|—|\||at\b|@|·|•)?[^\S\r\n]{0,3}(?:at[^\S\r\n])?)"
# Two digits before words are a number of things ("20 July 15 people"), not a year.
_SHORT_YEAR = r"'?(?P<short>\d{2})(?![:.]\d{2}(?!\d))(?=[^\S\r\n]*(?:$|[^\w\s]|\d{1,2}[:.]\d{2}))"
_LONG_YEAR = r"(?P<year>\d{4})(?!\d)"
_YEAR = rf"(?:{_LONG_YEAR}|{_SHORT_YEAR})"
_SEPARATOR = r"[^\S\r\n]?[/.,\-–]?[^\S\r\n]{0,2}"
_WEEKDAY = rf"(?:\b(?P<weekday>{_any_of(_DAYS)})\b\.?,?{_BLANKS}(?:-{_BLANKS})?)?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DATES = (
    r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
    rf"(?P<a>\d{{1,2}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep){_YEAR}",
)
_NAMED_DATES = (
    rf"(?P<day>\d{{1,2}}){_ORDINAL}(?:{_SEPARATOR}|[^\S\r\n]of[^\S\r\n])(?P<name>{_any_of(_MONTHS)})\b(?:{_SEPARATOR}{_LONG_YEAR}|[^\S\r\n]?[-/.]?[^\S\r\n]?{_SHORT_YEAR})",
    rf"\b(?P<name>{_any_of(_MONTHS)})\b\.?(?:{_BLANKS}|[/-])(?P<day>\d{{1,2}}){_ORDINAL}(?:,{_BLANKS}|[^\S\r\n]|[/-]){_LONG_YEAR}",
)


def _compiled(shapes: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<![\w./-]){_WEEKDAY}{shape}", _FLAGS) for shape in shapes)


_NUMERIC = _compiled(_DATES)
_FIGURES = _NUMERIC[1]
_NAMED = _compiled(_NAMED_DATES)
_AFTER = re.compile(_GAP + _TIME, _FLAGS)
_BEFORE = re.compile(rf"(?<![\w:./-]){_TIME}{_BLANKS}(?:,|-|–|—|\||on\b)?{_BLANKS}$", _FLAGS)
# "5:42 pm, May 3, 2023 (Karsin, UTC+3)"
_ZONE_BEHIND = re.compile(
    rf"{_BLANKS}\(?(?:{_TOWN},{_BLANKS})?(?P<utc>utc|gmt)(?P<shift>[+-]\d{{1,2}}(?::?\d{{2}})?\b)?\)?", _FLAGS
)
_COMPACT_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})(?=$|T)", re.ASCII)
_COMPACT_TIME = re.compile(r"T(\d{2})(\d{2})(\d{2})?", re.ASCII)
# "9 - 15 April 2018" is a period, and neither of its ends is when something was published.
_TO = r"[^\S\r\n]{0,4}(?:-|–|—|\b(?:to|until|till|through|and)\b)[^\S\r\n]{0,4}"
_JOINED = re.compile(_TO, _FLAGS)
_FROM_DAY = re.compile(
    rf"(?<![\d:.])\d{{1,2}}{_ORDINAL}(?:[^\S\r\n]?(?:{_any_of(_MONTHS)})\b\.?)?{_TO}$", _FLAGS
)
_LONGEST_FROM_DAY = 30
_LONGEST_DATE = 100  # characters of a date that an input gives
_LONGEST_TIME = 40  # characters before a date in which its hour is looked for


def find_stamp(line: str, codebook: Codebook, custom: Custom = UNKNOWN) -> Stamp | None:
    """The first date of a line that has its year, with the hour printed beside it.

    None where there is none, where it is no day of the calendar between 1900 and 2100, where it is an end of
    a period ("9 - 15 April 2018"), or where nothing tells in which order its numbers are meant. Names of
    months and days are those of English, and are not looked for with a codebook of another language. Of a
    year's last two digits, 69 to 99 are 1969 to 1999.

    ``custom`` tells the order where nothing in the line does, and what a zone's name means that has several.
    """
    shapes = (*_NUMERIC, *_NAMED) if codebook.language == "en" else _NUMERIC
    found = sorted(
        ((match.start(), rank, match) for rank, shape in enumerate(shapes) for match in shape.finditer(line)),
        key=lambda one: one[:2],
    )
    past = 0  # where the last date of a period ended
    for start, _, match in found:
        if start < past:
            continue
        if (last := _end_of_period(line, match, shapes)) is not None:
            past = last
        elif (day := _day_of(match, custom.order)) is not None:
            return _with_time(line, match, day, custom)
    return None


def told_order(lines: Iterable[str]) -> Order | None:
    """The order of the figures in dates of these lines that can be read in one alone; None where they differ.

    A page writes all its dates in one order: "25/03/2021" tells how its "03/04/2021" is meant.
    """
    told = {order for line in lines for match in _FIGURES.finditer(line) if (order := _order_in(match))}
    return told.pop() if len(told) == 1 else None


def is_unordered(line: str) -> bool:
    """Whether a line holds figures that are two dates, according to how they are read."""
    return any(_day_of(match, "dmy") != _day_of(match, "mdy") for match in _FIGURES.finditer(line))


def _order_in(match: re.Match[str]) -> Order | None:
    """The one order in which figures are a day; None where both orders do or neither does."""
    first, second = _day_of(match, "dmy"), _day_of(match, "mdy")
    if first is None or first != second or match["a"] == match["b"]:
        return None
    return "dmy" if (first.day, first.month) == (int(match["a"]), int(match["b"])) else "mdy"


def _end_of_period(line: str, match: re.Match[str], shapes: tuple[re.Pattern[str], ...]) -> int | None:
    """Where the period ends that a date begins or ends; None where it stands by itself."""
    if _FROM_DAY.search(line[max(0, match.start() - _LONGEST_FROM_DAY) : match.start()]):
        return match.end()
    joined = _JOINED.match(line, match.end())
    if joined is None:
        return None
    ends = [other.end() for shape in shapes if (other := shape.match(line, joined.end())) is not None]
    return max(ends, default=None)


def _day_of(match: re.Match[str], order: Order | None) -> date | None:
    parts = match.groupdict()
    if parts.get("short"):
        year = int(parts["short"])
        year += 1900 if year >= 69 else 2000
    else:
        year = int(parts["year"])
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if parts.get("name"):
        return _day(year, _MONTHS[parts["name"].lower()], int(parts["day"]))
    if parts.get("month"):
        return _day(year, int(parts["month"]), int(parts["day"]))
    a, b = int(parts["a"]), int(parts["b"])
    days = {day for day in (_day(year, b, a), _day(year, a, b)) if day is not None}
    if len(days) > 1 and parts["weekday"]:
        days = {day for day in days if day.weekday() == _DAYS[parts["weekday"].lower()]}
    elif len(days) > 1 and parts["sep"] == ".":
        return _day(year, b, a)  # wherever dates are written with dots, the day goes first
    elif len(days) > 1 and order is not None:
        return _day(year, b, a) if order == "dmy" else _day(year, a, b)
    return days.pop() if len(days) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_time(line: str, match: re.Match[str], day: date, custom: Custom) -> Stamp:
    start, end = match.span()
    after = _AFTER.match(line, end)
    if after is not None and (time := _time_of(after)) is not None:
        return Stamp(start, after.end(), *_in_zone(f"{day}T{time}", after["zone"], custom))
    window = max(0, start - _LONGEST_TIME)
    before = _BEFORE.search(line[window:start])
    if before is not None and (time := _time_of(before)) is not None:
        behind = None if _zone_of(before) else _ZONE_BEHIND.match(line, end)
        shift = _zone_of(behind) if behind else ""
        stamp_end = behind.end() if behind and shift else end
        return Stamp(
            window + before.start(), stamp_end, *_in_zone(f"{day}T{time}{shift}", before["zone"], custom)
        )
    return Stamp(start, end, str(day))


def _in_zone(iso: str, zone: str | None, custom: Custom) -> tuple[str, str | None]:
    """A moment with the distance from UTC that its zone's name stands for, else the name beside it."""
    if zone is None or iso[10:].strip("T0123456789:"):  # the distance is printed too
        return iso, zone
    shift = _customs()["zones"].get(zone)
    shift = shift or _customs()["zones_by_country"].get(zone, {}).get(custom.country)
    return (iso, zone) if shift is None else (iso + shift, None)


def _time_of(match: re.Match[str]) -> str | None:
    """The hour as ISO 8601 writes it; None where the digits are no hour of a day."""
    if match["minute"] is None and match["half"] is None:
        return None  # a bare number is no hour
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"] is not None:
        if not 1 <= hour <= 12 and match["minute"] is None:
            return None
        # "17:05 PM" is printed too: there the half says nothing new
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0) if hour <= 12 else hour
    seconds = int(match["second"] or 0)
    if hour > 23 or minute > 59 or seconds > 59:
        return None
    time = f"{hour:02}:{minute:02}" + (f":{seconds:02}" if match["second"] else "")
    return time + _zone_of(match)


def _zone_of(match: re.Match[str]) -> str:
    if match["shift"] is None:
        return "Z" if match["utc"] else ""
    sign, digits = match["shift"][0], match["shift"][1:].replace(":", "")
    hours, minutes = (digits, "00") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    if int(hours) > 14 or int(minutes) > 59:
        return ""
    return f"{sign}{int(hours):02}:{minutes}"


def read_date(given: str, codebook: Codebook, custom: Custom = UNKNOWN) -> str | None:
    """A date that an input gives for itself, as ISO 8601; None where it is not one whole date.

    Reads what ``find_stamp`` reads, and "20201121T140500Z". Words beside the date make it no date: what an
    input gives is meant to be exact.
    """
    words = _COMPACT_DAY.sub(r"\1-\2-\3", given.strip()[:_LONGEST_DATE])
    words = _COMPACT_TIME.sub(
        lambda time: ":".join(part for part in ("T" + time[1], time[2], time[3]) if part), words
    )
    stamp = find_stamp(words, codebook, custom)
    if stamp is None or len(given.strip()) > _LONGEST_DATE:
        return None
    rest = words[: stamp.start] + words[stamp.end :]
    return None if any(char.isalnum() for char in rest) else stamp.iso
