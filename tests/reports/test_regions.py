import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.codebook import Codebook, load
from sayso.model import Report
from sayso.reports import make_report

BODY = "Militants attacked a checkpoint near the town of Karsin on Monday, police there said."
MORE = "Two soldiers were killed and four others were hurt, according to the governor's office."
PAGE = f"Rockets Hit Karsin Airport, Killing Two\n\n{BODY}\n\n{{}}\n\n{MORE}\n"


def kind_of(report: Report, words: str) -> str:
    at = report.text.index(words)
    return next(region.kind for region in report.regions if region.start <= at < region.end)


def labelled(report: Report) -> list[tuple[str, str]]:
    return [(region.kind, report.text[region.start : region.end]) for region in report.regions]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Fight The Blackout, Share This Post!", "boilerplate"),
        ("Follow us on Telegram at @karsinnews", "boilerplate"),
        ("Subscribe to our newsletter", "boilerplate"),
        ("Copyright 2019 Karsin Media. All rights reserved.", "boilerplate"),
        ("<!–[if IE 8]><![endif]–>", "boilerplate"),
        ("We use cookies to make this page work.", "boilerplate"),
        ("Disclaimer: the views in this article are those of its author. " * 8, "boilerplate"),
        ("READ MORE: Earlier attack in Dovra", "boilerplate"),
        ("ADVERTISEMENT", "advertisement"),
        ("Smoke rises over the runway on Monday, via Reuters.", "caption"),
        ("Image copyright AFP Image caption The gate was destroyed", "caption"),
        ("Correction: an earlier version gave the wrong day of the attack.", "correction"),
        ("(Reporting by Ana Bel; Editing by Dov Levi)", "byline"),
        ("By Ana Bel, Karsin Post", "byline"),
        ("Updated: 21 July 2021, 14:05", "byline"),
    ],
)
def test_a_line_is_what_its_wording_shows(line: str, kind: str, codebook: Codebook) -> None:
    report = make_report(PAGE.format(line), codebook)
    assert kind_of(report, line.strip()) == kind
    assert kind_of(report, BODY) == kind_of(report, MORE) == "body"


@pytest.mark.parametrize(
    "line",
    [
        "By Friday, rebels controlled the whole town.",
        "By Monday Morning, they were gone.",
        "Reports from Karsin said ten people were killed.",
        "Sources in the army said that ten people were killed.",
        "Created in 2004, the militia has 3,000 fighters.",
        "UPDATE: Police say that two more people have died.",
        "Militants share the video of the killing on the internet.",
        "Register offices in three towns were burnt down.",
        "They came by road, via Dovra.",
        "Via Dovra they reached the border.",
        "Responses",
        "It happened on 20 July 2021.",
        "Kabul",
    ],
)
def test_what_may_be_reporting_stays_body(line: str, codebook: Codebook) -> None:
    assert kind_of(make_report(PAGE.format(line), codebook), line) == "body"


def test_a_page_with_everything(codebook: Codebook) -> None:
    page = (
        "0 €\n1,250 €\n\nShells Fall On Dovra Market\n\nHelp Karsin Post Now\n\n"
        "Shells Fall On Dovra Market\n\n"
        f"Ana Bel\nMon, 05/17/2021 - 08:30\nطباعة\n\n{BODY}\n\n{MORE}\n\nHelp Karsin Post Now\n\n"
        "View all comments\n\nThey should all be bombed, every one of them.\n\nMara\n"
    )
    assert labelled(make_report(page, codebook)) == [
        ("boilerplate", "0 €\n1,250 €"),
        ("title", "Shells Fall On Dovra Market"),
        ("boilerplate", "Help Karsin Post Now"),
        ("title", "Shells Fall On Dovra Market"),
        ("byline", "Ana Bel\nMon, 05/17/2021 - 08:30"),
        ("boilerplate", "طباعة"),
        ("body", f"{BODY}\n\n{MORE}"),
        ("boilerplate", "Help Karsin Post Now\n\nView all comments"),
        ("comment", page[page.index("They should") :].strip()),
    ]


