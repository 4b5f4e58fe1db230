"""Names that stand where the name of a place would and that no gazetteer has: "near X", "the market of X"."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from sayso.actors import ActorName
from sayso.actors.index import index_of
from sayso.codebook import Codebook
from sayso.language import Syntax, plural
from sayso.model import Place, Span
from sayso.places import PlaceName

_NAME = re.compile(r"[^\W\d_]+(?:[ \n'-]{1,2}[^\W\d_]+){0,4}")
_JOINING = frozenset({"-", "'", "of"})  # "Al-Rai", "Gulf of X"
_MOST_OF_THEM = 0.65
"""Which share of the places and actors must be of one country for an unknown place to be there too."""


def with_unlisted(  # noqa: PLR0913, PLR0917 - all that a report names
    text: str,
    syntax: Sequence[Syntax | None],
    named: Sequence[ActorName],
    known: Sequence[PlaceName],
    taken: bytearray,
    codebook: Codebook,
) -> tuple[PlaceName, ...]:
    """The places of a report and those that only the grammar shows, in order; the latter have no coordinates.

    named, known  the actors and the places that the report names; where most are of one country, the places
                  that are in no gazetteer are taken to lie there too.
    taken         for each character whether it belongs to something that is named already.
    """
    spans = (span for one in syntax if one for span in _spans(one, codebook))
    unlisted = (
        PlaceName(start, end, Place(text[start:end], None))
        for start, end in spans
        if not any(taken[start:end]) and text[start].isupper() and _NAME.fullmatch(text, start, end)
    )
    located = sorted((*known, *unlisted), key=lambda name: name.start)
    country = _country_of(named, known, codebook)
    return tuple(
        replace(name, place=replace(name.place, country=country)) if _is_nowhere(name.place) else name
        for name in located
    )


def _is_nowhere(place: Place) -> bool:
    return place.lat is None and place.country is None and place.water is None


def _country_of(named: Sequence[ActorName], known: Sequence[PlaceName], codebook: Codebook) -> str | None:
    """The country that most of the places are in, else that of most places and actors together."""
    bodies = index_of(codebook).bodies_of
    ids = [actor.actor_id for actor in named if actor.actor_id]
    rows = (codebook.actor(actor_id) for actor_id in ids)
    placed = [name.place.country for name in known]
    acting = [*(row.country for row in rows if row), *(bodies.get(actor_id) for actor_id in ids)]
    for told, fewest in ((placed, 2), ([*placed, *acting], 1)):
        counted = Counter(country for country in told if country)
        country, times = counted.most_common(1)[0] if counted else (None, 0)
        if times >= max(fewest, _MOST_OF_THEM * counted.total()):
            return country
    return None


def _spans(syntax: Syntax, codebook: Codebook) -> Iterator[Span]:
    nouns, sites = _nouns(codebook)
    for at, token in enumerate(syntax.tokens):
        if token.upos != "PROPN" or token.deprel not in ("obl", "nmod", "conj") or syntax.words[at] in nouns:
            continue
        standing = token.head if token.deprel == "conj" else at
        preposition, holder = syntax.preposition(standing), syntax.tokens[standing].head
        sited = preposition == "of" and holder >= 0 and syntax.words[holder] in sites
        if sited or preposition in codebook.lexicon.event_prepositions:
            yield _name(syntax, at)


def _name(syntax: Syntax, at: int) -> Span:
    """The words of a name written in one piece: the head with the proper nouns before and behind it."""
    phrase = syntax.within(syntax.phrase(at))
    inside = [one for one in phrase if syntax.tokens[one].upos == "PROPN" or syntax.words[one] in _JOINING]
    first = last = inside.index(at)
    while first and inside[first - 1] == inside[first] - 1:
        first -= 1
    while last + 1 < len(inside) and inside[last + 1] == inside[last] + 1:
        last += 1
    while syntax.words[inside[first]] in _JOINING:
        first += 1
    while syntax.words[inside[last]] in _JOINING:
        last -= 1
    return (syntax.tokens[inside[first]].start, syntax.tokens[inside[last]].end)


@cache
def _nouns(codebook: Codebook) -> tuple[frozenset[str], frozenset[str]]:
    """Common nouns, which are no names however they are written; and those of them that are sites."""
    nouns = [(word, row.type) for row in codebook.nouns for word in row.words]
    senses = [word for row in codebook.senses for word in row.words]
    sites = {form for word, kind in nouns if kind == "place" for form in (word, plural(word))}
    return frozenset(
        form for word in (*senses, *(word for word, _ in nouns)) for form in (word, plural(word))
    ), frozenset(sites)
