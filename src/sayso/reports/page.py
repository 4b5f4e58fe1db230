"""The codebook's wording for pages, ready for matching: what a line says it is, which outlets it names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sayso.codebook import Codebook
from sayso.codebook.schema import Outlet, PageWord, compile_pattern
from sayso.language import plural, verb_forms, view
from sayso.language.phrases import PhraseTable
from sayso.model import RegionKind, Span
from sayso.reports.lines import Unit

_NO_NAME = re.compile(r"[\d?!@<>{}\[\]]")
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_HOST = re.compile(
    r"(?<![\w.-])(?:https?://|www\.|[\w.+-]{1,40} ?(?:@|\[at\]|\(at\)) ?)?"
    r"((?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,10})(?![\w-])"
)
_HANDLE = re.compile(r"(?<![\w.])@(\w{4,30})(?![\w.])")
_ASIDE = re.compile(r" \([^()]+\)$")
_MOST_NAME_WORDS = 8  # "Ana Bel Cruz and Dov Levi in Karm"
_GAP = re.compile(r"\s{2,}|\t")
_CAMEL = re.compile(r"[A-Z][a-z]+[A-Z][A-Za-z]+")
_SHORTEST_STEM = 5  # of an address: shorter ones are many things
_SHORTEST_TELLING = 5  # "take" and "free" are said of much else
_GROUPS = ("name", "outlet", "origin", "house", "owner", "credit", "updated", "first")


@dataclass(frozen=True, slots=True)
class Cue:
    """What a row of page.yaml says about a unit, with the spans, in the text, of the row's groups."""

    kind: RegionKind
    opens: RegionKind | None = None
    name: Span | None = None
    outlet: Span | None = None
    origin: Span | None = None
    house: Span | None = None
    owner: Span | None = None
    credit: Span | None = None
    updated: Span | None = None
    first: Span | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet that words name: its place in them, the form as the codebook writes it, and the outlet."""

    start: int
    end: int
    form: str
    outlet: str


@dataclass(frozen=True)
class Page:
    """A codebook's wording for pages and its outlets, compiled once."""

    rows: tuple[tuple[re.Pattern[str], bool, PageWord], ...]
    """Each row's pattern, and whether it holds at the beginning of a line alone."""
    outlets: dict[str, str]
    """The view of each form of an outlet's name, or of an address of it -> the outlet."""
    facts: dict[str, Outlet]
    """Outlet -> its row."""
    bylines: dict[str, str]
    """The view of each house byline -> its outlet."""
    stems: dict[str, str]
    """The part of an address that names an outlet ("karsinpost") -> the outlet."""
    forms: PhraseTable[tuple[str, str]]
    """Any form of any outlet's name, with the form as written and the outlet."""
    lead_in: re.Pattern[str]
    """"as the", in front of an outlet that a lead-in credits."""
    notes: re.Pattern[str]
    """"notes", behind it."""
    before: re.Pattern[str]
    """Wording in front of an outlet that a text credits."""
    after: re.Pattern[str]
    """Wording behind it."""
    houses: frozenset[str]
    given_names: frozenset[str]
    portraits: re.Pattern[str]
    """A word behind a name that begins to tell who that is."""
    ago: re.Pattern[str]
    """How long ago something was written, in a view: "3 hours ago"."""
    says: frozenset[str]
    """Words behind a name for that it speaks: "says"."""
    own_words: re.Pattern[str]
    """A word with which people speak of themselves."""
    addressing: re.Pattern[str]
    """A word with which a page speaks to its readers, anywhere or where a sentence begins."""
    listeners: frozenset[str]
    """Words for the readers themselves: "you"."""
    page_words: re.Pattern[str]
    """A word for what a page offers its readers."""
    selling: re.Pattern[str]
    """A word of advertisements."""
    monitors: frozenset[str]
    """The views of names of monitors: "X said" gives their word and is no credit."""
    telling: tuple[re.Pattern[str], ...]
    """The codebook's wording for incidents and harm, any words in its slots."""

    def cue_of(self, unit: Unit) -> Cue | None:
        """What the first row that holds for a unit says; None where none does."""
        for pattern, anchored, row in self.rows:
            found = pattern.match(unit.view) if anchored else pattern.search(unit.view)
            if found is None:
                continue
            spans: dict[str, Span] = {
                name: (unit.start + found.start(name), unit.start + found.end(name))
                for name, words in found.groupdict().items()
                if words is not None and name in _GROUPS
            }
            cue = Cue(row.kind, row.opens, **spans)
            if self._holds(unit, cue):
                return cue
        return None

    def _holds(self, unit: Unit, cue: Cue) -> bool:
        """Whether the groups of a row are what they are meant for."""
        if cue.name and not self._is_author(_part(unit, cue.name)):
            return False
        outlet = cue.outlet or cue.origin
        if outlet and not _is_outlet(_part(unit, outlet)):
            return False
        if cue.owner and not is_name(_part(unit, cue.owner)):
            return False
        if cue.house and not self.is_house(_part(unit, cue.house)):
            return False
        return cue.credit is None or cue.kind == "byline" or self.named(_part(unit, cue.credit)) is not None

    def is_furniture(self, part: Unit) -> bool:
        """Whether a part of a line is what pages print around an article, or an outlet."""
        if part.view in self.outlets or part.view in self.bylines:
            return True
        cue = self.cue_of(part)
        return cue is not None and cue.kind in ("byline", "boilerplate", "advertisement")

    def tells(self, unit: Unit) -> bool:
        """Whether the codebook's wording for incidents or harm stands in a unit: "Rebels Seize Dovra"."""
        return any(pattern.search(unit.view) for pattern in self.telling)

    def addresses(self, unit: Unit) -> int:
        """How many words of a unit speak to its readers; two at most, and several where one of them is "you".

        "US" is a country, and capitals throughout are a teletype's.
        """
        if unit.words.isupper():
            return 0
        found = self.addressing.finditer(unit.view)
        spoken = {
            one.group().strip(" .!?:|") for one in found if not unit.words[slice(*one.span())].isupper()
        }
        return min(len(spoken), 1 + (not self.listeners.isdisjoint(spoken)))

    def is_house(self, words: str) -> bool:
        """Whether words look like a publisher's name: a known one, or a name with a word for one in it."""
        if self.named(words) is not None:
            return True
        parts = view(words).split()
        if _GAP.search(words):  # links side by side
            return False
        return is_name(words) and (not self.houses.isdisjoint(parts) or _CAMEL.fullmatch(words) is not None)

    def _is_author(self, words: str) -> bool:
        """Whether words name who wrote something: "By Friday, ..." begins a sentence."""
        return is_name(words) and (len(words.split()) > 1 or self.named(words) is not None)

    def named(self, words: str) -> str | None:
        """The first outlet that words name; None where they name none that is known."""
        return next((named.outlet for named in self.outlets_in(words)), None)

    def outlets_in(self, words: str) -> Iterator[Named]:
        """The outlets that words name, in order; a name in small letters ("time") names none."""
        for start, end, (form, outlet) in self.forms.find(view(words), (0, len(words))):
            first = start + 4 * (words[start : start + 4] == "the ")  # "the Karsin Post"
            if words[first].isupper() or not form[0].isupper() or "." in form:
                yield Named(start, end, form, outlet)

    def addressed(self, words: str) -> Iterator[tuple[str, str | None]]:
        """The hosts of addresses in words, and "@names", each with its outlet, else None."""
        for found in _HOST.finditer(view(words)):
            host = found.group(1).removeprefix("www.")
            parts = host.split(".")
            tails = [".".join(parts[at:]) for at in range(len(parts) - 1)]
            known = next((self.outlets[tail] for tail in tails if tail in self.outlets), None)
            stem = parts[-2] if len(parts[-2]) > 3 or len(parts) < 3 else parts[-3]
            yield host, known or self.stems.get(stem)
        for found in _HANDLE.finditer(view(words)):
            yield found.group(1), self.stems.get(found.group(1).replace("_", ""))


