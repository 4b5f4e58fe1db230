"""How many incidents there are over time, as SVG or PNG: bars of days, weeks, months or years.

An incident counts in the stretch that its whole interval lies in; one that is known less exactly is told
below the chart and drawn nowhere, and so is a part of a whole that is counted. By actor, an incident counts
for whom the strongest word names, and the legend gives stance and speaker: a name alone is an accusation.
"""

import datetime
import textwrap
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Literal

from markupsafe import Markup, escape

from sayso.errors import UsageError
from sayso.exports import text
from sayso.exports.files import aside
from sayso.exports.layout import same
from sayso.model import Attribution, Incident, Participant, Stance

By = Literal["actor", "type", "province"]
Every = Literal["day", "week", "month", "year"]
_EVERY: tuple[Every, ...] = ("day", "week", "month", "year")
_MOST_BARS = 60
"""Bars that can be told apart; where none is chosen, the shortest stretch is taken that needs no more."""
_LIMIT = 10_000  # as many as there can be years
_MOST_SERIES = 7
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f6000", "#8c8c8c")
"""Colours that most people can tell apart; the last is for all others."""
_OTHERS = "all others"
_NOBODY = "nobody is named"
_WIDTH, _HEIGHT, _LEFT, _LINE = 760, 260, 40, 16
_WIDEST = 100  # a bar: one alone would fill the picture
_NARROW, _WIDE = 8, 12
"""Pixels that a character of a line takes in small letters, and in capitals and other scripts."""


@dataclass(slots=True)
class Chart:
    """The bars in order of time, each with its count by series; what could not be drawn."""

    every: Every
    bars: list[tuple[str, Counter[str]]] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    undated: int = 0
    parts: int = 0


def count(incidents: Iterable[Incident], by: By, every: Every | None = None) -> Chart:
    """Counts the incidents; a stretch is chosen by how much time they span, if none is given.

    Raises UsageError where the stretch gives more bars than can be drawn.
    """
    listed = list(incidents)
    ids = {one.incident_id for one in listed}
    whole = [one for one in listed if one.part_of is None or one.part_of not in ids]
    span = [day for one in whole for day in (one.date.earliest, one.date.latest) if day]
    chosen = every or _chosen(span)
    found: dict[datetime.date, Counter[str]] = {}
    totals: Counter[str] = Counter()
    for one in whole:
        if (start := _stretch(one, chosen)) is not None:
            name = _series(one, by)
            found.setdefault(start, Counter())[name] += 1
            totals[name] += 1
    ranked = sorted(totals, key=lambda name: (name != _NOBODY, -totals[name], name))
    kept = ranked[:_MOST_SERIES]
    chart = Chart(
        chosen,
        series=[*kept, *([_OTHERS] if len(ranked) > len(kept) else [])],
        parts=len(listed) - len(whole),
    )
    chart.undated = len(whole) - totals.total()
    day: datetime.date | None = min(found, default=None)
    while day is not None and day <= max(found):
        bar: Counter[str] = Counter()
        for name, number in found.get(day, Counter()).items():
            bar[name if name in kept else _OTHERS] += number
        chart.bars.append((_label(day, chosen), bar))
        if len(chart.bars) > _LIMIT:
            raise UsageError(
                f"There are more than {_LIMIT} stretches of a {chosen}.", "Choose a longer one with --every."
            )
        day = _next(day, chosen)
    return chart


def _chosen(days: list[str]) -> Every:
    if not days:
        return "month"
    first, last = datetime.date.fromisoformat(min(days)), datetime.date.fromisoformat(max(days))
    long = {"day": 1, "week": 7, "month": 30, "year": 365}
    return next((every for every in _EVERY if (last - first).days / long[every] < _MOST_BARS), "year")


def _stretch(incident: Incident, every: Every) -> datetime.date | None:
    """The first day of the stretch in which all days of an incident lie; None where there is no such."""
    date = incident.date
    if date.earliest is None or date.latest is None:
        return None
    first, last = (_start(datetime.date.fromisoformat(day), every) for day in (date.earliest, date.latest))
    return first if first == last else None


def _start(day: datetime.date, every: Every) -> datetime.date:
    if every == "week":
        return day - datetime.timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[every]


def _next(day: datetime.date, every: Every) -> datetime.date | None:
    """The first day of the stretch after; None after the last one that a calendar has."""
    steps = {"day": 1, "week": 7, "month": 31, "year": 366}
    try:
        return _start(day + datetime.timedelta(days=steps[every]), every)
    except OverflowError:
        return None


def _label(day: datetime.date, every: Every) -> str:
    return day.isoformat()[: {"day": 10, "week": 10, "month": 7, "year": 4}[every]]


def _series(incident: Incident, by: By) -> str:
    if by == "type":
        return incident.sub_event_type
    if by == "province":
        place = incident.place
        if place is None or place.name is None:
            return "place not known"
        return ", ".join(filter(None, (place.admin1, place.country or place.water))) or "province not known"
    return who(incident)


def who(incident: Incident) -> str:
    """Who is named by the strongest word, with stance and speaker, and who denies or rejects it."""
    if not incident.perpetrators:
        return _NOBODY
    one = incident.perpetrators[0]
    rows = [row for row in incident.attributions if _is_of(row, one)]
    basis = one.standing.basis if one.standing else None
    named = next((row for row in rows if row.stance == basis), None)
    if named is None:
        return _NOBODY
    against = dict.fromkeys(
        text.said(_short(row))
        for row in rows
        if row.stance in (Stance.DENIED, Stance.REJECTED, Stance.DISPUTED)
    )
    return "; ".join((text.said(_short(named)), *against))


