"""How many people a noun phrase means, and which people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from sayso.codebook import Codebook
from sayso.codebook.schema import PeopleWord
from sayso.coding.numbers import NumberWords
from sayso.coding.reading import Reading, within
from sayso.coding.rules.cues import wording
from sayso.language import Syntax
from sayso.language.phrases import PhraseTable
from sayso.model import Count, Span, Whom


@dataclass(frozen=True, slots=True)
class People:
    """One group of people.

    span    the words of the figure: the number, else the phrase that describes somebody
    number  None where somebody is named or described and not counted ("a policeman")
    part    some of those told already ("two of the dead")
    more    people beside those told already ("two others")
    bare    only a number, with no noun that says which people ("and fifteen were wounded")
    """

    span: Span
    count: Count
    number: NumberWords | None
    part: bool = False
    more: bool = False
    bare: bool = False


def read(
    reading: Reading, syntax: Syntax, places: Sequence[int], codebook: Codebook, *, things: bool
) -> list[People]:
    """The groups of a series of nouns that are people and give a figure.

    ``things``: what is said of them is said of things too, so that an unknown noun is nobody.
    """
    if len(places) > 1:
        places = [place for place in places if _is_member(syntax, place)]
    by_span = {
        group.span: (place, group)
        for place in places
        if (group := _group(reading, syntax, place, codebook, things))
    }
    told = list(by_span.values())
    if _says_who(syntax, told):
        told = [told[0], *((place, replace(group, part=True)) for place, group in told[1:])]
    if not any(group.number for _, group in told):
        return [group for _, group in told]
    # "12 women and children": one number over a series of bare nouns.
    return [
        replace(group, count=replace(group.count, whom=None)) if _goes_on(syntax, place, codebook) else group
        for place, group in told
    ]


def _says_who(syntax: Syntax, told: Sequence[tuple[int, People]]) -> bool:
    """Whether a series behind a number says who those are: "two civilians, a woman and her son"."""
    if len(told) < _FEWEST_TOLD or told[0][1].number is None or syntax.having(told[1][0], "cc"):
        return False
    (_, first), *others = told
    same = {group.count.whom.status for _, group in others if group.count.whom} - {None}
    status = first.count.whom.status if first.count.whom else None
    return first.count.best == sum(group.count.best or 0 for _, group in others) and same <= {status}


_FEWEST_TOLD = 3
"""A number and two whom it counts: a single one behind it is another."""


def _is_member(syntax: Syntax, place: int) -> bool:
    """Whether a noun is of a series that is closed by "and"; a noun behind a mere comma is something else."""
    token = syntax.tokens[place]
    if token.deprel != "conj":
        return True
    later = [at for at in syntax.having(token.head, "conj") if at >= place]
    return any(syntax.having(at, "cc") for at in later)


def nobody(reading: Reading, syntax: Syntax, place: int, codebook: Codebook) -> People:
    """The people that a noun is for, none of them."""
    span = syntax.extent([place])
    return People(span, Count(0, 0, 0, whom=_whom(reading, syntax, place, None, codebook)), None)


def _goes_on(syntax: Syntax, place: int, codebook: Codebook) -> bool:
    """Whether the next member of a noun's series stands under the same number: plural, and bare."""
    further = [at for at in syntax.having(place, "conj") if syntax.tokens[at].upos == "NOUN"]
    return any(
        not syntax.having(at, "det", "nummod", "nmod:poss", "amod")
        and not _is_one(syntax, at, codebook, things=True)
        for at in further
    )


def _group(
    reading: Reading, syntax: Syntax, place: int, codebook: Codebook, things: bool = True
) -> People | None:
    lexicon = codebook.lexicon
    number = number_of(reading, syntax, place)
    if number is None and syntax.words[place] in lexicon.gatherings:
        of = [at for at in syntax.having(place, "nmod") if syntax.preposition(at) == "of"]
        number = next((one for at in of if (one := number_of(reading, syntax, at))), None)
        place = of[0] if number else place
    if number is not None:
        if not _may_be_people(syntax, place, codebook):
            return None
        count = number.count
        if syntax.words[place] in lexicon.households:
            count = Count(None, count.low, None, imprecise=True)
        after = reading.plain[number.end : number.end + _BEHIND]
        part = bool(_opens(lexicon.some_of, after))
        before = reading.plain[max(0, number.start - _BEHIND) : number.start]
        part = part or bool(_closes(lexicon.subsets, before))
        more = (
            number.more or syntax.words[place] in lexicon.others or _has_more(syntax, place, number, codebook)
        )
        whom = _whom(reading, syntax, place, number, codebook)
        covers = number.end >= syntax.tokens[place].end
        bare = (covers or syntax.words[place] in lexicon.others) and not syntax.having(place, "nmod")
        return People((number.start, number.end), replace(count, whom=whom), number, part, more, bare)
    if _is_one(syntax, place, codebook, things) or _is_named(reading, syntax, place):
        span = syntax.phrase(place)
        whom = _whom(reading, syntax, place, None, codebook)
        more = bool({syntax.words[at] for at in syntax.having(place, "det", "amod")} & set(lexicon.others))
        return People(span, Count(1, 1, 1, whom=whom), None, more=more)
    return None


