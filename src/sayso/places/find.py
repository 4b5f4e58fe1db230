"""Finds the names of places in a report and decides which of the places of that name is meant.

The names are those of the gazetteer and of the codebook's countries. Among places of one name the report as
a whole decides: the countries that it speaks of, what stands after a comma, the word beside the name, and,
last, how many people live there.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sayso.codebook import Codebook
from sayso.model import Place, PlacePrecision, Report, Span
from sayso.places.gazetteer import Entry, Gazetteer
from sayso.places.known import Known, known
from sayso.places.meaning import Asked, Meaning, demonym_weights, lies_within
from sayso.places.names import Name, names_in
from sayso.places.sense import places_among
from sayso.places.sounds import edits, is_like, sound_of
from sayso.places.tokens import Sentence, sentence_of

# A town smaller than this, in a country of which the report says nothing, is something else of that name.
# Among capitals only, where nothing tells names of persons from names of towns, it must be larger.
_TOO_SMALL, _TOO_SMALL_IN_CAPITALS = 100_000, 500_000
# The most places of one name that are looked at, the largest: there are hundreds of San Joses.
_MOST_PLACES = 60
# Shorter names stand in those of outlets by chance.
_SHORTEST_HOME = 5
# Only these are looked for in other spellings; what lies closer, in degrees, is one place: a town and its
# district.
_KINDS_ALIKE = ("town", "district")
_ONE_PLACE = 0.25
# How much, by ``edits``, a spelling may differ where nothing but the country speaks for the place, unless it
# has so many consonants that it is like no other.
_IN_COUNTRY, _LONG_SOUND = 1.0, 5
_PRECISION: Mapping[str, PlacePrecision] = {
    "country": "country",
    "sea": "sea",
    "admin1": "admin1",
    "district": "district",
    "landmark": "exact",
    "town": "town",
}


@dataclass(frozen=True, slots=True)
class PlaceName:
    """Words of a report that name a place: ``text[start:end]`` is ``place``."""

    start: int
    end: int
    place: Place


def find(
    text: str, spans: Sequence[Span], gazetteer: Gazetteer, codebook: Codebook, outlet: str = ""
) -> tuple[PlaceName, ...]:
    """The places named within the spans, in order and apart, one reading for the whole report.

    text    the text of a report.
    spans   the sentences to look in, in order; no name crosses their ends.
    outlet  the publisher and address of the report as far as known: who writes for a town names it.

    A name that is not in the gazetteer, but shows itself as a place ("the village of X"), has a Place with
    nothing but its text. Empty where nothing is found; raises nothing.
    """
    held = known(gazetteer, codebook)
    sentences = [sentence_of(text, span, number) for number, span in enumerate(spans)]
    names = places_among([name for sentence in sentences for name in names_in(sentence, held)])
    wholes = [_within(names, index) for index in range(len(names))]
    meaning = Meaning(_asked(names, wholes, outlet, held), _demonyms(sentences, held))
    found: list[PlaceName] = []
    for name, within in zip(names, wholes, strict=True):
        place = _place(text, name, within, meaning, held)
        if place is not None:
            found.append(PlaceName(*name.span, place))
    return tuple(found)


def outlet_of(report: Report) -> str:
    """What is known of the outlet of a report: its publisher and the host of its address."""
    try:
        host = urlsplit(report.url or "").hostname
    except ValueError:
        host = None
    return " ".join(filter(None, (report.publisher, host)))


def _within(names: Sequence[Name], index: int) -> tuple[Entry, ...]:
    """The places of the next name, where that says in what this one lies."""
    if index + 1 == len(names) or not _stands_within(names[index], names[index + 1]):
        return ()
    return names[index + 1].entries


def _demonyms(sentences: Sequence[Sentence], held: Known) -> Counter[str]:
    return demonym_weights(
        held.demonyms[token.key]
        for sentence in sentences
        for token in sentence.tokens
        if token.is_capital and token.key in held.demonyms
    )


def _asked(
    names: Sequence[Name], wholes: Sequence[tuple[Entry, ...]], outlet: str, held: Known
) -> dict[str, Asked]:
    """What is to be decided: one question for each name of the report, however often it is named."""
    entries: dict[str, dict[Entry, None]] = {}
    within: dict[str, dict[Entry, None]] = {}
    mentions: Counter[str] = Counter()
    home = "".join(letter for letter in outlet.casefold() if letter.isalpha())
    for name, whole in zip(names, wholes, strict=True):
        fitting = _fitting(name)
        if fitting:
            entries.setdefault(name.key, {}).update(dict.fromkeys(fitting))
            within.setdefault(name.key, {}).update(dict.fromkeys(whole))
            mentions[name.key] += 1
    return {
        key: Asked(
            tuple(found), tuple(within[key]), mentions[key], _is_in_name(key, home), _capital(found, held)
        )
        for key, found in entries.items()
    }


def _capital(entries: Iterable[Entry], held: Known) -> Entry | None:
    towns = (entry for entry in entries if entry.kind == "town" and entry.country)
    return next((town for town in towns if held.capitals.get(town.country or "") == town.name), None)


def _is_in_name(key: str, home: str) -> bool:
    """Whether a name stands in that of the outlet: "theparisnews.example"."""
    plain = key.replace(" ", "")
    return len(plain) >= _SHORTEST_HOME and plain in home


def _place(text: str, name: Name, within: Sequence[Entry], meaning: Meaning, held: Known) -> Place | None:
    """The place that is meant; None where the name is too doubtful to be one."""
    start, end = name.span
    words = text[start:end]
    entries = _fitting(name)
    if not entries:
        alike = _alike(words, name, within, meaning, held)
        if alike is None and name.is_guess:
            return None
        return _as_place(words, alike, name) if alike else _unresolved(words, within)
    best = meaning.best(name.key, entries, within)
    if _is_doubtful(name, best, within, meaning):
        alike = _alike(words, name, within, meaning, held) if name.standing == "place" else None
        if alike is not None:
            return _as_place(words, alike, name)
        is_told = name.sentence.key(name.first - 1) in held.words.before_unknown and not name.is_doubted
        return Place(words, None) if name.unit or is_told else None
    if name.site is not None and best.kind != "town":
        return Place(words, None)  # a site that bears the name of a country may stand anywhere
    if name.site is not None:
        site = " ".join(words.split())
        return Place(words, site, best.admin1, best.country, None, best.lat, best.lon, "exact")
    return _as_place(words, best, name)


def _alike(words: str, name: Name, within: Sequence[Entry], meaning: Meaning, held: Known) -> Entry | None:
    """The place whose name is another spelling of the words, if the report leaves but one.

    It lies in what the text says it lies in, or in a division or a country that the report speaks of.
    """
    sound = sound_of(words)
    if not sound:
        return None
    countries = {entry.country for entry in within if entry.country} or meaning.countries(name.key)
    found = {
        entry: edits(words, key)
        for country in sorted(countries)
        for key, entry in held.alike(sound, country)
        if entry.kind in _KINDS_ALIKE and is_like(words, key)
    }
    narrower = [entry for entry in found if lies_within(entry, within)] or [
        entry for entry in found if not within and meaning.is_in_division(entry)
    ]
    entries = narrower or [
        entry for entry in found if not within and (len(sound) >= _LONG_SOUND or found[entry] <= _IN_COUNTRY)
    ]
    if not entries:
        return None
    nearest = min(found[entry] for entry in entries)
    entries = [entry for entry in entries if found[entry] == nearest]
    if any(_degrees(entry, entries[0]) > _ONE_PLACE for entry in entries):
        return None
    return max(entries, key=lambda entry: entry.population)


def _degrees(one: Entry, two: Entry) -> float:
    return max(abs((one.lat or 0) - (two.lat or 0)), abs((one.lon or 0) - (two.lon or 0)))


def _unresolved(words: str, within: Sequence[Entry]) -> Place:
    """A name that is in no gazetteer: its text, and the larger place that the report says it lies in."""
    order = ("country", "admin1")
    wholes = [entry for entry in within if entry.kind in order]
    whole = max(wholes, key=lambda entry: (-order.index(entry.kind), entry.population), default=None)
    return Place(words, None, whole.admin1 if whole else None, whole.country if whole else None)


def _fitting(name: Name) -> tuple[Entry, ...]:
    """The entries that the word beside the name allows: "Kabul province" is no town."""
    if name.unit == "admin1":
        kinds: tuple[str, ...] = ("admin1",)
    elif name.unit == "town":
        kinds = ("town",)
    elif name.unit == "district" and name.is_county:
        return tuple(entry for entry in name.entries if entry.kind in ("admin1", "district"))
    elif name.unit == "district":
        kinds = ("district", "town", "landmark")
    else:
        return _towns_before_their_provinces(_largest(name.entries))
    return tuple(entry for entry in _largest(name.entries) if entry.kind in kinds) or _largest(name.entries)


def _largest(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    if len(entries) <= _MOST_PLACES:
        return entries
    return tuple(sorted(entries, key=lambda entry: -entry.population)[:_MOST_PLACES])


def _towns_before_their_provinces(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Without the provinces that bear the name of a town in them: nothing says that the province is meant."""
    towns = {(entry.country, entry.admin1) for entry in entries if entry.kind == "town"}
    return tuple(
        entry for entry in entries if entry.kind != "admin1" or (entry.country, entry.admin1) not in towns
    )


