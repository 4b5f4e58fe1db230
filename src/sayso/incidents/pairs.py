"""Evidence for and against two mentions being of one incident, as log-odds that add up.

The weights are set by hand, from what the literature on linking says and from trying invented reports; they
are not estimated from data. All are multiples of a quarter, so that sums are exact and no order of adding
changes them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import NamedTuple

from sayso import places
from sayso.codebook import Codebook
from sayso.incidents.facts import Facts
from sayso.model import Place


class Weight(NamedTuple):
    """How much a piece of evidence weighs, in natural log-odds, and why so much."""

    value: float
    reason: str


WEIGHTS: dict[str, Weight] = {
    "prior": Weight(-4, "Of the pairs worth comparing, about one in fifty is one incident."),
    "date/same day": Weight(2, "Both name one and the same day."),
    "date/next day": Weight(
        0.75, "Neighbouring days: night attacks, time zones, 'on Monday' for the news of it."
    ),
    "date/same week": Weight(1, "Intervals of up to a week meet."),
    "date/same month": Weight(0.5, "Intervals of up to a month meet."),
    "date/day without year": Weight(1.25, "The same day of a year that one of them does not tell."),
    "date/published soon after": Weight(
        0.5, "One has no date, but is news from within three days of the other."
    ),
    "date/published long after": Weight(-1, "One has no date and is news from two months later, or more."),
    "place/same site": Weight(3, "The same building, village edge or street."),
    "place/same town": Weight(2.25, "The same town, or a site there."),
    "place/inside": Weight(2, "One lies in the other, a town or district."),
    "place/same province": Weight(1.25, "One lies in the other, a province or along a route."),
    "place/same country": Weight(0.25, "One lies in the other, a country or a sea: hardly any evidence."),
    "place/same words": Weight(1.5, "Neither could be resolved, but both are printed alike."),
    "place/two names": Weight(
        0.5, "Within ten kilometres, but two sites of a town or two neighbouring towns."
    ),
    "place/away": Weight(
        -0.75, "More than ten kilometres apart, though it is not sure that they are two places."
    ),
    "type/same": Weight(1, "The same sub-event type."),
    "type/also": Weight(0.75, "The type of one is among the further methods of the other."),
    "type/related": Weight(0.25, "The same event type: reports often differ on the means."),
    "type/other": Weight(-1, "Another event type."),
    "actors/shared": Weight(1, "A party in common, or one is a part of the other."),
    "actors/other": Weight(
        -0.5, "Other perpetrators named; little, because attribution is what is contested."
    ),
    "targets/shared": Weight(0.75, "The same named target or victim."),
    "weapons/shared": Weight(0.5, "A word for the weapon in common."),
    "weapons/other": Weight(-0.25, "Other weapons; reports name the means loosely."),
    "killed/same, many": Weight(0.75, "The same exact toll of ten or more."),
    "killed/same, some": Weight(0.5, "The same exact toll of three to nine."),
    "killed/same, few": Weight(0.25, "The same exact toll of one or two: most incidents have it."),
    "killed/other": Weight(-0.25, "Another toll: early counts are wrong."),
    "killed/far": Weight(-0.75, "One toll is at least twice the other, and five more."),
    "injured/same": Weight(0.5, "The same exact number of wounded, five or more."),
    "events/other": Weight(-0.75, "One tells a single blow, the other a joint toll of several."),
    "lineage/same": Weight(1, "A rewrite tells what its original told."),
    "nothing/where or when": Weight(
        -8, "Neither place nor day agrees: type, actors and tolls prove nothing alone."
    ),
}

# Event types of the default codebook that no single occurrence can have both of. A codebook with other names
# has no such pairs.
_NEVER_ONE = frozenset({frozenset({"Protests", "Battles"})})
_STANDS_ALONE = frozenset({"Agreement"})

_SITE = frozenset({"exact", "near"})
_POINT = _SITE | {"town", "district"}
_WHOLE = {"country": "place/same country", "sea": "place/same country", "admin1": "place/same province"}
_WHOLE["route"] = "place/same province"
_RANK = {name: weight.value for name, weight in WEIGHTS.items()}

NEAR_KM, SAME_KM = 10.0, 0.5
SOON, LONG = 3, 60  # days


@dataclass(frozen=True, slots=True)
class Evidence:
    """Names of ``WEIGHTS`` that hold for a pair; ``veto`` says why it can be no one incident, else None."""

    names: tuple[str, ...]
    veto: str | None = None

    @property
    def log_odds(self) -> float:
        """The sum of the weights; above 0 the two are rather one incident than two."""
        return sum(_RANK[name] for name in self.names)


def weigh(first: Facts, second: Facts, codebook: Codebook) -> Evidence:
    """The evidence on two mentions; the same whichever comes first."""
    veto = next(_vetoes(first, second), None)
    if veto is not None:
        return Evidence((), veto)
    where = _place(first, second)
    when = _date(first, second)
    names = [
        name
        for name in (
            "prior",
            when,
            _publication(first, second),
            where,
            _type(first, second),
            _actors(first, second, codebook),
            "targets/shared" if first.targets & second.targets else None,
            _weapons(first, second),
            _killed(first.killed, second.killed),
            "injured/same" if first.injured == second.injured and (first.injured or 0) >= 5 else None,
            "events/other" if _other_number(first, second) else None,
            "lineage/same" if first.lineage_id == second.lineage_id else None,
        )
        if name is not None
    ]
    if not any(name and _RANK[name] > 0 for name in (where, when)):
        names.append("nothing/where or when")
    return Evidence(tuple(names))


def _vetoes(first: Facts, second: Facts) -> Iterator[str]:
    if first.report_ids & second.report_ids:
        yield "told apart by one report"
    if _dates_apart(first, second):
        yield "dates apart"
    if any(_published_before(one, other) for one, other in ((first, second), (second, first))):
        yield "published before it happened"
    if frozenset({first.event_type, second.event_type}) in _NEVER_ONE:
        yield "types that exclude one another"
    kinds = {first.sub_event_types[0], second.sub_event_types[0]}
    if len(kinds) == 2 and kinds & _STANDS_ALONE:
        yield "types that exclude one another"
    pairs = list(product(first.places, second.places))
    if pairs and all(_surely_apart(one, other) for one, other in pairs):
        yield "places apart"


# ---- when -----------------------------------------------------------------------------------------


def _gap(first: Facts, second: Facts) -> int | None:
    """Days between two intervals, 0 or less where they meet; None where one is not told."""
    if first.first is None or first.last is None or second.first is None or second.last is None:
        return None
    return max(first.first - second.last, second.first - first.last)


def _dates_apart(first: Facts, second: Facts) -> bool:
    if (gap := _gap(first, second)) is not None:
        return gap > 1
    if first.yearless and second.yearless:
        return not _days_meet(first.yearless, second.yearless)
    for one, other in ((first, second), (second, first)):
        if one.yearless and other.first is not None and other.last is not None:
            return not _falls_in(one.yearless, other.first, other.last)
    return False


def _days_meet(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    if one[1] is None or other[1] is None:
        # The last day of a month and the first of the next may be one night: months must be neighbours.
        return (one[0] - other[0]) % 12 in (0, 1, 11)
    try:
        days = [date(2000, month, day or 1).timetuple().tm_yday for month, day in (one, other)]
    except ValueError:
        return True  # No such day: nothing is known of it.
    return abs(days[0] - days[1]) in (0, 1, 365)


def _falls_in(yearless: tuple[int, int | None], first: int, last: int) -> bool:
    """Whether a day within one day of the interval has that month and day."""
    month, day = yearless
    if last - first >= 366:
        return True
    for ordinal in range(max(first - 1, 1), min(last + 1, date.max.toordinal()) + 1):
        on = date.fromordinal(ordinal)
        if on.month == month and day in (None, on.day):
            return True
    return False


def _published_before(one: Facts, other: Facts) -> bool:
    """Whether one was in print more than a day before the other can have happened."""
    return one.published is not None and other.first is not None and one.published < other.first - 1


def _date(first: Facts, second: Facts) -> str | None:
    gap = _gap(first, second)
    if gap is None:
        return _without_year(first, second)
    if gap == 1:
        return "date/next day"
    length = max(_length(first), _length(second))
    if length == 1:
        return "date/same day"
    if length <= 7:
        return "date/same week"
    return "date/same month" if length <= 31 else None


def _length(facts: Facts) -> int:
    return 0 if facts.first is None or facts.last is None else facts.last - facts.first + 1


def _without_year(first: Facts, second: Facts) -> str | None:
    for one, other in ((first, second), (second, first)):
        if one.yearless is None or one.yearless[1] is None:
            continue
        if other.yearless == one.yearless or 1 <= _length(other) <= 7:
            return "date/day without year"
    return None


def _publication(first: Facts, second: Facts) -> str | None:
    """What the day of publication tells where a mention has no date; nothing on what is only recalled."""
    one, other = _news_days(first), _news_days(second)
    if one is None or other is None or (first.first is not None and second.first is not None):
        return None
    apart = max(one[0] - other[1], other[0] - one[1])
    if apart <= SOON:
        return "date/published soon after"
    return "date/published long after" if apart > LONG else None


def _news_days(facts: Facts) -> tuple[int, int] | None:
    """The days it is dated to, up to a month; without a date, that of its publication, if it is news."""
    if facts.first is not None and facts.last is not None:
        return (facts.first, facts.last) if _length(facts) <= 31 else None
    if facts.yearless or facts.is_background or facts.published is None:
        return None
    return facts.published, facts.published


# ---- where ----------------------------------------------------------------------------------------


def _surely_apart(one: Place, other: Place) -> bool:
    return "route" not in (one.precision, other.precision) and places.apart(one, other)


def _place(first: Facts, second: Facts) -> str | None:
    """The strongest that holds for any two of their places: one of several may be the one in common."""
    found = [name for pair in product(first.places, second.places) if (name := _two_places(*pair))]
    return max(found, key=lambda name: (_RANK[name], name), default=None)


def _two_places(one: Place, other: Place) -> str | None:
    if one.name is None or other.name is None:
        same = one.name is other.name and one.text.casefold() == other.text.casefold()
        return "place/same words" if same else None
    points = one.precision in _POINT and other.precision in _POINT
    away = (
        places.distance_km(one, other) if points else None
    )  # a province's centre is no place to measure from
    if away is not None and away < NEAR_KM:
        if (one.precision in _SITE) != (other.precision in _SITE):
            return "place/same town"
        if one.name != other.name and away >= SAME_KM:
            return "place/two names"
        return "place/same site" if one.precision in _SITE else "place/same town"
    held = [
        _WHOLE.get(whole.precision or "", "place/inside")
        for whole, part in ((one, other), (other, one))
        if places.contains(whole, part)
    ]
    if held:
        return min(held, key=lambda name: (_RANK[name], name))
    return None if away is None else "place/away"


# ---- what and who ---------------------------------------------------------------------------------


def _type(first: Facts, second: Facts) -> str:
    if first.sub_event_types[0] == second.sub_event_types[0]:
        return "type/same"
    if set(first.sub_event_types[:1]) & set(second.sub_event_types):
        return "type/also"
    if set(second.sub_event_types[:1]) & set(first.sub_event_types):
        return "type/also"
    return "type/related" if first.event_type == second.event_type else "type/other"


def _actors(first: Facts, second: Facts, codebook: Codebook) -> str | None:
    on = first.day or second.day
    for one, other in product(first.actors, second.actors):
        if codebook.is_part_of(one, other, on) or codebook.is_part_of(other, one, on):
            return "actors/shared"
    return "actors/other" if first.perpetrators and second.perpetrators else None


def _weapons(first: Facts, second: Facts) -> str | None:
    if not first.weapons or not second.weapons:
        return None
    return "weapons/shared" if first.weapons & second.weapons else "weapons/other"


def _killed(one: int | None, other: int | None) -> str | None:
    if one is None or other is None:
        return None
    if one != other:
        low, high = sorted((one, other))
        return "killed/far" if high >= 2 * low and high - low >= 5 else "killed/other"
    if one == 0:
        return None
    if one >= 10:
        return "killed/same, many"
    return "killed/same, some" if one >= 3 else "killed/same, few"


def _other_number(first: Facts, second: Facts) -> bool:
    numbers = (first.n_events, second.n_events)
    return None not in numbers and numbers[0] != numbers[1] and 1 in numbers
