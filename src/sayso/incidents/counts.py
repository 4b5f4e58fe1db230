"""How many: one count from what the voices say.

- Per voice its latest figure: of its latest report the last, an exact one rather than an imprecise one.
  (_latest)
- Results of an act told only as somebody's claim (``after``) are figures of their own. (_figures)
- Imprecise figures are dropped where exact ones exist; "some 600" sets best where none does. (_figures)
- A party's figure for the other side's losses, and a figure ``after`` a claim, never set best. (_sets_best)
- Medical, rescue and UN, then authorities, then the report, then parties. (rank_of)
- The latest day of the best rank sets best; where two of it conflict, best is null. (_best)
- Low and high span what the voices say; an end that is left open yields to one that is told. (_span)
- The incident's count is that of people without description, else of the largest group; never a sum. (_shown)
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sayso.incidents.telling import Said, Settled, Telling, conflicting, gather, ids, moment, offset
from sayso.incidents.voices import Voices, is_report, speaker_key
from sayso.language import view
from sayso.model import COUNT_FIELDS, Count, Field, FieldCount, Statement, Whom

ARMED = frozenset({"rebels", "political militia", "identity militia"})
"""The classes of actors whose word on casualties ranks with that of parties."""

FIRST_HAND, AUTHORITIES, REPORT, PARTIES = 1, 2, 3, 4
"""Ranks of speakers, lowest first."""


_NOBODY_IN_PARTICULAR = Whom()
_WORD = re.compile(r"\w+")
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Figure:
    """What one voice says in the end: a count, and the statements of this voice that give it."""

    count: Count
    voice: str
    day: date
    rank: int
    sets_best: bool
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The counts of an incident: each field's own, every one by field and whom, and all that conflict."""

    by_field: dict[Field, Settled[Count]]
    rows: tuple[FieldCount, ...]
    rivals: tuple[tuple[Field, tuple[Said[object], ...]], ...]


def settle_counts(telling: Telling, voices: Voices, parties: frozenset[str]) -> Counts:
    """Reconcile the counts; a field of which nobody gives a figure is not in ``by_field``.

    parties  the ids, else plain names, of the perpetrators and of the sides.
    """
    by_field: dict[Field, Settled[Count]] = {}
    rows: list[FieldCount] = []
    rivals: list[tuple[Field, tuple[Said[object], ...]]] = []
    for field in COUNT_FIELDS:
        told = [(_whom(one.value), one) for one in telling.about(field) if isinstance(one.value, Count)]
        groups = gather((whom, whom, one) for whom, one in told)
        settled = [(one.value, settle_count(one.statements, telling, voices, parties)) for one in groups]
        if not settled:
            continue
        rows += [_row(field, whom, one) for whom, one in settled]
        rivals += [(field, one.rivals) for _, one in settled if one.rivals]
        whom, shown = _shown(settled)
        by_field[field] = replace(shown, value=replace(shown.value, whom=whom))
    return Counts(by_field, tuple(rows), tuple(rivals))


def _shown(settled: Sequence[tuple[Whom | None, Settled[Count]]]) -> tuple[Whom | None, Settled[Count]]:
    """The group that stands for all: people without description, else the largest.

    Where no best is settled for people without description, the largest group that is no part of them is.
    """
    first = min(settled, key=lambda one: (one[0] is not None, -_size(one[1].value)))
    if first[1].value.best is not None:
        return first
    able = [one for one in settled if (one[1].value.best or 0) >= (first[1].value.low or 1)]
    return max(able, key=lambda one: _size(one[1].value), default=first)


def settle_count(
    statements: Sequence[Statement], telling: Telling, voices: Voices, parties: frozenset[str]
) -> Settled[Count]:
    """One count from the statements of one field about the same people; there is at least one."""
    figures = _figures(statements, telling, voices, parties)
    best = _best(figures)
    low, high = _span([figure.count for figure in figures])
    attackers = {one.count.includes_attackers for one in ([best] if best else figures)} - {None}
    count = Count(
        best=best.count.best if best else None,
        low=low,
        high=high,
        imprecise=all(figure.count.imprecise for figure in figures),
        includes_attackers=attackers.pop() if len(attackers) == 1 else None,
    )
    agree = [one for one in figures if count.best is None or _holds(one.count, count.best)]
    said = gather(
        (_bounds(one.count), one.count, statement) for one in figures for statement in one.statements
    )
    rivals = conflicting(said, lambda one, other: _apart(one.value, other.value))
    if best:  # the shown one first
        rivals = tuple(sorted(rivals, key=lambda one: _apart(one.value, best.count)))
    return Settled(
        count,
        _in_order(statements, [one for one in figures if _sets(one, best, count)]),
        voices.count(statement for figure in agree for statement in figure.statements),
        rivals,
    )


