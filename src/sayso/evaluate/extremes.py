"""What two programs would get that read nothing: one that says nothing, and one that says everything.

A figure is worth what it is above both.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sayso.evaluate.rows import STANCES
from sayso.evaluate.told import Told, told

Record = dict[str, Any]


def says_nothing(gold: Mapping[str, Mapping[str, Any]]) -> dict[str, Record]:
    """Every report read, and no incident found in any."""
    return {name: {"id": name, "relevant": False, "incidents": []} for name in gold}


def says_everything(gold: Mapping[str, Mapping[str, Any]]) -> dict[str, Record]:
    """Every name that gold has in a report, in every role and stance, of twice as many incidents as it tells.

    It is told how many incidents there are and which names the report holds, and nothing else. Of every
    report it says twice as many (of one without any still two), all of them news, all in one group across
    reports: of the commonest type, on any day, at all places named together, without a figure; each name as
    perpetrator, target and weapon; each actor under each stance by every speaker, hedged, by way of
    everybody, with the whole text as the quote.
    """
    read = {name: [told(one, gold=True) for one in record["incidents"]] for name, record in gold.items()}
    commonest = _commonest(one for its in read.values() for one in its)
    return {
        name: {
            "id": name,
            "relevant": True,
            "lineage_id": "everything",
            "incidents": [_everything(read[name], commonest, len(str(gold[name].get("text") or "")))]
            * (2 * max(1, len(read[name]))),
        }
        for name in gold
    }


def _commonest(incidents: Iterable[Told]) -> tuple[str, str]:
    counts = Counter((one.type, one.sub_type) for one in incidents)
    return min(counts, key=lambda kind: (-counts[kind], kind), default=("", ""))


def _everything(incidents: Sequence[Told], kind: tuple[str, str], length: int) -> Record:
    names = _once(name for one in incidents for name in _names_of(one))
    said = [attribution for one in incidents for attribution in one.attributed]
    speakers = _once(["report", *(name for one in said for name in one.speakers)])
    actors = _once(
        [
            *(name for one in incidents for name in one.perpetrator_names),
            *(name for one in said for name in one.actors),
        ]
    )
    participants = [{"name": name} for name in names]
    return {
        "incident_id": "everything",
        "event_type": kind[0],
        "sub_event_type": kind[1],
        "is_background": False,
        "date": {"earliest": "0001-01-01", "latest": "9999-12-31"},
        "place": {"name": " ".join(_once(name for one in incidents for name in one.places))},
        "perpetrators": participants,
        "targets": participants,
        "weapons": participants,
        "killed": None,
        "injured": None,
        "toll_speaker": " ".join(speakers),
        "attributions": [
            {
                "actor": actor,
                "stance": stance,
                "speaker": " ".join(speakers),
                "hedged": True,
                "via": _once(hand for one in said for hand in one.via or ()),
                "quotes": [{"start": 0, "end": length}],
            }
            for actor in actors
            for stance in STANCES
        ],
    }


def _names_of(one: Told) -> Iterable[str]:
    for participants in (one.perpetrators, one.targets, one.weapons):
        for names in participants:
            yield from names
    for attribution in one.attributed:
        yield from attribution.actors


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
