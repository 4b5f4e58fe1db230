"""Reports as they are read and coded before they are changed, once or several times over."""

import random

from sayso import coding
from sayso.codebook import Codebook, load
from sayso.coding.reading import read
from sayso.evaluate.changes import Back, Changed, Edit, Original, Source, Unmade
from sayso.evaluate.invented import Invented
from sayso.evaluate.recounting import numbers
from sayso.evaluate.redating import dates
from sayso.evaluate.renaming import actors, places
from sayso.pipeline import reconciled_alone
from sayso.reports import make_report

_STEPS = (actors, places, dates, numbers)


def read_original(source: Source, invented: Invented, codebook: Codebook | None = None) -> Original:
    """A report read and coded with a codebook, the default one if none is given, ready to be changed."""
    codebook = codebook or load()
    report = make_report(source.text, codebook, published=source.published)
    coded = coding.code(report, codebook)
    told = reconciled_alone(coded, codebook)
    return Original(source, report, read(report, codebook), coded, told, codebook, invented)


def together(original: Original, chance: random.Random) -> Changed | Unmade:
    """Actors, places, dates and numbers, one after the other: nothing of what is known stays.

    A change for which there is nothing, or which cannot be made, is passed over; where there is only one left
    the report has nothing to change together.
    """
    now, last, back, made = original, None, Back(), 0
    for step in _STEPS:
        if last is not None and last.source is not now.source:
            now = read_original(last.source, original.invented, last.codebook)
        changed = step(now, chance)
        if isinstance(changed, Changed):
            made += 1
            back = _joined(back, changed.back)
            last = changed
    if last is None or made < 2:
        return Unmade.NOTHING
    new = last.source.text
    edit = Edit(0, len(original.text), original.text, new)
    return Changed(last.source, last.codebook, (edit,) if edit.was != new else (), back)


def _joined(one: Back, other: Back) -> Back:
    """The way back from both: each leads back what the other does not know."""
    return Back(
        actors={**one.actors, **other.actors},
        words={**one.words, **other.words},
        points={**one.points, **other.points},
        days=one.days + other.days,
        figures={**one.figures, **other.figures},
    )
