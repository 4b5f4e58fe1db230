"""One incident a line, in the shape of contract/incident.schema.json."""

from collections.abc import Iterable, Iterator

from sayso.model import Incident
from sayso.records import to_json


def lines(incidents: Iterable[Incident]) -> Iterator[str]:
    """The lines, without their ends, in the order of the incidents."""
    yield from map(to_json, incidents)
