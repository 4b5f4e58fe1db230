"""Actors, and the outlets that tell of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sayso import tracing
from sayso.exports.private import PrivateNames
from sayso.ledger import IncidentFilter, Said, Shelved
from sayso.model import Stance
from sayso.web.site import Site

SIZE = 50
_MOST_READ = 40
"""Reports of an outlet that are looked at for copies, and incidents for figures that others contradict."""


def _page_of(request: Request) -> int:
    given = request.query_params.get("page", "1")
    return min(int(given), 10**6) if given.isdecimal() and int(given) > 0 else 1


def actors(site: Site, request: Request) -> Response:
    """Who is said or denied to have done something, and how often in which stance."""
    words = request.query_params.get("q", "").strip()[:200] or None
    page = _page_of(request)
    total, found = site.ledger.actors(words, (page - 1) * SIZE, SIZE)
    names = site.without_names(request)
    shown = [(_key(names, one.name, one.key), _clean(names, one.name), one) for one in found]
    pages = max(1, -(-total // SIZE))
    return site.page(
        request,
        "actors.html",
        q=words or "",
        actors=shown,
        total=total,
        page=page,
        pages=pages,
        stances=list(Stance),
    )


def actor(site: Site, request: Request) -> Response:
    """One actor: what is said of it, by whom, and what it says of others, over time."""
    key = request.query_params.get("key", "")[:500]
    about = site.ledger.said(actor=key)
    by = site.ledger.said(speaker=key)
    names = site.without_names(request)
    if not key or not (about or by):
        raise HTTPException(404, "Nobody of this name is said to have done anything here.")
    # Who knows the name of a private person may still ask for it.
    name = about[0].actor if about else by[0].speaker
    return site.page(
        request,
        "actor.html",
        key=key,
        name=_clean(names, name),
        about=_by_stance(about),
        others=_counted([one for one in by if one.actor_key != key], names),
        accusers=_counted([one for one in about if one.speaker_key != key], names),
        years=_years(about),
        answered=sum(one.answered for one in by if one.stance is not Stance.DENIED),
        n_said=len(by),
        incidents=_first(site, request, IncidentFilter(actor=key)),
        stances=list(Stance),
    )


def _key(names: PrivateNames | None, name: str, key: str) -> str | None:
    """The key of an actor whose name is shown; None for another, whose key has the name in it."""
    return key if names is None or names.text(name) == name else None


def _clean(names: PrivateNames | None, words: str) -> str:
    return words if names is None else names.text(words)


def _by_stance(said: Sequence[Said]) -> dict[Stance, int]:
    return {stance: len({one.incident_id for one in said if one.stance is stance}) for stance in Stance}


def _counted(said: Sequence[Said], names: PrivateNames | None) -> list[dict[str, Any]]:
    """What is said in the same stance by the same speaker of the same actor, the most frequent first."""
    counts: Counter[tuple[str, str, Stance, str, str]] = Counter()
    hedged: Counter[tuple[str, str, Stance, str, str]] = Counter()
    answered: Counter[tuple[str, str, Stance, str, str]] = Counter()
    for one in said:
        key = (one.speaker, one.speaker_key, one.stance, one.actor, one.actor_key)
        counts[key] += 1
        hedged[key] += one.hedged
        answered[key] += one.answered
    return [
        {
            "speaker": _clean(names, speaker),
            "speaker_key": _key(names, speaker, speaker_key),
            "stance": stance,
            "actor": _clean(names, actor),
            "actor_key": _key(names, actor, actor_key),
            "times": times,
            "hedged": hedged[speaker, speaker_key, stance, actor, actor_key],
            "answered": answered[speaker, speaker_key, stance, actor, actor_key],
        }
        for (speaker, speaker_key, stance, actor, actor_key), times in sorted(
            counts.items(), key=lambda pair: (-pair[1], pair[0])
        )[:100]
    ]


def _years(said: Sequence[Said]) -> list[dict[str, Any]]:
    """For each year from the first to the last how many incidents there are in each stance."""
    counts: dict[int, Counter[Stance]] = {}
    for one in said:
        if one.day and one.day[:4].isdecimal():
            counts.setdefault(int(one.day[:4]), Counter())[one.stance] += 1
    if not counts:
        return []
    first = max(min(counts), max(counts) - 59)
    most = max(its.total() for its in counts.values())
    return [
        {"year": year, "counts": counts.get(year, Counter()), "most": most}
        for year in range(first, max(counts) + 1)
    ]


def _first(site: Site, request: Request, wanted: IncidentFilter) -> list[Any]:
    return site.cards(request, site.ledger.page(wanted, 0, 10, latest=True))


# ---- outlets ------------------------------------------------------------------------------------------


def sources(site: Site, request: Request) -> Response:
    """The outlets, with how many reports and lineages each has, and how many it shares with others."""
    shelf = site.ledger.shelf()
    outlets: dict[str, set[str]] = {}
    for one in shelf:
        outlets.setdefault(one.lineage_id or one.report_id, set()).add(one.publisher or "")
    rows: dict[str, dict[str, Any]] = {}
    for one in shelf:
        row = rows.setdefault(
            one.publisher or "",
            {"reports": 0, "lineages": set(), "shared": set(), "first": None, "last": None},
        )
        lineage = one.lineage_id or one.report_id
        row["reports"] += 1
        row["lineages"].add(lineage)
        if len(outlets[lineage]) > 1:
            row["shared"].add(lineage)
        if one.published:
            row["first"] = min(row["first"] or one.published, one.published)
            row["last"] = max(row["last"] or one.published, one.published)
    listed = sorted(rows.items(), key=lambda pair: (-pair[1]["reports"], pair[0]))
    page = _page_of(request)
    pages = max(1, -(-len(listed) // SIZE))
    shown = listed[(page - 1) * SIZE : page * SIZE]
    return site.page(
        request, "sources.html", sources=shown, total=len(listed), reports=len(shelf), page=page, pages=pages
    )


def source(site: Site, request: Request) -> Response:
    """One outlet: its reports, whom it copies, and how often others give another figure."""
    name = request.query_params.get("name", "")[:500]
    its = [one for one in site.ledger.shelf() if (one.publisher or "") == name]
    if not its:
        raise HTTPException(404, "No report of this ledger is by that outlet.")
    page = _page_of(request)
    names = site.without_names(request)
    latest = sorted(its, key=lambda one: (one.published or "", one.report_id), reverse=True)
    looked_at = latest[:_MOST_READ]
    shown = latest[(page - 1) * SIZE : page * SIZE]
    return site.page(
        request,
        "source.html",
        name=name,
        reports=[(one, _clean(names, one.title or one.report_id)) for one in shown],
        total=len(its),
        page=page,
        pages=max(1, -(-len(its) // SIZE)),
        looked_at=len(looked_at),
        copies=_copies(site, looked_at),
        contradicted=_contradicted(site, {one.report_id: one for one in looked_at}),
    )


def _copies(site: Site, reports: Sequence[Shelved]) -> list[tuple[str, str, str, int]]:
    """With which outlets reports share text: the outlet, how, which was first, how many times."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in reports:
        found = tracing.relatives(site.ledger, site.codebook, one.report_id)
        for pair in found.lineages[0].pairs if found else ():
            if pair.how == "apart":
                continue
            other = (
                found.reports[pair.pair.b if pair.pair.a == one.report_id else pair.pair.a] if found else None
            )
            if other is not None:
                first = (
                    "not told"
                    if pair.origin is None
                    else "this"
                    if pair.origin == one.report_id
                    else "the other"
                )
                counts[other.publisher or "", pair.how, first] += 1
    return [(*key, times) for key, times in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def _contradicted(site: Site, reports: Mapping[str, Shelved]) -> dict[str, tuple[int, int]]:
    """For each field: of how many incidents these reports tell it, and in how many values disagree."""
    told: Counter[str] = Counter()
    against: Counter[str] = Counter()
    for key in site.ledger.told_by(list(reports))[: 5 * _MOST_READ]:
        incident = site.whole_incident(key)
        mine = {one.statement_id for one in incident.statements if one.report_id in reports}
        told.update({one.field for one in incident.statements if one.statement_id in mine})
        against.update(
            {
                one.field
                for one in incident.disagreements
                if any(mine & set(value.statement_ids) for value in one.values)
            }
        )
    return {
        field: (number, against[field]) for field, number in sorted(told.items(), key=lambda pair: -pair[1])
    }
