"""What judgements come to, and that people's word on which mentions are one goes before all evidence."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.incidents import Judged, aside, judged
from sayso.incidents.group import Across, group
from sayso.incidents.judged import separated
from sayso.model import Count, EventValue, Incident, Judgement, Report, Seen, Verdict
from tests.incidents.making import HAPPENED, Said, killed, mention_of, report_of, said, statement_of
from tests.incidents.mentions import CODEBOOK, HERAT, KABUL, PARIS, day, mention

TUESDAY, FRIDAY, NEXT_YEAR = day("2021-03-02"), day("2021-03-05"), day("2022-03-05")
NAMES = "abcdef"


def on_statement(verdict: Verdict, made_on: str, who: str = "Ann", **change: object) -> Judgement:
    return Judgement(
        f"{verdict}-{who}-{made_on}", "statement", "s", verdict, "w", who, made_on, change=change or None
    )


def between(verdict: Verdict, made_on: str, *groups: str) -> Judgement:
    """Each letter is a mention."""
    seen = tuple(tuple(Seen(name, "w") for name in its) for its in groups)
    return Judgement(
        f"{verdict}-{made_on}", "incident", groups[0][0], verdict, "w", "Ann", made_on, groups=seen
    )


# ---- on one thing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [False, True])
def test_the_latest_verdict_on_a_statement_holds_and_the_clash_is_told(order: bool) -> None:
    made = [on_statement("confirm", "2021-01-01"), on_statement("reject", "2021-01-02", "Bob")]
    found = judged(reversed(made) if order else made)
    assert found.statements["s"].verdict == "reject"
    assert found.conflicts == ((made[1].judgement_id, made[0].judgement_id),)


def test_comments_decide_nothing_and_agreement_is_no_conflict() -> None:
    made = [
        on_statement("confirm", "2021-01-01"),
        on_statement("confirm", "2021-01-02", "Bob"),
        on_statement("comment", "2021-01-03"),
    ]
    found = judged(made)
    assert found.statements["s"].who == "Bob"
    assert found.conflicts == ()
    assert found.touching["s"] == tuple(one.judgement_id for one in made)


def test_corrections_add_up_key_by_key_and_a_confirmation_keeps_them() -> None:
    made = [
        on_statement("correct", "2021-01-01", value=1),
        on_statement("correct", "2021-01-02", "Bob", value=2, stance="accused"),
        on_statement("correct", "2021-01-03", speaker="X"),
        on_statement("confirm", "2021-01-04"),
    ]
    found = judged(made)
    assert found.corrections["s"].change == {"value": 2, "stance": "accused", "speaker": "X"}
    assert found.conflicts == ((made[1].judgement_id, made[0].judgement_id),)
    assert found.statements["s"].verdict == "confirm"


def test_a_verdict_on_an_incident_is_one_on_each_of_its_mentions() -> None:
    found = judged([between("reject", "2021-01-01", "ab")])
    assert found.rejects_mention("a")
    assert found.rejects_mention("b")
    assert not found.rejects_mention("c")
    again = Judgement("again", "mention", "b", "confirm", "w", "Bob", "2021-01-02")
    found = judged([between("reject", "2021-01-01", "ab"), again])
    assert found.rejects_mention("a")
    assert not found.rejects_mention("b")
    assert found.conflicts == (("again", "reject-2021-01-01"),)


# ---- which mentions are one -------------------------------------------------------------------------


def test_a_later_word_overrules_what_it_contradicts_and_nothing_else() -> None:
    made = [between("same", "2021-01-01", "a", "b", "c"), between("not_same", "2021-01-02", "a", "c")]
    found = judged(made)
    assert found.together == (frozenset("ab"),)
    assert found.apart("a", "c")
    assert found.apart("b", "c")  # for b is one with a
    assert found.conflicts == (("not_same-2021-01-02", "same-2021-01-01"),)
    turned = [between("not_same", "2021-01-01", "a", "c"), between("same", "2021-01-02", "a", "b", "c")]
    found = judged(turned)
    assert found.together == (frozenset("abc"),)
    assert not found.apart("a", "c")
    assert found.conflicts == (("same-2021-01-02", "not_same-2021-01-01"),)


def test_a_split_makes_two_of_one() -> None:
    found = judged([between("split", "2021-01-01", "ab", "cd")])
    assert found.together == (frozenset("ab"), frozenset("cd"))
    assert all(found.apart(one, other) for one, other in product("ab", "cd"))
    assert not found.apart("a", "b")


KINDS: tuple[Verdict, ...] = ("same", "not_same", "split", "unsure")


@st.composite
def histories(draw: st.DrawFn) -> list[Judgement]:
    made = []
    for number in range(draw(st.integers(0, 7))):
        names = draw(st.permutations(NAMES))
        cut = draw(st.integers(1, 4))
        last = draw(st.integers(cut + 1, len(NAMES)))
        verdict = draw(st.sampled_from(KINDS))
        made.append(
            between(verdict, f"2021-01-{number + 1:02}", "".join(names[:cut]), "".join(names[cut:last]))
        )
    return made


@settings(max_examples=300, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_units_are_sound_whatever_was_said_in_whatever_order(
    made: list[Judgement], chance: random.Random
) -> None:
    found = judged(made)
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert judged(shuffled) == found
    members = [name for unit in found.together for name in unit]
    assert len(members) == len(set(members))
    for unit in found.together:
        assert not any(found.apart(one, other) for one, other in combinations(sorted(unit), 2))
    deciding = [one for one in made if one.verdict != "unsure"]
    if deciding:  # the latest holds in full
        last = deciding[-1]
        first, second = ([seen.mention_id for seen in its] for its in last.groups)
        is_one = last.verdict == "same"
        for one, other in product(first, second):
            assert found.apart(one, other) is not is_one
            assert (found.unit(one) == found.unit(other)) is is_one
    overruled = {judgement_id for _, judgement_id in found.conflicts}
    for earlier in deciding:  # and so does whatever nothing overrules
        first, second = ([seen.mention_id for seen in its] for its in earlier.groups)
        if earlier.judgement_id not in overruled:
            assert all(found.apart(a, b) is (earlier.verdict != "same") for a, b in product(first, second))


PLACES = (KABUL, KABUL, KABUL, HERAT, PARIS, KABUL)
DATES = (TUESDAY, TUESDAY, FRIDAY, TUESDAY, NEXT_YEAR, TUESDAY)


def mentions(reports: str = NAMES) -> list[Incident]:
    """Of these, a, b and f are one by the evidence, if their reports are different."""
    return [
        replace(mention(name, report=f"report {report}", date=date, places=(place,)), incident_id=name)
        for name, report, date, place in zip(NAMES, reports, DATES, PLACES, strict=True)
    ]


def grouped(made: Sequence[Judgement], reports: str = NAMES) -> list[set[str]]:
    found = group(mentions(reports), Across({}, {}, CODEBOOK, judged=judged(made)))
    return [set(one.mention_ids) for one in found]


def test_without_judgements_the_evidence_decides() -> None:
    assert {"a", "b", "f"} in grouped([])


@settings(max_examples=100, deadline=None)
@given(histories(), st.sampled_from(["abcdef", "aabbcc", "aaaaaa"]))
def test_people_have_the_last_word(made: list[Judgement], reports: str) -> None:
    """Also over what can never be one by the evidence: other towns, other years, one report."""
    found = judged(made)
    groups = grouped(made, reports)
    assert sorted(name for its in groups for name in its) == list(NAMES)
    for unit in found.together:
        assert any(unit <= its for its in groups)
    for its in groups:
        assert not any(found.apart(one, other) for one, other in combinations(sorted(its), 2))


def test_what_was_put_together_does_not_keep_others_away() -> None:
    """Paris a year later can never be Kabul; put together with it by people, it does not bar the others."""
    assert {"a", "b", "e", "f"} in grouped([between("same", "2021-01-01", "a", "e")])


def test_copies_of_one_passage_come_apart_where_people_say_so() -> None:
    quote = "A blast shook the old market of the town."
    copies = [mention(name, report=f"report {name}", date=TUESDAY, quote=quote) for name in "abc"]
    ids = [one.incident_id for one in copies]
    lineage_of = {f"report {name}": "one" for name in "abc"}
    assert len(group(copies, Across({}, lineage_of, CODEBOOK))) == 1
    seen = tuple((Seen(one, "blast"),) for one in (ids[0], ids[2]))
    apart = Judgement("j", "incident", ids[0], "not_same", "blast", "Ann", "2021-01-01", groups=seen)
    found = group(copies, Across({}, lineage_of, CODEBOOK, judged=judged([apart])))
    home = {mention_id: number for number, one in enumerate(found) for mention_id in one.mention_ids}
    assert sorted(len(one.mention_ids) for one in found) == [1, 2]
    assert home[ids[0]] != home[ids[2]]
    assert separated(ids, Judged()) == [ids]


# ---- what later reports take back -----------------------------------------------------------------------


def test_a_correction_supersedes_the_same_field_of_the_same_people() -> None:
    told: list[Said] = [
        said("event", HAPPENED),
        killed(12),
        said("injured", Count(3, 3, 3)),
        said("event", HAPPENED, report="b"),
        killed(10, report="b"),
        killed(11, report="c"),
    ]
    statements = [statement_of(one, place) for place, one in enumerate(told)]
    reports = [report_of(name, f"2021-01-0{number}") for number, name in enumerate("abc", 1)]
    reports[1] = replace(reports[1], corrects="report-a")
    back = aside.taken_back(reports)
    assert back.corrected == {"report-a": ("report-b",)}
    found = aside.corrected(statements, back, Judged())
    assert [(one.statement.statement_id, one.why, one.by) for one in found] == [
        ("a0", "corrected", "report-b"),
        ("a1", "corrected", "report-b"),
    ]
    kept = Judgement("j", "statement", "a1", "confirm", "w", "Ann", "2021-01-05")
    assert [one.statement.statement_id for one in aside.corrected(statements, back, judged([kept]))] == ["a0"]


def dated(name: str, number: int, corrects: str | None = None, retracts: str | None = None) -> Report:
    return replace(report_of(name, f"2021-01-0{number}"), corrects=corrects, retracts=retracts)


def test_a_correction_that_was_retracted_corrects_nothing() -> None:
    told: list[Said] = [
        said("event", HAPPENED),
        killed(12),
        said("event", HAPPENED, report="b"),
        killed(10, report="b"),
    ]
    statements = [statement_of(one, place) for place, one in enumerate(told)]
    reports = [dated("a", 1), dated("b", 2, corrects="report-a"), dated("c", 3, retracts="report-b")]
    back = aside.taken_back(reports)
    assert (back.retracted, back.corrected) == ({"report-b": ("report-c",)}, {"report-a": ("report-b",)})
    gone = aside.retracted([mention_of("a"), mention_of("b")], statements, back, Judged())
    assert {(one.statement.report_id, one.why, one.by) for one in gone} == {
        ("report-b", "retracted", "report-c")
    }
    left = [one for one in statements if one.report_id != "report-b"]
    assert aside.corrected(left, back, Judged()) == []


@pytest.mark.parametrize(
    ("taken", "retracted"),
    [
        ("ab", {"b": "a"}),  # the earlier takes back the later: odd, but said
        ("ba", {"a": "b"}),
        ("ba cb", {"b": "c"}),  # the retraction was retracted: what it took back counts again
        ("ba cb dc", {"a": "b", "c": "d"}),
        ("ab ba", {"a": "b"}),  # of two that take each other back the later one stands
    ],
)
def test_a_retraction_that_was_retracted_takes_nothing_back(taken: str, retracted: dict[str, str]) -> None:
    by = {pair[0]: f"report-{pair[1]}" for pair in taken.split()}
    reports = [dated(name, number, retracts=by.get(name)) for number, name in enumerate("abcd", 1)]
    expected = {f"report-{one}": (f"report-{other}",) for one, other in retracted.items()}
    assert aside.taken_back(reports).retracted == expected
    assert aside.taken_back(reports[::-1]).retracted == expected


def test_a_correction_that_denies_the_act_leaves_the_disagreement() -> None:
    told = [said("event", HAPPENED), said("event", EventValue("Attack", False), report="b")]
    statements = [statement_of(one, place) for place, one in enumerate(told)]
    back = aside.taken_back([report_of("a"), replace(report_of("b"), corrects="report-a")])
    assert aside.corrected(statements, back, Judged()) == []


def test_a_retraction_takes_back_all_but_what_people_stand_by() -> None:
    told = [said("event", HAPPENED), killed(12), said("event", HAPPENED, report="c")]
    statements = [statement_of(one, place) for place, one in enumerate(told)]
    chosen = [mention_of("a"), mention_of("c")]
    by_url = [
        replace(report_of("a"), url="https://gazette.example/1"),
        replace(report_of("b"), retracts="https://gazette.example/1"),
        replace(report_of("c"), retracts="report-c"),  # itself: nonsense
    ]
    back = aside.taken_back(by_url)
    assert back.retracted == {"report-a": ("report-b",)}
    found = aside.retracted(chosen, statements, back, Judged())
    assert [(one.statement.statement_id, one.by) for one in found] == [("a0", "report-b"), ("a1", "report-b")]
    for target, target_id in (("statement", "a1"), ("mention", "mention-a")):
        kept = Judgement("j", target, target_id, "confirm", "w", "Ann", "2021-01-05")  # type: ignore[arg-type]
        assert aside.retracted(chosen, statements, back, judged([kept])) == []
