"""Gold and predictions for the tests of this room: two invented reports and an empty one."""

import json
import lzma
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Record = dict[str, Any]

TEXT = (
    "Bomb kills five in Takhar market. KUNDUZ, May 2, 2019 - A bomb in a market in Taloqan killed five "
    "people and wounded nine on Thursday, governor Hamid Rostan said. The Taliban claimed responsibility for "
    "the blast in a message sent to Amaj Radio. The Northern Guard denied any part in it. Nobody has claimed "
    "an ambush in Baharak in April, in which two policemen died. Police blamed the Northern Guard for the "
    "ambush. In all 31 people died in the province this spring."
)

BOMB: Record = {
    "key": "afg-taloqan-bomb-20190502",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Remote explosive/landmine/IED",
    "date": {"earliest": "2019-05-02", "latest": "2019-05-02"},
    "place": {
        "name": "Taloqan",
        "names": ["Taloqan", "Taluqan"],
        "admin1": "Takhar",
        "country": "AFG",
        "lat": 36.74,
        "lon": 69.53,
    },
    "perpetrators": ["Taliban"],
    "attributions": [
        {
            "actor": "Taliban",
            "stance": "claimed",
            "speaker": "Taliban",
            "hedged": False,
            "via": ["Amaj Radio"],
        },
        {
            "actor": "Northern Guard",
            "stance": "denied",
            "speaker": "Northern Guard",
            "hedged": False,
            "via": [],
        },
    ],
    "targets": ["market"],
    "weapons": ["bomb"],
    "killed": {"best": 5, "low": 5, "high": 5},
    "injured": {"best": 9, "low": 9, "high": 9},
    "counts": [
        {"field": "killed", "whom": None, "best": 5, "low": 5, "high": 5, "speaker": "Hamid Rostan"},
        {"field": "injured", "whom": None, "best": 9, "low": 9, "high": 9, "speaker": "Hamid Rostan"},
    ],
    "toll_speaker": "Hamid Rostan",
    "is_background": False,
    "trigger": "A bomb in a market in Taloqan",
}
AMBUSH: Record = {
    "key": "afg-baharak-ambush-201904",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "date": {"earliest": "2019-04-01", "latest": "2019-04-30"},
    "place": {"name": "Baharak", "country": "AFG"},
    "perpetrators": ["Northern Guard"],
    "attributions": [
        {"actor": "Northern Guard", "stance": "accused", "speaker": "police", "hedged": False, "via": []}
    ],
    "targets": ["policemen"],
    "weapons": [],
    "killed": {"best": 2, "low": 2, "high": 2},
    "injured": None,
    "counts": [
        {"field": "killed", "whom": {"status": "police"}, "best": 2, "low": 2, "high": 2, "speaker": "report"}
    ],
    "toll_speaker": "report",
    "is_background": True,
    "trigger": "an ambush in Baharak",
}


def gold() -> dict[str, Record]:
    """Gold of three reports: of both incidents, of the bomb, and of nothing."""
    first = {
        "id": "one",
        "text": TEXT,
        "published": "2019-05-02",
        "relevant": True,
        "on_topic": True,
        "lineage": {"of": None, "how": "original"},
        "incidents": [BOMB, AMBUSH],
        "aggregates": [{"quote": "In all 31 people died"}],
        "must_not": [{"quote": "Nobody has claimed an ambush", "stance": "claimed", "why": "nobody did"}],
    }
    second = {
        "id": "two",
        "text": TEXT,
        "published": "2019-05-03",
        "relevant": True,
        "on_topic": True,
        "lineage": {"of": "one", "how": "excerpt"},
        "incidents": [BOMB],
    }
    third = {
        "id": "none",
        "text": "The film bombed and killed the evening.",
        "relevant": False,
        "on_topic": False,
        "lineage": {"of": None, "how": "independent"},
        "incidents": [],
    }
    reports: list[Record] = [first, second, third]
    return {str(one["id"]): json.loads(json.dumps(one)) for one in reports}  # nothing is shared


def predictions() -> dict[str, Record]:
    """Predictions that are right in everything."""
    found = gold()
    for name, record in found.items():
        record["lineage_id"] = "none" if name == "none" else "one"
        for incident in record["incidents"]:
            incident["incident_id"] = incident["key"]
    return found


def write_lines(path: Path, records: Iterable[Record]) -> Path:
    """A file of JSON Lines, packed with xz where its name says so."""
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    path.write_bytes(lzma.compress(data) if path.suffix == ".xz" else data)
    return path
