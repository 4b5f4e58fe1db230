"""Makes the model that is shipped of trained weights: eight-bit integers, in the ONNX format.

    python -m train.export weights.pt

The graph is written by hand, with the operators that onnxruntime has for such networks, and reads one
sentence at a time. Weights have seven bits and a sign: with eight, processors without VNNI overflow when they
add up products of 16 bits, and the same sentence would be parsed otherwise there.
"""

import argparse
import itertools
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from sayso.language.wordpiece import WordPiece
from train.network import Network
from train.parser import Example, batches, encoder_folder, example_of, tensors
from train.treebank import read_trees

MICROSOFT = "com.microsoft"
HEADS, EPSILON, TINY = 12, 1e-12, 1e-5
NORMED = ("qkv", "up", "mlp", "tag")
"""The layers that read what has been normalised: smoothed, they give back two thirds of what eight bits cost
(LAS on the development part: 88.6 whole, 88.2 plain, 88.5 smoothed; smoothing the others too gains
nothing)."""
EVERY = 40
"""One sentence in so many is looked at for how wide inputs are."""
Array = NDArray[Any]


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--treebanks", type=Path, required=True, help="the folder that training had")
    parser.add_argument("--float", action="store_true", help="keep 32 bits, to see what eight cost")
    parser.add_argument("--out", type=Path, default=Path(str(files("sayso.language").joinpath("model"))))
    arguments = parser.parse_args()
    stored = torch.load(arguments.weights, map_location="cpu", weights_only=True)
    names = {"tags": stored["tags"], "relations": stored["relations"]}
    vocabulary = (encoder_folder() / "vocab.txt").read_text(encoding="utf-8")
    network = Network(vocabulary.count("\n"), len(names["tags"]), len(names["relations"]), stored["layers"])
    network.load_state_dict(stored["weights"])
    trees = itertools.islice(read_trees(arguments.treebanks / "ewt.train.conllu.gz"), 0, None, EVERY)
    pieces = WordPiece(vocabulary.split("\n")[:-1])
    widest = widest_inputs(network, [example_of(tree, pieces, **names) for tree in trees])
    weights = {name: tensor.numpy() for name, tensor in stored["weights"].items()}
    graph = Graph(weights, widest, whole=arguments.float)
    arguments.out.mkdir(exist_ok=True, parents=True)
    onnx.save(graph.model(stored["layers"]), arguments.out / "parser.onnx")
    (arguments.out / "vocabulary.txt").write_text(vocabulary, encoding="utf-8", newline="\n")
    (arguments.out / "names.json").write_text(
        json.dumps(names, indent=1) + "\n", encoding="utf-8", newline="\n"
    )


@torch.no_grad()
def widest_inputs(network: Network, examples: list[Example]) -> dict[str, Array]:
    """The largest value, whatever its sign, that each input of each linear layer takes on some sentences."""
    widest: dict[str, torch.Tensor] = {}

    def watch(name: str) -> Any:
        def see(_: Any, inputs: tuple[torch.Tensor, ...], __: Any) -> None:
            most = inputs[0].flatten(0, -2).abs().amax(0)
            widest[name] = torch.maximum(widest.get(name, most), most)

        return see

    for name, module in network.eval().named_modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_hook(watch(name))
    for batch in batches(examples, None):
        network(tensors(batch, torch.device("cpu"))["ids"])
    return {name: tensor.numpy() for name, tensor in widest.items()}


