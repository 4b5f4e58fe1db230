"""Figures and changes as lines for a terminal."""

from collections.abc import Iterator, Sequence

from sayso.evaluate.compare import Change
from sayso.evaluate.evaluation import Evaluation
from sayso.evaluate.rows import Figure, Found, Rate, headline

SECTIONS = (
    "reports",
    "relevance",
    "detection",
    "fields",
    "attribution_status_by_class",
    "perpetrators_by_name",
    "targets_by_name",
    "weapons_by_name",
    "attributions",
    "counts",
    "must_not",
    "linking",
    "lineage",
)

_WIDTH = 42


def lines(evaluation: Evaluation) -> Iterator[str]:
    """A table: one line for each row of which gold or the predictions say something."""
    head = f"{'right or F1':>11}  {'nothing':>7}  {'all':>7}  {'precision':>9}  {'recall':>7}"
    yield (
        f"{evaluation.reports} reports".ljust(_WIDTH)
        + head
        + ("  95 % interval" if evaluation.intervals else "")
    )
    for section in SECTIONS:
        for row, figure in evaluation.figures.items():
            if row.split(".")[0] == section and _says_something(figure):
                yield _line(row, figure, evaluation)
    yield ""
    yield "nothing, all: what two programs get that read nothing and say nothing, or everything."


def _says_something(figure: Figure) -> bool:
    if isinstance(figure, Rate):
        return figure.n > 0
    return figure.tp + figure.fp + figure.fn > 0 if isinstance(figure, Found) else figure.mentions > 0


def _line(row: str, figure: Figure, evaluation: Evaluation) -> str:
    parts = [_number(headline(figure), 11)]
    parts += [_number(headline(other[row]), 7) for other in (evaluation.nothing, evaluation.everything)]
    if isinstance(figure, Rate):
        parts.append(" " * 18)
    else:
        parts += [_number(figure.precision, 9), _number(figure.recall, 7)]
    if evaluation.intervals:
        ends = evaluation.intervals.get(row)
        parts.append(f"{ends[0]:.3f}-{ends[1]:.3f}".rjust(13) if ends else " " * 13)
    return f"{row.ljust(_WIDTH)}{'  '.join(parts)}  {_cases(figure)}"


def _cases(figure: Figure) -> str:
    if isinstance(figure, Found):
        return f"tp {figure.tp}, fp {figure.fp}, fn {figure.fn}"
    return f"n {figure.n if isinstance(figure, Rate) else figure.mentions}"


def _number(value: float | None, width: int) -> str:
    return ("-" if value is None else f"{value:.3f}").rjust(width)


def changes(found: Sequence[Change]) -> Iterator[str]:
    """What was won and what was lost, one line each, lost things first."""
    for won, word in ((False, "lost"), (True, "won")):
        its = [change for change in found if change.won is won]
        yield f"{len(its)} {word}"
        for change in its:
            where = f"{change.report} {change.key or '(the report)'}"
            what = f" ({change.what})" if change.what else ""
            yield f"  {where}: {change.how}{what}: {', '.join(change.rows)}"
