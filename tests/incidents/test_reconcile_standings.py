"""Who did it: attributions, standings, the status, part-of, disagreements."""

import pytest

from sayso.model import AttributionStatus, Incident, ParticipantValue, Stance
from tests.incidents.making import (
    ARMY,
    FRONT,
    GOVERNMENT,
    LEAGUE,
    MINISTRY,
    NORTH,
    SOUTH,
    Said,
    by,
    claim,
    elsewhere,
    incident_of,
    said,
    who,
)

ACCUSED, DENIED, REJECTED = Stance.ACCUSED, Stance.DENIED, Stance.REJECTED
STATED, SUSPECTED = Stance.STATED, Stance.SUSPECTED


def denial(actor: str) -> Said:
    return by(actor, DENIED, actor)


GUNMEN = said("perpetrator", ParticipantValue("gunmen", None, "people"))


@pytest.mark.parametrize(
    ("told", "status", "perpetrators"),
    [
        ([], "unknown", []),
        ([claim(FRONT)], "claimed", [FRONT]),
        ([claim(FRONT), claim(LEAGUE)], "claimed_disputed", [FRONT, LEAGUE]),
        ([claim(FRONT), by(LEAGUE, ACCUSED, GOVERNMENT)], "claimed_disputed", [FRONT, LEAGUE]),
        ([claim(FRONT), by(FRONT, REJECTED, GOVERNMENT)], "claimed_disputed", [FRONT]),
        # Not disputed: an accusation of the claimant, of nobody, by nobody; a suspicion; a telling; a denial.
        ([claim(FRONT), by(FRONT, ACCUSED, GOVERNMENT)], "claimed", [FRONT]),
        ([claim(FRONT), by(LEAGUE, ACCUSED)], "claimed", [FRONT, LEAGUE]),
        ([claim(FRONT), by(LEAGUE, ACCUSED, "villagers", kind="people")], "claimed", [FRONT, LEAGUE]),
        ([claim(FRONT), by(LEAGUE, SUSPECTED, GOVERNMENT)], "claimed", [FRONT, LEAGUE]),
        ([claim(FRONT), by(LEAGUE, STATED)], "claimed", [FRONT, LEAGUE]),
        ([claim(FRONT), denial(LEAGUE)], "claimed", [FRONT]),
        ([claim(FRONT), GUNMEN], "claimed", [FRONT, "gunmen"]),
        # A claim by the part and one by the whole are one.
        ([claim(FRONT), claim(NORTH)], "claimed", [NORTH]),
        ([by(FRONT, ACCUSED, GOVERNMENT)], "accused", [FRONT]),
        ([by(FRONT, ACCUSED, GOVERNMENT), denial(FRONT)], "accused_denied", [FRONT]),
        ([by(FRONT, ACCUSED, GOVERNMENT), denial(LEAGUE)], "accused", [FRONT]),
        ([by(FRONT, ACCUSED, GOVERNMENT), by(FRONT, STATED)], "accused", [FRONT]),
        ([by(FRONT, SUSPECTED)], "suspected", [FRONT]),
        ([by(FRONT, SUSPECTED), denial(FRONT)], "suspected_denied", [FRONT]),
        ([by(FRONT, STATED)], "stated", [FRONT]),
        ([by(FRONT, STATED), denial(FRONT)], "stated_denied", [FRONT]),
        ([denial(FRONT)], "denied_only", []),
        ([by(FRONT, REJECTED, GOVERNMENT)], "unknown", []),
        # A description names nobody.
        ([GUNMEN], "unknown", ["gunmen"]),
    ],
)
def test_attribution_status(told: list[Said], status: AttributionStatus, perpetrators: list[str]) -> None:
    incident = incident_of(said("target", who("mill")), *told)
    assert incident.attribution_status == status
    assert [one.actor_id or one.name for one in incident.perpetrators] == perpetrators
    assert all(one.standing for one in incident.perpetrators)


@pytest.mark.parametrize(
    ("told", "basis", "denied", "rejected", "hedged"),
    [
        ([claim(FRONT), by(FRONT, STATED)], "claimed", False, False, False),
        ([claim(FRONT, hedged=True), by(FRONT, STATED)], "claimed", False, False, True),
        ([claim(FRONT, hedged=True), claim(FRONT)], "claimed", False, False, False),
        ([by(FRONT, ACCUSED, GOVERNMENT), denial(FRONT)], "accused", True, False, False),
        ([by(FRONT, STATED), by(FRONT, REJECTED, GOVERNMENT)], "stated", False, True, False),
        # A denial by the part counts for the whole; a denial by the whole does not name the part.
        ([by(FRONT, ACCUSED, GOVERNMENT), denial(NORTH)], "accused", True, False, False),
        ([by(NORTH, ACCUSED, GOVERNMENT), denial(FRONT)], "accused", False, False, False),
        # Where a report uses both names for one act, a denial under either is one of the actor meant.
        ([by(NORTH, ACCUSED, ARMY), by(FRONT, STATED), denial(FRONT)], "accused", True, False, False),
    ],
)
def test_standing(told: list[Said], basis: str, *, denied: bool, rejected: bool, hedged: bool) -> None:
    standing = incident_of(*told).perpetrators[0].standing
    assert standing is not None
    assert (standing.basis, standing.denied, standing.rejected, standing.hedged) == (
        basis,
        denied,
        rejected,
        hedged,
    )


