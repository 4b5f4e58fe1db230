import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.incidents.candidates import FIRST, candidates
from sayso.incidents.facts import facts_of
from sayso.incidents.group import Across, facts_on, group, linkage
from sayso.incidents.wording import shipped, wording_of
from sayso.model import Date, Incident, Place, Report, text_id_of
from tests.incidents.mentions import (
    AFGHANISTAN,
    AIRPORT,
    CODEBOOK,
    HERAT,
    HERAT_PROVINCE,
    KABUL,
    NO_DATE,
    PARIS,
    UNIVERSITY,
    UNKNOWN_VILLAGE,
    day,
    mention,
    someone,
    with_toll,
)

TUESDAY, WEDNESDAY, THURSDAY = day("2021-03-02"), day("2021-03-03"), day("2021-03-04")
THAT_WEEK = Date("2021-03-01", "2021-03-07", "week")
THAT_MONTH = Date("2021-03-01", "2021-03-31", "month")
THAT_YEAR = Date("2021-01-01", "2021-12-31", "year")
MARCH_SECOND = Date(None, None, "unknown", "XXXX-03-02")
JUNE = Date(None, None, "unknown", "XXXX-06")


def groups(*mentions: Incident, lineage_of: dict[str, str] | None = None) -> list[int]:
    """The sizes of the groups."""
    return sorted(len(inside) for inside in grouped(mentions, lineage_of))


def grouped(mentions: Sequence[Incident], lineage_of: dict[str, str] | None = None) -> list[tuple[str, ...]]:
    found = group(mentions, Across({}, lineage_of or {}, CODEBOOK))
    assert not any(one.silent for one in found)
    return [one.mention_ids for one in found]


def test_no_mentions_no_groups() -> None:
    assert grouped([]) == []


def test_groups_are_of_mention_ids_in_order() -> None:
    mentions = [mention(name, date=TUESDAY, places=(KABUL,)) for name in "abc"]
    ids = sorted(one.incident_id for one in mentions)
    assert grouped(mentions) == [tuple(ids)]
    assert grouped([mentions[0], mentions[0]]) == [(mentions[0].incident_id,)]


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        # where and when
        ((TUESDAY, KABUL), (TUESDAY, KABUL), True),
        ((TUESDAY, KABUL), (TUESDAY, UNIVERSITY), True),
        ((TUESDAY, UNIVERSITY), (TUESDAY, UNIVERSITY), True),
        ((TUESDAY, HERAT), (TUESDAY, HERAT_PROVINCE), True),
        ((TUESDAY, KABUL), (THAT_WEEK, KABUL), True),
        ((TUESDAY, UNKNOWN_VILLAGE), (TUESDAY, UNKNOWN_VILLAGE), True),
        ((TUESDAY, UNIVERSITY), (TUESDAY, AIRPORT), False),
        ((TUESDAY, KABUL), (TUESDAY, AFGHANISTAN), False),
        ((TUESDAY, KABUL), (TUESDAY, HERAT), False),
        ((TUESDAY, KABUL), (TUESDAY, PARIS), False),
        ((TUESDAY, KABUL), (THURSDAY, KABUL), False),
        ((TUESDAY, KABUL), (THAT_YEAR, KABUL), False),
        ((TUESDAY, KABUL), (TUESDAY, None), False),
        ((TUESDAY, None), (TUESDAY, None), False),
        # a month and day without a year
        ((TUESDAY, KABUL), (MARCH_SECOND, KABUL), True),
        ((day("2014-03-02"), KABUL), (MARCH_SECOND, KABUL), True),
        ((MARCH_SECOND, KABUL), (MARCH_SECOND, KABUL), True),
        ((THURSDAY, KABUL), (MARCH_SECOND, KABUL), False),
        ((MARCH_SECOND, KABUL), (JUNE, KABUL), False),
        ((TUESDAY, KABUL), (JUNE, KABUL), False),
        # no date
        ((NO_DATE, KABUL), (NO_DATE, KABUL), False),
        ((NO_DATE, None), (NO_DATE, None), False),
        ((TUESDAY, KABUL), (NO_DATE, None), False),
    ],
)
def test_place_and_day(
    first: tuple[Date, Place | None], second: tuple[Date, Place | None], one: bool
) -> None:
    mentions = [
        mention(str(number), date=date, places=(place,) if place else ())
        for number, (date, place) in enumerate((first, second))
    ]
    assert groups(*mentions) == ([2] if one else [1, 1])


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("Suicide bomb", "Remote explosive/landmine/IED", True),
        ("Attack", "Suicide bomb", False),
        ("Armed clash", "Peaceful protest", False),
        ("Attack", "Agreement", False),
    ],
)
def test_type(first: str, second: str, one: bool) -> None:
    mentions = [
        mention(str(number), sub_event_type=kind, date=TUESDAY, places=(KABUL,))
        for number, kind in enumerate((first, second))
    ]
    assert groups(*mentions) == ([2] if one else [1, 1])


