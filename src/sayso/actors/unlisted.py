"""Organisations that the codebook does not know, by the shape of their names.

A name in capitals is an organisation's where its last word says so ("Red Mangrove Army"), or its first does
before "of" or "for" ("Front for the Liberation of the Delta"), or it begins with such a word of another
language ("Katibat Ennour"), or stands after a noun for one ("the charity Letkar Relief", "a gang known as the
Falcons of the Mountain"). All words are data: name_parts.yaml and the lexicon.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.actors.index import NameKind, index_of, slug
from sayso.actors.known import unlisted
from sayso.actors.page import ActorName, Page
from sayso.codebook import Codebook
from sayso.codebook.schema import ActorClass
from sayso.language import Sentence, view

_WORD = re.compile(r"[^\W_](?:[\w'’\-]*\w)?(?:(?<=s)['’](?= ))?|[^\w\s]")
_LARGE = re.compile(r"\d+(?:st|nd|rd|th)$|[a-z]{1,3}[\-'’][^\W\d_a-z]")
_POSSESSIVE = re.compile(r"['’]s?$")
_SELF = ("itself", "themselves")
_LONGEST_NAMING = 5
_LONGEST_NOUN = 4
_ENDS_APPOSITION = frozenset(
    {",", ".", ";", ")", "that", "which", "whose", "of", "based", "in", "with", "close"}
)
_GANGS = frozenset({"gang", "militia", "group", "cartel", "faction"})
_SMALL_NOUN_AFTER = 2
"""How many large words a name has before a noun in small letters: "Abu Surra brigade", not "Sweida gang"."""
_KEPT = 50_000
"""How many words are remembered, so that memory stays bounded."""
_LONGEST = 10
"""Words of a name. Longer runs of capitals are titles of things or lists."""


@dataclass(slots=True)  # not frozen: there is one for each word, and they are made three times as fast
class _Word:
    start: int
    end: int
    seen: str
    large: bool
    """Whether it begins with a capital or is an ordinal number."""


def unlisted_in(page: Page, sentence: Sentence) -> Iterator[ActorName]:
    """The names in a sentence that look like an organisation's, longest first where they share words."""
    if page.is_shouted(sentence):
        return
    words = _words(page, sentence)
    if not any(word.large for word in words):
        return
    bodies = [(start, end) for start, end, _ in page.bodies.get(sentence.start, ())]
    at = 0
    while at < len(words):
        if not words[at].large:
            at += 1
            continue
        run = _run(page, words, at)
        if run == at:
            at += 1
            continue
        found = (
            _by_shape(page, words, at, run)
            or _by_noun_before(page, words, at, run)
            or _by_noun_after(page, words, at, run)
        )
        span = (words[found[0]].start, words[found[1] - 1].end) if found else (0, 0)
        if found and not any(start <= span[0] and span[1] <= end for start, end in bodies):
            printed = page.text[span[0] : span[1]]
            yield ActorName(*span, span, printed, unlisted(page, printed), found[2])
        at = max(run, found[1] if found else run)


def class_of(name: str, codebook: Codebook) -> ActorClass:
    """The class that the words of a name tell: a front's fighters are rebels; "other" where none tells."""
    parts = index_of(codebook).parts
    words = view(name).split()
    rows = [parts[word] for word in (words[0], *reversed(words)) if word in parts]
    return rows[0].actor_class if rows else "other"


def known_ids(codebook: Codebook) -> frozenset[str]:
    """The ids that the codebook gives: of actors, of outlets, and of the bodies of each state."""
    index = index_of(codebook)
    outlets = (slug(outlet.outlet) for outlet in codebook.outlets)
    return frozenset((*(actor.actor_id for actor in codebook.actors), *outlets, *index.bodies_of))


def _words(page: Page, sentence: Sentence) -> list[_Word]:
    seen = page.seen
    words = []
    for found in _WORD.finditer(page.text, *sentence.span):
        start, end = found.span()
        words.append(_Word(start, end, seen[start:end], _is_large(found[0])))
    return words


@lru_cache(maxsize=_KEPT)
def _is_large(word: str) -> bool:
    """Whether a word begins with a capital, after its article if need be ("al-Tawhid"), or is an ordinal."""
    return word[0].isupper() or _LARGE.match(word) is not None


def _run(page: Page, words: Sequence[_Word], at: int) -> int:
    """The end of the run of large words, with small ones of names between, that begins at a word."""
    links = page.index.links
    end = step = at
    while step < len(words) and step - at < _LONGEST:
        if step > at and page.seen[words[step - 1].end : words[step].start] != " ":
            break
        if words[step].large and words[step].seen[0].isalnum():
            end = step = step + 1
        elif step > at and words[step].seen in links and step - end < _LINKS:
            step += 1
        else:
            break
    return end


_LINKS = 3


def _by_shape(page: Page, words: Sequence[_Word], start: int, end: int) -> tuple[int, int, NameKind] | None:
    start = _without_lead(page, words, start, end)
    if start >= end:
        return None
    lead = page.index.parts.get(words[start].seen)
    if lead and lead.leads and end - start > 1:
        return start, _until_and(words, start, end), lead.kind
    for head in range(start, min(_past_local(page, words, end) + 1, len(words))):
        if found := _around_head(page, words, (start, head, end)):
            return found
    return None


