"""Evidence for and against two mentions being of one incident, as log-odds that add up.

What each piece weighs, and why, stands in weights.yaml. What is added up is a multiple of 1/256, so that sums
are exact and no order of adding changes them.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

from sayso import places
from sayso.codebook import Codebook
from sayso.codebook.data_files import data_file
from sayso.incidents.facts import POINT, SITE, Facts
from sayso.incidents.wording import alike
from sayso.model import Place


@dataclass(frozen=True, slots=True)
class Weight:
    """A row of weights.yaml: log-odds for each unit of what is measured, 1 for what holds or not."""

    weight: float
    reason: str
    per: str | None = None
    fitted: bool = False


Weights = Mapping[str, Weight]


@cache
def shipped_weights() -> Weights:
    """The weights that come with sayso."""
    return {name: Weight(**row) for name, row in data_file("sayso.incidents", "weights.yaml").items()}


# Event types of the default codebook that no single occurrence can have both of. A codebook with other names
# has no such pairs.
_NEVER_ONE = frozenset({frozenset({"Protests", "Battles"})})
_STANDS_ALONE = frozenset({("Agreement",)})

_WHOLE = {"country": "place/same country", "sea": "place/same country", "admin1": "place/same province"}
_WHOLE["route"] = "place/same province"

NEAR_KM, SAME_KM = 10.0, 0.5
SOON, LONG = 3, 60  # days

_FAR_APART = 31
"""Days; farther apart hardly any words make two one: blows of one kind in one town are told in the same."""

_UNKNOWN_DAYS = 30
"""Counted as the days between publication where one is not known: not knowing is no sign of nearness."""

_ENOUGH, _MOST_NAMES, _MOST_DAYS = 0.3, 40, 400


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: its name in weights.yaml, how much of it there is, and what it adds."""

    name: str
    amount: float
    log_odds: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a pair; ``veto`` says why it can be no one incident, else None."""

    pieces: tuple[Piece, ...]
    veto: str | None = None

    @property
    def log_odds(self) -> float:
        """The sum; above 0 the two are rather one incident than two."""
        return sum(piece.log_odds for piece in self.pieces)

    @property
    def probability(self) -> float:
        """The probability that the two are one incident, to 1/4096; 0 with a veto."""
        if self.veto is not None:
            return 0.0
        return _probability(self.log_odds)


def weigh(first: Facts, second: Facts, codebook: Codebook, weights: Weights) -> Evidence:
    """The evidence on two mentions; the same whichever comes first."""
    veto = next(_vetoes(first, second), None)
    if veto is not None:
        return Evidence((), veto)
    return evidence_of(measure(first, second, codebook, weights), weights)


def evidence_of(pieces: Mapping[str, float], weights: Weights) -> Evidence:
    """The evidence that is made of some pieces, by name, and how much there is of each."""
    return Evidence(
        tuple(Piece(name, amount, _log_odds(name, amount, weights)) for name, amount in pieces.items())
    )


def _log_odds(name: str, amount: float, weights: Weights) -> float:
    return round(256 * weights[name].weight * amount) / 256


def _probability(log_odds: float) -> float:
    return round(4096 / (1 + math.exp(-log_odds))) / 4096


def probability(
    first: Facts, second: Facts, codebook: Codebook, weights: Weights, cosine: float
) -> float | None:
    """What ``weigh`` comes to, None with a veto; ``cosine`` is that of their words, where both have some."""
    if next(_vetoes(first, second), None) is not None:
        return None
    pieces = measure(first, second, codebook, weights, cosine)
    return _probability(sum(_log_odds(name, amount, weights) for name, amount in pieces.items()))


def most_told(weights: Weights) -> tuple[float, float]:
    """The most that what was read in two mentions can add, and the most where their dates are apart."""
    best: dict[str, float] = {}
    for name, weight in weights.items():
        if not weight.fitted and name != "prior":
            kind = "published" if name.startswith("date/published") else name.split("/")[0]
            best[kind] = max(best.get(kind, 0.0), weight.weight)
    most = sum(best.values())
    return most, most - best["date"] - best["published"] + weights["date/apart"].weight


def is_hopeless(
    first: Facts, second: Facts, weights: Weights, cosine: float, most: tuple[float, float]
) -> bool:
    """Whether by their words, and whether their dates are apart, two cannot be rather one incident than two.

    It asks for less than ``probability`` does, which most pairs need not be asked then.

    most  what ``most_told`` says of the weights.
    """
    if first.wording is None or second.wording is None:
        return False
    words = sum(_log_odds(name, amount, weights) for name, amount in _worded(first, second, cosine))
    return words + weights["prior"].weight + most[_dates_apart(first, second)] <= 0


def measure(
    first: Facts, second: Facts, codebook: Codebook, weights: Weights, cosine: float | None = None
) -> dict[str, float]:
    """The pieces of evidence that hold for two mentions, and how much of each there is.

    cosine  that of their words, if it is known already.
    """
    found: dict[str, float] = {"prior": 1}
    if first.mention_ids and second.mention_ids:
        found.update(dict.fromkeys(_told(first, second, codebook, weights), 1))
    else:
        found["nothing/no mention"] = 1
    found.update(_worded(first, second, cosine))
    return found


def _told(first: Facts, second: Facts, codebook: Codebook, weights: Weights) -> Iterator[str]:
    where = _place(first, second, weights)
    when = _date(first, second)
    names = (
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
    yield from (name for name in names if name is not None)
    if not any(name and weights[name].weight > 0 for name in (where, when)):
        yield "nothing/where or when"


def _worded(first: Facts, second: Facts, cosine: float | None) -> Iterator[tuple[str, float]]:
    """What the words of the two say beyond what was read in them; nothing where one has none."""
    one, other = first.wording, second.wording
    if one is None or other is None:
        return
    cosine = alike(one, other) if cosine is None else cosine
    yield "words/compared", 1
    yield "words/alike", round(math.sqrt(cosine) + min(cosine, _ENOUGH), 3)
    shared = sum(one.names[name] for name in sorted(one.names.keys() & other.names.keys()))
    if shared:
        yield "names/shared", round(min(shared, _MOST_NAMES) / 10, 2)
    for kind, mine, theirs in (
        ("ages", one.ages, other.ages),
        ("blocks", one.blocks, other.blocks),
        ("streets", one.streets, other.streets),
    ):
        if mine and theirs:
            yield (f"{kind}/shared" if mine & theirs else f"{kind}/other"), 1
    yield "published/days between", round(math.log1p(days_between(first, second)), 3)


def days_between(first: Facts, second: Facts) -> int:
    """The days between publication, up to ``_MOST_DAYS``; ``_UNKNOWN_DAYS`` where one is not known."""
    if first.published is None or second.published is None:
        return _UNKNOWN_DAYS
    return min(abs(first.published - second.published), _MOST_DAYS)


def _vetoes(first: Facts, second: Facts) -> Iterator[str]:
    if first.report_ids & second.report_ids:
        yield "told apart by one report"
    if frozenset({first.event_type, second.event_type}) in _NEVER_ONE:
        yield "types that exclude one another"
    if first.wording is None or second.wording is None:
        yield from _contradictions(first, second)
    kinds = {first.sub_event_types[:1], second.sub_event_types[:1]}
    if len(kinds) == 2 and kinds & _STANDS_ALONE and () not in kinds:
        yield "types that exclude one another"


def _contradictions(first: Facts, second: Facts) -> Iterator[str]:
    """What keeps two apart for good where there are no words to say that it was told or read wrongly."""
    if _dates_apart(first, second):
        yield "dates apart"
    if _published_before(first, second) or _published_before(second, first):
        yield "published before it happened"
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
    if _dates_apart(first, second):
        return "date/far apart" if (gap or 0) > _FAR_APART else "date/apart"
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
    if _published_before(first, second) or _published_before(second, first):
        return "date/published before"
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


def _place(first: Facts, second: Facts, weights: Weights) -> str | None:
    """The strongest that holds for any two of their places: one of several may be the one in common."""
    pairs = list(product(first.places, second.places))
    if pairs and all(_surely_apart(one, other) for one, other in pairs):
        return "place/apart"
    found = [name for pair in pairs if (name := _two_places(*pair, weights))]
    return max(found, key=lambda name: (weights[name].weight, name), default=None)


def _two_places(one: Place, other: Place, weights: Weights) -> str | None:
    if one.name is None or other.name is None:
        same = one.name is other.name and one.text.casefold() == other.text.casefold()
        return "place/same words" if same else None
    points = one.precision in POINT and other.precision in POINT
    away = (
        places.distance_km(one, other) if points else None
    )  # a province's centre is no place to measure from
    if away is not None and away < NEAR_KM:
        if (one.precision in SITE) != (other.precision in SITE):
            return "place/same town"
        if one.name != other.name and away >= SAME_KM:
            return "place/two names"
        return "place/same site" if one.precision in SITE else "place/same town"
    held = [
        _WHOLE.get(whole.precision or "", "place/inside")
        for whole, part in ((one, other), (other, one))
        if places.contains(whole, part)
    ]
    if held:
        return min(held, key=lambda name: (weights[name].weight, name))
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
