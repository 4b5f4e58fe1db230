"""The stances that no wording of the codebook shows, as the listener hears them.

The listener marks a word for who did it and one for whose word it is; here it is made out whom the two name.
All that may be meant is proposed: how likely it is, and about which incident, is for ``choosing`` to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.coding.listener import Saying
from sayso.coding.rules.deeds import Who
from sayso.coding.rules.stances import OWN, Found, Stances
from sayso.coding.rules.voice import Voice, of_actor
from sayso.language import Syntax
from sayso.model import Stance

_OF_ONESELF = {
    Stance.CLAIMED: Stance.CLAIMED, Stance.DENIED: Stance.DENIED, Stance.REJECTED: Stance.DENIED
}  # fmt: skip
_OF_OTHERS = {Stance.CLAIMED: Stance.ACCUSED, Stance.DENIED: Stance.REJECTED}
"""What a stance is by whether it is the speaker's own act: who denies an act of somebody else rejects it."""
_CONTESTED = OWN | {Stance.ACCUSED, Stance.REJECTED}


_OWN_SURE, _SURE = 0.9, 0.8
"""How sure the listener must at least be of a claim or a denial, and of another stance."""


def of_sentence(stances: Stances, number: int, known: Sequence[Found]) -> Iterator[Found]:
    """What is heard in a sentence beyond the stances that the codebook's wording shows there."""
    syntax = stances.reading.syntax[number]
    if syntax is None:
        return
    for saying, voice in stances.told.sayings.get(number, ()):
        if saying.stance is Stance.STATED:  # the roles tell that
            continue
        if saying.sure < (_OWN_SURE if saying.stance in OWN else _SURE):
            continue
        for meant in _meant(stances, syntax, saying, voice):
            stance, who, _ = meant
            if not any(_are_alike(one.stance, stance) and _is_same(one.who, who) for one in known):
                yield from _found(stances, number, syntax, meant)


def _are_alike(one: Stance, other: Stance) -> bool:
    """Whether two stances are one, or both say of somebody that he did it."""
    told = (Stance.ACCUSED, Stance.STATED, Stance.SUSPECTED)
    return one is other or (one in told and other in told)


def _is_same(one: Who, other: Who) -> bool:
    if one.actor and other.actor and one.actor.actor_id:
        return one.actor.actor_id == other.actor.actor_id
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


_Meant = tuple[Stance, Who, Voice]


def _meant(stances: Stances, syntax: Syntax, saying: Saying, voice: Voice | None) -> Iterator[_Meant]:
    """What a saying comes to, where it is known who is meant and whose word it is.

    Somebody without a name, or an outlet, who says that a body did it speaks for that body where the
    listener hears a claim: "a caller said the X had planted it".
    """
    deeds, words = stances.deeds, syntax.tokens[saying.actor].span
    direct = stances.is_direct(stances.told.over(words))
    if voice and not voice.is_report and deeds.is_own(syntax, saying.actor, voice, direct=direct):
        stance = _OF_ONESELF.get(saying.stance)
        if stance:
            yield stance, deeds.itself(syntax, saying.actor, voice), voice
        return
    who = deeds.who(syntax, saying.actor, voice or Voice(), direct=direct)
    if who is None:
        # A bare noun: "no soldier opened fire", says the ministry; "air defences shot down two drones".
        own = _is_first_person(stances, syntax, saying.actor)
        if not (voice and voice.is_named) or (syntax.tokens[saying.actor].upos == "PRON" and not own):
            return
        if saying.stance in OWN:
            yield saying.stance, deeds.itself(syntax, saying.actor, voice), voice
        return
    if saying.stance in OWN and not (voice and voice.is_named):
        if who.actor and who.actor.kind in ("organisation", "state", "person"):
            yield saying.stance, replace(who, own=True), of_actor(who.actor)
    elif voice and saying.stance in _CONTESTED and voice.is_report:
        return
    elif voice:
        stance = _OF_OTHERS.get(saying.stance, saying.stance)
        if stance is Stance.ACCUSED and not voice.is_named:  # witnesses and unnamed officials state
            stance = Stance.STATED
        yield stance, who, voice


def _is_first_person(stances: Stances, syntax: Syntax, place: int) -> bool:
    """Whether a word is "we" or "ours", whatever quotation marks a reader may see around it."""
    return syntax.words[place] in stances.codebook.lexicon.own_words or syntax.words[place] == "ours"


def _found(stances: Stances, number: int, syntax: Syntax, meant: _Meant) -> Iterator[Found]:
    stance, who, voice = meant
    if not stances.is_sound(stance, who, voice) or _is_ruled_out(stances, syntax, stance, who.head):
        return
    verbs = (at for at in (who.head, *syntax.over(who.head)) if syntax.is_verbal(at))
    place = next(verbs, who.head)
    act = syntax.extent(syntax.under(place))
    cue = syntax.tokens[place].span
    tells = cue if _tells_new(stances, syntax, place, stance) else None
    hedge = stances.hedge(number, syntax, place, act)
    yield Found(stance, number, cue, who, voice, act, hedge, False, tells, HEARD)


def _is_ruled_out(stances: Stances, syntax: Syntax, stance: Stance, place: int) -> bool:
    """Whether grammar rules out what is heard.

    A claim at a verb of claiming that shows none to the codebook: "took responsibility for the safety of the
    road"; a denial of what is never done: "we do not bomb civilians".
    """
    over = [at for at in (place, *syntax.over(place)) if syntax.is_verbal(at)]
    if stance is Stance.DENIED:
        return bool(over) and syntax.is_habit(over[0]) and syntax.withheld(over[0]) == "negated"
    rows = (row for at in over for row in stances.deeds.rows_of_verb(syntax, at))
    return stance is Stance.CLAIMED and any(row.stance is Stance.CLAIMED for row in rows)


HEARD = "stances/heard"
"""The rule that is named for what is only heard."""


def _tells_new(stances: Stances, syntax: Syntax, place: int, stance: Stance) -> bool:
    """Whether a verb tells an act of its own: it takes no stance, and nothing under it points back."""
    deeds = stances.deeds
    if stance in (Stance.DENIED, Stance.REJECTED) or not syntax.is_verbal(place):
        return False
    if any(row.stance for row in deeds.rows_of_verb(syntax, place)):
        return False
    objects = deeds.objects(syntax, place)
    return not any(
        deeds.is_back(syntax, at) or (deeds.is_act(syntax, at) and syntax.is_definite(at)) for at in objects
    )