@lru_cache(maxsize=8)
def page_of(codebook: Codebook) -> Page:
    """The wording of a codebook, compiled."""
    forms = _forms(codebook.outlets)
    telling = (_words_of_cues(codebook), _words_of_harm(codebook))
    lexicon = codebook.lexicon
    nouns = _any_of(lexicon.media_nouns)
    outlets = {view(form): outlet for form, outlet in forms}
    stems = {
        stem: outlet
        for form, outlet in reversed(forms)
        if len(stem := "".join(filter(str.isalnum, view(form).partition(".")[0]))) >= _SHORTEST_STEM
    }
    return Page(
        tuple((compile_pattern(row.pattern), row.pattern.startswith("^"), row) for row in codebook.page),
        outlets,
        {row.outlet: row for row in codebook.outlets},
        {view(form): row.outlet for row in codebook.outlets for form in row.bylines},
        stems,
        PhraseTable((view(form), (form, outlet)) for form, outlet in forms),
        re.compile(rf"(?<!\w){_any_of(lexicon.lead_ins)} (?:the )?$"),
        re.compile(rf"(?:'s [^,.;:]{{1,40}}?)? {_any_of(lexicon.notes)}(?!\w)"),
        re.compile(rf"(?<!\w){_any_of(lexicon.credits_before)} (?:the |an? )?(?:{nouns} )?$"),
        re.compile(
            rf"(?:'s [\w ]{{1,30}}?| {nouns})?(?:,? |, [^,.;:]{{3,60}}, )"
            rf"{_any_of(lexicon.credits_after)}(?!\w)"
        ),
        frozenset(lexicon.houses),
        frozenset(lexicon.given_names),
        re.compile(rf",? {_any_of(lexicon.portraits)}(?!\w)"),
        re.compile(rf"(?<!\w)\w{{1,6}} ?{_any_of(lexicon.ago)}(?!\w)"),
        frozenset(lexicon.said),
        re.compile(rf"(?<!\w){_any_of(lexicon.own_words)}(?!\w)"),
        re.compile(
            rf"(?<![\w.]){_any_of(lexicon.addressing)}(?!\w)|(?:^|[.!?:|] ){_any_of(lexicon.prompts)}(?!\w)"
        ),
        frozenset(lexicon.listeners),
        re.compile(rf"(?<!\w){_any_of(lexicon.page_words)}(?!\w)"),
        re.compile(rf"(?<!\w){_any_of(lexicon.selling)}(?!\w)"),
        frozenset(view(row.name) for row in codebook.actors if row.kind == "monitor"),
        tuple(re.compile(rf"(?<!\w)(?:{source})(?!\w)") for source in telling),
    )


