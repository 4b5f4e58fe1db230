"""Words that tell what became of people, and which people they are said of.

Read from parses: a word of harm.yaml has its people among its arguments, on the noun it describes, or in a
number told of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sayso.codebook import Codebook
from sayso.codebook.schema import HarmWords
from sayso.coding.reading import Reading, within
from sayso.coding.rules import people
from sayso.coding.rules.cues import wording
from sayso.coding.rules.people import People
from sayso.language import Syntax
from sayso.language.english import english
from sayso.language.inflection import verb_forms
from sayso.language.syntax import NOMINAL
from sayso.model import Field, Span
from sayso.times import TimeExpression


@dataclass(frozen=True, slots=True)
class Toll:
    """What one word tells of people.

    place   the word among the tokens of its sentence
    groups  those of whom a figure is given, members of a series each by itself
    none    said to be nobody: ``field`` is 0 of the people of the one group
    """

    row: HarmWords
    place: int
    cue: Span
    groups: tuple[People, ...]
    none: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that it gives a figure of."""
        own: tuple[Field, ...] = (self.row.field,) if self.row.field else ()
        return self.row.none or own if self.none else own


def find(reading: Reading, number: int, codebook: Codebook) -> list[Toll]:
    """What the words of a sentence tell as having happened; nothing where it is not parsed."""
    syntax = reading.syntax[number]
    if syntax is None:
        return []
    tolls = []
    for harm in harm_in(syntax, codebook):
        toll = _toll(reading, syntax, harm, codebook)
        if toll and not _over_a_period(reading, syntax, harm.place, codebook):
            tolls.append(toll)
    return _one_each(syntax, tolls)


# ---- words of harm --------------------------------------------------------------------------------


@cache
def _phrases(codebook: Codebook) -> dict[str, list[tuple[tuple[str, ...], HarmWords]]]:
    """First word -> the words that must stand under it, most first, and their row."""
    found: dict[str, list[tuple[tuple[str, ...], HarmWords]]] = {}
    for row in codebook.harm:
        printed = [(word, rest) for word, *rest in map(str.split, row.words)]
        printed += [(form, rest) for verb, *rest in map(str.split, row.verbs) for form in verb_forms(verb)]
        for first, rest in printed:
            found.setdefault(first, []).append((tuple(rest), row))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


@dataclass(frozen=True, slots=True)
class Harm:
    """A word of harm at a place, its row, and the words under it that belong to the phrase."""

    place: int
    row: HarmWords
    words: list[int]


def harm_in(syntax: Syntax, codebook: Codebook) -> Iterator[Harm]:
    """Each word of harm with its row, and with the words under it that belong to the phrase."""
    phrases = _phrases(codebook)
    taken: set[int] = set()
    for place, word in enumerate(syntax.words):
        for rest, row in phrases.get(word, ()):
            words = _under(syntax, place, rest)
            if words is not None and place not in taken:
                taken |= {place, *words}
                yield Harm(place, row, words)
                break


def _under(syntax: Syntax, place: int, words: Sequence[str]) -> list[int] | None:
    """Where the words stand under a token, within three steps and not in a clause of their own; else None."""
    if not words:
        return []
    near = [place]
    for _ in range(_STEPS_DOWN):
        near += [
            child
            for at in near
            for child in syntax.children[at]
            if child not in near and not _apart(syntax, child)
        ]
    found = []
    for word in words:
        at = next((one for one in near if syntax.words[one] == word and one != place), None)
        if at is None:
            return None
        found.append(at)
    return found


_STEPS_DOWN = 3


def _apart(syntax: Syntax, place: int) -> bool:
    """Whether a token begins a clause that is not its head's."""
    token = syntax.tokens[place]
    clause = token.deprel in ("advcl", "ccomp", "parataxis", "acl", "acl:relcl", "csubj")
    return clause or (token.deprel == "conj" and syntax.is_verbal(place))


