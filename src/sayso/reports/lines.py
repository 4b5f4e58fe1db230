"""The lines of a text: where they stand, which belong together, and how they look. Offsets never move."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sayso.language import view
from sayso.language.english import english

_LINE = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_SENTENCE_END = re.compile(r"""[.!?…؟۔。]["'”’»)\]]*(?:\[\d{1,3}\])*$""")  # "... was said.[1]"
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}$")  # "in the U.S."

VIEW_LENGTH = 300
"""How much of a unit its view holds: what a line is shows in its first words."""

# A text is hard-wrapped where its lines are as long as a terminal or a teletype is wide. Only a fifth of its
# characters may stand in longer ones (addresses, tables).
_WIDEST_WRAPPED = 120
_NARROWEST_WRAPPED = 40
_LONG_LINES_SHARE = 0.2
_FEWEST_OF_RUNS = 6
_MOSTLY = 0.6
_FULL = 0.85  # of the usual width; lines that were filled by hand fall a little short
_WORD = re.compile(r"\S+")

# What parts the things that a page prints side by side: bars, wide gaps and the like, in some lines dashes.
_BARS = re.compile(r"[^\S\r\n]*[|•·][^\S\r\n]*|[^\S\r\n]+[/>»›][^\S\r\n]+|[^\S\r\n]{2,}|\t")
_BARS_OR_DASHES = re.compile(rf"{_BARS.pattern}|[^\S\r\n]+(?:-{{1,2}}|[–—])[^\S\r\n]+")
_EDGES = " \t\u00a0,;|-–—·•/"


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or the lines of a hard-wrapped paragraph: what is labelled as a whole.

    ``words`` are those at [start, end), without blanks at either end; ``view`` is how they are matched.
    Units of one ``block`` have no blank line between them.
    """

    start: int
    end: int
    block: int
    words: str
    view: str

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as sentences do and is long enough to be one."""
        return len(self.words) >= 60 and ends_a_sentence(self.words)


def ends_a_sentence(words: str) -> bool:
    """Whether words end with a full stop or its like, closing quotes aside; initials ("U.S.") end none."""
    return _SENTENCE_END.search(words[-10:]) is not None and _INITIALS.search(words[-10:]) is None


def part_of(unit: Unit, start: int, end: int) -> Unit | None:
    """The part of a unit at these offsets into its words, edges bare of marks; None where nothing is left."""
    words = unit.words[start:end]
    bare = words.strip(_EDGES)
    if not bare:
        return None
    at = unit.start + start + len(words) - len(words.lstrip(_EDGES))
    return _unit_of(at, bare, unit.block)


def bars_of(unit: Unit) -> tuple[Unit, ...]:
    """The parts of a unit between bars, slashes, arrows and wide gaps; itself where it has none of these."""
    return _cut(unit, _BARS)


def parts_of(unit: Unit) -> tuple[Unit, ...]:
    """As ``bars_of``, and dashes between blanks part it too."""
    return _cut(unit, _BARS_OR_DASHES)


def _cut(unit: Unit, separator: re.Pattern[str]) -> tuple[Unit, ...]:
    cuts = [(0, 0), *(found.span() for found in separator.finditer(unit.words)), (len(unit.words), 0)]
    parts = (part_of(unit, left[1], right[0]) for left, right in pairwise(cuts))
    return tuple(part for part in parts if part is not None)


def units_of(text: str) -> tuple[Unit, ...]:
    """All units of a text in order: together they hold every character that is no blank."""
    blocks = list(_blocks(text))
    width = _wrapped_width(blocks)
    units: list[Unit] = []
    for number, lines in enumerate(blocks):
        whole = _runs_on(text, lines) or (width is not None and _is_wrapped(text, lines, width))
        spans = [(lines[0][0], lines[-1][1])] if whole else _runs(text, lines, width)
        units.extend(_unit_of(start, text[start:end], number) for start, end in spans)
    return tuple(units)


def _unit_of(start: int, words: str, block: int) -> Unit:
    head = view(words[:VIEW_LENGTH])
    # The mark keeps patterns that end with the line from ending with its view.
    head = head if len(words) <= VIEW_LENGTH else f"{head}…"
    return Unit(start, start + len(words), block, words, head)


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """The spans of lines that hold something, without blanks at either end; blank lines part the blocks."""
    block: list[tuple[int, int]] = []
    end = 0
    for found in _LINE.finditer(text):
        words = found.group()
        between = text[end : found.start()].replace("\r\n", "\n")
        end = found.end()
        if (len(between) > 1 or not words.strip()) and block:
            yield block
            block = []
        if stripped := words.strip():
            start = found.start() + len(words) - len(words.lstrip())
            block.append((start, start + len(stripped)))
    if block:
        yield block


def _wrapped_width(blocks: list[list[tuple[int, int]]]) -> float | None:
    """The usual length of a full line where the text is hard-wrapped, else None."""
    lengths = [end - start for lines in blocks for start, end in lines]
    long = sum(length for length in lengths if length > _WIDEST_WRAPPED)
    if long > _LONG_LINES_SHARE * sum(lengths):
        return None
    # The last line of a paragraph is as long as it happens to be.
    full = [end - start for lines in blocks if len(lines) >= 3 for start, end in lines[:-1]]
    width = median(full) if full else 0
    return width if _NARROWEST_WRAPPED <= width <= _WIDEST_WRAPPED else None


def _runs(text: str, lines: list[tuple[int, int]], width: float | None) -> list[tuple[int, int]]:
    """The lines of a block that is no single paragraph; where most are full, a run of full lines is one."""
    if width is None or len(lines) < _FEWEST_OF_RUNS:
        return lines
    full = [_is_full(text, line, following, width) for line, following in pairwise(lines)]
    if sum(full) < _MOSTLY * len(full):
        return lines
    runs = [lines[0]]
    for line, is_full in zip(lines[1:], full, strict=True):
        goes_on = is_full and not ends_a_sentence(text[slice(*runs[-1])])
        runs[-1:] = [(runs[-1][0], line[1])] if goes_on else [runs[-1], line]
    return runs


def _is_full(text: str, line: tuple[int, int], following: tuple[int, int], width: float) -> bool:
    """Whether the first word of the next line would hardly have fitted into a line, too."""
    length = line[1] - line[0]
    word = _WORD.match(text, *following)
    with_next = length + 1 + (len(word.group()) if word else 0)
    return 0.6 * width <= length <= 1.5 * width and with_next > _FULL * width


def _runs_on(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether every line of a block but the last is long and goes on in the middle of a sentence.

    It does where the next line begins with a small letter, or the line ends with a small word ("in", "the").
    """
    small = english().openers
    for (start, end), (next_start, _) in pairwise(lines):
        last = text[start:end].rsplit(None, 1)[-1]
        goes_on = text[next_start].islower() or (last.islower() and last in small)
        if not goes_on or end - start < _NARROWEST_WRAPPED or ends_a_sentence(text[start:end]):
            return False
    return len(lines) > 1


def _is_wrapped(text: str, lines: list[tuple[int, int]], width: float) -> bool:
    """Whether the lines of a block are one paragraph: all but the last are about full."""
    full = sum(_is_full(text, line, following, width) for line, following in pairwise(lines))
    last = lines[-1][1] - lines[-1][0]
    return len(lines) > 1 and full >= 0.8 * (len(lines) - 1) and last <= 1.5 * width
