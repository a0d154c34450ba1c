"""Turn a checkpoint into what ships: `export.py CHECKPOINT OUT [--float]`.

Writes OUT/reader.onnx (encoder and light heads; int8 weights, activations quantised as they come)
and OUT/roles.onnx (the head asked per anchor), and copies the tokenizer.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import warnings
from pathlib import Path

import torch
from model import REACH, Reader
from onnxruntime.quantization import QuantType, quantize_dynamic
from prepare import base_folder
from torch import Tensor, nn


class Light(nn.Module):
    """Encoder and every head that is asked once per piece."""

    def __init__(self, net: Reader) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, ...]:
        net = self.net
        h = net.encoder(ids, shapes)
        return (h, net.anchor(h).squeeze(-1), net.names(h), net.mention(h), net.link_q(h),
                net.link_k(h))  # fmt: skip


class Asked(nn.Module):
    """The head that is asked once per anchor, its convolution written as one matrix product, which
    can be quantised where a convolution cannot."""

    def __init__(self, net: Reader) -> None:
        super().__init__()
        self.net = net
        out, wide, taps = net.mix.weight.shape
        self.flat = nn.Linear(wide * taps, out)
        with torch.no_grad():
            self.flat.weight.copy_(net.mix.weight.permute(0, 2, 1).reshape(out, taps * wide))
            self.flat.bias.copy_(net.mix.bias)
        self.taps = taps

    def forward(self, hidden: Tensor, at: Tensor) -> Tensor:
        net = self.net
        here = net.here(hidden[at[:, 0], at[:, 1]])[:, None]
        steps = torch.arange(hidden.shape[1])[None] - at[:, 1:2]
        apart = net.apart(steps.clamp(-REACH, REACH) + REACH)
        z = nn.functional.gelu(net.there(hidden)[at[:, 0]] + here + apart)
        z = nn.functional.pad(z, (0, 0, self.taps // 2, self.taps // 2))
        n = hidden.shape[1]
        near = torch.cat([z[:, k : k + n] for k in range(self.taps)], -1)
        scores: Tensor = net.roles_out(net.look(nn.functional.gelu(self.flat(near)), None))
        return scores


def write(
    net: nn.Module, given: tuple[Tensor, ...], names: tuple[list[str], list[str]], to: Path
) -> None:
    free = {n: {0: f"{n}0", 1: f"{n}1"} for n in [*names[0], *names[1]]}
    if "at" in free:
        free["at"] = {0: "anchors"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(net, given, str(to), input_names=names[0], output_names=names[1],
                          dynamic_axes=free, opset_version=17, dynamo=False)  # fmt: skip


def export(checkpoint: Path, out: Path, exact: bool = False) -> None:
    """Both graphs of a checkpoint, in a folder that `whence.reader.Models.open` can read."""
    net = Reader()
    net.load_state_dict(torch.load(checkpoint, weights_only=True))
    net.eval()
    out.mkdir(parents=True, exist_ok=True)
    ids, shapes = torch.randint(5, 999, (2, 40)), torch.randint(0, 32, (2, 40))
    hidden, at = torch.randn(2, 40, 384), torch.tensor([[0, 3], [1, 9], [1, 20]])
    light = (["ids", "shapes"], ["hidden", "anchor", "names", "mention", "link_q", "link_k"])
    with tempfile.TemporaryDirectory() as room:
        rough, asked = Path(room) / "reader.onnx", Path(room) / "roles.onnx"
        with torch.no_grad():
            write(Light(net), (ids, shapes), light, rough)
            write(Asked(net), (hidden, at), (["hidden", "at"], ["scores"]), asked)
        for source in (rough, asked):
            if exact:
                shutil.copy(source, out / source.name)
                continue
            quantize_dynamic(source, out / source.name, weight_type=QuantType.QInt8,
                             per_channel=True, op_types_to_quantize=["MatMul", "Gather"])  # fmt: skip
    shutil.copy(base_folder() / "tokenizer.json", out / "tokenizer.json")


if __name__ == "__main__":
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("checkpoint", type=Path)
    parse.add_argument("out", type=Path)
    parse.add_argument("--float", action="store_true", help="do not quantise")
    given = parse.parse_args()
    export(given.checkpoint, given.out, given.float)
