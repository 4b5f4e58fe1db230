"""Readers of times that are no days: hours, lengths, what comes again and again, and vague words."""

from sayso.times import values
from sayso.times.found import Found, Reading
from sayso.times.relative import count_of
from sayso.times.values import CENTURY, DAY, DECADE, QUARTER, YEAR

_NOON, _MIDNIGHT = "T12:00", "T24:00"


def clock(found: Found) -> Reading | None:
    """An hour of the day that the sentence tells, else of that of publication."""
    day = found.told.day or found.published
    if day is None:
        return None
    if (name := found.parts.get("noon")) is not None:
        return Reading(value=day.isoformat() + (_MIDNIGHT if name == "midnight" else _NOON), kind="TIME")
    hour, minute = int(found.parts["hour"]), int(found.parts.get("minute") or 0)
    half = found.of("half_day")
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + half
    if hour > 24 or minute > 59:
        return None
    zone = "Z" if found.of("zone") else ""
    return Reading(value=f"{day.isoformat()}T{hour:02}:{minute:02}{zone}", kind="TIME")


def length(found: Found) -> Reading | None:
    """Two days, several years, half an hour; "five flights a week" comes again and again."""
    unit, count = found.of("any_units", "any_unit"), count_of(found)
    if unit is None:
        return _of_one(found)
    article = found.parts.get("article")
    if unit == QUARTER and (article or found.after.startswith((" of", ", of"))):
        return None
    if found.parts.get("half") is not None or found.parts.get("half2") is not None:
        return _half_of(unit)
    if article == "the":
        is_length = found.after.lstrip().startswith(("ended", "ending", "through"))
        return Reading(value=values.length(1, unit), kind="DURATION") if is_length else None
    if article and _is_repeated(found):
        return Reading(value=values.length(1, unit), kind="SET")
    if count == 1 and unit == DAY and found.before.rstrip().endswith((" will", " would", " may", " could")):
        return Reading(value=values.REFS[1])
    if count is None and "any_unit" in found.parts:  # a month-long siege
        count = 1
    is_half = found.parts.get("and_half") is not None
    return Reading(value=values.length(count, unit, half=is_half), kind="DURATION")


def _of_one(found: Found) -> Reading | None:
    """The past day, the next decade."""
    units = {"hour": 2, "day": DAY, "decade": DECADE, "century": CENTURY}
    unit = units.get(found.parts.get("one", ""))
    return None if unit is None else Reading(value=values.length(1, unit), kind="DURATION")


def _half_of(unit: int) -> Reading | None:
    lengths = {1: "PT30S", 2: "PT30M", DAY: "PT12H", YEAR: "P6M", DECADE: "P5Y", CENTURY: "P50Y"}
    return Reading(value=lengths[unit], kind="DURATION") if unit in lengths else None


def _is_repeated(found: Found) -> bool:
    """Whether an amount stands before it: "15 a year", "flights a week", "twice a day"."""
    words = found.before.split()
    last = words[-1].strip("\"'(") if words else ""
    if last in found.words.words["before_length"]:
        return False
    return last[:1].isdigit() or last.endswith("s") or last in found.words.words["amount"]


def often(found: Found) -> Reading | None:
    """Every day, Fridays, daily."""
    if (number := found.of("weekday", "weekdays")) is not None:
        part = found.of("day_part", "day_parts")
        return Reading(
            value=f"XXXX-WXX-{number + 1}{'' if part is None else values.DAY_PARTS[part]}", kind="SET"
        )
    if (number := found.of("month")) is not None:
        return Reading(value=f"XXXX-{number:02}", kind="SET")
    if (number := found.of("season")) is not None:
        return Reading(value=f"XXXX-{values.SEASONS[number]}", kind="SET")
    unit = found.of("often", "any_units", "any_unit")
    if unit is None:
        return Reading(value="XXXX-WXX-WE", kind="SET")
    return Reading(value=values.length(count_of(found) or 1, unit), kind="SET")


def vaguely(found: Found) -> Reading | None:
    """Now, recently, in the past."""
    ref = found.of("vague") if found.ref is None else found.ref
    return None if ref is None else Reading(value=values.REFS[ref])
