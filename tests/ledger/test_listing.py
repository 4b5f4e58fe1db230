"""What is counted and found in SQL is what one counts and finds by looking at every incident."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.errors import UsageError
from sayso.ledger import IncidentFilter, Ledger, fold, open_ledger
from sayso.model import Incident


def _named(incident: Incident) -> set[str]:
    return {fold(name) for row in incident.attributions for name in (row.actor, row.actor_id) if name}


ASKED: list[tuple[IncidentFilter, Callable[[Incident], bool]]] = [
    (
        IncidentFilter(admin1="parwan"),
        lambda one: any(place.admin1 == "Parwan" for place in one.places),
    ),
    (
        IncidentFilter(place="CHARIKAR"),
        lambda one: any("Charikar" in (place.name, place.text) for place in one.places),
    ),
    (IncidentFilter(actor="taliban", role="perpetrator"), lambda one: "taliban" in _named(one)),
    (
        IncidentFilter(disputed_field="killed"),
        lambda one: any(row.field == "killed" for row in one.disagreements),
    ),
    (IncidentFilter(voices=2), lambda one: max(one.n_voices.values(), default=0) >= 2),
    (IncidentFilter(located=True), lambda one: one.place is not None and one.place.lat is not None),
    (IncidentFilter(located=False), lambda one: one.place is None or one.place.lat is None),
    (
        IncidentFilter(actor="Police", role="speaker"),
        lambda one: any(fold(said.speaker) == "police" for said in one.statements),
    ),
    (IncidentFilter(words="rockets Taliban denied"), lambda one: "Charikar" in str(one.title)),
    (IncidentFilter(words="Jeremie"), lambda one: "Jérémie" in str(one.title)),
    (IncidentFilter(words="charik"), lambda one: "Charikar" in str(one)),
    (IncidentFilter(words="!?"), lambda _: False),
]


@pytest.mark.parametrize(("wanted", "is_meant"), ASKED, ids=[str(number) for number in range(len(ASKED))])
def test_a_filter_finds_what_is_meant_and_nothing_else(
    wanted: IncidentFilter, is_meant: Callable[[Incident], bool], examples_ledger: Path
) -> None:
    with open_ledger(examples_ledger) as book:
        everything = book.incidents()
        assert book.incidents(wanted) == [one for one in everything if is_meant(one)]
        assert book.count(wanted) == sum(map(is_meant, everything))


def test_pages_are_pieces_of_the_list(examples_ledger: Path) -> None:
    with open_ledger(examples_ledger) as book:
        everything = book.incidents()
        pieces = [one for start in range(0, 60, 7) for one in book.page(IncidentFilter(), start, 7)]
        latest = book.page(IncidentFilter(), 0, 100, latest=True)
    assert pieces == everything
    dated = [one for one in everything if one.date.earliest or one.date.latest]
    assert latest[: len(dated)] == dated[::-1]


def test_counts_are_those_of_the_incidents(examples_ledger: Path) -> None:
    with open_ledger(examples_ledger) as book:
        everything = book.incidents()
        groups, stretches, spots = book.groups(), book.stretches(), book.spots()
        total, actors = book.actors(None, 0, 1_000)
        lines = [book.said(actor=one.key) for one in actors]
    assert sum(one.incidents for one in groups) == len(everything)
    by_type = Counter[str]()
    for one in groups:
        by_type[one.sub_event_type] += one.incidents
    assert by_type == Counter(one.sub_event_type for one in everything)
    assert sum(one.disputed for one in groups) == sum(bool(one.disagreements) for one in everything)
    whole = [one for one in everything if one.part_of is None]
    assert sum(one.incidents for one in stretches) == len(whole)
    figures = [one.killed for one in whole if one.killed]
    assert sum(one.killed for one in stretches) == sum(
        (one.low if one.best is None else one.best) or 0 for one in figures
    )
    located = [one.place for one in everything if one.place and one.place.lat is not None]
    assert Counter({(one.lat, one.lon): one.incidents for one in spots}) == Counter(
        (place.lat, place.lon) for place in located
    )
    assert total == len(actors)
    assert sum(map(len, lines)) == sum(len(one.attributions) for one in everything)


def test_a_role_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="king"):
        IncidentFilter(actor="x", role="king")


def test_what_needs_eyes_most_comes_first_and_goes_when_it_was_judged(
    examples_ledger: Path, tmp_path: Path
) -> None:
    from sayso import judging

    copy = tmp_path / "sayso.db"
    copy.write_bytes(examples_ledger.read_bytes())
    with open_ledger(copy) as book:
        queue = book.needing_eyes(IncidentFilter(), 0, 100)
        assert sorted(queue) == sorted(one.incident_id for one in book.incidents())
        first = book.incident(queue[0])
        assert first is not None
        assert first.disagreements
        statement = first.statements[0].statement_id
        made = judging.confirm(book, statement, judging.By("a", judging.now()))
        assert queue[0] not in book.needing_eyes(IncidentFilter(), 0, 100)
        assert queue[0] in [one.incident_id for one in book.incidents(IncidentFilter(reviewed=True))]
        book.withdraw(made.judgement_id, judging.now())
        assert book.needing_eyes(IncidentFilter(), 0, 100) == queue


def test_every_linking_has_its_number(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "sayso.db", create=True) as book:
        before = book.linked()
        book.replace_views([], [])
        assert book.linked() == before + 1


def test_private_names_are_those_of_the_incidents(examples_ledger: Path) -> None:
    from sayso.exports.private import named_in

    book: Ledger
    with open_ledger(examples_ledger) as book:
        expected = {(name, key) for name, reports in named_in(book.incidents()) for key in reports}
        assert {(name, key) for name, reports in book.private_names() for key in reports} == expected


def test_indexes_that_are_changed_in_part_are_those_made_anew(examples_ledger: Path, tmp_path: Path) -> None:
    from sqlalchemy import create_engine, text

    from sayso.ledger import indexing, tables

    copy = tmp_path / "sayso.db"
    copy.write_bytes(examples_ledger.read_bytes())
    with open_ledger(copy) as book:
        everything = book.incidents()
        names = book.private_names()
    engine = create_engine(f"sqlite:///{copy}")
    some = everything[3:20]

    def state(incident_id: str) -> object:
        words = text(f"SELECT count(*) FROM {tables.WORDS} WHERE {tables.WORDS} MATCH 'rockets'")  # noqa: S608
        number = connection.execute(
            text("SELECT listing_id FROM listing WHERE incident_id = :id"), {"id": incident_id}
        ).scalar()
        terms = connection.execute(
            text("SELECT kind, term FROM incident_terms WHERE listing_id = :n ORDER BY 1, 2"), {"n": number}
        ).all()
        return connection.execute(words).scalar(), [tuple(row) for row in terms]

    with engine.begin() as connection:
        before = [state(one.incident_id) for one in everything]
        indexing.take_out(connection, [one.incident_id for one in some])
        left = connection.execute(text("SELECT count(*) FROM listing")).scalar()
        assert left == len(everything) - len(some)
        assert state(some[0].incident_id) != before[3]
        indexing.put_in(connection, [indexing.indexed(one) for one in some])
        assert [state(one.incident_id) for one in everything] == before
    engine.dispose()
    with open_ledger(copy) as book:
        assert book.page(IncidentFilter(), 0, 100) == everything
        assert book.private_names() == names
