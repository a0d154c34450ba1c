"""Train the reader: `train.py PREPARED OUT [--passes 8] [--seed 1]`; run it again to resume.

One GPU if there is one, else all cores. Keeps OUT/last.pt (every ten minutes, to resume from) and
OUT/best.pt (averaged weights). The schedule is warm-up and cosine over the planned passes.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from model import NAMES, Reader
from prepare import base_folder
from safetensors.torch import load_file
from torch import Tensor

CLS, SEP, PAD = 101, 102, 0
WINDOW = 254  # word pieces of text in a window; two more for [CLS] and [SEP]
BUDGET = 2048  # word pieces in a batch
AVERAGED = 0.998

Doc = dict[str, Any]
Window = tuple[Doc, int, int]


def windows(docs: list[Doc], rng: random.Random, shift: bool = True) -> list[Window]:
    """Cut each document into windows, beginning at a random place so that cuts differ by pass."""
    out = []
    for doc in docs:
        n = len(doc["ids"])
        first = rng.randrange(1, WINDOW) if shift and n > WINDOW else WINDOW
        cuts = sorted({0, n, *range(first, n, WINDOW)})
        out += [(doc, a, b) for a, b in itertools.pairwise(cuts) if b - a > 3]
    return out


def batches(docs: list[Doc], rng: random.Random, shift: bool = True) -> list[list[Window]]:
    out = []
    for task in ("attribution", "names", "mentions"):
        cut = windows([d for d in docs if d["task"] == task], rng, shift)
        rng.shuffle(cut)
        cut.sort(key=lambda w: (w[2] - w[1]) // 16)  # stable: alike in length, still shuffled
        batch: list[Window] = []
        for w in cut:
            if batch and (len(batch) + 1) * (w[2] - w[1] + 2) > BUDGET:
                out.append(batch)
                batch = []
            batch.append(w)
        out += [batch] if batch else []
    rng.shuffle(out)
    return out


def tensors(batch: list[Window]) -> tuple[Tensor, Tensor]:
    wide = max(b - a for _, a, b in batch) + 2
    ids = torch.zeros(len(batch), wide, dtype=torch.long)
    shapes = torch.zeros_like(ids)
    for row, (doc, a, b) in enumerate(batch):
        ids[row, : b - a + 2] = torch.tensor([CLS, *doc["ids"][a:b], SEP])
        shapes[row, 1 : b - a + 1] = torch.tensor(doc["shapes"][a:b])
    return ids, shapes


def edges_of(roles: Tensor) -> Tensor:
    """For each piece, [pieces, 2]: does content begin here, does it end here?"""
    inside = F.pad((roles == 3).float(), (1, 1))
    begins = inside[1:-1] * (1 - inside[:-2])
    return torch.stack([begins, inside[1:-1] * (1 - inside[2:])], -1)


def attribution_loss(net: Reader, h: Tensor, batch: list[Window], pad: Tensor) -> Tensor:
    anchors = torch.zeros(h.shape[:2], device=h.device)
    ask, want, edges = [], [], []
    for row, (doc, a, b) in enumerate(batch):
        for each in doc["attributions"]:
            at = each["cue"][0]
            if not a <= at < b:
                continue
            anchors[row, at - a + 1] = 1
            roles = torch.zeros(h.shape[1], dtype=torch.long)
            for number, role in enumerate(("source", "cue", "content"), 1):
                roles[[i - a + 1 for i in each[role] if a <= i < b]] = number
            ask.append((row, at - a + 1))
            want.append(roles)
            edges.append(edges_of(roles))
    scores = net.anchor(h).squeeze(-1)
    found = F.binary_cross_entropy_with_logits(scores, anchors, reduction="none")
    loss = (found * ~pad).sum() / max(1.0, float(anchors.sum()))
    tempting = scores.detach().masked_fill((anchors > 0) | pad, -1e9)
    for row, cols in enumerate(tempting.topk(2, dim=1).indices.tolist()):
        for col in cols:  # a cue that is none has no source and no content
            ask.append((row, col))
            want.append(torch.zeros(h.shape[1], dtype=torch.long))
            edges.append(torch.zeros(h.shape[1], 2))
    at_t, want_t = torch.tensor(ask, device=h.device), torch.stack(want).to(h.device)
    out = net.roles(h, at_t, 0.1 if net.training else 0.0, ~pad)
    weigh = (~pad)[at_t[:, 0]].float()
    each_loss = F.cross_entropy(out[..., :4].flatten(0, 1), want_t.flatten(), reduction="none")
    each_loss = each_loss.view_as(weigh) + F.binary_cross_entropy_with_logits(
        out[..., 4:], torch.stack(edges).to(h.device), reduction="none"
    ).sum(-1)
    total = (each_loss * weigh).sum() / max(1.0, float(anchors.sum())) / 8
    return loss + total


def names_loss(net: Reader, h: Tensor, batch: list[Window], pad: Tensor) -> Tensor:
    want = torch.zeros(h.shape[:2], dtype=torch.long)
    for row, (doc, a, b) in enumerate(batch):
        for kind, first, last in doc["names"]:
            if a <= first and last < b:
                begin = NAMES.index(f"B-{kind}")
                want[row, first - a + 1] = begin
                want[row, first - a + 2 : last - a + 2] = begin + 1
        unsure = [i - a + 1 for i in doc.get("unsure", ()) if a <= i < b]
        want[row, unsure] = -100
    want = want.to(h.device).masked_fill(pad, -100)
    return F.cross_entropy(net.names(h).flatten(0, 1), want.flatten()) * 8


def mentions_loss(net: Reader, h: Tensor, batch: list[Window], pad: Tensor) -> Tensor:
    want = torch.zeros(h.shape[:2], dtype=torch.long)
    same = torch.zeros(h.shape[0], h.shape[1], h.shape[1], dtype=torch.bool)
    heads = torch.zeros(h.shape[:2], dtype=torch.bool)
    for row, (doc, a, b) in enumerate(batch):
        before: dict[str, list[int]] = {}
        for kind, at, entity in sorted(doc["mentions"], key=lambda m: m[1]):
            if not a <= at < b:
                continue
            i = at - a + 1
            if want[row, i]:
                continue
            want[row, i], heads[row, i] = kind, True
            same[row, i, before.get(entity, [i])] = True
            before.setdefault(entity, []).append(i)
    want, heads, same = want.to(h.device), heads.to(h.device), same.to(h.device)
    loss = F.cross_entropy(net.mention(h).flatten(0, 1), want.masked_fill(pad, -100).flatten())
    earlier = torch.ones(h.shape[1], h.shape[1], device=h.device).tril().bool()
    allowed = heads[:, None, :] & earlier[None]
    scores = net.links(h).masked_fill(~allowed, -1e4)
    right = (scores.masked_fill(~same, -1e4)).logsumexp(-1) - scores.logsumexp(-1)
    return loss * 4 - right[heads].mean() if bool(heads.any()) else loss * 4


LOSSES = {"attribution": attribution_loss, "names": names_loss, "mentions": mentions_loss}


def groups(net: Reader, rate: float) -> list[dict[str, Any]]:
    """Lower layers learn slower: they know more already."""
    out = []
    for name, value in net.named_parameters():
        if not value.requires_grad:
            continue
        if name.startswith("encoder.layers."):
            scale = 0.85 ** (5 - int(name.split(".")[2]))
        elif name.startswith("encoder.shape"):
            scale = 1.0
        elif name.startswith("encoder."):
            scale = 0.85**6
        else:
            scale = 3.0
        decay = 0.01 if value.ndim > 1 else 0.0
        out.append({"params": [value], "lr": rate * scale, "weight_decay": decay})
    return out


@torch.no_grad()
def score(net: Reader, docs: list[Doc], device: str) -> dict[str, float]:
    """Loss per task on held-out documents (figures come from bench/, through the export)."""
    net.eval()
    sums: dict[str, list[float]] = {}
    for batch in batches(docs, random.Random(0), shift=False):
        ids, shapes = (t.to(device) for t in tensors(batch))
        task = batch[0][0]["task"]
        value = LOSSES[task](net, net.encoder(ids, shapes), batch, ids == PAD)
        sums.setdefault(task, []).append(value.item())
    net.train()
    return {task: round(sum(v) / len(v), 4) for task, v in sums.items()}


def load(path: Path) -> list[Doc]:
    with path.open(encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("prepared", type=Path)
    parse.add_argument("out", type=Path)
    parse.add_argument("--passes", type=int, default=8)
    parse.add_argument("--seed", type=int, default=1)
    parse.add_argument("--rate", type=float, default=2.5e-4)
    parse.add_argument("--start", type=Path, help="weights to go on from, a best.pt")
    given = parse.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    train, dev = load(given.prepared / "train.jsonl"), load(given.prepared / "dev.jsonl")

    net = Reader()
    net.encoder.start_from(load_file(base_folder() / "model.safetensors"))
    if given.start:
        net.go_on_from(torch.load(given.start, weights_only=True))
    net.encoder.word.weight.requires_grad_(False)  # too many to learn well from so little
    net.to(device).train()
    averaged = {k: v.clone() for k, v in net.state_dict().items()}
    steps = given.passes * len(batches(train, random.Random(0)))
    adam = torch.optim.AdamW(groups(net, given.rate), betas=(0.9, 0.98), eps=1e-6, fused=True)
    warm = steps * 0.06
    plan = torch.optim.lr_scheduler.LambdaLR(
        adam,
        lambda s: min(s / warm, 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, s / steps)))),
    )
    first, done = 0, 0
    last = given.out / "last.pt"
    if last.exists():
        kept = torch.load(last, weights_only=True)
        net.load_state_dict(kept["net"])
        adam.load_state_dict(kept["adam"])
        plan.load_state_dict(kept["plan"])
        averaged, first, done = kept["averaged"], kept["pass"], kept["step"]

    def keep(number: int, step: int) -> None:
        state = {"net": net.state_dict(), "adam": adam.state_dict(), "plan": plan.state_dict(),
                 "averaged": averaged, "pass": number, "step": step}  # fmt: skip
        torch.save(state, last.with_suffix(".new"))
        last.with_suffix(".new").replace(last)
        torch.save(averaged, given.out / "best.pt")

    def steps_of(number: int) -> Iterator[list[Window]]:
        yield from batches(train, random.Random(given.seed * 1000 + number))

    saved = time.monotonic()
    for number in range(first, given.passes):
        sums: dict[str, list[float]] = {}
        began = time.monotonic()
        for step, batch in enumerate(steps_of(number)):
            if number == first and step < done:
                continue
            ids, shapes = (t.to(device) for t in tensors(batch))
            task = batch[0][0]["task"]
            with torch.autocast(device, torch.bfloat16):
                h = net.encoder(ids, shapes, 0.1)
                loss = LOSSES[task](net, h, batch, ids == PAD)
            adam.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            adam.step()
            plan.step()
            with torch.no_grad():
                for k, v in net.state_dict().items():
                    averaged[k].lerp_(v, 1 - AVERAGED)
            sums.setdefault(task, []).append(loss.item())
            if step % 50 == 0:
                told = {k: round(sum(v[-50:]) / len(v[-50:]), 3) for k, v in sums.items()}
                print(number, step, f"{time.monotonic() - began:.0f}s", told, flush=True)
            if time.monotonic() - saved > 600:
                keep(number, step + 1)
                saved = time.monotonic()
        keep(number + 1, 0)
        saved = time.monotonic()
        plain = {k: v.clone() for k, v in net.state_dict().items()}
        net.load_state_dict(averaged)
        print("after pass", number + 1, score(net, dev, device), flush=True)
        net.load_state_dict(plain)


if __name__ == "__main__":
    main()
