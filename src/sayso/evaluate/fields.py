"""The fields of joined incidents: each right or wrong where gold says something."""

from collections.abc import Iterable, Iterator

from sayso.evaluate.names import any_same, plain
from sayso.evaluate.nearness import overlap, place_names_agree, places_agree, points_agree, tight
from sayso.evaluate.rows import STATUS, Mark, Outcome, right_or_wrong
from sayso.evaluate.status import right_statuses, status_of
from sayso.evaluate.told import Counted, Told
from sayso.model import REPORT_VOICE


def marks(gold: Told, said: Told) -> Iterator[Mark]:
    """The marks of one incident that was found."""
    key = gold.key or ""
    for name, right in (*_what(gold, said), *_where(gold, said), *_tolls(gold, said), *_who(gold, said)):
        if right is not None:
            yield Mark(f"fields.{name}", right_or_wrong(right), key)
    main, possible = right_statuses(gold.attributed)
    outcome = right_or_wrong(status_of(said.attributed) in possible)
    yield Mark("fields.attribution_status", outcome, key)
    yield Mark(STATUS + main, outcome, key)
    yield from _counts(gold, said)


def of_missed(gold: Told) -> Iterator[Mark]:
    """The figures of an incident that was not found."""
    yield from _counts(gold, None)


Answers = Iterator[tuple[str, bool | None]]
"""Fields with whether they are right; None where gold does not say, so that nothing is counted."""


def _what(gold: Told, said: Told) -> Answers:
    yield "event_type", said.type in gold.types
    yield "sub_event_type", said.sub_type in gold.sub_types
    yield "is_background", gold.is_background == said.is_background
    days = gold.days
    yield "date_overlap", overlap(days, said.days) if days else None
    yield "date_overlap_tight", tight(days, said.days) if days else None
    yield "date_exact", days == said.days if days else None


def _where(gold: Told, said: Told) -> Answers:
    yield "place", places_agree(gold, said)
    yield "place_name", place_names_agree(gold, said)
    yield "place_km", points_agree(gold, said)
    yield "country", gold.country == said.country if gold.country else None


def _tolls(gold: Told, said: Told) -> Answers:
    for name, figure, other in (
        ("killed", gold.killed, said.killed),
        ("injured", gold.injured, said.injured),
    ):
        if figure.best is None:
            yield f"{name}_none_kept", other.best is None
        else:
            low = figure.best if figure.low is None else figure.low
            high = float("inf") if figure.high is None else figure.high
            yield f"{name}_exact", figure.agrees(other)
            yield f"{name}_in_range", other.best is not None and low <= other.best <= high
    if gold.toll_speakers:
        right = any_same(gold.toll_speakers, said.toll_speakers)
        yield "toll_speaker", right
        by_report = REPORT_VOICE in map(plain, gold.toll_speakers)
        yield "toll_speaker_named", None if by_report else right


def _who(gold: Told, said: Told) -> Answers:
    ours, theirs = gold.perpetrator_names, said.perpetrator_names
    right = any_same(ours, theirs)
    left_out = not theirs and (gold.perpetrators_optional or not ours)
    yield "perpetrators", right or left_out or (gold.perpetrators_optional and not ours)
    yield "perpetrators_named", right if ours and not gold.perpetrators_optional else None


# ---- every figure, by whom ------------------------------------------------------------------------


def _counts(gold: Told, said: Told | None) -> Iterator[Mark]:
    """Every figure that gold lists, with its field, its people and its number.

    The same figure from several speakers is one; its speaker is right where any of them is.
    """
    if gold.counted is None:
        return
    key = gold.key or ""
    ours, theirs = _speakers_of(gold.counted), _speakers_of(said.counted or () if said else ())
    for figure in (*ours, *(figure for figure in theirs if figure not in ours)):
        outcome: Outcome = "fp" if figure not in ours else "tp" if figure in theirs else "fn"
        field, whom, number = figure
        what = " ".join([field, *whom, number])
        yield Mark("counts.end_to_end", outcome, key, what)
        if said:
            yield Mark("counts.joined", outcome, key, what)
        if whom:
            yield Mark("counts.with_whom", outcome, key, what)
        if outcome == "tp":
            yield Mark("counts.speaker", right_or_wrong(any_same(ours[figure], theirs[figure])), key, what)


def _speakers_of(counted: Iterable[Counted]) -> dict[tuple[str, tuple[str, ...], str], list[str]]:
    """Field, people and number of each figure -> all who give it."""
    found: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    for one in counted:
        figure = one.figure
        if figure.best is not None:
            number = str(figure.best)
        elif figure.low is not None or figure.high is not None:
            number = f"{_open(figure.low)}-{_open(figure.high)}"
        else:
            continue
        found.setdefault((one.field, one.whom, number), []).extend(one.speakers)
    return found


def _open(bound: int | None) -> str:
    return "" if bound is None else str(bound)
