from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.codebook import Codebook
from sayso.times.stamps import Custom, find_stamp, is_unordered, order_of, read_date, told_order

ENGLISH = Codebook(name="test", version="1", language="en", sha256="0" * 64)


@pytest.mark.parametrize(
    ("line", "words", "iso"),
    [
        ("Dora Quill Tue, 09/21/2021 - 12:10", "Tue, 09/21/2021 - 12:10", "2021-09-21T12:10"),
        ("Sunday 25/July/2021 - 05:38 PM", None, "2021-07-25T17:38"),
        ("Sat, 11/21/2020 – 14:05", None, "2020-11-21T14:05"),
        ("   SAN TELMO, 3 JAN 90 -- [TEXT] THE", "3 JAN 90", "1990-01-03"),
        ("Taren, 4 FEB 69 (AFP)", "4 FEB 69", "1969-02-04"),
        ("Taren, 4 FEB 68 (AFP)", "4 FEB 68", "2068-02-04"),
        ("July 20, 2021 5:12 pm", None, "2021-07-20T17:12"),
        ("July 20, 2021 12:12 am", None, "2021-07-20T00:12"),
        ("2021-07-20T09:12:00+04:30", None, "2021-07-20T09:12:00+04:30"),
        ("2021-07-20 09:12", None, "2021-07-20T09:12"),
        ("Published: 20 July 2021, 14:05 GMT", "20 July 2021, 14:05 GMT", "2021-07-20T14:05Z"),
        ("Updated 12:10 GMT, 21 July 2021", "12:10 GMT, 21 July 2021", "2021-07-21T12:10Z"),
        ("Sat, 21 Nov 2020 14:05:00 -0500", None, "2020-11-21T14:05:00-05:00"),
        ("20 July 2021 | 12:30 UTC+3", None, "2021-07-20T12:30+03:00"),
        ("Monday, July 20th 2020 at 9:05am", None, "2020-07-20T09:05"),
        ("11-Nov-16 10:20", None, "2016-11-11T10:20"),
        ("20th of July 2021", None, "2021-07-20"),
        ("21.07.2021 18.30", None, "2021-07-21T18:30"),
        ("5/5/2021", None, "2021-05-05"),  # both readings are the same day
        ("Tue, 09/07/2021", None, "2021-09-07"),  # the 7th of September was a Tuesday, the 9th of July not
        ("July 20, 2021 23 rockets", "July 20, 2021", "2021-07-20"),
        ("July 20, 2021 25:61", "July 20, 2021", "2021-07-20"),  # no hour of a day
        ("05.06.2021, 19:03", None, "2021-06-05T19:03"),  # with dots the day goes first
        ("Sun, 06.05.2018", None, "2018-05-06"),
        ("March 1, 2019 at 9:12 am", None, "2019-03-01T09:12"),
        ("18:22 - 9 November 2015", None, "2015-11-09T18:22"),  # an hour, no period
        ("Bulletin 447 - 2 September 2021", "2 September 2021", "2021-09-02"),
        ("Covering 9 - 15 April 2018, issued 16 April 2018", "16 April 2018", "2018-04-16"),
        ("31 Feb 2020, then 1 March 2020", "1 March 2020", "2020-03-01"),
    ],
)
def test_find_stamp(line: str, words: str | None, iso: str) -> None:
    stamp = find_stamp(line, ENGLISH)
    assert stamp is not None
    assert stamp.iso == iso
    assert line[stamp.start : stamp.end] == (line if words is None else words)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "03/04/2021",  # nothing tells the order
        "Sat, 03/04/2020",  # the 4th of March was a Wednesday, the 3rd of April a Friday
        "On July 20, 15 people were killed",
        "on 20 July 15 people were killed",
        "on 20 July, 15 people were killed",
        "July 20",
        "31 February 2020",
        "13/13/2021",
        "1 May 1645",
        "10.0.0.2021.5",
        "flight 9/11/2021/7",
        "may 2021 bring peace",
        "27-Nov 07:40",  # the hour is no year
        "Covering 9 - 15 April 2018",
        "14 – 20 November 2022",
        "9th to 15th April 2018",
        "28 November - 4 December 2022",
        "November 28 - December 4, 2022",
        "1 March 2018 - 15 March 2018",
        "2018-03-01 to 2018-03-15",
        "Mon 1 March 2021 until Sun 7 March 2021",
        "Sat, 05.06.2018",  # the 5th of June was a Tuesday, the 6th of May a Sunday
    ],
)
def test_no_stamp(line: str) -> None:
    assert find_stamp(line, ENGLISH) is None


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("Wed May 5, 2010 7:12pm BST", "BST"),
        ("5 May 2010, 19:12 (Karsin time)", "Karsin time"),
        ("5 May 2010, 19:12 Nova Karsin time", "Nova Karsin time"),
        ("5 May 2010 19:12 local time", "local time"),
        ("5 May 2010 19:12 (AFP)", None),
        ("5 May 2010 19:12 for the first time", None),
    ],
)
def test_a_zone_told_by_name_alone_is_not_resolved(line: str, zone: str | None) -> None:
    stamp = find_stamp(line, ENGLISH)
    assert stamp is not None
    assert (stamp.iso, stamp.zone) == ("2010-05-05T19:12", zone)
    assert zone is None or stamp.end == len(line)


