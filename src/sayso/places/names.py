"""From the words of a sentence to the names in it that may be places."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sayso.model import PlacePrecision, Span
from sayso.places.gazetteer import Entry
from sayso.places.known import Known
from sayso.places.tokens import Sentence

# A name as well known as this is no person's, whatever stands beside it.
_WELL_KNOWN = 1_000_000
# "International Airport", "oil refinery": the longest word for a site.
_SITE_WORDS = 2
# "Deh Rawud", "Khan-e Char Bagh": how many words an unknown name has at most.
_UNKNOWN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens [first, end) of a sentence that may name a place, and what the words around them say.

    unit       the precision that a word beside it gives ("Helmand province").
    near       the place is only near ("20 km from Kunduz").
    is_weak    the name is an ordinary word too.
    is_county  it is a county: of a town's name, and not the town.
    site       [first, site) is a site named for it ("Kabul University").
    entries    empty for a name that is not known and shows itself as a place.
    """

    sentence: Sentence
    first: int
    end: int
    entries: tuple[Entry, ...]
    unit: PlacePrecision | None = None
    near: bool = False
    is_weak: bool = False
    is_county: bool = False
    site: int | None = None

    @property
    def span(self) -> Span:
        """Where the words stand in the text; the full stop of "U.S." is part of it."""
        last = (self.site or self.end) - 1
        tokens = self.sentence.tokens
        dotted = (
            last > self.first
            and tokens[last - 1].after == "."
            and len(tokens[last].text) == 1
            and tokens[last].after.startswith(".")
        )
        return tokens[self.first].start, tokens[last].end + dotted


def names_in(sentence: Sentence, known: Known) -> Iterator[Name]:
    """The names of a sentence, in order and apart; persons and organisations named for places left out."""
    index = 0
    while index < len(sentence.tokens):
        end, organisation_end = _longest(sentence, index, known)
        if organisation_end > end:
            index = organisation_end
        elif end > index:
            name = _with_surroundings(sentence, index, end, known)
            if name is not None:
                yield name
            index = end if name is None else (name.site or name.end)
        elif (unknown := _unknown(sentence, index, known)) is not None:
            yield unknown
            index = unknown.end
        else:
            index += 1


def _longest(sentence: Sentence, index: int, known: Known) -> tuple[int, int]:
    """After the last token of the longest place and of the longest organisation, else ``index``."""
    place = organisation = index
    if sentence.tokens[index].key not in known.first_words and not _is_initial(sentence, index):
        return place, organisation
    for end, key in sentence.keys_from(index):
        if key in known.places and _is_printed_as_name(sentence, index, end, key, known):
            place = end
        if key in known.organisations and sentence.tokens[end - 1].is_capital:
            organisation = end
    return place, organisation


