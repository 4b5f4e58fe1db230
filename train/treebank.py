"""Treebanks of Universal Dependencies, in the CoNLL-U format (https://universaldependencies.org/format.html)."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Tree:
    """One sentence: words in order, each with its tag, the number of its head and the relation to it.

    heads       1 is the first word, 0 the root
    spaces      whether a blank follows each word in the text
    starts      whether the sentence begins a paragraph
    """

    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    starts: bool = False

    @property
    def text(self) -> str:
        """The sentence as printed, without blanks around it."""
        pairs = zip(self.words, self.spaces, strict=True)
        return "".join(word + (" " if space else "") for word, space in pairs).strip()


def read_trees(path: Path) -> Iterator[Tree]:
    """The sentences of a file packed with gzip.

    A word that the treebank cuts out of another ("do", "n't" of "don't") is printed as it stands in the text
    where the parts are its letters, else as the treebank has it.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        tree, whole = Tree(), (0, 0, True)
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if line.startswith(("# newpar", "# newdoc")):
                tree.starts = True
            elif len(columns) == 10:
                whole = _add(tree, columns, whole)
            elif not line.strip() and tree.words:
                yield tree
                tree, whole = Tree(), (0, 0, True)


def _add(tree: Tree, columns: list[str], whole: tuple[int, int, bool]) -> tuple[int, int, bool]:
    """One line of a sentence; ``whole`` tells which words stand together and whether a blank follows them."""
    number, form, _, tag, _, _, head, relation, _, other = columns
    space = "SpaceAfter=No" not in other
    if "-" in number:
        first, last = number.split("-")
        return (int(first), int(last), space)
    if number.isdecimal():
        tree.words.append(form)
        tree.tags.append(tag)
        tree.heads.append(int(head))
        tree.relations.append(relation)
        inside = whole[0] <= int(number) <= whole[1]
        tree.spaces.append((int(number) == whole[1] and whole[2]) if inside else space)
    return whole
