"""Builds the packed map of coasts and borders `src/whence/draw/world.bin`.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    PYTHONPATH=../../src python prepare.py package/countries-10m.json

The lines between countries are simplified once each, so that neighbours still meet; see README.md.
"""

from __future__ import annotations

import heapq
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from math import cos, radians
from pathlib import Path
from typing import Any

from whence.draw.world import MAGIC, UNIT

OUT = Path(__file__).parents[2] / "src" / "whence" / "draw" / "world.bin"
Point = tuple[float, float]
COAST, BORDER, FAR = 0.001, 0.0003, 0.02
"""A corner is left out while the triangle it spans is smaller than this, in square degrees; of the
coasts beyond the polar circles, where next to nobody lives, more is left out."""
POLAR = 66.0
ISLAND = 0.007
"""A ring of fewer square degrees than this (some 30 square kilometres) is left out, unless it is
its country's largest."""


def arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    """Every line of the atlas in degrees."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    out = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        out.append(line)
    return out


def spans(a: Point, b: Point, c: Point) -> float:
    """How large the triangle of three corners is, a degree of longitude counted as it lies here."""
    narrow = max(0.1, cos(radians(b[1])))
    return abs((a[0] - c[0]) * (b[1] - a[1]) - (a[0] - b[0]) * (c[1] - a[1])) / 2 * narrow


def simplified(line: Sequence[Point], least: float) -> list[Point]:
    """The line without the corners that matter least (Visvalingam's way); its ends stay."""
    before = list(range(-1, len(line) - 1))
    after = list(range(1, len(line) + 1))
    size = {i: spans(line[i - 1], line[i], line[i + 1]) for i in range(1, len(line) - 1)}
    waiting = [(area, i) for i, area in size.items()]
    heapq.heapify(waiting)
    closed = line[0] == line[-1]
    while waiting and len(size) > (2 if closed else 0):
        area, i = heapq.heappop(waiting)
        if size.get(i) != area:
            continue
        if area > least:
            break
        del size[i]
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in size:
                size[j] = max(area, spans(line[before[j]], line[j], line[after[j]]))
                heapq.heappush(waiting, (size[j], j))
    return [line[0], *(line[i] for i in sorted(size)), line[-1]]


def least(line: Sequence[Point], sides: int) -> float:
    """How small a corner may be and still be kept; `sides` is how many countries share the line."""
    if sides > 1:
        return BORDER
    return FAR if all(abs(lat) > POLAR for _, lat in line) else COAST


def parts(held: Any) -> Iterator[int]:
    """The numbers of the lines, however deep they lie in lists."""
    for each in held:
        yield from [each] if isinstance(each, int) else parts(each)


def ring(numbers: Sequence[int], lines: Sequence[Sequence[Point]]) -> list[Point]:
    """The corners of a ring made of lines; a line whose number is negative runs backward."""
    out: list[Point] = []
    for part in numbers:
        out += lines[part] if part >= 0 else reversed(lines[~part])
    return out


def area(corners: Sequence[Point]) -> float:
    """How large a ring is, in square degrees as they lie there."""
    total = sum(
        a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
    )
    return abs(total) / 2 * max(0.05, cos(radians(corners[0][1])))


def kept(country: dict[str, Any], lines: Sequence[Sequence[Point]]) -> list[list[int]]:
    """The rings of a country that are large enough to be seen; its largest in any case."""
    shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    rings = [one for shape in shapes for one in shape]
    sized = sorted(((area(ring(one, lines)), one) for one in rings), reverse=True)
    return [one for number, (size, one) in enumerate(sized) if number == 0 or size > ISLAND]


def written(number: int) -> Iterator[int]:
    """A whole number in as few bytes as it needs, the sign in its last bit."""
    rest = number << 1 if number >= 0 else (-number << 1) - 1
    while rest > 127:
        yield rest & 127 | 128
        rest >>= 7
    yield rest


def packed(atlas: dict[str, Any]) -> bytes:
    """The whole table: countries with their rings, then lines in steps from corner to corner."""
    drawn = atlas["objects"]["countries"]["geometries"]
    sides = Counter(max(part, ~part) for each in drawn for part in parts(each.get("arcs", ())))
    lines = [simplified(line, least(line, sides[i])) for i, line in enumerate(arcs(atlas))]
    countries = [
        (each["properties"]["name"], kept(each, lines)) for each in drawn if each.get("arcs")
    ]
    used = Counter(max(part, ~part) for _, rings in countries for one in rings for part in one)
    number = {old: new for new, old in enumerate(sorted(used))}
    head = {
        "countries": [
            [name, [[number[p] if p >= 0 else ~number[~p] for p in one] for one in rings]]
            for name, rings in sorted(countries)
        ],
        "borders": [number[old] for old in sorted(used) if used[old] > 1],
        "corners": [],
    }
    body = bytearray()
    for old in sorted(used):
        corners = [(round(x / UNIT), round(y / UNIT)) for x, y in lines[old]]
        corners = [c for i, c in enumerate(corners) if i == 0 or c != corners[i - 1]]
        head["corners"].append(len(corners))
        x = y = 0
        for cx, cy in corners:
            body += bytes([*written(cx - x), *written(cy - y)])
            x, y = cx, cy
    told = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return MAGIC + zlib.compress(len(told).to_bytes(4, "little") + told + bytes(body), 9)


if __name__ == "__main__":
    blob = packed(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    OUT.write_bytes(blob)
    print(f"{OUT}: {len(blob):,} bytes")
