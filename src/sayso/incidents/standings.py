"""Who did it, and on whose say-so: attributions, perpetrators with their standing, and the status.

- One row for each actor, stance and speaker; who speaks of their own act stands under the actor's name. That
  gunmen did it, whom nobody names or accuses, is no row.
  (attributions)
- ``via`` is the longest chain of a row; it is hedged only if all of it is. (_row)
- Perpetrators are those named by claim, accusation, suspicion or statement; who only denies is none.
  (cases_of)
- claimed > accused > suspected > stated; an actor is denied by its own word, rejected by another's.
  (_standing)
- The incident takes the strongest actor; what names nobody is no actor. (status_of)
- A claim is disputed by another actor's claim, a named accuser of another actor, or a rejection only.
  (_disputed)
- The status is hedged while everything said on its footing, by claim for a claim, is hedged. (status_of)
- Actors conflict that different voices claim, accuse or state; suspicion conflicts with nothing. (_rivals)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.incidents.names import Part, identities, is_named, name_key, participant, value_of
from sayso.incidents.telling import AFFIRMING, Said, Telling, conflicting, gather, ids
from sayso.incidents.voices import Voices, is_report, plain, speaker_key
from sayso.model import (
    REPORT_VOICE,
    Attribution,
    AttributionStatus,
    Participant,
    ParticipantValue,
    Quote,
    Stance,
    Standing,
    Statement,
)

Basis = Literal["claimed", "accused", "suspected", "stated"]
BASES: tuple[Basis, ...] = ("claimed", "accused", "suspected", "stated")
"""The footings on which somebody is named, strongest first."""

_DENIED_STATUS: dict[Basis, AttributionStatus] = {
    "claimed": "claimed",
    "accused": "accused_denied",
    "suspected": "suspected_denied",
    "stated": "stated_denied",
}


@dataclass(frozen=True, slots=True)
class Case:
    """All that is said about one actor's part in it, in order."""

    actor: str
    statements: tuple[Statement, ...]
    participant: Participant

    def by(self, *stances: Stance) -> tuple[Statement, ...]:
        """The statements that take one of these stances."""
        return tuple(one for one in self.statements if one.stance in stances)

    @property
    def affirming(self) -> tuple[Statement, ...]:
        """The statements that name the actor as perpetrator."""
        return tuple(one for one in self.statements if one.stance in AFFIRMING)

    @property
    def named(self) -> bool:
        """Whether it is about somebody in particular."""
        return is_named(value_of(self.statements[0]))


@dataclass(frozen=True, slots=True)
class Answer:
    """Who did it: all that an incident shows of it.

    voices  how many agree with the strongest actor; 0 where there is none.
    parties the ids, else plain names, under which the perpetrators are named.
    """

    perpetrators: tuple[Participant, ...]
    attributions: tuple[Attribution, ...]
    status: AttributionStatus
    hedged: bool
    basis: tuple[Statement, ...]
    voices: int
    rivals: tuple[Said[object], ...]
    parties: frozenset[str]


def settle_perpetrators(telling: Telling, voices: Voices, on: str | None) -> Answer:
    """Who is said to have done it.

    on  the ISO day on which part-of must hold: that of the incident; None where it is not known.
    """

    def part(one: str, whole: str) -> bool:
        return one == whole or telling.codebook.is_part_of(one, whole, on)

    basis = tuple(
        one
        for one in telling.statements
        if one.field == "perpetrator" and isinstance(one.value, ParticipantValue)
    )
    cases = cases_of(basis, part)
    suspects = _strongest_first([case for case in cases if case.participant.standing], voices)
    named = [case for case in suspects if case.named]
    denied = any(case.named and case.by(Stance.DENIED) for case in cases)
    status, hedged = status_of(named, part, denied=denied)
    rows = [row for case in cases for row in attributions(case, part) if case.named or row.stance != "stated"]
    position = {statement: place for place, statement in enumerate(ids(basis))}
    return Answer(
        perpetrators=tuple(case.participant for case in suspects),
        attributions=tuple(sorted(rows, key=lambda row: position[row.statement_ids[0]])),
        status=status,
        hedged=hedged,
        basis=basis,
        voices=voices.count(named[0].affirming) if named else 0,
        rivals=_rivals(named, part, voices),
        parties=frozenset(
            value_of(one).actor_id or plain(value_of(one).name) for case in suspects for one in case.affirming
        ),
    )


def cases_of(statements: Sequence[Statement], part: Part) -> tuple[Case, ...]:
    """What is said about each actor, in order of first appearance."""
    stands = identities(statements, part)
    actors = [(stands[one.mention_id, name_key(value_of(one))], one) for one in statements]
    return tuple(_case(group.value, group.statements) for group in gather((a, a, one) for a, one in actors))


def _case(actor: str, statements: tuple[Statement, ...]) -> Case:
    affirming = tuple(one for one in statements if one.stance in AFFIRMING)
    shown = affirming or statements
    named_by = [one for one in shown if name_key(value_of(one)) == actor]
    return Case(actor, statements, participant(shown, named_by=named_by, standing=_standing(statements)))


