"""The network that parses: a small transformer in eight-bit integers, trained on the English Web Treebank.

Its card is in ``model/README.md``; ``train/`` makes it. It reads one sentence at a time, so that nothing that
stands beside a sentence can change its parse, and one thread works on it: several processes read several
reports.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.language.parser import ROOT, Token
from sayso.language.trees import heads_of
from sayso.language.wordpiece import WordPiece
from sayso.model import Span

MOST_PIECES = 400
"""How many pieces are read together; the encoder has places for 512. Longer sentences are parsed in parts."""


@cache
def network() -> "Network":
    """The model, loaded once in a process."""
    return Network()


@cache
def shipped_pieces() -> WordPiece:
    """The pieces of words that come with sayso."""
    text = files("sayso.language").joinpath("model/vocabulary.txt").read_text("utf-8")
    return WordPiece(text.split("\n")[:-1])


def session(folder: Traversable, name: str) -> Any:
    """A network in the ONNX format, ready to run on one thread."""
    import onnxruntime  # noqa: PLC0415 - a tenth of a second that commands which parse nothing do not pay

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    with as_file(folder.joinpath(name)) as path:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


class Network:
    """The network that comes with sayso, and what its numbers stand for."""

    def __init__(self) -> None:
        folder = files("sayso.language").joinpath("model")
        self._session: Any = session(folder, "parser.onnx")
        self._pieces = shipped_pieces()
        names = json.loads(folder.joinpath("names.json").read_text("utf-8"))
        self._tags: list[str] = names["tags"]
        self._relations: list[str] = names["relations"]
        self._root = self._relations.index("root")

    def parsed(self, text: str, spans: Sequence[Span]) -> Iterator[Token]:
        """The tokens of one sentence whose words stand at the given spans."""
        first_root, done = ROOT, 0
        for part in self._parts([self._pieces.pieces(text[start:end]) for start, end in spans]):
            tags, heads, relations = self._tree(part)
            for number, (tag, head, relation) in enumerate(zip(tags, heads, relations, strict=True)):
                place, name = done + number, self._relations[relation]
                if head == ROOT and first_root == ROOT:
                    first_root, parent = place, ROOT
                elif head == ROOT:  # of a later part
                    parent, name = first_root, "parataxis"
                else:
                    parent = done + head
                yield Token(*spans[place], self._tags[tag], parent, name)
            done += len(part)

    @staticmethod
    def _parts(words: list[tuple[int, ...]]) -> Iterator[list[tuple[int, ...]]]:
        part: list[tuple[int, ...]] = []
        length = 0
        for word in words:
            if length + len(word) > MOST_PIECES:
                yield part
                part, length = [], 0
            part.append(word)
            length += len(word)
        if part:
            yield part

    def _tree(self, words: list[tuple[int, ...]]) -> tuple[list[int], list[int], list[int]]:
        """The tag, head and relation of each word, by number; the head of the root is -1."""
        firsts = np.cumsum([1, *(len(word) for word in words[:-1])])
        pieces = [self._pieces.begin, *(piece for word in words for piece in word), self._pieces.end]
        given = {"pieces": np.array([pieces], np.int64)}
        arcs, dependent, head, dependent_alone, head_alone, weights, tags = self._session.run(None, given)
        heads = heads_of(arcs[0][np.ix_(firsts, np.append(0, firsts))])
        parents = np.array([firsts[at] if at != ROOT else 0 for at in heads])
        together: NDArray[np.float32] = (dependent[0, firsts] * head[0, parents]) @ weights
        scores = together + dependent_alone[0, firsts] + head_alone[0, parents]
        is_root = np.array(heads) == ROOT
        scores[~is_root, self._root] = -np.inf
        relations = scores.argmax(1)
        relations[is_root] = self._root
        return list(tags[0, firsts].argmax(1)), heads, list(relations)
