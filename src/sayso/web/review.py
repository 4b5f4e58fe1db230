"""Review: what most needs eyes, and what people judge. Everything is a judgement, and can be undone."""

from collections.abc import Callable, Sequence
from concurrent.futures import TimeoutError as NotYetError
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso import judging, marking, reviewing, typed
from sayso.errors import UsageError
from sayso.exports import text
from sayso.ledger import IncidentFilter
from sayso.model import COUNT_FIELDS, Incident, Judgement, Statement
from sayso.places import gazetteer
from sayso.web.asking import FIELDS, asked
from sayso.web.entering import back, form_of, own_path
from sayso.web.site import Site
from sayso.web.words import FIRST, flat

WHO = "sayso_who"
"""The cookie with the name under which somebody judges here."""

_SECONDS = 20
"""So long a page waits for linking; then it goes on beside, and the page says so."""

_WITHOUT_EFFECT = frozenset({"confirm", "unsure", "comment"})
"""Verdicts that change nothing that is shown but themselves."""


def who(request: Request) -> str:
    """The name of whoever judges in this browser."""
    return request.cookies.get(WHO, "").strip()[:80] or "reviewer"


def done(site: Site, request: Request) -> Judgement | None:
    """The judgement that was just made, as the address tells."""
    key = request.query_params.get("done")
    if not key:
        return None
    found = [one for one in site.ledger.judgements() if one.judgement_id == key]
    return next(iter(site.judgements(request, found)), None)


def touching(site: Site, request: Request, incident: Incident) -> list[Judgement]:
    """All judgements about an incident, its mentions and statements; withdrawn ones too."""
    ids = {
        incident.incident_id,
        *(one.mention_id for one in incident.mentions),
        *(one.statement_id for one in incident.statements),
        *(one.statement.statement_id for one in incident.set_aside),
        *(incident.review.judgement_ids if incident.review else ()),
    }
    found = (
        one
        for one in site.ledger.judgements()
        if one.target_id in ids
        or one.judgement_id in ids
        or any(seen.mention_id in ids for group in one.groups for seen in group)
    )
    return site.judgements(request, found)


# ---- the queue ----------------------------------------------------------------------------------------


def show(site: Site, request: Request) -> Response:
    """The incident that needs eyes most, with its statements; and what comes after it."""
    question = asked(request.query_params, "/review")
    skipped = (
        max(0, int(at)) if (at := request.query_params.get("at", "0")).isdecimal() and len(at) < 7 else 0
    )
    chosen = request.query_params.get("incident")
    queue = site.ledger.needing_eyes(question.wanted, skipped, 6)
    current = site.incident(request, chosen or queue.pop(0)) if chosen or queue else None
    following = site.cards(request, map(site.whole_incident, queue))
    # Who judges one statement has not done with the incident, though it is then no more in the queue.
    stay = f"/review?at={skipped}" + (f"&incident={current.incident_id}" if current else "")
    judgements = site.ledger.judgements()
    latest = sorted(judgements, key=lambda one: (one.made_on, one.judgement_id), reverse=True)[:8]
    return site.page(
        request,
        "review.html",
        asked=question,
        at=skipped,
        incident=current,
        following=following,
        stay=stay,
        left=site.ledger.count(IncidentFilter(reviewed=False)),
        rows=_rows(current) if current else [],
        marks=_marks(current, site.judgements(request, site.ledger.attached())) if current else {},
        reasons=reasons(current) if current else [],
        who=who(request),
        latest=site.judgements(request, latest),
        again=site.judgements(request, site.ledger.asked_again()[:20]),
        agreements={kind: one for kind, one in reviewing.agreements(site.ledger).items() if one.units},
        done=done(site, request),
        linking=request.query_params.get("linking") == "1",
    )


def reasons(incident: Incident) -> list[str]:
    """Why an incident needs eyes, in words."""
    found = [f"values of {one.field} disagree" for one in incident.disagreements]
    if "disputed" in incident.attribution_status or "denied" in incident.attribution_status:
        found.append("somebody contradicts who did it")
    if incident.status_hedged:
        found.append("every claim is only hedged")
    if incident.attribution_status in ("claimed", "accused", "suspected") and len(incident.reports) == 1:
        found.append("somebody is named by one report alone")
    if incident.place is None or incident.place.lat is None:
        found.append("its place is not known")
    if incident.date.earliest is None:
        found.append("its date is not known")
    return found or ["nobody has looked at it yet"]


