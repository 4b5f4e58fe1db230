"""Web pages: all that is seen is kept, the markup says what it is, and the page what it says of itself."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.codebook import Codebook
from sayso.model import REPORTING, Report
from sayso.reports import make_report
from sayso.reports.document import UnreadableError
from sayso.reports.readers.html import decode, read
from tests.reports.making import PAGE

MOST = 500_000
LD = '<script type="application/ld+json">'
SENTENCE = "Two soldiers were killed near the bridge of Karsin on Monday evening, the army said."


def report_of(page: str | bytes, codebook: Codebook) -> Report:
    data = page.encode() if isinstance(page, str) else page
    document = read(data, MOST)
    return make_report(document.text, codebook, document=document, raw=data, reader="html/1")


def kind_of(report: Report, words: str) -> str:
    at = report.text.index(words)
    return next(region.kind for region in report.regions if region.start <= at < region.end)


@pytest.fixture(scope="module")
def report() -> Iterator[Report]:
    from sayso.codebook import load

    return report_of(PAGE, load())  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Home World", "boilerplate"),
        ("Buy a bicycle", "advertisement"),
        ("Rockets hit Charda", "title"),
        ("By Ana Cruz", "byline"),
        ("Seven rockets hit", "body"),
        ("Smoke rises", "caption"),
        ("We heard seven blasts", "quotation"),
        ("Ten die as a bomb", "boilerplate"),
        ("The Taliban denied", "body"),
        ("This is a lie", "comment"),
        ("Copyright 2021", "boilerplate"),
    ],
)
def test_the_markup_says_what_a_part_is(report: Report, words: str, kind: str) -> None:
    assert kind_of(report, words) == kind


def test_a_page_tells_of_itself(report: Report) -> None:
    assert (report.title, report.publisher, report.byline) == (
        "Rockets hit Charda",
        "Karsin Herald",
        "Ana Cruz",
    )
    assert report.url == "https://herald.example/charda"
    assert (report.published, report.published_from) == ("2021-07-20T09:12:00+04:30", "metadata")
    assert report.updated == "2021-07-21T08:00:00+04:30"
    assert report.reader == "html/1"


def test_nothing_hidden_is_in_the_text(report: Report) -> None:
    for words in ("var x", "color: red", "Not seen", "datePublished"):
        assert words not in report.text


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ('<meta property="article:published_time" content="2020-02-03T10:00:00Z">', "2020-02-03T10:00:00Z"),
        ('<meta name="pubdate" content="2020-02-03">', "2020-02-03"),
        ('<meta itemprop="datePublished" content="2020-02-03T00:00:00">', "2020-02-03"),
        (
            f'{LD}[{{"@graph": [{{"@type": ["Article"], "datePublished": "2020-02-03"}}]}}]</script>',
            "2020-02-03",
        ),
        (f'{LD}{{"@type": "Article", "datePublished": 7}}</script>', None),
        (f'{LD}{{"@type": "Article", </script>', None),
        ('<meta name="pubdate" content="soon">', None),
    ],
)
def test_publication(head: str, told: str | None, codebook: Codebook) -> None:
    page = f"<html><head>{head}</head><body><h1>Two die near Karsin</h1><p>{SENTENCE * 3}</p></body></html>"
    report = report_of(page, codebook)
    assert (report.published, report.published_from) == (told, "metadata" if told else None)


def test_the_house_is_read_from_the_title_where_the_headline_is_there_alone(codebook: Codebook) -> None:
    page = (
        '<title>Two die - Metro - Karsin Herald</title><meta property="og:title" content="Two die">'
        f"<h1>Two die</h1><p>{SENTENCE}</p>"
    )
    assert report_of(page, codebook).publisher == "Karsin Herald"
    assert report_of(page.replace("og:title", "og:other"), codebook).publisher == "Karsin Herald"  # the h1
    alone = page.replace("og:title", "og:other").replace("<h1>Two die</h1>", "")
    assert report_of(alone, codebook).publisher is None


@pytest.mark.parametrize(
    "wrapping",
    [
        '<form id="aspnetForm" class="page has-sidebar">{}</form>',
        '<div class="content-with-sidebar widget-area">{}</div>',
        '<div class="elementor-widget elementor-widget-text-editor">{}</div>',
        '<body class="category-tags modal-open comments-open"><main>{}</main>',
        "<table><tr><td>{}</td></tr></table>",
    ],
)
def test_a_class_name_around_all_of_the_article_hides_none_of_it(wrapping: str, codebook: Codebook) -> None:
    paragraphs = [f"{SENTENCE[:-1]} in report {number} of the week." for number in range(4)]
    inner = "<h1>Two die near Karsin</h1>" + "".join(f"<p>{words}</p>" for words in paragraphs)
    report = report_of(f"<html>{wrapping.format(inner)}</html>", codebook)
    assert [kind_of(report, words) for words in paragraphs] == ["body"] * 4


def test_wording_inside_an_article_still_tells_what_is_none(codebook: Codebook) -> None:
    inside = f"<p>{SENTENCE}</p><p>Please donate to keep us going</p><p>{SENTENCE} It was dark.</p>"
    after = "<footer><p>Correction: An earlier version gave the wrong day.</p><p>Advertisement</p></footer>"
    report = report_of(f"<article><h1>Two die near Karsin</h1>{inside}</article>{after}", codebook)
    assert kind_of(report, "Please donate") == "boilerplate"
    assert kind_of(report, "Correction:") == "correction"
    assert kind_of(report, "Advertisement") == "advertisement"


def test_blanks_breaks_and_inline_elements(codebook: Codebook) -> None:
    page = (
        "<p>One <b>two</b><!-- no --> th<i>ree</i>\n  four<br>five<br><br>six\u00a0seven</p><p> </p>"
        "<div>eight</div>"
    )
    assert report_of(page, codebook).text == "One two three four\nfive\n\nsix\u00a0seven\n\neight"


# ---- encodings ----


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("windows-1251", "cp1251"),
        ("koi8-r", "koi8-r"),
        ("iso-8859-1", "utf-8"),  # declared wrongly: bytes are UTF-8 by no accident
        ("utf-8", "cp1251"),
        ("no-such-thing", "cp1251"),
        ("utf-16", "utf-8"),
    ],
)
def test_what_is_declared_and_what_is_so(declared: str, encoding: str) -> None:
    words = "Взрыв на рынке унёс жизни трёх человек, сообщает полиция. " * 3
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{words}</p>'
    assert words in decode(page.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_a_byte_order_mark_goes_before_what_is_declared(encoding: str) -> None:
    page = '<meta charset="koi8-r"><p>café</p>'
    assert decode(page.encode(encoding)) == page


def test_one_wrong_byte_costs_itself() -> None:
    page = '<meta charset="utf-8">' + "<p>Müller</p>" * 500
    found = decode(page.encode().replace(b"M", b"\xff", 1))
    assert found.count("\ufffd") == 1
    assert found.count("Müller") == 499


# ---- whatever the page ----

TAGS = st.sampled_from(
    [
        *("p", "div", "b", "a", "h1", "nav", "span class=byline", "blockquote", "ul", "li", "td", "br"),
        *("form", "div class=share", "article", "figure"),
    ]
)
WORDS = st.sampled_from(["Rockets hit Charda.", "three", "&amp;", "<!-- x -->", "\n", SENTENCE, "Share", "é"])
PAGES = st.lists(
    st.one_of(TAGS.map("<{}>".format), TAGS.map(lambda tag: f"</{tag.split()[0]}>"), WORDS), max_size=40
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(PAGES.map("".join))
def test_all_that_is_seen_is_in_the_text_and_in_one_region(codebook: Codebook, page: str) -> None:
    seen = page.count("three") + page.count("Rockets hit Charda.") + page.count(SENTENCE)
    try:
        report = report_of(f"<html><body>{page}</body></html>", codebook)
    except UnreadableError:
        assert seen == 0
        return
    folded = "".join(report.text.split())
    for words in ("three", "Rockets hit Charda.", SENTENCE):
        assert folded.count("".join(words.split())) >= page.count(words)
    covered = bytearray(len(report.text))
    for region in report.regions:
        assert not any(covered[region.start : region.end])
        covered[region.start : region.end] = b"\1" * (region.end - region.start)
    assert all(covered[at] or char.isspace() for at, char in enumerate(report.text))
    assert report_of(f"<html><body>{page}</body></html>", codebook) == report


def test_reporting_is_what_is_coded(report: Report) -> None:
    told = [report.text[one.start : one.end] for one in report.regions if one.kind in REPORTING]
    assert not any("Ten die" in words or "bicycle" in words or "a lie" in words for words in told)