def rank_of(statement: Statement, telling: Telling, parties: frozenset[str]) -> int:
    """How far a speaker's figures count, by what a statement tells of its speaker: the lowest sets best.

    Medical, rescue and UN speakers are those whose name holds a word of the lexicon's ``first_hand``.
    Authorities are speakers of kind state; an armed group ranks with the parties even where nobody names it
    as one. Everyone else (media, monitors, witnesses, other organisations) ranks with the report.
    """
    if is_report(statement):
        return REPORT
    if _is_party(statement, telling, parties):
        return PARTIES
    name = f" {' '.join(_WORD.findall(view(statement.speaker)))} "
    if any(f" {words} " in name for words in telling.codebook.lexicon.first_hand):
        return FIRST_HAND
    actor = telling.codebook.actor(statement.speaker_id or "", telling.first_day)
    if actor is not None and actor.actor_class in ARMED:
        return PARTIES
    state = statement.speaker_kind == "state" or (actor is not None and actor.kind == "state")
    return AUTHORITIES if state else REPORT


def _is_party(statement: Statement, telling: Telling, parties: frozenset[str]) -> bool:
    """Whether the speaker is a perpetrator or a side, or a part of one."""
    speaker, day = speaker_key(statement), telling.first_day
    return any(
        speaker == party or telling.codebook.is_part_of(speaker, party, day) for party in sorted(parties)
    )


def _sets_best(statement: Statement, telling: Telling, parties: frozenset[str]) -> bool:
    """Whether a figure may set best: no hearsay after a claim, no party's word on the other side's losses.

    A party's own losses are those of the status its class fights in; people without description may be
    anybody's, so they are taken as the other side's.
    """
    if statement.after is not None:
        return False
    if is_report(statement) or not _is_party(statement, telling, parties):
        return True
    whom = _whom(statement.value)
    status = whom.status if whom else None
    actor = telling.codebook.actor(statement.speaker_id or "", telling.first_day)
    state = actor.actor_class == "state forces" if actor else statement.speaker_kind == "state"
    return status in (("military", "police") if state else ("militant",))


# ---- figures --------------------------------------------------------------------------------------


def _figures(
    statements: Sequence[Statement], telling: Telling, voices: Voices, parties: frozenset[str]
) -> tuple[_Figure, ...]:
    """Each voice's latest figure, in order of voice; imprecise ones only where no exact one exists."""
    told: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        told.setdefault((voices.of(statement), statement.after or ""), []).append(statement)
    figures = []
    for (voice, _), said in sorted(told.items()):
        latest, day = _latest(said, telling)
        count = _sound(latest.value)
        same = tuple(one for one in said if _bounds(_sound(one.value)) == _bounds(count))
        figures.append(
            _Figure(
                count=count,
                voice=voice,
                day=day,
                rank=rank_of(latest, telling, parties),
                sets_best=_sets_best(latest, telling, parties)
                and (count.best is not None or not count.imprecise),
                statements=same,
            )
        )
    exact = tuple(figure for figure in figures if not figure.count.imprecise)
    return exact or tuple(figures)


def _latest(said: Sequence[Statement], telling: Telling) -> tuple[Statement, date]:
    """A voice's latest figure, and the day of it; the first of all days where its report is not dated.

    A text counts from its first publication: a copy printed later does not make old figures new. What is not
    dated cannot be shown to be the latest.
    """
    text_of = {report.report_id: report.text_id for report in telling.reports}
    first_of: dict[str, datetime] = {}
    for report in telling.reports:  # in order of publication
        if printed := moment(report.published):
            first_of.setdefault(report.text_id, printed)

    def told_at(statement: Statement) -> tuple[datetime, str]:
        text = text_of[statement.report_id]
        return (first_of.get(text, _NEVER), text)

    newest = max(told_at(one) for one in said)
    last = [one for one in said if told_at(one) == newest]
    exact = [one for one in last if isinstance(one.value, Count) and not one.value.imprecise]
    chosen = max(exact or last, key=lambda one: (offset(one), one.statement_id))
    return chosen, newest[0].date()


