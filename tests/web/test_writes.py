"""Every write in a real browser: what is pressed becomes a judgement or a report, and can be undone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sayso.ledger import open_ledger
from sayso.model import Judgement
from tests.web.conftest import ROCKETS, NewTab, Tab, private_person, served


@pytest.fixture
def tab(ledger: Path, new_tab: NewTab) -> Iterator[Tab]:
    """A browser before a ledger of its own."""
    with served(ledger) as address:
        yield new_tab(address)


def judgements(ledger: Path) -> list[Judgement]:
    with open_ledger(ledger) as book:
        return book.judgements()


def test_two_incidents_are_one_and_then_two_again_in_five_clicks(tab: Tab, ledger: Path) -> None:
    tab.go("/?country=COL&order=earliest")
    before = int(tab.page.inner_text(".total b"))
    tab.go("/?since=2021-08&until=2021-08")
    shown = tab.page.locator(".card").count()
    assert shown > 1
    tab.click(".card .pick >> nth=0")
    tab.click(".card .pick >> nth=1")
    tab.click("text=They are one")
    tab.page.wait_for_selector(f".total b:text-is('{shown - 1}')")
    tab.click("text=Undo")
    tab.page.wait_for_selector(f".total b:text-is('{shown}')")
    assert tab.clicks <= 5
    [made] = judgements(ledger)
    assert (made.verdict, made.who, made.withdrawn_on is None) == ("same", "reviewer", False)
    tab.go("/?country=COL")
    assert int(tab.page.inner_text(".total b")) == before


def test_the_queue_is_worked_with_the_keyboard(tab: Tab, ledger: Path) -> None:
    tab.go("/review")
    assert "Charikar" in tab.page.inner_text("#current")
    for key, verdict in (("y", "confirm"), ("j", None), ("u", "unsure"), ("j", None), ("n", "reject")):
        if verdict is None:
            tab.page.keyboard.press(key)
            continue
        with tab.page.expect_navigation():
            tab.page.keyboard.press(key)
        assert verdict in tab.page.inner_text(".good")
    made = judgements(ledger)
    assert sorted(one.verdict for one in made) == ["confirm", "reject", "unsure"]
    assert {one.target for one in made} == {"statement"}
    with tab.page.expect_navigation():
        tab.page.keyboard.press("z")
    assert [one.verdict for one in judgements(ledger) if one.withdrawn_on] == ["reject"]
    with tab.page.expect_navigation():
        tab.page.keyboard.press("Shift+Y")
    assert ROCKETS in {one.target_id for one in judgements(ledger) if one.verdict == "confirm"}
    tab.go("/?reviewed=yes")
    assert tab.page.locator(".card").count() == 1


def test_a_correction_is_shown_beside_what_was_read(tab: Tab, ledger: Path) -> None:
    tab.go(f"/review?incident={ROCKETS}")
    item = tab.page.locator("#statements > li:has(b:text-is('Killed'))").first
    item.locator("a[data-key=c]").click()
    tab.page.fill("input[name=value]", "many rockets")
    tab.page.click("text=Keep the correction")
    assert "is no count" in tab.page.inner_text(".problem")
    tab.page.go_back()
    tab.page.fill("input[name=value]", "31+")
    tab.page.fill("input[name=why]", "the caption says so")
    tab.page.click("text=Keep the correction")
    tab.page.wait_for_selector(".good")
    [made] = judgements(ledger)
    assert made.verdict == "correct"
    assert made.change
    assert json.dumps(made.change).count('"low": 31') == 1
    tab.go(f"/incident/{ROCKETS}")
    assert "31+" in tab.page.inner_text("#f-killed")
    assert "read by the machine as" in tab.page.inner_text(".aside-list")
    # A refusal is an answer with the status of an error, which the console notes.
    assert all("400" in fault for fault in tab.faults)
    tab.faults.clear()


def test_words_that_are_marked_become_a_statement(tab: Tab, ledger: Path) -> None:
    tab.go("/report/4510a6e8f8cd62eabd6a")
    tab.page.evaluate(
        """() => {
            const text = document.getElementById("as-read");
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const node = walker.currentNode;
                const at = node.data.indexOf("One rocket");
                if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + 10);
            }
        }"""
    )
    expect(tab.page.locator("#add-statement [name=words]")).to_have_value("One rocket")
    tab.page.select_option("#add-statement [name=field]", "weapon")
    tab.page.select_option("#add-statement [name=mention]", index=1)
    tab.page.click("text=Add it")
    tab.page.wait_for_selector(".good, .problem")
    assert tab.page.locator(".good").count() == 1, tab.page.inner_text("main")
    [made] = judgements(ledger)
    assert (made.verdict, made.words) == ("add", "One rocket")


def test_an_incident_is_split_commented_and_a_report_left_out(tab: Tab, ledger: Path) -> None:
    tab.go(f"/incident/{ROCKETS}")
    tab.page.fill("#why-whole", "two salvos?")
    tab.page.click("#why-whole ~ button:has-text('Comment')")
    tab.page.wait_for_selector(".good:has-text('comment')")
    tab.page.click("text=Some of its tellings are another incident")
    tab.page.locator("input[name=mention]").last.check()
    tab.page.click("text=Split these off")
    tab.page.wait_for_selector(".good:has-text('split')")
    reports = tab.page.locator(".lineages a").count()
    tab.page.locator(".lineages a").last.click()
    tab.page.click("text=Leave this report out of everything")
    tab.page.wait_for_selector(".good:has-text('hide')")
    tab.go(f"/incident/{ROCKETS}")
    assert tab.page.locator(".lineages a").count() == reports - 1
    assert sorted(one.verdict for one in judgements(ledger)) == ["comment", "hide", "split"]


def test_a_pasted_report_is_read_and_its_incident_shown(tab: Tab, ledger: Path) -> None:
    tab.go("/add")
    tab.page.fill(
        "textarea",
        "A car bomb killed 12 people in Baghdad on Tuesday, police said. Islamic State claimed the attack.",
    )
    tab.page.fill("input[name=published]", "2016-05-18")
    tab.page.click("text=Read it")
    tab.page.wait_for_selector("h1:has-text('Read and linked')", timeout=120_000)
    assert "1 new report" in tab.page.inner_text("main")
    assert "claimed by Islamic State" in tab.page.inner_text(".card")
    with open_ledger(ledger) as book:
        [added] = [one for one in book.shelf() if one.published == "2016-05-18"]
        report = book.report(added.report_id)
    assert report is not None
    assert report.path == "pasted.jsonl"  # and no folder of ours


def test_files_are_sent_and_what_fails_is_told(tab: Tab, tmp_path: Path) -> None:
    good, broken = tmp_path / "one.txt", tmp_path / "two.jsonl"
    good.write_text("Gunmen shot dead 3 farmers near Maiduguri on 3 May 2019, residents said.")
    broken.write_text('{"text": "half a line')
    tab.go("/add")
    tab.page.set_input_files("input[name=files]:not([data-folder])", [good, broken])
    tab.page.click("text=Read them")
    tab.page.wait_for_selector("h1:has-text('Read and linked')", timeout=120_000)
    assert "two.jsonl" in tab.page.inner_text(".problems")
    assert "not read" in tab.page.inner_text(".problems")
    assert tab.page.locator(".card").count() == 1
    assert tab.violations() == []


def test_private_names_are_shown_when_asked_for_and_hidden_again(tab: Tab, ledger: Path) -> None:
    name, incident = private_person(ledger)
    tab.go(f"/incident/{incident}")
    assert name not in tab.page.content()
    tab.page.click("text=Show private names")
    tab.page.wait_for_selector("text=Hide private names")
    assert name in tab.page.content()
    assert tab.page.url.endswith(incident)
    tab.page.click("text=Hide private names")
    tab.page.wait_for_selector("text=Show private names")
    assert name not in tab.page.content()


def test_with_passwords_readers_read_and_reviewers_review(
    ledger: Path, tmp_path: Path, new_tab: NewTab
) -> None:
    from tests.command import sayso

    file = tmp_path / "passwords"
    assert sayso("password", "reader", "-o", file, given=b"four words of reading\n").status == 0
    assert sayso("password", "reviewer", "-o", file, given=b"four words of judging\n").status == 0
    with served(ledger, "--passwords", str(file)) as address:
        tab = new_tab(address)
        tab.page.goto(f"{address}/review")
        assert tab.page.url == f"{address}/login"
        assert tab.violations() == []
        tab.page.fill("input[name=password]", "four words of reading")
        tab.page.click("text=Enter")
        tab.page.goto(f"{address}/incident/{ROCKETS}")
        assert tab.page.locator("text=There is no such incident").count() == 0
        tab.page.click("text=Log out")
        tab.page.fill("input[name=password]", "four words of judging")
        tab.page.click("text=Enter")
        tab.page.goto(f"{address}/incident/{ROCKETS}")
        assert tab.page.locator("text=There is no such incident").count() == 1