def _is_initial(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    return len(token.text) == 1 or token.after[:1] in "'’‘"


def _is_printed_as_name(sentence: Sentence, first: int, end: int, key: str, known: Known) -> bool:
    tokens = sentence.tokens[first:end]
    if key in known.short:
        dotted = tokens[0].after.startswith(".") and len(tokens) > 1
        plain_word = sentence.all_capitals and key in known.words.small_words
        return dotted or (all(token.text.isupper() for token in tokens) and not plain_word)
    article = len(tokens) > 1 and tokens[0].key in known.words.articles and tokens[1].is_capital
    if not (tokens[0].is_capital or article):
        return False
    if len(tokens) > 1 and tokens[-2].ends_in_apostrophe:
        return True  # "Sana'a"
    # "Kabul international airport": of a site only the name has a capital
    return tokens[-1].is_capital or any(one.kind in ("landmark", "sea") for one in known.places[key])


def _with_surroundings(sentence: Sentence, first: int, end: int, known: Known) -> Name | None:
    """The name with what stands around it; None where it is no place after all."""
    words = known.words
    key = " ".join(token.key for token in sentence.tokens[first:end])
    entries = next(known.places[joined] for last, joined in sentence.keys_from(first) if last == end)
    is_weak = key in words.never or key in words.ordinary
    name = Name(sentence, first, end, entries, _unit(sentence, first, end, known), is_weak=is_weak)
    if name.unit is None:
        if key in words.never or _is_part_of_organisation(name, known):
            return None
        site = _site_end(sentence, end, known)
        is_ordinary = key in words.ordinary and not _is_told_as_place(name, known)
        if site is None and (is_ordinary or _is_person(name, known)):
            return None
        name = replace(name, site=site)
    return replace(name, near=_is_near(name, known), is_county=sentence.key(end) in words.counties)


def _unit(sentence: Sentence, first: int, end: int, known: Known) -> PlacePrecision | None:
    units = known.words.units
    if sentence.tokens[end - 1].joins_next and sentence.key(end) in units:
        return units[sentence.key(end)]
    if sentence.key(first - 1) == "of" and sentence.key(first - 2) in units:
        return units[sentence.key(first - 2)]
    return None


def _site_end(sentence: Sentence, end: int, known: Known) -> int | None:
    """After the longest word for a site that follows, which is printed like the others of its kind."""
    site = None
    key = ""
    for last in range(end, min(end + _SITE_WORDS, len(sentence.tokens))):
        if not sentence.tokens[last - 1].joins_next:
            break
        key = f"{key} {sentence.tokens[last].key}".lstrip()
        if key in known.words.sites:
            site = last + 1
    return site


def _is_part_of_organisation(name: Name, known: Known) -> bool:
    sentence, words = name.sentence, known.words
    before = f"{sentence.key(name.first - 2)} {sentence.key(name.first - 1)}"
    if before in words.organisations_before or sentence.key(name.first - 1) in words.organisations_before:
        return True
    if sentence.headline or sentence.all_capitals or name.end >= len(sentence.tokens):
        return False
    after = sentence.tokens[name.end]
    return after.is_capital and after.key in words.organisations and sentence.tokens[name.end - 1].joins_next


def _is_told_as_place(name: Name, known: Known) -> bool:
    """Whether a name that is an ordinary word too is the place: "in Reading", "Nice, France"."""
    sentence = name.sentence
    if sentence.key(name.first - 1) in known.words.before_place:
        return True
    if name.first > 0 and sentence.tokens[name.first - 1].after == ", ":
        return sentence.key(name.first - 1) in known.places  # "Amman, Jordan"
    whole = known.places.get(sentence.key(name.end), ())
    is_followed = sentence.tokens[name.end - 1].after == ", "
    return is_followed and any(one.kind in ("country", "admin1") for one in whole)


def _is_person(name: Name, known: Known) -> bool:
    """Whether a title or another name beside it makes it a person, which no place as well known is."""
    sentence = name.sentence
    tokens, first, end = sentence.tokens, name.first, name.end
    before = tokens[first - 1] if first > 0 else None
    if before and before.key in known.words.titles and before.after.strip() in ("", "."):
        return before.is_capital or before.key in ("abu", "bin", "ibn")
    if sentence.headline or sentence.all_capitals:
        return False
    if any(one.kind != "town" or one.population >= _WELL_KNOWN for one in name.entries):
        return False
    after = tokens[end] if end < len(tokens) else None
    return bool(
        (before and before.joins_next and _is_other_name(sentence, first - 1, known))
        or (after and tokens[end - 1].joins_next and _is_other_name(sentence, end, known))
    )


def _is_other_name(sentence: Sentence, index: int, known: Known) -> bool:
    """Whether a neighbour is a capitalised word that neither a place nor its surroundings would have."""
    token, words = sentence.tokens[index], known.words
    usual = (
        token.key in words.beside_place
        or token.key in words.units
        or token.key in words.directions
        or token.key in known.demonyms
        or token.key in known.places
    )
    return token.is_capital and not usual


def _is_near(name: Name, known: Known) -> bool:
    """Whether the words before say that something is near it: "outside X", "north of X", "5 km from X"."""
    sentence, words, first = name.sentence, known.words, name.first
    one, two, three, four = (sentence.key(first - back) for back in (1, 2, 3, 4))
    if one in words.near:
        return True
    if one == "of":
        # "in the north of Helmand" is in Helmand
        return two in words.directions and (three != "the" or two in words.edges)
    return one == "from" and (two in words.distances or four in words.distances)


def _unknown(sentence: Sentence, index: int, known: Known) -> Name | None:
    """A name that is in no gazetteer, before or after a word that shows a place; None where there is none."""
    if sentence.headline or sentence.all_capitals or not _may_be_unknown(sentence, index, known):
        return None
    end = index + 1
    while (
        end < len(sentence.tokens)
        and end - index < _UNKNOWN_WORDS + 1
        and sentence.tokens[end - 1].joins_next
        and sentence.key(end) not in known.words.units
        and (_may_be_unknown(sentence, end, known) or sentence.tokens[end - 1].after == "-")
    ):
        end += 1
    if end - index > _UNKNOWN_WORDS or not sentence.tokens[end - 1].is_capital:
        return None
    follows = sentence.tokens[end - 1].joins_next and sentence.key(end) in known.words.shows_place
    precedes = sentence.key(index - 1) == "of" and sentence.key(index - 2) in known.words.shows_place
    precedes = precedes or _is_told_where(sentence, index, end, known)
    return Name(sentence, index, end, (), _unit(sentence, index, end, known)) if follows or precedes else None


def _is_told_where(sentence: Sentence, index: int, end: int, known: Known) -> bool:
    """Whether an unknown name stands where a place is told: "killed eight in Badra", and is nothing else."""
    words = known.words
    if sentence.key(index - 1) not in words.before_unknown:
        return False
    names_else = {*words.no_place, *words.organisations, *known.demonyms}
    keys = {sentence.key(token) for token in range(index, end)}
    joined = " ".join(sentence.key(token) for token in range(index, end))
    is_owner = sentence.tokens[end - 1].after[:2] in ("'s", "’s")
    return not is_owner and not keys & names_else and joined not in known.organisations


def _may_be_unknown(sentence: Sentence, index: int, known: Known) -> bool:
    token, words = sentence.tokens[index], known.words
    return (
        token.is_capital
        and len(token.text) > 2
        and token.key not in words.beside_place
        and token.key not in words.titles
        and token.key not in words.units
        and token.key not in known.demonyms
    )
