"""What people judged outlives better rules: other words, wider quotes, a new report, and all coded again."""

import csv
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from sayso import pipeline
from sayso.codebook import Codebook, load
from sayso.codebook.schema import Actor
from sayso.coding import code, coder_named
from sayso.coding.coder import Coder
from sayso.coding.reading import Reading, within
from sayso.ledger import Ledger, open_ledger
from sayso.model import CodedReport, Draft, Drafts, Judgement, Span, judgement_id_of
from tests.command import reports_under

JUDGED, MUST_SURVIVE = 200, 192

CUES = """
- {name: shots heard, nouns: [gunfire, small arms fire], sub_event_type: Armed clash}
- {name: bump off, verbs: [bump off], sub_event_type: Attack}
- {name: put to the torch, verbs: [torch, set ablaze], sub_event_type: Looting/property destruction}
- {name: shoot at, verbs: [open fire, shoot at], sub_event_type: Attack}
"""
LEXICON = """
hedges: [so they say, by some accounts]
group_nouns: [the outfit]
"""

NEW_REPORT = """\
Ten Rockets On Charikar, Says Engineer

Kohistan Telegraph
2 March 2019

Ten rockets hit Charikar on Thursday, killing six people, an army engineer said.
By some accounts the Taliban fired them.
The Taliban denied responsibility for the rockets. Gunfire was heard in Charikar on Friday, residents said.
"""


@dataclass(frozen=True)
class Seen:
    """An item as a person saw it: what it is, its id, its words and where they stood."""

    kind: str
    item_id: str
    words: str
    span: Span


def items(coded: Sequence[CodedReport]) -> dict[str, Seen]:
    """All statements and mentions by their id."""
    seen: dict[str, Seen] = {}
    for one in coded:
        for mention in one.mentions:
            cue = mention.cues[0]
            seen[mention.mention_id] = Seen("mention", mention.mention_id, cue.text, (cue.start, cue.end))
        for statement in one.statements:
            span = statement.spans.value or (statement.quote.start, statement.quote.end)
            words = one.report.text[slice(*span)]
            seen[statement.statement_id] = Seen("statement", statement.statement_id, words, span)
    return seen


def judge(ledger: Ledger, number: int) -> dict[str, Seen]:
    """A person judges some items, chosen by lot; gives what was judged by its id."""
    seen = items(list(ledger.coded_reports()))
    chosen = random.Random(50).sample(sorted(seen), number)  # noqa: S311
    for place, item_id in enumerate(chosen):
        item = seen[item_id]
        verdict = ("confirm", "reject", "unsure", "comment")[place % 4]
        judgement_id = judgement_id_of(item_id, verdict, "Hamra", "2026-01-02")
        ledger.judge(
            Judgement(judgement_id, item.kind, item_id, verdict, item.words, "Hamra", "2026-01-02")  # type: ignore[arg-type]
        )
    return {item_id: seen[item_id] for item_id in chosen}


class WideCoder:
    """A better version of a coder: the same proposals in quotes of two sentences, the most there may be."""

    def __init__(self, coder: Coder) -> None:
        self.name = coder.name
        self.version = f"{coder.version}+wide"
        self._coder = coder

    def propose(self, reading: Reading, codebook: Codebook) -> Drafts:
        drafts = self._coder.propose(reading, codebook)
        return replace(drafts, drafts=tuple(self._widened(reading, draft) for draft in drafts.drafts))

    @staticmethod
    def _widened(reading: Reading, draft: Draft) -> Draft:
        start, end = draft.quote
        here = within(reading.sentences, start, end)
        following = [one for one in reading.sentences if one.start >= end][:1]
        if len(here) > 1 or not following:
            return draft
        return replace(draft, quote=(min(start, here[0].start), following[0].end))


def better_codebook(folder: Path, default: Codebook, coded: Sequence[CodedReport]) -> Codebook:
    """An overlay with new cues, words, and an alias more for every actor that the reports name."""
    (folder / "codebook.yaml").write_text('name: better\nversion: "2"\nlanguage: en\nextends: default\n')
    (folder / "cues.yaml").write_text(CUES)
    (folder / "lexicon.yaml").write_text(LEXICON)
    named = {
        actor_id
        for one in coded
        for statement in one.statements
        for actor_id in (statement.speaker_id, getattr(statement.value, "actor_id", None))
    }
    rows = [row for row in default.actors if row.actor_id in named]
    assert len(rows) > 5
    with (folder / "actors.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, list(Actor.model_fields))
        table.writeheader()
        for row in rows:
            aliases = (*row.aliases, f"{row.name} Front", f"Friends of {row.name}")
            table.writerow({**row.model_dump(), "aliases": "|".join(aliases)})
    return load(str(folder))


@pytest.fixture
def judged(examples_ledger: Path, tmp_path: Path) -> tuple[Path, dict[str, Seen]]:
    path = Path(shutil.copy(examples_ledger, tmp_path / "ledger.db"))
    with open_ledger(path) as ledger:
        seen = judge(ledger, JUDGED)
        assert len(ledger.attached()) == JUDGED
    return path, seen


def test_judgements_survive_a_better_codebook_wider_quotes_and_a_new_report(
    judged: tuple[Path, dict[str, Seen]], examples: Path, codebook: Codebook, tmp_path: Path
) -> None:
    path, seen = judged
    (tmp_path / "own").mkdir()
    (tmp_path / "new.txt").write_text(NEW_REPORT)
    with open_ledger(path) as ledger:
        before = list(ledger.coded_reports())
        better = better_codebook(tmp_path / "own", codebook, before)
        coder = WideCoder(coder_named("rules"))
        for report in reports_under(tmp_path / "new.txt", examples, codebook=better):
            assert ledger.add(code(report, better, coder))
        pipeline.link(ledger, better)
        after = list(ledger.coded_reports())
        attached = ledger.attached()
        again = ledger.asked_again()
    assert {one.target_id for one in (*attached, *again)} == set(seen)
    assert len(attached) + len(again) == JUDGED
    assert len(attached) >= MUST_SURVIVE
    now = items(after)
    for judgement in attached:
        assert now[judgement.target_id] == seen[judgement.target_id]
        assert judgement.words == seen[judgement.target_id].words
    # And something did change, or the test shows nothing.
    assert len(after) == len(before) + 1
    assert quoted(after) > 1.3 * quoted(before)
    assert {one.coding.codebook_sha256 for one in after} == {better.sha256} != {codebook.sha256}


def quoted(coded: Sequence[CodedReport]) -> float:
    """The mean length of a quote, in characters."""
    lengths = [len(statement.quote.text) for one in coded for statement in one.statements]
    return sum(lengths) / len(lengths)


def test_a_judgement_on_words_that_are_gone_is_kept_and_not_applied(
    judged: tuple[Path, dict[str, Seen]], examples: Path, tmp_path: Path
) -> None:
    path, _ = judged
    # A codebook that knows no cue: nothing that was judged is there any more.
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "codebook.yaml").write_text('name: bare\nversion: "1"\nlanguage: en\n')
    bare = load(str(tmp_path / "own"))
    with open_ledger(path) as ledger:
        for report in reports_under(examples, codebook=bare):
            ledger.add(code(report, bare))
        assert ledger.attached() == []
        assert len(ledger.asked_again()) == JUDGED
        assert len(ledger.judgements()) == JUDGED
        for report in reports_under(examples, codebook=load()):  # back to the codebook of before
            ledger.activate(report.report_id, code(report, load()).coding)
        assert len(ledger.attached()) == JUDGED
