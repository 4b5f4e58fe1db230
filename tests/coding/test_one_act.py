"""What speaks of one act and what of another; which place and which time belong to it."""

import pytest

from sayso.codebook import Codebook
from sayso.coding.reading import read
from sayso.coding.rules import cues, events
from sayso.coding.rules.joining import Joining
from sayso.coding.rules.stretches import stretches
from sayso.coding.rules.tellings import Telling
from sayso.reports import make_report


def told(text: str, codebook: Codebook) -> list[Telling]:
    reading = read(make_report(text, codebook, published="2022-03-14"), codebook)
    return list(events.find(reading, cues.find(reading, codebook), codebook).tellings)


def where(telling: Telling) -> list[str]:
    return [name.place.text for name in telling.places]


def when(telling: Telling) -> list[str | None]:
    return [time.date.edtf for time in telling.times]


def test_headline_lead_and_detail_are_one(codebook: Codebook) -> None:
    text = (
        "Nine dead in market bombing\n\n"
        "A bomb went off in a market in Mosul on Sunday, killing nine people.\n\n"
        "The blast tore through a row of stalls. Witnesses said that the explosion was heard far away."
    )
    (telling,) = told(text, codebook)
    assert where(telling) == ["Mosul"]
    assert when(telling) == ["2022-03-13"]


def test_two_towns_are_two(codebook: Codebook) -> None:
    text = "A bomb killed two guards in Mosul on Sunday. A bomb killed a teacher in Basra on Sunday."
    assert [where(telling) for telling in told(text, codebook)] == [["Mosul"], ["Basra"]]


def test_two_days_are_two(codebook: Codebook) -> None:
    text = "Gunmen shot a judge dead in Mosul on Sunday. Gunmen shot a clerk dead in Mosul on Thursday."
    assert [when(telling) for telling in told(text, codebook)] == [["2022-03-13"], ["2022-03-10"]]


def test_each_place_that_was_taken_is_one(codebook: Codebook) -> None:
    text = "On Sunday the rebels captured Mosul, Basra and Kirkuk."
    assert [where(telling) for telling in told(text, codebook)] == [["Mosul"], ["Basra"], ["Kirkuk"]]


@pytest.mark.parametrize(
    "text",
    [
        "Officials in Baghdad said on Tuesday that gunmen had attacked a bus in Mosul on Sunday.",
        "Gunmen attacked a bus in Mosul on Sunday, according to the ministry in Baghdad.",
        "Traders from Baghdad were attacked by gunmen in Mosul on Sunday.",
        "The group claimed the attack on a bus in Mosul on Sunday in a message from Baghdad.",
    ],
)
def test_where_something_is_said_or_somebody_is_from_is_not_where_it_was(
    text: str, codebook: Codebook
) -> None:
    (telling,) = told(text, codebook)
    assert where(telling) == ["Mosul"]


def test_an_entry_of_a_list_is_where_its_heading_says(codebook: Codebook) -> None:
    text = (
        "Week in brief\n\nMosul. A hand grenade was thrown into a yard on Sunday. No one was hurt.\n\n"
        "Basra. On Saturday gunmen abducted two nurses."
    )
    assert [where(telling) for telling in told(text, codebook)] == [["Mosul"], ["Basra"]]


def test_a_name_that_no_gazetteer_has_is_a_place_without_coordinates(codebook: Codebook) -> None:
    text = "Gunmen attacked the village of Zarqabel, in Iraq, on Sunday."
    (telling,) = told(text, codebook)
    place = telling.places[0].place
    assert (place.text, place.name, place.lat, place.country) == ("Zarqabel", None, None, "IRQ")


def test_blows_in_two_towns_with_one_toll_are_one_of_several(codebook: Codebook) -> None:
    (telling,) = told("Three bombings in Mosul and Tikrit killed 12 people on Sunday.", codebook)
    assert telling.n_events == 3
    assert telling.part_of is None


def test_rockets_on_one_town_are_one_blow(codebook: Codebook) -> None:
    (telling,) = told("Rockets hit Mosul on Sunday, killing 12 people.", codebook)
    assert telling.n_events == 1


def test_a_blow_told_apart_is_part_of_the_whole(codebook: Codebook) -> None:
    text = (
        "A series of bombings across Iraq killed at least 40 people on Sunday. "
        "In Baghdad, a car bomb killed 12 in a market."
    )
    whole, part = told(text, codebook)
    assert (whole.n_events, where(whole)) == (None, ["Iraq"])
    assert part.part_of == whole.key
    assert where(part) == ["Baghdad"]


def test_who_was_killed_before_is_no_second_act(codebook: Codebook) -> None:
    text = (
        "A bookseller was stabbed to death in Mosul on Sunday night.\n\n"
        "The Valley Front said that its men had killed him. Police said they did not believe it.\n\n"
        "Officers called the murder the work of thieves."
    )
    (telling,) = told(text, codebook)
    assert where(telling) == ["Mosul"]


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("The blast tore through a row of stalls.", 1),
        ("The blast in Basra tore through a row of stalls.", 1),
        ("\n\nThe shelling went on for an hour in Mosul.", 0),
        ("\n\nThe shelling of the school went on for an hour.", 0),
    ],
)
def test_what_goes_on_about_which(text: str, which: int, codebook: Codebook) -> None:
    before = "Rockets hit a school in Mosul on Sunday. A car bomb killed four in Basra on Monday. "
    reading = read(make_report(before + text, codebook, published="2022-03-14"), codebook)
    found = cues.find(reading, codebook)
    joining = Joining(reading, found, codebook)
    *tellings, last = (Telling([one]) for one in stretches(reading, found, codebook))
    likely = [joining.likely(last.stretches[0], tellings, place) for place in range(len(tellings))]
    assert likely[which] > likely[1 - which]