class Graph:
    """A graph under construction: its nodes, and its weights by name."""

    def __init__(self, weights: dict[str, Array], widest: dict[str, Array], *, whole: bool) -> None:
        self._weights = weights
        self._widest = widest
        self._whole = whole
        self._nodes: list[onnx.NodeProto] = []
        self._stored: dict[str, onnx.TensorProto] = {}

    def model(self, layers: int) -> onnx.ModelProto:
        """The whole: pieces of a sentence in, what trees are made of out."""
        x = self._embedded()
        for number in range(layers):
            x = self._layer(x, f"layers.{number}.")
        outputs = self._heads(x)
        graph = helper.make_graph(
            self._nodes,
            "parser",
            [helper.make_tensor_value_info("pieces", TensorProto.INT64, [1, "length"])],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            list(self._stored.values()),
        )
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)]
        made = helper.make_model(graph, opset_imports=opsets, producer_name="sayso")
        made.ir_version = 9
        return made

    def _constant(self, name: str, value: Array) -> str:
        self._stored[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def _node(self, kind: str, inputs: list[str], output: str, *, domain: str = "", **given: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **given))
        return output

    def _embedded(self) -> str:
        """Embeddings of pieces, kept in eight bits with a scale for each piece, and of positions."""
        rows = self._weights["words.weight"]
        if self._whole:
            words = self._node("Gather", [self._constant("words", rows), "pieces"], "word")
        else:
            scale = np.abs(rows).max(1, keepdims=True) / 127 + 1e-12
            small = np.round(rows / scale).astype(np.int8)
            self._node("Gather", [self._constant("words", small), "pieces"], "word_small")
            self._node("Gather", [self._constant("scales", scale.astype(np.float32)), "pieces"], "word_scale")
            self._node("Cast", ["word_small"], "word_cast", to=TensorProto.FLOAT)
            words = self._node("Mul", ["word_cast", "word_scale"], "word")
        positions = self._constant("positions", self._weights["positions.weight"].astype(np.float16))
        self._node("Shape", ["pieces"], "length", start=1, end=2)
        zero, first = (
            self._constant("zero", np.zeros(1, np.int64)),
            self._constant("axis", np.zeros(1, np.int64)),
        )
        self._node("Slice", [positions, zero, "length", first], "position_half")
        self._node("Cast", ["position_half"], "position", to=TensorProto.FLOAT)
        return self._normed(self._node("Add", [words, "position"], "embedded"), "norm")

    def _normed(self, x: str, name: str, skip: str | None = None) -> str:
        """Normalised, with another input added before if there is one."""
        scale, shift = (
            self._constant(f"{name}.{kind}", self._weights[f"{name}.{kind}"]) for kind in ("weight", "bias")
        )
        if skip is None:
            return self._node(
                "LayerNormalization", [x, scale, shift], f"{name}.out", axis=-1, epsilon=EPSILON
            )
        inputs = [skip, x, scale, shift]
        return self._node("SkipLayerNormalization", inputs, f"{name}.out", domain=MICROSOFT, epsilon=EPSILON)

    def _linear(self, x: str, name: str) -> str:
        """The input x times the weights plus the bias."""
        weight = self._weights[f"{name}.weight"].T
        bias = self._constant(f"{name}.bias", self._weights[f"{name}.bias"])
        if self._whole:
            self._node("MatMul", [x, self._constant(f"{name}.weight", weight)], f"{name}.product")
            return self._node("Add", [f"{name}.product", bias], f"{name}.out")
        scale = np.abs(weight).max(0) / 63
        small = np.round(weight / scale).astype(np.int8)
        inputs = [
            x,
            self._constant(f"{name}.weight", small),
            self._constant(f"{name}.scale", scale),
            "",
            bias,
        ]
        return self._node("DynamicQuantizeMatMul", inputs, f"{name}.out", domain=MICROSOFT)

    def _layer(self, x: str, name: str) -> str:
        qkv = self._linear(x, name + "qkv")
        parts = [f"{name}{part}" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [qkv], parts, axis=-1, num_outputs=3))
        seen = self._node("MultiHeadAttention", parts, name + "seen", domain=MICROSOFT, num_heads=HEADS)
        x = self._normed(self._linear(seen, name + "out"), name + "norm1", skip=x)
        inner = self._node("Gelu", [self._linear(x, name + "up")], name + "inner", domain=MICROSOFT)
        return self._normed(self._linear(inner, name + "down"), name + "norm2", skip=x)

    def _heads(self, x: str) -> list[str]:
        """Arcs [1, length, length], relations' halves [1, length, width] twice, tags [1, length, tags]."""
        w = self._weights
        self._node("Gelu", [self._linear(x, "mlp")], "sides", domain=MICROSOFT)
        arc, label = w["arc"].shape[0], w["pair.weight"].shape[1]
        sizes = self._constant("sizes", np.array([arc, arc, label, label], np.int64))
        sides = ["arc_dependent", "arc_head", "dependent", "head"]
        self._nodes.append(helper.make_node("Split", ["sides", sizes], sides, axis=-1))
        # The scale of the scores is put into the weights; the bias of heads becomes one more column.
        self._node(
            "MatMul",
            ["arc_dependent", self._constant("arc", w["arc"] / np.sqrt(arc).astype(np.float32))],
            "turned",
        )
        self._node("Transpose", ["arc_head"], "arc_head_turned", perm=[0, 2, 1])
        self._node("MatMul", ["turned", "arc_head_turned"], "pairs")
        self._node("MatMul", ["arc_head", self._constant("arc_bias", w["arc_head.weight"].T)], "alone")
        self._node("Transpose", ["alone"], "alone_turned", perm=[0, 2, 1])
        self._node("Add", ["pairs", "alone_turned"], "arcs")
        # What a relation gets from each side alone and from both together is left to be added up for real
        # arcs.
        self._node(
            "MatMul", ["dependent", self._constant("pair", w["dep_alone.weight"].T)], "dependent_alone_"
        )
        self._node(
            "Add", ["dependent_alone_", self._constant("pair_bias", w["pair.bias"])], "dependent_alone"
        )
        self._node("MatMul", ["head", self._constant("head_weight", w["head_alone.weight"].T)], "head_alone")
        self._constant("relation_pairs", w["pair.weight"].T)
        self._node("Identity", ["relation_pairs"], "relation_weights")
        self._linear(x, "tag")
        return ["arcs", "dependent", "head", "dependent_alone", "head_alone", "relation_weights", "tag.out"]


if __name__ == "__main__":
    main()
