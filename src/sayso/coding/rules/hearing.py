"""The stances that no wording of the codebook shows, as the listener hears them.

The listener marks a word for who did it and one for whose word it is; here it is made out whom the two name.
All that may be meant is proposed: how likely it is, and about which incident, is for ``choosing`` to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.actors import ActorName
from sayso.codebook import Codebook
from sayso.coding.listener import BEFORE, REPORT, Saying
from sayso.coding.reading import within
from sayso.coding.rules.deeds import Who
from sayso.coding.rules.pointing import Pointing
from sayso.coding.rules.stances import OWN, Found, Stances
from sayso.coding.rules.voice import Voice, are_one, of_actor, participant_kind
from sayso.language import Syntax
from sayso.model import Span, Stance

_OF_ONESELF = {
    Stance.CLAIMED: Stance.CLAIMED, Stance.DENIED: Stance.DENIED, Stance.REJECTED: Stance.DENIED
}  # fmt: skip
_OF_OTHERS = {Stance.CLAIMED: Stance.ACCUSED, Stance.DENIED: Stance.REJECTED}
"""What a stance is by whether it is the speaker's own act: who denies an act of somebody else rejects it."""
_CONTESTED = OWN | {Stance.ACCUSED, Stance.REJECTED}


_OWN_SURE, _SURE = 0.7, 0.8
"""How sure the listener must at least be of a claim or a denial, and of another stance."""


def of_sentence(stances: Stances, pointing: Pointing, number: int, known: Sequence[Found]) -> Iterator[Found]:
    """What is heard in a sentence beyond the stances that the codebook's wording shows there."""
    syntax = stances.reading.syntax[number]
    if syntax is None:
        return
    for saying, voice in stances.told.sayings.get(number, ()):
        if saying.stance is Stance.STATED:  # the roles tell that
            continue
        if saying.sure < (_OWN_SURE if saying.stance in OWN else _SURE):
            continue
        for meant in _meant(stances, pointing, _Told(number, syntax, saying, voice)):
            stance, who, _, _ = meant
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


@dataclass(frozen=True, slots=True)
class _Told:
    """A saying in the sentence that tells it, and whom the rules read as the speaker."""

    number: int
    syntax: Syntax
    saying: Saying
    voice: Voice | None


_Read = tuple[Stance, Who, Voice]
_Meant = tuple[Stance, Who, Voice, float]


def _meant(stances: Stances, pointing: Pointing, told: _Told) -> Iterator[_Meant]:
    """What a saying comes to: who is meant, by what the words name and by what the report tells of whom."""
    syntax, saying, voice = told.syntax, told.saying, told.voice
    if is_passive(syntax, saying):
        return
    read = next(read_of(stances, syntax, saying, voice), None)
    likely = max(
        pointing.may_be(told.number, syntax, saying, voice, read[1] if read else None),
        key=lambda one: (one.sure, one.ruled),
        default=None,
    )
    if likely is None:
        return
    if likely.ruled and read is not None:
        yield (*read, likely.sure)
    elif likely.actor is not None and likely.sure >= _POINTED:
        named = pointing.nearest(likely.actor, told.number)
        span, own = syntax.tokens[saying.actor].span, saying.stance in OWN
        who = Who(saying.actor, span, likely.actor, participant_kind(likely.actor), own=own, named=named)
        speaks = _as_speaker(told, likely.actor, named, stances.codebook) if own else voice
        if speaks is None or (saying.stance in _CONTESTED and speaks.is_report):
            return
        unnamed = saying.stance is Stance.ACCUSED and not speaks.is_named
        yield Stance.STATED if unnamed else saying.stance, who, speaks, likely.sure


_POINTED = 0.3
"""How likely somebody must be meant by words that do not name him."""


def _as_speaker(told: _Told, actor: ActorName, named: Span, codebook: Codebook) -> Voice:
    """An actor who speaks of his own act, by whomever was read as the speaker."""
    voice, speaker = told.voice, told.saying.speaker
    if voice is not None and voice.actor is not None and are_one(voice.actor, actor, codebook):
        return voice
    made = of_actor(actor)
    person = voice.speaker if voice is not None and voice.actor is None else None
    if person is not None and person.kind == "person":
        made = replace(made, speaker=replace(made.speaker, spoken_by=person.words, public=person.public))
    words = told.syntax.tokens[speaker].span if speaker >= 0 else None
    return replace(made, words=words, before=named, via=voice.via if voice else ())


