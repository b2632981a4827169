"""The texts in the cells of a heat map: each in the ink of texts or in the colour of a card, whichever is legible on its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.colours import CARD, INK, TURN

Grid = Sequence[Sequence[Any]]


def lettered(heatmap: Mapping[str, Any], texts: Grid, size: int = 12) -> list[dict[str, Any]]:
    """Return a trace of type heatmap and the trace that writes ``texts`` into its cells, one for each number of its ``z``.

    plotly.js writes them itself, but takes a grey that has 3:1 on the middle of a ramp. The amounts are between ``zmin`` and ``zmax``,
    or up to the largest; where there is a ``zmid``, the ramp goes both ways from it.
    """
    z: Grid = heatmap["z"]
    most = heatmap.get("zmax") or max((value for line in z for value in line if value is not None), default=0) or 1
    written = [
        (x, y, text, CARD if _is_full(value, heatmap.get("zmid"), most) else INK)
        for y, line, said in zip(heatmap["y"], z, texts, strict=True)
        for x, value, text in zip(heatmap["x"], line, said, strict=True)
        if value is not None and text
    ]
    xs, ys, labels, colours = (list(each) for each in zip(*written, strict=True)) if written else ([], [], [], [])
    return [
        dict(heatmap) | {"zmax": most},
        {
            "type": "scatter", "mode": "text", "x": xs, "y": ys, "text": labels, "textfont": {"size": size, "color": colours},
            "hoverinfo": "skip", "showlegend": False,
        },
    ]  # fmt: skip


def _is_full(value: float, middle: float | None, most: float) -> bool:
    """Tell whether ``value`` lies in the full half of its ramp, which begins at nothing or at ``middle``."""
    start = middle or 0
    return bool(abs(value - start) / (most - start) >= TURN)
