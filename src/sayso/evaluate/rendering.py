"""Reports that are printed in another way: not a word of them is changed."""

import random
import re

from sayso.evaluate.changes import Changed, Edit, Original, Unmade, changed_by, edit_of

_WIDTH = 70
_INDENT = "   "
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_MARKS = re.compile("[\"']")


def capitals(original: Original, _: random.Random) -> Changed | Unmade:
    """The whole report in capitals."""
    text = original.text
    return changed_by(original, [edit_of(text, (0, len(text)), text.upper())])


def lines(original: Original, _: random.Random) -> Changed | Unmade:
    """Long lines broken as a teleprinter breaks them, each line with blanks before it.

    Where two lines stood under one another without an empty line, one is set between them if either is
    broken: else nothing would tell them apart.
    """
    edits: list[Edit] = []
    at = 0
    was_long = False
    for line in original.text.splitlines(keepends=True):
        body = line.rstrip()
        is_long = len(body) > _WIDTH
        if body:
            gap = "\n" if at and (is_long or was_long) and original.text[at - 2 : at] != "\n\n" else ""
            edits.append(edit_of(original.text, (at, at), gap + _INDENT))
        if is_long:
            edits += [edit_of(original.text, span, f"\n{_INDENT}") for span in _breaks(body, at)]
        was_long = is_long
        at += len(line)
    return changed_by(original, edits) if any("\n" in edit.now for edit in edits) else Unmade.NOTHING


def _breaks(body: str, at: int) -> list[tuple[int, int]]:
    """The blanks at which a line is broken, none of them inside a word."""
    found: list[tuple[int, int]] = []
    begin = 0
    for blank in re.finditer(r" +(?=\S)", body):
        following = re.compile(r"\S+").match(body, blank.end())
        if following and following.end() - begin > _WIDTH and blank.start() > begin:
            found.append((at + blank.start(), at + blank.end()))
            begin = blank.end()
    return found


def quotes(original: Original, _: random.Random) -> Changed | Unmade:
    """Typographic quotation marks and apostrophes become straight ones; where there are none, the reverse."""
    text = original.text
    straight = text.translate(_STRAIGHT)
    now = straight if straight != text else _MARKS.sub(_typographic, text)
    pairs = zip(range(len(text)), now, strict=True)
    return changed_by(original, [edit_of(text, (at, at + 1), char) for at, char in pairs])


def _typographic(mark: re.Match[str]) -> str:
    before = mark.string[mark.start() - 1 : mark.start()]
    opens = not before or before.isspace() or before in "([-–—\"'"
    return {'"': "“" if opens else "”", "'": "‘" if opens else "’"}[mark.group()]
