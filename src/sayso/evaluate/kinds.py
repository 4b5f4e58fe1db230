"""The kinds of events, in lower case: which sub-types there are and the type of each."""

from functools import lru_cache

from sayso.codebook import load


@lru_cache(maxsize=1)
def event_types() -> dict[str, str]:
    """Sub-event type in lower case -> event type, of the codebook that comes with sayso."""
    return {row.sub_event_type.lower(): row.event_type for row in load().event_types}


def type_of(sub_event_type: str) -> str:
    """The event type of a sub-event type, "" where there is no such sub-type."""
    return event_types().get(sub_event_type.lower(), "")
