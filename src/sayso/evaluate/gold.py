"""Gold: reports coded by hand, read and held against themselves before anything is measured with them."""

import hashlib
import json
import lzma
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sayso.errors import UsageError
from sayso.evaluate.kinds import event_types
from sayso.evaluate.names import plain
from sayso.evaluate.rows import PASSAGES
from sayso.model import COUNT_FIELDS, Stance

MOST_BYTES = 256_000_000
"""Of a gold set unpacked. Ten thousand reports have a tenth of it; more is a mistake, or meant to do harm."""

HOWS = ("original", "copy", "excerpt", "rewrite", "independent")
"""How a report comes by its text."""

_STANCES = tuple(stance.value for stance in Stance)
_INCIDENT_KEYS = frozenset({
    "key", "event_type", "sub_event_type", "sub_event_type_alt", "date", "place", "perpetrators",
    "perpetrators_optional", "attributions", "targets", "victims", "weapons", "killed", "injured", "counts",
    "toll_speaker", "toll_speaker_names", "is_background", "optional", "part_of", "n_events", "trigger",
    "note",
})  # fmt: skip
_ATTRIBUTION_KEYS = frozenset({
    "actor", "actor_names", "stance", "stance_alt", "speaker", "speaker_names", "spoken_by", "hedged", "via",
    "via_optional", "about", "optional", "note",
})  # fmt: skip

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold set: the id of each report -> its record, and the digest of the file unpacked."""

    records: dict[str, Record]
    digest: str

    @property
    def has_texts(self) -> bool:
        """Whether every report brings its text, so that it can be coded here."""
        return all(isinstance(record.get("text"), str) for record in self.records.values())


def read_gold(path: Path, *, sealed: bool = False) -> Gold:
    """The gold set in a file of JSON Lines, or such a file packed with xz.

    Raises UsageError for a file that cannot be read, and for faults in it: all of them at once, each with its
    line. Of a sealed set the lines alone are told.
    """
    data = _bytes(path)
    records: dict[str, Record] = {}
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        record = _record(line)
        its = ["this is no JSON object"] if record is None else _all_faults(record)
        if record is not None and isinstance(record.get("id"), str):
            if record["id"] in records:
                its.append(f"the id {record['id']!r} stands on an earlier line too")
            records[record["id"]] = record
        faults += [(number, what) for what in its]
    if not records and not faults:
        raise UsageError(f"The gold file {path} holds no reports.", "Give a file with one report a line.")
    if faults:
        raise _refused(path, faults, sealed=sealed)
    return Gold(records, hashlib.sha256(data).hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        if path.suffix != ".xz":
            return path.read_bytes()
        with lzma.open(path) as packed:
            data = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, lzma.LZMAError) as fault:
        raise UsageError(f"The gold file {path} cannot be read: {fault}.", "Check the path.") from fault
    if len(data) > MOST_BYTES:
        raise UsageError(f"The gold file {path} unpacks to more than {MOST_BYTES} bytes.", "Split it.")
    return data


def _record(line: bytes) -> Record | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _refused(path: Path, faults: list[tuple[int, str]], *, sealed: bool) -> UsageError:
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    if sealed:
        lines = ", ".join(str(line) for line in sorted({line for line, _ in faults}))
        return UsageError(
            f"The sealed gold {path} has {count}, on lines {lines}.", "Mend it before it is sealed."
        )
    told = "\n".join(f"  line {line}: {what}" for line, what in faults)
    return UsageError(f"The gold file {path} has {count}:\n{told}", "Mend these lines; nothing was measured.")


# ---- one report -----------------------------------------------------------------------------------


def _all_faults(record: Record) -> list[str]:
    try:
        return list(_faults(record))
    except TypeError as fault:  # a number where a list should be, a list where a name should be
        return [f"a value is of another kind than it should be ({fault})"]


def _faults(record: Record) -> Iterator[str]:
    """What is wrong with one report, in words."""
    if not isinstance(record.get("id"), str) or not record["id"]:
        yield "the report has no id"
    incidents = record.get("incidents")
    if not isinstance(incidents, list) or not all(isinstance(one, dict) for one in incidents):
        yield "incidents is no list of records"
        return
    yield from _relevance(record, incidents)
    keys = Counter(str(one.get("key")) for one in incidents)
    yield from (f"the key {key} stands twice in this report" for key, many in keys.items() if many > 1)
    text = record.get("text")
    for one in incidents:
        for what in _incident(one, keys, text):
            yield f"incident {one.get('key')}: {what}"
    yield from _passages(record, text)


def _relevance(record: Record, incidents: list[Record]) -> Iterator[str]:
    sure = [one for one in incidents if not one.get("optional")]
    for name, some, certain in (
        ("relevant", incidents, sure),
        (
            "on_topic",
            [one for one in incidents if not one.get("is_background")],
            [one for one in sure if not one.get("is_background")],
        ),
    ):
        answer = record.get(name)
        if answer is None:
            continue
        if not isinstance(answer, bool):
            yield f"{name} is neither true nor false"
        elif answer and not some:
            yield f"{name} is true, and there is no such incident"
        elif not answer and certain:
            yield f"{name} is false, and there are {len(certain)} such incidents"


def _passages(record: Record, text: object) -> Iterator[str]:
    for name in ("must_not", "aggregates"):
        for one in record.get(name) or ():
            quote = one.get("quote") if isinstance(one, dict) else None
            if not isinstance(quote, str) or not quote:
                yield f"{name}: an entry without a quote"
            elif isinstance(text, str) and quote not in text:
                yield f"{name}: these words are not in the text: {quote!r}"
            elif name == "must_not" and one.get("stance") not in PASSAGES:
                yield f"must_not: unknown stance {one.get('stance')!r}"
    lineage = record.get("lineage")
    if isinstance(lineage, dict) and "how" in lineage and lineage["how"] not in HOWS:
        yield f"lineage: unknown how {lineage['how']!r}"


# ---- one incident ---------------------------------------------------------------------------------


def _incident(one: Record, keys: Counter[str], text: object) -> Iterator[str]:
    yield from (f"unknown key {key!r}" for key in sorted(set(one) - _INCIDENT_KEYS))
    if not isinstance(one.get("key"), str) or not one["key"]:
        yield "no key"
    yield from _type(one)
    yield from _date(one.get("date"))
    yield from _place(one.get("place"))
    for name in ("killed", "injured"):
        yield from (f"{name}: {what}" for what in _figure(one.get(name)))
    for count in one.get("counts") or ():
        if not isinstance(count, dict) or count.get("field") not in COUNT_FIELDS:
            yield f"counts: unknown field in {count!r}"
        else:
            yield from (f"counts: {what}" for what in _figure(count))
    yield from _attributions(one.get("attributions"))
    if one.get("part_of") is not None and one["part_of"] not in keys:
        yield f"part_of {one['part_of']!r} is no key of this report"
    if isinstance(text, str) and str(one.get("trigger") or "") not in text:
        yield f"the trigger is not in the text: {one['trigger']!r}"


def _type(one: Record) -> Iterator[str]:
    types = event_types()
    kind, sub = one.get("event_type"), one.get("sub_event_type")
    if kind not in types.values():
        yield f"unknown event_type {kind!r}"
    elif types.get(str(sub).lower(), kind) != kind:
        yield f"the sub_event_type {sub!r} is not of the type {kind!r}"
    for name in (sub, *(one.get("sub_event_type_alt") or ())):
        if str(name).lower() not in types:
            yield f"unknown sub_event_type {name!r}"


def _date(days: object) -> Iterator[str]:
    if days is None:
        return
    try:
        if not isinstance(days, dict):
            raise TypeError
        if date.fromisoformat(days["earliest"]) > date.fromisoformat(days["latest"]):
            yield f"the date ends before it begins: {days!r}"
    except (KeyError, TypeError, ValueError):
        yield f"the date is no interval of two days: {days!r}"


def _place(place: object) -> Iterator[str]:
    if place is None:
        return
    if not isinstance(place, dict):
        yield f"the place is no record: {place!r}"
        return
    point = [place.get("lat"), place.get("lon")]
    if point != [None, None]:
        numbers = [value for value in point if isinstance(value, int | float) and not isinstance(value, bool)]
        if len(numbers) < 2 or abs(numbers[0]) > 90 or abs(numbers[1]) > 180 or numbers == [0, 0]:
            yield f"the place has no right coordinates: {point!r}"


def _figure(figure: object) -> Iterator[str]:
    if figure is None:
        return
    if not isinstance(figure, dict):
        yield f"the figure is no record: {figure!r}"
        return
    told = [value for key in ("low", "best", "high") if (value := figure.get(key)) is not None]
    if not all(isinstance(value, int) and not isinstance(value, bool) and value >= 0 for value in told):
        yield f"a figure that is no whole number: {figure!r}"
    elif told != sorted(told):
        yield f"best lies outside low and high: {figure!r}"
    elif not told:
        yield "a figure without any number; null says that nobody gives one"


def _attributions(attributions: object) -> Iterator[str]:
    if not isinstance(attributions, list) or not all(isinstance(one, dict) for one in attributions):
        yield "attributions is no list of records"
        return
    seen: Counter[tuple[str, ...]] = Counter()
    for one in attributions:
        yield from (f"attribution: unknown key {key!r}" for key in sorted(set(one) - _ATTRIBUTION_KEYS))
        for stance in (one.get("stance"), *(one.get("stance_alt") or ())):
            if stance not in _STANCES:
                yield f"unknown stance {stance!r}"
        for key in ("actor", "speaker"):
            if not isinstance(one.get(key), str) or not one[key]:
                yield f"an attribution without {key}"
        seen[tuple(plain(str(one.get(key) or "")) for key in ("actor", "stance", "speaker", "about"))] += 1
    for (actor, stance, speaker, _), many in seen.items():
        if many > 1:
            yield f"the attribution ({actor}, {stance}, by {speaker}) stands twice"
