"""That somebody did it, as grammar tells: "X was behind", "it was Y's work", "its men had fired".

A deed is no stance yet: who says so, and whether of itself or of another, makes it a claim, a denial, an
accusation or a rejection.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.actors import ActorName
from sayso.codebook import Codebook
from sayso.codebook.schema import StanceWording
from sayso.coding.reading import Reading, within
from sayso.coding.rules.voice import PASSING, Voice, are_one, nouns_of, participant_kind, whole_words
from sayso.language import Syntax
from sayso.language.english import english
from sayso.language.inflection import noun_forms, verb_forms
from sayso.model import ParticipantKind, Span


@dataclass(frozen=True, slots=True)
class Who:
    """Who is said to have done it.

    head   its place in the sentence.
    span   the words of its name.
    actor  the actor that the rooms know under it.
    own    whether it is whoever speaks, or belongs to it ("its men").
    named  the name elsewhere that the words stand for.
    """

    head: int
    span: Span
    actor: ActorName | None
    kind: ParticipantKind
    own: bool
    named: Span | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody's act: the word that tells it, the words for those who did it, and how sure the telling is.

    negated      it is told that they did not; ``open`` that they may have.
    points_back  whether the act is one told before ("was behind it", "carried out the attack").
    """

    place: int
    row: StanceWording
    actors: tuple[int, ...]
    negated: bool
    open: bool
    points_back: bool


@dataclass(frozen=True, slots=True)
class Wordings:
    """The stances of a codebook by the words that they are looked up by."""

    verbs: dict[str, tuple[tuple[StanceWording, str], ...]]
    """By form: a row, and the particle that must follow."""
    predicates: dict[str, tuple[StanceWording, ...]]
    nouns: dict[str, tuple[StanceWording, ...]]
    before: dict[str, tuple[StanceWording, ...]]


@cache
def wordings(codebook: Codebook) -> Wordings:
    """The lookup tables of a codebook's stances."""
    verbs: dict[str, list[tuple[StanceWording, str]]] = {}
    predicates: dict[str, list[StanceWording]] = {}
    nouns: dict[str, list[StanceWording]] = {}
    before: dict[str, list[StanceWording]] = {}
    for row in codebook.stances:
        for verb in row.verbs if row.pattern is None else ():
            first, _, particle = verb.partition(" ")
            for form in sorted(verb_forms(first)):
                verbs.setdefault(form, []).append((row, particle))
        for words, table in ((row.predicates, predicates), (row.before, before)):
            for word in words:
                for form in sorted(noun_forms(word)):
                    table.setdefault(form, []).append(row)
        for noun in row.nouns:
            for form in sorted(noun_forms(noun.split()[0])):
                nouns.setdefault(form, []).append(row)
    return Wordings(
        {form: tuple(sorted(rows, key=lambda one: -len(one[1]))) for form, rows in verbs.items()},
        {form: tuple(rows) for form, rows in predicates.items()},
        {form: tuple(rows) for form, rows in nouns.items()},
        {form: tuple(rows) for form, rows in before.items()},
    )


@cache
def _naming(codebook: Codebook) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in codebook.lexicon.naming)


@cache
def _bodies(codebook: Codebook) -> dict[str, str]:
    """Single words for bodies that many states have -> the body."""
    words = ((word, row.body) for row in codebook.bodies for word in (*row.words, *row.behind_country))
    return {word: body for word, body in words if " " not in word}


def itself(voice: Voice, head: int, words: Span) -> Who:
    """Whoever speaks as who did it, under its name here, else under words that stand for it."""
    kind: ParticipantKind = "state" if voice.speaker.kind == "state" else "organisation"
    if voice.actor is not None:
        kind = participant_kind(voice.actor)
    return Who(head, voice.words or words, voice.actor, kind, own=True, named=voice.before)


