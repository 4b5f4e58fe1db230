"""What people judged, as ``sayso history``, ``sayso judge list`` and ``sayso agreement`` tell it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sayso.codebook import Codebook
from sayso.errors import UsageError
from sayso.evaluate.agreement import Agreement, agreement
from sayso.exports import text
from sayso.exports.text import SHORT
from sayso.incidents import Step, judged, steps
from sayso.ledger import Ledger
from sayso.model import Count, Date, Incident, Judgement, Place, Report
from sayso.records import from_record, to_record

_IN_FORCE, _WITHDRAWN, _AGAIN = "in force", "withdrawn", "to be judged again: the words are others now"


@dataclass(frozen=True, slots=True)
class Told:
    """A judgement, whether it is in force, and the later ones that overrule it."""

    judgement: Judgement
    state: str
    overruled_by: tuple[str, ...]

    @property
    def is_asked_again(self) -> bool:
        """Whether the words that were judged are others now."""
        return self.state == _AGAIN


@dataclass(frozen=True, slots=True)
class History:
    """How an incident came to be shown as it is; ``incident`` is None where it is shown no more."""

    incident_id: str
    incident: Incident | None
    steps: tuple[Step, ...]
    judgements: tuple[Told, ...]


def history(ledger: Ledger, codebook: Codebook, incident_id: str) -> History:
    """The days on which its reports came, and what people judged of it, in order.

    Raises UsageError where nothing ever had that id, or where the codebook lacks its types.
    """
    incident = ledger.incident(incident_id)
    if incident is not None:
        ids = _ids_of(incident)
        told = tuple(one for one in all_told(ledger) if about(one.judgement) & ids)
        return History(incident.incident_id, incident, over_time(ledger, codebook, incident), told)
    told = tuple(
        one
        for one in all_told(ledger)
        if any(found.startswith(incident_id) for found in about(one.judgement))
    )
    if not told:
        raise UsageError(f"The ledger has no incident {incident_id!r}.", "List them with: sayso incidents")
    return History(incident_id, None, (), told)


def over_time(ledger: Ledger, codebook: Codebook, incident: Incident) -> tuple[Step, ...]:
    """How the picture changed from one day of publication to the next; see ``incidents.steps``."""
    wanted = [one.report_id for one in incident.reports]
    wanted += [one.by for one in incident.set_aside if one.why != "rejected"]
    found = {report_id: ledger.report(report_id) for report_id in dict.fromkeys(wanted)}
    return steps(incident, {key: one for key, one in found.items() if one is not None}, codebook)


def all_told(ledger: Ledger) -> list[Told]:
    """All judgements with their state, by when they were made, then id."""
    standing = ledger.attached()
    in_force = {one.judgement_id for one in standing}
    overruled: dict[str, list[str]] = {}
    for later, earlier in judged(standing).conflicts:
        overruled.setdefault(earlier, []).append(later)
    return [
        Told(
            one,
            _WITHDRAWN if one.withdrawn_on else _IN_FORCE if one.judgement_id in in_force else _AGAIN,
            tuple(overruled.get(one.judgement_id, ())),
        )
        for one in ledger.judgements()
    ]


def about(one: Judgement) -> set[str]:
    """The ids of all that a judgement is about."""
    return {one.target_id, *(seen.mention_id for group in one.groups for seen in group)}


def _ids_of(incident: Incident) -> set[str]:
    statements = [*incident.statements, *(one.statement for one in incident.set_aside)]
    return {
        incident.incident_id,
        *(one.mention_id for one in incident.mentions),
        *(one.statement_id for one in statements),
        *(one.mention_id for one in statements),
        *(one.report_id for one in incident.reports),
    }


def reports_of(ledger: Ledger, found: History) -> dict[str, Report]:
    """The reports of the days, as far as they are there."""
    ids = dict.fromkeys(report_id for step in found.steps for report_id in step.report_ids)
    reports = ((report_id, ledger.report(report_id)) for report_id in ids)
    return {report_id: report for report_id, report in reports if report is not None}


# ---- for people -----------------------------------------------------------------------------------------


def lines(found: History, reports: Mapping[str, Report]) -> Iterator[str]:
    """The days, then the judgements.

    reports  for who published what; those that are not there go by their ids.
    """
    title = (found.incident.title or found.incident.sub_event_type) if found.incident else "not shown"
    yield f"{found.incident_id}  {title}"
    if found.steps:
        yield ""
        yield "as the reports came"
        yield from step_lines(found.steps, reports)
    yield ""
    yield "what people judged" if found.judgements else "nobody has judged anything of it"
    for one in found.judgements:
        yield f"  {told_line(one)}"


def step_lines(found: Iterable[Step], reports: Mapping[str, Report]) -> Iterator[str]:
    """The days on which reports came, and what the incident showed otherwise from then on."""
    for step in found:
        named = ", ".join(_named(report_id, reports) for report_id in step.report_ids)
        yield f"  {step.on or 'day not known'}  {named or 'no report of its own'}"
        for field, now in step.now.items():
            if field == "attributions":
                yield from (f"      no longer: {_row(row)}" for row in step.before[field])
                yield from (f"      {_row(row)}" for row in now)
            else:
                before = _short(field, step.before[field])
                told = _short(field, now)
                name = field.replace("_", " ")
                yield f"      {name}: {told}" if before == "-" else f"      {name}: {before} -> {told}"
        for aside in step.taken_back:
            quote = aside.statement.quote
            yield (
                f"      {aside.why} by {aside.by[:SHORT]}: {aside.statement.field} "
                f"{text.sentence(aside.statement)}  [{quote.report_id[:SHORT]} {quote.start}:{quote.end}]"
            )


def _named(report_id: str, reports: Mapping[str, Report]) -> str:
    report = reports.get(report_id)
    return report_id[:SHORT] + (f" ({report.publisher})" if report and report.publisher else "")


def _row(row: Mapping[str, Any]) -> str:
    """Who is said to have done it: always with stance and speaker."""
    hedged = ", hedged" if row["hedged"] else ""
    return f"{row['actor']}: {row['stance']}{hedged}, speaker {row['speaker']}"


def _short(field: str, value: Any) -> str:
    if value is None or value == []:
        return "-"
    if field == "date":
        return text.when(from_record(Date, value))
    if field == "place":
        return text.where(from_record(Place, value))
    if field in ("killed", "injured"):
        return text.count(from_record(Count, value))
    return str(value)


def told_line(one: Told) -> str:
    """A judgement in a line: what, on what, who, when, why, and whether it holds."""
    made = one.judgement
    target = f"{made.target} {made.target_id[:SHORT]}"
    if len(made.groups) > 1:
        target = " | ".join(" ".join(seen.mention_id[:SHORT] for seen in group) for group in made.groups)
    words = f" {' '.join(made.words.split())!r}" if made.words else ""
    changed = f" to {_change(made.change)}" if made.verdict == "correct" and made.change else ""
    why = f": {made.why}" if made.why else ""
    overruled = (
        f", overruled by {', '.join(by[:SHORT] for by in one.overruled_by)}" if one.overruled_by else ""
    )
    state = f"withdrawn on {made.withdrawn_on}" if made.withdrawn_on else one.state
    verdict = made.verdict.replace("_", " ")
    said = f"{verdict} {target}{words}{changed}{why}"
    return f"{made.judgement_id[:SHORT]}  {made.made_on[:16]}  {made.who}: {said}  ({state}{overruled})"


def _change(change: Mapping[str, Any]) -> str:
    parts = []
    for key, value in change.items():
        told = value
        if isinstance(value, dict):
            told = ", ".join(f"{name} {one}" for name, one in value.items() if one not in (None, False))
        parts.append(f"{key} {told}")
    return "; ".join(parts)


# ---- for programs ---------------------------------------------------------------------------------------


def record(found: History) -> dict[str, Any]:
    """The history as one record."""
    return {
        "incident_id": found.incident_id,
        "shown": found.incident is not None,
        "steps": [
            {
                "on": one.on,
                "report_ids": list(one.report_ids),
                "before": dict(one.before),
                "now": dict(one.now),
                "taken_back": [to_record(aside) for aside in one.taken_back],
            }
            for one in found.steps
        ],
        "judgements": [told_record(one) for one in found.judgements],
    }


def told_record(one: Told) -> dict[str, Any]:
    """A judgement as a record, with whether it holds."""
    made = to_record(one.judgement)
    return {**made, "in_force": one.state == _IN_FORCE, "overruled_by": list(one.overruled_by)}


# ---- how far people agree -------------------------------------------------------------------------------

KINDS = {
    "statements": ("confirm", "reject", "correct", "unsure"),
    "incidents": ("confirm", "reject", "unsure"),
    "pairs of incidents": ("same", "not_same", "unsure"),
}
"""What is judged, and the categories that count as judgements of it."""


def agreements(ledger: Ledger) -> dict[str, Agreement]:
    """How far people agree, for each kind of thing; of what somebody judged twice the later holds."""
    found: dict[str, dict[str, dict[Any, str]]] = {kind: {} for kind in KINDS}
    for one in ledger.judgements():
        kind = _kind(one)
        if one.withdrawn_on is None and kind is not None and one.verdict in KINDS[kind]:
            unit: object = one.target_id
            if kind == "pairs of incidents":
                unit = tuple(sorted(group[0].mention_id for group in one.groups))
            found[kind].setdefault(one.who, {})[unit] = one.verdict
    return {kind: agreement(coders) for kind, coders in found.items()}


def _kind(one: Judgement) -> str | None:
    if len(one.groups) == 2:
        return "pairs of incidents"
    if len(one.groups) > 2:
        return None
    return {"statement": "statements", "mention": "incidents", "incident": "incidents"}.get(one.target)


def agreement_lines(found: Mapping[str, Agreement]) -> Iterator[str]:
    """For each kind that two judged something of: alpha over all, then each pair of people."""
    for kind, one in found.items():
        if not one.units:
            continue
        yield f"{kind}: {one.units} judged by two or more, Krippendorff's alpha {_figure(one.alpha)}"
        for pair in one.pairs:
            yield (
                f"  {pair.one} and {pair.other}: {pair.units} in common, {pair.percent:.1f} % alike, "
                f"Cohen's kappa {_figure(pair.kappa)}"
            )


def _figure(value: float | None) -> str:
    return "not defined (one category only)" if value is None else f"{value:.3f}"
