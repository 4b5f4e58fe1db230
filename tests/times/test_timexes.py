"""All time expressions: type, value and days; what is to come; what is counted from what was told."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.codebook import Codebook, load
from sayso.times import find, find_all
from sayso.times.words import english

SATURDAY = "2020-11-21"


def read(text: str, codebook: Codebook, published: str | None = SATURDAY) -> dict[str, tuple[str, str]]:
    """Words -> type and value; each sentence by itself."""
    spans = [found.span() for found in re.finditer(r"[^.;]+(?:\.(?=\S)[^.;]*)*[.;]?", text)]
    found = find_all(text, spans, published, codebook)
    return {text[one.start : one.end]: (one.kind, one.value) for one in found}


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("They walked for three days", "three days", "DURATION", "P3D"),
        ("Shelling resumed after 1900 GMT", "1900 GMT", "TIME", "2020-11-21T19:00Z"),
        ("The curfew begins at 2000 hours", "2000 hours", "TIME", "2020-11-21T20:00"),
        ("In the late 70s", "the late 70s", "DATE", "197"),
        ("the 11th-century mosque", "the 11th-century", "DATE", "10"),
        ("They met a week or so ago", "a week or so ago", "DATE", "2020-W46"),
        ("in the weeks before the vote", "the weeks before", "DURATION", "PXW"),
        ("Rescuers had found ten bodies by Friday", "Friday", "DATE", "2020-11-20"),
        ("By Friday, ten had died", "Friday", "DATE", "2020-11-20"),
        ("They agreed to leave by Friday, he said", "Friday", "DATE", "2020-11-27"),
        ("Until Thursday, they had not named him", "Thursday", "DATE", "2020-11-19"),
        ("The vote was put off until Friday, he said", "Friday", "DATE", "2020-11-27"),
        ("A Tuesday hearing has been scheduled", "Tuesday", "DATE", "2020-11-24"),
        ('He spoke on "This week we vote"', "This week", "DATE", "2020-W47"),
        ("after a four-day march", "four-day", "DURATION", "P4D"),
        ("in the past two months", "the past two months", "DURATION", "P2M"),
        ("for twenty-five years", "twenty-five years", "DURATION", "P25Y"),
        ("for 2 1/2 years", "2 1/2 years", "DURATION", "P2Y6M"),
        ("within two to three weeks", "two to three weeks", "DURATION", "P3W"),
        ("half an hour of fire", "half an hour", "DURATION", "PT30M"),
        ("lasted several months", "several months", "DURATION", "PXM"),
        ("held for weeks", "weeks", "DURATION", "PXW"),
        ("a month-long siege", "month-long", "DURATION", "P1M"),
        ("every day", "every day", "SET", "P1D"),
        ("each Thursday", "each Thursday", "SET", "XXXX-WXX-4"),
        ("on Tuesday nights", "Tuesday nights", "SET", "XXXX-WXX-2TNI"),
        ("15 convoys a week", "a week", "SET", "P1W"),
        ("within a week", "a week", "DURATION", "P1W"),
        ("a daily patrol", "daily", "SET", "P1D"),
        ("on Friday night", "Friday night", "TIME", "2020-11-20TNI"),
        ("this morning", "this morning", "TIME", "2020-11-21TMO"),
        ("overnight", "overnight", "TIME", "2020-11-20TNI"),
        ("at 5 p.m. on Friday", "5 p.m. on Friday", "TIME", "2020-11-20T17:00"),
        ("at 15:30 GMT it fell", "15:30 GMT", "TIME", "2020-11-21T15:30Z"),
        ("It began at noon", "noon", "TIME", "2020-11-21T12:00"),
        ("earlier this month", "earlier this month", "DATE", "2020-11"),
        ("last week", "last week", "DATE", "2020-W46"),
        ("the end of this week", "the end of this week", "DATE", "2020-W47"),
        ("by the end of the month", "the end of the month", "DATE", "2020-11"),
        ("the week of March 6", "the week of March 6", "DATE", "2020-W10"),
        ("the last week of March", "the last week of March", "DATE", "2020-W14"),
        ("over the weekend", "the weekend", "DATE", "2020-W46-WE"),
        ("next year", "next year", "DATE", "2021"),
        ("last May", "last May", "DATE", "2020-05"),
        ("last November", "last November", "DATE", "2019-11"),
        ("last autumn", "last autumn", "DATE", "2019-FA"),
        ("the summer of 2014", "the summer of 2014", "DATE", "2014-SU"),
        ("the third quarter", "the third quarter", "DATE", "2020-Q3"),
        ("the first quarter of last year", "the first quarter of last year", "DATE", "2019-Q1"),
        ("the second half of 2018", "the second half of 2018", "DATE", "2018-H2"),
        ("in fiscal 2019", "fiscal 2019", "DATE", "2019"),
        ("the late 1980s", "the late 1980s", "DATE", "198"),
        ("in the '90s", "the '90s", "DATE", "199"),
        ("the 19th century", "the 19th century", "DATE", "18"),
        ("its unsuccessful 1996 campaign", "1996", "DATE", "1996"),
        ("in nineteen ninety-six", "nineteen ninety-six", "DATE", "1996"),
        ("two weeks ago", "two weeks ago", "DATE", "2020-W45"),
        ("a decade ago", "a decade ago", "DATE", "2010"),
        ("several years ago", "several years ago", "DATE", "PAST_REF"),
        ("It is now quiet", "now", "DATE", "PRESENT_REF"),
        ("as in the past", "the past", "DATE", "PAST_REF"),
        ("tomorrow", "tomorrow", "DATE", "2020-11-22"),
        ("They will meet on Monday", "Monday", "DATE", "2020-11-23"),
        ("They met on Monday", "Monday", "DATE", "2020-11-16"),
        ("It had been scheduled to open on Monday", "Monday", "DATE", "2020-11-16"),
        ("The bridge will be opened on Monday", "Monday", "DATE", "2020-11-23"),
        ("By Thursday the town had fallen", "Thursday", "DATE", "2020-11-19"),
        ("They want it by Thursday", "Thursday", "DATE", "2020-11-26"),
        ("Police will not discuss Monday's raid, which failed", "Monday", "DATE", "2020-11-16"),
        ("The truce expires on November 30", "November 30", "DATE", "2020-11-30"),
        ("A hearing was set for January 14", "January 14", "DATE", "2021-01-14"),
        ("It will be finished in March", "March", "DATE", "2021-03"),
    ],
)
def test_an_expression_its_type_and_its_value(
    text: str, words: str, kind: str, value: str, codebook: Codebook
) -> None:
    assert read(text, codebook) == {words: (kind, value)}


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It began on Friday at noon.", "noon", "2020-11-20T12:00"),
        ("A mine went off on 3 May. The next day two more did.", "The next day", "2020-05-04"),
        ("A mine went off on 3 May. That night they left.", "That night", "2020-05-03TNI"),
        ("It fell on 3 May, two days earlier a bridge had.", "two days earlier", "2020-05-01"),
        ("They fled on 3 May; the following month they came back.", "the following month", "2020-06"),
        ("It rose in 2015. That year a dam broke.", "That year", "2015"),
        ("On 3 May, the day before the vote, he fled.", "the day before", "2020-05-03"),
        ("They fought on 9 May and on the previous Friday.", "the previous Friday", "2020-05-08"),
        ("Losses in the third quarter fell from a year earlier.", "a year earlier", "2019-Q3"),
        ("Raids in February, against the same period last year.", "the same period last year", "2019-02"),
        ("In 2015 it was 9, against 4 a year earlier.", "a year earlier", "2014"),
    ],
)
def test_what_is_counted_from_what_was_told(text: str, words: str, value: str, codebook: Codebook) -> None:
    assert read(text, codebook)[words][1] == value


@pytest.mark.parametrize(
    "text",
    [
        "The next day, that night and the same year.",  # nothing was told before
        'He spoke on the broadcaster\'s "This Week".',
        "Highs were near 70 and people in their 70s fled.",
        "a 13-year-old boy of two years old",
        "about 1990 people and 2,015 others, some 2000 of them women",
        "three quarters of them",
        "The New York Daily News",
    ],
)
def test_no_time(text: str, codebook: Codebook) -> None:
    assert read(text, codebook) == {}


def test_an_anchor_is_forgotten(codebook: Codebook) -> None:
    words = "It fell on 3 May. " + "On the whole it is as in the past. " * 4 + "The next day it rained."
    assert "The next day" not in read(words, codebook)


@pytest.mark.parametrize(
    "text",
    ["for three days", "every Friday", "at 5 p.m.", "next week", "the 1980s", "the third quarter", "now"],
)
def test_what_is_no_day_of_what_happened_does_not_reach_the_coder(text: str, codebook: Codebook) -> None:
    span = [(0, len(text))]
    assert find_all(text, span, SATURDAY, codebook)
    assert find(text, span, SATURDAY, codebook) == ()


def test_the_coder_and_the_command_agree(codebook: Codebook) -> None:
    text = "On Friday, two days after 3 May, at 5 p.m. on 4 May, and last week in Easter 2019."
    span = [(0, len(text))]
    dated = [one.date for one in find_all(text, span, SATURDAY, codebook) if one.date]
    assert dated == [one.date for one in find(text, span, SATURDAY, codebook)]


def _forms() -> list[str]:
    words = english().words
    forms = {form for name in words for form in words[name]}
    return sorted(forms | {"3", "20", "1990", "10:35", ",", "-", ".", "'s", "of", "had been", "“", "\n"})


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(_forms()), max_size=20),
    st.sampled_from([None, SATURDAY, "0001-01-01", "9999-12-31"]),
)
def test_whatever_the_words_everything_is_sound(words: list[str], published: str | None) -> None:
    text, codebook = " ".join(words), load()
    spans = [(0, len(text) // 2), (len(text) // 2, len(text))]
    found = find_all(text, spans, published, codebook)
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert one.value
        assert one.kind in ("DATE", "TIME", "DURATION", "SET")
        end = one.end
        if one.date and one.date.earliest and one.date.latest:
            assert one.date.earliest <= one.date.latest
    json.dumps([one.value for one in found]).encode()
    upper = find_all(text.upper(), spans, published, codebook)
    plain = [(one.start, one.end, one.value) for one in found if "may" not in text and "march" not in text]
    assert not plain or {one[:2] for one in plain} <= {(one.start, one.end) for one in upper}


def test_every_shape_is_a_pattern() -> None:
    assert all(rule.pattern.pattern for rule in english().rules)
