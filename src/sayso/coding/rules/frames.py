"""The cues of a codebook looked up in a parse, with what fills the places of their grammar."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.codebook import Codebook
from sayso.codebook.schema import Cue, Role
from sayso.coding.reading import within
from sayso.coding.rules.words import Words
from sayso.language import Syntax, plural, verb_forms

_MOST_BETWEEN = 6
_INSTRUMENT: Mapping[str, Role] = {"with": "weapon"}
_VERBAL_ROLES: Mapping[str, Role] = {"subject": "perpetrator", "object": "target", "by": "perpetrator"}
_NOMINAL_ROLES: Mapping[str, Role] = {**_VERBAL_ROLES, "modifier": "perpetrator"}


@dataclass(frozen=True, slots=True)
class Match:
    """A cue in a sentence: its tokens, the head of them, and what fills its grammatical places."""

    cue: Cue
    tokens: tuple[int, ...]
    head: int
    slots: Mapping[str, tuple[int, ...]]
    verbal: bool

    def roles(self) -> dict[Role, tuple[int, ...]]:
        """The tokens by their role, heads of phrases, each once."""
        default = _VERBAL_ROLES if self.verbal else _NOMINAL_ROLES
        found: dict[Role, list[int]] = {}
        roles = {**_INSTRUMENT, **(default if self.cue.roles is None else self.cue.roles)}
        for slot, role in roles.items():
            for place in self.slots.get(slot, ()):
                if place not in found.setdefault(role, []):
                    found[role].append(place)
        return {role: tuple(places) for role, places in found.items()}


def matches(words: Words) -> Iterator[Match]:
    """The cues of a sentence whose needs are met; several may stand at the same words."""
    syntax = words.syntax
    verbs, nouns = _tables(words.codebook)
    for place, token in enumerate(syntax.tokens):
        word = syntax.words[place]
        if word in verbs and (token.upos in ("VERB", "AUX") or syntax.is_verbal(place)):
            if token.deprel != "amod":  # "a burning tank", "the wounded men": no act of its own
                yield from _at(words, place, verbs[word], verbal=True)
        elif word in nouns and token.upos in ("NOUN", "PROPN", "VERB", "ADJ", "X"):
            yield from _at(words, place, nouns[word], verbal=False)


def _at(words: Words, place: int, entries: Sequence[tuple[list[str], Cue]], verbal: bool) -> Iterator[Match]:
    for rest, cue in entries:
        tokens = _rest(words.syntax, place, rest)
        if tokens is None:
            continue
        head = place if verbal else tokens[-1]
        slots = _slots(words, cue, head, tokens, verbal)
        if all(_meets(words, slots.get(slot, ()), kinds) for slot, kinds in cue.needs.items()):
            yield Match(cue, tokens, head, slots, verbal)


def _rest(syntax: Syntax, place: int, rest: Sequence[str]) -> tuple[int, ...] | None:
    """The tokens of a phrase that begins at ``place``; None where its other words do not follow."""
    tokens, at, gap = [place], place + 1, 0
    for part in rest:
        if part == "~":
            gap = _MOST_BETWEEN
            continue
        found = next(
            (now for now in range(at, min(at + gap + 1, len(syntax.words))) if syntax.words[now] == part),
            None,
        )
        if found is None:
            return None
        tokens.append(found)
        at, gap = found + 1, 0
    return tuple(tokens)


def _slots(
    words: Words, cue: Cue, head: int, tokens: Sequence[int], verbal: bool
) -> dict[str, tuple[int, ...]]:
    """What fills the grammatical places, of all the words of the cue together; no times."""
    syntax = words.syntax
    arguments = syntax.arguments(head)
    slots: dict[str, list[int]] = {}
    inside = set(tokens)

    def add(slot: str, places: Sequence[int]) -> None:
        found = (one for one in places if one not in inside and "time" not in words.kinds(one))
        slots.setdefault(slot, []).extend(found)

    for preposition, places in arguments.obliques.items():
        add(preposition, places)
    for token in tokens:
        if token != head:
            for preposition, places in syntax.arguments(token).obliques.items():
                add(preposition, places)
    add("object", arguments.objects)
    if verbal:
        if _suffers(cue) and _is_headline_passive(
            words, head
        ):  # "Officer killed in X": it is the officer who died
            add("object", arguments.subjects)
        else:
            add("subject", arguments.subjects)
        last = syntax.words[tokens[-1]]
        for slot in [*slots] if len(tokens) > 1 else ():
            if slot.split()[-1:] == [
                last
            ]:  # the object of "run over", "pull out of" is under its preposition
                add("object", slots[slot])
    else:
        add(
            "modifier",
            [
                *syntax.having(head, "compound", "amod", "nmod:poss", "nmod:desc"),
                *arguments.obliques.get("of", ()),
            ],
        )
    return {slot: tuple(dict.fromkeys(places)) for slot, places in slots.items() if places}


def _suffers(cue: Cue) -> bool:
    """Whether a cue's verb is done to somebody, so that without an object its subject may be the one."""
    return cue.roles is None or cue.roles.get("object") in ("target", "victim")


