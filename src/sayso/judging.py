"""Judgements as people make them: of ids, or beginnings of ids, to what the ledger keeps.

Nothing here links: after one or many judgements ``pipeline.link`` shows what they come to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

from pydantic import ValidationError

from sayso.errors import UsageError
from sayso.incidents import seen_of
from sayso.incidents.judged import corrected
from sayso.ledger import Ledger
from sayso.model import (
    COUNT_FIELDS,
    ROLE_FIELDS,
    Count,
    Date,
    EventValue,
    Incident,
    Judgement,
    ParticipantValue,
    Place,
    Seen,
    SpeakerKind,
    Stance,
    Statement,
    Target,
    Verdict,
    judgement_id_of,
)


@dataclass(frozen=True, slots=True)
class By:
    """Who judges, when (ISO 8601, with the time), and why."""

    who: str
    made_on: str
    why: str | None = None

    def __post_init__(self) -> None:
        if not self.who.strip():
            raise UsageError("A judgement needs somebody who makes it.", "Give a name.")


@dataclass(frozen=True, slots=True)
class Item:
    """What a judgement is about; ``groups`` as in a judgement."""

    target: Target
    target_id: str
    groups: tuple[tuple[Seen, ...], ...] = ()


CHANGES = ("value", "unknown", "stance", "hedged", "speaker", "speaker_id", "speaker_kind")
"""The keys of a statement that a correction may change."""


def now() -> str:
    """The time of this moment, for ``By``."""
    return datetime.now(UTC).isoformat()


# ---- on one thing ---------------------------------------------------------------------------------------


def confirm(ledger: Ledger, item_id: str, by: By, *, mention: bool = False) -> Judgement:
    """It is right: a statement, an incident, or with ``mention`` a mention. See ``item_of``."""
    return _on_one(ledger, item_of(ledger, item_id, mention=mention), "confirm", by)


def reject(ledger: Ledger, item_id: str, by: By, *, mention: bool = False) -> Judgement:
    """It is wrong: the statement is not there; the mention, or all of the incident, is no incident."""
    return _on_one(ledger, item_of(ledger, item_id, mention=mention), "reject", by)


def unsure(ledger: Ledger, item_id: str, by: By, *, mention: bool = False) -> Judgement:
    """Somebody looked at it and cannot tell."""
    return _on_one(ledger, item_of(ledger, item_id, mention=mention), "unsure", by)


def comment(ledger: Ledger, item_id: str, by: By, *, mention: bool = False) -> Judgement:
    """A remark, which changes nothing; ``by.why`` holds it. Raises UsageError where it does not."""
    if not by.why:
        raise UsageError("A comment needs words.", "Say what there is to say.")
    return _on_one(ledger, item_of(ledger, item_id, mention=mention), "comment", by)


def hide(ledger: Ledger, report_id: str, by: By) -> Judgement:
    """The report is out: nothing of it is shown or counted, until the judgement is withdrawn."""
    return _on_one(ledger, Item("report", one_report(ledger, report_id)), "hide", by)


def correct(ledger: Ledger, statement_id: str, by: By, change: Mapping[str, Any]) -> Judgement:
    """The statement says something else.

    change  the ``CHANGES`` that are others, in the shapes of the contract: ``{"value": {"best": 12, ...}}``.

    Raises UsageError for no change, another key, a value that is not of the statement's field, or a claim or
    denial by nobody.
    """
    before = statement_named(ledger, statement_id)
    strange = sorted(set(change) - set(CHANGES))
    if strange or not change:
        raise UsageError(
            f"A correction cannot change {', '.join(strange) or 'nothing'}.", f"It can: {', '.join(CHANGES)}."
        )
    told = dict(change)
    if told.get("value") is not None:
        told.setdefault("unknown", False)
    _check(before, told)
    return _made(ledger, Item("statement", before.statement_id), "correct", by, told)


def _check(before: Statement, change: Mapping[str, Any]) -> None:
    """Raises UsageError where a changed statement would be none."""
    try:
        after = corrected(before, change)
    except ValidationError as fault:
        where = ".".join(str(part) for part in fault.errors()[0]["loc"])
        raise UsageError(
            f"The correction makes no statement ({where}: {fault.errors()[0]['msg']}).",
            "Give each value in the shape that the contract has for it.",
        ) from fault
    kind = kind_of(before.field)
    if after.value is not None and not isinstance(after.value, kind):
        raise UsageError(f"The value is none of the field {before.field}.", f"Give a {kind.__name__}.")
    if after.value is None and not after.unknown and before.value is not None:
        raise UsageError("The correction leaves no value.", "Give one, or say that it is not known.")
    if after.stance in (Stance.CLAIMED, Stance.DENIED) and after.speaker_kind == "report":
        raise UsageError(
            f"Somebody has to have {after.stance.value} it; a report does not.", "Give the speaker too."
        )
    if "speaker_kind" in change and change["speaker_kind"] not in get_args(SpeakerKind):
        raise UsageError("There is no such kind of speaker.", f"Use: {', '.join(get_args(SpeakerKind))}.")


def kind_of(field: str) -> type[Date | Place | Count | ParticipantValue | EventValue]:
    """What a value of the field is."""
    if field in COUNT_FIELDS:
        return Count
    if field in ROLE_FIELDS:
        return ParticipantValue
    return {"event": EventValue, "date": Date}.get(field, Place)


def undo(ledger: Ledger, judgement_id: str, withdrawn_on: str) -> str:
    """Withdraws the judgement whose id is, or begins, so; gives its whole id.

    Raises UsageError where there is none, where several begin so, or where it was withdrawn before.
    """
    found = ledger.judgement_ids(judgement_id)
    if len(found) > 1 and judgement_id not in found:
        raise UsageError(f"Several judgements begin with {judgement_id!r}.", "Give more of the id.")
    whole = found[0] if len(found) == 1 else judgement_id
    ledger.withdraw(whole, withdrawn_on)
    return whole


# ---- on which mentions are one ------------------------------------------------------------------------


def same(ledger: Ledger, incident_ids: Sequence[str], by: By) -> Judgement:
    """These incidents, two or more, are one."""
    return _between(ledger, incident_ids, "same", by)


def not_same(ledger: Ledger, one: str, other: str, by: By) -> Judgement:
    """These two incidents are two, whatever speaks for one."""
    return _between(ledger, (one, other), "not_same", by)


def unsure_same(ledger: Ledger, one: str, other: str, by: By) -> Judgement:
    """Somebody looked at the two and cannot tell whether they are one; nothing changes."""
    return _between(ledger, (one, other), "unsure", by)


def split(ledger: Ledger, incident_id: str, mention_ids: Sequence[str], by: By) -> Judgement:
    """These mentions of the incident are another incident, together; those that stay are one too.

    Raises UsageError for a mention that is not there, and where none leaves or none stays.
    """
    incident = incident_in(ledger, incident_id)
    seen = seen_of(incident)
    leave: dict[str, Seen] = {}
    for given in mention_ids:
        found = [one for one in seen if one.mention_id.startswith(given)]
        if len(found) != 1:
            raise UsageError(
                f"{len(found) or 'No'} mentions of the incident {incident.incident_id} begin with {given!r}.",
                "See them with: sayso show --ids",
            )
        leave[found[0].mention_id] = found[0]
    stay = tuple(one for one in seen if one.mention_id not in leave)
    if not leave or not stay:
        raise UsageError("A split needs mentions that leave and mentions that stay.", "Name some of them.")
    groups = (tuple(leave.values()), stay)
    return _made(ledger, Item("incident", incident.incident_id, groups), "split", by)


def _between(ledger: Ledger, incident_ids: Sequence[str], verdict: Verdict, by: By) -> Judgement:
    found = [incident_in(ledger, one) for one in incident_ids]
    found = sorted({one.incident_id: one for one in found}.values(), key=lambda one: one.incident_id)
    if len(found) < 2:
        raise UsageError("It takes two incidents, and this is one.", "Give the ids of different incidents.")
    groups = tuple(seen_of(one) for one in found)
    return _made(ledger, Item("incident", found[0].incident_id, groups), verdict, by)


# ---- what is meant --------------------------------------------------------------------------------------


def item_of(ledger: Ledger, item_id: str, *, mention: bool = False) -> Item:
    """What an id, or its beginning, names: an incident, a mention, a statement or a report.

    An incident has the id of its first mention: it is the incident that is meant, unless ``mention``.

    Raises UsageError where nothing or several things have such an id.
    """
    found = ledger.items(item_id)
    if mention:
        found = [one for one in found if one[0] == "mention"]
    elif any(target == "incident" for target, _ in found):
        found = [one for one in found if one[0] != "mention" or ("incident", one[1]) not in found]
    if not found:
        raise UsageError(
            f"Nothing in the ledger has the id {item_id!r}.",
            "See ids with: sayso incidents, sayso show --ids",
        )
    if len(found) > 1:
        some = ", ".join(f"{target} {one}" for target, one in found[:5])
        raise UsageError(f"Several ids begin with {item_id!r}: {some}.", "Give more of the id.")
    return Item(*found[0])


def incident_in(ledger: Ledger, incident_id: str) -> Incident:
    """The incident of this id, former id, or beginning of one; raises UsageError where there is none."""
    found = ledger.incident(incident_id)
    if found is None:
        raise UsageError(f"The ledger has no incident {incident_id!r}.", "List them with: sayso incidents")
    return found


def one_report(ledger: Ledger, report_id: str) -> str:
    """The id of the only report whose id begins so; raises UsageError where there is none or are several."""
    found = [one for target, one in ledger.items(report_id) if target == "report"]
    if len(found) != 1:
        raise UsageError(
            f"{len(found) or 'No'} reports of the ledger have an id that begins with {report_id!r}.",
            "Give the id that sayso show prints before a report, or more of it.",
        )
    return found[0]


def statement_named(ledger: Ledger, statement_id: str) -> Statement:
    """The statement whose id begins so, as it is read now, before corrections.

    Raises UsageError where no coding in force has it.
    """
    item = item_of(ledger, statement_id)
    found = ledger.statement(item.target_id) if item.target == "statement" else None
    if found is None:
        raise UsageError(f"{statement_id!r} is no statement.", "See their ids with: sayso show --ids")
    return found


def _on_one(ledger: Ledger, item: Item, verdict: Verdict, by: By) -> Judgement:
    if item.target == "incident":
        incident = incident_in(ledger, item.target_id)
        item = Item("incident", incident.incident_id, (seen_of(incident),))
    elif item.target == "report" and verdict not in ("hide", "comment"):
        raise UsageError(
            f"{item.target_id} is a report, which is no matter of right or wrong.",
            "Judge its statements or mentions, or hide it.",
        )
    return _made(ledger, item, verdict, by)


def _made(
    ledger: Ledger, item: Item, verdict: Verdict, by: By, change: dict[str, Any] | None = None
) -> Judgement:
    words = ledger.words(item.target, item.target_id)
    if words is None:
        raise UsageError(
            f"The {item.target} {item.target_id} is not there any more.", "Link the ledger anew."
        )
    judgement = Judgement(
        judgement_id=judgement_id_of(item.target_id, verdict, by.who, by.made_on),
        target=item.target,
        target_id=item.target_id,
        verdict=verdict,
        words=words,
        who=by.who,
        made_on=by.made_on,
        why=by.why,
        change=change,
        groups=item.groups,
    )
    ledger.judge(judgement)
    return judgement
