"""Codes of the records as words for readers, and small pieces of text."""

from datetime import date

from markupsafe import Markup, escape

from sayso.exports import text
from sayso.exports.private import MARK
from sayso.ledger import fold
from sayso.model import Attribution, Count, Date, Place, Stance, Statement

STATUS = {
    "claimed": "Claimed",
    "claimed_disputed": "Claimed, and disputed",
    "accused": "Accused",
    "accused_denied": "Accused, who deny it",
    "suspected": "Suspected",
    "suspected_denied": "Suspected, who deny it",
    "stated": "Told as fact",
    "stated_denied": "Told as fact, and denied",
    "denied_only": "Only denials",
    "unknown": "Nobody says who",
}
"""attribution_status -> what a reader is told; "Accused, who deny it" of the strongest actor."""

PRECISION = {
    "exact": "exact place",
    "near": "near this place",
    "town": "somewhere in this town",
    "district": "somewhere in this district",
    "route": "somewhere along a road",
    "admin1": "somewhere in this province",
    "country": "somewhere in this country",
    "sea": "somewhere at sea",
}
FIELDS = {
    "event": "What happened",
    "perpetrator": "Who did it",
    "target": "What was aimed at",
    "victim": "Who was harmed",
    "weapon": "With what",
    "date": "When",
    "place": "Where",
    "killed": "Killed",
    "injured": "Injured",
    "missing": "Missing",
    "abducted": "Abducted",
    "detained": "Detained",
    "displaced": "Displaced",
    "territory": "Territory",
}
FIRST = ("perpetrator", "killed", "injured")
"""Fields that readers ask for first; the others follow in the order of the codebook."""

STANCES = {
    Stance.CLAIMED: "claims it",
    Stance.DENIED: "denies it",
    Stance.REJECTED: "rejects it",
    Stance.ACCUSED: "accuses",
    Stance.SUSPECTED: "suspects",
    Stance.STATED: "states",
    Stance.DISPUTED: "disputes",
}
ROLES = {
    "perpetrator": "said to have done it, or not to have",
    "target": "aimed at",
    "victim": "harmed",
    "side": "a side of a fight",
    "speaker": "whose word something is",
}


def lines(words: str) -> Markup:
    """Text of a report as it stands, with its lines; what would steer the page is written out."""
    plain = "\n".join(text.harmless(line) for line in words.replace("\t", "    ").split("\n"))
    return escape(plain)


def flat(words: str) -> str:
    """Text on one line."""
    return " ".join(words.split())


def when(interval: Date) -> str:
    """A date as people write it: "28 February 2019", "some day in May 2016", "date not known"."""
    first, last = interval.earliest, interval.latest
    if first is None and last is None:
        return f"{interval.edtf} (year not known)" if interval.edtf else "date not known"
    if first is None or last is None:
        return f"from {day(first)}" if first else f"up to {day(last or '')}"
    if first == last:
        return day(first)
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if (
        begin.day == 1
        and (end.toordinal() - begin.toordinal()) in (27, 28, 29, 30)
        and begin.month == end.month
    ):
        return f"some day in {begin:%B %Y}"
    if (begin.month, begin.day, end.month, end.day) == (1, 1, 12, 31) and begin.year == end.year:
        return f"some day in {begin.year}"
    return f"between {day(first)} and {day(last)}"


def day(iso: str) -> str:
    """A day or moment in ISO 8601 as people write it; what is no day stays as it is."""
    try:
        found = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{found.day} {found:%B %Y}"


def where(place: Place | None) -> str:
    """A place with its division and country, and how near it is known."""
    return "place not told" if place is None else text.where(place)


def figure(count: Count | None) -> str:
    """A count, or that nobody gives one."""
    return "no figure" if count is None else text.count(count)


def speaker(said: Statement | Attribution) -> str:
    """Whose word it is: the body with the person who spoke for it, or the report itself."""
    if said.speaker_kind == "report" or said.speaker == "report":
        return "the report itself"
    return said.speaker + (f" ({said.spoken_by})" if said.spoken_by else "")


def key(name: str, actor_id: str | None) -> str | None:
    """By what the page of an actor is asked for; None for a name that is not shown."""
    return None if MARK in name else fold(actor_id or name)


def many(number: int, noun: str) -> str:
    """A number with its noun: "1 report", "3 reports"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
