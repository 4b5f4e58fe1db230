"""The codebook of MUC-4's terrorist incidents: what it counts, on wire reports in capitals of our own."""

import pytest

from sayso.codebook import Codebook, load
from sayso.coding import code
from sayso.model import Incident
from sayso.pipeline import reconciled_alone
from sayso.reports import make_report

HEAD = "   SANTA ROSALIA (EL SALVADOR), 9 MAY 89 (RADIO ALONDRA) -- [TEXT] "
TYPES = {"attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage"}


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load("muc4")


def incidents(text: str, codebook: Codebook) -> list[Incident]:
    report = make_report(HEAD + text, codebook, published="1989-05-09")
    return reconciled_alone(code(report, codebook), codebook)


def test_each_type_is_no_incident_or_has_a_name_of_muc4(codebook: Codebook) -> None:
    named = {row.sub_event_type: row.extra.get("muc_type") for row in codebook.event_types}
    counted = {row.sub_event_type for row in codebook.event_types if row.incident and row.program}
    assert {name for name, muc_type in named.items() if muc_type} == counted
    assert set(named.values()) - {None} == TYPES


def test_it_holds_only_what_differs(codebook: Codebook) -> None:
    below = load("default")
    assert len(codebook.cues) > len(below.cues)
    assert codebook.actors == below.actors
    assert set(below.lexicon.said) == set(codebook.lexicon.said)


@pytest.mark.parametrize(
    ("text", "muc_type"),
    [
        ("GUERRILLAS KILLED TWO PEASANTS IN CHALATENANGO YESTERDAY.", "attack"),
        ("HOODED MEN KIDNAPPED A CATTLE BREEDER IN SAN MIGUEL ON 6 MAY.", "kidnapping"),
        ("A DYNAMITE CHARGE EXPLODED AT A BANK IN USULUTAN LAST NIGHT.", "bombing"),
        ("POLICE DEACTIVATED A BOMB OUTSIDE A BANK IN USULUTAN LAST NIGHT.", "bombing"),
        ("REBELS SET FIRE TO THREE BUSES NEAR USULUTAN ON 7 MAY.", "arson"),
        ("AIR FORCE PLANES BOMBED THE VILLAGE OF EL MOZOTE ON 7 MAY.", "attack"),
        ("SOLDIERS AND REBELS CLASHED NEAR USULUTAN ON 7 MAY.", None),
        ("POLICE ARRESTED 14 STUDENTS IN SAN MIGUEL YESTERDAY.", None),
        ("HUNDREDS OF TEACHERS MARCHED THROUGH SAN MIGUEL YESTERDAY.", None),
        ("THE GOVERNMENT VIOLATED THE AGREEMENT SIGNED IN MEXICO IN APRIL.", None),
    ],
)
def test_what_it_counts(text: str, muc_type: str | None, codebook: Codebook) -> None:
    found = [incident.extra["muc_type"] for incident in incidents(text, codebook)]
    assert found == ([] if muc_type is None else [muc_type])


def test_a_report_in_capitals_is_coded_as_muc4_would(codebook: Codebook) -> None:
    """The lead behind the dateline is read; the hard line break ends nothing; who, whom, where."""
    (incident,) = incidents(
        "\nTERRORISTS BLEW UP A POWER SUBSTATION WITH DYNAMITE IN SAN MIGUEL"
        "\nON 7 MAY, KILLING TWO WATCHMEN.\n",
        codebook,
    )
    assert incident.extra == {"muc_type": "bombing"}
    assert [(one.name, one.kind) for one in incident.perpetrators] == [("TERRORISTS", "people")]
    assert "POWER SUBSTATION" in [one.name for one in incident.targets]
    assert [one.name for one in incident.weapons] == ["DYNAMITE"]
    assert (incident.date.earliest, incident.date.latest) == ("1989-05-07", "1989-05-07")
    assert incident.place is not None
    assert (incident.place.name, incident.place.country) == ("San Miguel", "SLV")
    assert incident.killed is not None
    assert incident.killed.best == 2


def test_the_default_goes_without_other_names() -> None:
    default = load("default")
    (incident,) = incidents("GUERRILLAS KILLED TWO PEASANTS IN CHALATENANGO YESTERDAY.", default)
    assert incident.extra == {}
