"""What is left out by traits alone would never be a link, whatever was read in two mentions."""

import random
from datetime import date

import numpy as np
import pytest

from sayso.incidents.facts import Facts
from sayso.incidents.pairs import shipped_weights, weigh
from sayso.incidents.traits import TRAITS, Sieve, traits_of
from sayso.incidents.wording import shipped, wording_of
from sayso.model import Place
from tests.incidents.mentions import AFGHANISTAN, AIRPORT, CODEBOOK, HERAT, HERAT_PROVINCE, KABUL, PARIS

WEIGHTS = shipped_weights()
DAY = date(2021, 3, 2).toordinal()
PLACES = (
    KABUL, HERAT, PARIS, AIRPORT, AFGHANISTAN, HERAT_PROVINCE,
    Place("kabul", None), Place("the bridge", None), Place("The bridge", None),
    Place("Upper Ondal", "Upper Ondal", "Kabul", "AFG", None, 34.53, 69.2, "town"),
    Place("Bagrami", "Bagrami", None, "AFG", None, 34.49, 69.28, "district"),
    Place("Kabul-Herat road", "Kabul-Herat road", None, "AFG", None, 34.0, 65.0, "route"),
    Place("Black Sea", "Black Sea", None, None, "Black Sea", 43.0, 34.0, "sea"),
    Place("Red Sea", "Red Sea", None, None, "Red Sea", 20.0, 38.0, "sea"),
    Place("Rafah", "Rafah", None, "PSE", None, 31.29, 34.25, "town"),
    Place("Rafah", "Rafah", None, "EGY", None, 31.28, 34.24, "town"),
)  # fmt: skip
TEXTS = (
    "Two men were killed in Kabul on Tuesday.",
    "Two men were killed in Kabul on Tuesday, police in Kabul said.",
    "Rain.",
)
WORDINGS = (None, None, *(wording_of([text], shipped()) for text in TEXTS))
_PARTS = [actor for actor in CODEBOOK.actors if actor.part_of][:3]
ACTORS = ("unknown men", *sorted({str(one) for row in _PARTS for one in (row.actor_id, row.part_of)}))


def drawn(chance: random.Random, number: int) -> Facts:
    """Facts with anything that two may have in common or differ in."""

    def some(pool: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(chance.sample(pool, chance.choice((0, 1, 1, 2)))))

    first = chance.choice((None, 1, *(DAY + days for days in (0, 0, 0, 1, 2, 20, 40))))
    length = chance.choice((0, 0, 1, 6, 29, 300))
    told = chance.random() < 0.9
    yearless = chance.choice((None, (3, 2), (3, None), (2, 29)))
    kinds = chance.sample(
        ("Armed clash", "Suicide bomb", "Attack", "Air/drone strike"), chance.choice((1, 2))
    )
    return Facts(
        mention_ids=(f"m{number}",) if told else (),
        report_ids=frozenset({f"r{number}"}),
        lineage_id=chance.choice(("one", "other", f"r{number}")),
        event_type=chance.choice(("Battles", "Explosions/Remote violence")),
        sub_event_types=tuple(kinds) if told else (),
        is_background=chance.random() < 0.2,
        n_events=chance.choice((None, 1, 2)),
        first=first,
        last=None if first is None else first + length,
        yearless=yearless if first is None else None,
        published=chance.choice((None, *(DAY + days for days in (-3, 0, 1, 5, 100)))),
        places=tuple(chance.sample(PLACES, chance.choice((0, 1, 1, 1, 2, 4)))),
        perpetrators=some(ACTORS),
        actors=some(ACTORS),
        targets=frozenset(some(("a bus", "a market"))),
        weapons=frozenset(some(("bomb", "rifle", "car"))),
        killed=chance.choice((None, 0, 2, 4, 12, 30)),
        injured=chance.choice((None, 0, 5, 9)),
        wording=chance.choice(WORDINGS),
    )


@pytest.mark.parametrize("seed", range(8))
def test_what_is_left_out_is_no_link(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    facts = [drawn(chance, number) for number in range(150)]
    traits = np.frombuffer(b"".join(traits_of(one, CODEBOOK) for one in facts), TRAITS)
    lineages = sorted({one.lineage_id for one in facts})
    sieve = Sieve(traits, np.array([lineages.index(one.lineage_id) for one in facts]), WEIGHTS)
    one, other = np.triu_indices(len(facts), 1)
    possible = sieve.possible(one, other)
    evidence = [
        weigh(facts[at], facts[opposite], CODEBOOK, WEIGHTS)
        for at, opposite in zip(one.tolist(), other.tolist(), strict=True)
    ]
    links = np.array([found.veto is None and found.log_odds > 0 for found in evidence])
    assert links.any()
    assert not (links & ~possible).any()
    assert possible.mean() < 0.6  # else it would be of no use


def test_a_part_is_a_part_of_its_wholes_on_any_day() -> None:
    for actor in CODEBOOK.actors:
        wholes = CODEBOOK.wholes_of(actor.actor_id)
        assert actor.actor_id in wholes
        assert actor.part_of is None or actor.part_of in wholes
