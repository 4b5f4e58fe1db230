"""What is asked of a ledger: a code that there is not is told, with what looks like it."""

from collections.abc import Mapping
from difflib import get_close_matches

from sayso.codebook import Codebook, load
from sayso.errors import UsageError
from sayso.ledger import IncidentFilter, Ledger

_SHOWN = 4  # more would not be read
_NEAR = 0.75  # with less, other countries are offered for any short word


def check(ledger: Ledger, wanted: IncidentFilter) -> None:
    """Raises UsageError for a country or a type that neither the ledger nor the default codebook has.

    An actor or a period may match nothing: that is an answer.
    """
    if wanted.country is not None and not ledger.has_term("country", wanted.country):
        book = load("default")
        if wanted.country.upper() not in {row.country for row in book.countries}:
            alike = _alike(wanted.country, _names_of_countries(book))
            raise UsageError(
                f"{wanted.country!r} is no ISO 3166-1 alpha-3 code of a country.",
                f"{_offered(alike)} Give three letters, such as AFG.",
            )
    if wanted.event_type is not None and not ledger.has_term("event_type", wanted.event_type):
        types = {
            name: name for row in load("default").event_types for name in (row.event_type, row.sub_event_type)
        }
        if wanted.event_type.casefold() not in map(str.casefold, types):
            raise UsageError(
                f"{wanted.event_type!r} is no event type of the default codebook, and none in the ledger.",
                f"{_offered(_alike(wanted.event_type, types))} They are in docs/codebook.md.",
            )


def _names_of_countries(book: Codebook) -> dict[str, str]:
    """All that countries are called, and their codes: each with the code and the name."""
    return {
        called: f"{row.country} ({row.name})"
        for row in book.countries
        for called in (row.name, row.country, *row.aliases, *row.demonyms)
    }


def _alike(word: str, known: Mapping[str, str]) -> list[str]:
    """Those of which a name is the word; else those that begin with it, or hold it; else the nearest ones."""
    names = {name.casefold(): shown for name, shown in known.items()}
    word = word.casefold().strip()
    found = (
        [name for name in names if name == word]
        or [name for name in names if word and name.startswith(word)]
        or [name for name in names if word in name.split()]
        or get_close_matches(word, names, n=_SHOWN, cutoff=_NEAR)
    )
    return list(dict.fromkeys(names[name] for name in found))[:_SHOWN]


def _offered(alike: list[str]) -> str:
    return f"Did you mean {', '.join(alike)}?" if alike else "Nothing looks like it."
