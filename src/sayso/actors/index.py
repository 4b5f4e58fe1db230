"""The names of a codebook's actors, ready to be looked up."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sayso.actors.tables import Table
from sayso.codebook import Codebook
from sayso.codebook.schema import Actor, Country, NamePart, PeopleWord
from sayso.language import view
from sayso.model import ParticipantKind, SpeakerKind

NameKind = ParticipantKind | SpeakerKind


@dataclass(frozen=True, slots=True)
class Known:
    """What a name in the codebook stands for; ``printed`` are the forms whose capitals the text must share.

    countries  those of the actor; with ``local`` the name counts only where the report tells of one of them.
    since      the first day of the actor as far as the codebook knows.
    is_name    whether a form is the actor's name and no alias.
    """

    actor_id: str
    kind: NameKind
    printed: tuple[str, ...]
    countries: frozenset[str] = frozenset()
    local: bool = False
    since: str | None = None
    is_name: bool = True


@dataclass(frozen=True, slots=True)
class Nation:
    """A country under one of its names (``is_name``) or demonyms, as ``printed``."""

    country: Country
    printed: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class Index:
    """Lookup tables over one codebook."""

    names: Table[tuple[Known, ...]]
    nations: Table[Nation]
    bodies: Table[str]
    behind_country: frozenset[str]
    """Words for bodies that are so only behind a country's name."""
    people: Table[PeopleWord]
    firsts: frozenset[str]
    """First words of the phrases of all four."""
    parts: dict[str, NamePart]
    """Words that show a name to be an organisation's, each with its row."""
    branches: dict[tuple[str, str], str]
    """(whole, country) -> the actor that is the whole's part in that country."""
    bodies_of: dict[str, str]
    """actor_id of a body of a state -> its country."""
    countries: dict[str, Country]
    nation_words: frozenset[str]
    """Names and demonyms of countries, as a view has them."""
    group_words: frozenset[str]
    body_nouns: frozenset[str]
    """Nouns after which the name of an organisation stands."""
    naming: frozenset[str]
    leads: frozenset[str]
    """Words before a name that are no part of it: articles, prepositions, titles."""
    common: frozenset[str]
    """Words that tell no body from another."""
    links: frozenset[str]
    """Small words inside names."""
    tails: frozenset[str]
    """Words after a name that change nothing about whose it is."""
    speakers: frozenset[str]
    """Words after a name for those who speak for it."""
    articles: frozenset[str]
    outlet_nouns: tuple[tuple[NameKind, frozenset[str]], ...]
    """Last words of the names of outlets and of monitors."""
    outlet: re.Pattern[str]
    """Any of these words: most sentences have none."""


def slug(name: str) -> str:
    """A name as an id: "Côte d'Ivoire" is "cote-d-ivoire"."""
    plain = "".join(char for char in unicodedata.normalize("NFD", view(name)) if char.isascii())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@cache
def index_of(codebook: Codebook) -> Index:
    """The index of a codebook, made once per process."""
    lexicon = codebook.lexicon
    nations = list(_nations(codebook))
    states = [(slug(row.name), row.country) for row in codebook.countries]
    groups = frozenset(word for row in codebook.people if row.group for word in row.words)
    outlet_nouns = (*lexicon.media_nouns, *lexicon.monitor_nouns)
    names, nation_names = Table(_names(codebook).items()), Table(nations)
    behind = {word: row.body for row in codebook.bodies for word in row.behind_country}
    bodies = Table(
        [*((word, row.body) for row in codebook.bodies for word in row.words), *sorted(behind.items())]
    )
    people = Table((word, row) for row in codebook.people for word in row.words)
    return Index(
        names=names,
        nations=nation_names,
        bodies=bodies,
        behind_country=frozenset(behind),
        people=people,
        firsts=frozenset().union(names.begun, nation_names.begun, bodies.begun, people.begun),
        parts={word: row for row in codebook.name_parts for word in row.words},
        branches=_branches(codebook),
        bodies_of={f"{state}-{body.body}": country for state, country in states for body in codebook.bodies},
        countries={row.country: row for row in codebook.countries},
        nation_words=frozenset(form for form, _ in nations),
        body_nouns=frozenset((*lexicon.body_nouns, *lexicon.group_nouns)),
        naming=frozenset(lexicon.naming),
        leads=frozenset(
            (*lexicon.articles, *lexicon.definite, *lexicon.place_prepositions, *lexicon.conjunctions)
        ).union(lexicon.titles),
        common=frozenset((*lexicon.common_modifiers, *lexicon.local_bodies)),
        group_words=groups,
        links=frozenset(lexicon.name_links),
        tails=groups.union(lexicon.name_tails),
        speakers=frozenset((*lexicon.spokesmen, *lexicon.titles)),
        articles=frozenset((*lexicon.articles, *lexicon.definite)),
        outlet_nouns=(
            ("media", frozenset(lexicon.media_nouns)),
            ("monitor", frozenset(lexicon.monitor_nouns)),
        ),
        outlet=re.compile("|".join(map(re.escape, outlet_nouns)) or "(?!)"),
    )


def _nations(codebook: Codebook) -> Iterator[tuple[str, Nation]]:
    for row in codebook.countries:
        yield from ((view(form), Nation(row, form, True)) for form in (row.name, *row.aliases))
        yield from ((view(form), Nation(row, form, False)) for form in row.demonyms)


def _branches(codebook: Codebook) -> dict[tuple[str, str], str]:
    """The parts by whole and country: the only one there, else the only one named after the whole."""
    names = {actor.actor_id: actor.name.lower() for actor in codebook.actors}
    parts: dict[tuple[str, str], dict[str, None]] = {}
    for actor in codebook.actors:
        if actor.part_of and actor.country:
            parts.setdefault((actor.part_of, actor.country), {})[actor.actor_id] = None
    found = {}
    for (whole, country), ids in parts.items():
        after_it = [one for one in ids if names[one].startswith(names.get(whole, whole))]
        if len(chosen := after_it if len(ids) > 1 else list(ids)) == 1:
            found[whole, country] = chosen[0]
    return found


def _names(codebook: Codebook) -> dict[str, tuple[Known, ...]]:
    """All that each form in print may stand for, in codebook order; an outlet where no actor has its name."""
    rows: dict[str, list[Actor]] = {}
    for actor in codebook.actors:
        rows.setdefault(actor.actor_id, []).append(actor)
    found: dict[str, list[Known]] = {}
    for its in rows.values():
        for form, known in _forms(its).items():
            found.setdefault(form, []).append(known)
    for outlet in codebook.outlets:
        forms = (outlet.outlet, *outlet.aliases)
        same = next((found[view(form)][0] for form in forms if view(form) in found), None)
        actor_id, kind = (same.actor_id, same.kind) if same else (slug(outlet.outlet), "media")
        for form in forms:
            found.setdefault(view(form), [Known(actor_id, kind, (form,))])
    return {form: tuple(meant) for form, meant in found.items()}


def _forms(rows: list[Actor]) -> dict[str, Known]:
    """The forms in print of one actor, over all its rows."""
    printed: dict[str, dict[str, None]] = {}
    for row in rows:
        for form in (row.name, *row.aliases):
            printed.setdefault(view(form), {})[form] = None
    starts = [row.since for row in rows]
    first, names = rows[0], {row.name for row in rows}
    since = None if None in starts else min(start for start in starts if start)
    countries = frozenset(row.country for row in rows if row.country)
    return {
        form: Known(
            first.actor_id, first.kind, tuple(ways), countries, first.local, since, not names.isdisjoint(ways)
        )
        for form, ways in printed.items()
    }
