"""One incident a line, in the shape of contract/incident.schema.json."""

from collections.abc import Iterable, Iterator

from sayso.model import Incident
from sayso.records import to_line, to_record


def lines(incidents: Iterable[Incident]) -> Iterator[str]:
    """The lines, without their ends, in the order of the incidents."""
    for incident in incidents:
        yield to_line(to_record(incident))
