"""What was read is kept: the bytes of each report are in the ledger, with what read them."""

import json
import subprocess
import sys
from pathlib import Path

from sayso.ledger import open_ledger
from sayso.model import Report
from tests.reports.making import PAGE
from tests.test_pipeline import take_in

TEXT = "ADEN, June 3, 2019 - A bomb killed two people in Aden on Monday, police said."


def test_the_ledger_keeps_the_bytes_that_reports_were_read_from(tmp_path: Path) -> None:
    given = {"id": "1", "text": TEXT, "updated": "4 June 2019", "corrects": "https://a.example/1"}
    line = json.dumps(given).encode() + b"\n"
    inputs = {
        "a.txt": f"\ufeff{TEXT}\r\nMore.".encode("utf-16"),
        "b.jsonl": line + b'{"text": "Another report."}\n',
        "c.csv": b'id,text\r\n7,"One line\nand\nanother"\r\n',
        "d.html": PAGE.encode(),
    }
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in inputs.items():
        (folder / name).write_bytes(data)
    take_in(tmp_path / "a.db", [folder])
    with open_ledger(tmp_path / "a.db") as ledger:
        found: dict[str, tuple[Report, bytes | None]] = {}
        for coded in ledger.coded_reports():
            report = coded.report
            found[f"{Path(report.path or '').name} {report.id}"] = (report, ledger.raw(report.report_id))
    assert {name: raw for name, (_, raw) in found.items()} == {
        "a.txt None": inputs["a.txt"],
        "b.jsonl 1": line,
        "b.jsonl None": b'{"text": "Another report."}\n',
        "c.csv 7": b'7,"One line\nand\nanother"\r\n',
        "d.html None": inputs["d.html"],
    }
    readers = {name: report.reader for name, (report, _) in found.items()}
    assert readers["a.txt None"] == "text/1"
    assert readers["d.html None"] == "html/1"
    told, _ = found["b.jsonl 1"]
    assert (told.updated, told.corrects, told.retracts) == ("2019-06-04", "https://a.example/1", None)


def test_what_only_pages_need_is_not_loaded_for_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    program = (
        "import sys; from sayso.reports import read; from sayso.codebook import load; "
        "from sayso.settings import Settings; "
        f"list(read([{str(tmp_path)!r}], load(), Settings())); "
        "print({'lxml', 'trafilatura', 'docx', 'pypdfium2', 'py3langid', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
