"""One case, one file: tests/cases/LANGUAGE/*.txt.

``published:``, the text, then ``# expect`` and ``# forbid`` with one line for each thing that must (must not)
be said. ``incident:`` lines name the type and then, in any order, an edtf date, a place, counts.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sayso.codebook import Codebook
from sayso.coding import code
from sayso.model import Attribution, Incident
from sayso.pipeline import reconciled_alone
from sayso.records import to_record
from sayso.reports import make_report
from tests.soundness import faults

CASES = sorted((Path(__file__).parents[1] / "cases").rglob("*.txt"))


@dataclass
class Case:
    published: str
    text: str
    expect: list[str] = field(default_factory=list)
    forbid: list[str] = field(default_factory=list)


def read_case(path: Path) -> Case:
    head, _, rest = path.read_text(encoding="utf-8").partition("\n")
    text, _, forbidden = rest.partition("# forbid\n")
    text, _, expected = text.partition("# expect\n")
    return Case(head.removeprefix("published: "), text, expected.splitlines(), forbidden.splitlines())


def facts(incident: Incident) -> set[str]:
    """What a line of a case may say of an incident."""
    place = incident.place
    told = {incident.sub_event_type, str(incident.date.edtf)}
    told |= {place.text, str(place.name)} if place else set()
    for name in ("killed", "injured"):
        figure = getattr(incident, name)
        told |= {f"{name} {figure.best}"} if figure else set()
    return told


def said(attribution: Attribution) -> set[str]:
    """What a line of a case may say of an attribution."""
    told = {str(attribution.actor_id), "any", f"speaker {attribution.speaker}"}
    told |= {f"via {name}" for name in attribution.via}
    return told | ({"hedged"} if attribution.hedged else set())


def holds(line: str, incidents: list[Incident]) -> bool:
    """Whether a line of a case is true of what was coded."""
    kind, _, rest = line.partition(": ")
    wanted = {part.strip() for part in rest.split("|")}
    if kind == "irrelevant":
        return not incidents
    if kind in ("incident", "background"):
        return any(wanted <= facts(one) and one.is_background == (kind == "background") for one in incidents)
    if kind == "status":
        return any(one.attribution_status in wanted for one in incidents)
    if kind == "toll":
        told = [one for incident in incidents for one in incident.statements]
        return any({one.field, one.speaker} == wanted for one in told)
    return any(
        one.stance == kind and wanted <= said(one) for incident in incidents for one in incident.attributions
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, codebook: Codebook) -> None:
    case = read_case(path)
    assert case.expect or case.forbid, "a case that expects and forbids nothing cannot fail"
    report = make_report(case.text, codebook, published=case.published)
    coded = code(report, codebook)
    assert coded == code(report, codebook), "coding twice is identical"
    incidents = reconciled_alone(coded, codebook)
    for incident in incidents:
        assert faults(to_record(incident), {report.report_id: report.text}) == []
    for line in case.expect:
        assert holds(line, incidents), f"not found: {line}"
    for line in case.forbid:
        assert not holds(line, incidents), f"must not be said: {line}"
