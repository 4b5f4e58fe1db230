"""Cues of a sentence to stretches: which speak of one act, and which place and time belong to it."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from sayso import places
from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.coding.rules.cues import Cues, Hit, wording
from sayso.coding.rules.words import Words
from sayso.language import Syntax
from sayso.model import Span
from sayso.places import PlaceName
from sayso.times import TimeExpression

T = TypeVar("T", PlaceName, TimeExpression)
_WIDTH = {"sea": 1, "district": 1, "admin1": 2, "country": 3}
"""How wide a place is by its precision; what is not here is a spot, a town or a road."""
RECENT_DAYS = 14
"""How old, in days, an act may be and still be the news of a report."""
_SEMICOLON = re.compile(";")


@dataclass(slots=True)
class Stretch:
    """What one sentence tells of one act: its cues, and the places and times that belong to them.

    apart  the place that tells it from other acts of the same cue ("captured A, B and C")
    """

    sentence: int
    span: Span
    hits: list[Hit]
    places: list[PlaceName] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    recalls: bool = False
    apart: Span | None = None

    @property
    def strong(self) -> bool:
        """Whether any of its cues makes a mention by itself."""
        return any(hit.strong for hit in self.hits)

    @property
    def types(self) -> set[str]:
        """The sub-event types of its strong cues, else of all but those that only go on about an act."""
        told = [hit for hit in self.hits if hit.strong or not self.strong]
        return {hit.sub_event_type for hit in told if hit.strength != "support"} or {
            hit.sub_event_type for hit in told
        }

    @property
    def cue(self) -> Span:
        """Where it first tells of the act."""
        return self.hits[0].cue

    @property
    def place(self) -> PlaceName | None:
        """Of its places the nearest of the finest; None if it has none."""
        return min(self.places, key=lambda name: _WIDTH.get(name.place.precision or "town", 0), default=None)

    @property
    def time(self) -> TimeExpression | None:
        """The nearest of its times; None if it has none."""
        return self.times[0] if self.times else None


def stretches(reading: Reading, cues: Cues, codebook: Codebook) -> Iterator[Stretch]:
    """The stretches of a report, in order; one for each place where one cue says that several were taken."""
    for number, hits in cues.hits.items():
        words = cues.words[number]
        units = _units(reading, words, hits, codebook)
        if not all(hit.definite for hit in hits):
            if not any(unit.places for unit in units):
                units[0].places = _places_before(reading, cues, number)
            if not any(unit.times for unit in units):
                units[0].times = _time_before(reading, number)
        for unit in units:
            taken = [name for hit in unit.hits for name in _taken(words, hit)]
            if len(taken) < 2:
                yield unit
            for name in taken if len(taken) > 1 else ():
                yield replace(unit, places=[name], apart=(name.start, name.end))


def _taken(words: Words, hit: Hit) -> list[PlaceName]:
    """The places that a cue says were taken, lost or handed over."""
    spans = (words.syntax.phrase(place) for place in hit.roles.get("territory", ()))
    return [names[0] for span in spans if (names := within(words.reading.places, *span))]


def _units(reading: Reading, words: Words, hits: Sequence[Hit], codebook: Codebook) -> list[Stretch]:
    """The cues of a sentence by the acts they speak of: one act, unless something tells them apart."""
    span = reading.sentences[hits[0].sentence].span
    parted = [found.start() for found in wording(codebook.lexicon.partings).finditer(reading.plain, *span)]
    parted += [found.start() for found in _SEMICOLON.finditer(reading.plain, *span)]
    bounds = [span[0], *sorted(parted), span[1]]
    units: list[Stretch] = []
    for segment in itertools.pairwise(bounds):
        here = [hit for hit in hits if segment[0] <= hit.cue[0] < segment[1]]
        units += _in_segment(reading, words, here, segment, codebook) if here else []
    return units


def _in_segment(
    reading: Reading, words: Words, hits: Sequence[Hit], segment: Span, codebook: Codebook
) -> list[Stretch]:
    """The units of a stretch of words in which nothing parts one act from another outright."""
    own_places = _nearest(words, hits, within(reading.places, *segment), codebook)
    own_times = _nearest(words, hits, within(reading.times, *segment), codebook)
    opening = [time for time, owner in own_times if time.end <= hits[0].cue[0] and owner is hits[0]]
    units: list[Stretch] = []
    for hit in hits:
        mine = Stretch(
            hit.sentence,
            reading.sentences[hit.sentence].span,
            [hit],
            [name for name, owner in own_places if owner is hit],
            [time for time, owner in own_times if owner is hit],
        )
        twin = next((unit for unit in units if _joins(unit, mine, codebook)), None)
        if twin is None:
            units.append(mine)
        else:
            twin.hits.append(hit)
            twin.places += mine.places
            twin.times += mine.times
    for unit in units:
        unit.hits = _composed(unit.hits, reading.plain[slice(*segment)], codebook)
        unit.times = unit.times or opening  # "On Sunday A took X while B lost Y"
        said = wording(codebook.lexicon.recall).search(reading.plain, *segment)
        unit.recalls = bool(said) or _is_old(unit.times, reading.report.published)
    return units


def _is_old(times: Sequence[TimeExpression], published: str | None) -> bool:
    """Whether all times told are well before publication: what is recalled is seldom the news."""
    days = [time.date.latest for time in times if time.date.latest]
    return bool(days and published) and days_between(max(days), str(published)[:10]) > RECENT_DAYS


def _composed(hits: Sequence[Hit], said: str, codebook: Codebook) -> list[Hit]:
    """The cues of one act with the types that they make: shots at a march, a town taken unopposed."""
    kinds = {hit.sub_event_type for hit in hits}
    other: dict[str, str] = {}
    for row in codebook.event_types:
        pairs = [pair for pair in row.made_of if kinds.issuperset(pair)]
        other.update((kind, row.sub_event_type) for pair in pairs for kind in pair)
        if kinds.intersection(row.instead_of) and wording(row.manner).search(said):
            other.update((kind, row.sub_event_type) for kind in row.instead_of)
    return [replace(hit, sub_event_type=other.get(hit.sub_event_type, hit.sub_event_type)) for hit in hits]


def _joins(unit: Stretch, mine: Stretch, codebook: Codebook) -> bool:
    """Whether a cue may speak of the act of others in its sentence."""
    if not fit_together(unit.hits, mine.hits, codebook) and not _make_one(unit.hits, mine.hits, codebook):
        return False
    if any(places.apart(one.place, other.place) for one in unit.places for other in mine.places):
        return False
    return not any(days_apart(one, other) for one in unit.times for other in mine.times)


def days_between(earlier: str, later: str) -> int:
    """How many days lie between two ISO days."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def days_apart(one: TimeExpression, other: TimeExpression) -> bool:
    """Whether two times surely share no day."""
    now, then = one.date, other.date
    if now.earliest is None or now.latest is None or then.earliest is None or then.latest is None:
        return now.edtf != then.edtf
    return now.latest < then.earliest or then.latest < now.earliest


