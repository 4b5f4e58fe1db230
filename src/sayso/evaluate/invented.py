"""Invented twins of all whom a codebook knows: other names of like shape, and all else the same.

Countries keep their code, and with it their towns, and get another name: "the Interior Ministry" of a report
from there is then that of the invented country, and "Afghan police" are known by its invented people.
"""

import csv
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from sayso.actors.index import slug
from sayso.codebook import Codebook, load
from sayso.codebook.schema import Actor, Country, Outlet, Row
from sayso.evaluate.coining import Names

# Lists of words that also tell who somebody is, or what a name is in print.
_LISTS = ("first_hand", "abbreviations")
# So many words of names of persons a report may have and be changed.
_PERSONS = 100


@dataclass(frozen=True, slots=True)
class Invented:
    """The twins of one seed.

    codebook  the default codebook with the twins laid over it.
    ids       id of an actor, of a body of a state or of an outlet -> that of the twin.
    forms     (id, form of its name) -> the form of the twin's.
    nations   name or demonym of a country -> that of its twin.
    persons   words that are in no name yet, for those of persons.
    """

    codebook: Codebook
    ids: Mapping[str, str]
    forms: Mapping[tuple[str, str], str]
    nations: Mapping[str, str]
    persons: tuple[str, ...]


def invent(seed: int) -> Invented:
    """The twins of all actors, outlets and countries of the default codebook: same kind, dates and wholes."""
    base = load()
    names = Names(base, random.Random(f"names {seed}"))  # noqa: S311 - nothing secret is made of it
    nations = dict(_nations(base, names))
    countries = [_country(row, nations) for row in base.countries]
    forms = dict(_forms(base, names))
    ids = dict(_bodies(base, countries))
    taken = {*(row.actor_id for row in base.actors), *ids.values()}
    for row in base.actors:
        if row.actor_id not in ids:
            ids[row.actor_id] = _free(slug(forms[row.actor_id, row.name]), taken)
    outlets = [_outlet(row, forms) for row in base.outlets]
    pairs = zip(base.outlets, outlets, strict=True)
    with tempfile.TemporaryDirectory() as folder:
        actors = [_twin(row, ids, forms) for row in base.actors]
        write_overlay(Path(folder), actors, countries, outlets, _words(base, names))
        ids = {
            slug(old.outlet): slug(new.outlet) for old, new in pairs
        } | ids  # some are actors with rows too
        return Invented(load(folder), ids, forms, nations, names.others(_PERSONS))


# ---- twins ----------------------------------------------------------------------------------------


def _nations(base: Codebook, names: Names) -> Iterator[tuple[str, str]]:
    for row in base.countries:
        for form in (row.name, *row.aliases, *row.demonyms):
            yield form, names.of_country(form)


def _country(row: Country, nations: Mapping[str, str]) -> Country:
    """Its old short names stay known beside the new ones: "CAR" must not be taken for a word of its own."""
    changed = {
        "name": nations[row.name],
        "aliases": (
            *(nations[form] for form in row.aliases),
            *(form for form in row.aliases if form.isupper()),
        ),
        "demonyms": tuple(nations[form] for form in row.demonyms),
    }
    return row.model_copy(update=changed)


def _forms(base: Codebook, names: Names) -> Iterator[tuple[tuple[str, str], str]]:
    """Those of actors and outlets."""
    kinds: dict[str, Callable[[str], str]] = {
        "organisation": names.of_group,
        "state": names.of_state,
        "media": names.of_media,
        "monitor": names.of_media,
        "person": names.of_group,
    }
    for row in base.actors:
        for form in (row.name, *row.aliases):
            yield (row.actor_id, form), kinds[row.kind](form)
    for outlet in base.outlets:
        for form in (outlet.outlet, *outlet.aliases):
            yield (slug(outlet.outlet), form), names.of_media(form)


def _bodies(base: Codebook, countries: Iterable[Country]) -> Iterator[tuple[str, str]]:
    """The ids that the names of countries make with those of bodies, whether they have rows or not."""
    for old, new in zip(base.countries, countries, strict=True):
        for row in base.bodies:
            yield f"{slug(old.name)}-{row.body}", f"{slug(new.name)}-{row.body}"


def _twin(row: Actor, ids: Mapping[str, str], forms: Mapping[tuple[str, str], str]) -> Actor:
    changed = {
        "actor_id": ids[row.actor_id],
        "name": forms[row.actor_id, row.name],
        "aliases": tuple(dict.fromkeys(forms[row.actor_id, form] for form in row.aliases)),
        "part_of": ids.get(row.part_of, row.part_of) if row.part_of else None,
        "source": "invented",
    }
    return row.model_copy(update=changed)


def _outlet(row: Outlet, forms: Mapping[tuple[str, str], str]) -> Outlet:
    """Its house bylines are left to the original: they are names of nobody."""
    key = slug(row.outlet)
    aliases = tuple(dict.fromkeys(forms[key, form] for form in row.aliases))
    return Outlet(outlet=forms[key, row.outlet], aliases=aliases)


def _words(base: Codebook, names: Names) -> dict[str, list[str]]:
    """Words of the lexicon that are, or are in, names that have changed, as they are now."""
    found: dict[str, list[str]] = {}
    for name in _LISTS:
        phrases: tuple[str, ...] = getattr(base.lexicon, name)
        changed = (names.of_phrase(phrase) for phrase in phrases)
        found[name] = list(dict.fromkeys(phrase for phrase in changed if phrase not in phrases))
    return found


def _free(wanted: str, taken: set[str]) -> str:
    """The id, with a number where another actor has it."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    taken.add(found)
    return found


# ---- overlay --------------------------------------------------------------------------------------


def write_overlay(
    folder: Path,
    actors: Iterable[Actor],
    countries: Iterable[Country] = (),
    outlets: Iterable[Outlet] = (),
    words: Mapping[str, list[str]] | None = None,
) -> None:
    """Writes the files of a codebook that lays these rows and words of the lexicon over the default one."""
    about = {"name": "invented", "version": "1", "language": "en", "extends": "default"}
    folder.joinpath("codebook.yaml").write_text(yaml.safe_dump(about), "utf-8")
    _write_table(folder / "actors.csv", Actor, actors)
    _write_table(folder / "countries.csv", Country, countries)
    _write_table(folder / "outlets.csv", Outlet, outlets)
    if words:
        folder.joinpath("lexicon.yaml").write_text(yaml.safe_dump(dict(words), allow_unicode=True), "utf-8")


def _write_table(path: Path, model: type[Row], rows: Iterable[Row]) -> None:
    columns = tuple(model.model_fields)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            values = row.model_dump()
            writer.writerow([_cell(values[name]) for name in columns])


def _cell(value: object) -> object:
    return "|".join(value) if isinstance(value, tuple) else value or ""
