"""What stands beside the figures: intervals, extremes, gains and losses, lineages."""

import pytest

from sayso.evaluate.bootstrap import intervals
from sayso.evaluate.compare import Change, cases_of, gains_and_losses
from sayso.evaluate.extremes import says_everything, says_nothing
from sayso.evaluate.lineages import lineages
from sayso.evaluate.rows import LINEAGE, Found, Rate, headline
from sayso.evaluate.score import score
from tests.evaluate.making import Record, gold, predictions

CLAIMS = "attributions.claims_and_denials_end_to_end"


# ---- intervals --------------------------------------------------------------------------------------


def one_miss() -> dict[str, Record]:
    said = predictions()
    said["one"]["incidents"].pop()
    return said


def test_intervals_hold_the_figure_and_follow_from_the_seed() -> None:
    scored = score(gold(), one_miss())
    found = intervals(scored.marks, 200)
    assert found == intervals(scored.marks, 200)
    low, high = found["detection.all"]
    value = headline(scored.figures()["detection.all"])
    assert value is not None
    assert low < value < high == 1.0


def test_what_is_always_right_has_a_narrow_interval() -> None:
    found = intervals(score(gold(), predictions()).marks, 50)
    assert found["detection.all"] == (1.0, 1.0)
    assert not any(row.startswith(("linking", "lineage")) for row in found)


# ---- programs that read nothing -----------------------------------------------------------------------


def test_who_says_nothing_finds_nothing() -> None:
    figures = score(gold(), says_nothing(gold())).figures()
    assert figures["detection.all"] == Found(0.0, 0.0, 0.0, 0, 0, 3)
    assert figures["must_not.claimed"] == Rate(1.0, 1)
    assert figures["reports.coded"] == Rate(1.0, 3)
    assert figures["relevance.accuracy"] == Rate(1 / 3, 3)


def test_who_says_everything_misses_nothing_and_is_right_in_little() -> None:
    figures = score(gold(), says_everything(gold())).figures()
    detection, claims = figures["detection.all"], figures[CLAIMS]
    assert isinstance(detection, Found)
    assert isinstance(claims, Found)
    assert (detection.tp, detection.fp, detection.fn) == (3, 5, 0)
    assert claims.recall == 1.0
    assert claims.precision is not None
    assert claims.precision < 0.3
    assert figures["must_not.claimed"] == Rate(0.0, 1)
    assert figures["fields.date_overlap"] == Rate(1.0, 3)
    assert figures["fields.date_overlap_tight"] == Rate(0.0, 3)


# ---- gains and losses ---------------------------------------------------------------------------------


def cases(said: dict[str, Record]) -> list[tuple[str, str, str, str, str]]:
    return list(cases_of(score(gold(), said).marks))


def test_the_same_run_wins_and_loses_nothing() -> None:
    scored = score(gold(), predictions())
    assert gains_and_losses(cases_of(scored.marks), cases_of(scored.marks)) == []


def test_a_loss_is_told_with_its_report_incident_and_rows() -> None:
    said = predictions()
    said["two"]["incidents"][0]["killed"] = {"best": 6}
    before, now = (cases_of(score(gold(), one).marks) for one in (predictions(), said))
    expected = Change(
        won=False,
        report="two",
        key="afg-taloqan-bomb-20190502",
        what="",
        how="lost",
        rows=("fields.killed_exact", "fields.killed_in_range"),
    )
    assert gains_and_losses(before, now) == [expected]
    assert [change.won for change in gains_and_losses(now, before)] == [True]


def test_a_false_claim_is_a_loss_and_its_end_a_gain() -> None:
    said = predictions()
    extra = {"actor": "Hezbollah", "stance": "claimed", "speaker": "Hezbollah"}
    said["one"]["incidents"][0]["attributions"].append(extra)
    before, now = (cases_of(score(gold(), one).marks) for one in (predictions(), said))
    changes = gains_and_losses(before, now)
    claim = next(change for change in changes if change.what == "Hezbollah claimed by Hezbollah")
    assert (claim.won, claim.how) == (False, "said falsely")
    assert "attributions.by_stance_end_to_end.claimed" in claim.rows
    assert {change.how for change in gains_and_losses(now, before)} == {"no longer said falsely", "found"}


def test_a_field_of_an_incident_that_was_not_found_before_is_no_loss() -> None:
    said = predictions()
    said["one"]["incidents"][1]["killed"] = {"best": 9}
    before, now = (cases_of(score(gold(), one).marks) for one in (one_miss(), said))
    changes = gains_and_losses(before, now)
    assert changes
    assert all(change.won for change in changes)


# ---- lineages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ({"one": "a", "two": "a", "none": "b"}, (1, 0, 0)),
        ({"one": "a", "two": "b", "none": "c"}, (0, 0, 1)),
        ({"one": "a", "two": "a", "none": "a"}, (1, 2, 0)),
        ({"one": "a"}, (0, 0, 1)),  # reports that were lost stand alone
    ],
)
def test_pairs_of_one_lineage(ids: dict[str, str], expected: tuple[int, int, int]) -> None:
    figure = lineages(gold(), {name: {"lineage_id": one} for name, one in ids.items()})[LINEAGE]
    assert isinstance(figure, Found)
    assert (figure.tp, figure.fp, figure.fn) == expected


def test_where_no_lineage_is_told_there_is_no_figure() -> None:
    assert headline(lineages(gold(), {"one": {}})[LINEAGE]) is None


def test_a_ring_of_copies_is_one_lineage() -> None:
    ring = gold()
    ring["one"]["lineage"] = {"of": "two", "how": "copy"}
    said = {name: {"lineage_id": "x" if name != "none" else "y"} for name in ring}
    assert headline(lineages(ring, said)[LINEAGE]) == 1.0
