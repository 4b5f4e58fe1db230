"""The networks: an encoder of the MiniLM kind, and heads for what is learned.

Arcs are scored by a biaffine form, as Dozat and Manning 2017 have it (https://arxiv.org/abs/1611.01734);
relations by one of low rank, which needs no scores for pairs that are no arcs.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional


class Layer(nn.Module):
    """One transformer layer with the normalisation behind, as BERT has it."""

    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Takes x [batch, length, width]; mask [batch, 1, 1, length] is True where there is a piece."""
        batch, length, width = x.shape
        shape = (batch, length, 3, self.heads, width // self.heads)
        q, k, v = self.qkv(x).view(shape).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.out(seen.transpose(1, 2).reshape(batch, length, width)))
        return self.norm2(x + self.down(functional.gelu(self.up(x))))


class Encoder(nn.Module):
    """An encoder of the MiniLM kind: pieces in, what each means where it stands out."""

    def __init__(self, vocabulary: int, layers: int, width: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(512, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, 4 * width, 12) for _ in range(layers))

    def encoded(self, ids: Tensor) -> Tensor:
        """Takes ids [batch, length], 0 where there is no piece; gives [batch, length, width]."""
        mask = (ids != 0)[:, None, None, :]
        x: Tensor = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]])
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_encoder(self, stored: dict[str, Tensor]) -> None:
        """Take the weights of a BERT encoder, by the names that the library transformers gives them.

        Of more layers than there are here the first are taken.
        """
        e = "embeddings."
        self.words.weight.data.copy_(stored[e + "word_embeddings.weight"])
        self.positions.weight.data.copy_(stored[e + "position_embeddings.weight"])
        self.positions.weight.data += stored[e + "token_type_embeddings.weight"][0]
        _copy(self.norm, stored, e + "LayerNorm")
        for number, layer in enumerate(self.layers):
            at = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                parts = [stored[f"{at}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, kind).data.copy_(torch.cat(parts))
            _copy(layer.out, stored, at + "attention.output.dense")
            _copy(layer.norm1, stored, at + "attention.output.LayerNorm")
            _copy(layer.up, stored, at + "intermediate.dense")
            _copy(layer.down, stored, at + "output.dense")
            _copy(layer.norm2, stored, at + "output.LayerNorm")


class Parser(Encoder):
    """The parser's network: arcs, and what relations and tags are read from."""

    def __init__(self, vocabulary: int, tags: int, relations: int, layers: int, width: int = 384) -> None:
        super().__init__(vocabulary, layers, width)
        self.arc_width, self.label_width = 256, 128
        self.mlp = nn.Linear(width, 2 * self.arc_width + 2 * self.label_width)
        self.arc = nn.Parameter(torch.empty(self.arc_width, self.arc_width))
        self.arc_head = nn.Linear(self.arc_width, 1, bias=False)
        self.pair = nn.Linear(self.label_width, relations)
        self.dep_alone = nn.Linear(self.label_width, relations, bias=False)
        self.head_alone = nn.Linear(self.label_width, relations, bias=False)
        self.tag = nn.Linear(width, tags)
        self.drop, self.drop_sides = nn.Dropout(0.2), nn.Dropout(0.3)
        nn.init.normal_(self.arc, std=1 / self.arc_width)

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Takes ids [batch, length], 0 where there is no piece.

        Gives arcs [batch, length, length] (score of the second as head of the first; position 0 is the root),
        what relations are made of for the word as dependent and as head [batch, length, label_width], and the
        tags' scores [batch, length, tags].
        """
        x = self.drop(self.encoded(ids))
        sizes = [self.arc_width, self.arc_width, self.label_width, self.label_width]
        arc_d, arc_h, label_d, label_h = self.drop_sides(functional.gelu(self.mlp(x))).split(sizes, -1)
        arcs = (arc_d @ self.arc) @ arc_h.transpose(1, 2) / math.sqrt(self.arc_width)
        arcs = arcs + self.arc_head(arc_h).transpose(1, 2)
        return arcs, label_d, label_h, self.tag(x)

    def relation(self, dep: Tensor, head: Tensor) -> Tensor:
        """Scores of the relations [..., relations] of a dependent to its head, each [..., label_width]."""
        return self.pair(dep * head) + self.dep_alone(dep) + self.head_alone(head)


class Listener(Encoder):
    """The listener's network: who is said to have done it and by whom, and which words tell of an act.

    ``stances`` and ``types`` are how many stances and sub-event types there are.
    """

    def __init__(self, vocabulary: int, stances: int, types: int, layers: int, width: int = 384) -> None:
        super().__init__(vocabulary, layers, width)
        self.actor_width, self.speaker_width, self.act_width = 256, 128, 256
        self.mlp = nn.Linear(width, self.actor_width + 2 * self.speaker_width + self.act_width)
        self.stance = nn.Linear(self.actor_width, stances)
        self.hedge = nn.Linear(self.actor_width, 1)
        self.kind = nn.Embedding(stances, self.speaker_width)
        self.alone = nn.Linear(self.speaker_width, stances)
        self.act = nn.Linear(self.act_width, 1)
        self.types = nn.Linear(self.act_width, types)
        self.drop = nn.Dropout(0.2)
        nn.init.normal_(self.kind.weight, std=0.5)

    def forward(self, ids: Tensor) -> tuple[Tensor, ...]:
        """Takes ids [batch, length], 0 where there is no piece.

        Gives of each piece what it is as an actor [batch, length, actor_width], as an actor that somebody
        speaks of and as who speaks [batch, length, speaker_width], and as a word for an act [batch, length,
        act_width].
        """
        x = self.drop(self.encoded(ids))
        sizes = [self.actor_width, self.speaker_width, self.speaker_width, self.act_width]
        return self.drop(functional.gelu(self.mlp(x))).split(sizes, -1)

    def speakers(self, actor: Tensor, stance: Tensor, speaker: Tensor) -> Tensor:
        """Scores [n, m] of m speakers [n, m, speaker_width] for n actors [n, speaker_width], stances [n]."""
        asked = actor * self.kind(stance)
        together = torch.einsum("nk,nmk->nm", asked, speaker) * 2 / math.sqrt(self.speaker_width)
        alone = self.alone(speaker).gather(2, stance[:, None, None].expand(-1, speaker.shape[1], 1))
        return together + alone[..., 0]


def _copy(module: nn.Module, stored: dict[str, Tensor], name: str) -> None:
    module.weight.data.copy_(stored[name + ".weight"])
    module.bias.data.copy_(stored[name + ".bias"])