class Deeds:
    """Looks for deeds in the sentences of one report."""

    def __init__(self, reading: Reading, codebook: Codebook) -> None:
        self.reading = reading
        self.codebook = codebook
        self.lexicon = codebook.lexicon
        self.words = wordings(codebook)
        self.acts = nouns_of(codebook.lexicon.act_nouns)
        kinds = {
            kind: tuple(
                word for row in codebook.nouns if row.type == kind and not row.pronoun for word in row.words
            )
            for kind in ("person", "place", "vehicle")
        }
        self.persons, self.places, self.vehicles = (nouns_of(words) for words in kinds.values())

    # ---- acts ---------------------------------------------------------------------------------------

    def is_act(self, syntax: Syntax, place: int) -> bool:
        """Whether a noun is one for an act of violence, or for the weapon that it was done with."""
        span = syntax.tokens[place].span
        return syntax.words[place] in self.acts or bool(within(self.reading.weapons, *span))

    def is_back(self, syntax: Syntax, place: int) -> bool:
        """Whether a word stands for what was told before."""
        word = syntax.words[place]
        return (
            word in self.lexicon.pointing_back
            or word in english().relatives
            or (
                syntax.words[place] == "one"
                and any(syntax.tokens[child].deprel == "det" for child in syntax.children[place])
            )
        )

    def has_object(self, syntax: Syntax, row: StanceWording, objects: Sequence[int]) -> bool:
        """Whether one of the objects is of those that the row asks for."""
        if not row.object:
            return True
        for place in objects:
            if "it" in row.object and syntax.words[place] == "so":
                return True
            if "act" in row.object and self.is_act(syntax, place):
                return True
            if "it" in row.object and self.is_back(syntax, place):
                return True
            if any(kind in row.object and self._is(syntax, place, kind) for kind in _KINDS):
                return True
            if syntax.words[place] in nouns_of(row.object):
                return True
        return False

    def _is(self, syntax: Syntax, place: int, kind: str) -> bool:
        """Whether an object is a weapon, a place or people."""
        span, word = syntax.tokens[place].span, syntax.words[place]
        if kind == "weapon":
            return bool(within(self.reading.weapons, *span)) or word in self.vehicles
        if kind == "place":
            return bool(within(self.reading.places, *span)) or word in self.places
        return (
            word in self.persons
            or syntax.tokens[place].upos == "NUM"
            or word in english().personal | {"them"}
        )

    def objects(self, syntax: Syntax, place: int) -> list[int]:
        """The objects of a verb; also "so" of "had done so", and "that attack" taken for a clause."""
        found = list(syntax.arguments(place).objects)
        found += [at for at in syntax.having(place, "advmod") if syntax.words[at] == "so"]
        clauses = syntax.having(place, "ccomp", "xcomp")
        bare = [
            at for at in clauses if self.is_act(syntax, at) and not syntax.having(at, "cop", "nsubj", "aux")
        ]
        return found + [at for at in bare if not syntax.is_verbal(at)]

    def is_deed_verb(self, syntax: Syntax, place: int) -> bool:
        """Whether a verb tells an act, or that somebody had to do with one."""
        told = (row.stance is None for row in self.rows_of_verb(syntax, place))
        return syntax.is_verbal(place) and any(told)

    def rows_of_verb(self, syntax: Syntax, place: int) -> Iterator[StanceWording]:
        """The rows whose verb, with its particle, stands at a place."""
        for row, particle in self.words.verbs.get(syntax.words[place], ()):
            if not particle or self._has_particle(syntax, place, particle):
                yield row

    def _has_particle(self, syntax: Syntax, place: int, particle: str) -> bool:
        following = syntax.words[place + 1 : place + 1 + len(particle.split())]
        if following == particle.split():
            return True
        kinds = ("compound:prt", "advmod", "xcomp", "obj", "obl")
        if any(syntax.words[child] == particle for child in syntax.having(place, *kinds)):
            return True
        return any(syntax.preposition(child) == particle for child in syntax.having(place, "obl"))

    # ---- deeds --------------------------------------------------------------------------------------

    def within(self, syntax: Syntax, places: Sequence[int]) -> Iterator[Deed]:
        """The deeds told by the words at some places."""
        for place in places:
            if deed := self._at(syntax, place):
                yield deed

    def _at(self, syntax: Syntax, place: int) -> Deed | None:
        if syntax.is_verbal(place):
            for row in self.rows_of_verb(syntax, place):
                if row.stance is None and (deed := self._of_verb(syntax, place, row)):
                    return deed
            if any(row.stance is None for row in self.rows_of_verb(syntax, place)):
                return None
        return self._of_predicate(syntax, place) or self._of_noun(syntax, place) or self._cleft(syntax, place)

    def _of_verb(self, syntax: Syntax, place: int, row: StanceWording) -> Deed | None:
        told = syntax.arguments(place)
        if not self.has_object(syntax, row, self.objects(syntax, place)):
            return None
        if row.subject and not any(syntax.words[at] in nouns_of(row.subject) for at in told.subjects):
            return None
        if row.about and not row.object and not self._about_act(syntax, place, row):
            return None
        actors = told.subjects
        if not isinstance(row.actor, str):
            actors = tuple(at for preposition in row.actor for at in told.obliques.get(preposition, ()))
        if not actors:
            return None
        return self._deed(syntax, place, row, actors)

    def _about_act(self, syntax: Syntax, place: int, row: StanceWording) -> bool:
        """Whether an act stands behind one of the prepositions of a row: "took part in the attack"."""
        behind = [at for at in syntax.having(place, "obl", "nmod") if syntax.preposition(at) in row.about]
        behind += [at for child in syntax.having(place, "obj") for at in syntax.having(child, "nmod")]
        return any(self.is_act(syntax, at) or self.is_back(syntax, at) for at in behind)

    def _deed(self, syntax: Syntax, place: int, row: StanceWording, actors: tuple[int, ...]) -> Deed | None:
        why = syntax.withheld(place)
        if why == "open" and not syntax.is_guessed(place):
            return None
        if why == "negated" and syntax.is_habit(place):
            return None
        negated = why == "negated" or row.negated or any(syntax.nobody(at) for at in actors)
        nothing = [at for at in syntax.arguments(place).objects if syntax.nobody(at)]
        objects = self.objects(syntax, place)
        back = not row.verbs or any(
            self.is_back(syntax, at) or syntax.is_definite(at) or syntax.tokens[at].upos == "PRON"
            for at in objects
        )
        return Deed(place, row, actors, negated or bool(nothing), why == "open", back)

    def _of_predicate(self, syntax: Syntax, place: int) -> Deed | None:
        """Of "X was behind the attack", where a parse makes "attack" what X was, and "X was responsible"."""
        marks = [
            child for child in syntax.having(place, "case") if syntax.words[child] in self.words.predicates
        ]
        word = syntax.words[marks[0]] if marks else syntax.words[place]
        rows = [row for row in self.words.predicates.get(word, ()) if row.stance is None]
        if not rows or not (syntax.having(place, "cop") or syntax.tokens[place].deprel in ("xcomp", "acl")):
            return None
        if marks and not (self.is_act(syntax, place) or self.is_back(syntax, place)):
            return None  # "behind schedule"
        for child in syntax.having(place, "obl", "nmod"):
            about = syntax.preposition(child) in rows[0].about and not syntax.having(place, "case")
            if about and not any(
                self.is_act(syntax, at) or self.is_back(syntax, at) for at in syntax.under(child)
            ):
                return None  # "responsible for the delay"
        actors = syntax.subjects(place)
        deed = self._deed(syntax, place, rows[0], actors) if actors else None
        told = any(
            syntax.preposition(child) in rows[0].about for child in syntax.having(place, "obl", "nmod")
        )
        return None if deed and rows[0].object and not (told or deed.negated) else deed

    def _of_noun(self, syntax: Syntax, place: int) -> Deed | None:
        """Of "it was the work of X" and "X's doing"."""
        rows = [row for row in self.words.nouns.get(syntax.words[place], ()) if row.stance is None]
        if not rows:
            return None
        is_said = syntax.having(place, "cop") or syntax.preposition(place) == "as"
        if not is_said:
            return None
        owners = syntax.having(place, "nmod:poss")
        owners += [at for at in syntax.having(place, "nmod") if syntax.preposition(at) == "of"]
        return self._deed(syntax, place, rows[0], tuple(owners)) if owners else None

    def _cleft(self, syntax: Syntax, place: int) -> Deed | None:
        """Of "it was X", "this is X", said of who did it, and "the kidnappers were men of X"."""
        attackers = {
            form for row in self.codebook.stances for form in nouns_of(row.subject) if row.stance is None
        }
        pointing = [
            at
            for at in syntax.having(place, "nsubj")
            if syntax.words[at] in ("it", "this", "that") or syntax.words[at] in attackers
        ]
        if not pointing or not syntax.having(place, "cop") or syntax.having(place, "case"):
            return None
        if self.actor_in(syntax, place) is None and self._named_body(syntax, place) is None:
            return None
        row = next((one for one in self.codebook.stances if one.stance is None and one.predicates), None)
        return self._deed(syntax, place, row, (place,)) if row else None

    # ---- who ----------------------------------------------------------------------------------------

    def who(self, syntax: Syntax, head: int, voice: Voice, *, direct: bool = False) -> Who | None:
        """Who a noun phrase says did it; None for somebody who is not told apart ("gunmen", "he")."""
        token = syntax.tokens[head]
        if self.is_act(syntax, head):
            return None
        actor = self.actor_in(syntax, head)
        if self.is_own(syntax, head, voice, direct=direct):
            return None if self._is_misread(syntax, head, voice) else self._own(syntax, head, voice)
        bare = actor is None or (token.upos == "NOUN" and " " not in actor.words)
        whose = self._named_body(syntax, head) if bare else None
        if whose is not None and self._actor_at(syntax, whose) is None:
            return Who(head, whole_words(syntax, syntax.phrase(whose)), None, "organisation", own=False)
        if actor is not None:
            return Who(head, actor.name, actor, participant_kind(actor), own=False)
        start, end = self._name(syntax, head)
        inside = [at for at in syntax.under(head) if start <= syntax.tokens[at].start < end]
        if token.upos == "PRON":
            return None
        if not any(syntax.tokens[at].upos == "PROPN" for at in inside):
            return self._meant(syntax, head, voice)
        if within(self.reading.places, *token.span) or syntax.words[head] in self.places:
            return None
        kind: ParticipantKind = "person" if token.upos == "PROPN" else "organisation"
        if kind == "person" and len(syntax.text[start:end].split()) < _FULL_NAME:
            return None
        first = syntax.text[start:end].split()[0].lower()
        start += len(first) + 1 if first in self.lexicon.articles else 0
        return Who(head, (start, end), None, kind, own=False)

    def _name(self, syntax: Syntax, head: int) -> Span:
        """The words of a name, without what it is accused of ("accused Siriri of the murder")."""
        start, end = whole_words(syntax, syntax.phrase(head))
        for child in syntax.having(head, "nmod"):
            marks = [at for at in syntax.having(child, "case") if start < syntax.tokens[at].start < end]
            if marks and (self.is_act(syntax, child) or self.is_back(syntax, child)):
                end = min(end, syntax.tokens[marks[0] - 1].end)
        return start, end

    def _is_misread(self, syntax: Syntax, head: int, voice: Voice) -> bool:
        """Whether a pronoun for the speaker cannot stand for an actor that its words name in full.

        "The army, they wrote, has no hand in it": they are not the army.
        """
        pronoun = voice.words is not None and syntax.text[slice(*voice.words)].lower() in ("it", "they")
        named, speaking = self._actor_at(syntax, head), voice.actor
        large = syntax.text[syntax.tokens[head].start].isupper()
        if not (pronoun and named and speaking and large):
            return False
        return named.antecedent is None and named.words == speaking.words

    def _meant(self, syntax: Syntax, head: int, voice: Voice) -> Who | None:
        """Who "the guard", "the army" is: the actor told last whose name holds the noun."""
        word, span = syntax.words[head], syntax.tokens[head].span
        if not syntax.is_definite(head) or (
            word in self.persons and word not in nouns_of(self.lexicon.own_people)
        ):
            return None
        for actor in reversed(within(self.reading.actors, max(0, span[0] - _NEAR), span[0])):
            if actor.kind in ("organisation", "state") and word in actor.words.lower().split():
                own = voice.actor is not None and are_one(actor, voice.actor, self.codebook)
                return Who(head, span, actor, participant_kind(actor), own=own, named=actor.name)
        return None

    def is_name(self, syntax: Syntax, place: int) -> bool:
        """Whether a noun is an actor's name, or has a capital in a text that does not shout."""
        token = syntax.tokens[place]
        return self._actor_at(syntax, place) is not None or (
            syntax.text[token.start].isupper() and not self.is_act(syntax, place)
        )

    def _named_body(self, syntax: Syntax, head: int) -> int | None:
        """The name of those whose people it are: "troops of the 63rd Infantry Battalion"."""
        if syntax.words[head] not in nouns_of(self.lexicon.own_people):
            return None
        for child in syntax.having(head, "nmod"):
            inside = syntax.under(child, leave=syntax.having(child, "acl", "acl:relcl"))
            known = any(self._actor_at(syntax, at) for at in inside)
            placed = bool(within(self.reading.places, *syntax.tokens[child].span))
            large = syntax.text[syntax.tokens[child].start].isupper()
            if syntax.preposition(child) in ("of", "from") and large:
                return child if not known and not placed else None
        return None

    def actor_in(self, syntax: Syntax, head: int) -> ActorName | None:
        """The actor that a phrase names: whose fighters, men or forces they are, else its head."""
        own = self._actor_at(syntax, head)
        if own is not None and (syntax.tokens[head].upos == "PROPN" or " " in own.words):
            return own
        for at in self._of_whom(syntax, head):
            if (actor := self._actor_at(syntax, at)) is not None:
                return actor
        return own

    def _actor_at(self, syntax: Syntax, place: int) -> ActorName | None:
        named = within(self.reading.actors, *syntax.tokens[place].span)
        return next((one for one in named if one.kind not in (*PASSING, "people")), None)

    def _of_whom(self, syntax: Syntax, head: int) -> Iterator[int]:
        for clause in syntax.having(head, "acl"):
            if syntax.words[clause] in _naming(self.codebook):  # "a gang known as X"
                yield from syntax.having(clause, "obl", "xcomp", "obj")
        for child in syntax.having(head, "nmod"):
            if syntax.preposition(child) in ("of", "from"):
                yield child
                yield from syntax.having(child, "appos", "compound", "flat", "nmod:desc")
                yield from (
                    at for at in syntax.having(child, "nmod") if syntax.preposition(at) in ("of", "from")
                )
        yield from syntax.having(head, "compound", "nmod:poss", "flat", "amod", "appos")

    def _own(self, syntax: Syntax, head: int, voice: Voice) -> Who | None:
        """The speaker itself as who did it: by a name of its own in the phrase, else by the speaker's."""
        named = self.actor_in(syntax, head)
        possessed = any(syntax.words[at] in english().possessives for at in syntax.having(head, "nmod:poss"))
        if named is not None and named.antecedent is None and not (possessed and voice.actor):
            return Who(head, named.name, named, participant_kind(named), own=True)
        return itself(voice, head, syntax.tokens[head].span)

    def itself(self, syntax: Syntax, head: int, voice: Voice) -> Who:
        """Whoever speaks as who did it; of a ministry's "soldiers" the army, where the report names it."""
        speaking, span = voice.actor, syntax.tokens[head].span
        body = _bodies(self.codebook).get(syntax.words[head])
        if body and speaking and speaking.kind == "state" and speaking.actor_id:
            for named in self.reading.actors:
                meant = named.actor_id and named.actor_id.endswith(f"-{body}") and named.kind == "state"
                if meant and named.name != span and are_one(named, speaking, self.codebook):
                    return Who(head, span, named, "state", own=True, named=named.name)
        return itself(voice, head, span)

    def is_own(self, syntax: Syntax, head: int, voice: Voice, *, direct: bool = False) -> bool:
        """Whether a phrase is the speaker, by name or pronoun, or its people ("its men", "none of his men").

        direct  whether it stands in quotation marks, where speakers call themselves "we".
        """
        token, word = syntax.tokens[head], syntax.words[head]
        if voice.words and token.start < voice.words[1] and voice.words[0] < token.end:
            return True
        if word in self.lexicon.own_words:
            return direct
        if word in english().possessives:
            return not direct
        if not direct and word in ("it", "they", "he", "she"):
            return True
        if word in nouns_of(self.lexicon.own_people) or word in english().partitives:
            if any(
                self._is_mine(syntax, at, voice, direct=direct) for at in syntax.having(head, "nmod:poss")
            ):
                return True
            for child in syntax.having(head, "nmod"):
                if syntax.preposition(child) == "of" and self.is_own(syntax, child, voice, direct=direct):
                    return True
        actor = self.actor_in(syntax, head)
        if actor is not None and voice.actor is not None:
            return are_one(actor, voice.actor, self.codebook)
        return self._share_a_name(syntax, head, voice)

    def _is_mine(self, syntax: Syntax, place: int, voice: Voice, *, direct: bool) -> bool:
        word = syntax.words[place]
        if word in english().possessives:
            return (word in self.lexicon.own_words) == direct
        return self.is_own(syntax, place, voice, direct=direct)

    def _share_a_name(self, syntax: Syntax, head: int, voice: Voice) -> bool:
        """Whether a phrase and the speaker's share a name: "Abkhaz batteries", "the Abkhaz command"."""
        start, end = syntax.phrase(head)
        inside = [at for at in syntax.under(head) if start <= syntax.tokens[at].start < end]
        own = {syntax.words[at] for at in inside if syntax.tokens[at].upos in ("PROPN", "ADJ")}
        common = nouns_of((*self.lexicon.state_nouns, *self.lexicon.own_people))
        said = {word for word in str(voice.speaker.words).lower().split() if len(word) > _SHORT}
        return bool((own & said) - common - set(self.lexicon.common_modifiers))


_FULL_NAME = 2
"""Words that the name of a person has who is accused: a last name alone may be anybody's."""
_NEAR = 1500
"""How many characters back "the guard" may stand for an actor named there."""
_SHORT = 3
"""Letters that a word needs to be taken for a name that two phrases share."""
_KINDS = ("weapon", "place", "person")
