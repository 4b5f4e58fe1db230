"""What of a mention is weighed when mentions are linked."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b

from sayso.incidents.judged import Judged, separated
from sayso.incidents.wording import Table, Wording, wording_of
from sayso.model import REPORTING, Count, Incident, Participant, Place, Report

_YEARLESS = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")
_NAMED = frozenset({"organisation", "state", "person"})
_TOLD = frozenset({"organisation", "state", "person", "structure", "vehicle", "thing"})

SITE = frozenset({"exact", "near"})
POINT = SITE | {"town", "district"}
"""Precisions of places that are points on a map of a country."""

FIRST_DAY, LAST_DAY = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Facts:
    """A mention, or several that are the same passage in copies of one text, with the earliest's values.

    ``is_main`` where it is what its report is mainly about, and for a report in which no incident was read.
    Days are ordinals: ``first`` and ``last`` are None where no date is told, and the first or last day there
    is where one end is open. ``yearless`` is month and day, the day None where only the month is told.
    """

    mention_ids: tuple[str, ...]
    report_ids: frozenset[str]
    lineage_id: str
    event_type: str
    sub_event_types: tuple[str, ...]
    is_background: bool
    n_events: int | None
    first: int | None
    last: int | None
    yearless: tuple[int, int | None] | None
    published: int | None
    places: tuple[Place, ...]
    perpetrators: tuple[str, ...]
    actors: tuple[str, ...]
    targets: frozenset[str]
    weapons: frozenset[str]
    killed: int | None
    injured: int | None
    wording: Wording | None = None
    is_main: bool = True

    @property
    def id(self) -> str:
        """The first mention's id; the report's where no mention was read in it."""
        return self.mention_ids[0] if self.mention_ids else min(self.report_ids)

    @property
    def day(self) -> str | None:
        """The first day as ISO date, for what is dated in the codebook; None where not told."""
        if self.first is None or self.first == FIRST_DAY:
            return None
        return date.fromordinal(self.first).isoformat()


def facts_of(
    mentions: Sequence[Incident], lineage_id: str, wording: Wording | None = None, *, is_main: bool = True
) -> Facts:
    """The facts of mentions that are one passage; the first of them is the one whose values count."""
    incident = mentions[0]
    first, last, yearless = _days(incident)
    perpetrators = _actor_ids(incident.perpetrators)
    sides = _actor_ids([one for side in incident.sides or () for one in side])
    attributed = {row.actor_id for row in incident.attributions if row.actor_id}
    return Facts(
        mention_ids=tuple(mention.incident_id for mention in mentions),
        report_ids=frozenset(report.report_id for mention in mentions for report in mention.reports),
        lineage_id=lineage_id,
        event_type=incident.event_type,
        sub_event_types=(incident.sub_event_type, *incident.also),
        is_background=incident.is_background,
        n_events=incident.n_events,
        first=first,
        last=last,
        yearless=yearless,
        published=_ordinal(incident.reports[0].published),
        places=incident.places or ((incident.place,) if incident.place else ()),
        perpetrators=tuple(sorted(perpetrators)),
        actors=tuple(sorted(perpetrators | sides | attributed)),
        targets=frozenset(
            one.name.casefold() for one in (*incident.targets, *incident.victims) if one.kind in _TOLD
        ),
        weapons=frozenset(word for one in incident.weapons for word in one.name.casefold().split()),
        killed=_exact(incident.killed),
        injured=_exact(incident.injured),
        wording=wording,
        is_main=is_main,
    )


def main_of(mentions: Sequence[Incident]) -> str:
    """The id of what a report is mainly about: of its mentions, but background, the one most is said of.

    Of equals the first in the text; of a report that only recalls, the most told of what it recalls.
    """
    return min(mentions, key=_less_told).incident_id


def _less_told(mention: Incident) -> tuple[bool, int, int, str]:
    cues = mention.mentions[0].cues
    return (
        mention.is_background,
        -len(mention.statements),
        cues[0].start if cues else -1,
        mention.incident_id,
    )


def silent_facts(report: Report, wording: Wording | None) -> Facts:
    """The facts of a report in which no incident was read: its words and its day alone."""
    return Facts(
        mention_ids=(),
        report_ids=frozenset({report.report_id}),
        lineage_id=report.report_id,
        event_type="",
        sub_event_types=(),
        is_background=False,
        n_events=None,
        first=None,
        last=None,
        yearless=None,
        published=_ordinal(report.published),
        places=(),
        perpetrators=(),
        actors=(),
        targets=frozenset(),
        weapons=frozenset(),
        killed=None,
        injured=None,
        wording=wording,
    )


def passages_of(report: Report) -> list[str]:
    """The reporting of a report, and the title that the input gave where the text does not hold it."""
    spans = [(one.start, one.end) for one in report.regions if one.kind in REPORTING]
    passages = [report.text[start:end] for start, end in spans or [(0, len(report.text))]]
    return [report.title, *passages] if report.title and report.title not in report.text else passages


@dataclass(frozen=True, slots=True)
class Told:
    """What one report tells, before it is known which others copy it: its own report_id is the lineage_id.

    ``passage`` is the same for the very same passage in another report: the quote around the first cue has
    the same words, the cue stands at the same word of it, and type and place are the same. Where a report
    has several such mentions (one cue tells of two blows), the first goes with the first, the second with the
    second. None where there are too few words to tell. ``published`` is as printed.
    """

    facts: Facts
    published: str | None
    passage: str | None

    @property
    def age(self) -> tuple[bool, str, str]:
        """The earliest first, unknown dates last."""
        return (self.published is None, self.published or "", self.facts.id)


def told_by(report: Report | None, mentions: Sequence[Incident], table: Table) -> list[Told]:
    """What a report tells: its mentions, each reconciled alone, or that it is one in which none was read.

    report  None where it is not known: then it is compared without its words.
    table   how distinctive words are.
    """
    # The words of a report speak for what it is mainly about, not for what else it tells of.
    wording = None if report is None else wording_of(passages_of(report), table)
    if not mentions:
        return [] if report is None else [Told(silent_facts(report, wording), report.published, None)]
    main = main_of(mentions)
    return [
        Told(
            facts_of(
                [mention],
                mention.reports[0].report_id,
                wording if mention.incident_id == main else None,
                is_main=mention.incident_id == main,
            ),
            mention.reports[0].published,
            None if key is None else blake2b(repr(key).encode(errors="surrogatepass")).hexdigest()[:20],
        )
        for key, mention in _numbered([(_passage(mention), mention) for mention in mentions])
    ]


def together(told: Iterable[Told], lineage_of: Mapping[str, str], judged: Judged) -> list[Facts]:
    """What reports tell, in order of id; the same passage in reports of one lineage is one.

    lineage_of  report_id -> lineage_id; a report that is not there is its own lineage.
    judged      what people hold apart is not one.
    """
    alike: dict[tuple[str, str], list[Told]] = {}
    for one in told:
        [report_id] = one.facts.report_ids
        lineage_id = lineage_of.get(report_id, report_id)
        alike.setdefault((lineage_id, one.passage or one.facts.id), []).append(one)
    found = []
    for (lineage_id, _), same in alike.items():
        by_id = {one.facts.id: one.facts for one in sorted(same, key=lambda one: one.age)}
        found += [one_of([by_id[one] for one in ids], lineage_id) for ids in separated([*by_id], judged)]
    return sorted(found, key=lambda one: one.id)


def one_of(in_order: Sequence[Facts], lineage_id: str) -> Facts:
    """The facts of what is the same passage, the earliest first, with the earliest's values."""
    return replace(
        in_order[0],
        mention_ids=tuple(mention_id for one in in_order for mention_id in one.mention_ids),
        report_ids=frozenset(report_id for one in in_order for report_id in one.report_ids),
        lineage_id=lineage_id,
    )