# ---- its people -----------------------------------------------------------------------------------


def _toll(reading: Reading, syntax: Syntax, harm: Harm, codebook: Codebook) -> Toll | None:
    place, row, words = harm.place, harm.row, harm.words
    governors = codebook.lexicon.governors
    unreal = syntax.unreal(place, governors)
    described = syntax.having(place, "amod", "compound")  # "an attempted murder"
    if syntax.tokens[place].deprel == "compound":  # "an arrest warrant", "a murder charge"
        return None
    if unreal == "open" or any(syntax.words[at] in governors for at in described):
        return None
    cue = syntax.extent(sorted([place, *words])) if words else syntax.extent([place])
    places = [] if row.people == "figure" else _people_of(syntax, place, row, words, codebook)
    if none := _nobody(reading, syntax, harm, places, codebook):
        whole = not _is_limited(syntax, place, codebook) and _is_anyone(syntax, place, places, none, codebook)
        return Toll(row, place, cue, (none,), none=True) if whole and (row.none or row.field) else None
    if unreal or row.field is None or _is_joined(syntax, place, row, codebook):
        return None
    if row.who:
        places = [at for at in places if _is_any(syntax, at, row.who)]
    if not places and row.people != "figure":
        return None
    groups = people.read(reading, syntax, places, codebook, things=row.things)
    if places == [place]:  # a word of harm is nobody: it may be counted only
        groups = [replace(group, bare=True) for group in groups if group.number]
    if not groups or (row.people != "figure" and all(group.number is None for group in groups)):
        figure = _figure_of(syntax, place, row, places, codebook)
        told = people.read(reading, syntax, [figure], codebook, things=True) if figure is not None else []
        groups = told or groups
    return Toll(row, place, cue, tuple(groups)) if groups else None


def _people_of(
    syntax: Syntax, place: int, row: HarmWords, words: Sequence[int], codebook: Codebook
) -> list[int]:
    """Of whom a word of harm is told, in order."""
    token = syntax.tokens[place]
    if row.people == "itself":
        return _of(syntax, place, "of", "to") or [place]
    if _is_counted(syntax, place):  # "40 injured", whatever the parser takes the word for
        return [place]
    if token.deprel == "nmod" and _is_number(syntax, token.head):  # "two of the dead"
        return [token.head]
    if token.upos in ("VERB", "AUX"):
        found = _of_verb(syntax, place, row)
    elif token.deprel == "amod":  # "three dead bodies"; "the dead woman" counts nobody
        return [token.head] if syntax.having(token.head, "nummod") else []
    elif token.upos == "NOUN" and _of(syntax, place):
        found = _of(syntax, place)
    else:
        found = _of_adjective(syntax, place)
    return (
        _with(syntax, place, _without(syntax, found, words), codebook)
        or _right_before(syntax, place)
        or [place]
    )


def _is_counted(syntax: Syntax, place: int) -> bool:
    """Whether a number stands right before a word and counts nothing else."""
    before = place - 1
    if before < 0 or not _is_number(syntax, before):
        return False
    head = syntax.tokens[before].head
    return head == place or (
        syntax.tokens[before].deprel in ("conj", "dep") and head == syntax.tokens[place].head
    )


def _of(syntax: Syntax, place: int, *prepositions: str) -> list[int]:
    """Whom a noun is of ("the killing of two men"), or under others of the prepositions."""
    return [
        at
        for child in syntax.having(place, "nmod")
        if syntax.preposition(child) in (prepositions or ("of",))
        for at in syntax.members(child)
    ]


