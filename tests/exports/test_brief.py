"""The page to read and print: all that is said with who says it, nothing that runs or fetches."""

import html as markup
import itertools
import random
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree, html

from sayso.errors import UsageError
from sayso.exports import text
from sayso.exports.brief import MOST, page
from sayso.exports.private import PrivateNames, named_in
from sayso.exports.worldmap import map_svg
from sayso.ledger import open_ledger
from sayso.model import Incident
from tests.command import sayso
from tests.exports.making import several
from tests.exports.test_hostile import _incident as hostile_incident
from tests.exports.test_layouts import TOWN, incident


@pytest.fixture(scope="module")
def ledger(examples_ledger: Path) -> Path:
    return examples_ledger


@pytest.fixture(scope="module")
def incidents(ledger: Path) -> list[Incident]:
    with open_ledger(ledger) as book:
        return book.incidents()


def tree_of(made: str) -> Any:
    return html.document_fromstring(made)


def faults(tree: Any) -> list[str]:
    """Whatever in a page would run or fetch something, or leads nowhere."""
    found = []
    ids = {node.get("id") for node in tree.iter() if node.get("id")}
    for node in tree.iter(etree.Element):
        name = str(node.tag)
        if name in ("script", "link", "img", "iframe", "object", "embed", "form", "base", "image", "use"):
            found.append(name)
        for key, value in node.attrib.items():
            if key.startswith("on") or key in ("src", "srcset", "action", "xlink:href"):
                found.append(key)
            if (
                key == "href"
                and not value.startswith(("http://", "https://"))
                and value.removeprefix("#") not in ids
            ):
                found.append(value)
    return found


def plain(words: str) -> str:
    return " ".join(text.harmless(words).split())


def test_the_page_of_the_examples_tells_all(incidents: list[Incident]) -> None:
    tree = tree_of(page(incidents, ["country AFG"]))
    assert faults(tree) == []
    articles = tree.xpath("//article")
    assert len(articles) == len(incidents)
    for article, one in zip(articles, incidents, strict=True):
        lines = {plain(item.text_content()) for item in article.xpath("./ul/li")}
        assert lines == {plain(text.said(row)) for row in one.attributions}
        rows = [
            [plain(cell.text_content()) for cell in row.xpath("./td")] for row in article.xpath(".//tbody/tr")
        ]
        told = {(one_said.field, plain(text.sentence(one_said)), plain(" ".join(one_said.quote.text.split())))
                for one_said in one.statements}  # fmt: skip
        assert {tuple(row[:3]) for row in rows} == told
        assert len(rows) >= len(told)
    lineages = {report.lineage_id for one in incidents for report in one.reports}
    assert len(tree.xpath("//section[last()]/h3")) == len(lineages)
    reports = {report.report_id for one in incidents for report in one.reports}
    assert len(tree.xpath("//section[last()]//li")) == len(reports)
    assert len(tree.xpath("//svg")) == 2
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]")[0].get("content")


def test_no_title_and_no_circle_names_who_did_it(incidents: list[Incident]) -> None:
    tree = tree_of(page(incidents, []))
    heads = [node.text_content() for node in tree.xpath("//h3|//svg//title|//svg//text")]
    names = {row.actor for one in incidents for row in one.attributions}
    assert names
    for head in heads:
        assert not any(name in head for name in names), head


def test_hostile_words_are_shown_and_never_run() -> None:
    chance = random.Random(11)  # noqa: S311 - the same each time
    made = [hostile_incident(number, chance) for number in range(200)]
    made[0] = replace(made[0], reports=(replace(made[0].reports[0], url="javascript:alert(1)"),))
    made[1] = replace(made[1], title="<img src=x onerror=alert(1)>", reports=(
        replace(made[1].reports[0], url='https://x.org/"onclick="alert(1)'),))  # fmt: skip
    whole = page(made, ["actor <script>"])
    assert faults(tree_of(whole)) == []
    assert not {"\x00", "\x1b", "\u202e"} & set(whole)
    clean = page([PrivateNames(named_in(made)).without(one) for one in made], [])
    assert "alizada" not in clean.casefold()
    assert "replaced by marks" in clean


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(several())
def test_any_incidents_make_a_page(incidents: list[Incident]) -> None:
    assert faults(tree_of(page(incidents, []))) == []