@pytest.mark.parametrize(
    ("told", "hedged"),
    [
        ([claim(FRONT, hedged=True)], True),
        ([claim(FRONT, hedged=True), claim(LEAGUE)], False),
        ([claim(FRONT, hedged=True), by(FRONT, STATED)], True),
        ([claim(FRONT), by(LEAGUE, STATED, hedged=True)], False),
        ([denial(FRONT)], False),
    ],
)
def test_the_status_is_hedged_while_every_claim_is(told: list[Said], *, hedged: bool) -> None:
    assert incident_of(*told).status_hedged is hedged


def rows(incident: Incident) -> list[tuple[str | None, str, str, tuple[str, ...]]]:
    return [(row.actor_id, row.stance, row.speaker, row.statement_ids) for row in incident.attributions]


def test_a_row_for_each_actor_stance_and_speaker() -> None:
    incident = incident_of(
        by(FRONT, ACCUSED, GOVERNMENT, via=("The Courier",)),
        denial(FRONT),
        by(FRONT, ACCUSED, GOVERNMENT, hedged=True),
        by(FRONT, ACCUSED, MINISTRY, spoken_by="Ada Brook"),
        by(FRONT, STATED, report="b"),
        by(FRONT, STATED),
    )
    assert rows(incident) == [
        (FRONT, "accused", "gondor government", ("a2", "a4")),
        (FRONT, "denied", "river front", ("a3",)),
        (FRONT, "accused", "gondor ministry", ("a5",)),
        (FRONT, "stated", "report", ("a7", "b6")),
    ]
    first = incident.attributions[0]
    assert (first.via, first.hedged) == (("The Courier",), False)
    assert [quote.start for quote in first.quotes] == [20, 40]
    assert incident.attributions[2].spoken_by == "Ada Brook"
    assert incident.perpetrators[0].statement_ids == ("a2", "a4", "a5", "a7", "b6")
    assert incident.basis["perpetrator"] == ("a2", "a3", "a4", "a5", "a7", "b6")


def test_a_quote_that_carries_two_statements_is_shown_once() -> None:
    incident = incident_of(by(FRONT, STATED, at=20), by(FRONT, STATED, at=20))
    assert len(incident.attributions[0].statement_ids) == 2
    assert len(incident.attributions[0].quotes) == 1


def test_in_one_report_the_whole_is_a_mention_of_the_part() -> None:
    incident = incident_of(claim(FRONT), claim(NORTH, via=("Watch",)), by(LEAGUE, ACCUSED, GOVERNMENT))
    [first, second] = incident.perpetrators
    assert (first.actor_id, first.mentions) == (NORTH, ("river front", "river front north"))
    assert first.name == "river front north"
    assert rows(incident)[0] == (NORTH, "claimed", "river front north", ("a1", "a2"))
    assert incident.attributions[0].via == ("Watch",)
    assert second.actor_id == LEAGUE
    assert incident.n_voices["perpetrator"] == 1
    [row] = incident.disagreements
    assert [value.value for value in row.values] == [FRONT, LEAGUE]
    assert [value.voices for value in row.values] == [(FRONT,), (GOVERNMENT,)]


def test_across_reports_the_part_stands_under_the_whole() -> None:
    incident = incident_of(claim(FRONT), claim(NORTH, report="b"))
    [one] = incident.perpetrators
    assert (one.actor_id, one.mentions) == (FRONT, ("river front", "river front north"))
    assert incident.attribution_status == "claimed"
    assert rows(incident) == [(FRONT, "claimed", "river front", ("a2", "b3"))]
    assert incident.disagreements == ()


def test_two_branches_conflict_and_the_whole_names_neither() -> None:
    incident = incident_of(claim(NORTH), claim(SOUTH), claim(FRONT))
    assert [one.actor_id for one in incident.perpetrators] == [NORTH, SOUTH, FRONT]
    assert incident.attribution_status == "claimed_disputed"
    assert [value.value for value in incident.disagreements[0].values] == [NORTH, SOUTH]


@pytest.mark.parametrize(
    ("told", "values"),
    [
        ([claim(FRONT), by(LEAGUE, STATED, GOVERNMENT)], [FRONT, LEAGUE]),
        ([claim(FRONT), by(LEAGUE, SUSPECTED, GOVERNMENT)], []),
        ([claim(FRONT), by(FRONT, ACCUSED, GOVERNMENT)], []),
        ([claim(FRONT), GUNMEN], []),
        ([by(FRONT, STATED), by(LEAGUE, STATED)], []),  # one voice that names both means both
        ([by(FRONT, STATED), by(LEAGUE, STATED, report="b")], [FRONT, LEAGUE]),
        ([by(FRONT, ACCUSED, GOVERNMENT), denial(FRONT)], []),  # that is in its standing
    ],
)
def test_which_actors_disagree(told: list[Said], values: list[str]) -> None:
    found = [value.value for row in incident_of(*told).disagreements for value in row.values]
    assert found == values


def test_agreement_counts_voices_not_reports() -> None:
    accusation = by(FRONT, ACCUSED, GOVERNMENT)
    incident = incident_of(
        accusation,
        elsewhere(accusation, "b"),
        by(FRONT, ACCUSED, MINISTRY),  # a part of the government
        by(FRONT, ACCUSED, "Watch"),
        by(FRONT, STATED, report="c"),
        by(FRONT, STATED, report="c.copy"),  # of the same lineage
    )
    assert incident.n_voices["perpetrator"] == 3
    assert incident.n_lineages == 3