TYPE_DIFFERS = (
    mention("a", sub_event_type="Attack", date=TUESDAY, places=(KABUL,)),
    mention("b", date=TUESDAY, places=(KABUL,)),
)
NEXT_DAY = (mention("a", date=TUESDAY, places=(KABUL,)), mention("b", date=WEDNESDAY, places=(KABUL,)))
RECALLED = (
    mention("a", date=TUESDAY, places=(UNIVERSITY,)),
    mention("b", places=(UNIVERSITY,), background=True, published="2021-06-01"),
)
NO_PLACE = (mention("a", date=TUESDAY), mention("b", date=TUESDAY))


def by(actor_id: str) -> Callable[[Incident], Incident]:
    return lambda incident: replace(incident, perpetrators=(someone(actor_id),))


def killing(number: int) -> Callable[[Incident], Incident]:
    return lambda incident: with_toll(incident, number)


@pytest.mark.parametrize(
    ("pair", "first", "second", "one"),
    [
        (TYPE_DIFFERS, by("front"), by("front"), True),
        (TYPE_DIFFERS, by("front"), by("front-north"), True),
        (TYPE_DIFFERS, by("front"), by("league"), False),
        (NEXT_DAY, by("front"), by("front"), True),
        (NEXT_DAY, killing(12), killing(12), True),
        (NEXT_DAY, killing(12), killing(40), False),
        (RECALLED, killing(22), killing(22), True),
        (RECALLED, killing(0), killing(0), False),
        (RECALLED, killing(22), killing(3), False),
        (NO_PLACE, killing(1), killing(1), False),
    ],
)
def test_who_and_how_many_decide_what_is_close(
    pair: tuple[Incident, Incident],
    first: Callable[[Incident], Incident],
    second: Callable[[Incident], Incident],
    one: bool,
) -> None:
    assert groups(first(pair[0]), second(pair[1])) == ([2] if one else [1, 1])


def test_contested_attribution_does_not_part_an_incident() -> None:
    told = mention("a", date=TUESDAY, places=(KABUL,)), mention("b", date=TUESDAY, places=(KABUL,))
    assert groups(by("front")(told[0]), by("league")(told[1])) == [2]


def test_type_actor_and_toll_prove_nothing_without_place_and_date() -> None:
    pair = [with_toll(by("front")(mention(name, published="2021-03-03")), 43, 61) for name in "ab"]
    assert groups(*pair) == [1, 1]
    assert groups(*pair, lineage_of={"report of a": "one", "report of b": "one"}) == [1, 1]


def test_one_of_several_places_is_enough() -> None:
    joint = mention("a", date=TUESDAY, places=(HERAT, KABUL))
    assert groups(joint, mention("b", date=TUESDAY, places=(KABUL,))) == [2]


def test_news_from_before_it_happened_is_of_something_else() -> None:
    undated = mention("a", places=(UNIVERSITY,), published="2021-02-20")
    dated = mention("b", date=TUESDAY, places=(UNIVERSITY,))
    assert groups(with_toll(undated, 22), with_toll(dated, 22)) == [1, 1]
    fresh = replace(undated, reports=(replace(undated.reports[0], published="2021-03-03"),))
    assert groups(with_toll(fresh, 22), with_toll(dated, 22)) == [2]


