import pytest

from sayso.codebook import Codebook
from sayso.model import report_id_of, text_id_of
from sayso.reports import make_report

HEAD = "Rockets Hit Karsin Airport, Killing Two"
BODY = "Militants attacked a checkpoint near the town of Karsin on Monday, police there said."
PAGE = f"{HEAD}\n\n{{}}\n\n{BODY}\n\n{BODY[:-1]} again.\n\n{{}}\n"


@pytest.mark.parametrize(
    ("above", "below", "publisher"),
    [
        ("", "© 2021 Daily Trust. All rights reserved.", "Daily Trust"),
        ("", "Copyright 2019, Karsin Valley Post", "Karsin Valley Post"),
        ("", "Karsin Valley Post © 2019", "Karsin Valley Post"),
        ("", "Share KarsinPost", "KarsinPost"),
        ("", "Share Article", None),
        ("", "Support Rappler", "Rappler"),
        ("", "www.rappler.com contains copyrighted material", "Rappler"),
        ("", "For media inquiries: desk@dailytrust.example", "Daily Trust"),
        ("Dawn, 20 July 2021", "", "Dawn"),
        ("20 July 2021\nThe Reference\nAna Bel", "", "The Reference"),
        ("By Ana Bel", "Originally published at The Guardian.", "The Guardian"),
        ("Tyler Durden\nTue, 20 July 2021", "", "ZeroHedge"),
        ("By Reuters", "", "Reuters"),
        ("By Ana Bel", "(AFP)", "Agence France-Presse"),
        ("Via Reuters", "", None),
        ("By Ana Bel", "", None),
        # One sign gives way to another.
        ("By Reuters", "© 2021 Daily Trust", "Daily Trust"),
        ("Tyler Durden\nTue, 20 July 2021", "Share KarsinPost", "KarsinPost"),
        (
            "By South Front\nGlobal Research, 20 July 2021",
            "Copyright © South Front, Global Research, 2021",
            "Global Research",
        ),
        # "Time" and "Dawn" are words.
        ("By Ana Bel", "It was time to leave before dawn.", None),
    ],
)
def test_the_publisher(above: str, below: str, publisher: str | None, codebook: Codebook) -> None:
    text = PAGE.format(above, below)
    report = make_report(text, codebook)
    assert report.publisher == publisher
    assert report.publisher_from == ("text" if publisher else None)
    # What was found is no part of what the report is.
    assert report.report_id == report_id_of(text_id_of(text), None, None, None, None)
    given = make_report(text, codebook, publisher="Old Heron")
    assert (given.publisher, given.publisher_from) == ("Old Heron", "given")


@pytest.mark.parametrize(
    ("masthead", "publisher"),
    [
        ("Karsin Valley Times", "Karsin Valley Times"),
        ("Rappler | Nation | Regions", "Rappler"),
        ("KARSIN VALLEY TIMES\nHome | City | Contact", "KARSIN VALLEY TIMES"),
        ("Home | City | Contact", None),
        ("Breaking News", None),
    ],
)
def test_a_masthead(masthead: str, publisher: str | None, codebook: Codebook) -> None:
    report = make_report(f"{masthead}\n\n{PAGE.format('By Ana Bel', '')}", codebook)
    assert (report.publisher, report.title) == (publisher, HEAD)


@pytest.mark.parametrize(
    ("below", "iso"),
    [
        ("© 2021 USA Today", "2021-03-04"),
        ("© 2021 The Guardian", "2021-04-03"),
        ("© 2021 Rappler", "2021-03-04"),
        ("© 2021 CBC News", None),  # both orders are usual in its country
        ("© 2021 Karsin Valley Post", None),
        ("Ferry times: 25/03/2021", "2021-04-03"),  # the page's own order
        ("Ferry times: 03/25/2021", "2021-03-04"),
        ("Ferry times, 03/25/2021 and 25/03/2021", None),
    ],
)
def test_the_order_of_figures(below: str, iso: str | None, codebook: Codebook) -> None:
    assert make_report(PAGE.format("03/04/2021", below), codebook).published == iso


def test_an_address_tells_the_order_of_figures(codebook: Codebook) -> None:
    text = PAGE.format("03/04/2021", "")
    assert make_report(text, codebook, url="https://news.karsin.ng/a").published == "2021-04-03"
    assert make_report(text, codebook, url="https://karsin.ph/a").published == "2021-03-04"
    assert make_report(text, codebook, url="https://karsin.io/a").published is None


def test_an_outlet_tells_what_a_zone_means(codebook: Codebook) -> None:
    stamp = "20 July 2021, 14:05 IST"
    unknown = make_report(PAGE.format(stamp, ""), codebook)
    assert unknown.published == "2021-07-20T14:05"
    assert any("IST" in note for note in unknown.notes)
    assert make_report(PAGE.format(stamp, "© 2021 The Hindu"), codebook).published == "2021-07-20T14:05+05:30"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Andra, citing the mayor, told Radio Okapi that nobody knew.",
            [("told Radio Okapi", "Radio Okapi")],
        ),
        ("According to a report in The Hindu, nobody knew of it.", [("report in The Hindu", "The Hindu")]),
        ("Suspilne, citing the mayor's office, reported two dead.", [("Suspilne, citing", "Suspilne")]),
        ("Reporters of The Hindu were there, too.", []),
        ("With inputs from Reuters and AFP", [("Reuters", "Reuters"), ("AFP", "Agence France-Presse")]),
    ],
)
def test_credits_in_the_text(sentence: str, found: list[tuple[str, str]], codebook: Codebook) -> None:
    report = make_report(PAGE.format("By Ana Bel", sentence), codebook)
    assert [(credit.text, credit.outlet) for credit in report.credits] == found


def test_what_an_outlet_says_of_itself_is_no_credit(codebook: Codebook) -> None:
    text = PAGE.format("By Ana Bel", "A clerk told Radio Okapi that nobody knew.\n\n© 2021 Radio Okapi")
    assert make_report(text, codebook).credits == ()
