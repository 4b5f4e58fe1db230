"""PDF and DOCX files: paragraphs as printed, what styles say, and what cannot be read."""

import sys
from pathlib import Path

import pytest

from sayso.codebook import Codebook
from sayso.model import Problem, Report
from sayso.reports import read as read_paths
from sayso.reports.document import UnreadableError
from sayso.reports.readers import docx as docx_reader
from sayso.reports.readers import pdf as pdf_reader
from sayso.settings import Settings
from tests.reports.making import PAGE, PARAGRAPHS, docx, pdf

MOST = 500_000


# ---- PDF ----


def test_paragraphs_of_a_pdf_are_parted_by_gaps() -> None:
    lines = ["Seven rockets hit the town of", "Charda on Tuesday, killing", "three people."]
    document = pdf_reader.read(pdf([[[PARAGRAPHS[0]], lines, [PARAGRAPHS[2]]]]), MOST)
    assert document.text == "\n\n".join([PARAGRAPHS[0], "\n".join(lines), PARAGRAPHS[2]])
    assert [document.text[region.start : region.end] for region in document.regions] == document.text.split(
        "\n\n"
    )


def test_running_titles_and_page_numbers_are_no_reporting() -> None:
    pages = [[["The Karsin Herald"], [f"{PARAGRAPHS[1]} Part {n}."], [f"Page {n} of 3"]] for n in (1, 2, 3)]
    document = pdf_reader.read(pdf(pages), MOST)
    kinds = {document.text[region.start : region.end]: region.kind for region in document.regions}
    assert kinds["The Karsin Herald"] == "boilerplate"
    assert kinds["Page 2 of 3"] == "boilerplate"
    assert kinds[f"{PARAGRAPHS[1]} Part 2."] == "body"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\nnothing", "broken"),
        (pdf([[[PARAGRAPHS[1]]]])[:200], "broken"),
        (pdf([[[]]]), "no text"),
        (pdf([[["x" * 60]] * 3]), "more than 100 characters"),
    ],
)
def test_a_pdf_that_cannot_be_read(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        pdf_reader.read(data, 100)


# ---- DOCX ----


def test_paragraphs_of_a_document_and_what_their_styles_say() -> None:
    document = docx_reader.read(
        docx((*PARAGRAPHS, "A caption", ""), ("Title", None, "Quote", "Caption")), MOST
    )
    assert document.text == "\n\n".join([*PARAGRAPHS, "A caption"])
    assert [region.kind for region in document.regions] == ["title", "body", "quotation", "caption"]


def test_tables_headers_and_breaks_of_a_document() -> None:
    import io

    import docx as python_docx

    made = python_docx.Document()
    made.sections[0].header.paragraphs[0].text = "The Karsin Herald"
    made.add_paragraph("One line\nand another")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Killed", "3"
    stream = io.BytesIO()
    made.save(stream)
    document = docx_reader.read(stream.getvalue(), MOST)
    assert document.text == "The Karsin Herald\n\nOne line\nand another\n\nKilled\t3"
    assert [region.kind for region in document.regions] == ["boilerplate", "body", "body"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (docx()[:900], "broken"),
        (docx(()), "no text"),
        (docx(("x" * 200,)), "202 characters"),
    ],
)
def test_a_document_that_cannot_be_read(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        docx_reader.read(data, 100)


# ---- both ----


@pytest.mark.parametrize(
    ("library", "reader", "data"), [("pypdfium2", pdf_reader, pdf([[["x"]]])), ("docx", docx_reader, docx())]
)
def test_without_the_extra_it_is_told_what_to_install(
    library: str, reader: object, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UnreadableError) as told:
        reader.read(data, MOST)  # type: ignore[attr-defined]
    assert "pip install 'sayso[docs]'" in told.value.mend


def test_a_folder_of_mixed_things_whatever_their_names(tmp_path: Path, codebook: Codebook) -> None:
    mixed = {
        "a.txt": PAGE.encode(),
        "b": pdf([[[words] for words in PARAGRAPHS]]),
        "c.html": docx(),
        "d.pdf": "\n\n".join(PARAGRAPHS).encode(),
        "e.docx": b'{"id": "1", "text": "Two died in Karsin."}\n',
        "f.zip": b"PK\x03\x04...",
    }
    for name, data in mixed.items():
        (tmp_path / name).write_bytes(data)
    raw: dict[str, bytes] = {}
    found = list(read_paths([str(tmp_path)], codebook, Settings(), raw=raw))
    reports = [one for one in found if isinstance(one, Report)]
    assert [one.reader for one in reports] == ["html/1", "pdf/1", "docx/1", "jsonl/1"]
    (same, bad) = [one for one in found if isinstance(one, Problem)]
    assert "The same report was read" in same.what  # the text of d.pdf is that of b
    assert "a ZIP file" in bad.what
    files = (tmp_path / str(report.path).rsplit("/", 1)[1] for report in reports)
    assert [raw[report.report_id] for report in reports] == [file.read_bytes() for file in files]


def test_a_file_above_the_limit_is_refused(tmp_path: Path, codebook: Codebook) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (problem,) = read_paths([str(tmp_path)], codebook, Settings(max_file_bytes=1000))
    assert isinstance(problem, Problem)
    assert "may have 1000" in problem.what
    assert "SAYSO_MAX_FILE_BYTES" in problem.mend
