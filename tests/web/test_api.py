"""The API gives what its description says."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sayso.ledger import IncidentFilter, open_ledger
from tests.web.conftest import ROCKETS, Visit


def checked(description: dict[str, Any], name: str, data: object) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    jsonschema.Draft202012Validator(schema).validate(data)


def test_every_answer_has_the_shape_that_is_described(ledger: Path, visit: Visit) -> None:
    client = visit(ledger)
    description = client.get("/api/openapi.json").json()
    report = client.get(f"/api/incidents/{ROCKETS}").json()["reports"][0]["report_id"]
    asked = {
        "/api/incidents": "/api/incidents?size=200",
        "/api/incidents/{id}": f"/api/incidents/{ROCKETS[:10]}",
        "/api/reports/{id}": f"/api/reports/{report}",
        "/api/actors": "/api/actors?q=ta",
        "/api/places": "/api/places?country=AFG",
    }
    assert set(asked) == set(description["paths"])
    for path, address in asked.items():
        answers = description["paths"][path]["get"]["responses"]
        answer = client.get(address)
        assert answer.status_code == 200
        [name] = [answers["200"]["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]]
        checked(description, name, answer.json())
        wrong = client.get(address.split("?")[0] + "?names=perhaps&since=x")
        assert wrong.status_code == 400
        checked(description, "Fault", wrong.json())


def test_all_that_can_be_asked_on_the_first_page_can_be_asked_here(ledger: Path, visit: Visit) -> None:
    from sayso.web.asking import KEYS

    description = visit(ledger).get("/api/openapi.json").json()
    told = {one["name"] for one in description["paths"]["/api/incidents"]["get"]["parameters"]}
    assert told == {*KEYS, "order", "page", "size", "names"}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("country=AFG", IncidentFilter(country="AFG")),
        ("actor=Taliban&role=perpetrator", IncidentFilter(actor="Taliban", role="perpetrator")),
        ("disputed=killed&voices=2", IncidentFilter(disputed_field="killed", voices=2)),
        ("q=rockets&since=2019", IncidentFilter(words="rockets", since="2019-01-01")),
        ("located=no&reviewed=no", IncidentFilter(located=False, reviewed=False)),
    ],
)
def test_pages_go_through_all_that_match(
    query: str, wanted: IncidentFilter, ledger: Path, visit: Visit
) -> None:
    with open_ledger(ledger) as book:
        ids = [one.incident_id for one in book.incidents(wanted)]
    assert ids
    client, found = visit(ledger), list[str]()
    for page in range(1, len(ids) + 1):
        answer = client.get(f"/api/incidents?{query}&order=earliest&size=3&page={page}").json()
        assert answer["total"] == len(ids)
        found += [one["incident_id"] for one in answer["incidents"]]
    assert found == ids
