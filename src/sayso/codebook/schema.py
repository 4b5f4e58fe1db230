"""The shape of a codebook: one model for each kind of row, checked when it is loaded.

A codebook is a folder. Each file holds rows of one kind; docs/codebook-files.md tells how to write one.

Patterns are regular expressions over the *view* of a sentence: the same length, in lower case, curly quotes
made straight, every blank a space, and the names that the rooms know replaced by marks. In a pattern a slot
stands for such a mark:

    {actor} {accused}   a name of an actor, or a word that stands for one
    {place}             a name of a place
    {time}              a time expression
    {weapon}            a weapon of weapons.yaml
    {n}                 a counting word or a number

and ``(?P<cue>...)`` marks the words that carry the meaning (else the whole match does).
"""

import re
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from sayso.model import SpeakerKind, Stance, Whom

ACTOR = "\ue000"
PLACE = "\ue001"
TIME = "\ue002"
WEAPON = "\ue003"
NUMBER = "\ue004"

SLOTS: dict[str, str] = {
    "actor": f"{ACTOR}+",
    "accused": f"{ACTOR}+",
    "place": f"{PLACE}+",
    "time": f"{TIME}+",
    "weapon": f"{WEAPON}+",
    "n": f"{NUMBER}+",
}
"""What a slot of a pattern matches in the view of a sentence."""


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """The regular expression of a codebook pattern, each slot a group of its own name.

    Raises ValueError with the reason where the pattern has an unknown slot, or one twice, or is no regular
    expression, or matches the empty text.
    """

    def slot(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in SLOTS:
            raise ValueError(f"unknown slot {{{name}}}; the slots are {', '.join(sorted(SLOTS))}")
        return f"(?P<{name}>{SLOTS[name]})"

    source = re.sub(r"\{([a-z]+)\}", slot, _any_blanks(pattern))
    try:
        compiled = re.compile(rf"(?<![\w\ue000-\ue004]){source}(?![\w\ue000-\ue004])")
    except re.error as fault:
        raise ValueError(f"not a regular expression: {fault}") from fault
    if compiled.match(""):
        raise ValueError("matches the empty text")
    return compiled


def _any_blanks(pattern: str) -> str:
    """The pattern with every blank standing for any run of blanks: a hard line break and an indent are one.

    Blanks in a set of characters or a look-behind stay as they are, and " ?" becomes " *".
    """
    parts = re.findall(r"\(\?<[=!][^)]*\)|\\.|\[(?:\\.|[^\]\\])*\]| \??|[^\\\[( ]+|.", pattern, re.DOTALL)
    return "".join({" ": " +", " ?": " *"}.get(part, part) for part in parts)


def _checked_pattern(pattern: str) -> str:
    compile_pattern(pattern)
    return pattern


def _lower(phrase: str) -> str:
    if phrase != phrase.lower():
        raise ValueError("phrases are written in lower case")
    if not phrase.strip():
        raise ValueError("a phrase cannot be empty")
    return phrase


ActorClass = Literal[
    "state forces", "rebels", "political militia", "identity militia", "civilians", "external", "other"
]
CountField = Literal["killed", "injured", "missing", "abducted", "detained", "displaced"]
Pattern = Annotated[str, AfterValidator(_checked_pattern)]
Phrase = Annotated[str, AfterValidator(_lower)]
Phrases = tuple[Phrase, ...]


class Row(BaseModel):
    """Base of all rows: unknown keys are refused, because a typo must not be lost silently."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class About(Row):
    """codebook.yaml: what this codebook is; ``extends`` names the codebook it lies over."""

    name: str = Field(min_length=1)
    version: str
    language: str = Field(pattern="^[a-z]{2}$")
    description: str = ""
    extends: str | None = None


class EventType(Row):
    """event_types.yaml: one sub-event type. Rows stand in the order in which several methods give way."""

    sub_event_type: str
    event_type: str
    definition: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    two_sided: bool = False
    family: str | None = None
    """Types of one family can be told of one act ("stormed the village and burned it"); without one it is
    only with itself."""
    made_of: tuple[tuple[str, str], ...] = ()
    """Pairs of types that make this one where a sentence tells both of one act (a march, and shots at it)."""
    instead_of: tuple[str, ...] = ()
    manner: Phrases = ()
    """Where one of these types is told with one of these words, it is this type ("without a shot")."""
    own_news: bool = False
    """Whether it is one only where its own sentence tells a place or a time: not arrests on the spot."""
    program: bool = True
    """Whether the program may give it; False for what only people may."""
    incident: bool = True
    """False where acts of this type are told from others and make no incident."""
    extra: dict[str, str] = Field(default_factory=dict)
    """What a scheme of the user calls it, by the name of the scheme: given out with each incident of it."""


Strength = Literal["strong", "weak", "faint", "support"]
Role = Literal["perpetrator", "target", "victim", "weapon", "territory", "crowd"]
"""What an argument of a cue is in its incident; a ``crowd`` gathers: neither perpetrator nor target."""


class Cue(Row):
    """cues.yaml: words that tell of an incident, and what their grammar says about who did what to whom.

    ``verbs`` and ``nouns`` are in their base form; of several words the first is inflected, and "~" among
    them stands for up to six words between.

    ``roles`` and ``needs`` go by grammatical place: ``subject`` (who does it, in any voice), ``object``,
    ``modifier`` (a word before a noun), or a preposition. ``roles`` says what stands there is in the
    incident; the default is a perpetrator as subject and a target as object. ``needs`` names the kinds one of
    which must stand there: a sense of senses.yaml, ``person``, ``organisation``, ``place``, ``weapon``,
    ``vehicle``, ``actor``, ``state``, ``unknown`` for a noun of no list, or ``none`` where nothing need
    stand.

    ``sub_event_type`` None: that of the weapon. ``if_subject`` and ``if_object`` give another type where one
    of a kind stands there.

    ``strong`` cues make a mention where a place, a date, a count or an actor stands by; ``weak`` ones need
    two of these; ``faint`` ones, which are said of games too, need a count or an actor among the two.
    ``support`` makes none ("died"). All can speak of a mention already there.
    """

    name: str = Field(min_length=1)
    verbs: Phrases = ()
    nouns: Phrases = ()
    sub_event_type: str | None
    if_subject: dict[str, str] = Field(default_factory=dict)
    if_object: dict[str, str] = Field(default_factory=dict)
    strength: Strength = "strong"
    roles: dict[str, Role] | None = None
    needs: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_whole(self) -> "Cue":
        if not self.verbs and not self.nouns:
            raise ValueError("a cue needs verbs or nouns")
        if self.sub_event_type is None and not any("weapon" in kinds for kinds in self.needs.values()):
            raise ValueError("a cue without a sub_event_type needs a weapon (needs: {subject: [weapon]})")
        return self


class Sense(Row):
    """senses.yaml: nouns of one kind that cues ask for, in the singular."""

    sense: str = Field(pattern=r"^[a-z]+$")
    words: Phrases


class Weapon(Row):
    """weapons.yaml: a weapon, the forms it has in print, and the event type its use makes."""

    weapon: Phrase
    forms: Phrases
    sub_event_type: str | None = None


class StanceWording(Row):
    """stances.yaml: wording by which somebody takes a stance towards who did it, or tells that somebody did.

    Verbs (base form, perhaps with a particle: "carry out") with what must be their subject or object; or
    predicates ("was behind"); or nouns ("the work of"); or words ``before`` a name ("suspected"); or a
    pattern.
    ``actor`` is where the one who did it stands: ``subject``, ``object``, ``clause`` (somebody in the clause
    under the verb), ``noun`` (the noun that the words stand before), ``member`` ("to belong to X"), ``own``
    (who speaks), ``accused`` (that slot of the pattern), or prepositions, one of which stands before it.
    """

    name: str = Field(min_length=1)
    stance: Stance | None = None
    """None: it only tells that they did it; who says so makes it a claim or an accusation."""
    verbs: Phrases = ()
    predicates: Phrases = ()
    nouns: Phrases = ()
    before: Phrases = ()
    pattern: Pattern | None = None
    subject: Phrases = ()
    object: Phrases = ()
    """Nouns of which one must be the object; "act" is any words for an act, "it" what points back to one."""
    object_is: Phrases = ()
    """What is said of the object: "held X responsible"."""
    actor: Phrase | Phrases
    about: Phrases = ()
    """Prepositions before the act, or "object"."""
    passive: bool = False
    """True where only the passive means it."""
    negated: bool = False
    """True where the words themselves say that they did not."""
    answers: bool = False
    """True where it means nothing but as an answer to what somebody was accused of."""

    @model_validator(mode="after")
    def _has_words(self) -> "StanceWording":
        if not (self.verbs or self.predicates or self.nouns or self.before or self.pattern):
            raise ValueError("needs verbs, predicates, nouns, before or pattern")
        return self


class HarmWords(Row):
    """harm.yaml: words that tell what became of people, and where those people stand by them.

    ``verbs`` are in their base form, ``words`` (nouns, adjectives) as printed. A phrase is the word that
    tells it, then words that must stand under it in the sentence, in any order and wherever they are: "lose
    lives" is in "lost their young lives".

    ``people`` is where they stand: ``object``, whom a verb is done to, a noun is of ("killed five", "the
    ``figure``, a number told of the word ("the toll rose to five").
    ``figure``, a number told of the word ("the toll rose to five").
    """

    name: str = Field(min_length=1)
    field: CountField | None = None
    people: Literal["object", "subject", "itself", "figure"]
    verbs: Phrases = ()
    words: Phrases = ()
    things: bool = False
    """Whether the words are said of things too ("hurt the economy"), so that an unknown noun is no person."""
    who: Phrases = ()
    """Nouns one of which the people must be, where the words are said of others too ("fell")."""
    none: tuple[CountField, ...] = ()
    """The fields that are 0 where it is said that there were none ("no casualties"); else ``field``."""

    @model_validator(mode="after")
    def _has_words(self) -> "HarmWords":
        if not self.verbs and not self.words:
            raise ValueError("a row needs verbs or words")
        return self


class Actor(Row):
    """actors.csv: an organisation, armed group or body of a state, dated where that matters.

    ``part_of`` is another actor_id; ``since`` and ``until`` are ISO dates between which this row holds, so
    that one actor may have several rows (insurgents until a day, the government after it). Where only a month
    or a year is known they are its first and its last day.
    ``successor`` is the actor_id of who goes on after ``until`` (merged into, renamed to, took over as).
    ``local`` names are such as others have too ("Fourth Division"): they count only in a report that tells of
    the actor's country.
    """

    actor_id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    kind: Literal["organisation", "state", "person", "media", "monitor"]
    actor_class: ActorClass
    country: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    part_of: str | None = None
    since: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    until: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    successor: str | None = None
    local: bool = False
    source: str = Field(min_length=1)


class Body(Row):
    """bodies.yaml: a body that many states have; with a country it makes an actor ("Iraqi police")."""

    body: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    words: Phrases
    behind_country: Phrases = ()
    """Words that are the body's only right behind a country's name: "an Israeli drone"."""
    part_of: str | None = None
    """The body of the same state that it is a part of, where the actor it makes has no row of its own."""


class NamePart(Row):
    """name_parts.yaml: words that show a name the codebook does not know to be an organisation's.

    ``leads`` False: the last word of a name, or its first before "of" or "for"; True: the first of any name.
    """

    words: Phrases
    kind: Literal["organisation", "state"]
    actor_class: ActorClass
    leads: bool = False


class Noun(Row):
    """nouns.yaml: nouns in the singular, or (``pronoun``) pronouns in all forms, and what they stand for."""

    words: Phrases
    type: Literal["organisation", "place", "person", "weapon", "vehicle"]
    pronoun: bool = False


class Country(Row):
    """countries.csv: a country with the names and demonyms of the press."""

    country: str = Field(pattern="^[A-Z]{3}$")
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()


class Outlet(Row):
    """outlets.csv: a publisher, the forms its name has in print, and house bylines that give it away.

    ``date_order`` is that of its figures where it is not that of its country; ``reposts`` is set for those
    that mostly carry the texts of others.
    """

    outlet: str
    aliases: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    country: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    date_order: Literal["dmy", "mdy"] | None = None
    domains: tuple[Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")], ...] = ()
    reposts: bool = False
    source: str | None = None


class Holiday(Row):
    """holidays.csv: a feast and the days on which it fell in one year."""

    holiday: Phrase
    year: int = Field(ge=1970, le=2100)
    first: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    last: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")


class PeopleWord(Row):
    """people.yaml: a noun for people, which people it means, and whether it can stand for an actor.

    ``group`` nouns extend a name ("Islamic State terrorists") and can stand for one named before ("the
    militants"); ``unnamed`` ones name nobody but may be participants of kind people ("gunmen").
    """

    words: Phrases
    status: Literal["civilian", "military", "police", "militant"] | None = None
    age: Literal["child", "adult"] | None = None
    sex: Literal["female", "male"] | None = None
    role: str | None = None
    group: bool = False
    unnamed: bool = False
    speaks: SpeakerKind | None = None
    """Set where such people are a source that reports name ("officials", "doctors")."""

    @property
    def whom(self) -> Whom:
        """The people that a count of this noun is about."""
        return Whom(status=self.status, age=self.age, sex=self.sex, role=self.role)


class Quantity(Row):
    """quantities.yaml: a counting word as a range of people.

    A word with ``shift`` changes the number after it: "more than" 1 makes "more than 30" at least 31.
    """

    words: Phrases
    best: int | None = None
    low: int | None = None
    high: int | None = None
    imprecise: bool = False
    bound: Literal["low", "high", "about"] | None = None
    shift: int = 0
    more: bool = False
    """Whether these are people beside those told already ("another two")."""


class PageWord(Row):
    """page.yaml: wording by which a line shows what it is.

    ``opens`` tells what follows such a line below an article: ``comment`` holds up to a row that opens
    something else, the others up to the next paragraph, or for good after comments.
    """

    pattern: Pattern
    kind: Literal["byline", "caption", "quotation", "boilerplate", "advertisement", "comment", "correction"]
    opens: Literal["comment", "boilerplate", "advertisement"] | None = None


class Lexicon(Row):
    """lexicon.yaml: lists of words with one office each. An overlay adds to the lists."""

    abbreviations: Phrases = ()
    """Words whose full stop ends no sentence."""
    hedges: Phrases = ()
    """Wording that withholds commitment from what follows it in its clause."""
    provisos: Phrases = ()
    """Wording that withholds commitment from its whole sentence."""
    recall: Phrases = ()
    """Wording that recalls something earlier."""
    articles: Phrases = ()
    governors: Phrases = ()
    """Words under which things are planned, threatened, feared, demanded or prevented, in all forms."""
    event_heads: Phrases = ()
    """Nouns before which a word for an act tells of it all the same ("the blast toll"; not "riot police")."""
    event_prepositions: Phrases = ()
    """Words between an act and the place where it was ("in", "near")."""
    unaided: Phrases = ()
    """Past forms that need no object ("died", "attacked"): their subject did it or suffered it itself."""
    origins: Phrases = ()
    """Words between people and the place they are from."""
    belonging: Phrases = ()
    """Prepositions between people and the body they belong to ("fighters of the Front")."""
    of_whom: Phrases = ()
    """Words behind soldiers that tell whose they are, where that is no state ("of the caliphate")."""
    filled: Phrases = ()
    """Participles before what a thing is filled with ("packed with explosives")."""
    parts: Phrases = ()
    """Nouns for a part of a place or a time that is no target by itself ("the edge of the town")."""
    light_verbs: Phrases = ()
    """Verbs, in their base form, that lend an act their subject as who did it ("carry out an attack")."""
    undergoing: Phrases = ()
    """Those that lend it their subject as whom it hit ("come under attack")."""
    other_fields: Phrases = ()
    """Nouns of sport, markets, games, networks, drills and nature: a report full of them uses the words of
    violence for other things."""
    people_endings: Phrases = ()
    """Endings by which an unknown noun is one for people ("-ists")."""
    bare_people: Phrases = ()
    """Nouns for people that say nothing about who they are ("people", "victims")."""
    conjunctions: Phrases = ()
    """Words that begin another clause, over which no negation reaches."""
    definite: Phrases = ()
    """Words before a noun that speak of something already told ("the", "this")."""
    pronouns: Phrases = ()
    """Pronouns that can stand for an organisation."""
    group_nouns: Phrases = ()
    """Nouns that stand for an organisation named before ("the group", "the movement")."""
    name_adjectives: Phrases = ()
    """Words between an article and a noun that stands for an organisation ("the insurgent group")."""
    name_tails: Phrases = ()
    """Words that follow a name without changing whose it is ("branch", "group")."""
    spokesmen: Phrases = ()
    titles: Phrases = ()
    said: Phrases = ()
    """Verbs of saying in the forms that stand between a speaker and what is said."""
    offices: Phrases = ()
    """Nouns for those who hold an office ("governor"), in the singular."""
    body_voices: Phrases = ()
    """Beside the spokesmen, nouns for persons who speak for the body beside them ("representative")."""
    state_nouns: Phrases = ()
    """Nouns for bodies of a state and those who act for it ("ministry", "officials"), in the singular."""
    documents: Phrases = ()
    """Nouns for what carries words ("statement"): who speaks is whose it is."""
    leads: Phrases = ()
    """Verbs between a person and the body that the person speaks for ("who heads")."""
    outlet_nouns: Phrases = ()
    """Beside the media nouns, nouns before or after the name of an outlet ("channel", "website")."""
    wide_nouns: Phrases = ()
    """Those of the nouns for outlets that are more often said of other bodies ("agency")."""
    voiced: Phrases = ()
    """Verbs, in their base form, under which a clause is somebody's words; with the verbs of ``said``."""
    believed: Phrases = ()
    """Such verbs by which the speaker is not sure."""
    act_nouns: Phrases = ()
    """Nouns for acts of violence, in the singular."""
    pointing_back: Phrases = ()
    """Words that stand for what was told ("this")."""
    own_people: Phrases = ()
    """Nouns for people of a body, which are the body's behind "its": "its fighters"."""
    report_hedges: Phrases = ()
    """Wording by which a report keeps its distance from a stance that it tells."""
    passing: Phrases = ()
    """Verbs, in their base form, of passing words on: "carried by X"."""
    behalf: Phrases = ()
    """Wording between somebody unnamed and the body that he speaks for ("on behalf of")."""
    other_acts: Phrases = ()
    """Words by which an act is another one than that told, or many."""
    fictions: Phrases = ()
    """Words by which nothing in a sentence is meant as real."""
    habits: Phrases = ()
    """Wording that tells of what is done many times, not of one act."""
    according: Phrases = ()
    """Wording before the speaker of the sentence ("according to")."""
    media_nouns: Phrases = ()
    monitor_nouns: Phrases = ()
    """Last words of names that show an outlet or a monitor ("news agency", "observatory")."""
    totals: Phrases = ()
    """Wording of totals over a period: what it stands by is an aggregate."""
    first_hand: Phrases = ()
    """Words in the names of speakers who count the dead first hand: medical, rescue, United Nations."""
    units: Phrases = ()
    """Words that make a number before them a measure and no count of people."""
    lead_ins: Phrases = ()
    """Words that begin a lead-in ("as X notes")."""
    notes: Phrases = ()
    """Verbs of a lead-in that credits an outlet ("as X notes")."""
    partings: Phrases = ()
    """Wording that parts a sentence into two incidents ("a day after", "in retaliation for")."""
    strong_terms: Phrases = ()
    """Beginnings of words one of which a report must hold to be parsed at all."""
    triggers: Phrases = ()
    """Beginnings of words for which, with the strong terms, a sentence and those beside it are parsed."""
    place_prepositions: Phrases = ()
    """Words after which a country's name is a place and no actor."""
    houses: Phrases = ()
    """Words in the names of publishers ("post", "ministry")."""
    own_words: Phrases = ()
    """Words with which people speak of themselves ("we")."""
    portraits: Phrases = ()
    """Words after the name of who wrote it, where a page tells who that is ("covers")."""
    addressing: Phrases = ()
    """Words with which a page speaks to its readers or lays down terms for them ("you", "mandatory")."""
    listeners: Phrases = ()
    """Those of them that mean the readers ("you")."""
    prompts: Phrases = ()
    """Words with which a sentence begins that asks readers for something ("subscribe")."""
    page_words: Phrases = ()
    """Words for what a page offers its readers ("newsletter", "channel")."""
    selling: Phrases = ()
    """Words of advertisements ("discount")."""
    ago: Phrases = ()
    """Words behind a number that tell how long ago something was written ("hours ago")."""
    credits_before: Phrases = ()
    """Wording before an outlet that a text credits ("told", "a report in")."""
    credits_after: Phrases = ()
    """Wording after such an outlet ("reported", "quoted")."""
    place_adjectives: Phrases = ()
    """Words that may stand between those and the name ("in eastern X")."""
    local_bodies: Phrases = ()
    """Words before a body by which it is no body of the whole state ("the regional government")."""
    common_modifiers: Phrases = ()
    """Words that tell no body of a state from another ("national police", "armed forces")."""
    name_links: Phrases = ()
    """Small words inside names ("Front for the Liberation of ...")."""
    naming: Phrases = ()
    """Wording between a noun for an organisation and its name ("a group calling itself ...")."""
    honorifics: Phrases = ()
    """What stands before a person's name and never before a body's ("Mr")."""
    given_names: Phrases = ()
    """First names of persons, which tell a person's name from others written large."""
    calendar: Phrases = ()
    """Days and months: written large, and no names of anybody."""
    range_links: Phrases = ()
    """Words between the ends of a range of numbers ("10 to 15")."""
    rising: Phrases = ()
    """Words before a number that is no end of a range but what another one was ("from 3 to 5")."""
    between: Phrases = ()
    between_links: Phrases = ()
    """Words before a range, and between its ends ("between 10 and 15")."""
    others: Phrases = ()
    """Words for people beside those told already ("two others")."""
    subsets: Phrases = ()
    exclusions: Phrases = ()
    """Words before some of those told already ("including two children")."""
    some_of: Phrases = ()
    """Words behind a number of some of those told already ("two of them")."""
    nobody: Phrases = ()
    anybody: Phrases = ()
    """Words for nobody, and for anybody: what did not happen to these happened to none."""
    none_at_all: Phrases = ()
    """Words before a noun by which there were none of it ("no", "without")."""
    not_one: Phrases = ()
    one_person: Phrases = ()
    """Nouns for people that mean more than one in the singular, and pronouns that mean one."""
    figure_verbs: Phrases = ()
    """Verbs between a noun and the number that it comes to ("the toll rose to")."""
    anyones: Phrases = ()
    """Nouns for people in general: of these none is none at all."""
    companions: Phrases = ()
    """Words before further people to whom the same happened ("along with two guards")."""
    person_endings: Phrases = ()
    """Endings of nouns for a person ("-er")."""
    not_people: Phrases = ()
    """Nouns for what dies or is counted and is no people ("sheep")."""
    since: Phrases = ()
    """Words before the beginning of a stretch of time that is going on."""
    households: Phrases = ()
    """Nouns for groups of which a count is no count of people ("families")."""
    gatherings: Phrases = ()
    """Nouns that stand for as many people as they are said to be of ("a family of five")."""
    campaigns: Phrases = ()
    """Nouns for what goes on too long to be one incident ("war")."""
    periods: Phrases = ()
    """Wording of a stretch of time over which many incidents are added up ("so far this year")."""
    body_nouns: Phrases = ()
    """Nouns, beside the group nouns, after which the name of an organisation stands ("the charity ...")."""