@pytest.mark.parametrize(
    ("line", "custom", "iso", "zone"),
    [
        ("03/04/2021", Custom("dmy"), "2021-04-03", None),
        ("03/04/2021", Custom("mdy"), "2021-03-04", None),
        ("Sat, 03/04/2021", Custom("mdy"), "2021-04-03", None),  # a Saturday only in April
        ("Thu, 03/04/2021", Custom("dmy"), "2021-03-04", None),  # the weekday goes first
        ("25/03/2021", Custom("mdy"), "2021-03-25", None),  # there is no 25th month
        ("03.04.2021", Custom("mdy"), "2021-04-03", None),
        ("20 July 2021 14:05 EAT", Custom(), "2021-07-20T14:05+03:00", None),
        ("20 July 2021 14:05 AST", Custom(), "2021-07-20T14:05", "AST"),
        ("20 July 2021 14:05 AST", Custom(None, "IRQ"), "2021-07-20T14:05+03:00", None),
        ("20 July 2021 14:05 IST", Custom(None, "IND"), "2021-07-20T14:05+05:30", None),
        ("20 July 2021 14:05 IST", Custom(None, "FRA"), "2021-07-20T14:05", "IST"),
        ("20 July 2021 14:05 UTC+3 EAT", Custom(), "2021-07-20T14:05+03:00", "EAT"),
        ("5:42 pm, May 3, 2023 (Karsin, UTC+3)", Custom(), "2023-05-03T17:42+03:00", None),
        ("٢٠/٠٧/٢٠٢١", Custom(), "2021-07-20", None),
        ("2021-07-20T09:12:00+0430", Custom(), "2021-07-20T09:12:00+04:30", None),
        ("July/20/2021", Custom(), "2021-07-20", None),
    ],
)
def test_the_custom_of_a_page(line: str, custom: Custom, iso: str, zone: str | None) -> None:
    stamp = find_stamp(line, ENGLISH, custom)
    assert stamp is not None
    assert (stamp.iso, stamp.zone) == (iso, zone)


@pytest.mark.parametrize(
    ("lines", "order"),
    [
        (["25/03/2021"], "dmy"),
        (["posted 03/25/2021 by us", "01/02/2021"], "mdy"),
        (["25/03/2021", "03/25/2021"], None),
        (["01/02/2021", "05/05/2021", "2021-03-25", "30/30/2021"], None),
        ([], None),
    ],
)
def test_dates_of_one_reading_tell_the_order(lines: list[str], order: str | None) -> None:
    assert told_order(lines) == order


def test_which_figures_are_two_dates() -> None:
    assert is_unordered("on 03/04/2021")
    assert not any(
        is_unordered(line) for line in ("05/05/2021", "25/03/2021", "2021-03-04", "31/31/2021", "")
    )


@pytest.mark.parametrize(
    ("country", "domain", "order"),
    [
        ("USA", None, "mdy"),
        ("PHL", "x.uk", "mdy"),
        ("PAK", None, "dmy"),
        ("CAN", "x.uk", None),
        (None, "x.com.ng", "dmy"),
        (None, "x.com", None),
        (None, None, None),
    ],
)
def test_where_the_month_goes_first(country: str | None, domain: str | None, order: str | None) -> None:
    assert order_of(country, domain) == order


def test_names_of_months_belong_to_english() -> None:
    other = replace(ENGLISH, language="fr")
    assert find_stamp("20 July 2021", other) is None
    assert find_stamp("2021-07-20", other) is not None


@pytest.mark.parametrize(
    ("given_date", "iso"),
    [
        ("2016-11-11", "2016-11-11"),
        (" 11 Nov 2016 ", "2016-11-11"),
        ("20201121", "2020-11-21"),
        ("20201121T140500Z", "2020-11-21T14:05:00Z"),
        ("20201121T1405", "2020-11-21T14:05"),
        ("2020-11-21T14:05:00.000Z", "2020-11-21T14:05:00Z"),
        ("Sat, 21 Nov 2020 14:05:00 +0000", "2020-11-21T14:05:00+00:00"),
        ("2016", None),
        ("2016-11", None),
        ("yesterday", None),
        ("03/04/2021", None),
        ("2016-11-11 or so", None),
        ("1479000000", None),
        ("2016-11-11" + " " * 200 + "x", None),
    ],
)
def test_read_date(given_date: str, iso: str | None) -> None:
    assert read_date(given_date, ENGLISH) == iso


@settings(max_examples=150)
@given(st.text(alphabet="0123456789/-.:, JulyFebTueapm+TZ", max_size=60))
def test_any_line_has_a_sound_stamp_or_none(line: str) -> None:
    stamp = find_stamp(line, ENGLISH)
    if stamp is not None:
        assert 0 <= stamp.start < stamp.end <= len(line)
        assert read_date(stamp.iso, ENGLISH) == stamp.iso  # what comes out is a date that goes in


@settings(max_examples=60)
@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 12, 31)))
def test_iso_dates_are_read_as_they_stand(moment: datetime) -> None:
    minutes = moment.isoformat(timespec="minutes")
    assert read_date(minutes, ENGLISH) == minutes
