"""States and their bodies: "Afghanistan's national government", "Interior Ministry", "Israel".

Which country a body is of: the one named before or after it ("the Malian army", "the police of Chad"), or the
place ("Kirkuk police"); else the one the report is mostly about, and where it speaks as much of another one
the body has no identity. A body of less than the state is not the state's: "the regional government", "the
Benue State Government".
"""

import bisect
import re
from collections.abc import Iterator, Sequence
from functools import cache

from sayso.actors.index import slug
from sayso.actors.known import is_part_of_name
from sayso.actors.page import POSSESSIVE, ActorName, Page
from sayso.codebook import Codebook
from sayso.language import Sentence
from sayso.language.english import english
from sayso.model import Span

_BETWEEN = re.compile(r"[\w \-]*")
_OF = re.compile(r"(?:'s)? (?:of|in) (?:the )?")
_RECENT = 2
"""How many sentences back "the army" may be the army told there."""
_WHOLE_ONLY = frozenset({"government", "parliament", "presidency", "supreme-court"})
"""Bodies of which a town or province has its own, no part of the state's."""


def bodies_in(page: Page, sentence: Sentence, before: Sequence[ActorName]) -> Iterator[ActorName]:
    """The states of a sentence and the bodies of theirs that it names, after the names told before it."""
    nations = page.nations_in(sentence.span)
    used: set[int] = set()
    told: tuple[Span, str, str] | None = None  # the last body told with its country, and how that is printed
    for start, end, body in page.bodies.get(sentence.start, ()):
        if told and _is_theirs(page, sentence, start):  # "the Turkish ministry denied that its soldiers"
            theirs = f"{slug(page.index.countries[told[1]].name)}-{body}"
            words = f"{told[2]} {page.text[start:end]}"
            yield ActorName(start, end, (start, end), words, theirs, "state", antecedent=told[0])
            continue
        span, country, start_of_nation, is_towns = _country_of(page, sentence, start, end, body)
        own = span[0] < start and "-" not in page.seen[span[0] : start]
        if page.seen[start:end] in page.index.behind_country and not own:
            continue  # "a drone", "a Turkish-built drone": anybody's
        if start_of_nation is not None:
            used.add(start_of_nation)
            printed = next((page.text[at:ends] for at, ends, _ in nations if at == span[0]), None)
            told = (span, country, printed) if country and printed else told
        elif is_part_of_name(page, sentence, start) or _is_somebodys(page, end):
            continue
        else:
            country = _country_before(page, sentence, body, before) or country
        if body in _WHOLE_ONLY and _is_local(page, sentence, start):
            continue
        if country is None and (is_towns or page.home not in page.index.countries):
            continue
        actor_id = f"{slug(page.index.countries[country].name)}-{body}" if country else None
        yield ActorName(*span, span, page.text[span[0] : span[1]], actor_id, "state")
    for start, end, named in nations:
        if named.is_name and start not in used and not _is_place(page, start):
            actor_id = f"{slug(named.country.name)}-government"
            yield ActorName(start, end, (start, end), page.text[start:end], actor_id, "state")


def _country_of(
    page: Page, sentence: Sentence, start: int, end: int, body: str
) -> tuple[Span, str | None, int | None, bool]:
    """The span of the body with its country, the country's code, and where a country named begins.

    And whether it is that of a town or province and none of the state's.
    """
    for begins, ends, named in page.nations_in(sentence.span):
        between = POSSESSIVE.sub("", page.seen[ends:start])
        if ends <= start and len(between.split()) <= 2 and _BETWEEN.fullmatch(between):
            return (begins, end), named.country.country, begins, False
        joined = _OF.match(page.seen, end)
        if joined and joined.end() == begins and joined.group().strip() != "in":
            return (start, ends), named.country.country, begins, False
    for (begins, ends), country in page.places_in((max(sentence.start, start - 60), start)):
        between = page.seen[ends:start]
        if between in (" ", "'s ") and country in page.index.countries:
            if between == " " and body in _WHOLE_ONLY:
                return (start, end), None, None, True
            return (begins, end), country, begins, False
    home = page.sure_home if page.sure_home in page.index.countries else None
    return (start, end), home, None, False


def _country_before(page: Page, sentence: Sentence, body: str, before: Sequence[ActorName]) -> str | None:
    """The country of the same body told shortly before, else of the state that begins the last sentence."""
    at = bisect.bisect_right(page.begins, sentence.start) - 1
    recent = page.begins[max(0, at - _RECENT)]
    for name in reversed(before):
        if name.start < recent:
            break
        if name.actor_id and name.actor_id.endswith(f"-{body}") and name.actor_id in page.index.bodies_of:
            return page.index.bodies_of[name.actor_id]
    begins = page.begins[at - 1] if at else sentence.start
    for name in before:
        if name.start == begins and name.name == (name.start, name.end) and name.kind == "state":
            return page.index.bodies_of.get(name.actor_id or "")
    return None


def _is_theirs(page: Page, sentence: Sentence, start: int) -> bool:
    """Whether a possessive stands before a body: "its soldiers"."""
    before = page.seen[sentence.start : start].split()
    return bool(before) and before[-1].strip("\"'“”") in english().possessives


def _is_somebodys(page: Page, end: int) -> bool:
    """Whether those are told behind whose soldiers they are: "soldiers of the caliphate"."""
    behind = _of_whom(page.codebook).match(page.seen, end)
    return behind is not None and not page.places_in((behind.end(), behind.end() + 1))


@cache
def _of_whom(codebook: Codebook) -> re.Pattern[str]:
    phrases = sorted(codebook.lexicon.of_whom, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf" (?:{'|'.join(map(re.escape, phrases)) or '(?!)'}) ")


def _is_local(page: Page, sentence: Sentence, start: int) -> bool:
    """Whether the body is of less than the state: "the regional government", "zone administration"."""
    before = page.seen[max(sentence.start, start - 40) : start].split()
    return bool(before) and before[-1] in page.codebook.lexicon.local_bodies


def _is_place(page: Page, start: int) -> bool:
    """Whether a country's name stands where a place stands: after "in", after a comma."""
    before = page.seen[max(0, start - 40) : start].rstrip()
    last = before.rsplit(" ", 1)[-1]
    if last in page.codebook.lexicon.place_adjectives:
        last = before.removesuffix(last).rstrip().rsplit(" ", 1)[-1]
    return before.endswith(",") or last in page.codebook.lexicon.place_prepositions
