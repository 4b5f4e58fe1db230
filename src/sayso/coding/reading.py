"""One report as the rooms see it: its sentences, and the actors, places, times and weapons named in them.

Made once per report; coders propose from it and the gate resolves words with it, so that both mean the same.
"""

import bisect
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol, TypeVar

from sayso import actors, places, times
from sayso.actors import ActorName
from sayso.codebook import Codebook
from sayso.codebook.schema import ACTOR, NUMBER, PLACE, TIME, WEAPON, Weapon
from sayso.coding.listener import Heard, listen
from sayso.coding.numbers import NumberWords, find_numbers
from sayso.coding.unlisted_places import with_unlisted
from sayso.language import Scan, Sentence, Syntax, parse, split, view
from sayso.language.phrases import PhraseTable
from sayso.model import REPORTING, Region, Report, Span
from sayso.places import Gazetteer, PlaceName
from sayso.times import TimeExpression


class Located(Protocol):
    """Anything with a start and an end in the text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


L = TypeVar("L", bound=Located)


@dataclass(frozen=True, slots=True)
class WeaponName:
    """A weapon of the codebook as printed."""

    start: int
    end: int
    weapon: Weapon


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What is named where. One is equal to itself alone, so that what is made of it can be kept by it.

    seen        the view of the text in which names are replaced by the marks of the codebook's slots:
                the same length, so that a match in it is a span of the text
    plain       the view without marks
    syntax      for each sentence its parse to walk; None where it is not worth parsing (``language.Scan``)
    heard       for each sentence what the listener makes of it; None where it is not parsed
    All lists are in the order of the text.
    """

    report: Report
    seen: str
    plain: str
    sentences: tuple[Sentence, ...]
    actors: tuple[ActorName, ...]
    places: tuple[PlaceName, ...]
    times: tuple[TimeExpression, ...]
    weapons: tuple[WeaponName, ...]
    numbers: tuple[NumberWords, ...]
    syntax: tuple[Syntax | None, ...]
    heard: tuple[Heard | None, ...]


def read(report: Report, codebook: Codebook, gazetteer: Gazetteer | None = None) -> Reading:
    """Look at the regions of a report that are reporting; the rest is not read at all."""
    gazetteer = gazetteer or places.gazetteer()
    text = report.text
    sentences = sentences_of(report, codebook)
    inside = [sentence.span for sentence in sentences]
    plain = view(text)
    located = places.find(text, inside, gazetteer, codebook, places.outlet_of(report))
    countries = [((name.start, name.end), name.place.country) for name in located if name.place.country]
    syntax = _syntax(report, plain, sentences, codebook)
    heard = listen(text, sentences, syntax, frozenset(codebook.lexicon.abbreviations))
    about = actors.About(report.published, _initials(syntax, heard))
    named = actors.find(text, sentences, countries, codebook, about)
    located = tuple(name for name in located if not within(named, name.start, name.end))
    timed = times.find(text, inside, report.published, codebook)
    weapons = _weapons(plain, sentences, codebook)
    numbers = find_numbers(plain, inside, codebook)
    taken = bytearray(len(text))
    everything: Sequence[Sequence[Located]] = (timed, named, located, weapons, numbers)
    for one in itertools.chain.from_iterable(everything):
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    located = with_unlisted(text, syntax, named, located, taken, codebook)
    seen = list(plain)
    taken = bytearray(len(text))
    for mark, things in (
        (TIME, timed), (ACTOR, named), (PLACE, located), (WEAPON, weapons), (NUMBER, numbers),
    ):  # fmt: skip
        for thing in things:
            if not any(taken[thing.start : thing.end]):
                seen[thing.start : thing.end] = mark * (thing.end - thing.start)
                taken[thing.start : thing.end] = b"\1" * (thing.end - thing.start)
    return Reading(
        report, "".join(seen), plain, sentences, named, located, timed, weapons, numbers, syntax, heard
    )


