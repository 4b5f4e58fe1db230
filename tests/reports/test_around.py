"""What stands around an article in the manners of many programs: comments, heads, what speaks to readers."""

import pytest

from sayso.codebook import Codebook
from sayso.model import Report
from sayso.reports import make_report

TITLE = "Rebels seize the mill at Dovra"
ARTICLE = """Armed men took the mill at Dovra on Thursday night and held the guards, the owner said.
Two guards were beaten and a third was missing, according to the police in the town.
The army said that it would retake the mill before the harvest begins in the valley."""
FOOT = "Most read\nFloods close the bridge\nPrices of flour rise\n© 2019 Dovra Post"


def kinds(report: Report, lines: str) -> list[str]:
    """The kind of each of these lines, which stand one below the other in the report."""
    at = report.text.index(lines)
    found: list[str] = []
    for line in lines.split("\n"):
        found.append(next(one.kind for one in report.regions if one.start <= at < one.end))
        at += len(line) + 1
    return found


@pytest.mark.parametrize(
    ("above", "thread", "below"),
    [
        ("2 comments", "Anonymous said...\nIt was no better last year.\nMay 3, 2019 at 2:05 PM", ""),
        ("Responses (2)", "Marko\nMay 3, 2019\nIt was no better.\nReply\nIda\nMay 3, 2019\nno\nReply", ""),
        ("Comments", "vild77\n3h\nit was no better\nLike\nReply\nIda\n2h\nnobody cares\nLike\nReply", ""),
        ("Share", "@vild77\n2 years ago\nit was no better\nReply\n@ida\n1 year ago\nno\nReply", ""),
        ("Share", "vild77 · 3 yr. ago\nIt was no better.\nida · 2 yr. ago\nnobody cares", ""),
        ("Comments", "Marko said at 3-May 07:40\nNo better!!!\nIda said at 3-May 08:15\nPlease help", ""),
        ("Comments", "Marko • 2 years ago\nNo.\nReply\nIda • 2 years ago\nYes.\nReply", "More newsletters"),
    ],
)
def test_comments_end_where_the_last_one_does(
    above: str, thread: str, below: str, codebook: Codebook
) -> None:
    tail = "\n".join(filter(None, [below, FOOT]))
    report = make_report(f"{TITLE}\nBy Ana Bel\n{ARTICLE}\n{above}\n{thread}\n{tail}", codebook)
    assert set(kinds(report, ARTICLE)) == {"body"}
    assert set(kinds(report, thread)) == {"comment"}
    assert "comment" not in kinds(report, tail)


def test_other_articles_with_their_age_are_no_comments(codebook: Codebook) -> None:
    links = "Fog delays morning ferries again\n1 hour ago\nThousands march over power bills\n3 hours ago"
    report = make_report(f"{TITLE}\nBy Ana Bel\n{ARTICLE}\nLatest news\n{links}\n{FOOT}", codebook)
    assert set(kinds(report, links)) == {"boilerplate"}


@pytest.mark.parametrize(
    "head",
    [
        "Dovra Post\nNews and Analysis\nCulture and Sport\nNews and Analysis\n{}\nby Ana Bel\nMay 3, 2019",
        "Dovra Post\nTRENDING\nFloods at Tarn\nPolice arrest mayor\nRegion\n{}\nAna Bel 3 May 2019",
        "Dovra Post\nRegion\n{}\nThe owner says that three guards were beaten\nAna Bel\nMay 3, 2019",
        "DOVRA CHRONICLE ARCHIVE -- scanned text\n{}\n3 May 2019",
        "Home\nWorld\n{}\nAna Bel in Tarn and Dov Levi in Dovra\nFri 3 May 2019",
    ],
)
def test_the_headline_among_other_lines_above_the_article(head: str, codebook: Codebook) -> None:
    assert make_report(f"{head.format(TITLE)}\n{ARTICLE}\n", codebook).title == TITLE


def test_the_date_beside_the_headline_goes_before_the_one_among_menus(codebook: Codebook) -> None:
    menu = "Saturday, May 4, 2019\nAbout\nContact\nNews\nPolitics\nSports"
    report = make_report(f"{menu}\n{TITLE}\nBy Ana Bel\nMay 3, 2019\n{ARTICLE}\n", codebook)
    assert report.published == "2019-05-03"


def test_a_headline_may_end_with_a_full_stop(codebook: Codebook) -> None:
    report = make_report(f"Home\nWorld\n{TITLE}.\nAna Bel\n3 May 2019\n{ARTICLE}\n", codebook)
    assert (report.title, report.byline) == (f"{TITLE}.", "Ana Bel")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("We are on Telegram and Instagram. Find our channels below.", "boilerplate"),
        ("When using materials, a hyperlink to the Post is obligatory.", "boilerplate"),
        ("We will update this story as we learn more.", "boilerplate"),
        ("Cheap flights and hotels in Tarn for $40!", "advertisement"),
        ("The US said the site of the blast was near a page of its embassy's map.", "body"),
        ("You could see smoke from the bridge and from the hospital.", "body"),
        ("We lost everything, a farmer said of his mill and his store.", "body"),
    ],
)
def test_what_speaks_to_readers_of_what_a_page_offers(line: str, kind: str, codebook: Codebook) -> None:
    first, rest = ARTICLE.split("\n", 1)
    report = make_report(f"{TITLE}\nBy Ana Bel\n\n{first}\n\n{line}\n\n{rest}\n", codebook)
    assert kinds(report, line) == [kind]


@pytest.mark.parametrize(
    ("text", "url", "publisher", "told_by"),
    [
        (
            f"{TITLE}\n3 May 2019\n{ARTICLE}\nThe Karm Line team\neditor@karmline.example",
            None,
            "Karm Line",
            "text",
        ),
        (f"{TITLE} - Karmline\nHome\n{TITLE}\n3 May 2019\n{ARTICLE}", None, "Karmline", "text"),
        (f"{TITLE}\nAFP\n3 May 2019\n{ARTICLE}\nKarm Today, P.O. Box 12, Karm", None, "Karm Today", "text"),
        (f"{TITLE}\n{ARTICLE}\nMore from Karm Line", "https://www.karmline.example/1", "Karm Line", "text"),
        (f"{TITLE}\n{ARTICLE}", "https://www.reuters.com/world/1", "Reuters", "metadata"),
        (f"{TITLE}\nDOVRA, May 3 (Karm Press) - {ARTICLE}", None, "Karm Press", "text"),
    ],
)
def test_the_publisher(text: str, url: str | None, publisher: str, told_by: str, codebook: Codebook) -> None:
    report = make_report(text, codebook, url=url)
    assert (report.publisher, report.publisher_from) == (publisher, told_by)
