"""Sentences with exact offsets.

Rules of thumb, not a model. A sentence ends

- with its paragraph,
- with the dateline that opens a paragraph, and with marks in brackets behind it or in its place,
- with a line that was ended on purpose: the next word would have had room on it by far,
- before a line that begins with the mark of a list,
- with a full stop, question or exclamation mark (and the quotes and brackets that close with it) before
blanks
  and something that can begin a sentence, unless the full stop belongs to an abbreviation.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sayso.language.english import english
from sayso.model import Span

LONGEST = 1500
"""The longest sentence, in characters. The press writes a tenth of it; what is longer is a list or a trap."""

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_END = re.compile(r"[^\S\n]*\n[^\S\n]*")
_BULLET = re.compile(r"(?:[•◦▪●■*·‣–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s")
_FACE = r"(?:[:;=]'?-?[()\[\]PpDdOo/|]+|<3)(?!\w)"
_STOP = re.compile(
    rf"(?P<mark>(?:[.!?…]|(?<=[.!?]) (?=[.!?](?:\s|$))){{1,20}})"
    rf"(?P<closing>[\"'”’»)\]]{{0,4}}(?:\s[\"”’»)\]](?=\s))?)"
    rf"(?P<face>\s?{_FACE})?(?=\s)|(?P<alone>\s?{_FACE})(?=\s)"
    rf"|(?<!\S)(?P<address><?(?:https?://|www\.)\S{{1,500}}|<\S{{1,80}}@\S{{1,80}}>)(?=\s)"
    rf"|(?<![\d:])(?P<clock>\d{{1,2}}:\d\d(?:\s?[AaPp][Mm])?)(?=\s)"
)
_ADDRESS = re.compile(r"\s+<?(?:https?://|www\.)")
_NEXT = re.compile(r"\s+[\"'“‘«(\[]{0,3}(?P<word>\w+|\S)")
_DATELINE = re.compile(
    r"\s*(?=[^\W\d_])(?P<place>[^\W\d_a-z][^\n.;:!?()\"“”]{1,50}?(?:\s?\([^()\n]{2,30}\))?)"
    r"(?:,\s(?P<day>[^();:!?\"“”]{0,16}\d[^();:!?\"“”]{0,12}))?"
    r"(?P<source>\s\([^()]{2,60}\))?\s(?:-{1,2}|[–—])\s+(?=[^\W_a-z]|[\[\"“‘'])"
)
_MARKS = re.compile(r"\s*(?:\[(?P<words>[^\W\d_a-z][^\[\]]{1,300})\]\s+)+")
_LAST_WORD = re.compile(r"(?:[^\W_]\.)*[^\W_]+\.$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\.")
_LAST_WORDS = 40
"""How much before a full stop is looked at, in characters: more than any abbreviation has."""

_ROOM = 0.2
"""A line was ended on purpose if after its next word this share of the widest line would still be empty.
Wrapped lines differ by a word: in 300 hard-wrapped wire reports .05 cuts 14 sentences, .1 two, .2 one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The span of a sentence without the blanks around it, and the number of its paragraph in the report."""

    start: int
    end: int
    paragraph: int

    @property
    def span(self) -> Span:
        """Start and end."""
        return (self.start, self.end)


def split(text: str, spans: Sequence[Span], abbreviations: Collection[str]) -> tuple[Sentence, ...]:
    """The sentences of a text inside the given spans (regions), in order.

    abbreviations  words in lower case, without their last full stop, after which a full stop ends nothing
                   unless a word that only begins sentences follows.

    A sentence never crosses the edge of a span or an empty line. Blanks belong to no sentence.
    """
    found: list[Sentence] = []
    paragraph = 0
    for start, end in spans:
        at = start
        for gap in [*_PARAGRAPH_END.finditer(text, start, end), None]:
            stop = gap.start() if gap else end
            opened = _opening(text, at, stop)
            heads = filter(None, (_trim(text, part) for part in pairwise(opened)))
            found += [Sentence(*head, paragraph) for head in heads]
            paragraph += len(opened) > 1  # a dateline's day is not when what follows happened
            for first, last in _sentences(text, at, opened[-1], stop, abbreviations):
                found.append(Sentence(first, last, paragraph))
            paragraph += 1
            at = gap.end() if gap else end
    return tuple(found)


def _sentences(text: str, start: int, begin: int, end: int, abbreviations: Collection[str]) -> Iterator[Span]:
    """The sentences of the paragraph from ``start`` to ``end`` of which nothing before ``begin`` is one."""
    for first, block_end in _blocks(text, start, end):
        at = max(first, begin)
        if at >= block_end:
            continue
        for stop in [*_STOP.finditer(text, at, block_end), None]:
            if stop is None or _ends(text, stop, at, block_end, abbreviations):
                last = stop.end() if stop else block_end
                for part in _parts(text, (at, last)):
                    if trimmed := _trim(text, part):
                        yield trimmed
                at = last


def _opening(text: str, start: int, end: int) -> list[int]:
    """Where a paragraph begins, its dateline ends and the marks in brackets behind it do.

    "LIMA, 3 MAY 89 (AFP) -- [TEXT] ARMED MEN ...": who reads these as words of the first sentence takes the
    town for who did it and the day of the month for people.
    """
    found = [start]
    dateline = _DATELINE.match(text, start, end)
    if dateline and _is_dateline(dateline):
        found.append(dateline.end())
    marks = _MARKS.match(text, found[-1], end)
    if marks and marks.group().isupper():
        found.append(marks.end())
    return found


def _is_dateline(found: re.Match[str]) -> bool:
    """Whether words before a dash are a town, with or without a day or a source: no clause, no list."""
    place = found["place"].partition(",")[0].partition("(")[0]
    words = place.split()
    written_large = place.isupper() if found["source"] is None else place[:1].isupper()
    told = found["source"] or found["day"] or len(words) < _TOWN
    return bool(told) and written_large and len(words) <= _TOWN and words[0].lower() not in english().openers


_TOWN = 4
"""More words than this no town has in a dateline."""


def _blocks(text: str, start: int, end: int) -> Iterator[Span]:
    """The span, cut where a line was ended on purpose or a list goes on."""
    ends = list(_LINE_END.finditer(text, start, end))
    starts = [start, *(one.end() for one in ends)]
    widths = [last - first for first, last in zip(starts, [*(one.start() for one in ends), end], strict=True)]
    widest = max(widths)
    at = start
    for number, line_end in enumerate(ends):
        following = text[line_end.end() : line_end.end() + LONGEST].split(maxsplit=1)
        if not following:
            continue
        room = widest - widths[number] - 1 - len(following[0])
        ended = room > _ROOM * widest and not following[0][0].islower()
        if ended or _BULLET.match(text, line_end.end(), end):
            yield (at, line_end.start())
            at = line_end.end()
    yield (at, end)


def _ends(text: str, stop: re.Match[str], start: int, end: int, abbreviations: Collection[str]) -> bool:
    """Whether a sentence ends at a mark."""
    following = _NEXT.match(text, stop.end(), end)
    if following is None:
        return False
    word, mark = following["word"], stop["mark"]
    if stop["clock"]:
        return word.lower() in english().openers and not word.islower()
    if _ADDRESS.match(text, stop.end(), end):
        return True
    if stop["address"]:
        return word[0].isupper() or word[0].isdigit()
    if stop["face"] or stop["alone"]:
        return word[0] not in ",;-"
    last = _LAST_WORD.search(text[max(start, stop.end("mark") - _LAST_WORDS) : stop.end("mark")])
    before = last.group()[:-1] if last else ""
    if mark == "." and before and _is_abbreviation(before, abbreviations):
        return word.lower() in english().openers and not word.islower()
    if not word[0].islower():
        return word[0] != "_"
    # Written without capitals: only where the mark stands alone behind a plain word.
    if stop["closing"] or mark not in (".", "?", "!"):
        return False
    return mark != "." or (len(before) > 2 and (before.islower() or word in english().openers))


def _is_abbreviation(word: str, abbreviations: Collection[str]) -> bool:
    """Whether a full stop after this word belongs to it: "Lt.", "U.S.", an initial."""
    return word.lower() in abbreviations or (word.isupper() and _INITIALS.fullmatch(word + ".") is not None)


def _parts(text: str, span: Span) -> Iterator[Span]:
    """The span, cut at blanks where it is longer than any sentence: what looks at one then ends in time."""
    start, end = span
    while end - start > LONGEST:
        blank = max(text.rfind(" ", start + 1, start + LONGEST), text.rfind("\n", start + 1, start + LONGEST))
        cut = blank if blank > start else start + LONGEST
        yield (start, cut)
        start = cut
    yield (start, end)


def _trim(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
