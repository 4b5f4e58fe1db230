"""Reports changed in ways that a coding must follow, and whether it does.

Nobody has to say what is right: whatever the coder finds in a report, it must find in the same report with
other names, towns, dates and numbers, or printed in another way. Where it does not, it went by what it knew,
and not by what the report says.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sayso import coding
from sayso.evaluate.calendars import moved
from sayso.evaluate.changes import Back, Changed, Kind, Original, Source, Unmade
from sayso.evaluate.invented import invent
from sayso.evaluate.originals import read_original, together
from sayso.evaluate.recounting import numbers
from sayso.evaluate.redating import dates
from sayso.evaluate.renaming import actors, places
from sayso.evaluate.rendering import capitals, lines, quotes
from sayso.language import view
from sayso.model import Count, Date, Incident, Place
from sayso.pipeline import reconciled_alone
from sayso.reports import make_report

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "actors": actors,
        "places": places,
        "dates": dates,
        "numbers": numbers,
        "together": together,
        "capitals": capitals,
        "lines": lines,
        "quotes": quotes,
    }
)
"""The kinds of change, each made by itself, and the first four together."""

Facts = dict[str, object]
"""What must agree of one incident, by field."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one report under one kind of change.

    unmade   why there was no change; None where there was one.
    differs  each difference in words; empty where the case holds.
    reached  whether the change reaches what is compared: a group may have another name and be told to have
             done nothing. Of a report that is only printed in another way, whether anything is told.
    """

    name: str
    kind: str
    unmade: Unmade | None = None
    differs: tuple[str, ...] = ()
    reached: bool = True

    @property
    def holds(self) -> bool:
        """Whether there was a change and the coding followed it."""
        return self.unmade is None and not self.differs


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases of a kind hold, of how many; ``reached`` counts those that are (see ``Outcome``).

    left_out  reason -> for how many reports.
    """

    kind: str
    hold: int
    cases: int
    reached_hold: int
    reached: int
    nothing: int
    left_out: Mapping[Unmade, int]

    @property
    def share(self) -> float | None:
        """The share of cases that hold, 0 to 1; None where there is no case."""
        return self.hold / self.cases if self.cases else None


def outcomes(sources: Iterable[Source], seed: int, kinds: Sequence[str] = tuple(KINDS)) -> Iterator[Outcome]:
    """Every report changed in every one of these kinds, in order."""
    invented = invent(seed)
    for source in sources:
        original = read_original(source, invented)
        for kind in kinds:
            yield _outcome(original, kind, seed)


def tallies(found: Sequence[Outcome]) -> list[Tally]:
    """One tally for each kind, in the order of ``KINDS``, and one for all."""
    rows = [(kind, [one for one in found if one.kind == kind]) for kind in KINDS]
    return [_tally(kind, its) for kind, its in [*rows, ("all", list(found))] if its]


def _tally(kind: str, its: Sequence[Outcome]) -> Tally:
    made = [one for one in its if one.unmade is None]
    reached = [one for one in made if one.reached]
    return Tally(
        kind,
        sum(one.holds for one in made),
        len(made),
        sum(one.holds for one in reached),
        len(reached),
        sum(one.unmade is Unmade.NOTHING for one in its),
        Counter(one.unmade for one in its if one.unmade and one.unmade is not Unmade.NOTHING),
    )


# ---- one case -------------------------------------------------------------------------------------


def change(original: Original, kind: str, seed: int) -> Changed | Unmade:
    """The report changed; the same for the same report, kind and seed."""
    chance = random.Random(f"{seed} {kind} {original.source.name}")  # noqa: S311 - nothing secret is made of it
    return KINDS[kind](original, chance)


def _outcome(original: Original, kind: str, seed: int) -> Outcome:
    changed = change(original, kind, seed)
    if isinstance(changed, Unmade):
        return Outcome(original.source.name, kind, changed)
    told = told_of(changed)
    now = [facts(incident, changed.back) for incident in told]
    before = [facts(incident, Back()) for incident in original.told]
    differs = tuple(differences(before, now))
    is_reached = bool(now) if changed.back == Back() else now != [facts(one, Back()) for one in told]
    return Outcome(original.source.name, kind, None, differs, is_reached or bool(differs))


def told_of(changed: Changed) -> list[Incident]:
    """What the changed report tells, in its own names and numbers."""
    report = make_report(changed.source.text, changed.codebook, published=changed.source.published)
    return reconciled_alone(coding.code(report, changed.codebook), changed.codebook)


def differences(before: Sequence[Facts], now: Sequence[Facts]) -> Iterator[str]:
    """What differs between two lists of incidents in the order in which they are told, in words."""
    if len(before) != len(now):
        yield f"{len(now)} incidents instead of {len(before)}"
        return
    for number, (one, other) in enumerate(zip(before, now, strict=True), start=1):
        for field, value in one.items():
            if other[field] != value:
                yield f"incident {number}, {field}: {other[field]} instead of {value}"


# ---- facts ----------------------------------------------------------------------------------------


def facts(incident: Incident, back: Back) -> Facts:
    """What must agree, led back to the original by ``back``."""
    said = [
        (
            one.stance.value,
            _actor(one.actor, one.actor_id, back),
            _actor(one.speaker, one.speaker_id, back),
            _words(one.spoken_by or "", back),
            tuple(_words(hand, back) for hand in one.via),
            one.hedged,
        )
        for one in incident.attributions
    ]
    return {
        "sub_event_type": incident.sub_event_type,
        "date": _date(incident.date, back),
        "place": _place(incident.place, back),
        "killed": _count(incident.killed, back),
        "injured": _count(incident.injured, back),
        "attributions": sorted(said),
    }


def _actor(name: str, actor_id: str | None, back: Back) -> str:
    """An actor by its id; a name without an id, or whose id is made of the name, by its words."""
    if actor_id and actor_id in back.actors:
        return back.actors[actor_id].replace("-", " ")
    return _words(actor_id.replace("-", " ") if actor_id else name, back)


def _words(name: str, back: Back) -> str:
    """A name in small letters, with plain quotes and blanks, led back."""
    words = " ".join(view(name).split())
    new = sorted(back.words, key=lambda word: (-len(word), word))
    if not new:
        return words
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, new))})(?!\w)"
    return re.sub(pattern, lambda found: back.words[found.group()], words)


def _date(told: Date, back: Back) -> tuple[str | None, ...]:
    ends = [moved(end, -back.days) if end else None for end in (told.earliest, told.latest)]
    return (*ends, None if any(ends) else told.edtf)


def _place(place: Place | None, back: Back) -> tuple[object, ...] | None:
    if place is None:
        return None
    point = (place.lat, place.lon)
    return (_words(place.name or place.text, back), *back.points.get(point, point))


def _count(count: Count | None, back: Back) -> tuple[object, ...] | None:
    if count is None:
        return None
    ends = [
        back.figures.get(end, end) if end is not None else None for end in (count.best, count.low, count.high)
    ]
    return (*ends, count.imprecise)
