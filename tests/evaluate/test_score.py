"""What each mistake costs: right predictions, changed in one thing."""

from collections.abc import Callable
from typing import Any

import pytest

from sayso.evaluate.rows import Found, Groups, Rate, headline
from sayso.evaluate.score import score
from tests.evaluate.making import BOMB, Record, gold, predictions

Change = Callable[[dict[str, Record]], object]


def bomb(said: dict[str, Record]) -> Record:
    its: Record = said["one"]["incidents"][0]
    return its


def put(**fields: Any) -> Change:
    return lambda said: bomb(said).update(fields)


def quoted(words: str, stance: str) -> Change:
    start = gold()["one"]["text"].index(words)
    quote = {"start": start, "end": start + len(words)}
    return put(statements=[{"stance": stance, "field": "perpetrator", "quote": quote}])


def test_what_is_right_in_everything_loses_nothing() -> None:
    for row, figure in score(gold(), predictions()).figures().items():
        assert headline(figure) in (1.0, None), row


SPURIOUS = {
    **BOMB,
    "incident_id": "other",
    "place": {"name": "Lima", "country": "PER"},
    "date": {"earliest": "1999-01-01", "latest": "1999-01-01"},
}
CLAIM = {"actor": "Hezbollah", "stance": "claimed", "speaker": "Hezbollah"}
TELLER = {**BOMB["attributions"][0], "speaker": "radio"}
MONTHS = {"earliest": "2019-04-01", "latest": "2019-05-30"}
WEEK = {"earliest": "2019-04-29", "latest": "2019-05-05"}
NEAR = {"name": "x", "lat": 36.74, "lon": 69.87}  # 30 km off
CHILDREN = {"field": "killed", "whom": {"age": "child"}, "best": 5}
BY_REPORT = [{**one, "speaker": "report"} for one in BOMB["counts"]]
BY_STANCE = "attributions.by_stance_end_to_end."
CLAIMS = "attributions.claims_and_denials_end_to_end"


def more(*attributions: Record) -> Change:
    return lambda said: bomb(said)["attributions"].extend(attributions)


def claim(**fields: Any) -> Change:
    return lambda said: bomb(said)["attributions"][0].update(fields)


def invent(said: dict[str, Record]) -> None:
    said["none"]["incidents"].append(SPURIOUS)


def miss(said: dict[str, Record]) -> None:
    said["one"]["incidents"].pop()


# what is done to right predictions, the row, and there (right, n) or (tp, fp, fn)
CASES: list[tuple[Change, str, tuple[int, ...]]] = [
    # one thing of a joined incident
    (put(date=MONTHS), "fields.date_overlap", (3, 3)),
    (put(date=MONTHS), "fields.date_overlap_tight", (2, 3)),
    (put(date=WEEK), "fields.date_overlap_tight", (3, 3)),
    (put(date=WEEK), "fields.date_exact", (2, 3)),
    (put(date=None), "fields.date_overlap", (2, 3)),
    (put(place={"name": "Taloqan"}), "fields.place", (3, 3)),
    (put(place={"name": "Taloqan"}), "fields.place_km", (2, 3)),
    (put(place={"name": "Taloqan"}), "fields.country", (2, 3)),
    (put(place={"name": "Taloqan", "lat": 0, "lon": 0}), "fields.place_km", (2, 3)),
    (put(place=NEAR), "fields.place_km", (2, 3)),
    (put(place=NEAR), "fields.place", (3, 3)),
    (put(place=NEAR), "fields.place_name", (2, 3)),
    (put(sub_event_type="Grenade"), "fields.sub_event_type", (2, 3)),
    (put(sub_event_type="Grenade"), "fields.event_type", (3, 3)),
    (put(killed={"best": 6}), "fields.killed_exact", (2, 3)),
    (put(killed={"best": 5, "imprecise": True}), "fields.killed_exact", (2, 3)),
    (put(injured=None), "fields.injured_exact", (1, 2)),
    (put(toll_speaker="police"), "fields.toll_speaker_named", (1, 2)),
    (put(is_background=True), "fields.is_background", (2, 3)),
    (put(is_background=True), "detection.foreground", (2, 0, 0)),
    (put(attributions=[]), "fields.attribution_status", (2, 3)),
    (put(attributions=[], attribution_status="claimed"), "fields.attribution_status", (2, 3)),
    # figures by whom
    (put(counts=[]), "counts.joined", (3, 0, 2)),
    (put(counts=[CHILDREN]), "counts.joined", (3, 1, 2)),
    (put(counts=[CHILDREN]), "counts.with_whom", (1, 1, 0)),
    (put(counts=BY_REPORT), "counts.speaker", (3, 5)),
    # names
    (put(perpetrators=["Taliban", "NATO", "the Taliban fighters"]), "perpetrators_by_name", (3, 1, 0)),
    (put(perpetrators=["Taliban", "unknown gunmen"]), "perpetrators_by_name", (3, 0, 0)),
    (put(perpetrators=["NATO"]), "perpetrators_by_name.end_to_end", (2, 1, 1)),
    (put(weapons=[{"name": "rifle", "mentions": ["bomb"]}]), "weapons_by_name", (2, 0, 0)),
    # who did it
    (more(CLAIM), CLAIMS, (4, 1, 0)),
    (more(CLAIM, {**CLAIM, "speaker": "radio"}), CLAIMS, (4, 1, 0)),
    (more(TELLER), CLAIMS, (4, 0, 0)),
    (more(TELLER), "attributions.joined", (5, 1, 0)),
    (more({**CLAIM, "about": "ransom"}), "attributions.end_to_end", (5, 0, 0)),
    (more({**CLAIM, "stance": "stated"}), "attributions.contested_joined", (5, 0, 0)),
    (claim(stance="stated"), BY_STANCE + "claimed", (1, 0, 1)),
    (claim(stance="stated"), BY_STANCE + "stated", (0, 1, 0)),
    (claim(hedged=True), "attributions.hedged_true", (0, 1, 0)),
    (claim(hedged=True), "attributions.hedged", (4, 5)),
    (claim(via=[]), "attributions.via", (1, 0, 1)),
    (claim(via=["Amaj Radio", "Reuters"]), "attributions.via", (2, 1, 0)),
    (claim(speaker="report"), "attributions.speaker", (4, 5)),
    # whole incidents and reports
    (miss, "detection.all", (2, 0, 1)),
    (miss, "detection.foreground", (2, 0, 0)),
    (miss, BY_STANCE + "accused", (0, 0, 1)),
    (miss, "counts.end_to_end", (4, 0, 1)),
    (miss, "targets_by_name.end_to_end", (2, 0, 1)),
    (invent, "detection.all", (3, 1, 0)),
    (invent, CLAIMS, (4, 2, 0)),
    (invent, "relevance.on_topic_accuracy", (2, 3)),
    (invent, "relevance.accuracy", (3, 3)),  # it still says that the report is not relevant
    (lambda said: said.pop("none"), "reports.coded", (2, 3)),
    (put(incident_id="other"), "linking.joined.pairwise", (0, 0, 1)),
    # passages that claim nothing
    (quoted("claimed an ambush", "claimed"), "must_not.claimed", (0, 1)),
    (quoted("claimed an ambush", "denied"), "must_not.claimed", (1, 1)),
    (quoted("The Taliban claimed", "claimed"), "must_not.claimed", (1, 1)),
]


