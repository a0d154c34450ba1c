"""The reader's network: a MiniLM encoder (BERT, 6 layers, 384 wide) and small heads.

An *anchor* is the first word piece of a cue. Every other question about an attribution is asked
given its anchor: which pieces are its source, its cue, its content (`roles`). Because each anchor
is asked separately, attributions may share words and may hold one another.

Encoder: Devlin et al. 2019 (BERT), Wang et al. 2020 (MiniLM), all-MiniLM-L6-v2 weights.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDE, LAYERS, HEADS, INNER, PIECES, LONGEST = 384, 6, 12, 1536, 30522, 512
NAMES = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
MENTIONS = ("O", "person", "organisation", "place")
ROLES = ("O", "source", "cue", "content")
EDGES = ("content begins", "content ends")
REACH = 127  # relative distance to the anchor, beyond which all distances count the same


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDE, WIDE) for _ in range(3))
        self.out, self.norm1 = nn.Linear(WIDE, WIDE), nn.LayerNorm(WIDE, eps=1e-12)
        self.up, self.down = nn.Linear(WIDE, INNER), nn.Linear(INNER, WIDE)
        self.norm2 = nn.LayerNorm(WIDE, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        b, n, _ = x.shape
        q, k, v = (
            f(x).view(b, n, HEADS, WIDE // HEADS).transpose(1, 2)
            for f in (self.query, self.key, self.value)
        )
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2)
        x = self.norm1(x + F.dropout(self.out(seen.reshape(b, n, WIDE)), drop, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), drop, self.training))


class Encoder(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.word = nn.Embedding(PIECES, WIDE)
        self.place = nn.Embedding(LONGEST, WIDE)
        self.shape = nn.Embedding(32, WIDE)  # capitals and line breaks, which the pieces lose
        self.norm = nn.LayerNorm(WIDE, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        nn.init.zeros_(self.shape.weight)

    def forward(self, ids: Tensor, shape: Tensor, drop: float = 0.0) -> Tensor:
        mask = (ids != 0)[:, None, None, :]
        where = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.word(ids) + self.place(where)[None] + self.shape(shape))
        x = F.dropout(x, drop, self.training)
        for layer in self.layers:
            x = layer(x, mask, drop)
        return x

    def start_from(self, weights: dict[str, Tensor]) -> None:
        """Take over the weights of a BERT checkpoint in the usual naming."""
        own = self.state_dict()
        names = {
            "word.weight": "embeddings.word_embeddings.weight",
            "place.weight": "embeddings.position_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight",
            "norm.bias": "embeddings.LayerNorm.bias",
        }
        parts = {
            "query": "attention.self.query", "key": "attention.self.key",
            "value": "attention.self.value", "out": "attention.output.dense",
            "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
            "down": "output.dense", "norm2": "output.LayerNorm",
        }  # fmt: skip
        for i in range(LAYERS):
            for ours, theirs in parts.items():
                for end in ("weight", "bias"):
                    names[f"layers.{i}.{ours}.{end}"] = f"encoder.layer.{i}.{theirs}.{end}"
        for ours, theirs in names.items():
            own[ours] = weights[theirs]
        kinds = weights["embeddings.token_type_embeddings.weight"][0]
        own["word.weight"] = own["word.weight"] + kinds  # one segment only: fold it in
        self.load_state_dict(own)


class Look(nn.Module):
    """One narrow layer of attention, in which the pieces around one anchor see one another."""

    def __init__(self, wide: int, heads: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(wide, wide) for _ in range(4))
        self.up, self.down = nn.Linear(wide, 2 * wide), nn.Linear(2 * wide, wide)
        self.norm1, self.norm2 = nn.LayerNorm(wide), nn.LayerNorm(wide)
        for last in (self.out, self.down):  # begins as if it were not there
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, n, wide = x.shape
        here = self.norm1(x)
        q, k, v = (
            f(here).view(b, n, self.heads, wide // self.heads).transpose(1, 2)
            for f in (self.query, self.key, self.value)
        )
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2)
        x = x + self.out(seen.reshape(b, n, wide))
        out: Tensor = x + self.down(F.gelu(self.up(self.norm2(x))))
        return out


class Reader(nn.Module):
    def __init__(self, inner: int = 256, link: int = 64) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.anchor = nn.Linear(WIDE, 1)
        self.names = nn.Linear(WIDE, len(NAMES))
        self.mention = nn.Linear(WIDE, len(MENTIONS))
        self.link_q, self.link_k = nn.Linear(WIDE, link), nn.Linear(WIDE, link)
        self.there, self.here = nn.Linear(WIDE, inner), nn.Linear(WIDE, inner)
        self.apart = nn.Embedding(2 * REACH + 1, inner)
        self.mix = nn.Conv1d(inner, inner // 2, 5, padding=2)
        self.look = Look(inner // 2)
        self.roles_out = nn.Linear(inner // 2, len(ROLES) + len(EDGES))
        nn.init.normal_(self.apart.weight, std=0.05)

    def go_on_from(self, weights: dict[str, Tensor]) -> None:
        """Take over what fits of other weights of this network, made before a head grew."""
        own = self.state_dict()
        for name, value in weights.items():
            if name in own:
                own[name][tuple(slice(0, n) for n in value.shape)] = value
        self.load_state_dict(own)

    def roles(self, h: Tensor, at: Tensor, drop: float = 0.0, real: Tensor | None = None) -> Tensor:
        """Scores [anchors, pieces, 6] for anchors given as rows (window, piece): four roles, then
        whether content begins here and whether it ends here. `real` [windows, pieces] tells text
        from padding; without it all is taken for text."""
        there = self.there(h)[at[:, 0]]
        here = self.here(h[at[:, 0], at[:, 1]])[:, None]
        steps = torch.arange(h.shape[1], device=h.device)[None] - at[:, 1:2]
        z = F.gelu(there + here + self.apart(steps.clamp(-REACH, REACH) + REACH))
        z = F.dropout(z, drop, self.training)
        z = F.gelu(self.mix(z.transpose(1, 2)).transpose(1, 2))
        z = self.look(z, None if real is None else real[at[:, 0]][:, None, None, :])
        out: Tensor = self.roles_out(z)
        return out

    def links(self, h: Tensor) -> Tensor:
        """Scores [windows, pieces, pieces]: is the column an antecedent of the row? Itself: none."""
        q, k = self.link_q(h), self.link_k(h)
        return q @ k.transpose(1, 2) / math.sqrt(q.shape[-1])
