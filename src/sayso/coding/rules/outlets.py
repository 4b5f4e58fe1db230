"""Outlets and monitors through whose hands words come: "in a statement carried by Amaq", "told Radio X"."""

import re
from collections.abc import Iterator
from functools import cache

from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.coding.rules.voice import PASSING, nouns_of, whole_words
from sayso.language import Syntax
from sayso.language.english import english
from sayso.language.inflection import verb_forms
from sayso.model import Span


def passing_in(
    reading: Reading, syntax: Syntax, verb: int, content: Span, codebook: Codebook
) -> tuple[str, ...]:
    """The outlets and monitors named in the clause of a verb of saying, outside what is said."""
    clause = [at for at in syntax.under(verb) if not content[0] <= syntax.tokens[at].start < content[1]]
    told = [at for at in syntax.under(verb) if syntax.words[at] in nouns_of(codebook.lexicon.documents)]
    clause += [at for noun in told for at in syntax.under(noun)]
    names = dict.fromkeys(
        name for _, name in sorted(_outlets(reading, syntax, sorted(set(clause)), codebook))
    )
    return tuple(names)


def _outlets(
    reading: Reading, syntax: Syntax, places: list[int], codebook: Codebook
) -> Iterator[tuple[int, str]]:
    for place in places:
        for actor in within(reading.actors, *syntax.tokens[place].span):
            if (
                actor.kind in PASSING
                and actor.antecedent is None
                and _stands_apart(syntax, actor.name, codebook)
            ):
                yield actor.name[0], trimmed(actor.words, codebook)
        if syntax.words[place] in _nouns(codebook) and (
            name := _name_beside(reading, syntax, place, codebook)
        ):
            yield name
        if syntax.words[place] in _passing_on(codebook):
            passed = _passed_by(reading, syntax, place)
            yield from ((start, trimmed(words, codebook)) for start, words in passed)


def _stands_apart(syntax: Syntax, name: Span, codebook: Codebook) -> bool:
    """Whether an outlet's name is a phrase of its own, or of its noun: not "U.N. sanctions"."""
    top = syntax.top(name)
    if top is None:
        return False
    head = syntax.tokens[top].head
    inside = syntax.tokens[top].deprel in ("compound", "amod", "nmod:poss")
    return not inside or (head >= 0 and syntax.words[head] in _nouns(codebook))


def trimmed(words: str, codebook: Codebook) -> str:
    """The name of an outlet without a noun of it: "Amaq" for "Amaq agency", but "Amaq news agency".

    Of "Basque daily Gara" what stands behind the noun.
    """
    parts = words.split()
    nouns = [at for at, word in enumerate(parts[:-1]) if word in _nouns(codebook)]
    *name, last = parts[nouns[-1] + 1 :] if nouns and parts[-1][0].isupper() else parts
    kept = not name or last not in _nouns(codebook) or name[-1].islower()
    return " ".join([*name, last] if kept else name)


@cache
def _passing_on(codebook: Codebook) -> frozenset[str]:
    return frozenset(form for verb in codebook.lexicon.passing for form in verb_forms(verb))


def _passed_by(reading: Reading, syntax: Syntax, verb: int) -> Iterator[tuple[int, str]]:
    """A name behind a verb of passing on, whatever it is: "read out on CRTV", "translated by the X"."""
    shouted = syntax.text[slice(*syntax.sentence.span)].isupper()  # there capitals tell nothing
    particles = {syntax.words[at] for at in syntax.having(verb, "compound:prt")}
    if shouted or not particles <= _PARTICLES:
        return
    for child in syntax.having(verb, "obl", "obl:agent"):
        if (
            syntax.tokens[child].upos == "PROPN"
            and syntax.preposition(child) in _PASSING_ON
            and (name := _free_name(reading, syntax, syntax.phrase(child)))
        ):
            yield name


_PASSING_ON = ("by", "on", "in", "through")
_PARTICLES = {"out", "over"}
"""What a verb of passing on may have behind it: "read out on CRTV"."""