def test_comments_announced_above_the_article_do_not_swallow_it(codebook: Codebook) -> None:
    report = make_report(f"Rockets Hit Karsin Airport\n\nView all comments\n\n{BODY}\n\n{MORE}", codebook)
    assert kind_of(report, BODY) == kind_of(report, MORE) == "body"


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY} {MORE} " * 20,
        BODY.upper(),
        "Photo KARSIN, Sorvia -- Rebels struck the airport, " + f"{BODY} {MORE} " * 4,
        "Image caption A gate Share this post Rebels struck the airport, " + f"{BODY} {MORE} " * 4,
        (
            "   SAN TELMO, 3 JAN 90 (DPA) -- [TEXT] GUERRILLAS ATTACKED THE POLICE\n"
            "STATION OF THE TOWN LAST NIGHT AND WITHDREW TOWARD THE HILLS WHERE\n"
            "THE ARMY PURSUES THEM.\n\n"
            "   VIA REUTERS IT WAS LEARNED THAT TWO OFFICERS WERE WOUNDED WHILE THEY\n"
            "WERE DEFENDING THE BUILDING, AND THAT THE DAMAGE WILL BE SHARED BY THE\n"
            "COMMUNITY.\n"
        ),
    ],
)
def test_a_text_that_is_no_page_is_all_body(text: str, codebook: Codebook) -> None:
    report = make_report(text, codebook)
    assert {region.kind for region in report.regions} == {"body"}
    assert report.title is None


def test_a_hard_wrapped_paragraph_is_one_unit_and_keeps_its_headline(codebook: Codebook) -> None:
    text = (
        "REBELS SEIZE BRIDGE NEAR KARSIN\n\n"
        "Rebels seized the bridge over the river near the town of Karsin on\n"
        "Monday after two days of fighting in which, the governor said, as\n"
        "many as ten soldiers lost their lives; the army has not said so.\n"
    )
    assert [kind for kind, _ in labelled(make_report(text, codebook))] == ["title", "body"]


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (f"Shells fall on Dovra market\n{BODY}", None, "Shells fall on Dovra market"),
        (
            f"Video: Was The Army Behind The Attack On Dovra? Rebels Deny It, Too, Again?\n\n{BODY}",
            None,
            "Video: Was",
        ),
        (
            f"More On This Today\n\nShells fall on Dovra\n\n{BODY}",
            "Shells Fall  On Dovra",
            "Shells Fall  On Dovra",
        ),
        (f"{BODY}\n\n{MORE}", "Given And Not Printed", "Given And Not Printed"),
        (f"{BODY}\n\n{MORE}", None, None),
        ("MADISON, Wis. -\n" + BODY, None, None),
        ("a line that begins small\n" + BODY, None, None),
    ],
)
def test_the_title(text: str, title: str | None, expected: str | None, codebook: Codebook) -> None:
    report = make_report(text, codebook, title=title)
    assert (report.title or "").startswith(expected or "")
    assert (report.title is None) == (expected is None)
    printed = [words for kind, words in labelled(report) if kind == "title"]
    if title == "Given And Not Printed" or expected is None:
        assert printed == []
    else:
        assert len(printed) == 1
        assert printed[0].lower().split()[:2] == (expected or "").lower().split()[:2]


NEWS = "Shells fall on Dovra market, three traders dead"


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        ("Karsin Post | Home | City | Bazaar prices | Contact", ["boilerplate"]),
        ("World | Asia | Conflict", ["boilerplate"]),
        ("Menu   Search   Sign in", ["boilerplate"]),
        ("Home > Security > Dovra", ["boilerplate"]),
        ("Home / Regions / Dovra", ["boilerplate"]),
        ("E-PAPER   TODAY'S PAPER   LETTERS   CLASSIFIEDS", ["boilerplate"]),
        ("Donate now | Work with us | Arabic version below", ["boilerplate"]),
        ("You have 2 free articles left this month", ["boilerplate"]),
        ("Bulletin No. 0447", ["boilerplate"]),
        ("Harvest prices | River levels | Ferry times", ["boilerplate"]),
        ("Independent - Reader funded - Since 2011", ["boilerplate"]),
        ("Item 3318   Sorvia / Dovra", ["boilerplate"]),
        ("Free Karsin News", ["boilerplate"]),
        ("REPUBLIC OF SORVIA\nMINISTRY OF THE INTERIOR", ["boilerplate"]),
        ("KARSIN VALLEY CONFLICT DESK\nopen-source monitoring | no funding from anyone", ["boilerplate"]),
        ("Karsin Daily Reader\n\nHome / Regions / Dovra", ["boilerplate"]),
    ],
)
def test_what_stands_above_the_headline_is_not_the_headline(
    head: str, kinds: list[str], codebook: Codebook
) -> None:
    report = make_report(f"{head}\n\n{NEWS}\n\n{BODY}\n\n{MORE}", codebook)
    assert report.title == NEWS
    assert [kind for kind, _ in labelled(report)] == [*kinds, "title", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Rebels Seize Dovra",
        "Five Dead In Dovra",
        "DOVRA BOMBED AGAIN",
        "Truce in Dovra ends",
        "Live | Rebels enter Dovra town | Video",
        "Dovra: 5 killed | 10 wounded | Home guard blamed",
    ],
)
def test_a_headline_stays_where_it_is(line: str, codebook: Codebook) -> None:
    deck = "Governor speaks of a dark day for the whole of the valley"
    report = make_report(f"{line}\n\n{deck}\n\n{BODY}\n\n{MORE}", codebook)
    assert kind_of(report, line) in ("title", "body") or "|" in line
    alone = make_report(f"{line}\n\n{BODY}\n\n{MORE}", codebook)
    assert alone.title == line
    if "|" not in line:
        assert report.title == line


