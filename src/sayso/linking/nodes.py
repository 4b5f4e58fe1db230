"""What is compared, before and after a change: mentions, those that are the same passage as one."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sayso.incidents.candidates import Keys, lineage_key
from sayso.incidents.facts import Facts
from sayso.incidents.judged import Judged, separated
from sayso.incidents.traits import TRAITS, Traits
from sayso.ledger import ComparedMention
from sayso.records import from_json


@dataclass(frozen=True)
class Nodes:
    """Mentions as they are compared, and the lineages of their reports.

    mentions    by id; of those that are the same passage, the first stands for all.
    lineage_of  report_id -> lineage_id.
    """

    mentions: Mapping[str, ComparedMention]
    lineage_of: Mapping[str, str]

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The first of a passage -> all that are the same, the earliest first."""
        found: dict[str, list[ComparedMention]] = {}
        for one in self.mentions.values():
            found.setdefault(one.same_as, []).append(one)
        return {
            first: tuple(one.id for one in (sorted(same, key=_age) if len(same) > 1 else same))
            for first, same in found.items()
        }

    def facts(self, first: str, line: str) -> Facts:
        """What is compared of a passage; ``line`` is what was kept of its first mention."""
        facts = from_json(Facts, line)
        reports = [self.mentions[mention_id].report_id for mention_id in self.members[first]]
        return replace(
            facts,
            mention_ids=self.members[first] if facts.mention_ids else (),
            report_ids=frozenset(reports),
            lineage_id=self.lineage_of[reports[0]],
        )

    def keys(self, firsts: Sequence[str]) -> tuple[Keys, npt.NDArray[np.int64]]:
        """The blocks of some passages, those of lineages too, and how many each has."""
        alike = self._several
        keys = [self.mentions[first].keys for first in firsts]
        for at, first in enumerate(firsts):
            lineage_id = self.lineage_of[self.mentions[first].report_id]
            if lineage_id in alike:
                keys[at] += lineage_key(lineage_id).tobytes()
        return np.frombuffer(b"".join(keys), np.uint64), np.array([len(its) // 8 for its in keys], np.int64)

    def traits(self, ids: Sequence[str]) -> tuple[Traits, npt.NDArray[np.int64]]:
        """The traits of passages, and a number for the lineage of each; nothing of an id that is none."""
        found = [self.mentions.get(one) for one in ids]
        numbers: dict[str, int] = {}
        lineages = [
            -1 if one is None else numbers.setdefault(self.lineage_of[one.report_id], len(numbers))
            for one in found
        ]
        blank = bytes(TRAITS.itemsize)
        lines = b"".join(blank if one is None else one.traits for one in found)
        return np.frombuffer(lines, TRAITS), np.array(lineages, np.int64)

    @cached_property
    def _several(self) -> set[str]:
        """The lineages of several reports."""
        counts = Counter(self.lineage_of.values())
        return {lineage_id for lineage_id, count in counts.items() if count > 1}


def joined(
    mentions: Iterable[ComparedMention],
    lineage_of: Mapping[str, str],
    touched: Collection[str],
    judged: Judged,
) -> dict[str, ComparedMention]:
    """The mentions by id, those in the touched lineages put together by passage anew."""
    found: dict[str, ComparedMention] = {}
    alike: dict[tuple[str, str], list[ComparedMention]] = {}
    for one in mentions:
        lineage_id = lineage_of[one.report_id]
        if lineage_id in touched:
            alike.setdefault((lineage_id, one.passage or one.id), []).append(one)
        else:
            found[one.id] = one
    for same in alike.values():
        by_id = {one.id: one for one in sorted(same, key=_age)}
        for ids in separated([*by_id], judged):
            found.update((one, replace(by_id[one], same_as=ids[0])) for one in ids)
    return found


def _age(mention: ComparedMention) -> tuple[bool, str, str]:
    """The earliest first, unknown dates last."""
    return (mention.published is None, mention.published or "", mention.id)
