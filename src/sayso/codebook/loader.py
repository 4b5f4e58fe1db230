"""A folder of files to a Codebook, or to a list of all that is wrong with them.

docs/codebook-files.md tells what the files hold and how one codebook is laid over another.
"""

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sayso.codebook.checks import check
from sayso.codebook.kinds import KINDS, Kind, Placed, Rows
from sayso.codebook.overlay import REMOVE, joined, laid_over, without
from sayso.codebook.reading import Fault, Found, read_mapping, read_rows
from sayso.codebook.schema import (
    About,
    Actor,
    Body,
    Country,
    Cue,
    EventType,
    HarmWords,
    Holiday,
    Lexicon,
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
from sayso.errors import CodebookError, UsageError

M = TypeVar("M", bound=Row)


@dataclass(frozen=True)
class Codebook:
    """What is known: rows of each kind, in the order of their files.

    ``sha256`` is the digest of the language and all rows as they are in force, so that comments, blanks and
    the way in which files are laid over one another do not change it. Equal when all is equal; hashing is
    cheap, so that a codebook can be the key of a cache.
    """

    name: str
    version: str
    language: str
    sha256: str
    event_types: tuple[EventType, ...] = ()
    cues: tuple[Cue, ...] = ()
    senses: tuple[Sense, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    stances: tuple[StanceWording, ...] = ()
    harm: tuple[HarmWords, ...] = ()
    actors: tuple[Actor, ...] = ()
    bodies: tuple[Body, ...] = ()
    name_parts: tuple[NamePart, ...] = ()
    nouns: tuple[Noun, ...] = ()
    countries: tuple[Country, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    people: tuple[PeopleWord, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    page: tuple[PageWord, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)

    def __hash__(self) -> int:
        return hash(self.sha256)

    def event_type_of(self, sub_event_type: str) -> str:
        """The event type that a sub-event type belongs to. Raises UsageError for an unknown one."""
        return self.event_types[self.rank_of(sub_event_type)].event_type

    def rank_of(self, sub_event_type: str) -> int:
        """Its place, from 0, in the order in which several methods give way: the lowest is the incident's.

        Raises UsageError for an unknown one.
        """
        if (rank := self._ranks.get(sub_event_type)) is None:
            raise UsageError(
                f"The codebook {self.name} has no sub-event type {sub_event_type!r}.",
                f"Use one of: {', '.join(self._ranks)}.",
            )
        return rank

    def actor(self, actor_id: str, on: str | None = None) -> Actor | None:
        """The row of an actor that holds on an ISO day, else its first row; None for an unknown actor."""
        rows = self._rows_of.get(actor_id, ())
        held = (row for row in rows if on is not None and _holds(row, on))
        return next(held, rows[0] if rows else None)

    def is_part_of(self, part: str, whole: str, on: str | None = None) -> bool:
        """Whether an actor is another one or, directly or through others, a part of it.

        On an ISO day only rows that hold on it count; without a day it is the first row of each actor. It
        goes upward only: a claim by the branch supports the whole, one by the whole does not name the branch.
        """
        seen: set[str] = set()
        step: str | None = part
        while step is not None and step not in seen:
            if step == whole:
                return True
            seen.add(step)
            step = self._whole_of(step, on)
        return False

    def top_of(self, actor_id: str) -> str:
        """The highest whole that an actor is a part of; itself where it is part of nothing."""
        seen = [actor_id]
        while (whole := self._whole_of(seen[-1], None)) and whole not in seen:
            seen.append(whole)
        return seen[-1]

    def wholes_of(self, actor_id: str) -> frozenset[str]:
        """All that an actor is a part of on any day, itself too."""
        found, left = {actor_id}, [actor_id]
        while left:
            one = left.pop()
            rows = self._rows_of.get(one)
            for whole in {row.part_of for row in rows} if rows else {_whole_by_body(self, one)}:
                if whole is not None and whole not in found:
                    found.add(whole)
                    left.append(whole)
        return frozenset(found)

    def _whole_of(self, actor_id: str, on: str | None) -> str | None:
        """What an actor is directly a part of; a body of a state without a row goes by bodies.yaml."""
        if rows := self._rows_of.get(actor_id):
            row = next((row for row in rows if on is None or _holds(row, on)), None)
            return row.part_of if row else None
        return _whole_by_body(self, actor_id)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {row.sub_event_type: rank for rank, row in enumerate(self.event_types)}

    @cached_property
    def _rows_of(self) -> dict[str, tuple[Actor, ...]]:
        rows: dict[str, tuple[Actor, ...]] = {}
        for row in self.actors:
            rows[row.actor_id] = (*rows.get(row.actor_id, ()), row)
        return rows


@lru_cache(1 << 16)  # linking asks for the same few bodies again and again
def _whole_by_body(codebook: Codebook, actor_id: str) -> str | None:
    for body in codebook.bodies:
        if body.part_of and actor_id.endswith(f"-{body.body}"):
            return actor_id.removesuffix(body.body) + body.part_of
    return None


def _holds(row: Actor, on: str) -> bool:
    day = on[:10]  # publication times are longer than a day
    return (row.since is None or row.since <= day) and (row.until is None or day <= row.until)


_OTHERS = ("codebook.yaml", "lexicon.yaml", REMOVE, "README.md")


@dataclass(frozen=True, slots=True)
class _Layer:
    """One codebook with its base under it, its rows still knowing where they stand."""

    about: About
    rows: Rows
    lexicon: Lexicon


def load(name_or_folder: str = "default") -> Codebook:
    """The codebook of that name that comes with sayso, else the one in that folder.

    Raises CodebookError with every fault at once, each as "FILE:LINE: what is wrong".
    """
    return _loaded(name_or_folder) if name_or_folder in _packaged() else _made(_read(name_or_folder))


@cache
def _loaded(name: str) -> Codebook:
    return _made(_read_packaged(name))


@cache
def _packaged() -> tuple[str, ...]:
    folders = resources.files("sayso.codebook").joinpath("data").iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.joinpath("codebook.yaml").is_file()))


@cache
def _read_packaged(name: str) -> _Layer:
    return _read_folder(name, resources.files("sayso.codebook").joinpath("data", name), f"{name}/")


def _read(given: str) -> _Layer:
    try:
        found = Path(given).is_dir()
    except OSError:  # a name that is too long for the system
        found = False
    if not found:
        names = ", ".join(_packaged())
        raise CodebookError(given, [f"no such folder, nor a codebook that comes with sayso ({names})"])
    return _read_folder(given, Path(given), "")


def _read_folder(name: str, folder: Traversable, origin: str) -> _Layer:
    """A folder's codebook laid over its base; ``origin`` stands before the file in faults of its rows."""
    faults: list[Fault] = []
    try:
        files = {entry.name: entry for entry in folder.iterdir() if not entry.name.startswith(".")}
    except OSError as fault:
        raise CodebookError(name, [f"the folder cannot be read ({fault.strerror})"]) from fault
    faults.extend(_unknown_files(files))
    about, base = _read_about(files, faults)
    rows: Rows = {}
    faulty: dict[str, set[str] | None] = {}
    for file, kind in KINDS.items():
        rows[file], faulty[file] = _read_file(file, kind, files.get(file), origin, faults)
    lexicon = _read_lexicon(files.get("lexicon.yaml"), faults)
    if base:
        below, words = base.rows, base.lexicon
        if REMOVE in files:
            below, words = without(below, words, files[REMOVE], faults)
        rows = {file: laid_over(KINDS[file], below[file], over) for file, over in rows.items()}
        lexicon = joined(words, lexicon)
    elif REMOVE in files:
        faults.append(Fault(REMOVE, 1, "there is nothing to remove from without 'extends'"))
    if base is None and any(fault.file == "codebook.yaml" for fault in faults):
        # It may have been meant to lie over another codebook, whose rows are unknown here.
        faulty = dict.fromkeys(KINDS)
    faults.extend(check(rows, faulty))
    if faults or about is None:
        raise CodebookError(name, [str(fault) for fault in sorted(set(faults))])
    return _Layer(about, rows, lexicon)


# ---- files to rows --------------------------------------------------------------------------------


def _unknown_files(files: Iterable[str]) -> Iterator[Fault]:
    known = (*_OTHERS, *KINDS)
    for file in files:
        if file not in known:
            yield Fault(file, 0, f"no file of a codebook{_meant(file, known)}; those are {', '.join(known)}")


def _read_about(files: dict[str, Traversable], faults: list[Fault]) -> tuple[About | None, _Layer | None]:
    """What codebook.yaml says, and the codebook it lies over; None where there is none or it is faulty."""
    if "codebook.yaml" not in files:
        faults.append(Fault("codebook.yaml", 0, "is missing; it needs at least name, version and language"))
        return None, None
    found, wrong = read_mapping(files["codebook.yaml"], "codebook.yaml")
    faults.extend(wrong)
    if found is None:
        if not wrong:
            faults.append(Fault("codebook.yaml", 1, "is empty; it needs at least name, version and language"))
        return None, None
    about = _validated(About, found, "codebook.yaml", faults)
    base = found.data.get("extends")  # even where another key is faulty, so that no fault follows from it
    if not isinstance(base, str) or not base:
        return about, None
    if base not in _packaged():
        known = f"the codebooks are {', '.join(_packaged())}"
        faults.append(
            Fault("codebook.yaml", found.line_of(["extends"]), f"extends: unknown {base!r}; {known}")
        )
        return about, None
    return about, _read_packaged(base)


def _read_file(
    file: str, kind: Kind, entry: Traversable | None, origin: str, faults: list[Fault]
) -> tuple[list[Placed], set[str] | None]:
    """The sound rows of a file, and the first keys of the faulty ones: None where some cannot be read."""
    if entry is None:
        return [], set()
    found, wrong = read_rows(entry, file, kind.columns(), kind.compulsory())
    faults.extend(wrong)
    rows: list[Placed] = []
    faulty: set[str] = set()
    owned: dict[str, int] = {}
    for one in found:
        row = _validated(kind.model, one, file, faults)
        if row is None:
            faulty.add(str(one.data.get(kind.key[0])))
            continue
        for key in kind.own_of(row):
            if key in owned:
                faults.append(Fault(file, one.line, f"{key} is also on line {owned[key]}"))
            owned[key] = one.line
        rows.append(Placed(row, f"{origin}{file}", one.line))
    return rows, None if wrong else faulty


def _read_lexicon(entry: Traversable | None, faults: list[Fault]) -> Lexicon:
    if entry is None:
        return Lexicon()
    found, wrong = read_mapping(entry, "lexicon.yaml")
    faults.extend(wrong)
    lexicon = _validated(Lexicon, found, "lexicon.yaml", faults) if found else None
    return joined(Lexicon(), lexicon or Lexicon())


def _validated(model: type[M], found: Found, file: str, faults: list[Fault]) -> M | None:
    try:
        return model.model_validate(found.data)
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False):
            what = _worded(error, tuple(model.model_fields))
            faults.append(Fault(file, found.line_of(error["loc"]), what))
        return None


def _worded(error: ErrorDetails, keys: tuple[str, ...]) -> str:
    """What pydantic found wrong, in the words of one who writes the file."""
    where = ".".join(str(step) for step in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"unknown key {where!r}{_meant(where, keys)}; the keys are {', '.join(keys)}"
    if error["type"] == "missing":
        return f"{where!r} is missing"
    what = (
        error["msg"].removeprefix("Value error, ").replace("Input should", "should").replace("tuple", "list")
    )
    what = what.replace("String should", "should")
    given = f" (it is {error['input']!r})" if isinstance(error["input"], str) else ""
    return f"{where}: {what}{given}" if where else what


def _meant(given: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(given, list(known), 1)
    return f", perhaps {close[0]!r} is meant" if close else ""


def _made(layer: _Layer) -> Codebook:
    about = layer.about
    rows: dict[str, Any] = {
        file.partition(".")[0]: tuple(placed.row for placed in placed_rows)
        for file, placed_rows in layer.rows.items()
    }
    content = {kind: [row.model_dump(mode="json") for row in rows[kind]] for kind in rows}
    canonical = json.dumps(
        {**content, "lexicon": layer.lexicon.model_dump(mode="json"), "language": about.language},
        sort_keys=True,
    )
    return Codebook(
        name=about.name,
        version=about.version,
        language=about.language,
        sha256=hashlib.sha256(canonical.encode()).hexdigest(),
        lexicon=layer.lexicon,
        **rows,
    )
