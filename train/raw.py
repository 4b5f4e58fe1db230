"""The text that a treebank's sentences stood in, put together again, and how well it is cut.

Sentences of a paragraph are joined by a blank, paragraphs by an empty line, as nothing tells what stood
there.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from train.treebank import Tree, read_trees

Span = tuple[int, int]


def text_of(trees: Iterable[Tree]) -> tuple[str, list[Span], list[list[Span]]]:
    """The text, where its sentences stand in it, and where their words do."""
    parts: list[str] = []
    sentences: list[Span] = []
    words: list[list[Span]] = []
    at = 0
    for tree in trees:
        if parts:
            blank = "\n\n" if tree.starts else " "
            parts.append(blank)
            at += len(blank)
        start, spans = at, []
        for number, (word, space) in enumerate(zip(tree.words, tree.spaces, strict=True)):
            spans.append((at, at + len(word)))
            last = number == len(tree.words) - 1
            parts.append(word + (" " if space and not last else ""))
            at += len(parts[-1])
        sentences.append((start, at))
        words.append(spans)
    return "".join(parts), sentences, words


def f1(found: Sequence[Span], gold: Sequence[Span]) -> float:
    """F1 of spans that are the same at both ends."""
    right = len(set(found) & set(gold))
    return 2 * right / (len(found) + len(gold)) if found or gold else 1.0


def treebank(folder: Path, name: str) -> list[Tree]:
    """All trees of one file of the folder."""
    return list(read_trees(folder / f"{name}.conllu.gz"))
