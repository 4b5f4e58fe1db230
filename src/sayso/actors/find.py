"""Which words of a report name or stand for an actor.

Four ways, in this order: a name of the codebook; a state and one of its bodies ("the Afghan army", a bare
"Interior Ministry" of the country the report is mostly about); people described ("gunmen", "officials"); a
word that stands for an organisation named before ("the group", "it"). What follows a name without changing
whose it is belongs to the phrase: "Islamic State terrorists", "Interior Ministry spokesman Tariq Arian".
"""

import bisect
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.actors.index import Index, NameKind, Nation, index_of, slug
from sayso.codebook import Codebook
from sayso.language import Sentence, view
from sayso.model import Span

_PERSON = re.compile(
    r"[^\W\d_a-z][\w'’\-]*(?:[ \u00a0\n](?:(?:al|bin|ibn|de|da|del|van|von|el|abu|ould|ag)[ \u00a0\-])?"
    r"[^\W\d_a-z][\w'’\-]*){0,4}"
)
_NEXT_WORD = re.compile(r"(?:'s|s')? ([\w\-]+)")
_NAMED_PART = re.compile(r"['’]s [A-Z][\w\-]+ (\w+)|[ \n]\([A-Z][\w.\-]{1,11}\)")
_POSSESSIVE = re.compile(r"(?:'s|s')(?!\w)")


@dataclass(frozen=True, slots=True)
class ActorName:
    """One place where a report names or stands for an actor.

    start, end  the whole phrase, with what follows the name without changing whose it is.
    name        the span of the name itself; ``words`` are these, or those of the antecedent.
    antecedent  the span of the name that a pronoun or a group noun stands for.
    spoken_by   the person who speaks for the body, where the phrase names one; ``public`` if so.
    """

    start: int
    end: int
    name: Span
    words: str
    actor_id: str | None
    kind: NameKind
    antecedent: Span | None = None
    spoken_by: str | None = None
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    """What every step looks at: the text, its view, the countries told, and what the codebook knows."""

    text: str
    seen: str
    countries: Sequence[tuple[Span, str]]
    codebook: Codebook
    index: Index
    group_words: frozenset[str]
    begins: Sequence[int]
    home: str | None = None


def find(
    text: str,
    sentences: Sequence[Sentence],
    countries: Sequence[tuple[Span, str]],
    codebook: Codebook,
) -> tuple[ActorName, ...]:
    """The actors named in the sentences, in order, none overlapping another.

    countries  places of the report with the ISO 3166-1 alpha-3 code of their country: where bodies without
               a country belong, and which branch "the group's branch in X" is.

    What stands for no one told before is left out.
    """
    words = frozenset(word for row in codebook.people if row.group for word in row.words)
    page = _Page(
        text, view(text), countries, codebook, index_of(codebook), words, [one.start for one in sentences]
    )
    page = replace(page, home=_home(page, sentences))
    found: list[ActorName] = []
    for sentence in sentences:
        named = [_extended(page, name, sentence) for name in _named(page, sentence)]
        before = found[-_LOOK_BACK:]
        named = _apart(named + _speaking_persons(page, sentence, before))
        anaphors = _anaphors(page, sentence, [*before, *named])
        found += _apart([*named, *(_extended(page, name, sentence) for name in anaphors)])
    return tuple(found)


_LOOK_BACK = 100
"""How many names back a pronoun or a last name may point: several pages of a report."""


def _apart(names: Sequence[ActorName]) -> list[ActorName]:
    """The names in order; of two that overlap the one that begins first, then the longer."""
    kept: list[ActorName] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _home(page: _Page, sentences: Sequence[Sentence]) -> str | None:
    """The country that the report speaks of most; ties go to the one told first, none to None."""
    told = [(span[0], code) for span, code in page.countries]
    for sentence in sentences:
        told += [(start, nation.country.country) for start, _, nation in _nations(page, sentence)]
    counts = Counter(code for _, code in sorted(told))
    return max(counts, key=lambda code: counts[code]) if counts else None


def _named(page: _Page, sentence: Sentence) -> list[ActorName]:
    capitals = page.text[sentence.start : sentence.end].isupper()
    names: list[ActorName] = []
    for start, end, known in page.index.names.find(page.seen, sentence.span):
        printed = page.text[start:end]
        longer = " " in printed and _is_part_of_name(page, sentence, start)
        if _is_printed_like(printed, known.printed, capitals) and not longer:
            names.append(ActorName(start, end, (start, end), printed, known.actor_id, known.kind))
    names += _unknown_media(page, sentence)
    names += _bodies(page, sentence)
    for start, end, row in page.index.people.find(page.seen, sentence.span):
        if row.speaks or row.unnamed:
            kind: NameKind = row.speaks or "people"
            names.append(ActorName(start, end, (start, end), page.text[start:end], None, kind))
    kept: list[ActorName] = []
    for name in names:  # earlier ways win over later ones
        if all(name.end <= other.start or name.start >= other.end for other in kept):
            kept.append(name)
    return sorted(kept, key=lambda name: name.start)


