"""A parse to walk: who stands under whom, what a predicate's arguments are, whether it is told as real."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.language.english import english
from sayso.language.parser import ROOT, Parse
from sayso.language.view import view
from sayso.model import Span

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM", "DET"})
_SUBJECTS = ("nsubj", "nsubj:outer", "csubj")
_PASSIVE = ("nsubj:pass", "csubj:pass")
EDGES = frozenset({",", ";", ":", "-", "--", ".", "–", "—"})
_CHARGING = ("of", "for")
# What hangs on a noun without being part of its name: clauses, appositions, further members, asides.
_NOT_OF_NAME = frozenset(
    {
        "acl",
        "acl:relcl",
        "appos",
        "conj",
        "cc",
        "parataxis",
        "advcl",
        "punct",
        "case",
        "cop",
        "advmod",
        "mark",
    }
)


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a predicate as places of tokens, members of a series each by itself.

    subjects  who does it, whatever the voice: the agent of a passive is here.
    objects   whom or what it is done to.
    obliques  what stands under a preposition, by that preposition in lower case.
    passive   whether the wording is passive, so that no subject means that none is told.
    """

    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    obliques: Mapping[str, tuple[int, ...]]
    passive: bool


class Syntax:
    """One parsed sentence. Tokens are named by their place among ``tokens``."""

    def __init__(self, text: str, parse: Parse) -> None:
        self.text = text
        self.sentence = parse.sentence
        self.tokens = parse.tokens
        self.words = [view(text[token.start : token.end]) for token in parse.tokens]

    @cached_property
    def children(self) -> list[list[int]]:
        """The places right under each token, in order."""
        children: list[list[int]] = [[] for _ in self.tokens]
        for place, token in enumerate(self.tokens):
            if token.head != ROOT:
                children[token.head].append(place)
        return children

    # ---- walking ----------------------------------------------------------------------------------

    def under(self, place: int, leave: Collection[int] = ()) -> list[int]:
        """A token and all under it, in order, without some and what is under them."""
        found, waiting = [], [place]
        while waiting:
            at = waiting.pop()
            if at not in leave:
                found.append(at)
                waiting += self.children[at]
        return sorted(found)

    def over(self, place: int) -> Iterator[int]:
        """The heads of a token, its own first, up to the root."""
        while (place := self.tokens[place].head) != ROOT:
            yield place

    def extent(self, places: Sequence[int]) -> Span:
        """From the first to the last of some tokens, without marks at the edges."""
        words = list(places)
        while len(words) > 1 and self.words[words[0]] in EDGES:
            words.pop(0)
        while len(words) > 1 and self.words[words[-1]] in EDGES:
            words.pop()
        return (self.tokens[words[0]].start, self.tokens[words[-1]].end)

    def within(self, span: Span) -> list[int]:
        """The tokens that touch a span."""
        return [at for at, token in enumerate(self.tokens) if token.start < span[1] and span[0] < token.end]

    def top(self, span: Span) -> int | None:
        """Of the tokens that touch a span the one over the others; None where none touches it."""
        inside = self.within(span)
        chosen = set(inside)
        return next((at for at in inside if self.tokens[at].head not in chosen), None)

    def having(self, place: int, *relations: str) -> list[int]:
        """The children that stand in one of the relations, in order."""
        return [child for child in self.children[place] if self.tokens[child].deprel in relations]

    def charges(self, place: int) -> list[int]:
        """The clauses that a parse hangs on the object of a verb: "accused the troops of shooting"."""
        clauses = [at for noun in self.having(place, "obj") for at in self.having(noun, "acl")]
        return [at for at in clauses if self.preposition(at) in _CHARGING]

    def members(self, place: int) -> list[int]:
        """A token and the further members of its series ("A, B and C")."""
        return [place, *self.having(place, "conj")]

    def phrase(self, place: int) -> Span:
        """A noun with what belongs to its name: no clause, apposition or further member, nothing before it.

        Phrases under prepositions belong only where they are the kind that names are made of ("of").
        """
        kept = [place]
        for child in self.children[place]:
            token = self.tokens[child]
            if token.deprel in _NOT_OF_NAME or token.deprel.startswith(("obl", "nsubj", "aux")):
                continue
            if token.deprel == "nmod" and self.preposition(child) not in english().naming:
                continue
            kept += self.under(child, leave=self._outside(child))
        kept = sorted(kept)
        # From the head outwards as long as no word is missing: a name is one stretch of words.
        middle = kept.index(place)
        first = last = middle
        while first and kept[first - 1] == kept[first] - 1:
            first -= 1
        while last + 1 < len(kept) and kept[last + 1] == kept[last] + 1:
            last += 1
        return self.extent(kept[first : last + 1])

    def _outside(self, place: int) -> set[int]:
        """Under a word that belongs to a name, what does not."""
        leave: set[int] = set()
        for at in self.under(place):
            leave |= {
                child
                for child in self.children[at]
                if self.tokens[child].deprel in ("acl", "acl:relcl", "appos", "parataxis", "advcl")
            }
        return leave

    def preposition(self, place: int) -> str:
        """The preposition over a noun, with what is fixed to it ("because of"); "" if there is none."""
        for child in self.having(place, "case", "mark"):
            fixed = self.having(child, "fixed")
            return " ".join(self.words[at] for at in [child, *fixed])
        return ""

    def is_definite(self, place: int) -> bool:
        """Whether a noun speaks of something known: "the attack", "its raid", "Monday's blast"."""
        return any(
            self.words[child] in english().definites or self.tokens[child].deprel == "nmod:poss"
            for child in self.children[place]
        )

    # ---- predicates -------------------------------------------------------------------------------

    def is_verbal(self, place: int) -> bool:
        """Whether a token is a verb, or a participle that the parser took for an adjective."""
        token = self.tokens[place]
        return token.upos in ("VERB", "AUX") or (
            token.upos == "ADJ" and bool(self.having(place, "nsubj:pass", "aux:pass", "obl:agent"))
        )

    def is_passive(self, place: int) -> bool:
        """Whether a verb is in the passive, or a past participle behind its noun ("people killed in")."""
        if self.having(place, "aux:pass", "obl:agent"):
            return True
        if self.having(place, "nsubj:pass", "csubj:pass"):
            # "its fighters had fired": no passive without a form of "be", whatever the subject is taken for.
            return not any(self.words[child] in english().having for child in self.having(place, "aux"))
        token = self.tokens[place]
        if token.deprel == "conj" and not self.having(place, "nsubj", "aux"):
            return self.is_passive(token.head) and not self.having(place, "obj")
        participle = not self.words[place].endswith("ing") and not self.having(place, "mark", "aux", "nsubj")
        return token.deprel in ("acl", "advcl", "amod") and participle and not self.having(place, "obj")

    def arguments(self, place: int) -> Arguments:
        """The arguments of a verb or of a noun that tells of an act ("the killing of two men by X")."""
        if self.is_verbal(place):
            return self._of_verb(place)
        return self._of_noun(place)

    def _of_verb(self, place: int) -> Arguments:
        passive = self.is_passive(place)
        obliques = self._obliques(place)
        subjects = self._subjects(place)
        objects = [at for child in self.having(place, "obj", "iobj") for at in self.members(child)]
        if passive:
            agents = [at for child in self.having(place, "obl:agent") for at in self.members(child)]
            agents = agents or list(obliques.get("by", ()))
            return Arguments(tuple(agents), tuple(subjects), obliques, passive=True)
        return Arguments(tuple(subjects), tuple(objects), obliques, passive=False)

    def _subjects(self, place: int, steps: int = 0) -> list[int]:
        """The subjects of a verb as it stands, or of the verb it goes on from; of a participle its noun."""
        own = self.having(place, *_SUBJECTS, *_PASSIVE)
        head = self.tokens[place].head
        # '"We did it," said X': some parses make X a second subject of what it says
        own = [at for at in own if not place < head < at] or own
        if own:
            found = [at for child in own for at in self.members(child)]
            return [self._antecedent(at, place) for at in found]
        token = self.tokens[place]
        if token.head == ROOT or steps > _MOST_STEPS:
            return []
        if token.deprel in ("acl", "amod"):
            return self.members(token.head) if token.deprel == "acl" else [token.head]
        if token.deprel == "acl:relcl":
            return self.members(token.head) if not self.having(place, "obj") or not own else []
        if token.deprel in ("conj", "xcomp", "advcl", "parataxis", "ccomp", "dep"):
            head = token.head
            charged = any(self.words[child] in ("of", "for") for child in self.having(place, "mark", "case"))
            if (token.deprel == "xcomp" or charged) and (objects := self.having(head, "obj")):
                return [at for child in objects for at in self.members(child)]
            if not self.is_verbal(head) and token.deprel != "conj":
                return []
            if token.deprel == "conj" and not self.is_verbal(head):
                return self._subjects(head, steps + 1)
            return self._subjects(head, steps + 1)
        return []

    def _antecedent(self, place: int, verb: int) -> int:
        """For a relative pronoun the noun that its clause hangs on, else the token itself."""
        if self.words[place] not in english().relatives:
            return place
        for at in [verb, *self.over(verb)]:
            if self.tokens[at].deprel == "acl:relcl":
                return self.tokens[at].head
        return place

    def _obliques(self, place: int) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for child in self.children[place]:
            if self.tokens[child].deprel in (
                "obl",
                "nmod",
                "obl:agent",
                "obl:tmod",
                "obl:npmod",
                "obl:unmarked",
            ):
                found.setdefault(self.preposition(child), []).extend(self.members(child))
        return {preposition: tuple(places) for preposition, places in found.items()}

    def _of_noun(self, place: int) -> Arguments:
        obliques = self._obliques(place)
        subjects = list(obliques.get("by", ()))
        subjects += self.having(place, "nmod:poss")
        subjects += self.having(place, "compound", "amod", "nmod:desc")
        objects = [at for preposition in english().aims for at in obliques.get(preposition, ())]
        for child in self.having(place, "acl", "acl:relcl"):
            agents = self.having(child, "obl:agent")
            subjects += [at for agent in agents for at in self.members(agent)]
            if not self.is_passive(child):
                objects += [at for one in self.having(child, "obj") for at in self.members(one)]
        return Arguments(tuple(subjects), tuple(objects), obliques, passive=False)

    # ---- told as real -----------------------------------------------------------------------------

    def unreal(self, place: int, governors: Collection[str]) -> str | None:
        """Why what a word tells of is not told as having happened; None where it is.

        governors  words under which things are planned, threatened, feared, demanded or prevented, in lower
                   case.

        "negated", "open" (modal, conditional, purpose, question) and "generic" are the reasons. What is only
        the subject of a negated verb is real: "the attack did not kill anyone".
        """
        at, below = place, -1
        for _ in range(_MOST_STEPS):
            if reason := self._unreal_here(at, below, governors):
                return reason
            token = self.tokens[at]
            if token.head == ROOT:
                ends = self.text[self.sentence.start : self.sentence.end].rstrip("\"'”’ ")
                return "open" if ends.endswith("?") else None
            if token.deprel == "acl:relcl" and self.words[token.head] in governors:
                return "open"
            if not self._reaches(at):
                return None
            below, at = at, token.head
        return None

    def antecedent(self, place: int) -> int | None:
        """The noun that a relative word in a clause stands for; None outside relative clauses."""
        for at in [place, *self.over(place)]:
            if self.tokens[at].deprel == "acl:relcl":
                return self.tokens[at].head
        return None

    def withheld(self, place: int) -> str | None:
        """Why what a word tells is not told as so by its own clause alone: "negated", "open" or None."""
        return self._unreal_here(place, -1, ())

    def is_guessed(self, place: int) -> bool:
        """Whether what is open is a guess about what was so: "may have been", "is believed to be behind"."""
        words = {self.words[child] for child in self.having(place, "aux", "aux:pass", "cop")}
        if words & english().guessing:
            return bool(words & {"have", "be"}) or not self.is_verbal(place)
        return self.tokens[place].deprel == "xcomp" and self.is_passive(self.tokens[place].head)

    def is_going_on(self, place: int) -> bool:
        """Whether a verb tells what goes on without an end: "is fighting", "has been attacking"."""
        return self.words[place].endswith("ing") and any(
            self.tokens[child].deprel == "aux" for child in self.children[place]
        )

    def is_habit(self, place: int) -> bool:
        """Whether a verb tells what is never done, not what was not: "we do not bomb villages"."""
        return any(self.words[child] in ("do", "does") for child in self.having(place, "aux"))

    def nobody(self, place: int) -> bool:
        """Whether a noun phrase denies by itself: "no soldier", "not one of its units", "nobody"."""
        words = english().negations | english().nobody
        if self.words[place] in words:
            return True
        small = ("det", "advmod", "cc:preconj", "nummod")
        near = self.having(place, *small)
        near += [at for child in near for at in self.having(child, *small)]
        return any(self.words[at] in words for at in near)

    def subjects(self, place: int) -> tuple[int, ...]:
        """What a verb, or what is said with "be", is said of: also through "is believed to be"."""
        if self.is_verbal(place):
            return self.arguments(place).subjects
        own = self.having(place, *_SUBJECTS, *_PASSIVE)
        if own:
            return tuple(self._antecedent(at, place) for child in own for at in self.members(child))
        token = self.tokens[place]
        if token.deprel in ("xcomp", "conj") and token.head != ROOT:
            return self._raised(token.head)
        return (token.head,) if token.deprel in ("acl", "acl:relcl") else ()

    def _raised(self, head: int) -> tuple[int, ...]:
        told = self.arguments(head)
        return told.objects[:1] if self.is_passive(head) or told.objects else told.subjects

    def _unreal_here(self, at: int, below: int, governors: Collection[str]) -> str | None:
        words = english()
        for child in self.children[at]:
            if child == below:
                continue
            word, relation = self.words[child], self.tokens[child].deprel
            if word in words.negations and relation in ("advmod", "det", "cc", "cc:preconj", "case", "mark"):
                return "negated"
            if relation in ("aux", "aux:pass") and word in words.modals and not self._is_settled(at):
                return "open"
            if relation == "mark" and word in words.conditions:
                return "open"
            if relation == "advmod" and word in words.generics:
                return "generic"
            if relation in ("obj", "nsubj", "nsubj:pass") and self.is_verbal(at) and self._is_nobody(child):
                return "negated"
        if below >= 0 and self.words[at] in governors:
            return "open"
        if below >= 0 and self.tokens[below].deprel == "nmod" and self.words[at] in words.periods:
            return "generic"
        if self._is_open_infinitive(at):
            return "open"
        return None

    def _is_nobody(self, place: int) -> bool:
        """Whether a subject or an object is nobody: "killed nobody", "not one of its units", "no shot"."""
        words = english()
        if self.words[place] in words.nobody:
            return True
        return any(self.words[child] in words.negations for child in self.having(place, "det", "advmod"))

    def _is_settled(self, at: int) -> bool:
        """Whether a modal only says that something was possible because it was so ("could be heard")."""
        return self.words[at] in english().perceived

    def _is_open_infinitive(self, at: int) -> bool:
        """An infinitive that tells of a purpose or a wish: not "began to", nor "is believed to have"."""
        token = self.tokens[at]
        to = any(self.words[child] == "to" for child in self.having(at, "mark"))
        if not to or token.head == ROOT:
            return False
        if any(self.words[child] == "have" for child in self.having(at, "aux")):
            return False
        return self.words[token.head] not in english().implicatives

    def _reaches(self, at: int) -> bool:
        """Whether what makes a token's head unreal makes the token unreal too."""
        token = self.tokens[at]
        relation = token.deprel
        if relation in ("xcomp", "ccomp", "conj", "acl", "advcl", "csubj", "compound", "amod"):
            if relation == "acl" and any(self.words[child] == "that" for child in self.having(at, "mark")):
                return True  # "the claim that it was hit"
            return relation not in ("advcl", "acl") or self.tokens[at].upos != "VERB" or self._is_bare(at)
        if relation in ("obj", "nmod", "obl", "nsubj", "nsubj:pass", "obl:agent"):
            definite = any(self.words[child] in english().definites for child in self.children[at])
            # "The claim that it was hit is false": what is said of a report holds for what it reports.
            judged = relation == "nsubj" and self.tokens[token.head].upos in ("ADJ", "NOUN")
            return judged or (not definite and relation != "nsubj")
        return False

    def _is_bare(self, at: int) -> bool:
        """A participle clause, which shares what its head says; one with a subject of its own does not."""
        return not self.having(at, *_SUBJECTS, *_PASSIVE)


_MOST_STEPS = 12
"""How many heads are climbed at most; no press sentence nests deeper."""
