"""Origins, hands and passages: what is said of a lineage."""

import dataclasses
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.codebook import load
from sayso.lineage import Hands, describe, hands_of, one_voice, passages, shared_origins, trace
from sayso.lineage.describe import confidence, origin_of
from sayso.model import Report
from sayso.reports import make_report
from tests.lineage.test_trace import EXCERPT, REWRITE, STORY, invented, make

BODY = STORY + "\n\n" + invented(3, 60)


def read(text: str, publisher: str | None = None) -> Report:
    return make_report(text, load(), publisher=publisher)


@pytest.mark.parametrize(
    ("text", "publisher", "hands"),
    [
        (f"Blast in Ondal\n\nVia Southfront.org\n\n{BODY}", "DeepPol", ("South Front", "DeepPol")),
        (
            f"Blast in Ondal\n\nby Tyler Durden\n\nVia Southfront.org\n\n{BODY}",
            "DeepPol",
            ("South Front", "ZeroHedge", "DeepPol"),
        ),
        (f"LOWER ONDAL (Reuters) - {BODY}", "Ondal Post", ("Reuters", "Ondal Post")),
        (f"Blast in Ondal\n\nAs The Wall Street Journal notes, {BODY}", "Ondal Post", ("Ondal Post",)),
        (f"Blast in Ondal\n\n{BODY}", "reuters news agency", ("Reuters",)),
        (f"Blast in Ondal\n\n{BODY}", None, ()),
    ],
)
def test_credits_for_the_whole_text_tell_the_hands_it_went_through(
    text: str, publisher: str | None, hands: Hands
) -> None:
    assert hands_of(read(text, publisher), load()) == hands


HANDS: dict[str, Hands] = {
    "r1": ("South Front",),
    "r2": ("South Front", "ZeroHedge"),
    "r3": ("Ondal Post",),
    "r4": ("Ondal Post",),
    "r5": (),
    "r6": ("South Front", "DeepPol"),
}


def test_reports_of_one_origin_are_one_voice_whatever_their_text() -> None:
    lineages = {"r1": "l1", "r2": "l2", "r3": "l3", "r4": "l4", "r5": "l5"}
    voices = one_voice(lineages, HANDS)
    assert voices == {"r1": "l1", "r2": "l1", "r3": "l3", "r4": "l4", "r5": "l5"}
    # A report of the same origin in a lineage with others takes these along.
    assert set(one_voice({"r1": "l9", "r3": "l9", "r6": "l2"}, HANDS).values()) == {"l2"}


def test_an_outlets_own_reports_share_no_origin() -> None:
    assert shared_origins(HANDS, HANDS) == {"South Front": ("r1", "r2", "r6")}
    assert shared_origins(HANDS, ["r3", "r4", "r5", "r1"]) == {}


@pytest.mark.parametrize(
    ("published", "hands", "first"),
    [
        (
            ("2021-03-03", "2021-03-02"),
            (("South Front",), ("South Front", "DeepPol")),
            0,
        ),  # credits outrank days
        (("2021-03-03", "2021-03-02"), (("DeepPol",), ("South Front",)), 1),
        (
            ("2021-03-02T09:00", "2021-03-02T11:00"),
            (("DeepPol",), ("South Front",)),
            None,
        ),  # zones are not told
        ((None, "2021-03-02"), ((), ("South Front", "DeepPol")), None),
        ((None, None), (("Reuters",), ("AP", "DeepPol")), 0),
    ],
)
def test_which_was_first(
    published: tuple[str | None, str | None], hands: tuple[Hands, Hands], first: int | None
) -> None:
    reports = [make(STORY, at, day) for at, day in enumerate(published)]
    by_id = {report.report_id: its for report, its in zip(reports, hands, strict=True)}
    found = origin_of(reports[0], reports[1], by_id)
    assert found == (None if first is None else reports[first].report_id)
    assert origin_of(reports[1], reports[0], by_id) == found


@pytest.mark.parametrize(
    ("other", "publishers", "how"),
    [
        (STORY + " More later.", ("A Post", "B Post"), "copy"),
        (EXCERPT[: len(EXCERPT) // 2], ("A Post", "B Post"), "excerpt"),
        (EXCERPT + " " + invented(1, 40), ("A Post", "A Post"), "copy"),
        (EXCERPT[:230] + " " + invented(1, 40), ("A Post", "B Post"), "rewrite"),
        (EXCERPT[:230] + " " + invented(1, 40), ("A Post", "A Post"), "update"),
    ],
)
def test_how_one_came_by_the_text_of_the_other(other: str, publishers: tuple[str, str], how: str) -> None:
    reports = [make(text, at, publisher=publishers[at]) for at, text in enumerate((STORY, other))]
    hands: dict[str, Hands] = {report.report_id: (report.publisher or "",) for report in reports}
    [lineage] = trace(reports)
    described = describe(lineage, {report.report_id: report for report in reports}, hands)
    [pair] = described.pairs
    assert pair.how == how
    assert pair.confidence > 0.5
    assert described.origin == (publishers[0] if len(set(publishers)) == 1 else None)


def test_an_earlier_text_of_the_same_page_is_updated() -> None:
    first, second = make(STORY, 1), make(REWRITE, 2)
    second = dataclasses.replace(second, version_of=first.report_id)
    [lineage] = trace([first, second])
    known = {report.report_id: report for report in (first, second)}
    assert [pair.how for pair in describe(lineage, known, dict.fromkeys(known, ())).pairs] == ["update"]


def test_passages_are_the_words_that_both_have() -> None:
    found = passages(make(STORY), make(REWRITE.upper()))
    words = [(STORY[slice(*one.in_a)], REWRITE.upper()[slice(*one.in_b)]) for one in found]
    assert [one.upper() for one, _ in words] == [other for _, other in words]
    assert words[0][0].startswith("A bomb hidden")
    assert words[0][0].endswith("Ondal on Tuesday")
    assert passages(make(STORY), make(invented(5))) == ()


@given(st.lists(st.sampled_from(["a", "b", "c", "d,", "E.", "f"]), max_size=40), st.data())
def test_passages_stand_in_both_and_do_not_overlap(words: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(words))
    one, two = make(" ".join(words)), make(" ".join(other))
    found = passages(one, two)
    for its in found:
        mine, theirs = one.text[slice(*its.in_a)], two.text[slice(*its.in_b)]
        assert [word.strip(",.").lower() for word in mine.split()] == [
            word.strip(",.").lower() for word in theirs.split()
        ]
    assert all(first.in_a[1] <= second.in_a[0] for first, second in pairwise(found))


def test_confidence_rises_with_what_is_shared() -> None:
    steps = [confidence(share / 20) for share in range(21)]
    assert steps == sorted(steps)
    assert steps[0] == 0
    assert steps[-1] < 1
