import re
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.codebook import Codebook, load
from sayso.model import Inferred
from sayso.times import TimeExpression, find, interval

SATURDAY = "2020-11-21"


def read(text: str, codebook: Codebook, published: str | None = SATURDAY) -> dict[str, str | None]:
    """The words of each expression and its EDTF, the whole text one sentence."""
    found = find(text, [(0, len(text))], published, codebook)
    return {text[one.start : one.end]: one.date.edtf for one in found}


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        ("On 20 July 2019 it began", "20 July 2019", "2019-07-20"),
        ("on July 20th", "July 20th", "2020-07-20"),
        ("on Nov. 21, 2020.", "Nov. 21, 2020", "2020-11-21"),
        ("21/July/2019 - 05:38 PM", "21/July/2019", "2019-07-21"),
        ("2019-07-20", "2019-07-20", "2019-07-20"),
        ("August 26th, as troops left", "August 26th", "2020-08-26"),
        ("OSLO, 3 JAN 90 -- TROOPS", "3 JAN 90", "1990-01-03"),
        ("the bombing of 4\nJANUARY 1990", "4\nJANUARY 1990", "1990-01-04"),
        ("one of September 19th's blasts", "September 19th", "2020-09-19"),
        ("Sat, 11/21/2020 – 14:05", "Sat, 11/21/2020", "2020-11-21"),
        ("on the 3rd of May", "3rd of May", "2020-05-03"),
        ("on July 19-20", "July 19-20", "2020-07-19/2020-07-20"),
        ("between 3 and 5 January 2019", "3 and 5 January 2019", "2019-01-03/2019-01-05"),
        ("It fell on December 12", "December 12", "2019-12-12"),  # the last one before publication
        ("On Sunday, July 20, shells fell", "Sunday, July 20", "2014-07-20"),  # the year the weekday fits
        ("in March 2020", "March 2020", "2020-03"),
        ("most recently in December", "December", "2019-12"),
        ("in early February 2020", "early February 2020", "2020-02-01/2020-02-10"),
        ("in mid-October", "mid-October", "2020-10-11/2020-10-20"),
        ("late in February 2020", "late in February 2020", "2020-02-21/2020-02-29"),
        ("in June last year", "June last year", "2019-06"),
        ("Earlier this month an attack", "Earlier this month", "2020-11-01/2020-11-21"),
        ("this week", "this week", "2020-11-16/2020-11-21"),
        ("last week", "last week", "2020-11-09/2020-11-15"),
        ("last month", "last month", "2020-10"),
        ("last year", "last year", "2019"),
        ("on Saturday", "Saturday", "2020-11-21"),  # published on a Saturday: that day
        ("on Sunday", "Sunday", "2020-11-15"),
        ("last Saturday", "last Saturday", "2020-11-14"),
        ("late Friday night", "late Friday night", "2020-11-20"),
        ("yesterday", "yesterday", "2020-11-20"),
        ("overnight", "overnight", "2020-11-20/2020-11-21"),
        ("over the weekend", "the weekend", "2020-11-14/2020-11-15"),
        ("three days ago", "three days ago", "2020-11-18"),
        ("2 months ago", "2 months ago", "2020-09"),
        ("in 2015", "2015", "2015"),
        ("the 1994 massacre", "1994", "1994"),
        ("in early 2019", "early 2019", "2019-01-01/2019-04-30"),
        ("during Eid al-Fitr", "Eid al-Fitr", "2020-05-24/2020-05-26"),
        ("on Christmas Day 2019", "Christmas Day 2019", "2019-12-25"),
    ],
)
def test_an_expression_and_its_days(text: str, words: str, edtf: str, codebook: Codebook) -> None:
    assert read(text, codebook) == {words: edtf}


@pytest.mark.parametrize(
    "text",
    [
        "They may march for a second time.",
        "next Monday and on the same day",
        "two days earlier",
        "The talks will resume on Monday.",
        "Bloody Sunday",
        "“We were hit today and on Friday,” she said.",
        '"We will answer tonight,"',
        "He drove 2015 km with 1990 others, of 2015 people.",
        "on 12 December 2020",  # after publication
        "the 1990s",
        "at 11:21",
        "flight 20-21-2020",
        "on February 30",
        "every Friday",
        "2021-13-45",
    ],
)
def test_no_expression_that_can_be_told(text: str, codebook: Codebook) -> None:
    assert read(text, codebook) == {}