def _of_verb(syntax: Syntax, place: int, row: HarmWords) -> list[int]:
    """Whom a verb is done to, or who does it where that is whom it befalls ("died")."""
    arguments = syntax.arguments(place)
    if own := syntax.having(place, "obj"):  # whatever voice the parser takes the subject for
        done_to = [at for child in own for at in syntax.members(child)]
        if row.people == "object":
            return done_to
    head = syntax.tokens[place].head
    befallen = arguments.objects if arguments.passive and not own else arguments.subjects
    # What stands behind the verb is no subject of it: "were killed, said the doctor".
    before = [at for at in befallen if at < place]
    if not before and head >= 0 and syntax.tokens[head].upos == "NOUN" and head < place:
        before = [at for at in syntax.members(head) if at < place]
    if row.people == "subject" or arguments.passive:
        return before
    if arguments.objects:
        return list(arguments.objects)
    if (after := _right_after(syntax, place)) is not None:
        return [after]
    bare = not syntax.having(place, "aux") and not syntax.words[place].endswith("ing")
    return before if bare else []  # "13 killed in market blast"


def _right_after(syntax: Syntax, place: int) -> int | None:
    """The people counted right behind a verb, whatever the parser hangs them on: "and wounded 12 others"."""
    at = place + 1
    while (
        at < len(syntax.tokens)
        and syntax.tokens[at].upos in ("ADP", "ADV", "ADJ")
        and at <= place + _STEPS_ON
    ):
        at += 1
    if at >= len(syntax.tokens) or not _is_number(syntax, at):
        return None
    token = syntax.tokens[at]
    return token.head if token.deprel == "nummod" and token.head > at else at


_STEPS_ON = 2
"""How many words may stand between a verb and a number: "wounding at least 12"."""


def _of_adjective(syntax: Syntax, place: int) -> list[int]:
    """Whom an adjective is told of: its subject, or whom its verb leaves, finds or confirms so."""
    own = [at for child in syntax.having(place, "nsubj", "nsubj:pass") for at in syntax.members(child)]
    if own:
        return own
    token = syntax.tokens[place]
    head = token.head
    if token.deprel in ("xcomp", "ccomp", "obl") and head >= 0:
        arguments = syntax.arguments(head)
        return list(arguments.objects or arguments.subjects)
    if token.deprel == "conj" and head >= 0 and syntax.tokens[head].upos in ("ADJ", "VERB", "NOUN"):
        arguments = syntax.arguments(head)
        return list(arguments.objects or arguments.subjects) or _of_adjective(syntax, head)
    if token.deprel in ("acl", "appos") and head >= 0:
        return syntax.members(head)
    return []


def _right_before(syntax: Syntax, place: int) -> list[int]:
    """The series of people that an adjective stands right behind: "left two men and a boy dead"."""
    before = place - 1
    if before < 0 or syntax.tokens[place].upos != "ADJ" or syntax.tokens[before].upos not in ("NOUN", "NUM"):
        return []
    first = syntax.tokens[before].head if syntax.tokens[before].deprel == "conj" else before
    return syntax.members(first)


def _with(syntax: Syntax, place: int, found: list[int], codebook: Codebook) -> list[int]:
    """The people and those told with them: "killed along with a guard", "killed with five of his men"."""
    verb = place if syntax.is_verbal(place) else syntax.tokens[place].head
    if not found or verb < 0 or not syntax.is_verbal(verb):
        return found
    with_them = []
    for child in syntax.having(verb, "obl", "obl:agent"):
        before = " ".join(syntax.words[at] for at in syntax.having(child, "case"))
        if before in codebook.lexicon.companions and (" " in before or _is_counted_people(syntax, child)):
            with_them += syntax.members(child)
    return [*found, *with_them]


def _is_counted_people(syntax: Syntax, place: int) -> bool:
    """Whether a number stands by itself for people: "five of his men"."""
    return _is_number(syntax, place) and bool(_of(syntax, place))


def _without(syntax: Syntax, places: Sequence[int], words: Sequence[int]) -> list[int]:
    """The people without the words of the phrase: of "the lives of five" the five; "five lives" stay."""
    found: list[int] = []
    others = [place for place in places if place not in words]
    for place in places:
        if place not in words:
            found.append(place)
        elif of := _of(syntax, place):
            found += of
        elif not others:
            found.append(place)
    return found


