"""Names of private persons taken out of everything that is written.

A person is private unless a statement or a participant says ``public``. Names are gathered from all incidents
of a ledger, those that are not written too, because a quote may name a person of another one. A whole name is
replaced wherever it stands, whatever its case, accents, blanks or hyphens. Where the incident rests on a
report that names that person, so is a part of it ("Karimi"), and the whole where it runs into other words.
Marks are as long as what they replace.

Towns are called as people are, and towns are taken for people. The name that the gazetteer has for a place
with coordinates loses no more than whole names of several words: its coordinates tell the rest anyway. How a
report prints the place is a report's words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote

from sayso.model import Incident
from sayso.records import from_record, private_names, to_json, to_record

MARK = "█"
_BETWEEN = re.compile(r"[\W_]+")
_ESCAPE = re.compile(r"\\(?:u[0-9a-f]{4}|.)")

_CODES = frozenset({
    "incident_id", "event_type", "sub_event_type", "also", "part_of", "precision", "edtf",
    "earliest", "latest", "country", "stance", "field", "kind", "speaker_kind", "basis", "rule",
    "attribution_status", "mention_id", "statement_id", "statement_ids", "report_id", "lineage_id",
    "lineages", "n_voices", "published", "status", "age", "sex", "from", "spans",
    "judgement_ids", "verdict", "confirmed", "unsure", "why", "by",
})  # fmt: skip
"""Keys of records whose values are words of the codebook, hashes, numbers or dates: nobody's name."""

_IDENTIFIERS = frozenset({"url", "id", "actor_id", "speaker_id", "voices"})
"""Keys whose values are written in lower case, so that a part of a name may be too."""

_GAZETTEER = ("name", "admin1", "water")
"""Keys of a place with coordinates whose values are from the gazetteer."""

_SHORT = 3
"""Parts of a name with fewer letters ("al", "de") are words of too many other names."""


class PrivateNames:
    """The names of private persons, to be taken out of incidents and texts.

    named  names, each with the reports that rest on it: those of ``named_in`` some incidents, or of a ledger.
    """

    def __init__(self, named: Iterable[tuple[str, Sequence[str]]]) -> None:
        self._wholes: dict[str, set[tuple[str, ...]]] = {}
        self._parts: dict[str, set[str]] = {}
        self._run_in: dict[str, set[str]] = {}  # whole names as letters alone
        self._seen: dict[str, str] = {}
        for name, reports in named:
            self._add(name, reports)
        self._all_parts = frozenset().union(*self._parts.values())
        self._first = frozenset(self._wholes) | self._all_parts

    def _add(self, name: str, reports: Sequence[str]) -> None:
        tokens = [(name[start:end], word) for start, end, word in _tokens(name)]
        words = tuple(word for _, word in tokens)
        if len(words) > 1:
            self._wholes.setdefault(words[0], set()).add(words)
        parts = {word for printed, word in tokens if len(words) == 1 or _is_part(printed)}
        for report in reports if words else ():
            self._parts.setdefault(report, set()).update(parts)
            if (len(words) > 1 or not name.isascii()) and (letters := _squeezed(name)):
                self._run_in.setdefault(report, set()).add(letters)

    def without(self, incident: Incident) -> Incident:
        """The incident without the names; ``redacted`` says so."""
        reports = [report.report_id for report in incident.reports]
        run_in = self._run_in_of(reports)
        line = to_json(incident)
        # Escapes of JSON ("\n" before a name) would run into the words that follow.
        plain = _ESCAPE.sub(" ", line)
        words = set(_word().findall(plain))
        if not (
            "%" in line
            or any(_folded(word) in self._first for word in words)
            or (run_in and any(name in squeezed for squeezed in [_squeezed(plain)] for name in run_in))
        ):
            return replace(incident, redacted=True)
        parts = self._parts_of(reports)
        self._seen.clear()
        record = self._plain(to_record(incident), "", parts, run_in)
        if incident.title:
            record["title"] = self._without(incident.title, parts, run_in, places=_place_in_title(incident))
        return replace(from_record(Incident, record), redacted=True)

    def text(self, text: str, reports: Iterable[str] | None = None) -> str:
        """A text without the names; parts of names are those of the reports, of all of them if None."""
        if reports is None:
            return self._without(text, self._all_parts, sorted(set().union(*self._run_in.values())))
        given = list(reports)
        return self._without(text, self._parts_of(given), self._run_in_of(given))

    def _parts_of(self, reports: list[str]) -> frozenset[str]:
        return frozenset().union(*(self._parts.get(report, set()) for report in reports or [""]))

    def _run_in_of(self, reports: list[str]) -> list[str]:
        return sorted(set().union(*(self._run_in.get(report, set()) for report in reports or [""])))

    def _plain(self, data: Any, key: str, parts: frozenset[str], run_in: list[str]) -> Any:
        if isinstance(data, dict):
            record = {
                name: value if name in _CODES else self._plain(value, name, parts, run_in)
                for name, value in data.items()
            }
            if data.get("lat") is not None:
                for name in _GAZETTEER:
                    if words := data.get(name):
                        record[name] = self._without(words, parts, run_in, places=[(0, len(words))])
            return record
        if isinstance(data, list):
            return [self._plain(value, key, parts, run_in) for value in data]
        if not isinstance(data, str):
            return data
        if key not in _IDENTIFIERS:
            if data not in self._seen:  # quotes stand in a record several times
                self._seen[data] = self._without(data, parts, run_in)
            return self._seen[data]
        if "%" in data:  # a name may be hidden in escapes
            plain = unquote(data)
            clean = self._without(plain, parts, run_in, loose=True)
            return data if clean == plain else clean
        return self._without(data, parts, run_in, loose=True)

    def _without(
        self,
        text: str,
        parts: frozenset[str],
        run_in: list[str],
        *,
        loose: bool = False,
        places: Sequence[tuple[int, int]] = (),
    ) -> str:
        """The text with marks in place of names.

        loose   parts of names are such in lower case too.
        places  where names of places stand; a single word of these is nobody's.
        """
        tokens = list(_tokens(text))
        words = [
            (start, end, word)
            for start, end, word in tokens
            if word in parts and (loose or text[start : start + 1] == text[start : start + 1].upper())
        ]
        spans = [
            (start, end)
            for start, end, word in (*_run_ins(text, run_in), *words)
            if not (word in parts and _in_place(start, end, word, places))
        ]
        for number, (start, _, word) in enumerate(tokens):
            for whole in self._wholes.get(word, ()):
                following = tokens[number : number + len(whole)]
                if tuple(one[2] for one in following) == whole:
                    spans.append((start, following[-1][1]))
        for start, end in spans:
            text = text[:start] + MARK * (end - start) + text[end:]
        return text


