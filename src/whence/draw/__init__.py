"""Pictures as SVG, the same in a page and in a report: the family tree of texts, a time axis, a map.

A picture is made of values, and says the same in words: every drawing carries a title and a
description, and what it shows is told by shape and text, so that it can be read in black and white.
Colours come from the page through the classes; without a page they fall back on black.
"""

from __future__ import annotations

from whence.draw.axis import Kind, Moment, days, timeline
from whence.draw.chart import chart, inside
from whence.draw.frame import Frame, Spot, around, covering
from whence.draw.lanes import Column, in_words, lanes
from whence.draw.picture import Picture
from whence.draw.tree import Box, Line, family, stemma

__all__ = [
    "Box", "Column", "Frame", "Kind", "Line", "Moment", "Picture", "Spot", "around", "chart", "covering", "days",
    "family", "in_words", "inside", "lanes", "stemma", "timeline",
]  # fmt: skip
