"""Which predicted incident is which of gold's: the best one-to-one assignment by likeness."""

from collections.abc import Sequence

from sayso.evaluate.names import any_same, plain
from sayso.evaluate.nearness import days_between, places_agree
from sayso.evaluate.told import Told

LEAST = 0.45
"""Pairs that are less alike than this are never joined. Likenesses run from 0.1 or so to 1.15."""

_NEXT_TO_NOTHING = 0.01  # what a pair at the least likeness still weighs: joined, if nothing better is there


def align(gold: Sequence[Told], said: Sequence[Told], least: float = LEAST) -> dict[int, int]:
    """Positions in gold -> positions in what was predicted, so that the likeness of all pairs is greatest.

    An optional incident of gold gives way to any other that fits.
    """
    return dict(assign([[_weight(one, other, least) for other in said] for one in gold]))


def _weight(gold: Told, said: Told, least: float) -> float:
    alike = likeness(gold, said)
    if alike < least:
        return 0.0
    return (alike - least + _NEXT_TO_NOTHING) * (0.5 if gold.optional else 1.0)


def likeness(gold: Told, said: Told) -> float:
    """How alike two incidents are: type, date, place, perpetrators, tolls, and words of the trigger."""
    score = 0.25 * _types(gold, said)
    score += 0.20 * _dates(gold, said)
    score += _places(gold, said)
    score += 0.15 * _perpetrators(gold, said)
    for weight, figure, other in ((0.10, gold.killed, said.killed), (0.05, gold.injured, said.injured)):
        if figure.best is None and other.best is None:
            score += 0.4 * weight  # that both know nothing says a little
        elif figure.best is not None and figure.agrees(other):
            score += weight
    words = set(plain(gold.trigger).split())
    if words and said.trigger and len(words & set(plain(said.trigger).split())) >= 0.6 * len(words):
        score += 0.15
    return score


def _types(gold: Told, said: Told) -> float:
    if said.sub_type and said.sub_type in gold.sub_types:
        return 1.0
    return 0.5 if said.type and said.type in gold.types else 0.0


def _dates(gold: Told, said: Told) -> float:
    if gold.days is None or said.days is None:
        return 0.5 if gold.days == said.days else 0.3
    apart = days_between(gold.days, said.days)
    return 1.0 if apart == 0 else 0.5 if apart <= 3 else 0.0


def _places(gold: Told, said: Told) -> float:
    if places_agree(gold, said):
        return 0.25
    if not gold.places or not said.places:
        return 0.08
    return 0.06 if gold.country and gold.country == said.country else 0.0


def _perpetrators(gold: Told, said: Told) -> float:
    ours, theirs = gold.perpetrator_names, said.perpetrator_names
    if ours and theirs:
        return 1.0 if any_same(ours, theirs) else 0.0
    return 0.5 if not ours and not theirs else 0.25


# ---- assignment -----------------------------------------------------------------------------------


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column) whose weights add up to the most, each row and column at most once.

    Weights of 0 or less are no pairs. The Hungarian method, rows taken in one after the other; among equal
    sums the order of rows and columns decides, so the same table gives the same pairs.
    """
    if not weights or not weights[0]:
        return []
    rows, columns = len(weights), len(weights[0])
    size = max(rows, columns)
    top = max(map(max, weights)) + 1.0
    costs = [[top] * size for _ in range(size)]
    for row, its in enumerate(weights):
        for column, weight in enumerate(its):
            costs[row][column] = top - max(weight, 0.0)
    table = _Table(costs)
    for row in range(size):
        table.take_in(row)
    found = [(row, column) for column, row in enumerate(table.row_of) if row is not None]
    return sorted((r, c) for r, c in found if r < rows and c < columns and weights[r][c] > 0)


class _Table:
    """A square table of costs with the prices that make every pair taken so far a cheapest one."""

    def __init__(self, costs: list[list[float]]) -> None:
        self._costs = costs
        self._row_prices = [0.0] * len(costs)
        self._column_prices = [0.0] * len(costs)
        self.row_of: list[int | None] = [None] * len(costs)

    def take_in(self, row: int) -> None:
        """Gives one more row a column, moving others where that is cheaper."""
        size = len(self._costs)
        least = [float("inf")] * size
        came_from: list[int | None] = [None] * size
        waiting = list(range(size))
        passed: list[int] = []
        here: int | None = None
        mover = row
        while True:
            costs, price = self._costs[mover], self._row_prices[mover]
            for column in waiting:
                rest = costs[column] - price - self._column_prices[column]
                if rest < least[column]:
                    least[column], came_from[column] = rest, here
            nearest = min(waiting, key=least.__getitem__)
            by = least[nearest]
            self._raise_prices(row, passed, by)
            waiting.remove(nearest)
            passed.append(nearest)
            for column in waiting:
                least[column] -= by
            here = nearest
            holder = self.row_of[nearest]
            if holder is None:
                break
            mover = holder
        self._move_along(here, came_from, row)

    def _raise_prices(self, row: int, passed: list[int], by: float) -> None:
        self._row_prices[row] += by
        for column in passed:
            holder = self.row_of[column]
            if holder is not None:
                self._row_prices[holder] += by
            self._column_prices[column] -= by

    def _move_along(self, last: int, came_from: list[int | None], row: int) -> None:
        """Every row on the way takes the next column, and the new row the first."""
        column = last
        while (before := came_from[column]) is not None:
            self.row_of[column] = self.row_of[before]
            column = before
        self.row_of[column] = row
