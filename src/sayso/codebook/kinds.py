"""The files of a codebook: what their rows are, what tells one from another, where each came from."""

from dataclasses import dataclass
from typing import get_origin

from sayso.codebook.reading import Fault
from sayso.codebook.schema import (
    Actor,
    Body,
    Country,
    Cue,
    EventType,
    HarmWords,
    Holiday,
    NamePart,
    Noun,
    Outlet,
    PageWord,
    PeopleWord,
    Quantity,
    Row,
    Sense,
    StanceWording,
    Weapon,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """The rows of one file.

    ``key`` are the fields by which a row over another codebook replaces that one's rows, ``words`` is the
    field of the words that only one row may have, ``apart`` are fields in which rows of one key may differ.
    """

    model: type[Row]
    key: tuple[str, ...]
    words: str | None = None
    apart: tuple[str, ...] = ()

    def columns(self) -> dict[str, bool]:
        """The columns of a table of such rows, and whether a cell is a list."""
        fields = self.model.model_fields.items()
        return {name: get_origin(field.annotation) is tuple for name, field in fields}

    def compulsory(self) -> tuple[str, ...]:
        """The columns that a table of such rows must have."""
        return tuple(name for name, field in self.model.model_fields.items() if field.is_required())

    def key_of(self, row: Row) -> tuple[object, ...]:
        """What tells this row from those that it does not replace."""
        return tuple(getattr(row, field) for field in self.key)

    def own_of(self, row: Row) -> tuple[str, ...]:
        """All that no other row of its file may have, as faults show it."""
        own = [getattr(row, field) for field in (*self.key, *self.apart)]
        shown = " ".join(", ".join(part) if isinstance(part, tuple) else str(part) for part in own if part)
        return tuple(dict.fromkeys((repr(shown), *map(repr, self.words_of(row)))))

    def words_of(self, row: Row) -> tuple[str, ...]:
        """The words that no other row of its file may have."""
        return tuple(getattr(row, self.words)) if self.words else ()


KINDS: dict[str, Kind] = {
    "event_types.yaml": Kind(EventType, ("sub_event_type",)),
    "cues.yaml": Kind(Cue, ("name",)),
    "senses.yaml": Kind(Sense, ("sense",)),
    "weapons.yaml": Kind(Weapon, ("weapon",), "forms"),
    "stances.yaml": Kind(StanceWording, ("name",)),
    "harm.yaml": Kind(HarmWords, ("name",)),
    "people.yaml": Kind(PeopleWord, ("words",), "words"),
    "quantities.yaml": Kind(Quantity, ("words",), "words"),
    "page.yaml": Kind(PageWord, ("pattern",)),
    "bodies.yaml": Kind(Body, ("body",), "words"),
    "name_parts.yaml": Kind(NamePart, ("words",), "words"),
    "nouns.yaml": Kind(Noun, ("words",), "words"),
    "actors.csv": Kind(Actor, ("actor_id", "since")),
    "countries.csv": Kind(Country, ("country",)),
    "outlets.csv": Kind(Outlet, ("outlet",)),
    "holidays.csv": Kind(Holiday, ("holiday", "year"), apart=("first",)),
}
"""By file; a file without its ending is the field of the codebook that holds its rows."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A row, and the file and line it stands on."""

    row: Row
    file: str
    line: int

    def fault(self, what: str) -> Fault:
        """Something wrong with this row."""
        return Fault(self.file, self.line, what)


Rows = dict[str, list[Placed]]
"""The rows of a codebook by file, for every file of KINDS."""
