"""The names of a codebook's actors, ready to be looked up."""

import re
from dataclasses import dataclass
from functools import cache

from sayso.codebook import Codebook
from sayso.codebook.schema import Country, PeopleWord
from sayso.language import view
from sayso.language.phrases import PhraseTable
from sayso.model import ParticipantKind, SpeakerKind

NameKind = ParticipantKind | SpeakerKind


@dataclass(frozen=True, slots=True)
class Known:
    """What a name in the codebook stands for; ``printed`` is the form whose capitals the text must share."""

    actor_id: str | None
    kind: NameKind
    printed: str


@dataclass(frozen=True, slots=True)
class Nation:
    """A country under one of its names (``is_name``) or demonyms, as ``printed``."""

    country: Country
    printed: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class Index:
    """Lookup tables over one codebook."""

    names: PhraseTable[Known]
    nations: PhraseTable[Nation]
    bodies: PhraseTable[str]
    people: PhraseTable[PeopleWord]
    branches: dict[tuple[str, str], str]
    """(whole, country) -> the actor that is the whole's part in that country."""


def slug(name: str) -> str:
    """A name as an id: "Côte d'Ivoire" is "cote-d-ivoire"."""
    plain = view(name).translate(str.maketrans("áàâäãéèêëíìîïóòôöõúùûüçñ", "aaaaaeeeeiiiiooooouuuucn"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@cache
def index_of(codebook: Codebook) -> Index:
    """The index of a codebook, made once per process."""
    names = [
        (view(form), Known(actor.actor_id, actor.kind, form))
        for actor in codebook.actors
        for form in (actor.name, *actor.aliases)
    ]
    names += [
        (view(form), Known(slug(outlet.outlet), "media", form))
        for outlet in codebook.outlets
        for form in (outlet.outlet, *outlet.aliases)
    ]
    nations: list[tuple[str, Nation]] = []
    for row in codebook.countries:
        nations += [(view(form), Nation(row, form, True)) for form in (row.name, *row.aliases)]
        nations += [(view(form), Nation(row, form, False)) for form in row.demonyms]
    return Index(
        names=PhraseTable(names),
        nations=PhraseTable(nations),
        bodies=PhraseTable((word, row.body) for row in codebook.bodies for word in row.words),
        people=PhraseTable((word, row) for row in codebook.people for word in row.words),
        branches={
            (actor.part_of, actor.country): actor.actor_id
            for actor in codebook.actors
            if actor.part_of and actor.country
        },
    )
