"""From the words of a sentence to the names in it that may be places."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from sayso.model import PlacePrecision, Span
from sayso.places.gazetteer import Entry, key_of
from sayso.places.known import Known
from sayso.places.tokens import Sentence

# A name as well known as this is no person's, whatever stands beside it.
_WELL_KNOWN = 1_000_000
# A name that may be a person's or an ordinary word needs no sign that it is a place if as many live there.
_KNOWN = 300_000
# "Gao, a quiet river town": how far after the article the word for a unit stands.
_WORDS_TO_UNIT = 5
_LONGEST_ACRONYM = 4
# Names are no longer, counting the parts between apostrophes and the letters of abbreviations.
_MOST_TOKENS = 14
_LARGE = ("country", "admin1", "sea")
# "International Airport", "oil refinery": the longest word for a site.
_SITE_WORDS = 2
# "Deh Rawud", "Khan-e Char Bagh": how many words an unknown name has at most.
_UNKNOWN_WORDS = 3


@dataclass(slots=True, eq=False)  # not frozen: there are very many of them
class Name:
    """Tokens [first, end) of a sentence that may name a place, and what the words around them say.

    unit       the precision that a word beside it gives ("Helmand province").
    near       the place is only near ("20 km from Kunduz").
    standing   what the words around it say: that it is a place, that it is a person, or nothing.
    is_weak    the name is an ordinary word too.
    is_doubted  it is a person's name or a more common word too: it needs a sign that it is a place.
    is_county  it is a county: of a town's name, and not the town.
    is_guess   it is not known and nothing shows it: a place only if it is another spelling of one.
    is_short   it is the short form of a division ("Tex."), to which its full stop belongs.
    site       [first, site) is a site named for it ("Kabul University").
    key        the words as one key, for telling whether two names are spelt alike.
    entries    empty for a name that is not known and shows itself as a place.
    """

    sentence: Sentence
    first: int
    end: int
    entries: tuple[Entry, ...]
    unit: PlacePrecision | None = None
    near: bool = False
    standing: Literal["place", "person", "open"] = "open"
    is_weak: bool = False
    is_doubted: bool = False
    is_county: bool = False
    is_short: bool = False
    is_guess: bool = False
    site: int | None = None
    key: str = field(init=False)

    def __post_init__(self) -> None:
        self.key = " ".join([token.key for token in self.sentence.tokens[self.first : self.end]])

    @property
    def span(self) -> Span:
        """Where the words stand in the text; the full stop of "U.S." is part of it."""
        last = (self.site or self.end) - 1
        tokens = self.sentence.tokens
        if self.is_short:
            return tokens[self.first].start, tokens[last].end + tokens[last].after.startswith(".")
        dotted = (
            last > self.first
            and tokens[last - 1].after == "."
            and len(tokens[last].text) == 1
            and tokens[last].after.startswith(".")
        )
        return tokens[self.first].start, tokens[last].end + dotted


def names_in(sentence: Sentence, known: Known) -> Iterator[Name]:
    """The names of a sentence, in order and apart, those too that stand as a person's; not organisations."""
    index = 0
    articles = known.words.articles
    while index < len(sentence.tokens):
        token = sentence.tokens[index]
        if not token.is_capital and token.key not in articles:
            index += 1
            continue
        short = abbreviated(sentence, index, known)
        if short is not None:
            end, division = short
            yield Name(sentence, index, end, _divisions(division, known), standing="place", is_short=True)
            index = end
            continue
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


def _divisions(name: str, known: Known) -> tuple[Entry, ...]:
    return tuple(entry for entry in known.entries(key_of(name)) if entry.kind == "admin1")


def _longest(sentence: Sentence, index: int, known: Known) -> tuple[int, int]:
    """After the last token of the longest place and of the longest organisation, else ``index``."""
    place = organisation = index
    parted = _is_parted(sentence, index, known)
    names, longest = known.starting(sentence.tokens[index].key)
    is_initial = _is_initial(sentence, index)
    most = _MOST_TOKENS if is_initial else max(longest, 2 * parted)
    if most == 0:
        return place, organisation
    for end, key in sentence.keys_from(index, most):
        if parted and end == index + 2:
            place = end
        # the first word of a name with an initial or an apostrophe ends where the next token does
        if key not in names and not (is_initial and (known.entries(key) or key in known.organisations)):
            continue
        if known.entries(key) and _is_printed_as_name(sentence, index, end, key, known):
            place = end
        if key in known.organisations and sentence.tokens[end - 1].is_capital:
            organisation = end
    return place, organisation


def _is_parted(sentence: Sentence, index: int, known: Known) -> bool:
    """Whether two words make one of the gazetteer: "Para Chinar" is Parachinar."""
    parts = sentence.tokens[index : index + 2]
    if len(parts) < 2 or not (parts[0].is_capital and parts[1].is_capital):
        return False
    if parts[0].after not in (" ", "-") or not known.is_name(parts[0].key + parts[1].key):
        return False
    common = known.words.common_words  # in capitals "IN A" is no Ina
    return not (sentence.all_capitals and any(len(part.key) < 3 or part.key in common for part in parts))


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
    return tokens[-1].is_capital or any(one.kind in ("landmark", "sea") for one in known.entries(key))


