"""Where in a sentence the wording of a stance has its slots: who did it, what it is about, what is said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.codebook.schema import StanceWording
from sayso.coding.reading import within
from sayso.coding.rules.deeds import Deeds
from sayso.coding.rules.voice import nouns_of
from sayso.language import Arguments, Syntax
from sayso.language.english import english
from sayso.model import Span

_BESIDE = ("obl", "nmod", "advcl", "acl", "xcomp")
_OWNING = ("of", "by", "from")


@dataclass(frozen=True, slots=True)
class Spot:
    """A wording of the codebook where it stands: its row, its sentence and its place there."""

    number: int
    syntax: Syntax
    place: int
    row: StanceWording

    @property
    def cue(self) -> Span:
        """The word that carries it."""
        return self.syntax.tokens[self.place].span

    @property
    def arguments(self) -> Arguments:
        """The arguments of its verb."""
        return self.syntax.arguments(self.place)

    @property
    def content(self) -> Span:
        """The clause that tells what is said; empty where there is none."""
        syntax = self.syntax
        clauses = syntax.having(self.place, "ccomp", "xcomp")
        whole = [at for at in clauses if syntax.having(at, "cop", "nsubj", "aux")]
        return syntax.extent(syntax.under(whole[0])) if whole else (0, 0)


def fits(spot: Spot, deeds: Deeds) -> bool:
    """Whether a verb has the subject, the object and the form that its row asks for."""
    syntax, row, told = spot.syntax, spot.row, spot.arguments
    around = (*told.subjects, *told.objects)
    if row.passive and not told.passive:
        return False
    if row.subject and not any(syntax.words[at] in nouns_of(row.subject) for at in around):
        return False
    if row.object_is:
        beside = [*syntax.children[spot.place], *(one for at in told.objects for one in syntax.children[at])]
        said = [at for at in beside if syntax.words[at] in row.object_is]
        if all(syntax.having(at, "cop", "nsubj") for at in said):
            return False
    return not row.object or deeds.has_object(syntax, row, deeds.objects(syntax, spot.place))


# ---- who did it -------------------------------------------------------------------------------------


def accused(spot: Spot, deeds: Deeds) -> tuple[int, ...]:
    """The heads of the phrases for those who did it, of a verb that is about somebody else."""
    syntax = spot.syntax
    relative = (
        syntax.antecedent(at) if syntax.words[at] in english().relatives else at for at in _slot(spot, deeds)
    )
    return tuple(at for at in relative if at is not None)


def _slot(spot: Spot, deeds: Deeds) -> tuple[int, ...]:
    syntax, actor, told = spot.syntax, spot.row.actor, spot.arguments
    if actor == "object":
        return _object(spot, deeds)
    if actor == "subject":
        return told.subjects
    if actor == "member":
        return _members(spot, deeds)
    if actor == "of":
        return tuple(at for noun in told.objects for at in owners(syntax, noun))
    prepositions = (actor,) if isinstance(actor, str) else actor
    found = [at for one in prepositions for at in told.obliques.get(one, ())]
    for noun in told.objects:
        found += [at for at in syntax.having(noun, "nmod") if syntax.preposition(at) in prepositions]
    return tuple(found) or _behind(spot, deeds, prepositions)


def _object(spot: Spot, deeds: Deeds) -> tuple[int, ...]:
    syntax, told = spot.syntax, spot.arguments
    people = nouns_of(deeds.lexicon.own_people)
    whose = [at for at in told.obliques.get("of", ()) if deeds.is_name(syntax, at)]
    if whose and all(syntax.words[at] in people for at in told.objects):
        return tuple(whose)  # "accused soldiers of the X": a parse hangs the name on the verb
    if told.objects:
        return told.objects
    # "accused the X of firing": a parse makes X the object of what it is accused of
    clauses = syntax.having(spot.place, "advcl", "xcomp", "ccomp")
    inside = [at for clause in clauses for at in syntax.having(clause, "obj", "nsubj") if at < clause]
    return tuple(at for at in inside if at > spot.place)


def _members(spot: Spot, deeds: Deeds) -> tuple[int, ...]:
    """Of "presumed to belong to X" and "believed to be members of X"."""
    syntax, found = spot.syntax, list[int]()
    said_of = syntax.tokens[spot.place]
    # "Captured three men presumed to belong to X": a parse hangs it on the men, or on what was done to them.
    suffers = said_of.deprel == "acl" and syntax.tokens[said_of.head].deprel in ("obj", "nsubj:pass")
    before = syntax.having(said_of.head, "obj") if said_of.deprel == "advcl" else ()
    if suffers or any(at < spot.place for at in before):
        return ()
    for clause in syntax.having(spot.place, "xcomp"):
        if syntax.words[clause] in english().member_verbs:
            found += [at for at in syntax.having(clause, "obl") if syntax.preposition(at) == "to"]
        elif syntax.having(clause, "cop") and syntax.words[clause] in nouns_of(deeds.lexicon.own_people):
            found.append(clause)
    return tuple(found)


def _behind(spot: Spot, deeds: Deeds, prepositions: Sequence[str]) -> tuple[int, ...]:
    """What stands behind a preposition, wherever a parse hangs it: "blamed by the police on X"."""
    syntax = spot.syntax
    for mark in syntax.under(spot.place):
        if (
            mark < spot.place
            or syntax.tokens[mark].deprel != "case"
            or syntax.words[mark] not in prepositions
        ):
            continue
        head = syntax.tokens[mark].head
        while syntax.tokens[head].deprel in ("compound", "amod") and syntax.tokens[head].head > head:
            head = syntax.tokens[head].head
        if within(deeds.reading.actors, *syntax.tokens[head].span):
            return (head,)
    return ()


def owners(syntax: Syntax, noun: int) -> Iterator[int]:
    """Whose a claim is: "X's claim", "the claim of X", "the claim made by X"."""
    yield from syntax.having(noun, "nmod:poss", "compound", "amod")
    yield from (at for at in syntax.having(noun, "nmod") if syntax.preposition(at) in _OWNING)
    for clause in syntax.having(noun, "acl"):
        yield from syntax.having(clause, "obl:agent")
        yield from (at for at in syntax.having(clause, "obl") if syntax.preposition(at) == "by")


# ---- what it is about -------------------------------------------------------------------------------


def is_of_an_act(spot: Spot, deeds: Deeds) -> bool:
    """Whether what a stance says it is about, if it does, is an act: no policy, no game."""
    syntax, row, objects = spot.syntax, spot.row, spot.arguments.objects
    if "object" in row.about:
        return any(deeds.is_act(syntax, at) or deeds.is_back(syntax, at) for at in objects)
    prepositions = row.about or ("for",)
    beside = [child for noun in (spot.place, *objects) for child in syntax.having(noun, *_BESIDE)]
    about = [child for child in beside if syntax.preposition(child) in prepositions]
    # "soldiers of the X": a phrase that names an actor tells who, not what.
    told = [child for child in about if not within(deeds.reading.actors, *syntax.tokens[child].span)]
    # "Rejected accusations that it maintained a presence": what the charge says is no act.
    told += [
        clause
        for noun in objects
        if syntax.words[noun] in nouns_of(row.object)
        for clause in syntax.having(noun, "acl", "ccomp")
        if syntax.having(clause, "nsubj", "mark")
    ]
    return not told or any(_is_act(syntax, child, deeds) for child in told)


def _is_act(syntax: Syntax, child: int, deeds: Deeds) -> bool:
    aside = [at for at in syntax.under(child) if syntax.tokens[at].deprel == "acl:relcl"]
    aside += syntax.having(child, "conj")
    words = syntax.under(child, leave=aside)
    told = any(deeds.is_act(syntax, at) or deeds.is_deed_verb(syntax, at) for at in words)
    return told or deeds.is_back(syntax, child)
