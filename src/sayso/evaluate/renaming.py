"""Reports in which groups and towns have other names."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from sayso.actors.index import index_of, slug
from sayso.codebook import Codebook
from sayso.coding.reading import within
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
from sayso.places import PlaceName, gazetteer
from sayso.places.gazetteer import Entry, key_of
from sayso.places.words import english

_NAME_WORD = re.compile(r"[^\W\d_a-z][^\W\d_]{2,}")

# ---- actors ---------------------------------------------------------------------------------------


def actors(original: Original, _: random.Random) -> Changed | Unmade:
    """Every group, state, body, outlet and monitor that the codebook knows becomes its invented twin.

    Words for bodies that many states have ("the army") stay: they are those of the invented country. Persons
    who speak for somebody get other names too.
    """
    invented = original.invented
    edits: list[Edit] = []
    words: dict[str, str] = {}
    named = [(span, form, invented.forms[actor_id, form]) for span, actor_id, form in _named(original)]
    named += _nations(original, [span for span, _, _ in named])
    for span, form, new in [*named, *_persons(original, [span for span, _, _ in named])]:
        edits.append(edit_of(original.text, span, printed_like(original.text[slice(*span)], new)))
        words[view(new)] = view(form)
        words[slug(new).replace("-", " ")] = slug(form).replace("-", " ")
    ids = {new: old for old, new in invented.ids.items()}
    return changed_by(original, edits, Back(actors=ids, words=words), codebook=invented.codebook)


def _named(original: Original) -> Iterator[tuple[Span, str, str]]:
    """Span, actor and form of all names of the codebook in the whole text, however it was read.

    What is read as the name of a place is one.
    """
    text = original.text
    for start, end, meant in index_of(original.codebook).names.find(view(text), (0, len(text))):
        read = {one.actor_id for one in within(original.reading.actors, start, end)}
        known = meant[0] if len(meant) == 1 else next((one for one in meant if one.actor_id in read), None)
        if known is None:  # the name of several, and nothing tells which
            continue
        form = known.printed[0]
        is_name = _is_printed_like(original, (start, end), form)
        if is_name and not within(original.reading.places, start, end):
            yield (start, end), known.actor_id, form


def _is_printed_like(original: Original, span: Span, form: str) -> bool:
    """Whether words are a name: "IS" is a group, "is" is not, and in capitals nobody knows."""
    text, (start, end) = original.text, span
    printed = text[start:end]
    if not form.isupper():
        return printed[:1].isupper() or form[:1].islower()
    ends = text.find("\n", end)
    line = text[text.rfind("\n", 0, start) + 1 : ends if ends >= 0 else len(text)]
    return printed == form and (len(printed) > 2 or not line.isupper())


def _nations(original: Original, named: Sequence[Span]) -> Iterator[tuple[Span, str, str]]:
    """Span, form and new form of the names of countries and peoples that stand in no other name."""
    taken = [*named, *(span for span in map(_span_of_other, original.reading.places) if span)]
    for found in _nation_pattern(original.codebook).finditer(view(original.text)):
        start, end = found.span()
        forms = _nation_forms(original.codebook)[" ".join(found.group().split())]
        form = next((form for form in forms if _is_printed_like(original, (start, end), form)), None)
        if form and not any(a < end and start < b for a, b in taken):
            yield (start, end), form, original.invented.nations[form]


def _persons(original: Original, named: Sequence[Span]) -> Iterator[tuple[Span, str, str]]:
    """Span, word and new word of the names of those who speak for somebody; particles ("bin") stay."""
    reading = original.reading
    spoken = [name.spoken_by for name in reading.actors if name.spoken_by]
    words = dict.fromkeys(word for person in spoken for word in _NAME_WORD.findall(person))
    spans = {
        word: [found.span() for found in re.finditer(rf"(?<!\w){word}(?!\w)", original.text)]
        for word in words
    }
    others = [*named, *((one.start, one.end) for one in reading.places)]
    others += [(one.start, one.end) for one in reading.times]
    for word, new in zip(words, original.invented.persons, strict=False):
        if not any(a < end and start < b for a, b in others for start, end in spans[word]):
            yield from ((span, word, new) for span in spans[word])


def _span_of_other(name: PlaceName) -> Span | None:
    """Where a place is named that is no country: "Mexico City"."""
    is_other = name.place.name is not None and name.place.precision != "country"
    return (name.start, name.end) if is_other else None


@lru_cache(maxsize=4)
def _nation_forms(codebook: Codebook) -> Mapping[str, Sequence[str]]:
    """View of a name or demonym -> its forms, "US" and "us" being one view."""
    forms: dict[str, list[str]] = {}
    for row in codebook.countries:
        for form in (row.name, *row.aliases, *row.demonyms):
            forms.setdefault(view(form), []).append(form)
    return forms


@lru_cache(maxsize=4)
def _nation_pattern(codebook: Codebook) -> re.Pattern[str]:
    forms = sorted(_nation_forms(codebook), key=lambda form: (-len(form), form))
    printed = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
    return re.compile(rf"(?<!\w)(?:{printed})(?!\w)")


# ---- places ---------------------------------------------------------------------------------------

_TOWNS = ("town", "near")
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
        words[view(other.name)] = view(entry.name)
        points[other.lat, other.lon] = (entry.lat, entry.lon)
        edits += [
            edit_of(original.text, span, printed_like(original.text[slice(*span)], other.name))
            for span in _occurrences(original, form)
        ]
    if not edits and any(name.place.precision in _TOWNS for name in original.reading.places):
        return Unmade.TOWNS
    return changed_by(original, edits, Back(words=words, points=points))


def _towns(original: Original) -> dict[str, Entry]:
    """Form in print -> town, of those that are called one thing and whose name is nothing else's."""
    by_key: dict[str, set[tuple[str | None, str | None]]] = {}
    forms: dict[str, str] = {}
    entries: dict[str, Entry] = {}
    for name in original.reading.places:
        words = original.text[name.start : name.end]
        key = key_of(words)
        is_town = name.place.precision in _TOWNS
        by_key.setdefault(key, set()).add((name.place.name, name.place.country if is_town else None))
        forms.setdefault(key, words)
        for entry in gazetteer().named.get(key, ()) if is_town else ():
            if entry.kind == "town" and (entry.lat, entry.lon) == (name.place.lat, name.place.lon):
                entries[key] = entry
    found = {forms[key]: entry for key, entry in entries.items() if len(by_key[key]) == 1}
    meant = list(found.values())
    named = [key for key in by_key if key in gazetteer().named]
    return {
        form: entry
        for form, entry in found.items()
        if meant.count(entry) == 1 and not any(_holds(other, key_of(form)) for other in named)
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
    seen = view(original.text)
    least = next(floor for floor in _WELL_KNOWN if entry.population >= floor)
    fit = [
        town
        for key, town in _towns_alone_so_called().get(entry.country, ())
        if town.name not in taken
        and town.population >= least
        and key.count(" ") == key_of(form).count(" ")
        and key not in ordinary
        and key not in seen
    ]
    near = [one for one in fit if one.admin1 == entry.admin1]
    fit = near if near or entry.admin1 in provinces else fit
    fit.sort(key=lambda one: (abs(one.population - entry.population), one.name))
    return chance.choice(fit[:_CLOSEST]) if fit else None


@cache
def _towns_alone_so_called() -> dict[str | None, list[tuple[str, Entry]]]:
    """By country, the towns that share the key of their name with nothing else, each after that key."""
    found: dict[str | None, list[tuple[str, Entry]]] = {}
    for key, entries in gazetteer().named.items():
        if len(entries) == 1 and entries[0].kind == "town" and key == key_of(entries[0].name):
            found.setdefault(entries[0].country, []).append((key, entries[0]))
    return found


def _occurrences(original: Original, form: str) -> Iterator[Span]:
    """Where the name stands, other than in the name of an organisation."""
    named = [span for span, _, _ in _named(original)]
    blank = r"\s+".join(map(re.escape, form.split()))
    for found in re.finditer(rf"(?<!\w){blank}(?!\w)", original.text, re.IGNORECASE):
        if found.group()[0].isupper() and not any(a < found.end() and found.start() < b for a, b in named):
            yield found.span()
