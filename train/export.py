"""Makes the models that are shipped of trained weights: eight-bit integers, in the ONNX format.

    python -m train.export parser weights.pt
    python -m train.export listener weights.pt
    python -m train.export listener weights.pt others.pt src/sayso/coding/model/listener.onnx

Of several weights of the listener the mean is shipped, with the names of the first, which is no .onnx.

The graphs are written by hand, with the operators that onnxruntime has for such networks, and read one
sentence at a time. Weights have seven bits and a sign: with eight, processors without VNNI overflow when they
add up products of 16 bits, and the same sentence would be parsed otherwise there.
"""

import argparse
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from train.parser import encoder_folder

MICROSOFT = "com.microsoft"
HEADS, EPSILON = 12, 1e-12
Array = NDArray[Any]


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("which", choices=("parser", "listener"))
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--float", action="store_true", help="keep 32 bits, to see what eight cost")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    stored = torch.load(arguments.weights[0], map_location="cpu", weights_only=True)
    weights = mean([_weights_in(path) for path in arguments.weights])
    if arguments.which == "parser":
        room, graph = "language", ParserGraph(weights, whole=arguments.float)
    else:
        room, graph = "coding", ListenerGraph(weights, whole=arguments.float)
    out = arguments.out or Path(str(files(f"sayso.{room}").joinpath("model")))
    out.mkdir(exist_ok=True, parents=True)
    onnx.save(graph.model(stored["layers"]), out / f"{arguments.which}.onnx")
    names = {key: value for key, value in stored.items() if key not in ("weights", "layers")}
    (out / "names.json").write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8", newline="\n")
    if arguments.which == "parser":
        vocabulary = (encoder_folder() / "vocab.txt").read_text(encoding="utf-8")
        (out / "vocabulary.txt").write_text(vocabulary, encoding="utf-8", newline="\n")


def mean(several: Sequence[dict[str, torch.Tensor]]) -> dict[str, Array]:
    """The mean of the weights of networks that went on from one beginning.

    It finds more than any of them (Wortsman and others 2022, https://arxiv.org/abs/2203.05482).
    """
    return {name: torch.stack([one[name].float() for one in several]).mean(0).numpy() for name in several[0]}


def _weights_in(path: Path) -> dict[str, torch.Tensor]:
    """Those that training stored, or of a listener as it is shipped."""
    if path.suffix == ".onnx":
        return weights_of(path)
    weights: dict[str, torch.Tensor] = torch.load(path, map_location="cpu", weights_only=True)["weights"]
    return weights


def weights_of(model: Path) -> dict[str, torch.Tensor]:
    """The weights of a shipped listener, as far as eight bits kept them, by their names in the network."""
    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(model).graph.initializer}
    weights = {"words.weight": stored["words"] * stored["scales"], "positions.weight": stored["positions"]}
    for name, value in stored.items():
        if f"{name.removesuffix('.weight')}.scale" in stored:
            weights[name] = (value * stored[f"{name.removesuffix('.weight')}.scale"]).T
        elif name.startswith(TURNED):
            weights[name] = value.T if name.endswith(".weight") else value
        elif name.endswith(".bias") or "norm" in name:
            weights[name] = value
    weights["kind.weight"] = stored["kind"] / np.float32(2 / np.sqrt(stored["kind"].shape[1]))
    return {name: torch.tensor(np.ascontiguousarray(value)).float() for name, value in weights.items()}


TURNED = ("stance.", "hedge.", "act.", "types.", "alone.")
"""The heads of the listener that are stored as the graph multiplies with them."""


class Graph:
    """A graph under construction: its nodes, and its weights by name."""

    def __init__(self, weights: dict[str, Array], *, whole: bool) -> None:
        self._weights = weights
        self._whole = whole
        self._nodes: list[onnx.NodeProto] = []
        self._stored: dict[str, onnx.TensorProto] = {}

    def model(self, layers: int) -> onnx.ModelProto:
        """The whole: pieces in, what the heads give out."""
        x = self._embedded()
        for number in range(layers):
            x = self._layer(x, f"layers.{number}.")
        outputs = self._heads(x)
        graph = helper.make_graph(
            self._nodes,
            "sayso",
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

    def _times(self, x: str, name: str, weight: Array, bias: Array | None = None) -> str:
        """The input x times whole weights [width, outputs], plus a bias if there is one."""
        product = self._node("MatMul", [x, self._constant(f"{name}.weight", weight)], f"{name}.product")
        if bias is None:
            return product
        return self._node("Add", [product, self._constant(f"{name}.bias", bias)], f"{name}.out")

    def _split(self, x: str, sizes: list[int], names: list[str]) -> None:
        given = self._constant("sizes", np.array(sizes, np.int64))
        self._nodes.append(helper.make_node("Split", [x, given], names, axis=-1))

    def _heads(self, x: str) -> list[str]:
        """Adds what is made of the encoder's output, and gives the names of what comes out."""
        raise NotImplementedError


class ParserGraph(Graph):
    """The parser's graph."""

    def _heads(self, x: str) -> list[str]:
        """Arcs [1, length, length], relations' halves [1, length, width] twice, tags [1, length, tags]."""
        w = self._weights
        self._node("Gelu", [self._linear(x, "mlp")], "sides", domain=MICROSOFT)
        arc, label = w["arc"].shape[0], w["pair.weight"].shape[1]
        self._split("sides", [arc, arc, label, label], ["arc_dependent", "arc_head", "dependent", "head"])
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


class ListenerGraph(Graph):
    """The listener's graph."""

    def _heads(self, x: str) -> list[str]:
        """Of each piece [1, length, ...]: scores of stances, of a hedge, of being an act and of its types.

        And what speakers are scored with: the actor's and the speaker's side, the speaker's own scores by
        stance, and the stances [stances, width].
        """
        w = self._weights
        self._node("Gelu", [self._linear(x, "mlp")], "sides", domain=MICROSOFT)
        actor, act = w["stance.weight"].shape[1], w["act.weight"].shape[1]
        width = w["kind.weight"].shape[1]
        self._split("sides", [actor, width, width, act], ["actor", "asked", "speaker", "telling"])
        outputs = [
            self._times(side, name, w[f"{name}.weight"].T, w[f"{name}.bias"])
            for side, name in (
                ("actor", "stance"), ("actor", "hedge"), ("telling", "act"), ("telling", "types"),
                ("speaker", "alone"),
            )
        ]  # fmt: skip
        scaled = w["kind.weight"] * np.float32(2 / np.sqrt(width))
        self._node("Identity", [self._constant("kind", scaled)], "kinds")
        return [*outputs, "asked", "speaker", "kinds"]


if __name__ == "__main__":
    main()