def test_a_number_after_in_and_a_month_is_a_count(codebook: Codebook) -> None:
    assert read("In March 20 people died.", codebook) == {"March": "2020-03"}


def test_the_day_after_publication_is_allowed_for_zones(codebook: Codebook) -> None:
    assert read("on November 22", codebook) == {"November 22": "2020-11-22"}
    assert read("A town fell on November 23", codebook) == {}


def test_without_publication_only_what_needs_none(codebook: Codebook) -> None:
    text = "Yesterday, on Saturday and last week; on April 14; in 2015; in May; in May 2019."
    assert read(text, codebook, None) == {
        "April 14": "XXXX-04-14",
        "2015": "2015",
        "May": "XXXX-05",
        "May 2019": "2019-05",
    }


def test_publication_that_is_no_date_is_none(codebook: Codebook) -> None:
    assert read("yesterday, in 2015", codebook, "last Tuesday") == {"2015": "2015"}


def test_a_holiday_in_the_sentence_gives_the_year(codebook: Codebook) -> None:
    text = "They prayed for Eid al-Adha on July 20th. On July 19 a town fell. It was April 14."
    spans = [sentence.span() for sentence in re.finditer(r"[^.]+\.", text)]
    found = {text[one.start : one.end]: one.date for one in find(text, spans, None, codebook)}
    assert found["July 20th"].earliest == "2021-07-20"
    assert found["July 20th"].inferred == Inferred((), "times/holiday")
    assert found["July 19"].inferred == Inferred((), "times/anchor")
    assert found["April 14"].earliest is None
    assert found["April 14"].precision == "unknown"


def test_a_weekday_gives_the_year_where_one_alone_fits(codebook: Codebook) -> None:
    text = "On Sunday, September 19, and in 2021"
    found = find(text, [(0, len(text))], None, codebook)
    assert found[0].date.earliest == "2021-09-19"
    assert found[0].date.inferred == Inferred((), "times/weekday")


def test_no_expression_crosses_the_end_of_a_sentence(codebook: Codebook) -> None:
    text = "It was July 20, 2019 to the day"
    cut = text.index("20,")
    found = find(text, [(0, cut), (cut, len(text))], SATURDAY, codebook)
    assert [text[one.start : one.end] for one in found] == ["July", "2019"]


@pytest.mark.parametrize(
    ("days", "precision"),
    [
        *((1, "day"), (2, "days"), (6, "days"), (7, "week"), (10, "week"), (11, "month"), (31, "month")),
        *((32, "season"), (120, "season"), (366, "year")),
    ],
)
def test_precision_follows_from_the_length(days: int, precision: str) -> None:
    first = date(2020, 1, 1)
    assert interval(first, first + timedelta(days=days - 1)).precision == precision


def test_an_interval_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        interval(date(2020, 1, 2), date(2020, 1, 1))


WORDS = st.sampled_from(
    [
        *(
            "July",
            "20",
            ",",
            "2019",
            "in",
            "the",
            "last",
            "this",
            "Monday",
            "weekend",
            "early",
            "3",
            "JAN",
            "90",
        ),
        *("-", "/", "May", "21", "ago", "days", "two", "“", "”", "\n", "Eid al-Adha", "Eid", "of", "to"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=25), st.sampled_from([None, SATURDAY, "2024-02-29T10:00Z"]))
def test_whatever_the_words_expressions_are_sound(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    found = find(text, [(0, len(text))], published, load())
    assert found == find(text, [(0, len(text))], published, load())
    check_sound(found, len(text))


def check_sound(found: tuple[TimeExpression, ...], length: int) -> None:
    end = 0
    for one in found:
        assert end <= one.start < one.end <= length
        end = one.end
        assert (one.date.earliest or "") <= (one.date.latest or "")
        assert one.date.edtf is not None


@pytest.mark.parametrize(
    "unit",
    [
        "July ",
        "20 ",
        "early ",
        "in July 20 ",
        "“",
        "Sunday, ",
        "1/1/",
        "\n ",
        "last ",
        "eid al-",
        " " * 50 + "a",
    ],
)
def test_a_hostile_text_takes_linear_time(unit: str, codebook: Codebook) -> None:
    text = unit * (200_000 // len(unit))
    begin = time.process_time()
    find(text, [(0, len(text))], SATURDAY, codebook)
    assert time.process_time() - begin < 10  # quadratic would take minutes