def named_in(incidents: Iterable[Incident]) -> Iterator[tuple[str, list[str]]]:
    """The names of the private persons in some incidents, each with the reports of its incident."""
    for incident in incidents:
        reports = [report.report_id for report in incident.reports] or [""]
        for name in private_names(incident):
            yield name, reports


def _place_in_title(incident: Incident) -> list[tuple[int, int]]:
    """Where the title, which is put together, has the place's name; nowhere if it has no coordinates."""
    place = incident.place
    if place is None or place.name is None or place.lat is None or incident.title is None:
        return []
    named = re.compile(rf"\b(?:at|in|near|on) ({re.escape(place.name)})(?!\w)")
    return [found.span(1) for found in named.finditer(incident.title)]


def _in_place(start: int, end: int, word: str, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a word stands in the name of a place. In scripts without blanks it may be a whole name: no."""
    return word.isascii() and any(first <= start and end <= last for first, last in places)


def _is_part(printed: str) -> bool:
    """Whether a word of a name, as printed, names the person by itself: neither short nor in lower case."""
    return len(printed) >= _SHORT and printed[:1] == printed[:1].upper()


def _tokens(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text: start, end, and the word without case, accents and marks."""
    for found in _word().finditer(text):
        yield found.start(), found.end(), _folded(found.group())


def _squeezed(text: str) -> str:
    """The letters and digits of a text alone, without case and accents."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKD", text).casefold())


def _run_ins(text: str, names: list[str]) -> Iterator[tuple[int, int, str]]:
    """Where squeezed names stand in a text, each with it, whatever stands between or beside their letters."""
    squeezed = _squeezed(text)
    for name in (name for name in names if name in squeezed):
        letters = [(letter, place) for place, one in enumerate(text) for letter in _squeezed(one)]
        plain = "".join(letter for letter, _ in letters)
        at = plain.find(name)
        while at >= 0:
            yield letters[at][1], letters[at + len(name) - 1][1] + 1, name
            at = plain.find(name, at + 1)


@cache
def _word() -> re.Pattern[str]:
    """Letters and digits with what stands on or between them: accents, joiners, soft hyphens."""
    marks = "".join(chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
    within = f"{re.escape(marks)}\u00ad\u200b-\u200d\u2060"
    return re.compile(rf"[^\W_]+(?:[{within}]+[^\W_]*)*")


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in plain if unicodedata.category(letter) not in ("Mn", "Mc", "Cf"))