def _stands_within(name: Name, following: Name) -> bool:
    """Whether the next name says where this one is: "Garmsir district in Helmand", "Mosul, Iraq"."""
    if following.sentence is not name.sentence:
        return False
    between = following.first - name.end
    after = name.sentence.tokens[name.end - 1].after
    if between == 0:
        return after in (", ", " (", ",\n")
    last = name.sentence.key(following.first - 1)
    return between <= 3 and last in ("in", "the", "of") and name.unit is not None and "." not in after


def _is_doubtful(name: Name, best: Entry, within: Sequence[Entry], meaning: Meaning) -> bool:
    """Whether the name is more probably something else: a person, an ordinary word, an unknown village."""
    if lies_within(best, within) or meaning.speaks_of(name.key, best) or meaning.says_nothing(name.key):
        return False
    if name.is_weak:
        return best.kind != "country"
    if name.standing == "place" and not name.is_doubted and len(name.entries) == 1:
        return False
    too_small = _TOO_SMALL_IN_CAPITALS if name.sentence.all_capitals else _TOO_SMALL
    return best.kind == "town" and best.population < too_small


def _as_place(words: str, entry: Entry, name: Name) -> Place:
    precision = _PRECISION[entry.kind]
    if name.unit in ("admin1", "district") and entry.kind == "town":
        precision = name.unit  # the division around the town, at the town's coordinates
    if name.near and precision in ("town", "exact", "district"):
        precision = "near"
    water = entry.name if entry.kind == "sea" else None
    return Place(words, entry.name, entry.admin1, entry.country, water, entry.lat, entry.lon, precision)
