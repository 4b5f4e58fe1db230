"""Which incident a stance is of where grammar leaves it open, and how likely one that is only heard is meant.

Each pair of such a stance and an incident of the report has evidence: how sure the listener is, who speaks,
how near the incident is told, whether kind, place and time agree. What each piece adds to the log-odds
stands in ``choosing.yaml``, which ``train/choosing.py`` makes of reports that people coded.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sayso import places
from sayso.coding.reading import within
from sayso.coding.rules.deeds import Who
from sayso.coding.rules.events import Told
from sayso.coding.rules.evidence import Evidence, likely, log_odds
from sayso.coding.rules.hearing import HEARD
from sayso.coding.rules.stances import OWN, Found, Stances
from sayso.coding.rules.subjects import Subjects
from sayso.coding.rules.tellings import Telling
from sayso.model import Stance


@dataclass(frozen=True, slots=True)
class Choice:
    """A stance, an incident that it may be about, and the evidence that it is meant of it.

    ruled  whether the rules hold it to be about this incident.
    """

    found: Found
    telling: Telling
    evidence: Evidence
    ruled: bool

    @property
    def sure(self) -> float:
        """How likely it is, 0 to 1, to three places."""
        return likely(self.evidence, "choosing.yaml")


class Choosing:
    """Holds the stances of one report against its incidents."""

    def __init__(self, stances: Stances, subjects: Subjects, told: Told) -> None:
        self.reading = stances.reading
        self.stances = stances
        self.subjects = subjects
        self.told = told
        self.before: list[tuple[Found, Telling]] = []

    def choices(self, found: Found, ruled: Telling | None, *, answers: bool) -> list[Choice]:
        """A stance with each incident of the report that it may be about.

        What the wording of the codebook shows to be claimed or denied is of none where the rules know none.

        ruled    the incident that the rules hold it to be about; ``answers`` whether they do so because it
                 answers an accusation told before.
        """
        made = []
        shown = "" if found.rule == HEARD else "shown: "
        if ruled is not None or not shown or found.stance not in OWN:
            alone = dict(self._of_stance(found))
            if answers:
                alone["answers an accusation"] = 1.0
            for telling in self.told.tellings:
                if not self.subjects.can_be(found, telling) or self._suffers(found, telling):
                    continue
                here = {f"{shown}{name}": much for name, much in self._of_telling(found, telling, ruled)}
                made.append(Choice(found, telling, {**alone, **here}, telling is ruled))
        if ruled is not None:
            self.before.append((found, ruled))
        return made

    def _suffers(self, found: Found, telling: Telling) -> bool:
        """Whether whoever is only heard to be accused is, in the same words, whom or what it was done to.

        "Threw grenades at the location of Taliban militants".
        """
        syntax = self.reading.syntax[found.number]
        if syntax is None or found.rule != HEARD or found.stance in OWN:
            return False
        at = syntax.tokens[found.who.head].start
        hits = (hit for one in telling.stretches if one.sentence == found.number for hit in one.hits)
        phrases = (syntax.phrase(place) for hit in hits for place in hit.suffering)
        return any(start <= at < end for start, end in phrases)

    # ---- the stance itself --------------------------------------------------------------------------

    def _of_stance(self, found: Found) -> Iterator[tuple[str, float]]:
        voice = found.voice
        yield "always", 1.0
        yield f"{'heard' if found.rule == HEARD else 'shown'} {found.stance.value}", 1.0
        yield from self._sureness(found)
        whose = "the report" if voice.is_report else "a body" if voice.is_named else "somebody unnamed"
        yield f"said by {whose}", 1.0
        if voice.words is None and not voice.is_report:
            yield "speaker told before", 1.0
        if voice.before is not None and voice.words is not None:
            yield "speaker pointed at", 1.0
        yield from self._of_actor(found.who)
        if found.rule == HEARD:
            group = "own" if found.stance in OWN else "other"
            yield f"{group}: sure of who is meant", log_odds(found.pointed)
        if found.hedge:
            yield "hedged", 1.0
        yield from self._of_grammar(found)

    def _of_actor(self, who: Who) -> Iterator[tuple[str, float]]:
        if who.actor is None:
            yield "actor is an unknown speaker" if who.own else "actor unknown", 1.0
        elif who.actor.kind == "people":
            yield "actor without a name", 1.0
        if who.named is not None or (who.actor is not None and who.actor.antecedent is not None):
            yield "actor pointed at", 1.0

    def _of_grammar(self, found: Found) -> Iterator[tuple[str, float]]:
        """What grammar says against a stance that is only heard."""
        syntax = self.reading.syntax[found.number]
        place = syntax.top(found.cue) if syntax else None
        if syntax is None or place is None:
            return
        over = (place, *syntax.over(place))
        if any(True for at in over for _ in self.stances.deeds.rows_of_verb(syntax, at)):
            yield "at known wording", 1.0
        told = found.stance not in (Stance.DENIED, Stance.REJECTED)
        if told and syntax.unreal(place, ()) is not None:
            yield "of what is open or negated", 1.0
        if self.stances.is_habit(syntax):
            yield "of a habit", 1.0

    def _sureness(self, found: Found) -> Iterator[tuple[str, float]]:
        heard, syntax = self.reading.heard[found.number], self.reading.syntax[found.number]
        if heard is None or syntax is None:
            return
        group = "own" if found.stance in OWN else "other"
        words = {found.who.head, *syntax.within(found.who.span)}
        inside = [at for at in words if 0 <= at < len(syntax.tokens)]
        if found.stance in heard.stance:
            here = heard.stance[found.stance]
            best = max((float(here[at]) for at in inside), default=0.0)
            yield f"{group}: sure of the actor", log_odds(best)
            yield f"{group}: sure of the sentence", log_odds(float(here.max()))
        against = [one for one in heard.stance if _contradicts(one, found.stance)]
        most = max((float(heard.stance[one][at]) for one in against for at in inside), default=0.0)
        yield "hears the opposite of the actor", log_odds(most)
        acts = syntax.within(found.act) or inside
        yield "hears an act", log_odds(max((float(heard.acts[at]) for at in acts), default=0.0))

    # ---- the stance and an incident -----------------------------------------------------------------

    def _of_telling(
        self, found: Found, telling: Telling, ruled: Telling | None
    ) -> Iterator[tuple[str, float]]:
        if telling is ruled:
            yield "the rules hold it to be this incident", 1.0
        elif ruled is None:
            yield "the rules know no incident", 1.0
        if telling is self.told.main:
            yield "the main incident", 1.0
        if telling.is_background:
            yield "only recalled", 1.0
        yield self._nearness(found, telling), 1.0
        yield from self._agreement(found, telling)
        if self._who_is_told(found, telling):
            yield "the actor is named where it is told", 1.0
        yield from self._said_before(found, telling)

    def _nearness(self, found: Found, telling: Telling) -> str:
        """How near the incident is told, before the stance or with it."""
        numbers = [stretch.sentence for stretch in telling.stretches]
        here = [one for one in telling.stretches if one.sentence == found.number]
        if any(found.act[0] <= hit.cue[0] < found.act[1] for one in here for hit in one.hits):
            return "told in the same words"
        if here:
            return "told in the same sentence"
        back = min((found.number - one for one in numbers if one < found.number), default=None)
        if back is None:
            return "told only later"
        paragraphs = self.reading.sentences
        together = paragraphs[found.number - back].paragraph == paragraphs[found.number].paragraph
        last = max((one for one in self.told.by_sentence if one < found.number), default=None)
        is_last = last == found.number - back and self.told.by_sentence[last][-1][1] is telling
        where = "last" if is_last else "1" if back == 1 else "2-3" if back <= 3 else "far"
        return f"told before: {where}{', same paragraph' if together else ''}"

    def _agreement(self, found: Found, telling: Telling) -> Iterator[tuple[str, float]]:
        kinds = self.subjects.kinds(found)
        if kinds:
            yield "kind agrees" if kinds & telling.types else "kind differs", 1.0
        heard, syntax = self.reading.heard[found.number], self.reading.syntax[found.number]
        if heard is not None and syntax is not None:
            sure = [(float(heard.acts[at]), heard.types[at][0]) for at in syntax.within(found.act)]
            best = max(sure, default=(0.0, ""))
            if best[0] > 0.5:
                yield "heard kind agrees" if best[1] in telling.types else "heard kind differs", 1.0
        told = [name.place for one in telling.stretches for name in one.places]
        here = [name.place for name in within(self.reading.places, *found.act)]
        if told and here:
            apart = any(all(places.apart(one, other) for other in told) for one in here)
            yield "place differs" if apart else "place agrees", 1.0
        days = {time.date.edtf for one in telling.stretches for time in one.times}
        now = {time.date.edtf for time in within(self.reading.times, *found.act)}
        if days & now:
            yield "day agrees", 1.0

    def _who_is_told(self, found: Found, telling: Telling) -> bool:
        actor = found.who.actor
        if actor is None or actor.actor_id is None:
            return False
        for stretch in telling.stretches:
            if stretch.sentence != found.number:
                named = within(self.reading.actors, *stretch.span)
                if any(one.actor_id == actor.actor_id for one in named):
                    return True
        return False

    def _said_before(self, found: Found, telling: Telling) -> Iterator[tuple[str, float]]:
        """What was said before, of this incident or another one, of the same actor."""
        actor = found.who.actor
        if actor is None or actor.actor_id is None:
            return
        same = [
            (one, of)
            for one, of in self.before
            if one.who.actor is not None and one.who.actor.actor_id == actor.actor_id
        ]
        group = "own" if found.stance in OWN else "other"
        if any(of is telling for _, of in same):
            yield f"{group}: something was said of the actor and this incident", 1.0
        elif same:
            yield f"{group}: something was said of the actor and another incident", 1.0


def _contradicts(one: Stance, other: Stance) -> bool:
    """Whether one stance says that somebody did it and the other that he did not."""
    against = (Stance.DENIED, Stance.REJECTED)
    return (one in against) is not (other in against)