def _words_of_cues(codebook: Codebook) -> str:
    """A pattern for the words that tell of an incident by themselves, as they are printed."""
    telling = [cue for cue in codebook.cues if cue.strength in ("strong", "weak") and not cue.needs]
    taking = [
        cue for cue in codebook.cues if cue.strength == "strong" and "territory" in (cue.roles or {}).values()
    ]
    verbs = [phrase.split() for cue in (*telling, *taking) for phrase in cue.verbs if "~" not in phrase]
    forms = [" ".join((form, *rest)) for first, *rest in verbs for form in verb_forms(first)]
    nouns = [form for cue in telling for noun in cue.nouns for form in (noun, plural(noun))]
    forms = [form for form in forms if len(form) >= _SHORTEST_TELLING]
    nouns += [form for weapon in codebook.weapons if weapon.sub_event_type for form in weapon.forms]
    return _any_of(dict.fromkeys((*forms, *nouns)))


def _words_of_harm(codebook: Codebook) -> str:
    """A pattern for the words that tell by themselves what became of people."""
    rows = [row for row in codebook.harm if row.field and row.people in ("object", "subject") and not row.who]
    forms = [form for row in rows for verb in row.verbs if " " not in verb for form in verb_forms(verb)]
    return _any_of(dict.fromkeys((*forms, *(word for row in rows for word in row.words if " " not in word))))


def _forms(outlets: Iterable[Outlet]) -> list[tuple[str, str]]:
    """Each form that names an outlet on a page, with the outlet, none twice.

    What tells two outlets of one name apart, in brackets, is not printed: "The Nation (Karsin)" is printed
    "The Nation", which names neither where there is another one.
    """
    rows = tuple(outlets)
    forms: dict[str, tuple[str, str]] = {}
    for row in rows:
        for form in (row.outlet, *row.aliases, *row.domains):
            forms.setdefault(view(form), (form, row.outlet))
    plain: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        bare = _ASIDE.sub("", row.outlet)
        if " " not in bare:  # "Metro (Karsin)": one word may be anything
            continue
        plain.setdefault(view(bare), []).append((bare, row.outlet))
    for form, named in plain.items():
        if len(named) == 1:
            forms.setdefault(form, named[0])
    return list(forms.values())


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first; one that matches nothing where there are none."""
    listed = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in listed)})" if listed else r"(?!)"


def _part(unit: Unit, span: Span) -> str:
    return unit.words[span[0] - unit.start : span[1] - unit.start]


def _is_outlet(words: str) -> bool:
    return is_name(words) or _ADDRESS.fullmatch(words) is not None


def is_name(words: str) -> bool:
    """Whether words look like the names of people or bodies: a few, each with a capital, short ones aside."""
    parts = words.replace(",", " ").split()
    if not 1 <= len(parts) <= _MOST_NAME_WORDS or _NO_NAME.search(words) or not parts[0][0].isalpha():
        return False
    # Particles ("de", "van", "bin", "and") go without a capital.
    return parts[0][0].isupper() and all(not part[0].islower() or len(part) <= 3 for part in parts)
