"""Names of the codebook in a sentence, and which of several actors of one name is meant.

Of several that share a name the one is meant whose country the report speaks of most; without any country
the one whose own name it is; else none. A short form that the report itself explains means what it explains.
"""

import re
from collections.abc import Iterator, Sequence

from sayso.actors.index import Known, slug
from sayso.actors.page import ActorName, Page, is_printed_like
from sayso.language import Sentence
from sayso.model import Span

_SHORT = re.compile(
    r"\(([\"“']?)(?P<bracketed>[A-Z][\w.\-/]{1,11}|\d[A-Z][A-Z0-9]{0,4})\1\)"
    r"|, (?P<beside>[A-Z]{2,8})(?=[,.;])"
)
_WORD = re.compile(r"[^\W_](?:[\w'’\-]*\w)?")
_LONGEST = 14
"""How many words before a bracket may be explained by the short form in it."""


def names_in(page: Page, sentence: Sentence) -> Iterator[ActorName]:
    """The names of the codebook, and the short forms that the report explains, in a sentence."""
    shouted = page.is_shouted(sentence)
    for start, end, known in page.known.get(sentence.start, ()):
        printed = page.text[start:end]
        if " " in printed and is_part_of_name(page, sentence, start):
            continue
        if printed in page.short:
            continue
        if (meant := meant_by(page, known, printed, shouted=shouted)) and not _is_of_person(
            page, sentence, start, printed
        ):
            yield ActorName(start, end, (start, end), printed, meant.actor_id, meant.kind)
    yield from _explained(page, sentence)


def meant_by(page: Page, known: Sequence[Known], printed: str, *, shouted: bool) -> Known | None:
    """Which of the actors that share a name is meant; None where nothing tells."""
    fits = [
        one
        for one in known
        if any(is_printed_like(printed, form, shouted=shouted) for form in one.printed)
        and not (one.local and page.told.keys().isdisjoint(one.countries))
        and not (page.published and one.since and one.since > page.published)
    ]
    if printed.isupper() and not shouted:  # "JEM" and "JeM" are two
        fits = [one for one in fits if printed in one.printed] or fits
    if len(fits) < 2:
        return fits[0] if fits else None
    told = [one for one in fits if not page.told.keys().isdisjoint(one.countries)]
    if told:
        return max(told, key=lambda one: max(page.told[country] for country in one.countries))
    named = [one for one in fits if one.is_name]
    return named[0] if len(named) == 1 else None


def is_part_of_name(page: Page, sentence: Sentence, start: int) -> bool:
    """Whether words belong to somebody else's longer name: "the group's military", "Pa-O Liberation Army"."""
    told = page.text[sentence.start : start].rstrip()
    before = told.split()
    if not before or told[-1] in ',;:.)]"”(' or _ends_a_nation(page, sentence.start + len(told)):
        return False
    if re.search(r"['’]s?$", before[-1]):
        return True
    if is_headline(page, sentence) or before[-1][-1:].isdigit():
        return False
    lexicon = page.codebook.lexicon
    if before[-1].lower() in (*lexicon.articles, *lexicon.place_prepositions, *lexicon.conjunctions):
        return False
    large = before[-1][0].isupper() and not re.search(r"-[a-z]", before[-1])
    return len(before) > 1 and large and page.text[start].isupper()


def is_headline(page: Page, sentence: Sentence) -> bool:
    """Whether most words of a sentence begin large: there capitals tell nothing."""
    words = page.text[sentence.start : sentence.end].split()
    return sum(word[0].isupper() for word in words) > len(words) / 2


def _ends_a_nation(page: Page, at: int) -> bool:
    return any(end == at for _, end, _ in page.nations_in((max(0, at - 60), at)))


def _is_of_person(page: Page, sentence: Sentence, start: int, printed: str) -> bool:
    """Whether a name in one word stands after a title or an initial: "Mr Wagner", "R. Wagner"."""
    if " " in printed or not printed.istitle():
        return False
    before = page.seen[max(sentence.start, start - 12) : start].split()
    last = before[-1].rstrip(".") if before else ""
    return last in page.codebook.lexicon.honorifics or (len(last) == 1 and last.isalpha() and last != "a")


def _explained(page: Page, sentence: Sentence) -> Iterator[ActorName]:
    if not page.short:
        return
    for word in _WORD.finditer(page.text, *sentence.span):
        if name := page.short.get(word.group()):
            span = word.span()
            yield ActorName(*span, span, name.words, name.actor_id, name.kind)


def short_forms(page: Page) -> Iterator[tuple[str, Span, Sentence]]:
    """Short forms in brackets or between commas whose letters are the initials of the words before.

    Each with the span of these words and their sentence.
    """
    for sentence in page.sentences:
        for found in _SHORT.finditer(page.text, *sentence.span):
            form = found["bracketed"] or found["beside"]
            if span := _long_form(page, sentence, found.start(), form):
                yield form, span, sentence


def _long_form(page: Page, sentence: Sentence, at: int, short: str) -> Span | None:
    """The words before ``at`` whose initials are the letters of a short form, small words left out.

    None where the initials differ: the two languages of "Fuerzas Populares (Popular Forces)" say nothing.
    """
    letters = [char.lower() for char in short if char.isalnum()]
    words = list(_WORD.finditer(page.text, max(sentence.start, at - 160), at))[-_LONGEST:]
    if not words or page.text[words[-1].end() : at].strip(" \n'’\"”"):
        return None
    small = page.codebook.lexicon.name_links
    for word in reversed(words):
        initials = [part[0].lower() for part in word.group().split("-")]
        rest = list(letters)
        for initial in reversed(initials):
            if rest and rest[-1] == initial:
                rest.pop()
        if rest == letters and word.group().lower() not in small:
            return None
        letters = rest
        if not letters:
            start = word.start()
            return (start, words[-1].end()) if len(words) > 1 and start < words[-1].start() else None
    return None


def unlisted(page: Page, words: str) -> str:
    """The id of an actor that the codebook does not know: of its name and of the country it is told in.

    Of its name alone where nothing tells the country.
    """
    name = re.sub(r"^(?:the|a|an)\s+", "", words.strip(), flags=re.IGNORECASE)
    return f"{slug(name)}-{page.sure_home.lower()}" if page.sure_home else slug(name)
