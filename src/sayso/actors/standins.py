"""Words that stand for somebody told before: "the insurgent group", "it", a speaker's last name."""

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from sayso.actors.page import ActorName, Page
from sayso.codebook import Codebook
from sayso.language import Sentence


def speaking_persons(page: Page, sentence: Sentence, before: Sequence[ActorName]) -> list[ActorName]:
    """Later, shorter forms of persons who spoke for a body: "Stanekzai explained"."""
    names: list[ActorName] = []
    for speaker in {name.spoken_by: name for name in before if name.spoken_by}.values():
        last = str(speaker.spoken_by).split()[-1]
        for found in re.compile(rf"(?<!\w){re.escape(last)}(?!\w)").finditer(page.text, *sentence.span):
            first_told = speaker.antecedent or speaker.name
            start, end = found.span()
            names.append(replace(speaker, start=start, end=end, name=(start, end), antecedent=first_told))
    return names


def standins(page: Page, sentence: Sentence, before: Sequence[ActorName]) -> list[ActorName]:
    """Words that stand for an organisation told before: "the insurgent group", "it"."""
    lexicon = page.codebook.lexicon
    names: list[ActorName] = []
    for found in _wording(page.codebook).finditer(page.seen, *sentence.span):
        stands_for = _told_before(page, before, found.start())
        if found.group() in lexicon.pronouns and not (
            _is_subject(page, sentence, found.start()) and _is_near(page, sentence, stands_for)
        ):
            continue
        if stands_for:
            start, end = found.span()
            names.append(
                replace(
                    stands_for,
                    start=start,
                    end=end,
                    name=(start, end),
                    antecedent=stands_for.antecedent or stands_for.name,
                    spoken_by=None,
                    public=None,
                )
            )
    return names


@cache
def _wording(codebook: Codebook) -> re.Pattern[str]:
    lexicon = codebook.lexicon
    adjectives, nouns, pronouns = (
        "|".join(map(re.escape, words))
        for words in (lexicon.name_adjectives, lexicon.group_nouns, lexicon.pronouns)
    )
    return re.compile(rf"(?<!\w)(?:the (?:(?:{adjectives}) )*(?:{nouns})|(?:{pronouns}))(?!\w)")


def _told_before(page: Page, before: Sequence[ActorName], at: int) -> ActorName | None:
    """The organisation that a word at ``at`` stands for: the first told in the sentence nearest before it.

    The first, because a sentence goes on about the subject of the last one more often than about its object.
    """
    told = [name for name in before if name.kind == "organisation" and name.end <= at]
    if not told:
        return None
    nearest = max(told, key=lambda name: name.end)
    begins = bisect.bisect_right(page.begins, nearest.start) - 1
    return min((name for name in told if name.start >= page.begins[begins]), key=lambda name: name.start)


def _is_near(page: Page, sentence: Sentence, named: ActorName | None) -> bool:
    """Whether a name stands in a sentence or the one before: a pronoun behind others stands for these."""
    number = bisect.bisect_left(page.begins, sentence.start)
    return named is not None and named.start >= page.begins[max(0, number - 1)]


def _is_subject(page: Page, sentence: Sentence, at: int) -> bool:
    """Whether a pronoun begins a clause: as an object it stands for a thing more often than for a group."""
    before = page.seen[sentence.start : at].split()
    lexicon = page.codebook.lexicon
    return not before or before[-1][-1] in ',;:"(' or before[-1] in (*lexicon.conjunctions, *lexicon.said)
