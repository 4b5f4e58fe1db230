"""Given the small dump, the district-level places are resolved to within 25 km, and near misses are not."""

import pytest

from sayso.codebook import load
from sayso.language import split
from sayso.model import Place
from sayso.places import Gazetteer, distance_km, find, gazetteer
from sayso.places.build import build
from tests.places.districts.reading import rows, unpack

NEAR_KM = 25
FLOOR, MOST_WRONG = 0.90, 3


@pytest.fixture(scope="module")
def with_dump(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("dump")
    unpack(folder)
    build(folder / "dump.gazetteer", folder, [])
    return gazetteer(folder / "dump.gazetteer")


def read(row: dict[str, str], known: Gazetteer) -> Place | None:
    """What is made of the words of a row; None where they are no place or not resolved."""
    text, codebook = row["text"], load()
    spans = [one.span for one in split(text, [(0, len(text))], frozenset(codebook.lexicon.abbreviations))]
    start, end = int(row["start"]), int(row["end"])
    touching = [
        one.place for one in find(text, spans, known, codebook) if one.start < end and start < one.end
    ]
    return touching[0] if touching and touching[0].lat is not None else None


def test_nine_of_ten_are_resolved_within_25_km(with_dump: Gazetteer) -> None:
    wrong = []
    gold = rows("gold.csv")
    for row in gold:
        meant = Place(row["printed"], None, lat=float(row["lat"]), lon=float(row["lon"]))
        found = read(row, with_dump)
        distance = distance_km(meant, found) if found else None
        if distance is None or distance > NEAR_KM:
            wrong.append((row["id"], row["printed"], found and (found.name, found.country)))
    assert 1 - len(wrong) / len(gold) >= FLOOR, wrong


def test_few_near_misses_are_taken_for_places(with_dump: Gazetteer) -> None:
    wrong = [row["id"] for row in rows("near_misses.csv") if read(row, with_dump) is not None]
    assert len(wrong) <= MOST_WRONG, wrong
