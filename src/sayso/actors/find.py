"""Which words of a report name or stand for an actor.

In this order, and of two that overlap the earlier way wins: a name of the codebook or a short form that
the report explains; an outlet or monitor whose name tells; an organisation that the codebook does not have,
by the shape of its name; a state and one of its bodies ("the Afghan army", an "Interior Ministry"); people
described ("gunmen", "officials"). Then words that stand for an organisation told before ("the group", "it").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.actors.bodies import bodies_in
from sayso.actors.index import NameKind, Nation, index_of, slug
from sayso.actors.known import names_in, short_forms, unlisted
from sayso.actors.page import ActorName, Page, apart, is_printed_like
from sayso.actors.phrases import PERSON, extended
from sayso.actors.standins import speaking_persons, standins
from sayso.actors.tables import begins
from sayso.actors.unlisted import unlisted_in
from sayso.codebook import Codebook
from sayso.language import Sentence, view
from sayso.model import Span


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a report beside its words.

    published  the ISO day of publication; None where it is not known.
    initials   initials that the report does not explain and that are somebody who acts or speaks there.
    """

    published: str | None = None
    initials: frozenset[str] = frozenset()


_LOOK_BACK = 100
"""How many names back a pronoun or a last name may point: several pages of a report."""


def find(
    text: str,
    sentences: Sequence[Sentence],
    countries: Sequence[tuple[Span, str]],
    codebook: Codebook,
    about: About,
) -> tuple[ActorName, ...]:
    """The actors named in the sentences, in order, none overlapping another.

    countries  places of the report, in order, with the ISO 3166-1 alpha-3 code of their country: where bodies
               without a country belong, which branch "the group's branch in X" is, and which of several
               actors of one name is meant.

    What stands for no one told before is left out. A name that the codebook does not have gets an id made of
    it and of the country that the report is mostly about.
    """
    page = _page(text, sentences, countries, codebook, about)
    found: list[ActorName] = []
    for sentence in sentences:
        before = found[-_LOOK_BACK:]
        named = [extended(page, name, sentence) for name in _named(page, sentence, before)]
        named = apart(named + speaking_persons(page, sentence, before))
        anaphors = standins(page, sentence, [*before, *named])
        found += apart([*named, *(extended(page, name, sentence) for name in anaphors)])
    return tuple(found)


def _page(
    text: str,
    sentences: Sequence[Sentence],
    countries: Sequence[tuple[Span, str]],
    codebook: Codebook,
    about: About,
) -> Page:
    """The report as all steps look at it, each sentence looked through once."""
    index, seen = index_of(codebook), view(text)
    day = about.published[:10] if about.published else None
    nations: list[tuple[int, int, Nation]] = []
    known, bodies, people = {}, {}, {}
    for one in sentences:
        start, last = one.span
        begun = begins(seen, one.span, index.firsts)
        known[start] = names = index.names.among(seen, begun, last)
        bodies[start] = index.bodies.among(seen, begun, last)
        people[start] = index.people.among(seen, begun, last)
        shouted = text[start:last].isupper()
        longer = {at for start, end, _ in names for at in range(start + 1, end)}
        nations += [
            (start, end, nation)
            for start, end, nation in index.nations.among(seen, begun, last)
            if start not in longer and is_printed_like(text[start:end], nation.printed, shouted=shouted)
        ]
    page = Page(text, seen, countries, nations, codebook, index, sentences, known, bodies, people, day)
    return replace(page, short=_explained(page, about.initials))


def _explained(page: Page, initials: frozenset[str]) -> dict[str, ActorName]:
    """What the short forms mean that the report explains, and the initials that somebody goes by."""
    short: dict[str, ActorName] = {}
    for form, (start, end), sentence in short_forms(page):
        named = [name for name in _named(page, sentence, ()) if name.name == (start, end)]
        words = " ".join(page.text[start:end].split())
        given = named[0] if named else ActorName(start, end, (start, end), words, None, "organisation")
        actor_id = given.actor_id or unlisted(page, words)
        short.setdefault(form, replace(given, words=form, actor_id=actor_id))
    for sentence in page.sentences:  # "the self-defence militia Zaïre": such a name is a group's from then on
        for name in unlisted_in(page, sentence):
            if " " not in name.words and name.kind == "organisation":
                short.setdefault(name.words, name)
    known = {page.text[start:end] for names in page.known.values() for start, end, _ in names}
    for form in sorted(initials - known - short.keys()):
        short[form] = ActorName(0, 0, (0, 0), form, unlisted(page, form), "organisation")
    return short


def _named(page: Page, sentence: Sentence, before: Sequence[ActorName]) -> list[ActorName]:
    names: list[ActorName] = [*names_in(page, sentence), *_unknown_media(page, sentence)]
    names += [name for name in unlisted_in(page, sentence) if _is_free(name, names)]
    names += bodies_in(page, sentence, before)
    for start, end, row in page.people.get(sentence.start, ()):
        if row.speaks or row.unnamed:
            kind: NameKind = row.speaks or "people"
            words = page.text[start:end]
            names.append(ActorName(start, end, (start, end), words, None, kind, unnamed=True))
    kept: list[ActorName] = []
    for name in names:  # earlier ways win over later ones
        if _is_free(name, kept):
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


def _is_free(name: ActorName, kept: Sequence[ActorName]) -> bool:
    return all(name.end <= other.start or name.start >= other.end for other in kept)


def _unknown_media(page: Page, sentence: Sentence) -> Iterator[ActorName]:
    """Outlets and monitors that the codebook does not know but whose names tell: "the Halden Observatory"."""
    if not page.index.outlet.search(page.seen, *sentence.span) or page.is_shouted(sentence):
        return
    for found in PERSON.finditer(page.text, *sentence.span):
        words = page.seen[found.start() : found.end()].split()
        for kind, nouns in page.index.outlet_nouns:
            if len(words) > 1 and (words[-1] in nouns or " ".join(words[-2:]) in nouns):
                span = found.span()
                yield ActorName(*span, span, found.group(), slug(found.group()), kind)
