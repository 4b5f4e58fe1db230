"""Readers' comments: those that a line announces, and those that show themselves by names and moments."""

from sayso.codebook import Codebook
from sayso.language import view
from sayso.model import RegionKind
from sayso.reports.labels import Labels, is_prose
from sayso.reports.page import Page, is_name
from sayso.times.stamps import find_stamp

_LONGEST_SIGNATURE = 80
_FEWEST = 2
_LONGEST_COMMENT = 8  # units
_MOST_WORDS_OF_A_NAME = 8
_MOST_WORDS_OF_A_HANDLE = 3  # of a name that does not look like a person's: "man from kent"
_ARTICLE_SENTENCES = 2
_ARTICLE_CHARACTERS = 400
_A_DAY = len("2021-07-20")
_NOT_THEIRS = ("boilerplate", "advertisement")


def announced(labels: Labels, codebook: Codebook, page: Page) -> None:
    """All that follows a row of page.yaml that opens comments, up to one that opens others.

    Such a row counts only below an article: "View all comments" stands above some, too. What stands below
    the comments is the page's.
    """
    sentences = 0
    state: RegionKind | None = None
    theirs: list[int] = []
    for index, unit in enumerate(labels.units):
        cue = labels.cues.get(index)
        if (
            cue is not None
            and cue.opens is not None
            and not (state == "comment" and _goes_on(labels, index, codebook, page))
        ):
            began = cue.opens == "comment" and sentences >= _ARTICLE_SENTENCES
            state = cue.opens if began or (state and cue.opens != "comment") else state
        elif state is None and labels.kinds[index] is None and is_prose(unit):
            sentences += 1 + (len(unit.words) >= _ARTICLE_CHARACTERS)  # one that came without line breaks
        elif state == "comment" and labels.kinds[index] not in _NOT_THEIRS:
            theirs.append(index)
        elif state is not None and labels.kinds[index] is None:
            labels.kinds[index] = state
    _label(labels, theirs, codebook, page)


def signed(labels: Labels, codebook: Codebook, page: Page) -> None:
    """Comments that nothing announces: below an article, names each with a moment beside them.

    A moment is a date with its hour, or "3 hours ago". Two are needed, and names in front of them: a live
    blog prints its moments without. Headlines of other articles have moments, too, but no text below.
    """
    prose = labels.prose()
    if len(prose) < _ARTICLE_SENTENCES:
        return
    starts = [
        start
        for index in range(prose[1] + 1, len(labels.units))
        if (start := signature_at(labels, index, codebook, page)) is not None and start > prose[1]
    ]
    start = starts[0] if len(starts) >= _FEWEST else _above_buttons(labels, prose[1])
    if start is None:
        return
    theirs: list[int] = []
    ending = False
    for index in range(start, len(labels.units)):
        cue = labels.cues.get(index)
        closes = cue is not None and cue.opens in _NOT_THEIRS
        ending = ending or (closes and not _goes_on(labels, index, codebook, page))
        if not ending and labels.kinds[index] not in _NOT_THEIRS:
            theirs.append(index)
        elif ending and labels.kinds[index] is None:
            labels.kinds[index] = "boilerplate"
    _label(labels, theirs, codebook, page)


def _goes_on(labels: Labels, index: int, codebook: Codebook, page: Page) -> bool:
    """Whether comments go on below a line that looks as if it closed them: "Show more replies"."""
    near = range(index + 1, min(index + _LONGEST_COMMENT, len(labels.units)))
    return any(signature_at(labels, one, codebook, page) is not None for one in near)


def _label(labels: Labels, theirs: list[int], codebook: Codebook, page: Page) -> None:
    """Labels these units as comments, and what stands below the last of them as the page's."""
    last = _last_of(labels, theirs, codebook, page)
    handles = (one - 1 for one in theirs if labels.units[one - 1].words.startswith("@"))
    for index in (*theirs, *handles):
        labels.kinds[index] = "comment" if index <= last else "boilerplate"
        if index <= last:
            labels.worded.add(index)


def _last_of(labels: Labels, theirs: list[int], codebook: Codebook, page: Page) -> int:
    """Where comments end: with the text below the last name and moment, or with its last button.

    Comments without names, moments and buttons end nowhere that could be seen.
    """
    buttons = [index for index in theirs if labels.kinds[index] == "comment" and _is_button(labels, index)]
    moments = [index for index in theirs if signature_at(labels, index, codebook, page) is not None]
    if len(moments) + len(buttons) < _FEWEST:
        return theirs[-1] if theirs else -1
    last = max((*moments, *buttons))
    text_wanted = last in moments
    for index in theirs[theirs.index(last) + 1 :]:
        unit = labels.units[index]
        if text_wanted or is_prose(unit) or not any(char.isalpha() for char in unit.words):
            last, text_wanted = index, False
        else:
            break
    return last


def _is_button(labels: Labels, index: int) -> bool:
    return len(labels.units[index].words) <= _LONGEST_SIGNATURE


def _above_buttons(labels: Labels, after: int) -> int | None:
    """Where comments begin that have their buttons ("Reply") beside them, but no moments.

    That is below the last line of the page before the first button; None where too few buttons stand there.
    """
    buttons = [index for index in range(after + 1, len(labels.units)) if labels.kinds[index] == "comment"]
    if len(buttons) < _FEWEST:
        return None
    before = range(buttons[0] - 1, max(after, buttons[0] - _LONGEST_COMMENT), -1)
    return next((one + 1 for one in before if labels.kinds[one] == "boilerplate"), buttons[0])


def signature_at(labels: Labels, index: int, codebook: Codebook, page: Page) -> int | None:
    """Where a comment begins whose moment stands in a unit: at the name before it; None where it is none."""
    unit = labels.units[index]
    if len(unit.words) > _LONGEST_SIGNATURE or labels.kinds[index] not in (None, "byline", "comment"):
        return None
    stamp = find_stamp(unit.words, codebook)
    if stamp is not None and len(stamp.iso) > _A_DAY:
        name, rest = unit.words[: stamp.start], unit.words[stamp.end :]
    elif (ago := page.ago.search(unit.view)) is not None:
        name, rest = unit.words[: ago.start()], unit.words[ago.end() :]
    else:
        return None
    if any(char.isalpha() for char in name):
        return index if len((name + rest).split()) <= _MOST_WORDS_OF_A_NAME else None
    if index == 0 or labels.kinds[index - 1] not in (None, "comment", "byline"):
        return None
    return index - 1 if _may_sign(labels.units[index - 1].words, page) else None


def _may_sign(words: str, page: Page) -> bool:
    """Whether a line may be the name of a reader: a name or a handle, perhaps with "says:" behind it."""
    bare = words.rstrip(" :·•")
    parts = bare.split()
    if parts and view(parts[-1]) in page.says:
        parts = parts[:-1]
    few = 0 < len(parts) <= _MOST_WORDS_OF_A_HANDLE
    return few or (len(parts) <= _MOST_WORDS_OF_A_NAME and is_name(" ".join(parts)))