def _is_of(row: Attribution, one: Participant) -> bool:
    named = Participant(row.actor, row.actor_id, None, None, (), ())
    return same(one, named)


def _short(row: Attribution) -> Attribution:
    """A row without the persons and the go-betweens that would make a series of each."""
    return replace(row, via=(), spoken_by=None)


# ---- drawing --------------------------------------------------------------------------------------------


def svg(chart: Chart, title: str) -> Markup:
    """The chart as a picture, with its legend, and in words what is not in it."""
    notes = []
    if chart.undated:
        notes.append(f"Not shown: {chart.undated} whose {chart.every} is not known.")
    if chart.parts:
        notes.append(f"Not counted: {chart.parts} that are parts of others.")
    colours = {
        name: COLOURS[-1] if name == _OTHERS else COLOURS[number] for number, name in enumerate(chart.series)
    }
    heading = _wrapped(title, size=14)
    parts = [_text(_LEFT, 18 + number * 18, line, size=14) for number, line in enumerate(heading)]
    top = 18 * (len(heading) - 1)
    parts.append(
        Markup('<g transform="translate(0 {})">{}</g>').format(top, Markup("").join(_bars(chart, colours)))
    )
    y = top + _HEIGHT + 44
    for name in chart.series:
        parts.append(
            Markup('<rect x="{}" y="{}" width="10" height="10" fill="{}"/>').format(
                _LEFT, y - 9, colours[name]
            )
        )
        for line in _wrapped(name):
            parts.append(_text(_LEFT + 16, y, line))
            y += _LINE
    for note in notes:
        parts.append(_text(_LEFT, y, note))
        y += _LINE
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-label="{title}"><rect width="100%" height="100%" fill="#ffffff"/>{parts}</svg>'
    ).format(w=_WIDTH, h=y + 4, title=text.harmless(title), parts=Markup("").join(parts))


def _wrapped(words: str, size: int = 11) -> list[str]:
    """The lines of a text that fit the picture: what would run out of it may be a denial."""
    wide = not words.isascii() or sum(letter.isupper() for letter in words) * 2 > len(words)
    each = (_WIDE if wide else _NARROW) * size / 11
    return textwrap.wrap(text.harmless(words), int((_WIDTH - _LEFT - 26) / each)) or [""]


def _bars(chart: Chart, colours: dict[str, str]) -> list[Markup]:
    most = max((bar.total() for _, bar in chart.bars), default=1)
    tall, wide = _HEIGHT - 40, min(_WIDEST / 0.85, (_WIDTH - _LEFT - 10) / max(len(chart.bars), 1))
    parts = [
        Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="#555"/>').format(
            _LEFT, _HEIGHT, _WIDTH - 10, _HEIGHT
        ),
        Markup('<line x1="{}" y1="40" x2="{}" y2="40" stroke="#ddd"/>').format(_LEFT, _WIDTH - 10),
        _text(_LEFT - 6, 44, str(most), anchor="end"),
        _text(_LEFT - 6, _HEIGHT, "0", anchor="end"),
    ]
    skip = max(1, -(-len(chart.bars) // 9))  # labels are some 75 pixels wide
    for number, (label, bar) in enumerate(chart.bars):
        x, y = _LEFT + number * wide, float(_HEIGHT)
        for name in chart.series:
            if not bar[name]:
                continue
            high = bar[name] / most * tall
            y -= high
            parts.append(
                Markup(
                    '<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" fill="{c}">'
                    "<title>{t}</title></rect>"
                ).format(
                    x=x,
                    y=y,
                    w=max(wide * 0.85, 0.5),
                    h=high,
                    c=colours[name],
                    t=text.harmless(f"{label}: {bar[name]} ({name})"),
                )
            )
        if number % skip == 0:
            parts.append(_text(x, _HEIGHT + 16, label))
    return parts


def _text(x: float, y: float, words: str, *, size: int = 11, anchor: str = "start") -> Markup:
    return Markup(
        '<text x="{x:.1f}" y="{y:.1f}" font-size="{s}" font-family="sans-serif" text-anchor="{a}">{w}</text>'
    ).format(x=x, y=y, s=size, a=anchor, w=escape(_printable(words)))


def _printable(words: str) -> str:
    """Words that XML can hold and that change nothing of what stands beside them."""
    return "".join(one if one.isprintable() or one == "\xa0" else "\ufffd" for one in text.harmless(words))


def write(picture: Markup, path: Path) -> None:
    """Writes the picture, whole or not at all, as what the end of the name says: .svg or .png.

    Raises UsageError for another end, or where resvg is not installed, which draws PNG; OutputError where
    the file cannot be written.
    """
    end = path.suffix.lower()
    if end not in (".svg", ".png"):
        raise UsageError(f"{path} ends in neither .svg nor .png.", "Give the file one of these ends.")
    data = f"{picture}\n".encode() if end == ".svg" else _drawn(picture)
    with aside([path]) as (beside,):
        beside.write_bytes(data)


def _drawn(picture: Markup) -> bytes:
    try:
        resvg = import_module("resvg_py")
    except ImportError as fault:
        raise UsageError(
            "PNG is drawn by resvg, which is not installed.",
            "Install it with: pip install 'sayso[png]', or write .svg.",
        ) from fault
    return bytes(resvg.svg_to_bytes(svg_string=str(picture), zoom=2))
