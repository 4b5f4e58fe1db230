"""The application as its users meet it: in this process for what is said, in a browser for what is seen."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from starlette.testclient import TestClient

from sayso.ledger import open_ledger
from sayso.records import private_names
from sayso.web import Options, make_app

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
ROCKETS = "9cb6618dbf4424abe7b2"
"""The incident of the rockets on Charikar, told by six of the example reports."""


@pytest.fixture
def ledger(examples_ledger: Path, tmp_path: Path) -> Path:
    """A ledger of one's own with the example reports."""
    return Path(shutil.copy(examples_ledger, tmp_path / "sayso.db"))


Visit = Callable[..., TestClient]


@pytest.fixture
def visit() -> Iterator[Visit]:
    """Opens a ledger as a browser without JavaScript sees it; options go to the server."""
    opened: list[TestClient] = []

    def client(path: Path, **options: Any) -> TestClient:
        made = TestClient(make_app(Options(path, **options)), base_url="http://127.0.0.1:8137")
        made.__enter__()
        opened.append(made)
        return made

    yield client
    for one in opened:
        one.__exit__(None, None, None)


def token_on(page: str) -> str:
    """The token in the forms of a page."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def private_person(ledger: Path) -> tuple[str, str]:
    """The name of a private person, of several words, and the incident in which somebody is so named."""
    with open_ledger(ledger) as book:
        return next(
            (name, incident.incident_id)
            for incident in book.incidents()
            for name in private_names(incident)
            if " " in name and any(name in one.quote.text for one in incident.statements)
        )


# ---- a real browser -----------------------------------------------------------------------------------


@contextmanager
def served(ledger: Path, *options: str) -> Iterator[str]:
    """``sayso serve`` in a process of its own; gives the address."""
    command = [sys.executable, "-m", "sayso.cli", "serve", "--ledger", str(ledger), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://\S+/", line)
        assert found, line + process.stderr.read()
        yield found[0].rstrip("/")
    finally:
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
        assert "Traceback" not in told, told


@pytest.fixture(scope="session")
def address(examples_ledger: Path) -> Iterator[str]:
    """The example reports, served for who only reads."""
    with served(examples_ledger) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium, so nothing is looked at: apt-get install chromium, and run ./check again")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@dataclass
class Tab:
    """A page of a browser, with what went wrong in it and what it asked of other hosts."""

    page: Page
    home: str
    faults: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    clicks: int = 0

    def go(self, path: str) -> None:
        """Opens a page of ours, and waits for the map where there is one."""
        self.page.goto(self.home + path)
        if path.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0] == "/":
            self.page.wait_for_selector("#map[data-state]")

    def click(self, selector: str) -> None:
        """Clicks, and counts it."""
        self.clicks += 1
        self.page.click(selector)

    def violations(self) -> list[str]:
        """What axe-core finds against WCAG 2.2, A and AA."""
        self.page.evaluate(f"{AXE}; undefined")
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = self.page.evaluate("(tags) => axe.run(document, {runOnly: tags})", tags)
        return [
            f"{one['id']}: {one['help']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for one in found["violations"]
            for node in one["nodes"][:3]
        ]


NewTab = Callable[..., Tab]


@pytest.fixture
def new_tab(browser: Browser) -> Iterator[NewTab]:
    """Makes tabs; at the end no console may have an error and no other host may have been asked.

    draws  whether there is WebGL, as in most browsers; else a picture stands for the map.
    """
    tabs: list[Tab] = []

    def made(home: str, *, draws: bool = False, **options: Any) -> Tab:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 850}, **options})
        context.set_default_timeout(90_000 if draws else 30_000)
        if not draws:  # drawing without a graphics card takes seconds
            context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
        tab = Tab(context.new_page(), home)

        def heard(message: ConsoleMessage) -> None:
            if message.type == "error":
                tab.faults.append(message.text)

        def asked(request: Request) -> None:
            if not request.url.startswith((f"{home}/", "data:", "blob:")):
                tab.strangers.append(request.url)

        tab.page.on("console", heard)
        tab.page.on("pageerror", lambda fault: tab.faults.append(str(fault)))
        tab.page.on("request", asked)
        tabs.append(tab)
        return tab

    yield made
    for tab in tabs:
        tab.page.context.close()
        assert tab.faults == []
        assert tab.strangers == []
