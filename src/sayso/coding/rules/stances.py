"""Stances towards who did it, as frames over the grammar of a sentence.

Three kinds: a verb that takes a stance itself ("denied", "blamed on"); a deed told in somebody's words, where
whose word it is and of whom makes the stance; wording of the codebook that no grammar carries ("not us").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.actors import ActorName, class_of
from sayso.codebook import Codebook
from sayso.codebook.schema import ActorClass, StanceWording
from sayso.coding.reading import Reading, at, within
from sayso.coding.rules import slots
from sayso.coding.rules.cues import compiled, wording
from sayso.coding.rules.deeds import Deed, Deeds, Who, itself
from sayso.coding.rules.outlets import passing_in
from sayso.coding.rules.slots import Spot
from sayso.coding.rules.speech import Said, spoken, voice_of
from sayso.coding.rules.voice import (
    PASSING,
    Voice,
    are_one,
    is_guessed,
    nouns_of,
    of_actor,
    participant_kind,
)
from sayso.language import Syntax
from sayso.language.english import english
from sayso.model import Span, Stance

OWN = frozenset({Stance.CLAIMED, Stance.DENIED})
"""Stances that somebody takes towards an act of his own."""


_POSSIBLE = 0.01
"""How sure the listener must at least be for what a wording of the codebook shows."""


@dataclass(frozen=True, slots=True)
class Found:
    """A stance as a sentence tells it.

    cue      the words that carry it.
    act      the words within which the act it is about is told, where it is told.
    answers  whether it means nothing but as an answer to an accusation told before.
    tells    the word by which it tells an act itself ("its men shot two guards") and points back to none.
    pointed  how likely it is that its words mean whom they are taken for, 0 to 1.
    """

    stance: Stance
    number: int
    cue: Span
    who: Who
    voice: Voice
    act: Span
    hedge: Span | None
    answers: bool
    tells: Span | None
    rule: str
    pointed: float = 1.0


def once(found: Sequence[Found]) -> list[Found]:
    """In order, each stance of a speaker towards somebody once."""
    kept: dict[tuple[Stance, object, object], Found] = {}
    for one in sorted(found, key=lambda one: one.cue):
        who = one.who.actor.actor_id if one.who.actor and one.who.actor.actor_id else one.who.span
        kept.setdefault((one.stance, who, one.voice.speaker.words), one)
    return list(kept.values())


def stance_of(actor: ActorName, voice: Voice, codebook: Codebook) -> Stance | None:
    """The stance of whoever tells, in plain words, that an actor did it; None for one's own acts.

    A named body that tells it of another accuses; a report, an outlet, a monitor, witnesses and unnamed
    officials state (codebook, Statements), and who names nobody ("gunmen") accuses nobody. Whether somebody
    who tells of his own act claims it is for the words of claiming to say (``Stances``).
    """
    if voice.denies:
        return None
    if actor.kind == "people":
        return Stance.STATED
    if not voice.is_named:
        return Stance.ACCUSED if voice.accuses else Stance.STATED
    if not voice.accuses and _may_be_of(actor, voice):
        return Stance.STATED
    own = voice.actor is not None and are_one(actor, voice.actor, codebook)
    return None if own else Stance.ACCUSED


def _may_be_of(actor: ActorName, voice: Voice) -> bool:
    """Whether an official whose state is not known may tell of his own: "soldiers fought, said the mayor"."""
    unplaced = voice.actor is None or voice.actor.actor_id is None
    return actor.kind == "state" and unplaced and voice.speaker.kind in ("state", "person")


class Stances:
    """Finds the stances in the sentences of one report."""

    def __init__(self, reading: Reading, codebook: Codebook) -> None:
        self.reading = reading
        self.codebook = codebook
        self.deeds = Deeds(reading, codebook)
        self.told = spoken(reading, codebook)

    def of_sentence(self, number: int) -> list[Found]:
        """The stances of a sentence in order, one for each stance, actor and speaker."""
        syntax = self.reading.syntax[number]
        if syntax is None:
            return []
        found = list(self._of_patterns(number, syntax))
        spent = {at for one in found for at in syntax.within(one.cue)}  # "laying the attack at the door of"
        for place in range(len(syntax.tokens)):
            framed = self._of_verb(number, syntax, place)
            if framed:
                clauses = syntax.having(place, "ccomp", "xcomp", "advcl")
                own = framed[0].stance in OWN
                spent |= {at for top in ([place] if own else clauses) for at in syntax.under(top)}
            found += framed
            found += self._of_nouns(number, syntax, place)
        free = [place for place in range(len(syntax.tokens)) if place not in spent]
        for deed in self.deeds.within(syntax, free):
            found += self._of_deed(number, syntax, deed)
        return once([one for one in found if self._is_possible(one)])

    def _is_possible(self, found: Found) -> bool:
        """Whether the listener holds it possible that the sentence takes such a stance at all."""
        heard = self.reading.heard[found.number]
        if heard is None or found.stance not in (Stance.CLAIMED, Stance.ACCUSED):
            return True  # it has heard few of the others
        accused, claimed = heard.stance[Stance.ACCUSED], heard.stance[Stance.CLAIMED]
        if found.stance is Stance.ACCUSED and found.who.actor and _may_be_of(found.who.actor, found.voice):
            return bool(accused[found.who.head] >= claimed[found.who.head])  # else he tells of his own
        return float(heard.stance[found.stance].max()) >= _POSSIBLE

    def named_before(self, found: Found) -> bool:
        """Whether who denies "it" is named in the sentences before, so that there was something to deny."""
        actor = found.voice.actor
        if actor is None:
            return False
        sentences = self.reading.sentences
        start = sentences[max(0, found.number - _NAMED_WITHIN)].start
        before = within(self.reading.actors, start, sentences[found.number].start)
        return any(are_one(one, actor, self.codebook) for one in before)

    def shows_claim(self, number: int, syntax: Syntax, verb: int) -> bool | None:
        """Whether a verb shows a claim by its object, whosever; None where it is no verb of claiming."""
        rows = [row for row in self.deeds.rows_of_verb(syntax, verb) if row.stance is Stance.CLAIMED]
        if not rows:
            return None
        spots = [Spot(number, syntax, verb, row) for row in rows]
        return any(
            row.actor != "clause"
            and slots.fits(spot, self.deeds)
            and slots.is_of_an_act(spot, self.deeds)
            and not self._is_withheld(spot)
            for row, spot in zip(rows, spots, strict=True)
        )

    # ---- verbs that take a stance -------------------------------------------------------------------

    def _of_verb(self, number: int, syntax: Syntax, place: int) -> list[Found]:
        """What the first row says that fits the verb and finds somebody in its slots."""
        if not syntax.is_verbal(place) or syntax.tokens[place].deprel == "amod":
            return []
        for row in self.deeds.rows_of_verb(syntax, place):
            spot = Spot(number, syntax, place, row)
            if row.stance is None or not slots.fits(spot, self.deeds) or self._is_withheld(spot):
                continue
            if found := list(self._framed(spot)):
                return found
        return []

    def _is_withheld(self, spot: Spot) -> bool:
        """Whether the stance itself is negated or open, or nobody takes it, or it is a habit."""
        syntax, told = spot.syntax, spot.arguments
        if syntax.unreal(spot.place, ()) is not None:
            return True
        if any(syntax.nobody(at) for at in (*told.subjects, *told.objects)):
            return True
        if spot.row.stance not in OWN:
            return False
        lexicon, plain = self.codebook.lexicon, self.reading.plain
        habit = wording(lexicon.habits).search(plain, *syntax.extent(syntax.under(spot.place)))
        return bool(habit or wording(lexicon.fictions).search(plain, *syntax.sentence.span))

    def _framed(self, spot: Spot) -> Iterator[Found]:
        if spot.row.actor == "clause":
            yield from self._of_clause(spot)
        elif not slots.is_of_an_act(spot, self.deeds):
            return
        elif spot.row.stance in OWN:
            voice = self._subject(spot)
            if voice and (voice.actor or voice.is_named):
                head = next(iter(spot.arguments.subjects), spot.place)
                yield from self._made(spot, spot.row.stance, itself(voice, head, spot.cue), voice)
        else:
            yield from self._of_others(spot)

    def _of_others(self, spot: Spot) -> Iterator[Found]:
        """A stance of the subject towards somebody else; with nobody to take it, a suspicion."""
        stance = spot.row.stance
        if spot.row.passive:
            voice: Voice | None = voice_of(self.reading, spot.number, self.codebook, spot.cue)
        else:
            voice = self._subject(spot)
        if voice is None:
            if stance is Stance.ACCUSED and spot.arguments.subjects:
                return
            stance = Stance.SUSPECTED if stance is Stance.ACCUSED else stance
            voice = Voice(via=self.told.heading(spot.cue[0]))
        for head in slots.accused(spot, self.deeds):
            who = self.deeds.who(spot.syntax, head, voice)
            if who and who.own and who.actor and spot.syntax.tokens[head].upos != "PRON":
                who = replace(who, own=False)  # "the Foreign Office accused Indian forces": it says so
            if who and not who.own and stance:
                yield from self._made(spot, stance, who, voice)

    def _subject(self, spot: Spot) -> Voice | None:
        """The subject as the speaker, with those through whose hands its word came."""
        voice = self.told.speaking.get((spot.number, spot.place))
        if voice is None:
            return None
        outer = voice_of(self.reading, spot.number, self.codebook, spot.cue)
        words = outer.speaker.words
        passing = [words] if words and outer.speaker.kind in PASSING else []
        names = dict.fromkeys((*self._passing(spot, voice), *passing, *outer.via))
        via = (name for name in names if not name.islower() and name != voice.speaker.words)
        return replace(voice, via=tuple(via))

    def _passing(self, spot: Spot, voice: Voice) -> tuple[str, ...]:
        names = passing_in(self.reading, spot.syntax, spot.place, spot.content, self.codebook)
        return tuple(name for name in names if name != voice.speaker.words)

    def _of_clause(self, spot: Spot) -> Iterator[Found]:
        """The stance towards a deed in its clause: "denied that its men had fired", "claims to have shot"."""
        syntax = spot.syntax
        clauses = syntax.having(spot.place, "ccomp", "xcomp", "advcl", "obj")
        # "denied that it was there, though it carries out attacks": what is conceded is not denied.
        clauses = [
            at
            for at in clauses
            if syntax.tokens[at].deprel != "advcl" or syntax.preposition(at) in {"", *english().contents}
        ]
        voice = self._subject(spot)
        inside = [at for clause in clauses for at in syntax.under(clause)]
        deed = next(iter(self.deeds.within(syntax, inside)), None)
        if voice is None or deed is None or deed.negated:
            return
        for head in deed.actors:
            who = self.deeds.who(syntax, head, voice)
            stance = spot.row.stance
            if who and stance is Stance.DENIED and not who.own:
                stance = Stance.REJECTED
            if who and stance and (who.own or stance is not Stance.CLAIMED):
                claims = stance is Stance.CLAIMED and not deed.points_back
                tells = syntax.tokens[deed.place].span if claims else None
                yield from self._made(spot, stance, who, voice, tells=tells)

    # ---- nouns and predicates that take a stance ------------------------------------------------------

    def _of_nouns(self, number: int, syntax: Syntax, place: int) -> Iterator[Found]:
        word, words = syntax.words[place], self.deeds.words
        for row in words.before.get(word, ()):
            head = syntax.tokens[place].head
            if syntax.tokens[place].deprel == "amod" and syntax.tokens[head].deprel in _ACTING:
                yield from self._suspects(Spot(number, syntax, place, row), (head,))
        for row in words.predicates.get(word, ()):
            if row.stance is not None and syntax.having(place, "cop"):
                yield from self._suspects(Spot(number, syntax, place, row), _said_of(syntax, place, row))
        for row in words.nouns.get(word, ()):
            spot = Spot(number, syntax, place, row)
            if row.stance is Stance.CLAIMED and _is_claim(spot):
                for voice in self._claimants(spot):
                    yield from self._made(spot, Stance.CLAIMED, itself(voice, place, spot.cue), voice)

    def _claimants(self, spot: Spot) -> Iterator[Voice]:
        """Whose claim a noun tells: its owner's, else that of whoever speaks in it ("its claim says")."""
        head = spot.syntax.tokens[spot.place].head
        verb = replace(spot, place=head if head >= 0 else spot.place)
        owners = [self.deeds.actor_in(spot.syntax, at) for at in slots.owners(spot.syntax, spot.place)]
        voices = [of_actor(actor) for actor in owners if actor]
        speaking = self.told.speaking.get((spot.number, verb.place))
        for voice in voices or ([speaking] if speaking else []):
            yield replace(voice, via=self._passing(verb, voice))

    def _suspects(self, spot: Spot, heads: Sequence[int]) -> Iterator[Found]:
        voice = voice_of(self.reading, spot.number, self.codebook, spot.cue)
        stance = spot.row.stance
        if spot.syntax.withheld(spot.place) is not None or stance is None:
            return
        if stance is Stance.REJECTED and voice.is_report:
            return
        for head in heads:
            who = self.deeds.who(spot.syntax, head, voice)
            if who and not who.own:
                yield from self._made(spot, stance, who, voice)

    # ---- deeds in somebody's words -------------------------------------------------------------------

    def _of_deed(self, number: int, syntax: Syntax, deed: Deed) -> Iterator[Found]:
        spot = Spot(number, syntax, deed.place, deed.row)
        over = self.told.over(spot.cue)
        voice = voice_of(self.reading, number, self.codebook, spot.cue)
        unsure = bool(over) and over[0].unsure
        for head in deed.actors:
            who = self.deeds.who(syntax, head, voice, direct=self.is_direct(over))
            if who is None or (who.own and (voice.is_report or voice.accuses)):  # nobody accuses himself
                continue
            stance = _stance(deed, who, voice, unsure=unsure)
            if stance is not None and not (stance in OWN and self.is_habit(syntax)):
                tells = None if deed.negated or deed.points_back else spot.cue
                yield from self._made(spot, stance, who, voice, tells=tells)

    def is_direct(self, over: Sequence[Said]) -> bool:
        """Whether a speaker calls himself "we" there: in quotation marks, or in a body's own text."""
        return any(one.direct for one in over) or (not over and self.told.house is not None)

    def is_habit(self, syntax: Syntax) -> bool:
        """Whether a sentence tells what somebody does again and again."""
        habits = wording(self.codebook.lexicon.habits)
        return habits.search(self.reading.plain, *syntax.sentence.span) is not None

    # ---- wording without grammar -----------------------------------------------------------------------

    def _of_patterns(self, number: int, syntax: Syntax) -> Iterator[Found]:
        sentence = self.reading.sentences[number]
        for row in self.codebook.stances:
            if row.pattern is None or row.stance is None:
                continue
            for match in compiled(row.pattern).finditer(self.reading.seen, *sentence.span):
                cue = match.span("cue") if "cue" in match.groupdict() else match.span()
                place = syntax.top(cue)
                voice = voice_of(self.reading, number, self.codebook, cue)
                if place is None or voice.is_report:
                    continue
                if row.actor == "own":
                    who: Who | None = itself(voice, place, cue)
                else:
                    actor = at(self.reading.actors, match.span(str(row.actor)))
                    who = Who(place, actor.name, actor, participant_kind(actor), own=False) if actor else None
                if who:
                    for found in self._made(Spot(number, syntax, place, row), row.stance, who, voice):
                        yield replace(found, cue=cue)

    # ---- what is found ---------------------------------------------------------------------------------

    def _made(
        self, spot: Spot, stance: Stance, who: Who, voice: Voice, *, tells: Span | None = None
    ) -> Iterator[Found]:
        if not self.is_sound(stance, who, voice):
            return
        syntax, place = spot.syntax, spot.place
        words = set(syntax.under(who.head))
        leave = {at for at in syntax.under(place) if syntax.tokens[at].deprel == "acl:relcl"} - {place}
        main = syntax.under(place, leave=leave if place in words else words | leave)
        charges = [at for charge in syntax.charges(place) for at in syntax.under(charge, leave)]
        act = syntax.extent(sorted({*main, *charges}))
        rule = f"stances/{spot.row.name}"
        hedge = self.hedge(spot.number, syntax, place, spot.content)
        yield Found(stance, spot.number, spot.cue, who, voice, act, hedge, spot.row.answers, tells, rule)

    def hedge(self, number: int, syntax: Syntax, place: int, content: Span) -> Span | None:
        """The words by which a report keeps its distance, in the clause of a stance or over its sentence."""
        lexicon, sentence = self.codebook.lexicon, self.reading.sentences[number]
        start, end = syntax.extent(syntax.under(place))
        end = min(end, content[0]) if content[0] > start else end
        for span in ((start, end), (sentence.start, start)):
            if hedge := wording(lexicon.report_hedges).search(self.reading.plain, *span):
                return hedge.span()
        proviso = wording(lexicon.provisos).search(self.reading.plain, *sentence.span)
        return proviso.span() if proviso else None

    def is_sound(self, stance: Stance, who: Who, voice: Voice) -> bool:
        """Whether a stance can be one.

        Nobody unnamed claims or denies, nobody accuses himself, and a union or a party that "claims" says
        something about the world: acts are owned by those who can have done them.
        """
        if who.actor is not None and who.actor.kind in PASSING:
            return False
        if stance is Stance.CLAIMED:
            if who.actor is None or self._class(who.actor) == "civilians" or not voice.is_named:
                return False
            speaking, actors = voice.actor, self.reading.actors
            return not (speaking and is_guessed(speaking, who.actor, actors, self.codebook))
        if stance is Stance.DENIED:
            return voice.is_named
        return not who.own

    def _class(self, actor: ActorName) -> ActorClass:
        """The class of an actor of the codebook, else the one that the words of its name tell."""
        row = self.codebook.actor(actor.actor_id) if actor.actor_id else None
        return row.actor_class if row else class_of(actor.words, self.codebook)