def _free_name(reading: Reading, syntax: Syntax, span: Span) -> tuple[int, str] | None:
    """The words of a span as a name, from the first with a capital; None for what is known otherwise."""
    start, end = whole_words(syntax, span)
    known = bool(within(reading.actors, start, end)) or bool(within(reading.places, start, end))
    words = syntax.text[start:end].split()
    while words and not any(letter.isupper() for letter in words[0]):
        start += len(words.pop(0)) + 1
    if words and words[0].lower() in english().definites | {"a", "an"}:
        words.pop(0)
    if known or not words or bool(within(reading.times, start, end)):
        return None
    return start, " ".join(words)


@cache
def _nouns(codebook: Codebook) -> frozenset[str]:
    lexicon = codebook.lexicon
    return frozenset(word for word in (*lexicon.media_nouns, *lexicon.outlet_nouns) if " " not in word)


def _name_beside(reading: Reading, syntax: Syntax, noun: int, codebook: Codebook) -> tuple[int, str] | None:
    """The name of an outlet beside its noun: "the station Suara Selatan", "its Az-Zallaqa channel".

    Words with capitals are a name, whatever a parse makes of them; not the first of a sentence alone. None
    where an actor that the rooms know stands there, which is told by its kind.
    """
    first, last = _large_around(syntax, noun)
    own = _is_large(syntax, noun)
    if not own:
        first, last = (noun + 1, last) if last > noun else (first, noun - 1)
    if first > last or (first, last) == (0, 0) or (own and first == last):
        return None
    name = _free_name(reading, syntax, (syntax.tokens[first].start, syntax.tokens[last].end))
    known = name is None or all(word.lower() in _nouns(codebook) for word in name[1].split())
    return None if known or name is None else (name[0], trimmed(name[1], codebook))


def _large_around(syntax: Syntax, place: int) -> tuple[int, int]:
    """The first and the last of the words with capitals that stand around a word without a break."""
    first = last = place
    while first > 0 and _is_large(syntax, first - 1):
        first -= 1
    while last + 1 < len(syntax.tokens) and _is_large(syntax, last + 1):
        last += 1
    return first, last


def _is_large(syntax: Syntax, place: int) -> bool:
    """Whether a word has a capital, or is the first part of one that has: "al-Sahel".

    Where all have, whether it is a name by the parse.
    """
    if syntax.text[slice(*syntax.sentence.span)].isupper():
        return syntax.tokens[place].upos == "PROPN"
    return any(map(str.isupper, syntax.text[slice(*whole_words(syntax, syntax.tokens[place].span))]))


_BROADCAST = re.compile(r"(?P<before>[^\n]{3,140}?),? (?:in [^\W\d]+,? )?\d{4} ?(?:hours )?(?:gmt|utc)\b")
_PART = re.compile(r"[,;.)\]:]\s+|[(\[]")


def broadcast_heads(reading: Reading, codebook: Codebook) -> tuple[tuple[int, str], ...]:
    """Where a digest of broadcasts names the one that it goes on to give, and which it is.

    Such a line has an hour in GMT: "(a) Paris, Radio France Internationale in French, 0630 gmt 9 Feb".
    """
    heads: list[tuple[int, str]] = []
    for sentence in reading.sentences:
        found = _BROADCAST.match(reading.plain, sentence.start, sentence.end)
        if found is not None and (name := _broadcaster(reading, found.span("before"), codebook)):
            heads.append((sentence.start, name))
    return tuple(heads)


def _broadcaster(reading: Reading, span: Span, codebook: Codebook) -> str | None:
    """The outlet in the words before the hour: one that is known, else the part with a noun for an outlet."""
    known = [actor for actor in within(reading.actors, *span) if actor.kind == "media"]
    if known:
        return known[-1].words
    text = reading.report.text[slice(*span)]
    parts = [part.strip() for part in _PART.split(text) if part.strip()]
    nouns = _nouns(codebook)
    named = [part for part in parts if nouns & set(part.lower().split())] or parts[-1:]
    words = named[-1].split() if named else []
    places = [at for at, word in enumerate(words) if word.islower() and word in nouns]
    if places and places[-1] + 1 < len(words):  # "private television channel Khyber Awaz"
        words = words[places[-1] + 1 :]
    while words and words[0].islower():
        words.pop(0)
    # A town stands before the name: "San Salvador Radio Venceremos".
    first = next((at for at, word in enumerate(words[:-1]) if word.lower() in nouns), 0)
    return " ".join(words[first:]) or None