def _unknown_media(page: _Page, sentence: Sentence) -> Iterator[ActorName]:
    """Outlets and monitors that the codebook does not know but whose names tell: "the Halden Observatory"."""
    if page.text[sentence.start : sentence.end].isupper():
        return
    for found in _PERSON.finditer(page.text, *sentence.span):
        words = view(found.group()).split()
        kinds: tuple[tuple[NameKind, tuple[str, ...]], ...] = (
            ("media", page.codebook.lexicon.media_nouns),
            ("monitor", page.codebook.lexicon.monitor_nouns),
        )
        for kind, nouns in kinds:
            if len(words) > 1 and (words[-1] in nouns or " ".join(words[-2:]) in nouns):
                span = found.span()
                yield ActorName(*span, span, found.group(), slug(found.group()), kind)


def _is_printed_like(printed: str, form: str, capitals: bool) -> bool:
    """Whether words are a name and not the same letters by chance: "IS" is a group, "is" is not.

    In a sentence all in capitals nothing tells two-letter names from words, so they are left out.
    """
    if capitals:
        return len(form) > 2
    return printed == form if form.isupper() else printed[:1].isupper() or not form[:1].isupper()


def _bodies(page: _Page, sentence: Sentence) -> Iterator[ActorName]:
    """States and their bodies: "Afghanistan's national government", "Interior Ministry", "Israel"."""
    nations = _nations(page, sentence)
    homes = {country.country: country for country in page.codebook.countries}
    used: set[int] = set()
    for start, end, body in page.index.bodies.find(page.seen, sentence.span):
        first, nation = start, homes.get(page.home or "")
        for begins, ends, named in nations:
            between = _POSSESSIVE.sub("", page.seen[ends:start])
            if ends <= start and len(between.split()) <= 2 and re.fullmatch(r"[\w ]*", between):
                first, nation = begins, named.country
                used.add(begins)
        if nation is not None and not (first == start and _is_part_of_name(page, sentence, start)):
            actor_id = f"{slug(nation.name)}-{body}"
            yield ActorName(first, end, (first, end), page.text[first:end], actor_id, "state")
    for start, end, named in nations:
        if named.is_name and start not in used and not _is_place(page, start):
            actor_id = f"{slug(named.country.name)}-government"
            yield ActorName(start, end, (start, end), page.text[start:end], actor_id, "state")


def _nations(page: _Page, sentence: Sentence) -> list[tuple[int, int, Nation]]:
    """The countries named in a sentence, by their names or demonyms."""
    capitals = page.text[sentence.start : sentence.end].isupper()
    return [
        (start, end, nation)
        for start, end, nation in page.index.nations.find(page.seen, sentence.span)
        if _is_printed_like(page.text[start:end], nation.printed, capitals)
    ]


def _is_part_of_name(page: _Page, sentence: Sentence, start: int) -> bool:
    """Whether words belong to somebody else's longer name: "the group's military", "Pa-O Liberation Army"."""
    told = page.text[sentence.start : start].rstrip()
    before = told.split()
    if not before or any(end == sentence.start + len(told) for _, end, _ in _nations(page, sentence)):
        return False
    if re.search(r"['’]s?$", before[-1]):
        return True
    words = page.text[sentence.start : sentence.end].split()
    is_headline = sum(word[0].isupper() for word in words) > len(words) / 2  # there capitals tell nothing
    return len(before) > 1 and before[-1][0].isupper() and page.text[start].isupper() and not is_headline


def _is_place(page: _Page, start: int) -> bool:
    """Whether a country's name stands where a place stands: after "in", after a comma."""
    before = page.seen[max(0, start - 40) : start].rstrip()
    last = before.rsplit(" ", 1)[-1]
    if last in page.codebook.lexicon.place_adjectives:
        last = before.removesuffix(last).rstrip().rsplit(" ", 1)[-1]
    return before.endswith(",") or last in page.codebook.lexicon.place_prepositions


def _extended(page: _Page, name: ActorName, sentence: Sentence) -> ActorName:
    """The name with what follows it: group nouns, "branch in X", spokesman and person."""
    if name.kind == "people":
        return _with_whose(page, name)
    lexicon = page.codebook.lexicon
    name = _with_long_form(page, sentence, _with_branch(page, name))
    end = name.end
    if further := _NAMED_PART.match(page.text, end):  # "'s Khorasan branch", "(ISK)"
        part = further.group(1) is None or further.group(1) in lexicon.name_tails
        end = further.end() if part else end
    end = _after(page.seen, end, sentence.end, page.group_words.union(lexicon.name_tails))
    spoken = _after(page.seen, end, sentence.end, {*lexicon.spokesmen, *lexicon.titles})
    if spoken == end:
        return replace(name, end=end)
    person = _PERSON.match(page.text, _skip_blanks(page.seen, spoken))
    if person and person.end() <= sentence.end and not page.text[sentence.start : sentence.end].isupper():
        return replace(name, end=person.end(), spoken_by=_bare(person.group()), public=True)
    return replace(name, end=spoken, public=True)


