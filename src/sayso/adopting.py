"""Actors that reports name and the codebook does not have, as rows of an actors.csv to adopt them with."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sayso import actors
from sayso.codebook import Codebook
from sayso.codebook.schema import Actor
from sayso.finding import actors_of
from sayso.model import Report
from sayso.places import gazetteer


@dataclass(slots=True)
class _Named:
    """How an actor is named, in how many reports, and the first of these."""

    kind: str
    first: str
    reports: int = 0
    forms: Counter[str] = field(default_factory=Counter)


def rows(reports: Iterable[Report], codebook: Codebook) -> Iterator[str]:
    """Lines of a table in the form of actors.csv, its head first: those named most often come first.

    Left out are actors of the codebook, outlets and bodies of states that it knows, and what has no identity.
    A row is a proposal: class and country are told by the name and the report, dates are for who adopts it.
    """
    found: dict[str, _Named] = {}
    known = actors.known_ids(codebook)
    for report in reports:
        here: set[str] = set()
        for name in actors_of(report, codebook, gazetteer())[1]:
            if name.actor_id is None or name.actor_id in known or name.antecedent is not None:
                continue
            one = found.setdefault(name.actor_id, _Named(name.kind, report.id or report.report_id))
            one.forms[" ".join(name.words.split())] += 1
            one.reports += name.actor_id not in here
            here.add(name.actor_id)
    yield _line(list(Actor.model_fields))
    for actor_id, one in sorted(found.items(), key=lambda item: (-item[1].reports, item[0])):
        yield _line(_row(actor_id, one, codebook))


def _row(actor_id: str, one: _Named, codebook: Codebook) -> list[str]:
    forms = [form for form, _ in sorted(one.forms.items(), key=lambda item: (-item[1], item[0]))]
    codes = {row.country for row in codebook.countries}
    country = actor_id.rpartition("-")[2].upper()
    given = {
        "actor_id": actor_id,
        "name": forms[0],
        "aliases": "|".join(form for form in forms[1:] if "|" not in form),
        "kind": one.kind,
        "actor_class": actors.class_of(forms[0], codebook),
        "country": country if country in codes else "",
        "source": f"named in {one.reports} report{'s' * (one.reports > 1)}, first in {one.first}",
    }
    return [given.get(column, "") for column in Actor.model_fields]


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
