"""Which incident the words of a stance are about, by what they tell of it and by what was told last."""

from collections.abc import Iterator
from dataclasses import replace

from sayso import places
from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.coding.rules.cues import HEARD_CUE, Cues, Hit, wording
from sayso.coding.rules.events import Told
from sayso.coding.rules.stances import Found
from sayso.coding.rules.stretches import fit_together
from sayso.coding.rules.tellings import Telling
from sayso.coding.rules.voice import nouns_of
from sayso.model import Span, Stance


class Subjects:
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
        found = self._to_its_act(found)
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
        # What is only heard may be the verb that points to the act: "carried out the attack".
        inside = [hit for hit in hits if found.act[0] <= hit.cue[0] < found.act[1] and hit.name != HEARD_CUE]
        if found.tells or (inside and not all(hit.definite for hit in inside)):
            return None
        lexicon = self.codebook.lexicon
        other = wording((*lexicon.recall, *lexicon.other_acts))
        start, end = found.cue[0], self._noun_end(found)
        if found.stance in (Stance.CLAIMED, Stance.DENIED) and other.search(self.reading.plain, start, end):
            return None
        last = self._told_last(found)
        return None if last is None or self._apart(found, last, found.act) else last

    def _to_its_act(self, found: Found) -> Found:
        """What somebody claims or denies, up to the act that it points back to.

        "Claimed the attack, saying it was revenge for the air strikes": what lies behind is another act.
        """
        end = self._noun_end(found)
        if found.stance not in (Stance.CLAIMED, Stance.DENIED) or found.tells or end == found.cue[1]:
            return found
        hits = self.cues.hits.get(found.number, ())
        held = any(found.cue[1] <= hit.cue[0] < end for hit in hits)
        return found if held else replace(found, act=(found.act[0], min(found.act[1], end)))

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
        recent = [one for one in self.recent(found) if self.can_be(found, one)]
        kinds = self.kinds(found)
        before = [one for one in self.told.tellings if one.stretches[0].sentence <= found.number]
        for one in (*recent, *reversed(before)):
            if kinds & one.types:
                return one
        main = self.told.main
        return recent[0] if recent else main if main and self.can_be(found, main) else None

    def can_be(self, found: Found, telling: Telling) -> bool:
        """Whether what the words tell of can be that incident by its kind: an attack is no arrest."""
        hits = [
            hit for hit in self.cues.hits.get(found.number, ()) if found.act[0] <= hit.cue[0] < found.act[1]
        ]
        told = [hit for stretch in telling.stretches for hit in stretch.hits]
        cues = {hit.cue for hit in told}  # what they make together ("arrested" at a march) is of another type
        told += [hit for one in telling.stretches for hit in self.cues.hits[one.sentence] if hit.cue in cues]
        return not hits or fit_together(hits, told, self.codebook)

    def kinds(self, found: Found) -> set[str]:
        """The types of the cues that the words hold, turned down ones too: "denied that it kidnapped"."""
        names = [(hit.cue, hit.name) for hit in self.cues.hits.get(found.number, ())]
        names += [(one.cue, one.name) for one in self.cues.turned if one.sentence == found.number]
        inside = {name for cue, name in names if found.act[0] <= cue[0] < found.act[1]}
        rows = (row for row in self.codebook.cues if row.name in inside and row.strength == "strong")
        return {row.sub_event_type for row in rows if row.sub_event_type}

    def recent(self, found: Found) -> Iterator[Telling]:
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
