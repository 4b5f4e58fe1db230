"""One report: its text as read, with what was taken from it, what was not, and its relatives."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sayso import explaining, tracing
from sayso.model import Incident, Report, Span, Statement
from sayso.web import review
from sayso.web.site import Site


@dataclass(frozen=True, slots=True)
class Note:
    """A statement in the margin, with the number of its incident on this page."""

    number: int
    statement: Statement
    incident: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are of one region and of the same quotes; ``values`` are the notes whose value they are."""

    text: str
    start: int
    quotes: tuple[Note, ...]
    values: tuple[Note, ...]
    marked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text: its region, its pieces, and the notes whose quotes begin there."""

    region: str
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]


def show(site: Site, request: Request) -> Response:
    """The page of a report."""
    report = site.report(request.path_params["report_id"])
    names = site.without_names(request)
    incidents = [site.whole_incident(key) for key in site.ledger.told_by([report.report_id])]
    text = report.text
    if names is not None:
        incidents = [names.without(one) for one in incidents]
        text = names.text(text, [report.report_id])
    mark = _mark(request.query_params.get("mark", ""), len(text))
    notes = _notes(report, incidents)
    return site.page(
        request,
        "report.html",
        report=report,
        title=_title(report, names.text if names else None),
        incidents=incidents,
        lines=list(lines(replace(report, text=text), notes, mark)),
        mark=mark,
        judgements=site.judgements(
            request, (one for one in site.ledger.judgements() if one.target_id == report.report_id)
        ),
        done=review.done(site, request),
        linking=request.query_params.get("linking") == "1",
    )


def _title(report: Report, clean: Any) -> str:
    title = report.title or report.id or "Report without a title"
    return clean(title, [report.report_id]) if clean else title


def _mark(given: str, length: int) -> Span | None:
    """The stretch that the address asks to be marked."""
    found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", given)
    if found is None:
        return None
    start, end = int(found[1]), int(found[2])
    return (start, end) if start < end <= length else None


def _notes(report: Report, incidents: Sequence[Incident]) -> list[Note]:
    """What the report says, each once for its words, value and stance, in order of the text."""
    found: dict[tuple[object, ...], tuple[Statement, int]] = {}
    for number, incident in enumerate(incidents, 1):
        for one in incident.statements:
            if one.report_id == report.report_id:
                key = (one.field, one.stance, one.value, one.quote.start, one.speaker, one.spoken_by, number)
                found.setdefault(key, (one, number))
    ordered = sorted(found.values(), key=lambda pair: (pair[0].quote.start, _value(pair[0]), pair[0].field))
    return [Note(number, one, incident) for number, (one, incident) in enumerate(ordered, 1)]


def _value(statement: Statement) -> Span:
    return statement.spans.value or (statement.quote.start, statement.quote.end)


def lines(report: Report, notes: Sequence[Note], mark: Span | None) -> Iterator[Line]:
    """The text line by line. Every character stands in exactly one piece, but for the ends of lines."""
    cuts = {0, len(report.text)}
    for note in notes:
        cuts |= {note.statement.quote.start, note.statement.quote.end, *_value(note.statement)}
    for stretch in report.regions:
        cuts |= {stretch.start, stretch.end}
    if mark:
        cuts |= set(mark)
    told: set[int] = set()
    start = 0
    for words in report.text.split("\n"):
        end = start + len(words)
        kind = next((one.kind for one in report.regions if one.start < end and one.end > start), "")
        edges = sorted({start, end, *(cut for cut in cuts if start < cut < end)})
        pieces = []
        for a, b in itertools.pairwise(edges):
            quotes = tuple(
                one for one in notes if one.statement.quote.start <= a and b <= one.statement.quote.end
            )
            values = tuple(
                one for one in quotes if _value(one.statement)[0] <= a and b <= _value(one.statement)[1]
            )
            marked = mark is not None and mark[0] <= a and b <= mark[1]
            pieces.append(Piece(report.text[a:b], a, quotes, values, marked))
        here = tuple(
            one for one in notes if start <= one.statement.quote.start <= end and one.number not in told
        )
        told |= {one.number for one in here}
        yield Line(kind, tuple(pieces), here)
        start = end + 1


# ---- parts that take longer ---------------------------------------------------------------------------


def turned_down(site: Site, request: Request) -> Response:
    """What was seen in the report and not taken, sentence by sentence, with the reason."""
    report = site.report(request.path_params["report_id"])
    record = explaining.record(explaining.explain_report(report, site.codebook))
    names = site.without_names(request)

    def clean(words: str) -> str:
        return words if names is None else names.text(words, [report.report_id])

    sentences = [
        {
            **sentence,
            "text": clean(sentence["text"]),
            "cues": [{**cue, "text": clean(cue["text"])} for cue in sentence["cues"] if cue["reason"]],
            "turned_down": [
                {**one, "text": clean(one["text"]), "speaker": clean(one["speaker"])}
                for one in sentence["turned_down"]
            ],
        }
        for sentence in record["sentences"]
    ]
    kept = [one for one in sentences if one["cues"] or one["turned_down"]]
    return site.page(request, "turned_down.html", report=report, sentences=kept, warnings=record["warnings"])


def relatives(site: Site, request: Request) -> Response:
    """The reports that share text with this one, with the passages side by side."""
    report = site.report(request.path_params["report_id"])
    found = tracing.relatives(site.ledger, site.codebook, report.report_id)
    pairs = [] if found is None else list(_pairs(site, request, found, report.report_id))
    hands = () if found is None else found.hands[report.report_id]
    return site.page(request, "relatives.html", report=report, pairs=pairs, hands=hands)


def _pairs(site: Site, request: Request, found: tracing.Traced, mine: str) -> Iterator[dict[str, Any]]:
    names = site.without_names(request)
    for pair in found.lineages[0].pairs:
        is_a = pair.pair.a == mine
        other = found.reports[pair.pair.b if is_a else pair.pair.a]
        passages = []
        for one in sorted(pair.passages, key=lambda its: its.in_a[0] - its.in_a[1])[:20]:
            here, there = (one.in_a, one.in_b) if is_a else (one.in_b, one.in_a)
            words = found.reports[mine].text[slice(*here)]
            passages.append(
                {
                    "here": here,
                    "there": there,
                    "text": words if names is None else names.text(words, [mine]),
                }
            )
        yield {
            "other": other,
            "title": _title(other, names.text if names else None),
            "how": pair.how,
            "share": pair.pair.score,
            "confidence": pair.confidence,
            "first": None if pair.origin is None else "this" if pair.origin == mine else "other",
            "passages": sorted(passages, key=lambda its: its["here"]),
        }
