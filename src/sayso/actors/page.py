"""One report as the steps of this room see it, and what they find: names that stand for actors."""

import bisect
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sayso.actors.index import Index, Known, NameKind, Nation
from sayso.codebook import Codebook
from sayso.codebook.schema import PeopleWord
from sayso.language import Sentence
from sayso.model import Span


@dataclass(frozen=True, slots=True)
class ActorName:
    """One place where a report names or stands for an actor.

    start, end  the whole phrase, with what follows the name without changing whose it is.
    name        the span of the name itself; ``words`` are these, or those of the antecedent.
    antecedent  the span of the name that a pronoun or a group noun stands for.
    spoken_by   the person who speaks for the body, where the phrase names one; ``public`` if so.
    unnamed     whether the words name nobody in particular: "officials", "gunmen".
    """

    start: int
    end: int
    name: Span
    words: str
    actor_id: str | None
    kind: NameKind
    antecedent: Span | None = None
    spoken_by: str | None = None
    public: bool | None = None
    unnamed: bool = False


@dataclass(frozen=True)
class Page:
    """What every step looks at: the text, its view, the countries told, and what the codebook knows.

    countries  places told, with the ISO 3166-1 alpha-3 code of their country.
    nations    countries named, by their names or demonyms, in order: start, end, which.
    published  the ISO day of publication, if known: names of actors that came later are not meant.
    known      names of the codebook, by the start of their sentence: start, end, what they may mean.
    bodies     words for bodies of states, in the same way.
    people     nouns for people, in the same way.
    short      short forms that the report itself explains: "the Delta Liberation Front (DLF)".
    """

    text: str
    seen: str
    countries: Sequence[tuple[Span, str]]
    nations: Sequence[tuple[int, int, Nation]]
    codebook: Codebook
    index: Index
    sentences: Sequence[Sentence]
    known: Mapping[int, Sequence[tuple[int, int, tuple[Known, ...]]]]
    bodies: Mapping[int, Sequence[tuple[int, int, str]]]
    people: Mapping[int, Sequence[tuple[int, int, PeopleWord]]]
    published: str | None = None
    short: Mapping[str, ActorName] = field(default_factory=dict)

    @cached_property
    def begins(self) -> list[int]:
        """Where the sentences begin."""
        return [one.start for one in self.sentences]

    @cached_property
    def told(self) -> Counter[str]:
        """How much of the report each country has: a town counts twice, its name and its bodies once."""
        named = {start for start, _, _ in self.nations}
        counts = Counter(nation.country.country for _, _, nation in self.nations)
        for (start, _), country in self.countries:
            if start not in named:
                counts[country] += _TOWN
        bodies = [meant[0] for names in self.known.values() for _, _, meant in names if len(meant) == 1]
        for one in sorted(bodies, key=lambda one: one.local):
            if one.kind == "state" and not (one.local and counts.keys().isdisjoint(one.countries)):
                counts.update(one.countries)
        return counts

    @cached_property
    def home(self) -> str | None:
        """The country that the report speaks of most; ties go to the one told first, none to None."""
        first = sorted(
            [(start, nation.country.country) for start, _, nation in self.nations]
            + [(span[0], country) for span, country in self.countries]
        )
        order = list(dict.fromkeys(country for _, country in first))
        return max(order, key=lambda country: self.told[country]) if order else None

    @cached_property
    def sure_home(self) -> str | None:
        """The country of what the report tells without one; None where it speaks much of another country too.

        In a war of two states "the army" may be either's.
        """
        others = [count for country, count in self.told.items() if country != self.home]
        is_sure = self.home is not None and _MUCH * max(others, default=0) <= self.told[self.home]
        return self.home if is_sure else None

    @cached_property
    def _nation_starts(self) -> list[int]:
        return [start for start, _, _ in self.nations]

    @cached_property
    def _place_starts(self) -> list[int]:
        return [span[0] for span, _ in self.countries]

    def nations_in(self, span: Span) -> Sequence[tuple[int, int, Nation]]:
        """The countries named inside a span."""
        first = bisect.bisect_left(self._nation_starts, span[0])
        last = bisect.bisect_left(self._nation_starts, span[1])
        return self.nations[first:last]

    def places_in(self, span: Span) -> Sequence[tuple[Span, str]]:
        """The places with a country inside a span."""
        first = bisect.bisect_left(self._place_starts, span[0])
        last = bisect.bisect_left(self._place_starts, span[1])
        return self.countries[first:last]

    def is_shouted(self, sentence: Sentence) -> bool:
        """Whether a sentence is all in capitals, where these tell nothing."""
        return self.text[sentence.start : sentence.end].isupper()


_MUCH = 2
"""How much more a report speaks of its country than of any other, if what has no country belongs there."""
_TOWN = 2
"""What a town weighs against a country's own name, which is told of many that a report is not about."""

POSSESSIVE = re.compile(r"(?:'s|s')(?!\w)")


def is_printed_like(printed: str, form: str, *, shouted: bool) -> bool:
    """Whether words are a name and not the same letters by chance: "IS" is a group, "is" is none, nor "Let".

    In a sentence all in capitals nothing tells two-letter names from words, so they are left out.
    """
    if shouted:
        return len(form) > 2
    if any(char.isupper() for char in form[1:]) and form.isalpha():
        return printed in (form, form.upper())
    return printed[:1].isupper() or not form[:1].isupper()


def apart(names: Sequence[ActorName]) -> list[ActorName]:
    """The names in order; of two that overlap the one that begins first, then the longer."""
    kept: list[ActorName] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept
