"""Reports that come and judgements that are made and withdrawn, in any order, link as if all at once."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso import judging, marking, pipeline
from sayso.codebook import Codebook
from sayso.errors import UsageError
from sayso.judging import By
from sayso.ledger import Compared, Ledger, Request, open_ledger
from sayso.marking import Marked
from sayso.model import CodedReport, Count, EventValue, Incident
from tests.linking.test_linking import Linked, coded, linked, row_ids, state_of, without_first

__all__ = ["coded"]

MOST = 40
"""So many reports, the examples first: every step links them anew."""


@dataclass
class Story:
    """A ledger in which things happen by lot, and the reports as they are coded there now."""

    ledger: Ledger
    codebook: Codebook
    chance: random.Random
    waiting: list[CodedReport]
    active: dict[str, CodedReport] = field(default_factory=dict)
    minute: int = 0

    def by(self) -> By:
        self.minute += 1
        return By(
            self.chance.choice(["Ann", "Bob"]),
            f"2026-01-01T{self.minute // 60:02}:{self.minute % 60:02}:00+00:00",
        )

    def some(self, most: int) -> list[Incident]:
        shown = self.ledger.incidents()
        return self.chance.sample(shown, min(most, len(shown)))

    # ---- what happens ----

    def reports_come(self) -> None:
        for _ in range(self.chance.randint(1, 6)):
            if self.waiting:
                one = self.waiting.pop()
                self.ledger.add(one)
                self.active[one.report.report_id] = one

    def is_coded_otherwise(self) -> None:
        if self.active:
            one = self.chance.choice(sorted(self.active.values(), key=lambda its: its.report.report_id))
            if one.coding.coder == "somebody":
                return
            self.active[one.report.report_id] = without_first(one)
            self.ledger.add(without_first(one))

    def links(self) -> None:
        pipeline.link(self.ledger, self.codebook)

    def hides(self) -> None:
        if self.active:
            judging.hide(self.ledger, self.chance.choice(sorted(self.active)), self.by())

    def puts_together(self) -> None:
        if len(some := self.some(self.chance.randint(2, 3))) > 1:
            judging.same(self.ledger, [one.incident_id for one in some], self.by())

    def holds_apart(self) -> None:
        if len(some := self.some(2)) > 1:
            judging.not_same(self.ledger, some[0].incident_id, some[1].incident_id, self.by())

    def splits(self) -> None:
        for one in (its for its in self.ledger.incidents() if len(its.mentions) > 1):
            if self.chance.random() < 0.3:
                ids = sorted(mention.mention_id for mention in one.mentions)
                leaving = self.chance.sample(ids, self.chance.randint(1, len(ids) - 1))
                judging.split(self.ledger, one.incident_id, leaving, self.by())
                return

    def says_of_incidents(self) -> None:
        say = self.chance.choice([judging.confirm, judging.reject, judging.unsure])
        for one in self.some(1):
            say(self.ledger, one.incident_id, self.by(), mention=self.chance.random() < 0.3)

    def says_of_statements(self) -> None:
        say = self.chance.choice([judging.confirm, judging.reject, judging.unsure])
        for one in self.some(3):
            statement = self.chance.choice(one.statements)
            say(self.ledger, statement.statement_id, self.by())

    def corrects(self) -> None:
        changes: list[tuple[type, dict[str, object]]] = [
            (Count, {"value": {"best": 77, "low": 77, "high": 77}}),
            (
                EventValue,
                {"value": {"sub_event_type": "Mob violence", "happened": True}},
            ),
        ]
        kind, change = self.chance.choice(changes)
        able = [one for its in self.some(10) for one in its.statements if isinstance(one.value, kind)]
        if able:
            judging.correct(self.ledger, self.chance.choice(able).statement_id, self.by(), change)

    def adds(self) -> None:
        report_id = self.chance.choice(sorted(self.active))
        text = self.active[report_id].report.text
        start = text.find(" ", self.chance.randrange(len(text) // 2)) + 1
        end = text.find(" ", start)
        meaning = EventValue("Shelling/artillery/missile attack", happened=True)
        marked = Marked(report_id, "event", (start, end), meaning=meaning)
        marking.add(self.ledger, self.codebook, marked, self.by())

    def withdraws(self) -> None:
        made = [one for one in self.ledger.judgements() if one.withdrawn_on is None]
        if made:
            judging.undo(self.ledger, self.chance.choice(made).judgement_id, "2026-01-02")


STEPS: Sequence[Callable[[Story], None]] = (
    Story.reports_come,
    Story.is_coded_otherwise,
    Story.hides,
    Story.puts_together,
    Story.puts_together,
    Story.holds_apart,
    Story.splits,
    Story.says_of_incidents,
    Story.says_of_statements,
    Story.corrects,
    Story.adds,
    Story.withdraws,
    Story.withdraws,
)


def retracting(coded: Sequence[CodedReport], chance: random.Random) -> list[CodedReport]:
    """The reports in an order drawn by lot, some of which take others back."""
    found = chance.sample(coded, len(coded))
    for at, key in enumerate(("retracts", "retracts", "corrects", "corrects")):
        other = chance.choice(found).report.report_id
        report = found[at].report
        its = replace(report, retracts=other) if key == "retracts" else replace(report, corrects=other)
        found[at] = replace(found[at], report=its)
    return chance.sample(found, len(found))


def linked_at_once(path: Path, story: Story, coded: Sequence[CodedReport]) -> Linked:
    """A ledger with the same reports and judgements, linked once."""
    path.unlink(missing_ok=True)
    with open_ledger(path, create=True) as book:
        for one in coded:
            if (now := story.active.get(one.report.report_id)) is not None:
                book.add(one)
                book.add(now)
        for made in story.ledger.judgements():
            beside = None
            if made.verdict == "add" and made.change is not None:
                coding_id = str(made.change["coding_id"])
                beside = story.ledger.coded([coding_id])[coding_id]
            book.judge(made, beside)
        pipeline.link(book, story.codebook)
        return state_of(book)


@dataclass(frozen=True, repr=False)
class Given:
    """What there is to link; without all of it in the message where a test fails."""

    coded: list[CodedReport]
    codebook: Codebook


@pytest.fixture(scope="module")
def there(coded: list[CodedReport], codebook: Codebook) -> Given:
    return Given(coded[:MOST], codebook)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_whatever_comes_and_is_judged_in_whatever_order(seed: int, there: Given, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311
    reports = retracting(there.coded, chance)
    path = tmp_path / "sayso.db"
    path.unlink(missing_ok=True)
    with open_ledger(path, create=True) as book:
        story = Story(book, there.codebook, chance, list(reports))
        for _ in range(4):
            story.reports_come()
        for _ in range(12):
            story.links()
            for _ in range(chance.randint(1, 4)):
                with suppress(UsageError):  # coded otherwise since it was linked, or the gate is shut
                    chance.choice(STEPS)(story)
        story.links()
        assert state_of(book) == linked_at_once(tmp_path / "whole.db", story, reports)


def test_only_what_a_judgement_touches_is_made_anew(
    coded: list[CodedReport], codebook: Codebook, tmp_path: Path
) -> None:
    path = tmp_path / "sayso.db"
    with open_ledger(path, create=True) as book:
        for one in coded:
            book.add(one)
        pipeline.link(book, codebook)
        alone = next(one for one in book.incidents() if len(one.reports) == 1)
        before = row_ids(path)
        judging.confirm(book, alone.incident_id, By("Ann", "2026-01-01T00:00:00+00:00"))
        pipeline.link(book, codebook)
        after = row_ids(path)
    [report] = alone.reports
    [its] = [one for one in coded if one.report.report_id == report.report_id]
    anew = {one for one in after if before.get(one) != after[one]}
    assert alone.incident_id in anew
    assert len(anew) <= len(its.mentions)


@pytest.mark.parametrize("hidden", [True, False])
def test_who_links_in_vain_changes_nothing(
    hidden: bool, coded: list[CodedReport], codebook: Codebook, tmp_path: Path
) -> None:
    with open_ledger(tmp_path / "sayso.db", create=True) as book:
        for one in coded[:5]:
            book.add(one)
        if hidden:
            judging.hide(book, coded[0].report.report_id, By("Ann", "2026-01-01T00:00:00+00:00"))
        pipeline.link(book, codebook)
        turn = book.compared().turn
        pipeline.link(book, codebook)
        assert book.compared().turn == turn


def test_of_a_purged_report_nothing_is_kept_to_compare(
    coded: list[CodedReport], codebook: Codebook, tmp_path: Path
) -> None:
    path = tmp_path / "sayso.db"
    gone, *others = coded[:12]
    with open_ledger(path, create=True) as book:
        for one in (gone, *others):
            book.add(one)
        pipeline.link(book, codebook)
        book.purge(gone.report.report_id, Request("Ann", "2026-01-01", "an order of the court"))
        assert book.compared() == Compared(2, "", [], [], [])
        assert book.compared_facts(one.mention_id for one in gone.mentions) == {}
        pipeline.link(book, codebook)
        purged = state_of(book)
    assert purged == linked(tmp_path / "other.db", [others], codebook)
