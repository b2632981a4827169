"""A picture with its words: the finding and the notes above the chart, source and passport below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from dashboard.colours import CARD, INK, LINE, MUTED
from dashboard.export.clean import clean
from dashboard.export.lines import lines

PIXELS = 111
"""Pixels of a figure to an inch of print."""
EDGE = 12
"""Pixels between the words and the edge."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is printed around a chart; each text may be of any length, and each may be missing."""

    title: str = ""
    notes: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Return every text that is printed."""
        return tuple(text for text in (self.title, *self.notes, *self.foot) if text)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    colour: str
    weight: int
    below: float
    """Distance from the line above it to this one, in pixels, and a little more where a new text begins."""


@dataclass(frozen=True, slots=True)
class Plate:
    """The finished drawing; width and height in inches of print."""

    svg: bytes
    width: float
    height: float


#: Sizes in pixels: 11, 7.8 and 7.1 points.
_SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_TITLE, _NOTE, _FOOT = 17.0, 12.0, 11.0


def plate(chart: bytes, width: int, height: int, words: Words, family: str) -> Plate:
    """Return ``chart`` (a drawing of ``width`` by ``height`` pixels) with ``words`` around it."""
    above = _set(((words.title, _TITLE, INK, 600), *((note, _NOTE, MUTED, 400) for note in words.notes)), width)
    below = _set(((line, _FOOT, MUTED, 400) for line in words.foot), width)
    top = round(sum(line.below for line in above) + (EDGE if above else 0))
    bottom = round(sum(line.below for line in below) + (EDGE if below else 0))
    whole = top + height + bottom
    rule = f'<path d="M{EDGE} {top + height + 2.5}H{width - EDGE}" stroke="{LINE}"/>' if below else ""
    body = [
        f'<svg {_SPACES} width="{_in(width)}" height="{_in(whole)}" viewBox="0 0 {width} {whole}" font-family="{escape(family)}">',
        f'<rect width="{width}" height="{whole}" fill="{CARD}"/>',
        *_drawn(above, EDGE / 2),
        f'<svg y="{top}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">{_inside(chart)}</svg>',
        rule,
        *_drawn(below, top + height + EDGE / 2),
        "</svg>",
    ]
    return Plate("".join(body).encode("utf-8"), width / PIXELS, whole / PIXELS)


def _in(size: int) -> str:
    return f"{size / PIXELS:.4f}in"


def _set(texts: Iterable[tuple[str, float, str, int]], width: int) -> list[_Line]:
    found: list[_Line] = []
    for text, size, colour, weight in texts:
        for at, line in enumerate(lines(clean(text), (width - 2 * EDGE) * (0.94 if weight > 400 else 1), size)):
            found.append(_Line(line, size, colour, weight, size * 1.3 + (0 if at else 2)))
    return found


def _drawn(found: list[_Line], top: float) -> list[str]:
    made, y = [], top
    for line in found:
        y += line.below
        look = f'font-size="{line.size}" font-weight="{line.weight}" fill="{line.colour}"'
        made.append(f'<text x="{EDGE}" y="{y:.1f}" {look}>{escape(line.text)}</text>')
    return made


def _inside(chart: bytes) -> str:
    """Return what stands inside the outermost element of a drawing."""
    text = chart.decode("utf-8")
    opening = re.search(r"<svg\b[^>]*>", text)
    if opening is None:
        raise ValueError("not a drawing")
    return text[opening.end() : text.rindex("</svg>")]