def _past_local(page: Page, words: Sequence[_Word], end: int) -> int:
    """The end of the run with what makes a body local: "West Wollega" and "zone" in "... administration"."""
    while (
        end < len(words)
        and words[end].seen in page.codebook.lexicon.local_bodies
        and _follows(page, words, end)
    ):
        end += 1
    return end


def _follows(page: Page, words: Sequence[_Word], at: int) -> bool:
    return page.seen[words[at - 1].end : words[at].start] == " "


def _around_head(
    page: Page, words: Sequence[_Word], at: tuple[int, int, int]
) -> tuple[int, int, NameKind] | None:
    """The name around the noun at ``head``, where the words from start to end are its run."""
    start, head, end = at
    noun, last = page.index.parts.get(words[head].seen), head + 1
    if head + 1 < end and (longer := page.index.parts.get(f"{words[head].seen} {words[head + 1].seen}")):
        noun, last = longer, head + 2
    if noun is None or noun.leads or (head >= end and (head == start or not _follows(page, words, head))):
        return None
    first = head
    while first > start and words[first - 1].seen not in page.index.links:
        first -= 1
    told = [word.seen for word in words[first:head]]
    described = end - first < _SMALL_NOUN_AFTER or words[head].seen in page.index.group_words
    if head == end and described:  # "Sweida gang", "Kurdish fighters"; "X zone administration" is a name
        return None
    joined = words[last].seen if last + 1 < end else ""
    if joined == "for" or (joined == "of" and last == head + 1):
        return first, end if joined == "for" else _until_and(words, head, end), noun.kind
    if _tells_apart(page, told):
        return first, last, noun.kind
    if joined == "in" and told and not page.places_in((words[last].start, words[end - 1].end)):
        return first, end, noun.kind
    return None


def _without_lead(page: Page, words: Sequence[_Word], start: int, end: int) -> int:
    """The run without what stands before a name: "The", "In", whose it is, a title."""
    while start < end and (words[start].seen in page.index.leads or _is_whose(page, words[start])):
        start += 1
    return start


def _is_whose(page: Page, word: _Word) -> bool:
    """Whether a possessive tells whose it is ("Mali's Red Army") and is no part of the name ("People's")."""
    if not (found := _POSSESSIVE.search(word.seen)):
        return False
    end = word.start + found.start()
    nations = any(ends == end for _, ends, _ in page.nations_in((max(0, end - 60), end)))
    return nations or any(span[1] == end for span, _ in page.places_in((max(0, end - 60), end)))


def _until_and(words: Sequence[_Word], start: int, end: int) -> int:
    """The end of the name, before an "and" that joins another one to it."""
    for at in range(start, end):
        if words[at].seen in ("and", "to", "on", "against"):
            return at
    return end


def _tells_apart(page: Page, told: Sequence[str]) -> bool:
    """Whether the words before the noun name one organisation and not a body that each state has."""
    index = page.index
    return any(word not in index.common and word not in index.nation_words for word in told)


def _by_noun_before(
    page: Page, words: Sequence[_Word], start: int, end: int
) -> tuple[int, int, NameKind] | None:
    """A name after a noun for an organisation ("the charity X") or after "known as" and the like."""
    index = page.index
    if not start or words[start].seen in page.codebook.lexicon.calendar:
        return None
    if _noun_before(page, words, start) and _follows(page, words, start):
        return start, _until_and(words, start, end), "organisation"
    at = start
    while at and (words[at - 1].seen == "the" or not words[at - 1].seen[0].isalnum()):
        at -= 1
    if 0 < start - at <= _LINKS or at == start:
        for count in range(1, _LONGEST_NAMING + 1):
            if at >= count and " ".join(word.seen for word in words[at - count : at]) in index.naming:
                named = words[at - 1].seen in _SELF or words[max(0, at - count - 1)].seen in index.body_nouns
                return (start, _until_and(words, start, end), "organisation") if named else None
    return None


def _noun_before(page: Page, words: Sequence[_Word], at: int) -> bool:
    """Whether a noun for an organisation ends before ``at``, with an article not far before it."""
    articles = page.index.articles
    for count in range(1, _LONGEST_NOUN + 1):
        if at >= count and " ".join(word.seen for word in words[at - count : at]) in page.index.body_nouns:
            return any(word.seen in articles for word in words[max(0, at - count - 4) : at - count])
    return False


def _by_noun_after(
    page: Page, words: Sequence[_Word], start: int, end: int
) -> tuple[int, int, NameKind] | None:
    """A name of several words with its noun after it: "the X gang", "X, a relief group that"."""
    start = _without_lead(page, words, start, end)
    if end - start < 2 or end == len(words) or words[start].seen in page.index.nation_words:
        return None
    if words[end].seen in _GANGS and _follows(page, words, end):
        return start, end, "organisation"
    if words[end].seen != "," or words[min(end + 1, len(words) - 1)].seen not in ("a", "an"):
        return None
    for at in range(end + 2, min(end + 7, len(words) - 1)):
        after, word = words[at + 1].seen, words[at].seen
        if word in page.index.body_nouns:
            return (start, end, "organisation") if after in _ENDS_APPOSITION else None
        if not word[0].isalnum():
            return None
    return None
