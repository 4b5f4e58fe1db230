"""Whose word a statement is when agreement is counted.

A voice is a named speaker; what a report says in its own voice is its lineage's. A body and its part are one
voice. Speakers are of one voice here where part-of links them, directly or through another speaker of the
same incident: two ministries are one voice with the government that speaks beside them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.incidents.telling import Telling
from sayso.model import REPORT_VOICE, Statement


@dataclass(frozen=True, slots=True)
class Voices:
    """The voices of one incident: by speaker, the speaker whose name the voice goes by."""

    telling: Telling
    heads: dict[str, str]

    def of(self, statement: Statement) -> str:
        """The voice of a statement: a speaker_id, else a speaker's name, else a lineage_id."""
        if is_report(statement):
            return self.telling.lineage(statement)
        return self.heads[speaker_key(statement)]

    def tellers(self, statements: Iterable[Statement]) -> set[tuple[str, str]]:
        """Who says these, each in which mention: whoever gives two values there means both.

        A body and its part are told apart here, for they may contradict each other.
        """
        return {(one.mention_id, self._name(one)) for one in statements}

    def among(self, statements: Iterable[Statement]) -> tuple[str, ...]:
        """The voices of these statements, each once, in order of first appearance.

        A voice goes by the highest body of it that speaks in these statements.
        """
        spoken: dict[str, list[str]] = {}
        for statement in statements:
            spoken.setdefault(self.of(statement), []).append(self._name(statement))
        return tuple(head if head in keys else keys[0] for head, keys in spoken.items())

    def count(self, statements: Iterable[Statement]) -> int:
        """How many voices these statements are."""
        return len({self.of(statement) for statement in statements})

    def lineages(self, statements: Iterable[Statement]) -> tuple[str, ...]:
        """The lineages of these statements, sorted."""
        return tuple(sorted({self.telling.lineage(statement) for statement in statements}))

    def _name(self, statement: Statement) -> str:
        return self.telling.lineage(statement) if is_report(statement) else speaker_key(statement)


def voices_of(telling: Telling) -> Voices:
    """The voices of an incident. Part-of is that of the day on which the incident was first told."""
    speakers = sorted({speaker_key(one) for one in telling.statements if not is_report(one)})
    return Voices(telling, {speaker: _head(speaker, speakers, telling) for speaker in speakers})


def is_report(statement: Statement) -> bool:
    """Whether the report says it in its own voice."""
    return statement.speaker_kind == "report" or (
        statement.speaker == REPORT_VOICE and statement.speaker_id is None
    )


def speaker_key(statement: Statement) -> str:
    """What a speaker goes by: the id, else the name in lower case without needless blanks."""
    return statement.speaker_id or plain(statement.speaker)


def plain(name: str) -> str:
    """A name as it is compared: case folded, runs of blanks made one."""
    return " ".join(name.casefold().split())


def _head(speaker: str, speakers: Sequence[str], telling: Telling) -> str:
    """The highest of the speakers linked to this one; the first in alphabetical order of several."""
    linked, left = {speaker}, [speaker]
    while left:
        one = left.pop()
        for other in speakers:
            if other not in linked and (_part(one, other, telling) or _part(other, one, telling)):
                linked.add(other)
                left.append(other)
    tops = [one for one in linked if not any(_part(one, other, telling) for other in linked - {one})]
    return min(tops or linked)


def _part(part: str, whole: str, telling: Telling) -> bool:
    return telling.codebook.is_part_of(part, whole, telling.first_day)
