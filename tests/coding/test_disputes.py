"""What somebody says against what is told."""

import sayso
from sayso.model import EventValue, Stance, Statement


def disputed(text: str) -> list[Statement]:
    incidents = sayso.code(text, published="2023-05-10")
    return [one for incident in incidents for one in incident.statements if one.stance is Stance.DISPUTED]


def test_a_figure_is_denied() -> None:
    text = (
        "A bomb exploded in Kano on Monday, killing 12 people. The governor denied that 30 people had died."
    )
    (statement,) = disputed(text)
    assert (statement.field, statement.speaker, statement.value) == ("killed", "governor", None)
    assert statement.about is not None
    assert statement.about["field"] == "killed"
    value = statement.about["value"]
    assert isinstance(value, dict)
    assert value["best"] == 30
    start, end = statement.quote.start, statement.quote.end
    assert text[start:end] == statement.quote.text == "The governor denied that 30 people had died."


def test_an_act_is_denied_to_have_been() -> None:
    text = (
        "The rebels said they attacked the base in Kano on Monday. "
        "The army said there had been no attack on the base."
    )
    (statement,) = disputed(text)
    assert statement.speaker == "army"
    assert isinstance(statement.value, EventValue)
    assert not statement.value.happened


def test_nothing_is_disputed_where_the_report_says_that_there_was_nothing() -> None:
    assert not disputed("A bomb exploded in Kano on Monday. There was no attack on the base.")


def test_a_denied_figure_is_nobodys_figure() -> None:
    text = (
        "A bomb exploded in Kano on Monday, killing 12 people. The governor denied that 30 people had died."
    )
    (incident,) = sayso.code(text, published="2023-05-10")
    assert incident.killed is not None
    assert (incident.killed.best, incident.killed.low, incident.killed.high) == (12, 12, 12)


def test_that_nobody_died_denies_no_attack() -> None:
    text = 'A bomb hit a truck near Kano on Monday. "No soldier died," the Defence Ministry said.'
    assert not disputed(text)