def _initials(syntax: Sequence[Syntax | None], heard: Sequence[Heard | None]) -> frozenset[str]:
    """The initials that are heard to be somebody's who acts or speaks: "the MEND"."""
    found: set[str] = set()
    for one, told in zip(syntax, heard, strict=True):
        if one is None or told is None or one.text[slice(*one.sentence.span)].isupper():
            continue
        for saying in told.sayings:
            for at in (saying.actor, saying.speaker):
                word = one.text[slice(*one.tokens[at].span)] if at >= 0 else ""
                if saying.sure > _HEARD and _INITIALS.fullmatch(word):
                    found.add(word)
    return frozenset(found)


_INITIALS = re.compile(r"[A-Z]{3,6}")
_HEARD = 0.5
"""How sure the listener must be for initials to be taken for somebody."""


def _syntax(
    report: Report, plain: str, sentences: Sequence[Sentence], codebook: Codebook
) -> tuple[Syntax | None, ...]:
    worth = _scan(codebook).worth_parsing(plain, sentences)
    chosen = [
        _without_dateline(report.text, sentence)
        for sentence, is_worth in zip(sentences, worth, strict=True)
        if is_worth
    ]
    parses = iter(parse(report.text, chosen, codebook.lexicon.abbreviations))
    return tuple(Syntax(report.text, next(parses)) if is_worth else None for is_worth in worth)


_TOWN = r"[A-Z][A-Z'’.\-]+(?: [A-Z][A-Z'’.\-]+)*"
_REST = r"(?:[,/ ]+(?:[A-Z][\w'’.]*|\d{1,4}))*"
_DASH = r"\s*(?:--|[-–—])\s+(?:\[[^\]\n]{2,60}\]\s*)*(?=[\w\"“'‘])"
_DATELINE = re.compile(rf"{_TOWN}{_REST}{_DASH}|[^\n()]{{3,80}}\([^()\n]{{2,60}}\){_DASH}")


def _without_dateline(text: str, sentence: Sentence) -> Sentence:
    """A sentence without the place, date and agency before it, which are no words of it."""
    found = _DATELINE.match(text, sentence.start, sentence.end)
    if found is None or found.end() - sentence.start > _LONGEST_DATELINE:
        return sentence
    return replace(sentence, start=found.end())


_LONGEST_DATELINE = 120


@cache
def _scan(codebook: Codebook) -> Scan:
    return Scan(codebook.lexicon.strong_terms, codebook.lexicon.triggers)


def sentences_of(report: Report, codebook: Codebook) -> tuple[Sentence, ...]:
    """The sentences of the regions of a report that are reporting."""
    regions = report.regions or ((Region(0, len(report.text), "body"),) if report.text else ())
    spans = [(region.start, region.end) for region in regions if region.kind in REPORTING]
    return split(report.text, spans, frozenset(codebook.lexicon.abbreviations))


def within(things: Sequence[L], start: int, end: int) -> list[L]:
    """Those of the things, which are in order and apart, that touch the span."""
    first = bisect.bisect_left(things, start, key=lambda thing: thing.end - 1)
    last = bisect.bisect_left(things, end, key=lambda thing: thing.start)
    return list(things[first:last])


def at(things: Sequence[L], span: Span | None) -> L | None:
    """The first of the things that touches the span; None if none does or there is no span."""
    return next(iter(within(things, *span)), None) if span else None


@cache
def _weapon_forms(codebook: Codebook) -> PhraseTable[Weapon]:
    return PhraseTable((form, weapon) for weapon in codebook.weapons for form in weapon.forms)


def _weapons(plain: str, sentences: Sequence[Sentence], codebook: Codebook) -> tuple[WeaponName, ...]:
    forms = _weapon_forms(codebook)
    return tuple(
        WeaponName(start, end, weapon)
        for sentence in sentences
        for start, end, weapon in forms.find(plain, sentence.span)
    )