def _standing(statements: Sequence[Statement]) -> Standing | None:
    """On what footing an actor is named; None for who is only said not to have done it."""
    for basis in BASES:
        if on_it := [one for one in statements if one.stance == basis]:
            return Standing(
                basis=basis,
                denied=any(one.stance == Stance.DENIED for one in statements),
                rejected=any(one.stance == Stance.REJECTED for one in statements),
                hedged=all(one.hedged for one in on_it),
            )
    return None


def _basis(case: Case) -> Basis:
    standing = case.participant.standing
    return standing.basis if standing else "stated"


def _strongest_first(cases: Sequence[Case], voices: Voices) -> tuple[Case, ...]:
    """By footing, somebody in particular first, unhedged first, by number of voices, then as told."""
    return tuple(
        sorted(
            cases,
            key=lambda case: (
                BASES.index(_basis(case)),
                not case.named,
                case.participant.standing is not None and case.participant.standing.hedged,
                -voices.count(case.affirming),
            ),
        )
    )


def status_of(cases: Sequence[Case], part: Part, *, denied: bool) -> tuple[AttributionStatus, bool]:
    """The attribution status and whether it is hedged.

    cases   those with a standing that are about somebody in particular, strongest first.
    denied  whether any actor denies.
    """
    if not cases:
        return ("denied_only" if denied else "unknown"), False
    basis = _basis(cases[0])
    hedged = all(one.hedged for case in cases for one in case.statements if one.stance == basis)
    if basis == "claimed":
        return ("claimed_disputed" if _disputed(cases, part) else "claimed"), hedged
    return (_DENIED_STATUS[basis] if cases[0].by(Stance.DENIED) else basis), hedged


def _disputed(cases: Sequence[Case], part: Part) -> bool:
    """Whether a claim is disputed: in the three cases of the codebook and in no other."""
    claims = [case for case in cases if case.by(Stance.CLAIMED)]
    others = [
        case
        for case in cases
        if case.by(Stance.CLAIMED) or any(_is_named_accuser(one) for one in case.by(Stance.ACCUSED))
    ]
    return any(case.by(Stance.REJECTED) for case in claims) or any(
        not part(claim.actor, other.actor) and not part(other.actor, claim.actor)
        for claim in claims
        for other in others
    )


def _is_named_accuser(statement: Statement) -> bool:
    return not is_report(statement) and statement.speaker_kind != "people"


def _rivals(cases: Sequence[Case], part: Part, voices: Voices) -> tuple[Said[object], ...]:
    """The actors that cannot all have done it, each under the highest name it has in the statements."""
    said = [(case, case.by(Stance.CLAIMED, Stance.ACCUSED, Stance.STATED)) for case in cases]
    blamed = [Said(_highest_name(statements, part), statements) for _, statements in said if statements]

    def conflict(one: Said[str], other: Said[str]) -> bool:
        if part(one.value, other.value) or part(other.value, one.value):
            return False
        # One voice that names both in one report means that both did it.
        return not (voices.tellers(one.statements) & voices.tellers(other.statements))

    return conflicting(blamed, conflict)


def _highest_name(statements: Sequence[Statement], part: Part) -> str:
    keys = list(dict.fromkeys(name_key(value_of(one)) for one in statements))
    return next((one for one in keys if all(part(other, one) for other in keys)), keys[0])


# ---- rows -----------------------------------------------------------------------------------------


def attributions(case: Case, part: Part) -> tuple[Attribution, ...]:
    """The rows of one actor: one for each stance and speaker, in order of first appearance."""
    own = {name_key(value_of(one)) for one in case.statements} | {case.actor}

    def speaker(statement: Statement) -> str:
        if is_report(statement):
            return REPORT_VOICE
        key = speaker_key(statement)
        return case.actor if key in own or part(key, case.actor) else key

    groups = gather(((one.stance, speaker(one)), speaker(one), one) for one in case.statements)
    return tuple(_row(case, group.value, group.statements) for group in groups)


def _row(case: Case, speaker: str, statements: Sequence[Statement]) -> Attribution:
    by_name = [one for one in statements if not is_report(one) and speaker_key(one) == speaker]
    voice = next(iter(by_name or statements))
    person = next((one for one in statements if one.spoken_by), voice)
    return Attribution(
        actor=case.participant.name,
        actor_id=case.participant.actor_id,
        stance=voice.stance,
        speaker=voice.speaker,
        speaker_id=voice.speaker_id,
        speaker_kind=voice.speaker_kind,
        spoken_by=person.spoken_by,
        speaker_public=person.speaker_public,
        via=max((one.via for one in statements), key=len),
        hedged=all(one.hedged for one in statements),
        statement_ids=ids(statements),
        quotes=_quotes(statements),
    )


def _quotes(statements: Sequence[Statement]) -> tuple[Quote, ...]:
    """The quotes in order of appearance, each once."""
    return tuple(dict.fromkeys(one.quote for one in statements))
