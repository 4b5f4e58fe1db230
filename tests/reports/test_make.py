import pytest

from sayso.codebook import Codebook
from sayso.errors import UsageError
from sayso.model import report_id_of, text_id_of
from sayso.reports import make_report

BODY = "Militants attacked a checkpoint near the town of Karsin on Monday, police there said."
HEAD = "Rockets Hit Karsin Airport, Killing Two"


def test_ids_are_made_of_the_text_and_of_what_is_given_alone(codebook: Codebook) -> None:
    text = f"{HEAD}\n\nBy Ana Bel\n20 July 2021\n\n{BODY}"
    plain = make_report(text, codebook, path="a.txt")
    assert plain.report_id == report_id_of(text_id_of(text), None, None, None, None)
    assert plain.report_id == make_report(text, codebook, path="b.txt", title="T", byline="B").report_id
    given = make_report(text, codebook, id="7", url="u", publisher="p", published="20 July 2021")
    assert given.report_id == report_id_of(text_id_of(text), "7", "u", "p", "20 July 2021")
    assert make_report(text, codebook, id=" ", publisher="").report_id == plain.report_id


@pytest.mark.parametrize(
    ("published", "iso", "notes"),
    [
        ("2016-11-11", "2016-11-11", ()),
        ("11 Nov 2016", "2016-11-11", ()),
        ("2016-11-11T08:00Z", "2016-11-11T08:00Z", ()),
        (
            "2016-11-11 08:00",
            "2016-11-11T08:00",
            ("Published 2016-11-11 08:00 is printed without a time zone.",),
        ),
        ("soon", None, ("No publication date: the one given, 'soon', cannot be read.",)),
    ],
)
def test_a_given_date_goes_before_the_text(
    published: str, iso: str | None, notes: tuple[str, ...], codebook: Codebook
) -> None:
    report = make_report(f"{HEAD}\n\n20 July 2021\n\n{BODY}", codebook, published=published, publisher="P")
    assert (report.published, report.published_from) == (iso, "given" if iso else None)
    assert report.notes == notes


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        ("Ana Bel\n\nMon, 05/17/2021 – 08:30", "2021-05-17T08:30", None),
        ("Published: 20 July 2021", "2021-07-20", None),
        ("Updated: 21 July 2021", None, "2021-07-21"),
        ("Published: 20 July 2021 | Updated: 21 July 2021", "2021-07-20", "2021-07-21"),
        ("TNN Nov 12, 2011, 05.51AM IST DOVRA:", "2011-11-12T05:51+05:30", None),
        ("A day after 20 July 2021", None, None),
        ("The Fall Of Dovra, Told Anew On 20 July 2021", None, None),
        ("03/04/2021", None, None),
        ("03.04.2021, 19:03 | Foreign desk", "2021-04-03T19:03", None),
        ("Posted by Old Heron on March 1, 2019 at 9:12 am", "2019-03-01T09:12", None),
        ("9 November 2015, 18:22 (Karsin time)", "2015-11-09T18:22", None),
        ("10 November 2015, 13:05 (Karsin time) - updated 15:40", "2015-11-10T13:05", None),
        ("10 November 2015 | Updated 11 November 2015", "2015-11-10", "2015-11-11"),
        ("On Sep 6, 2020   In News, Top Stories   By Ana Bel, Dovra", "2020-09-06", None),
        (
            "Compiled in Karsin   |   Published Monday 21 November 2022   |   For subscribers",
            "2022-11-21",
            None,
        ),
        ("21 April 2018   |   By Ana Bel   |   4 min read", "2018-04-21", None),
        ("Covering 9 - 15 April 2018", None, None),
        ("1 March 2018 - 15 March 2018", None, None),
        ("Post of 3 March 2018 @ana | Dovra", None, None),
    ],
)
def test_a_date_in_the_text(
    head: str, published: str | None, updated: str | None, codebook: Codebook
) -> None:
    for text in (f"{HEAD}\n\n{head}\n\n{BODY}", f"{HEAD}\n\n{BODY}\n\n{head}\n"):
        report = make_report(text, codebook)
        assert (report.published, report.updated) == (published, updated)
        assert report.published_from == ("text" if published else None)


def test_a_date_inside_the_article_is_none_of_publication(codebook: Codebook) -> None:
    text = f"{HEAD}\n\nThe war began on 3 March 2019, when rebels took the town of Karsin.\n\n{BODY}"
    report = make_report(text, codebook)
    assert report.published is None
    assert report.notes == (
        "No publisher: neither the input nor the text names one.",
        "No publication date: neither the input nor the text gives one.",
    )


