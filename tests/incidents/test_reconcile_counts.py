"""How many: per voice the latest, ranks, parties, hearsay, ranges, groups."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Count, EventValue, Stance, Whom
from tests.incidents.making import (
    ARMY,
    FRONT,
    GOVERNMENT,
    LEAGUE,
    MINISTRY,
    NORTH,
    Said,
    by,
    claim,
    incident_of,
    killed,
    said,
    who,
)

MILITARY, MILITANT, CIVILIAN = Whom(status="military"), Whom(status="militant"), Whom(status="civilian")
DOZENS = Count(None, 24, None, imprecise=True)
AT_LEAST_31 = Count(31, 31, None)


def count(value: Count, speaker: str = "report", report: str = "a") -> Said:
    return Said("killed", value, speaker=speaker, report=report)


LATER = {"a": "2020-11-21T08:00", "b": "2020-11-21T20:00", "c": "2020-11-22", "d": None}


@pytest.mark.parametrize(
    ("told", "best", "low", "high"),
    [
        ([killed(8)], 8, 8, 8),
        ([count(AT_LEAST_31)], 31, 31, None),
        ([count(DOZENS)], None, 24, None),
        ([killed(0)], 0, 0, 0),
        ([count(Count(None, 8, 12))], None, 8, 12),
        # Per voice its latest figure: the last of a report, the last report of a lineage, dated or not.
        ([killed(3), killed(8)], 8, 8, 8),
        ([killed(3), killed(8, report="a.update")], 8, 8, 8),
        ([killed(8, MINISTRY, report="c"), killed(3, MINISTRY)], 8, 8, 8),
        ([killed(8, MINISTRY), killed(3, MINISTRY, report="d")], 8, 8, 8),
        ([killed(3, GOVERNMENT), killed(8, MINISTRY)], 8, 8, 8),  # one voice
        # Imprecise ones are dropped where exact ones exist.
        ([killed(8), count(DOZENS)], 8, 8, 8),
        ([count(DOZENS), killed(8, report="b")], 8, 8, 8),
        # Authorities before the report, an armed group after it.
        ([killed(8), killed(9, MINISTRY)], 9, 8, 9),
        ([killed(8), killed(9, LEAGUE)], 8, 8, 9),
        ([killed(8, "Watch"), killed(9, MINISTRY)], 9, 8, 9),
        # Medical, rescue and UN before authorities.
        ([killed(9, MINISTRY), killed(11, "Gondor Hospital")], 11, 9, 11),
        ([killed(11, "a doctor of the Red Cross"), killed(9, MINISTRY, report="c")], 11, 9, 11),
        ([killed(11, "hospitality council"), killed(9, MINISTRY)], 9, 9, 11),
        # The latest day of the best rank; two of one rank and day in conflict settle nothing.
        ([killed(8), killed(9, report="c")], 9, 8, 9),
        ([killed(8), killed(9, report="b")], None, 8, 9),
        ([killed(8), killed(9, report="b"), killed(10, report="c")], 10, 8, 10),
        ([killed(8), killed(9, report="d")], 8, 8, 9),
        ([killed(8), killed(9, report="b"), killed(8, MINISTRY)], 8, 8, 9),
        # What does not conflict settles on what says most.
        ([count(AT_LEAST_31), killed(35, report="b")], 35, 31, 35),
        ([count(AT_LEAST_31), killed(8, MINISTRY)], 8, 8, None),
        # Results of an act told only as somebody's claim never set best alone.
        ([killed(20, after="River Front")], None, 20, 20),
        ([killed(20, after="River Front"), killed(8)], 8, 8, 20),
        ([killed(8, after="River Front"), killed(8)], 8, 8, 8),
        # A party's figure for the other side's losses never sets best.
        ([claim(FRONT), killed(50, FRONT)], None, 50, 50),
        ([claim(FRONT), killed(50, NORTH)], None, 50, 50),
        ([claim(FRONT), killed(50, FRONT), killed(8)], 8, 8, 50),
        ([by(ARMY, Stance.ACCUSED, "Watch"), killed(5, ARMY)], None, 5, 5),
        ([by(ARMY, Stance.ACCUSED, "Watch"), killed(5, MINISTRY)], 5, 5, 5),
        # For its own losses it may, after all others.
        ([claim(FRONT), killed(2, FRONT, MILITANT)], 2, 2, 2),
        ([claim(FRONT), killed(2, FRONT, MILITANT), killed(9, whom=MILITANT)], 9, 2, 9),
        # The total is that of people without description, else of the largest group; nothing is summed.
        ([killed(5, whom=MILITARY), killed(9, whom=CIVILIAN)], 9, 9, 9),
        ([killed(5, whom=MILITARY), killed(3)], 3, 3, 3),
        ([killed(5, whom=Whom())], 5, 5, 5),
    ],
)
def test_the_count_that_is_shown(
    told: list[Said], best: int | None, low: int | None, high: int | None
) -> None:
    published = {**LATER, "a.update": "2020-11-21T09:00"}
    shown = incident_of(*told, published=published).killed
    assert shown is not None
    assert (shown.best, shown.low, shown.high) == (best, low, high)


def test_no_figure_is_no_count() -> None:
    incident = incident_of(said("killed", None))
    assert (incident.killed, incident.injured, incident.counts) == (None, None, ())
    assert "killed" not in incident.basis


def test_in_a_battle_both_sides_are_parties() -> None:
    told = [
        said("event", EventValue("Armed clash", True)),
        by(FRONT, Stance.STATED),
        said("target", who(ARMY, "state")),
        killed(20, ARMY, MILITANT),
        killed(3, ARMY, MILITARY),
    ]
    incident = incident_of(*told, event=False)
    assert incident.sides is not None
    assert [[one.actor_id for one in side] for side in incident.sides] == [[FRONT], [ARMY]]
    assert [(row.whom, row.best) for row in incident.counts] == [(MILITANT, None), (MILITARY, 3)]


def test_every_count_by_field_and_whom() -> None:
    child = Whom(age="child")
    incident = incident_of(
        killed(8, MINISTRY), killed(3, whom=child), said("injured", AT_LEAST_31), said("missing", DOZENS)
    )
    found = [(row.field, row.whom, row.best, row.imprecise, row.statement_ids) for row in incident.counts]
    assert found == [
        ("killed", None, 8, False, ("a1",)),
        ("killed", child, 3, False, ("a2",)),
        ("injured", None, 31, False, ("a3",)),
        ("missing", None, None, True, ("a4",)),
    ]
    assert incident.injured == AT_LEAST_31
    assert incident.n_voices == {"event": 1, "killed": 1, "injured": 1, "missing": 1}


@pytest.mark.parametrize(
    ("told", "values"),
    [
        ([killed(8), killed(9, MINISTRY)], [9, 8]),
        ([killed(8), count(Count(8, 8, None), MINISTRY)], []),
        ([killed(8), killed(9)], []),  # it told more later
        ([killed(8), count(DOZENS, MINISTRY)], []),  # dropped
        ([killed(8), killed(5, whom=CIVILIAN)], []),
        ([killed(8), killed(5, MINISTRY, CIVILIAN), killed(6, whom=CIVILIAN)], [5, 6]),
    ],
)
def test_counts_disagree_where_both_cannot_be_true(told: list[Said], values: list[int]) -> None:
    rows = incident_of(*told).disagreements
    found = [value.value["best"] for row in rows for value in row.values if isinstance(value.value, dict)]
    assert found == values


def test_who_agrees_with_a_count_and_what_it_rests_on() -> None:
    incident = incident_of(
        killed(3),
        killed(8),
        killed(8, MINISTRY),
        killed(8, "Watch", report="b"),
        killed(9, LEAGUE),
    )
    assert incident.n_voices["killed"] == 3
    assert incident.basis["killed"] == ("a4", "a6")  # the ministry's, which sets it, and the highest
    [row] = incident.disagreements
    assert [value.voices for value in row.values] == [("a", MINISTRY, "watch"), (LEAGUE,)]


def test_a_copy_printed_later_does_not_make_old_figures_new() -> None:
    from dataclasses import replace

    from sayso.incidents.reconcile import reconcile  # the builder gives each report a text of its own
    from tests.incidents.making import CODEBOOK, mention_of, report_of, statement_of

    old, new = report_of("a", "2020-11-21T08:00"), report_of("b", "2020-11-21T12:00")
    copy = replace(report_of("c", "2020-11-21T20:00"), text_id=old.text_id)
    told = [Said("event", EventValue("Attack", True), report=letter) for letter in "abc"]
    told += [killed(3), killed(8, report="b"), killed(3, report="c")]
    incident = reconcile(
        [mention_of(letter) for letter in "abc"],
        [statement_of(one, place) for place, one in enumerate(told)],
        {report.report_id: report for report in (old, new, copy)},
        {report.report_id: "one" for report in (old, new, copy)},
        CODEBOOK,
    )
    assert incident.killed == Count(8, 8, 8)


NUMBERS = st.none() | st.integers(0, 30)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.builds(Count, NUMBERS, NUMBERS, NUMBERS, st.booleans()),
            st.sampled_from(["report", GOVERNMENT, MINISTRY, FRONT, "Watch"]),
            st.sampled_from("abcd"),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_low_best_and_high_are_in_order(told: list[tuple[Count, str, str]]) -> None:
    shown = incident_of(*(count(*one) for one in told), published=LATER).killed
    assert shown is not None
    known = [number for number in (shown.low, shown.best, shown.high) if number is not None]
    assert known == sorted(known)
