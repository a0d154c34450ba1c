"""Turn all-MiniLM-L6-v2 into what ships: `export.py OUT`. Nothing is trained.

Writes OUT/encoder.onnx: sentences as word pieces in, vectors of length one out (mean of the last
layer over the pieces, Reimers & Gurevych 2019), int8 weights.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parents[1] / "reader"))

from model import Encoder
from prepare import base_folder


class Sentences(nn.Module):
    """Mean of the encoder's last layer over a sentence's pieces, scaled to length one."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor) -> Tensor:
        seen = (ids != 0).unsqueeze(-1).float()
        mean = (self.encoder(ids, torch.zeros_like(ids)) * seen).sum(1) / seen.sum(1)
        return nn.functional.normalize(mean, dim=-1)


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("out", type=Path)
    given = parse.parse_args()
    encoder = Encoder()
    encoder.start_from(load_file(base_folder() / "model.safetensors"))
    net = Sentences(encoder).eval()
    free = {"ids": {0: "sentences", 1: "pieces"}, "vectors": {0: "sentences"}}
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room, warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        rough = Path(room) / "encoder.onnx"
        torch.onnx.export(
            net, (torch.randint(5, 999, (2, 20)),), str(rough), input_names=["ids"],
            output_names=["vectors"], dynamic_axes=free, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            rough, given.out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )  # fmt: skip


if __name__ == "__main__":
    main()
