"""Generated incidents: sound ones, with whatever words reports may hold, hostile ones too."""

from typing import Any

from hypothesis import strategies as st

from sayso.model import (
    Attribution,
    Count,
    Date,
    Disagreement,
    EventValue,
    FieldCount,
    Incident,
    IncidentMention,
    IncidentReport,
    Participant,
    ParticipantValue,
    Place,
    Quote,
    Spans,
    Stance,
    Standing,
    Statement,
    ValueSaid,
    Whom,
)

HOSTILE = (
    "=1+1",
    "+1",
    "-2",
    "@SUM(A1)",
    "'=1",
    "''",
    "\t=1",
    "\r=cmd|' /C calc'!A0",
    "\n@x",
    ' =HYPERLINK("x")',
    "\u200b=1",
    "＝1+1",
    "a;=1+1",
    'a";"=1',
    "a\n=1",
    "a\tb",
    "a|b",
    "a\\|b\\",
    '"',
    ",",
    "\r\n",
    "\x00",
    "\x1b[31m",
    "\ufeff=1",
    "\u2028",
    "\u202e",
    "<script>",
    "NULL",
    "nan",
    "1e5",
    "007",
)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(HOSTILE)
some = words.filter(bool)
maybe = st.none() | some
names = st.sampled_from(["North Band", "South Band", "Hill Army", "River Police", "Ana Roe"]) | some
TYPES = (
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Suicide bomb"),
    ("Explosions/Remote violence", "Grenade"),
    ("Violence against civilians", "Attack"),
    ("Violence against civilians", "Abduction/forced disappearance"),
    ("Protests", "Peaceful protest"),
    ("Riots", "Mob violence"),
    ("Strategic developments", "Arrests"),
)


@st.composite
def dates(draw: st.DrawFn) -> Date:
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return Date(None, None, "unknown", draw(maybe))
    if kind == 1:
        return Date("2021-07-20", None, "unknown")
    day = draw(st.dates()).isoformat()
    if kind == 2:
        return Date("2021-07-01", "2021-07-31", "month", "2021-07")
    if kind == 3:
        return Date("2020-12-30", "2021-01-02", "days", "2020-12-30/2021-01-02")
    return Date(day, day, "day", day)


@st.composite
def places(draw: st.DrawFn) -> Place:
    if draw(st.booleans()):
        return Place(draw(some), None)
    return Place(
        draw(some),
        draw(some),
        draw(maybe),
        draw(st.sampled_from(["AFG", "XKX", "ATA", None])),
        lat=draw(st.floats(-90, 90)),
        lon=draw(st.floats(-180, 180)),
        precision=draw(
            st.sampled_from(["exact", "near", "town", "district", "route", "admin1", "country", "sea"])
        ),
    )


@st.composite
def counts(draw: st.DrawFn) -> Count:
    low, best, high = sorted(draw(st.lists(st.integers(0, 500), min_size=3, max_size=3)))
    hide = st.booleans()
    return Count(
        None if draw(hide) else best,
        None if draw(hide) else low,
        None if draw(hide) else high,
        draw(st.booleans()),
        draw(st.none() | st.booleans()),
    )


kinds = st.sampled_from(["organisation", "state", "person", "people"])
truths = st.booleans()
stances = st.sampled_from(list(Stance))
quotes = st.builds(
    lambda text, start: Quote("r1", start, start + len(text), text), some, st.integers(0, 1000)
)
values = st.one_of(
    dates(),
    places(),
    counts(),
    st.builds(ParticipantValue, some, maybe, kinds, st.none() | truths),
    st.builds(EventValue, some, truths),
)


def participants(standing: st.SearchStrategy[Any]) -> st.SearchStrategy[Participant]:
    return st.builds(
        Participant,
        name=names,
        actor_id=st.none() | st.just("taliban"),
        kind=kinds,
        public=st.none() | truths,
        mentions=st.just(()),
        statement_ids=st.lists(st.sampled_from(["s0", "s1", "s2"]), max_size=2).map(tuple),
        standing=standing,
    )


