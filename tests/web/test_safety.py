"""What keeps a ledger safe from other pages, other people, and the reports in it."""

import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import UsageError
from sayso.ledger import open_ledger
from sayso.web import Options, make_app, passwords
from sayso.web.entering import own_path
from sayso.web.server import STATIC
from tests.command import sayso
from tests.conftest import ROOT
from tests.test_pipeline import take_in
from tests.web.conftest import ROCKETS, Visit, private_person, token_on
from tests.web.test_looks import PAGES

TEMPLATES = sorted((ROOT / "src" / "sayso" / "web" / "templates").glob("*.html"))
WRITES = (
    "/add", "/names", "/logout", "/login", "/review/judge", "/review/pair", "/review/split", "/review/hide",
    "/review/undo", "/review/name", "/review/correct", "/review/add",
)  # fmt: skip


# ---- other pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.example", "", "[::2]"]
)
def test_a_request_to_another_name_is_refused(host: str, ledger: Path, visit: Visit) -> None:
    answer = visit(ledger).get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "Charikar" not in answer.text


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8137", "LOCALHOST"])
def test_our_own_names_are_answered(host: str, ledger: Path, visit: Visit) -> None:
    assert visit(ledger).get("/", headers={"Host": host}).status_code == 200


def test_every_answer_says_what_may_run(ledger: Path, visit: Visit) -> None:
    client = visit(ledger)
    for path in (*PAGES.values(), "/api/incidents", "/static/page.js", "/no/such/page", "/map.json"):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_script_or_a_style_of_its_own(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"<script(?![^>]* src=\"/static/)", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe", text)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)


def test_no_file_of_ours_names_another_host() -> None:
    for path in sorted(Path(str(STATIC)).iterdir()):
        if path.suffix in (".js", ".css"):
            assert not re.search(r"https?://|@import", path.read_text("utf-8")), path


@pytest.mark.parametrize("path", WRITES)
def test_a_write_needs_a_form_of_ours(path: str, ledger: Path, visit: Visit) -> None:
    client, stranger = visit(ledger), visit(ledger)
    page = client.get("/review").text
    token = token_on(page)
    assert client.post(path, data={}).status_code == 403
    assert client.post(path, data={"csrf": "0" * 64}).status_code == 403
    assert stranger.post(path, data={"csrf": token}).status_code == 403  # another browser's
    for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post(path, data={"csrf": token}, headers=headers).status_code == 403
    assert client.post(path, data={"csrf": token}).status_code != 403 or path == "/login"
    with open_ledger(ledger) as book:
        assert book.judgements() == []


@pytest.mark.parametrize("path", [path for path in WRITES if path != "/add"])
def test_nothing_is_written_by_looking(path: str, ledger: Path, visit: Visit) -> None:
    assert visit(ledger).get(path, follow_redirects=False).status_code in (200, 404, 405)
    with open_ledger(ledger) as book:
        assert book.judgements() == []


@given(st.text())
def test_one_is_sent_back_only_to_pages_of_ours(path: str) -> None:
    found = own_path(path, "/")
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "path", ["//evil.example/x", "http://evil.example", "/\\evil.example", "", "/a\r\nb: c"]
)
def test_one_is_not_sent_to_another_host(path: str) -> None:
    assert own_path(path, "/review") == "/review"


# ---- what is sent -------------------------------------------------------------------------------------