def test_the_name_of_a_house_is_the_title_where_nothing_else_is(codebook: Codebook) -> None:
    assert make_report(f"Karsin Weekly Brief\n\n{BODY}", codebook).title == "Karsin Weekly Brief"


def test_links_inside_the_article_stay_body(codebook: Codebook) -> None:
    line = "Home | Harvest | River"
    assert kind_of(make_report(PAGE.format(line), codebook), line) == "body"
    assert kind_of(make_report(f"{PAGE.format('***')}\n{line}", codebook), line) == "boilerplate"


def test_short_lines_in_a_block_are_no_paragraph(codebook: Codebook) -> None:
    text = (
        "UPPER KARSIN LISTENING SERVICE FOR\n"
        "DAILY TRANSCRIPT NO. 229 / 2017\n"
        "SOURCE: RADIO DOVRA, IN SORVIAN, 1700 GMT\n\n"
        "SORVIA: ARMY RETAKES DOVRA TWO DAYS AFTER\n"
        "LOSING IT TO THE REBELS\n\n"
        "THE ARMY RECAPTURED THE TOWN OF DOVRA IN THE NORTH\n"
        "ON THURSDAY AFTERNOON, TWO DAYS AFTER THE REBELS\n"
        "OVERRAN IT, A MILITARY OFFICER TOLD THE STATION IN\n"
        "KARSIN.\n"
    )
    report = make_report(text, codebook)
    assert report.title == "SORVIA: ARMY RETAKES DOVRA TWO DAYS AFTER LOSING IT TO THE REBELS"
    assert [kind for kind, _ in labelled(report)] == ["boilerplate", "byline", "title", "body"]


ARTICLE = f"{NEWS}\n\n20 July 2021\n\n{BODY}\n\n{MORE}\n\n{{}}\n"


@pytest.mark.parametrize(
    ("below", "kinds"),
    [
        ("More on this topic:\nShells fall on Dovra again\nThree dead in Taren blast", ["boilerplate"] * 3),
        ("Around the web\nSeven shoes that doctors wear", ["advertisement"] * 2),
        ("© 2021 Karsin Post\nImprint and data", ["boilerplate"] * 2),
        ("3 comments\nMara\n2 hours ago\nThey bombed Taren too.\nReply", ["boilerplate", *["comment"] * 4]),
        # Nothing announces these, but names and moments do.
        (
            "Mara\n21 July 2021, 10:02\nThey bombed us too.\nOld Heron\n21 July 2021, 11:40\nLies.",
            ["comment"] * 6,
        ),
        (
            "2 comments\nMara: so sad.\n© 2021 Karsin Post\nFerry times",
            ["boilerplate", "comment"] + ["boilerplate"] * 2,
        ),
        # What may be the article's own last lines.
        ("– two in Taren\n– three in Dovra", ["body"] * 2),
        ("Taren: 2 killed\nDovra: 3 killed", ["body"] * 2),
        ("They left.", ["body"]),
        ("Correction\nThe blast was in Taren and not in Dovra.", ["correction"] * 2),
        ("(AFP)", ["byline"]),
    ],
)
def test_what_stands_below_the_article(below: str, kinds: list[str], codebook: Codebook) -> None:
    report = make_report(ARTICLE.format(below), codebook)
    start = report.text.index(MORE) + len(MORE)
    assert [kind_of(report, line) for line in below.split("\n")] == kinds
    assert kind_of(report, BODY) == kind_of(report, MORE) == "body"
    assert all(region.kind != "title" for region in report.regions if region.start > start)


