"""Every word in a report that names or stands for an organisation, place, person, weapon or vehicle.

Names come from what ``find`` and the gazetteer found, and from runs of proper nouns, typed by what stands in
and around them; nouns ("militants", "hospital") and pronouns from nouns.yaml, where the parse says that the
word is one. Spans are of the name or the noun, not of the phrase around it, and keep apart by type and place.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

from sayso.actors.index import index_of
from sayso.actors.page import ActorName
from sayso.codebook import Codebook
from sayso.language import Parse, Token, plural, view
from sayso.language.phrases import PhraseTable
from sayso.model import Span

_OF_ACTOR = {"organisation": "organisation", "state": "organisation", "media": "organisation"}
_OF_ACTOR |= {"monitor": "organisation", "person": "person"}
_NOUNS = frozenset({"NOUN", "PROPN"})
_PLACE_BEFORE = frozenset(
    {"in", "at", "near", "from", "to", "outside", "inside", "across", "around", "towards"}
)
_LONGEST_SHORT_FORM = 6
"""Letters of an abbreviation; longer words in capitals are shouted."""


@dataclass(frozen=True, slots=True)
class Mention:
    """``text[start:end]`` names or stands for something of a type of nouns.yaml."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class _Words:
    """The nouns of a codebook, ready to be looked up."""

    nouns: PhraseTable[str]
    pronouns: dict[str, str]
    type_of: dict[str, str]
    titles: frozenset[str]
    given: frozenset[str]
    said: frozenset[str]
    calendar: frozenset[str]


def mentions(
    text: str,
    parses: Sequence[Parse],
    actors: Sequence[ActorName],
    places: Sequence[Span],
    codebook: Codebook,
) -> tuple[Mention, ...]:
    """The mentions in the parsed sentences, in order; of one span and type there is one.

    actors  what ``find`` found there.
    places  the spans of places found there.
    """
    seen, words = view(text), _words(codebook)
    acting = _acting(seen, parses, codebook)
    found = {Mention(*span, "organisation" if span in acting else "place") for span in places}
    found |= {one for name in actors if (one := _of_actor(name, acting, codebook)) is not None}
    taken = bytearray(len(text))
    for one in found:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    runs = [(run, parse) for parse in parses for run in _runs(parse, taken)]
    persons: set[str] = set()
    for run, parse in runs:  # full names first: a last name alone is known by them
        if _is_person(text, run, parse, words):
            persons.add(text[run[-1].start : run[-1].end])
    for run, parse in runs:
        span = (run[0].start, run[-1].end)
        if all(seen[token.start : token.end].rstrip(".") in words.calendar for token in run):
            continue
        kind = _type_of_name(text, run, parse, words, persons)
        start = _title_before(seen, run, parse, words) if kind == "person" else span[0]
        found.add(Mention(start, span[1], kind))
        taken[start : span[1]] = b"\1" * (span[1] - start)
    for parse in parses:
        found.update(_common(seen, parse, taken, words))
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.type)))


def _of_actor(name: ActorName, acting: Set[Span], codebook: Codebook) -> Mention | None:
    """The mention of a name of an actor; a country's own name is a place, save where it acts."""
    if name.antecedent is not None or name.kind not in _OF_ACTOR:
        return None
    if view(name.words) in index_of(codebook).nation_words:
        return Mention(*name.name, "organisation" if name.name in acting else "place")
    return Mention(*name.name, _OF_ACTOR[name.kind]) if any(map(str.isupper, name.words)) else None


def _acting(seen: str, parses: Sequence[Parse], codebook: Codebook) -> Set[Span]:
    """The names of countries that are the subject of a verb: there the state is meant, not the place."""
    found = set()
    nations = index_of(codebook).nations
    for parse in parses:
        at_end = {token.end: token for token in parse.tokens}
        for start, end, nation in nations.find(seen, parse.sentence.span):
            token = at_end.get(end)
            if nation.is_name and token is not None and _is_agent(token, parse):
                found.add((start, end))
    return found


def _is_agent(token: Token, parse: Parse) -> bool:
    while token.deprel in ("flat", "compound", "goeswith", "conj") and token.head >= 0:
        token = parse.tokens[token.head]
    return token.deprel == "nsubj" and token.head >= 0 and parse.tokens[token.head].upos == "VERB"