def test_two_mentions_of_one_report_are_never_one_incident() -> None:
    told = [mention(name, report="r", date=TUESDAY, places=(KABUL,)) for name in "ab"]
    assert groups(*told) == [1, 1]
    assert groups(*told, mention("c", date=TUESDAY, places=(KABUL,))) == [1, 2]


def test_no_chain() -> None:
    # Each neighbour is like the next, but the first and the last lie days apart.
    days = [day(f"2021-03-0{number}") for number in range(2, 7)]
    mentions = [
        with_toll(by("front")(mention(str(number), date=when, places=(KABUL,))), 12)
        for number, when in enumerate(days)
    ]
    assert groups(*mentions[:2]) == [2]
    assert max(groups(*mentions)) == 2


PASSAGE = "A blast tore through the covered market, officials said."
ONE_LINEAGE = {"report of a": "one", "report of b": "one", "r": "one", "s": "one"}


def test_the_same_passage_in_copies_is_one_mention_even_of_no_known_place_or_day() -> None:
    pair = [mention(name, quote=PASSAGE) for name in "ab"]
    assert groups(*pair, lineage_of=ONE_LINEAGE) == [2]
    assert groups(*pair) == [1, 1]  # not of one lineage


def test_a_copy_printed_later_does_not_move_the_day() -> None:
    first = mention("a", quote=PASSAGE, date=TUESDAY, places=(KABUL,), published="2021-03-03")
    copy = mention("b", quote=PASSAGE, date=day("2021-03-09"), places=(KABUL,), published="2021-03-10")
    assert groups(first, copy, lineage_of=ONE_LINEAGE) == [2]
    third = mention("c", date=TUESDAY, places=(KABUL,))
    assert groups(first, copy, third, lineage_of=ONE_LINEAGE) == [3]


def test_a_few_words_are_no_passage() -> None:
    pair = [mention(name, quote="Another blast followed.") for name in "ab"]
    assert groups(*pair, lineage_of=ONE_LINEAGE) == [1, 1]


def test_two_blows_told_by_one_cue_stay_two_in_every_copy() -> None:
    mentions = [
        mention(f"{report} {number}", report=report, quote=PASSAGE, date=TUESDAY, places=(place,))
        for report in "rs"
        for number, place in enumerate((KABUL, HERAT))
    ]
    assert groups(*mentions, lineage_of=ONE_LINEAGE) == [2, 2]
    undated = [replace(one, place=None, places=(), date=NO_DATE) for one in mentions]
    assert groups(*undated, lineage_of=ONE_LINEAGE) == [2, 2]


