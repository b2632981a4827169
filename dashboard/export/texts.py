"""The texts of a plotly figure: which letters it needs, and none of them smaller than can be read in print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from dashboard.export.plate import PIXELS
from dashboard.figures import Plot

LEAST_POINTS = 7.0
LEAST = LEAST_POINTS / 72 * PIXELS
"""The smallest size of a text in a figure, in pixels: 7 points in print."""
#: Where plotly keeps what it writes into the picture; hovers and what belongs to a mark are not drawn.
_WRITTEN = frozenset({"text", "name", "ticktext", "label", "x", "y", "labels", "categoryarray", "title", "ticksuffix", "tickprefix"})
_UNDRAWN = frozenset({"customdata", "hovertemplate", "hovertext", "ids", "meta", "template", "source", "images"})
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def of(plot: Plot) -> Iterator[str]:
    """Yield the texts that ``plot`` draws, without their markup.

    >>> list(of({"data": [{"type": "bar", "x": ["<b>中</b>", 1], "customdata": ["no"]}], "layout": {"title": {"text": "A &amp; B"}}}))
    ['中', 'A & B']
    """
    yield from _of(plot, "")


def _of(value: Any, key: str) -> Iterator[str]:
    if isinstance(value, str):
        if key in _WRITTEN:
            yield unescape(_TAG.sub("", value))
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in _UNDRAWN:
                yield from _of(each, name)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _of(each, key)


def legible(value: Any, key: str = "") -> Any:
    """Return the figure with every size of a font at least :data:`LEAST`.

    >>> legible({"font": {"size": 6}, "marker": {"size": 6}})["font"]["size"] * 72 / PIXELS
    7.0
    """
    if isinstance(value, dict):
        is_font = key.endswith("font")
        return {name: _raised(each) if is_font and name == "size" else legible(each, name) for name, each in value.items()}
    if isinstance(value, (list, tuple)) and key not in ("x", "y", "z", "customdata", "text"):
        return [legible(each, key) for each in value]
    return value


def _raised(size: Any) -> Any:
    if isinstance(size, (list, tuple)):
        return [_raised(each) for each in size]
    return max(LEAST, size) if isinstance(size, (int, float)) else size