def _is_any(syntax: Syntax, place: int, nouns: Sequence[str]) -> bool:
    """Whether people are one of the nouns, or some of one ("one of our soldiers")."""
    return any(syntax.words[at] in nouns for at in [place, *_of(syntax, place)])


# ---- figures told of a word -----------------------------------------------------------------------


def _figure_of(
    syntax: Syntax, place: int, row: HarmWords, places: Sequence[int], codebook: Codebook
) -> int | None:
    """The number told of a noun: of "the toll", of "the dead", or of "the number of people killed"."""
    for at in dict.fromkeys([place, *places]):
        noun = _counting_noun(syntax, at, codebook)
        if (
            noun is None
            and syntax.tokens[at].upos in NOMINAL
            and (row.people == "figure" or _is_definite(syntax, at))
        ):
            noun = at
        if noun is not None and (figure := _told_of(syntax, noun, codebook)) is not None:
            return figure
    return None


def _counting_noun(syntax: Syntax, place: int, codebook: Codebook) -> int | None:
    """The noun that a word is counted under: "the number of the dead"."""
    for over in list(syntax.over(place))[:2]:
        if any(row.people == "figure" for _, row in _phrases(codebook).get(syntax.words[over], ())):
            return over
    return None


def _is_definite(syntax: Syntax, place: int) -> bool:
    return any(syntax.words[child] == "the" for child in syntax.having(place, "det"))


_REACHED = ("to", "at", "as", "of", "")
"""Prepositions before what a figure comes to, surest first; not "from" or "by"."""


def _told_of(syntax: Syntax, noun: int, codebook: Codebook) -> int | None:
    """The number that a noun is said to be: "a toll of 12", "rose from 3 to 12", "put the toll at 12"."""
    for child in syntax.having(noun, "nmod", "nummod", "appos"):
        if _is_number(syntax, child) and syntax.preposition(child) in ("of", ""):
            return child
    token = syntax.tokens[noun]
    verb = token.head
    if verb < 0 or token.deprel not in ("nsubj", "nsubj:pass", "obj", "nsubj:outer"):
        verb = next(iter(syntax.having(noun, "acl", "acl:relcl")), -1)
    if verb < 0:
        return None
    if _is_number(syntax, verb):
        return verb
    if syntax.words[verb] not in codebook.lexicon.figure_verbs:
        return None
    found = [
        at
        for at in syntax.under(verb)
        if at > min(noun, verb) and at != noun and _is_number(syntax, at) and not _beyond(syntax, at, verb)
    ]
    ranked = sorted((_REACHED.index(how), at) for at in found if (how := _before(syntax, at)) in _REACHED)
    return ranked[0][1] if ranked else None


def _before(syntax: Syntax, place: int) -> str:
    """The preposition before a number, its own or that of the noun that it counts."""
    over = syntax.tokens[place].head
    own = syntax.preposition(place)
    return own or (syntax.preposition(over) if over >= 0 and syntax.tokens[place].deprel == "nummod" else "")


def _is_number(syntax: Syntax, place: int) -> bool:
    return syntax.tokens[place].upos == "NUM"


def _beyond(syntax: Syntax, place: int, verb: int) -> bool:
    """Whether a token is under a clause of its own beneath a verb."""
    for at in [place, *syntax.over(place)]:
        if at == verb:
            return False
        if _apart(syntax, at):
            return True
    return True


def _is_joined(syntax: Syntax, place: int, row: HarmWords, codebook: Codebook) -> bool:
    """Whether a word stands in one breath with one of another field: "20 people killed or wounded"."""
    for step in (1, -1):
        between, other = place + step, place + 2 * step
        if 0 <= other < len(syntax.tokens) and syntax.tokens[between].upos == "CCONJ":
            rows = [found for rest, found in _phrases(codebook).get(syntax.words[other], ()) if not rest]
            if any(found.field != row.field and found.people != "figure" for found in rows):
                return True
    return False