def test_the_same_incidents_give_the_same_page(incidents: list[Incident]) -> None:
    assert page(incidents, []) == page(list(incidents), [])


def test_too_many_incidents_are_refused() -> None:
    with pytest.raises(UsageError, match="too many for one page"):
        page([incident()] * (MOST + 1), [])


@pytest.mark.parametrize(
    ("precision", "hollow"),
    [("town", False), ("near", False), ("admin1", True), ("route", True), ("country", None), ("sea", None)],
)
def test_circles(precision: Any, hollow: bool | None) -> None:
    found = map_svg([incident(place=replace(TOWN, precision=precision))])
    if hollow is None:
        assert found is None
        return
    tree = etree.fromstring(str(found).encode())
    (circle,) = tree.iter("{*}circle")
    assert (circle.get("fill") == "#ffffff") == hollow
    assert (round(float(circle.attrib["cx"])), round(float(circle.attrib["cy"]))) == (
        380,
        230,
    )  # in the middle
    assert len(list(tree.iter("{*}polyline"))) > 3  # borders around it


def test_numbers_of_circles_on_one_another_can_be_read() -> None:
    far = replace(TOWN, lat=36.7, lon=67.1)
    found = map_svg([incident(), incident(), incident(place=far), *[incident()] * 5])
    assert found is not None
    tree = etree.fromstring(str(found).encode())
    words = [node.text for node in tree.iter() if etree.QName(node).localname == "text"]
    assert words == ["1, 2, 4, 5, 6 …", "3"]
    links = [node.attrib["href"] for node in tree.iter() if etree.QName(node).localname == "a"]
    assert links == [f"#i{number}" for number in range(1, 9)]


def test_lines_of_numbers_keep_clear_of_circles_and_of_one_another() -> None:
    towns = [replace(TOWN, lat=TOWN.lat or 0, lon=(TOWN.lon or 0) + number * 0.3) for number in range(4)]
    found = map_svg([incident(place=one) for one in towns])
    tree = etree.fromstring(str(found).encode())
    circles = [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in tree.iter("{*}circle")]
    lines = [(float(one.attrib["x"]), float(one.attrib["y"])) for one in tree.iter("{*}text")]
    assert (len(circles), len(lines)) == (4, 4)
    for number, (x, y) in enumerate(lines):
        for across, down in circles:  # a digit is six pixels wide, eight of its line stand above the base
            assert across + 5 <= x or x + 6 <= across - 5 or down + 5 <= y - 8 or y <= down - 5
        for across, down in lines[:number]:
            assert abs(across - x) >= 6 or abs(down - y) >= 10


def test_no_line_of_the_map_runs_around_the_earth() -> None:
    far = [replace(TOWN, lat=66.0, lon=lon) for lon in (-179.0, 179.0)]
    tree = etree.fromstring(str(map_svg([incident(place=one) for one in far])).encode())
    for line in tree.iter("{*}polyline"):
        steps = [float(point.split(",")[0]) for point in str(line.attrib["points"]).split()]
        assert all(abs(one - other) < 380 for one, other in itertools.pairwise(steps))