def test_what_is_too_large_is_refused(ledger: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    client = visit(ledger)
    token = token_on(client.get("/add").text)
    huge = {"Content-Length": "200000000", "Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/add", content=b"", headers=huge).status_code == 413
    monkeypatch.setenv("SAYSO_MAX_FILE_BYTES", "1000")
    answer = client.post("/add", data={"csrf": token}, files={"files": ("a.txt", b"x" * 2000)})
    assert answer.status_code == 400
    assert "SAYSO_MAX_FILE_BYTES" in answer.text


@pytest.mark.parametrize("name", ["a.exe", "a", "a.txt.svg", "../../etc/passwd"])
def test_other_kinds_of_files_are_refused(name: str, ledger: Path, visit: Visit) -> None:
    client = visit(ledger)
    token = token_on(client.get("/add").text)
    answer = client.post("/add", data={"csrf": token}, files={"files": (name, b"x")})
    assert answer.status_code == 400
    assert "is of no kind that is read" in answer.text


# ---- what stands in reports ---------------------------------------------------------------------------

HOSTILE = (
    'A bomb killed 12 people in Baghdad on 3 May 2016, "<script>alert(1)</script>" police said.\n'
    "Islamic State\u202e claimed \u2066the attack<img src=x onerror=alert(1)>.\n"
    + "W" * 10_000
    + "\n{{ 7 * 7 }} <a href='javascript:alert(1)'>x</a>"
)


def test_text_of_reports_is_text_whatever_it_holds(tmp_path: Path, visit: Visit) -> None:
    (tmp_path / "report.txt").write_text(HOSTILE, "utf-8")
    take_in(tmp_path / "sayso.db", [tmp_path / "report.txt"])
    client = visit(tmp_path / "sayso.db")
    with open_ledger(tmp_path / "sayso.db") as book:
        [report] = [one.report_id for one in book.shelf()]
        [incident, *_] = [one.incident_id for one in book.incidents()]
    paths = [
        "/",
        f"/incident/{incident}",
        f"/incident/{incident}/why",
        f"/report/{report}?mark=0-90",
        "/review",
    ]
    for path in (
        *paths,
        f"/report/{report}/turned-down",
        "/?q=%3Cscript%3E&actor=%E2%80%AEx",
        "/actors?q=%3Cb%3E",
    ):
        page = client.get(path).text
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
        assert "href='javascript" not in page, path
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page), path
    shown = client.get(f"/report/{report}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in re.sub("<[^>]*>", "", shown)
    assert "\\u202e" in shown
    assert "W" * 10_000 in shown
    assert "{{ 7 * 7 }}" in re.sub("<[^>]*>", "", shown)


def test_private_names_are_nowhere_unless_asked_for(ledger: Path, visit: Visit) -> None:
    client = visit(ledger)
    with open_ledger(ledger) as book:
        names = {name for name, _ in book.private_names() if " " in name}
        incidents = [one.incident_id for one in book.incidents()]
        reports = [one.report_id for one in book.shelf()]
    name, incident = private_person(ledger)
    assert name in names
    paths = [
        *PAGES.values(),
        *(f"/incident/{key}" for key in incidents),
        *(f"/review?incident={key}" for key in incidents),
        *(f"/api/incidents/{key}" for key in incidents),
        *(f"/report/{key}{part}" for key in reports for part in ("", "/relatives")),
        *(f"/api/reports/{key}" for key in reports),
        *(f"/actors?page={page}" for page in (1, 2)),
        "/api/actors?size=200",
        "/api/incidents?size=200",
        "/export/file?format=brief",
    ]
    for path in paths:
        page = client.get(path).text.casefold()
        assert [one for one in names if one.casefold() in page] == [], path
    token = token_on(client.get("/").text)
    client.post("/names", data={"csrf": token, "names": "shown", "back": "/"})
    assert name in client.get(f"/incident/{incident}").text
    assert name in visit(ledger).get(f"/api/incidents/{incident}?names=shown").text


# ---- other people -------------------------------------------------------------------------------------

READING, JUDGING = "four words of reading", "four words of judging"


@pytest.fixture
def known(tmp_path: Path) -> dict[passwords.Role, str]:
    file = tmp_path / "passwords"
    passwords.write(file, "reader", READING)
    passwords.write(file, "reviewer", JUDGING)
    return passwords.read(file)


def test_passwords_are_kept_as_hashes_that_only_the_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "passwords"
    passwords.write(file, "reader", READING)
    first = file.read_text()
    assert READING not in first
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600  # noqa: PTH116
    passwords.write(file, "reader", READING)
    assert file.read_text() != first  # another salt
    with pytest.raises(UsageError, match="7 characters"):
        passwords.write(file, "reader", "x" * 7)


@pytest.mark.parametrize("line", ["", "reader", "admin:scrypt$00$00", "reader:plain", "reader:scrypt$zz$00"])
def test_a_file_of_something_else_is_refused(line: str, tmp_path: Path) -> None:
    (tmp_path / "passwords").write_text(f"{line}\n")
    with pytest.raises(UsageError, match="password"):
        passwords.read(tmp_path / "passwords")


def test_without_a_password_other_machines_are_not_answered(ledger: Path) -> None:
    with pytest.raises(UsageError, match="no password"):
        make_app(Options(ledger, host="0.0.0.0"))  # noqa: S104
    done = sayso("serve", "--ledger", ledger, "--host", "0.0.0.0", "--port", "0")  # noqa: S104
    assert (done.status, "--passwords" in done.err) == (2, True)


def test_who_is_not_in_sees_nothing(ledger: Path, visit: Visit, known: dict[passwords.Role, str]) -> None:
    client = visit(ledger, passwords=known)
    for path in (*PAGES.values(), "/map.json", "/export/file?format=csv"):
        answer = client.get(path, follow_redirects=False)
        assert answer.status_code == 303, path
        assert "Charikar" not in answer.text
    assert client.get("/api/incidents").status_code == 401


def test_readers_write_nothing(ledger: Path, visit: Visit, known: dict[passwords.Role, str]) -> None:
    client = visit(ledger, passwords=known)
    token = token_on(client.get("/login").text)
    assert client.post("/login", data={"csrf": token, "password": READING}).status_code == 200
    assert "Charikar" in client.get("/?country=AFG").text
    for path in WRITES:
        if path not in ("/names", "/login", "/logout", "/review/name"):
            assert client.post(path, data={"csrf": token, "item": ROCKETS}).status_code == 403, path
    client.post("/logout", data={"csrf": token})
    assert client.get("/", follow_redirects=False).status_code == 303


def test_wrong_passwords_make_one_wait(ledger: Path, visit: Visit, known: dict[passwords.Role, str]) -> None:
    client = visit(ledger, passwords=known)
    token = token_on(client.get("/login").text)
    tries = [client.post("/login", data={"csrf": token, "password": f"wrong {at}"}) for at in range(7)]
    assert [one.status_code for one in tries[:5]] == [403] * 5
    assert tries[-1].status_code == 429
    assert int(tries[-1].headers["retry-after"]) >= 1
    # Who knows it waits, too: else one could go on guessing.
    assert client.post("/login", data={"csrf": token, "password": JUDGING}).status_code == 429


# ---- what goes wrong ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/incident/ffff", 404, "no such incident"),
        ("/report/ffff", 404, "no such report"),
        ("/actor?key=nobody", 404, "Nobody of this name"),
        ("/source?name=nothing", 404, "No report"),
        ("/add/ffff", 404, "not known"),
        ("/nowhere", 404, "no such page"),
        ("/?since=yesterday", 400, "is no date"),
        ("/?since=2021&until=2020", 400, "after until"),
        ("/?role=king&actor=x", 400, "king"),
        ("/?disputed=perhaps", 400, "perhaps"),
        ("/?voices=many", 400, "no number"),
        ("/?country=ZZZ", 200, "No incident matches"),
        ("/?page=99999", 200, "page 3 of 3"),
        ("/?page=-1&order=x", 200, "page 1 of 3"),
        ("/export/file?format=pdf", 400, "no format"),
        ("/export?since=x", 400, "is no date"),
        ("/review/correct?statement=ffff", 404, "no such statement"),
        ("/api/incidents?size=0", 400, "a number from 1"),
        ("/api/incidents/ffff", 404, "no such incident"),
    ],
)
def test_what_cannot_be_is_told_with_what_to_do(
    path: str, status: int, words: str, ledger: Path, visit: Visit
) -> None:
    answer = visit(ledger).get(path)
    assert answer.status_code == status
    assert words in answer.text


def test_an_empty_ledger_says_what_to_do(tmp_path: Path, visit: Visit) -> None:
    client = visit(tmp_path / "new.db")
    assert "This ledger is empty" in client.get("/").text
    for path in ("/actors", "/sources", "/review", "/export", "/map.json", "/map.svg"):
        assert client.get(path).status_code == 200, path


def test_a_taken_port_is_told(ledger: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = sayso("serve", "--ledger", ledger, "--port", str(taken.getsockname()[1]))
    assert done.status == 2
    assert "cannot be listened on" in done.err
