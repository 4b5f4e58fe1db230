"""Adding reports: pasted, or as files; how far it is, what was found, what failed and why."""

import shutil
from pathlib import Path, PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import UsageError
from sayso.records import to_line
from sayso.settings import from_environment
from sayso.web.entering import form_of
from sayso.web.site import Site
from sayso.web.work import INBOX, new_folder

KINDS = (".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".pdf", ".docx")
"""What files may be called. What is in them the readers look at themselves."""

MOST_FILES = 500
_CHUNK = 1 << 20


def show(site: Site, request: Request) -> Response:
    """The page with both forms."""
    settings = from_environment()
    return site.page(
        request,
        "add.html",
        kinds=KINDS,
        most_files=MOST_FILES,
        most_bytes=settings.max_file_bytes,
        most_characters=settings.max_report_characters,
        fault=None,
    )


async def add(site: Site, request: Request) -> Response:
    """Takes what was sent, and goes to the page that tells how far it is."""
    if request.state.role != "reviewer":
        raise HTTPException(403, "Readers add no reports. Log in as a reviewer.")
    settings = from_environment()
    form = await form_of(site, request, max_files=MOST_FILES, max_part=settings.max_report_characters * 4)
    folder = new_folder()
    try:
        names = await run_in_threadpool(_kept, form, folder / INBOX, settings.max_file_bytes)
    except UsageError:
        shutil.rmtree(folder)
        raise
    finally:
        await form.close()
    return RedirectResponse(f"/add/{site.work.read(folder, names)}", 303)


def _kept(form: FormData, inbox: Path, most: int) -> list[str]:
    """Puts what was sent into the folder; gives the names. Raises UsageError for what is not taken."""
    names: list[str] = []
    pasted = form.get("text")
    if isinstance(pasted, str) and pasted.strip():
        keys = ("title", "publisher", "published", "url")
        told = {
            key: value.strip() for key in keys if isinstance(value := form.get(key), str) and value.strip()
        }
        # Browsers send line ends of their own.
        record = {"text": pasted.replace("\r\n", "\n"), **told}
        (inbox / "pasted.jsonl").write_text(to_line(record) + "\n", "utf-8")
        names.append("pasted.jsonl")
    names += [
        _file(sent, inbox, most)
        for sent in form.getlist("files")
        if isinstance(sent, UploadFile) and sent.filename
    ]
    if not names:
        raise UsageError("Nothing was sent.", "Paste a report, or choose files, and send it again.")
    return names


def _file(sent: UploadFile, inbox: Path, most: int) -> str:
    name = _safe(sent.filename or "")
    if PurePosixPath(name).suffix.lower() not in KINDS:
        raise UsageError(f"{name} is of no kind that is read.", f"Send files that end in {', '.join(KINDS)}.")
    target = inbox / name
    number = 1
    while target.exists():
        number += 1
        target = inbox / f"{PurePosixPath(name).stem}-{number}{PurePosixPath(name).suffix}"
    size = 0
    with target.open("wb") as file:
        while part := sent.file.read(_CHUNK):
            size += len(part)
            if size > most:
                raise UsageError(
                    f"{name} has more than {most} bytes.", "Split it, or raise SAYSO_MAX_FILE_BYTES."
                )
            file.write(part)
    return target.name


def _safe(name: str) -> str:
    """The last part of a file's name, of letters, digits and a few signs: it becomes a file of ours."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(one if one.isalnum() or one in " ._-" else "_" for one in last).strip(" .")
    return plain[-120:] or "report.txt"


def progress(site: Site, request: Request) -> Response:
    """How far a job is; the page asks again until it is over."""
    job = site.work.job(request.path_params["job_id"])
    if job is None:
        raise HTTPException(404, "This work is not known: it was long ago, or sayso was started anew since.")
    told = site.work.told(job)
    found = [one for key in told.incidents if (one := site.ledger.incident(key))]
    return site.page(request, "adding.html", job=job, told=told, incidents=site.cards(request, found))