def _rows(incident: Incident) -> list[Statement]:
    """Its statements, who-did-it first; those that say the same in the same words are one."""
    order = {field: number for number, field in enumerate(dict.fromkeys((*FIRST, *FIELDS)))}
    found: dict[tuple[object, ...], Statement] = {}
    for one in sorted(incident.statements, key=lambda said: order[said.field]):
        found.setdefault((one.field, text.sentence(one), flat(one.quote.text)), one)
    return list(found.values())


def _marks(incident: Incident, judgements: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    found: dict[str, list[Judgement]] = {}
    for one in judgements:
        found.setdefault(one.target_id, []).append(one)
    ids = {incident.incident_id, *(one.statement_id for one in incident.statements)}
    return {key: its for key, its in found.items() if key in ids}


# ---- judging ------------------------------------------------------------------------------------------

Judge = Callable[[FormData, judging.By], Judgement]


def _text(form: FormData, key: str, most: int = 2_000) -> str:
    value = form.get(key, "")
    return value.strip()[:most] if isinstance(value, str) else ""


async def _judged(site: Site, request: Request, make: Judge) -> Response:
    """Makes a judgement of a form, links where that changes something, and goes back with the news."""
    if request.state.role != "reviewer":
        raise HTTPException(403, "Readers do not judge. Log in as a reviewer.")
    form = await form_of(site, request)
    by = judging.By(_text(form, "who", 80) or who(request), judging.now(), _text(form, "why") or None)
    made = await run_in_threadpool(make, form, by)
    linking = made.verdict not in _WITHOUT_EFFECT and not await _linked(site)
    response = RedirectResponse(_with(back(form, "/review"), made.judgement_id, linking=linking), 303)
    if _text(form, "who"):
        response.set_cookie(WHO, by.who, max_age=365 * 86_400, httponly=True, samesite="strict")
    return response


async def _linked(site: Site) -> bool:
    """Links anew; False where that takes longer than a page may."""
    future = site.work.link()
    try:
        await run_in_threadpool(future.result, _SECONDS)
    except NotYetError:
        return False
    return True


def _with(path: str, judgement_id: str, *, linking: bool) -> str:
    """The address with the news of a judgement in it."""
    parts = urlsplit(path)
    kept = [pair for pair in parts.query.split("&") if pair and not pair.startswith(("done=", "linking="))]
    told = urlencode({"done": judgement_id, **({"linking": "1"} if linking else {})})
    return f"{parts.path}?{'&'.join([*kept, told])}" + (f"#{parts.fragment}" if parts.fragment else "")


async def judge(site: Site, request: Request) -> Response:
    """Right, wrong, unsure, or a comment, on a statement, a mention or an incident."""

    def make(form: FormData, by: judging.By) -> Judgement:
        verdicts = {
            "confirm": judging.confirm,
            "reject": judging.reject,
            "unsure": judging.unsure,
            "comment": judging.comment,
        }
        verdict = verdicts.get(_text(form, "verdict"))
        if verdict is None:
            raise UsageError("There is no such verdict.", "Use the buttons.")
        return verdict(site.ledger, _text(form, "item"), by, mention=_text(form, "what") == "mention")

    return await _judged(site, request, make)


async def pair(site: Site, request: Request) -> Response:
    """Whether incidents are one."""

    def make(form: FormData, by: judging.By) -> Judgement:
        ids = list(dict.fromkeys(one for one in form.getlist("incident") if isinstance(one, str)))
        verdict = _text(form, "verdict")
        if len(ids) < 2 or (verdict != "same" and len(ids) != 2):
            raise UsageError(
                "Too few or too many incidents are chosen.", "Choose two; or more, to make them one."
            )
        if verdict == "same":
            return judging.same(site.ledger, ids, by)
        return (judging.unsure_same if verdict == "unsure" else judging.not_same)(
            site.ledger, ids[0], ids[1], by
        )

    return await _judged(site, request, make)


async def split(site: Site, request: Request) -> Response:
    """Mentions that are another incident."""

    def make(form: FormData, by: judging.By) -> Judgement:
        mentions = [one for one in form.getlist("mention") if isinstance(one, str)]
        return judging.split(site.ledger, _text(form, "incident"), mentions, by)

    return await _judged(site, request, make)


async def hide(site: Site, request: Request) -> Response:
    """A report that is out."""
    return await _judged(site, request, lambda form, by: judging.hide(site.ledger, _text(form, "report"), by))


def form_to_correct(site: Site, request: Request) -> Response:
    """The page on which one statement is corrected."""
    key = request.query_params.get("statement", "")
    found = site.ledger.statement(key)
    holder = None if found is None else site.ledger.incident_of(found.mention_id)
    if found is None or holder is None:
        raise HTTPException(404, "There is no such statement in this ledger.")
    shown = site.incident(request, holder.incident_id).statements
    one = next((said for said in shown if said.statement_id == key), None)
    if one is None:
        raise HTTPException(404, "This statement is set aside: undo that first.")
    given = request.query_params.get("back", "/review")
    return site.page(request, "correct.html", one=one, back=own_path(given, "/review"))


async def correct(site: Site, request: Request) -> Response:
    """Another value, stance or speaker of a statement; what stays as it was is no correction."""

    def make(form: FormData, by: judging.By) -> Judgement:
        statement = site.ledger.statement(_text(form, "statement"))
        if statement is None:
            raise UsageError("There is no such statement in this ledger.", "It may have been read anew.")
        before: dict[str, str | bool] = {
            "value": "unknown" if statement.unknown else text.value(statement.value),
            "stance": statement.stance.value,
            "speaker": statement.speaker,
            "hedged": statement.hedged,
        }
        typed_in: dict[str, str | bool] = {key: _text(form, key) for key in ("value", "stance", "speaker")}
        typed_in["hedged"] = _text(form, "hedged") == "yes"
        told = {key: None if value == before[key] else value for key, value in typed_in.items()}
        change = typed.change_of(statement, told, site.codebook, gazetteer())
        return judging.correct(site.ledger, statement.statement_id, by, change)

    return await _judged(site, request, make)


async def add(site: Site, request: Request) -> Response:
    """A statement of words that somebody marked in a report; it passes the same gate as all that is coded."""

    def make(form: FormData, by: judging.By) -> Judgement:
        report = site.report(_text(form, "report"))
        field, nth = _text(form, "field"), _text(form, "nth")
        told = {
            "field": field,
            "words": _exact(form, "words"),
            "nth": int(nth) if nth.isdecimal() and 0 < int(nth) < 10_000 else 1,
            "mention": _text(form, "mention") or None,
            "value": _text(form, "value") or None if field in (*COUNT_FIELDS, "event") else None,
            "stance": _text(form, "stance") or "stated",
            "speaker": _text(form, "speaker") or None,
            "cue": None,
            "kind": _text(form, "kind") or None,
            "hedged": _text(form, "hedged") == "yes",
            "is_background": False,
        }
        return marking.add(site.ledger, site.codebook, marking.marked(report, told, site.codebook), by)

    return await _judged(site, request, make)


def _exact(form: FormData, key: str) -> str:
    """Words of a report as they stand there: their line ends are not those of a form."""
    value = form.get(key, "")
    return value.replace("\r\n", "\n")[:2_000] if isinstance(value, str) else ""


async def undo(site: Site, request: Request) -> Response:
    """Withdraws a judgement."""

    def make(form: FormData, by: judging.By) -> Judgement:
        key = judging.undo(site.ledger, _text(form, "judgement"), by.made_on)
        return next(one for one in site.ledger.judgements() if one.judgement_id == key)

    return await _judged(site, request, make)


async def name(site: Site, request: Request) -> Response:
    """Under which name one judges here from now on."""
    form = await form_of(site, request)
    response = RedirectResponse(back(form, "/review"), 303)
    response.set_cookie(WHO, _text(form, "who", 80), max_age=365 * 86_400, httponly=True, samesite="strict")
    return response
