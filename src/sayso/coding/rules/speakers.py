"""Who speaks: a phrase of a sentence as the speaker of words.

A phrase names an actor ("the Malian army"), a person for a body ("its spokesman, Hafiz Umair"), an office
("the mayor of San Pablo"), people ("medics in Batken"), or points back ("he", "the statement").
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from sayso.actors import ActorName
from sayso.codebook import Codebook
from sayso.coding.reading import Reading, within
from sayso.coding.rules.voice import PASSING, Voice, nouns_of, of_actor
from sayso.language import Syntax, quotations
from sayso.language.english import english
from sayso.language.inflection import noun_forms
from sayso.model import DraftSpeaker, Span, SpeakerKind

_PREPOSITIONS_OF_BODY = ("for", "of", "at", "with", "from", "in")


@dataclass(frozen=True, slots=True)
class _Words:
    """The codebook's nouns for those who speak, in all their forms."""

    offices: frozenset[str]
    for_bodies: frozenset[str]
    documents: frozenset[str]
    state: frozenset[str]
    media: frozenset[str]
    monitors: frozenset[str]
    persons: frozenset[str]
    organisations: frozenset[str]
    places: frozenset[str]
    titles: frozenset[str]
    small: frozenset[str]


@cache
def _words(codebook: Codebook) -> _Words:
    lexicon = codebook.lexicon

    def nouns(kind: str) -> frozenset[str]:
        rows = [row for row in codebook.nouns if row.type == kind and not row.pronoun]
        return frozenset(form for row in rows for word in row.words for form in noun_forms(word.split()[-1]))

    return _Words(
        offices=nouns_of(lexicon.offices),
        for_bodies=frozenset((*lexicon.spokesmen, *nouns_of(lexicon.body_voices))),
        documents=nouns_of(lexicon.documents),
        state=nouns_of(lexicon.state_nouns),
        media=frozenset(word for word in (*lexicon.media_nouns, *lexicon.outlet_nouns) if " " not in word),
        monitors=frozenset(lexicon.monitor_nouns),
        persons=nouns("person"),
        organisations=nouns("organisation"),
        places=nouns("place"),
        titles=frozenset((*lexicon.titles, *lexicon.honorifics)),
        small=frozenset(("the", "a", "an")),
    )


@cache
def _in_whose_name(codebook: Codebook) -> re.Pattern[str]:
    behalf = "|".join(map(re.escape, codebook.lexicon.behalf))
    return re.compile(rf"(?<!\w)(?:{behalf})(?: [\w\-]+){{0,5}}? ['\"]?(?P<who>\ue000+)")