def _runs(parse: Parse, taken: bytearray) -> Iterator[list[Token]]:
    """Proper nouns side by side that nothing is known of yet."""
    run: list[Token] = []
    for token in parse.tokens:
        joins = not run or token.start - run[-1].end <= 1
        if token.upos == "PROPN" and not any(taken[token.start : token.end]) and joins:
            run.append(token)
        elif run:
            yield run
            run = []
            if token.upos == "PROPN" and not any(taken[token.start : token.end]):
                run.append(token)
    if run:
        yield run


def _before(parse: Parse, run: Sequence[Token]) -> Token | None:
    at = parse.tokens.index(run[0])
    return parse.tokens[at - 1] if at else None


def _title_before(seen: str, run: Sequence[Token], parse: Parse, words: _Words) -> int:
    """Where a person's name begins with the title that stands before it: "Minister X", "Col. X"."""
    start = run[0].start
    for token in reversed(parse.tokens[: parse.tokens.index(run[0])]):
        if start - token.end > 1 or seen[token.start : token.end].rstrip(".") not in words.titles:
            break
        start = token.start
    return start


def _is_person(text: str, run: Sequence[Token], parse: Parse, words: _Words) -> bool:
    """Whether a run is a person's name: after or with a title, with a given name, or saying something."""
    printed = [text[token.start : token.end] for token in run]
    first = view(printed[0]).rstrip(".")
    before = _before(parse, run)
    title = before is not None and view(text[before.start : before.end]).rstrip(".") in words.titles
    if title or (len(run) > 1 and (first in words.titles or first in words.given)):
        return True
    head = parse.tokens[run[-1].head] if run[-1].head >= 0 else None
    says = head is not None and view(text[head.start : head.end]) in words.said
    named = len(run) > 1 or first in words.given
    return named and says and run[-1].deprel.startswith("nsubj") and not printed[-1].isupper()


def _type_of_name(text: str, run: Sequence[Token], parse: Parse, words: _Words, persons: set[str]) -> str:
    last = text[run[-1].start : run[-1].end]
    if last in persons:
        return "person"
    if typed := words.type_of.get(view(last)):
        return typed if typed != "person" or len(run) == 1 else "organisation"
    if len(run) == 1 and last.isupper() and 1 < len(last) <= _LONGEST_SHORT_FORM:
        return "organisation"
    before = _before(parse, run)
    if before is not None and view(text[before.start : before.end]) in _PLACE_BEFORE:
        return "place"
    return "person" if len(run) <= _FULL_NAME and last.istitle() else "organisation"


_FULL_NAME = 2
"""Names of one or two words that nothing else tells are persons' more often than anything else's."""


def _common(seen: str, parse: Parse, taken: bytearray, words: _Words) -> Iterator[Mention]:
    """Nouns and pronouns of the sentence."""
    kinds = {token.end: token.upos for token in parse.tokens}
    for start, end, kind in words.nouns.find(seen, parse.sentence.span):
        if kinds.get(end) in _NOUNS and not taken[start]:
            yield Mention(start, end, kind)
    for token in parse.tokens:
        owns = token.deprel.startswith("nmod")
        stands_for = words.pronouns.get(seen[token.start : token.end])
        if stands_for and token.upos == "PRON" and not owns:
            yield Mention(token.start, token.end, stands_for)


@cache
def _words(codebook: Codebook) -> _Words:
    lexicon = codebook.lexicon
    groups = index_of(codebook).group_words  # "the militants" stand for whom they belong to
    nouns: dict[str, str] = dict.fromkeys(groups, "organisation")
    for row in codebook.nouns:
        for word in row.words if not row.pronoun else ():
            nouns.setdefault(word, row.type)
            nouns.setdefault(plural(word), row.type)
    for weapon in codebook.weapons:
        for form in weapon.forms:
            nouns.setdefault(form, "weapon")
    persons = [word for word, kind in nouns.items() if kind == "person" and " " not in word]
    return _Words(
        nouns=PhraseTable(nouns.items()),
        pronouns={word: row.type for row in codebook.nouns if row.pronoun for word in row.words},
        type_of=nouns,
        titles=frozenset((*lexicon.honorifics, *lexicon.titles, *lexicon.spokesmen, *persons)),
        given=frozenset(lexicon.given_names),
        said=frozenset(lexicon.said),
        calendar=frozenset(lexicon.calendar),
    )