def some_mention(name: str, chosen: random.Random) -> Incident:
    quote = chosen.choice([None, PASSAGE, "Another blast hit the square on the same day."])
    place = chosen.choice([None, KABUL, KABUL, UNIVERSITY, AIRPORT, HERAT, AFGHANISTAN, UNKNOWN_VILLAGE])
    made = mention(
        name,
        report=f"report {chosen.randrange(6)}",
        sub_event_type=chosen.choice(["Suicide bomb", "Remote explosive/landmine/IED", "Attack"]),
        date=chosen.choice([NO_DATE, TUESDAY, TUESDAY, WEDNESDAY, THURSDAY, THAT_WEEK, MARCH_SECOND]),
        places=(place,) if place else (),
        quote=quote,
        background=chosen.random() < 0.2,
    )
    return with_toll(made, chosen.randrange(12)) if chosen.random() < 0.5 else made


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 14), st.integers(0, 2**32))
def test_any_order_gives_the_same_sound_groups(size: int, seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311
    mentions = [some_mention(str(number), chosen) for number in range(size)]
    lineage_of = {f"report {number}": f"lineage {number // 2}" for number in range(6)}
    found = grouped(mentions, lineage_of)
    assert sorted(one for inside in found for one in inside) == sorted(one.incident_id for one in mentions)
    report_of = {one.incident_id: one.reports[0].report_id for one in mentions}
    for inside in found:
        assert len({report_of[one] for one in inside}) == len(inside)
    for _ in range(3):
        chosen.shuffle(mentions)
        assert grouped(mentions, lineage_of) == found


def test_all_orders_of_a_few() -> None:
    chosen = random.Random(5)  # noqa: S311
    mentions = [some_mention(str(number), chosen) for number in range(5)]
    assert len({tuple(grouped(order)) for order in permutations(mentions)}) == 1


# ---- words --------------------------------------------------------------------------------------

SHOOTING = (
    "Ilva Kresten, 43, was shot dead behind the melon stalls on Cart Street in Lower Ondal. Dov Levi "
    "ran for the ferry and called a constable named Piet Oruma. "
)
FESTIVAL = (
    "The regatta of Karm drew crowds to the quay, and Mayor Sten Adair opened the new lighthouse stairs. "
)


def report(name: str, text: str, published: str = "2021-03-03") -> Report:
    return Report(f"report of {name}", text_id_of(text), text, published=published)


def across(*reports: Report) -> Across:
    return Across({one.report_id: one for one in reports}, {}, CODEBOOK)


def test_words_join_what_place_and_day_do_not() -> None:
    pair = [mention(name, sub_event_type="Attack", published="2021-03-03") for name in "ab"]
    same = group(
        pair, across(report("a", SHOOTING + "Police asked for help."), report("b", "Later: " + SHOOTING))
    )
    assert [len(one.mention_ids) for one in same] == [2]
    other = group(pair, across(report("a", SHOOTING), report("b", FESTIVAL)))
    assert [len(one.mention_ids) for one in other] == [1, 1]


def test_a_report_without_mentions_is_added_to_what_it_tells_of() -> None:
    told = mention("a", sub_event_type="Attack", published="2021-03-03")
    reports = [report("a", SHOOTING), report("z", "More. " + SHOOTING), report("y", FESTIVAL)]
    [found] = group([told], across(*reports))
    assert found.silent == ("report of z",)
    assert group([], across(*reports)) == ()


def test_what_reports_are_mainly_about_is_put_together_first() -> None:
    # The first report tells the same shooting twice; what most is said of is joined to the second report.
    mentions = [
        mention("main", report="r", sub_event_type="Attack", date=TUESDAY, places=(KABUL,), quote=PASSAGE),
        mention("aside", report="r", sub_event_type="Attack", date=TUESDAY, places=(KABUL,)),
        mention("other", report="s", sub_event_type="Attack", date=TUESDAY, places=(KABUL,)),
    ]
    ids = {one.incident_id for one in mentions if one.reports[0].report_id == "s" or one.statements}
    assert max((set(one) for one in grouped(mentions)), key=len) == ids


def test_words_speak_for_what_a_report_is_mainly_about_alone() -> None:
    told = [mention("main", report="report of a", quote=PASSAGE), mention("aside", report="report of a")]
    found = {one.is_main: one.wording for one in facts_on(told, across(report("a", SHOOTING)))}
    assert found[True] is not None
    assert found[False] is None


# ---- the clustering alone --------------------------------------------------------------------------

Scores = dict[tuple[int, int], float | None]


def components(size: int, pairs: list[tuple[int, int]]) -> list[int]:
    """For each item the smallest one that it hangs together with."""
    parent = list(range(size))

    def root(item: int) -> int:
        while parent[item] != item:
            item = parent[item]
        return item

    for first, second in pairs:
        low, high = sorted((root(first), root(second)))
        parent[high] = low
    return [root(item) for item in range(size)]


def drawn(size: int, seed: int, *, negative: bool) -> Scores:
    chosen = random.Random(seed)  # noqa: S311
    values: list[float | None] = [0.0, 0.25, 0.5, 1.0, 2.0]
    if negative:
        values += [None, -0.25, -1.0, -4.0]
    return {pair: chosen.choice(values) for pair in combinations(range(size), 2)}


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 10), st.integers(0, 2**32), st.booleans())
def test_no_group_reaches_over_what_hangs_together(size: int, seed: int, negative: bool) -> None:
    scores = drawn(size, seed, negative=negative)
    joined = components(size, [pair for pair, value in scores.items() if value is not None and value > 0])
    found = linkage(
        [[item] for item in range(size)],
        [pair for pair, value in scores.items() if value != 0],
        lambda a, b: scores[a, b],
    )
    assert sorted(item for inside in found for item in inside) == list(range(size))
    for inside in found:
        assert len({joined[item] for item in inside}) == 1
        assert all(scores[pair] is not None for pair in combinations(inside, 2))
    if not negative:
        assert len(found) == len(set(joined))


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 8), st.integers(0, 2**32))
def test_linkage_agrees_with_the_plain_definition(size: int, seed: int) -> None:
    scores = drawn(size, seed, negative=True)

    def total(first: list[int], second: list[int]) -> float | None:
        values = [scores[min(a, b), max(a, b)] for a in first for b in second]
        return None if None in values else sum(value or 0 for value in values)

    expected = [[item] for item in range(size)]
    while True:
        possible = [
            (-value / (len(one) * len(other)), one, other)
            for one, other in combinations(sorted(expected), 2)
            if (value := total(one, other)) is not None and value > 0
        ]
        if not possible:
            break
        _, one, other = min(possible)
        expected = [inside for inside in expected if inside not in (one, other)] + [sorted(one + other)]
    pairs = [pair for pair, value in scores.items() if value is None or value > 0]
    assert linkage([[item] for item in range(size)], pairs, lambda a, b: scores[a, b]) == sorted(expected)


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        ({(0, 1): 2.0, (1, 2): 2.0, (0, 2): None}, [[0, 1], [2]]),
        ({(0, 1): 2.0, (1, 2): 3.0, (0, 2): None}, [[0], [1, 2]]),
        ({(0, 1): 2.0, (1, 2): 2.0, (0, 2): -1.0}, [[0, 1, 2]]),
        ({(0, 1): 2.0, (1, 2): 2.0, (0, 2): -3.0}, [[0, 1], [2]]),
    ],
)
def test_a_veto_or_enough_against_keeps_a_third_out(scores: Scores, found: list[list[int]]) -> None:
    assert linkage([[0], [1], [2]], scores, lambda a, b: scores[a, b]) == found


