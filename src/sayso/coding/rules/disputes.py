"""What somebody says against what is told: that an act did not happen, that a figure is wrong.

Definition of ``disputed``: the codebook, Statements.
"""

from collections.abc import Iterator

from sayso.codebook import Codebook
from sayso.coding.numbers import NumberWords
from sayso.coding.reading import Reading, within
from sayso.coding.rules import people, tolls
from sayso.coding.rules.cues import Cues, Turned
from sayso.coding.rules.deeds import Deeds
from sayso.coding.rules.events import Told
from sayso.coding.rules.speech import spoken, voice_of
from sayso.coding.rules.tellings import Telling
from sayso.language import Syntax
from sayso.model import Draft, EventValue, Field, Spans, Stance
from sayso.records import to_record


def propose(reading: Reading, cues: Cues, told: Told, codebook: Codebook) -> Iterator[Draft]:
    """Disputes over acts and figures, each about the mention that tells the contrary."""
    for turned in cues.turned:
        if turned.reason == "negated":
            yield from _act(reading, turned, told, codebook)
    deeds, speaking = Deeds(reading, codebook), spoken(reading, codebook).speaking
    for (number, place), voice in speaking.items():
        syntax = reading.syntax[number]
        if syntax is None or not voice.is_named or not _denies(syntax, place, deeds):
            continue
        telling = told.at(reading, number, syntax.tokens[place].span)
        if telling is None:
            continue
        for field, figure in _figures(reading, syntax, place, codebook):
            yield Draft(
                mention=telling.key,
                field=field,
                stance=Stance.DISPUTED,
                spans=Spans(
                    syntax.tokens[place].span, (figure.start, figure.end), voice.span, None, voice.antecedent
                ),
                quote=reading.sentences[number].span,
                rule=f"disputes/{field}",
                speaker=voice.speaker,
                via=voice.via,
                about={"field": field, "value": to_record(figure.count)},
            )


def _denies(syntax: Syntax, place: int, deeds: Deeds) -> bool:
    against = (Stance.DENIED, Stance.REJECTED)
    return syntax.is_verbal(place) and any(
        row.stance in against and not row.object_is for row in deeds.rows_of_verb(syntax, place)
    )


# ---- acts -------------------------------------------------------------------------------------------


def _act(reading: Reading, turned: Turned, told: Told, codebook: Codebook) -> Iterator[Draft]:
    """Somebody's word that there was no such act as another tells: "said that no attack had taken place"."""
    voice = voice_of(reading, turned.sentence, codebook, turned.cue)
    row = next((one for one in codebook.cues if one.name == turned.name), None)
    tells = row is not None and row.strength != "support"  # "no soldier died" denies no attack
    denied = row.sub_event_type if row and tells else None
    if denied is None or not voice.is_named:
        return
    near = [one for one in told.tellings if one.stretches[0].sentence < turned.sentence <= _until(one)]
    kinds = [(one, kind) for one in reversed(near) for kind in sorted(one.types, key=codebook.rank_of)]
    for telling, kind in [pair for pair in kinds if _are_alike(pair[1], denied, codebook)][:1]:
        yield Draft(
            mention=telling.key,
            field="event",
            stance=Stance.DISPUTED,
            spans=Spans(turned.cue, turned.cue, voice.span, None, voice.antecedent),
            quote=reading.sentences[turned.sentence].span,
            rule="disputes/event",
            value=EventValue(kind, happened=False),
            speaker=voice.speaker,
            via=voice.via,
            about={"field": "event", "value": to_record(EventValue(kind, happened=True))},
        )


def _are_alike(one: str, other: str, codebook: Codebook) -> bool:
    """Whether two sub-event types are one or of one family: "no attack" is none of any violence."""
    families = [codebook.event_types[codebook.rank_of(kind)].family for kind in (one, other)]
    return one == other or (families[0] is not None and families[0] == families[1])


def _until(telling: Telling) -> int:
    return telling.stretches[-1].sentence + _SENTENCES_ON


_SENTENCES_ON = 3
"""How many sentences after an act was last told somebody may say that there was none."""


# ---- figures ----------------------------------------------------------------------------------------


def _figures(
    reading: Reading, syntax: Syntax, place: int, codebook: Codebook
) -> Iterator[tuple[Field, NumberWords]]:
    """The figures that a verb denies, each with its field: "denied that 30 people had died"."""
    inside = set(syntax.under(place, leave=syntax.having(place, "nsubj", "nsubj:pass")))
    harm = [one for one in tolls.harm_in(syntax, codebook) if one.place in inside and one.row.field]
    for at in sorted(inside) if harm else ():
        figure = people.number_of(reading, syntax, at)
        if figure is None or not within([figure], *syntax.tokens[at].span):
            continue
        field = min(harm, key=lambda one: abs(one.place - at)).row.field
        if field is not None:
            yield field, figure