@pytest.mark.parametrize(("change", "row", "expected"), CASES)
def test_what_a_mistake_costs(change: Change, row: str, expected: tuple[int, ...]) -> None:
    said = predictions()
    change(said)
    figure = score(gold(), said).figures()[row]
    if isinstance(figure, Rate):
        assert figure.value is not None
        assert (figure.value * figure.n, figure.n) == pytest.approx(expected)
    else:
        assert isinstance(figure, Found)
        assert (figure.tp, figure.fp, figure.fn) == expected


def test_groups_of_mentions_that_were_split() -> None:
    said = predictions()
    bomb(said)["incident_id"] = "other"
    figure = score(gold(), said).figures()["linking.joined.b_cubed"]
    assert figure == Groups(1.0, pytest.approx(2 / 3), pytest.approx(0.8), 3)  # type: ignore[arg-type]


def test_gold_may_list_other_right_answers_and_predictions_may_not() -> None:
    one, said = gold(), predictions()
    bomb(one)["sub_event_type_alt"] = ["Grenade"]
    bomb(said).update(sub_event_type="Grenade")
    assert score(one, said).figures()["fields.sub_event_type"] == Rate(1.0, 3)
    bomb(said).update(sub_event_type="Armed clash", sub_event_type_alt=["Grenade"])
    figure = score(one, said).figures()["fields.sub_event_type"]
    assert isinstance(figure, Rate)
    assert figure.value == pytest.approx(2 / 3)


def test_an_optional_incident_is_in_no_figure() -> None:
    one = gold()
    one["one"]["incidents"][1]["optional"] = True
    with_it, without = predictions(), predictions()
    without["one"]["incidents"].pop()
    assert score(one, with_it).figures()["detection.all"] == Found(1.0, 1.0, 1.0, 2, 0, 0)
    assert score(one, without).figures()["detection.all"] == Found(1.0, 1.0, 1.0, 2, 0, 0)


@pytest.mark.parametrize(
    "incidents",
    [
        None,
        7,
        "x",
        {"a": 1},
        [None, 7, [], {}],
        [{"date": 5, "place": [1], "perpetrators": {"name": ["a"]}, "attributions": "no", "killed": []}],
        [{"date": {"earliest": [], "latest": "2020-13-45"}, "place": {"name": 3, "lat": True, "lon": "nan"}}],
        [{"attributions": [None, {"actor": {}, "stance": 5, "via": 7, "quotes": [{"start": "a"}]}]}],
        [{"killed": {"best": "many", "low": {}}, "injured": float("nan"), "event_type": [], "weapons": [[]]}],
        [{"killed": 1e999, "statements": 3, "basis": [], "counts": "x", "trigger": 4, "incident_id": {}}],
    ],
)
def test_a_prediction_that_is_none_costs_itself_only(incidents: object) -> None:
    figures = score(gold(), {"one": {"incidents": incidents}, "two": predictions()["two"]}).figures()
    detection = figures["detection.all"]
    assert isinstance(detection, Found)
    assert (detection.tp, detection.fn) == (1, 2)