def read_of(stances: Stances, syntax: Syntax, saying: Saying, voice: Voice | None) -> Iterator[_Read]:
    """What a saying comes to by its words alone, where they tell who is meant and whose word it is."""
    deeds, words = stances.deeds, syntax.tokens[saying.actor].span
    direct = stances.is_direct(stances.told.over(words))
    if voice and not voice.is_report and deeds.is_own(syntax, saying.actor, voice, direct=direct):
        if stance := _OF_ONESELF.get(saying.stance):
            yield stance, deeds.itself(syntax, saying.actor, voice), voice
        return
    who = deeds.who(syntax, saying.actor, voice or Voice(), direct=direct)
    if saying.stance in OWN:
        meant = _of_oneself(stances, syntax, saying, voice, who)
        if meant or not (who and voice and voice.is_named and saying.speaker != BEFORE):
            yield from [meant] if meant else []
            return
    if who and voice and not (saying.stance in _CONTESTED and voice.is_report):
        stance = _OF_OTHERS.get(saying.stance, saying.stance)
        if stance is Stance.ACCUSED and not voice.is_named:
            stance = Stance.STATED  # witnesses and unnamed officials
        yield stance, who, voice


def is_passive(syntax: Syntax, saying: Saying) -> bool:
    """Whether grammar rules out that the two words are one who speaks and one who did it.

    "It was said", "jets were reported to have fired": somebody else speaks. "Claimed its camp had been
    shelled": the camp did nothing.
    """
    speaks = syntax.tokens[saying.speaker].deprel if saying.speaker >= 0 else ""
    acts = syntax.tokens[saying.actor].deprel if saying.stance in OWN else ""
    return speaks in ("nsubj:pass", "expl") or acts == "nsubj:pass"


def _of_oneself(
    stances: Stances, syntax: Syntax, saying: Saying, voice: Voice | None, who: Who | None
) -> _Read | None:
    """A claim or a denial by those whose people the words name, or by the body that they name.

    "No soldier opened fire", "our lads", "a unit of commandos" are of a body that speaks. Where somebody
    without a name speaks, or an outlet, or who does is only known from before, it is the word of the body
    named: "a caller said the X had planted it".
    """
    if voice and voice.is_named and not _is_strange(syntax, saying, who, voice):
        other = syntax.tokens[saying.actor].upos == "PRON" and not _is_first_person(stances, syntax, saying)
        if who is None and other:
            return None
        if who is not None and who.actor is not None:
            return saying.stance, replace(who, own=True), voice
        return saying.stance, stances.deeds.itself(syntax, saying.actor, voice), voice
    named = (
        who is not None and who.actor is not None and who.actor.kind in ("organisation", "state", "person")
    )
    foreign = voice is not None and voice.is_named and saying.speaker != BEFORE
    if who is None or who.actor is None or not named or foreign or saying.speaker == REPORT:
        return None
    return saying.stance, replace(who, own=True), of_actor(who.actor)


def _is_strange(syntax: Syntax, saying: Saying, who: Who | None, voice: Voice) -> bool:
    """Whether words name somebody who is known not to be the speaker, or no soldier, unit or child of his."""
    if who is None or who.actor is None or who.actor.actor_id is None:
        return False
    if voice.actor is not None and voice.actor.actor_id is not None:
        return True
    return syntax.tokens[saying.actor].upos == "PROPN"


def _is_first_person(stances: Stances, syntax: Syntax, saying: Saying) -> bool:
    """Whether a word is "we" or "ours", whatever quotation marks a reader may see around it."""
    word = syntax.words[saying.actor]
    return word in stances.codebook.lexicon.own_words or word == "ours"


def _found(stances: Stances, number: int, syntax: Syntax, meant: _Meant) -> Iterator[Found]:
    stance, who, voice, pointed = meant
    named = within(stances.reading.actors, *who.span)
    if stance is Stance.ACCUSED and named and all(one.kind == "people" for one in named):
        return  # "gunmen" are nobody in particular, whomever a report names; the roles tell of them
    unlisted = stance is Stance.CLAIMED and who.own and who.actor is None and voice.actor is None
    if not (_is_body(voice) if unlisted else stances.is_sound(stance, who, voice)):
        return
    if stance is Stance.CLAIMED and _is_known_otherwise(stances, number, syntax, who.head):
        return
    verbs = (at for at in (who.head, *syntax.over(who.head)) if syntax.is_verbal(at))
    place = next(verbs, who.head)
    act = syntax.extent(syntax.under(place))
    cue = syntax.tokens[place].span
    tells = cue if _tells_new(stances, syntax, place, stance) else None
    hedge = stances.hedge(number, syntax, place, act)
    yield Found(stance, number, cue, who, voice, act, hedge, False, tells, HEARD, pointed)


def _is_known_otherwise(stances: Stances, number: int, syntax: Syntax, place: int) -> bool:
    """Whether the verb of a claimant is one of claiming that shows no claim to the codebook.

    "Took responsibility for the safety of the road". Where it does show one, and only not whose, it is heard:
    "a front of the X claimed responsibility".
    """
    verb = next((at for at in (place, *syntax.over(place)) if syntax.is_verbal(at)), None)
    return verb is not None and stances.shows_claim(number, syntax, verb) is False


def _is_body(voice: Voice) -> bool:
    return voice.is_named and voice.speaker.kind in ("organisation", "state")


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