def fit_together(ones: Sequence[Hit], others: Sequence[Hit], codebook: Codebook) -> bool:
    """Whether cues can speak of one act by their types: violence of all kinds; a protest and what ends it."""
    one, other = families(ones, codebook), families(others, codebook)
    return bool(one & other)


def _make_one(ones: Sequence[Hit], others: Sequence[Hit], codebook: Codebook) -> bool:
    """Whether types of one cue and of another make a third: a march, and arrests on the spot."""
    pairs = {pair for row in codebook.event_types for pair in row.made_of}
    told = {(one.sub_event_type, other.sub_event_type) for one in ones for other in others}
    return any((one, other) in pairs or (other, one) in pairs for one, other in told)


def families(hits: Sequence[Hit], codebook: Codebook) -> set[str]:
    """What an act of these cues may be: violence, a gathering, or a development of its own sort."""
    found: set[str] = set()
    for hit in hits:
        group = codebook.event_types[codebook.rank_of(hit.sub_event_type)].family
        found.add(group or hit.sub_event_type)
        if not hit.strong and group == "violence":
            found.add("gathering")
    return found


# ---- places ---------------------------------------------------------------------------------------


def _places_before(reading: Reading, cues: Cues, number: int) -> list[PlaceName]:
    """The places of the sentence before, in the same paragraph, where that tells of nothing by itself.

    So an entry of a list is where its heading says, and an act where those who did it had just come.
    """
    before = number - 1
    if before < 0 or before in cues.hits or any(turned.sentence == before for turned in cues.turned):
        return []
    sentence = reading.sentences[before]
    if sentence.paragraph != reading.sentences[number].paragraph:
        return []
    return within(reading.places, *sentence.span)


def _time_before(reading: Reading, number: int) -> list[TimeExpression]:
    """The last time of the sentence before in the same paragraph, which goes on until another is told."""
    sentence = reading.sentences[number - 1] if number else None
    if sentence is None or sentence.paragraph != reading.sentences[number].paragraph:
        return []
    return within(reading.times, *sentence.span)[-1:]