# ---- what is compared ------------------------------------------------------------------------------


def test_what_lies_far_apart_is_not_compared() -> None:
    mentions = [mention(f"{year}", date=day(f"{year}-03-02"), places=(KABUL,)) for year in range(1990, 2020)]
    mentions += [mention("Paris", date=day("2019-03-02"), places=(PARIS,))]
    facts = [facts_of([one], one.incident_id) for one in mentions]
    assert candidates(facts) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (mention("a", date=TUESDAY, places=(KABUL,)), mention("b", date=WEDNESDAY, places=(AFGHANISTAN,))),
        (mention("a", date=TUESDAY, places=(KABUL,)), mention("b", date=THAT_WEEK)),
        (mention("a", date=TUESDAY, places=(KABUL,)), mention("b", date=MARCH_SECOND)),
        (mention("a", date=TUESDAY, places=(KABUL,)), mention("b", places=(KABUL,), background=True)),
        (
            mention("a", date=TUESDAY, places=(KABUL,)),
            mention("b", places=(AFGHANISTAN,), published="2021-03-05"),
        ),
        (mention("a", date=TUESDAY), mention("b", date=THAT_MONTH)),
        (mention("a", places=(KABUL,)), mention("b", places=(KABUL,))),
        (mention("a", date=day("0001-01-01")), mention("b", date=day("0001-01-01"))),
        (mention("a", date=day("9999-12-31")), mention("b", date=day("9999-12-31"))),
    ],
)
def test_what_could_be_one_is_compared(first: Incident, second: Incident) -> None:
    assert candidates([facts_of([first], "a"), facts_of([second], "b")]) == [(0, 1)]


def test_what_has_neither_day_nor_country_is_found_by_its_words_alone() -> None:
    dated = mention("a", date=TUESDAY, places=(KABUL,), published="2021-03-03")
    undated = mention("b", published="2021-03-03")
    assert candidates([facts_of([dated], "1"), facts_of([undated], "2")]) == []
    words = wording_of([SHOOTING], shipped())
    assert candidates([facts_of([dated], "1", words), facts_of([undated], "2", words)]) == [(0, 1)]


def test_a_crowded_day_is_not_compared_in_full() -> None:
    mentions = [facts_of([mention(str(n), date=TUESDAY, places=(KABUL,))], str(n)) for n in range(600)]
    pairs = candidates(mentions)
    assert len(pairs) <= 600 * FIRST
    assert {item for pair in pairs for item in pair} == set(range(600))