def _stance(deed: Deed, who: Who, voice: Voice, *, unsure: bool) -> Stance | None:
    """The stance of whoever tells a deed; None where it is nobody's, or open and the teller's own."""
    if deed.open or unsure:
        return None if deed.negated or who.own else Stance.SUSPECTED
    if not voice.is_named:
        return None
    if who.own:
        return Stance.DENIED if deed.negated else Stance.CLAIMED
    return Stance.REJECTED if deed.negated else Stance.ACCUSED


def _said_of(syntax: Syntax, place: int, row: StanceWording) -> tuple[int, ...]:
    """Of whom a predicate is said: its subject, or whose the claim is that it is said of."""
    subjects = syntax.subjects(place)
    if row.actor != "of":
        return subjects
    claims = [at for at in subjects if syntax.words[at] in nouns_of(row.subject)]
    return tuple(at for claim in claims for at in slots.owners(syntax, claim))


def _is_claim(spot: Spot) -> bool:
    """Whether a noun is a claim that was made: "a claim of responsibility", "its claim says that ..."."""
    syntax, place = spot.syntax, spot.place
    if syntax.withheld(place) is not None or syntax.nobody(place):
        return False
    for noun in spot.row.nouns:
        if " " in noun and " ".join(syntax.words[place : place + len(noun.split())]) == noun:
            return True
    head = syntax.tokens[place].head
    made = syntax.tokens[place].deprel == "nsubj" and head >= 0 and syntax.words[head] in spot.row.subject
    return made and syntax.withheld(head) is None


_ACTING = ("nsubj", "obl:agent", "conj", "root", "obl")
"""Where in a clause those stand who do something: "suspected rebels were killed" suspects nobody."""
_NAMED_WITHIN = 3
"""How many sentences back whoever denies "it" is named where nothing tells the accusation itself."""