def _with_surroundings(sentence: Sentence, first: int, end: int, known: Known) -> Name | None:
    """The name with what stands around it; None where it is no place after all."""
    words = known.words
    joined = next(key for last, key in sentence.keys_from(first) if last == end)
    entries = known.entries(joined) or known.entries(joined.replace(" ", ""))
    unit = _unit(sentence, first, end, known)
    name = Name(sentence, first, end, entries, unit)
    if name.key in words.of_place or name.key in known.demonyms or _is_acronym(name):
        return None
    if unit is None:
        if name.key in words.never or name.key in words.no_place or _is_part_of_organisation(name, known):
            return None
        name.site = _site_end(sentence, end, known)
    name.near = _is_near(name, known)
    name.is_weak = name.key in words.never
    name.is_doubted = name.key in words.ordinary or _is_doubted(name, known)
    name.is_county = sentence.key(end) in words.counties
    name.standing = _standing(name, known)
    return name


def _is_acronym(name: Name) -> bool:
    """Whether a small town is printed like an acronym among other words: "SITE"."""
    if (
        name.end - name.first > 1
        or name.sentence.all_capitals
        or not _is_in_capitals(name.sentence, name.first)
    ):
        return False
    return all(entry.kind not in _LARGE and entry.population < _KNOWN for entry in name.entries)


def _is_in_capitals(sentence: Sentence, index: int) -> bool:
    """Whether a word is printed like an acronym: no paper prints a town's name so among other words."""
    text = sentence.tokens[index].text
    return text.isupper() and len(text) <= _LONGEST_ACRONYM


def _is_doubted(name: Name, known: Known) -> bool:
    """Whether a name is a person's or a common word too, and no place is so well known that it is meant."""
    words = known.words
    most = max(entry.population for entry in name.entries)
    if any(entry.kind in ("country", "sea", "landmark") for entry in name.entries):
        return False
    if name.key in words.first_names:
        return most < _WELL_KNOWN
    if name.key in words.common_words:
        return most < _KNOWN
    return name.key in words.family_names and most < _KNOWN


def _standing(name: Name, known: Known) -> Literal["place", "person", "open"]:
    """What the words beside a name say that it is."""
    if name.is_doubted and name.sentence.all_capitals and name.key in known.words.common_words:
        return "open"
    if name.unit is not None or name.site is not None:
        return "place"
    if _is_person(name, known):
        return "person"
    if _is_told_as_place(name, known):
        return "place"
    if name.is_doubted and _is_said_by(name, known):
        return "person"
    return "open"


def _is_said_by(name: Name, known: Known) -> bool:
    """Whether a verb of saying stands beside it: "Clark said", "said Clark"."""
    sentence, speech = name.sentence, known.words.speech
    if sentence.key(name.end) in speech:
        return True
    ends = name.end == len(sentence.tokens) or not sentence.tokens[name.end].is_capital
    return ends and sentence.key(name.first - 1) in speech


def _unit(sentence: Sentence, first: int, end: int, known: Known) -> PlacePrecision | None:
    units = known.words.units
    if sentence.tokens[end - 1].joins_next and sentence.key(end) in units:
        return units[sentence.key(end)]
    if sentence.key(first - 1) == "of" and sentence.key(first - 2) in units:
        return units[sentence.key(first - 2)]
    return _unit_after_comma(sentence, end, units)


def _unit_after_comma(
    sentence: Sentence, end: int, units: Mapping[str, PlacePrecision]
) -> PlacePrecision | None:
    """The unit of a name of which it is told after a comma what it is: "Gao, a quiet town"."""
    if sentence.tokens[end - 1].after != ", " or sentence.key(end) not in ("a", "an", "the"):
        return None
    for index in range(end + 1, min(end + _WORDS_TO_UNIT, len(sentence.tokens))):
        if sentence.tokens[index - 1].after not in (" ", "-"):
            return None
        if sentence.key(index) in units:
            return units[sentence.key(index)]
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
    """Whether a name stands where a place does: "in Reading", "Nice, France".

    What is a person's name too needs more than "of" or "from", which people follow as well.
    """
    sentence, words = name.sentence, known.words
    before = sentence.key(name.first - 1)
    strong = name.is_doubted and name.key not in words.ordinary
    if before in (words.before_doubted if strong else words.before_place):
        return True
    if before == "of" and sentence.key(name.first - 2) in (*words.of_place, *words.sites):
        return True  # "the mayor of Alicia"
    if name.first > 0 and sentence.tokens[name.first - 1].after == ", ":
        return bool(known.entries(before)) and _is_whole(name.entries)  # "Amman, Jordan"
    if sentence.tokens[name.end - 1].after != ", ":
        return False
    whole = known.entries(sentence.key(name.end))
    return _is_whole(whole) or abbreviated(sentence, name.end, known) is not None


def _is_whole(entries: Sequence[Entry]) -> bool:
    return any(entry.kind in ("country", "admin1") for entry in entries)