class Speakers:
    """Reads phrases of one report as speakers, in the order of the text, and remembers who spoke.

    house  the body whose own text the report is; None for the press.
    """

    def __init__(self, reading: Reading, codebook: Codebook, house: Voice | None) -> None:
        self.reading = reading
        self.codebook = codebook
        self.house = house
        self.words = _words(codebook)
        self.ends = [one.end for one in reading.sentences]
        self.heard: list[Voice] = []
        self.subjects: dict[int, Voice | None] = {}
        self.looking = 0
        self.persons: dict[str, Voice] = {}

    # ---- who spoke before ---------------------------------------------------------------------------

    def hear(self, voice: Voice) -> None:
        """Remember who spoke."""
        if voice.is_report:
            return
        self.heard.append(voice)
        name = voice.speaker.spoken_by or (voice.speaker.words if voice.speaker.kind == "person" else None)
        if name:
            for part in {*name.lower().split()[-1:], *name.lower().split()[:1]}:
                self.persons[part] = voice

    def last(self) -> Voice | None:
        """Who spoke last."""
        return self.heard[-1] if self.heard else None

    def _last_person(self, at: int) -> Voice | None:
        """The person that spoke last, or is named in the sentence before without speaking."""
        if (subject := self.subject_before(at)) is not None and _is_person(subject):
            return subject
        found = (one for one in reversed(self.heard[-_HEARD:]) if _is_person(one))
        heard = next(found, None)
        place = heard and (heard.words or heard.before)
        before = [one for one in self.reading.sentences if one.end <= at][-_SENTENCES_BACK:]
        for sentence in reversed(before):
            if place and place[0] >= sentence.start:
                return heard
            number = self.reading.sentences.index(sentence)
            syntax = self.reading.syntax[number]
            if syntax is not None and (named := self._named_in(syntax)) is not None:
                return named
        return heard

    def _named_in(self, syntax: Syntax) -> Voice | None:
        """The first person whom a sentence names in full."""
        for place, token in enumerate(syntax.tokens):
            full = token.upos == "PROPN" and syntax.having(place, "flat") and token.deprel != "flat"
            if full and self._actor_at(token.span) is None and self._person(syntax, place):
                return self.read(syntax, place)
        return None

    def last_body(self, at: int) -> Voice | None:
        """The body that spoke last, or is the subject of the sentence before; else the first told there."""
        number = next(
            (n for n, one in reversed(list(enumerate(self.reading.sentences))) if one.end <= at), None
        )
        before = self.reading.sentences[number].start if number is not None else 0
        told = self.subject_before(at)
        subject = told if told and told.speaker.kind in ("organisation", "state") else None
        for one in reversed(self.heard[-_HEARD:]):
            place = one.words or one.before
            if place and (place[0] < at - _NEAR or (subject and place[0] < before)):
                break
            if one.speaker.kind in ("organisation", "state"):
                return one
        if subject or number is None:
            return subject
        for actor in within(self.reading.actors, *self.reading.sentences[number].span):
            if actor.kind in ("organisation", "state"):
                return of_actor(actor)
        return None

    def subject_before(self, at: int) -> Voice | None:
        """Whom the sentence that ends before a place is about: its subject, if that is one who can speak.

        Of a sentence that is not parsed, the body that opens it.
        """
        number = bisect.bisect_right(self.ends, at) - 1
        if number >= 0 and number not in self.subjects and self.looking < _CHAIN:
            self.looking += 1
            self.subjects[number] = self._subject_of(number)
            self.looking -= 1
        return self.subjects.get(number)

    def _subject_of(self, number: int) -> Voice | None:
        syntax, sentence = self.reading.syntax[number], self.reading.sentences[number]
        if syntax is None:
            actor = self._actor_at((sentence.start, sentence.start + 1))
            return of_actor(actor) if actor and actor.kind in ("organisation", "state") else None
        root = next(place for place, token in enumerate(syntax.tokens) if token.head < 0)
        for place in syntax.having(root, "nsubj", "nsubj:pass"):
            voice = self.read(syntax, place)
            if voice is not None and voice.is_named:
                return voice
        return None

    # ---- phrases ------------------------------------------------------------------------------------

    def read(self, syntax: Syntax, head: int) -> Voice | None:
        """The speaker that the noun phrase at ``head`` names; None where it names nobody who can speak."""
        named = syntax.having(head, "appos")
        if syntax.tokens[head].upos in ("ADJ", "VERB") and named:  # "the proscribed X"
            head = named[0]
        token, word = syntax.tokens[head], syntax.words[head]
        if syntax.nobody(head):
            return None
        actor = self._actor_at(token.span)
        if token.upos == "PRON" or word in english().personal:
            return self._pronoun(syntax, head, actor)
        if word in self.words.documents:
            return self._document(syntax, head)
        if actor is None and (named_beside := self._beside(syntax, head)) is not None:
            return named_beside
        person = self._person(syntax, head)
        if actor is None:
            return self._known_person(syntax, head, person) or self._unlisted(syntax, head, person)
        if actor.kind != "people":
            return of_actor(actor, person)
        body = self._body(syntax, head) if word in self.words.for_bodies else None
        return self._for_body(body, person) if body else self._common(syntax, head, person)

    def _unlisted(self, syntax: Syntax, head: int, person: str | None) -> Voice | None:
        """A phrase whose head names no actor: somebody for a body, an office, people, a body by its noun."""
        token, word = syntax.tokens[head], syntax.words[head]
        speaks_for = token.upos == "PROPN" or word in self.words.for_bodies | self.words.offices
        body = (self._body(syntax, head) if speaks_for else None) or self._on_behalf(syntax, head)
        if body is not None:
            return self._for_body(body, person)
        if self._speaks_for_somebody(syntax, head) and (back := self.last_body(token.start)) is not None:
            return self._for_body(replace(back.later(), words=token.span), person)
        return self._pointed_at(syntax, head) or self._common(syntax, head, person)

    def _on_behalf(self, syntax: Syntax, head: int) -> Voice | None:
        """The body in whose name somebody unnamed speaks: "a man, speaking on behalf of the X, claimed"."""
        unnamed = self._kind(syntax, head, None) in ("people", "media")
        if not unnamed and syntax.words[head] not in self.words.documents | self.words.media:
            return None
        start, end = syntax.tokens[head].start, syntax.tokens[-1].end
        for found in _in_whose_name(self.codebook).finditer(
            self.reading.seen, start, min(end, start + _NAME_WITHIN)
        ):
            actor = next(iter(within(self.reading.actors, *found.span("who"))), None)
            if actor and actor.kind in ("organisation", "state"):
                return of_actor(actor)
        return None

    def _beside(self, syntax: Syntax, head: int) -> Voice | None:
        """The name beside a noun for a body: "the women's association Rede Mwanamke", "the group X"."""
        if syntax.words[head] not in self.words.organisations | self._group_nouns():
            return None
        for at in syntax.having(head, "appos", "flat"):
            actor = self._actor_at(syntax.tokens[at].span)
            if actor and actor.kind not in ("people", "person"):
                return of_actor(actor)
        return None

    def _speaks_for_somebody(self, syntax: Syntax, head: int) -> bool:
        """Whether the noun, or an apposition, is a spokesman's with nobody told for whom."""
        at = [
            place
            for place in (head, *syntax.having(head, "appos"))
            if syntax.words[place] in self.codebook.lexicon.spokesmen
        ]
        owned = any(
            syntax.tokens[part].upos != "PRON" for place in at for part in syntax.having(place, "nmod:poss")
        )
        return bool(at) and not owned

    def _pointed_at(self, syntax: Syntax, head: int) -> Voice | None:
        """The body that "the committee", "the association" stands for: one told before by such a name."""
        word, span = syntax.words[head], syntax.tokens[head].span
        small = ("det", "punct", "case", "amod", "advmod")
        others = [child for child in syntax.children[head] if syntax.tokens[child].deprel not in small]
        definite = any(syntax.words[child] == "the" for child in syntax.having(head, "det"))
        office = syntax.tokens[head].deprel == "compound"  # "ministry spokesman X"
        if (
            others
            or not (definite or office)
            or word not in self.words.organisations | self.words.state | self._group_nouns()
        ):
            return None
        for one in reversed(self.heard[-_HEARD:]):
            if word in str(one.speaker.words).lower().split() and one.words != span:
                return replace(one, words=span, before=one.before or one.words, via=())
        for actor in reversed(within(self.reading.actors, 0, span[0])):
            if word in actor.words.lower().split() and actor.kind != "people":
                return replace(of_actor(actor), words=span, before=actor.name)
        if word not in self.codebook.lexicon.group_nouns:
            return None
        near = within(self.reading.actors, max(0, span[0] - _NEAR), span[0])
        last = next((one for one in reversed(near) if one.kind == "organisation"), None)
        return replace(of_actor(last), words=span, before=last.antecedent or last.name) if last else None

    def _group_nouns(self) -> frozenset[str]:
        parts = (word for row in self.codebook.name_parts if not row.leads for word in row.words)
        return frozenset((*self.codebook.lexicon.group_nouns, *self.codebook.lexicon.body_nouns, *parts))

    def _known_person(self, syntax: Syntax, head: int, person: str | None) -> Voice | None:
        """A person told before, under a shorter name: "Gassi-Brahim said", "the general, Lozada"."""
        known = self.persons.get(person.lower()) if person else None
        if known is None and syntax.tokens[head].upos == "PROPN":
            start, end = syntax.phrase(head)
            name = " ".join(syntax.text[start:end].lower().split())
            known = self.persons.get(name) or self._named_before(name, start)
        return (
            replace(known, words=syntax.tokens[head].span, before=known.before or known.words)
            if known
            else None
        )

    def _named_before(self, last_name: str, at: int) -> Voice | None:
        """The person of that last name whom a sentence shortly before names in full without hearing him."""
        for number in range(len(self.reading.sentences) - 1, -1, -1):
            sentence, syntax = self.reading.sentences[number], self.reading.syntax[number]
            if sentence.start < at - _NEAR:
                return None
            if sentence.end > at or syntax is None or last_name not in syntax.words:
                continue
            place = syntax.words.index(last_name)
            if syntax.tokens[place].deprel == "flat" and self._person(syntax, syntax.tokens[place].head):
                head = syntax.tokens[place].head
                over = syntax.tokens[head].head if syntax.tokens[head].deprel == "appos" else head
                return self.read(syntax, over)
        return None

    def _actor_at(self, span: Span) -> ActorName | None:
        return next((one for one in within(self.reading.actors, *span)), None)

    def _pronoun(self, syntax: Syntax, head: int, actor: ActorName | None) -> Voice | None:
        word, span = syntax.words[head], syntax.tokens[head].span
        subject = self.subject_before(syntax.sentence.start)
        if word in english().personal:
            back = self._last_person(span[0])
        elif word == "it" and subject and subject.speaker.kind in ("organisation", "state"):
            back = subject
        elif actor and actor.name == span:
            return of_actor(actor)
        elif word in self.codebook.lexicon.own_words and self.house and not self._is_quoted(span[0]):
            back = self.house  # in its own text, outside of what others say
        elif word in ("it", "they", "we"):
            back = self.last() if word == "they" else self.last_body(span[0])
        else:
            return None
        return replace(back, words=span, before=back.before or back.words, via=()) if back else None

    def _is_quoted(self, at: int) -> bool:
        text = self.reading.report.text
        return any(start <= at < end for start, end in quotations(text, (0, len(text))))

    def _document(self, syntax: Syntax, head: int) -> Voice | None:
        """Whose statement it is: "a communique by the ministry", "its text", else that of who spoke last."""
        for part in self._parts(syntax, head):
            if syntax.words[part] in english().possessives:
                back = self.last_body(syntax.tokens[part].start)
                span = syntax.tokens[part].span
                return replace(back, words=span, before=back.before or back.words, via=()) if back else None
            if (actor := self._actor_at(syntax.tokens[part].span)) and actor.kind != "people":
                return of_actor(actor)
        if (body := self._on_behalf(syntax, head)) is not None:
            return body
        if any(syntax.words[at] in ("a", "an") for at in syntax.having(head, "det")):
            return None  # "a post appeared": nobody's that was told before
        told = (one for one in reversed(self.heard) if one.speaker.kind not in PASSING)
        back = next(told, self.last())
        span = syntax.tokens[head].span
        return replace(back, words=span, before=back.before or back.words, via=()) if back else None

    def _parts(self, syntax: Syntax, head: int) -> Iterator[int]:
        """The words under a noun that may name whose it is, possessives first."""
        yield from syntax.having(head, "nmod:poss")
        for child in syntax.having(head, "nmod", "obl"):
            if syntax.preposition(child) in (*_PREPOSITIONS_OF_BODY, "by"):
                yield child
        yield from syntax.having(head, "compound", "amod", "nmod:desc")

    def _body(self, syntax: Syntax, head: int) -> Voice | None:
        """The body that a person speaks for: told by the noun, its appositions or a clause behind it."""
        heads = [head, *syntax.having(head, "appos", "nmod:desc", "flat")]
        if syntax.tokens[head].deprel == "appos":
            heads.append(syntax.tokens[head].head)
        for at in heads:
            if at != head and (actor := self._actor_at(syntax.tokens[at].span)) and actor.kind != "people":
                return of_actor(actor)
            for part in self._parts(syntax, at):
                if (voice := self._body_in(syntax, part, of=syntax.words[at])) is not None:
                    return voice
        for at in heads:
            for clause in syntax.having(at, "acl:relcl", "acl", "parataxis"):
                if syntax.words[clause] in self.codebook.lexicon.leads:
                    children = [*syntax.having(clause, "obj"), *syntax.having(clause, "obl")]
                    for child in children:
                        if (voice := self._body_in(syntax, child, of="")) is not None:
                            return voice
        return None

    def _body_in(self, syntax: Syntax, part: int, of: str) -> Voice | None:
        """The body that a part of a phrase names; an office ("the governor") only under its spokesman."""
        word, span = syntax.words[part], syntax.tokens[part].span
        for at in (part, *syntax.having(part, "appos", "flat", "compound", "nmod:desc")):
            actor = self._actor_at(syntax.tokens[at].span)
            if actor and actor.kind not in ("people", "person"):
                return of_actor(actor)
        if word in english().relatives:  # "X, whose spokesman said"
            whose = syntax.antecedent(part)
            return self._body_in(syntax, whose, of=of) if whose is not None and whose != part else None
        if (meant := self._pointed_at(syntax, part)) is not None:
            return meant
        if syntax.tokens[part].upos == "PRON":
            back = self.last_body(span[0]) if word in ("its", "their") else None
            return replace(back, words=span, before=back.before or back.words, via=()) if back else None
        known = word in self.words.organisations or word in self.words.state
        spoken_for = of in self.words.for_bodies and word in self.words.offices
        if (known and word not in self.words.persons) or spoken_for or self._is_body_name(syntax, part):
            return self._common(syntax, part, None)
        return None

    def _is_body_name(self, syntax: Syntax, part: int) -> bool:
        """Whether a name is a body's: by a word ("Bomadi Fishermen's Council") or as initials ("PAD")."""
        if syntax.tokens[part].upos != "PROPN":
            return False
        parts = {word for row in self.codebook.name_parts for word in row.words}
        token, sentence = syntax.tokens[part], syntax.sentence
        printed = syntax.text[token.start : token.end]
        shouted = syntax.text[sentence.start : sentence.end].isupper()
        initials = printed.isalpha() and printed.isupper() and len(printed) > 2 and not shouted
        return initials or syntax.words[part] in parts

    def _for_body(self, body: Voice, person: str | None) -> Voice:
        """A person, or somebody without a name, speaking for a body."""
        speaker = replace(body.speaker, spoken_by=person, public=True if person else None)
        return replace(body, speaker=speaker)

    def _person(self, syntax: Syntax, head: int) -> str | None:
        """The name of the person in a phrase: its head, or an apposition of it."""
        for at in (head, *syntax.having(head, "appos", "flat")):
            if syntax.tokens[at].upos != "PROPN" or self._is_no_person(syntax, at):
                continue
            run = [at, *syntax.having(at, "flat", "compound", "goeswith")]
            run = sorted(place for place in run if syntax.words[place].rstrip(".") not in self.words.titles)
            run = [place for place in run if syntax.tokens[place].upos in ("PROPN", "X", "ADP", "PART")]
            if run:
                start, end = syntax.tokens[run[0]].start, syntax.tokens[run[-1]].end
                whole = _HYPHENED.match(syntax.text, end, syntax.tokens[-1].end)
                end = whole.end() if whole else end
                before = _HYPHEN_BEFORE.search(syntax.text[syntax.tokens[0].start : start])
                start -= len(before.group()) if before else 0
                return " ".join(syntax.text[start:end].split()) or None
        return None

    def _is_no_person(self, syntax: Syntax, at: int) -> bool:
        span, word = syntax.tokens[at].span, syntax.words[at]
        actor = self._actor_at(span)
        nouns = self.words
        known = (
            word in nouns.organisations or word in nouns.state or word in nouns.places or word in nouns.media
        )
        own = actor is not None and actor.name[0] <= span[0] < actor.name[1] and actor.kind != "people"
        parts = self._is_body_name(syntax, at)
        return own or known or parts or bool(within(self.reading.places, *span)) or word in nouns.offices

    def _common(self, syntax: Syntax, head: int, person: str | None) -> Voice | None:
        """A phrase that names no actor, by its own words; None where it is nothing that speaks."""
        kind = self._kind(syntax, head, person)
        if kind is None:
            return None
        if any(syntax.words[at] in english().several for at in syntax.having(head, "det", "amod")):
            kind = "people"  # "several channels" are nobody in particular
        start, end = syntax.phrase(head)
        words = " ".join(syntax.text[start:end].split())
        first, _, rest = words.partition(" ")
        if first.lower() in self.words.small and rest:
            start, words = start + len(first) + 1, rest
        named = person if person and person != words else None
        if kind == "person" and named is None:
            words = person or words
        public = self._is_public(syntax, head) if kind == "person" or named else None
        return Voice(DraftSpeaker(words, kind, named, public), None, (), (start, end))

    def _is_public(self, syntax: Syntax, head: int) -> bool:
        roles = [head, *syntax.having(head, "appos", "nmod:desc", "flat", "compound")]
        return any(
            syntax.words[at].rstrip(".") in self.words.titles | self.words.offices | self.words.for_bodies
            for at in roles
        )

    def _kind(self, syntax: Syntax, head: int, person: str | None) -> SpeakerKind | None:
        word, nouns = syntax.words[head], self.words
        if word in nouns.state:
            return "state"
        if word in nouns.offices:
            return "state" if person is None else "person"
        start, end = syntax.phrase(head)
        two = " ".join(self.reading.plain[start:end].split()[-2:])
        if word in nouns.media and word not in self.codebook.lexicon.wide_nouns:
            return "media"
        if two in nouns.monitors or word in nouns.monitors:
            return "monitor"
        if word in nouns.persons or self._people_word(word):
            return "person" if person else "people"
        if word in nouns.organisations or word in nouns.places:
            return "organisation"
        if syntax.tokens[head].upos == "PROPN":
            if within(self.reading.places, *syntax.tokens[head].span):
                return "state"
            return "person" if person else "organisation"
        return None

    def _people_word(self, word: str) -> bool:
        return any(word in row.words for row in self.codebook.people)


_HYPHENED = re.compile(r"(?:-\w+)+")
_HYPHEN_BEFORE = re.compile(r"(?:\w+-)+$")


def _is_person(voice: Voice) -> bool:
    """Whether "he" or "she" may stand for a voice: a person, or a body that one speaks for."""
    return voice.speaker.spoken_by is not None or voice.speaker.kind in ("person", "people")


_CHAIN = 5
"""Over how many sentences one pronoun after another may point back."""
_HEARD = 12
"""How many speakers back a pronoun may point."""
_NEAR = 800
"""How many characters back "it" or "the association" may stand for somebody named there."""
_SENTENCES_BACK = 2
"""How many sentences back "he" may stand for somebody who is named there and does not speak."""
_NAME_WITHIN = 260
"""How many characters behind somebody unnamed the body may stand in whose name he speaks."""