# ---- none -----------------------------------------------------------------------------------------


def _is_limited(syntax: Syntax, place: int, codebook: Codebook) -> bool:
    """Whether none is said of a sort of harm or of further people: "no serious injuries", "nobody else"."""
    described = syntax.having(place, "amod", "compound")
    degrees = [at for at in syntax.having(place, "advmod") if syntax.words[at].endswith("ly")]
    people_words = {word for row in codebook.people for word in row.words}
    if degrees or any(
        syntax.words[at] not in people_words and syntax.words[at] not in codebook.lexicon.none_at_all
        for at in described
    ):
        return True
    subjects = syntax.having(place, "nsubj", "nsubj:pass", "obj")
    further = {syntax.words[at] for subject in subjects for at in syntax.children[subject]}
    return not further.isdisjoint((*codebook.lexicon.others, "else"))


def _is_anyone(syntax: Syntax, place: int, places: Sequence[int], none: People, codebook: Codebook) -> bool:
    """Whether those whom nothing happened to are all people or a kind of them; "no employees" are neither."""
    lexicon = codebook.lexicon
    anyone = (*lexicon.anyones, *lexicon.nobody, *lexicon.anybody)
    if any(_of(syntax, at) for at in places if syntax.words[at] in lexicon.nobody):
        return none.count.whom is not None  # "none of its soldiers", not "none of them"
    return (
        places in ([], [place])
        or none.count.whom is not None
        or all(syntax.words[at] in anyone for at in places)
    )


def _nobody(
    reading: Reading, syntax: Syntax, harm: Harm, places: Sequence[int], codebook: Codebook
) -> People | None:
    """The people whom nothing happened to, where it is said that it happened to none."""
    lexicon, place = codebook.lexicon, harm.place
    negated = syntax.unreal(place, lexicon.governors) == "negated"
    over = syntax.tokens[place].head
    caused = over >= 0 and any(
        syntax.words[at] in english().negations for at in syntax.having(over, "advmod")
    )
    for at in places or [place]:
        heads = [at, *([syntax.tokens[at].head] if syntax.tokens[at].deprel == "conj" else [])]
        before = {
            syntax.words[child]
            for head in heads
            for child in syntax.having(head, "det", "case", "amod", "nummod", "advmod", "cc:preconj", "cc")
        }
        if syntax.tokens[at].deprel.startswith(("nsubj", "obj")):  # "not a soul", "not one"
            before = {"no" if word in english().negations else word for word in before}
        word = syntax.words[at]
        denied = not before.isdisjoint(lexicon.none_at_all) or word in lexicon.nobody
        anybody = word in lexicon.anybody or not before.isdisjoint(lexicon.anybody)
        bare = caused and at == place and not before and syntax.tokens[place].deprel == "obj"
        if denied or (negated and (anybody or bare)):
            return people.nobody(reading, syntax, at, codebook)
    return None


# ---- what is no single incident -------------------------------------------------------------------


def _over_a_period(reading: Reading, syntax: Syntax, place: int, codebook: Codebook) -> bool:
    """Whether a figure is one of many incidents: over a stretch of time, or of a war."""
    lexicon = codebook.lexicon
    words = wording((*lexicon.periods, *lexicon.totals))
    if any(words.search(reading.plain, *syntax.extent(run)) for run in _runs(_clause_of(syntax, place))):
        return True
    for at in [place, *syntax.over(place)]:
        subjects = syntax.arguments(at).subjects if syntax.is_verbal(at) else ()
        if any(syntax.words[subject] in lexicon.campaigns for subject in subjects):
            return True
        head = syntax.tokens[at].head
        if syntax.tokens[at].deprel == "acl:relcl" and syntax.words[head] in lexicon.campaigns:
            return True
        if any(_is_period(reading, syntax, child, codebook) for child in syntax.children[at]):
            return True
        if syntax.tokens[at].deprel in ("conj", "parataxis"):
            return False
    return False