_BEHIND = 24
"""How many characters the words reach that make a number one of some of those told already."""


def _opens(phrases: tuple[str, ...], words: str) -> bool:
    return wording(phrases).match(words.lstrip()) is not None


def _closes(phrases: tuple[str, ...], words: str) -> bool:
    stripped = words.rstrip()
    return any(found.end() == len(stripped) for found in wording(phrases).finditer(stripped))


def number_of(reading: Reading, syntax: Syntax, place: int) -> NumberWords | None:
    """The number that a token is, or that stands before it with nothing between but what belongs to it."""
    token = syntax.tokens[place]
    if own := _counting(reading, token.start, token.end):
        return own[0]
    at = place
    while at > 0:
        before = syntax.tokens[at - 1]
        if found := _counting(reading, before.start, before.end):
            return found[0]
        if before.deprel in ("case", "det", "cc", "punct", "mark", "nmod:poss") and before.upos != "PUNCT":
            return None
        if place not in syntax.over(at - 1):
            return None
        at -= 1
    return None


def _counting(reading: Reading, start: int, end: int) -> list[NumberWords]:
    """The counting words at a place that are no part of a date ("the 14 October murder")."""
    return [
        one for one in within(reading.numbers, start, end) if not within(reading.times, one.start, one.end)
    ]


def _has_more(syntax: Syntax, place: int, number: NumberWords, codebook: Codebook) -> bool:
    """Whether a word by a noun says that these are further people; "more than" is of the number."""
    return any(
        syntax.words[at] in codebook.lexicon.others and syntax.tokens[at].start >= number.end
        for at in syntax.having(place, "amod", "advmod", "det")
    )


@cache
def _nouns(codebook: Codebook) -> dict[str, str]:
    """Noun in the singular -> what it stands for."""
    return {word: row.type for row in codebook.nouns for word in row.words if not row.pronoun}


def _may_be_people(syntax: Syntax, place: int, codebook: Codebook) -> bool:
    """Whether what is counted may be people: not what the codebook knows as a thing or a place."""
    word = syntax.words[place]
    if word in codebook.lexicon.not_people:
        return False
    kinds = _nouns(codebook)
    singular = next((form for form in _singulars(word) if form in kinds), None)
    return singular is None or kinds[singular] in ("person", "organisation")


def _singulars(word: str) -> list[str]:
    forms = [word]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s"):
        forms.append(word[:-1])
    return forms


def _is_one(syntax: Syntax, place: int, codebook: Codebook, things: bool) -> bool:
    """Whether a noun means one person: "a policeman", "her son", "the driver", "he"."""
    word, lexicon = syntax.words[place], codebook.lexicon
    if word in lexicon.one_person:
        return True
    if (
        word in (*lexicon.not_one, *lexicon.not_people, *lexicon.gatherings, *lexicon.households)
        or syntax.tokens[place].upos == "PROPN"
    ):
        return False
    known = _nouns(codebook).get(word)
    if known is not None:
        return known == "person"
    one = bool(syntax.having(place, "det", "nmod:poss")) and syntax.tokens[place].upos == "NOUN"
    return one and not word.endswith("s") and (not things or word.endswith(lexicon.person_endings))


def _is_named(reading: Reading, syntax: Syntax, place: int) -> bool:
    """Whether a name is a person's: the actors' room says so, or it has two words and is no other name."""
    if syntax.tokens[place].upos != "PROPN":
        return False
    start, end = syntax.phrase(place)
    if named := within(reading.actors, start, end):
        return any(actor.kind == "person" for actor in named)
    return bool(syntax.having(place, "flat")) and not within(reading.places, start, end)


# ---- which people ---------------------------------------------------------------------------------


@cache
def _people(codebook: Codebook) -> PhraseTable[PeopleWord]:
    return PhraseTable((word, row) for row in codebook.people for word in row.words)


