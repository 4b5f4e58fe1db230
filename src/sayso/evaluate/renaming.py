"""Reports in which groups and towns have other names."""

import random
import re
from collections.abc import Iterator

from sayso.actors.index import index_of
from sayso.codebook import Codebook
from sayso.evaluate.changes import (
    Back,
    Changed,
    Edit,
    Original,
    Point,
    Unmade,
    changed_by,
    edit_of,
    printed_like,
)
from sayso.language import view
from sayso.model import Span
from sayso.places import gazetteer
from sayso.places.gazetteer import Entry, key_of
from sayso.places.words import english

# ---- actors ---------------------------------------------------------------------------------------


def actors(original: Original, _: random.Random) -> Changed | Unmade:
    """Every organisation that the report names and the codebook knows becomes its invented twin."""
    invented = original.invented
    found = {name.actor_id for name in original.reading.actors if name.actor_id in invented.ids}
    family = {other for one in found if one for other in _family(one, original.codebook)}
    edits: list[Edit] = []
    words: dict[str, str] = {}
    for start, end, actor_id, form in _named(original):
        if actor_id in family and (new := invented.forms.get((actor_id, form))):
            edits.append(edit_of(original.text, (start, end), printed_like(original.text[start:end], new)))
            words[new.lower()] = form.lower()
    ids = {new: old for old, new in invented.ids.items()}
    return changed_by(original, edits, Back(actors=ids, words=words), codebook=invented.codebook)


def _family(actor_id: str, codebook: Codebook) -> Iterator[str]:
    """The actor, what it is a part of, and all parts of these: "the group's branch in X" may be any."""
    wholes = {row.actor_id for row in codebook.actors if codebook.is_part_of(actor_id, row.actor_id)}
    for row in codebook.actors:
        if any(codebook.is_part_of(row.actor_id, whole) for whole in wholes):
            yield row.actor_id


def _named(original: Original) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, actor and form of all names of the codebook in the whole text, however it was read."""
    text = original.text
    for start, end, known in index_of(original.codebook).names.find(view(text), (0, len(text))):
        printed = text[start:end]
        line = text[text.rfind("\n", 0, start) + 1 : end + len(text[end:].split("\n", 1)[0])]
        if known.printed.isupper():  # "IS" is a group, "is" is not, and in capitals nobody knows
            is_name = printed == known.printed and (len(printed) > 2 or not line.isupper())
        else:
            is_name = printed[:1].isupper() or known.printed[:1].islower()
        if is_name and known.actor_id:
            yield start, end, known.actor_id, known.printed


# ---- places ---------------------------------------------------------------------------------------

_CLOSEST = 12  # so many towns of about the same size are drawn from
# How well a town is known: a smaller one may be taken for something else where nothing tells its country.
_WELL_KNOWN = (500_000, 100_000, 0)


def places(original: Original, chance: random.Random) -> Changed | Unmade:
    """Towns become other towns of the same country, at other coordinates."""
    towns = _towns(original)
    edits: list[Edit] = []
    words: dict[str, str] = {}
    points: dict[Point, Point] = {}
    taken = {name.place.name for name in original.reading.places}
    for form, entry in towns.items():
        other = _other_town(entry, form, original, taken, chance)
        if other is None:
            continue
        taken.add(other.name)
        words[other.name.lower()] = entry.name.lower()
        points[other.lat, other.lon] = (entry.lat, entry.lon)
        edits += [
            edit_of(original.text, span, printed_like(original.text[slice(*span)], other.name))
            for span in _occurrences(original, form)
        ]
    return changed_by(original, edits, Back(words=words, points=points))


def _towns(original: Original) -> dict[str, Entry]:
    """Form in print -> town, of those that are called one thing and whose name is nothing else's."""
    by_key: dict[str, set[tuple[str | None, str | None]]] = {}
    forms: dict[str, str] = {}
    entries: dict[str, Entry] = {}
    for name in original.reading.places:
        words = original.text[name.start : name.end]
        key = key_of(words)
        is_town = name.place.precision in ("town", "near")
        by_key.setdefault(key, set()).add((name.place.name, name.place.country if is_town else None))
        forms.setdefault(key, words)
        for entry in gazetteer().named.get(key, ()) if is_town else ():
            if entry.kind == "town" and (entry.lat, entry.lon) == (name.place.lat, name.place.lon):
                entries[key] = entry
    found = {forms[key]: entry for key, entry in entries.items() if len(by_key[key]) == 1}
    meant = list(found.values())
    return {
        form: entry
        for form, entry in found.items()
        if meant.count(entry) == 1 and not any(_holds(other, key_of(form)) for other in by_key)
    }


def _holds(longer: str, key: str) -> bool:
    """Whether another name has this one in it: "Kunduz Airport"."""
    return longer != key and f" {key} " in f" {longer} "


def _other_town(
    entry: Entry, form: str, original: Original, taken: set[str | None], chance: random.Random
) -> Entry | None:
    """A town about as large whose name is no other's, nor an ordinary word's.

    One of the same province if there is any; none of another where the report names the province.
    """
    ordinary = english().ordinary | english().never
    provinces = {one.place.admin1 for one in original.reading.places if one.place.precision == "admin1"}
    least = next(floor for floor in _WELL_KNOWN if entry.population >= floor)
    fit = [
        entries[0]
        for key, entries in gazetteer().named.items()
        if len(entries) == 1
        and entries[0].kind == "town"
        and entries[0].country == entry.country
        and entries[0].name not in taken
        and entries[0].population >= least
        and key == key_of(entries[0].name)
        and key.count(" ") == key_of(form).count(" ")
        and key not in ordinary
        and key not in view(original.text)
    ]
    near = [one for one in fit if one.admin1 == entry.admin1]
    fit = near if near or entry.admin1 in provinces else fit
    fit.sort(key=lambda one: (abs(one.population - entry.population), one.name))
    return chance.choice(fit[:_CLOSEST]) if fit else None


def _occurrences(original: Original, form: str) -> Iterator[Span]:
    """Where the name stands, other than in the name of an organisation."""
    named = [(start, end) for start, end, _, _ in _named(original)]
    blank = r"\s+".join(map(re.escape, form.split()))
    for found in re.finditer(rf"(?<!\w){blank}(?!\w)", original.text, re.IGNORECASE):
        if found.group()[0].isupper() and not any(a < found.end() and found.start() < b for a, b in named):
            yield found.span()