def _best(figures: Iterable[_Figure]) -> _Figure | None:
    """The figure that sets best; None where none may, or where two of the best rank and day conflict."""
    able = [figure for figure in figures if figure.sets_best]
    able = [figure for figure in able if figure.rank == min(one.rank for one in able)]
    able = [figure for figure in able if figure.day == max(one.day for one in able)]
    if not able or any(_apart(one.count, other.count) for one in able for other in able):
        return None
    # Those left agree: the narrowest says most ("35" more than "at least 31").
    return min(able, key=lambda one: (one.count.best is None, _width(one.count), -_bounds(one.count)[0]))


def _sets(figure: _Figure, best: _Figure | None, count: Count) -> bool:
    """Whether a count rests on a figure: it sets best, or, otherwise than that, an end of the range."""
    if best is None:
        return True
    if not _apart(figure.count, best.count):
        return figure.sets_best and figure.rank == best.rank
    return figure.count.low == count.low or figure.count.high == count.high


def _in_order(statements: Sequence[Statement], figures: Iterable[_Figure]) -> tuple[Statement, ...]:
    used = {id(statement) for figure in figures for statement in figure.statements}
    return tuple(statement for statement in statements if id(statement) in used)


# ---- ranges ---------------------------------------------------------------------------------------

_OPEN = 10**12
"""Stands for an end that is left open: more people than there are."""


def _sound(value: object) -> Count:
    """A count whose low, best and high are in order; an exact number alone is its own range."""
    if not isinstance(value, Count):
        return Count(None, None, None, True)
    low, high = value.low, value.high
    if value.best is None and low is not None and high is not None and low > high:
        low, high = high, low
    if value.best is not None and low is None and high is None and not value.imprecise:
        low = high = value.best
    if value.best is not None:
        low = None if low is None else min(low, value.best)
        high = None if high is None else max(high, value.best)
    return replace(value, low=low, high=high, whom=_whom(value))


def _bounds(count: Count) -> tuple[int, int]:
    return (count.low or 0, _OPEN if count.high is None else count.high)


def _width(count: Count) -> int:
    low, high = _bounds(count)
    return high - low


def _apart(one: Count, other: Count) -> bool:
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    return high < other_low or other_high < low


def _holds(count: Count, best: int) -> bool:
    low, high = _bounds(count)
    return low <= best <= high


def _span(counts: Sequence[Count]) -> tuple[int | None, int | None]:
    """The least low and the greatest high told.

    "At least 31" leaves its high open, and so does the span, unless another voice tells a high that is not
    below it; so too for a low left open.
    """
    lows = [one.low for one in counts if one.low is not None]
    highs = [one.high for one in counts if one.high is not None]
    least = min(lows, default=None)
    greatest = max(highs, default=None)
    floors = [max(one.low or 0, one.best or 0) for one in counts if one.high is None]
    ceilings = [
        min(_bounds(one)[1], _OPEN if one.best is None else one.best) for one in counts if one.low is None
    ]
    if greatest is not None and any(floor > greatest for floor in floors):
        greatest = None
    if least is not None and any(ceiling < least for ceiling in ceilings):
        least = None
    return least, greatest


def _size(count: Count) -> int:
    """How large a group is said to be, at the least that is known of it."""
    return next((one for one in (count.best, count.low, count.high) if one is not None), 0)


def _whom(value: object) -> Whom | None:
    """Whom a count is about; None for people without description, however that is written."""
    whom = value.whom if isinstance(value, Count) else None
    return None if whom == _NOBODY_IN_PARTICULAR else whom


def _row(field: Field, whom: Whom | None, settled: Settled[Count]) -> FieldCount:
    count = settled.value
    return FieldCount(
        field=field,
        whom=whom,
        best=count.best,
        low=count.low,
        high=count.high,
        imprecise=count.imprecise,
        includes_attackers=count.includes_attackers,
        statement_ids=ids(settled.basis),
    )