def test_entries_of_a_live_blog_are_no_comments(codebook: Codebook) -> None:
    entries = "".join(
        f"2{hour} July 2021, 10:0{hour}\n\nShells fell on street {hour} of Dovra.\n\n" for hour in range(5)
    )
    report = make_report(ARTICLE.format(entries), codebook)
    assert "comment" not in {region.kind for region in report.regions}


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        ("“We buried nine of them at dawn, and two went to the hospital.”", ["quotation"]),
        ('"We buried nine of them at dawn.\n"Two went to the hospital."', ["quotation"] * 2),
        (
            '"We buried nine of them at dawn.\nTwo went to the hospital."\nThe army did not answer.',
            ["quotation"] * 2 + ["body"],
        ),
        ("“We buried nine of them,” the trader said on Monday morning.", ["body"]),
        ('The "mayor" of Dovra was not there, and nobody said "why".', ["body"]),
        (
            (
                "As The Wall Street Journal notes, the rebels were not far\n"
                "The army has blamed the rebels for all of it.\nIt has not said more."
            ),
            ["body", "quotation", "body"],
        ),
        (
            (
                "The governor told the men of the town:\n"
                "I know who you are, and I know who gave you these guns and this money."
            ),
            ["body", "quotation"],
        ),
    ],
)
def test_quotations(lines: str, kinds: list[str], codebook: Codebook) -> None:
    text = PAGE.format(lines.replace("\n", "\n\n"))
    report = make_report(text, codebook)
    assert [kind_of(report, line) for line in lines.split("\n")] == kinds
    assert kind_of(report, MORE) == "body"


def test_a_menu_of_any_length_stands_above_the_headline(codebook: Codebook) -> None:
    menu = "\n".join(f"Section {number}" for number in range(40))
    report = make_report(f"{menu}\n{NEWS}\n{BODY}\n{MORE}", codebook)
    assert report.title == NEWS
    assert [kind for kind, _ in labelled(report)] == ["boilerplate", "title", "body"]


def test_who_wrote_it_is_no_reporting_below_the_article(codebook: Codebook) -> None:
    about = "Ana Bel covers the valley for the paper and has lived there since 2009."
    report = make_report(f"{NEWS}\n\nBy Ana Bel\n\n{BODY}\n\n{MORE}\n\nAna Bel\n{about}", codebook)
    assert kind_of(report, about) == "boilerplate"
    assert report.byline == "Ana Bel"


ALPHABET = st.one_of(
    st.sampled_from(
        [
            "\n",
            "\n\n",
            "\r\n",
            " ",
            "\u00a0",
            "By Ana Bel",
            "Via Reuters,",
            "View all comments",
            "20 July 2021",
            "Share this post!",
            "© 2021 Karsin Post",
            "Reply",
            "More on this topic:",
            '"',
            "Mara\n2 hours ago\n",
            "Home | City | Contact",
            " | ",
            "   ",
            " - updated 15:40",
            "Karsin, 2 September 2021. ",
            "Shells Fall On Dovra",
            BODY,
            "x" * 70 + "\n",
            "\u2028",
            "***",
            "0 $",
            "İ",
            "طباعة",
        ]
    ),
    st.text(max_size=12),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ALPHABET, max_size=25).map("".join))
def test_regions_are_sound_and_the_text_is_untouched(text: str) -> None:
    report = make_report(text, load())
    assert report.text == text
    end = 0
    for region in report.regions:
        assert end <= region.start < region.end <= len(text)
        assert not text[end : region.start].strip()  # whatever is no blank has a label
        assert text[region.start : region.end] == text[region.start : region.end].strip()
        end = region.end
    assert not text[end:].strip()
    for credit in report.credits:
        assert text[credit.start : credit.end] == credit.text
    assert make_report(text, load()) == report
