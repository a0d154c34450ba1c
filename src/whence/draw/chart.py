"""A map: places on the ground, each drawn by how precisely it is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from math import log2

from markupsafe import Markup, escape

from whence.draw.frame import HEIGHT, WIDTH, Frame, Spot
from whence.draw.ground import HALF, Ground, Land, ground, shape_of
from whence.draw.picture import framed, linked, overlap

LETTER, LINE = 7.2, 16  # how wide a letter of a place's name is, and how high it stands
THIN = 6.4  # a letter of a country's name
LONGEST = 150  # the longest scale bar
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
VAGUE = 24.0  # half of the wavy line for an area whose reach nobody knows
WAVE = "q4-6 8 0t8 0 8 0 8 0 8 0 8 0"
SMALLEST = 9.0
LARGEST = 4000.0
Room = tuple[float, float, float, float]


def chart(spots: Sequence[Spot], frame: Frame, title: str) -> Markup:
    """The places in a frame: a dot is a town, a diamond a very spot, a hatched ring has no one point."""
    seen = sorted(inside(spots, frame), key=_order)
    lands = {each.id: shape_of(each.lon, each.lat, frame) for each in seen if each.whole}
    hatch = f"hatch-{sha256(f'{title}{frame}'.encode()).hexdigest()[:8]}"
    held = ground(frame)
    taken: list[Room] = [(0, HEIGHT - 44, LONGEST + 40, HEIGHT)]
    taken += [_mark_room(each, frame) for each in seen if _is_point(each)]
    drawn = [_spot(each, frame, lands.get(each.id), hatch) for each in seen]
    names = _names(seen, frame, lands, taken)
    parts = [
        _hatching(hatch),
        *_grounded(held),
        *_countries(held.lands, {land.name for land in lands.values() if land}, taken),
        *drawn,
        *names,
        _bar(frame),
    ]
    return framed(title, told(seen, spots), (WIDTH, HEIGHT), parts)


def inside(spots: Iterable[Spot], frame: Frame) -> list[Spot]:
    """The places of which something lies in the picture."""
    return [each for each in spots if frame.holds(each) or _near(each, frame)]


def told(seen: Sequence[Spot], spots: Sequence[Spot]) -> str:
    """The map in sentences."""
    named = sorted(seen, key=lambda each: (-each.times, each.label))
    said = "; ".join(each.told or each.label for each in named)
    left = len(spots) - len(seen)
    beyond = (
        f" {left} more {'place lies' if left == 1 else 'places lie'} beyond it." if left else ""
    )
    return f"On the map: {said}.{beyond}" if said else f"No place lies in this part.{beyond}"


def _order(spot: Spot) -> tuple[int, float, int]:
    """Large areas first, so that what is precise lies on top of them."""
    return (0 if spot.whole else 1 if not _is_point(spot) else 2, -(spot.reach or 0), spot.times)


def _is_point(spot: Spot) -> bool:
    return spot.reach is None and not spot.whole


def _near(spot: Spot, frame: Frame) -> bool:
    """Whether a country lies in the picture although its middle does not."""
    return spot.whole and shape_of(spot.lon, spot.lat, frame) is not None


def _hatching(name: str) -> str:
    return (
        f'<defs><pattern id="{name}" width="7" height="7" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path class="hatch" d="M0 0V7" stroke="currentColor"'
        ' stroke-width="1.4"/></pattern></defs>'
    )


def _grounded(held: Ground) -> Iterable[str]:
    """Sea, land, coasts and borders."""
    yield f'<rect class="sea" width="{WIDTH}" height="{HEIGHT}" fill="none"/>'
    yield f'<g transform="scale({HALF})" aria-hidden="true">'
    shapes = "".join(land.shape for land in held.lands)
    yield f'<path class="land" d="{shapes}" fill="none" fill-rule="evenodd"/>'
    yield f'<path class="coast" d="{held.coasts}" fill="none" stroke="currentColor"/>'
    yield (
        f'<path class="border" d="{held.borders}" fill="none" stroke="currentColor"'
        ' stroke-width="2.4" stroke-dasharray="10 5 2.5 5"/></g>'
    )


def _countries(lands: Iterable[Land], known: set[str], taken: list[Room]) -> Iterable[str]:
    """Names of countries where there is room for them, if no place of the pile bears them."""
    for land in sorted(lands, key=lambda each: -each.room[0][2] if each.room else 0.0):
        half = THIN * len(land.name) / 2 + 4
        for x, y, wide in land.room if land.name not in known else ():
            room = (x - half, y - 10, x + half, y + 6)
            if wide > 2 * half and _free(room, taken):
                taken.append(room)
                yield (
                    f'<text class="country" x="{x:.0f}" y="{y:.0f}" text-anchor="middle"'
                    f' font-size="11" fill="currentColor" aria-hidden="true">{escape(land.name)}'
                    "</text>"
                )
                break


def _radius(spot: Spot, frame: Frame) -> float:
    if _is_point(spot):
        return min(4.0 + 1.3 * log2(1 + spot.times), 12.0)
    if not spot.reach:
        return SMALLEST
    return min(max(spot.reach * frame.kilometre, SMALLEST), LARGEST)


def _spot(spot: Spot, frame: Frame, land: Land | None, hatch: str) -> str:
    x, y = frame.put(spot.lon, spot.lat)
    r = _radius(spot, frame)
    if land is not None:
        shape = (
            f'<path class="whole" d="{land.shape}" transform="scale({HALF})" fill="none"'
            ' fill-rule="evenodd" stroke="currentColor" stroke-width="3.5"/>'
        )
    elif not _is_point(spot) and not spot.reach:
        shape = (
            f'<path class="vague" d="M{x - VAGUE:.1f} {y:.1f}{WAVE}" fill="none"'
            ' stroke="currentColor" stroke-width="2"/>'
        )
    elif spot.reach is not None:
        shape = (
            f'<circle class="area" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="url(#{hatch})"'
            ' stroke="currentColor" stroke-width="1.5" stroke-dasharray="6 4"/>'
        )
    elif spot.exact:
        shape = (
            f'<path class="exact" d="M{x:.1f} {y - r - 2:.1f}l{r + 2:.1f} {r + 2:.1f}'
            f'l{-r - 2:.1f} {r + 2:.1f}l{-r - 2:.1f} {-r - 2:.1f}z" stroke="currentColor"/>'
        )
    else:
        shape = (
            f'<circle class="town" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" stroke="currentColor"/>'
        )
    return linked(shape, spot.href, spot.told or spot.label)


def _mark_room(spot: Spot, frame: Frame) -> Room:
    (x, y), r = frame.put(spot.lon, spot.lat), _radius(spot, frame)
    return (x - r, y - r, x + r, y + r)


def _names(
    seen: Sequence[Spot], frame: Frame, lands: dict[str, Land | None], taken: list[Room]
) -> list[str]:
    """The names of places, most often named first, where they lie on nothing."""
    parts = []
    for spot in sorted(seen, key=lambda each: (-each.times, each.label)):
        land = lands.get(spot.id)
        for x, y, anchor in _stands(spot, frame, land):
            wide = LETTER * len(spot.label)
            left = x - (0 if anchor == "start" else wide if anchor == "end" else wide / 2)
            room = (left - 2, y - LINE + 4, left + wide + 2, y + 4)
            if left > 0 and left + wide < WIDTH and LINE < y < HEIGHT - 4 and _free(room, taken):
                taken.append(room)
                style = "place" if _is_point(spot) else "place wide-place"
                parts.append(
                    f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
                    ' font-size="13" fill="currentColor" aria-hidden="true">'
                    f"{escape(spot.label)}</text>"
                )
                break
    return parts


def _stands(spot: Spot, frame: Frame, land: Land | None) -> Iterable[tuple[float, float, str]]:
    """Where a name may stand: in its country, in its area, or around its point."""
    x, y = frame.put(spot.lon, spot.lat)
    if land is not None:
        yield from ((a, b, "middle") for a, b, _ in land.room)
        return
    r = _radius(spot, frame) + 5
    if not _is_point(spot) and not spot.reach:
        yield from ((x, y + step, "middle") for step in (-8, 18))
        r = VAGUE + 5
    if not _is_point(spot) and spot.reach:
        yield from ((x, y + step, "middle") for step in (5, -LINE, LINE + 9, r + LINE, -r))
    yield from ((x + r, y + 5, "start"), (x - r, y + 5, "end"))
    yield from ((x, y - r - 1, "middle"), (x, y + r + 11, "middle"))
    yield from ((x + r - 3, y - r + 3, "start"), (x + r - 3, y + r + 7, "start"))
    yield from ((x - r + 3, y - r + 3, "end"), (x - r + 3, y + r + 7, "end"))


def _free(room: Room, taken: Iterable[Room]) -> bool:
    return not any(overlap(room, other) for other in taken)


def _bar(frame: Frame) -> str:
    """How far a hundred kilometres are, in the middle of the map."""
    long = max((each for each in STEPS if each * frame.kilometre <= LONGEST), default=STEPS[0])
    wide, x, y = long * frame.kilometre, 14, HEIGHT - 14
    return (
        '<g class="bar">'
        f'<path class="under" d="M{x} {y}h{wide:.1f}"/>'
        f'<path d="M{x} {y - 5}v5h{wide:.1f}v-5" fill="none" stroke="currentColor" stroke-width="2"/>'
        f'<text x="{x + wide / 2:.0f}" y="{y - 8}" text-anchor="middle" font-size="12"'
        f' fill="currentColor">{long:,} km</text></g>'
    )
