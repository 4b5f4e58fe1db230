"""Incidents as text for a terminal or a pipe.

No line names anybody beside an act without the stance and the speaker in the same line.
"""

from collections.abc import Iterable, Iterator

from sayso.model import (
    Attribution,
    Count,
    Date,
    EventValue,
    Incident,
    ParticipantValue,
    Place,
    Report,
    Stance,
    Statement,
    Value,
    ValueSaid,
    Whom,
)

SHORT = 10
"""How many characters of an id are shown: enough to be unique among a million incidents."""

_VERBS = {
    Stance.CLAIMED: "claimed by {actor}{itself}",
    Stance.DENIED: "denied by {actor}{itself}",
    Stance.REJECTED: "{speaker} rejects that it was {actor}",
    Stance.ACCUSED: "{speaker} accuses {actor}",
    Stance.SUSPECTED: "{actor} suspected, according to {speaker}",
    Stance.STATED: "{actor} named by {speaker}",
    Stance.DISPUTED: "{speaker} disputes that it was {actor}",
}


_ACTED_ON = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))} | {
    code: f"\\u{code:04x}" for code in (0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
"""What a terminal acts on instead of showing it: escape codes, line breaks, changes of writing direction.

Reports come from anywhere, and their words must not move the cursor or hide other words."""


def harmless(line: str) -> str:
    """The line with whatever a terminal would act on written out as an escape in ASCII."""
    return line.translate(_ACTED_ON)


def rows(incidents: Iterable[Incident]) -> Iterator[str]:
    """The incidents as lines: one of facts each, then one for each thing said about who did it."""
    yield from map(harmless, _rows(incidents))


def _rows(incidents: Iterable[Incident]) -> Iterator[str]:
    for incident in incidents:
        yield "  ".join(
            (
                incident.incident_id[:SHORT],
                when(incident.date).ljust(23),
                where(incident.place),
                incident.sub_event_type,
                f"killed {count(incident.killed)}, injured {count(incident.injured)}",
                incident.attribution_status + (" (hedged)" if incident.status_hedged else ""),
                *(["disputed: " + ", ".join(fields)] if (fields := _disputed(incident)) else []),
                *(["background"] if incident.is_background else []),
            )
        )
        for attribution in incident.attributions:
            yield f"{' ' * SHORT}  - {said(attribution)}"


def _disputed(incident: Incident) -> list[str]:
    return [disagreement.field for disagreement in incident.disagreements]


def page(incident: Incident, reports: Iterable[Report], *, ids: bool = False) -> Iterator[str]:
    """All of one incident: each field, who says what about it, hedges, quotes with report and offset.

    reports  those of the incident, for their titles and the files they came from.
    ids      whether the ids of mentions and statements are shown.
    """
    yield from map(harmless, _page(incident, reports, ids=ids))


def _page(incident: Incident, reports: Iterable[Report], *, ids: bool) -> Iterator[str]:
    known = {report.report_id: report for report in reports}
    yield f"{incident.incident_id}  {incident.title or incident.sub_event_type}"
    yield f"  type      {incident.event_type} / {', also '.join((incident.sub_event_type, *incident.also))}"
    yield f"  date      {when(incident.date)}"
    for place in incident.places or (None,):
        yield f"  place     {where(place)}"
    yield f"  killed    {count(incident.killed)}"
    yield f"  injured   {count(incident.injured)}"
    yield from _further_counts(incident)
    status = incident.attribution_status + (
        ", every claim only with a hedge" if incident.status_hedged else ""
    )
    yield f"  who did it: {status}"
    yield from (f"    - {said(attribution)}" for attribution in incident.attributions)
    if incident.is_background:
        yield "  recalled as background only"
    yield f"  told by {_many(len(incident.reports), 'report')} in {_many(incident.n_lineages, 'lineage')}"
    for report in incident.reports:
        whole = known.get(report.report_id)
        parts = (report.publisher, report.published, whole and whole.title, whole and whole.path)
        yield f"    - {report.report_id[:SHORT]}  {' | '.join(part for part in parts if part)}"
    for mention in incident.mentions if ids else ():
        cue = " ".join(mention.cues[0].text.split()) if mention.cues else ""
        yield f"  mention {mention.mention_id} in {mention.report_id[:SHORT]}  {cue}"
    yield from _reviewed(incident)
    for disagreement in incident.disagreements:
        yield ""
        yield f"disagreement on {disagreement.field}"
        yield from (f"  - {_value_said(incident, one)}" for one in disagreement.values)
    for field in dict.fromkeys(statement.field for statement in incident.statements):
        yield ""
        voices = incident.n_voices.get(field)
        agreeing = f"  ({_many(voices, 'voice')} for what is shown)" if voices else ""
        yield f"{field}{agreeing}"
        told = [one for one in incident.statements if one.field == field]
        for lines in dict.fromkeys(tuple(_statement(one, ids=ids)) for one in told):  # cues of one sentence
            yield from lines
    if incident.set_aside:
        yield ""
        yield "counted no more"
    for aside in incident.set_aside:
        yield f"  {aside.why} by {aside.by[:SHORT]}: {aside.statement.field}"
        yield from _statement(aside.statement, ids=ids)


def _reviewed(incident: Incident) -> Iterator[str]:
    """What people judged: see it all with sayso history."""
    review = incident.review
    if review is None:
        return
    verdict = {"confirm": "confirmed", "unsure": "looked at, and left open", None: "judged in parts"}
    yield f"  people: {verdict[review.verdict]} ({_many(len(review.judgement_ids), 'judgement')})"
    for one in review.corrected:
        now = next(it for it in incident.statements if it.statement_id == one.statement_id)
        yield f"    corrected {now.field}: {sentence(now)}"
        yield f"         read as: {sentence(one.machine)}"


def _further_counts(incident: Incident) -> Iterator[str]:
    """The other counts: the missing, the abducted and so on, and the killed and injured by who they were."""
    for row in incident.counts:
        if row.whom is not None or row.field not in ("killed", "injured"):
            figure = Count(row.best, row.low, row.high, row.imprecise)
            yield f"  {row.field.ljust(10)}{count(figure)}{f' ({people(row.whom)})' if row.whom else ''}"


def people(whom: Whom) -> str:
    """Which people a count is about, in a few words: "civilian, child"."""
    return ", ".join(filter(None, (whom.status, whom.nationality, whom.age, whom.sex, whom.role)))


def _value_said(incident: Incident, one: ValueSaid) -> str:
    by_id = {statement.statement_id: statement for statement in incident.statements}
    lines = [sentence(by_id[known]) for known in one.statement_ids if known in by_id]
    return "; ".join(dict.fromkeys(lines))


def sentence(statement: Statement) -> str:
    """Who says what, in which stance, through which hands: always in one line."""
    stance = statement.stance.value + (" (hedged)" if statement.hedged else "")
    spoken = f" ({statement.spoken_by})" if statement.spoken_by else ""
    via = f" via {', '.join(statement.via)}" if statement.via else ""
    after = f", after {statement.after}" if statement.after else ""
    told = "not known" if statement.unknown else value(statement.value)
    return f"{told}: {stance}, speaker {statement.speaker}{spoken}{via}{after}"


def _statement(statement: Statement, *, ids: bool) -> Iterator[str]:
    quote = statement.quote
    yield f"  - {sentence(statement)}"
    yield f"      [{quote.report_id[:SHORT]} {quote.start}:{quote.end}] {' '.join(quote.text.split())}"
    if ids:
        yield f"      statement {statement.statement_id} of mention {statement.mention_id}"


def said(attribution: Attribution) -> str:
    """One thing said about who did it, with stance and speaker."""
    body = attribution.speaker + (f" ({attribution.spoken_by})" if attribution.spoken_by else "")
    speaker = "the report" if attribution.speaker_kind == "report" else body
    itself = f" ({attribution.spoken_by})" if attribution.spoken_by else ""
    line = _VERBS[attribution.stance].format(actor=attribution.actor, speaker=speaker, itself=itself)
    via = f", via {', '.join(attribution.via)}" if attribution.via else ""
    return line + via + (", hedged" if attribution.hedged else "")


def value(said_value: Value | None) -> str:
    """A value in a few words."""
    if isinstance(said_value, Date):
        return when(said_value)
    if isinstance(said_value, Place):
        return where(said_value)
    if isinstance(said_value, Count):
        return count(said_value)
    if isinstance(said_value, EventValue):
        return said_value.sub_event_type if said_value.happened else f"no {said_value.sub_event_type}"
    if isinstance(said_value, ParticipantValue):
        return said_value.name
    return "-"


def figure_of(said_value: Value | None) -> Count | None:
    """The value where it is a count; else None."""
    return said_value if isinstance(said_value, Count) else None


def when(date: Date) -> str:
    """A date or an interval; "unknown" where nothing is told."""
    if date.earliest is None and date.latest is None:
        return date.edtf or "unknown"
    if date.earliest == date.latest:
        return str(date.earliest)
    return f"{date.earliest or '..'}/{date.latest or '..'}"


def where(place: Place | None) -> str:
    """A place with its division and country; "-" where none is told, and a mark where it is not resolved."""
    if place is None:
        return "-"
    parts = dict.fromkeys(filter(None, (place.name or place.text, place.admin1, place.country, place.water)))
    return ", ".join(parts) + ("" if place.name else " (not resolved)")


def count(figure: Count | None) -> str:
    """A count: "8", "31+", "4-9", "many" for words without a figure, "-" where nobody gives one.

    "6?" is a figure that is told but by nobody whose word settles it: only by a party, or after a claim.
    """
    if figure is None:
        return "-"
    low, high = figure.low, figure.high
    if figure.best is None and low is not None and low == high:
        return f"{low}?"
    if figure.best is None:
        return "many" if low is None and high is None else f"{low or 0}{'+' if high is None else f'-{high}'}"
    if low == high == figure.best:
        return str(figure.best)
    if high is None:
        return f"{figure.best}+" if low == figure.best else f"{figure.best} ({low or 0}+)"
    return f"{figure.best} ({low or 0}-{high})"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
