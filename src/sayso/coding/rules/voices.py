"""Who says who did it: the stances of a report as drafts, each about the incident that its words speak of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso import places
from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.coding.rules.cues import Cues, Hit, wording
from sayso.coding.rules.deeds import Who
from sayso.coding.rules.events import Telling, Told
from sayso.coding.rules.stances import Found, Stances
from sayso.coding.rules.voice import are_one, nouns_of
from sayso.model import Draft, Span, Spans, Stance


def propose(reading: Reading, cues: Cues, told: Told, codebook: Codebook) -> Iterator[Draft]:
    """Stances towards who did it, each about the mention that its words speak of."""
    stances = Stances(reading, codebook)
    subjects = _Subjects(reading, cues, told, codebook)
    accused: list[tuple[Found, Telling]] = []
    for number in range(len(reading.sentences)):
        for found in stances.of_sentence(number):
            denied = found.stance is Stance.DENIED and found.who.own
            against = _answered(found, accused, stances) if denied or found.answers else None
            if found.answers and against is None and not stances.named_before(found):
                continue
            telling = against[1] if against and found.answers else subjects.of(found)
            if against and against[1] is not telling:
                against = None
            if telling is None:
                continue
            answer = replace(found, who=_on_behalf(found, against[0])) if against else found
            subjects.remember(number, telling)
            accused.append((answer, telling))
            if draft := _draft(reading, answer, telling):
                yield draft


def _answered(
    found: Found, accused: Sequence[tuple[Found, Telling]], stances: Stances
) -> tuple[Found, Telling] | None:
    """What "denied it" answers: the last accusation before, of whoever denies or of what it speaks for."""
    for one, telling in reversed(accused):
        if found.number - one.number > _ANSWERED_WITHIN:
            return None
        if one.stance not in (Stance.ACCUSED, Stance.SUSPECTED, Stance.CLAIMED, Stance.STATED):
            continue
        if one.voice.speaker.words == found.voice.speaker.words and one.stance is not Stance.CLAIMED:
            continue
        if one.stance is Stance.CLAIMED:
            continue
        if _speaks_for(found, one, stances):
            return one, telling
    return None


_ANSWERED_WITHIN = 5
"""How many sentences after an accusation a bare "denied it" answers it."""


def _speaks_for(found: Found, accusation: Found, stances: Stances) -> bool:
    accused, denying = accusation.who, found.voice
    if accused.actor and denying.actor:
        shared = _large(accused.actor.words) & _large(denying.actor.words)
        return are_one(accused.actor, denying.actor, stances.codebook) or bool(shared)
    # A body that the rooms do not know speaks for somebody; that it is the accused only nearness tells.
    return found.number - accusation.number <= 1


def _large(words: str) -> set[str]:
    """The words of a name with a capital, without possessive endings."""
    return {word.removesuffix("'s").removesuffix("’s") for word in words.split() if word[0].isupper()}


def _on_behalf(found: Found, accusation: Found) -> Who:
    """Who is denied for: the accused where its name is near enough to be quoted, else whoever denies."""
    accused, denying = accusation.who, found.voice.actor
    if accused.actor and denying and accused.actor.actor_id == denying.actor_id:
        return found.who
    if found.number - accusation.number <= 1:
        return replace(accused, head=found.who.head, own=True)
    return replace(
        accused, head=found.who.head, own=True, span=found.cue, named=accused.named or accused.span
    )


# ---- drafts -----------------------------------------------------------------------------------------


def _draft(reading: Reading, found: Found, telling: Telling) -> Draft | None:
    """The draft of a stance; None where its words stand too far apart to be quoted together."""
    voice, who = found.voice, found.who
    speaker, value = voice.words, who.span
    quote: Span | None = reading.sentences[found.number].span
    before = who.actor.antecedent if who.actor else None
    for span in (value, speaker):
        if span is not None:
            quote = _widened(reading, found.number, quote, span)
    if quote is None:
        return None
    return Draft(
        mention=telling.key,
        field="perpetrator",
        stance=found.stance,
        spans=Spans(found.cue, value, speaker, found.hedge, voice.antecedent or who.named or before),
        quote=quote,
        rule=found.rule,
        kind=who.kind,
        hedged=found.hedge is not None,
        speaker=voice.speaker,
        via=voice.via,
        named=who.named,
    )


def _widened(reading: Reading, number: int, quote: Span | None, span: Span) -> Span | None:
    """A quote that holds a span too: of its sentence and at most the one beside it."""
    if quote is None or (quote[0] <= span[0] and span[1] <= quote[1]):
        return quote
    for beside in (number - 1, number + 1):
        if 0 <= beside < len(reading.sentences):
            start, end = reading.sentences[beside].span
            if start <= span[0] and span[1] <= end:
                both = (min(quote[0], start), max(quote[1], end))
                return both if len(within(reading.sentences, *both)) <= 2 else None
    return None


# ---- which act --------------------------------------------------------------------------------------


class _Subjects:
    """Which incident the words of a stance are about."""

    def __init__(self, reading: Reading, cues: Cues, told: Told, codebook: Codebook) -> None:
        self.reading = reading
        self.cues = cues
        self.told = told
        self.codebook = codebook
        self.acts = nouns_of(codebook.lexicon.act_nouns)
        self.last: tuple[int, Telling] | None = None

    def remember(self, number: int, telling: Telling) -> None:
        """What the last stance was about."""
        self.last = (number, telling)

    def of(self, found: Found) -> Telling | None:
        """The incident that a stance is about; None where that is none that is told as having happened.

        "Claimed responsibility for an earlier attack": the attack is a cue of the sentence that made no
        mention, so the claim is about nothing that we know of.
        """
        told = [
            (hit, telling)
            for stretch, telling in self.told.by_sentence.get(found.number, ())
            for hit in stretch.hits
            if found.act[0] <= hit.cue[0] < found.act[1]
        ]
        if found.tells:
            start, end = found.tells
            told = [pair for pair in told if pair[0].cue[0] < end and start < pair[0].cue[1]]
        if told:
            hit, telling = min(told, key=lambda pair: (abs(pair[0].cue[0] - found.cue[0]), pair[0].cue))
            comma = self.reading.plain.find(",", hit.cue[1], found.act[1])
            own = (found.act[0], found.act[1] if comma < 0 else comma)  # up to the next clause
            apart = self._is_another(found, hit, telling) or self._apart(found, telling, own)
            return None if apart else telling
        hits = self.cues.hits.get(found.number, ())
        inside = [hit for hit in hits if found.act[0] <= hit.cue[0] < found.act[1]]
        if found.tells or (inside and not all(hit.definite for hit in inside)):
            return None
        lexicon = self.codebook.lexicon
        other = wording((*lexicon.recall, *lexicon.other_acts))
        start, end = found.cue[0], self._noun_end(found)
        if found.stance in (Stance.CLAIMED, Stance.DENIED) and other.search(self.reading.plain, start, end):
            return None
        last = self._told_last(found)
        return None if last is None or self._apart(found, last, found.act) else last

    def _noun_end(self, found: Found) -> int:
        """Where the first noun for an act behind the cue ends; the end of the cue where there is none."""
        acts = wording(tuple(sorted(self.acts)))
        noun = acts.search(self.reading.plain, found.cue[1], max(found.cue[1], found.act[1]))
        return noun.end() if noun else found.cue[1]

    def _is_another(self, found: Found, hit: Hit, telling: Telling) -> bool:
        """Whether what is claimed or denied is "a blast", where its incident was told before."""
        if found.stance not in (Stance.CLAIMED, Stance.DENIED) or hit.verbal:
            return False
        words = self.cues.words[found.number].syntax
        indefinite = any(words.words[at] in ("a", "an") for at in words.having(hit.token, "det"))
        others = [one for one in telling.stretches if one.sentence != found.number]
        here = [one for one in telling.stretches if one.sentence == found.number]
        days = {time.date.edtf for one in others for time in one.times}
        told = [time for one in here for time in one.times if time.start >= one.span[0]]
        same_day = any(time.date.edtf in days for time in told)
        return indefinite and not same_day and telling.stretches[0].sentence < found.number

    def _apart(self, found: Found, telling: Telling, span: Span) -> bool:
        """Whether the words tell a place or a time that the incident, as told elsewhere, does not have."""
        others = [one for one in telling.stretches if one.sentence != found.number]
        told = [name.place for one in others for name in one.places]
        for name in within(self.reading.places, *span):
            if told and all(places.apart(name.place, place) for place in told):
                return True
        for time in within(self.reading.times, *span):
            now = time.date
            for then in (time.date for one in others for time in one.times):
                if now.latest and then.earliest and now.latest < then.earliest:
                    return True
        return False

    def _told_last(self, found: Found) -> Telling | None:
        """The incident told last: in the sentence, in its paragraph, just before; else the main one.

        Where the words name a kind of act, the last of that kind that is near goes before.
        """
        recent = list(self._recent(found))
        kinds = self._kinds(found)
        before = [one for one in self.told.tellings if one.stretches[0].sentence <= found.number]
        for one in (*recent, *reversed(before)):
            if kinds & one.types:
                return one
        return recent[0] if recent else self.told.main

    def _kinds(self, found: Found) -> set[str]:
        """The types of the cues that the words hold, turned down ones too: "denied that it kidnapped"."""
        names = [(hit.cue, hit.name) for hit in self.cues.hits.get(found.number, ())]
        names += [(one.cue, one.name) for one in self.cues.turned if one.sentence == found.number]
        inside = {name for cue, name in names if found.act[0] <= cue[0] < found.act[1]}
        rows = (row for row in self.codebook.cues if row.name in inside and row.strength == "strong")
        return {row.sub_event_type for row in rows if row.sub_event_type}

    def _recent(self, found: Found) -> Iterator[Telling]:
        """The incidents told before a stance, the last first, as far back as it may reach."""
        number, sentences = found.number, self.reading.sentences
        here = [pair for pair in self.told.by_sentence.get(number, ()) if pair[0].cue[0] < found.cue[0]]
        yield from (telling for _, telling in reversed(here))
        paragraph = sentences[number].paragraph
        told = self.last
        for back in range(number - 1, -1, -1):
            same = sentences[back].paragraph == paragraph
            if not same and number - back > _SENTENCES_BACK:
                return
            if told and told[0] >= back:
                yield told[1]
                told = None
            pairs = self.told.by_sentence.get(back, ())
            yield from (pair[1] for pair in sorted(pairs, key=lambda pair: pair[0].cue, reverse=True))


_SENTENCES_BACK = 3
"""From how far back, in sentences, a stance without an act of its own finds one across paragraphs."""
