"""Wording that tells of an incident, and whether it is told as having happened."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.codebook import Codebook
from sayso.codebook.schema import Role, Strength, compile_pattern
from sayso.coding.reading import Reading, within
from sayso.coding.rules import frames
from sayso.coding.rules.frames import Match
from sayso.coding.rules.words import Words
from sayso.language.english import english
from sayso.model import Span

HEARD_CUE = "heard"
"""The name of a cue that no wording of the codebook shows, but the listener hears."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One cue in a sentence.

    token     the head of its words in the parse of the sentence
    width     how many words it has
    needing   whether what stands by it shows its meaning ("rockets fell"), which tells more than another word
    definite  it speaks of something already told ("the attack", "five died")
    plural    it may be a way of speaking of many ("attacks"), so it needs more to go on
    roles     the heads of the phrases that its grammar gives a role, as tokens of the parse
    """

    sentence: int
    token: int
    cue: Span
    width: int
    needing: bool
    name: str
    sub_event_type: str
    strength: Strength
    definite: bool
    plural: bool
    verbal: bool
    roles: Mapping[Role, tuple[int, ...]]

    @property
    def strong(self) -> bool:
        """Whether it tells of an incident of its type by itself."""
        return self.strength == "strong"

    @property
    def suffering(self) -> tuple[int, ...]:
        """The heads of the phrases for whom or what it was done to."""
        return (*self.roles.get("target", ()), *self.roles.get("victim", ()))


@dataclass(frozen=True, slots=True)
class Turned:
    """A cue that was turned down, and why: "negated", "open" or "not told as one act"."""

    sentence: int
    cue: Span
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of a report told as having happened, by the number of their sentence, and the others."""

    words: Mapping[int, Words]
    hits: Mapping[int, Sequence[Hit]]
    turned: Sequence[Turned]


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A codebook pattern, compiled once per process."""
    return compile_pattern(pattern)


@cache
def wording(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One of the phrases, as whole words; a blank in a phrase is any run of blanks."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    sources = (r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sources) or r'(?!)'})(?!\w)")


def find(reading: Reading, codebook: Codebook) -> Cues:
    """The cues of a report, one for each place in the text, in order."""
    words: dict[int, Words] = {}
    hits: dict[int, list[Hit]] = {}
    turned: list[Turned] = []
    told: set[str] = set()
    governors = frozenset(codebook.lexicon.governors)
    if _is_of_another_field(reading, codebook):
        return Cues(words, hits, turned)
    for number, syntax in enumerate(reading.syntax):
        if syntax is None:
            continue
        said = " ".join(syntax.words)
        if said in told:  # a headline printed twice is read once
            continue
        told.add(said)
        here = words[number] = Words(reading, syntax, codebook)
        found = _one_each(_hits(here, number), codebook)
        for hit in [*found, *_heard(here, number, found)]:
            if reason := _turned_down(here, hit, governors):
                turned.append(Turned(number, hit.cue, hit.name, reason))
            else:
                hits.setdefault(number, []).append(hit)
    for one in hits.values():
        one.sort(key=lambda hit: hit.cue)
    return Cues(words, hits, turned)


def _is_of_another_field(reading: Reading, codebook: Codebook) -> bool:
    """Whether a report is so full of words of sport or the like that violence is a figure of speech in it."""
    words = sum(len(syntax.words) for syntax in reading.syntax if syntax)
    pattern = wording(codebook.lexicon.other_fields)
    found = sum(len(pattern.findall(reading.plain, *sentence.span)) for sentence in reading.sentences)
    return found >= _FEWEST and found > _SHARE * words


_FEWEST, _SHARE = 3, 0.011
"""How many words of other fields a report needs, and how many of its words they must be, to be of one."""


def _turned_down(words: Words, hit: Hit, governors: frozenset[str]) -> str | None:
    """Why a cue is not taken for something that happened by somebody's hand."""
    if within(words.reading.times, *hit.cue):
        return "a time"
    before, after = (
        words.reading.plain[max(0, hit.cue[0] - 1) : hit.cue[0]],
        words.reading.plain[hit.cue[1] : hit.cue[1] + 1],
    )
    if (before, after) in (('"', '"'), ("'", "'")):
        return "in quotation marks"  # they "shot" the guard: a way of speaking, or a play
    syntax = words.syntax
    beside = [place for places in hit.roles.values() for place in places]
    if any("nature" in words.kinds(place) for place in (*beside, *syntax.having(hit.token, "obl", "nmod"))):
        return "nature"
    token = syntax.tokens[hit.token]
    beside_it = token.head == hit.token + 1
    if (
        token.deprel == "compound"
        and beside_it
        and syntax.words[token.head] not in words.codebook.lexicon.event_heads
    ):
        return "part of a name"
    anybody = words.codebook.lexicon.anybody
    if not hit.verbal and any(syntax.words[at] in anybody for at in syntax.having(hit.token, "det")):
        return "negated"  # "denied that any attack had taken place"
    if hit.verbal and not hit.strong and syntax.is_going_on(hit.token):
        return "going on"  # "the group is fighting the army": a state of things, no one act
    if hit.verbal and _since_long(words, hit.token):
        return "going on"  # "have fought one another since last year"
    if unreal := words.syntax.unreal(hit.token, governors):
        return unreal
    heard = words.reading.heard[hit.sentence]
    doubtful = hit.strength in ("weak", "faint")
    if doubtful and heard is not None and float(heard.acts[hit.token]) < _POSSIBLE:
        return "not heard as an act"
    return None


