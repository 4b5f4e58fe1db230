"""What is told as somebody's words: quotations, and clauses under verbs of saying.

Which words are verbs of saying is the caller's to say; who the speaker is in the world is not asked here.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sayso.language.english import english
from sayso.language.parser import ROOT, Parse
from sayso.language.syntax import EDGES, Syntax
from sayso.model import Span

LONGEST = 4000
"""The longest quotation, in characters; a mark that is closed later was a slip, or means inches."""

_PAIRS = {"“": "”", '"': '"', "«": "»", "‘": "’", "'": "'"}
_OPENING = re.compile(r"[“\"«]|(?<![^\W_])[‘'](?=[^\W_])")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Speech:
    """Words that are told as somebody's.

    start, end  what was said, quotation marks included
    direct      whether it stands between quotation marks
    cue         the verb of saying, or "according to"; None where nothing introduces a quotation
    speaker     the phrase that names who said it; None where nobody is named
    """

    start: int
    end: int
    direct: bool
    cue: Span | None
    speaker: Span | None


def quotations(text: str, span: Span) -> tuple[Span, ...]:
    """The spans between quotation marks, marks included, inside a span; none where none are closed.

    One that goes on in the next paragraph, which then opens it again, is one span for each paragraph.
    """
    found: list[Span] = []
    at = span[0]
    while opening := _OPENING.search(text, at, span[1]):
        end = _closed(text, opening.start(), span[1])
        at = end or opening.end()
        if end:
            found.append((opening.start(), end))
    return tuple(found)


def _closed(text: str, start: int, limit: int) -> int | None:
    """Where the quotation that is opened at ``start`` ends, in its paragraph; None if it does not."""
    opened = text[start]
    closing = _PAIRS[opened]
    paragraph = _PARAGRAPH_END.search(text, start, limit)
    edge = min(paragraph.start() if paragraph else limit, start + LONGEST)
    at = start + 1
    while (at := text.find(closing, at, edge)) >= 0:
        at += 1
        if opened in "‘'" and (text[at : at + 1].isalnum() or text[at - 2].isspace()):
            continue  # an apostrophe inside a word
        return at
    runs_on = (
        paragraph is not None and opened in '“"' and text[paragraph.end() : paragraph.end() + 1] == opened
    )
    return paragraph.start() if runs_on and paragraph and paragraph.start() <= start + LONGEST else None


def speeches(
    text: str, parses: Sequence[Parse], said: Collection[str], according: Collection[str]
) -> tuple[Speech, ...]:
    """What the sentences tell as somebody's words, in order of where it begins.

    said       verbs of saying in the forms they are printed in, lower case.
    according  what gives a source without a verb ("according to"), lower case.

    A clause is left out where it is all inside a quotation. Empty where nothing is told so.
    """
    clauses = [_Clauses(text, parse, said, according) for parse in parses if parse.tokens]
    indirect = [speech for one in clauses for speech in one.indirect()]
    whole = (parses[0].sentence.start, parses[-1].sentence.end) if parses else (0, 0)
    direct = [_direct(quotation, clauses) for quotation in quotations(text, whole)]
    kept = [one for one in indirect if not any(it.start <= one.start and one.end <= it.end for it in direct)]
    return tuple(sorted([*direct, *kept], key=lambda one: (one.start, -one.end, one.cue or (0, 0))))


def _direct(quotation: Span, clauses: Sequence["_Clauses"]) -> Speech:
    """A quotation with what introduces it: in its sentence, or one before it that ends in a colon."""
    around = [one for one in clauses if one.span[0] < quotation[1] and quotation[0] < one.span[1]]
    before = [one for one in clauses if one.span[1] <= quotation[0]][-1:]
    for one in [*around, *(one for one in before if one.leads_in(quotation[0]))]:
        if source := one.source_of(quotation):
            return Speech(*quotation, True, *source)
    return Speech(*quotation, True, None, None)


class _Clauses(Syntax):
    """One parse, and what in it says and is said."""

    def __init__(self, text: str, parse: Parse, said: Collection[str], according: Collection[str]) -> None:
        super().__init__(text, parse)
        self._said = said
        self._according = according
        self.span = parse.sentence.span

    def leads_in(self, quotation: int) -> bool:
        """Whether the sentence ends in a colon, and nothing stands between it and the quotation."""
        colon = self.text[self.span[1] - 1 : self.span[1]] == ":"
        return colon and not self.text[self.span[1] : quotation].strip()

    def indirect(self) -> Iterator[Speech]:
        """Clauses under verbs of saying, and those for which a source is given."""
        for place, token in enumerate(self.tokens):
            if self._says(place) and (said := self._content(place)):
                yield Speech(*said, False, token.span, self._speaker(place))
            elif cue := self._gives_source(place):
                head = token.head
                named = self.under(place, leave={*self.under(cue[0]), *cue})
                told = self.under(head, leave=set(self.under(place)))
                if named and told:
                    yield Speech(*self.extent(told), False, self.extent(cue), self.extent(named))

    def source_of(self, quotation: Span) -> tuple[Span, Span | None] | None:
        """The cue and the speaker of a quotation; None where nothing in the sentence introduces it.

        Of the verbs of saying outside it the nearest that has a subject, else the nearest.
        """
        found = []
        for place, token in enumerate(self.tokens):
            outside = token.end <= quotation[0] or quotation[1] <= token.start
            if not outside:
                continue
            gap = max(quotation[0] - token.end, token.start - quotation[1])
            if self._says(place):
                speaker = self._speaker(place)
                found.append((speaker is None, gap, token.span, speaker))
            elif cue := self._gives_source(place):
                named = self.under(place, leave={*self.under(cue[0]), *cue})
                found.append((False, gap, self.extent(cue), self.extent(named) if named else None))
        if not found:
            return None
        _, _, cue_span, speaker = min(found, key=lambda one: one[:3])
        return cue_span, speaker

    def _says(self, place: int) -> bool:
        return self.words[place] in self._said and self.tokens[place].upos in ("VERB", "AUX")

    def _gives_source(self, place: int) -> list[int]:
        """The words "according to" where they stand before this word's phrase; none if they do not."""
        for child in self.children[place]:
            if self.tokens[child].deprel in ("case", "mark") and self.tokens[place].head != ROOT:
                fixed = (one for one in self.children[child] if self.tokens[one].deprel == "fixed")
                cue = sorted([child, *fixed])
                if " ".join(self.words[one] for one in cue) in self._according:
                    return cue
        return []

    def _content(self, verb: int) -> Span | None:
        """What a verb of saying says: its clause, or the clause that it is put into ("..., he said, ...")."""
        for child in self.children[verb]:
            if self.tokens[child].deprel == "ccomp":
                return self.extent(self._without_tail(self.under(child), child, verb))
        if (clause := self._in_message(verb)) is not None:
            return self.extent(self.under(clause))
        if not self._is_put_in(verb):
            return None
        head = self.tokens[verb].head
        while self.tokens[head].deprel.startswith("nsubj"):
            head = self.tokens[head].head
        told = self.under(head, leave=set(self.under(verb)))
        return self.extent(self._without_tail(told, head, verb))

    def _in_message(self, verb: int) -> int | None:
        """The clause that a parse hangs on what carried the words: "said in a message that ..."."""
        for noun in self.having(verb, "obl", "obj", "iobj", "obl:tmod", "obl:unmarked"):
            for child in self.having(noun, "acl"):
                if any(self.words[mark] == "that" for mark in self.having(child, "mark")):
                    return child
        return None

    def _is_put_in(self, verb: int) -> bool:
        """Whether the verb's clause is set into another between commas; a relative clause has its pronoun."""
        token, inside = self.tokens[verb], self.under(verb)
        if token.deprel == "acl:relcl":
            pronoun = any(self.words[place] in english().relatives for place in inside)
            return not pronoun and inside[0] > 0 and self.words[inside[0]] in EDGES
        return token.deprel == "parataxis"

    def _without_tail(self, told: list[int], head: int, verb: int) -> list[int]:
        """What is told without phrases behind the verb of saying that only say when or where it was said."""
        after = [place for place in told if place > verb]
        if head > verb or any(self.tokens[place].upos in ("VERB", "AUX") for place in after):
            return told
        return [place for place in told if place < verb]

    def _speaker(self, verb: int) -> Span | None:
        """The phrase of who says it: the verb's subject or agent, or that of a verb it goes on from."""
        at, steps = verb, 0
        while at != ROOT and steps < len(self.tokens):
            for kind in ("obl:agent", "nsubj", "nsubj:pass", "nsubj:outer"):
                for child in self.children[at]:
                    if self.tokens[child].deprel == kind and self.words[child] not in english().no_speakers:
                        marks = {one for one in self.children[child] if self.tokens[one].deprel == "case"}
                        return self.extent(self.under(child, leave=marks))
            if self.tokens[at].deprel not in ("conj", "xcomp", "advcl", "aux"):
                return None
            at, steps = self.tokens[at].head, steps + 1
        return None
