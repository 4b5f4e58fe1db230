"""Values and attributions in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.exports.text import count, harmless, people, said, value, when, where
from sayso.model import (
    Attribution,
    Count,
    Date,
    EventValue,
    ParticipantValue,
    Place,
    SpeakerKind,
    Stance,
    Whom,
)


def attribution(
    stance: Stance,
    *,
    speaker: str = "Interior Ministry",
    kind: SpeakerKind = "state",
    spoken_by: str | None = None,
    via: tuple[str, ...] = (),
    hedged: bool = False,
) -> Attribution:
    return Attribution(
        actor="Valley Front",
        actor_id=None,
        stance=stance,
        speaker=speaker,
        speaker_id=None,
        speaker_kind=kind,
        spoken_by=spoken_by,
        speaker_public=None,
        via=via,
        hedged=hedged,
        statement_ids=(),
        quotes=(),
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (attribution(Stance.CLAIMED, speaker="Valley Front"), "claimed by Valley Front"),
        (
            attribution(Stance.CLAIMED, speaker="Valley Front", via=("Halden", "The Wire"), hedged=True),
            "claimed by Valley Front, via Halden, The Wire, hedged",
        ),
        (
            attribution(Stance.DENIED, speaker="Valley Front", spoken_by="Ana Roe"),
            "denied by Valley Front (Ana Roe)",
        ),
        (
            attribution(Stance.ACCUSED, spoken_by="Ben Low"),
            "Interior Ministry (Ben Low) accuses Valley Front",
        ),
        (attribution(Stance.REJECTED), "Interior Ministry rejects that it was Valley Front"),
        (
            attribution(Stance.SUSPECTED, speaker="report", kind="report"),
            "Valley Front suspected, according to the report",
        ),
        (attribution(Stance.STATED, speaker="report", kind="report"), "Valley Front named by the report"),
        (attribution(Stance.DISPUTED), "Interior Ministry disputes that it was Valley Front"),
    ],
)
def test_said(row: Attribution, expected: str) -> None:
    assert said(row) == expected


@pytest.mark.parametrize("stance", Stance)
def test_whatever_is_said_names_the_speaker(stance: Stance) -> None:
    own = stance in (Stance.CLAIMED, Stance.DENIED)
    assert (("Valley Front") if own else "Interior Ministry") in said(attribution(stance))


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (None, "-"),  # nobody gives a figure
        (Count(0, 0, 0), "0"),  # somebody says none
        (Count(8, 8, 8), "8"),
        (Count(31, 31, None), "31+"),
        (Count(35, 31, None), "35 (31+)"),
        (Count(9, 6, 9), "9 (6-9)"),
        (Count(9, None, 9), "9 (0-9)"),
        (Count(None, 6, 9), "6-9"),
        (Count(None, 24, None, imprecise=True), "24+"),
        (Count(None, None, None, imprecise=True), "many"),
        (Count(None, None, 12), "0-12"),
        (Count(None, 6, 6), "6?"),  # told by a party alone
    ],
)
def test_count(figure: Count | None, expected: str) -> None:
    assert count(figure) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (Date("2021-07-20", "2021-07-20", "day", "2021-07-20"), "2021-07-20"),
        (Date("2021-07-01", "2021-07-31", "month", "2021-07"), "2021-07-01/2021-07-31"),
        (Date("2021-07-20", None, "unknown"), "2021-07-20/.."),
        (Date(None, "2021-07-20", "unknown"), "../2021-07-20"),
        (Date(None, None, "day", "XXXX-07-20"), "XXXX-07-20"),
        (Date(None, None, "unknown"), "unknown"),
    ],
)
def test_when(date: Date, expected: str) -> None:
    assert when(date) == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (None, "-"),
        (Place("Aden", "Aden", "Aden", "YEM", lat=12.8, lon=45.0, precision="town"), "Aden, YEM"),
        (
            Place("Charikar", "Charikar", "Parwan", "AFG", lat=35.0, lon=69.2, precision="town"),
            "Charikar, Parwan, AFG",
        ),
        (Place("the sea", "Red Sea", water="Red Sea", precision="sea"), "Red Sea"),
        (Place("Nowhere Hill", None), "Nowhere Hill (not resolved)"),
    ],
)
def test_where(place: Place | None, expected: str) -> None:
    assert where(place) == expected


def test_people() -> None:
    assert people(Whom(status="civilian", age="child")) == "civilian, child"
    assert people(Whom(nationality="Afghan", role="doctors")) == "Afghan, doctors"


def test_value_tells_every_type() -> None:
    assert value(EventValue("Attack", happened=True)) == "Attack"
    assert value(EventValue("Attack", happened=False)) == "no Attack"
    assert value(ParticipantValue("market", None, "structure")) == "market"
    assert value(Count(8, 8, 8)) == "8"
    assert value(Date(None, None, "unknown")) == "unknown"
    assert value(Place("Aden", "Aden")) == "Aden"
    assert value(None) == "-"


@given(st.text())
def test_a_harmless_line_is_one_line_and_shows_all_that_can_be_shown(words: str) -> None:
    line = harmless(words)
    assert len(line.splitlines()) <= 1
    assert not {"\x1b", "\x9b", "\x07", "\r", "\u202e"} & set(line)
    assert harmless(line) == line
    assert not words.isprintable() or line == words


@pytest.mark.parametrize("words", ["Jérémie", "الرقة", "می‌روم", "Ngaïmona", "東京", "a\xa0b"])
def test_the_words_of_the_world_stay_as_they_are(words: str) -> None:
    assert harmless(words) == words