def test_words_can_be_read_in_light_and_dark() -> None:
    styles = tree_of(page([], [])).xpath("//style")[0].text
    found = re.findall(r"--ink: (#\w{6}); --page: (#\w{6}); --quiet: (#\w{6})", styles)
    assert len(found) == 2
    for ink, ground, quiet in found:
        assert min(_contrast(ink, ground), _contrast(quiet, ground)) >= 7


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 measures it: 7 is its best grade."""
    light = []
    for colour in (one, other):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        bent = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        light.append(sum(part * weight for part, weight in zip(bent, (0.2126, 0.7152, 0.0722), strict=True)))
    return (max(light) + 0.05) / (min(light) + 0.05)


BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
in_browser = pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")


def browse(address: Path, profile: Path, *options: str) -> str:
    """What Chromium, without a window or a network, prints about a page."""
    flags = ("headless", "no-sandbox", "disable-gpu", "no-first-run", "disable-sync",
             "disable-background-networking", "disable-component-update")  # fmt: skip
    command = [str(BROWSER), *(f"--{flag}" for flag in flags), f"--user-data-dir={profile}", *options]
    done = subprocess.run([*command, address.as_uri()], capture_output=True, text=True, check=True)
    return done.stdout


@in_browser
@pytest.mark.parametrize("width", [320, 400, 1280])
def test_nothing_runs_out_of_a_screen(incidents: list[Incident], tmp_path: Path, width: int) -> None:
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<iframe width={width} height=900 style="border: 0" srcdoc="{markup.escape(page(incidents, []))}" '
        'onload="const shown = this.contentDocument.documentElement; '
        'document.body.dataset.widths = [shown.clientWidth, shown.scrollWidth];"></iframe>',
        "utf-8",
    )
    widths = re.search(r'data-widths="(\d+),(\d+)"', browse(frame, tmp_path / "profile", "--dump-dom"))
    assert widths
    shown, needed = map(int, widths.groups())
    assert width - 20 <= shown <= width  # a bar to scroll with takes the rest
    assert needed == shown


@in_browser
def test_in_print_an_incident_is_split_only_where_it_begins_its_sheet(
    incidents: list[Incident], tmp_path: Path
) -> None:
    (tmp_path / "b.html").write_text(page(incidents, []), "utf-8")
    printed = tmp_path / "b.pdf"
    browse(tmp_path / "b.html", tmp_path / "profile", "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    document = pypdfium2.PdfDocument(printed)
    sheets = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    document.close()
    assert "Map" in sheets[0] and "Timeline" in sheets[0]  # noqa: PT018 - both on the first
    split = 0
    for number, one in enumerate(incidents, 1):
        head = f"{number}. {plain(one.title or one.sub_event_type)}"[:40]
        begins = next(place for place, words in enumerate(sheets) if head in words)
        ends = next(place for place, words in enumerate(sheets) if f"Id {one.incident_id}" in words)
        if begins < ends:
            split += 1
            assert sheets[begins].removeprefix("Incidents ").startswith(head)
    assert 0 < split < len(incidents) / 4


def test_the_commands(ledger: Path, tmp_path: Path) -> None:
    done = sayso(
        "brief", "--ledger", ledger, "--country", "AFG", "--actor", "taliban", "-o", tmp_path / "b.html"
    )
    assert done.status == 0, done.err
    printed = sayso("brief", "--ledger", ledger, "--country", "AFG", "--actor", "taliban").out
    assert printed == (tmp_path / "b.html").read_text("utf-8")
    assert "actor taliban, in whatever part: named, cleared or hit" in printed
    assert "Interior Ministry (Rahim Shahdost) accuses Taliban" in printed
    done = sayso("chart", "--ledger", ledger, "--by", "actor", "--every", "year", "-o", tmp_path / "c.svg")
    assert done.status == 0, done.err
    chart = sayso("chart", "--ledger", ledger, "--by", "actor", "--every", "year").out
    assert chart == (tmp_path / "c.svg").read_text("utf-8")
    for arguments in (
        ("brief", "--since", "x"),
        ("chart", "-o", tmp_path / "c.gif"),
        ("chart", "--by", "colour"),
    ):
        assert sayso(*arguments, "--ledger", ledger).status == 2
    empty = sayso("brief", "--ledger", ledger, "--country", "ATA")
    assert (empty.status, "0 incidents" in empty.out) == (0, True)
    assert sayso("chart", "--ledger", ledger, "--country", "ATA").status == 0
