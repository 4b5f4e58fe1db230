"""The whole phrase of a name: what follows it without changing whose it is.

"Islamic State terrorists", "Islamic State's branch in Afghanistan", "Delta Liberation Front (DLF)",
"Interior Ministry spokesman Tariq Arian".
"""

import re
from collections.abc import Collection
from dataclasses import replace

from sayso.actors.known import meant_by
from sayso.actors.page import ActorName, Page
from sayso.language import Sentence

PERSON = re.compile(
    r"[^\W\d_a-z][\w'’\-]*(?:[ \u00a0\n](?:(?:al|bin|ibn|de|da|del|van|von|el|abu|ould|ag)[ \u00a0\-])?"
    r"[^\W\d_a-z][\w'’\-]*){0,4}"
)
_NEXT_WORD = re.compile(r"(?:'s|s')? ([\w\-]+)")
_NAMED_PART = re.compile(r"['’]s [A-Z][\w\-]+ (\w+)|[ \n]\([A-Z][\w.\-]{1,11}\)")
_LONG_FORM = re.compile(r"(?:[A-Z][\w\-]*[ \n](?:(?:of|for|the|and|in)[ \n])*)+$")
_JOINED = re.compile(r" in (?:the )?")


def extended(page: Page, name: ActorName, sentence: Sentence) -> ActorName:
    """The name with what follows it: group nouns, "branch in X", spokesman and person."""
    if name.kind == "people":
        return _with_whose(page, name)
    lexicon = page.codebook.lexicon
    name = _with_long_form(page, sentence, _with_branch(page, name))
    end = name.end
    if further := _NAMED_PART.match(page.text, end):  # "'s Khorasan branch", "(ISK)"
        part = further.group(1) is None or further.group(1) in lexicon.name_tails
        end = further.end() if part else end
        name = _by_its_short_form(page, sentence, name, further)
    end = _after(page.seen, end, sentence.end, page.index.tails)
    spoken = _after(page.seen, end, sentence.end, page.index.speakers)
    if spoken == end:
        return replace(name, end=end)
    person = PERSON.match(page.text, _skip_blanks(page.seen, spoken))
    if person and person.end() <= sentence.end and not page.is_shouted(sentence):
        return replace(name, end=person.end(), spoken_by=_bare(person.group()), public=True)
    return replace(name, end=spoken, public=True)


def _by_its_short_form(page: Page, sentence: Sentence, name: ActorName, further: re.Match[str]) -> ActorName:
    """The actor of a short form in brackets, where the codebook has it and not the words before."""
    if further.group(1) or name.actor_id is None or page.codebook.actor(name.actor_id):
        return name
    for start, end, known in page.known.get(sentence.start, ()):
        if (start, end) == (further.start() + 2, further.end() - 1):
            meant = meant_by(page, known, page.text[start:end], shouted=page.is_shouted(sentence))
            return replace(name, actor_id=meant.actor_id, kind=meant.kind) if meant else name
    return name


def _with_whose(page: Page, name: ActorName) -> ActorName:
    """People described by a country of theirs: "enemies of Afghanistan"."""
    for (start, end), _ in page.places_in((name.end, name.end + 12)):
        if re.fullmatch(r" of (?:the )?", page.seen[name.end : start]):
            return replace(name, end=end, name=(name.start, end), words=page.text[name.start : end])
    return name


def _bare(person: str) -> str:
    """A person's name on one line and without a possessive ending."""
    return re.sub(r"\s+", " ", re.sub(r"['’]s$", "", person))


def _with_long_form(page: Page, sentence: Sentence, name: ActorName) -> ActorName:
    """A short name in brackets with the long form before it: "the X Liberation Front (XLF)"."""
    if page.text[name.start - 1 : name.start] != "(" or page.text[name.end : name.end + 1] != ")":
        return name
    long_form = _LONG_FORM.search(page.text[sentence.start : name.start - 1])
    start = sentence.start + long_form.start() if long_form else name.start - 1
    return replace(name, start=start, end=name.end + 1)


def _with_branch(page: Page, name: ActorName) -> ActorName:
    """The whole's part in a country for "Islamic State's branch in Afghanistan", if the codebook has one."""
    tail = _after(page.seen, name.end, len(page.seen), page.codebook.lexicon.name_tails)
    joined = _JOINED.match(page.seen, tail)
    if tail == name.end or joined is None or name.actor_id is None:
        return name
    for (start, end), country in page.places_in((joined.end(), joined.end() + 1)):
        branch = page.index.branches.get((name.actor_id, country))
        if start == joined.end() and branch:
            whole = (name.start, end)
            return replace(name, end=end, name=whole, words=page.text[name.start : end], actor_id=branch)
    return name


def _after(seen: str, at: int, end: int, words: Collection[str]) -> int:
    """Where a run of the given words after ``at`` ends; ``at`` itself if there is none."""
    while following := _NEXT_WORD.match(seen, at, end):
        if following.group(1) not in words:
            break
        at = following.end()
    return at


def _skip_blanks(seen: str, at: int) -> int:
    while at < len(seen) and seen[at] in " ,":
        at += 1
    return at
