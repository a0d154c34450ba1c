"""Compare what ships with what was trained: `check.py CHECKPOINT MODELS PREPARED`.

Runs 50 development documents through torch and through the int8 ONNX graphs and prints how often
they agree on cue beginnings, name tags and roles. Exits 1 below 98 %.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
import torch
from model import Reader
from onnxruntime import InferenceSession
from train import batches, load, tensors

DOCUMENTS, LEAST = 50, 0.98


def main() -> int:
    checkpoint, models, prepared = (Path(p) for p in sys.argv[1:4])
    net = Reader()
    net.load_state_dict(torch.load(checkpoint, weights_only=True))
    net.eval()
    light, asked = (InferenceSession(models / f"{n}.onnx") for n in ("reader", "roles"))
    docs = [d for d in load(prepared / "dev.jsonl") if d["task"] == "attribution"][:DOCUMENTS]
    same = {"cues": [0, 0], "names": [0, 0], "roles": [0, 0]}
    for batch in batches(docs, random.Random(0), shift=False):
        ids, shapes = tensors(batch)
        with torch.no_grad():
            h = net.encoder(ids, shapes)
            cues, names = net.anchor(h).squeeze(-1) > 0, net.names(h).argmax(-1)
            at = cues.nonzero()
            roles = net.roles(h, at).argmax(-1).numpy() if len(at) else None
        given = {"ids": ids.numpy(), "shapes": shapes.numpy()}
        hidden, theirs, tags = light.run(["hidden", "anchor", "names"], given)
        real = ids.numpy() != 0
        either = real & ((theirs > 0) | cues.numpy())
        same["cues"][0] += int(((theirs > 0) == cues.numpy())[either].sum())
        same["cues"][1] += int(either.sum())
        same["names"][0] += int((tags.argmax(-1) == names.numpy())[real].sum())
        same["names"][1] += int(real.sum())
        if roles is not None:
            got = asked.run(None, {"hidden": hidden, "at": at.numpy()})[0].argmax(-1)
            where = real[at[:, 0].numpy()]
            same["roles"][0] += int((np.asarray(got) == roles)[where].sum())
            same["roles"][1] += int(where.sum())
    shares = {name: a / max(1, b) for name, (a, b) in same.items()}
    print({name: round(share, 4) for name, share in shares.items()})
    return 0 if shares["roles"] >= LEAST and shares["names"] >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