standings = st.builds(
    Standing, st.sampled_from(["claimed", "accused", "suspected", "stated"]), truths, truths, truths
)
plain = participants(st.none())
speakers = {
    "speaker": some,
    "speaker_id": maybe,
    "speaker_kind": st.sampled_from(["organisation", "state", "person", "report", None]),
    "spoken_by": maybe,
    "speaker_public": st.none() | truths,
    "via": st.lists(some, max_size=2).map(tuple),
    "hedged": truths,
}
statements = st.builds(
    Statement,
    statement_id=st.sampled_from(["s0", "s1", "s2"]),
    report_id=st.just("r1"),
    mention_id=st.just("m1"),
    field=st.sampled_from(["event", "perpetrator", "target", "killed", "date", "place"]),
    stance=stances,
    after=maybe,
    about=st.none() | st.dictionaries(some, some, max_size=1),
    said_on=st.none() | dates(),
    value=st.none() | values,
    unknown=truths,
    spans=st.just(Spans(cue=(0, 1))),
    quote=quotes,
    rule=st.none() | st.just("counts/passive"),
    **speakers,
)
attributions = st.builds(
    Attribution,
    actor=names,
    actor_id=st.none() | st.just("taliban"),
    stance=stances,
    statement_ids=st.just(("s0",)),
    quotes=st.lists(quotes, min_size=1, max_size=2).map(tuple),
    inferred=st.none(),
    **speakers,
)


def _many(one: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(one, max_size=most).map(tuple)


@st.composite
def incidents(draw: st.DrawFn, number: int = 0) -> Incident:
    event_type, sub_event_type = draw(st.sampled_from(TYPES))
    its_places = draw(_many(places()))
    said = draw(st.lists(statements, min_size=1, max_size=3))
    return Incident(
        contract=0,
        incident_id=f"{number:04x}{draw(st.integers(0, 15)):016x}",
        title=draw(maybe),
        event_type=event_type,
        sub_event_type=sub_event_type,
        also=draw(_many(st.sampled_from([sub for _, sub in TYPES]))),
        is_background=draw(truths),
        n_events=draw(st.sampled_from([1, 2, None])),
        part_of=draw(st.none() | st.just("abc")),
        date=draw(dates()),
        place=its_places[0] if its_places else None,
        places=its_places,
        perpetrators=draw(_many(participants(standings), 4)),
        targets=draw(_many(plain)),
        victims=draw(_many(plain)),
        weapons=draw(_many(plain)),
        sides=draw(st.none() | st.tuples(_many(plain), _many(plain))),
        civilian_targeting=draw(st.none() | truths),
        killed=draw(st.none() | counts()),
        injured=draw(st.none() | counts()),
        counts=draw(
            _many(
                st.builds(
                    FieldCount,
                    field=st.sampled_from(["killed", "injured", "missing"]),
                    whom=st.none() | st.builds(Whom, st.sampled_from(["civilian", "military", "militant"])),
                    best=st.none() | st.integers(0, 9),
                    low=st.none(),
                    high=st.none(),
                    imprecise=truths,
                    includes_attackers=st.none(),
                    statement_ids=st.just(()),
                )
            )
        ),
        attributions=draw(_many(attributions, 3)),
        attribution_status=draw(
            st.sampled_from(["claimed", "claimed_disputed", "accused", "stated", "stated_denied", "unknown"])
        ),
        status_hedged=draw(truths),
        disagreements=draw(
            _many(
                st.builds(
                    Disagreement,
                    st.sampled_from(["killed", "perpetrator"]),
                    st.just((ValueSaid(1, ("a",), (), ()), ValueSaid(2, ("b",), (), ()))),
                )
            )
        ),
        mentions=(IncidentMention("m1", "r1", False, (draw(quotes),)),),
        statements=tuple(said),
        basis={"event": ("s0",)},
        reports=(IncidentReport("r1", draw(maybe), "l1", draw(maybe), draw(maybe), draw(maybe)),),
        n_lineages=1,
        n_voices=draw(st.dictionaries(st.sampled_from(["event", "killed"]), st.integers(1, 4))),
    )


@st.composite
def several(draw: st.DrawFn) -> list[Incident]:
    return [draw(incidents(number)) for number in range(draw(st.integers(0, 3)))]