# ---- places and times -----------------------------------------------------------------------------


def _nearest(
    words: Words, hits: Sequence[Hit], named: Sequence[T], codebook: Codebook
) -> list[tuple[T, Hit]]:
    """Each place or time with the cue that it belongs to, nearest first; those of a saying belong to none."""
    said = frozenset(codebook.lexicon.said)
    found: list[tuple[int, int, T, Hit]] = []
    for name in named:
        top = words.syntax.top((name.start, name.end))
        if top is None or _is_elsewhere(words, top, said, hits):
            continue
        costs = [
            (_distance(words.syntax, top, hit.token), abs(hit.cue[0] - name.start), hit)
            for hit in hits
            if not _is_told_of(words, hit, top, hits)
        ]
        if costs:
            steps, gap, hit = min(costs, key=lambda cost: cost[:2])
            found.append((steps, gap, name, hit))
    return [(name, hit) for _, _, name, hit in sorted(found, key=lambda one: (one[0], one[1], one[2].start))]


def _is_told_of(words: Words, hit: Hit, place: int, hits: Sequence[Hit]) -> bool:
    """Whether a word belongs to a verb that only speaks of the act: "on Wednesday X claimed the attack".

    What is under the act's own words belongs to it, and so does what is under a verb of which it is the
    subject ("the attack came on Monday"), or which lends it its subject ("carried out the attack on Monday").
    """
    syntax = words.syntax
    above = [place, *syntax.over(place)]
    at = hit.token
    while at not in above:
        token = syntax.tokens[at]
        head = token.head
        if head in above and head not in {other.token for other in hits} and syntax.is_verbal(head):
            if token.deprel in ("ccomp", "xcomp"):
                return True
            lends = syntax.words[head] in words.lending
            return (
                token.deprel in ("obj", "obl", "obl:agent", "acl", "advcl") and not hit.verbal and not lends
            )
        at = head
    return False


def _distance(syntax: Syntax, one: int, other: int) -> int:
    """How many steps of the tree lie between two tokens; going up to a clause above counts more than down."""
    above = [one, *syntax.over(one)]
    below = [other, *syntax.over(other)]
    shared = next((at for at in above if at in below), None)
    return len(above) + len(below) if shared is None else above.index(shared) + below.index(shared)


def _is_elsewhere(words: Words, place: int, said: frozenset[str], hits: Sequence[Hit]) -> bool:
    """Whether a place or a time is where or when something was said, or where somebody is from.

    "Officials in X said on Sunday", "according to the ministry in X", "traders from X".
    """
    syntax, lexicon = words.syntax, words.codebook.lexicon
    token = syntax.tokens[place]
    tokens = {hit.token for hit in hits}
    if token.deprel in ("compound", "amod") and "person" in words.kinds(token.head):
        return True  # "Amhara farmers"
    below = place
    for at in (place, *syntax.over(place)):
        if at in tokens:
            return False
        if syntax.preposition(at) in lexicon.according:
            return True
        if below == place and at != place and _preposition(syntax, place) in lexicon.origins:
            return not syntax.is_verbal(at)
        if at != place and syntax.is_verbal(at):
            return syntax.words[at] in said and not (_opens(words, place) or _ends(words, place, at, hits))
        below = at
    return False


def _opens(words: Words, place: int) -> bool:
    """Whether a place opens its sentence before a comma: "At X, the army said, its troops ..."."""
    syntax = words.syntax
    span = syntax.extent(syntax.under(place))
    starts = span[0] <= syntax.tokens[0].start
    return starts and not within(words.reading.times, *span) and syntax.text[span[1] : span[1] + 1] == ","


def _ends(words: Words, place: int, verb: int, hits: Sequence[Hit]) -> bool:
    """Whether a place or time ends what is said, before whoever says it: "... on Monday, the police said"."""
    syntax = words.syntax
    subjects = [at for at in syntax.arguments(verb).subjects if place < at < verb]
    told = any(hit.token < place for hit in hits)
    between = [syntax.words[at] for at in range(place, subjects[0])] if subjects else []
    return told and "," in between


def _preposition(syntax: Syntax, place: int) -> str:
    """The preposition over a noun, for a further member of a series that over the first."""
    while not (found := syntax.preposition(place)) and syntax.tokens[place].deprel == "conj":
        place = syntax.tokens[place].head
    return found
