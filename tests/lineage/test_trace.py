import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.lineage import trace
from sayso.lineage.furniture import MANY_OF_ONE, furniture_of
from sayso.lineage.holders import holders_of
from sayso.lineage.runs import runs_of, share
from sayso.lineage.trace import THRESHOLD
from sayso.model import Lineage, Region, RegionKind, Report, report_id_of, text_id_of

STORY = (
    "A bomb hidden in a fruit cart went off beside the covered market of Lower Ondal on Tuesday morning, "
    "killing six shoppers and wounding nineteen, the regional health office said. The blast tore the roof "
    "from three stalls and broke windows as far as the bus station. Doctor Ilva Kresten told reporters that "
    "four of the wounded were children. No group had claimed the attack by nightfall. Soldiers closed the "
    "road to the river bridge and searched every lorry that came from the hills, while traders swept glass "
    "from the pavement and asked when the market would open again."
)
OTHER_REPORTER = (
    "At least six people died when explosives tore through stalls in Lower Ondal early Tuesday, according to "
    "hospital staff. Witnesses described a man who left a cart of melons near the entrance and walked away. "
    "Nineteen people are in care, among them four children, a surgeon said by telephone. The governor blamed "
    "fighters from the highlands, whose spokesman could not be reached. Troops put up barriers on the bridge "
    "and the town council called off Wednesday's fair. It was the second explosion in the district this year."
)
REWRITE = STORY.replace("Tuesday morning", "Tuesday").replace(
    "No group had claimed the attack by nightfall.", "The Front of the Hills claimed the attack in a leaflet."
)


def make(
    text: str,
    number: int = 0,
    published: str | None = None,
    publisher: str | None = None,
    regions: tuple[Region, ...] = (),
) -> Report:
    text_id = text_id_of(text)
    report_id = report_id_of(text_id, str(number), None, publisher, published)
    return Report(
        report_id, text_id, text, id=str(number), publisher=publisher, published=published, regions=regions
    )


def invented(seed: int, words: int = 120) -> str:
    chosen = random.Random(seed)  # noqa: S311
    return " ".join(f"{chosen.choice('bdfgklmnprst')}{chosen.randrange(4000)}" for _ in range(words))


def members(lineages: tuple[Lineage, ...]) -> list[tuple[str, ...]]:
    return [lineage.reports for lineage in lineages]


EXCERPT = STORY[: STORY.index("No group")]


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (STORY, STORY, True),
        (STORY, STORY.upper().replace(",", " ;"), True),
        (STORY, EXCERPT, True),
        (EXCERPT, STORY + " " + invented(1, 200), True),
        (STORY, REWRITE, True),
        (STORY, OTHER_REPORTER, False),
        (STORY, invented(1) + " " + STORY[:100], False),  # one sentence in common
        ("Six died in Lower Ondal.", "Six died in Lower Ondal.", True),
        ("Six died in Lower Ondal.", "Six died in Lower Ondal!", False),  # too short to tell
        ("Six died in Lower Ondal on Tuesday.", STORY, False),
        ("", "", True),
        ("", " ", False),
    ],
)
def test_two_reports_are_one_lineage_where_they_share_their_text(first: str, second: str, one: bool) -> None:
    reports = [make(first, 1, publisher="Ondal Post"), make(second, 2, publisher="The Hill Courier")]
    lineages = trace(reports)
    assert len(lineages) == (1 if one else 2)
    assert sorted(report for lineage in lineages for report in lineage.reports) == sorted(
        report.report_id for report in reports
    )
    assert sum(len(lineage.pairs) for lineage in lineages) == one


def test_no_reports_no_lineages() -> None:
    assert trace([]) == ()


def test_a_report_given_twice_counts_once() -> None:
    report = make(STORY)
    assert members(trace([report, report])) == [(report.report_id,)]


def test_the_earliest_names_the_lineage_and_unknown_dates_come_last() -> None:
    undated = make(STORY, 1)
    late = make(STORY + " More later.", 2, "2021-03-03")
    early = make(STORY, 3, "2021-03-02T08:00")
    [lineage] = trace([undated, late, early])
    assert lineage.lineage_id == early.report_id
    assert lineage.reports == (early.report_id, late.report_id, undated.report_id)


def test_pairs_say_how_much_of_the_shorter_stands_in_the_longer() -> None:
    half = STORY + " " + invented(2, 91)
    other_half = STORY + " " + invented(3, 91)
    [lineage] = trace([make(half, 1), make(other_half, 2)])
    [pair] = lineage.pairs
    assert pair.a < pair.b
    assert 0.4 < pair.score < 0.6
    assert pair.score == round(pair.score, 4)


def region(text: str, part: str, kind: RegionKind) -> Region:
    start = text.index(part)
    return Region(start, start + len(part), kind)


@pytest.mark.parametrize(
    "kind", ["caption", "quotation", "boilerplate", "advertisement", "comment", "byline"]
)
def test_what_is_not_the_outlets_own_reporting_does_not_count(kind: RegionKind) -> None:
    own, other = invented(4), invented(5)
    texts = [f"{own}\n\n{STORY}", f"{other}\n\n{STORY}"]
    apart = [
        make(text, number, regions=(region(text, body, "body"), region(text, STORY, kind)))
        for number, (text, body) in enumerate(zip(texts, (own, other), strict=True))
    ]
    assert len(trace(apart)) == 2
    assert len(trace([make(text, number) for number, text in enumerate(texts)])) == 1


