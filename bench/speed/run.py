"""How fast reading is: every head on, beside the bare encoder on the same windows in one run.

`python -m bench.speed.run [ARTICLES]` prints the ratio, articles per core-second, peak memory, and
the share of this machine's int8 matrix-multiply peak that the bare encoder reaches.
"""

from __future__ import annotations

import gzip
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bench import floors
from whence import reader

NEWS = floors.CORPORA / "allsides" / "articles-9k.jsonl.gz"
FLOPS_PER_PIECE = 2 * 6 * (4 * 384 * 384 + 2 * 384 * 1536)  # matrix products of six layers


def texts(count: int) -> list[str]:
    """The first articles of the corpus that are of ordinary length."""
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        every = (json.loads(line)["text"] for line in lines)
        return [
            t
            for t, _ in zip((t for t in every if 1500 < len(t) < 9000), range(count), strict=False)
        ]


def spent(work: Callable[[], Any]) -> float:
    """CPU seconds of this process, all threads."""
    began = time.process_time()
    work()
    return time.process_time() - began


def peak() -> float:
    """Int8 matrix products per CPU second that onnxruntime reaches here on a large square matrix."""
    a = np.random.default_rng(0).integers(-99, 99, (1024, 1024)).astype(np.float32)
    from onnx import TensorProto, helper
    from onnxruntime import InferenceSession

    given = [helper.make_tensor_value_info("a", TensorProto.UINT8, [1024, 1024])]
    fixed = [
        helper.make_tensor("b", TensorProto.INT8, [1024, 1024], a.astype(np.int8).tobytes(), True)
    ]
    out = [helper.make_tensor_value_info("c", TensorProto.INT32, [1024, 1024])]
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["a", "b"], ["c"])], "g", given, out, fixed
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    session = InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    one = {"a": np.abs(a).astype(np.uint8)}
    return 20 * 2 * 1024**3 / spent(lambda: [session.run(None, one) for _ in range(20)])


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    models = reader.Models.open()
    articles = texts(count)
    batches, pieces = [], 0
    for text in articles:
        cut = reader.Cut(text, models.tokenizer)
        for at in range(0, len(cut.windows), 8):
            ids, shapes = cut.batch(at, at + 8)
            batches.append({"ids": ids, "shapes": shapes})
            pieces += ids.size

    def bare() -> None:
        for given in batches:
            models.encoder.run(["hidden"], given)

    def whole() -> None:
        for text in articles:
            reader.read(text, models)

    bare()
    rounds = [(spent(bare), spent(whole)) for _ in range(3)]
    alone, every = min(b for b, _ in rounds), min(w for _, w in rounds)
    print(f"reading with every head / bare encoder: {every / alone:.2f}")
    print(
        f"articles per core-second: {count / every:.2f} ({pieces // count} pieces each, windows overlapping)"
    )
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    try:
        print(f"share of the int8 peak, bare: {pieces * FLOPS_PER_PIECE / alone / peak():.2f}")
    except ImportError:
        print("share of the int8 peak: not measured (the package onnx is not installed)")


if __name__ == "__main__":
    main()