def _is_headline_passive(words: Words, head: int) -> bool:
    """Whether a past form without an object or an auxiliary stands for a passive ("five killed in X").

    Only where its subject is counted people, or people whom no actor's name tells to be the doers.
    """
    syntax = words.syntax
    arguments = syntax.arguments(head)
    if arguments.passive or arguments.objects or syntax.having(head, "aux", "ccomp", "xcomp"):
        return False
    if syntax.words[head].endswith(("ing", "s")) or syntax.words[head] in words.codebook.lexicon.unaided:
        return False
    return any(
        "person" in words.kinds(place)
        and syntax.tokens[place].upos != "PRON"
        and ("actor" not in words.kinds(place) or syntax.having(place, "nummod"))
        for place in arguments.subjects
    )


def _meets(words: Words, places: Sequence[int], kinds: Sequence[str]) -> bool:
    if not places:
        return "none" in kinds
    return any(not words.kinds(place).isdisjoint(kinds) for place in places)


@cache
def _tables(
    codebook: Codebook,
) -> tuple[dict[str, list[tuple[list[str], Cue]]], dict[str, list[tuple[list[str], Cue]]]]:
    """Cues by the forms of their first word: of verbs, and of nouns."""
    verbs: dict[str, list[tuple[list[str], Cue]]] = {}
    nouns: dict[str, list[tuple[list[str], Cue]]] = {}
    for cue in codebook.cues:
        for phrase in cue.verbs:
            first, *rest = phrase.split()
            for form in verb_forms(first):
                verbs.setdefault(form, []).append((rest, cue))
        for phrase in cue.nouns:
            for form in dict.fromkeys((phrase, plural(phrase))):
                first, *rest = form.split()
                nouns.setdefault(first, []).append((rest, cue))
    return verbs, nouns


def type_of(words: Words, match: Match) -> str | None:
    """The sub-event type of a match: the cue's, that of the weapon, or that for what stands by."""
    cue = match.cue
    for slot, other in (("subject", cue.if_subject), ("object", cue.if_object)):
        for kind, sub_event_type in other.items():
            if any(kind in words.kinds(place) for place in _arguments(match, slot)):
                return sub_event_type
    if cue.sub_event_type is not None:
        return cue.sub_event_type
    for slot, kinds in cue.needs.items():
        if "weapon" in kinds:
            for place in match.slots.get(slot, ()):
                spans = [
                    words.syntax.phrase(place),
                    *(words.syntax.phrase(at) for at in words.filling(place)),
                ]
                for span in spans:
                    for weapon in within(words.reading.weapons, *span):
                        return weapon.weapon.sub_event_type
    return None


def _arguments(match: Match, slot: str) -> tuple[int, ...]:
    """What stands as subject or object, of a noun what its prepositions make one."""
    roles: tuple[Role, ...] = ("perpetrator",) if slot == "subject" else ("target", "victim")
    given = match.roles()
    return (*match.slots.get(slot, ()), *(place for role in roles for place in given.get(role, ())))