def test_no_run_reaches_over_what_was_left_out() -> None:
    text = "one two three AD four five six seven eight nine ten " + invented(6, 20)
    head, tail = "one two three", text[text.index("four") :]
    with_gap = make(text, regions=(region(text, head, "body"), region(text, tail, "body")))
    assert runs_of(with_gap).tolist() == runs_of(make(tail)).tolist()


def test_excerpts_of_two_halves_do_not_chain_strangers() -> None:
    # The digest holds ten stories in full; each is in it, none has anything to do with another.
    stories = [invented(seed) for seed in range(10)]
    reports = [make(" ".join(stories), 0), *(make(story, 1 + at) for at, story in enumerate(stories))]
    lineages = trace(reports)
    # Mean share: 1 with the digest and 0 with each stranger, so at most five stories can stand beside it.
    assert max(len(lineage.reports) for lineage in lineages) <= 6


def test_furniture_of_many_unlike_texts_is_not_counted() -> None:
    furniture = invented(99, 80)
    texts = [make(f"{invented(seed)} {furniture}", seed) for seed in range(20)]
    assert len(trace(texts)) == 20
    assert len(trace(texts[:2])) == 1  # two cannot tell furniture from copying


def test_a_dispatch_in_many_outlets_is_no_furniture() -> None:
    copies = [make(f"{STORY} {invented(seed, 10)}", seed) for seed in range(40)]
    strangers = [make(invented(100 + seed), 100 + seed) for seed in range(40)]
    lineages = trace(copies + strangers)
    assert len(lineages) == 41
    assert max(len(lineage.reports) for lineage in lineages) == 40
    texts = [runs_of(report) for report in copies]
    assert not furniture_of(texts, [None] * len(copies), holders_of(texts)).any()


def test_what_an_outlet_puts_under_each_new_story_is_not_counted() -> None:
    background = STORY[: STORY.index("Doctor Ilva")]
    stories = [f"{invented(seed, 60)} {background}" for seed in range(MANY_OF_ONE)]
    assert len(trace([make(text, at, publisher="Ondal Post") for at, text in enumerate(stories)])) == 3
    # Papers that have nothing to do with one another do not share a background: one has it from another.
    assert len(trace([make(text, at, publisher=f"Paper {at}") for at, text in enumerate(stories)])) == 1


def test_a_pair_that_shares_a_little_is_near_and_told_with_the_earlier() -> None:
    early = make(STORY, 1, "2021-03-02")
    late = make(invented(1, 100) + " " + STORY[:110], 2, "2021-03-03")
    first, second = trace([late, early])
    assert first.lineage_id == early.report_id
    [pair] = first.near
    assert {pair.a, pair.b} == {early.report_id, late.report_id}
    assert 0.05 <= pair.score < THRESHOLD
    assert second.near == () == first.pairs


def test_another_copy_changes_no_other_lineage() -> None:
    reports = [make(STORY, 1), make(REWRITE, 2), make(OTHER_REPORTER, 3), make(invented(8), 4)]
    before = members(trace(reports))
    copies = [make(STORY, 10 + number, publisher=f"Paper {number}") for number in range(5)]
    new = {copy.report_id for copy in copies}
    after = [tuple(one for one in reports if one not in new) for reports in members(trace(reports + copies))]
    assert sorted(map(sorted, after)) == sorted(map(sorted, before))


@pytest.mark.parametrize(
    "dates", [(None, None, None, None), ("2021-01-02", "2021-01-02", None, "2021-01-01")]
)
def test_the_order_of_the_reports_does_not_matter(dates: tuple[str | None, ...]) -> None:
    texts = (STORY, EXCERPT, REWRITE, OTHER_REPORTER)
    reports = [make(text, number, date) for number, (text, date) in enumerate(zip(texts, dates, strict=True))]
    results = {trace(order) for order in permutations(reports)}
    assert len(results) == 1
    assert sorted(map(len, members(results.pop()))) == [1, 3]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(0, 5), min_size=1, max_size=5).map(
            lambda paragraphs: " ".join(invented(paragraph, 25) for paragraph in paragraphs)
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_every_report_is_in_one_lineage_in_any_order(texts: list[str], shuffler: random.Random) -> None:
    reports = [make(text, number) for number, text in enumerate(texts)]
    lineages = trace(reports)
    assert sorted(one for lineage in lineages for one in lineage.reports) == sorted(
        report.report_id for report in reports
    )
    for lineage in lineages:
        assert lineage.lineage_id == lineage.reports[0]
        joined = {one for pair in lineage.pairs for one in (pair.a, pair.b)}
        assert joined == (set(lineage.reports) if len(lineage.reports) > 1 else set())
    shuffler.shuffle(reports)
    assert trace(reports) == lineages


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_has_a_share_between_nothing_and_all(first: str, second: str) -> None:
    one, other = (runs_of(make(text)) for text in (first, second))
    assert 0 <= share(one, other) == share(other, one) <= 1


def test_a_thousand_near_copies_take_no_thousand_squared() -> None:
    # Every run stands in a thousand reports: half a million pairs, were all compared.
    story = invented(7, 300)
    reports = [make(f"{story} {number}", number) for number in range(1000)]
    [lineage] = trace(reports)
    assert len(lineage.reports) == 1000
    assert len(lineage.pairs) == 999
