"""Measures the language room and prints the tables that stand in docs/measurements.md.

    python -m train.scores parser --treebanks FOLDER     trees on gold words, and from raw text
    python -m train.scores sentences --treebanks FOLDER  sentences and words, beside other splitters
    python -m train.scores speed --treebanks FOLDER      words per second, start, memory

FOLDER holds the treebanks as NAME.conllu.gz. Of these the English Web Treebank's train and dev parts alone
were looked at when rules and network were made.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sayso.codebook import load
from sayso.language import Parse, Sentence, parse, parser, split, tokens
from train.raw import Span, f1, text_of
from train.treebank import Tree, read_trees

TEST = ("ewt.test", "gumnews.all", "pud")
ABBREVIATIONS = frozenset(load().lexicon.abbreviations)


def main() -> None:
    """Measure one thing and print it."""
    command = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    command.add_argument("what", choices=sorted(MEASURES))
    command.add_argument("--treebanks", type=Path, required=True)
    arguments = command.parse_args()
    for line in MEASURES[arguments.what](arguments.treebanks):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def of_parser(folder: Path) -> Iterator[str]:
    """Shares of words right on gold words; from raw text, F1 of arcs between words where they stand."""
    yield "| treebank | UAS | LAS | LAS without subtypes | UPOS | raw: LAS |"
    yield "|---|---|---|---|---|---|"
    for name in TEST:
        trees = list(read_trees(folder / f"{name}.conllu.gz"))
        right = " | ".join(f"{100 * share:.1f}" for share in on_gold(trees))
        yield f"| {name} | {right} | {100 * from_raw(trees):.1f} |"
        if name == "ewt.test":
            capitals = " | ".join(f"{100 * share:.1f}" for share in on_gold(trees, str.upper))
            yield f"| {name}, in capitals | {capitals} | |"


def on_gold(trees: Sequence[Tree], changed: Callable[[str], str] = str) -> list[float]:
    """UAS, LAS, LAS without subtypes of relations, UPOS."""
    right, words = [0, 0, 0, 0], 0
    for tree in trees:
        text, _, (spans,) = text_of([_spread(tree, changed)])
        for token, head, relation, tag in zip(
            parser.tree(text, spans), tree.heads, tree.relations, tree.tags, strict=True
        ):
            same = token.head + 1 == head
            words += 1
            right[0] += same
            right[1] += same and token.deprel == relation
            right[2] += same and token.deprel.split(":")[0] == relation.split(":")[0]
            right[3] += token.upos == tag
    return [number / words for number in right]


def _spread(tree: Tree, changed: Callable[[str], str]) -> Tree:
    """The tree with every word changed and blanks between all words, so that none can run together."""
    words = [changed(word) for word in tree.words]
    return Tree(words, tree.tags, tree.heads, tree.relations, [True] * len(words))


def from_raw(trees: Sequence[Tree]) -> float:
    """F1 of words with the right head and relation, sentences and words being our own."""
    text, _, words = text_of(trees)
    gold = {
        (spans[place], spans[head - 1] if head else None, relation)
        for tree, spans in zip(trees, words, strict=True)
        for place, (head, relation) in enumerate(zip(tree.heads, tree.relations, strict=True))
    }
    found = {
        (token.span, one.tokens[token.head].span if token.head >= 0 else None, token.deprel)
        for one in parses_of(text)
        for token in one.tokens
    }
    return 2 * len(gold & found) / (len(gold) + len(found))


def parses_of(text: str) -> tuple[Parse, ...]:
    """All sentences of a text, parsed."""
    return parse(text, split(text, [(0, len(text))], ABBREVIATIONS), ABBREVIATIONS)


def of_sentences(folder: Path) -> Iterator[str]:
    """F1 of sentences by each splitter, and of words in gold sentences."""
    splitters = {"ours": _ours, **_others()}
    yield f"| treebank | {' | '.join(splitters)} | words |"
    yield f"|---|{'---|' * len(splitters)}---|"
    for name in ("ewt.dev", *TEST):
        text, gold, words = text_of(read_trees(folder / f"{name}.conllu.gz"))
        shares = [f"{100 * f1(_trimmed(text, cut(text)), gold):.1f}" for cut in splitters.values()]
        cut_words = [span for sentence in gold for span in tokens(text, sentence, ABBREVIATIONS)]
        all_words = [span for spans in words for span in spans]
        yield f"| {name} | {' | '.join(shares)} | {100 * f1(cut_words, all_words):.1f} |"


def _ours(text: str) -> list[Span]:
    return [sentence.span for sentence in split(text, [(0, len(text))], ABBREVIATIONS)]


def _others() -> dict[str, Callable[[str], list[Span]]]:
    """Libraries for comparison, where they are installed, each given one paragraph at a time."""
    found: dict[str, Callable[[str], list[Span]]] = {}
    try:
        import pysbd  # type: ignore[import-not-found]  # noqa: PLC0415

        segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
        found["pysbd"] = lambda text: [
            (at + one.start, at + one.end)
            for at, part in _paragraphs(text)
            for one in segmenter.segment(part)
        ]
    except ImportError:
        pass
    try:
        from syntok import segmenter as syntok  # type: ignore[import-not-found]  # noqa: PLC0415

        found["syntok"] = lambda text: [
            (at + one[0].offset, at + one[-1].offset + len(one[-1].value))
            for at, part in _paragraphs(text)
            for paragraph in syntok.analyze(part)
            for one in paragraph
        ]
    except ImportError:
        pass
    return found


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for part in text.split("\n\n"):
        yield at, part
        at += len(part) + 2


def _trimmed(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans without blanks at their ends: not all splitters leave them out."""
    found = []
    for start, end in spans:
        words = text[start:end]
        found.append((start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
    return found


def of_speed(folder: Path) -> Iterator[str]:
    """Words per second on one core, processor time; a cold start; memory."""
    text, gold, words = text_of(read_trees(folder / "gumnews.all.conllu.gz"))
    sentences = [Sentence(start, end, 0) for start, end in gold]
    count = sum(map(len, words))
    parses_of("It starts.")
    cutting = min(_seconds(lambda: [tokens(text, one, ABBREVIATIONS) for one in gold]) for _ in range(3))
    splitting = min(_seconds(lambda: split(text, [(0, len(text))], ABBREVIATIONS)) for _ in range(3))
    parsing = min(_seconds(lambda: parse(text, sentences, ABBREVIATIONS)) for _ in range(2)) - cutting
    yield f"    {count / cutting:,.0f} words a second cut into words, {count / splitting:,.0f} into sentences"
    yield f"    {count / parsing:,.0f} words a second parsed"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield f"    {most} MB at most, with the data of this script"
    report = "import sayso; sayso.code('Gunmen killed two men in Kabul on Monday.', published='2020-01-01')"
    first = "from train.scores import parses_of; parses_of('Gunmen killed two men.')"
    for name, program in (("a report coded", report), ("a sentence parsed", first)):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - our own words
        yield f"    {time.perf_counter() - started:.2f} s from a cold start to {name}"


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


MEASURES = {"parser": of_parser, "sentences": of_sentences, "speed": of_speed}

if __name__ == "__main__":
    main()
