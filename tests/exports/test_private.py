"""Names of private persons stand in nothing that is written."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.exports.private import MARK, PrivateNames, named_in
from sayso.model import Incident, IncidentReport, Participant, ParticipantValue, Place, Quote
from sayso.records import to_json, to_record
from tests.exports.making import incidents
from tests.exports.test_layouts import incident, statement


def victim(name: str, *, public: bool | None = False, mentions: tuple[str, ...] = ()) -> Participant:
    return Participant(name, None, "person", public, mentions, ())


def told(text: str, **changes: Any) -> Incident:
    """An incident in which the text is a quote and a title."""
    quote = Quote("r1", 0, len(text), text)
    return incident(statements=(replace(statement("X"), quote=quote),), title=text, **changes)


def quoted(its: Incident) -> str:
    assert its.title == its.statements[0].quote.text
    return its.statements[0].quote.text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Karim Ali", "the farmer Karim Ali died"),
        ("Karim Ali", "KARIM ALI DEAD"),
        ("Karim Ali", "karim ali"),
        ("Karim Ali", "Karim\n  Ali's brother"),
        ("Karim Ali", "Karim-Ali and karim_ali"),
        ("Karim Ali", "Mr Karim, a baker"),
        ("Jérôme Noël", "Jerome Noel; Je\u0301ro\u0302me No\u0308el"),
        ("Jerome Noel", "JÉRÔME NOËL"),
        ("王小明", "农民王小明死亡"),
        ("أحمد كريم", "قتل أحمد كريم أمس"),
        ("Ka\u00adrim Ali", "Karim Ali"),
        ("Bo Li", "said Bo Li"),
    ],
)
def test_a_name_is_replaced_by_marks_of_its_length(name: str, text: str) -> None:
    its = told(text, victims=(victim(name),))
    clean = PrivateNames(named_in([its])).without(its)
    assert clean.redacted
    assert len(quoted(clean)) == len(text)
    for part in name.split():
        assert len(part) < 3 or part.casefold() not in quoted(clean).casefold()
    assert MARK in quoted(clean)
    assert len(clean.victims[0].name) == len(name)
    assert clean.victims[0].name != name


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Rose Will", "it will rise, a rose"),
        ("Karim al Din", "al-Shabaab"),
        ("Ali Can", "they can go to Alistair"),
    ],
)
def test_other_words_stay(name: str, text: str) -> None:
    its = told(text, victims=(victim(name),))
    assert quoted(PrivateNames(named_in([its])).without(its)) == text


def test_public_persons_and_groups_stay() -> None:
    its = told("Governor Ana Roe of the Valley Front", targets=(victim("Ana Roe", public=True),))
    assert quoted(PrivateNames(named_in([its])).without(its)) == its.title


def test_speakers_spokesmen_and_values_are_persons_too() -> None:
    first = replace(statement("X"), spoken_by="Karim Ali", speaker_public=False)
    second = replace(statement("X"), speaker="Ben Low", speaker_kind="person")
    third = replace(statement("X"), value=ParticipantValue("Eva Moe", None, "person", None))
    its = incident(statements=(first, second, third), title="Karim Ali, Ben Low, Eva Moe, Low and Moe")
    assert PrivateNames(named_in([its])).without(its).title == "█████████, ███████, ███████, ███ and ███"


def test_a_name_known_from_one_incident_is_gone_from_the_others() -> None:
    named = told("x", victims=(victim("Karim Alizada"),))
    same_report = replace(told("Alizada fell"), incident_id="b")
    other = replace(
        told("Alizada street; Karim Alizada fell"), incident_id="c",
        reports=(IncidentReport("r2", None, "l2", None, None, None),),
    )  # fmt: skip
    names = PrivateNames(named_in([named, same_report, other]))
    assert quoted(names.without(same_report)) == "███████ fell"
    assert quoted(names.without(other)) == "Alizada street; █████████████ fell"


def test_addresses_and_ids_are_looked_through() -> None:
    report = IncidentReport(
        "r1", "karim-alizada-1", "l1", None, None, "https://x.org/2021/karim%20alizada.html"
    )
    its = told(
        "x", victims=(replace(victim("Karim Alizada"), actor_id="karim-alizada-afg"),), reports=(report,)
    )
    clean = to_json(PrivateNames(named_in([its])).without(its)).casefold()
    assert "alizada" not in clean
    assert "karim" not in clean
    assert PrivateNames(named_in([its])).text("Karim Alizada, Alizada") == "█████████████, ███████"


@pytest.mark.parametrize(
    ("person", "town", "shown"),
    [
        ("al-Dimnah", "Ad Dimnah", "Ad Dimnah"),  # a town that was taken for a person
        ("Ana Santiago", "Santiago", "Santiago"),
        ("Jérémie", "Jérémie", "Jérémie"),
        ("Haji Karim", "Haji Karim", "██████████"),  # nobody else need be called so
        ("Haji Karim", "Hajikarim", "█████████"),
        ("王小明", "王小明", "███"),
    ],
)
def test_a_town_keeps_its_name_where_it_is_the_town(person: str, town: str, shown: str) -> None:
    place = Place(person, town, town, "AFG", lat=1.5, lon=2.5, precision="town")
    its = told(f"Attack near {town}, 2019", victims=(victim(person),), place=place, places=(place,))
    clean = PrivateNames(named_in([its])).without(its)
    assert clean.title == f"Attack near {shown}, 2019"
    for one in (clean.place, *clean.places):
        assert one is not None
        assert one.name == one.admin1 == shown
        assert MARK in one.text  # the report's own word for it


def test_what_is_no_place_of_the_gazetteer_is_nobodys_town() -> None:
    place = Place("Santiago", None)
    its = told("Attack in Santiago; Santiago died", victims=(victim("Ana Santiago"),), place=place)
    names = PrivateNames(named_in([its]))
    assert names.without(its).title == "Attack in ████████; ████████ died"
    known = replace(place, name="Santiago", lat=1.5, lon=2.5)
    found = names.without(replace(its, place=known, places=(known,)))
    assert found.title == "Attack in Santiago; ████████ died"
    assert found.statements[0].quote.text == "Attack in ████████; ████████ died"
    assert found.victims[0].name == "████████████"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(incidents(), st.sampled_from(["Karim Alizada", "Zoë Ngaïmona", "Ma Thida Soe"]), st.data())
def test_whatever_else_it_holds(its: Incident, name: str, data: st.DataObject) -> None:
    """A name anywhere in a record goes; all else stays as it was."""
    record = to_record(its)
    spots = data.draw(st.lists(st.sampled_from(["title", "actor", "after", "url", "quote"]), min_size=1))
    words = f"a {name}, b"
    if "title" in spots:
        its = replace(its, title=words)
    if "quote" in spots:
        quote = Quote("r1", 0, len(words), words)
        its = replace(its, statements=(replace(its.statements[0], quote=quote),))
    if "after" in spots:
        its = replace(its, statements=(replace(its.statements[0], after=words),))
    if "url" in spots:
        its = replace(its, reports=(replace(its.reports[0], url=f"https://x.org/{name.lower()}"),))
    if "actor" in spots:
        its = replace(its, attributions=tuple(replace(row, actor=words) for row in its.attributions))
    its = replace(its, victims=(victim(name),))
    clean = to_json(PrivateNames(named_in([its])).without(its))
    assert name.casefold() not in clean.casefold()
    assert json.loads(clean)["event_type"] == record["event_type"]
    assert lengths(json.loads(clean) | {"redacted": False}) == lengths(to_record(its))


def lengths(data: Any) -> Any:
    """The data with the length of each text in its place."""
    if isinstance(data, dict):
        return {key: lengths(value) for key, value in data.items()}
    if isinstance(data, list):
        return [lengths(value) for value in data]
    return len(data) if isinstance(data, str) else data