def abbreviated(sentence: Sentence, index: int, known: Known) -> tuple[int, str] | None:
    """A division in short after a comma ("Paris, Tex."): (after its last token, its name); else None."""
    if not 0 < index < len(sentence.tokens) or not sentence.tokens[index].is_capital:
        return None
    if sentence.tokens[index].key not in known.begin_abbreviations:
        return None
    before = sentence.tokens[index - 1]
    follows = before.is_capital and before.after.startswith(", ")
    follows = follows or (before.after == "-" and before.text in ("D", "R"))  # "D-Ill."
    for end, key in reversed(list(sentence.keys_from(index, 3))):
        token = sentence.tokens[end - 1]
        is_short = token.after.startswith(".") or (
            not sentence.all_capitals and all(one.text.isupper() for one in sentence.tokens[index:end])
        )
        is_initials = end - index > 1 and not before.after.strip()  # "in B.C."
        if key in known.words.abbreviations and is_short and (follows or is_initials):
            return end, known.words.abbreviations[key]
    return None


def _is_person(name: Name, known: Known) -> bool:
    """Whether a title or another name beside it makes it a person, which no place as well known is."""
    sentence = name.sentence
    tokens, first, end = sentence.tokens, name.first, name.end
    before = tokens[first - 1] if first > 0 else None
    is_title = before and before.key in known.words.titles and before.after.strip() in ("", ".")
    if before and is_title and (before.is_capital or before.key in ("abu", "bin", "ibn")):
        return True
    if sentence.headline or sentence.all_capitals:
        return False
    if before and (_is_given(sentence, first - 1, known) or before.key in known.words.things):
        return True
    after = tokens[end] if end < len(tokens) else None
    is_followed = bool(after and tokens[end - 1].joins_next and _is_other_name(sentence, end, known))
    if name.key in known.words.first_names and is_followed:
        return True
    if any(one.kind in _LARGE or one.population >= _WELL_KNOWN for one in name.entries):
        return False
    return is_followed or bool(before and before.joins_next and _is_other_name(sentence, first - 1, known))


def _is_given(sentence: Sentence, index: int, known: Known) -> bool:
    """Whether a token before a name is an initial ("Keith D. Clark") or a first name that is no place's."""
    token = sentence.tokens[index]
    if not token.is_capital:
        return False
    if len(token.text) == 1:
        previous = sentence.tokens[index - 1] if index else None
        return token.after in (". ", ".") and (previous is None or previous.after != ".")
    return token.joins_next and token.key in known.words.first_names and not known.entries(token.key)


def _is_other_name(sentence: Sentence, index: int, known: Known) -> bool:
    """Whether a neighbour is a capitalised word that neither a place nor its surroundings would have."""
    token, words = sentence.tokens[index], known.words
    if token.key in words.first_names and token.is_capital and token.key not in words.beside_place:
        return True
    usual = (
        token.key in words.beside_place
        or token.key in words.units
        or token.key in words.counties
        or token.key in words.titles
        or token.key in words.sites
        or token.key in words.of_place
        or token.key in words.directions
        or token.key in known.demonyms
        or bool(known.entries(token.key))
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
    if sentence.headline or sentence.all_capitals:
        return None
    is_article = sentence.tokens[index].joins_next and sentence.key(index) in known.words.articles
    if not _may_be_unknown(sentence, index + is_article, known):
        return None
    end = index + 1 + is_article
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
    near = _is_near(Name(sentence, index, end, ()), known)
    follows = sentence.tokens[end - 1].joins_next and sentence.key(end) in known.words.shows_place
    precedes = sentence.key(index - 1) == "of" and sentence.key(index - 2) in known.words.shows_place
    precedes = precedes or _is_told_where(sentence, index, end, known)
    if follows or precedes:
        return Name(sentence, index, end, (), _unit(sentence, index, end, known), standing="place")
    is_guess = sentence.key(index - 1) in known.words.before_guess and not _is_in_capitals(sentence, index)
    if is_guess and not _names_else(sentence, index, end, known):
        return Name(sentence, index, end, (), standing="place", near=near, is_guess=True)
    return None


def _is_told_where(sentence: Sentence, index: int, end: int, known: Known) -> bool:
    """Whether an unknown name stands where a place is told: "killed eight in Badra", and is nothing else."""
    return sentence.key(index - 1) in known.words.before_unknown and not _names_else(
        sentence, index, end, known
    )


def _names_else(sentence: Sentence, index: int, end: int, known: Known) -> bool:
    """Whether an unknown name is an organisation's, a thing's or the owner's of something."""
    keys = [token.key for token in sentence.tokens[index:end]]
    is_owner = sentence.tokens[end - 1].after[:2] in ("'s", "’s")
    return is_owner or not known.names_else.isdisjoint(keys) or " ".join(keys) in known.organisations


def _may_be_unknown(sentence: Sentence, index: int, known: Known) -> bool:
    if index >= len(sentence.tokens):
        return False
    token, words = sentence.tokens[index], known.words
    return (
        token.is_capital
        and len(token.text) > 2
        and token.key not in words.beside_place
        and token.key not in words.titles
        and token.key not in words.units
        and token.key not in known.demonyms
    )
