"""Every page in a real browser: no error in the console, no other host, nothing that axe-core objects to."""

import os
from pathlib import Path

import pytest

from sayso.ledger import IncidentFilter, open_ledger
from tests.conftest import ROOT
from tests.web.conftest import ROCKETS, NewTab, Tab

SCREENS = ROOT / "docs" / "screens"
REPORT = "4510a6e8f8cd62eabd6a"
PAGES = {
    "overview": "/",
    "filtered": "/?country=AFG&disputed=yes",
    "nothing": "/?q=unicorns",
    "incident": f"/incident/{ROCKETS}",
    "why": f"/incident/{ROCKETS}/why",
    "report": f"/report/{REPORT}?mark=719-761#mark",
    "relatives": f"/report/{REPORT}/relatives",
    "turned-down": f"/report/{REPORT}/turned-down",
    "actors": "/actors",
    "actor": "/actor?key=taliban",
    "sources": "/sources",
    "source": "/source?name=Meridian%20Wire",
    "review": "/review",
    "add": "/add",
    "export": "/export?country=AFG",
}
SHOWN = ("overview", "incident", "report", "actors", "actor", "sources", "review", "add", "export", "why")
"""Pages of which pictures are kept in docs/screens, made anew with SCREENS=1 in the environment."""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_wide_and_narrow_light_and_dark(name: str, address: str, new_tab: NewTab) -> None:
    keep = os.environ.get("SCREENS") == "1" and name in SHOWN
    tab = new_tab(address, color_scheme="light", draws=keep)
    tab.go(PAGES[name])
    assert tab.page.locator("h1").count() == 1
    assert tab.violations() == []
    if keep:
        picture(tab, name, "light")
    tab.page.emulate_media(color_scheme="dark")
    if keep:
        picture(tab, name, "dark")
    tab.page.set_viewport_size({"width": 360, "height": 740})
    assert tab.violations() == []
    # Nothing runs out of a narrow screen: tables of many columns scroll in their own box.
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 360


def picture(tab: Tab, name: str, scheme: str) -> None:
    SCREENS.mkdir(exist_ok=True)
    tab.page.wait_for_timeout(2_500 if name == "overview" else 300)
    tab.page.screenshot(path=SCREENS / f"{name}-{scheme}.png")


def test_the_map_shows_all_places_and_follows_the_filter(
    address: str, new_tab: NewTab, examples_ledger: Path
) -> None:
    afghan = IncidentFilter(country="AFG")
    with open_ledger(examples_ledger) as book:
        spots, theirs, cards = len(book.spots()), len(book.spots(afghan)), book.count(afghan)
    tab = new_tab(address, draws=True)
    tab.go("/")
    shown = tab.page.wait_for_selector("#map[data-state=drawn]")
    assert shown is not None
    assert shown.get_attribute("data-spots-shown") == str(spots)
    assert tab.violations() == []
    tab.page.select_option("select[name=country]", "AFG")
    tab.page.wait_for_url("**country=AFG*")
    tab.page.wait_for_selector(f"#map[data-spots-shown='{theirs}']")
    assert tab.page.locator(".card").count() == cards
    tab.page.go_back()
    tab.page.wait_for_selector(".total b:has-text('49')")


def test_without_webgl_there_is_a_picture_of_the_map(address: str, new_tab: NewTab) -> None:
    tab = new_tab(address)
    tab.go("/?country=AFG")
    tab.page.wait_for_selector("#map[data-state=picture] svg circle", state="attached")
    links = tab.page.locator("#map svg a")
    assert links.count() == 4
    links.last.focus()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**#i5")  # its number in the list below


def test_dragging_over_the_timeline_chooses_a_stretch(address: str, new_tab: NewTab) -> None:
    tab = new_tab(address)
    tab.go("/")
    box = tab.page.locator(".timeline svg").bounding_box()
    assert box
    tab.page.mouse.move(box["x"] + box["width"] * 0.02, box["y"] + 30)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 30, steps=4)
    tab.page.mouse.up()
    tab.page.wait_for_url("**since=2015-*until=201*")
    total = int(tab.page.inner_text(".total b"))
    assert 0 < total < 49


def test_reading_works_without_javascript(address: str, new_tab: NewTab) -> None:
    tab = new_tab(address, java_script_enabled=False)
    tab.page.goto(f"{address}/")
    tab.page.select_option("select[name=country]", "AFG")
    tab.page.click("text=Apply")
    assert tab.page.locator(".card").count() == 5
    assert tab.page.locator("#map img").is_visible()
    tab.page.click(".card >> text=Charikar, 28 February 2019")
    assert "denied" in tab.page.inner_text(".diagram")
    tab.page.click("text=Weigh the evidence")
    assert "Near misses" in tab.page.inner_text("main")


def test_the_keyboard_reaches_all_and_skips_to_the_content(address: str, new_tab: NewTab) -> None:
    tab = new_tab(address)
    tab.go(f"/incident/{ROCKETS}")
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    tab.page.keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "main"


def test_an_incident_prints_on_two_pages(address: str, new_tab: NewTab, tmp_path: Path) -> None:
    import pypdfium2

    tab = new_tab(address)
    tab.go(f"/incident/{ROCKETS}")
    tab.page.pdf(path=tmp_path / "incident.pdf", format="A4")
    printed = pypdfium2.PdfDocument(tmp_path / "incident.pdf")
    words = " ".join(page.get_textpage().get_text_bounded() for page in printed)
    assert len(printed) <= 2
    printed.close()
    assert "Interior Ministry" in words
    assert "Review" not in words


def test_a_quote_opens_the_report_at_that_sentence(address: str, new_tab: NewTab) -> None:
    tab = new_tab(address)
    tab.go(f"/incident/{ROCKETS}")
    tab.page.click("text=The Taliban denied any part in the attack.")
    mark = tab.page.locator("mark").first
    assert mark.is_visible()
    assert "The" in mark.inner_text()
    assert "denied any part" in "".join(tab.page.locator("mark").all_inner_texts())
    assert 0 < tab.page.evaluate("document.getElementById('mark').getBoundingClientRect().top") < 850


# ---- the three tasks ----------------------------------------------------------------------------------


def test_who_denies_the_rockets_takes_two_clicks(address: str, new_tab: NewTab) -> None:
    tab = new_tab(address)
    tab.go("/?q=rockets+charikar")
    tab.click(".card >> text=Charikar, 28 February 2019")
    denials = tab.page.locator(".edge", has=tab.page.locator(".arrow.s-denied")).all_inner_texts()
    assert any("Taliban (Qari Esmat Zarwali)" in one and "denied" in one for one in denials)
    assert tab.clicks <= 2


def test_which_figures_disagree_takes_two_clicks(address: str, new_tab: NewTab) -> None:
    tab = new_tab(address)
    tab.go("/")
    tab.click("text=with values that disagree")
    tab.page.wait_for_selector(".card >> text=Charikar, 28 February 2019")
    tab.click(".card >> text=Charikar, 28 February 2019")
    killed = tab.page.inner_text("#f-killed")
    assert "values disagree" in killed
    assert {"4", "9", "6"} <= set(killed.split())
    assert tab.clicks <= 2