def _whom(
    reading: Reading, syntax: Syntax, place: int, number: NumberWords | None, codebook: Codebook
) -> Whom | None:
    """Which people a noun is for, by it and the words before it that describe it; None for any people."""
    start, end = syntax.phrase(place)
    if number and number.end <= end:
        start = max(start, number.end)
    of = [at for at in syntax.having(place, "nmod") if syntax.preposition(at) in ("of", "among")]
    if number and number.end >= syntax.tokens[place].end and of:
        start, end = syntax.phrase(of[0])
        over = syntax.tokens[place].head
        if over >= 0 and syntax.having(over, "cop") and syntax.tokens[over].upos == "NOUN":
            start, end = syntax.phrase(over)  # "two of the dead were boys"
    found = [row for _, _, row in _people(codebook).find(reading.plain, (start, end))]
    nations = {country for _, _, country in _nations(codebook).find(reading.plain, (start, end))}
    merged = Whom(nationality=nations.pop() if len(nations) == 1 else None)
    for row in reversed(found):  # the noun itself is last and counts before what describes it
        merged = Whom(
            status=merged.status or row.status,
            nationality=merged.nationality,
            age=merged.age or row.age,
            sex=merged.sex or row.sex,
            role=merged.role or row.role,
        )
    return None if merged == Whom() else merged


@cache
def _nations(codebook: Codebook) -> PhraseTable[str]:
    """Demonym -> ISO 3166-1 alpha-3, of those that stand for one country alone."""
    held: dict[str, set[str]] = {}
    for row in codebook.countries:
        for word in row.demonyms:
            held.setdefault(word.lower(), set()).add(row.country)
    return PhraseTable((word, min(countries)) for word, countries in held.items() if len(countries) == 1)


def includes_attackers(
    reading: Reading, sentence_number: int, group: People, end: int, codebook: Codebook
) -> bool | None:
    """Whether a figure counts those who attacked: "12 dead, including the bomber"; None where it is not said.

    ``end`` is where the next figure of the sentence begins. That they are left out may be said before the
    figure, too ("apart from the two attackers, five people died").
    """
    syntax, lexicon = reading.syntax[sentence_number], codebook.lexicon
    if syntax is None:
        return None
    sentence = reading.sentences[sentence_number]
    for phrases, start, told in (
        (lexicon.exclusions, sentence.start, False),
        (lexicon.subsets, group.span[1], True),
    ):
        for opening in wording(phrases).finditer(reading.plain, start, end):
            first = next((at for at in syntax.within((opening.end(), end)) if _heads(syntax, at)), None)
            for place in syntax.members(first) if first is not None else ():
                whom = _whom(reading, syntax, place, None, codebook)
                if whom and whom.role == _ATTACKER:
                    return told
    return None


_ATTACKER = "attacker"
"""The role that people.yaml gives to those who attack."""


def parts(
    reading: Reading, sentence_number: int, groups: Sequence[People], end: int, codebook: Codebook
) -> list[People]:
    """Those told as some of the people of a figure, behind it in its sentence ("including two children").

    Only the ones of whom it is said which people they are. ``end`` is where the next figure begins.
    """
    syntax = reading.syntax[sentence_number]
    counted = [group for group in groups if group.number and not group.part]
    if syntax is None or not counted:
        return []
    start, lexicon = counted[-1].span[1], codebook.lexicon
    taken = {group.span for group in groups if not group.part}
    found: dict[Span, People] = {}
    for opening in wording(lexicon.subsets).finditer(reading.plain, start, end):
        first = next((at for at in syntax.within((opening.end(), end)) if _heads(syntax, at)), None)
        for place in syntax.members(first) if first is not None else ():
            group = _group(reading, syntax, place, codebook)
            if group and group.count.whom and group.span not in taken and group.span[0] >= opening.end():
                found.setdefault(group.span, replace(group, part=True))
    for number in within(reading.numbers, start, end):
        span, behind = (number.start, number.end), (number.end, number.end + _BEHIND)
        if span in found or span in taken or not _opens(lexicon.some_of, reading.plain[slice(*behind)]):
            continue
        told = next((at for at in syntax.within(behind) if syntax.tokens[at].upos == "NOUN"), None)
        whom = _whom(reading, syntax, told, None, codebook) if told is not None else None
        if whom:
            found[span] = People(span, replace(number.count, whom=whom), number, part=True)
    return list(found.values())


def _heads(syntax: Syntax, place: int) -> bool:
    """Whether a token is a noun, or a number by itself, and describes no other."""
    token = syntax.tokens[place]
    return token.upos in ("NOUN", "PROPN", "NUM") and token.deprel not in (
        "nummod",
        "amod",
        "compound",
        "det",
    )