@pytest.mark.parametrize(
    ("line", "published", "byline"),
    [
        ("Posted by Old Heron on March 1, 2019 at 9:12 am", "2019-03-01T09:12", "Old Heron"),
        ("On Sep 6, 2020   In News   By Ana Bel, Dovra", "2020-09-06", "Ana Bel"),
        ("21 April 2018 | By Dov M. Levi | 4 min read", "2018-04-21", "Dov M. Levi"),
    ],
)
def test_a_name_in_the_line_of_the_date_is_the_byline(
    line: str, published: str, byline: str, codebook: Codebook
) -> None:
    report = make_report(f"{HEAD}\n\n{line}\n\n{BODY}", codebook)
    assert (report.published, report.byline, report.title) == (published, byline, HEAD)
    assert [region.kind for region in report.regions] == ["title", "byline", "body"]


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Thursday, Jan 19, 2017 | Some Other Calendar's 20th Day, 1438", "2017-01-19"),
        ("Field notes from the river   20 July 2021", "2021-07-20"),
        ("Field notes from 20 July 2021 | Dovra and the whole valley", None),
        ("Siege begins near the river | 20 July 2021\nSiege ends near the river | 2 August 2021", None),
    ],
)
def test_a_date_that_fills_a_part_of_a_line(line: str, published: str | None, codebook: Codebook) -> None:
    report = make_report(f"{line}\n\n{HEAD}\n\n{BODY}", codebook)
    assert report.published == published
    assert report.title == HEAD or published is None
    assert all(region.kind in ("body", "title", "boilerplate") for region in report.regions)
    # A table below the article tells of what happened, not of the page.
    assert make_report(f"{HEAD}\n\n{BODY}\n\n{line}", codebook).published is None


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ("Karsin, D.C., 2 September 2021. The ministry informs the public that:\n\n{}", "2021-09-02"),
        ("Karsin, 2 September 2021: {}", "2021-09-02"),
        ("Karsin, 2 September 2021. {}\n\nDovra, 4 September. {}", None),  # a chronicle
        ("Karsin, 2 September 2021: {}\n\nNear Dovra, September 4: {}", None),
        ("{}\n\nKarsin, 2 September 2021. {}", None),
        ("The war began on Monday, 2 September 2021. {}", None),
        ("Karsin fell, 2 September 2021. {}", None),
    ],
)
def test_a_dateline_that_a_full_stop_ends(body: str, published: str | None, codebook: Codebook) -> None:
    report = make_report(f"{HEAD}\n\n{body.replace('{}', BODY)}", codebook)
    assert report.published == published
    assert [region.kind for region in report.regions] == ["title", "body"]


def test_a_comment_dates_nothing(codebook: Codebook) -> None:
    text = f"{HEAD}\n\n{BODY}\n\n{BODY}\n\nComments (2) Closed\nMara Jan 20, 2017 08:02am\nSad."
    assert make_report(text, codebook).published is None


def test_a_dateline(codebook: Codebook) -> None:
    text = "   SAN TELMO, 3 JAN 90 (DPA) -- [TEXT] GUERRILLAS ATTACKED THE POLICE\nSTATION."
    report = make_report(text, codebook)
    assert report.published == "1990-01-03"
    assert [(credit.text, credit.outlet) for credit in report.credits] == [
        ("(DPA)", "Deutsche Presse-Agentur")
    ]
    unknown = make_report(text.replace("DPA", "RADIO KARSIN"), codebook)
    assert [(credit.text, credit.outlet) for credit in unknown.credits] == [("(RADIO KARSIN)", None)]


@pytest.mark.parametrize(
    ("line", "credits_", "byline"),
    [
        ("Via Southfront.org,", [("Via Southfront.org", "South Front")], None),
        ("Via karsinpost.net", [("Via karsinpost.net", None)], None),
        ("Articles by: South Front", [("Articles by: South Front", "South Front")], "South Front"),
        ("Smoke over Dovra on Monday, via Reuters.", [("via Reuters", "Reuters")], None),
        (
            "As the Wall Street Journal notes, it was not the first.",
            [("As the Wall Street Journal notes", "The Wall Street Journal")],
            None,
        ),
        ("Troops left the town. (AFP)", [("(AFP)", "Agence France-Presse")], None),
        (
            "Originally published at The Guardian.",
            [("Originally published at The Guardian", "The Guardian")],
            None,
        ),
        ("Tyler Durden", [("Tyler Durden", "ZeroHedge")], "Tyler Durden"),
        ("By Ana Bel and Dov Levi", [], "Ana Bel and Dov Levi"),
        ("By Reuters", [("Reuters", "Reuters")], "Reuters"),
        ("As the governor notes, Reuters was not there at all.", [], None),
        ("Nobody knew of Reuters there.", [], None),
        ("Reuters said that nobody knew.", [("Reuters said", "Reuters")], None),
        ("A clerk told Reuters that nobody knew.", [("told Reuters", "Reuters")], None),
        ("Time told, and the independent guardian said so.", [], None),
    ],
)
def test_credits_and_bylines(
    line: str, credits_: list[tuple[str, str | None]], byline: str | None, codebook: Codebook
) -> None:
    report = make_report(f"{HEAD}\n\n{line}\n\n{BODY}\n\n{BODY[:-1]} again.", codebook)
    found = [(credit.text, credit.outlet) for credit in report.credits]
    assert found == credits_
    assert report.byline == byline


def test_a_name_beside_the_date_is_the_byline(codebook: Codebook) -> None:
    report = make_report(f"{HEAD}\n\nMon, 05/17/2021 - 08:30\nReuters\nAna Bel\n\n{BODY}", codebook)
    assert report.byline == "Ana Bel"
    assert make_report(report.text, codebook, byline="Dov Levi").byline == "Dov Levi"


def test_half_a_character_is_refused(codebook: Codebook) -> None:
    with pytest.raises(UsageError, match="offset 2"):
        make_report("ab\ud800", codebook)
