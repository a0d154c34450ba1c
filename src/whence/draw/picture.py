"""What every picture has: a title, the same in words, and links that a keyboard reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with what it says in words, and the reasons for what it shows."""

    svg: Markup
    told: str
    why: tuple[str, ...]

    @property
    def title(self) -> Markup:
        """What the picture is called: the title within it."""
        return Markup(self.svg.partition("<title>")[2].partition("</title>")[0])


def linked(drawn: str, href: str | None, told: str | None = None) -> str:
    """The drawing as a link named by the words in it, or by `told` where it holds none."""
    if href is None:
        return f"<g>{drawn}</g>" if told is None else f"<g><title>{escape(told)}</title>{drawn}</g>"
    if told is None:
        return f'<a href="{escape(href)}">{drawn}</a>'
    named = escape(told)
    return f'<a href="{escape(href)}" aria-label="{named}"><title>{named}</title>{drawn}</a>'


def framed(title: str, told: str, size: tuple[float, float], parts: Iterable[str]) -> Markup:
    """The whole picture, with its title and what it says in words."""
    width, height = size
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="group" class="picture"'
        f' aria-label="{escape(title)}"><title>{escape(title)}</title>'
        f"<desc>{escape(told)}</desc>{''.join(parts)}</svg>"
    )


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two frames (left, top, right, bottom) lie on each other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