def _is_period(reading: Reading, syntax: Syntax, place: int, codebook: Codebook) -> bool:
    """Whether a phrase is a stretch of time or a war: "since May", "in the war", "between 1 and 15 June"."""
    lexicon = codebook.lexicon
    relation, before = syntax.tokens[place].deprel, syntax.preposition(place)
    if before in lexicon.since and (
        relation.startswith(("obl", "nmod")) or (relation == "advcl" and _is_perfect(syntax, place))
    ):
        return True
    if not relation.startswith(("obl", "nmod", "advmod")):
        return False
    if before and syntax.words[place] in lexicon.campaigns:
        return True
    if any(syntax.preposition(at) in lexicon.since for at in syntax.under(place)):
        return True
    start, end = syntax.extent(syntax.under(place))
    if wording(lexicon.periods).search(reading.plain, start, end):
        return True
    ranged = before in (*lexicon.between, *lexicon.rising)
    return ranged and any(is_long(time) for time in within(reading.times, start, end))


def _is_perfect(syntax: Syntax, place: int) -> bool:
    """Whether the verb over a clause tells of what has been going on: "have died since it began"."""
    return any(syntax.words[at] in english().having for at in syntax.having(syntax.tokens[place].head, "aux"))


def is_long(time: TimeExpression) -> bool:
    """Whether a time is more than a week."""
    if not (time.date.earliest and time.date.latest):
        return False
    return (date.fromisoformat(time.date.latest) - date.fromisoformat(time.date.earliest)).days > _WEEK


_WEEK = 7


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    """Tokens in order as stretches without a gap."""
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    yield run


def _clause_of(syntax: Syntax, place: int) -> list[int]:
    """The clause that a word stands in, without the clauses under it."""
    top = place
    for at in [place, *syntax.over(place)]:
        top = at
        if syntax.tokens[at].upos in ("VERB", "AUX") or _apart(syntax, at):
            break
    return syntax.under(top, leave=[at for at in syntax.under(top) if at != top and _apart(syntax, at)])


# ---- one figure, one toll -------------------------------------------------------------------------


def _one_each(syntax: Syntax, tolls: Sequence[Toll]) -> list[Toll]:
    """Each figure once, with the word nearest to it; with none of words side by side ("killed or hurt")."""
    by_figure: dict[Span, list[Toll]] = {}
    for toll in tolls:
        for group in toll.groups if not toll.none else ():
            by_figure.setdefault(group.span, []).append(toll)
    owner: dict[Span, Toll | None] = {}
    for span, told in by_figure.items():
        fields = {toll.row.field for toll in told}
        nearest = min(told, key=lambda toll: _distance(syntax, toll.cue, span))
        mixed = len(fields) > 1 and any(
            _side_by_side(syntax, nearest.place, toll.place) for toll in told if toll is not nearest
        )
        owner[span] = None if mixed else nearest
    kept = []
    for toll in tolls:
        groups = toll.groups if toll.none else tuple(one for one in toll.groups if owner[one.span] is toll)
        if groups:
            kept.append(replace(toll, groups=groups))
    return kept


def _distance(syntax: Syntax, cue: Span, figure: Span) -> tuple[bool, int]:
    """How far a word is from a figure; "and" between them parts it from the figures behind it."""
    between = syntax.within((cue[1], figure[0])) if cue[1] < figure[0] else []
    return (
        any(syntax.tokens[at].upos == "CCONJ" for at in between),
        max(cue[0] - figure[1], figure[0] - cue[1]),
    )


def _side_by_side(syntax: Syntax, one: int, other: int) -> bool:
    """Whether two words stand in a series with nothing else between them."""
    first, last = sorted((one, other))
    return all(syntax.tokens[at].upos in ("CCONJ", "PUNCT", "ADV") for at in range(first + 1, last))