_POSSIBLE = 0.05
"""How sure the listener must at least be of the words of a cue that by themselves tell of no act."""


def _since_long(words: Words, place: int) -> bool:
    """Whether what a verb tells has gone on for a year or a season."""
    syntax = words.syntax
    if not any(syntax.words[at] in english().having for at in syntax.having(place, "aux")):
        return False
    spans = [
        syntax.extent(syntax.under(child))
        for child in syntax.having(place, "obl", "obl:unmarked", "nmod")
        if syntax.preposition(child) in words.codebook.lexicon.since
    ]
    times = [time for span in spans for time in within(words.reading.times, *span)]
    return any(time.date.precision in ("year", "season") for time in times)


def _heard(words: Words, number: int, known: Sequence[Hit]) -> Iterator[Hit]:
    """The words that no cue of the codebook holds and that tell of an act, as the listener hears it."""
    heard, syntax = words.reading.heard[number], words.syntax
    if heard is None:
        return
    types = {row.sub_event_type for row in words.codebook.event_types}
    taking = [syntax.arguments(hit.token) for hit in known if hit.verbal]
    held = {place for one in taking for place in (*one.subjects, *one.objects)}  # "rockets slammed into"
    for place, token in enumerate(syntax.tokens):
        (kind, of_kind), sure = heard.types[place], float(heard.acts[place])
        taken = place in held or any(hit.cue[0] < token.end and token.start < hit.cue[1] for hit in known)
        if sure < _SURE or of_kind < _SURE_OF_KIND or taken or kind not in types:
            continue
        verbal = syntax.is_verbal(place)
        arguments = syntax.arguments(place)
        gathers = words.codebook.event_types[words.codebook.rank_of(kind)].family == "gathering"
        crowd = {syntax.words[at] for at in (*arguments.subjects, *arguments.objects)}
        if gathers and not crowd.isdisjoint(words.codebook.lexicon.state_nouns):
            continue  # "the riot police paraded": who protests is no body of state
        doing: dict[Role, tuple[int, ...]] = {"perpetrator": arguments.subjects, "target": arguments.objects}
        yield Hit(
            sentence=number,
            token=place,
            cue=token.span,
            width=1,
            needing=False,
            name=HEARD_CUE,
            sub_event_type=kind,
            strength="weak",
            definite=not verbal and syntax.is_definite(place),
            plural=not verbal and syntax.words[place].endswith("s"),
            verbal=verbal,
            roles={role: places for role, places in doing.items() if places},
        )


_SURE, _SURE_OF_KIND = 0.9, 0.5
"""How sure the listener must be that a word tells of an act, and of its type."""


def _hits(words: Words, number: int) -> Iterator[Hit]:
    for match in frames.matches(words):
        sub_event_type = frames.type_of(words, match)
        if sub_event_type is not None:
            yield _hit(words, number, match, sub_event_type)


def _hit(words: Words, number: int, match: Match, sub_event_type: str) -> Hit:
    syntax = words.syntax
    first, last = syntax.tokens[match.tokens[0]], syntax.tokens[match.tokens[-1]]
    close = match.tokens[-1] - match.tokens[0] < len(match.tokens)
    head = syntax.words[match.head]
    return Hit(
        sentence=number,
        token=match.head,
        cue=(first.start, last.end if close else first.end),
        width=len(match.tokens),
        needing=bool(match.cue.needs),
        name=match.cue.name,
        sub_event_type=sub_event_type,
        strength=match.cue.strength,
        definite=match.cue.strength == "support" or (not match.verbal and syntax.is_definite(match.head)),
        plural=not match.verbal and head.endswith("s") and not head.endswith("ss"),
        verbal=match.verbal,
        roles=_with_own_weapon(words, match),
    )


def _with_own_weapon(words: Words, match: Match) -> Mapping[Role, tuple[int, ...]]:
    """The roles of a cue; a weapon among its words or right before it has one, too ("grenade attack")."""
    roles = match.roles()
    beside = (*match.tokens, *words.syntax.having(match.head, "compound"))
    own = [at for at in beside if within(words.reading.weapons, *words.syntax.tokens[at].span)]
    return {**roles, "weapon": (*roles.get("weapon", ()), *own)} if own else roles


def _one_each(found: Iterator[Hit], codebook: Codebook) -> list[Hit]:
    """Of hits on the same words one: the longest, the surest, the first by the codebook's order."""
    kept: list[Hit] = []
    order = sorted(
        found,
        key=lambda hit: (
            -hit.width - (_NEEDING if hit.needing else 0),
            _STRENGTHS.index(hit.strength),
            codebook.rank_of(hit.sub_event_type),
            hit.cue,
            hit.name,
        ),
    )
    for hit in order:
        if all(hit.cue[1] <= other.cue[0] or other.cue[1] <= hit.cue[0] for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.cue)


_NEEDING = 1.5
_STRENGTHS: tuple[Strength, ...] = ("strong", "weak", "faint", "support")


def clause_before(reading: Reading, start: int, end: int, codebook: Codebook) -> str:
    """The view of what stands before ``end`` in its clause, back to ``start`` at most."""
    before = reading.seen[max(start, end - _REACH) : end]
    ends = [found.end() for found in _POINTS.finditer(before)]
    ends += [found.end() for found in wording(codebook.lexicon.conjunctions).finditer(before)]
    return before[max(ends, default=0) :]


_POINTS = re.compile(r"[;:()\"]")
_REACH = 45
"""How many characters before a cue a negation or a modal reaches: about seven words. Tried on reports of our
own: 30 misses "no evidence of an", 70 lets the verb of one phrase govern the noun of the next."""