def _numbered(keyed: Sequence[tuple[object, Incident]]) -> Iterator[tuple[object, Incident]]:
    by_key: dict[object, list[Incident]] = {}
    for key, mention in keyed:
        by_key.setdefault(key, []).append(mention)
    for key, same in by_key.items():
        for number, mention in enumerate(sorted(same, key=_spans)):
            yield (None if key is None else (key, number, len(same))), mention


def _spans(mention: Incident) -> list[tuple[str, int]]:
    return sorted(
        (statement.field, statement.spans.value[0])
        for statement in mention.statements
        if statement.spans.value is not None
    )


def _passage(mention: Incident) -> object | None:
    cues = mention.mentions[0].cues
    if not cues:
        return None
    cue = cues[0]
    around = sorted(
        (statement.field != "event", statement.quote.start, statement.quote.end, statement.quote.text)
        for statement in mention.statements
        if statement.quote.start <= cue.start and cue.end <= statement.quote.end
    )
    if not around:
        return None
    _, start, _, quote = around[0]
    words = tuple(re.findall(r"\w+", quote.casefold()))
    # A word or two ("Another blast.") may be said again of another blow in the next version of a report.
    if len(words) < 5:
        return None
    before = len(re.findall(r"\w+", quote[: cue.start - start]))
    place = mention.place.text.casefold() if mention.place else None
    return (words, before, mention.sub_event_type, place)


def _days(incident: Incident) -> tuple[int | None, int | None, tuple[int, int | None] | None]:
    first, last = _ordinal(incident.date.earliest), _ordinal(incident.date.latest)
    if first is None and last is None:
        found = _YEARLESS.fullmatch(incident.date.edtf or "")
        yearless = (int(found[1]), int(found[2]) if found[2] else None) if found else None
        return None, None, yearless
    return first or FIRST_DAY, last or LAST_DAY, None


def _ordinal(printed: str | None) -> int | None:
    try:
        return date.fromisoformat((printed or "")[:10]).toordinal()
    except ValueError:
        return None


def _actor_ids(participants: Sequence[Participant]) -> set[str]:
    return {one.actor_id for one in participants if one.actor_id and one.kind in _NAMED}


def _exact(count: Count | None) -> int | None:
    return count.best if count and not count.imprecise else None
