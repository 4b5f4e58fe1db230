"""What the words of a sentence are: which names an actor, a place, a weapon, or people of some kind."""

from collections.abc import Iterator
from functools import cache

from sayso.actors import ActorName
from sayso.codebook import Codebook
from sayso.codebook.schema import PeopleWord
from sayso.coding.reading import Reading, within
from sayso.language import Syntax, plural, verb_forms
from sayso.model import Span

_STATE = frozenset({"state"})
_UNKNOWN = frozenset({"unknown"})
_NONE: frozenset[str] = frozenset()
_NAMING = frozenset({"compound", "amod", "nmod:poss", "flat", "appos", "nmod:desc"})
_ARMED_CLASSES = ("rebels", "political militia", "identity militia", "external")


class Words:
    """One sentence with what stands at its tokens."""

    def __init__(self, reading: Reading, syntax: Syntax, codebook: Codebook) -> None:
        self.reading = reading
        self.syntax = syntax
        self.codebook = codebook
        self._kinds: dict[int, frozenset[str]] = {}

    @property
    def lending(self) -> frozenset[str]:
        """The forms of verbs that lend an act their subject or object ("carried out", "suffered")."""
        return _lending(self.codebook)

    def kinds(self, place: int) -> frozenset[str]:
        """The kinds of what a token heads: senses of the codebook, ``person``, ``actor`` and so on."""
        if (known := self._kinds.get(place)) is None:
            known = self._kinds[place] = frozenset(self._found(place)) or _UNKNOWN
        return known

    def _found(self, place: int) -> Iterator[str]:
        token = self.syntax.tokens[place]
        if within(self.reading.times, *token.span):
            yield "time"
            return
        if token.upos in ("NUM", "PRON", "DET"):
            yield "person"
        yield from self._senses(place)
        if actor := self.named_at(place):
            yield from self._kinds_of_actor(place, actor)
        elif within(self.reading.places, *token.span):
            yield "place"
        elif not any(self._senses(place)) and self._is_somebody(place):
            yield "person"
        if any(
            within(self.reading.weapons, *self.syntax.tokens[at].span) for at in (place, *self.filling(place))
        ):
            yield "weapon"

    def _is_somebody(self, place: int) -> bool:
        """Whether a noun that no list has is for people: a name, or one in "-ist" and the like."""
        endings = tuple(self.codebook.lexicon.people_endings)
        return self.syntax.tokens[place].upos == "PROPN" or self.syntax.words[place].endswith(endings)

    def filling(self, place: int) -> list[int]:
        """What a thing is filled with: "a car packed with explosives", "a barrel of chlorine"."""
        syntax = self.syntax
        full = self.codebook.lexicon.filled
        packed = (one for one in syntax.having(place, "acl") if syntax.words[one] in full)
        things = [at for one in packed for at in syntax.arguments(one).obliques.get("with", ())]
        return (
            [*things, *syntax.arguments(place).obliques.get("of", ())]
            if "vehicle" not in self._plain(place)
            else things
        )

    def _plain(self, place: int) -> frozenset[str]:
        return _senses(self.codebook).get(self.syntax.words[place], frozenset())

    def _senses(self, place: int) -> Iterator[str]:
        """By its noun, and by the noun with the word before it ("police post")."""
        senses = _senses(self.codebook)
        word = self.syntax.words[place]
        before = f"{self.syntax.words[place - 1]} {word}" if place else word
        longer = senses.get(before, frozenset()) if place else frozenset()
        yield from (longer or senses.get(word, frozenset())) - (
            _STATE if self._is_irregular(place) else _NONE
        )

    def _kinds_of_actor(self, place: int, actor: ActorName) -> Iterator[str]:
        yield "actor"
        if actor.kind == "state" and self._is_irregular(place):  # "rebel forces" are no state's
            yield from ("organisation", "armed", "forces")
            return
        yield "person" if actor.kind == "people" else actor.kind
        if actor.kind in ("state", "organisation"):
            yield "forces"
        if actor.kind == "organisation":
            row = self.codebook.actor(actor.actor_id) if actor.actor_id else None
            if row is None or row.actor_class in _ARMED_CLASSES:
                yield "armed"

    def _is_irregular(self, place: int) -> bool:
        """Whether a word before the noun says that these are militants."""
        rows = (row for row in self.codebook.people if row.status == "militant")
        militant = {form.removesuffix("s") for row in rows for form in row.words}
        before = self.syntax.having(place, "compound", "amod", "nmod:desc")
        return any(self.syntax.words[at].removesuffix("s") in militant for at in before)

    def named_at(self, place: int) -> ActorName | None:
        """The actor whose name or stand-in holds the token; None if there is none."""
        return next(iter(within(self.reading.actors, *self.syntax.tokens[place].span)), None)

    def actor_of(self, place: int) -> ActorName | None:
        """The actor that a noun phrase names: "Taliban fighters", "fighters of the Taliban", "its troops"."""
        if found := self.named_at(place):
            return found
        for child in self.syntax.children[place]:
            relation = self.syntax.tokens[child].deprel
            belongs = relation == "nmod" and self.syntax.preposition(child) in self.codebook.lexicon.belonging
            if (belongs or relation in _NAMING) and (found := self.named_at(child)):
                return found
        return None

    def persons(self, place: int) -> list[int]:
        """The named persons that a noun phrase means: itself, or those in apposition ("the mayor, X")."""
        if self._is_person(place):
            return [place]
        if "person" not in self.kinds(place):
            return []
        named = [at for child in self.syntax.having(place, "appos") for at in self.syntax.members(child)]
        return [at for at in named if self._is_person(at)]

    def _is_person(self, place: int) -> bool:
        """Whether a token heads a person's name: two names, or one behind a title, and nobody else's."""
        syntax = self.syntax
        named = syntax.tokens[place].upos == "PROPN" and bool(syntax.having(place, "flat", "nmod:desc"))
        return named and self.kinds(place).isdisjoint(("place", "organisation", "state", "weapon", "vehicle"))

    def name(self, place: int) -> Span | None:
        """The words of a noun phrase without article, number and title; None if nothing is left."""
        syntax = self.syntax
        head = syntax.tokens[place]
        if head.upos in ("PRON", "NUM", "DET") or syntax.words[place] in self.codebook.lexicon.bare_people:
            return None
        if flat := syntax.having(place, "flat") if self.persons(place)[:1] == [place] else ():
            return syntax.extent([place, *flat])  # what stands before a person's name is a title
        start, end = syntax.phrase(place)
        for number in within(self.reading.numbers, start, head.start):
            start = max(start, number.end)
        for at in syntax.within((start, end)):
            if at == place or not self._is_small(at):
                start = syntax.tokens[at].start
                break
        comma = self.reading.plain.find(",", head.end, end)
        return (start, end if comma < 0 else comma)

    def _is_small(self, place: int) -> bool:
        """Whether a word before a noun is no part of its name."""
        token, word = self.syntax.tokens[place], self.syntax.words[place]
        lexicon = self.codebook.lexicon
        owner = token.deprel == "nmod:poss" and token.upos == "PRON"
        small = token.upos in ("NUM", "DET", "PUNCT", "ADV", "ADP", "PART", "CCONJ", "SCONJ")
        return owner or small or word in lexicon.articles or word in lexicon.definite


@cache
def _lending(codebook: Codebook) -> frozenset[str]:
    phrases = (*codebook.lexicon.light_verbs, *codebook.lexicon.undergoing)
    return frozenset(form for phrase in phrases for form in verb_forms(phrase.split()[0]))


@cache
def _senses(codebook: Codebook) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}

    def add(word: str, kind: str) -> None:
        found.setdefault(word, set()).add(kind)

    for row in codebook.senses:
        for word in row.words:
            add(word, row.sense)
            add(plural(word), row.sense)
    for noun in codebook.nouns:
        for word in noun.words:
            add(word, noun.type)
            add(plural(word), noun.type)
    for people in codebook.people:
        for word in people.words:
            for kind in _kinds_of_people(people):
                add(word, kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def _kinds_of_people(row: PeopleWord) -> Iterator[str]:
    yield "person"
    if row.status in ("military", "police", "militant") or row.role == "security":
        yield "armed"
    elif row.status == "civilian":
        yield "civilian"