def _with_whose(page: _Page, name: ActorName) -> ActorName:
    """People described by a country of theirs: "enemies of Afghanistan"."""
    for (start, end), _ in page.countries:
        if re.fullmatch(r" of (?:the )?", page.seen[name.end : start]):
            return replace(name, end=end, name=(name.start, end), words=page.text[name.start : end])
    return name


def _bare(person: str) -> str:
    """A person's name on one line and without a possessive ending."""
    return re.sub(r"\s+", " ", re.sub(r"['’]s$", "", person))


def _with_long_form(page: _Page, sentence: Sentence, name: ActorName) -> ActorName:
    """A short name in brackets with the long form before it: "the X Liberation Front (XLF)"."""
    if page.text[name.start - 1 : name.start] != "(" or page.text[name.end : name.end + 1] != ")":
        return name
    long_form = re.search(
        r"(?:[A-Z][\w\-]*[ \n](?:(?:of|for|the|and|in)[ \n])*)+$", page.text[sentence.start : name.start - 1]
    )
    start = sentence.start + long_form.start() if long_form else name.start - 1
    return replace(name, start=start, end=name.end + 1)


def _with_branch(page: _Page, name: ActorName) -> ActorName:
    """The whole's part in a country for "Islamic State's branch in Afghanistan", if the codebook has one."""
    tail = _after(page.seen, name.end, len(page.seen), set(page.codebook.lexicon.name_tails))
    joined = re.compile(r" in (?:the )?").match(page.seen, tail)
    if tail == name.end or joined is None or name.actor_id is None:
        return name
    for (start, end), country in page.countries:
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


def _speaking_persons(page: _Page, sentence: Sentence, before: Sequence[ActorName]) -> list[ActorName]:
    """Later, shorter forms of persons who spoke for a body: "Stanekzai explained"."""
    names: list[ActorName] = []
    for speaker in {name.spoken_by: name for name in before if name.spoken_by}.values():
        last = str(speaker.spoken_by).split()[-1]
        for found in re.compile(rf"(?<!\w){re.escape(last)}(?!\w)").finditer(page.text, *sentence.span):
            first_told = speaker.antecedent or speaker.name
            start, end = found.span()
            names.append(replace(speaker, start=start, end=end, name=(start, end), antecedent=first_told))
    return names


def _anaphors(page: _Page, sentence: Sentence, before: Sequence[ActorName]) -> list[ActorName]:
    """Words that stand for an organisation told before: "the insurgent group", "it"."""
    lexicon = page.codebook.lexicon
    adjectives, nouns, pronouns = (
        "|".join(map(re.escape, words))
        for words in (lexicon.name_adjectives, lexicon.group_nouns, lexicon.pronouns)
    )
    wording = re.compile(rf"(?<!\w)(?:the (?:(?:{adjectives}) )*(?:{nouns})|(?:{pronouns}))(?!\w)")
    names: list[ActorName] = []
    for found in wording.finditer(page.seen, *sentence.span):
        if found.group() in lexicon.pronouns and not _is_subject(page, sentence, found.start()):
            continue
        stands_for = _told_before(page, before, found.start())
        if stands_for:
            start, end = found.span()
            first_told = stands_for.antecedent or stands_for.name
            names.append(
                replace(
                    stands_for,
                    start=start,
                    end=end,
                    name=(start, end),
                    antecedent=first_told,
                    spoken_by=None,
                    public=None,
                )
            )
    return names


def _told_before(page: _Page, before: Sequence[ActorName], at: int) -> ActorName | None:
    """The organisation that a word at ``at`` stands for: the first told in the sentence nearest before it.

    The first, because a sentence goes on about the subject of the last one more often than about its object.
    """
    told = [name for name in before if name.kind == "organisation" and name.end <= at]
    if not told:
        return None
    nearest = max(told, key=lambda name: name.end)
    begins = bisect.bisect_right(page.begins, nearest.start) - 1
    return min((name for name in told if name.start >= page.begins[begins]), key=lambda name: name.start)


def _is_subject(page: _Page, sentence: Sentence, at: int) -> bool:
    """Whether a pronoun begins a clause: as an object it stands for a thing more often than for a group."""
    before = page.seen[sentence.start : at].split()
    lexicon = page.codebook.lexicon
    return not before or before[-1][-1] in ',;:"(' or before[-1] in (*lexicon.conjunctions, *lexicon.said)
